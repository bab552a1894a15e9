import { pythonTypeName } from '../../core/errors.ts';
import type { CallOf, Dialect, PiecesOf, Reader, Text } from '../../core/signature.ts';
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

const dialect: Dialect = {
  builtin: false,
  kinds: {
    int: index, ints: indices, bool: kinds.bool, str: kinds.str,
    ndarray: (value) => {
      if (value instanceof ndarray) return value;
      throw new TypeError('output must be an array');
    },
  },
  implied: { axis: 'ints', axes: 'ints', shape: 'ints', out: 'ndarray', keepdims: 'bool', order: 'str | None' },
};

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
