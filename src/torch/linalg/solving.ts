import * as core from '../../core/dtype.ts';
import { RuntimeError } from '../../core/errors.ts';
import { sizeOf } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { full } from '../../ops/creation.ts';
import { inverse, luSolve, solve as linearSolve, triangularSolve } from '../../ops/linalg/lu.ts';
import { pseudoInverse } from '../../ops/linalg/pseudoinverse.ts';
import { adjoint, matmul } from '../../ops/matmul.ts';
import { broadcastTo, detach, permute, reshapeTo } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { elements } from '../../ops/host.ts';
import { extreme, sum } from '../../ops/reduce.ts';
import { svdvals } from '../../ops/linalg/svd.ts';
import { overloaded } from '../arguments/keyed.ts';
import { broadcastShape, intoOut } from '../arguments/operands.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { listText } from '../arguments/sizes.ts';
import type { NamedTensors } from '../tensor/returnTypes.ts';
import { Tensor } from '../tensor/tensor.ts';
import { bounds } from './numbers.ts';
import {
  asColumn, broadcastBatches, checkFits, checkInfo, checkInvertible, checkKernel, checkMatrices, checkSameType, checkSquare, extentsOf,
  fromColumn, linalg, several, shapeOf, transposed, words,
} from './operands.ts';
import * as types from './returnTypes.ts';

/** Systems of linear equations, and inverses. */

/** Inverses of what was checked; `name` is that of the caller in errors of singular matrices, and null where there are none. */
export function inverses(A: Tensor, name: string | null): readonly [inverse: Tensor, info: Tensor] {
  checkInvertible('linalg.inv', A);
  const { inverse: found, info } = inverse(A);
  if (name !== null) checkInfo(name, info, words.inverse);
  return [found, info];
}

/**
 * The inverse of a square matrix. Throws a LinAlgError where there is none. Source: torch.linalg.inv.
 * @example
 * torch.linalg.inv(torch.Tensor([[2, 0], [0, 4]])); // → tensor([[0.5000, 0.0000],
 *                                                   //           [0.0000, 0.2500]])
 */
export const inv = linalg('inv', 'A: Tensor, *, out=None', (A: Tensor): Tensor => inverses(A, 'linalg.inv')[0]);

/**
 * As inv, with the place of the first pivot that is 0, or 0, instead of an error. Source: torch.linalg.inv_ex.
 * @example
 * torch.linalg.inv_ex(torch.ones(2, 2)).info; // → tensor(2, dtype=torch.int32)
 */
export const inv_ex = several('linalg.inv_ex', 'A: Tensor, *, check_errors=False', types.inverseOf, (
  A: Tensor, check_errors: boolean = false,
) => inverses(A, check_errors ? 'linalg.inv_ex' : null));

function solved(A: Tensor, B: Tensor, left: boolean, name: string | null): readonly [result: Tensor, info: Tensor] {
  checkInvertible('linalg.solve', A);
  checkSameType('linalg.solve', A, B);
  const [shapeA, shapeB] = [shapeOf(A), shapeOf(B)];
  // B is vectors where it has the shape of A without one dimension.
  const isVector = shapeB.length === 1 || (shapeA.length - 1 === shapeB.length && shapeB.every((extent, i) => extent === shapeA[i]));
  const right = isVector ? asColumn(B) : B;
  checkMatrices('linalg.solve', right, 'B');
  checkFits('linalg.solve', A, right, left);
  const [a, b] = broadcastBatches(A, right);
  const { x, info } = left ? linearSolve(a, b) : linearSolve(transposed(a), transposed(b));
  if (name !== null) checkInfo(name, info, words.solve);
  const result = left ? x : transposed(x);
  return [isVector ? fromColumn(result) : result, info];
}

/**
 * X with A · X = B, or with `left` false X · A = B, for square A; B is vectors where it has the shape of A without its last dimension.
 * Throws a LinAlgError where A is singular. Source: torch.linalg.solve.
 * @example
 * torch.linalg.solve(torch.Tensor([[2, 0], [0, 4]]), torch.Tensor([2, 8])); // → tensor([1., 2.])
 */
export const solve = linalg('solve', 'A: Tensor, B: Tensor, *, left=True, out=None', (A: Tensor, B: Tensor, left: boolean = true): Tensor =>
  solved(A, B, left, 'torch.linalg.solve')[0]);

/**
 * As solve, with the place of the first pivot that is 0, or 0, instead of an error. Source: torch.linalg.solve_ex.
 * @example
 * torch.linalg.solve_ex(torch.ones(2, 2), torch.ones(2)).info; // → tensor(2, dtype=torch.int32)
 */
export const solve_ex = several('linalg.solve_ex', 'A: Tensor, B: Tensor, *, left=True, check_errors=False', types.solutionOf, (
  A: Tensor, B: Tensor, left: boolean = true, check_errors: boolean = false,
) => solved(A, B, left, check_errors ? 'linalg.solve' : null));

/**
 * X with A · X = B, or with `left` false X · A = B, for one triangle of A, whose diagonal counts as ones where it is `unitriangular`.
 * Source: torch.linalg.solve_triangular.
 * @example
 * torch.linalg.solve_triangular(torch.Tensor([[2, 1], [0, 4]]), torch.Tensor([[4], [8]]), { upper: true }); // → tensor([[1.],
 *                                                                                                           //           [2.]])
 */
export const solve_triangular = linalg(
  'solve_triangular', 'input, B: Tensor, *, upper: bool, left=True, unitriangular=False, out=None', (
    input: Tensor, B: Tensor, upper: boolean, left: boolean = true, unitriangular: boolean = false,
  ): Tensor => {
    const name = 'linalg.solve_triangular';
    checkSquare(name, input);
    checkMatrices(name, B, 'B');
    checkFits(name, input, B, left);
    checkKernel('triangular_solve_cpu', input);
    checkSameType(name, input, B);
    const [a, b] = broadcastBatches(input, B);
    if (left) return triangularSolve(a, b, { upper, unit: unitriangular });
    return transposed(triangularSolve(transposed(a), transposed(b), { upper: !upper, unit: unitriangular }));
  });

/** X with A · X = B, or other sides, from the factors of A. */
export function solvedByFactors(LU: Tensor, pivots: Tensor, B: Tensor, left: boolean, isAdjoint: boolean): Tensor {
  const name = 'linalg.lu_solve';
  if (pivots.dtypeCore !== core.int32) throw new RuntimeError(`${name}: pivots should be a Tensor of scalar type torch.int32`);
  checkSameType(name, LU, B, ['LU', 'B']);
  checkMatrices(name, B, 'B');
  checkSquare(`torch.${name}`, LU);
  checkFits(name, LU, B, left);
  const [rows] = extentsOf(LU);
  if (shapeOf(pivots)[shapeOf(pivots).length - 1] !== rows) {
    throw new RuntimeError(`${name}: Number of pivots per batch should be same as the dimension of the matrix`);
  }
  checkKernel('lu_solve_cpu', LU);
  const [a, b] = broadcastBatches(LU, B);
  const whole = broadcastTo(pivots, [...shapeOf(a).slice(0, -2), rows]);
  if (left) return luSolve(a, whole, b, { adjoint: isAdjoint });
  return adjoint(luSolve(a, whole, adjoint(b), { adjoint: !isAdjoint }));
}

/**
 * X with A · X = B, or with `left` false X · A = B, or with `adjoint` of Aᴴ, from what lu_factor makes of A. Source:
 * torch.linalg.lu_solve.
 * @example
 * const { LU, pivots } = torch.linalg.lu_factor(torch.Tensor([[2, 0], [0, 4]]));
 * torch.linalg.lu_solve(LU, pivots, torch.Tensor([[2], [8]])); // → tensor([[1.],
 *                                                              //           [2.]])
 */
export const lu_solve = linalg('lu_solve', 'LU: Tensor, pivots: Tensor, B: Tensor, *, left=True, adjoint=False, out=None', (
  LU: Tensor, pivots: Tensor, B: Tensor, left: boolean = true, isAdjoint: boolean = false,
): Tensor => solvedByFactors(LU, pivots, B, left, isAdjoint));

type Bound = Tensor | number | null;

function pseudo(input: Tensor, atol: Bound | undefined, rtol: Bound | undefined, hermitian: boolean): Tensor {
  const name = 'linalg.pinv';
  if (shapeOf(input).length < 2 || !core.isInexact(input.dtypeCore) || core.isHalf(input.dtypeCore)) {
    throw new RuntimeError(`${name}(${scalarTypeName(input.dtypeCore)}{${listText(shapeOf(input))}}): expected a tensor with 2 or more `
      + 'dimensions of float, double, cfloat or cdouble types');
  }
  if (hermitian) checkSquare('linalg.eigh', input);
  if (input.geometry.size === 0) {
    return full(Tensor, [...shapeOf(input).slice(0, -2), ...[...extentsOf(input)].reverse()], 0, input.dtypeCore, input.storage.device);
  }
  const limits = bounds(name, input, atol, rtol);
  // Bounds of several batches make as many of the matrices.
  const batch = broadcastShape([shapeOf(input).slice(0, -2), ...limits.map((each) => shapeOf(each).slice(0, -1))]);
  return pseudoInverse(broadcastTo(input, [...batch, ...extentsOf(input)]), ...limits, hermitian);
}

interface PseudoInverses {
  (input: Tensor, options?: {
    readonly atol?: Bound; readonly rtol?: Bound; readonly hermitian?: boolean; readonly out?: Tensor | null;
  }): Tensor;
  (input: Tensor, rcond: Tensor | number, hermitian?: boolean, options?: { readonly out?: Tensor | null }): Tensor;
  (input: Tensor, options: { readonly rcond: Tensor | number; readonly hermitian?: boolean; readonly out?: Tensor | null }): Tensor;
}

const into = (result: Tensor, out: Tensor | undefined, input: Tensor): Tensor =>
  (out === undefined ? result : intoOut('linalg_pinv', result, out, [input]));

/**
 * The pseudo-inverse of Moore and Penrose, by singular values; those count as 0 that are not larger than `atol` and than `rtol` times the
 * largest one, by default its precision times the larger extent. Source: torch.linalg.pinv.
 * @example
 * torch.linalg.pinv(torch.Tensor([[2, 0], [0, 0]])); // → tensor([[0.5000, 0.0000],
 *                                                    //           [0.0000, 0.0000]])
 */
export const pinv = overloaded<PseudoInverses>('linalg.linalg_pinv',
  ['input, *, atol: Tensor | Number = None, rtol: Tensor | Number = None, hermitian=False, out=None', (
    input: Tensor, atol?: Bound, rtol?: Bound, hermitian: boolean = false, out?: Tensor,
  ) => into(pseudo(input, atol, rtol, hermitian), out, input)],
  ['input, rcond: Tensor | Number, hermitian=False, *, out=None', (
    input: Tensor, rcond: Tensor | number, hermitian: boolean = false, out?: Tensor,
  ) => into(pseudo(input, 0, rcond, hermitian), out, input)]);

const drivers = ['gels', 'gelsy', 'gelsd', 'gelss'];

function checkLeastSquares(a: Tensor, b: Tensor, driver: string): void {
  const name = 'torch.linalg.lstsq';
  if (shapeOf(a).length < 2) throw new RuntimeError(`${name}: input must have at least 2 dimensions.`);
  if (shapeOf(b).length < 1) throw new RuntimeError(`${name}: other must have at least 1 dimension.`);
  if (a.dtypeCore !== b.dtypeCore) {
    throw new RuntimeError(`${name}: Expected input and other to have the same dtype, but got input's dtype `
      + `${scalarTypeName(a.dtypeCore)} and other's dtype ${scalarTypeName(b.dtypeCore)}`);
  }
  const ndim = shapeOf(a).length - shapeOf(b).length;
  if (ndim < 0 || ndim > 1) {
    throw new RuntimeError(`${name}: input.dim() must be greater or equal to other.dim() and (input.dim() - other.dim()) <= 1`);
  }
  const vector = ndim === 1;
  if (extentsOf(a)[0] !== shapeOf(b)[shapeOf(b).length - (vector ? 1 : 2)]) {
    throw new RuntimeError(`${name}: input.size(-2) should match other.size(${vector ? -1 : -2})`);
  }
  if (!drivers.includes(driver)) {
    throw new RuntimeError(`${name}: parameter \`driver\` should be one of (gels, gelsy, gelsd, gelss)`);
  }
  if (!core.isInexact(a.dtypeCore) || core.isHalf(a.dtypeCore)) {
    throw new RuntimeError("This function doesn't handle types other than float and double");
  }
}

/**
 * The X for which A · X is nearest to B, that of the least length where there are several; with the rank of A, and where the driver has
 * them the sums of squared residuals ('gels', 'gelsd', 'gelss') and the singular values ('gelsd', 'gelss'). Source: torch.linalg.lstsq.
 * @example
 * const { solution } = torch.linalg.lstsq(torch.Tensor([[1, 0], [1, 1], [1, 2]]), torch.Tensor([[1], [2], [4]]));
 * solution.flatten(); // → tensor([0.8333, 1.5000])
 */
export const lstsq = several('linalg.lstsq', 'input, b: Tensor, rcond: float = None, *, driver: str = None', types.leastSquaresOf, (
  input: Tensor, b: Tensor, rcond?: number | null, given?: string | null,
): readonly [Tensor, Tensor, Tensor, Tensor] => {
  const driver = given ?? 'gelsy';
  checkLeastSquares(input, b, driver);
  const vector = shapeOf(input).length - shapeOf(b).length === 1;
  const right = vector ? asColumn(b) : b;
  const [m, n] = extentsOf(input);
  const real = core.componentType(input.dtypeCore);
  const share = driver === 'gels' ? 0 : rcond ?? (real === core.float64 ? 2 ** -52 : 2 ** -23) * Math.max(m, n);
  const [a, wide] = broadcastBatches(input, right);
  const solution = matmul(pseudo(a, 0, share, false), wide);
  const nothing = (dtype: core.DType): Tensor => full(Tensor, [0], 0, dtype, input.storage.device);
  const { s } = svdvals(detach(a));
  const last = shapeOf(s).length - 1;
  const rank = sum(cast(ops.gt(s, ops.mul(extreme('max', s, [last], true), share)), core.int64), [last]);
  const whole = driver === 'gels' || elements(rank).every((each) => Number(each) === n);
  const hasResiduals = m > n && whole && driver !== 'gelsy';
  const distances = ops.abs(ops.sub(matmul(a, solution), wide));
  return [
    vector ? fromColumn(solution) : solution, hasResiduals ? sum(ops.square(distances), [shapeOf(distances).length - 2]) : nothing(real),
    driver === 'gels' ? nothing(core.int64) : rank, driver === 'gelsd' || driver === 'gelss' ? s : nothing(real),
  ];
}, { kind: 'tuple of Tensors (4)' });

/** What lstsq returns. */
export type LeastSquares = NamedTensors<['solution', 'residuals', 'rank', 'singular_values']>;

/**
 * X with tensordot(input, X, X.ndim) = other: `input` has the dimensions of other before those of X, once `dims` were moved behind the
 * others. Throws a LinAlgError where the system is singular. Source: torch.linalg.tensorsolve.
 * @example
 * torch.linalg.tensorsolve(torch.eye(4).reshape(2, 2, 4), torch.Tensor([[1, 2], [3, 4]])); // → tensor([1., 2., 3., 4.])
 */
export const tensorsolve = linalg('tensorsolve', 'input, other, dims: tuple of ints = None, *, out=None', (
  input: Tensor, other: Tensor, dims?: readonly number[] | null,
): Tensor => {
  const ndim = shapeOf(input).length;
  const behind = (dims ?? []).map((dim) => (dim < 0 ? dim + ndim : dim));
  const order = shapeOf(input).map((_, axis) => axis).filter((axis) => !behind.includes(axis));
  const x = behind.length === 0 ? input : permute(input, [...order, ...behind]);
  const places = shapeOf(other).length;
  const shape = shapeOf(x).slice(places);
  const [rows, columns] = [other.geometry.size, sizeOf(shape)];
  if (rows !== columns || x.geometry.size !== rows * columns) {
    throw new RuntimeError('Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == prod(self.shape[:other.ndim]), '
      + `but got ${columns} != ${rows}`);
  }
  return reshapeTo(solve(reshapeTo(x, [rows, columns]), reshapeTo(other, [other.geometry.size])), shape);
});

/**
 * The inverse of a tensor that takes its last dimensions to its first `ind`: tensordot(tensorinv(A, ind), A, ind) is an identity. Source:
 * torch.linalg.tensorinv.
 * @example
 * torch.linalg.tensorinv(torch.eye(6).reshape(2, 3, 6), 2).shape; // → torch.Size([6, 2, 3])
 */
export const tensorinv = linalg('tensorinv', 'input, ind=2, *, out=None', (input: Tensor, ind: number = 2): Tensor => {
  if (ind <= 0) throw new RuntimeError(`Expected a strictly positive integer for 'ind', but got ${ind}`);
  const [first, last] = [shapeOf(input).slice(0, ind), shapeOf(input).slice(ind)];
  const [rows, columns] = [sizeOf(first), sizeOf(last)];
  if (rows !== columns) {
    throw new RuntimeError('Expected self to satisfy the requirement prod(self.shape[ind:]) == prod(self.shape[:ind]), but got '
      + `${columns} != ${rows}`);
  }
  return reshapeTo(inv(reshapeTo(input, [rows, columns])), [...last, ...first]);
});

