import type { DType } from '../../core/dtype.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { frozen } from '../ndarray/flags.ts';
import type { ndarray } from '../ndarray/ndarray.ts';

/** The arrays that an iterator goes through. */

/** One operand as it is gone through. */
export interface Operand {
  /** What was given, or made for the results. */
  readonly array: ndarray;
  /** The same in the order of the iteration, fastest axis last: of another dtype a copy. */
  readonly view: ndarray;
  readonly writes: boolean;
  /** A copy, and where what is in it has to go. */
  readonly goesBack: { readonly from: ndarray; readonly to: ndarray } | null;
}

/** An operand that is gone through in the elements that it has at one time. */
export function inCopy(array: ndarray, own: ndarray, type: DType, writes: boolean): Operand {
  const copy = castCopy<ndarray>(cast(own, type), type);
  return { array, view: writes ? copy : frozen(copy), writes, goesBack: writes ? { from: copy, to: own } : null };
}
