import { describe, expect, it } from 'vitest';
import { covers } from '../covering.ts';
import { gradientFailures } from './numericGradient.ts';
import { cases, names, withoutGradient } from './structuralCases.ts';

/** Every op that is not pointwise: its gradient to second order, or its place among those that have none. */

it('knows every op', () => {
  expect(names.filter((name) => !withoutGradient.has(name) && !(name in cases))).toEqual([]);
});

describe.each(Object.entries(cases).filter(([, list]) => list.length > 0))('%s', (name, list) => {
  it.each(list.map((each, i) => [i, each] as const))('case %i', (__, { f, inputs }) => {
    const wanted = inputs.filter(({ differentiable }) => differentiable !== false);
    covers(name, [...new Set(wanted.map(({ dtype }) => dtype?.name ?? 'float64'))], 'gradient');
    expect(gradientFailures(f, inputs)).toEqual([]);
  });
});
