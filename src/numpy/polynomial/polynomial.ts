import { callable } from '../../core/callable.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { routine } from '../arguments/routine.ts';
import type { Basis } from './basis.ts';
import { constant } from './constants.ts';
import { valuesFromRoots } from './evaluation.ts';
import {
  addOf, companionOf, derOf, divOf, fitOf, fromRootsOf, grid2dOf, grid3dOf, intOf, lineOf, mulOf, mulxOf, powOf, rootsFunctionOf,
  subOf, val2dOf, val3dOf, valOf, vander2dOf, vander3dOf, vanderOf,
} from './functions.ts';
import { Series } from './polybase.ts';
import { trimcoef } from './polyutils.ts';
import { powers } from './powers.ts';

/** `np.polynomial.polynomial`: series of powers, as functions of coefficients and as a class. */

/**
 * The interval on which the polynomials are at home. Source: numpy.polynomial.polynomial.polydomain.
 * @example
 * np.polynomial.polynomial.polydomain // → [-1.  1.]
 */
export const polydomain: ndarray = constant([-1, 1], 'float');

/**
 * The coefficients of 0. Source: numpy.polynomial.polynomial.polyzero.
 * @example
 * np.polynomial.polynomial.polyzero // → [0]
 */
export const polyzero: ndarray = constant([0], 'whole');

/**
 * The coefficients of 1. Source: numpy.polynomial.polynomial.polyone.
 * @example
 * np.polynomial.polynomial.polyone // → [1]
 */
export const polyone: ndarray = constant([1], 'whole');

/**
 * The coefficients of x. Source: numpy.polynomial.polynomial.polyx.
 * @example
 * np.polynomial.polynomial.polyx // → [0 1]
 */
export const polyx: ndarray = constant([0, 1], 'whole');

/**
 * The series of the line off + scl · x. Source: numpy.polynomial.polynomial.polyline.
 * @example
 * np.polynomial.polynomial.polyline(3, 2) // → [3 2]
 */
export const polyline = lineOf('polynomial.polynomial.polyline', powers);

/**
 * The series of powers whose roots these are. Source: numpy.polynomial.polynomial.polyfromroots.
 * @example
 * np.polynomial.polynomial.polyfromroots([-1, 0, 1]) // → [ 0. -1.  0.  1.]
 */
export const polyfromroots = fromRootsOf('polynomial.polynomial.polyfromroots', powers);

/**
 * The sum of two series of powers. Source: numpy.polynomial.polynomial.polyadd.
 * @example
 * np.polynomial.polynomial.polyadd([1, 2, 3], [3, 2]) // → [4. 4. 3.]
 */
export const polyadd = addOf('polynomial.polynomial.polyadd');

/**
 * The difference of two series of powers. Source: numpy.polynomial.polynomial.polysub.
 * @example
 * np.polynomial.polynomial.polysub([1, 2, 3], [3, 2]) // → [-2.  0.  3.]
 */
export const polysub = subOf('polynomial.polynomial.polysub');

/**
 * A series of powers times x. Source: numpy.polynomial.polynomial.polymulx.
 * @example
 * np.polynomial.polynomial.polymulx([1, 2, 3]) // → [0. 1. 2. 3.]
 */
export const polymulx = mulxOf('polynomial.polynomial.polymulx', powers);

/**
 * The product of two series of powers. Source: numpy.polynomial.polynomial.polymul.
 * @example
 * np.polynomial.polynomial.polymul([1, 2, 3], [3, 2]) // → [ 3.  8. 13.  6.]
 */
export const polymul = mulOf('polynomial.polynomial.polymul', powers);

/**
 * Quotient and remainder of two series of powers. Throws a ZeroDivisionError where the second is 0. Source:
 * numpy.polynomial.polynomial.polydiv.
 * @example
 * np.polynomial.polynomial.polydiv([1, 2, 3], [3, 2]).map(String) // → ['[-1.25  1.5 ]', '[4.75]']
 */
export const polydiv = divOf('polynomial.polynomial.polydiv', powers);

/**
 * A series of powers to a power. Throws a ValueError for one that is negative, no whole number, or beyond `maxpower` (as large as
 * wished). Source: numpy.polynomial.polynomial.polypow.
 * @example
 * np.polynomial.polynomial.polypow([1, 2], 2) // → [1. 4. 4.]
 */
export const polypow = powOf('polynomial.polynomial.polypow', powers, 'None');

/**
 * Values at x of series of powers whose coefficients lie along the first axis of c: for every series at every x, or, with `tensor:
 * false`, for each place of x the series at that place. Source: numpy.polynomial.polynomial.polyval.
 * @example
 * np.polynomial.polynomial.polyval([0, 1, 2], [1, 2, 3]) // → [ 1.  6. 17.]
 */
export const polyval = valOf('polynomial.polynomial.polyval', powers);

/**
 * Values at x of the polynomials whose roots lie along the first axis of r: products of the distances x − r, for every polynomial at
 * every x, or, with `tensor: false`, for each place of x the polynomial at that place. Source:
 * numpy.polynomial.polynomial.polyvalfromroots.
 * @example
 * np.polynomial.polynomial.polyvalfromroots([3, 4], [1, 2]) // → [2. 6.]
 */
export const polyvalfromroots = routine('polynomial.polynomial.polyvalfromroots', 'x, r, tensor=True', (
  x: ArrayLike, r: ArrayLike, tensor: boolean = true,
): ndarray => valuesFromRoots(x, r, tensor));

/**
 * Values at points (x, y) of a series of powers in two variables: c[i, j] belongs to the i-th polynomial of x times the j-th of y.
 * Source: numpy.polynomial.polynomial.polyval2d.
 * @example
 * np.polynomial.polynomial.polyval2d([1, 2], [3, 4], [[1, 2], [3, 4]]) // → [22. 47.]
 */
export const polyval2d = val2dOf('polynomial.polynomial.polyval2d', powers);

/**
 * Values at points (x, y, z) of a series of powers in three variables. Source: numpy.polynomial.polynomial.polyval3d.
 * @example
 * np.polynomial.polynomial.polyval3d([1, 2], [3, 4], [5, 6], [[[1], [2]], [[3], [4]]]) // → [22. 47.]
 */
export const polyval3d = val3dOf('polynomial.polynomial.polyval3d', powers);

/**
 * Values of a series of powers in two variables at every pair of an x and a y. Source: numpy.polynomial.polynomial.polygrid2d.
 * @example
 * np.polynomial.polynomial.polygrid2d([1, 2], [3, 4], [[1, 2], [3, 4]]) // → [[22. 28.]
 *                                                                       //    [37. 47.]]
 */
export const polygrid2d = grid2dOf('polynomial.polynomial.polygrid2d', powers);

/**
 * Values of a series of powers in three variables at every combination of an x, a y and a z. Source:
 * numpy.polynomial.polynomial.polygrid3d.
 * @example
 * np.polynomial.polynomial.polygrid3d([1, 2], [3], [5], [[[1], [2]], [[3], [4]]]) // → [[[22.]]
 *                                                                                 //   
 *                                                                                 //    [[37.]]]
 */
export const polygrid3d = grid3dOf('polynomial.polynomial.polygrid3d', powers);

/**
 * The m-th derivative of a series of powers, along an axis (0) of c; each time times `scl` (1). Source:
 * numpy.polynomial.polynomial.polyder.
 * @example
 * np.polynomial.polynomial.polyder([1, 2, 3, 4]) // → [ 2.  6. 12.]
 */
export const polyder = derOf('polynomial.polynomial.polyder', powers);

/**
 * The m-th integral of a series of powers, along an axis (0) of c: each time times `scl` (1), with the value of its constant from k
 * (0) at `lbnd` (0). Source: numpy.polynomial.polynomial.polyint.
 * @example
 * np.polynomial.polynomial.polyint([1, 2, 3], { k: 3 }) // → [3. 1. 1. 1.]
 */
export const polyint = intOf('polynomial.polynomial.polyint', powers);

/**
 * The values of the polynomials up to a degree at each x, along a new last axis. Source: numpy.polynomial.polynomial.polyvander.
 * @example
 * np.polynomial.polynomial.polyvander([1, 2], 2) // → [[1. 1. 1.]
 *                                                //    [1. 2. 4.]]
 */
export const polyvander = vanderOf('polynomial.polynomial.polyvander', powers);

/**
 * The products of the polynomials of x and of y up to two degrees, along a new last axis. Source:
 * numpy.polynomial.polynomial.polyvander2d.
 * @example
 * np.polynomial.polynomial.polyvander2d([1, 2], [3, 4], [1, 1]) // → [[1. 3. 1. 3.]
 *                                                               //    [1. 4. 2. 8.]]
 */
export const polyvander2d = vander2dOf('polynomial.polynomial.polyvander2d', powers);

/**
 * The products of the polynomials of x, y and z up to three degrees, along a new last axis. Source:
 * numpy.polynomial.polynomial.polyvander3d.
 * @example
 * np.polynomial.polynomial.polyvander3d([1], [2], [3], [1, 1, 1]) // → [[1. 3. 2. 6. 1. 3. 2. 6.]]
 */
export const polyvander3d = vander3dOf('polynomial.polynomial.polyvander3d', powers);

/**
 * The series of powers of a degree, or of a list of them, that is nearest to y at the points x by least squares, with weights w;
 * with `full: true` also what the solution says about itself. Source: numpy.polynomial.polynomial.polyfit.
 * @example
 * np.polynomial.polynomial.polyfit([0, 1, 2], [2, 3, 8], 2).round(4) // → [ 2. -1.  2.]
 */
export const polyfit = fitOf('polynomial.polynomial.polyfit', powers);

/**
 * The matrix whose eigenvalues are the roots of a series of powers. Source: numpy.polynomial.polynomial.polycompanion.
 * @example
 * np.polynomial.polynomial.polycompanion([1, 2, 3]) // → [[ 0.         -0.33333333]
 *                                                   //    [ 1.         -0.66666667]]
 */
export const polycompanion = companionOf('polynomial.polynomial.polycompanion', powers);

/**
 * The roots of a series of powers, in rising order. Source: numpy.polynomial.polynomial.polyroots.
 * @example
 * np.polynomial.polynomial.polyroots([-1, 2]) // → [0.5]
 */
export const polyroots = rootsFunctionOf('polynomial.polynomial.polyroots', powers);

/**
 * The coefficients without those at their end whose size is `tol` (0) or less: another name of polyutils.trimcoef. Source:
 * numpy.polynomial.polynomial.polytrim.
 * @example
 * np.polynomial.polynomial.polytrim([0, 1, 0, 0]) // → [0. 1.]
 */
export const polytrim = trimcoef;

class PolynomialClass extends Series {
  static override readonly name = 'Polynomial';

  /** @internal */
  static override get descriptor(): Basis {
    return powers;
  }
}

/**
 * A sum of coefficients times powers of x, lowest first, at a variable that is mapped from `domain` to `window`. It is called for
 * its values, with or without `new` made, and has methods for Python's operators. Source: numpy.polynomial.Polynomial.
 * @example
 * const p = new np.polynomial.Polynomial([1, 2, 3]);
 * p // → 1.0 + 2.0·x + 3.0·x²
 * p(2) // → 17.0
 * p.mul(p).degree() // → 4
 * p.deriv().coef // → [2. 6.]
 */
export const Polynomial = callable('Polynomial', PolynomialClass);
export type Polynomial = PolynomialClass;
