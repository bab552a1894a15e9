import { describe, expect, test } from 'vitest';
import * as np from '../../src/numpy/index.ts';
import type { ArrayLike, Casting } from '../../src/numpy/index.ts';
import { fixture, run } from './support.ts';

/** NEP 50 over every pair of dtypes and every kind of Python number, as NumPy resolves it. */

interface Promotion {
  readonly dtypes: readonly string[];
  readonly scalars: readonly string[];
  /** What the numbers of the tables stand for: a dtype, or an error. */
  readonly texts: readonly string[];
  readonly promote: readonly number[];
  readonly casts: Readonly<Record<string, string>>;
  readonly pairs: Readonly<Record<string, readonly number[]>>;
  readonly right: Readonly<Record<string, readonly number[]>>;
  readonly left: Readonly<Record<string, readonly number[]>>;
  readonly unary: Readonly<Record<string, readonly number[]>>;
  readonly realOnly: readonly string[];
  readonly reductions: Readonly<Record<string, readonly number[]>>;
  readonly inPlace: Readonly<Record<string, readonly number[]>>;
}

const table = fixture<Promotion>('promotion.json');
const { dtypes, texts } = table;
const ones = new Map(dtypes.map((name) => [name, np.ones(2, { dtype: name })]));
const scalars = table.scalars.map((code) => run(code) as ArrayLike);
const functions = np as unknown as Record<string, (...args: unknown[]) => np.ndarray>;

function outcome(body: () => np.ndarray): string {
  try {
    return body().dtype.name;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

/** Compares a table with what happens here, naming every difference. */
function compare(expected: readonly number[], rows: readonly { label: string; body: () => np.ndarray }[]): void {
  expect(rows.length).toBe(expected.length);
  const wrong = rows.flatMap(({ label, body }, i) => {
    const [got, want] = [outcome(body), texts[expected[i]]];
    return got === want ? [] : [`${label}: expected ${want}, got ${got}`];
  });
  expect(wrong).toEqual([]);
}

const product = <A, B>(a: readonly A[], b: readonly B[]): [A, B][] => a.flatMap((x) => b.map((y): [A, B] => [x, y]));

test('promote_types and can_cast', () => {
  const pairs = product(dtypes, dtypes);
  expect(pairs.map(([a, b]) => np.promote_types(a, b).name)).toEqual(table.promote.map((i) => texts[i]));
  for (const [rule, bits] of Object.entries(table.casts)) {
    expect(pairs.map(([a, b]) => (np.can_cast(a, b, rule as Casting) ? '1' : '0')).join('')).toBe(bits);
  }
});

describe.each(Object.keys(table.pairs))('%s', (op) => {
  test('of two arrays', () => {
    compare(table.pairs[op], product(dtypes, dtypes).map(([a, b]) => ({
      label: `${op}(${a}, ${b})`, body: () => functions[op](ones.get(a)!, ones.get(b)!),
    })));
  });

  test('of an array and a number', () => {
    const cases = product(dtypes, scalars.map((scalar, i) => [scalar, table.scalars[i]] as const));
    compare(table.right[op], cases.map(([a, [scalar, code]]) => ({
      label: `${op}(${a}, ${code})`, body: () => functions[op](ones.get(a)!, scalar),
    })));
    compare(table.left[op], cases.map(([a, [scalar, code]]) => ({
      label: `${op}(${code}, ${a})`, body: () => functions[op](scalar, ones.get(a)!),
    })));
  });
});

test.each(Object.keys(table.unary))('%s of every dtype', (op) => {
  const real = table.realOnly.includes(op) ? dtypes.filter((name) => !name.startsWith('complex')) : dtypes;
  compare(table.unary[op], real.map((name) => ({ label: `${op}(${name})`, body: () => functions[op](ones.get(name)!) })));
});

test.each(Object.keys(table.reductions))('%s of every dtype', (op) => {
  compare(table.reductions[op], dtypes.map((name) => ({ label: `${op}(${name})`, body: () => functions[op](ones.get(name)!) })));
});

test.each(Object.keys(table.inPlace))('%s in place', (op) => {
  compare(table.inPlace[op], product(dtypes, dtypes).map(([a, b]) => ({
    label: `${op}(${a}, ${b}, out=${a})`, body: () => functions[op](ones.get(a)!, ones.get(b)!, { out: np.copy(ones.get(a)!) }),
  })));
});
