import type { DType } from '../core/dtype.ts';
import * as core from '../core/dtype.ts';
import { cast } from '../ops/cast.ts';
import { elementAt } from '../ops/host.ts';
import { allAxes, any } from '../ops/reduce.ts';
import { routine } from './arguments/routine.ts';
import { asArray } from './ndarray/conversion.ts';
import type { ArrayLike, ndarray } from './ndarray/ndarray.ts';
import { isreal } from './routines/math.ts';
import * as ufuncs from './ufuncs.ts';

/** Functions that give complex numbers where real ones have no result: numpy.emath. */

/** The complex dtype that operands are computed in. */
const complexOf = (type: DType): DType =>
  (type === core.float32 || type === core.complex64 || (core.isInteger(type) && type.itemsize < 4) ? core.complex64 : core.complex128);

/** An operand, in `type` of its own where a real element among it is as `holds` says. */
function widened(x: ArrayLike, holds: (x: ndarray) => ndarray, type: (own: DType) => DType): ndarray {
  const given = asArray(x);
  const met = ufuncs.logical_and(isreal(given), holds(given));
  return elementAt(any<ndarray>(met, allAxes(met)), 0) === true ? cast(given, type(given.dtypeCore)) : given;
}

const isNegative = (x: ndarray): ndarray => ufuncs.less(x, 0);
const isBeyondOne = (x: ndarray): ndarray => ufuncs.greater(ufuncs.absolute(x), 1);
/** Complex where there are negative numbers. */
const ofNegative = (x: ArrayLike): ndarray => widened(x, isNegative, complexOf);

const extended = (name: string, compute: (x: ndarray) => ndarray, holds = isNegative) => routine(`emath.${name}`, 'x', (
  x: ArrayLike,
): ndarray => compute(widened(x, holds, complexOf)));

/**
 * The square root; of negative numbers an imaginary one. Source: numpy.emath.sqrt.
 * @example
 * np.emath.sqrt([-1, 4]) // → [0.+1.j 2.+0.j]
 */
export const sqrt = extended('sqrt', (x) => ufuncs.sqrt(x));
/**
 * The natural logarithm; of negative numbers a complex one. Source: numpy.emath.log.
 * @example
 * np.emath.log(-1) // → 3.141592653589793j
 */
export const log = extended('log', (x) => ufuncs.log(x));
/**
 * The logarithm to base 2; of negative numbers a complex one. Source: numpy.emath.log2.
 * @example
 * np.emath.log2([8, 4]) // → [3. 2.]
 */
export const log2 = extended('log2', (x) => ufuncs.log2(x));
/**
 * The logarithm to base 10; of negative numbers a complex one. Source: numpy.emath.log10.
 * @example
 * np.emath.log10(1000) // → 3.0
 */
export const log10 = extended('log10', (x) => ufuncs.log10(x));
/**
 * The logarithm of x to base n; of negative numbers a complex one. Source: numpy.emath.logn.
 * @example
 * np.emath.logn(2, [4, 8]) // → [2. 3.]
 */
export const logn = routine('emath.logn', 'n, x', (n: ArrayLike, x: ArrayLike): ndarray =>
  ufuncs.divide(ufuncs.log(ofNegative(x)), ufuncs.log(ofNegative(n))));
/**
 * x to the power p: complex where x is negative, and a float where p is. Source: numpy.emath.power.
 * @example
 * np.emath.power([2, 4], -2) // → [0.25   0.0625]
 */
export const power = routine('emath.power', 'x, p', (x: ArrayLike, p: ArrayLike): ndarray =>
  ufuncs.power(ofNegative(x), widened(p, isNegative, (own) => (core.isInexact(own) ? own : core.float64))));
/**
 * The angle whose cosine x is; complex beyond ±1. Source: numpy.emath.arccos.
 * @example
 * np.emath.arccos(1) // → 0.0
 */
export const arccos = extended('arccos', (x) => ufuncs.arccos(x), isBeyondOne);
/**
 * The angle whose sine x is; complex beyond ±1. Source: numpy.emath.arcsin.
 * @example
 * np.emath.arcsin(0) // → 0.0
 */
export const arcsin = extended('arcsin', (x) => ufuncs.arcsin(x), isBeyondOne);
/**
 * The number whose hyperbolic tangent x is; complex beyond ±1. Source: numpy.emath.arctanh.
 * @example
 * np.emath.arctanh(0) // → 0.0
 */
export const arctanh = extended('arctanh', (x) => ufuncs.arctanh(x), isBeyondOne);
