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
import type { ArrayLike } from '../ndarray/ndarray.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { asArray, numbersOf } from '../ndarray/conversion.ts';
import { routine } from '../arguments/routine.ts';
import { promote } from '../dtypes/promotion.ts';
import { reduction } from '../ufunc/reduce.ts';
import * as ufuncs from '../ufuncs.ts';
import { extract } from './indexing.ts';
import { diff } from './logic.ts';
import { linspace } from './ranges.ts';
import { mean, ptp, std } from './reductions.ts';
import { percentile } from './statistics.ts';

/** Histograms: how many elements fall in each of several bins. */

type Range = readonly [number, number] | null;

/** How wide bins should be for what they hold, and for the range that they fill; 0 where there is nothing to tell it by. */
type Width = (x: ndarray, range: readonly [number, number]) => number;

/** From the smallest to the largest, which whole numbers of few bits cannot hold. */
const spanOf = (x: ndarray): number => Number(ptp(core.isInteger(x.dtypeCore) ? cast(x, core.float64) : x));

export type BinRule = 'auto' | 'doane' | 'fd' | 'rice' | 'scott' | 'sqrt' | 'stone' | 'sturges';

const widths: Readonly<Record<BinRule, Width>> = {
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
  auto: (x, range) => Math.min(Math.max(widths.fd(x, range), widths.sqrt(x, range) / 2), widths.sturges(x, range)),
};

/** How many bins a rule makes of a range, by the elements within it. */
function countBy(rule: string, x: ndarray, low: number, high: number): number {
  const flat = reshapeTo(x, [x.size]);
  const among = extract(ufuncs.logical_and(ufuncs.greater_equal(flat, low), ufuncs.less_equal(flat, high)), flat);
  if (among.size === 0) return 1;
  const width = widths[rule as BinRule](among, [low, high]);
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
  } else if (!Object.hasOwn(widths, bins)) throw new ValueError(`'${bins}' is not a valid estimator for \`bins\``);
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
