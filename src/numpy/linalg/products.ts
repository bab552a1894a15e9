import { IndexError, ValueError } from '../../core/errors.ts';
import { chainOrder } from '../../ops/linalg/chain.ts';
import { index, routine } from '../arguments/routine.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { eye } from '../routines/creation.ts';
import {
  atleast_2d, broadcast_to, diagonal as diagonalOf, matrix_transpose as transposeOf, ravel, trace as traceOf,
} from '../routines/manipulation.ts';
import type { TensordotAxes } from '../routines/products.ts';
import * as products from '../routines/products.ts';
import { checkMatrix, checkSquare, extentsOf } from './operands.ts';
import { inv } from './solving.ts';

/** Products of vectors and matrices, and parts of matrices. Those that NumPy has in its main namespace too are the same functions. */

/**
 * The matrix product, over leading axes broadcast; vectors count as a row or a column. Throws a ValueError where the inner extents
 * differ. Source: numpy.linalg.matmul.
 * @example
 * np.linalg.matmul([[1, 2], [3, 4]], [1, 1]) // → [3 7]
 */
export const matmul = routine('linalg.matmul', 'x1, x2, /', (x1: ArrayLike, x2: ArrayLike): ndarray => products.matmul(x1, x2));

/**
 * The sum of products of vectors along an axis, the first conjugated. Source: numpy.linalg.vecdot.
 * @example
 * np.linalg.vecdot([[1, 2], [3, 4]], [1, 10]) // → [21 43]
 */
export const vecdot = routine('linalg.vecdot', 'x1, x2, /, *, axis: int = -1', (
  x1: ArrayLike, x2: ArrayLike, axis: number = -1,
): ndarray => products.vecdot(x1, x2, { axis }));

/**
 * The sum of products over axes: x1's last n and x2's first n, or those of a pair of lists. Source: numpy.linalg.tensordot.
 * @example
 * np.linalg.tensordot([[1, 2], [3, 4]], [[1, 0], [0, 1]], { axes: 2 }) // → 5
 */
export const tensordot = routine('linalg.tensordot', 'x1, x2, /, *, axes: Any = 2', (
  x1: ArrayLike, x2: ArrayLike, axes: TensordotAxes = 2,
): ndarray => products.tensordot(x1, x2, axes));

/**
 * Every product of an element of one vector with one of another. Throws a ValueError for anything but vectors. Source:
 * numpy.linalg.outer.
 * @example
 * np.linalg.outer([1, 2], [3, 4]) // → [[3 4]
 *                                 //    [6 8]]
 */
export const outer = routine('linalg.outer', 'x1, x2, /', (x1: ArrayLike, x2: ArrayLike): ndarray => {
  const [a, b] = [asArray(x1), asArray(x2)];
  if (a.ndim !== 1 || b.ndim !== 1) {
    throw new ValueError(`Input arrays must be one-dimensional, but they are x1.ndim=${a.ndim} and x2.ndim=${b.ndim}.`);
  }
  return products.outer(a, b);
});

/**
 * The cross product of vectors of three elements along an axis. Throws a ValueError for any other number of them. Source:
 * numpy.linalg.cross.
 * @example
 * np.linalg.cross([1, 0, 0], [0, 1, 0]) // → [0 0 1]
 */
export const cross = routine('linalg.cross', 'x1, x2, /, *, axis: int = -1', (
  x1: ArrayLike, x2: ArrayLike, axis: number = -1,
): ndarray => {
  const [a, b] = [asArray(x1), asArray(x2)];
  const [m, n] = [a, b].map(({ shape }) => {
    const extent = shape.at(axis);
    if (extent === undefined) throw new IndexError('tuple index out of range');
    return extent;
  });
  if (m !== 3 || n !== 3) {
    throw new ValueError(
      `Both input arrays must be (arrays of) 3-dimensional vectors, but they are ${m} and ${n} dimensional instead.`);
  }
  return products.cross(a, b, { axis });
});

/** Of three matrices NumPy compares the two ways by other sums, which differ where both cost the same. */
function partOfThree([a, b, c]: readonly ndarray[]): number {
  const [rows, left] = a.shape;
  const right = b.shape[1];
  const columns = c.shape[1];
  return rows * right * (left + columns) < left * columns * (rows + right) ? 1 : 0;
}

/**
 * The product of two or more matrices, of which the first and the last may be vectors, in the order of the fewest multiplications.
 * Source: numpy.linalg.multi_dot.
 * @example
 * np.linalg.multi_dot([[[1, 2], [3, 4]], [[0, 1], [1, 0]], [1, 2]]) // → [ 4 10]
 */
export const multi_dot = routine('linalg.multi_dot', 'arrays: iterable, *, out=None', (
  arrays: readonly ArrayLike[] | ndarray, out?: ndarray | null,
): ndarray => {
  const factors = (arrays as readonly ArrayLike[]).map((each) => asArray(each));
  const last = factors.length - 1;
  if (last < 1) throw new ValueError('Expecting at least two arrays.');
  if (last === 1) return products.dot(factors[0], factors[1], { out });
  const [row, column] = [factors[0].ndim === 1, factors[last].ndim === 1];
  if (row) factors[0] = atleast_2d(factors[0]);
  if (column) factors[last] = atleast_2d(factors[last]).T;
  checkMatrix(...factors);
  const order = last === 2 ? null : chainOrder([...factors.map(({ shape }) => shape[0]), factors[last].shape[1]]);
  const product = (i: number, j: number, target?: ndarray | null): ndarray => {
    if (i === j) return factors[i];
    const k = order === null && j - i === 2 ? partOfThree(factors) : order?.[i][j] ?? i;
    return products.dot(product(i, k), product(k + 1, j), { out: target });
  };
  const result = product(0, last, out);
  if (row && column) return result.at(0, 0);
  return row || column ? ravel(result) : result;
});

/**
 * A square matrix to a whole power, by squaring; a negative one is that of the inverse. Throws a LinAlgError where there is none.
 * Source: numpy.linalg.matrix_power.
 * @example
 * np.linalg.matrix_power([[1, 1], [1, 0]], 10) // → [[89 55]
 *                                              //    [55 34]]
 */
export const matrix_power = routine('linalg.matrix_power', 'a, n: Any', (a: ArrayLike, n: number | bigint): ndarray => {
  const x = asArray(a);
  checkSquare(x);
  let power = exponentOf(n);
  if (power === 0) return broadcast_to(eye(extentsOf(x)[0], { dtype: x.dtype }), x.shape).copy();
  let square = power < 0 ? inv(x) : x;
  power = Math.abs(power);
  if (power === 3) return products.matmul(products.matmul(square, square), square);
  let result: ndarray | null = null;
  while (true) {
    if (power % 2 === 1) result = result === null ? square : products.matmul(result, square);
    power = Math.floor(power / 2);
    if (power === 0) return result!;
    square = products.matmul(square, square);
  }
});

function exponentOf(n: unknown): number {
  try {
    return index(n);
  } catch {
    throw new TypeError('exponent must be an integer');
  }
}

/**
 * The sum of a diagonal of each matrix. Source: numpy.linalg.trace.
 * @example
 * np.linalg.trace([[1, 2], [3, 4]]) // → 5
 */
export const trace = routine('linalg.trace', 'x, /, *, offset=0, dtype=None', (
  x: ArrayLike, offset: number = 0, dtype?: DTypeLike | null,
): ndarray => traceOf(x, offset, -2, -1, dtype));

/**
 * A diagonal of each matrix, a view. Source: numpy.linalg.diagonal.
 * @example
 * np.linalg.diagonal([[1, 2], [3, 4]]) // → [1 4]
 */
export const diagonal = routine('linalg.diagonal', 'x, /, *, offset=0', (
  x: ArrayLike, offset: number = 0,
): ndarray => diagonalOf(x, offset, -2, -1));

/**
 * The last two axes swapped, a view. Source: numpy.linalg.matrix_transpose.
 * @example
 * np.linalg.matrix_transpose([[1, 2], [3, 4]]) // → [[1 3]
 *                                              //    [2 4]]
 */
export const matrix_transpose = routine('linalg.matrix_transpose', 'x, /', (x: ArrayLike): ndarray => transposeOf(x));
