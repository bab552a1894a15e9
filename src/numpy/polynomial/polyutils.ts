import { listOf } from '../../core/errors.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { routine } from '../arguments/routine.ts';
import { domainOf, mapParameters, mapped } from './domains.ts';
import { floatText } from './printing.ts';
import { asSeries, trimmed, trimmedBy } from './series.ts';

/** `np.polynomial.polyutils`: what the modules of polynomials have in common. */

/**
 * Copies of coefficients as vectors of the one inexact dtype that they have together, without the zeros at their end unless `trim` is
 * false. Throws a ValueError for what is empty or no vector. Source: numpy.polynomial.polyutils.as_series.
 * @example
 * np.polynomial.polyutils.as_series([[1, 2, 0], [0.5]]).map(String) // → ['[1. 2.]', '[0.5]']
 */
export const as_series = routine('polynomial.polyutils.as_series', 'alist, trim=True', (
  alist: readonly ArrayLike[] | ndarray, trim: boolean = true,
): ndarray[] => asSeries(listOf(alist as Iterable<ArrayLike>), trim) as ndarray[]);

/**
 * A sequence without the zeros at its end, of which the last stays where there is nothing else. Source:
 * numpy.polynomial.polyutils.trimseq.
 * @example
 * np.polynomial.polyutils.trimseq(np.array([1, 2, 0, 0])) // → [1 2]
 */
export const trimseq = routine('polynomial.polyutils.trimseq', 'seq', (seq: ArrayLike): ndarray => {
  const x = asArray(seq);
  return x.length === 0 ? x : trimmed(x);
});

/**
 * The coefficients without those at their end whose size is `tol` (0) or less. Source: numpy.polynomial.polyutils.trimcoef.
 * @example
 * np.polynomial.polyutils.trimcoef([0, 1, 0, 1e-3], 1e-2) // → [0. 1.]
 */
export const trimcoef = routine('polynomial.polyutils.trimcoef', 'c, tol: array_like=0', (c: ArrayLike, tol: ArrayLike = 0): ndarray =>
  trimmedBy(c, tol));

/**
 * The smallest interval that holds the points; of complex ones the corners of the smallest rectangle. Source:
 * numpy.polynomial.polyutils.getdomain.
 * @example
 * np.polynomial.polyutils.getdomain([1, 4, -2]) // → [-2.  4.]
 */
export const getdomain = routine('polynomial.polyutils.getdomain', 'x', (x: ArrayLike): ndarray => domainOf(x));

/**
 * Offset and scale of the line that maps one interval onto another. Source: numpy.polynomial.polyutils.mapparms.
 * @example
 * np.polynomial.polyutils.mapparms([0, 4], [-1, 1]).map(String) // → ['-1.0', '0.5']
 */
export const mapparms = routine('polynomial.polyutils.mapparms', 'old, new', (old: ArrayLike, next: ArrayLike): [ndarray, ndarray] =>
  mapParameters(old, next));

/**
 * Points mapped as one interval is onto another. Source: numpy.polynomial.polyutils.mapdomain.
 * @example
 * np.polynomial.polyutils.mapdomain([0, 1, 4], [0, 4], [-1, 1]) // → [-1.  -0.5  1. ]
 */
export const mapdomain = routine('polynomial.polyutils.mapdomain', 'x, old, new', (
  x: ArrayLike, old: ArrayLike, next: ArrayLike,
): ndarray => mapped(x, old, next));

/**
 * A number as polynomials print it. Source: numpy.polynomial.polyutils.format_float.
 * @example
 * np.polynomial.polyutils.format_float(np.float64(2.5e-9), true) // → (2.5e-09)
 */
export const format_float = routine('polynomial.polyutils.format_float', 'x, parens=False', (
  x: ArrayLike, parens: boolean = false,
): string => floatText(asArray(x), parens));
