import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { dtypes } from '../../src/core/dtype.ts';
import * as np from '../../src/numpy/index.ts';
import { transformRoom } from '../tolerances.ts';
import { componentValue } from '../ulps.ts';
import type { Described } from './fftOperands.ts';
import { operandOf } from './fftOperands.ts';

/** np.fft against NumPy: lengths of every kind, dtypes, axes, norms, layouts, where results go, and errors. */

interface Result {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly at: number;
}

interface Case {
  readonly f: string;
  /** What is transformed; none where the function makes an array. */
  readonly x?: Described;
  readonly args?: readonly unknown[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly out?: readonly [shape: readonly number[], dtype: string];
  /** Whether `out` is what the call gave. */
  readonly written?: boolean;
  readonly result?: Result;
  readonly error?: readonly [name: string, message: string];
}

const file = (name: string): URL => new URL(`../fixtures/fft/${name}`, import.meta.url);
const { cases, most } = JSON.parse(readFileSync(file('cases.json'), 'utf8')) as { cases: readonly Case[]; most: number };
const data = new Uint8Array(readFileSync(file('cases.bin')));

type Call = (...args: unknown[]) => np.ndarray;
const functions = np.fft as unknown as Readonly<Record<string, Call>>;

/** Components of the elements that the fixture keeps. */
function keptOf(x: np.ndarray): readonly number[] {
  const places = Array.from({ length: Math.min(x.size, most) }, (_, i) => (x.size <= most ? i : Math.floor(i * (x.size - 1) / (most - 1))));
  if (places.length === 0) return [];
  return (np.take(x, places).tolist() as unknown[]).flatMap((value) =>
    (value instanceof np.Complex ? [value.re, value.im] : [Number(value)]));
}

function expectedOf({ dtype, shape, at }: Result): readonly number[] {
  const type = dtypes.find(({ name }) => name === dtype)!;
  const count = Math.min(shape.reduce((product, extent) => product * extent, 1), most);
  const values = new type.array(data.slice(at, at + count * type.itemsize).buffer);
  return Array.from({ length: count * type.components }, (_, i) => Number(componentValue(values[i], type)));
}

/** What is wrong with a result, or null. What single numbers are made of may be computed in single precision. */
function difference(x: np.ndarray, expected: Result, single: boolean): string | null {
  if (x.dtype.name !== expected.dtype) return `dtype ${x.dtype.name}, not ${expected.dtype}`;
  if (String(x.shape) !== String(expected.shape)) return `shape (${String(x.shape)}), not (${String(expected.shape)})`;
  const [got, wanted] = [keptOf(x), expectedOf(expected)];
  // The terms of every sum are all elements, so that its error is measured by the largest of the sums.
  const scale = x.size === 0 ? 0 : Number(np.max(np.abs(x)));
  const room = transformRoom(single && expected.dtype !== 'float16' ? 'float32' : expected.dtype, x.size) * scale;
  const wrong = got.findIndex((value, i) => !(Math.abs(value - wanted[i]) <= room));
  return wrong < 0 ? null : `component ${wrong} is ${got[wrong]}, not ${wanted[wrong]}, with room of ${room}`;
}

function wrongWith({ f, x, args = [], options, out, written, result, error }: Case): string | null {
  const target = out === undefined ? undefined : np.zeros(out[0], { dtype: out[1] });
  const given = [...x === undefined ? [] : [operandOf(x)], ...args];
  const named = { ...options, ...target === undefined ? {} : { out: target } };
  let found: np.ndarray;
  try {
    found = functions[f](...given, ...Object.keys(named).length === 0 ? [] : [named]);
  } catch (thrown) {
    const { name, message } = thrown as Error;
    if (error === undefined) return `threw ${name}: ${message}`;
    return name === error[0] && message === error[1] ? null : `threw ${name}: ${message}, not ${error[0]}: ${error[1]}`;
  }
  if (error !== undefined) return `gave ${String(found)}, not ${error[0]}: ${error[1]}`;
  if (target !== undefined && (found === target) !== written) return `out is ${written ? 'not ' : ''}what it gave`;
  if (target !== undefined && !written && Number(np.count_nonzero(target)) > 0) return 'out was written to';
  const single = out !== undefined && /^(float16|float32|complex64)$/.test(x?.[1] ?? '');
  return difference(found, result!, single);
}

const label = ({ f, x, args, options, out }: Case): string =>
  `${f}(${[x, ...args ?? [], ...options ? [options] : [], ...out ? [{ out }] : []].map((each) => JSON.stringify(each)).join(', ')})`;

it('has many cases', () => {
  expect(cases.length).toBeGreaterThan(1500);
});

describe.each([...new Set(cases.map(({ f }) => f))])('%s', (name) => {
  test('gives what NumPy gives', () => {
    const wrong = cases.filter(({ f }) => f === name)
      .map((each) => [label(each), wrongWith(each)] as const).filter(([, found]) => found !== null);
    expect(wrong.map(([call, found]) => `${call}: ${found}`)).toEqual([]);
  });
});
