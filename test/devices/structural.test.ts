import { expect, it } from 'vitest';
import { dtypeOf } from '../backend/arrays.ts';
import { covers } from '../covering.ts';
import { worst } from '../ops/pointwiseFixtures.ts';
import type { StructuralFixtures } from '../ops/structuralFixtures.ts';
import { casesOf, decode, layouts, operandsOf, opsWithout, placementOf } from '../ops/structuralFixtures.ts';
import { refusalOf, runCase } from '../ops/structuralRuns.ts';
import { gpuStructuralTolerance } from '../tolerances.ts';
import { download, expectNone, held, placed, refusals } from './arrays.ts';
import { inEveryForm, isHere, jsonFixture, onGpu } from './place.ts';

/** Every op that is not pointwise × the dtypes that a GPU holds × layouts against NumPy and PyTorch. */

const cases = casesOf(await jsonFixture<StructuralFixtures>('ops/structural.json'));

onGpu('every op', () => {
  it('has a fixture', () => expect(opsWithout(cases)).toEqual([]));
});

const heldRows = cases
  .map((each, i) => {
    const names = Object.keys(each.rows).filter((name) => held(dtypeOf(name)));
    return [each.name, each, names.map((name, k) => [name, i + k] as const).filter(([, part]) => isHere(part))] as const;
  })
  .filter(([, , own]) => own.length > 0);

onGpu.each(heldRows)('%s', (name, each, own) => {
  it.for(own)('%s', async ([dtypeName, part]) => {
    const refused = refusalOf(each, dtypeName);
    covers(each.op, [dtypeName], refused === null ? 'forward' : 'refused');
    const { results } = each.rows[dtypeName];
    const checks = layouts.filter((_, i) => inEveryForm(part) || part % layouts.length === i).flatMap((layout) => {
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
        return distance > gpuStructuralTolerance(each.op) ? text : null;
      });
    });
    expectNone(await Promise.all(checks));
  });
});
