import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { covers } from '../covering.ts';
import { gradientFailures } from './numericGradient.ts';
import type { StructuralFixtures } from './structuralFixtures.ts';
import { casesOf } from './structuralFixtures.ts';
import { gradientCases, gradientsWithout } from './structuralGradients.ts';

/** Every differentiable op that is not pointwise, in float64 and complex128, to second order. */

const file = new URL('../fixtures/ops/structural.json', import.meta.url);
const cases = gradientCases(casesOf(JSON.parse(readFileSync(file, 'utf8')) as StructuralFixtures));

it('has a case for every differentiable op', () => {
  expect(gradientsWithout(cases)).toEqual([]);
});

it.each(cases.map((each) => [each.name, each] as const))('%s', (_, { op, f, inputs }) => {
  covers(op, [...new Set(inputs.filter(({ differentiable }) => differentiable !== false).map(({ dtype }) => dtype?.name ?? 'float64'))],
    'gradient');
  expect(gradientFailures(f, inputs)).toEqual([]);
});
