import { isScalar } from '../../core/complex.ts';
import { cpu } from '../../core/device.ts';
import * as core from '../../core/dtype.ts';
import { IndexError, ValueError, pythonTypeName } from '../../core/errors.ts';
import { broadcastShapes, checkInteger, checkShape } from '../../core/layout.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import { readElement, writeElement } from '../../core/scalar.ts';
import { cast } from '../../ops/cast.ts';
import { full, vectorOf } from '../../ops/creation.ts';
import * as indexing from '../../ops/indexing.ts';
import { complex } from '../../ops/complex.ts';
import { imagView, realView } from '../../ops/components.ts';
import { noticeFraction } from '../../ops/guessed.ts';
import { elementAt } from '../../ops/host.ts';
import { countingLike, integersLike } from '../../ops/integers.ts';
import { normalizeAxis, reshapeTo, reverse, sliceAxis } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { any } from '../../ops/reduce.ts';
import * as sets from '../../ops/sets.ts';
import * as sorting from '../../ops/sort.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, asOperand, checkWritable, checkedElement, numbersOf, writeInto } from '../ndarray/conversion.ts';
import { dtypeRepr } from '../dtypes/dtype.ts';
import { bind, checkOptions } from '../arguments/options.ts';
import { commonType, promoteAll } from '../arguments/operands.ts';
import { castAllowed, outOfBounds, promote } from '../dtypes/promotion.ts';
import { reduction } from '../ufunc/reduce.ts';
import { deliver } from '../ufunc/ufunc.ts';
import * as ufuncs from '../ufuncs.ts';
import { diff } from './logic.ts';

/** Choosing, finding, sorting and counting elements. */

/**
 * x where the condition holds, else y, broadcast, in their common dtype; with a condition alone its nonzero indices.
 * Source: numpy.where.
 * @example
 * np.where([true, false], [1, 2], 9) // → [1 9]
 */
export function where(condition: ArrayLike): ndarray[];
export function where(condition: ArrayLike, x: ArrayLike, y: ArrayLike): ndarray;
export function where(...args: readonly ArrayLike[]): ndarray | ndarray[] {
  if (args.length === 0) throw new TypeError("where() missing 1 required positional argument: 'condition'");
  if (args.length > 3) throw new TypeError(`where() takes from 1 to 3 positional arguments but ${args.length} were given`);
  const [condition, x, y] = args;
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
}

/**
 * The indices of the elements that are not zero, one array for each axis. Source: numpy.nonzero.
 * @example
 * np.nonzero([0, 3, 5])[0] // → [1 2]
 */
export function nonzero(a: ArrayLike): ndarray[] {
  const x = asArray(a);
  if (x.ndim === 0) {
    throw new ValueError('Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.');
  }
  const rows = indexing.nonzero<ndarray>(x);
  return x.shape.map((_, axis) => reshapeTo(sliceAxis<ndarray>(rows, 1, axis, 1), [rows.shape[0]]));
}

/**
 * The indices of the elements that are not zero, one row for each. Source: numpy.argwhere.
 * @example
 * np.argwhere([[0, 3], [5, 0]]) // → [[0 1]
 * //    [1 0]]
 */
export function argwhere(a: ArrayLike): ndarray {
  const x = asArray(a);
  return indexing.nonzero<ndarray>(x);
}

/**
 * The positions in row-major order of the elements that are not zero. Source: numpy.flatnonzero.
 * @example
 * np.flatnonzero([[0, 3], [5, 0]]) // → [1 2]
 */
export function flatnonzero(a: ArrayLike): ndarray {
  const x = asArray(a);
  return nonzero(reshapeTo(x, [x.size]))[0];
}

export interface TakeOptions {
  axis?: number | null;
  out?: ndarray | null;
  /** What happens to indices out of bounds. */
  mode?: 'raise' | 'wrap' | 'clip';
}

/**
 * Elements by their indices along an axis, or in row-major order. Source: numpy.take.
 * @example
 * np.take([10, 20, 30], [2, 0]) // → [30 10]
 */
export function take(
  a: ArrayLike, indices: ArrayLike, ...args: [options?: TakeOptions] | [axis?: number | null, options?: TakeOptions]
): ndarray {
  const { axis, out, mode = 'raise' } = bind<TakeOptions>('take', ['axis', 'out', 'mode'], args);
  const given = asArray(a);
  const x = given.ndim === 0 ? reshapeTo(given, [1]) : given;
  const along = axis === undefined || axis === null ? null : normalizeAxis(axis, x.ndim);
  const places = integerIndices(indices, 'same_kind');
  return deliver('take', indexing.take<ndarray>(x, places, along, 'numpy', mode), out ?? undefined, undefined);
}

/** Whole numbers: lists lose their fractions, as in NumPy, arrays must be of integers. */
function integerIndices(indices: ArrayLike, rule: 'safe' | 'same_kind'): ndarray {
  if (Array.isArray(indices)) return asArray(indices, core.int64);
  const places = asArray(indices);
  if (!castAllowed(places.dtypeCore, core.int64, rule)) {
    throw new TypeError(
      `Cannot cast array data from ${dtypeRepr(places.dtypeCore)} to dtype('int64') according to the rule '${rule}'`);
  }
  return cast(places, core.int64);
}

/**
 * Overwrites elements by their row-major positions, the values repeating as needed. Source: numpy.put.
 * @example
 * const x = np.arange(4);
 * np.put(x, [0, 3], [-1, -4]);
 * x // → [-1  1  2 -4]
 */
export function put(
  a: ndarray, indices: ArrayLike, values: ArrayLike, options: { mode?: 'raise' | 'wrap' | 'clip' } = {},
): void {
  checkOptions('put', options, ['mode']);
  if (!(a instanceof ndarray)) throw new TypeError(`argument 1 must be numpy.ndarray, not ${pythonTypeName(a)}`);
  checkWritable(a, 'put: output array');
  const { mode = 'raise' } = options;
  const places = ([...integerIndices(indices, 'same_kind').flat] as number[]).map((place) => {
    if (mode === 'raise' && (place < -a.size || place >= a.size)) {
      throw new IndexError(
        `index ${place} is out of bounds for axis 0 with size ${a.size}`);
    }
    return mode === 'clip' ? Math.min(Math.max(place, 0), a.size - 1) : ((place % a.size) + a.size) % a.size;
  });
  noticeFraction(a, values);
  const list = asArray(values, a.dtypeCore);
  if (places.length === 0 || list.size === 0) return;
  const flat = reshapeTo(a, [a.size]);
  const turns = integersLike(a, places.map((_, i) => i % list.size));
  const source = indexing.take<ndarray>(reshapeTo(list, [list.size]), turns, 0, 'numpy');
  flat.set([integersLike(a, places)], source);
  if (flat.storage !== a.storage) writeInto(a, reshapeTo(flat, a.shape));
}

/**
 * One element for each index along an axis: `out[i, j] = a[i, indices[i, j]]`. Source: numpy.take_along_axis.
 * @example
 * np.take_along_axis([[3, 1, 2]], [[1, 2]], 1) // → [[1 2]]
 */
export function take_along_axis(
  arr: ArrayLike, indices: ArrayLike, ...args: [axis?: number | null] | [options: { axis?: number | null }]
): ndarray {
  const { axis = -1 } = bind<{ axis?: number | null }>('take_along_axis', ['axis'], args);
  const given = asArray(arr);
  const places = asArray(indices);
  if (axis === null) {
    if (places.ndim !== 1) throw new ValueError('when axis=None, `indices` must have a single dimension.');
    return indexing.gatherAlong<ndarray>(reshapeTo(given, [given.size]), 0, places, 'numpy');
  }
  return indexing.gatherAlong<ndarray>(given, normalizeAxis(axis, given.ndim), places, 'numpy');
}

/**
 * Overwrites one element for each index along an axis. Source: numpy.put_along_axis.
 * @example
 * const x = np.zeros([2, 2]);
 * np.put_along_axis(x, [[0], [1]], 5, 1);
 * x // → [[5. 0.]
 * //    [0. 5.]]
 */
export function put_along_axis(
  arr: ndarray, indices: ArrayLike, values: ArrayLike, ...args: [axis: number | null] | [options: { axis: number | null }]
): void {
  const { axis } = bind<{ axis: number | null }>('put_along_axis', ['axis'], args);
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
}

export interface SortOptions {
  /** The last axis if left out; null sorts the flattened array. */
  axis?: number | null;
  /** Every kind is stable here. */
  kind?: 'quicksort' | 'mergesort' | 'heapsort' | 'stable' | null;
  stable?: boolean | null;
}
type SortArguments = [options?: SortOptions] | [axis?: number | null, options?: SortOptions];

function sortable(caller: string, a: ArrayLike, args: readonly unknown[]): { x: ndarray; axis: number } {
  const options = bind<SortOptions>(caller, ['axis', 'kind', 'stable'], args);
  const { axis = -1, kind } = options;
  if (kind !== undefined && kind !== null && !['quicksort', 'mergesort', 'heapsort', 'stable'].includes(kind)) {
    throw new ValueError(`sort kind must be one of 'quick', 'heap', or 'stable' (got '${String(kind)}')`);
  }
  const given = asArray(a);
  const x = axis === null || (caller === 'argsort' && given.ndim === 0) ? reshapeTo(given, [given.size]) : given;
  return { x, axis: normalizeAxis(axis ?? -1, x.ndim) };
}

/**
 * A sorted copy; NaN goes last. Source: numpy.sort.
 * @example
 * np.sort([3, 1, 2]) // → [1 2 3]
 */
export function sort(a: ArrayLike, ...args: SortArguments): ndarray {
  const { x, axis } = sortable('sort', a, args);
  return sorting.sort<ndarray>(x, axis);
}

/** Sorts an array in place: the method `x.sort()`. */
export function sortInPlace(x: ndarray, ...args: SortArguments): void {
  checkWritable(x, 'sort array');
  const sorted = sortable('sort', x, args);
  if (sorted.x !== x) throw new TypeError("'NoneType' object cannot be interpreted as an integer");
  writeInto(x, sorting.sort<ndarray>(x, sorted.axis));
}

/**
 * The positions that would sort an array, stable. Source: numpy.argsort.
 * @example
 * np.argsort([3, 1, 2]) // → [1 2 0]
 */
export function argsort(a: ArrayLike, ...args: SortArguments): ndarray {
  const { x, axis } = sortable('argsort', a, args);
  return sorting.argsort<ndarray>(x, axis);
}

/**
 * Positions sorted by several keys, the last one first. Source: numpy.lexsort.
 * @example
 * np.lexsort([[1, 0, 1], [0, 1, 0]]) // → [0 2 1]
 */
export function lexsort(keys: readonly ArrayLike[]): ndarray {
  const list = keys.map((each) => asArray(each));
  if (list.length === 0) throw new TypeError('need sequence of keys with len > 0 in lexsort');
  let order = countingLike(list[0], list[0].size);
  for (const key of list) {
    if (key.ndim !== 1) throw new ValueError('lexsort() takes one-dimensional keys');
    if (key.size !== list[0].size) throw new ValueError('all keys need to be the same shape');
    const next = sorting.argsort<ndarray>(indexing.take<ndarray>(key, order, 0, 'numpy'), 0);
    order = indexing.take<ndarray>(order, next, 0, 'numpy');
  }
  return order;
}

export interface SearchOptions {
  side?: 'left' | 'right';
  sorter?: ArrayLike | null;
}

/**
 * Where values would go in a sorted vector to keep its order. Source: numpy.searchsorted.
 * @example
 * np.searchsorted([1, 2, 3], [0, 2, 5]) // → [0 1 3]
 */
export function searchsorted(
  a: ArrayLike, v: ArrayLike, ...args: [options?: SearchOptions] | [side?: 'left' | 'right', options?: SearchOptions]
): ndarray {
  const { side = 'left', sorter } = bind<SearchOptions>('searchsorted', ['side', 'sorter'], args);
  if (side !== 'left' && side !== 'right') {
    throw new ValueError(
      `search side must be 'left' or 'right' (got '${String(side)}')`);
  }
  const sorted = asArray(a);
  // An integer that the dtype cannot hold is compared in int64.
  const beyond = (typeof v === 'number' || typeof v === 'bigint') && core.isInteger(sorted.dtypeCore)
    && outOfBounds(v, sorted.dtypeCore) !== 0;
  const [hay, needles] = promoteAll([sorted, beyond ? asArray(v) : v]);
  if (hay.ndim !== 1) throw new ValueError('object too deep for desired array');
  const order = sorter === undefined || sorter === null ? null : [...asArray(sorter).flat] as number[];
  if (order !== null && order.length !== hay.size) throw new ValueError('sorter.size must equal a.size');
  return sorting.searchSorted<ndarray>(hay, needles, side === 'right', order);
}

/**
 * The bin of each value: the number of edges below it (or not above it with `right: true` reversed). Source:
 * numpy.digitize.
 * @example
 * np.digitize([0.5, 1, 2.5], [0, 1, 2]) // → [1 2 3]
 */
export function digitize(
  x: ArrayLike, bins: ArrayLike, ...args: [right?: boolean] | [options: { right?: boolean }]
): ndarray {
  const { right = false } = bind<{ right?: boolean }>('digitize', ['right'], args);
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
}

/**
 * How often each number from 0 occurs, or the sums of weights. Source: numpy.bincount.
 * @example
 * np.bincount([1, 1, 3]) // → [0 2 0 1]
 */
export function bincount(
  x: ArrayLike,
  ...args:
    | [options?: { weights?: ArrayLike | null; minlength?: number }]
    | [weights?: ArrayLike | null, minlength?: number]
): ndarray {
  const { weights, minlength = 0 } = bind<{ weights?: ArrayLike | null; minlength?: number }>(
    'bincount', ['weights', 'minlength'], args);
  const numbers = integerIndices(x, x instanceof ndarray && x.dtypeCore === core.uint64 ? 'same_kind' : 'safe');
  if (numbers.ndim !== 1) {
    throw new ValueError(
      numbers.ndim === 0 ? 'object of too small depth for desired array' : 'object too deep for desired array');
  }
  checkInteger(minlength);
  if (minlength < 0) throw new ValueError("'minlength' must not be negative");
  const [smallest, largest] = sets.bounds(numbers) ?? [0, -1];
  if (smallest < 0) throw new ValueError('\'list\' argument must have no negative elements');
  const length = Math.max(minlength, largest + 1);
  if (weights === undefined || weights === null) return sets.bincount<ndarray>(numbers, null, length);
  const sums = cast(asArray(weights), core.float64);
  if (sums.size !== numbers.size) throw new ValueError('The weights and list don\'t have the same length.');
  return sets.bincount<ndarray>(numbers, reshapeTo(sums, [sums.size]), length);
}

export interface UniqueOptions {
  return_index?: boolean;
  return_inverse?: boolean;
  return_counts?: boolean;
}
type Wanted<O extends UniqueOptions> = [
  values: ndarray,
  ...(O['return_index'] extends true ? [index: ndarray] : []),
  ...(O['return_inverse'] extends true ? [inverse: ndarray] : []),
  ...(O['return_counts'] extends true ? [counts: ndarray] : []),
];

/**
 * The distinct elements in order; with options also the place of the first of each, the place of each element among them, and
 * how often each occurs. NaN counts once. Source: numpy.unique.
 * @example
 * np.unique([3, 1, 3]) // → [1 3]
 */
export function unique(ar: ArrayLike): ndarray;
export function unique<O extends UniqueOptions>(
  ar: ArrayLike, options: O,
): Wanted<O> extends [ndarray] ? ndarray : Wanted<O>;
export function unique(ar: ArrayLike, options: UniqueOptions = {}): ndarray | ndarray[] {
  checkOptions('unique', options, ['return_index', 'return_inverse', 'return_counts']);
  const given = asArray(ar);
  const groups = sets.unique<ndarray>(reshapeTo(given, [given.size]), 0, true);
  const results = [groups.values];
  if (options.return_index) results.push(groups.firsts());
  if (options.return_inverse) results.push(reshapeTo(groups.inverse(), given.shape));
  if (options.return_counts) results.push(groups.counts());
  return results.length === 1 ? results[0] : results;
}

export interface HistogramOptions {
  bins?: number | ArrayLike;
  range?: readonly [number, number] | null;
  density?: boolean | null;
  weights?: ArrayLike | null;
}

/**
 * The edges of a histogram's bins, evenly spaced over the data unless given. Source: numpy.histogram_bin_edges.
 * @example
 * np.histogram_bin_edges([0, 4], 2) // → [0. 2. 4.]
 */
export function histogram_bin_edges(
  a: ArrayLike, ...args: [options?: HistogramOptions] | [bins?: number | ArrayLike, options?: HistogramOptions]
): ndarray {
  const { bins = 10, range } = bind<HistogramOptions>('histogram_bin_edges', ['bins', 'range', 'weights'], args);
  if (typeof bins !== 'number') {
    const edges = asArray(bins);
    const list = numbersOf(edges);
    if (edges.ndim !== 1) throw new ValueError('`bins` must be 1d, when an array');
    if (list.some((each, i) => i > 0 && each < list[i - 1])) {
      throw new ValueError(
        '`bins` must increase monotonically, when an array');
    }
    return edges;
  }
  if (!Number.isInteger(bins) || bins < 1) throw new ValueError('`bins` must be positive, when an integer');
  const x = asArray(a);
  const dtype = core.isFloating(x.dtypeCore) ? x.dtypeCore : core.float64;
  let [low, high] = range ?? sets.bounds(x) ?? [0, 1];
  if (low > high) throw new ValueError('max must be larger than min in range parameter.');
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    throw new ValueError(`${range ? 'supplied' : 'autodetected'} range of [${pythonRepr(low)}, ${pythonRepr(high)}] is not finite`);
  }
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  checkShape([bins + 1], dtype);
  // Edges that the data gives are computed in its dtype.
  const cell = new dtype.array(1);
  const rounded = (value: number): number => {
    if (range) return value;
    writeElement(cell, 0, dtype, value);
    return readElement(cell, 0, dtype) as number;
  };
  const step = rounded(rounded(high - low) / bins);
  const edges = vectorOf(ndarray, bins + 1, (i) => (i === bins ? high : rounded(i * step) + low), dtype, cpu);
  const meets = ops.ge<ndarray>(sliceAxis<ndarray>(edges, 0, 0, bins), sliceAxis<ndarray>(edges, 0, 1, bins));
  if (elementAt(any<ndarray>(meets, [0]), 0) === true) {
    throw new ValueError(`Too many bins for data range. Cannot create ${bins} finite-sized bins.`);
  }
  return edges;
}

/**
 * How many elements fall in each bin, and the bins' edges; the last bin holds its right edge. Source: numpy.histogram.
 * @example
 * np.histogram([1, 2, 1], { bins: [0, 1, 2, 3] })[0] // → [0 2 1]
 */
export function histogram(
  a: ArrayLike, ...args: [options?: HistogramOptions] | [bins?: number | ArrayLike, options?: HistogramOptions]
): [ndarray, ndarray] {
  const { bins, range, density = false, weights } = bind<HistogramOptions>(
    'histogram', ['bins', 'range', 'density', 'weights'], args);
  const x = asArray(a);
  const edges = histogram_bin_edges(x, { bins, range });
  const sizes = weights === undefined || weights === null ? null : asArray(weights);
  if (sizes !== null && sizes.size !== x.size) throw new ValueError('weights should have the same shape as a.');
  // Bins of equal widths are searched in the edges' dtype, as they were made.
  const type = typeof (bins ?? 10) === 'number' ? edges.dtypeCore : promote(x.dtypeCore, edges.dtypeCore);
  const [values, ends] = [x, edges].map((each) => reshapeTo(cast(each, type), [each.size]));
  const countsOf = (each: ndarray | null): ndarray =>
    sets.histogram<ndarray>(values, ends, each && reshapeTo(cast(each, core.float64), [each.size]));
  const weighed = sizes !== null && core.isComplex(sizes.dtypeCore)
    ? complex(countsOf(realView(sizes)), countsOf(imagView(sizes))) : countsOf(sizes);
  const counts = sizes === null ? weighed : cast(weighed, sizes.dtypeCore);
  if (!density) return [counts, edges];
  const widths = diff(cast(ends, core.float64));
  const total = reduction('sum', counts, {});
  return [ufuncs.divide(ufuncs.divide(counts, widths), total), edges];
}
