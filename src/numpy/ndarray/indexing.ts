import type { Scalar } from '../../core/complex.ts';
import { isScalar } from '../../core/complex.ts';
import { noticeFraction } from '../../ops/guessed.ts';
import type { IndexArgument } from '../../ops/indexing.ts';
import * as ops from '../../ops/indexing.ts';
import type { ArrayLike, ndarray } from './ndarray.ts';
import { asArray, checkWritable, checkedElement } from './conversion.ts';

/** Reading and writing through an index. */

/** One part of an index: a number, a slice as text, null for a new axis, a mask, or integers in lists or arrays. */
export type Index = IndexArgument;

/**
 * The elements that an index names, Python's `x[...]`: a view for numbers, slices, `'...'` and null, a copy for masks and
 * integer arrays. `np.slice` and text such as `'1:, ::-1'` are slices.
 * @example
 * np.arange(6).reshape(2, 3).at(':', 1) // → [1 4]
 */
export function readIndex(x: ndarray, items: readonly Index[]): ndarray {
  return ops.index<ndarray>(x, items, 'numpy');
}

/** Writes a value, broadcast and cast to the array's dtype, where an index says: Python's `x[...] = value`. */
export function writeIndex(x: ndarray, items: readonly Index[] | Index, value: ArrayLike): void {
  const list = (Array.isArray(items) ? items : [items]) as readonly Index[];
  noticeFraction(x, value);
  if (isScalar(value)) ops.assign(x, list, elementAt(x, list, value), 'numpy');
  else ops.assign(x, list, asArray(value, x.dtypeCore), 'numpy');
}

/** A value as an element; what is wrong with the index is said before what is wrong with the value. */
function elementAt(x: ndarray, list: readonly Index[], value: Scalar): Scalar {
  try {
    return checkedElement(value, x.dtypeCore);
  } catch (error) {
    checkWritable(x);
    readIndex(x, list);
    throw error;
  }
}
