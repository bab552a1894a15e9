import * as core from '../../core/dtype.ts';
import { RuntimeError } from '../../core/errors.ts';
import { triangle } from '../../ops/copies.ts';
import { full, fullLike } from '../../ops/creation.ts';
import { elementAt } from '../../ops/host.ts';
import { cholesky as choleskyOf } from '../../ops/linalg/cholesky.ts';
import * as eigen from '../../ops/linalg/eigen.ts';
import { luFactor, permutationMatrix } from '../../ops/linalg/lu.ts';
import { geqrf, householderProduct, qr as qrOf } from '../../ops/linalg/qr.ts';
import { matrixSqrth, polarFactors } from '../../ops/linalg/roots.ts';
import * as singular from '../../ops/linalg/svd.ts';
import { sliceAxis } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { all, allAxes } from '../../ops/reduce.ts';
import { keyed } from '../arguments/keyed.ts';
import { listText } from '../arguments/sizes.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { Tensor } from '../tensor/tensor.ts';
import {
  checkInexact, checkInfo, checkInvertible, checkKernel, checkMatrices, checkSquare, extentsOf, inLinalg, linalg, several, shapeOf, words,
} from './operands.ts';
import * as types from './returnTypes.ts';

/** Matrices as products. All take batches of matrices, whose last two dimensions they are. */

function choleskyParts(input: Tensor, upper: boolean, checks: boolean): readonly [L: Tensor, info: Tensor] {
  checkSquare('linalg.cholesky', input);
  checkInexact('linalg.cholesky', input.dtypeCore);
  checkKernel('cholesky_cpu', input);
  const { factor, info } = choleskyOf(input, upper);
  if (checks) checkInfo('linalg.cholesky', info, words.cholesky);
  return [factor, info];
}

/**
 * The lower triangle L with L·Lᴴ = input, or with `upper` its adjoint; of a Hermitian matrix, of which one triangle is read. Throws a
 * LinAlgError where the matrix is not positive definite. Source: torch.linalg.cholesky.
 * @example
 * torch.linalg.cholesky(torch.Tensor([[4, 2], [2, 5]])); // → tensor([[2., 0.],
 *                                                        //           [1., 2.]])
 */
export const cholesky = linalg('cholesky', 'input, *, upper=False, out=None', (input: Tensor, upper: boolean = false): Tensor =>
  choleskyParts(input, upper, true)[0]);

/**
 * As cholesky, with the order of the first leading block that is not positive definite, 0 where all are, instead of an error. Source:
 * torch.linalg.cholesky_ex.
 * @example
 * torch.linalg.cholesky_ex(torch.Tensor([[1, 2], [2, 1]])).info; // → tensor(2, dtype=torch.int32)
 */
export const cholesky_ex = several('linalg.cholesky_ex', 'input, *, upper=False, check_errors=False', types.choleskyOf, (
  input: Tensor, upper: boolean = false, check_errors: boolean = false,
) => choleskyParts(input, upper, check_errors));

/** How PyTorch's modes are meant. */
function isComplete(mode: string): boolean {
  if (mode === 'reduced' || mode === 'complete' || mode === 'r') return mode === 'complete';
  throw new RuntimeError(`qr received unrecognized mode '${mode}' but expected one of 'reduced' (default), 'r', or 'complete'`);
}

/**
 * A matrix as the product of one with orthonormal columns and an upper triangle; of mode 'complete' with a square Q, of 'r' the triangle
 * alone. Source: torch.linalg.qr.
 * @example
 * torch.linalg.qr(torch.Tensor([[3, 1], [4, 2]])).R; // → tensor([[-5.0000, -2.2000],
 *                                                    //           [ 0.0000,  0.4000]])
 */
export const qr = several('linalg.qr', "A: Tensor, mode='reduced'", types.qrOf, (A: Tensor, mode: string = 'reduced') => {
  checkMatrices('linalg.qr', A);
  checkInexact('linalg.qr', A.dtypeCore);
  const complete = isComplete(mode);
  checkKernel('geqrf_cpu', A);
  if (mode !== 'r') {
    const { q, r } = qrOf(A, complete);
    return [q, r];
  }
  const nothing = full(Tensor, [0], 0, A.dtypeCore, A.storage.device);
  if (A.requires_grad) {
    throw new RuntimeError("The derivative of linalg.qr depends on Q, which is not computed when mode='r'. Please use "
      + "linalg.qr(A, mode='reduced') if you are going to require gradients through linalg.qr.");
  }
  const { h } = geqrf(A);
  return [nothing, triangle(sliceAxis(h, shapeOf(h).length - 2, 0, Math.min(...extentsOf(h))), 'upper', 0)];
});

function checkSingular(A: Tensor, driver: string | null | undefined): void {
  checkMatrices('linalg.svd', A);
  checkInexact('linalg.svd', A.dtypeCore);
  checkKernel('linalg_svd_cpu', A);
  if (driver !== null && driver !== undefined) {
    throw new RuntimeError('torch.linalg.svd: keyword argument `driver=` is only supported on CUDA inputs with cuSOLVER backend.');
  }
}

/** Singular values and vectors of what was checked. */
export function singularParts(A: Tensor, isFull: boolean, driver?: string | null): readonly [U: Tensor, S: Tensor, Vh: Tensor] {
  checkSingular(A, driver);
  const { u, s, vh, info } = singular.svd(A, isFull);
  checkInfo('linalg.svd', info, words.singularValues);
  return [u, s, vh];
}

/**
 * A matrix as U · diag(S) · Vh: of singular values in descending order and vectors, as many as the matrix has rows and columns, or with
 * `full_matrices` false as there are values. Source: torch.linalg.svd.
 * @example
 * torch.linalg.svd(torch.Tensor([[3, 0], [0, 4]])).S; // → tensor([4., 3.])
 */
export const svd = several('linalg.svd', 'A: Tensor, full_matrices=True, *, driver: str = None', types.svdOf, (
  A: Tensor, full_matrices: boolean = true, driver?: string | null,
) => singularParts(A, full_matrices, driver), { kind: 'tuple of Tensors (3)' });

/**
 * The singular values of a matrix, in descending order. Source: torch.linalg.svdvals.
 * @example
 * torch.linalg.svdvals(torch.Tensor([[3, 0], [0, 4]])); // → tensor([4., 3.])
 */
export const svdvals = linalg('svdvals', 'A: Tensor, *, driver: str = None, out=None', (A: Tensor, driver?: string | null): Tensor => {
  checkSingular(A, driver);
  const { s, info } = singular.svdvals(A);
  checkInfo('linalg.svd', info, words.singularValues);
  return s;
});

function factors(name: string, A: Tensor, pivot: boolean): { lu: Tensor; pivots: Tensor; info: Tensor } {
  if (shapeOf(A).length < 2) {
    throw new RuntimeError(`${name}: Expected tensor with 2 or more dimensions. Got size: ${listText(shapeOf(A))} instead`);
  }
  checkKernel('lu_cpu', A);
  if (!pivot) throw new RuntimeError('linalg.lu_factor: LU without pivoting is not implemented on the CPU');
  return luFactor(A);
}

/** The triangles that lie in one array, with ones on the diagonal of the lower. */
export function trianglesOf(lu: Tensor): readonly [L: Tensor, U: Tensor] {
  const ndim = shapeOf(lu).length;
  const least = Math.min(...extentsOf(lu));
  const [left, top] = [sliceAxis(lu, ndim - 1, 0, least), sliceAxis(lu, ndim - 2, 0, least)];
  const ones = triangle(triangle(fullLike(left, 1), 'lower', 0), 'upper', 0);
  return [ops.add(triangle(left, 'lower', -1), ones), triangle(top, 'upper', 0)];
}

/**
 * A matrix as the product of a permutation, a lower triangle with ones on its diagonal, and an upper one. Source: torch.linalg.lu.
 * @example
 * torch.linalg.lu(torch.Tensor([[1, 2], [4, 4]])).U; // → tensor([[4., 4.],
 *                                                    //           [0., 1.]])
 */
export const lu = several('linalg.lu', 'A: Tensor, *, pivot=True', types.luOf('linalg_lu'), (A: Tensor, pivot: boolean = true) => {
  const { lu: both, pivots } = factors('linalg.lu', A, pivot);
  return [permutationMatrix(both, pivots).detach(), ...trianglesOf(both)];
}, { kind: 'tuple of Tensors (3)' });

/** Both triangles in one matrix, and the rows that were exchanged; throws where a pivot is 0. */
export function checkedFactors(A: Tensor, pivot: boolean): readonly [LU: Tensor, pivots: Tensor] {
  const { lu: both, pivots, info } = factors('torch.lu_factor', A, pivot);
  checkInfo('torch.linalg.lu_factor', info, words.factors, RuntimeError);
  return [both, pivots];
}

/** The same, and which pivot is 0. */
export function factorsAndInfo(A: Tensor, pivot: boolean, checks: boolean): readonly [LU: Tensor, pivots: Tensor, info: Tensor] {
  const { lu: both, pivots, info } = factors('torch.lu_factor', A, pivot);
  if (checks) checkInfo('torch.linalg.lu_factor_ex', info, words.factors, RuntimeError);
  return [both, pivots, info];
}

/**
 * The triangles of lu in one matrix, and the rows that were exchanged, counted from 1, as lu_solve takes them. Throws a RuntimeError where
 * a pivot is 0. Source: torch.linalg.lu_factor.
 * @example
 * torch.linalg.lu_factor(torch.Tensor([[1, 2], [4, 4]])).LU; // → tensor([[4.0000, 4.0000],
 *                                                            //           [0.2500, 1.0000]])
 */
export const lu_factor = several('linalg.lu_factor', 'A: Tensor, *, pivot=True', types.factorsOf, (A: Tensor, pivot: boolean = true) =>
  checkedFactors(A, pivot));

/**
 * As lu_factor, with the place of the first pivot that is 0, or 0, instead of an error. Source: torch.linalg.lu_factor_ex.
 * @example
 * torch.linalg.lu_factor_ex(torch.ones(2, 2)).info; // → tensor(2, dtype=torch.int32)
 */
export const lu_factor_ex = several('linalg.lu_factor_ex', 'A: Tensor, *, pivot=True, check_errors=False', types.factorsAndInfoOf, (
  A: Tensor, pivot: boolean = true, check_errors: boolean = false,
) => factorsAndInfo(A, pivot, check_errors), { kind: 'tuple of Tensors (3)' });

/** Square matrices of which all numbers are finite, as eigenvalues of any kind want them. */
function general(name: string, input: Tensor): Tensor {
  checkSquare(name, input);
  const { dtypeCore: type } = input;
  if (!core.isInexact(type)) throw new RuntimeError(`Unknown Complex ScalarType for ${scalarTypeName(type)}`);
  checkKernel('linalg_eig_out_cpu', input);
  const finite = all(ops.isfinite(input), allAxes(input));
  if (elementAt(finite, finite.geometry.offset) !== true) {
    throw new RuntimeError(`torch.${name}: input tensor should not contain infs or NaNs.`);
  }
  return input;
}

/**
 * The eigenvalues of a square matrix and, as columns, its eigenvectors, both complex. Source: torch.linalg.eig.
 * @example
 * torch.linalg.eig(torch.Tensor([[2, 0], [0, 3]])).eigenvalues; // → tensor([2.+0.j, 3.+0.j])
 */
export const eig = several('linalg.eig', 'input', types.eigenOf('linalg_eig'), (input: Tensor) => {
  const { values, vectors, info } = eigen.eig(general('linalg.eig', input));
  checkInfo('linalg.eig', info, words.eigenvalues);
  return [values, vectors];
});

/**
 * The eigenvalues of a square matrix, complex. Source: torch.linalg.eigvals.
 * @example
 * torch.linalg.eigvals(torch.Tensor([[0, -1], [1, 0]])); // → tensor([0.+1.j, 0.-1.j])
 */
export const eigvals = linalg('eigvals', 'input, *, out=None', (input: Tensor): Tensor => {
  const { values, info } = eigen.eigvals(general('linalg.eigvals', input));
  checkInfo('linalg.eig', info, words.eigenvalues);
  return values;
});

function hermitian(input: Tensor, UPLO: string): boolean {
  checkSquare('linalg.eigh', input);
  const upper = UPLO.toUpperCase() === 'U';
  if (!upper && UPLO.toUpperCase() !== 'L') throw new RuntimeError(`Expected UPLO argument to be 'L' or 'U', but got ${UPLO}`);
  checkKernel('linalg_eigh_cpu', input);
  return upper;
}

/**
 * The eigenvalues of a symmetric or Hermitian matrix, in ascending order, and as columns its eigenvectors; one triangle is read, the lower
 * one unless UPLO is 'U'. Source: torch.linalg.eigh.
 * @example
 * torch.linalg.eigh(torch.Tensor([[2, 1], [1, 2]])).eigenvalues; // → tensor([1., 3.])
 */
export const eigh = several('linalg.eigh', "input, UPLO='L'", types.eigenOf('linalg_eigh'), (input: Tensor, UPLO: string = 'L') => {
  const { values, vectors, info } = eigen.eigh(input, hermitian(input, UPLO));
  checkInfo('linalg.eigh', info, words.eigenvalues);
  return [values, vectors];
});

/**
 * The eigenvalues of a symmetric or Hermitian matrix, in ascending order. Source: torch.linalg.eigvalsh.
 * @example
 * torch.linalg.eigvalsh(torch.Tensor([[2, 1], [1, 2]])); // → tensor([1., 3.])
 */
export const eigvalsh = linalg('eigvalsh', "input, UPLO='L', *, out=None", (input: Tensor, UPLO: string = 'L'): Tensor => {
  const { values, info } = eigen.eigvalsh(input, hermitian(input, UPLO));
  checkInfo('linalg.eigh', info, words.eigenvalues);
  return values;
});

/** The first columns of a product of reflections, of what was checked. */
export function reflections(input: Tensor, tau: Tensor): Tensor {
  const name = 'torch.linalg.householder_product';
  if (shapeOf(input).length < 2) throw new RuntimeError(`${name}: input must have at least 2 dimensions.`);
  const [rows, columns] = extentsOf(input);
  if (rows < columns) throw new RuntimeError(`${name}: input.shape[-2] must be greater than or equal to input.shape[-1]`);
  if (columns < shapeOf(tau)[shapeOf(tau).length - 1]) {
    throw new RuntimeError(`${name}: input.shape[-1] must be greater than or equal to tau.shape[-1]`);
  }
  if (tau.dtypeCore !== input.dtypeCore) {
    throw new RuntimeError(
      `${name}: tau dtype ${scalarTypeName(tau.dtypeCore)} does not match input dtype ${scalarTypeName(input.dtypeCore)}`);
  }
  checkKernel('orgqr_cpu', input);
  return householderProduct(input, tau, columns);
}

/**
 * The first columns of the product of Householder's reflections, whose vectors are below the diagonal of the input and whose factors are
 * tau, as geqrf gives them. Source: torch.linalg.householder_product.
 * @example
 * torch.linalg.householder_product(torch.Tensor([[0], [1]]), torch.Tensor([1])); // → tensor([[ 0.],
 *                                                                                //           [-1.]])
 */
export const householder_product = linalg('householder_product', 'input, tau: Tensor, *, out=None', reflections);

/**
 * A matrix as U · H: orthonormal columns, and a symmetric or Hermitian matrix without negative eigenvalues. Source: torch.linalg.polar.
 * @example
 * torch.linalg.polar(torch.Tensor([[0, 2], [3, 0]])).H; // → tensor([[3., 0.],
 *                                                       //           [0., 2.]])
 */
export const polar = several('linalg.polar', 'A: Tensor', types.polarOf, (A: Tensor) => {
  checkMatrices('linalg.polar', A);
  const [rows, columns] = extentsOf(A);
  if (rows < columns) {
    throw new RuntimeError(`linalg.polar: input must have at least as many rows as columns, but got ${rows} by ${columns} matrices`);
  }
  checkInexact('linalg.polar', A.dtypeCore);
  checkKernel('linalg_svd_cpu', A);
  const { u, h } = polarFactors(A);
  return [u, h];
});

/**
 * The symmetric or Hermitian X with X·X = input, of a matrix without negative eigenvalues, of which the lower triangle is read. Source:
 * torch.linalg.matrix_sqrth.
 * @example
 * torch.linalg.matrix_sqrth(torch.Tensor([[4, 0], [0, 9]])); // → tensor([[2., 0.],
 *                                                            //           [0., 3.]])
 */
export const matrix_sqrth = keyed('linalg.matrix_sqrth', 'input', (input: Tensor): Tensor => {
  checkInvertible('linalg.matrix_sqrth', input);
  return matrixSqrth(input);
}, inLinalg);
