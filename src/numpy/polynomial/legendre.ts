import { callable } from '../../core/callable.ts';
import { float64 } from '../../core/dtype.ts';
import { fromNumbers } from '../ndarray/conversion.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import * as ufuncs from '../ufuncs.ts';
import type { Basis } from './basis.ts';
import { constant } from './constants.ts';
import {
  addOf, companionOf, derOf, divOf, fitOf, fromPowersOf, fromRootsOf, gaussOf, grid2dOf, grid3dOf, intOf, lineOf, mulOf, mulxOf,
  powOf, rootsFunctionOf, subOf, toPowersOf, val2dOf, val3dOf, valOf, vander2dOf, vander3dOf, vanderOf, weightOf,
} from './functions.ts';
import { quadrature } from './gauss.ts';
import { Series } from './polybase.ts';
import { powers } from './powers.ts';
import { trimcoef } from './polyutils.ts';
import { inexact } from './series.ts';

/** `np.polynomial.legendre`: series of Legendre polynomials, as functions of coefficients and as a class. */

/** What makes the companion matrix symmetric. */
const scale = (k: number): number => 1 / Math.sqrt(2 * k + 1);

/** Legendre polynomials, P. */
const legendre: Basis = {
  module: 'legendre', letter: 'P', domain: [-1, 1], maxpower: 16,
  recurrence: { weight: (n) => 2 * n - 1, shift: () => 0, slope: 1, back: (n) => n - 1, divisor: (n) => n, quotientsFirst: true },
  derivative: { factor: (n) => 2 * n - 1, carry: { step: 2, times: () => 1, over: () => 1 } },
  integral: { up: (n) => (n === 0 ? 1 : 2 * n + 1), down: (n) => 2 * n + 1 },
  companion: {
    beside: (n) => Array.from({ length: n - 1 }, (_, i) => (i + 1) * scale(i) * scale(i + 1)),
    column: (c, last, n) => ufuncs.multiply(
      ufuncs.multiply(ufuncs.divide(c, last), fromNumbers(Array.from({ length: n }, (_, k) => scale(k) / scale(n - 1)), float64)),
      n / (2 * n - 1)),
    symmetric: true,
  },
};

/**
 * The interval on which the polynomials are at home. Source: numpy.polynomial.legendre.legdomain.
 * @example
 * np.polynomial.legendre.legdomain // → [-1.  1.]
 */
export const legdomain: ndarray = constant([-1, 1], 'float');

/**
 * The coefficients of 0. Source: numpy.polynomial.legendre.legzero.
 * @example
 * np.polynomial.legendre.legzero // → [0]
 */
export const legzero: ndarray = constant([0], 'whole');

/**
 * The coefficients of 1. Source: numpy.polynomial.legendre.legone.
 * @example
 * np.polynomial.legendre.legone // → [1]
 */
export const legone: ndarray = constant([1], 'whole');

/**
 * The coefficients of x. Source: numpy.polynomial.legendre.legx.
 * @example
 * np.polynomial.legendre.legx // → [0 1]
 */
export const legx: ndarray = constant([0, 1], 'whole');

/**
 * The series of the line off + scl · x. Source: numpy.polynomial.legendre.legline.
 * @example
 * np.polynomial.legendre.legline(3, 2) // → [3 2]
 */
export const legline = lineOf('polynomial.legendre.legline', legendre);

/**
 * The Legendre series whose roots these are. Source: numpy.polynomial.legendre.legfromroots.
 * @example
 * np.polynomial.legendre.legfromroots([-1, 0, 1]) // → [ 0.  -0.4  0.   0.4]
 */
export const legfromroots = fromRootsOf('polynomial.legendre.legfromroots', legendre);

/**
 * The sum of two Legendre series. Source: numpy.polynomial.legendre.legadd.
 * @example
 * np.polynomial.legendre.legadd([1, 2, 3], [3, 2]) // → [4. 4. 3.]
 */
export const legadd = addOf('polynomial.legendre.legadd');

/**
 * The difference of two Legendre series. Source: numpy.polynomial.legendre.legsub.
 * @example
 * np.polynomial.legendre.legsub([1, 2, 3], [3, 2]) // → [-2.  0.  3.]
 */
export const legsub = subOf('polynomial.legendre.legsub');

/**
 * A Legendre series times x. Source: numpy.polynomial.legendre.legmulx.
 * @example
 * np.polynomial.legendre.legmulx([1, 2, 3]) // → [0.66666667 2.2        1.33333333 1.8       ]
 */
export const legmulx = mulxOf('polynomial.legendre.legmulx', legendre);

/**
 * The product of two Legendre series. Source: numpy.polynomial.legendre.legmul.
 * @example
 * np.polynomial.legendre.legmul([1, 2, 3], [3, 2]) // → [ 4.33333333 10.4        11.66666667  3.6       ]
 */
export const legmul = mulOf('polynomial.legendre.legmul', legendre);

/**
 * Quotient and remainder of two Legendre series. Throws a ZeroDivisionError where the second is 0. Source:
 * numpy.polynomial.legendre.legdiv.
 * @example
 * np.polynomial.legendre.legdiv([1, 2, 3], [3, 2]).map(String) // → ['[-2.375  2.25 ]', '[6.625]']
 */
export const legdiv = divOf('polynomial.legendre.legdiv', legendre);

/**
 * A Legendre series to a power. Throws a ValueError for one that is negative, no whole number, or beyond `maxpower` (16). Source:
 * numpy.polynomial.legendre.legpow.
 * @example
 * np.polynomial.legendre.legpow([1, 2], 2) // → [2.33333333 4.         2.66666667]
 */
export const legpow = powOf('polynomial.legendre.legpow', legendre, '16');

/**
 * Values at x of Legendre series whose coefficients lie along the first axis of c: for every series at every x, or, with `tensor:
 * false`, for each place of x the series at that place. Source: numpy.polynomial.legendre.legval.
 * @example
 * np.polynomial.legendre.legval([0, 1, 2], [1, 2, 3]) // → [-0.5  6.  21.5]
 */
export const legval = valOf('polynomial.legendre.legval', legendre);

/**
 * Values at points (x, y) of a Legendre series in two variables: c[i, j] belongs to the i-th polynomial of x times the j-th of y.
 * Source: numpy.polynomial.legendre.legval2d.
 * @example
 * np.polynomial.legendre.legval2d([1, 2], [3, 4], [[1, 2], [3, 4]]) // → [22. 47.]
 */
export const legval2d = val2dOf('polynomial.legendre.legval2d', legendre);

/**
 * Values at points (x, y, z) of a Legendre series in three variables. Source: numpy.polynomial.legendre.legval3d.
 * @example
 * np.polynomial.legendre.legval3d([1, 2], [3, 4], [5, 6], [[[1], [2]], [[3], [4]]]) // → [22. 47.]
 */
export const legval3d = val3dOf('polynomial.legendre.legval3d', legendre);

/**
 * Values of a Legendre series in two variables at every pair of an x and a y. Source: numpy.polynomial.legendre.leggrid2d.
 * @example
 * np.polynomial.legendre.leggrid2d([1, 2], [3, 4], [[1, 2], [3, 4]]) // → [[22. 28.]
 *                                                                    //    [37. 47.]]
 */
export const leggrid2d = grid2dOf('polynomial.legendre.leggrid2d', legendre);

/**
 * Values of a Legendre series in three variables at every combination of an x, a y and a z. Source:
 * numpy.polynomial.legendre.leggrid3d.
 * @example
 * np.polynomial.legendre.leggrid3d([1, 2], [3], [5], [[[1], [2]], [[3], [4]]]) // → [[[22.]]
 *                                                                              //   
 *                                                                              //    [[37.]]]
 */
export const leggrid3d = grid3dOf('polynomial.legendre.leggrid3d', legendre);

/**
 * The m-th derivative of a Legendre series, along an axis (0) of c; each time times `scl` (1). Source:
 * numpy.polynomial.legendre.legder.
 * @example
 * np.polynomial.legendre.legder([1, 2, 3, 4]) // → [ 6.  9. 20.]
 */
export const legder = derOf('polynomial.legendre.legder', legendre);

/**
 * The m-th integral of a Legendre series, along an axis (0) of c: each time times `scl` (1), with the value of its constant from k
 * (0) at `lbnd` (0). Source: numpy.polynomial.legendre.legint.
 * @example
 * np.polynomial.legendre.legint([1, 2, 3], { k: 3 }) // → [3.33333333 0.4        0.66666667 0.6       ]
 */
export const legint = intOf('polynomial.legendre.legint', legendre);

/**
 * The values of the polynomials up to a degree at each x, along a new last axis. Source: numpy.polynomial.legendre.legvander.
 * @example
 * np.polynomial.legendre.legvander([1, 2], 2) // → [[1.  1.  1. ]
 *                                             //    [1.  2.  5.5]]
 */
export const legvander = vanderOf('polynomial.legendre.legvander', legendre);

/**
 * The products of the polynomials of x and of y up to two degrees, along a new last axis. Source:
 * numpy.polynomial.legendre.legvander2d.
 * @example
 * np.polynomial.legendre.legvander2d([1, 2], [3, 4], [1, 1]) // → [[1. 3. 1. 3.]
 *                                                            //    [1. 4. 2. 8.]]
 */
export const legvander2d = vander2dOf('polynomial.legendre.legvander2d', legendre);

/**
 * The products of the polynomials of x, y and z up to three degrees, along a new last axis. Source:
 * numpy.polynomial.legendre.legvander3d.
 * @example
 * np.polynomial.legendre.legvander3d([1], [2], [3], [1, 1, 1]) // → [[1. 3. 2. 6. 1. 3. 2. 6.]]
 */
export const legvander3d = vander3dOf('polynomial.legendre.legvander3d', legendre);

/**
 * The Legendre series of a degree, or of a list of them, that is nearest to y at the points x by least squares, with weights w; with
 * `full: true` also what the solution says about itself. Source: numpy.polynomial.legendre.legfit.
 * @example
 * np.polynomial.legendre.legfit([0, 1, 2], [2, 3, 8], 2).round(4) // → [ 2.6667 -1.      1.3333]
 */
export const legfit = fitOf('polynomial.legendre.legfit', legendre);

/**
 * The matrix whose eigenvalues are the roots of a Legendre series. Source: numpy.polynomial.legendre.legcompanion.
 * @example
 * np.polynomial.legendre.legcompanion([1, 2, 3]) // → [[ 0.          0.19245009]
 *                                                //    [ 0.57735027 -0.44444444]]
 */
export const legcompanion = companionOf('polynomial.legendre.legcompanion', legendre);

/**
 * The roots of a Legendre series, in rising order. Source: numpy.polynomial.legendre.legroots.
 * @example
 * np.polynomial.legendre.legroots([-1, 2]) // → [0.5]
 */
export const legroots = rootsFunctionOf('polynomial.legendre.legroots', legendre);

/**
 * The coefficients without those at their end whose size is `tol` (0) or less: another name of polyutils.trimcoef. Source:
 * numpy.polynomial.legendre.legtrim.
 * @example
 * np.polynomial.legendre.legtrim([0, 1, 0, 0]) // → [0. 1.]
 */
export const legtrim = trimcoef;

/**
 * A series of powers as a Legendre series. Source: numpy.polynomial.legendre.poly2leg.
 * @example
 * np.polynomial.legendre.poly2leg([1, 2, 3]) // → [2. 2. 2.]
 */
export const poly2leg = fromPowersOf('polynomial.legendre.poly2leg', legendre);

/**
 * A Legendre series as a series of powers. Source: numpy.polynomial.legendre.leg2poly.
 * @example
 * np.polynomial.legendre.leg2poly([1, 2, 3]) // → [-0.5  2.   4.5]
 */
export const leg2poly = toPowersOf('polynomial.legendre.leg2poly', legendre, powers);

/**
 * Places and weights by which the integral of f(x) times legweight(x) is a sum, exactly for polynomials f up to the degree 2 · deg −
 * 1. Throws a ValueError where deg is not positive. Source: numpy.polynomial.legendre.leggauss.
 * @example
 * np.polynomial.legendre.leggauss(1).map(String) // → ['[0.]', '[2.]']
 */
export const leggauss = gaussOf('polynomial.legendre.leggauss', (deg) => quadrature(legendre, deg, 2, true));

/**
 * The weight 1, over which the polynomials are orthogonal. Source: numpy.polynomial.legendre.legweight.
 * @example
 * np.polynomial.legendre.legweight(np.array([2])) // → [1.]
 */
export const legweight = weightOf('polynomial.legendre.legweight', (x) => ufuncs.add(ufuncs.multiply(inexact(x), 0), 1));

class LegendreClass extends Series {
  static override readonly name = 'Legendre';

  /** @internal */
  static override get descriptor(): Basis {
    return legendre;
  }
}

/**
 * A sum of coefficients times Legendre polynomials, lowest first, at a variable that is mapped from `domain` to `window`. It is
 * called for its values, with or without `new` made, and has methods for Python's operators. Source: numpy.polynomial.Legendre.
 * @example
 * const p = new np.polynomial.Legendre([1, 2, 3]);
 * p // → 1.0 + 2.0·P₁(x) + 3.0·P₂(x)
 * p(2) // → 21.5
 * p.mul(p).degree() // → 4
 * p.deriv().coef // → [2. 9.]
 */
export const Legendre = callable('Legendre', LegendreClass);
export type Legendre = LegendreClass;
