import { warn } from '../../core/warnings.ts';
import { ValueError, shown } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { triangle } from '../../ops/copies.ts';
import { cholesky as choleskyOf } from '../../ops/linalg/cholesky.ts';
import { geqrf, qr as qrOf } from '../../ops/linalg/qr.ts';
import { svd as svdOf } from '../../ops/linalg/svd.ts';
import { reverse, sliceAxis, unsqueeze } from '../../ops/movement.ts';
import { routine } from '../arguments/routine.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { argsort, sort, take_along_axis } from '../routines/sorting.ts';
import * as ufuncs from '../ufuncs.ts';
import { eigh, eigvalsh } from './eigenvalues.ts';
import { asReal, checkConverged, checkInfo, checkMatrices, checkSquare, extentsOf, transposed, typesOf } from './operands.ts';
import { QRResult, SVDResult } from './results.ts';
import { singularValues } from './singularValues.ts';

/** Matrices as products. All take stacks of matrices, whose last two axes they are. */

/**
 * The lower triangle L with L·Lᴴ = a, or with `upper` its adjoint; of a Hermitian matrix, of which one triangle is read. Throws a
 * LinAlgError where the matrix is not positive definite. Source: numpy.linalg.cholesky.
 * @example
 * np.linalg.cholesky([[4, 2], [2, 5]]) // → [[2. 0.]
 *                                      //    [1. 2.]]
 */
export const cholesky = routine('linalg.cholesky', 'a, /, *, upper=False', (a: ArrayLike, upper: boolean = false): ndarray => {
  const x = asArray(a);
  checkSquare(x);
  const { work, result } = typesOf(x);
  const { factor, info } = choleskyOf<ndarray>(cast(x, work), upper);
  checkInfo(info, 'Matrix is not positive definite');
  return cast(factor, result);
});

export type QRMode = 'reduced' | 'complete' | 'r' | 'raw';

/** The mode of a call; two that are older are still known, as NumPy has it. */
function modeOf(mode: string): QRMode | 'economic' {
  switch (mode) {
    case 'reduced': case 'complete': case 'r': case 'raw': return mode;
    case 'f': case 'full':
      warn("DeprecationWarning: The 'full' option is deprecated in favor of 'reduced'.\nFor backward compatibility let mode default.");
      return 'reduced';
    case 'e': case 'economic':
      warn("DeprecationWarning: The 'economic' option is deprecated.");
      return 'economic';
    default: throw new ValueError(`Unrecognized mode '${shown(mode)}'`);
  }
}

const orthogonal = routine('linalg.qr', "a, mode: Any = 'reduced'", (
  a: ArrayLike, given: string = 'reduced',
): QRResult | ndarray | [h: ndarray, tau: ndarray] => {
  const mode = modeOf(given);
  const x = asArray(a);
  checkMatrices(x);
  const { work, result } = typesOf(x);
  const wide = cast(x, work);
  if (mode === 'reduced' || mode === 'complete') {
    const { q, r } = qrOf<ndarray>(wide, mode === 'complete');
    return new QRResult(cast(q, result), cast(r, result));
  }
  const { h, tau } = geqrf<ndarray>(wide);
  if (mode === 'raw') return [cast(transposed(h), result), cast(tau, result)];
  if (mode === 'economic') return cast(h, result);
  return cast(triangle<ndarray>(sliceAxis<ndarray>(h, h.ndim - 2, 0, Math.min(...extentsOf(h))), 'upper', 0), result);
});

/**
 * A matrix as the product of one with orthonormal columns and an upper triangle, `const [q, r] = np.linalg.qr(a)`; of mode 'complete'
 * with a square q, of 'r' the triangle alone, of 'raw' LAPACK's reflectors, transposed, and their factors. Source: numpy.linalg.qr.
 * @example
 * const { Q, R } = np.linalg.qr([[3, 1], [4, 2]]);
 * R // → [[-5.  -2.2]
 *   //    [ 0.   0.4]]
 * np.allclose(Q.matmul(R), [[3, 1], [4, 2]]) // → true
 */
export const qr = orthogonal as {
  (a: ArrayLike, mode: 'raw' | { readonly mode: 'raw' }): [h: ndarray, tau: ndarray];
  (a: ArrayLike, mode: 'r' | { readonly mode: 'r' }): ndarray;
  (a: ArrayLike, mode?: 'reduced' | 'complete' | { readonly mode?: 'reduced' | 'complete' }): QRResult;
  (...args: Parameters<typeof orthogonal>): QRResult | ndarray | [h: ndarray, tau: ndarray];
};

/** Of a Hermitian matrix singular values are the eigenvalues without their signs, and vectors the eigenvectors. */
function hermitianParts(x: ndarray): SVDResult {
  const [values, vectors] = eigh(x);
  const sizes = ufuncs.absolute(values);
  const order = reverse<ndarray>(argsort(sizes), [sizes.ndim - 1]);
  const signs = take_along_axis(ufuncs.copysign(1, values), order);
  const u = take_along_axis(vectors, unsqueeze<ndarray>(order, order.ndim - 1));
  return new SVDResult(u, take_along_axis(sizes, order), ufuncs.conjugate(transposed(
    ufuncs.multiply(u, unsqueeze<ndarray>(signs, signs.ndim - 1)))));
}

/** Singular values alone. */
export function sizesOf(x: ndarray, hermitian: boolean): ndarray {
  if (!hermitian) return singularValues(x);
  const sizes = sort(ufuncs.absolute(eigvalsh(x)));
  return reverse<ndarray>(sizes, [sizes.ndim - 1]);
}

/** Singular values and vectors. */
export function partsOf(x: ndarray, full: boolean, hermitian: boolean): SVDResult {
  if (hermitian) return hermitianParts(x);
  checkMatrices(x);
  const types = typesOf(x);
  const wide = cast(x, types.work);
  const { u, s, vh, info } = svdOf<ndarray>(wide, full);
  checkConverged(wide, info, 'SVD did not converge', true);
  return new SVDResult(cast(u, types.result), asReal(s, types), cast(vh, types.result));
}

const singular = routine('linalg.svd', 'a, full_matrices=True, compute_uv=True, hermitian=False', (
  a: ArrayLike, full_matrices: boolean = true, compute_uv: boolean = true, hermitian: boolean = false,
): SVDResult | ndarray => {
  const x = asArray(a);
  return compute_uv ? partsOf(x, full_matrices, hermitian) : sizesOf(x, hermitian);
});

interface SVDOptions {
  readonly full_matrices?: boolean;
  readonly compute_uv?: boolean;
  readonly hermitian?: boolean;
}
type Singular<C> = [C] extends [false] ? ndarray : SVDResult;

/**
 * A matrix as u · diag(s) · vh with orthonormal columns of u and rows of vh, which are square unless `full_matrices` is false, and singular
 * values s in descending order: `const [u, s, vh] = np.linalg.svd(a)`; s alone where `compute_uv` is false. Source: numpy.linalg.svd.
 * @example
 * np.linalg.svd([[3, 0], [0, -4]]).S // → [4. 3.]
 * np.linalg.svd(np.ones([4, 2]), { full_matrices: false }).U.shape // → [4, 2]
 */
export const svd = singular as {
  <const O extends SVDOptions>(a: ArrayLike, options: O): Singular<O['compute_uv']>;
  <const C extends boolean = true>(a: ArrayLike, full_matrices?: boolean, compute_uv?: C, hermitian?: boolean): Singular<C>;
  (...args: Parameters<typeof singular>): SVDResult | ndarray;
};

/**
 * The singular values of a matrix, in descending order. Source: numpy.linalg.svdvals.
 * @example
 * np.linalg.svdvals([[3, 0], [0, -4]]) // → [4. 3.]
 */
export const svdvals = routine('linalg.svdvals', 'x, /', (x: ArrayLike): ndarray => singularValues(asArray(x)));
