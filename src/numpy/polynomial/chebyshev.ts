import { callable } from '../../core/callable.ts';
import { float64 } from '../../core/dtype.ts';
import { checkCallable } from '../../core/errors.ts';
import type { Call } from '../../core/signature.ts';
import { Signature } from '../../core/signature.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { routine } from '../arguments/routine.ts';
import * as ufuncs from '../ufuncs.ts';
import type { Basis } from './basis.ts';
import type { Integer, Interpolated } from './chebyshevPoints.ts';
import { chebyshevQuadrature, interpolatedBy, pointsOfFirstKind, pointsOfSecondKind } from './chebyshevPoints.ts';
import { constant } from './constants.ts';
import { mapped } from './domains.ts';
import {
  addOf, companionOf, derOf, divOf, fitOf, fromPowersOf, fromRootsOf, gaussOf, grid2dOf, grid3dOf, intOf, lineOf, mulOf, mulxOf,
  powOf, rootsFunctionOf, subOf, toPowersOf, val2dOf, val3dOf, valOf, vander2dOf, vander3dOf, vanderOf, weightOf,
} from './functions.ts';
import type { SeriesClass } from './polybase.ts';
import { Series } from './polybase.ts';
import { powers } from './powers.ts';
import { trimcoef } from './polyutils.ts';
import { inexact } from './series.ts';
import { divideChebyshev, multiplyChebyshev, powerOfChebyshev } from './zseries.ts';

/** `np.polynomial.chebyshev`: series of Chebyshev polynomials, as functions of coefficients and as a class. */

/** Chebyshev polynomials of the first kind, T. */
const chebyshev: Basis = {
  module: 'chebyshev', letter: 'T', domain: [-1, 1], maxpower: 16,
  recurrence: { weight: (n) => (n === 1 ? 1 : 2), shift: () => 0, slope: 1, back: () => 1, divisor: () => 1 },
  derivative: { factor: (n) => (n === 1 ? 1 : 2 * n), carry: { step: 2, times: (n) => n, over: (n) => n - 2 } },
  integral: { up: (n) => (n === 0 ? 1 : 2 * (n + 1)), down: (n) => 2 * (n - 1) },
  companion: {
    beside: (n) => [Math.sqrt(0.5), ...new Array<number>(n - 2).fill(0.5)],
    column: (c, last, n) => ufuncs.multiply(
      ufuncs.multiply(ufuncs.divide(c, last), asArray([1 / Math.sqrt(0.5), ...new Array<number>(n - 1).fill(1)], float64)), 0.5),
    symmetric: true,
  },
  multiply: multiplyChebyshev,
  divide: divideChebyshev,
  power: powerOfChebyshev,
};

const interpolate = new Signature('Chebyshev.interpolate', 'func, deg, domain: Any=None, args: Any=()');
const interpolated = (func: Interpolated, deg: Integer, args: readonly unknown[]): ndarray => interpolatedBy(chebyshev, func, deg, args);

/**
 * The interval on which the polynomials are at home. Source: numpy.polynomial.chebyshev.chebdomain.
 * @example
 * np.polynomial.chebyshev.chebdomain // → [-1.  1.]
 */
export const chebdomain: ndarray = constant([-1, 1], 'float');

/**
 * The coefficients of 0. Source: numpy.polynomial.chebyshev.chebzero.
 * @example
 * np.polynomial.chebyshev.chebzero // → [0]
 */
export const chebzero: ndarray = constant([0], 'whole');

/**
 * The coefficients of 1. Source: numpy.polynomial.chebyshev.chebone.
 * @example
 * np.polynomial.chebyshev.chebone // → [1]
 */
export const chebone: ndarray = constant([1], 'whole');

/**
 * The coefficients of x. Source: numpy.polynomial.chebyshev.chebx.
 * @example
 * np.polynomial.chebyshev.chebx // → [0 1]
 */
export const chebx: ndarray = constant([0, 1], 'whole');

/**
 * The series of the line off + scl · x. Source: numpy.polynomial.chebyshev.chebline.
 * @example
 * np.polynomial.chebyshev.chebline(3, 2) // → [3 2]
 */
export const chebline = lineOf('polynomial.chebyshev.chebline', chebyshev);

/**
 * The Chebyshev series whose roots these are. Source: numpy.polynomial.chebyshev.chebfromroots.
 * @example
 * np.polynomial.chebyshev.chebfromroots([-1, 0, 1]) // → [ 0.   -0.25  0.    0.25]
 */
export const chebfromroots = fromRootsOf('polynomial.chebyshev.chebfromroots', chebyshev);

/**
 * The sum of two Chebyshev series. Source: numpy.polynomial.chebyshev.chebadd.
 * @example
 * np.polynomial.chebyshev.chebadd([1, 2, 3], [3, 2]) // → [4. 4. 3.]
 */
export const chebadd = addOf('polynomial.chebyshev.chebadd');

/**
 * The difference of two Chebyshev series. Source: numpy.polynomial.chebyshev.chebsub.
 * @example
 * np.polynomial.chebyshev.chebsub([1, 2, 3], [3, 2]) // → [-2.  0.  3.]
 */
export const chebsub = subOf('polynomial.chebyshev.chebsub');

/**
 * A Chebyshev series times x. Source: numpy.polynomial.chebyshev.chebmulx.
 * @example
 * np.polynomial.chebyshev.chebmulx([1, 2, 3]) // → [1.  2.5 1.  1.5]
 */
export const chebmulx = mulxOf('polynomial.chebyshev.chebmulx', chebyshev);

/**
 * The product of two Chebyshev series. Source: numpy.polynomial.chebyshev.chebmul.
 * @example
 * np.polynomial.chebyshev.chebmul([1, 2, 3], [3, 2]) // → [ 5. 11. 11.  3.]
 */
export const chebmul = mulOf('polynomial.chebyshev.chebmul', chebyshev);

/**
 * Quotient and remainder of two Chebyshev series. Throws a ZeroDivisionError where the second is 0. Source:
 * numpy.polynomial.chebyshev.chebdiv.
 * @example
 * np.polynomial.chebyshev.chebdiv([1, 2, 3], [3, 2]).map(String) // → ['[-3.5  3. ]', '[8.5]']
 */
export const chebdiv = divOf('polynomial.chebyshev.chebdiv', chebyshev);

/**
 * A Chebyshev series to a power. Throws a ValueError for one that is negative, no whole number, or beyond `maxpower` (16). Source:
 * numpy.polynomial.chebyshev.chebpow.
 * @example
 * np.polynomial.chebyshev.chebpow([1, 2], 2) // → [3. 4. 2.]
 */
export const chebpow = powOf('polynomial.chebyshev.chebpow', chebyshev, '16');

/**
 * Values at x of Chebyshev series whose coefficients lie along the first axis of c: for every series at every x, or, with `tensor:
 * false`, for each place of x the series at that place. Source: numpy.polynomial.chebyshev.chebval.
 * @example
 * np.polynomial.chebyshev.chebval([0, 1, 2], [1, 2, 3]) // → [-2.  6. 26.]
 */
export const chebval = valOf('polynomial.chebyshev.chebval', chebyshev);

/**
 * Values at points (x, y) of a Chebyshev series in two variables: c[i, j] belongs to the i-th polynomial of x times the j-th of y.
 * Source: numpy.polynomial.chebyshev.chebval2d.
 * @example
 * np.polynomial.chebyshev.chebval2d([1, 2], [3, 4], [[1, 2], [3, 4]]) // → [22. 47.]
 */
export const chebval2d = val2dOf('polynomial.chebyshev.chebval2d', chebyshev);

/**
 * Values at points (x, y, z) of a Chebyshev series in three variables. Source: numpy.polynomial.chebyshev.chebval3d.
 * @example
 * np.polynomial.chebyshev.chebval3d([1, 2], [3, 4], [5, 6], [[[1], [2]], [[3], [4]]]) // → [22. 47.]
 */
export const chebval3d = val3dOf('polynomial.chebyshev.chebval3d', chebyshev);

/**
 * Values of a Chebyshev series in two variables at every pair of an x and a y. Source: numpy.polynomial.chebyshev.chebgrid2d.
 * @example
 * np.polynomial.chebyshev.chebgrid2d([1, 2], [3, 4], [[1, 2], [3, 4]]) // → [[22. 28.]
 *                                                                      //    [37. 47.]]
 */
export const chebgrid2d = grid2dOf('polynomial.chebyshev.chebgrid2d', chebyshev);

/**
 * Values of a Chebyshev series in three variables at every combination of an x, a y and a z. Source:
 * numpy.polynomial.chebyshev.chebgrid3d.
 * @example
 * np.polynomial.chebyshev.chebgrid3d([1, 2], [3], [5], [[[1], [2]], [[3], [4]]]) // → [[[22.]]
 *                                                                                //   
 *                                                                                //    [[37.]]]
 */
export const chebgrid3d = grid3dOf('polynomial.chebyshev.chebgrid3d', chebyshev);

/**
 * The m-th derivative of a Chebyshev series, along an axis (0) of c; each time times `scl` (1). Source:
 * numpy.polynomial.chebyshev.chebder.
 * @example
 * np.polynomial.chebyshev.chebder([1, 2, 3, 4]) // → [14. 12. 24.]
 */
export const chebder = derOf('polynomial.chebyshev.chebder', chebyshev);

/**
 * The m-th integral of a Chebyshev series, along an axis (0) of c: each time times `scl` (1), with the value of its constant from k
 * (0) at `lbnd` (0). Source: numpy.polynomial.chebyshev.chebint.
 * @example
 * np.polynomial.chebyshev.chebint([1, 2, 3], { k: 3 }) // → [ 3.5 -0.5  0.5  0.5]
 */
export const chebint = intOf('polynomial.chebyshev.chebint', chebyshev);

/**
 * The values of the polynomials up to a degree at each x, along a new last axis. Source: numpy.polynomial.chebyshev.chebvander.
 * @example
 * np.polynomial.chebyshev.chebvander([1, 2], 2) // → [[1. 1. 1.]
 *                                               //    [1. 2. 7.]]
 */
export const chebvander = vanderOf('polynomial.chebyshev.chebvander', chebyshev);

/**
 * The products of the polynomials of x and of y up to two degrees, along a new last axis. Source:
 * numpy.polynomial.chebyshev.chebvander2d.
 * @example
 * np.polynomial.chebyshev.chebvander2d([1, 2], [3, 4], [1, 1]) // → [[1. 3. 1. 3.]
 *                                                              //    [1. 4. 2. 8.]]
 */
export const chebvander2d = vander2dOf('polynomial.chebyshev.chebvander2d', chebyshev);

/**
 * The products of the polynomials of x, y and z up to three degrees, along a new last axis. Source:
 * numpy.polynomial.chebyshev.chebvander3d.
 * @example
 * np.polynomial.chebyshev.chebvander3d([1], [2], [3], [1, 1, 1]) // → [[1. 3. 2. 6. 1. 3. 2. 6.]]
 */
export const chebvander3d = vander3dOf('polynomial.chebyshev.chebvander3d', chebyshev);

/**
 * The Chebyshev series of a degree, or of a list of them, that is nearest to y at the points x by least squares, with weights w;
 * with `full: true` also what the solution says about itself. Source: numpy.polynomial.chebyshev.chebfit.
 * @example
 * np.polynomial.chebyshev.chebfit([0, 1, 2], [2, 3, 8], 2).round(4) // → [ 3. -1.  1.]
 */
export const chebfit = fitOf('polynomial.chebyshev.chebfit', chebyshev);

/**
 * The matrix whose eigenvalues are the roots of a Chebyshev series. Source: numpy.polynomial.chebyshev.chebcompanion.
 * @example
 * np.polynomial.chebyshev.chebcompanion([1, 2, 3]) // → [[ 0.          0.47140452]
 *                                                  //    [ 0.70710678 -0.33333333]]
 */
export const chebcompanion = companionOf('polynomial.chebyshev.chebcompanion', chebyshev);

/**
 * The roots of a Chebyshev series, in rising order. Source: numpy.polynomial.chebyshev.chebroots.
 * @example
 * np.polynomial.chebyshev.chebroots([-1, 2]) // → [0.5]
 */
export const chebroots = rootsFunctionOf('polynomial.chebyshev.chebroots', chebyshev);

/**
 * The coefficients without those at their end whose size is `tol` (0) or less: another name of polyutils.trimcoef. Source:
 * numpy.polynomial.chebyshev.chebtrim.
 * @example
 * np.polynomial.chebyshev.chebtrim([0, 1, 0, 0]) // → [0. 1.]
 */
export const chebtrim = trimcoef;

/**
 * A series of powers as a Chebyshev series. Source: numpy.polynomial.chebyshev.poly2cheb.
 * @example
 * np.polynomial.chebyshev.poly2cheb([1, 2, 3]) // → [2.5 2.  1.5]
 */
export const poly2cheb = fromPowersOf('polynomial.chebyshev.poly2cheb', chebyshev);

/**
 * A Chebyshev series as a series of powers. Source: numpy.polynomial.chebyshev.cheb2poly.
 * @example
 * np.polynomial.chebyshev.cheb2poly([1, 2, 3]) // → [-2.  2.  6.]
 */
export const cheb2poly = toPowersOf('polynomial.chebyshev.cheb2poly', chebyshev, powers);

/**
 * Places and weights by which the integral of f(x) times chebweight(x) is a sum, exactly for polynomials f up to the degree 2 · deg
 * − 1. Throws a ValueError where deg is not positive. Source: numpy.polynomial.chebyshev.chebgauss.
 * @example
 * np.polynomial.chebyshev.chebgauss(1).map(String) // → ['[6.123234e-17]', '[3.14159265]']
 */
export const chebgauss = gaussOf('polynomial.chebyshev.chebgauss', chebyshevQuadrature);

/**
 * The weight 1 / √(1 − x²), over which the polynomials are orthogonal. Source: numpy.polynomial.chebyshev.chebweight.
 * @example
 * np.polynomial.chebyshev.chebweight(np.array([0.5])) // → [1.15470054]
 */
export const chebweight = weightOf('polynomial.chebyshev.chebweight', (x) => {
  const [above, below] = [ufuncs.add(1, inexact(x)), ufuncs.subtract(1, inexact(x))];
  return ufuncs.divide(1, ufuncs.multiply(ufuncs.sqrt(above), ufuncs.sqrt(below)));
});

/**
 * The series of a degree whose values at the Chebyshev points of the first kind are those of a function, which is called with them
 * and with what `args` holds. Source: numpy.polynomial.chebyshev.chebinterpolate.
 * @example
 * np.polynomial.chebyshev.chebinterpolate((x) => x.mul(x).add(x), 2).round(8) // → [0.5 1.  0.5]
 */
export const chebinterpolate = routine('polynomial.chebyshev.chebinterpolate', 'func, deg, args: Any=()', (
  func: Interpolated, deg: Integer, args: readonly unknown[] = [],
): ndarray => interpolated(func, deg, args));

/**
 * The Chebyshev points of the first kind: the roots of a Chebyshev polynomial. Source: numpy.polynomial.chebyshev.chebpts1.
 * @example
 * np.polynomial.chebyshev.chebpts1(3).round(4) // → [-0.866  0.     0.866]
 */
export const chebpts1 = routine('polynomial.chebyshev.chebpts1', 'npts', (npts: Integer): ndarray => pointsOfFirstKind(npts));

/**
 * The Chebyshev points of the second kind: where a Chebyshev polynomial is largest or smallest, ends included. Source:
 * numpy.polynomial.chebyshev.chebpts2.
 * @example
 * np.polynomial.chebyshev.chebpts2(3).round(4) // → [-1.  0.  1.]
 */
export const chebpts2 = routine('polynomial.chebyshev.chebpts2', 'npts', (npts: Integer): ndarray => pointsOfSecondKind(npts));

class ChebyshevClass extends Series {
  static override readonly name = 'Chebyshev';

  /** @internal */
  static override get descriptor(): Basis {
    return chebyshev;
  }

  /**
   * The series of a degree whose values at the Chebyshev points of a domain are those of a function, to which `args` are handed on.
   * Source: numpy.polynomial.Chebyshev.interpolate.
   * @example
   * np.polynomial.Chebyshev.interpolate((x) => x.mul(x).add(x), 2).coef.round(8) // → [0.5 1.  0.5]
   */
  static interpolate<S extends Series>(this: SeriesClass<S>, ...args: Call<['func', 'deg', 'domain', 'args'], [
    func: Interpolated, deg: Integer, domain?: ArrayLike | null, args?: readonly unknown[],
  ]>): S {
    const [func, deg, domain = this.domain, more = []] = interpolate.list(args) as [
      Interpolated, Integer, ArrayLike?, (readonly unknown[])?,
    ];
    checkCallable(func);
    return new this(interpolated((x) => func(mapped(x, this.window, domain), ...more as never[]), deg, []), domain);
  }
}

/**
 * A sum of coefficients times Chebyshev polynomials, lowest first, at a variable that is mapped from `domain` to `window`. It is
 * called for its values, with or without `new` made, and has methods for Python's operators. Source: numpy.polynomial.Chebyshev.
 * @example
 * const p = new np.polynomial.Chebyshev([1, 2, 3]);
 * p // → 1.0 + 2.0·T₁(x) + 3.0·T₂(x)
 * p(2) // → 26.0
 * p.mul(p).degree() // → 4
 * p.deriv().coef // → [ 2. 12.]
 */
export const Chebyshev = callable('Chebyshev', ChebyshevClass);
export type Chebyshev = ChebyshevClass;
