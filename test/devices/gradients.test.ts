import { expect, it } from 'vitest';
import { StridedArray } from '../../src/core/strided.ts';
import { runPointwise } from '../../src/ops/dispatch.ts';
import { covers } from '../covering.ts';
import { broadcastInputs, differentiable, inputsOf } from '../ops/gradientInputs.ts';
import { cases } from '../ops/structuralCases.ts';
import { expectNone } from './arrays.ts';
import { deviceFailures, hasComplex } from './gradients.ts';
import { onGpu } from './place.ts';

/** The gradient of every op, of the registry and beside it, on the GPU. */

onGpu.each(differentiable.map((op) => [op.name, op] as const))('%s', (name, op) => {
  it('float32', async () => {
    covers(name, ['float32'], 'gradient');
    const run = (...arrays: StridedArray[]): StridedArray => runPointwise(op, arrays);
    const failures = await Promise.all([
      deviceFailures(StridedArray, run, inputsOf(op)),
      op.args.length > 1 ? deviceFailures(StridedArray, run, broadcastInputs(op), false) : [],
    ]);
    expectNone(failures.flat());
  });
});

const notHeld = /Cannot make a WebGPU tensor of dtype (complex64|complex128|float64)/;
const atOnce = /cannot be read at once.*await x\.cpu\(\)/;

/** Cases that end in a dtype which no GPU holds, or whose shapes depend on a mask, and what is said of them. */
const refusals: Readonly<Record<string, RegExp>> = {
  'cast 0': notHeld, 'castCopy 0': notHeld, 'castGradient 0': notHeld, 'complexView 0': notHeld,
  'index 2': atOnce, 'maskedSelect 0': atOnce,
};

const structural = Object.entries(cases).map(([name, list]) =>
  [name, list.flatMap((each, i) => (hasComplex(each.inputs) ? [] : [{ ...each, i }]))] as const).filter(([, list]) => list.length > 0);

onGpu.each(structural)('%s', (name, list) => {
  it.for(list.map((each) => [each.i, each] as const))('case %i', async ([i, { f, inputs }]) => {
    const refusal = refusals[`${name} ${i}`];
    const failures = deviceFailures(StridedArray, f, inputs);
    if (refusal) {
      await expect(failures).rejects.toThrow(refusal);
    } else {
      covers(name, ['float32'], 'gradient');
      expectNone(await failures);
    }
  });
});

it('names only refusals that there are', () => {
  const known = new Set(structural.flatMap(([name, list]) => list.map(({ i }) => `${name} ${i}`)));
  expect(Object.keys(refusals).filter((name) => !known.has(name))).toEqual([]);
});
