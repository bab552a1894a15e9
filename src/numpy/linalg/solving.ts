import * as core from '../../core/dtype.ts';
import { LinAlgError, ValueError, remappedError, shapeText } from '../../core/errors.ts';
import { broadcastPair, sizeOf } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { inverse, solve as linearSolve } from '../../ops/linalg/lu.ts';
import { svd } from '../../ops/linalg/svd.ts';
import { adjoint, matrixProduct } from '../../ops/matmul.ts';
import { broadcastTo, permute, reshapeTo, sliceAxis, squeeze, unsqueeze } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { index, routine } from '../arguments/routine.ts';
import { reshaped } from '../arguments/shapes.ts';
import { finfo } from '../dtypes/limits.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { blank } from '../arguments/orders.ts';
import { matmul } from '../routines/products.ts';
import { count_nonzero, max } from '../routines/reductions.ts';
import * as ufuncs from '../ufuncs.ts';
import { partsOf } from './decompositions.ts';
import { asReal, checkInfo, checkMatrix, checkSquare, extentsOf, isEmpty, transposed, typesOf } from './operands.ts';

/** Systems of linear equations, and inverses. */

/** Shapes as NumPy's loops over matrices refuse them. */
function checkRight(a: ndarray, b: ndarray): void {
  const single = b.ndim === 1;
  const [name, signature] = single ? ['solve1', '(m,m),(m)->(m)'] : ['solve', '(m,m),(m,n)->(m,n)'];
  if (b.ndim === 0) {
    throw new ValueError(
      `${name}: Input operand 1 does not have enough dimensions (has 0, gufunc core with signature ${signature} requires 2)`);
  }
  const [rows] = extentsOf(a);
  const found = b.shape[single ? 0 : b.ndim - 2];
  if (found !== rows) {
    throw new ValueError(`${name}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature ${signature} `
      + `(size ${found} is different from ${rows})`);
  }
}

/** Leading axes of both, broadcast; the last two of each stay. */
function broadcastBatches(a: ndarray, b: ndarray): [a: ndarray, b: ndarray] {
  const batches = [a, b].map(({ shape }) => shape.slice(0, -2));
  const batch = broadcastPair(batches[0], batches[1]);
  if (batch === null) {
    const mapped = [a, b].map(({ shape }, i) => `${shapeText(shape)}->(${[...batches[i], 'newaxis', 'newaxis'].join(',')})`);
    throw remappedError(`${mapped.join(' ')}  and requested shape (${extentsOf(b).join(',')})`);
  }
  const whole = (x: ndarray): ndarray => broadcastTo<ndarray>(x, [...batch, ...x.shape.slice(-2)]);
  return [whole(a), whole(b)];
}

/**
 * x with a · x = b, for square a; b is a vector where it has one axis, else matrices of right-hand sides as columns. Throws a LinAlgError
 * where a is singular. Source: numpy.linalg.solve.
 * @example
 * np.linalg.solve([[2, 0], [0, 4]], [2, 8]) // → [1. 2.]
 */
export const solve = routine('linalg.solve', 'a, b', (a: ArrayLike, b: ArrayLike): ndarray => {
  const matrix = asArray(a);
  checkSquare(matrix);
  const right = asArray(b);
  const { work, result } = typesOf(matrix, right);
  checkRight(matrix, right);
  const single = right.ndim === 1;
  const { x, info } = linearSolve<ndarray>(...broadcastBatches(
    cast(matrix, work), cast(single ? unsqueeze<ndarray>(right, 1) : right, work)));
  checkInfo(info, 'Singular matrix');
  return cast(single ? squeeze<ndarray>(x, [x.ndim - 1]) : x, result);
});

/**
 * The inverse of a square matrix. Throws a LinAlgError where there is none. Source: numpy.linalg.inv.
 * @example
 * np.linalg.inv([[2, 0], [0, 4]]) // → [[0.5  0.  ]
 *                                 //    [0.   0.25]]
 */
export const inv = routine('linalg.inv', 'a', (a: ArrayLike): ndarray => {
  const x = asArray(a);
  checkSquare(x);
  const { work, result } = typesOf(x);
  const { inverse: found, info } = inverse<ndarray>(cast(x, work));
  checkInfo(info, 'Singular matrix');
  return cast(found, result);
});

/** The singular values that count, as their reciprocals, and zeros for the others. */
function reciprocals(s: ndarray, large: ndarray): ndarray {
  return ops.where(large, ops.reciprocal(ops.where(large, s, 1) as ndarray), 0) as ndarray;
}

/**
 * The x for which a · x is nearest to b, that of the least length where there are several, with the sums of squared residuals (none where
 * a has not full rank, or no more rows than columns), the rank and the singular values. Those that are smaller than `rcond` times the
 * largest count as 0. Source: numpy.linalg.lstsq.
 * @example
 * const [x, residuals, rank] = np.linalg.lstsq([[1, 0], [1, 1], [1, 2]], [1, 2, 4]);
 * np.round(x, 8) // → [0.83333333 1.5       ]
 * rank // → 2
 */
export const lstsq = routine('linalg.lstsq', 'a, b, rcond: Any = None', (
  a: ArrayLike, b: ArrayLike, rcond?: ArrayLike | null,
): [x: ndarray, residuals: ndarray, rank: ndarray, s: ndarray] => {
  const matrix = asArray(a);
  const given = asArray(b);
  const single = given.ndim === 1;
  const right = single ? unsqueeze<ndarray>(given, 1) : given;
  checkMatrix(matrix, right);
  const [m, n] = extentsOf(matrix);
  if (right.shape[0] !== m) throw new LinAlgError('Incompatible dimensions');
  const types = typesOf(matrix, right);
  const bound = rcond === undefined || rcond === null ? 2 ** -52 * Math.max(m, n) : asArray(rcond).item();
  const { u, s, vh, info } = svd<ndarray>(cast(matrix, types.work), false);
  checkInfo(info, 'SVD did not converge in Linear Least Squares');
  const columns = cast(right, types.work);
  // LAPACK takes what is no fraction for its precision.
  const cut = ops.mul<ndarray>(sliceAxis<ndarray>(s, 0, 0, Math.min(s.size, 1)), bound > 0 && bound < 1 ? bound : 2 ** -53);
  const large = ops.gt<ndarray>(s, cut);
  const rank = cast(count_nonzero(large), core.int32);
  const weights = matrixProduct(adjoint(u), columns);
  const scales = cast(unsqueeze<ndarray>(reciprocals(s, large), 1), types.work);
  const x = cast(matrixProduct(adjoint(vh), ops.mul<ndarray>(weights, scales)), types.result);
  const left = Number(rank) === n && m > n
    ? ufuncs.square(ufuncs.absolute(ops.sub<ndarray>(columns, matrixProduct(u, weights)))).sum(0)
    : blank([0], core.float64);
  return [single ? squeeze<ndarray>(x, [1]) : x, asReal(left, types), rank, asReal(s, types)];
});

/**
 * The pseudo-inverse of Moore and Penrose, by singular values; those that are not larger than `rcond` (or `rtol`) times the largest count
 * as 0. Source: numpy.linalg.pinv.
 * @example
 * np.linalg.pinv([[2, 0], [0, 0]]) // → [[0.5 0. ]
 *                                  //    [0.  0. ]]
 */
export const pinv = routine('linalg.pinv', "a, rcond: Any = None, hermitian=False, *, rtol: Any = '<no value>'", (
  a: ArrayLike, rcond?: ArrayLike | null, hermitian: boolean = false, rtol?: ArrayLike | null,
): ndarray => {
  const x = asArray(a);
  const [m, n] = extentsOf(x);
  const given = rcond ?? undefined;
  if (given !== undefined && rtol !== undefined) throw new ValueError("`rtol` and `rcond` can't be both set.");
  const relative = asArray(given ?? (rtol === undefined ? 1e-15 : rtol ?? ufuncs.multiply(finfo(x.dtype).eps, Math.max(m, n))));
  if (isEmpty(x)) return blank([...x.shape.slice(0, -2), n, m], x.dtypeCore);
  const [u, s, vh] = partsOf(ufuncs.conjugate(x), false, hermitian);
  const large = ufuncs.greater(s, ufuncs.multiply(unsqueeze<ndarray>(relative, relative.ndim), max(s, { axis: -1, keepdims: true })));
  return matmul(transposed(vh), ufuncs.multiply(unsqueeze<ndarray>(reciprocals(s, large), s.ndim), transposed(u)));
});

/**
 * x with tensordot(a, x, x.ndim) = b: `a` has the axes of b before those of x, once `axes` were moved behind the others. Throws a
 * LinAlgError where the system is not square, or singular. Source: numpy.linalg.tensorsolve.
 * @example
 * np.linalg.tensorsolve(np.eye(4).reshape(2, 2, 4), [[1, 2], [3, 4]]) // → [1. 2. 3. 4.]
 */
export const tensorsolve = routine('linalg.tensorsolve', 'a, b, axes: iterable = None', (
  a: ArrayLike, b: ArrayLike, axes?: readonly number[] | null,
): ndarray => {
  const given = asArray(a);
  const right = asArray(b);
  const order = given.shape.map((_, axis) => axis);
  for (const axis of (axes ?? []).map(index)) {
    const place = order.indexOf(axis);
    if (place < 0) throw new ValueError('list.remove(x): x not in list');
    order.push(...order.splice(place, 1));
  }
  const x = permute<ndarray>(given, order);
  const shape = x.shape.slice(right.ndim - given.ndim);
  const count = sizeOf(shape);
  if (x.size !== count ** 2) {
    throw new LinAlgError('Input arrays must satisfy the requirement             prod(a.shape[b.ndim:]) == prod(a.shape[:b.ndim])');
  }
  return reshapeTo(solve(reshapeTo(x, [count, count]), reshapeTo(right, [right.size])), shape);
});

/**
 * The inverse of an array that takes its last axes to its first `ind`: tensordot(tensorinv(a, ind), a, ind) is an identity. Source:
 * numpy.linalg.tensorinv.
 * @example
 * np.linalg.tensorinv(np.eye(6).reshape(2, 3, 6), 2).shape // → [6, 2, 3]
 */
export const tensorinv = routine('linalg.tensorinv', 'a, ind: int = 2', (a: ArrayLike, ind: number = 2): ndarray => {
  const x = asArray(a);
  if (ind <= 0) throw new ValueError('Invalid ind argument.');
  const [first, last] = [x.shape.slice(0, ind), x.shape.slice(ind)];
  return reshapeTo(inv(reshaped(x, [sizeOf(last), -1])), [...last, ...first]);
});
