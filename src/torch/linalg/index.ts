/** Linear algebra; a program has of it what it calls. Source: torch.linalg. */
export {
  cholesky, cholesky_ex, eig, eigh, eigvals, eigvalsh, householder_product, lu, lu_factor, lu_factor_ex, matrix_sqrth, polar, qr, svd,
  svdvals,
} from './decompositions.ts';
export { matrix_norm, norm, vector_norm } from './norms.ts';
export type { NormOrder } from './norms.ts';
export { cond, det, matrix_rank, slogdet } from './numbers.ts';
export { LinAlgError } from './operands.ts';
export { cross, diagonal, matmul, matrix_exp, matrix_power, multi_dot, vander, vecdot } from './products.ts';
export { inv, inv_ex, lstsq, lu_solve, pinv, solve, solve_ex, solve_triangular, tensorinv, tensorsolve } from './solving.ts';
export type { LeastSquares } from './solving.ts';
