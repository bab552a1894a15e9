import { isScalar } from '../../core/complex.ts';
import { cpu } from '../../core/device.ts';
import * as core from '../../core/dtype.ts';
import { IndexError, ValueError } from '../../core/errors.ts';
import { broadcastShapes, sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { full } from '../../ops/creation.ts';
import * as indexing from '../../ops/indexing.ts';
import { noticeFraction } from '../../ops/guessed.ts';
import { integersLike } from '../../ops/integers.ts';
import { normalizeAxis, reshapeTo, reverse, sliceAxis } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import * as sets from '../../ops/sets.ts';
import * as searching from '../../ops/search.ts';
import * as sorting from '../../ops/sort.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, asOperand, checkWritable, checkedElement, numbersOf, writeInto } from '../ndarray/conversion.ts';
import { routine } from '../arguments/routine.ts';
import { commonType, promoteAll } from '../arguments/operands.ts';
import { checkVector } from '../arguments/shapes.ts';
import { checkCast, outOfBounds } from '../dtypes/promotion.ts';
import { fitted } from '../ufunc/reduce.ts';

/** Choosing, finding, sorting and counting elements. */

/**
 * x where the condition holds, else y, broadcast, in their common dtype; with a condition alone its nonzero indices.
 * Source: numpy.where.
 * @example
 * np.where([true, false], [1, 2], 9) // → [1 9]
 */
export const where = routine('where', 'condition, x=None, y=None, /', (
  condition: ArrayLike, x?: ArrayLike, y?: ArrayLike,
): ndarray | ndarray[] => {
  if (x === undefined && y === undefined) return nonzero(condition);
  if (x === undefined || y === undefined) throw new ValueError('either both or neither of x and y should be given');
  const mask = cast(asArray(condition), core.bool);
  const operands = [x, y].map(asOperand);
  const dtype = commonType([x, y]);
  const shapes = [mask.shape, ...operands.map((each) => (isScalar(each) ? [] : each.shape))];
  broadcastShapes(shapes);
  // Python's numbers are converted as C would, without a check.
  const [a, b] = operands.map((each) => (isScalar(each) ? each : cast(each, dtype)));
  return ops.where(mask, a instanceof ndarray ? a : isScalar(b) ? full(ndarray, [], a, dtype, cpu) : a, b) as ndarray;
}) as {
  (condition: ArrayLike): ndarray[];
  (condition: ArrayLike, x: ArrayLike, y: ArrayLike): ndarray;
};

/**
 * The indices of the elements that are not zero, one array for each axis. Source: numpy.nonzero.
 * @example
 * np.nonzero([0, 3, 5])[0] // → [1 2]
 */
export const nonzero = routine('nonzero', 'a', (a: ArrayLike): ndarray[] => {
  const x = asArray(a);
  if (x.ndim === 0) {
    throw new ValueError('Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.');
  }
  const rows = indexing.nonzero<ndarray>(x);
  return x.shape.map((_, axis) => reshapeTo(sliceAxis<ndarray>(rows, 1, axis, 1), [rows.shape[0]]));
});

/**
 * The indices of the elements that are not zero, one row for each. Source: numpy.argwhere.
 * @example
 * np.argwhere([[0, 3], [5, 0]]) // → [[0 1]
 *                               //    [1 0]]
 */
export const argwhere = routine('argwhere', 'a', (a: ArrayLike): ndarray => {
  const x = asArray(a);
  return indexing.nonzero<ndarray>(x);
});

/**
 * The positions in row-major order of the elements that are not zero. Source: numpy.flatnonzero.
 * @example
 * np.flatnonzero([[0, 3], [5, 0]]) // → [1 2]
 */
export const flatnonzero = routine('flatnonzero', 'a', (a: ArrayLike): ndarray => {
  const x = asArray(a);
  return nonzero(reshapeTo(x, [x.size]))[0];
});

/** What happens to indices out of bounds. */
export type IndexMode = 'raise' | 'wrap' | 'clip';

/**
 * Elements by their indices along an axis, or in row-major order. Source: numpy.take.
 * @example
 * np.take([10, 20, 30], [2, 0]) // → [30 10]
 */
export const take = routine('take', "a, indices, axis: int | None = None, out=None, mode: clipmode = 'raise'", (
  a: ArrayLike, indices: ArrayLike, axis?: number | null, out?: ndarray | null, mode: IndexMode = 'raise',
): ndarray => {
  const given = asArray(a);
  const x = given.ndim === 0 ? reshapeTo(given, [1]) : given;
  const along = axis === undefined || axis === null ? null : normalizeAxis(axis, x.ndim);
  const places = integerIndices(indices, 'same_kind');
  return fitted('ndarray.take', indexing.take<ndarray>(x, places, along, 'numpy', mode), out);
});

/** Whole numbers: lists and numbers lose their fractions, as in NumPy, arrays must be of integers. */
function integerIndices(indices: ArrayLike, rule: 'safe' | 'same_kind'): ndarray {
  if (Array.isArray(indices) || isScalar(indices)) return asArray(indices, core.int64);
  const places = asArray(indices);
  checkCast(places.dtypeCore, core.int64, rule);
  return cast(places, core.int64);
}

/**
 * Overwrites elements by their row-major positions, the values repeating as needed. Source: numpy.put.
 * @example
 * const x = np.arange(4);
 * np.put(x, [0, 3], [-1, -4]);
 * x // → [-1  1  2 -4]
 */
export const put = routine('put', "a, ind, v, mode: clipmode = 'raise'", (
  a: ndarray, ind: ArrayLike, v: ArrayLike, mode: IndexMode = 'raise',
): void => {
  checkWritable(a, 'put: output array');
  const places = ([...integerIndices(ind, 'same_kind').flat] as number[]).map((place) => {
    if (mode === 'raise' && (place < -a.size || place >= a.size)) {
      throw new IndexError(
        `index ${place} is out of bounds for axis 0 with size ${a.size}`);
    }
    return mode === 'clip' ? Math.min(Math.max(place, 0), a.size - 1) : ((place % a.size) + a.size) % a.size;
  });
  noticeFraction(a, v);
  const list = asArray(v, a.dtypeCore);
  if (places.length === 0 || list.size === 0) return;
  const flat = reshapeTo(a, [a.size]);
  const turns = integersLike(a, places.map((_, i) => i % list.size));
  const source = indexing.take<ndarray>(reshapeTo(list, [list.size]), turns, 0, 'numpy');
  flat.set([integersLike(a, places)], source);
  if (flat.storage !== a.storage) writeInto(a, reshapeTo(flat, a.shape));
});

/**
 * One element for each index along an axis: `out[i, j] = a[i, indices[i, j]]`. Source: numpy.take_along_axis.
 * @example
 * np.take_along_axis(np.array([[3, 1, 2]]), np.array([[1, 2]]), 1) // → [[1 2]]
 */
export const take_along_axis = routine('take_along_axis', 'arr, indices, axis: int | None = -1', (
  arr: ArrayLike, indices: ArrayLike, axis: number | null = -1,
): ndarray => {
  const given = asArray(arr);
  const places = asArray(indices);
  if (axis === null) {
    if (places.ndim !== 1) throw new ValueError('when axis=None, `indices` must have a single dimension.');
    return indexing.gatherAlong<ndarray>(reshapeTo(given, [given.size]), 0, places, 'numpy');
  }
  return indexing.gatherAlong<ndarray>(given, normalizeAxis(axis, given.ndim), places, 'numpy');
});

/**
 * Overwrites one element for each index along an axis. Source: numpy.put_along_axis.
 * @example
 * const x = np.zeros([2, 2]);
 * np.put_along_axis(x, np.array([[0], [1]]), 5, 1);
 * x // → [[5. 0.]
 *   //    [0. 5.]]
 */
export const put_along_axis = routine('put_along_axis', 'arr, indices, values, axis: int | None', (
  arr: ndarray, indices: ArrayLike, values: ArrayLike, axis: number | null,
): void => {
  checkWritable(arr);
  const places = asArray(indices);
  const source = isScalar(values) ? checkedElement(values, arr.dtypeCore) : asArray(values, arr.dtypeCore);
  if (axis !== null) {
    indexing.scatterAlong<ndarray>(arr, normalizeAxis(axis, arr.ndim), places, source, 'numpy', { inPlace: true });
    return;
  }
  const flat = reshapeTo(arr, [arr.size]);
  indexing.scatterAlong<ndarray>(flat, 0, places, source, 'numpy', { inPlace: true });
  if (flat.storage !== arr.storage) writeInto(arr, reshapeTo(flat, arr.shape));
});

/** Every kind is stable here. */
export type SortKind = 'quicksort' | 'mergesort' | 'heapsort' | 'stable';

const text = ['a, axis: int | None = -1, kind: sortkind = None, order: fields = None, *', 'stable: bool = None'] as const;
type SortArguments = [a: ArrayLike, axis?: number | null, kind?: SortKind | null, order?: null, stable?: boolean | null];

function checkKind(kind: SortKind | null | undefined, stable: boolean | null | undefined): void {
  if (kind && typeof stable === 'boolean') {
    throw new ValueError("`kind` and keyword parameters can't be provided at the same time. Use only one of them.");
  }
}

/**
 * A sorted copy along an axis, the last unless said; NaN goes last. Source: numpy.sort.
 * @example
 * np.sort([3, 1, 2]) // → [1 2 3]
 */
export const sort = routine('sort', text, (...[a, axis = -1, kind, , stable]: SortArguments): ndarray => {
  checkKind(kind, stable);
  const given = asArray(a);
  const x = axis === null ? reshapeTo(given, [given.size]) : given;
  return sorting.sort<ndarray>(x, normalizeAxis(axis ?? -1, x.ndim));
});

/** Sorts an array in place: the method `x.sort()`. */
export const sortInPlace = routine('ndarray.sort', [
  'self, axis: int = -1, kind: sortkind = None, order: fields = None, *', 'stable: bool = None',
], (
  x: ndarray, axis: number = -1, kind?: SortKind | null, _order?: null, stable?: boolean | null,
): void => {
  const along = normalizeAxis(axis, x.ndim);
  checkWritable(x, 'sort array');
  checkKind(kind, stable);
  writeInto(x, sorting.sort<ndarray>(x, along));
});

/**
 * The positions that would sort an array, stable. Source: numpy.argsort.
 * @example
 * np.argsort([3, 1, 2]) // → [1 2 0]
 */
export const argsort = routine('argsort', text, (...[a, axis = -1, kind, , stable]: SortArguments): ndarray => {
  checkKind(kind, stable);
  const given = asArray(a);
  const x = axis === null || given.ndim === 0 ? reshapeTo(given, [given.size]) : given;
  return sorting.argsort<ndarray>(x, normalizeAxis(axis ?? -1, x.ndim));
});

const partitionText = "a, kth: ints, axis: int | None = -1, kind='introselect', order: fields = None";

/**
 * A copy in which the k-th smallest of each line stands at k, all smaller ones before it. Source: numpy.partition.
 * @example
 * np.partition([7, 1, 5, 3], 1).at(1) // → 3
 */
export const partition = routine('partition', partitionText, (
  a: ArrayLike, kth: number | readonly number[], axis: number | null = -1, kind?: 'introselect', _order?: null,
): ndarray => {
  const given = asArray(a);
  const x = axis === null ? reshapeTo(given, [given.size]).copy() : given.copy();
  x.partition(kth, axis ?? -1, kind);
  return x;
});

/**
 * The positions that would put the k-th smallest of each line at k, all smaller ones before it. Source: numpy.argpartition.
 * @example
 * np.argpartition([7, 1, 5, 3], 1).at(1) // → 3
 */
export const argpartition = routine('argpartition', partitionText, (
  a: ArrayLike, kth: number | readonly number[], axis: number | null = -1, kind?: 'introselect', _order?: null,
): ndarray => {
  const given = asArray(a);
  return (given.ndim === 0 ? reshapeTo(given, [1]) : given).argpartition(kth, { axis, kind });
});

/**
 * Complex numbers in order, by their real parts and then by their imaginary ones. Source: numpy.sort_complex.
 * @example
 * np.sort_complex([5, 3, 1]) // → [1.+0.j 3.+0.j 5.+0.j]
 */
export const sort_complex = routine('sort_complex', 'a', (a: ArrayLike): ndarray => {
  const x = sort(a);
  const { itemsize, kind } = x.dtypeCore;
  if (kind === 'complex') return x;
  return cast(x, kind !== 'float' && kind !== 'bool' && itemsize < 4 ? core.complex64 : core.complex128);
});

/**
 * Positions sorted by several keys, the last one first. Source: numpy.lexsort.
 * @example
 * np.lexsort([[1, 0, 1], [0, 1, 0]]) // → [0 2 1]
 */
export const lexsort = routine('lexsort', 'keys: iterable, axis: int = -1', (
  keys: readonly ArrayLike[] | ndarray, axis: number = -1,
): ndarray => {
  if (keys.length === 0) throw new TypeError('need sequence of keys with len > 0 in lexsort');
  const list = (keys as readonly ArrayLike[]).map((each) => asArray(each));
  const [first] = list;
  if (list.some((key) => !sameShape(key.shape, first.shape))) throw new ValueError('all keys need to be the same shape');
  if (first.ndim === 0 && (axis === 0 || axis === -1)) return integersLike(first, [0], []);
  const along = normalizeAxis(axis, first.ndim);
  return list.slice(1).reduce((order, key) => indexing.gatherAlong<ndarray>(
    order, along, sorting.argsort<ndarray>(indexing.gatherAlong<ndarray>(key, along, order, 'numpy'), along), 'numpy'),
  sorting.argsort<ndarray>(first, along));
});

/**
 * Where values would go in a sorted vector to keep its order. Source: numpy.searchsorted.
 * @example
 * np.searchsorted([1, 2, 3], [0, 2, 5]) // → [0 1 3]
 */
export const searchsorted = routine('searchsorted', "a, v, side: side = 'left', sorter=None", (
  a: ArrayLike, v: ArrayLike, side: 'left' | 'right' = 'left', sorter?: ArrayLike,
): ndarray => {
  const sorted = asArray(a);
  // An integer that the dtype cannot hold is compared in int64.
  const beyond = (typeof v === 'number' || typeof v === 'bigint') && core.isInteger(sorted.dtypeCore)
    && outOfBounds(v, sorted.dtypeCore) !== 0;
  const [hay, needles] = promoteAll([sorted, beyond ? asArray(v) : v]);
  checkVector(hay);
  const places = sorter === undefined ? null : asArray(sorter);
  if (places !== null && places.ndim !== 1) throw new TypeError('could not parse sorter argument');
  if (places !== null && !core.isInteger(places.dtypeCore)) throw new TypeError('sorter must only contain integers');
  if (places !== null && places.size !== hay.size) throw new ValueError('sorter.size must equal a.size');
  if (places === null) return searching.searchSorted<ndarray>(hay, needles, side === 'right');
  const [smallest, largest] = sets.bounds(places) ?? [0, -1];
  if (needles.size > 0 && (smallest < 0 || largest >= hay.size)) throw new ValueError('Sorter index out of range.');
  return searching.searchSorted<ndarray>(indexing.take<ndarray>(hay, places, null, 'numpy'), needles, side === 'right');
});

/**
 * The bin of each value: the number of edges below it (or not above it with `right: true` reversed). Source:
 * numpy.digitize.
 * @example
 * np.digitize([0.5, 1, 2.5], [0, 1, 2]) // → [1 2 3]
 */
export const digitize = routine('digitize', 'x, bins, right=False', (x: ArrayLike, bins: ArrayLike, right: boolean = false): ndarray => {
  const values = asArray(x);
  const edges = asArray(bins);
  if (core.isComplex(values.dtypeCore)) throw new TypeError('x may not be complex');
  const list = numbersOf(edges);
  const rising = list.every((each, i) => i === 0 || each >= list[i - 1]);
  const falling = list.every((each, i) => i === 0 || each <= list[i - 1]);
  if (!rising && !falling) throw new ValueError('bins must be monotonically increasing or decreasing');
  if (rising) return searchsorted(edges, values, { side: right ? 'left' : 'right' });
  const turned = reverse<ndarray>(edges, [0]);
  return ops.sub.reversed<ndarray>(list.length, searchsorted(turned, values, { side: right ? 'left' : 'right' }));
});

/**
 * How often each number from 0 occurs, or the sums of weights. Source: numpy.bincount.
 * @example
 * np.bincount([1, 1, 3]) // → [0 2 0 1]
 */
export const bincount = routine('bincount', 'x, /, weights=None, minlength: count=0', (
  x: ArrayLike, weights?: ArrayLike | null, minlength: number = 0,
): ndarray => {
  const numbers = integerIndices(x, x instanceof ndarray && x.dtypeCore === core.uint64 ? 'same_kind' : 'safe');
  checkVector(numbers);
  if (minlength < 0) throw new ValueError("'minlength' must not be negative");
  const [smallest, largest] = sets.bounds(numbers) ?? [0, -1];
  if (smallest < 0) throw new ValueError('\'list\' argument must have no negative elements');
  const length = Math.max(minlength, largest + 1);
  if (weights === undefined || weights === null) return searching.bincount<ndarray>(numbers, null, length);
  const sums = cast(asArray(weights), core.float64);
  if (sums.size !== numbers.size) throw new ValueError('The weights and list don\'t have the same length.');
  return searching.bincount<ndarray>(numbers, reshapeTo(sums, [sums.size]), length);
});

const uniqueText = ['ar, return_index=False, return_inverse=False, return_counts=False, axis: int | None = None, *',
  'equal_nan=True, sorted=True'] as const;
const distinct = routine('unique', uniqueText, (
  ar: ArrayLike, return_index?: boolean, return_inverse?: boolean, return_counts?: boolean, axis?: number | null,
  equal_nan: boolean = true, _sorted?: boolean,
): ndarray | ndarray[] => {
  const given = asArray(ar);
  const flat = axis === undefined || axis === null;
  const groups = flat ? sets.unique<ndarray>(reshapeTo(given, [given.size]), 0, equal_nan)
    // NaN in slices equal nothing, whatever is asked for.
    : sets.unique<ndarray>(given, normalizeAxis(axis, given.ndim), equal_nan && given.ndim === 1);
  const results = [groups.values];
  if (return_index) results.push(groups.firsts());
  if (return_inverse) results.push(flat ? reshapeTo(groups.inverse(), given.shape) : groups.inverse());
  if (return_counts) results.push(groups.counts());
  return results.length === 1 ? results[0] : results;
});

type Flag<O, Name extends string> = O extends { readonly [N in Name]: true } ? true : false;
type Found<I, V, C> =
  [I, V, C] extends [false, false, false] ? ndarray : [
    values: ndarray, ...(I extends true ? [index: ndarray] : []), ...(V extends true ? [inverse: ndarray] : []),
    ...(C extends true ? [counts: ndarray] : []),
  ];
/** Flags by name, after an array. */
type UniqueOptions = Extract<Parameters<typeof distinct>, readonly [unknown, object]>[1];

/**
 * The distinct elements in order, or those along an axis; with flags also the place of the first of each, the place of each element
 * among them, and how often each occurs. NaN counts once unless `equal_nan` is false. Source: numpy.unique.
 * @example
 * np.unique([3, 1, 3]) // → [1 3]
 */
export const unique = distinct as {
  <const O extends UniqueOptions>(
    ar: ArrayLike, options: O,
  ): Found<Flag<O, 'return_index'>, Flag<O, 'return_inverse'>, Flag<O, 'return_counts'>>;
  <const I extends boolean = false, const V extends boolean = false, const C extends boolean = false>(
    ar: ArrayLike, return_index?: I, return_inverse?: V, return_counts?: C, axis?: number | null,
  ): Found<I, V, C>;
  (...args: Parameters<typeof distinct>): ndarray | ndarray[];
};
