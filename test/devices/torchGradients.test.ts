import { expect, it } from 'vitest';
import { Tensor } from '../../src/torch/tensor.ts';
import { areas as ofElements } from '../torch/areasOfElements.ts';
import { areas as ofFunctional } from '../torch/areasOfFunctional.ts';
import { areas as ofStructure } from '../torch/areasOfStructure.ts';
import type { Anything, Call } from '../torch/gradientCalls.ts';
import { asFunction, entriesOf, fitsFirst, operandsOf, writing, written } from '../torch/gradientCalls.ts';
import { expectNone } from './arrays.ts';
import { deviceFailures, hasComplex } from './gradients.ts';
import { onGpu } from './place.ts';

/** The gradients of torch and torch.nn.functional on the GPU, call by call. */

const refusals: Readonly<Record<string, RegExp>> = {};

const tried = Object.values({ ...ofElements, ...ofStructure, ...ofFunctional }).flatMap((area) => entriesOf(area).tried
  .map(({ entry, calls }) => ({ entry, calls, writes: area.writers?.includes(entry.name) === true })));

const realCalls = (calls: readonly Call[]): (readonly [number, Call])[] =>
  calls.map((call, i) => [i, call] as const).filter(([, call]) => !hasComplex(operandsOf(call)));

onGpu.for(tried.map((each) => [each.entry.full, each] as const))('%s', ([full, { entry, calls, writes }]) => {
  const check = async (name: string, f: Anything, call: Call): Promise<void> => {
    const refusal = refusals[name] ?? refusals[full];
    const failures = deviceFailures(Tensor, asFunction(f, call), operandsOf(call));
    if (refusal) await expect(failures).rejects.toThrow(refusal);
    else expectNone(await failures);
  };
  it.for(realCalls(calls))('call %i', async ([i, call]) => {
    await check(`${full} ${i}`, writes ? written(entry.f) : entry.f, call);
  });

  const write = writing(entry);
  if (write !== null) it.for(realCalls(calls).filter(([, call]) => fitsFirst(entry.f, call)))('call %i in place', async ([i, call]) => {
    await check(`${full} ${i}`, written(write), call);
  });
});
