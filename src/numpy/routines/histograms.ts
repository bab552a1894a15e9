import * as core from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import { cast } from '../../ops/cast.ts';
import { complex } from '../../ops/complex.ts';
import { imagView, realView } from '../../ops/components.ts';
import { elementAt } from '../../ops/host.ts';
import { reshapeTo, sliceAxis } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { any } from '../../ops/reduce.ts';
import * as sets from '../../ops/sets.ts';
import { selectAxis } from '../../ops/views.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, numbersOf } from '../ndarray/conversion.ts';
import { routine } from '../arguments/routine.ts';
import { promote } from '../dtypes/promotion.ts';
import { reduction } from '../ufunc/reduce.ts';
import * as ufuncs from '../ufuncs.ts';
import { extract } from './indexing.ts';
import { diff } from './logic.ts';
import { atleast_2d } from './manipulation.ts';
import { linspace } from './ranges.ts';
import { mean, ptp, std } from './reductions.ts';
import { bincount, searchsorted } from './sorting.ts';
import { percentile } from './statistics.ts';

/** Histograms: how many elements fall in each of several bins. */

type Range = readonly [number, number] | null;

/** How wide bins should be for what they hold, and for the range that they fill; 0 where there is nothing to tell it by. */
type Width = (x: ndarray, range: readonly [number, number]) => number;

/** From the smallest to the largest, which whole numbers of few bits cannot hold. */
const spanOf = (x: ndarray): number => Number(ptp(core.isInteger(x.dtypeCore) ? cast(x, core.float64) : x));

export type BinRule = 'auto' | 'doane' | 'fd' | 'rice' | 'scott' | 'sqrt' | 'stone' | 'sturges';

const widthsBy: Readonly<Record<BinRule, Width>> = {
  sqrt: (x) => spanOf(x) / Math.sqrt(x.size),
  sturges: (x) => spanOf(x) / (Math.log2(x.size) + 1),
  rice: (x) => spanOf(x) / (2 * x.size ** (1 / 3)),
  scott: (x) => (24 * Math.PI ** 0.5 / x.size) ** (1 / 3) * Number(std(x)),
  fd: (x) => 2 * Number(diff(percentile(x, [25, 75])).item()) * x.size ** (-1 / 3),
  doane(x) {
    const deviation = std(x);
    if (x.size < 3 || !(Number(deviation) > 0)) return 0;
    const skewness = Number(mean(ufuncs.power(ufuncs.divide(ufuncs.subtract(x, mean(x)), deviation), 3)));
    const expected = Math.sqrt(6 * (x.size - 2) / ((x.size + 1) * (x.size + 3)));
    return spanOf(x) / (1 + Math.log2(x.size) + Math.log2(1 + Math.abs(skewness) / expected));
  },
  // The number of bins of which the estimated error is the smallest, by leaving out one element at a time.
  stone(x, range) {
    const span = spanOf(x);
    if (x.size < 2 || span === 0) return 0;
    const errors = Array.from({ length: Math.max(100, Math.floor(Math.sqrt(x.size))) }, (_, i) => {
      const parts = numbersOf(histogram(x, i + 1, range)[0]);
      const squares = parts.reduce((sum, count) => sum + (count / x.size) ** 2, 0);
      return (2 - (x.size + 1) * squares) / (span / (i + 1));
    });
    return span / (errors.indexOf(Math.min(...errors)) + 1);
  },
  auto: (x, range) => Math.min(Math.max(widthsBy.fd(x, range), widthsBy.sqrt(x, range) / 2), widthsBy.sturges(x, range)),
};

/** How many bins a rule makes of a range, by the elements within it. */
function countBy(rule: string, x: ndarray, low: number, high: number): number {
  const flat = reshapeTo(x, [x.size]);
  const among = extract(ufuncs.logical_and(ufuncs.greater_equal(flat, low), ufuncs.less_equal(flat, high)), flat);
  if (among.size === 0) return 1;
  const width = widthsBy[rule as BinRule](among, [low, high]);
  return width ? Math.ceil((high - low) / (core.isInteger(x.dtypeCore) ? Math.max(width, 1) : width)) : 1;
}

/** The elements, and the weights that there are of them. */
function weighed(a: ArrayLike, weights: ArrayLike | null | undefined): [x: ndarray, weights: ndarray | null] {
  const given = asArray(a);
  const sizes = weights === undefined || weights === null ? null : asArray(weights);
  if (sizes !== null && !sameShape(sizes.shape, given.shape)) throw new ValueError('weights should have the same shape as a.');
  return [given.dtypeCore === core.bool ? cast(given, core.uint8) : given, sizes];
}

/**
 * The edges of a histogram's bins, evenly spaced over the data unless given; as many as a rule finds best that is named: 'auto', 'fd',
 * 'doane', 'scott', 'stone', 'rice', 'sturges' or 'sqrt'. Source: numpy.histogram_bin_edges.
 * @example
 * np.histogram_bin_edges([0, 4], 2) // → [0. 2. 4.]
 * @example
 * np.histogram_bin_edges([1, 2, 2, 3, 5], 'sturges') // → [1. 2. 3. 4. 5.]
 */
export const histogram_bin_edges = routine('histogram_bin_edges', 'a, bins: array_like = 10, range: iterable = None, weights=None', (
  a: ArrayLike, bins: number | BinRule | ArrayLike = 10, range?: Range, weights?: ArrayLike | null,
): ndarray => {
  const [x, sizes] = weighed(a, weights);
  const named = typeof bins === 'string';
  let count = 1;
  if (!named) {
    const edges = asArray(bins as ArrayLike);
    if (edges.ndim > 1) throw new ValueError('`bins` must be 1d, when an array');
    const list = numbersOf(edges);
    if (edges.ndim === 1) {
      if (list.some((each, i) => i > 0 && each < list[i - 1])) {
        throw new ValueError('`bins` must increase monotonically, when an array');
      }
      return edges;
    }
    if (core.isInexact(edges.dtypeCore)) throw new TypeError('`bins` must be an integer, a string, or an array');
    [count] = list;
  } else if (!Object.hasOwn(widthsBy, bins)) throw new ValueError(`'${bins}' is not a valid estimator for \`bins\``);
  else if (sizes !== null) throw new TypeError('Automated estimation of the number of bins is not supported for weighted data');
  if (core.isComplex(x.dtypeCore)) throw new TypeError('a must be an array of real numbers');
  if (count < 1) throw new ValueError('`bins` must be positive, when an integer');
  const dtype = core.isFloating(x.dtypeCore) ? x.dtypeCore : core.float64;
  const own = range ? null : sets.bounds(x);
  const [low, high] = range ?? own ?? [0, 1];
  if (low > high) throw new ValueError('max must be larger than min in range parameter.');
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    throw new ValueError(`${range ? 'supplied' : 'autodetected'} range of [${pythonRepr(low)}, ${pythonRepr(high)}] is not finite`);
  }
  // Edges that the data gives are computed in its dtype.
  const ends = [low, high].map((each): ArrayLike => (own === null ? each : asArray(each, dtype)));
  const [first, last] = low === high ? [ufuncs.subtract(ends[0], 0.5), ufuncs.add(ends[1], 0.5)] : ends;
  if (named) count = countBy(bins, x, Number(first), Number(last));
  const edges = linspace(first, last, count + 1, { dtype: dtype.name });
  const meets = ops.ge<ndarray>(sliceAxis<ndarray>(edges, 0, 0, count), sliceAxis<ndarray>(edges, 0, 1, count));
  if (elementAt(any<ndarray>(meets, [0]), 0) === true) {
    throw new ValueError(`Too many bins for data range. Cannot create ${count} finite-sized bins.`);
  }
  return edges;
});

/**
 * How many elements fall in each bin, and the bins' edges; the last bin holds its right edge. `bins` as in `histogram_bin_edges`.
 * Source: numpy.histogram.
 * @example
 * np.histogram([1, 2, 1], { bins: [0, 1, 2, 3] })[0] // → [0 2 1]
 */
export const histogram = routine('histogram', 'a, bins: array_like = 10, range: iterable = None, density: bool = None, weights=None', (
  a: ArrayLike, bins?: number | BinRule | ArrayLike, range?: Range, density?: boolean | null, weights?: ArrayLike | null,
): [ndarray, ndarray] => {
  const [x, sizes] = weighed(a, weights);
  const edges = histogram_bin_edges(x, { bins, range, weights: sizes });
  // Bins of equal widths are searched in the edges' dtype, as they were made.
  const type = typeof bins === 'object' ? promote(x.dtypeCore, edges.dtypeCore) : edges.dtypeCore;
  // Of no edge at all there are no bins, as of one.
  const [values, ends] = [x, edges.size === 0 ? asArray([0]) : edges].map((each) => reshapeTo(cast(each, type), [each.size]));
  const countsOf = (each: ndarray | null): ndarray =>
    sets.histogram<ndarray>(values, ends, each && reshapeTo(cast(each, core.float64), [each.size]));
  const found = sizes !== null && core.isComplex(sizes.dtypeCore)
    ? complex(countsOf(realView(sizes)), countsOf(imagView(sizes))) : countsOf(sizes);
  const counts = sizes === null ? found : cast(found, sizes.dtypeCore);
  if (!density) return [counts, edges];
  const total = reduction('sum', counts, {});
  return [ufuncs.divide(ufuncs.divide(counts, diff(cast(ends, core.float64))), total), edges];
});

/** One axis of a histogram: its bins' edges. */
function edgesOf(column: ndarray, bins: number | ArrayLike, range: Range | undefined, axis: number): ndarray {
  const given = asArray(bins);
  if (given.ndim > 1) throw new ValueError(`\`bins[${axis}]\` must be a scalar or 1d array`);
  if (given.ndim === 1) {
    const numbers = numbersOf(given);
    if (numbers.some((each, i) => i > 0 && each < numbers[i - 1])) {
      throw new ValueError(`\`bins[${axis}]\` must be monotonically increasing, when an array`);
    }
    return given;
  }
  if (Number(given) < 1) throw new ValueError(`\`bins[${axis}]\` must be positive, when an integer`);
  // The range is told first.
  const ends = histogram_bin_edges(column, 1, range ?? null);
  if (!core.isInteger(given.dtypeCore)) throw new TypeError(`\`bins[${axis}]\` must be an integer, when a scalar`);
  return linspace(ends.at(0), ends.at(-1), Number(given) + 1);
}

const gridText = 'bins: array_like = 10, range: iterable = None, density: bool = None, weights=None';

/**
 * How many points fall in each cell of a grid, and the edges along each axis: points are rows, or a list has their coordinates along each
 * axis. `bins`: how many, or edges, for all axes or each. Source: numpy.histogramdd.
 * @example
 * np.histogramdd([[1, 2, 3], [1, 1, 3]], 2)[0] // → [[1. 0.]
 *                                              //    [1. 1.]]
 */
export const histogramdd = routine('histogramdd', ['sample', gridText], (
  sample: ArrayLike, bins: number | ArrayLike | readonly ArrayLike[] = 10, range?: readonly Range[] | null, density?: boolean | null,
  weights?: ArrayLike | null,
): [ndarray, ndarray[]] => {
  const points = sample instanceof ndarray && sample.ndim === 2 ? sample : atleast_2d(sample as ndarray).T;
  if (points.ndim !== 2) throw new ValueError('too many values to unpack (expected 2)');
  const dimensions = points.shape[1];
  const sizes = weights === undefined || weights === null ? null : asArray(weights);
  const isList = Array.isArray(bins) || (bins instanceof ndarray && bins.ndim > 0);
  const each = isList ? [...bins as readonly ArrayLike[]] : new Array<ArrayLike>(dimensions).fill(bins as ArrayLike);
  if (each.length !== dimensions) throw new ValueError('The dimension of bins must be equal to the dimension of the sample x.');
  const ranges = range ?? new Array<Range>(dimensions).fill(null);
  if (ranges.length !== dimensions) throw new ValueError('range argument must have one entry per dimension');
  const columns = each.map((_, i) => selectAxis(points, 1, i));
  const edges = each.map((given, i) => edgesOf(columns[i], given, ranges[i], i));
  const shape = edges.map(({ size }) => size + 1);
  let cells = asArray(0);
  columns.forEach((column, i) => {
    const beyond = searchsorted(edges[i], column, 'right');
    const onLast = ufuncs.equal(column, edges[i].at(-1));
    cells = ufuncs.add(ufuncs.multiply(cells, shape[i]), ufuncs.subtract(beyond, onLast));
  });
  const counts = bincount(cells, sizes, shape.reduce((count, extent) => count * extent, 1));
  let found = cast(reshapeTo(counts, shape), core.float64);
  shape.forEach((extent, i) => {
    found = sliceAxis<ndarray>(found, i, 1, extent - 2);
  });
  if (!density) return [found.copy(), edges];
  const total = reduction('sum', found, {});
  edges.forEach((edge, i) => {
    const widths = diff(edge);
    found = ufuncs.divide(found, reshapeTo(widths, shape.map((_, axis) => (axis === i ? widths.size : 1))));
  });
  return [ufuncs.divide(found, total), edges];
});

/**
 * How many points fall in each cell of a grid, by their coordinates along both axes, and the edges of both. Source: numpy.histogram2d.
 * @example
 * np.histogram2d([1, 2, 3], [1, 1, 3], 2)[0] // → [[1. 0.]
 *                                            //    [1. 1.]]
 */
export const histogram2d = routine('histogram2d', ['x, y', gridText], (
  x: ArrayLike, y: ArrayLike, bins: number | ArrayLike | readonly [ArrayLike, ArrayLike] = 10, range?: readonly [Range, Range] | null,
  density?: boolean | null, weights?: ArrayLike | null,
): [ndarray, ndarray, ndarray] => {
  const [a, b] = [asArray(x), asArray(y)];
  if (a.shape[0] !== b.shape[0]) throw new ValueError('x and y must have the same length.');
  const count = Array.isArray(bins) ? bins.length : bins instanceof ndarray && bins.ndim > 0 ? bins.shape[0] : 1;
  const each = count === 1 || count === 2 ? bins : [asArray(bins as ArrayLike), asArray(bins as ArrayLike)];
  const [found, [first, second]] = histogramdd([a, b], each, range, density, weights);
  return [found, first, second];
});
