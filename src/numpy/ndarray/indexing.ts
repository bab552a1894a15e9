import type { Scalar } from '../../core/complex.ts';
import { isScalar } from '../../core/complex.ts';
import { UFuncTypeError } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { noticeFraction } from '../../ops/guessed.ts';
import type { IndexArgument } from '../../ops/indexing.ts';
import * as ops from '../../ops/indexing.ts';
import type { ArrayLike, ndarray } from './ndarray.ts';
import { asArray, checkWritable, checkedElement } from './conversion.ts';
import { dtypeRepr } from '../dtypes/dtype.ts';
import { castAllowed, convertScalar, promote, weakDType } from '../dtypes/promotion.ts';

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
    readIndex(x, list);
    throw error;
  }
}

/** How a ufunc works on the elements that an index names. */
export interface AtUfunc {
  /** The function of an array's elements at an index and of others, in place; once for every time an element is named. */
  at(a: ndarray, indices: Index | readonly Index[], b: ArrayLike): void;
}

/** Gives add and subtract their `at`. */
export function addsAt<F extends object>(ufunc: F, name: string, prepare: (values: ndarray) => ndarray): F & AtUfunc {
  const at = (a: ndarray, indices: Index | readonly Index[], b: ArrayLike): void => {
    checkWritable(a, 'operand array with iterator write flag set');
    const values = isScalar(b) ? asArray(convertScalar(b, weakDType(b, a.dtypeCore)), weakDType(b, a.dtypeCore)) : asArray(b);
    if (!castAllowed(values.dtypeCore, a.dtypeCore, 'same_kind')) {
      throw new UFuncTypeError(
        `Cannot cast ufunc '${name}' output from ${dtypeRepr(promote(values.dtypeCore, a.dtypeCore))} to ${dtypeRepr(a.dtypeCore)} `
        + "with casting rule 'same_kind'");
    }
    // A list is one index array, as in Python; a tuple of indices is a list of arrays or texts.
    const single = !Array.isArray(indices) || indices.every((each) => typeof each === 'number' || typeof each === 'boolean');
    ops.assign(a, (single ? [indices] : indices) as readonly Index[], prepare(cast(values, a.dtypeCore)), 'numpy', { accumulate: true });
  };
  return Object.assign(ufunc, { at });
}
