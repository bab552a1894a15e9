import * as core from '../../core/dtype.ts';
import { LinAlgError, ValueError } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { signAndLogarithm } from '../../ops/linalg/determinants.ts';
import { inverse } from '../../ops/linalg/lu.ts';
import { unsqueeze } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { allAxes, any } from '../../ops/reduce.ts';
import { selectAxis } from '../../ops/views.ts';
import { routine } from '../arguments/routine.ts';
import { finfo } from '../dtypes/limits.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { count_nonzero, max } from '../routines/reductions.ts';
import * as ufuncs from '../ufuncs.ts';
import { sizesOf } from './decompositions.ts';
import type { NormOrder } from './norms.ts';
import { norm } from './norms.ts';
import type { Types } from './operands.ts';
import { asReal, checkSquare, extentsOf, isEmpty, typesOf } from './operands.ts';
import { SlogdetResult } from './results.ts';
import { singularValues } from './singularValues.ts';

/** Numbers that say something of a matrix as a whole. */

/** Square matrices and how they are computed with. */
function square(a: ArrayLike): [x: ndarray, types: Types] {
  const x = asArray(a);
  checkSquare(x);
  return [x, typesOf(x)];
}

/**
 * The determinant of a square matrix. Source: numpy.linalg.det.
 * @example
 * np.round(np.linalg.det([[1, 2], [3, 4]]), 8) // → -2.0
 */
export const det = routine('linalg.det', 'a', (a: ArrayLike): ndarray => {
  const [x, types] = square(a);
  const { sign, logarithm } = signAndLogarithm<ndarray>(cast(x, types.work));
  return cast(ops.mul<ndarray>(sign, cast(ops.exp<ndarray>(logarithm), types.work)), types.result);
});

/**
 * The sign of the determinant and the logarithm of its absolute value, for those that are too large or too small for a number of their
 * own. Source: numpy.linalg.slogdet.
 * @example
 * const { sign, logabsdet } = np.linalg.slogdet(np.eye(400).multiply(0.1));
 * sign // → 1.0
 * np.round(logabsdet, 6) // → -921.034037
 */
export const slogdet = routine('linalg.slogdet', 'a', (a: ArrayLike): SlogdetResult => {
  const [x, types] = square(a);
  const { sign, logarithm } = signAndLogarithm<ndarray>(cast(x, types.work));
  return new SlogdetResult(cast(sign, types.result), asReal(logarithm, types));
});

/**
 * The number of singular values that are larger than a bound: `tol`, or `rtol` times the largest one, by default its precision times
 * the larger extent. Source: numpy.linalg.matrix_rank.
 * @example
 * np.linalg.matrix_rank([[1, 2], [2, 4]]) // → 1
 */
export const matrix_rank = routine('linalg.matrix_rank', 'A, tol: Any = None, hermitian=False, *, rtol: Any = None', (
  A: ArrayLike, tol?: ArrayLike | null, hermitian: boolean = false, rtol?: ArrayLike | null,
): ndarray => {
  if (rtol !== undefined && rtol !== null && tol !== undefined && tol !== null) {
    throw new ValueError("`tol` and `rtol` can't be both set.");
  }
  const x = asArray(A);
  if (x.ndim < 2) return cast(any<ndarray>(ops.ne<ndarray>(x, 0), allAxes(x)), core.int64);
  const s = sizesOf(x, hermitian);
  const along = (bound: ArrayLike): ndarray => {
    const array = asArray(bound);
    return unsqueeze<ndarray>(array, array.ndim);
  };
  const bound = tol !== undefined && tol !== null ? along(tol) : ufuncs.multiply(max(s, { axis: -1, keepdims: true, initial: 0 }),
    rtol !== undefined && rtol !== null ? along(rtol) : ufuncs.multiply(finfo(s.dtype).eps, Math.max(...extentsOf(x))));
  return count_nonzero(ufuncs.greater(s, bound), { axis: -1 });
});

/** By norms of the matrix and of its inverse, which singular matrices have not. */
function ofInverse(x: ndarray, order: NormOrder): ndarray {
  checkSquare(x);
  const types = typesOf(x);
  const { inverse: found, info } = inverse<ndarray>(cast(x, types.work));
  const failed = ops.ne<ndarray>(info, 0);
  const whole = ops.where(unsqueeze<ndarray>(unsqueeze<ndarray>(failed, failed.ndim), failed.ndim + 1), NaN, found) as ndarray;
  const axes = [-2, -1];
  return asReal(ufuncs.multiply(norm(x, order, axes), norm(whole, order, axes)), types);
}

/**
 * The condition of a matrix, which tells how much its inverse magnifies errors: by the 2-norm unless `p` names another, of square matrices
 * alone; inf where it is singular. Source: numpy.linalg.cond.
 * @example
 * np.linalg.cond([[1, 0], [0, 4]]) // → 4.0
 */
export const cond = routine('linalg.cond', 'x, p: Any = None', (x: ArrayLike, p?: NormOrder): ndarray => {
  const given = asArray(x);
  if (given.ndim >= 1 && isEmpty(given)) throw new LinAlgError('cond is not defined on empty arrays');
  let result: ndarray;
  if (p === undefined || p === null || p === 2 || p === -2) {
    const s = singularValues(given);
    const axis = s.ndim - 1;
    const [largest, smallest] = [selectAxis<ndarray>(s, axis, 0), selectAxis<ndarray>(s, axis, s.shape[axis] - 1)];
    result = p === -2 ? ops.div<ndarray>(smallest, largest) : ops.div<ndarray>(largest, smallest);
  } else result = ofInverse(given, p);
  const missing = ops.isnan<ndarray>(result);
  const unexplained = core.isInexact(given.dtypeCore) ? ops.logicalAnd<ndarray>(missing, ops.logicalNot<ndarray>(
    any<ndarray>(ops.isnan<ndarray>(given), [given.ndim - 2, given.ndim - 1]))) : missing;
  return ops.where(unexplained, Infinity, result) as ndarray;
});
