import * as core from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { full } from '../../ops/creation.ts';
import { concatenate, normalizeAxis, sliceAxis } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import * as reduce from '../../ops/reduce.ts';
import { quietly } from '../../ops/registry/quietly.ts';
import { countNonzero } from '../../ops/statistics.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { promote } from '../dtypes/promotion.ts';
import { commonType } from '../arguments/operands.ts';
import { routine } from '../arguments/routine.ts';
import type { Axis, ReduceOptions, ScanOptions } from '../ufunc/reduce.ts';
import { axesWithin, finish, fitted, maskOf, reducedAxes, reduction, reductionType, scan } from '../ufunc/reduce.ts';
import * as ufuncs from '../ufuncs.ts';
import { atleast_1d, broadcast_to } from './manipulation.ts';

/**
 * Reductions: of all elements, or along `axis`. All take `keepdims` and `out`; a result without axes is an array of no
 * dimensions.
 */

export type { Axis, ReduceOptions, ScanOptions };

type Out = ndarray | null;
type Type = DTypeLike | null;

/** What is reduced in place of the operand: that without NaN. */
type Prepare = (a: ArrayLike) => ArrayLike;
const asItIs: Prepare = (a) => a;

/** A sum or a product. */
export const total = (name: string, kind: 'sum' | 'prod', prepare = asItIs) => routine(
  name, 'a, axis=None, dtype=None, out=None, keepdims=None, initial=None, where=None', (
    a: ArrayLike, axis?: Axis, dtype?: Type, out?: Out, keepdims?: boolean, initial?: ArrayLike, where?: ArrayLike,
  ): ndarray => reduction(kind, prepare(a), { axis, dtype, out, keepdims, initial, where }));

/**
 * The sum; small integers and booleans are summed in int64 or uint64. Source: numpy.sum.
 * @example
 * np.sum([[1, 2], [3, 4]], 0) // → [4 6]
 */
export const sum = total('sum', 'sum');

/**
 * The product over axes, of integers in 64 bits as `sum`. Source: numpy.prod.
 * @example
 * np.prod([2, 3, 4]) // → 24
 */
export const prod = total('prod', 'prod');

export type ExtremeOptions = Omit<ReduceOptions, 'dtype'>;

const extremeText = 'a, axis=None, out=None, keepdims=None, initial=None, where=None';

/** The smallest or the largest element. */
export const extreme = (name: string, compute: (a: ArrayLike, options: ExtremeOptions) => ndarray, text = extremeText) => routine(
  name, text as typeof extremeText, (
    a: ArrayLike, axis?: Axis, out?: Out, keepdims?: boolean, initial?: ArrayLike, where?: ArrayLike,
  ): ndarray => compute(a, { axis, out, keepdims, initial, where }));

const largest = (a: ArrayLike, options: ExtremeOptions): ndarray => reduction('max', a, options);
const smallest = (a: ArrayLike, options: ExtremeOptions): ndarray => reduction('min', a, options);

/**
 * The largest element, of all or along axes; NaN wins. Source: numpy.max.
 * @example
 * np.max([3, 9, 2]) // → 9
 */
export const max = extreme('max', largest);

/**
 * The smallest element, of all or along axes; NaN wins. Source: numpy.min.
 * @example
 * np.min([[3, 9], [2, 4]], 1) // → [3 2]
 */
export const min = extreme('min', smallest);

/**
 * Another name of max. Source: numpy.amax.
 * @example
 * np.amax([1, 2]) // → 2
 */
export const amax = extreme('amax', largest);
/**
 * Another name of min. Source: numpy.amin.
 * @example
 * np.amin([1, 2]) // → 1
 */
export const amin = extreme('amin', smallest);

const logical = (name: 'any' | 'all') => routine(name, 'a, axis=None, out=None, keepdims=None, *, where=None', (
  a: ArrayLike, axis?: Axis, out?: Out, keepdims?: boolean, where?: ArrayLike,
): ndarray => reduction(name, a, { axis, out, keepdims, where }));

/**
 * Whether any element is true (not 0), of all or along axes. Source: numpy.any.
 * @example
 * np.any([0, 0, 3]) // → True
 */
export const any = logical('any');

/**
 * Whether all elements are true (not 0), of all or along axes. Source: numpy.all.
 * @example
 * np.all([[1, 0], [1, 1]], 1) // → [False  True]
 */
export const all = logical('all');

/**
 * The range from the smallest to the largest element. Source: numpy.ptp.
 * @example
 * np.ptp([3, 9, 2]) // → 7
 */
export const ptp = routine('ptp', 'a, axis=None, out=None, keepdims=None', (
  a: ArrayLike, axis?: Axis, out?: Out, keepdims?: boolean,
): ndarray => {
  const options = { axis, keepdims };
  return ufuncs.subtract(reduction('max', a, { ...options, out }), reduction('min', a, options), { out });
});

/** The position of an extreme. */
export const argReduction = (
  name: string, kind: 'argmin' | 'argmax', prepare: (a: ArrayLike, axis?: number | null) => ArrayLike = asItIs,
) => routine(name, 'a, axis: int | None = None, out=None, *, keepdims: bool = None', (
  a: ArrayLike, axis?: number | null, out?: Out, keepdims: boolean = false,
): ndarray => {
  const given = asArray(prepare(a, axis));
  const x = given.dtypeCore === core.bool ? cast(given, core.uint8) : given;
  const along = axis === undefined || axis === null ? null : normalizeAxis(axis, Math.max(x.ndim, 1));
  return fitted(`np.${kind}.`, reduce.argExtreme<ndarray>(kind, x, along, keepdims), out);
});

/**
 * The position of the largest element, the first of several; in row-major order without an axis. Source: numpy.argmax.
 * @example
 * np.argmax([3, 9, 2]) // → 1
 */
export const argmax = argReduction('argmax', 'argmax');

/**
 * The position of the smallest element, the first of several. Source: numpy.argmin.
 * @example
 * np.argmin([3, 9, 2]) // → 2
 */
export const argmin = argReduction('argmin', 'argmin');

/** Running sums or products. */
export const running = (name: string, kind: 'cumsum' | 'cumprod', prepare = asItIs) => routine(
  name, 'a, axis: int | None = None, dtype=None, out=None', (
    a: ArrayLike, axis?: number | null, dtype?: Type, out?: Out,
  ): ndarray => scan(kind, prepare(a), { axis, dtype, out }));

/**
 * Running sums; of the flattened array without an axis. Source: numpy.cumsum.
 * @example
 * np.cumsum([1, 2, 3]) // → [1 3 6]
 */
export const cumsum = running('cumsum', 'cumsum');

/**
 * The product of all elements so far along an axis, or of the flattened array. Source: numpy.cumprod.
 * @example
 * np.cumprod([2, 3, 4]) // → [ 2  6 24]
 */
export const cumprod = running('cumprod', 'cumprod');

/** Running sums or products of one axis, with what there is before the first element in front where `include_initial`. */
const cumulative = (name: string, kind: 'cumsum' | 'cumprod', identity: 0 | 1) => routine(
  name, 'x, /, *, axis: int = None, dtype=None, out=None, include_initial=False', (
    x: ArrayLike, axis?: number | null, dtype?: Type, out?: Out, include_initial: boolean = false,
  ): ndarray => {
    const given = atleast_1d(x);
    if ((axis ?? null) === null && given.ndim > 1) {
      throw new ValueError('For arrays which have more than one dimension ``axis`` argument is required.');
    }
    const along = normalizeAxis(axis ?? 0, given.ndim);
    if (!include_initial) return scan(kind, given, { axis: along, dtype, out });
    const target = out ?? null;
    if (target !== null) {
      scan(kind, given, { axis: along, dtype, out: sliceAxis<ndarray>(target, along, 1, target.shape[along] - 1) });
      sliceAxis<ndarray>(target, along, 0, 1).set(['...'], identity);
      return target;
    }
    const result = scan(kind, given, { axis: along, dtype });
    const shape = given.shape.map((extent, each) => (each === along ? 1 : extent));
    return concatenate<ndarray>([full(ndarray, shape, identity, result.dtypeCore, result.storage.device), result], along);
  });

/**
 * Running sums along an axis, which must be named where there are several; from 0 on where `include_initial`.
 * Source: numpy.cumulative_sum.
 * @example
 * np.cumulative_sum([1, 2, 3], { include_initial: true }) // → [0 1 3 6]
 */
export const cumulative_sum = cumulative('cumulative_sum', 'cumsum', 0);

/**
 * Running products along an axis, which must be named where there are several; from 1 on where `include_initial`.
 * Source: numpy.cumulative_prod.
 * @example
 * np.cumulative_prod([2, 3, 4]) // → [ 2  6 24]
 */
export const cumulative_prod = cumulative('cumulative_prod', 'cumprod', 1);

/** Which elements take part, and whether they can be counted up in what was asked for. */
export type Present = (x: ndarray, where: ArrayLike | undefined, dtype?: core.DType, out?: Out) => ArrayLike | undefined;
const allOfThem: Present = (_, where) => where;

/** The axes of a mean, which with a mask is a ufunc's sum over a ufunc's sum, once the mask fits. */
function meanAxes(axis: Axis | undefined, among: ArrayLike | undefined, { shape, ndim }: ndarray): number[] {
  if (among === undefined || among === true) return axesWithin(axis, ndim);
  broadcast_to(among, shape);
  return reducedAxes(axis, ndim);
}

/** Sums divided, where they are: in `out`, be that of integers, once they have been written there. */
function divided(total: ndarray, divisor: ndarray | number, out: Out | undefined, given: ndarray, axes: readonly number[] | null): ndarray {
  const target = finish('add', total, out, axes === null ? undefined : { shape: given.shape, axes });
  return ufuncs.true_divide(target, divisor, { out: target, casting: 'unsafe' });
}

/** A mean. */
export const meanOf = (name: string, present = allOfThem) => routine(
  name, 'a, axis=None, dtype=None, out=None, keepdims=None, *, where=None', (
    a: ArrayLike, axis?: Axis, dtype?: Type, out?: Out, keepdims: boolean = false, where?: ArrayLike,
  ): ndarray => {
    const given = asArray(a);
    const wanted = coreOf(dtype);
    const own = core.isInexact(given.dtypeCore) ? given.dtypeCore : core.float64;
    // float16 is computed in float32, unless it is asked for.
    const type = wanted ?? (own === core.float16 ? core.float32 : own);
    const among = present(given, where, wanted, out);
    const axes = meanAxes(axis, among, given);
    const [result] = quietly(() => {
      if (out === undefined || out === null) {
        return [cast(reduce.meanAmong<ndarray>(given, maskOf(among), axes, keepdims, type), wanted ?? own)];
      }
      // Sums that nothing else says the dtype of have that of where they go.
      const summed = wanted ?? (core.isInexact(given.dtypeCore) ? reductionType(type, out, false) : type);
      const total = reduction('sum', given, { axis, dtype: summed.name, keepdims, where: among });
      const count = among === undefined ? reduce.countOf(given.shape, axes)
        : reduction('sum', broadcast_to(among, given.shape), { axis, keepdims });
      return [divided(total, count, out, given, keepdims ? null : axes)];
    });
    return result;
  });

/**
 * The mean; of integers in float64, of float16 computed in float32. Source: numpy.mean.
 * @example
 * np.mean([[1, 2], [3, 4]], 0) // → [2. 3.]
 */
export const mean = meanOf('mean');

/** A variance, or its root. */
export const spread = (name: string, ufunc: 'divide' | 'sqrt', present = allOfThem) => routine(
  name, ['a, axis=None, dtype=None, out=None, ddof: float = 0, keepdims=None, *', 'where=None, mean=None, correction: float = None'], (
    a: ArrayLike, axis?: Axis, dtype?: Type, out?: Out, ddof: number = 0, keepdims: boolean = false,
    where?: ArrayLike, center?: ArrayLike, correction?: number,
  ): ndarray => {
    const given = asArray(a);
    const passing = present !== allOfThem && core.isInexact(given.dtypeCore);
    const wanted = coreOf(dtype);
    const type = wanted ?? (core.isInexact(given.dtypeCore) ? given.dtypeCore : core.float64);
    const among = present(given, where, wanted, out);
    if (ddof !== 0 && correction !== undefined) throw new ValueError("ddof and correction can't be provided simultaneously.");
    const axes = meanAxes(axis, among, given);
    // Distances are of the array's own dtype or that of the mean, and summed up in the dtype that was asked for.
    const work = center === undefined ? promote(given.dtypeCore, type) : commonType(passing ? [given] : [given, center]);
    const square = core.isComplex(given.dtypeCore) ? core.componentType(work) : work;
    const summed = wanted ?? (core.isInexact(given.dtypeCore) ? reductionType(square, out, false) : type);
    const [result] = quietly(() => {
      let total: ndarray;
      let divisor: ndarray | number;
      if (center === undefined && core.isInexact(type)) {
        const mask = maskOf(among);
        const middle = cast(reduce.meanAmong<ndarray>(given, mask, axes, true, type), work);
        const params = { axes, keepdims, correction: correction ?? ddof };
        [total, divisor] = reduce.squaredDistances<ndarray>(given, mask, params, work, middle, core.componentType(summed));
      } else {
        // From a mean of another shape or kind, and in whole numbers, step by step.
        const counts = (keep: boolean): ndarray => reduction('sum', broadcast_to(among ?? true, given.shape), { axis, keepdims: keep });
        const far = ufuncs.subtract(given, center
          ?? divided(reduction('sum', given, { axis, dtype: type.name, keepdims: true, where: among }), counts(true), null, given, null));
        const own = passing ? cast(far, given.dtypeCore) : far;
        const squares = square !== work ? ufuncs.multiply(own, ufuncs.conjugate(own)).real : ufuncs.square(own);
        total = reduction('sum', squares, { axis, dtype: summed.name, keepdims, where: among });
        const left = ufuncs.subtract(counts(keepdims), correction ?? ddof);
        divisor = passing ? ops.where(ops.gt<ndarray>(left, 0), left, NaN) as ndarray : ufuncs.maximum(left, 0);
      }
      // Integers have no root, so that nothing is written into them.
      const target = ufunc === 'sqrt' && out && !core.isInexact(out.dtypeCore) ? castCopy<ndarray>(out, out.dtypeCore) : out;
      const variance = divided(cast(total, summed), divisor, target, given, keepdims ? null : axes);
      if (ufunc !== 'sqrt') return [variance];
      return [variance.ndim === 0 && !out ? cast(ufuncs.sqrt(variance), summed) : ufuncs.sqrt(variance, { out: variance })];
    });
    return result;
  });

/**
 * The variance: mean squared distance from the mean, over n − ddof. Source: numpy.var.
 * @example
 * np.var([1, 2, 3, 4]) // → 1.25
 */
export const var_ = spread('var', 'divide');

/**
 * The standard deviation, the root of the variance. Source: numpy.std.
 * @example
 * np.std([1, 2, 3, 4], { ddof: 1 }) // → 1.2909944487358056
 */
export const std = spread('std', 'sqrt');

/**
 * The number of elements that are not zero. Source: numpy.count_nonzero.
 * @example
 * np.count_nonzero([0, 3, 0, 1]) // → 2
 */
export const count_nonzero = routine('count_nonzero', 'a, axis=None, *, keepdims=False', (
  a: ArrayLike, axis?: Axis, keepdims?: boolean,
): ndarray => {
  const x = asArray(a);
  return countNonzero<ndarray>(x, reducedAxes(axis, x.ndim), keepdims);
});
