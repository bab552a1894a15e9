import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as np from '../../src/numpy/index.ts';

/** Whether views share memory, and how much work it takes to know. test/fixtures/numpy/sharing.py asks NumPy. */

type View = readonly [shape: readonly number[], strides: readonly number[], itemsize: 1 | 2 | 4, offset: number];
const cases = JSON.parse(readFileSync(new URL('../fixtures/numpy/sharing.json', import.meta.url), 'utf8')) as
  readonly (readonly [View, View, readonly number[]])[];

const memory = np.zeros([4000], 'uint8');
const dtypes = { 1: 'uint8', 2: 'uint16', 4: 'uint32' } as const;

function view([shape, strides, itemsize, offset]: View): np.ndarray {
  const typed = memory.at(`${4 * offset}:`).view(dtypes[itemsize]);
  return np.lib.stride_tricks.as_strided(typed, shape, strides.map((stride) => stride * itemsize));
}

function answer(a: np.ndarray, b: np.ndarray, max_work: number): number {
  try {
    return Number(np.shares_memory(a, b, { max_work }));
  } catch (error) {
    expect(error).toBeInstanceOf(np.exceptions.TooHardError);
    return 2;
  }
}

test.each(cases)('%j and %j', (one, other, answers) => {
  expect([1, 2, 3, 5, -1].map((work) => answer(view(one), view(other), work))).toEqual(answers);
});
