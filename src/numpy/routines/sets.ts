import { reshapeTo } from '../../ops/movement.ts';
import { logicalNot } from '../../ops/pointwise/index.ts';
import { isin as elementsAmong } from '../../ops/sets.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import { concatenate } from './joining.ts';
import { checkOptions } from '../arguments/options.ts';
import { promoteAll } from '../arguments/operands.ts';
import { extract } from './indexing.ts';
import { unique } from './sorting.ts';

/** Vectors as sets. */

/**
 * Whether each element of the first array is among those of the second. Source: numpy.isin.
 * @example
 * np.isin([1, 2, 3], [2, 5]) // → [False  True False]
 */
export function isin(element: ArrayLike, test_elements: ArrayLike, options: { invert?: boolean } = {}): ndarray {
  checkOptions('isin', options, ['invert']);
  const { invert = false } = options;
  const [x, y] = promoteAll([asArray(element), asArray(test_elements)]);
  const found = elementsAmong<ndarray>(x, reshapeTo(y, [y.size]));
  return invert ? logicalNot<ndarray>(found) : found;
}

/**
 * The distinct elements of both, in order. Source: numpy.union1d.
 * @example
 * np.union1d([3, 1], [2, 1]) // → [1 2 3]
 */
export function union1d(ar1: ArrayLike, ar2: ArrayLike): ndarray {
  return unique(concatenate([asArray(ar1), asArray(ar2)], { axis: null }));
}

/**
 * The distinct elements that both have, in order. Source: numpy.intersect1d.
 * @example
 * np.intersect1d([3, 1, 2], [2, 3, 5]) // → [2 3]
 */
export function intersect1d(ar1: ArrayLike, ar2: ArrayLike): ndarray {
  const [x, y] = promoteAll([asArray(ar1), asArray(ar2)]).map((each) => unique(each));
  return extract(isin(x, y), x);
}

/**
 * The distinct elements of the first that the second has not. Source: numpy.setdiff1d.
 * @example
 * np.setdiff1d([3, 1, 2], [2]) // → [1 3]
 */
export function setdiff1d(ar1: ArrayLike, ar2: ArrayLike): ndarray {
  const x = unique(asArray(ar1));
  return extract(isin(x, ar2, { invert: true }), x);
}

/**
 * The distinct elements that only one of both has. Source: numpy.setxor1d.
 * @example
 * np.setxor1d([1, 2], [2, 3]) // → [1 3]
 */
export function setxor1d(ar1: ArrayLike, ar2: ArrayLike): ndarray {
  const [x, y] = promoteAll([asArray(ar1), asArray(ar2)]).map((each) => unique(each));
  return unique(concatenate([setdiff1d(x, y), setdiff1d(y, x)]));
}
