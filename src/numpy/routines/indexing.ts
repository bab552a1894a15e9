import { cpu } from '../../core/device.ts';
import { bool, float64, int64, isInteger } from '../../core/dtype.ts';
import { ValueError, inputError, iterable, pythonTypeName } from '../../core/errors.ts';
import { broadcastShapes, checkArrays, sizeOf } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { full, fullLike, rampOf } from '../../ops/creation.ts';
import { triangleMask } from '../../ops/copies.ts';
import * as indexing from '../../ops/indexing.ts';
import { countingLike, integersLike } from '../../ops/integers.ts';
import { broadcastTo, clone, normalizeAxis, permute, reshapeTo } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { allAxes, otherAxes } from '../../ops/reduce.ts';
import { countNonzero } from '../../ops/statistics.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, checkWritable, fromScalar, numbersOf } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { checkCast } from '../dtypes/promotion.ts';
import type { Asking } from '../arguments/routine.ts';
import { routine, shape as shapeOf } from '../arguments/routine.ts';
import { diagonalOf, extentOf } from '../arguments/triangles.ts';
import { commonType } from '../arguments/operands.ts';
import { fitted } from '../ufunc/reduce.ts';
import { expand_dims } from './manipulation.ts';
import { arange } from './ranges.ts';
import type { IndexMode } from './sorting.ts';
import { copyto } from './joining.ts';
import { nonzero } from './sorting.ts';

/** Where elements are: between indices and positions, masks and choices. */

/**
 * The index along each axis of positions in row-major order; throws a ValueError for one outside. Source: numpy.unravel_index.
 * @example
 * np.unravel_index(5, [2, 3]).map(String) // → ['1', '2']
 */
export const unravel_index = routine('unravel_index', "indices, shape, order='C'", (
  indices: ArrayLike, shape: number | readonly number[], order: 'C' | 'F' = 'C',
): ndarray[] => {
  const x = asArray(indices);
  if (!isInteger(x.dtypeCore)) throw new TypeError('only int indices permitted');
  checkOrder(order);
  const extents = shape as readonly number[];
  const size = sizeOf(extents);
  const positions = numbersOf(x);
  for (const each of positions) {
    if (each < 0 || each >= size) throw new ValueError(`index ${each} is out of bounds for array with size ${size}`);
  }
  return extents.map((extent, axis) => {
    const step = sizeOf(order === 'F' ? extents.slice(0, axis) : extents.slice(axis + 1));
    return integersLike(x, positions.map((each) => Math.floor(each / step) % extent), x.shape);
  });
});

/**
 * The row-major positions of indices along each axis. Source: numpy.ravel_multi_index.
 * @example
 * np.ravel_multi_index([[1, 0], [2, 1]], [2, 3]) // → [5 1]
 */
export const ravel_multi_index = routine('ravel_multi_index', "multi_index: iterable, dims: ints, mode: clipmodes = 'raise', order='C'", (
  multi_index: readonly ArrayLike[] | ndarray, dims: number | readonly number[], mode: IndexMode | readonly IndexMode[] = 'raise',
  order: 'C' | 'F' = 'C',
): ndarray => {
  checkOrder(order);
  const list = (multi_index as readonly ArrayLike[]).map((each) => asArray(each, int64));
  const extents = [dims].flat() as number[];
  if (list.length !== extents.length) throw new ValueError(`parameter multi_index must be a sequence of length ${extents.length}`);
  const modes = typeof mode === 'string' ? extents.map(() => mode) : mode;
  if (modes.length !== extents.length) {
    throw new TypeError('wrong number of modes: there must be one for each dimension, or one for all');
  }
  const shape = broadcastShapes(list.map((each) => each.shape));
  const total = new Float64Array(sizeOf(shape));
  const axes = extents.map((_, axis) => (order === 'F' ? extents.length - 1 - axis : axis));
  for (const axis of axes) {
    const extent = extents[axis];
    numbersOf(broadcastTo<ndarray>(list[axis], shape)).forEach((given, i) => {
      const place = modes[axis] === 'clip' ? Math.min(Math.max(given, 0), extent - 1)
        : modes[axis] === 'wrap' ? ((given % extent) + extent) % extent : given;
      if (!(place >= 0 && place < extent)) throw new ValueError('invalid entry in coordinates array');
      total[i] = total[i] * extent + place;
    });
  }
  return integersLike(list[0] ?? asArray(0), total, shape);
});

function checkOrder(order: string): void {
  if (order !== 'C' && order !== 'F') throw new ValueError("only 'C' or 'F' order is permitted");
}

const triangleText = 'n: float, k: float = 0, m: float = None';

function triangleIndices(n: number, k: number, m: number, part: 'lower' | 'upper'): ndarray[] {
  const mask = triangleMask(fromScalar(false), extentOf(n), extentOf(m), part, diagonalOf(k, part));
  return nonzero(new ndarray(mask.storage, mask.dtypeCore, mask.geometry)).map((places) => clone(places));
}

/**
 * The row and column indices of the elements on and below a diagonal. Source: numpy.tril_indices.
 * @example
 * np.tril_indices(2).map(String) // → ['[0 1 1]', '[0 0 1]']
 */
export const tril_indices = routine('tril_indices', triangleText, (n: number, k: number = 0, m?: number | null): ndarray[] =>
  triangleIndices(n, k, m ?? n, 'lower'));

/**
 * The row and column indices of the elements on and above a diagonal. Source: numpy.triu_indices.
 * @example
 * np.triu_indices(2, 1).map(String) // → ['[0]', '[1]']
 */
export const triu_indices = routine('triu_indices', triangleText, (n: number, k: number = 0, m?: number | null): ndarray[] =>
  triangleIndices(n, k, m ?? n, 'upper'));

/**
 * The indices of the main diagonal. Source: numpy.diag_indices.
 * @example
 * np.diag_indices(2).map(String) // → ['[0 1]', '[0 1]']
 */
export const diag_indices = routine('diag_indices', 'n: float, ndim: float = 2', (n: number, ndim: number = 2): ndarray[] => {
  if (!Number.isInteger(ndim)) throw new TypeError(`can't multiply sequence by non-int of type '${pythonTypeName(ndim)}'`);
  checkArrays(ndim);
  const line = arange(n);
  return Array.from({ length: Math.max(ndim, 0) }, () => line);
});

/**
 * The indices of the main diagonal of an array, whose axes must be equal. Source: numpy.diag_indices_from.
 * @example
 * np.diag_indices_from(np.ones([2, 2])).map(String) // → ['[0 1]', '[0 1]']
 */
export const diag_indices_from = routine('diag_indices_from', 'arr', (arr: ArrayLike): ndarray[] => {
  const { shape, ndim } = asArray(arr);
  if (ndim < 2) throw new ValueError('input array must be at least 2-d');
  if (shape.some((extent) => extent !== shape[0])) throw new ValueError('All dimensions of input must be of equal length');
  return diag_indices(shape[0], ndim);
});

/** The indices of a triangle of a matrix. */
const triangleFrom = (name: string, part: 'lower' | 'upper') => routine(name, 'arr, k: float = 0', (
  arr: ArrayLike, k: number = 0,
): ndarray[] => {
  const { shape } = asArray(arr);
  if (shape.length !== 2) throw new ValueError('input array must be 2-d');
  return triangleIndices(shape[0], k, shape[1], part);
});

/**
 * The row and column indices of the elements of a matrix on and below a diagonal. Source: numpy.tril_indices_from.
 * @example
 * np.tril_indices_from(np.ones([2, 2])).map(String) // → ['[0 1 1]', '[0 0 1]']
 */
export const tril_indices_from = triangleFrom('tril_indices_from', 'lower');

/**
 * The row and column indices of the elements of a matrix on and above a diagonal. Source: numpy.triu_indices_from.
 * @example
 * np.triu_indices_from(np.ones([2, 2])).map(String) // → ['[0 0 1]', '[0 1 1]']
 */
export const triu_indices_from = triangleFrom('triu_indices_from', 'upper');

/**
 * The indices of what a function such as np.triu leaves of an n × n matrix of ones. Source: numpy.mask_indices.
 * @example
 * np.mask_indices(3, np.triu, 1).map(String) // → ['[0 0 1]', '[1 2 2]']
 */
export const mask_indices = routine('mask_indices', 'n: count, mask_func: callable, k: array_like = 0', (
  n: number, mask_func: (matrix: ndarray, k: number) => ArrayLike, k: number = 0,
): ndarray[] => nonzero(ops.ne<ndarray>(asArray(mask_func(full(ndarray, [n, n], 1, int64, cpu), k)), 0)));

/** A mask of as many elements as an array has that is written into, under its shape. */
function maskFor(name: string, x: ndarray, mask: ArrayLike): ndarray {
  checkWritable(x, 'array');
  const chosen = cast(asArray(mask), bool);
  if (chosen.size !== x.size) throw new ValueError(`${name}: mask and data must be the same size`);
  return reshapeTo(chosen, x.shape);
}

/** So many of values, again from the first where they end. */
const inTurn = (values: ndarray, count: number): ndarray => (values.size === count ? reshapeTo(values, [count])
  : indexing.take<ndarray>(reshapeTo(values, [values.size]), countingLike(values, count, (i) => i % values.size), 0, 'numpy'));

/** Values that are written; arrays must cast safely. */
function valuesFor(x: ndarray, values: ArrayLike): ndarray {
  if (values instanceof ndarray) checkCast(values.dtypeCore, x.dtypeCore, 'safe');
  return asArray(values, x.dtypeCore);
}

/**
 * Overwrites the elements where a mask holds with values in turn, as many as are needed. Source: numpy.place.
 * @example
 * const x = np.arange(4);
 * np.place(x, [true, false, true, true], [-1, -2]);
 * x // → [-1  1 -2 -1]
 */
export const place = routine('place', 'arr, mask, vals', (arr: ndarray, mask: ArrayLike, vals: ArrayLike): void => {
  if (!(arr instanceof ndarray)) throw new TypeError(`place() argument 1 must be numpy.ndarray, not ${pythonTypeName(arr)}`);
  const chosen = maskFor('place', arr, mask);
  const values = valuesFor(arr, vals);
  const count = Number(countNonzero<ndarray>(chosen, allAxes(chosen)).item());
  if (count === 0) return;
  if (values.size === 0) throw new ValueError('Cannot insert from an empty array!');
  arr.set([chosen], inTurn(values, count));
});

/**
 * Overwrites the elements where a mask holds with those of values at the same places, which repeat. Source: numpy.putmask.
 * @example
 * const x = np.arange(5);
 * np.putmask(x, x.gt(1), [-33, -44]);
 * x // → [  0   1 -33 -44 -33]
 */
export const putmask = routine('putmask', 'a, /, mask, values', (a: ndarray, mask: ArrayLike, values: ArrayLike): void => {
  if (!(a instanceof ndarray)) throw new TypeError('putmask: first argument must be an array');
  const chosen = maskFor('putmask', a, mask);
  const list = valuesFor(a, values);
  if (list.size === 0) return;
  copyto(a, list.size === 1 ? reshapeTo(list, []) : reshapeTo(inTurn(list, a.size), a.shape), { where: chosen });
});

/**
 * Of several choices the element that each index names, broadcast. Source: numpy.choose.
 * @example
 * np.choose([0, 1, 0], [[1, 2, 3], [10, 20, 30]]) // → [ 1 20  3]
 */
export const choose = routine('choose', "a, choices, out=None, mode: clipmode = 'raise'", (
  a: ArrayLike, choices: ArrayLike, out?: ndarray | null, mode?: IndexMode,
): ndarray => asArray(a).choose(iterable(choices as readonly ArrayLike[]) as readonly ArrayLike[], { out, mode }));

/**
 * Writes a value, or values in turn, on the main diagonal. Source: numpy.fill_diagonal.
 * @example
 * const x = np.zeros([2, 2]);
 * np.fill_diagonal(x, 3);
 * x // → [[3. 0.]
 *   //    [0. 3.]]
 */
export const fill_diagonal = routine('fill_diagonal', 'a, val, wrap=False', (a: ndarray, val: ArrayLike, wrap: boolean = false): void => {
  checkWritable(a, 'underlying array');
  if (a.ndim < 2) throw new ValueError('array must be at least 2-d');
  if (a.ndim > 2 && a.shape.some((extent) => extent !== a.shape[0])) {
    throw new ValueError('All dimensions of input must be of equal length');
  }
  const values = asArray(val, a.dtypeCore);
  const [rows, columns] = a.shape;
  // Of a tall matrix, every diagonal of a square below the one before, with an empty row between them.
  const wrapped = wrap && a.ndim === 2 && rows > columns;
  const count = wrapped ? Math.ceil(a.size / (columns + 1)) : Math.min(...a.shape);
  const flat = reshapeTo(values, [values.size]);
  const source = indexing.take<ndarray>(flat, countingLike(a, count, (i) => i % Math.max(values.size, 1)), 0, 'numpy');
  const line = countingLike(a, count);
  a.set(!wrapped ? a.shape.map(() => line) : [
    countingLike(a, count, (i) => Math.floor((i * (columns + 1)) / columns)), countingLike(a, count, (i) => (i * (columns + 1)) % columns),
  ], source);
});

/** The slices for which a mask holds, which need not be as long as the axis: by the mask itself where it is. */
const chosenAlong = (x: ndarray, mask: ndarray, axis: number): ndarray => (mask.size === x.shape[axis]
  ? x.at(...new Array<string>(axis).fill(':'), mask) : indexing.take<ndarray>(x, nonzero(mask)[0], axis, 'numpy'));

/**
 * The elements where a condition holds, in row-major order. Source: numpy.extract.
 * @example
 * np.extract([true, false, true], [1, 2, 3]) // → [1 3]
 */
export const extract = routine('extract', 'condition, arr', (condition: ArrayLike, arr: ArrayLike): ndarray => {
  const [mask, x] = [cast(asArray(condition), bool), asArray(arr)];
  return chosenAlong(reshapeTo(x, [x.size]), reshapeTo(mask, [mask.size]), 0);
});

/**
 * The slices along an axis for which a vector of conditions holds; of the flattened array without an axis.
 * Source: numpy.compress.
 * @example
 * np.compress([false, true], [[1, 2], [3, 4]], 0) // → [[3 4]]
 */
export const compress = routine('compress', 'condition, a, axis: int | None = None, out=None', (
  condition: ArrayLike, a: ArrayLike, axis?: number | null, out?: ndarray | null,
): ndarray => {
  const mask = cast(asArray(condition), bool);
  if (mask.ndim !== 1) throw new ValueError('condition must be a 1-d array');
  const given = asArray(a);
  const x = axis === undefined || axis === null ? reshapeTo(given, [given.size]) : given;
  const result = chosenAlong(x, mask, normalizeAxis(axis ?? 0, x.ndim));
  return fitted('ndarray.take', result, out);
});

/**
 * Of several choices the one whose condition holds first, else a default (0). Source: numpy.select.
 * @example
 * np.select([[true, false], [true, true]], [1, 2], 9) // → [1 2]
 */
export const select = routine('select', 'condlist: iterable, choicelist: iterable, default: array_like = 0', (
  condlist: readonly ArrayLike[], choicelist: readonly ArrayLike[], otherwise: ArrayLike = 0,
): ndarray => {
  if (condlist.length !== choicelist.length) {
    throw new ValueError(
      'list of cases must be same length as list of conditions');
  }
  if (condlist.length === 0) throw new ValueError('select with an empty condition list is not possible');
  const dtype = commonType([...choicelist, otherwise]);
  // Numbers take part in promotion as they are, and are cast as the arrays that they then become.
  const choices = choicelist.map((each) => asArray(each));
  for (const each of choices) checkCast(each.dtypeCore, dtype, 'same_kind');
  const masks = condlist.map((each) => asArray(each));
  masks.forEach((mask, i) => {
    if (mask.dtypeCore !== bool) throw new TypeError(`invalid entry ${i} in condlist: should be boolean ndarray`);
  });
  const start = cast(asArray(otherwise), dtype);
  return masks.reduceRight((rest, mask, i) => ops.where(mask, cast(choices[i], dtype), rest) as ndarray, start);
});

const grid = routine('indices', "dimensions, dtype='int', sparse=False", (
  dimensions: readonly number[], dtype: DTypeLike | null = 'int64', sparse?: boolean,
): ndarray | ndarray[] => {
  if (!Array.isArray(dimensions)) throw new TypeError(`'${pythonTypeName(dimensions)}' object is not iterable`);
  const extents = shapeOf(dimensions);
  const type = coreOf(dtype) ?? float64;
  const lines = (): ndarray[] => extents.map((extent, axis) => reshapeTo(
    rampOf(ndarray, extent, 0, 1, type, cpu), extents.map((_, i) => (i === axis ? extent : 1))));
  if (sparse) return lines();
  const out = full(ndarray, [extents.length, ...extents], 0, type, cpu);
  lines().forEach((line, axis) => out.set([axis], line));
  return out;
});

/**
 * The index along each axis at every place of a grid: shape [n, ...dimensions]. Source: numpy.indices.
 * @example
 * np.indices([2, 2])[Symbol.iterator]().next().value // → [[0 0]
 *                                                    //    [1 1]]
 */
export const indices = grid as {
  (...args: Asking<Parameters<typeof grid>, 'sparse'>): ndarray[];
  (dimensions: readonly number[], dtype: DTypeLike | null | undefined, sparse: true): ndarray[];
  (...args: Parameters<typeof grid>): ndarray;
};

/**
 * Index arrays that together name a grid of rows and columns. Source: numpy.ix_.
 * @example
 * np.arange(9).reshape(3, 3).at(...np.ix_([0, 2], [1])) // → [[1]
 *                                                       //    [7]]
 */
export const ix_ = routine('ix_', '*args', (args: readonly ArrayLike[]): ndarray[] =>
  args.map((each, i) => {
    let x = asArray(each);
    if (x.ndim !== 1) throw new ValueError('Cross index must be 1 dimensional');
    if (x.dtypeCore === bool) [x] = nonzero(x);
    return reshapeTo(x.size === 0 ? cast(x, int64) : x, args.map((_, axis) => (axis === i ? x.size : 1)));
  })) as unknown as (...args: readonly ArrayLike[]) => ndarray[];

/**
 * A function of every vector along an axis, its results in that axis's place. Source: numpy.apply_along_axis.
 * @example
 * np.apply_along_axis((row) => row.sum(), 1, [[1, 2], [3, 4]]) // → [3 7]
 */
export const apply_along_axis = routine('apply_along_axis', 'func1d: callable, axis: int, arr, *args', (
  func1d: (vector: ndarray, ...args: readonly unknown[]) => ArrayLike, axis: number, arr: ArrayLike, args: readonly unknown[],
): ndarray => {
  const x = asArray(arr);
  const along = normalizeAxis(axis, x.ndim);
  const others = otherAxes(x, [along]);
  const rest = others.map((each) => x.shape[each]);
  if (sizeOf(rest) === 0) throw new ValueError('Cannot apply_along_axis when any iteration dimensions are 0');
  const rows = reshapeTo(permute<ndarray>(x, [...others, along]), [sizeOf(rest), x.shape[along]]);
  const results = Array.from({ length: rows.shape[0] }, (_, i) => asArray(func1d(rows.at(i), ...args)));
  const [first] = results;
  const wrong = results.find((each) => String(each.shape) !== String(first.shape));
  if (wrong !== undefined) {
    throw inputError(wrong.shape, first.shape);
  }
  const stacked = fullLike<ndarray>(broadcastTo<ndarray>(reshapeTo(first, [1, ...first.shape]), [results.length, ...first.shape]), 0);
  results.forEach((each, i) => stacked.set([i], each));
  const shaped = reshapeTo(stacked, [...rest, ...first.shape]);
  const order = allAxes(shaped);
  const inserted = order.splice(rest.length);
  order.splice(along, 0, ...inserted);
  return permute<ndarray>(shaped, order);
}) as unknown as {
  <A extends readonly unknown[]>(
    func1d: (vector: ndarray, ...args: A) => ArrayLike, axis: number | bigint, arr: ArrayLike, ...args: A
  ): ndarray;
  (func1d: (vector: ndarray) => ArrayLike, options: { readonly axis: number | bigint; readonly arr: ArrayLike }): ndarray;
  (func1d: (vector: ndarray) => ArrayLike, axis: number | bigint, options: { readonly arr: ArrayLike }): ndarray;
  (options: {
    readonly func1d: (vector: ndarray) => ArrayLike; readonly axis: number | bigint; readonly arr: ArrayLike;
  }): ndarray;
};

/**
 * A function of an array and an axis, such as np.sum, for each of several axes, which stay with extent 1.
 * Source: numpy.apply_over_axes.
 * @example
 * np.apply_over_axes(np.sum, np.arange(8).reshape(2, 2, 2), [0, 2]) // → [[[10]
 *                                                                   //     [18]]]
 */
export const apply_over_axes = routine('apply_over_axes', 'func: callable, a, axes: ints', (
  func: (x: ndarray, axis: number) => ndarray, a: ArrayLike, axes: number | readonly number[],
): ndarray => {
  const given = asArray(a);
  return ([axes].flat() as number[]).reduce((x, each) => {
    const axis = each < 0 ? each + given.ndim : each;
    const found = asArray(func(x, axis));
    const result = found.ndim === x.ndim ? found : expand_dims(found, axis);
    if (result.ndim !== x.ndim) throw new ValueError('function is not returning an array of the correct shape');
    return result;
  }, given);
});
