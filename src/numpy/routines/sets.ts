import { bool, isInteger } from '../../core/dtype.ts';
import { ValueError, shown } from '../../core/errors.ts';
import { reshapeTo } from '../../ops/movement.ts';
import { logicalNot } from '../../ops/pointwise/index.ts';
import { isin as elementsAmong } from '../../ops/sets.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import { concatenate } from './joining.ts';
import { promoteAll } from '../arguments/operands.ts';
import type { Asking } from '../arguments/routine.ts';
import { routine } from '../arguments/routine.ts';
import { extract } from './indexing.ts';
import { argsort, sort, take, unique } from './sorting.ts';

/** Vectors as sets. */

/**
 * Whether each element of the first array is among those of the second. Source: numpy.isin.
 * @example
 * np.isin([1, 2, 3], [2, 5]) // → [False  True False]
 */
export const isin = routine('isin', 'element, test_elements, assume_unique=False, invert=False, *, kind=None', (
  element: ArrayLike, test_elements: ArrayLike, _assume_unique?: boolean, invert: boolean = false, kind?: 'sort' | 'table' | null,
): ndarray => {
  if (kind && kind !== 'sort' && kind !== 'table') {
    throw new ValueError(`Invalid kind: '${shown(kind)}'. Please use None, 'sort' or 'table'.`);
  }
  const given = [asArray(element), asArray(test_elements)];
  if (kind === 'table' && given.some(({ dtypeCore }) => dtypeCore !== bool && !isInteger(dtypeCore))) {
    throw new ValueError(
      "The 'table' method is only supported for boolean or integer arrays. Please select 'sort' or None for kind.");
  }
  const [x, y] = promoteAll(given);
  const found = elementsAmong<ndarray>(x, reshapeTo(y, [y.size]));
  return invert ? logicalNot<ndarray>(found) : found;
});

/** Results that have names, and come one after another as well. */
function named<N extends string>(names: readonly N[], results: readonly ndarray[]): Iterable<ndarray> & { readonly [K in N]: ndarray } {
  return Object.assign([...results], Object.fromEntries(names.map((name, i) => [name, results[i]]))) as never;
}

/**
 * The distinct elements in order, the place of the first of each, the place of each element among them, and how often each occurs, by
 * name or one after another; no NaN equals another. Source: numpy.unique_all.
 * @example
 * np.unique_all([3, 1, 3]).counts // → [1 2]
 */
export const unique_all = routine('unique_all', 'x', (x: ArrayLike) =>
  named(['values', 'indices', 'inverse_indices', 'counts'], unique(
    x, { return_index: true, return_inverse: true, return_counts: true, equal_nan: false })));

/**
 * The distinct elements in order and how often each occurs, by name or one after another. Source: numpy.unique_counts.
 * @example
 * const [values, counts] = np.unique_counts([3, 1, 3]);
 * counts // → [1 2]
 */
export const unique_counts = routine('unique_counts', 'x', (x: ArrayLike) =>
  named(['values', 'counts'], unique(x, { return_counts: true, equal_nan: false })));

/**
 * The distinct elements in order and the place of each element among them, by name or one after another. Source: numpy.unique_inverse.
 * @example
 * np.unique_inverse([3, 1, 3]).inverse_indices // → [1 0 1]
 */
export const unique_inverse = routine('unique_inverse', 'x', (x: ArrayLike) =>
  named(['values', 'inverse_indices'], unique(x, { return_inverse: true, equal_nan: false })));

/**
 * The distinct elements, here in order. Source: numpy.unique_values.
 * @example
 * np.unique_values([2, 2, 2]) // → [2]
 */
export const unique_values = routine('unique_values', 'x', (x: ArrayLike): ndarray => unique(x, { equal_nan: false }));

/**
 * The distinct elements of both, in order. Source: numpy.union1d.
 * @example
 * np.union1d([3, 1], [2, 1]) // → [1 2 3]
 */
export const union1d = routine('union1d', 'ar1, ar2', (ar1: ArrayLike, ar2: ArrayLike): ndarray =>
  unique(concatenate([ar1, ar2], { axis: null })));

const flat = (x: ndarray): ndarray => reshapeTo(x, [x.size]);

/** The elements that both have, and where the first of each lies in either. */
const common = routine('intersect1d', 'ar1, ar2, assume_unique=False, return_indices=False', (
  ar1: ArrayLike, ar2: ArrayLike, assume_unique: boolean = false, return_indices: boolean = false,
): ndarray | [ndarray, ndarray, ndarray] => {
  const [x, y] = promoteAll([asArray(ar1), asArray(ar2)]).map((each) => {
    if (!assume_unique) return unique(each, { return_index: true });
    const order = argsort(flat(each));
    return [take(flat(each), order), order];
  });
  const [inFirst, inSecond] = [isin(x[0], y[0]), isin(y[0], x[0])];
  const values = extract(inFirst, x[0]);
  return return_indices ? [values, extract(inFirst, x[1]), extract(inSecond, y[1])] : values;
});

/**
 * The distinct elements that both have, in order. Source: numpy.intersect1d.
 * @example
 * np.intersect1d([3, 1, 2], [2, 3, 5]) // → [2 3]
 */
export const intersect1d = common as {
  (...args: Asking<Parameters<typeof common>, 'return_indices'>): [ndarray, ndarray, ndarray];
  (ar1: ArrayLike, ar2: ArrayLike, assume_unique: boolean | undefined, return_indices: true): [ndarray, ndarray, ndarray];
  (...args: Parameters<typeof common>): ndarray;
};

/**
 * The distinct elements of the first that the second has not. Source: numpy.setdiff1d.
 * @example
 * np.setdiff1d([3, 1, 2], [2]) // → [1 3]
 */
export const setdiff1d = routine('setdiff1d', 'ar1, ar2, assume_unique=False', (
  ar1: ArrayLike, ar2: ArrayLike, assume_unique: boolean = false,
): ndarray => {
  const x = assume_unique ? flat(asArray(ar1)) : unique(ar1);
  return extract(isin(x, ar2, { invert: true }), x);
});

/**
 * The distinct elements that only one of both has. Source: numpy.setxor1d.
 * @example
 * np.setxor1d([1, 2], [2, 3]) // → [1 3]
 */
export const setxor1d = routine('setxor1d', 'ar1, ar2, assume_unique=False', (
  ar1: ArrayLike, ar2: ArrayLike, assume_unique: boolean = false,
): ndarray => {
  const [x, y] = promoteAll([asArray(ar1), asArray(ar2)]).map((each) => (assume_unique ? flat(each) : unique(each)));
  return sort(concatenate([setdiff1d(x, y, assume_unique), setdiff1d(y, x, assume_unique)]));
});
