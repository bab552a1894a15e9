import { isComplex, isInteger } from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { warn } from '../../core/warnings.ts';
import { reshapeTo, reverse, sliceAxis } from '../../ops/movement.ts';
import { selectAxis } from '../../ops/views.ts';
import { asArray, numbersOf, writeInto } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { finfo } from '../dtypes/limits.ts';
import { sort, where } from '../routines/sorting.ts';
import * as ufuncs from '../ufuncs.ts';
import type { Basis } from './basis.ts';
import { vandermonde } from './evaluation.ts';
import { eigvals, lstsq } from './linalg.ts';
import { asSeries, at, emptyOf, inexact, numbersLike, part, subtractInto, zerosOf } from './series.ts';

/** Roots by the eigenvalues of companion matrices, and fits by least squares. */

/** The root of a series of two coefficients. */
function onlyRoot({ recurrence: { weight, shift, slope } }: Basis, c: ndarray): ndarray {
  const quotient = ufuncs.divide(ufuncs.multiply(part(c, 0, 1), -1 / weight(1)), part(c, 1, 1));
  return slope === 1 ? quotient : ufuncs.subtract(shift(1), quotient);
}

/** The matrix whose eigenvalues are the roots; symmetric where the series is one polynomial of the basis. */
export function companionMatrix(basis: Basis, series: ArrayLike): ndarray {
  const [c] = asSeries([series]);
  if (c.size < 2) throw new ValueError('Series must have maximum degree of at least 1.');
  if (c.size === 2) return reshapeTo(onlyRoot(basis, c), [1, 1]);
  const n = c.size - 1;
  const { beside, on, column } = basis.companion;
  const matrix = zerosOf([n, n], c.dtypeCore);
  const flat = reshapeTo(matrix, [n * n]);
  const write = (start: number, numbers: readonly number[]): void =>
    writeInto(sliceAxis<ndarray>(flat, 0, start, numbers.length, n + 1), numbersLike(c, numbers));
  const numbers = beside(n);
  if (basis.companion.symmetric) write(1, numbers);
  write(n, numbers);
  if (on !== undefined) write(0, on(n));
  subtractInto(selectAxis<ndarray>(matrix, 1, n - 1), column(part(c, 0, n), at(c, n), n));
  return matrix;
}

/** The roots of a series, in rising order. */
export function rootsOf(basis: Basis, series: ArrayLike): ndarray {
  const [c] = asSeries([series]);
  if (c.size < 2) return emptyOf([0], c.dtypeCore);
  if (c.size === 2) return onlyRoot(basis, c);
  const matrix = companionMatrix(basis, c);
  return sort(eigvals(basis.companion.symmetric ? reverse(matrix, [0, 1]) : matrix));
}

/** What a full fit says beside its coefficients: residuals, rank, singular values and the limit below which these count as 0. */
export type FitStatus = [residuals: ndarray, rank: number, singular: ndarray, rcond: number];

/** Degrees as a fit takes them: one, of which all below belong to it, or a list of its own. */
function degreesOf(given: ArrayLike): readonly number[] | number {
  const degrees = asArray(given);
  if (degrees.ndim > 1 || !isInteger(degrees.dtypeCore) || degrees.size === 0) {
    throw new TypeError('deg must be an int or non-empty 1-D array of int');
  }
  const numbers = Array.from(numbersOf(degrees)).sort((a, b) => a - b);
  if (numbers[0] < 0) throw new ValueError('expected deg >= 0');
  return degrees.ndim === 0 ? numbers[0] : numbers;
}

/** The square roots of the sums of squares along rows; 1 where there is nothing. */
function normsOf(rows: ndarray): ndarray {
  const squares = isComplex(rows.dtypeCore) ? ufuncs.add(ufuncs.square(rows.real), ufuncs.square(rows.imag)) : ufuncs.square(rows);
  const norms = ufuncs.sqrt(squares.sum(1));
  return where(ufuncs.equal(norms, 0), numbersLike(norms, [1]), norms) as ndarray;
}

/** The series whose values at x are nearest to y, and what the solution of least squares says about it. */
export function fitted(
  basis: Basis, places: ArrayLike, values: ArrayLike, deg: ArrayLike, rcond: number | null | undefined, full: boolean,
  weights: ArrayLike | null | undefined,
): [coef: ndarray, status: FitStatus] {
  const [x, y] = [places, values].map((each) => inexact(asArray(each)));
  const degrees = degreesOf(deg);
  if (x.ndim !== 1) throw new TypeError('expected 1D vector for x');
  if (x.size === 0) throw new TypeError('expected non-empty vector for x');
  if (y.ndim < 1 || y.ndim > 2) throw new TypeError('expected 1D or 2D array for y');
  if (x.length !== y.length) throw new TypeError('expected x and y to have same length');
  const largest = typeof degrees === 'number' ? degrees : degrees[degrees.length - 1];
  const order = typeof degrees === 'number' ? degrees + 1 : degrees.length;
  const all = vandermonde(basis, x, largest);
  const matrix = typeof degrees === 'number' ? all : all.take(asArray(degrees), 1);
  let [rows, aims] = [matrix.T, y.T];
  if (weights !== null && weights !== undefined) {
    const w = inexact(asArray(weights));
    if (w.ndim !== 1) throw new TypeError('expected 1D vector for w');
    if (x.length !== w.length) throw new TypeError('expected x and w to have same length');
    [rows, aims] = [ufuncs.multiply(rows, w), ufuncs.multiply(aims, w)];
  }
  const limit = rcond ?? x.length * finfo(x.dtype).eps.item();
  const norms = normsOf(rows);
  const [solution, residuals, rank, singular] = lstsq(ufuncs.divide(rows.T, norms), aims.T, limit);
  const coef = ufuncs.divide(solution.T, norms).T;
  if (rank !== order && !full) warn('RankWarning: The fit may be poorly conditioned');
  const status: FitStatus = [residuals, rank, singular, limit];
  if (typeof degrees === 'number') return [coef, status];
  const expanded = zerosOf([largest + 1, ...coef.shape.slice(1)], coef.dtypeCore);
  expanded.set([[...degrees]], coef);
  return [expanded, status];
}
