import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dtypeOf, valuesOf } from '../backend/arrays.ts';
import { covers } from '../covering.ts';
import { structuralTolerance } from '../tolerances.ts';
import { place } from './placement.ts';
import { worst } from './pointwiseFixtures.ts';
import type { StructuralFixtures } from './structuralFixtures.ts';
import { casesOf, decode, layouts, operandsOf, opsWithout, placementOf } from './structuralFixtures.ts';
import { runCase, strayNames } from './structuralRuns.ts';

/** Every op that is not pointwise × its dtypes × layouts against NumPy and PyTorch. An op without a fixture fails. */

const file = new URL('../fixtures/ops/structural.json', import.meta.url);
const cases = casesOf(JSON.parse(readFileSync(file, 'utf8')) as StructuralFixtures);

it('has a fixture for every op, and for nothing else', () => {
  expect(opsWithout(cases)).toEqual([]);
  expect(strayNames(cases)).toEqual([]);
});

describe.each(cases.map((each) => [each.name, each] as const))('%s', (name, each) => {
  it.each(Object.entries(each.rows))('%s', (dtypeName, { results }) => {
    covers(each.op, [dtypeName]);
    for (const layout of layouts) {
      const operands = operandsOf(each, dtypeName).map((operand, k) =>
        (operand === null ? null : place(decode(operand), dtypeOf(operand.dtype), placementOf(operand.shape, layout, k))));
      const label = `${name} ${dtypeName}, layout ${layout}`;
      const found = runCase(each, operands);
      expect(found.map(({ geometry: { shape }, dtypeCore }) => [label, shape, dtypeCore.name]))
        .toEqual(results.map(({ shape, dtype }) => [label, shape, dtype]));
      results.forEach((expected, i) => {
        const { distance, text } = worst(label, valuesOf(found[i]), decode(expected), dtypeOf(expected.dtype));
        if (distance > structuralTolerance(each.op)) throw new Error(text);
      });
    }
  });
});
