import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as np from '../../src/numpy/index.ts';
import { polynomialSolutions } from '../tolerances.ts';
import { parts } from './polynomialParts.ts';
import type { Expected } from './support.ts';
import { check } from './support.ts';

/** Roots, quadratures and fits of polynomials, which stand on linear algebra, against NumPy's. */

interface Case extends Expected {
  readonly python: string;
  readonly ts: string;
}
const file = new URL('../fixtures/polynomial/solvers.bin', import.meta.url);
const { groups } = JSON.parse(inflateSync(readFileSync(file)).toString()) as {
  readonly groups: readonly { readonly name: string; readonly cases: readonly Case[] }[];
};

afterEach(() => void vi.restoreAllMocks());

describe.each(groups)('$name', ({ cases }) => {
  test.each(cases)('$python', (each) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(check(each.ts, each, {}, { shown: parts, room: polynomialSolutions })).toBeNull();
  });
});

test('a fit of less points than coefficients is told of', () => {
  const said: unknown[] = [];
  vi.spyOn(console, 'warn').mockImplementation((message) => void said.push(message));
  np.polyfit([1, 2], [1, 2], 3);
  np.polynomial.polynomial.polyfit([1, 2], [1, 2], 3);
  np.polynomial.polynomial.polyfit([1, 2], [1, 2], 3, { full: true });
  expect(said).toEqual(['RankWarning: Polyfit may be poorly conditioned', 'RankWarning: The fit may be poorly conditioned']);
});
