import * as core from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { normalizeAxis } from '../../ops/movement.ts';
import * as reduce from '../../ops/reduce.ts';
import { quietly } from '../../ops/registry/quietly.ts';
import { countNonzero } from '../../ops/statistics.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { bind } from '../arguments/options.ts';
import type { Axis, ReduceOptions, ScanOptions } from '../ufunc/reduce.ts';
import { axesWithin, finish, maskOf, reducedAxes, reduction, scan } from '../ufunc/reduce.ts';
import * as ufuncs from '../ufuncs.ts';

/**
 * Reductions: of all elements, or along `axis`. All take `keepdims` and `out`; a result without axes is an array of no
 * dimensions.
 */

export type { Axis, ReduceOptions, ScanOptions };

/** The axis may stand alone, before the options. */
export type ReduceArguments<O> = [options?: O] | [axis?: Axis, options?: O];

const withDType = ['axis', 'dtype', 'out', 'keepdims', 'initial', 'where'] as const;
const withoutDType = ['axis', 'out', 'keepdims', 'initial', 'where'] as const;
const logicalNames = ['axis', 'out', 'keepdims', 'where'] as const;

/**
 * The sum; small integers and booleans are summed in int64 or uint64. Source: numpy.sum.
 * @example
 * np.sum([[1, 2], [3, 4]], 0) // → [4 6]
 */
export function sum(a: ArrayLike, ...args: ReduceArguments<ReduceOptions>): ndarray {
  return reduction('sum', a, bind<ReduceOptions>('sum', withDType, args));
}

/**
 * The product, with sum's dtypes. Source: numpy.prod.
 * @example
 * np.prod([2, 3, 4]) // → 24
 */
export function prod(a: ArrayLike, ...args: ReduceArguments<ReduceOptions>): ndarray {
  return reduction('prod', a, bind<ReduceOptions>('prod', withDType, args));
}

export type ExtremeOptions = Omit<ReduceOptions, 'dtype'>;

/**
 * The largest element; NaN wins. Source: numpy.max.
 * @example
 * np.max([3, 9, 2]) // → 9
 */
export function max(a: ArrayLike, ...args: ReduceArguments<ExtremeOptions>): ndarray {
  return reduction('max', a, bind<ExtremeOptions>('max', withoutDType, args));
}

/**
 * The smallest element; NaN wins. Source: numpy.min.
 * @example
 * np.min([[3, 9], [2, 4]], 1) // → [3 2]
 */
export function min(a: ArrayLike, ...args: ReduceArguments<ExtremeOptions>): ndarray {
  return reduction('min', a, bind<ExtremeOptions>('min', withoutDType, args));
}

/**
 * Another name of max. Source: numpy.amax.
 * @example
 * np.amax([1, 2]) // → 2
 */
export const amax = max;
/**
 * Another name of min. Source: numpy.amin.
 * @example
 * np.amin([1, 2]) // → 1
 */
export const amin = min;

export interface LogicalOptions {
  axis?: Axis;
  out?: ndarray | null;
  keepdims?: boolean;
  where?: ArrayLike;
}

/**
 * Whether any element is true. Source: numpy.any.
 * @example
 * np.any([0, 0, 3]) // → True
 */
export function any(a: ArrayLike, ...args: ReduceArguments<LogicalOptions>): ndarray {
  return reduction('any', a, bind<LogicalOptions>('any', logicalNames, args));
}

/**
 * Whether all elements are true. Source: numpy.all.
 * @example
 * np.all([[1, 0], [1, 1]], 1) // → [False  True]
 */
export function all(a: ArrayLike, ...args: ReduceArguments<LogicalOptions>): ndarray {
  return reduction('all', a, bind<LogicalOptions>('all', logicalNames, args));
}

/**
 * The range from the smallest to the largest element. Source: numpy.ptp.
 * @example
 * np.ptp([3, 9, 2]) // → 7
 */
export function ptp(a: ArrayLike, ...args: ReduceArguments<Omit<LogicalOptions, 'where'>>): ndarray {
  const { out, ...options } = bind<LogicalOptions>('ptp', ['axis', 'out', 'keepdims'], args);
  return finish('subtract', ufuncs.subtract(reduction('max', a, options), reduction('min', a, options)), out);
}

export interface ArgOptions {
  axis?: number | null;
  out?: ndarray | null;
  keepdims?: boolean;
}

function argReduction(kind: 'argmin' | 'argmax', a: ArrayLike, options: ArgOptions): ndarray {
  const given = asArray(a);
  const { axis, keepdims = false, out } = options;
  const x = given.dtypeCore === core.bool ? cast(given, core.uint8) : given;
  const deliver = (result: ndarray): ndarray => {
    if (out instanceof ndarray && !sameShape(out.shape, result.shape)) {
      throw new ValueError(`output array does not match result of np.${kind}.`);
    }
    return finish(kind, result, out);
  };
  const along = axis === undefined || axis === null ? null : normalizeAxis(axis, Math.max(x.ndim, 1));
  return deliver(reduce.argExtreme<ndarray>(kind, x, along, keepdims));
}

/**
 * The position of the largest element, the first of several; in row-major order without an axis. Source: numpy.argmax.
 * @example
 * np.argmax([3, 9, 2]) // → 1
 */
export function argmax(
  a: ArrayLike, ...args: [options?: ArgOptions] | [axis?: number | null, options?: ArgOptions]
): ndarray {
  return argReduction('argmax', a, bind<ArgOptions>('argmax', ['axis', 'out', 'keepdims'], args));
}

/**
 * The position of the smallest element, the first of several. Source: numpy.argmin.
 * @example
 * np.argmin([3, 9, 2]) // → 2
 */
export function argmin(
  a: ArrayLike, ...args: [options?: ArgOptions] | [axis?: number | null, options?: ArgOptions]
): ndarray {
  return argReduction('argmin', a, bind<ArgOptions>('argmin', ['axis', 'out', 'keepdims'], args));
}

type ScanArguments = [options?: ScanOptions] | [axis?: number | null, options?: ScanOptions];

/**
 * Running sums; of the flattened array without an axis. Source: numpy.cumsum.
 * @example
 * np.cumsum([1, 2, 3]) // → [1 3 6]
 */
export function cumsum(a: ArrayLike, ...args: ScanArguments): ndarray {
  return scan('cumsum', a, bind<ScanOptions>('cumsum', ['axis', 'dtype', 'out'], args));
}

/**
 * Running products. Source: numpy.cumprod.
 * @example
 * np.cumprod([2, 3, 4]) // → [ 2  6 24]
 */
export function cumprod(a: ArrayLike, ...args: ScanArguments): ndarray {
  return scan('cumprod', a, bind<ScanOptions>('cumprod', ['axis', 'dtype', 'out'], args));
}

export interface MeanOptions extends LogicalOptions {
  dtype?: DTypeLike | null;
}

/** The axes of a mean, which with a mask is a ufunc's sum over a ufunc's sum. */
function meanAxes({ axis, where }: LogicalOptions, ndim: number): number[] {
  return where === undefined ? axesWithin(axis, ndim) : reducedAxes(axis, ndim);
}

function meanOf(a: ArrayLike, options: MeanOptions): ndarray {
  const given = asArray(a);
  const wanted = coreOf(options.dtype);
  const own = core.isInexact(given.dtypeCore) ? given.dtypeCore : core.float64;
  // float16 is computed in float32, unless it is asked for.
  const dtype = wanted ?? (own === core.float16 ? core.float32 : own);
  const axes = meanAxes(options, given.ndim);
  const [result] = quietly(() => [reduce.meanAmong<ndarray>(given, maskOf(options.where), axes, options.keepdims ?? false, dtype)]);
  return cast(result, wanted ?? own);
}

/**
 * The mean; of integers in float64, of float16 computed in float32. Source: numpy.mean.
 * @example
 * np.mean([[1, 2], [3, 4]], 0) // → [2. 3.]
 */
export function mean(a: ArrayLike, ...args: ReduceArguments<MeanOptions>): ndarray {
  const { out, ...options } = bind<MeanOptions>('mean', ['axis', 'dtype', 'out', 'keepdims', 'where'], args);
  return finish('add', meanOf(a, options), out);
}

export interface VarianceOptions extends MeanOptions {
  /** Taken off the number of elements to divide by. */
  ddof?: number;
  /** Another name of ddof. */
  correction?: number;
}
const varianceNames = ['axis', 'dtype', 'out', 'ddof', 'keepdims', 'where', 'correction'] as const;

function varianceOf(a: ArrayLike, options: VarianceOptions): ndarray {
  const given = asArray(a);
  if (options.ddof !== undefined && options.correction !== undefined) {
    throw new ValueError(
      "ddof and correction can't be provided simultaneously.");
  }
  const ddof = options.ddof ?? options.correction ?? 0;
  const dtype = coreOf(options.dtype) ?? (core.isInexact(given.dtypeCore) ? given.dtypeCore : core.float64);
  const params = { axes: meanAxes(options, given.ndim), keepdims: options.keepdims ?? false, correction: ddof };
  const [result] = quietly(() => [reduce.meanSquare<ndarray>(given, maskOf(options.where), params, dtype)]);
  // A complex dtype that was asked for is the result's too.
  return options.dtype === undefined || options.dtype === null ? result : cast(result, dtype);
}

/**
 * The variance: mean squared distance from the mean, over n − ddof. Source: numpy.var.
 * @example
 * np.var([1, 2, 3, 4]) // → 1.25
 */
export function var_(a: ArrayLike, ...args: ReduceArguments<VarianceOptions>): ndarray {
  const { out, ...options } = bind<VarianceOptions>('var', varianceNames, args);
  return finish('divide', varianceOf(a, options), out);
}

/**
 * The standard deviation, the root of the variance. Source: numpy.std.
 * @example
 * np.std([1, 2, 3, 4], { ddof: 1 }) // → 1.2909944487358056
 */
export function std(a: ArrayLike, ...args: ReduceArguments<VarianceOptions>): ndarray {
  const { out, ...options } = bind<VarianceOptions>('std', varianceNames, args);
  return finish('sqrt', ufuncs.sqrt(varianceOf(a, options)), out);
}

/**
 * The number of elements that are not zero. Source: numpy.count_nonzero.
 * @example
 * np.count_nonzero([0, 3, 0, 1]) // → 2
 */
export function count_nonzero(a: ArrayLike, ...args: ReduceArguments<{ axis?: Axis; keepdims?: boolean }>): ndarray {
  const options = bind<{ axis?: Axis; keepdims?: boolean }>('count_nonzero', ['axis', 'keepdims'], args);
  const x = asArray(a);
  return countNonzero<ndarray>(x, reducedAxes(options.axis, x.ndim), options.keepdims);
}
