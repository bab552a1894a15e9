import { complex128, float64, isComplex, isInexact, float16 } from '../../../core/dtype.ts';
import { ValueError } from '../../../core/errors.ts';
import { warn } from '../../../core/warnings.ts';
import { cast } from '../../../ops/cast.ts';
import { fromNumbers, asArray, fromScalar } from '../../ndarray/conversion.ts';
import type { ArrayLike } from '../../ndarray/ndarray.ts';
import type { ndarray } from '../../ndarray/ndarray.ts';
import { finfo } from '../../dtypes/limits.ts';
import { convolve } from '../../routines/differences.ts';
import { checkedJoin } from '../../routines/joining.ts';
import { diag, vander } from '../../routines/matrices.ts';
import { dot, outer } from '../../routines/products.ts';
import { flatnonzero, sort } from '../../routines/sorting.ts';
import * as ufuncs from '../../ufuncs.ts';
import { eigvals, inv, lstsq } from '../linalg.ts';
import { at, atLeastVector, inexact, part, zerosOf } from '../series.ts';

/** Polynomials from their roots, roots of polynomials, and fits by least squares. */

/** The coefficients of the polynomial that has these roots, or is the characteristic one of a matrix. */
export function fromRoots(given: ArrayLike): ndarray {
  let zeros = atLeastVector(given);
  const [n, m] = zeros.shape;
  if (zeros.ndim === 2 && n === m && n !== 0) zeros = eigvals(zeros);
  else if (zeros.ndim !== 1) throw new ValueError('input must be 1d or non-empty square 2d array.');
  else if (!isInexact(zeros.dtypeCore) || zeros.dtypeCore === float16) zeros = cast(zeros, float64);
  if (zeros.length === 0) return fromScalar(1, float64);
  const type = zeros.dtypeCore;
  let c = fromNumbers([1], type);
  for (let i = 0; i < zeros.length; i++) c = convolve(c, asArray([1, ufuncs.negative(at(zeros, i))], type));
  if (!isComplex(type)) return c;
  const roots = cast(zeros, complex128);
  return ufuncs.equal(sort(roots), sort(ufuncs.conjugate(roots))).all().toBoolean() ? c.real.copy() : c;
}

/** The roots, those that are 0 last. */
export function rootsOf(given: ArrayLike): ndarray {
  const p = atLeastVector(given);
  if (p.ndim !== 1) throw new ValueError('Input must be a rank-1 array.');
  const places = flatnonzero(p);
  if (places.size === 0) return zerosOf([0], float64);
  const [first, last] = [at(places, 0).item(), at(places, -1).item()];
  const c = inexact(part(p, first, last - first + 1));
  let roots = zerosOf([0], float64);
  if (c.size > 1) {
    const matrix = diag(fromNumbers(new Array<number>(c.size - 2).fill(1), c.dtypeCore), -1).copy();
    matrix.set([0], ufuncs.divide(ufuncs.negative(part(c, 1)), at(c, 0)));
    roots = eigvals(matrix);
  }
  return checkedJoin([roots, zerosOf([p.size - 1 - last], roots.dtypeCore)], { axis: 0 });
}

/** What a fit is asked for beside the points. */
export interface FitRequest {
  readonly deg: number;
  readonly rcond: number | null | undefined;
  readonly full: boolean;
  readonly w: ArrayLike | null | undefined;
  readonly cov: boolean | 'unscaled';
}
export type FullFit = [c: ndarray, residuals: ndarray, rank: number, singular: ndarray, rcond: number];
export type FitWithCovariance = [c: ndarray, covariance: ndarray];

/** The polynomial that is nearest to y at the points x, and what is asked for beside it. */
export function fitted(
  places: ArrayLike, values: ArrayLike, { deg, rcond, full, w, cov }: FitRequest,
): ndarray | FullFit | FitWithCovariance {
  const order = deg + 1;
  const [x, y] = [places, values].map((each) => inexact(asArray(each)));
  if (deg < 0) throw new ValueError('expected deg >= 0');
  if (x.ndim !== 1) throw new TypeError('expected 1D vector for x');
  if (x.size === 0) throw new TypeError('expected non-empty vector for x');
  if (y.ndim < 1 || y.ndim > 2) throw new TypeError('expected 1D or 2D array for y');
  if (x.length !== y.length) throw new TypeError('expected x and y to have same length');
  const limit = rcond ?? x.length * finfo(x.dtype).eps.item();
  let [matrix, aims] = [vander(x, order), y];
  if (w !== null && w !== undefined) {
    const weights = inexact(asArray(w));
    if (weights.ndim !== 1) throw new TypeError('expected a 1-d array for weights');
    if (weights.length !== y.length) throw new TypeError('expected w and y to have the same length');
    const column = weights.at(':', null);
    [matrix, aims] = [ufuncs.multiply(matrix, column), ufuncs.multiply(aims, aims.ndim === 2 ? column : weights)];
  }
  const scale = ufuncs.sqrt(ufuncs.multiply(matrix, matrix).sum(0));
  matrix = ufuncs.divide(matrix, scale);
  const [solution, residuals, rank, singular] = lstsq(matrix, aims, limit);
  const c = ufuncs.divide(solution.T, scale).T;
  if (rank !== order && !full) warn('RankWarning: Polyfit may be poorly conditioned');
  if (full) return [c, residuals, rank, singular, limit];
  if (cov === false) return c;
  const base = ufuncs.divide(inv(dot(matrix.T, matrix)), outer(scale, scale));
  if (cov !== 'unscaled' && x.length <= order) {
    throw new ValueError('the number of data points must exceed order to scale the covariance matrix');
  }
  const factor = cov === 'unscaled' ? asArray(1) : ufuncs.divide(residuals, x.length - order);
  return [c, ufuncs.multiply(y.ndim === 1 ? base : base.at(':', ':', null), factor)];
}
