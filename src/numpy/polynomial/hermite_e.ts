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

/** `np.polynomial.hermite_e`: series of Hermite polynomials as probabilists have them, as functions of coefficients and as a class. */

/** Hermite polynomials as probabilists have them, He. */
const hermiteE: Basis = {
  module: 'hermite_e', letter: 'He', domain: [-1, 1], maxpower: 16,
  recurrence: { weight: () => 1, shift: () => 0, slope: 1, back: (n) => n - 1, divisor: () => 1 },
  derivative: { factor: (n) => n, leavesAxis: true },
  integral: { up: (n) => n + 1 },
  companion: {
    beside: (n) => Array.from({ length: n - 1 }, (_, i) => Math.sqrt(i + 1)),
    column: (c, last, n) => ufuncs.divide(ufuncs.multiply(hermiteScale(n, 1), c), last),
    symmetric: true,
  },
};

/**
 * The interval on which the polynomials are at home. Source: numpy.polynomial.hermite_e.hermedomain.
 * @example
 * np.polynomial.hermite_e.hermedomain // → [-1.  1.]
 */
export const hermedomain: ndarray = constant([-1, 1], 'float');

/**
 * The coefficients of 0. Source: numpy.polynomial.hermite_e.hermezero.
 * @example
 * np.polynomial.hermite_e.hermezero // → [0]
 */
export const hermezero: ndarray = constant([0], 'whole');

/**
 * The coefficients of 1. Source: numpy.polynomial.hermite_e.hermeone.
 * @example
 * np.polynomial.hermite_e.hermeone // → [1]
 */
export const hermeone: ndarray = constant([1], 'whole');

/**
 * The coefficients of x. Source: numpy.polynomial.hermite_e.hermex.
 * @example
 * np.polynomial.hermite_e.hermex // → [0 1]
 */
export const hermex: ndarray = constant([0, 1], 'whole');

/**
 * The series of the line off + scl · x. Source: numpy.polynomial.hermite_e.hermeline.
 * @example
 * np.polynomial.hermite_e.hermeline(3, 2) // → [3 2]
 */
export const hermeline = lineOf('polynomial.hermite_e.hermeline', hermiteE);

/**
 * The HermiteE series whose roots these are. Source: numpy.polynomial.hermite_e.hermefromroots.
 * @example
 * np.polynomial.hermite_e.hermefromroots([-1, 0, 1]) // → [0. 2. 0. 1.]
 */
export const hermefromroots = fromRootsOf('polynomial.hermite_e.hermefromroots', hermiteE);

/**
 * The sum of two HermiteE series. Source: numpy.polynomial.hermite_e.hermeadd.
 * @example
 * np.polynomial.hermite_e.hermeadd([1, 2, 3], [3, 2]) // → [4. 4. 3.]
 */
export const hermeadd = addOf('polynomial.hermite_e.hermeadd');

/**
 * The difference of two HermiteE series. Source: numpy.polynomial.hermite_e.hermesub.
 * @example
 * np.polynomial.hermite_e.hermesub([1, 2, 3], [3, 2]) // → [-2.  0.  3.]
 */
export const hermesub = subOf('polynomial.hermite_e.hermesub');

/**
 * A HermiteE series times x. Source: numpy.polynomial.hermite_e.hermemulx.
 * @example
 * np.polynomial.hermite_e.hermemulx([1, 2, 3]) // → [2. 7. 2. 3.]
 */
export const hermemulx = mulxOf('polynomial.hermite_e.hermemulx', hermiteE);

/**
 * The product of two HermiteE series. Source: numpy.polynomial.hermite_e.hermemul.
 * @example
 * np.polynomial.hermite_e.hermemul([1, 2, 3], [3, 2]) // → [ 7. 20. 13.  6.]
 */
export const hermemul = mulOf('polynomial.hermite_e.hermemul', hermiteE);

/**
 * Quotient and remainder of two HermiteE series. Throws a ZeroDivisionError where the second is 0. Source:
 * numpy.polynomial.hermite_e.hermediv.
 * @example
 * np.polynomial.hermite_e.hermediv([1, 2, 3], [3, 2]).map(String) // → ['[-1.25  1.5 ]', '[1.75]']
 */
export const hermediv = divOf('polynomial.hermite_e.hermediv', hermiteE);

/**
 * A HermiteE series to a power. Throws a ValueError for one that is negative, no whole number, or beyond `maxpower` (16). Source:
 * numpy.polynomial.hermite_e.hermepow.
 * @example
 * np.polynomial.hermite_e.hermepow([1, 2], 2) // → [5. 4. 4.]
 */
export const hermepow = powOf('polynomial.hermite_e.hermepow', hermiteE, '16');

/**
 * Values at x of HermiteE series whose coefficients lie along the first axis of c: for every series at every x, or, with `tensor:
 * false`, for each place of x the series at that place. Source: numpy.polynomial.hermite_e.hermeval.
 * @example
 * np.polynomial.hermite_e.hermeval([0, 1, 2], [1, 2, 3]) // → [-2.  3. 14.]
 */
export const hermeval = valOf('polynomial.hermite_e.hermeval', hermiteE);

/**
 * Values at points (x, y) of a HermiteE series in two variables: c[i, j] belongs to the i-th polynomial of x times the j-th of y.
 * Source: numpy.polynomial.hermite_e.hermeval2d.
 * @example
 * np.polynomial.hermite_e.hermeval2d([1, 2], [3, 4], [[1, 2], [3, 4]]) // → [22. 47.]
 */
export const hermeval2d = val2dOf('polynomial.hermite_e.hermeval2d', hermiteE);

/**
 * Values at points (x, y, z) of a HermiteE series in three variables. Source: numpy.polynomial.hermite_e.hermeval3d.
 * @example
 * np.polynomial.hermite_e.hermeval3d([1, 2], [3, 4], [5, 6], [[[1], [2]], [[3], [4]]]) // → [22. 47.]
 */
export const hermeval3d = val3dOf('polynomial.hermite_e.hermeval3d', hermiteE);

/**
 * Values of a HermiteE series in two variables at every pair of an x and a y. Source: numpy.polynomial.hermite_e.hermegrid2d.
 * @example
 * np.polynomial.hermite_e.hermegrid2d([1, 2], [3, 4], [[1, 2], [3, 4]]) // → [[22. 28.]
 *                                                                       //    [37. 47.]]
 */
export const hermegrid2d = grid2dOf('polynomial.hermite_e.hermegrid2d', hermiteE);

/**
 * Values of a HermiteE series in three variables at every combination of an x, a y and a z. Source:
 * numpy.polynomial.hermite_e.hermegrid3d.
 * @example
 * np.polynomial.hermite_e.hermegrid3d([1, 2], [3], [5], [[[1], [2]], [[3], [4]]]) // → [[[22.]]
 *                                                                                 //   
 *                                                                                 //    [[37.]]]
 */
export const hermegrid3d = grid3dOf('polynomial.hermite_e.hermegrid3d', hermiteE);

/**
 * The m-th derivative of a HermiteE series, along an axis (0) of c; each time times `scl` (1). Source:
 * numpy.polynomial.hermite_e.hermeder.
 * @example
 * np.polynomial.hermite_e.hermeder([1, 2, 3, 4]) // → [ 2.  6. 12.]
 */
export const hermeder = derOf('polynomial.hermite_e.hermeder', hermiteE);

/**
 * The m-th integral of a HermiteE series, along an axis (0) of c: each time times `scl` (1), with the value of its constant from k
 * (0) at `lbnd` (0). Source: numpy.polynomial.hermite_e.hermeint.
 * @example
 * np.polynomial.hermite_e.hermeint([1, 2, 3], { k: 3 }) // → [4. 1. 1. 1.]
 */
export const hermeint = intOf('polynomial.hermite_e.hermeint', hermiteE);

/**
 * The values of the polynomials up to a degree at each x, along a new last axis. Source: numpy.polynomial.hermite_e.hermevander.
 * @example
 * np.polynomial.hermite_e.hermevander([1, 2], 2) // → [[1. 1. 0.]
 *                                                //    [1. 2. 3.]]
 */
export const hermevander = vanderOf('polynomial.hermite_e.hermevander', hermiteE);

/**
 * The products of the polynomials of x and of y up to two degrees, along a new last axis. Source:
 * numpy.polynomial.hermite_e.hermevander2d.
 * @example
 * np.polynomial.hermite_e.hermevander2d([1, 2], [3, 4], [1, 1]) // → [[1. 3. 1. 3.]
 *                                                               //    [1. 4. 2. 8.]]
 */
export const hermevander2d = vander2dOf('polynomial.hermite_e.hermevander2d', hermiteE);

/**
 * The products of the polynomials of x, y and z up to three degrees, along a new last axis. Source:
 * numpy.polynomial.hermite_e.hermevander3d.
 * @example
 * np.polynomial.hermite_e.hermevander3d([1], [2], [3], [1, 1, 1]) // → [[1. 3. 2. 6. 1. 3. 2. 6.]]
 */
export const hermevander3d = vander3dOf('polynomial.hermite_e.hermevander3d', hermiteE);

/**
 * The HermiteE series of a degree, or of a list of them, that is nearest to y at the points x by least squares, with weights w; with
 * `full: true` also what the solution says about itself. Source: numpy.polynomial.hermite_e.hermefit.
 * @example
 * np.polynomial.hermite_e.hermefit([0, 1, 2], [2, 3, 8], 2).round(4) // → [ 4. -1.  2.]
 */
export const hermefit = fitOf('polynomial.hermite_e.hermefit', hermiteE);

/**
 * The matrix whose eigenvalues are the roots of a HermiteE series. Source: numpy.polynomial.hermite_e.hermecompanion.
 * @example
 * np.polynomial.hermite_e.hermecompanion([1, 2, 3]) // → [[ 0.          0.66666667]
 *                                                   //    [ 1.         -0.66666667]]
 */
export const hermecompanion = companionOf('polynomial.hermite_e.hermecompanion', hermiteE);

/**
 * The roots of a HermiteE series, in rising order. Source: numpy.polynomial.hermite_e.hermeroots.
 * @example
 * np.polynomial.hermite_e.hermeroots([-1, 2]) // → [0.5]
 */
export const hermeroots = rootsFunctionOf('polynomial.hermite_e.hermeroots', hermiteE);

/**
 * The coefficients without those at their end whose size is `tol` (0) or less: another name of polyutils.trimcoef. Source:
 * numpy.polynomial.hermite_e.hermetrim.
 * @example
 * np.polynomial.hermite_e.hermetrim([0, 1, 0, 0]) // → [0. 1.]
 */
export const hermetrim = trimcoef;

/**
 * A series of powers as a HermiteE series. Source: numpy.polynomial.hermite_e.poly2herme.
 * @example
 * np.polynomial.hermite_e.poly2herme([1, 2, 3]) // → [4. 2. 3.]
 */
export const poly2herme = fromPowersOf('polynomial.hermite_e.poly2herme', hermiteE);

/**
 * A HermiteE series as a series of powers. Source: numpy.polynomial.hermite_e.herme2poly.
 * @example
 * np.polynomial.hermite_e.herme2poly([1, 2, 3]) // → [-2.  2.  3.]
 */
export const herme2poly = toPowersOf('polynomial.hermite_e.herme2poly', hermiteE, powers);

/**
 * Places and weights by which the integral of f(x) times hermeweight(x) is a sum, exactly for polynomials f up to the degree 2 · deg
 * − 1. Throws a ValueError where deg is not positive. Source: numpy.polynomial.hermite_e.hermegauss.
 * @example
 * np.polynomial.hermite_e.hermegauss(1).map(String) // → ['[0.]', '[2.50662827]']
 */
export const hermegauss = gaussOf('polynomial.hermite_e.hermegauss', (deg) => hermiteQuadrature(hermiteE, deg, 1));

/**
 * The weight exp(−x²/2), over which the polynomials are orthogonal. Source: numpy.polynomial.hermite_e.hermeweight.
 * @example
 * np.polynomial.hermite_e.hermeweight(np.array([2])) // → [0.13533528]
 */
export const hermeweight = weightOf('polynomial.hermite_e.hermeweight', (x) => ufuncs.exp(ufuncs.multiply(-0.5, ufuncs.square(x))));

class HermiteEClass extends Series {
  static override readonly name = 'HermiteE';

  /** @internal */
  static override get descriptor(): Basis {
    return hermiteE;
  }
}

/**
 * A sum of coefficients times Hermite polynomials as probabilists have them, lowest first, at a variable that is mapped from
 * `domain` to `window`. It is called for its values, with or without `new` made, and has methods for Python's operators. Source:
 * numpy.polynomial.HermiteE.
 * @example
 * const p = new np.polynomial.HermiteE([1, 2, 3]);
 * p // → 1.0 + 2.0·He₁(x) + 3.0·He₂(x)
 * p(2) // → 14.0
 * p.mul(p).degree() // → 4
 * p.deriv().coef // → [2. 6.]
 */
export const HermiteE = callable('HermiteE', HermiteEClass);
export type HermiteE = HermiteEClass;
