import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dtypeOf, fromValues, valuesOf } from '../backend/arrays.ts';
import { covers } from '../covering.ts';
import { structuralTolerance } from '../tolerances.ts';
import { place } from './placement.ts';
import { worst } from './pointwiseFixtures.ts';
import type { StructuralFixtures } from './structuralRuns.ts';
import { decode, placementsOf, runsWith, structuralOps } from './structuralRuns.ts';

/** Every op that is not pointwise × its dtypes × layouts against NumPy. An op without a fixture fails. */

const file = new URL('../fixtures/ops/structural.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as StructuralFixtures;
const runs = runsWith((values, shape, dtype) => fromValues(values as readonly number[], shape, dtype));

it('has a fixture and a run for every op', () => {
  const covered = new Set(Object.keys(cases).map((name) => name.split(' ')[0]));
  expect(structuralOps.filter((name) => !covered.has(name))).toEqual([]);
  expect(Object.keys(cases).filter((name) => !(name in runs))).toEqual([]);
});

describe.each(Object.entries(cases))('%s', (name, rows) => {
  it.each(Object.entries(rows))('%s', (dtypeName, { inputs, out }) => {
    covers(name.split(' ')[0], [dtypeName]);
    const outType = dtypeOf(out.dtype);
    for (let i = 0; i < 5; i++) {
      const operands = inputs.map((input, k) => {
        const all = placementsOf(input.shape);
        return place(decode(input), dtypeOf(dtypeName), all[(i + k) % all.length]);
      });
      const [x, y, z] = operands;
      const result = runs[name](x, y, z);
      const label = `${name} ${dtypeName}, operand ${placementsOf(inputs[0].shape)[i].name}`;
      expect([label, result.geometry.shape, result.dtypeCore.name]).toEqual([label, out.shape, out.dtype]);
      const { distance, text } = worst(label, valuesOf(result), decode(out), outType);
      if (distance > structuralTolerance(name)) throw new Error(text);
    }
  });
});
