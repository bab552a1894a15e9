import { int32, isComplex } from '../../core/dtype.ts';
import { RuntimeError, pythonTypeName } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { full } from '../../ops/creation.ts';
import { fitted } from '../../ops/fft/fitted.ts';
import { signAndLogarithm } from '../../ops/linalg/determinants.ts';
import { permutationMatrix, triangularSolve } from '../../ops/linalg/lu.ts';
import { geqrf as geqrfOf, householderProduct } from '../../ops/linalg/qr.ts';
import { adjoint, matmul } from '../../ops/matmul.ts';
import { eye } from '../../ops/matrices.ts';
import { broadcastTo, clone, detach } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { diagonalView } from '../../ops/views.ts';
import { elements } from '../../ops/host.ts';
import { builtin, builtinKinds, inPython, keyed, keyedOut } from '../arguments/keyed.ts';
import { checkTensor, intoOut, intoOuts } from '../arguments/operands.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { returnType } from '../tensor/returnTypes.ts';
import { alsoMethod } from '../tensor/brought.ts';
import { Tensor } from '../tensor/tensor.ts';
import { factorsAndInfo, reflections, singularParts, svdvals, trianglesOf } from './decompositions.ts';
import { determinants, signs } from './numbers.ts';
import {
  LinAlgError, broadcastBatches, checkInexact, checkKernel, checkSquare, extentsOf, several, shapeOf, words,
} from './operands.ts';
import { chained, exponentialOf, powerOf } from './products.ts';
import { luOf, slogdetOf } from './returnTypes.ts';
import { inverses, pinv, solvedByFactors } from './solving.ts';

/** What torch has of linear algebra beside torch.linalg: the same functions, and those that are older. */

type Two = readonly [Tensor, Tensor];
type Three = readonly [Tensor, Tensor, Tensor];

/**
 * The determinant of a square matrix, as torch.linalg.det. Source: torch.det.
 * @example
 * torch.det(torch.Tensor([[2, 1], [4, 5]])); // → tensor(6.)
 */
export const det = alsoMethod('det', keyed('det', 'input', determinants));

/**
 * The logarithm of a determinant: -inf where that is 0, NaN where it is negative. Source: torch.logdet.
 * @example
 * torch.logdet(torch.eye(400).mul(0.1)); // → tensor(-921.0342)
 */
export const logdet = alsoMethod('logdet', keyed('logdet', 'input', (input: Tensor): Tensor => {
  checkSquare('logdet', input);
  checkInexact('logdet', input.dtypeCore);
  checkKernel('lu_cpu', input);
  const { sign, logarithm } = signAndLogarithm(input);
  return isComplex(input.dtypeCore)
    ? ops.add(ops.log(sign), cast(logarithm, sign.dtypeCore))
    : ops.where(ops.lt(sign, 0), NaN, logarithm) as Tensor;
}));

/**
 * The sign of the determinant and the logarithm of its absolute value, as torch.linalg.slogdet. Source: torch.slogdet.
 * @example
 * torch.slogdet(torch.eye(400).mul(0.1)).logabsdet; // → tensor(-921.0342)
 */
export const slogdet = alsoMethod('slogdet', several('slogdet', 'input', slogdetOf('slogdet'), signs, { dialect: builtin }));

/**
 * The inverse of a square matrix, as torch.linalg.inv. Source: torch.inverse.
 * @example
 * torch.inverse(torch.Tensor([[2, 0], [0, 4]])); // → tensor([[0.5000, 0.0000],
 *                                                //           [0.0000, 0.2500]])
 */
export const inverse = alsoMethod('inverse', keyedOut('inverse', 'input, *, out=None', (input: Tensor): Tensor =>
  inverses(input, 'linalg.inv')[0]));

/**
 * The pseudo-inverse: singular values that are not larger than `rcond` times the largest one count as 0. Source: torch.pinverse.
 * @example
 * torch.pinverse(torch.Tensor([[2, 0], [0, 0]])); // → tensor([[0.5000, 0.0000],
 *                                                 //           [0.0000, 0.0000]])
 */
export const pinverse = alsoMethod('pinverse', keyed('pinverse', 'input, rcond=1e-15', (
  input: Tensor, rcond: number = 1e-15,
): Tensor => pinv(input, rcond)));

/**
 * The inverse of the matrix of which a Cholesky factor is given. Source: torch.cholesky_inverse.
 * @example
 * torch.cholesky_inverse(torch.Tensor([[2, 0], [2, 4]])); // → tensor([[ 0.3125, -0.0625],
 *                                                         //           [-0.0625,  0.0625]])
 */
export const cholesky_inverse = alsoMethod('cholesky_inverse', keyedOut('cholesky_inverse', 'input, upper=False, *, out=None', (
  input: Tensor, upper: boolean = false,
): Tensor => {
  checkSquare('cholesky_inverse', input);
  checkKernel('cholesky_inverse_out_cpu', input);
  const { species, dtypeCore: dtype, storage: { device } } = input;
  const place = elements(ops.eq(detach(diagonalView(input, 0, shapeOf(input).length - 2, shapeOf(input).length - 1)), 0)).indexOf(true);
  const [rows] = extentsOf(input);
  if (place >= 0) throw new LinAlgError(`cholesky_inverse: ${words.inverse((place % rows) + 1)}`);
  return fromFactor(broadcastTo(eye(species, rows, rows, 0, dtype, device) as Tensor, shapeOf(input)), input, upper);
}));

/** x of a x = b for a Cholesky factor of a. */
function fromFactor(b: Tensor, factor: Tensor, upper: boolean): Tensor {
  const other = adjoint(factor);
  const [first, second] = upper ? [other, factor] : [factor, other];
  return triangularSolve(second, triangularSolve(first, b, { upper: false, unit: false }), { upper: true, unit: false });
}

/** Refuses systems of equations in the words of the older functions. */
function checkSystem(name: string, b: Tensor, a: Tensor): void {
  if (extentsOf(a)[0] !== extentsOf(b)[0]) {
    throw new RuntimeError(`Incompatible matrix sizes for ${name}: each A matrix is ${extentsOf(a).join(' by ')} but each b matrix is `
      + extentsOf(b).join(' by '));
  }
  if (a.dtypeCore !== b.dtypeCore) {
    throw new RuntimeError(`Expected b and A to have the same dtype, but found b of type ${scalarTypeName(b.dtypeCore)} and A of type `
      + `${scalarTypeName(a.dtypeCore)} instead.`);
  }
}

function checkRight(name: string, x: Tensor, argument: string): void {
  const { length } = shapeOf(x);
  if (length < 2) throw new RuntimeError(`${name}${argument} should have at least 2 dimensions, but has ${length} dimensions instead`);
}

/**
 * X with A · X = input, where a Cholesky factor of A is given. Source: torch.cholesky_solve.
 * @example
 * torch.cholesky_solve(torch.Tensor([[4], [32]]), torch.Tensor([[2, 0], [0, 4]])); // → tensor([[1.],
 *                                                                                  //           [2.]])
 */
export const cholesky_solve = alsoMethod('cholesky_solve', keyedOut('cholesky_solve', 'input, input2: Tensor, upper=False, *, out=None', (
  input: Tensor, input2: Tensor, upper: boolean = false,
): Tensor => {
  checkRight('', input, 'b');
  checkRight('', input2, 'u');
  checkSquare('', input2);
  checkSystem('cholesky_solve', input, input2);
  checkKernel('cholesky_solve_cpu', input);
  const [factor, b] = broadcastBatches(input2, input);
  return fromFactor(b, factor, upper);
}));

/**
 * X with A · X = b, from what lu_factor makes of A. Source: torch.lu_solve.
 * @example
 * const { LU, pivots } = torch.linalg.lu_factor(torch.Tensor([[2, 0], [0, 4]]));
 * torch.lu_solve(torch.Tensor([[2], [8]]), LU, pivots); // → tensor([[1.],
 *                                                       //           [2.]])
 */
export const lu_solve = alsoMethod('lu_solve', keyedOut('lu_solve', 'input, LU_data: Tensor, LU_pivots: Tensor, *, out=None', (
  input: Tensor, LU_data: Tensor, LU_pivots: Tensor,
): Tensor => solvedByFactors(LU_data, LU_pivots, input, true, false)));

const unpackText = 'LU_data: Tensor, LU_pivots: Tensor, unpack_data=True, unpack_pivots=True';

/**
 * The permutation and the triangles of what lu_factor makes, or of the two what is asked for. Source: torch.lu_unpack.
 * @example
 * const { LU, pivots } = torch.linalg.lu_factor(torch.Tensor([[1, 2], [4, 4]]));
 * torch.lu_unpack(LU, pivots).P; // → tensor([[0., 1.],
 *                                //           [1., 0.]])
 */
export const lu_unpack = several('lu_unpack', unpackText, luOf('lu_unpack'), (
  LU_data: Tensor, LU_pivots: Tensor, unpack_data: boolean = true, unpack_pivots: boolean = true,
): Three => {
  if (unpack_pivots && LU_pivots.dtypeCore !== int32) {
    throw new RuntimeError('torch.lu_unpack: LU_pivots is expected to be a contiguous tensor of torch.int32 dtype.\nNote: this function is '
      + 'intended to be used with the output produced by torch.linalg.lu_factor');
  }
  const nothing = (): Tensor => full(Tensor, [0], 0, LU_data.dtypeCore, LU_data.storage.device);
  const [L, U] = unpack_data ? trianglesOf(LU_data) : [nothing(), nothing()];
  return [unpack_pivots ? permutationMatrix(detach(LU_data), LU_pivots) : nothing(), L, U];
}, { dialect: builtin, kind: 'tuple of Tensors (3)' });

/**
 * The factors of a matrix and the rows that were exchanged, with `get_infos` also which pivot is 0. Source: torch.lu.
 * @example
 * const [LU, pivots] = torch.lu(torch.Tensor([[1, 2], [4, 4]]));
 * pivots; // → tensor([2, 2], dtype=torch.int32)
 */
export const lu = alsoMethod('lu', keyed('lu', 'A: Tensor, pivot=True, get_infos=False, out: Any = None', (
  A: Tensor, pivot: boolean = true, get_infos: boolean = false, out?: readonly Tensor[] | null,
): Tensor[] => {
  if (out && !Array.isArray(out)) throw new TypeError(`object of type '${pythonTypeName(out)}' has no len()`);
  if (out) builtinKinds[get_infos ? 'tuple of Tensors (3)' : 'tuple of Tensors (2)'](out);
  const all = get_infos ? factorsAndInfo(A, pivot, false) : factorsAndInfo(A, pivot, false).slice(0, 2);
  return out ? intoOuts('lu', all, out, [A]) : [...all];
}, inPython));

/**
 * LAPACK's form of a QR decomposition: the triangle, below it the vectors of Householder's reflections, and their factors. Source:
 * torch.geqrf.
 * @example
 * torch.geqrf(torch.Tensor([[3], [4]])); // → torch.return_types.geqrf(
 *                                        //   a=tensor([[-5.0000],
 *                                        //           [ 0.5000]]),
 *                                        //   tau=tensor([1.6000]))
 */
export const geqrf = alsoMethod('geqrf', several('geqrf', 'input', returnType('geqrf', 'a', 'tau'), (input: Tensor): Two => {
  if (shapeOf(input).length < 2) throw new RuntimeError('torch.geqrf: input must have at least 2 dimensions.');
  checkKernel('geqrf_cpu', input);
  const { h, tau } = geqrfOf(input);
  return [h, tau];
}, { dialect: builtin }));

/**
 * As torch.linalg.householder_product. Source: torch.orgqr.
 * @example
 * torch.orgqr(torch.Tensor([[0], [1]]), torch.Tensor([1])); // → tensor([[ 0.],
 *                                                           //           [-1.]])
 */
export const orgqr = alsoMethod('orgqr', keyedOut('orgqr', 'input, input2: Tensor, *, out=None', reflections));

const ormqrText = 'input, input2: Tensor, input3: Tensor, left=True, transpose=False, *, out=None';

/**
 * A matrix times the product of Householder's reflections that geqrf gives, from the left or the right, or times its adjoint. Source:
 * torch.ormqr.
 * @example
 * torch.ormqr(torch.Tensor([[0], [1]]), torch.Tensor([1]), torch.Tensor([[1, 2], [3, 4]])); // → tensor([[-3., -4.],
 *                                                                                           //           [-1., -2.]])
 */
export const ormqr = alsoMethod('ormqr', keyedOut('ormqr', ormqrText, (
  input: Tensor, input2: Tensor, input3: Tensor, left: boolean = true, transpose: boolean = false,
): Tensor => {
  for (const [name, each] of [['input', input], ['other', input3]] as const) {
    if (shapeOf(each).length < 2) throw new RuntimeError(`torch.ormqr: ${name} must have at least 2 dimensions.`);
  }
  const side = left ? -2 : -1;
  const [rows] = extentsOf(input);
  const extent = extentsOf(input3)[left ? 0 : 1];
  if (extent < shapeOf(input2)[shapeOf(input2).length - 1]) {
    throw new RuntimeError(`torch.ormqr: other.shape[${side}] must be greater than or equal to tau.shape[-1]`);
  }
  if (extent !== rows) throw new RuntimeError(`torch.ormqr: other.shape[${side}] must be equal to input.shape[-2]`);
  for (const [name, each] of [['tau', input2], ['other', input3]] as const) {
    if (each.dtypeCore !== input.dtypeCore) {
      throw new RuntimeError(`torch.ormqr: Expected input and ${name} to have the same dtype, but input has dtype `
        + `${scalarTypeName(input.dtypeCore)} and ${name} has dtype ${scalarTypeName(each.dtypeCore)}`);
    }
  }
  checkKernel('ormqr_cpu', input);
  const q = householderProduct(fitted(input, shapeOf(input).length - 1, rows), input2, rows);
  const factor = transpose ? adjoint(q) : q;
  return left ? matmul(factor, input3) : matmul(input3, factor);
}));

/**
 * A matrix as U · diag(S) · Vᴴ, with as many vectors as there are values unless `some` is false, or with zeros for the vectors where
 * `compute_uv` is. Source: torch.svd.
 * @example
 * torch.svd(torch.Tensor([[3, 0], [0, 4]])).S; // → tensor([4., 3.])
 */
export const svd = alsoMethod('svd', several('svd', 'input, some=True, compute_uv=True', returnType('svd', 'U', 'S', 'V'), (
  input: Tensor, some: boolean = true, compute_uv: boolean = true,
): Three => {
  if (shapeOf(input).length < 2) throw new RuntimeError('linalg.svd: input should have at least 2 dimensions, but has '
    + `${shapeOf(input).length} dimensions instead`);
  if (compute_uv) {
    const [u, s, vh] = singularParts(input, !some);
    return [u, s, adjoint(vh)];
  }
  const [rows, columns] = extentsOf(input);
  const nothing = (extent: number): Tensor =>
    full(Tensor, [...shapeOf(input).slice(0, -2), extent, extent], 0, input.dtypeCore, input.storage.device);
  return [nothing(rows), svdvals(input), nothing(columns)];
}, { dialect: builtin, kind: 'tuple of Tensors (3)' }));

/**
 * X with A · X = input, or Aᵀ · X, for one triangle of A; and a copy of A. torch.linalg.solve_triangular is newer. Source:
 * torch.triangular_solve.
 * @example
 * torch.triangular_solve(torch.Tensor([[4], [8]]), torch.Tensor([[2, 1], [0, 4]])).solution; // → tensor([[1.],
 *                                                                                            //           [2.]])
 */
export const triangular_solve = alsoMethod('triangular_solve', several(
  'triangular_solve', 'input, A: Tensor, upper=True, transpose=False, unitriangular=False',
  returnType('triangular_solve', 'solution', 'cloned_coefficient'), (
    input: Tensor, A: Tensor, upper: boolean = true, transpose: boolean = false, unit: boolean = false,
  ): Two => {
    for (const [name, each] of [['b', input], ['A', A]] as const) {
      const { length } = shapeOf(each);
      if (length < 2) {
        throw new RuntimeError(
          `torch.triangular_solve: Expected ${name} to have at least 2 dimensions, but it has ${length} dimensions instead`);
      }
    }
    checkSquare('', A);
    checkSystem('triangular_solve', input, A);
    checkKernel('triangular_solve_cpu', input);
    const [a, b] = broadcastBatches(A, input);
    const turned = transpose ? ops.conj(adjoint(a)) : a;
    return [triangularSolve(turned, b, { upper: upper !== transpose, unit }), clone(a)];
  }, { dialect: builtin }));

/**
 * The exponential of a square matrix, as torch.linalg.matrix_exp. Source: torch.matrix_exp.
 * @example
 * torch.matrix_exp(torch.Tensor([[0, 1], [0, 0]])); // → tensor([[1., 1.],
 *                                                   //           [0., 1.]])
 */
export const matrix_exp = alsoMethod('matrix_exp', keyed('matrix_exp', 'input', exponentialOf));

/**
 * A square matrix to a whole power, as torch.linalg.matrix_power. Source: torch.matrix_power.
 * @example
 * torch.matrix_power(torch.Tensor([[1, 1], [1, 0]]), 10); // → tensor([[89., 55.],
 *                                                         //           [55., 34.]])
 */
export const matrix_power = alsoMethod('matrix_power', keyedOut('matrix_power', 'input, n: int, *, out=None', powerOf));

/**
 * The product of matrices in the order of the fewest multiplications; torch.linalg.multi_dot is newer. Source: torch.chain_matmul.
 * @example
 * torch.chain_matmul(torch.tensor([[1, 2], [3, 4]]), torch.tensor([[0, 1], [1, 0]])); // → tensor([[2, 1],
 *                                                                                     //           [4, 3]])
 */
export const chain_matmul = keyed('chain_matmul', '*matrices, out=None', (
  matrices: unknown, out?: Tensor | null,
): Tensor => {
  const list = [...matrices as readonly Tensor[]];
  for (const each of list) checkTensor('chain_matmul', 'matrices', each);
  if (list.length === 0) throw new RuntimeError('chain_matmul(): Expected one or more matrices');
  for (const each of list) {
    const { length } = shapeOf(each);
    if (length !== 2) throw new RuntimeError(`Tensor dimension is ${length}, expected 2 instead.`);
  }
  const result = list.length === 1 ? list[0] : chained('multi_dot', list);
  return out ? intoOut('chain_matmul', result, out, list) : result;
}, inPython) as unknown as (...matrices: readonly (Tensor | { readonly out?: Tensor | null })[]) => Tensor;

