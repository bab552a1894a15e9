import { expect, it } from 'vitest';
import type { Kernel } from '../../src/backend/kernels.ts';
import { add, mul } from '../../src/ops/pointwise/index.ts';
import { dtypeOf } from '../backend/arrays.ts';
import { bothWays, ownOp, pairsOn, withKernels } from '../ops/fused.ts';
import { worst } from '../ops/pointwiseFixtures.ts';
import type { StructuralFixtures } from '../ops/structuralFixtures.ts';
import { casesOf, decode, layouts, operandsOf, placementOf } from '../ops/structuralFixtures.ts';
import { structuralTolerance } from '../tolerances.ts';
import { download, expectNone, held, placed } from './arrays.ts';
import { backend, isHere, jsonFixture, onGpu, opened } from './place.ts';

/** The GPU's kernels against the composites that they stand for. */

const cases = casesOf(await jsonFixture<StructuralFixtures>('ops/structural.json'));
const tried = layouts.filter(isHere);

/** The own op's kernel: two of the device's. */
const kernel: Kernel<null> = ([x, y], _, [out]) => {
  backend().pointwise(mul.op, [x, y], x.dtypeCore, out);
  backend().pointwise(add.op, [out, x], x.dtypeCore, out);
};

const gpu = 'missing' in opened ? null : withKernels(backend(), { [ownOp.name]: kernel });
const pairs = gpu === null ? [] : pairsOn(gpu, cases);

onGpu(`${pairs.length} ops with a kernel and a composite`, () => {
  it.for(pairs.map(({ op, cases: own }) => [op.name, op, own] as const))('%s', async ([name, op, own]) => {
    const checks = own.flatMap((each) => Object.keys(each.rows).map(dtypeOf).filter((dtype) => op.dtypes.has(dtype) && held(dtype))
      .flatMap((dtype) => tried.flatMap((layout) => {
        const operands = operandsOf(each, dtype.name).map((operand, k) =>
          (operand === null ? null : placed(decode(operand), dtypeOf(operand.dtype), placementOf(operand.shape, layout, k)).array));
        const both = bothWays(gpu!, op, operands, each.params);
        return both === null ? [] : both.kernel.map(async (got, i) => {
          const expected = both.composite[i];
          const label = `${each.name} ${dtype.name}, layout ${layout}, result ${i}`;
          expect([label, got.geometry.shape, got.dtypeCore]).toEqual([label, expected.geometry.shape, expected.dtypeCore]);
          const { buffer } = await download(expected);
          const { distance, text } = worst(label, await download(got), new Uint8Array(buffer as ArrayBuffer), got.dtypeCore);
          return distance > structuralTolerance(name) ? text : null;
        });
      })));
    expect(checks.length).toBeGreaterThan(0);
    expectNone(await Promise.all(checks));
  });
});
