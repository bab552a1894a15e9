import * as core from '../../core/dtype.ts';
import { cast } from '../../ops/cast.ts';
import { fullLike } from '../../ops/creation.ts';
import { elementAt } from '../../ops/host.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { all, allAxes, any } from '../../ops/reduce.ts';
import { quietly } from '../../ops/registry/quietly.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import { routine } from '../arguments/routine.ts';
import * as ufuncs from '../ufuncs.ts';
import { finfo } from '../dtypes/limits.ts';
import { isScalar } from '../../core/complex.ts';

/** Other special functions. */

/** Chebyshev coefficients of exp(-x) I0(x) up to 8, and of exp(-x) √x I0(x) beyond, from the last on: W. J. Cody's, as Cephes has them. */
const below8 = [
  -4.4153416464793395e-18, 3.3307945188222384e-17, -2.431279846547955e-16, 1.715391285555133e-15,
  -1.1685332877993451e-14, 7.676185498604936e-14, -4.856446783111929e-13, 2.95505266312964e-12,
  -1.726826291441556e-11, 9.675809035373237e-11, -5.189795601635263e-10, 2.6598237246823866e-9,
  -1.300025009986248e-8, 6.046995022541919e-8, -2.670793853940612e-7, 1.1173875391201037e-6,
  -4.4167383584587505e-6, 1.6448448070728896e-5, -5.754195010082104e-5, 0.00018850288509584165,
  -0.0005763755745385824, 0.0016394756169413357, -0.004324309995050576, 0.010546460394594998,
  -0.02373741480589947, 0.04930528423967071, -0.09490109704804764, 0.17162090152220877,
  -0.3046826723431984, 0.6767952744094761,
];
const beyond8 = [
  -7.233180487874754e-18, -4.830504485944182e-18, 4.46562142029676e-17, 3.461222867697461e-17,
  -2.8276239805165836e-16, -3.425485619677219e-16, 1.7725601330565263e-15, 3.8116806693526224e-15,
  -9.554846698828307e-15, -4.150569347287222e-14, 1.54008621752141e-14, 3.8527783827421426e-13,
  7.180124451383666e-13, -1.7941785315068062e-12, -1.3215811840447713e-11, -3.1499165279632416e-11,
  1.1889147107846439e-11, 4.94060238822497e-10, 3.3962320257083865e-9, 2.266668990498178e-8,
  2.0489185894690638e-7, 2.8913705208347567e-6, 6.889758346916825e-5, 0.0033691164782556943,
  0.8044904110141088,
];

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
  const low = (): ndarray => ops.mul<ndarray>(growth, series(ops.sub<ndarray>(ops.mul<ndarray>(size, 0.5), 2), below8));
  const high = (): ndarray => ops.div<ndarray>(
    ops.mul<ndarray>(growth, series(ops.sub<ndarray>(ops.div.reversed<ndarray>(32, size), 2), beyond8)), ops.sqrt<ndarray>(size));
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
