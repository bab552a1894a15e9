import { callable } from '../../core/callable.ts';
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

/** `np.polynomial.laguerre`: series of Laguerre polynomials, as functions of coefficients and as a class. */

/** Laguerre polynomials, L. */
const laguerre: Basis = {
  module: 'laguerre', letter: 'L', domain: [0, 1], maxpower: 16,
  recurrence: { weight: () => 1, shift: (n) => 2 * n - 1, slope: -1, back: (n) => n - 1, divisor: (n) => n },
  derivative: { factor: () => -1, carry: { step: 1, times: () => 1, over: () => 1 } },
  integral: { up: () => -1, itself: true },
  companion: {
    beside: (n) => Array.from({ length: n - 1 }, (_, i) => -(i + 1)),
    on: (n) => Array.from({ length: n }, (_, i) => 2 * i + 1),
    column: (c, last, n) => ufuncs.negative(ufuncs.multiply(ufuncs.divide(c, last), n)),
    symmetric: true,
  },
};

/**
 * The interval on which the polynomials are at home. Source: numpy.polynomial.laguerre.lagdomain.
 * @example
 * np.polynomial.laguerre.lagdomain // → [0. 1.]
 */
export const lagdomain: ndarray = constant([0, 1], 'float');

/**
 * The coefficients of 0. Source: numpy.polynomial.laguerre.lagzero.
 * @example
 * np.polynomial.laguerre.lagzero // → [0]
 */
export const lagzero: ndarray = constant([0], 'whole');

/**
 * The coefficients of 1. Source: numpy.polynomial.laguerre.lagone.
 * @example
 * np.polynomial.laguerre.lagone // → [1]
 */
export const lagone: ndarray = constant([1], 'whole');

/**
 * The coefficients of x. Source: numpy.polynomial.laguerre.lagx.
 * @example
 * np.polynomial.laguerre.lagx // → [ 1 -1]
 */
export const lagx: ndarray = constant([1, -1], 'whole');

/**
 * The series of the line off + scl · x. Source: numpy.polynomial.laguerre.lagline.
 * @example
 * np.polynomial.laguerre.lagline(3, 2) // → [ 5 -2]
 */
export const lagline = lineOf('polynomial.laguerre.lagline', laguerre);

/**
 * The Laguerre series whose roots these are. Source: numpy.polynomial.laguerre.lagfromroots.
 * @example
 * np.polynomial.laguerre.lagfromroots([-1, 0, 1]) // → [  5. -17.  18.  -6.]
 */
export const lagfromroots = fromRootsOf('polynomial.laguerre.lagfromroots', laguerre);

/**
 * The sum of two Laguerre series. Source: numpy.polynomial.laguerre.lagadd.
 * @example
 * np.polynomial.laguerre.lagadd([1, 2, 3], [3, 2]) // → [4. 4. 3.]
 */
export const lagadd = addOf('polynomial.laguerre.lagadd');

/**
 * The difference of two Laguerre series. Source: numpy.polynomial.laguerre.lagsub.
 * @example
 * np.polynomial.laguerre.lagsub([1, 2, 3], [3, 2]) // → [-2.  0.  3.]
 */
export const lagsub = subOf('polynomial.laguerre.lagsub');

/**
 * A Laguerre series times x. Source: numpy.polynomial.laguerre.lagmulx.
 * @example
 * np.polynomial.laguerre.lagmulx([1, 2, 3]) // → [-1. -1. 11. -9.]
 */
export const lagmulx = mulxOf('polynomial.laguerre.lagmulx', laguerre);

/**
 * The product of two Laguerre series. Source: numpy.polynomial.laguerre.lagmul.
 * @example
 * np.polynomial.laguerre.lagmul([1, 2, 3], [3, 2]) // → [ 7. 12. -7. 18.]
 */
export const lagmul = mulOf('polynomial.laguerre.lagmul', laguerre);

/**
 * Quotient and remainder of two Laguerre series. Throws a ZeroDivisionError where the second is 0. Source:
 * numpy.polynomial.laguerre.lagdiv.
 * @example
 * np.polynomial.laguerre.lagdiv([1, 2, 3], [3, 2]).map(String) // → ['[1.375 0.75 ]', '[-4.625]']
 */
export const lagdiv = divOf('polynomial.laguerre.lagdiv', laguerre);

/**
 * A Laguerre series to a power. Throws a ValueError for one that is negative, no whole number, or beyond `maxpower` (16). Source:
 * numpy.polynomial.laguerre.lagpow.
 * @example
 * np.polynomial.laguerre.lagpow([1, 2], 2) // → [ 5. -4.  8.]
 */
export const lagpow = powOf('polynomial.laguerre.lagpow', laguerre, '16');

/**
 * Values at x of Laguerre series whose coefficients lie along the first axis of c: for every series at every x, or, with `tensor:
 * false`, for each place of x the series at that place. Source: numpy.polynomial.laguerre.lagval.
 * @example
 * np.polynomial.laguerre.lagval([0, 1, 2], [1, 2, 3]) // → [ 6.  -0.5 -4. ]
 */
export const lagval = valOf('polynomial.laguerre.lagval', laguerre);

/**
 * Values at points (x, y) of a Laguerre series in two variables: c[i, j] belongs to the i-th polynomial of x times the j-th of y.
 * Source: numpy.polynomial.laguerre.lagval2d.
 * @example
 * np.polynomial.laguerre.lagval2d([1, 2], [3, 4], [[1, 2], [3, 4]]) // → [-3.  4.]
 */
export const lagval2d = val2dOf('polynomial.laguerre.lagval2d', laguerre);

/**
 * Values at points (x, y, z) of a Laguerre series in three variables. Source: numpy.polynomial.laguerre.lagval3d.
 * @example
 * np.polynomial.laguerre.lagval3d([1, 2], [3, 4], [5, 6], [[[1], [2]], [[3], [4]]]) // → [-3.  4.]
 */
export const lagval3d = val3dOf('polynomial.laguerre.lagval3d', laguerre);

/**
 * Values of a Laguerre series in two variables at every pair of an x and a y. Source: numpy.polynomial.laguerre.laggrid2d.
 * @example
 * np.polynomial.laguerre.laggrid2d([1, 2], [3, 4], [[1, 2], [3, 4]]) // → [[-3. -5.]
 *                                                                    //    [ 2.  4.]]
 */
export const laggrid2d = grid2dOf('polynomial.laguerre.laggrid2d', laguerre);

/**
 * Values of a Laguerre series in three variables at every combination of an x, a y and a z. Source:
 * numpy.polynomial.laguerre.laggrid3d.
 * @example
 * np.polynomial.laguerre.laggrid3d([1, 2], [3], [5], [[[1], [2]], [[3], [4]]]) // → [[[-3.]]
 *                                                                              //   
 *                                                                              //    [[ 2.]]]
 */
export const laggrid3d = grid3dOf('polynomial.laguerre.laggrid3d', laguerre);

/**
 * The m-th derivative of a Laguerre series, along an axis (0) of c; each time times `scl` (1). Source:
 * numpy.polynomial.laguerre.lagder.
 * @example
 * np.polynomial.laguerre.lagder([1, 2, 3, 4]) // → [-9. -7. -4.]
 */
export const lagder = derOf('polynomial.laguerre.lagder', laguerre);

/**
 * The m-th integral of a Laguerre series, along an axis (0) of c: each time times `scl` (1), with the value of its constant from k
 * (0) at `lbnd` (0). Source: numpy.polynomial.laguerre.lagint.
 * @example
 * np.polynomial.laguerre.lagint([1, 2, 3], { k: 3 }) // → [ 4.  1.  1. -3.]
 */
export const lagint = intOf('polynomial.laguerre.lagint', laguerre);

/**
 * The values of the polynomials up to a degree at each x, along a new last axis. Source: numpy.polynomial.laguerre.lagvander.
 * @example
 * np.polynomial.laguerre.lagvander([1, 2], 2) // → [[ 1.   0.  -0.5]
 *                                             //    [ 1.  -1.  -1. ]]
 */
export const lagvander = vanderOf('polynomial.laguerre.lagvander', laguerre);

/**
 * The products of the polynomials of x and of y up to two degrees, along a new last axis. Source:
 * numpy.polynomial.laguerre.lagvander2d.
 * @example
 * np.polynomial.laguerre.lagvander2d([1, 2], [3, 4], [1, 1]) // → [[ 1. -2.  0. -0.]
 *                                                            //    [ 1. -3. -1.  3.]]
 */
export const lagvander2d = vander2dOf('polynomial.laguerre.lagvander2d', laguerre);

/**
 * The products of the polynomials of x, y and z up to three degrees, along a new last axis. Source:
 * numpy.polynomial.laguerre.lagvander3d.
 * @example
 * np.polynomial.laguerre.lagvander3d([1], [2], [3], [1, 1, 1]) // → [[ 1. -2. -1.  2.  0. -0. -0.  0.]]
 */
export const lagvander3d = vander3dOf('polynomial.laguerre.lagvander3d', laguerre);

/**
 * The Laguerre series of a degree, or of a list of them, that is nearest to y at the points x by least squares, with weights w; with
 * `full: true` also what the solution says about itself. Source: numpy.polynomial.laguerre.lagfit.
 * @example
 * np.polynomial.laguerre.lagfit([0, 1, 2], [2, 3, 8], 2).round(4) // → [ 5. -7.  4.]
 */
export const lagfit = fitOf('polynomial.laguerre.lagfit', laguerre);

/**
 * The matrix whose eigenvalues are the roots of a Laguerre series. Source: numpy.polynomial.laguerre.lagcompanion.
 * @example
 * np.polynomial.laguerre.lagcompanion([1, 2, 3]) // → [[ 1.         -0.33333333]
 *                                                //    [-1.          4.33333333]]
 */
export const lagcompanion = companionOf('polynomial.laguerre.lagcompanion', laguerre);

/**
 * The roots of a Laguerre series, in rising order. Source: numpy.polynomial.laguerre.lagroots.
 * @example
 * np.polynomial.laguerre.lagroots([-1, 2]) // → [0.5]
 */
export const lagroots = rootsFunctionOf('polynomial.laguerre.lagroots', laguerre);

/**
 * The coefficients without those at their end whose size is `tol` (0) or less: another name of polyutils.trimcoef. Source:
 * numpy.polynomial.laguerre.lagtrim.
 * @example
 * np.polynomial.laguerre.lagtrim([0, 1, 0, 0]) // → [0. 1.]
 */
export const lagtrim = trimcoef;

/**
 * A series of powers as a Laguerre series. Source: numpy.polynomial.laguerre.poly2lag.
 * @example
 * np.polynomial.laguerre.poly2lag([1, 2, 3]) // → [  9. -14.   6.]
 */
export const poly2lag = fromPowersOf('polynomial.laguerre.poly2lag', laguerre);

/**
 * A Laguerre series as a series of powers. Source: numpy.polynomial.laguerre.lag2poly.
 * @example
 * np.polynomial.laguerre.lag2poly([1, 2, 3]) // → [ 6.  -8.   1.5]
 */
export const lag2poly = toPowersOf('polynomial.laguerre.lag2poly', laguerre, powers);

/**
 * Places and weights by which the integral of f(x) times lagweight(x) is a sum, exactly for polynomials f up to the degree 2 · deg −
 * 1. Throws a ValueError where deg is not positive. Source: numpy.polynomial.laguerre.laggauss.
 * @example
 * np.polynomial.laguerre.laggauss(1).map(String) // → ['[1.]', '[1.]']
 */
export const laggauss = gaussOf('polynomial.laguerre.laggauss', (deg) => quadrature(laguerre, deg, 1, false));

/**
 * The weight exp(−x), over which the polynomials are orthogonal. Source: numpy.polynomial.laguerre.lagweight.
 * @example
 * np.polynomial.laguerre.lagweight(np.array([2])) // → [0.13533528]
 */
export const lagweight = weightOf('polynomial.laguerre.lagweight', (x) => ufuncs.exp(ufuncs.negative(x)));

class LaguerreClass extends Series {
  static override readonly name = 'Laguerre';

  /** @internal */
  static override get descriptor(): Basis {
    return laguerre;
  }
}

/**
 * A sum of coefficients times Laguerre polynomials, lowest first, at a variable that is mapped from `domain` to `window`. It is
 * called for its values, with or without `new` made, and has methods for Python's operators. Source: numpy.polynomial.Laguerre.
 * @example
 * const p = new np.polynomial.Laguerre([1, 2, 3]);
 * p // → 1.0 + 2.0·L₁(x) + 3.0·L₂(x)
 * p(2) // → -4.0
 * p.mul(p).degree() // → 4
 * p.deriv().coef // → [-5. -3.]
 */
export const Laguerre = callable('Laguerre', LaguerreClass);
export type Laguerre = LaguerreClass;
