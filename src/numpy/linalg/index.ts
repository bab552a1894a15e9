/** `np.linalg`: linear algebra. A program has of it what it calls. */
export { LinAlgError } from '../../core/errors.ts';
export { cholesky, qr, svd, svdvals } from './decompositions.ts';
export type { QRMode } from './decompositions.ts';
export * from './eigenvalues.ts';
export * from './norms.ts';
export * from './numbers.ts';
export {
  cross, diagonal, matmul, matrix_power, matrix_transpose, multi_dot, outer, tensordot, trace, vecdot,
} from './products.ts';
export type { EigResult, EighResult, QRResult, SVDResult, SlogdetResult } from './results.ts';
export { inv, lstsq, pinv, solve, tensorinv, tensorsolve } from './solving.ts';
