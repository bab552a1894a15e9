import * as core from '../../core/dtype.ts';
import { RuntimeError, ValueError } from '../../core/errors.ts';
import { stridedLayout } from '../../core/layout.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { empty } from '../../ops/creation.ts';
import { elementAt } from '../../ops/host.ts';
import { normalizeAxis, reshapeTo, reverse, sliceAxis } from '../../ops/movement.ts';
import { conj } from '../../ops/pointwise/arithmetic.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { all, allAxes } from '../../ops/reduce.ts';
import { correlation, covariance } from '../../ops/statistics.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, numbersOf } from '../ndarray/conversion.ts';
import { checkedJoin, copyto } from './joining.ts';
import { diff } from './logic.ts';
import { cumsum } from './reductions.ts';
import { slopeAlong } from '../../ops/slopes.ts';
import { routine } from '../arguments/routine.ts';
import { axisWithin, checkVector } from '../arguments/shapes.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { castAllowed, promote } from '../dtypes/promotion.ts';
import { commonType, promoteAll } from '../arguments/operands.ts';
import { matmul } from './products.ts';
import { checkSubtract } from '../ufunc/loops.ts';
import { reduction } from '../ufunc/reduce.ts';
import * as ufuncs from '../ufuncs.ts';

/** Sums over neighbours and over pairs: convolution, slopes, areas, covariances. */

/** Modes as text, or as numbers as NumPy once had them. */
const modes = ['valid', 'same', 'full'] as const;
export type ConvolveMode = (typeof modes)[number];

function modeOf(mode: unknown): ConvolveMode {
  if (typeof mode === 'number' && mode in modes) return modes[mode];
  if (Number.isInteger(mode)) throw new ValueError('integer convolve/correlate mode must be 0, 1, or 2');
  if (typeof mode !== 'string') throw new TypeError('convolve/correlate mode not understood');
  if (modes.includes(mode as ConvolveMode)) return mode as ConvolveMode;
  throw new ValueError(/^[vsf]/i.test(mode) ? "Use one of 'valid', 'same', or 'full' for convolve/correlate mode"
    : `mode must be one of 'valid', 'same', or 'full' (got '${mode}')`);
}

/** The sums of products of a vector with another, which is no longer, at every offset from its end on. */
function slid(long: ndarray, short: ndarray, mode: ConvolveMode): ndarray {
  const [n, m] = [long.size, short.size];
  const edge = empty(ndarray, [m - 1], long.dtypeCore, long.storage.device);
  edge.fill(0);
  const padded = checkedJoin([edge, long, edge], { axis: 0 });
  // Every offset is a row of one matrix that is a view of the padded vector.
  const rows = new ndarray(padded.storage, padded.dtypeCore, stridedLayout([n + m - 1, m], [1, 1], 0));
  const full = isFinite(short) ? matmul(rows, short) : spreadOut(long, short);
  switch (mode) {
    case 'full': return full;
    case 'same': return sliceAxis<ndarray>(full, 0, (m - 1) >> 1, n);
    case 'valid': return sliceAxis<ndarray>(full, 0, m - 1, n - m + 1);
  }
}

const reversed = (x: ndarray): ndarray => reverse<ndarray>(x, [0]);

/**
 * The sums of products of one vector with the other reversed at every offset. `mode`: 'full' (all), 'same' (as long as the
 * longer) or 'valid' (where they overlap wholly). Source: numpy.convolve.
 * @example
 * np.convolve([1, 2, 3], [0, 1, 0.5]) // → [0.  1.  2.5 4.  1.5]
 */
export const convolve = routine('convolve', "a, v, mode: array_like='full'", (
  a: ArrayLike, v: ArrayLike, mode: ConvolveMode = 'full',
): ndarray => {
  const [x, y] = promoteAll([asArray(a), asArray(v)]);
  if (x.size === 0) throw new ValueError('a cannot be empty');
  if (y.size === 0) throw new ValueError('v cannot be empty');
  for (const each of [x, y]) if (each.ndim > 1) checkVector(each);
  const [long, short] = (x.size >= y.size ? [x, y] : [y, x]).map((each) => reshapeTo(each, [each.size]));
  return slid(long, reversed(short), modeOf(mode));
});

/**
 * The sums of products of one vector with the conjugate of the other at every offset; modes as in `convolve`, 'valid' unless said.
 * Source: numpy.correlate.
 * @example
 * np.correlate([1, 2, 3], [0, 1, 0.5]) // → [3.5]
 * @example
 * np.correlate([1, 2, 3], [0, 1, 0.5], 'full') // → [0.5 2.  3.5 3.  0. ]
 */
export const correlate = routine('correlate', "a, v, mode: array_like='valid'", (
  a: ArrayLike, v: ArrayLike, mode: ConvolveMode = 'valid',
): ndarray => {
  const wanted = modeOf(mode);
  const [x, y] = promoteAll([a, v].map((each) => {
    const given = asArray(each);
    checkVector(given, Array.isArray(each));
    return given;
  }));
  if (x.size === 0) throw new ValueError('first array argument cannot be empty');
  if (y.size === 0) throw new ValueError('second array argument cannot be empty');
  const conjugate = conj(y);
  return x.size >= y.size ? slid(x, conjugate, wanted) : reversed(slid(conjugate, x, wanted));
});

const isFinite = (x: ndarray): boolean => elementAt(all<ndarray>(ufuncs.isfinite(x), [0]), 0) === true;

/** The full result without a zero beside the vector, which times an infinity is NaN. */
function spreadOut(long: ndarray, short: ndarray): ndarray {
  const full = empty(ndarray, [long.size + short.size - 1], long.dtypeCore, long.storage.device);
  full.fill(0);
  for (let i = 0; i < short.size; i++) {
    const part = sliceAxis<ndarray>(full, 0, i, long.size);
    ufuncs.add(part, ufuncs.multiply(long, sliceAxis<ndarray>(short, 0, short.size - 1 - i, 1)), { out: part });
  }
  return full;
}

/**
 * The area under points by trapezia along an axis (the last), `dx` (1) apart or at the places `x`. Source: numpy.trapezoid.
 * @example
 * np.trapezoid([1, 2, 3]) // → 4.0
 */
export const trapezoid = routine('trapezoid', 'y, x=None, dx: array_like = 1.0, axis: int = -1', (
  y: ArrayLike, x?: ArrayLike | null, dx: ArrayLike = 1, axis: number = -1,
): ndarray => {
  const values = asArray(y);
  const along = axisWithin(axis, values.ndim, 'list assignment index');
  const count = Math.max(values.shape[along] - 1, 0);
  let widths: ArrayLike = dx;
  if (x !== undefined && x !== null) {
    const places = asArray(x);
    const gaps = diff(places, 1, places.ndim === 1 ? 0 : axis);
    widths = places.ndim === 1 ? reshapeTo(gaps, values.shape.map((_, each) => (each === along ? gaps.size : 1))) : gaps;
  }
  const areas = ufuncs.divide(ufuncs.multiply(widths, ufuncs.add(steps(values, along, 1, count), steps(values, along, 0, count))), 2);
  return reduction('sum', areas, { axis: along });
});

const steps = (x: ndarray, axis: number, start: number, count: number): ndarray => sliceAxis<ndarray>(x, axis, start, count);

/** What goes before or after differences, in one line, where it may be cast to their dtype. */
function endOf(name: string, given: ArrayLike | null | undefined, dtype: core.DType): ndarray[] {
  if (given === undefined || given === null) return [];
  const end = asArray(given);
  if (!castAllowed(end.dtypeCore, dtype, 'same_kind')) {
    throw new TypeError(`dtype of \`${name}\` must be compatible with input \`ary\` under the \`same_kind\` rule.`);
  }
  return [reshapeTo(cast(end, dtype), [end.size])];
}

/**
 * Differences of neighbours in row-major order, with what is given before and after them. Source: numpy.ediff1d.
 * @example
 * np.ediff1d([1, 4, 9], { to_begin: -1, to_end: [7, 8] }) // → [-1  3  5  7  8]
 */
export const ediff1d = routine('ediff1d', 'ary, to_end=None, to_begin=None', (
  ary: ArrayLike, to_end?: ArrayLike | null, to_begin?: ArrayLike | null,
): ndarray => {
  const given = asArray(ary);
  const x = reshapeTo(given, [given.size]);
  const ends = [endOf('to_begin', to_begin, x.dtypeCore), endOf('to_end', to_end, x.dtypeCore)];
  const count = Math.max(x.size - 1, 0);
  const middle = ufuncs.subtract(steps(x, 0, Math.min(1, x.size), count), steps(x, 0, 0, count));
  return ends[0].length + ends[1].length === 0 ? middle : checkedJoin([...ends[0], middle, ...ends[1]], { axis: 0 });
});

/**
 * Angles, or what else repeats after a `period` (2π), made continuous along an axis (the last): where neighbours differ by more than
 * `discont` (half a period), whole periods are added. Source: numpy.unwrap.
 * @example
 * np.unwrap([0, 1, 3, 0, 2], { period: 4 }) // → [0 1 3 4 6]
 */
export const unwrap = routine('unwrap', 'p, discont: array_like = None, axis: int = -1, *, period: array_like = 6.283185307179586', (
  p: ArrayLike, discont?: ArrayLike | null, axis: number = -1, period: ArrayLike = 2 * Math.PI,
): ndarray => {
  const x = asArray(p);
  const gaps = diff(x, { axis });
  const dtype = commonType([gaps, period]);
  const half = core.isInteger(dtype) ? ufuncs.floor_divide(period, 2) : ufuncs.divide(period, 2);
  // Numbers stay such, and take the dtype of what they meet.
  const high = period instanceof ndarray ? half : Number(half);
  const low = period instanceof ndarray ? ufuncs.negative(half) : -Number(half);
  const ambiguous = !core.isInteger(dtype) || Number(ufuncs.remainder(period, 2)) === 0;
  const turned = ufuncs.add(ufuncs.remainder(ufuncs.subtract(gaps, low), period), low);
  if (ambiguous) copyto(turned, high, { where: ufuncs.logical_and(ufuncs.equal(turned, low), ufuncs.greater(gaps, 0)) });
  const corrections = ufuncs.subtract(turned, gaps);
  const least = discont ?? (period instanceof ndarray ? ufuncs.divide(period, 2) : Number(period) / 2);
  copyto(corrections, 0, { where: ufuncs.less(ufuncs.absolute(gaps), least) });
  const result = castCopy<ndarray>(x, dtype);
  const along = normalizeAxis(axis, x.ndim);
  const rest = steps(result, along, 1, gaps.shape[along]);
  if (rest.size > 0) rest.set(['...'], ufuncs.add(steps(x, along, 1, gaps.shape[along]), cumsum(corrections, along)));
  return result;
});

/** How far apart the elements of an axis are: one distance for all, or the places of each. */
function distancesOf(given: ArrayLike, extent: number): number | Float64Array {
  const spacing = asArray(given);
  if (spacing.ndim > 1) throw new ValueError('distances must be either scalars or 1d');
  const numbers = numbersOf(spacing);
  if (spacing.ndim === 0) return numbers[0];
  if (numbers.length !== extent) throw new ValueError('when 1d, distances must match the length of the corresponding dimension');
  const gaps = numbers.subarray(1).map((place, i) => place - numbers[i]);
  return gaps.every((gap) => gap === gaps[0]) ? gaps[0] : gaps;
}

/**
 * The slope at each element along an axis: central differences inside, one-sided of `edge_order` (1) at the ends. Elements are 1 apart,
 * or as said: one distance for all axes, or for each axis a distance or the places of its elements. Without an axis one array for each,
 * or the only one. Source: numpy.gradient.
 * @example
 * np.gradient([1, 2, 4, 7]) // → [1.  1.5 2.5 3. ]
 */
export const gradient = routine('gradient', 'f, *varargs, axis=None, edge_order=1', (
  f: ArrayLike, varargs: readonly ArrayLike[], axis?: number | readonly number[] | null, edge_order: number = 1,
): ndarray | ndarray[] => {
  const given = asArray(f);
  const x = core.isInexact(given.dtypeCore) ? given : cast(given, core.float64);
  const axes = axis === undefined || axis === null ? allAxes(x) : ([axis].flat() as number[]).map((each) => normalizeAxis(each, x.ndim));
  if (new Set(axes).size !== axes.length) throw new ValueError('repeated axis');
  if (varargs.length > 1 && varargs.length !== axes.length) throw new TypeError('invalid number of arguments');
  if (edge_order > 2) throw new ValueError("'edge_order' greater than 2 not supported");
  const spacings = axes.map((each, i) => {
    const spacing = varargs.length === 0 ? 1 : varargs[varargs.length === 1 ? 0 : i];
    return distancesOf(spacing, x.shape[each]);
  });
  if (axes.some((each) => x.shape[each] < edge_order + 1)) {
    throw new ValueError(
      'Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.');
  }
  const slopes = axes.map((each, i) => slopeAlong(x, each, spacings[i], edge_order));
  if (slopes.length > 0) checkSubtract(given.dtypeCore);
  return slopes.length === 1 ? slopes[0] : slopes;
}) as unknown as (
  f: ArrayLike, ...varargs: readonly (ArrayLike | {
    readonly axis?: number | bigint | readonly number[] | null;
    readonly edge_order?: 1 | 2;
  })[]
) => ndarray | ndarray[];

/** Weights of observations: how often each counts, or how much. */
function observationWeights(name: 'fweights' | 'aweights', given: ArrayLike | null | undefined, count: number): ndarray | null {
  if (given === undefined || given === null) return null;
  const weights = cast(asArray(given), core.float64);
  if (name === 'fweights' && numbersOf(weights).some((each) => !Number.isInteger(each))) throw new TypeError('fweights must be integer');
  if (weights.ndim > 1) throw new RuntimeError(`cannot handle multidimensional ${name}`);
  if (weights.shape[axisWithin(0, weights.ndim)] !== count) throw new RuntimeError(`incompatible numbers of samples and ${name}`);
  if (numbersOf(weights).some((each) => each < 0)) throw new ValueError(`${name} cannot be negative`);
  return weights;
}

/**
 * The covariance matrix of variables in rows. Source: numpy.cov.
 * @example
 * np.cov([[1, 2, 3], [3, 2, 1]]) // → [[ 1. -1.]
 *                                //    [-1.  1.]]
 */
export const cov = routine('cov', [
  'm, y=None, rowvar=True, bias=False, ddof: array_like = None, fweights=None, aweights=None, *', 'dtype=None',
], (
  m: ArrayLike, y?: ArrayLike | null, rowvar: boolean = true, bias: boolean = false, ddof?: number | null, fweights?: ArrayLike | null,
  aweights?: ArrayLike | null, dtype?: DTypeLike | null,
): ndarray => {
  if (ddof !== undefined && ddof !== null && !Number.isInteger(Number(ddof))) throw new ValueError('ddof must be integer');
  const given = [m, ...(y === undefined || y === null ? [] : [y])].map((each) => asArray(each));
  const deep = given.findIndex(({ ndim }) => ndim > 2);
  if (deep >= 0) throw new ValueError(`${'my'[deep]} has more than 2 dimensions`);
  const wanted = coreOf(dtype);
  // One row of the second is of observations, whatever rows are of the first.
  const parts = given.map((each, i) => (each.ndim < 2 ? reshapeTo(each, [1, each.size])
    : rowvar || (i > 0 && each.shape[0] === 1) ? each : each.T));
  const joined = checkedJoin(parts, { axis: 0 });
  const x = cast(joined, wanted ?? promote(joined.dtypeCore, core.float64));
  const count = x.shape[1];
  const [often, much] = [observationWeights('fweights', fweights, count), observationWeights('aweights', aweights, count)];
  const weights = often === null || much === null ? often ?? much : ops.mul<ndarray>(often, much);
  const correction = Number(ddof ?? (bias ? 0 : 1));
  const total = (values: ndarray): number => numbersOf(reduction('sum', values, {}))[0];
  const sum = weights === null ? count : total(weights);
  const lost = weights === null || much === null || correction === 0
    ? correction : correction * total(ops.mul<ndarray>(weights, much)) / sum;
  const result = covariance<ndarray>(x, Math.max(sum - lost, 0), weights && cast(weights, x.dtypeCore));
  return parts.length === 1 && x.shape[0] === 1 ? reshapeTo(result, []) : result;
});

/**
 * The matrix of correlation coefficients. Source: numpy.corrcoef.
 * @example
 * np.corrcoef([[1, 2, 3], [3, 2, 1]]) // → [[ 1. -1.]
 *                                     //    [-1.  1.]]
 */
export const corrcoef = routine('corrcoef', 'x, y=None, rowvar=True, *, dtype=None', (
  x: ArrayLike, y?: ArrayLike | null, rowvar?: boolean, dtype?: DTypeLike | null,
): ndarray => {
  const c = cov(x, y, rowvar, { dtype });
  if (c.ndim === 0) return ufuncs.divide(c, c);
  return correlation<ndarray>(c);
});

const largestOf = ({ itemsize }: core.DType): number =>
  (itemsize === 2 ? 65504 : itemsize === 4 ? 3.4028234663852886e38 : Number.MAX_VALUE);

/**
 * NaN as 0 and infinities as the largest numbers, or as given. Source: numpy.nan_to_num.
 * @example
 * np.nan_to_num([NaN, 1.5]) // → [0.  1.5]
 */
export const nan_to_num = routine('nan_to_num', 'x, copy=True, nan: array_like = 0.0, posinf=None, neginf=None', (
  x: ArrayLike, copy: boolean = true, nan: ArrayLike = 0, posinf?: ArrayLike | null, neginf?: ArrayLike | null,
): ndarray => {
  const given = asArray(x);
  if (copy && core.isFloating(given.dtypeCore) && typeof nan === 'number' && (posinf ?? neginf ?? null) === null) {
    // The largest numbers are the bounds of all that are none but infinities.
    const bound = largestOf(given.dtypeCore);
    return ops.where(ops.isnan<ndarray>(given), nan, ops.clamp<ndarray>(given, -bound, bound)) as ndarray;
  }
  const result = copy ? castCopy<ndarray>(given, given.dtypeCore) : given;
  if (core.isComplex(given.dtypeCore)) for (const part of [result.real, result.imag]) nan_to_num(part, false, nan, posinf, neginf);
  else if (core.isFloating(given.dtypeCore)) {
    const largest = largestOf(given.dtypeCore);
    const [missing, above, below] = [ops.isnan<ndarray>(result), ops.eq<ndarray>(result, Infinity), ops.eq<ndarray>(result, -Infinity)];
    copyto(result, nan, { where: missing, casting: 'unsafe' });
    copyto(result, posinf ?? largest, { where: above, casting: 'unsafe' });
    copyto(result, neginf ?? -largest, { where: below, casting: 'unsafe' });
  }
  // Of no dimensions it is a number, that no longer is what was written into.
  return result.ndim === 0 ? castCopy(result, result.dtypeCore) : result;
});
