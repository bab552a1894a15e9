import { expect, it } from 'vitest';
import { complex128, complex64, float32 } from '../../src/core/dtype.ts';
import { StridedArray } from '../../src/core/strided.ts';
import { runPointwise } from '../../src/ops/dispatch.ts';
import { covers } from '../covering.ts';
import type { Input } from '../ops/numericGradient.ts';
import { broadcastInputs, differentiable, inputsOf } from '../ops/gradientInputs.ts';
import type { StructuralFixtures } from '../ops/structuralFixtures.ts';
import { casesOf } from '../ops/structuralFixtures.ts';
import { gradientCases } from '../ops/structuralGradients.ts';
import { expectNone, refusals } from './arrays.ts';
import { deviceFailures } from './gradients.ts';
import { jsonFixture, onGpu } from './place.ts';

/** The same numbers, of a plane. */
const withImaginaryParts = (input: Input): Input => (input.dtype === undefined
  ? { ...input, dtype: complex128, values: input.values.flatMap((value, i) => [value, 0.4 + 0.3 * Math.sin(1.9 * i + value)]) } : input);

/** The gradient of every op, of the registry and beside it, on the GPU. */

onGpu.each(differentiable.map((op) => [op.name, op] as const))('%s', (name, op) => {
  const own = [float32, complex64].filter((dtype) => op.supports(dtype)).map((dtype) => [dtype.name, dtype] as const);
  it.for(own)('%s', async ([, dtype]) => {
    covers(name, [dtype.name], 'gradient');
    const run = (...arrays: StridedArray[]): StridedArray => runPointwise(op, arrays);
    const asAsked = (inputs: readonly Input[]): readonly Input[] => (dtype === complex64 ? inputs.map(withImaginaryParts) : inputs);
    const failures = await Promise.all([
      deviceFailures(StridedArray, run, asAsked(inputsOf(op))),
      op.args.length > 1 ? deviceFailures(StridedArray, run, asAsked(broadcastInputs(op)), false) : [],
    ]);
    expectNone(failures.flat());
  });
});

const fixtures = casesOf(await jsonFixture<StructuralFixtures>('ops/structural.json'));
const structural = gradientCases(fixtures);

onGpu('structural ops', () => {
  it.for(structural.map((each) => [each.name, each] as const))('%s', async ([, { op, f, inputs, refused }]) => {
    const failures = deviceFailures(StridedArray, f, inputs);
    if (refused !== null) {
      await expect(failures).rejects.toThrow(refusals[refused]);
    } else {
      covers(op, [inputs.some(({ dtype }) => dtype === complex128) ? 'complex64' : 'float32'], 'gradient');
      expectNone(await failures);
    }
  });
});
