import { cpu } from '../../core/device.ts';
import * as core from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { diagonalMatrix, triangle, triangleMask } from '../../ops/copies.ts';
import { full } from '../../ops/creation.ts';
import { copyInto } from '../../ops/dispatch.ts';
import { broadcastTo, reshapeTo, reverse, sliceAxis, unsqueeze } from '../../ops/movement.ts';
import { cumprod } from '../../ops/reduce.ts';
import { diagonalView } from '../../ops/views.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import { frozen } from '../ndarray/flags.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { promote } from '../dtypes/promotion.ts';
import { diagonalOf, extentOf } from '../arguments/triangles.ts';
import { routine } from '../arguments/routine.ts';

/** Matrices that are built from their diagonals, triangles and powers. */

/**
 * A diagonal of a matrix (a view), or the matrix with a vector on its diagonal. Source: numpy.diag.
 * @example
 * np.diag([1, 2]) // → [[1 0]
 *                 //    [0 2]]
 */
export const diag = routine('diag', 'v, k=0', (v: ArrayLike, k: number = 0): ndarray => {
  const x = asArray(v);
  if (x.ndim === 1) return diagonalMatrix<ndarray>(x, k, 0, 1);
  if (x.ndim === 2) return frozen(diagonalView<ndarray>(x, k, 0, 1));
  throw new ValueError('Input must be 1- or 2-d.');
});

/**
 * The matrix with the flattened elements on its diagonal. Source: numpy.diagflat.
 * @example
 * np.diagflat([[1], [2]]) // → [[1 0]
 *                         //    [0 2]]
 */
export const diagflat = routine('diagflat', 'v, k=0', (v: ArrayLike, k: number = 0): ndarray => {
  const x = asArray(v);
  return diagonalMatrix<ndarray>(reshapeTo(x, [x.size]), k, 0, 1);
});

/**
 * A matrix of 1 on and below a diagonal, else 0. Source: numpy.tri.
 * @example
 * np.tri(2, { dtype: 'int64' }) // → [[1 0]
 *                               //    [1 1]]
 */
export const tri = routine('tri', "N: float, M: float = None, k: float = 0, dtype='float', *, like=None", (
  N: number, M?: number | null, k: number = 0, dtype?: DTypeLike | null, _like?: ndarray | null,
): ndarray => {
  const like = full(ndarray, [], 0, core.bool, cpu);
  const mask = triangleMask(like, extentOf(N), extentOf(M ?? N), 'lower', diagonalOf(k, 'lower'));
  return castCopy(new ndarray(mask.storage, mask.dtypeCore, mask.geometry), coreOf(dtype) ?? core.float64);
});

const triangular = (name: string, part: 'lower' | 'upper') => routine(name, 'm, k: float = 0', (m: ArrayLike, k: number = 0): ndarray => {
  const x = asArray(m);
  // NumPy broadcasts the mask, so a vector becomes a matrix of its own length.
  const square = x.ndim === 1 ? broadcastTo<ndarray>(x, [x.size, x.size]) : x;
  if (square.ndim < 2) throw new TypeError("tri() missing 1 required positional argument: 'N'");
  return triangle<ndarray>(square, part, diagonalOf(k, part));
});

/**
 * A matrix with 0 above its diagonal, or above the k-th. Source: numpy.tril.
 * @example
 * np.tril([[1, 2], [3, 4]]) // → [[1 0]
 *                           //    [3 4]]
 */
export const tril = triangular('tril', 'lower');

/**
 * A matrix with 0 below its diagonal, or below the k-th. Source: numpy.triu.
 * @example
 * np.triu([[1, 2], [3, 4]]) // → [[1 2]
 *                           //    [0 4]]
 */
export const triu = triangular('triu', 'upper');

/**
 * Powers of a vector's elements as columns, falling unless `increasing`. Source: numpy.vander.
 * @example
 * np.vander([2, 3], 3) // → [[4 2 1]
 *                      //    [9 3 1]]
 */
export const vander = routine('vander', 'x, N: count | None = None, increasing=False', (
  x: ArrayLike, N?: number | null, increasing: boolean = false,
): ndarray => {
  const vector = asArray(x);
  if (vector.ndim !== 1) throw new ValueError('x must be a one-dimensional array or sequence.');
  const count = N ?? vector.size;
  const dtype = promote(vector.dtypeCore, core.int64);
  const out = full(ndarray, [vector.size, count], 1, dtype, cpu);
  if (count > 1) {
    const factors = broadcastTo<ndarray>(unsqueeze(cast(vector, dtype), 1), [vector.size, count - 1]);
    copyInto(cumprod(factors, 1), sliceAxis<ndarray>(increasing ? out : reverse(out, [1]), 1, 1, count - 1));
  }
  return out;
});
