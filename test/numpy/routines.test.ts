import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as np from '../../src/numpy/index.ts';
import { check, fixture, run } from './support.ts';
import type { Expected } from './support.ts';

/** Every call that test/fixtures/numpy/routines spells gives what NumPy gives: dtype, shape, elements, or the error's class and message. */

interface Case extends Expected {
  readonly python: string;
  readonly ts: string;
}
interface Group {
  readonly name: string;
  readonly setup: readonly (readonly [string, string])[];
  readonly cases: readonly Case[];
}

const folder = new URL('../fixtures/numpy/routines/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe.each(files)('%s', (file) => {
  const { groups } = fixture<{ groups: readonly Group[] }>(`routines/${file}`);
  describe.each(groups)('$name', ({ setup, cases }) => {
    test.each(cases)('$python', (each) => {
      const names: Record<string, unknown> = {};
      for (const [name, code] of setup) names[name] = run(code, names);
      expect(check(each.ts, each, names)).toBeNull();
    });
  });
});

describe('warnings', () => {
  const { testing, exceptions } = np;

  test('are told by their classes, and not printed', () => {
    const stack = (): np.ndarray => np.row_stack([[1], [2]]);
    expect(testing.assert_warns(exceptions.DeprecationWarning, stack).tolist()).toEqual([[1], [2]]);
    expect(testing.assert_warns(exceptions.Warning, np.row_stack, [[1], [2]]).shape).toEqual([2, 1]);
    expect(() => testing.assert_warns(exceptions.UserWarning, stack)).toThrow(
      new exceptions.AssertionError('No warning raised when calling stack'));
    expect(() => testing.assert_warns(exceptions.Warning, () => 1)).toThrow('No warning raised when calling <lambda>');
  });

  test('are refused where there must be none', () => {
    expect(testing.assert_no_warnings(np.add, 1, 2).item()).toBe(3);
    expect(() => testing.assert_no_warnings(np.row_stack, [[1], [2]])).toThrow(
      "Got warnings when calling row_stack: ['DeprecationWarning: `row_stack` alias is deprecated. Use `np.vstack` directly.']");
  });
});

test('results with names come one after another as well', () => {
  const all = np.unique_all([3, 1, 3]);
  const [values, indices, inverse, counts] = all;
  expect([all.values, all.indices, all.inverse_indices, all.counts]).toEqual([values, indices, inverse, counts]);
  expect(counts.tolist()).toEqual([1, 2]);
});
