import { float16, float32, float64, isInexact } from '../../core/dtype.ts';
import { ValueError, shown } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { normalizeAxis, permute, reshapeTo } from '../../ops/movement.ts';
import { vectorNorm } from '../../ops/norms.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { allAxes, countOf, keptShape, otherAxes, sum } from '../../ops/reduce.ts';
import { routine } from '../arguments/routine.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { moveaxis } from '../routines/manipulation.ts';
import { reduction } from '../ufunc/reduce.ts';
import * as ufuncs from '../ufuncs.ts';
import { singularValues } from './singularValues.ts';

/** Norms of vectors and matrices. */

/** A norm's order: any number for vectors; ±1, ±2, ±Infinity, 'fro' and 'nuc' for matrices. */
export type NormOrder = number | 'fro' | 'f' | 'nuc' | null;
export type NormAxis = number | readonly number[] | null;

/** An order as a number or a word: numbers may come as arrays and bigints; what is no number is a word that nobody knows. */
function orderOf(order: unknown): number | string | null {
  if (order === undefined || order === null) return null;
  if (typeof order === 'number') return order;
  if (typeof order === 'bigint' || typeof order === 'boolean') return Number(order);
  return order instanceof ndarray ? orderOf(order.item()) : shown(order);
}

/** The axes of a norm: null for all of them; one need not be whole, as Python's int has it. */
function axesOf(axis: unknown): readonly number[] | null {
  if (axis === undefined || axis === null) return null;
  if (Array.isArray(axis)) return axis.map(Number);
  const single = typeof axis === 'number' || typeof axis === 'bigint' || typeof axis === 'boolean' ? Number(axis)
    : axis instanceof ndarray && axis.size === 1 ? Number(axis) : NaN;
  if (Number.isNaN(single)) throw new TypeError("'axis' must be None, an integer or a tuple of integers");
  return [Math.trunc(single)];
}

/** An array as norms take it: of floats. */
function inexact(x: ArrayLike): ndarray {
  const array = asArray(x);
  return isInexact(array.dtypeCore) ? array : cast(array, float64);
}

/** Norms of finite order. NumPy takes every step of float16 in it. */
function finiteNorm(x: ndarray, order: number, axes: readonly number[], keepdims: boolean): ndarray {
  if (x.dtypeCore !== float16 || order === 0 || order === 1) return vectorNorm(x, order, axes, keepdims);
  const powers = order === 2 ? ops.mul<ndarray>(x, x) : ufuncs.power(ufuncs.absolute(x), order);
  const total = vectorNorm(powers, 1, axes, keepdims);
  return order === 2 ? ufuncs.sqrt(total) : ufuncs.power(total, 1 / order);
}

/** The root of the sum of all squares, which is taken as a dot product. */
function euclidean(x: ndarray, keepdims: boolean): ndarray {
  if (x.dtypeCore !== float16) return vectorNorm(x, 2, allAxes(x), keepdims);
  return ufuncs.sqrt(cast(sum(ops.square<ndarray>(cast(x, float32)), allAxes(x), keepdims), float16));
}

function alongVector(x: ndarray, order: number | string | null, axis: number, keepdims: boolean): ndarray {
  if (typeof order === 'string') throw new ValueError(`Invalid norm order '${order}' for vectors`);
  const options = { axis, keepdims };
  if (order === Infinity) return reduction('max', ufuncs.absolute(x), { ...options, initial: 0 });
  if (order === -Infinity) return reduction('min', ufuncs.absolute(x), options);
  return finiteNorm(x, order ?? 2, [normalizeAxis(axis, x.ndim)], keepdims);
}

/** The largest or smallest sum of absolute values along one of two axes. */
function extremeSum(x: ndarray, along: number, other: number, kind: 'max' | 'min'): ndarray {
  const sums = reduction('sum', ufuncs.absolute(x), { axis: along });
  return reduction(kind, sums, { axis: other > along ? other - 1 : other, initial: kind === 'max' ? 0 : undefined });
}

function ofMatrix(x: ndarray, order: number | string | null, row: number, column: number): ndarray {
  const singular = (): ndarray => singularValues(moveaxis(x, [row, column], [-2, -1]));
  switch (order) {
    case 2: return reduction('max', singular(), { axis: -1, initial: 0 });
    case -2: return reduction('min', singular(), { axis: -1 });
    case 'nuc': return reduction('sum', singular(), { axis: -1 });
    case 1: return extremeSum(x, row, column, 'max');
    case -1: return extremeSum(x, row, column, 'min');
    case Infinity: return extremeSum(x, column, row, 'max');
    case -Infinity: return extremeSum(x, column, row, 'min');
    case null: case 'fro': case 'f': return finiteNorm(x, 2, [row, column].sort((a, b) => a - b), false);
    default: throw new ValueError('Invalid norm order for matrices.');
  }
}

/**
 * The norm of a vector or matrix, or of those along one or two axes; without an order that of all elements together. Orders of matrices
 * are ±1, ±2, ±Infinity, 'fro' and 'nuc', of vectors all numbers; a ValueError for any other. Source: numpy.linalg.norm.
 * @example
 * np.linalg.norm([3, 4]) // → 5.0
 * np.linalg.norm([[1, -2], [3, 4]], 1) // → 6.0
 */
export const norm = routine('linalg.norm', 'x, ord: Any = None, axis: Any = None, keepdims=False', (
  x: ArrayLike, ord?: NormOrder, axis?: NormAxis, keepdims: boolean = false,
): ndarray => normOf(inexact(x), orderOf(ord), axesOf(axis), keepdims));

function normOf(x: ndarray, order: number | string | null, given: readonly number[] | null, keepdims: boolean): ndarray {
  const { ndim } = x;
  if (given === null && (order === null || (ndim === 2 && (order === 'fro' || order === 'f')) || (ndim === 1 && order === 2))) {
    return euclidean(x, keepdims);
  }
  const axes = given ?? allAxes(x);
  if (axes.length === 1) return alongVector(x, order, axes[0], keepdims);
  if (axes.length !== 2) throw new ValueError('Improper number of dimensions to norm.');
  const [row, column] = axes.map((axis) => normalizeAxis(axis, ndim));
  if (row === column) throw new ValueError('Duplicate axes given.');
  const result = ofMatrix(x, order, row, column);
  return keepdims ? reshapeTo(result, keptShape(x.shape, [row, column], true)) : result;
}

/**
 * The norm of matrices, the last two axes, by default that of Frobenius. Source: numpy.linalg.matrix_norm.
 * @example
 * np.linalg.matrix_norm([[1, 2], [2, 4]]) // → 5.0
 */
export const matrix_norm = routine('linalg.matrix_norm', "x, /, *, keepdims=False, ord: Any = 'fro'", (
  x: ArrayLike, keepdims: boolean = false, ord: NormOrder = 'fro',
): ndarray => normOf(inexact(x), orderOf(ord), [-2, -1], keepdims));

/**
 * The norm of vectors along one axis, or of all elements along several, or all, as those of one vector. Source: numpy.linalg.vector_norm.
 * @example
 * np.linalg.vector_norm([[3, 4], [6, 8]], { axis: 1 }) // → [ 5. 10.]
 */
export const vector_norm = routine('linalg.vector_norm', 'x, /, *, axis: Any = None, keepdims=False, ord: Any = 2', (
  x: ArrayLike, axis?: NormAxis, keepdims: boolean = false, ord: NormOrder = 2,
): ndarray => {
  const given = inexact(x);
  const axes = (axesOf(axis) ?? allAxes(given)).map((each) => normalizeAxis(each, given.ndim));
  if (new Set(axes).size !== axes.length) throw new ValueError('repeated axis');
  const rest = otherAxes(given, axes);
  const vectors = axes.length === 1 ? moveaxis(given, axes[0], 0) : reshapeTo(
    permute<ndarray>(given, [...axes, ...rest]), [countOf(given.shape, axes), ...rest.map((each) => given.shape[each])]);
  const result = alongVector(vectors, orderOf(ord), 0, false);
  return keepdims ? reshapeTo(result, keptShape(given.shape, axes, true)) : result;
});
