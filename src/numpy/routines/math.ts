import { Complex } from '../../core/complex.ts';
import * as core from '../../core/dtype.ts';
import { pythonTypeName } from '../../core/errors.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { imagView, realView } from '../../ops/components.ts';
import * as ops from '../../ops/pointwise/index.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import { bind } from '../arguments/options.ts';
import { floatTypeOf, isIntegerLiteral, outOfBounds } from '../dtypes/promotion.ts';
import type { UfuncOptions } from '../ufunc/ufunc.ts';
import { deliver } from '../ufunc/ufunc.ts';
import * as ufuncs from '../ufuncs.ts';

/** Functions of single elements that are made of several ops. */

/** Integers as the floats that float-valued ufuncs compute them in. */
function floating(x: ndarray): ndarray {
  return cast(x, floatTypeOf(x.dtypeCore));
}

/**
 * The quotient rounded down and its remainder. Source: numpy.divmod.
 * @example
 * np.divmod(7, 2).map(String) // → ['3', '1']
 */
export function divmod(x1: ArrayLike, x2: ArrayLike, options?: Omit<UfuncOptions, 'out'>): [ndarray, ndarray] {
  return [ufuncs.floor_divide(x1, x2, options), ufuncs.remainder(x1, x2, options)];
}

/**
 * The fraction and the whole part, both with x's sign. Source: numpy.modf.
 * @example
 * np.modf(2.5).map(String) // → ['0.5', '2.0']
 */
export function modf(x: ArrayLike): [ndarray, ndarray] {
  const array = floating(asArray(x));
  const whole = ops.truncate<ndarray>(array);
  const fraction = ops.where(ops.isinf<ndarray>(array), 0, ops.sub<ndarray>(array, whole)) as ndarray;
  return [ops.copysign<ndarray>(fraction, array), whole];
}

/**
 * x limited to [min, max]; either may be null. Source: numpy.clip.
 * @example
 * np.clip([-5, 0, 5], -1, 1) // → [-1  0  1]
 */
export function clip(
  a: ArrayLike, ...args: [a_min?: ArrayLike | null, a_max?: ArrayLike | null, options?: ClipOptions] | [options?: ClipOptions]
): ndarray {
  const bound = bind<ClipOptions & { a_min?: ArrayLike | null; a_max?: ArrayLike | null }>(
    'clip', ['a_min', 'a_max', 'out', 'min', 'max', 'where', 'dtype', 'casting'], args);
  const { out, where, dtype, casting } = bound;
  const options = { where, dtype, casting };
  let result = asArray(a);
  const low = clipBound(bound.a_min ?? bound.min, result.dtypeCore, -1);
  const high = clipBound(bound.a_max ?? bound.max, result.dtypeCore, 1);
  if (low !== undefined) result = ufuncs.maximum(result, low, options);
  if (high !== undefined) result = ufuncs.minimum(result, high, options);
  if (low === undefined && high === undefined) result = castCopy(result, result.dtypeCore);
  return deliver('clip', result, out ?? undefined, undefined, casting);
}

/** A bound of clip; undefined where it is left out, or an integer below (-1) or above (1) all that the dtype holds. */
function clipBound(bound: ArrayLike | null | undefined, dtype: core.DType, beyond: -1 | 1): ArrayLike | undefined {
  if (bound === undefined || bound === null) return undefined;
  const integer = typeof bound === 'bigint' || (typeof bound === 'number' && isIntegerLiteral(bound));
  return integer && core.isInteger(dtype) && outOfBounds(bound, dtype) === beyond ? undefined : bound;
}

export interface ClipOptions extends Omit<UfuncOptions, 'out'> {
  out?: ndarray | null;
  min?: ArrayLike | null;
  max?: ArrayLike | null;
}

/**
 * Rounds to a number of decimals (0), halves to even; integers stay integers. Source: numpy.round.
 * @example
 * np.round([1.25, 2.55], 1) // → [1.2 2.6]
 */
export function round(
  a: ArrayLike, ...args: [decimals?: number, options?: RoundOptions] | [options?: RoundOptions]
): ndarray {
  const { decimals = 0, out } = bind<RoundOptions>('round', ['decimals', 'out'], args);
  if (!Number.isInteger(decimals)) {
    throw new TypeError(
      `'${pythonTypeName(decimals)}' object cannot be interpreted as an integer`);
  }
  return deliver('rint', rounded(asArray(a), decimals), out ?? undefined, undefined, 'unsafe');
}

export interface RoundOptions {
  decimals?: number;
  out?: ndarray | null;
}

function rounded(x: ndarray, decimals: number): ndarray {
  if (core.isComplex(x.dtypeCore)) {
    const parts = [realView<ndarray>(x), imagView<ndarray>(x)].map((part) => rounded(part, decimals));
    return ufuncs.add(parts[0], ufuncs.multiply(parts[1], new Complex(0, 1)));
  }
  if (x.dtypeCore === core.bool) return cast(x, core.float16);
  if (core.isInteger(x.dtypeCore)) {
    if (decimals >= 0) return castCopy(x, x.dtypeCore);
    const step = 10 ** -decimals;
    return cast(ops.mul<ndarray>(ops.rint<ndarray>(ops.div<ndarray>(cast(x, core.float64), step)), step), x.dtypeCore);
  }
  if (decimals === 0) return ops.rint<ndarray>(x);
  const scale = 10 ** Math.abs(decimals);
  return decimals > 0
    ? ops.div<ndarray>(ops.rint<ndarray>(ops.mul<ndarray>(x, scale)), scale)
    : ops.mul<ndarray>(ops.rint<ndarray>(ops.div<ndarray>(x, scale)), scale);
}

/**
 * Another name of round. Source: numpy.around.
 * @example
 * np.around(1.5) // → 2.0
 */
export const around = round;
/**
 * Towards zero, as floats. Source: numpy.fix.
 * @example
 * np.fix([-1.5, 1.5]) // → [-1.  1.]
 */
export const fix = ufuncs.trunc;

/**
 * The real parts. Source: numpy.real.
 * @example
 * np.real([1, 2]) // → [1 2]
 */
export function real(x: ArrayLike): ndarray {
  return asArray(x).real;
}

/**
 * The imaginary parts. Source: numpy.imag.
 * @example
 * np.imag([1, 2]) // → [0 0]
 */
export function imag(x: ArrayLike): ndarray {
  return asArray(x).imag;
}

/**
 * The angle of complex numbers in radians. Source: numpy.angle.
 * @example
 * np.angle(new np.Complex(0, 1)) // → 1.5707963267948966
 */
export function angle(z: ArrayLike, ...args: [deg?: boolean] | [options: { deg?: boolean }]): ndarray {
  const { deg = false } = bind<{ deg?: boolean }>('angle', ['deg'], args);
  const x = asArray(z);
  const result = ufuncs.arctan2(x.imag, x.real);
  return deg ? ufuncs.multiply(result, 180 / Math.PI) : result;
}

/**
 * Whether numbers have an imaginary part of 0. Source: numpy.isreal.
 * @example
 * np.isreal([1, 2]) // → [ True  True]
 */
export function isreal(x: ArrayLike): ndarray {
  return ufuncs.equal(asArray(x).imag, 0);
}

/**
 * Whether numbers have an imaginary part other than 0. Source: numpy.iscomplex.
 * @example
 * np.iscomplex([1, 2]) // → [False False]
 */
export function iscomplex(x: ArrayLike): ndarray {
  return ufuncs.not_equal(asArray(x).imag, 0);
}
