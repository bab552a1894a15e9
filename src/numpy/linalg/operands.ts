import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { LinAlgError } from '../../core/errors.ts';
import type { StridedArray } from '../../core/strided.ts';
import { cast } from '../../ops/cast.ts';
import { elementAt } from '../../ops/host.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { all, allAxes, any } from '../../ops/reduce.ts';
import { swapAxes } from '../../ops/movement.ts';
import type { ndarray } from '../ndarray/ndarray.ts';

/** What the functions of np.linalg ask of their operands. */

/** Refuses what is no single matrix. */
export function checkMatrix(...arrays: readonly ndarray[]): void {
  const wrong = arrays.find(({ ndim }) => ndim !== 2);
  if (wrong !== undefined) throw new LinAlgError(`${wrong.ndim}-dimensional array given. Array must be two-dimensional`);
}

/** Refuses what is neither a matrix nor a stack of them. */
export function checkMatrices({ ndim }: ndarray): void {
  if (ndim < 2) throw new LinAlgError(`${ndim}-dimensional array given. Array must be at least two-dimensional`);
}

/** The same of square ones. */
export function checkSquare(x: ndarray): void {
  checkMatrices(x);
  const [rows, columns] = extentsOf(x);
  if (rows !== columns) throw new LinAlgError('Last 2 dimensions of the array must be square');
}

export function checkFinite(x: ndarray): void {
  if (!core.isInexact(x.dtypeCore)) return;
  const finite = all(ops.isfinite(x), allAxes(x));
  if (elementAt(finite, finite.geometry.offset) !== true) throw new LinAlgError('Array must not contain infs or NaNs');
}

/** Rows and columns of the matrices. */
export function extentsOf({ shape, ndim }: ndarray): readonly [rows: number, columns: number] {
  return [shape[ndim - 2], shape[ndim - 1]];
}

/** Whether there are matrices without elements. */
export function isEmpty(x: ndarray): boolean {
  return x.size === 0 && x.shape.slice(-2).includes(0);
}

export interface Types {
  /** Computations are in float64 and complex128, and their results rounded, as NumPy has it. */
  readonly work: DType;
  readonly result: DType;
}

/** The dtypes that operands are computed in and results have: integers are float64. */
export function typesOf(...arrays: readonly ndarray[]): Types {
  let isComplex = false;
  let isDouble = false;
  for (const { dtypeCore: type } of arrays) {
    if (core.isHalf(type)) throw new TypeError(`array type ${type.name} is unsupported in linalg`);
    isComplex ||= core.isComplex(type);
    isDouble ||= !core.isInexact(type) || core.componentType(type) === core.float64;
  }
  const real = isDouble ? core.float64 : core.float32;
  return isComplex ? { work: core.complex128, result: core.complexTypeOf(real) } : { work: core.float64, result: real };
}

/** Throws where any of a batch has failed. */
export function checkInfo(info: StridedArray, message: string): void {
  const failed = any(info, allAxes(info));
  if (elementAt(failed, failed.geometry.offset) === true) throw new LinAlgError(message);
}

/**
 * Throws where steps did not converge. Matrices that are not finite have NaN as results, as in NumPy, which refuses those with NaN where
 * singular values are looked for.
 */
export function checkConverged(x: ndarray, info: ndarray, message: string, refusesNaN = false): void {
  const failed = any(info, allAxes(info));
  if (elementAt(failed, failed.geometry.offset) !== true) return;
  const axes = [x.ndim - 2, x.ndim - 1];
  const finite = all<ndarray>(ops.isfinite<ndarray>(x), axes);
  const counts = refusesNaN ? ops.logicalOr<ndarray>(finite, any<ndarray>(ops.isnan<ndarray>(x), axes)) : finite;
  checkInfo(ops.logicalAnd<ndarray>(ops.ne<ndarray>(info, 0), counts), message);
}

/** The last two axes swapped, a view. */
export function transposed(x: ndarray): ndarray {
  return swapAxes<ndarray>(x, x.ndim - 2, x.ndim - 1);
}

/** Real results in the precision of a dtype. */
export function asReal(x: ndarray, { result }: Types): ndarray {
  return cast(x, core.componentType(result));
}
