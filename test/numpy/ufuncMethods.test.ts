import { expect, it } from 'vitest';
import * as np from '../../src/numpy/index.ts';
import type { Expected } from './support.ts';
import { check, fixture } from './support.ts';

/** reduce, accumulate, reduceat and at of every ufunc of two operands, against NumPy. */

const { cases } = fixture<{ readonly cases: readonly (readonly [code: string, expected: Expected])[] }>('ufuncMethods.json');
const nameOf = (code: string): string => /np\.(\w+)\.(?:reduce|accumulate|at)/.exec(code)![1];
/** Where NumPy goes on from the first element each time, and not from what it has computed. */
const isWrong = (code: string): boolean => code.startsWith('np.ldexp.reduce(') && code.includes('"keepdims": true');
const here = cases.filter(([code]) => nameOf(code) in np && !isWrong(code));

it.each(here)('%s', (code, expected) => {
  expect(check(code, expected)).toBeNull();
});

it('all that are here are tried', () => {
  const names = Object.values<unknown>(np)
    .filter((each) => typeof each === 'function' && 'resolve_dtypes' in each && 'nin' in each && each.nin === 2)
    .map((each) => (each as np.BinaryUfunc).name);
  expect([...new Set(names)].filter((name) => !here.some(([code]) => nameOf(code) === name))).toEqual([]);
});

it.each([np.equal, np.not_equal, np.less, np.less_equal, np.greater, np.greater_equal])('%o reduces nothing but booleans', (ufunc) => {
  const words = `No loop matching the specified signature and casting was found for ufunc ${ufunc.name}`;
  expect(() => ufunc.reduce([1.5, 2])).toThrow(words);
  expect(() => ufunc.accumulate([1, 2])).toThrow(words);
});
