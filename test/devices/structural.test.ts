import { expect, it } from 'vitest';
import { dtypeOf } from '../backend/arrays.ts';
import { covers } from '../covering.ts';
import { worst } from '../ops/pointwiseFixtures.ts';
import type { StructuralFixtures } from '../ops/structuralFixtures.ts';
import { casesOf, decode, layouts, operandsOf, opsWithout, placementOf } from '../ops/structuralFixtures.ts';
import { refusalOf, runCase } from '../ops/structuralRuns.ts';
import { structuralTolerance } from '../tolerances.ts';
import { download, expectNone, held, placed, refusals } from './arrays.ts';
import { isHere, jsonFixture, onGpu } from './place.ts';

/** Every op that is not pointwise × the dtypes that a GPU holds × layouts against NumPy and PyTorch. */

const cases = casesOf(await jsonFixture<StructuralFixtures>('ops/structural.json'));
const tried = layouts.filter(isHere);

onGpu('every op', () => {
  it('has a fixture', () => expect(opsWithout(cases)).toEqual([]));
});

const heldRows = cases.map((each) => [each.name, each, Object.keys(each.rows).filter((name) => held(dtypeOf(name)))] as const)
  .filter(([, , names]) => names.length > 0);

onGpu.each(heldRows)('%s', (name, each, names) => {
  it.for(names)('%s', async (dtypeName) => {
    const refused = refusalOf(each);
    covers(each.op, [dtypeName], refused === null ? 'forward' : 'refused');
    const { results } = each.rows[dtypeName];
    const checks = tried.flatMap((layout) => {
      const operands = operandsOf(each, dtypeName).map((operand, k) =>
        (operand === null ? null : placed(decode(operand), dtypeOf(operand.dtype), placementOf(operand.shape, layout, k)).array));
      if (refused !== null) {
        expect(() => runCase(each, operands)).toThrow(refusals[refused]);
        return [];
      }
      const label = `${name} ${dtypeName}, layout ${layout}`;
      const found = runCase(each, operands);
      expect(found.map(({ geometry: { shape }, dtypeCore }) => [label, shape, dtypeCore.name]))
        .toEqual(results.map(({ shape, dtype }) => [label, shape, dtype]));
      return results.map(async (expected, i) => {
        const { distance, text } = worst(label, await download(found[i]), decode(expected), dtypeOf(expected.dtype));
        return distance > structuralTolerance(each.op) ? text : null;
      });
    });
    expectNone(await Promise.all(checks));
  });
});
