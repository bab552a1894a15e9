import { expect, it } from 'vitest';
import { StridedArray } from '../../src/core/strided.ts';
import { runPointwise } from '../../src/ops/dispatch.ts';
import { covers } from '../covering.ts';
import { broadcastInputs, differentiable, inputsOf } from '../ops/gradientInputs.ts';
import type { StructuralFixtures } from '../ops/structuralFixtures.ts';
import { casesOf } from '../ops/structuralFixtures.ts';
import { gradientCases } from '../ops/structuralGradients.ts';
import { expectNone, refusals } from './arrays.ts';
import { deviceFailures, hasComplex } from './gradients.ts';
import { jsonFixture, onGpu } from './place.ts';

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

const fixtures = casesOf(await jsonFixture<StructuralFixtures>('ops/structural.json'));
const structural = gradientCases(fixtures).filter(({ inputs }) => !hasComplex(inputs));

onGpu('structural ops', () => {
  it.for(structural.map((each) => [each.name, each] as const))('%s', async ([, { op, f, inputs, refused }]) => {
    const failures = deviceFailures(StridedArray, f, inputs);
    if (refused !== null) {
      await expect(failures).rejects.toThrow(refusals[refused]);
    } else {
      covers(op, ['float32'], 'gradient');
      expectNone(await failures);
    }
  });
});
