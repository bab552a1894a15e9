import { returnType } from '../tensor/returnTypes.ts';

/** What functions with several results return. */

export const slogdetOf = (name: string) => returnType(name, 'sign', 'logabsdet');
export const eigenOf = (name: string) => returnType(name, 'eigenvalues', 'eigenvectors');
export const svdOf = returnType('linalg_svd', 'U', 'S', 'Vh');
export const qrOf = returnType('linalg_qr', 'Q', 'R');
export const luOf = (name: string) => returnType(name, 'P', 'L', 'U');
export const factorsOf = returnType('linalg_lu_factor', 'LU', 'pivots');
export const factorsAndInfoOf = returnType('linalg_lu_factor_ex', 'LU', 'pivots', 'info');
export const choleskyOf = returnType('linalg_cholesky_ex', 'L', 'info');
export const inverseOf = returnType('linalg_inv_ex', 'inverse', 'info');
export const solutionOf = returnType('linalg_solve_ex', 'result', 'info');
export const leastSquaresOf = returnType('linalg_lstsq', 'solution', 'residuals', 'rank', 'singular_values');
export const polarOf = returnType('linalg_polar', 'U', 'H');
