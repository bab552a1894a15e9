import { isScalar } from '../../core/complex.ts';
import type { IndexArgument } from '../../ops/indexing.ts';
import * as ops from '../../ops/indexing.ts';
import type { ArrayLike, ndarray } from './ndarray.ts';
import { asArray, checkedElement } from './conversion.ts';

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
  if (isScalar(value)) ops.assign(x, list, checkedElement(value, x.dtypeCore), 'numpy');
  else ops.assign(x, list, asArray(value, x.dtypeCore), 'numpy');
}
