import { routine } from '../arguments/routine.ts';
import type { PrintStyle } from './printing.ts';
import { useStyle } from './printing.ts';

/** `np.polynomial`: series of powers and of orthogonal polynomials, as classes and as functions of their coefficients. */
export { Chebyshev } from './chebyshev.ts';
export { Hermite } from './hermite.ts';
export { HermiteE } from './hermite_e.ts';
export { Laguerre } from './laguerre.ts';
export { Legendre } from './legendre.ts';
export { Polynomial } from './polynomial.ts';
export * as chebyshev from './chebyshev.ts';
export * as hermite from './hermite.ts';
export * as hermite_e from './hermite_e.ts';
export * as laguerre from './laguerre.ts';
export * as legendre from './legendre.ts';
export * as polynomial from './polynomial.ts';
export * as polyutils from './polyutils.ts';
export type { FitOptions, Series, SeriesClass } from './polybase.ts';
export type { FitStatus } from './solvers.ts';

/**
 * How series are written from now on: 'unicode', with raised and lowered digits, or 'ascii'. Throws a ValueError for anything else. Source:
 * numpy.polynomial.set_default_printstyle.
 * @example
 * np.polynomial.set_default_printstyle('ascii');
 * String(new np.polynomial.Polynomial([1, 2, 3])) // → 1.0 + 2.0 x + 3.0 x**2
 * np.polynomial.set_default_printstyle('unicode');
 */
export const set_default_printstyle = routine('polynomial.set_default_printstyle', 'style', (style: PrintStyle): void => useStyle(style));
