import * as core from '../../core/dtype.ts';
import { cast } from '../../ops/cast.ts';
import { fullLike } from '../../ops/creation.ts';
import { elementAt } from '../../ops/host.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { i0Far, i0Near } from '../../ops/pointwise/special/chebyshev.ts';
import { all, allAxes, any } from '../../ops/reduce.ts';
import { quietly } from '../../ops/registry/quietly.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import { routine } from '../arguments/routine.ts';
import * as ufuncs from '../ufuncs.ts';
import { finfo } from '../dtypes/limits.ts';
import { isScalar } from '../../core/complex.ts';

/** Other special functions. */

/** A Chebyshev series by Clenshaw's recurrence, in memory that is taken once. */
function series(x: ndarray, coefficients: readonly number[]): ndarray {
  let [last, before, now, spare] = [0, 0, coefficients[0], 0].map((value) => fullLike<ndarray>(x, value));
  for (const each of coefficients.slice(1)) {
    [last, before, now, spare] = [before, now, spare, last];
    ops.mul<ndarray>(x, before, now);
    ops.sub<ndarray>(now, last, now);
    ops.add<ndarray>(now, each, now);
  }
  return ops.mul<ndarray>(ops.sub<ndarray>(now, last, now), 0.5, now);
}

/**
 * The modified Bessel function of the first kind of order 0, element by element; integers give float64, complex numbers a TypeError.
 * Source: numpy.i0.
 * @example
 * np.i0([0, 1]) // → [1.         1.26606588]
 */
export const i0 = routine('i0', 'x', (x: ArrayLike): ndarray => {
  const given = asArray(x);
  if (core.isComplex(given.dtypeCore)) throw new TypeError('i0 not supported for complex values');
  const size = ops.abs<ndarray>(core.isFloating(given.dtypeCore) ? given : cast(given, core.float64));
  const small = ops.le<ndarray>(size, 8);
  const growth = ops.exp<ndarray>(size);
  const whole = (mask: ndarray, fold: typeof all): boolean => elementAt(fold<ndarray>(mask, allAxes(mask)), 0) === true;
  const low = (): ndarray => ops.mul<ndarray>(growth, series(ops.sub<ndarray>(ops.mul<ndarray>(size, 0.5), 2), i0Near));
  const high = (): ndarray => ops.div<ndarray>(
    ops.mul<ndarray>(growth, series(ops.sub<ndarray>(ops.div.reversed<ndarray>(32, size), 2), i0Far)), ops.sqrt<ndarray>(size));
  const [result] = quietly(() => [whole(small, all) ? low() : whole(small, any) ? ops.where(small, low(), high()) as ndarray : high()]);
  return result;
});

/**
 * sin(πx) / (πx), and 1 at 0, element by element. Source: numpy.sinc.
 * @example
 * np.sinc([0, 0.5]) // → [1.         0.63661977]
 */
export const sinc = routine('sinc', 'x', (x: ArrayLike): ndarray => {
  const turned = ufuncs.multiply(Math.PI, isScalar(x) ? asArray(x) : x);
  const tiny = core.isFloating(turned.dtypeCore) ? Number(finfo(turned.dtype).eps) : 1e-20;
  const places = ops.where(ops.ne<ndarray>(turned, 0), turned, tiny) as ndarray;
  return ufuncs.divide(ufuncs.sin(places), places);
});
