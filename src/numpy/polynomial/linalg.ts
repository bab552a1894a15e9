import * as solving from '../linalg/solving.ts';
import type { ndarray } from '../ndarray/ndarray.ts';

/** What polynomials need of linear algebra. */

export { eigvals, eigvalsh } from '../linalg/eigenvalues.ts';
export { inv } from '../linalg/solving.ts';

/** The solution of least squares, the sums of squares that are left, the rank, and the singular values. */
export function lstsq(a: ndarray, b: ndarray, rcond: number): [x: ndarray, residuals: ndarray, rank: number, singular: ndarray] {
  const [x, residuals, rank, singular] = solving.lstsq(a, b, rcond);
  return [x, residuals, rank.item(), singular];
}
