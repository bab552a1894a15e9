import { isScalar } from '../../../core/complex.ts';
import { routine } from '../../arguments/routine.ts';
import type { ArrayLike } from '../../ndarray/ndarray.ts';
import type { ndarray } from '../../ndarray/ndarray.ts';
import * as ufuncs from '../../ufuncs.ts';
import { toInt } from '../integers.ts';
import { combined, composed, derivativeOf, integralOf, product, quotient, valuesAt } from './coefficients.ts';
import { Polynomial1d, coefficientsOf, divided } from './poly1d.ts';
import type { FitWithCovariance, FullFit } from './roots.ts';
import { fitted, fromRoots, rootsOf } from './roots.ts';

/** Functions of polynomials whose highest power comes first: of coefficients, or of poly1d, which they then give. */

type Integer = number | bigint | ndarray;
type Given = Polynomial1d | ArrayLike;

/** A result as poly1d where one of the operands is. */
type Alike<P> = P extends Polynomial1d ? Polynomial1d : ndarray;
const alike = (operands: readonly Given[], result: ndarray): ndarray | Polynomial1d =>
  (operands.some((each) => each instanceof Polynomial1d) ? new Polynomial1d(result) : result);

/** A function of two polynomials. */
interface Both {
  <A extends Given, B extends Given>(a1: A, a2: B): Alike<A | B>;
  <A extends Given, B extends Given>(a1: A, options: { readonly a2: B }): Alike<A | B>;
  <A extends Given, B extends Given>(options: { readonly a1: A; readonly a2: B }): Alike<A | B>;
}
const ofBoth = (name: string, compute: (a1: ArrayLike, a2: ArrayLike) => ndarray): Both => routine(name, 'a1, a2', (
  a1: Given, a2: Given,
): ndarray | Polynomial1d => alike([a1, a2], compute(coefficientsOf(a1), coefficientsOf(a2)))) as unknown as Both;

/**
 * The sum of two polynomials. Source: numpy.polyadd.
 * @example
 * np.polyadd([1, 2], [9, 5, 4]) // → [9 6 6]
 */
export const polyadd = ofBoth('polyadd', (a1, a2) => combined(ufuncs.add, a1, a2));

/**
 * The difference of two polynomials. Source: numpy.polysub.
 * @example
 * np.polysub([2, 10, -2], [3, 10, -4]) // → [-1  0  2]
 */
export const polysub = ofBoth('polysub', (a1, a2) => combined(ufuncs.subtract, a1, a2));

/**
 * The product of two polynomials. Source: numpy.polymul.
 * @example
 * np.polymul([1, 2, 3], [9, 5, 1]) // → [ 9 23 38 17  3]
 */
export const polymul = ofBoth('polymul', product);

/**
 * Quotient and remainder of two polynomials. Source: numpy.polydiv.
 * @example
 * np.polydiv([3, 5, 2], [2, 1]).map(String) // → ['[1.5  1.75]', '[0.25]']
 */
export const polydiv = routine('polydiv', 'u, v', (u: Given, v: Given): [ndarray, ndarray] | [Polynomial1d, Polynomial1d] => {
  const [a, b] = [coefficientsOf(u), coefficientsOf(v)];
  return u instanceof Polynomial1d || v instanceof Polynomial1d ? divided(a, b) : quotient(a, b);
}) as unknown as {
  <A extends Given, B extends Given>(u: A, v: B): [quotient: Alike<A | B>, remainder: Alike<A | B>];
  <A extends Given, B extends Given>(u: A, options: { readonly v: B }): [quotient: Alike<A | B>, remainder: Alike<A | B>];
  <A extends Given, B extends Given>(options: { readonly u: A; readonly v: B }): [quotient: Alike<A | B>, remainder: Alike<A | B>];
};

/**
 * Values of a polynomial at points, or the polynomial of another one. Source: numpy.polyval.
 * @example
 * np.polyval([3, 0, 1], 5) // → 76
 */
export const polyval = routine('polyval', 'p, x', (p: Given, x: Given): ndarray | Polynomial1d =>
  (x instanceof Polynomial1d ? new Polynomial1d(composed(coefficientsOf(p), x.coeffs)) : valuesAt(coefficientsOf(p), x))) as unknown as {
  <X extends Given>(p: Given, x: X): Alike<X>;
  <X extends Given>(p: Given, options: { readonly x: X }): Alike<X>;
  <X extends Given>(options: { readonly p: Given; readonly x: X }): Alike<X>;
};

/**
 * The m-th derivative of a polynomial. Throws a ValueError where m is negative. Source: numpy.polyder.
 * @example
 * np.polyder([1, 1, 1, 1]) // → [3 2 1]
 */
export const polyder = routine('polyder', 'p, m: Any=1', (p: Given, m: Integer = 1): ndarray | Polynomial1d =>
  alike([p], derivativeOf(coefficientsOf(p), m))) as unknown as {
  <P extends Given>(p: P, m?: Integer): Alike<P>;
  <P extends Given>(p: P, options: { readonly m?: Integer }): Alike<P>;
  <P extends Given>(options: { readonly p: P; readonly m?: Integer }): Alike<P>;
};

/**
 * The m-th integral of a polynomial, with constants k. Throws a ValueError where m is negative or k too short. Source: numpy.polyint.
 * @example
 * np.polyint([1, 1, 1], { k: 5 }) // → [0.33333333 0.5        1.         5.        ]
 */
export const polyint = routine('polyint', 'p, m: Any=1, k=None', (
  p: Given, m: Integer = 1, k?: ArrayLike | null,
): ndarray | Polynomial1d => alike([p], integralOf(coefficientsOf(p), m, k))) as unknown as {
  <P extends Given>(p: P, m?: Integer, k?: ArrayLike | null): Alike<P>;
  <P extends Given>(p: P, m: Integer, options: { readonly k?: ArrayLike | null }): Alike<P>;
  <P extends Given>(p: P, options: { readonly m?: Integer; readonly k?: ArrayLike | null }): Alike<P>;
  <P extends Given>(options: { readonly p: P; readonly m?: Integer; readonly k?: ArrayLike | null }): Alike<P>;
};

/** Coefficients; one number alone is none, and refused in the words of NumPy's. */
function listOf(given: Given): ArrayLike {
  if (isScalar(given)) throw new TypeError('dispatcher for __array_function__ did not return an iterable');
  return coefficientsOf(given);
}

/**
 * The coefficients of the polynomial with these roots, or the characteristic polynomial of a square matrix. Throws a ValueError for
 * anything else. Source: numpy.poly.
 * @example
 * np.poly([1, 2, 3]) // → [ 1. -6. 11. -6.]
 */
export const poly = routine('poly', 'seq_of_zeros', (seq_of_zeros: Given): ndarray => fromRoots(listOf(seq_of_zeros)));

/**
 * The roots of a polynomial. Throws a ValueError for what is no vector. Source: numpy.roots.
 * @example
 * np.roots([1, -3, 2]).round(4) // → [2. 1.]
 */
export const roots = routine('roots', 'p', (p: Given): ndarray => rootsOf(listOf(p)));

interface FitOptions {
  readonly rcond?: number | null;
  readonly w?: ArrayLike | null;
}
interface Fit {
  (x: ArrayLike, y: ArrayLike, deg: Integer, options: FitOptions & { readonly full: true; readonly cov?: boolean | 'unscaled' }): FullFit;
  (x: ArrayLike, y: ArrayLike, deg: Integer, options: FitOptions & { readonly full?: false; readonly cov: true | 'unscaled' }):
  FitWithCovariance;
  (x: ArrayLike, y: ArrayLike, deg: Integer, rcond?: number | null, full?: false, w?: ArrayLike | null, cov?: false): ndarray;
  (x: ArrayLike, y: ArrayLike, deg: Integer, options: FitOptions & { readonly full?: false; readonly cov?: false }): ndarray;
  (options: FitOptions & {
    readonly x: ArrayLike; readonly y: ArrayLike; readonly deg: Integer; readonly full?: false; readonly cov?: false;
  }): ndarray;
  (...args: readonly unknown[]): ndarray | FullFit | FitWithCovariance;
}

/**
 * The polynomial of a degree that is nearest to y at the points x by least squares, with weights w. With `full: true` residuals, rank,
 * singular values and `rcond` follow it, with `cov: true` the covariance of the coefficients. Source: numpy.polyfit.
 * @example
 * np.polyfit([0, 1, 2], [1, 3, 5], 1).round(4) // → [2. 1.]
 */
export const polyfit = routine('polyfit', 'x, y, deg, rcond: float=None, full=False, w=None, cov: Any=False', (
  x: ArrayLike, y: ArrayLike, deg: Integer, rcond?: number | null, full: boolean = false, w?: ArrayLike | null,
  cov: boolean | 'unscaled' = false,
): ndarray | FullFit | FitWithCovariance => fitted(x, y, { deg: toInt(deg), rcond, full, w, cov })) as unknown as Fit;
