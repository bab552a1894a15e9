import { callable } from '../../core/callable.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import * as ufuncs from '../ufuncs.ts';
import type { Basis } from './basis.ts';
import { constant } from './constants.ts';
import {
  addOf, companionOf, derOf, divOf, fitOf, fromPowersOf, fromRootsOf, gaussOf, grid2dOf, grid3dOf, intOf, lineOf, mulOf, mulxOf,
  powOf, rootsFunctionOf, subOf, toPowersOf, val2dOf, val3dOf, valOf, vander2dOf, vander3dOf, vanderOf, weightOf,
} from './functions.ts';
import { hermiteQuadrature, hermiteScale } from './gauss.ts';
import { Series } from './polybase.ts';
import { powers } from './powers.ts';
import { trimcoef } from './polyutils.ts';

/** `np.polynomial.hermite`: series of Hermite polynomials as physicists have them, as functions of coefficients and as a class. */

/** Hermite polynomials as physicists have them, H. */
const hermite: Basis = {
  module: 'hermite', letter: 'H', domain: [-1, 1], maxpower: 16,
  recurrence: { weight: () => 2, shift: () => 0, slope: 1, back: (n) => 2 * (n - 1), divisor: () => 1 },
  derivative: { factor: (n) => 2 * n },
  integral: { up: (n) => 2 * (n + 1) },
  companion: {
    beside: (n) => Array.from({ length: n - 1 }, (_, i) => Math.sqrt(0.5 * (i + 1))),
    column: (c, last, n) => ufuncs.divide(ufuncs.multiply(hermiteScale(n, 2), c), ufuncs.multiply(last, 2)),
    symmetric: true,
  },
};

/**
 * The interval on which the polynomials are at home. Source: numpy.polynomial.hermite.hermdomain.
 * @example
 * np.polynomial.hermite.hermdomain // → [-1.  1.]
 */
export const hermdomain: ndarray = constant([-1, 1], 'float');

/**
 * The coefficients of 0. Source: numpy.polynomial.hermite.hermzero.
 * @example
 * np.polynomial.hermite.hermzero // → [0]
 */
export const hermzero: ndarray = constant([0], 'whole');

/**
 * The coefficients of 1. Source: numpy.polynomial.hermite.hermone.
 * @example
 * np.polynomial.hermite.hermone // → [1]
 */
export const hermone: ndarray = constant([1], 'whole');

/**
 * The coefficients of x. Source: numpy.polynomial.hermite.hermx.
 * @example
 * np.polynomial.hermite.hermx // → [0.  0.5]
 */
export const hermx: ndarray = constant([0, 0.5], 'float');

/**
 * The series of the line off + scl · x. Source: numpy.polynomial.hermite.hermline.
 * @example
 * np.polynomial.hermite.hermline(3, 2) // → [3. 1.]
 */
export const hermline = lineOf('polynomial.hermite.hermline', hermite);

/**
 * The Hermite series whose roots these are. Source: numpy.polynomial.hermite.hermfromroots.
 * @example
 * np.polynomial.hermite.hermfromroots([-1, 0, 1]) // → [0.    0.25  0.    0.125]
 */
export const hermfromroots = fromRootsOf('polynomial.hermite.hermfromroots', hermite);

/**
 * The sum of two Hermite series. Source: numpy.polynomial.hermite.hermadd.
 * @example
 * np.polynomial.hermite.hermadd([1, 2, 3], [3, 2]) // → [4. 4. 3.]
 */
export const hermadd = addOf('polynomial.hermite.hermadd');

/**
 * The difference of two Hermite series. Source: numpy.polynomial.hermite.hermsub.
 * @example
 * np.polynomial.hermite.hermsub([1, 2, 3], [3, 2]) // → [-2.  0.  3.]
 */
export const hermsub = subOf('polynomial.hermite.hermsub');

/**
 * A Hermite series times x. Source: numpy.polynomial.hermite.hermmulx.
 * @example
 * np.polynomial.hermite.hermmulx([1, 2, 3]) // → [2.  6.5 1.  1.5]
 */
export const hermmulx = mulxOf('polynomial.hermite.hermmulx', hermite);

/**
 * The product of two Hermite series. Source: numpy.polynomial.hermite.hermmul.
 * @example
 * np.polynomial.hermite.hermmul([1, 2, 3], [3, 2]) // → [11. 32. 13.  6.]
 */
export const hermmul = mulOf('polynomial.hermite.hermmul', hermite);

/**
 * Quotient and remainder of two Hermite series. Throws a ZeroDivisionError where the second is 0. Source:
 * numpy.polynomial.hermite.hermdiv.
 * @example
 * np.polynomial.hermite.hermdiv([1, 2, 3], [3, 2]).map(String) // → ['[-1.25  1.5 ]', '[-1.25]']
 */
export const hermdiv = divOf('polynomial.hermite.hermdiv', hermite);

/**
 * A Hermite series to a power. Throws a ValueError for one that is negative, no whole number, or beyond `maxpower` (16). Source:
 * numpy.polynomial.hermite.hermpow.
 * @example
 * np.polynomial.hermite.hermpow([1, 2], 2) // → [9. 4. 4.]
 */
export const hermpow = powOf('polynomial.hermite.hermpow', hermite, '16');

/**
 * Values at x of Hermite series whose coefficients lie along the first axis of c: for every series at every x, or, with `tensor:
 * false`, for each place of x the series at that place. Source: numpy.polynomial.hermite.hermval.
 * @example
 * np.polynomial.hermite.hermval([0, 1, 2], [1, 2, 3]) // → [-5. 11. 51.]
 */
export const hermval = valOf('polynomial.hermite.hermval', hermite);

/**
 * Values at points (x, y) of a Hermite series in two variables: c[i, j] belongs to the i-th polynomial of x times the j-th of y.
 * Source: numpy.polynomial.hermite.hermval2d.
 * @example
 * np.polynomial.hermite.hermval2d([1, 2], [3, 4], [[1, 2], [3, 4]]) // → [ 67. 157.]
 */
export const hermval2d = val2dOf('polynomial.hermite.hermval2d', hermite);

/**
 * Values at points (x, y, z) of a Hermite series in three variables. Source: numpy.polynomial.hermite.hermval3d.
 * @example
 * np.polynomial.hermite.hermval3d([1, 2], [3, 4], [5, 6], [[[1], [2]], [[3], [4]]]) // → [ 67. 157.]
 */
export const hermval3d = val3dOf('polynomial.hermite.hermval3d', hermite);

/**
 * Values of a Hermite series in two variables at every pair of an x and a y. Source: numpy.polynomial.hermite.hermgrid2d.
 * @example
 * np.polynomial.hermite.hermgrid2d([1, 2], [3, 4], [[1, 2], [3, 4]]) // → [[ 67.  87.]
 *                                                                    //    [121. 157.]]
 */
export const hermgrid2d = grid2dOf('polynomial.hermite.hermgrid2d', hermite);

/**
 * Values of a Hermite series in three variables at every combination of an x, a y and a z. Source:
 * numpy.polynomial.hermite.hermgrid3d.
 * @example
 * np.polynomial.hermite.hermgrid3d([1, 2], [3], [5], [[[1], [2]], [[3], [4]]]) // → [[[ 67.]]
 *                                                                              //   
 *                                                                              //    [[121.]]]
 */
export const hermgrid3d = grid3dOf('polynomial.hermite.hermgrid3d', hermite);

/**
 * The m-th derivative of a Hermite series, along an axis (0) of c; each time times `scl` (1). Source:
 * numpy.polynomial.hermite.hermder.
 * @example
 * np.polynomial.hermite.hermder([1, 2, 3, 4]) // → [ 4. 12. 24.]
 */
export const hermder = derOf('polynomial.hermite.hermder', hermite);

/**
 * The m-th integral of a Hermite series, along an axis (0) of c: each time times `scl` (1), with the value of its constant from k
 * (0) at `lbnd` (0). Source: numpy.polynomial.hermite.hermint.
 * @example
 * np.polynomial.hermite.hermint([1, 2, 3], { k: 3 }) // → [4.  0.5 0.5 0.5]
 */
export const hermint = intOf('polynomial.hermite.hermint', hermite);

/**
 * The values of the polynomials up to a degree at each x, along a new last axis. Source: numpy.polynomial.hermite.hermvander.
 * @example
 * np.polynomial.hermite.hermvander([1, 2], 2) // → [[ 1.  2.  2.]
 *                                             //    [ 1.  4. 14.]]
 */
export const hermvander = vanderOf('polynomial.hermite.hermvander', hermite);

/**
 * The products of the polynomials of x and of y up to two degrees, along a new last axis. Source:
 * numpy.polynomial.hermite.hermvander2d.
 * @example
 * np.polynomial.hermite.hermvander2d([1, 2], [3, 4], [1, 1]) // → [[ 1.  6.  2. 12.]
 *                                                            //    [ 1.  8.  4. 32.]]
 */
export const hermvander2d = vander2dOf('polynomial.hermite.hermvander2d', hermite);

/**
 * The products of the polynomials of x, y and z up to three degrees, along a new last axis. Source:
 * numpy.polynomial.hermite.hermvander3d.
 * @example
 * np.polynomial.hermite.hermvander3d([1], [2], [3], [1, 1, 1]) // → [[ 1.  6.  4. 24.  2. 12.  8. 48.]]
 */
export const hermvander3d = vander3dOf('polynomial.hermite.hermvander3d', hermite);

/**
 * The Hermite series of a degree, or of a list of them, that is nearest to y at the points x by least squares, with weights w; with
 * `full: true` also what the solution says about itself. Source: numpy.polynomial.hermite.hermfit.
 * @example
 * np.polynomial.hermite.hermfit([0, 1, 2], [2, 3, 8], 2).round(4) // → [ 3.  -0.5  0.5]
 */
export const hermfit = fitOf('polynomial.hermite.hermfit', hermite);

/**
 * The matrix whose eigenvalues are the roots of a Hermite series. Source: numpy.polynomial.hermite.hermcompanion.
 * @example
 * np.polynomial.hermite.hermcompanion([1, 2, 3]) // → [[ 0.          0.58925565]
 *                                                //    [ 0.70710678 -0.33333333]]
 */
export const hermcompanion = companionOf('polynomial.hermite.hermcompanion', hermite);

/**
 * The roots of a Hermite series, in rising order. Source: numpy.polynomial.hermite.hermroots.
 * @example
 * np.polynomial.hermite.hermroots([-1, 2]) // → [0.25]
 */
export const hermroots = rootsFunctionOf('polynomial.hermite.hermroots', hermite);

/**
 * The coefficients without those at their end whose size is `tol` (0) or less: another name of polyutils.trimcoef. Source:
 * numpy.polynomial.hermite.hermtrim.
 * @example
 * np.polynomial.hermite.hermtrim([0, 1, 0, 0]) // → [0. 1.]
 */
export const hermtrim = trimcoef;

/**
 * A series of powers as a Hermite series. Source: numpy.polynomial.hermite.poly2herm.
 * @example
 * np.polynomial.hermite.poly2herm([1, 2, 3]) // → [2.5  1.   0.75]
 */
export const poly2herm = fromPowersOf('polynomial.hermite.poly2herm', hermite);

/**
 * A Hermite series as a series of powers. Source: numpy.polynomial.hermite.herm2poly.
 * @example
 * np.polynomial.hermite.herm2poly([1, 2, 3]) // → [-5.  4. 12.]
 */
export const herm2poly = toPowersOf('polynomial.hermite.herm2poly', hermite, powers);

/**
 * Places and weights by which the integral of f(x) times hermweight(x) is a sum, exactly for polynomials f up to the degree 2 · deg
 * − 1. Throws a ValueError where deg is not positive. Source: numpy.polynomial.hermite.hermgauss.
 * @example
 * np.polynomial.hermite.hermgauss(1).map(String) // → ['[0.]', '[1.77245385]']
 */
export const hermgauss = gaussOf('polynomial.hermite.hermgauss', (deg) => hermiteQuadrature(hermite, deg, 2));

/**
 * The weight exp(−x²), over which the polynomials are orthogonal. Source: numpy.polynomial.hermite.hermweight.
 * @example
 * np.polynomial.hermite.hermweight(np.array([2])) // → [0.01831564]
 */
export const hermweight = weightOf('polynomial.hermite.hermweight', (x) => ufuncs.exp(ufuncs.negative(ufuncs.square(x))));

class HermiteClass extends Series {
  static override readonly name = 'Hermite';

  /** @internal */
  static override get descriptor(): Basis {
    return hermite;
  }
}

/**
 * A sum of coefficients times Hermite polynomials as physicists have them, lowest first, at a variable that is mapped from `domain`
 * to `window`. It is called for its values, with or without `new` made, and has methods for Python's operators. Source:
 * numpy.polynomial.Hermite.
 * @example
 * const p = new np.polynomial.Hermite([1, 2, 3]);
 * p // → 1.0 + 2.0·H₁(x) + 3.0·H₂(x)
 * p(2) // → 51.0
 * p.mul(p).degree() // → 4
 * p.deriv().coef // → [ 4. 12.]
 */
export const Hermite = callable('Hermite', HermiteClass);
export type Hermite = HermiteClass;
