import { numpyValues } from '../tolerances.ts';
import { readFileSync } from 'node:fs';
import * as np from '../../src/numpy/index.ts';

/** What the real NumPy gave, as test/fixtures/numpy/generate.py writes it. */
export interface Expected {
  readonly dtype?: string;
  readonly shape?: readonly number[];
  readonly values?: readonly Written[];
  readonly value?: unknown;
  readonly list?: readonly Expected[];
  readonly error?: string;
  readonly message?: string;
}
type Written = number | boolean | string | readonly [Written, Written];

export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/numpy/${name}`, import.meta.url), 'utf8')) as T;
}

const special: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '-inf': -Infinity, '-0': -0 };

function read(value: Written): number | bigint | boolean {
  if (typeof value === 'string') return value in special ? special[value] : BigInt(value);
  return value as number | boolean;
}

/** How results are compared. */
export interface Comparison {
  /** What is compared in the stead of a result. */
  readonly shown?: (value: unknown) => unknown;
  /** Room by dtypes, relative to the largest number of an array; without it numbers have room of their own size. */
  readonly room?: Readonly<Record<string, number>>;
}

/** Room for a different order of rounding, never for another result. */
function alike(actual: unknown, expected: number | bigint | boolean, dtype: string, { room }: Comparison, largest: number): boolean {
  if (Object.is(actual, expected)) return true;
  if (typeof actual !== 'number' || typeof expected !== 'number' || !Number.isFinite(expected)) return false;
  if (room !== undefined) return Math.abs(actual - expected) <= (room[dtype] ?? 0) * largest;
  return Math.abs(actual - expected) <= (numpyValues[dtype] ?? 0) * Math.abs(expected) && (actual !== 0 || expected !== 0);
}

/** The size of the largest finite number that is written. */
const largestOf = (values: readonly Written[]): number =>
  Math.max(0, ...values.flat(2).map((each) => Math.abs(Number(each))).filter(Number.isFinite));

function flatten(value: unknown): unknown[] {
  return Array.isArray(value) ? value.flatMap(flatten) : [value];
}

/** What is wrong with a result, or null. */
export function difference(actual: unknown, expected: Expected, how: Comparison = {}): string | null {
  if (expected.list !== undefined) {
    if (!Array.isArray(actual) || actual.length !== expected.list.length) {
      return `expected a list of ${expected.list.length}, got ${String(actual)}`;
    }
    for (const [i, each] of expected.list.entries()) {
      const wrong = difference(actual[i], each, how);
      if (wrong !== null) return `[${i}]: ${wrong}`;
    }
    return null;
  }
  if (expected.dtype !== undefined) return arrayDifference(actual, expected, how);
  const plain = (value: unknown): unknown => (typeof value === 'string' && value in special ? special[value] : value);
  const want = Array.isArray(expected.value) ? expected.value.map(plain) : plain(expected.value);
  const got = actual instanceof np.dtype ? actual.name : Array.isArray(actual) ? flatten(actual) : actual ?? undefined;
  const wanted = Array.isArray(want) ? flatten(want) : want ?? undefined;
  const same = Array.isArray(got) && Array.isArray(wanted)
    ? got.length === wanted.length && got.every((each, i) => Object.is(each, wanted[i]))
    : Object.is(got, wanted) || (typeof got === 'bigint' && String(got) === String(wanted));
  return same ? null : `expected ${String(want)}, got ${String(got)}`;
}

function arrayDifference(actual: unknown, expected: Expected, how: Comparison): string | null {
  const { dtype = '', shape = [], values = [] } = expected;
  const largest = how.room === undefined ? 0 : largestOf(values);
  const same = (got: unknown, want: Written): boolean => alike(got, read(want), dtype, how, largest);
  // An index array that names one element, and Python's numbers, are arrays of no dimensions here.
  if (!(actual instanceof np.ndarray)) {
    if (shape.length === 0 && same(actual, values[0])) return null;
    return `expected ${dtype} ${JSON.stringify(values)}, got ${String(actual)}`;
  }
  if (actual.dtype.name !== dtype) return `expected dtype ${dtype}, got ${actual.dtype.name}`;
  if (String(actual.shape) !== String(shape)) return `expected shape (${String(shape)}), got (${String(actual.shape)})`;
  const wide = dtype === 'int64' || dtype === 'uint64';
  const elements = flatten(actual.tolist({ bigint: wide }));
  for (const [i, value] of values.entries()) {
    const got = wide && Number.isSafeInteger(Number(elements[i])) ? Number(elements[i]) : elements[i];
    const fits = Array.isArray(value)
      ? got instanceof np.Complex && same(got.re, value[0]) && same(got.im, value[1])
      : same(got, value);
    if (!fits) return `element ${i}: expected ${JSON.stringify(value)}, got ${String(got)}`;
  }
  return null;
}

/** Runs a piece of TypeScript text with `np` and some names. */
export function run(code: string, names: Readonly<Record<string, unknown>> = {}): unknown {
  const body = new Function('np', ...Object.keys(names), `return (${code});`) as (...args: unknown[]) => unknown;
  return body(np, ...Object.values(names));
}

/** What is wrong with what a piece of code gives or throws, or null. */
export function check(
  code: string, expected: Expected, names: Readonly<Record<string, unknown>> = {}, how: Comparison = {},
): string | null {
  let result: unknown;
  try {
    result = run(code, names);
  } catch (error) {
    const { name, message } = error as Error;
    if (expected.error === undefined) return `threw ${name}: ${message}`;
    return name === expected.error && message === expected.message ? null
      : `expected ${expected.error}: ${String(expected.message)}\n      threw    ${name}: ${message}`;
  }
  if (expected.error !== undefined) return `expected ${expected.error}: ${String(expected.message)}, got ${String(result)}`;
  return difference(how.shown === undefined ? result : how.shown(result), expected, how);
}
