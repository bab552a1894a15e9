import { NotImplementedError } from '../../core/errors.ts';
import type { ndarray } from '../ndarray/ndarray.ts';

/** What polynomials need of linear algebra. */

const missing = (what: string): NotImplementedError => new NotImplementedError(`${what} needs numpy.linalg, which is not there yet`);

/** The eigenvalues of a square matrix. */
export function eigvals(_matrix: ndarray): ndarray {
  throw missing('the roots of a polynomial');
}

/** The eigenvalues of a symmetric matrix, in rising order. */
export function eigvalsh(_matrix: ndarray): ndarray {
  throw missing('a Gauss quadrature');
}

/** The solution of least squares, the sums of squares that are left, the rank, and the singular values. */
export function lstsq(_a: ndarray, _b: ndarray, _rcond: number): [x: ndarray, residuals: ndarray, rank: number, singular: ndarray] {
  throw missing('a fit');
}

/** The inverse of a square matrix. */
export function inv(_matrix: ndarray): ndarray {
  throw missing('the covariance of a fit');
}
