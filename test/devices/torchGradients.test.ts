import { expect, it } from 'vitest';
import { Tensor } from '../../src/torch/tensor/tensor.ts';
import { areas as ofElements } from '../torch/areasOfElements.ts';
import { areas as ofFunctional } from '../torch/areasOfFunctional.ts';
import { areas as ofStructure } from '../torch/areasOfStructure.ts';
import type { Anything, Call } from '../torch/gradientCalls.ts';
import { asFunction, entriesOf, fitsFirst, operandsOf, writing, written } from '../torch/gradientCalls.ts';
import { expectNone } from './arrays.ts';
import { deviceFailures } from './gradients.ts';
import { isHere, onGpu } from './place.ts';

/** The gradients of torch and torch.nn.functional on the GPU, call by call. */

const notHeld = /Cannot make a WebGPU tensor of dtype (complex128|float64)/;
const atOnce = /cannot be read at once.*await x\.cpu\(\)/;

/** Functions, or calls of theirs, that end in a dtype which no GPU holds or need values on the host, and what is said of them. */
const refusals: Readonly<Record<string, RegExp>> = {
  'converting.cdouble': notHeld,
  'converting.double': notHeld, 'converting.to 0': notHeld, 'converting.to 1': notHeld, 'converting.type': notHeld,
  // Shapes that depend on a mask or on counts.
  'indexing.at 3': atOnce, 'indexing.masked_select': atOnce, 'indexing.masked_scatter': atOnce, 'indexing.index_put 2': atOnce,
  'rearrange.repeat_interleave 2': atOnce,
  // Computed by JavaScript.
  'extremes.mode': atOnce, 'sampling.bernoulli': atOnce,
};

const tried = Object.values({ ...ofElements, ...ofStructure, ...ofFunctional }).flatMap((area) => entriesOf(area).tried
  .map(({ entry, calls }) =>
    ({ entry, calls: calls.map((call, i) => [i, call] as const), writes: area.writers?.includes(entry.name) === true })));

onGpu.each(tried.filter((_, i) => isHere(i)).map((each) => [each.entry.full, each] as const))('%s', (full, { entry, calls, writes }) => {
  const check = async (name: string, f: Anything, call: Call): Promise<void> => {
    const refusal = refusals[name] ?? refusals[full];
    const failures = deviceFailures(Tensor, asFunction(f, call), operandsOf(call));
    if (refusal) await expect(failures).rejects.toThrow(refusal);
    else expectNone(await failures);
  };
  it.for(calls)('call %i', async ([i, call]) => {
    await check(`${full} ${i}`, writes ? written(entry.f) : entry.f, call);
  });

  const write = writing(entry);
  if (write !== null) it.for(calls.filter(([, call]) => fitsFirst(entry.f, call)))('call %i in place', async ([i, call]) => {
    await check(`${full} ${i}`, written(write), call);
  });
});

it('names only refusals that there are', () => {
  const known = new Set(tried.flatMap(({ entry, calls }) => [entry.full, ...calls.map(([i]) => `${entry.full} ${i}`)]));
  expect(Object.keys(refusals).filter((name) => !known.has(name))).toEqual([]);
});
