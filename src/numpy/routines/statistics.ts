import * as core from '../../core/dtype.ts';
import { AxisError, IndexError, ValueError, ZeroDivisionError } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { elementAt } from '../../ops/host.ts';
import { reshapeTo } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import type { QuantileMethod } from '../../ops/quantiles.ts';
import * as quantiles from '../../ops/quantiles.ts';
import * as reduce from '../../ops/reduce.ts';
import { isNumber, weightedMean } from '../../ops/statistics.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import { bind } from '../arguments/options.ts';
import { promote } from '../dtypes/promotion.ts';
import type { Axis, ReduceOptions } from '../ufunc/reduce.ts';
import { axesWithin, finish, reduction } from '../ufunc/reduce.ts';
import * as reductions from './reductions.ts';
import type { ReduceArguments } from './reductions.ts';
import * as ufuncs from '../ufuncs.ts';

export type { QuantileMethod };

/** Statistics: weighted means, quantiles, reductions that pass over NaN, and comparisons of whole arrays. */

export interface AverageOptions {
  axis?: Axis;
  weights?: ArrayLike | null;
  keepdims?: boolean;
  /** Also return the sum of the weights. */
  returned?: boolean;
}

/**
 * The weighted mean; with `returned: true` a pair with the sum of the weights. Source: numpy.average.
 * @example
 * np.average([1, 2, 3], { weights: [3, 1, 1] }) // → 1.6
 */
export function average(a: ArrayLike, options: AverageOptions & { returned: true }): [ndarray, ndarray];
export function average(a: ArrayLike, ...args: ReduceArguments<AverageOptions & { returned?: false }>): ndarray;
export function average(a: ArrayLike, ...args: readonly unknown[]): ndarray | [ndarray, ndarray] {
  const { axis, weights, keepdims = false, returned = false } = bind<AverageOptions>(
    'average', ['axis', 'weights', 'returned', 'keepdims'], args);
  const x = asArray(a);
  const axes = namedAxes('axis', axis, x.ndim);
  if (weights === undefined || weights === null) {
    const result = reductions.mean(x, { axis, keepdims });
    return returned ? [result, ufuncs.multiply(ufuncs.add(ufuncs.multiply(result, 0), 1), reduce.countOf(x.shape, axes))] : result;
  }
  let w = asArray(weights);
  if (!sameShape(w.shape, x.shape)) {
    if (axis === undefined || axis === null) {
      throw new TypeError(
        'Axis must be specified when shapes of a and weights differ.');
    }
    const kept = axes.map((each) => x.shape[each]);
    if (!sameShape(w.shape, kept)) {
      throw new ValueError(
        'Shape of weights must be consistent with shape of a along specified axis.');
    }
    w = reshapeTo(w, x.shape.map((extent, each) => (axes.includes(each) ? extent : 1)));
  }
  const common = promote(promote(x.dtypeCore, w.dtypeCore), core.isInexact(x.dtypeCore) ? x.dtypeCore : core.float64);
  const { mean, weight } = weightedMean<ndarray>(cast(x, common), cast(w, common), axes, keepdims);
  if (elementAt(reduce.any<ndarray>(ops.eq<ndarray>(weight, 0), reduce.allAxes(weight)), 0) === true) {
    throw new ZeroDivisionError("Weights sum to zero, can't be normalized");
  }
  return returned ? [mean, weight] : mean;
}

/** The reduced axes; an error says which argument was wrong. */
function namedAxes(name: string, axis: Axis | undefined, ndim: number): number[] {
  try {
    return axesWithin(axis, ndim);
  } catch (error) {
    throw error instanceof AxisError ? new AxisError(`${name}: ${error.message}`) : error;
  }
}

export interface QuantileOptions {
  axis?: Axis;
  out?: ndarray | null;
  method?: QuantileMethod;
  keepdims?: boolean;
}

const methods: readonly QuantileMethod[] = ['linear', 'lower', 'higher', 'midpoint', 'nearest'];

/** The dtype that places bring along: a number none, all else that of its elements, as a float. */
function placesType(q: ArrayLike, own: core.DType): core.DType {
  if (typeof q === 'number') return own;
  return promote(own, q instanceof ndarray && core.isFloating(q.dtypeCore) ? q.dtypeCore : core.float64);
}

function quantilesOf(a: ArrayLike, q: ndarray, options: QuantileOptions, written: ArrayLike): ndarray {
  const given = asArray(a);
  if (core.isComplex(given.dtypeCore)) throw new TypeError('a must be an array of real numbers');
  const { method = 'linear', keepdims = false } = options;
  const axes = axesWithin(options.axis, given.ndim);
  if (reduce.countOf(given.shape, axes) === 0) {
    throw new IndexError(`index -1 is out of bounds for axis ${given.ndim - axes.length} with size 0`);
  }
  if (q.size > 0 && !methods.includes(method)) {
    throw new ValueError(`'${String(method)}' is not a valid method. Use one of: ${methods.join(', ')}`);
  }
  // The methods that pick an element leave integers as they are.
  const picks = method === 'lower' || method === 'higher' || method === 'nearest';
  const x = picks || core.isFloating(given.dtypeCore) ? given : cast(given, core.float64);
  const type = picks ? x.dtypeCore : placesType(written, x.dtypeCore);
  const found = quantiles.quantile<ndarray>(x, [...q.flat] as number[], axes, keepdims, method, type);
  return reshapeTo(found, [...q.shape, ...found.shape.slice(1)]);
}

function checkRange(q: ndarray, high: number, message: string): void {
  for (const each of q.flat) if (!((each as number) >= 0 && (each as number) <= high)) throw new ValueError(message);
}

type QuantileArguments = [options?: QuantileOptions] | [axis?: Axis, options?: QuantileOptions];

/**
 * The q-th quantiles, q from 0 to 1; shape `q.shape` + what is left of a's. Source: numpy.quantile.
 * @example
 * np.quantile([1, 2, 3, 4], 0.5) // → 2.5
 */
export function quantile(a: ArrayLike, q: ArrayLike, ...args: QuantileArguments): ndarray {
  const { out, ...options } = bind<QuantileOptions>('quantile', ['axis', 'out', 'method', 'keepdims'], args);
  const places = asArray(q, core.float64);
  checkRange(places, 1, 'Quantiles must be in the range [0, 1]');
  return finish('quantile', quantilesOf(a, places, options, q), out);
}

/**
 * The q-th percentiles, q from 0 to 100. Source: numpy.percentile.
 * @example
 * np.percentile([1, 2, 3, 4], [25, 75]) // → [1.75 3.25]
 */
export function percentile(a: ArrayLike, q: ArrayLike, ...args: QuantileArguments): ndarray {
  const { out, ...options } = bind<QuantileOptions>('percentile', ['axis', 'out', 'method', 'keepdims'], args);
  const places = asArray(q, core.float64);
  checkRange(places, 100, 'Percentiles must be in the range [0, 100]');
  return finish('percentile', quantilesOf(a, ops.div<ndarray>(places, 100), options, q), out);
}

/**
 * The middle element in order, or the mean of the two middle ones. Source: numpy.median.
 * @example
 * np.median([3, 1, 2, 10]) // → 2.5
 */
export function median(a: ArrayLike, ...args: ReduceArguments<Omit<QuantileOptions, 'method'>>): ndarray {
  const { out, axis, keepdims = false } = bind<QuantileOptions>('median', ['axis', 'out', 'keepdims'], args);
  const given = asArray(a);
  const axes = axesWithin(axis, given.ndim);
  const x = core.isInexact(given.dtypeCore) ? given : cast(given, core.float64);
  const empty = reduce.countOf(given.shape, axes) === 0;
  return finish('median', empty ? reductions.mean(x, { axis, keepdims }) : quantiles.middle<ndarray>(x, axes, keepdims), out);
}

/** The elements with NaN replaced. */
function without(a: ArrayLike, value: number): { x: ndarray; missing: ndarray | null } {
  const x = asArray(a);
  if (!core.isInexact(x.dtypeCore)) return { x, missing: null };
  const missing = ops.isnan<ndarray>(x);
  return { x: ops.where(missing, value, x) as ndarray, missing };
}

/**
 * The sum, NaN counting as 0. Source: numpy.nansum.
 * @example
 * np.nansum([1, NaN, 2]) // → 3.0
 */
export function nansum(a: ArrayLike, ...args: ReduceArguments<ReduceOptions>): ndarray {
  return reductions.sum(without(a, 0).x, ...args);
}

/**
 * The product, NaN counting as 1. Source: numpy.nanprod.
 * @example
 * np.nanprod([2, NaN, 3]) // → 6.0
 */
export function nanprod(a: ArrayLike, ...args: ReduceArguments<ReduceOptions>): ndarray {
  return reductions.prod(without(a, 1).x, ...args);
}

/**
 * Running sums, NaN counting as 0. Source: numpy.nancumsum.
 * @example
 * np.nancumsum([1, NaN, 2]) // → [1. 1. 3.]
 */
export function nancumsum(a: ArrayLike, axis?: number | null): ndarray {
  return reductions.cumsum(without(a, 0).x, axis);
}

/** NaN where a slice holds nothing else, as NumPy gives with a warning. */
function extremeWithout(kind: 'min' | 'max', a: ArrayLike, options: reductions.ExtremeOptions): ndarray {
  const { x, missing } = without(a, kind === 'max' ? -Infinity : Infinity);
  const { out, ...rest } = options;
  const result = reduction(kind, x, rest);
  if (missing === null) return finish(kind, result, out);
  const empty = reduction('all', missing, { axis: options.axis, keepdims: options.keepdims });
  return finish(kind, ops.where(empty, NaN, result) as ndarray, out);
}

/**
 * The largest element that is not NaN. Source: numpy.nanmax.
 * @example
 * np.nanmax([1, NaN, 3]) // → 3.0
 */
export function nanmax(a: ArrayLike, ...args: ReduceArguments<reductions.ExtremeOptions>): ndarray {
  return extremeWithout('max', a, bind<reductions.ExtremeOptions>('nanmax', ['axis', 'out', 'keepdims', 'initial', 'where'], args));
}

/**
 * The smallest element that is not NaN. Source: numpy.nanmin.
 * @example
 * np.nanmin([1, NaN, 3]) // → 1.0
 */
export function nanmin(a: ArrayLike, ...args: ReduceArguments<reductions.ExtremeOptions>): ndarray {
  return extremeWithout('min', a, bind<reductions.ExtremeOptions>('nanmin', ['axis', 'out', 'keepdims', 'initial', 'where'], args));
}

/** Which elements take part: those that are not NaN. */
function present(x: ndarray): ndarray | undefined {
  return core.isInexact(x.dtypeCore) ? isNumber<ndarray>(x) : undefined;
}

/**
 * The mean of the elements that are not NaN. Source: numpy.nanmean.
 * @example
 * np.nanmean([1, NaN, 3]) // → 2.0
 */
export function nanmean(a: ArrayLike, ...args: ReduceArguments<reductions.MeanOptions>): ndarray {
  const options = bind<reductions.MeanOptions>('nanmean', ['axis', 'dtype', 'out', 'keepdims', 'where'], args);
  const x = asArray(a);
  return reductions.mean(x, { ...options, where: both(present(x), options.where) });
}

function both(mask: ndarray | undefined, where: ArrayLike | undefined): ArrayLike | undefined {
  return mask === undefined || where === undefined ? mask ?? where : ufuncs.logical_and(mask, where);
}

/**
 * The variance of the elements that are not NaN. Source: numpy.nanvar.
 * @example
 * np.nanvar([1, NaN, 3]) // → 1.0
 */
export function nanvar(a: ArrayLike, ...args: ReduceArguments<reductions.VarianceOptions>): ndarray {
  const options = bind<reductions.VarianceOptions>('nanvar', ['axis', 'dtype', 'out', 'ddof', 'keepdims', 'where', 'correction'], args);
  const x = asArray(a);
  return reductions.var_(x, { ...options, where: both(present(x), options.where) });
}

/**
 * The standard deviation of the elements that are not NaN. Source: numpy.nanstd.
 * @example
 * np.nanstd([1, NaN, 3]) // → 1.0
 */
export function nanstd(a: ArrayLike, ...args: ReduceArguments<reductions.VarianceOptions>): ndarray {
  const options = bind<reductions.VarianceOptions>('nanstd', ['axis', 'dtype', 'out', 'ddof', 'keepdims', 'where', 'correction'], args);
  const x = asArray(a);
  return reductions.std(x, { ...options, where: both(present(x), options.where) });
}

function argWithout(kind: 'argmin' | 'argmax', a: ArrayLike, options: reductions.ArgOptions): ndarray {
  const { x, missing } = without(a, kind === 'argmax' ? -Infinity : Infinity);
  if (missing !== null) {
    const empty = reduction('all', missing, { axis: options.axis });
    if (elementAt(reduce.any<ndarray>(empty, reduce.allAxes(empty)), 0) === true) {
      throw new ValueError(
        'All-NaN slice encountered');
    }
  }
  return kind === 'argmax' ? reductions.argmax(x, options) : reductions.argmin(x, options);
}

/**
 * argmax among the elements that are not NaN. Source: numpy.nanargmax.
 * @example
 * np.nanargmax([NaN, 1, 3]) // → 2
 */
export function nanargmax(
  a: ArrayLike, ...args: [options?: reductions.ArgOptions] | [axis?: number | null, options?: reductions.ArgOptions]
): ndarray {
  return argWithout('argmax', a, bind<reductions.ArgOptions>('nanargmax', ['axis', 'out', 'keepdims'], args));
}

/**
 * argmin among the elements that are not NaN. Source: numpy.nanargmin.
 * @example
 * np.nanargmin([NaN, 1, 3]) // → 1
 */
export function nanargmin(
  a: ArrayLike, ...args: [options?: reductions.ArgOptions] | [axis?: number | null, options?: reductions.ArgOptions]
): ndarray {
  return argWithout('argmin', a, bind<reductions.ArgOptions>('nanargmin', ['axis', 'out', 'keepdims'], args));
}
