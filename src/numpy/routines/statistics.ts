import * as core from '../../core/dtype.ts';
import { IndexError, ValueError, ZeroDivisionError } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { elementAt } from '../../ops/host.ts';
import { broadcastTo, reshapeTo } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import type { QuantileMethod } from '../../ops/quantiles.ts';
import * as quantiles from '../../ops/quantiles.ts';
import * as reduce from '../../ops/reduce.ts';
import { isNumber, weightedMean } from '../../ops/statistics.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { Asking } from '../arguments/routine.ts';
import { routine } from '../arguments/routine.ts';
import { naming, reshaped } from '../arguments/shapes.ts';
import { promote } from '../dtypes/promotion.ts';
import { checkSubtract } from '../ufunc/loops.ts';
import type { Axis } from '../ufunc/reduce.ts';
import { axesWithin, finish, fitted, reduction } from '../ufunc/reduce.ts';
import { deliver } from '../ufunc/ufunc.ts';
import { copyto } from './joining.ts';
import * as reductions from './reductions.ts';
import * as ufuncs from '../ufuncs.ts';

export type { QuantileMethod };

/** Statistics: weighted means, quantiles, reductions that pass over NaN, and comparisons of whole arrays. */

type AverageArguments = [
  a: ArrayLike, axis?: Axis, weights?: ArrayLike | null, returned?: boolean, keepdims?: boolean,
];
const averaged = routine('average', 'a, axis=None, weights=None, returned=False, *, keepdims=None', (
  ...[a, axis, weights, returned = false, keepdims = false]: AverageArguments
): ndarray | [ndarray, ndarray] => {
  const x = asArray(a);
  const axes = naming('axis', () => axesWithin(axis, x.ndim));
  if (weights === undefined || weights === null) {
    const result = reductions.mean(x, { axis, keepdims });
    return returned ? [result, ufuncs.multiply(ufuncs.add(ufuncs.multiply(result, 0), 1), reduce.countOf(x.shape, axes))] : result;
  }
  const w = weightsAlong(x, asArray(weights), axis, axes);
  const common = promote(promote(x.dtypeCore, w.dtypeCore), core.isInexact(x.dtypeCore) ? x.dtypeCore : core.float64);
  const { mean, weight } = weightedMean<ndarray>(cast(x, common), cast(w, common), axes, keepdims);
  const isZero = ops.eq<ndarray>(reduce.sum<ndarray>(w, axes), 0);
  if (elementAt(reduce.any<ndarray>(isZero, reduce.allAxes(isZero)), 0) === true) {
    throw new ZeroDivisionError("Weights sum to zero, can't be normalized");
  }
  return returned ? [mean, weight] : mean;
});

/** Weights that broadcast to the operand: as many as it has elements, or one for each place along the axes. */
function weightsAlong(x: ndarray, weights: ndarray, axis: Axis | undefined, axes: readonly number[]): ndarray {
  if (sameShape(weights.shape, x.shape)) return weights;
  if (axis === undefined || axis === null) throw new TypeError('Axis must be specified when shapes of a and weights differ.');
  if (!sameShape(weights.shape, axes.map((each) => x.shape[each]))) {
    throw new ValueError('Shape of weights must be consistent with shape of a along specified axis.');
  }
  return reshapeTo(weights, x.shape.map((extent, each) => (axes.includes(each) ? extent : 1)));
}

type Averaged = Parameters<typeof averaged>;

/**
 * The weighted mean; with `returned: true` a pair with the sum of the weights. Source: numpy.average.
 * @example
 * np.average([1, 2, 3], { weights: [3, 1, 1] }) // → 1.6
 */
export const average = averaged as {
  (...args: Asking<Averaged, 'returned'>): [ndarray, ndarray];
  (a: ArrayLike, axis: Axis | undefined, weights: ArrayLike | null | undefined, returned: true): [ndarray, ndarray];
  (...args: Averaged): ndarray;
};

const text = [
  "a, q, axis=None, out: outs = None, overwrite_input=False, method='linear', keepdims: bool = False, *", 'weights=None',
] as const;

/** What is left out from false is told there. */
const passingText = text.map((line) => line.replace('keepdims: bool = False', 'keepdims: bool = None')) as unknown as typeof text;

/** The dtype that places bring along: a number none, all else that of its elements, as a float. */
function placesType(q: ArrayLike, own: core.DType): core.DType {
  if (typeof q === 'number') return own;
  return promote(own, q instanceof ndarray && core.isFloating(q.dtypeCore) ? q.dtypeCore : core.float64);
}

/** Into an array, whatever its dtype. */
function assigned(result: ndarray, out: ndarray | null | undefined): ndarray {
  if (!out) return result;
  copyto(out, result, { casting: 'unsafe' });
  return out;
}

/** Quantiles whose places are given as parts of `whole`; `passing` over NaN. */
const quantilesOf = (name: string, whole: number, wrong: string, passing = false) => routine(name, passing ? passingText : text, (
  a: ArrayLike, q: ArrayLike, axis?: Axis, out?: ndarray | null, _overwrite_input?: boolean, method: QuantileMethod = 'linear',
  keepdims: boolean = false, weights?: ArrayLike,
): ndarray => {
  const places = asArray(q, core.float64);
  for (const each of places.flat) if (!((each as number) >= 0 && (each as number) <= whole)) throw new ValueError(wrong);
  const given = asArray(a);
  if (core.isComplex(given.dtypeCore)) throw new TypeError('a must be an array of real numbers');
  if (weights !== undefined && method !== 'inverted_cdf') {
    throw new ValueError(`Only method 'inverted_cdf' supports weights. Got: ${method}.`);
  }
  if (!Object.hasOwn(quantiles.methods, method)) {
    const known = Object.keys(quantiles.methods).map((each) => `'${each}'`).join(', ');
    throw new ValueError(`'${method}' is not a valid method. Use one of: dict_keys([${known}])`);
  }
  if (passing && given.size === 0) return nanmean(given, { axis, out, keepdims });
  const axes = reorderedAxes(given, axis);
  if (reduce.countOf(given.shape, axes) === 0) {
    throw new IndexError(`index -1 is out of bounds for axis ${given.ndim - axes.length} with size 0`);
  }
  const parts = [...places.flat].map((each) => (each as number) / whole);
  // The methods that pick an element leave integers as they are.
  const floating = core.isFloating(given.dtypeCore);
  // Whole numbers of places are whole steps, too, which pick an element.
  const picks = quantiles.picks(method) || (whole === 1 && method === 'linear' && !(floating && typeof q === 'number')
    && !core.isInexact(asArray(q).dtypeCore));
  if (!picks) checkSubtract(given.dtypeCore);
  const type = picks ? given.dtypeCore : placesType(q, floating ? given.dtypeCore : core.float64);
  const skips = passing && core.isInexact(given.dtypeCore);
  const [plain, weighted] = skips ? [quantiles.nanQuantile<ndarray>, quantiles.nanWeightedQuantile<ndarray>]
    : [quantiles.quantile<ndarray>, quantiles.weightedQuantile<ndarray>];
  // Whole steps are those below as well.
  const found = weights === undefined ? plain(given, parts, axes, keepdims, skips && picks && method === 'linear' ? 'lower' : method, type)
    : weighted(given, checkedWeights(given, asArray(weights), axis, axes), parts, axes, keepdims);
  const result = reshapeTo(found, [...places.shape, ...found.shape.slice(1)]);
  if (passing) return assigned(result, out);
  return picks ? fitted('ndarray.take', result, out) : deliver('add', result, out ?? undefined, undefined);
});

/** Axes that NumPy first brings to the end as one, the extent of which it cannot tell where nothing is before it. */
function reorderedAxes(x: ndarray, axis: Axis | undefined): number[] {
  const axes = axesWithin(axis, x.ndim);
  if (Array.isArray(axis) && axes.length !== 1) reshaped(x, [...x.shape.filter((_, each) => !axes.includes(each)), -1]);
  return axes;
}

function checkedWeights(x: ndarray, weights: ndarray, axis: Axis | undefined, axes: readonly number[]): ndarray {
  const w = cast(broadcastTo<ndarray>(weightsAlong(x, weights, axis, axes), x.shape), core.float64);
  const some = (mask: ndarray): boolean => elementAt(reduce.any<ndarray>(mask, reduce.allAxes(mask)), 0) === true;
  if (some(ops.lt<ndarray>(w, 0))) throw new ValueError('Weights must be non-negative.');
  const sums = reduce.sum<ndarray>(w, axes);
  if (some(ops.logicalNot<ndarray>(ops.logicalAnd<ndarray>(ops.isfinite<ndarray>(sums), ops.gt<ndarray>(sums, 0))))) {
    throw new ValueError('Weights included NaN, inf or were all zero.');
  }
  return w;
}

/**
 * The q-th quantiles, q from 0 to 1; shape `q.shape` + what is left of a's. Source: numpy.quantile.
 * @example
 * np.quantile([1, 2, 3, 4], 0.5) // → 2.5
 */
export const quantile = quantilesOf('quantile', 1, 'Quantiles must be in the range [0, 1]');

/**
 * The q-th percentiles, q from 0 to 100. Source: numpy.percentile.
 * @example
 * np.percentile([1, 2, 3, 4], [25, 75]) // → [1.75 3.25]
 */
export const percentile = quantilesOf('percentile', 100, 'Percentiles must be in the range [0, 100]');

/**
 * The middle element in order, or the mean of the two middle ones. Source: numpy.median.
 * @example
 * np.median([3, 1, 2, 10]) // → 2.5
 */
export const median = routine('median', 'a, axis=None, out=None, overwrite_input=False, keepdims: bool = False', (
  a: ArrayLike, axis?: Axis, out?: ndarray | null, _overwrite_input?: boolean, keepdims: boolean = false,
): ndarray => {
  const given = asArray(a);
  const axes = reorderedAxes(given, axis);
  const x = core.isInexact(given.dtypeCore) ? given : cast(given, core.float64);
  const empty = reduce.countOf(given.shape, axes) === 0;
  return finish('median', empty ? reductions.mean(x, { axis, keepdims }) : quantiles.middle<ndarray>(x, axes, keepdims), out);
});

/** The elements with NaN replaced. */
function without(a: ArrayLike, value: number): { x: ndarray; missing: ndarray | null } {
  const x = asArray(a);
  if (!core.isInexact(x.dtypeCore)) return { x, missing: null };
  const missing = ops.isnan<ndarray>(x);
  return { x: ops.where(missing, value, x) as ndarray, missing };
}

const zeros = (a: ArrayLike): ArrayLike => without(a, 0).x;

/**
 * The sum over axes, NaN counting as 0. Source: numpy.nansum.
 * @example
 * np.nansum([1, NaN, 2]) // → 3.0
 */
export const nansum = reductions.total('nansum', 'sum', zeros);

/**
 * The product over axes, NaN counting as 1. Source: numpy.nanprod.
 * @example
 * np.nanprod([2, NaN, 3]) // → 6.0
 */
export const nanprod = reductions.total('nanprod', 'prod', (a) => without(a, 1).x);

/**
 * The sum of all elements so far, NaN counting as 0. Source: numpy.nancumsum.
 * @example
 * np.nancumsum([1, NaN, 2]) // → [1. 1. 3.]
 */
export const nancumsum = reductions.running('nancumsum', 'cumsum', zeros);

/**
 * The product of all elements so far, NaN counting as 1. Source: numpy.nancumprod.
 * @example
 * np.nancumprod([2, NaN, 3]) // → [2. 2. 6.]
 */
export const nancumprod = reductions.running('nancumprod', 'cumprod', (a) => without(a, 1).x);

/** NaN where a slice holds nothing else, as NumPy gives with a warning. */
const extremeWithout = (kind: 'min' | 'max') => reductions.extreme(`nan${kind}`, (a, { out, ...options }) => {
  // Which NaN is left of complex ones, fmax says, and what of nothing.
  if (core.isComplex(asArray(a).dtypeCore) || asArray(a).size === 0) {
    return (kind === 'max' ? ufuncs.fmax : ufuncs.fmin).reduce(a, { ...options, axis: options.axis ?? null, out });
  }
  const plain = reduction(kind, a, options);
  if (!core.isInexact(plain.dtypeCore)) return finish(kind, plain, out);
  const unknown = ops.isnan<ndarray>(plain);
  if (!reduce.any<ndarray>(unknown, reduce.allAxes(unknown)).item()) return finish(kind, plain, out);
  const { x, missing } = without(a, kind === 'max' ? -Infinity : Infinity);
  const result = reduction(kind, x, options);
  if (missing === null) return finish(kind, result, out);
  const empty = reduction('all', missing, { axis: options.axis, keepdims: options.keepdims });
  return finish(kind, ops.where(empty, NaN, result) as ndarray, out);
}, 'a, axis=None, out: outs=None, keepdims=None, initial=None, where=None' as never);

/**
 * The largest element that is not NaN. Source: numpy.nanmax.
 * @example
 * np.nanmax([1, NaN, 3]) // → 3.0
 */
export const nanmax = extremeWithout('max');

/**
 * The smallest element that is not NaN. Source: numpy.nanmin.
 * @example
 * np.nanmin([1, NaN, 3]) // → 1.0
 */
export const nanmin = extremeWithout('min');

/** Which elements take part: those that are not NaN. */
const present: reductions.Present = (x, where, dtype, out) => {
  if (!core.isInexact(x.dtypeCore)) return where;
  for (const [name, type] of [['dtype', dtype], ['out', out?.dtypeCore]] as const) {
    if (type && !core.isInexact(type)) throw new TypeError(`If a is inexact, then ${name} must be inexact`);
  }
  const mask = isNumber<ndarray>(x);
  return where === undefined ? mask : ufuncs.logical_and(mask, where);
};

/**
 * The mean of the elements that are not NaN. Source: numpy.nanmean.
 * @example
 * np.nanmean([1, NaN, 3]) // → 2.0
 */
export const nanmean = reductions.meanOf('nanmean', present);

/**
 * The variance of the elements that are not NaN. Source: numpy.nanvar.
 * @example
 * np.nanvar([1, NaN, 3]) // → 1.0
 */
export const nanvar = reductions.spread('nanvar', 'divide', present);

/**
 * The standard deviation of the elements that are not NaN. Source: numpy.nanstd.
 * @example
 * np.nanstd([1, NaN, 3]) // → 1.0
 */
export const nanstd = reductions.spread('nanstd', 'sqrt', present);

const argWithout = (kind: 'argmin' | 'argmax') => reductions.argReduction(`nan${kind}`, kind, (a, axis) => {
  const { x, missing } = without(a, kind === 'argmax' ? -Infinity : Infinity);
  if (missing !== null) {
    const empty = reduction('all', missing, { axis });
    if (elementAt(reduce.any<ndarray>(empty, reduce.allAxes(empty)), 0) === true) throw new ValueError('All-NaN slice encountered');
  }
  return x;
});

/**
 * argmax among the elements that are not NaN. Source: numpy.nanargmax.
 * @example
 * np.nanargmax([NaN, 1, 3]) // → 2
 */
export const nanargmax = argWithout('argmax');

/**
 * argmin among the elements that are not NaN. Source: numpy.nanargmin.
 * @example
 * np.nanargmin([NaN, 1, 3]) // → 1
 */
export const nanargmin = argWithout('argmin');

/**
 * The q-th quantiles of the elements that are not NaN, q from 0 to 1. Source: numpy.nanquantile.
 * @example
 * np.nanquantile([1, NaN, 2, 4], 0.5) // → 2.0
 */
export const nanquantile = quantilesOf('nanquantile', 1, 'Quantiles must be in the range [0, 1]', true);

/**
 * The q-th percentiles of the elements that are not NaN, q from 0 to 100. Source: numpy.nanpercentile.
 * @example
 * np.nanpercentile([1, NaN, 2, 4], 50) // → 2.0
 */
export const nanpercentile = quantilesOf('nanpercentile', 100, 'Percentiles must be in the range [0, 100]', true);

/**
 * The middle of the elements that are not NaN, or the mean of the two middle ones. Source: numpy.nanmedian.
 * @example
 * np.nanmedian([3, NaN, 1, 2]) // → 2.0
 */
export const nanmedian = routine('nanmedian', 'a, axis=None, out: outs=None, overwrite_input=False, keepdims: bool=None', (
  a: ArrayLike, axis?: Axis, out?: ndarray | null, _overwrite_input?: boolean, keepdims: boolean = false,
): ndarray => {
  const given = asArray(a);
  if (given.size === 0) return nanmean(given, { axis, out, keepdims });
  const axes = reorderedAxes(given, axis);
  const skips = core.isInexact(given.dtypeCore);
  return assigned(skips ? quantiles.nanMiddle<ndarray>(given, axes, keepdims) : median(given, { axis, keepdims }), out);
});
