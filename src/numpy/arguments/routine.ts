import { ValueError, pythonTypeName } from '../../core/errors.ts';
import type { CallOf, Dialect, PiecesOf, Reader, Text, Words } from '../../core/signature.ts';
import { Signature, kinds, toInteger } from '../../core/signature.ts';
import { ndarray } from '../ndarray/ndarray.ts';

/**
 * Functions by their signatures, in the notation in which Python shows them: `np.roll(x, 1)`, `np.roll(x, { shift: 1 })`,
 * `np.roll(x, 1, { axis: 0 })`. What a call leaves out, and None where it is the default, comes as undefined. Numbers, dtypes and lists
 * are NumPy's "array-likes" nearly everywhere, so that only the kinds below are checked here, and the rest where it is used.
 */

function index(value: unknown): number {
  const number = toInteger(value);
  if (number === undefined) throw new TypeError(`'${pythonTypeName(value)}' object cannot be interpreted as an integer`);
  return number as number;
}

/** One whole number, or a list of them. */
const indices: Reader = (value) => {
  if (!Array.isArray(value)) return index(value);
  return value.every(Number.isSafeInteger) ? value : value.map(index);
};

/** The array to write into, alone or in a list, as ufuncs take it. */
const tuple: Reader = (value) => {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (given.every((each) => each === null || each instanceof ndarray)) {
    if (given.length === 1) return given[0];
    throw new ValueError("The 'out' tuple must have exactly one entry per ufunc output");
  }
  throw new TypeError('return arrays must be of ArrayType');
};

const wrong: Words['wrong'] = (name, kind, type) => `${name} must be ${kind}, not ${type}`;

const dialect: Dialect = {
  builtin: false,
  kinds: {
    int: index, ints: indices, bool: kinds.bool, str: kinds.str, tuple,
    ndarray: (value) => {
      if (value instanceof ndarray) return value;
      throw new TypeError('output must be an array');
    },
  },
  implied: { axis: 'ints', axes: 'ints', shape: 'ints', size: 'ints', out: 'ndarray', keepdims: 'bool', order: 'str | None' },
  words: { wrong },
};

/** The words of functions that are written in C. */
const compiled: Dialect = {
  ...dialect,
  words: {
    wrong,
    missing: (name, place) => `missing required argument '${name}' (pos ${place})`,
    doubled: (caller, name, place) => `argument for ${caller}() given by name ('${name}') and position (position ${place})`,
  },
};

const exactly = (least: number, most: number, word: string, count: number, given: number): string =>
  `takes ${least === most ? 'exactly' : word} ${count} positional argument${count === 1 ? '' : 's'} (${given} given)`;

/** Those of Cython, in which the random functions are written. */
const cython: Dialect = {
  ...dialect,
  words: {
    wrong,
    surplus: (least, most, given) => exactly(least, most, 'at most', most, given),
    missing: (_name, _place, given, least, most) => exactly(least, most, 'at least', least, given),
    doubled: (caller, name) => `${caller}() got multiple values for keyword argument '${name}'`,
  },
};

/** Ufuncs have a way of their own. */
const ufunc: Dialect = {
  ...dialect,
  words: {
    wrong,
    missing: (_name, _place, given, least, most) =>
      `takes from ${least} to ${most} positional arguments but ${given} ${given === 1 ? 'was' : 'were'} given`,
    doubled: (_caller, name) => `cannot specify '${name}' as both a positional and keyword argument`,
  },
};

export type AnySignature = Signature<readonly string[], readonly unknown[], unknown>;

/** Signatures of callables that read their arguments themselves: their result types depend on them, or they are methods. */
export const pythonSignature = (name: string, text: Text): AnySignature => new Signature(`numpy.${name}`, text, dialect);
export const ufuncSignature = (name: string, nin: 1 | 2): AnySignature => new Signature(`numpy.${name}`, [
  nin === 1 ? 'x' : 'x1, x2', '/, out: tuple=None', '*, where: array_like=True', "casting='same_kind'", "order='K', dtype=None, subok=True",
  'signature=None',
], ufunc);
export const compiledSignature = (name: string, text: Text): AnySignature => new Signature(`numpy.${name}`, text, compiled);
export const cythonSignature = (name: string, text: Text): AnySignature => new Signature(`numpy.${name}`, text, cython);

type ByName<T extends Text, P extends readonly unknown[], K> = Extract<CallOf<PiecesOf<T>, P, K>, readonly [unknown]>[0];

/** A function of parameters P, by position, by the names in T, or mixed, and of K by name alone. */
export interface Routine<T extends Text, P extends readonly unknown[], R, K = unknown> {
  (options: ByName<T, P, K>): R;
  (...args: CallOf<PiecesOf<T>, P, K>): R;
}

/** A function that is called as its signature says; those of K, which can only be named, come last. */
export function routine<const T extends Text, P extends unknown[], R>(
  name: string, text: T, compute: (...values: P) => R,
): Routine<T, P, R> {
  const declared = new Signature(`numpy.${name}`, text, dialect);
  const callable = (...given: unknown[]): R => compute(...(declared.fits(given) ? given : declared.list(given)) as P);
  return Object.defineProperty(callable, 'name', { value: name }) as Routine<T, P, R>;
}
