import { isScalar } from '../../core/complex.ts';
import * as core from '../../core/dtype.ts';
import { TooHardError, ValueError, noAttribute } from '../../core/errors.ts';
import { broadcastPair, checkInteger, sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { elementAt } from '../../ops/host.ts';
import { broadcastTo, normalizeAxis, sliceAxis } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { all, allAxes } from '../../ops/reduce.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import { commonDType } from '../dtypes/promotion.ts';
import { checkedJoin } from './joining.ts';
import { sharesBytes } from './overlap.ts';
import { routine } from '../arguments/routine.ts';
import * as ufuncs from '../ufuncs.ts';

/** Whether arrays are alike, and differences between neighbours. */

const closeText = 'a, b, rtol: array_like = 1e-05, atol: array_like = 1e-08, equal_nan=False';

/**
 * Whether |a − b| ≤ atol (1e-8) + rtol (1e-5) · |b|, element by element. Source: numpy.isclose.
 * @example
 * np.isclose([1, 1.1], 1) // → [ True False]
 */
export const isclose = routine('isclose', closeText, (
  a: ArrayLike, b: ArrayLike, rtol: ArrayLike = 1e-5, atol: ArrayLike = 1e-8, equal_nan: boolean = false,
): ndarray => {
  const x = asArray(a);
  const given = asArray(b);
  // A number is a float that fits what it is compared with.
  const weak = isScalar(b) && a instanceof ndarray ? commonDType([a.dtypeCore], [0.5, b]) : undefined;
  const y = weak !== undefined || !core.isInexact(given.dtypeCore) ? cast(given, weak ?? core.float64) : given;
  const room = ufuncs.add(atol, ufuncs.multiply(rtol, ufuncs.absolute(weak === undefined ? y : given)));
  const distance = ufuncs.absolute(ufuncs.subtract(x, y));
  const near = ufuncs.less_equal(distance, weak === undefined ? room : cast(room, distance.dtypeCore));
  const close = ufuncs.logical_or(ufuncs.logical_and(near, ufuncs.isfinite(given)), ufuncs.equal(x, given));
  return equal_nan ? ufuncs.logical_or(close, ufuncs.logical_and(ufuncs.isnan(x), ufuncs.isnan(given))) : close;
});

/** Whether elements are infinite with one sign. */
const infinite = (name: string, pick: (sign: ndarray) => ndarray) => routine(name, 'x, out: outs = None', (
  x: ArrayLike, out?: ndarray | null,
): ndarray => {
  const given = asArray(x);
  if (core.isComplex(given.dtypeCore)) {
    throw new TypeError(`This operation is not supported for ${given.dtypeCore.name} values because it would be ambiguous.`);
  }
  return ufuncs.logical_and(ufuncs.isinf(given), pick(ufuncs.signbit(given)), { out });
});

/**
 * Whether each element is positive infinity; complex numbers give a TypeError. Source: numpy.isposinf.
 * @example
 * np.isposinf([1, Infinity, -Infinity]) // → [False  True False]
 */
export const isposinf = infinite('isposinf', (sign) => ufuncs.logical_not(sign));

/**
 * Whether each element is negative infinity; complex numbers give a TypeError. Source: numpy.isneginf.
 * @example
 * np.isneginf([1, Infinity, -Infinity]) // → [False False  True]
 */
export const isneginf = infinite('isneginf', (sign) => sign);

/**
 * Whether an array lies column by column in memory and not row by row. Source: numpy.isfortran.
 * @example
 * np.isfortran(np.ones([2, 3]).T) // → true
 */
export const isfortran = routine('isfortran', 'a', (a: ndarray): boolean => {
  if (!(a instanceof ndarray)) throw noAttribute(a, 'flags');
  return a.flags.fnc;
});

/**
 * Whether something is of a complex dtype, be its imaginary parts all 0. Source: numpy.iscomplexobj.
 * @example
 * np.iscomplexobj([new np.Complex(1, 0)]) // → true
 */
export const iscomplexobj = routine('iscomplexobj', 'x', (x: ArrayLike): boolean => core.isComplex(asArray(x).dtypeCore));

/**
 * Whether something is of a dtype that is not complex. Source: numpy.isrealobj.
 * @example
 * np.isrealobj([1, 2]) // → true
 */
export const isrealobj = routine('isrealobj', 'x', (x: ArrayLike): boolean => !iscomplexobj(x));

/**
 * Whether something can be iterated over. Source: numpy.iterable.
 * @example
 * [np.iterable([1, 2]), np.iterable(2)] // → [true, false]
 */
export const iterable = routine('iterable', 'y: object', (y: unknown): boolean => (y instanceof ndarray ? y.ndim > 0
  : typeof y === 'string' || (typeof y === 'object' && y !== null && Symbol.iterator in y)));

function isTrue(mask: ndarray): boolean {
  return elementAt(all<ndarray>(mask, allAxes(mask)), 0) === true;
}

/**
 * Whether all elements are close, as `isclose` says. Source: numpy.allclose.
 * @example
 * np.allclose([1, 2], [1, 2.000000001]) // → true
 */
export const allclose = routine('allclose', closeText, (
  a: ArrayLike, b: ArrayLike, rtol?: ArrayLike, atol?: ArrayLike, equal_nan?: boolean,
): boolean => isTrue(isclose(a, b, rtol, atol, equal_nan)));

/**
 * Whether two arrays have one shape and equal elements. Source: numpy.array_equal.
 * @example
 * np.array_equal([1, 2], [1, 2]) // → true
 */
export const array_equal = routine('array_equal', 'a1, a2, equal_nan=False', (
  a1: ArrayLike, a2: ArrayLike, equal_nan: boolean = false,
): boolean => {
  const [x, y] = [asArray(a1), asArray(a2)];
  if (!sameShape(x.shape, y.shape)) return false;
  const same = ufuncs.equal(x, y);
  if (!equal_nan) return isTrue(same);
  return isTrue(ufuncs.logical_or(same, ufuncs.logical_and(ufuncs.isnan(x), ufuncs.isnan(y))));
});

/**
 * Whether two arrays broadcast to one shape and are equal there. Source: numpy.array_equiv.
 * @example
 * np.array_equiv([1, 1], 1) // → true
 */
export const array_equiv = routine('array_equiv', 'a1, a2', (a1: ArrayLike, a2: ArrayLike): boolean => {
  const [x, y] = [asArray(a1), asArray(a2)];
  return broadcastPair(x.shape, y.shape) !== null && isTrue(ufuncs.equal(x, y));
});

/** Without work only the bounds are looked at, and with any the elements themselves. */
const sharing = (name: string, byDefault: '0' | '-1') => routine(name, `a, b, /, max_work: int | None = ${byDefault}`, (
  a: ArrayLike, b: ArrayLike, max_work: number | null = Number(byDefault),
): boolean => {
  if (max_work !== null && max_work < -2) throw new ValueError('Invalid value for max_work');
  if (!(a instanceof ndarray) || !(b instanceof ndarray) || a.storage !== b.storage || a.size === 0 || b.size === 0) return false;
  try {
    return sharesBytes(a, b, max_work ?? Number(byDefault));
  } catch (error) {
    if (error instanceof TooHardError && name === 'may_share_memory') return true;
    throw error;
  }
});

/**
 * Whether two arrays' elements lie between the same bounds of one memory. Source: numpy.may_share_memory.
 * @example
 * np.may_share_memory(np.zeros(2), np.zeros(2)) // → false
 */
export const may_share_memory = sharing('may_share_memory', '0');

/**
 * Whether two arrays have a byte of memory in common. Source: numpy.shares_memory.
 * @example
 * const x = np.arange(4);
 * np.shares_memory(x, x.at('::2')) // → true
 */
export const shares_memory = sharing('shares_memory', '-1');

/**
 * Differences of neighbours along an axis (the last), n (1) times over. Source: numpy.diff.
 * @example
 * np.diff([1, 4, 9]) // → [3 5]
 */
export const diff = routine('diff', 'a, n=1, axis: int = -1, prepend=None, append=None', (
  a: ArrayLike, n: number = 1, axis: number = -1, prepend?: ArrayLike, append?: ArrayLike,
): ndarray => {
  let x = asArray(a);
  if (n < 0) throw new ValueError(`order must be non-negative but got ${n}`);
  if (n === 0) return x;
  if (x.ndim === 0) throw new ValueError('diff requires input that is at least one dimensional');
  const along = normalizeAxis(axis, x.ndim);
  const ends = [prepend, append].map((end) => {
    if (end === undefined) return [];
    const list = asArray(end);
    const thin = x.shape.map((extent, each) => (each === along ? 1 : extent));
    return [list.ndim === 0 ? broadcastTo<ndarray>(list, thin) : list];
  });
  if (ends[0].length + ends[1].length > 0) x = checkedJoin([...ends[0], x, ...ends[1]], { axis: along });
  checkInteger(n);
  // Of nothing there is nothing to take off.
  for (let i = 0; i < n && x.shape[along] > 0; i++) {
    const count = Math.max(x.shape[along] - 1, 0);
    const [after, before] = [sliceAxis<ndarray>(x, along, 1, count), sliceAxis<ndarray>(x, along, 0, count)];
    x = x.dtypeCore === core.bool ? ops.ne<ndarray>(after, before) : ops.sub<ndarray>(after, before);
  }
  return x;
});
