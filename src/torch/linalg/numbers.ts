import * as core from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError, ValueError, shown } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { full } from '../../ops/creation.ts';
import { determinant, signAndLogarithm } from '../../ops/linalg/determinants.ts';
import { inverse } from '../../ops/linalg/lu.ts';
import { eigvalsh } from '../../ops/linalg/eigen.ts';
import { detach, sliceAxis, unsqueeze } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { extreme, sum } from '../../ops/reduce.ts';
import { overloaded } from '../arguments/keyed.ts';
import { intoOut } from '../arguments/operands.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { Tensor } from '../tensor/tensor.ts';
import { svdvals } from './decompositions.ts';
import type { NormOrder } from './norms.ts';
import { matrixNorm } from './norms.ts';
import {
  asColumn, checkInexact, checkInvertible, checkKernel, checkSquare, extentsOf, fromColumn, linalg, several, shapeOf,
} from './operands.ts';
import { slogdetOf } from './returnTypes.ts';

/** Numbers that say something of a matrix as a whole. */

/** The determinants of what was checked. */
export function determinants(A: Tensor): Tensor {
  checkSquare('linalg.det', A);
  checkInexact('linalg.det', A.dtypeCore);
  checkKernel('lu_cpu', A);
  return determinant(A);
}

export function signs(A: Tensor): readonly [sign: Tensor, logarithm: Tensor] {
  checkInvertible('linalg.slogdet', A);
  const { sign, logarithm } = signAndLogarithm(A);
  return [sign, logarithm];
}

/**
 * The determinant of a square matrix, or of each of a batch. Source: torch.linalg.det.
 * @example
 * torch.linalg.det(torch.Tensor([[2, 1], [4, 5]])); // → tensor(6.)
 */
export const det = linalg('det', 'A: Tensor, *, out=None', determinants);

/**
 * The sign of the determinant and the logarithm of its absolute value, for those that are too large or too small for a number of their
 * own. Source: torch.linalg.slogdet.
 * @example
 * torch.linalg.slogdet(torch.eye(400).mul(0.1)).logabsdet; // → tensor(-921.0342)
 */
export const slogdet = several('linalg.slogdet', 'A: Tensor', slogdetOf('linalg_slogdet'), signs);

/** A bound as a tensor beside the singular values. */
function bound(name: string, given: Tensor | number, like: Tensor, argument: string): Tensor {
  const { species, storage: { device } } = like;
  const real = core.componentType(like.dtypeCore);
  if (!(given instanceof Tensor)) return full(species, [1], given, real, device) as Tensor;
  if (core.isComplex(given.dtypeCore)) {
    throw new RuntimeError(
      `torch.${name}: ${argument} tensor of complex type is not supported. Got ${scalarTypeName(given.dtypeCore)}`);
  }
  return asColumn(cast(detach(given), real));
}

/** What is no more than these counts as nothing; without any it is the precision times the larger extent. */
export function bounds(
  name: string, A: Tensor, atol: Tensor | number | null | undefined, rtol: Tensor | number | null | undefined,
): readonly [absolute: Tensor, relative: Tensor] {
  const absolute = bound(name, atol ?? 0, A, 'atol');
  const precision = core.componentType(A.dtypeCore) === core.float64 ? 2 ** -52 : 2 ** -23;
  const least = precision * Math.max(...extentsOf(A));
  if (rtol !== undefined && rtol !== null) return [absolute, bound(name, rtol, A, 'rtol')];
  if (atol === undefined || atol === null) return [absolute, bound(name, least, A, 'rtol')];
  return [absolute, ops.where(ops.gt(absolute, 0), 0, bound(name, least, A, 'rtol')) as Tensor];
}

type Bound = Tensor | number | null;

function rank(A: Tensor, atol: Bound | undefined, rtol: Bound | undefined, hermitian: boolean): Tensor {
  const name = 'linalg.matrix_rank';
  if (shapeOf(A).length < 2) throw new RuntimeError(`torch.${name}: The input tensor input must have at least 2 dimensions.`);
  if (!core.isInexact(A.dtypeCore) || core.isHalf(A.dtypeCore)) {
    throw new RuntimeError("This function doesn't handle types other than float and double");
  }
  const [absolute, relative] = bounds(name, A, atol, rtol);
  const x = detach(A);
  if (hermitian) checkSquare(name, A);
  const s = hermitian ? ops.abs(eigvalsh(x, false).values) : svdvals(x);
  const last = shapeOf(s).length - 1;
  if (shapeOf(s)[last] === 0) return sum(cast(s, core.int64), [last]);
  const largest = extreme('max', s, [last], true);
  return sum(cast(ops.gt(s, ops.maximum(absolute, ops.mul(relative, largest))), core.int64), [last]);
}

interface Ranks {
  (input: Tensor, options?: {
    readonly atol?: Bound; readonly rtol?: Bound; readonly hermitian?: boolean; readonly out?: Tensor | null;
  }): Tensor;
  (input: Tensor, tol: Tensor | number, hermitian?: boolean, options?: { readonly out?: Tensor | null }): Tensor;
  (input: Tensor, options: { readonly tol: Tensor | number; readonly hermitian?: boolean; readonly out?: Tensor | null }): Tensor;
}

const into = (name: string, result: Tensor, out: Tensor | undefined, input: Tensor): Tensor =>
  (out === undefined ? result : intoOut(name, result, out, [input]));

/**
 * The number of singular values that are larger than `atol` and than `rtol` times the largest one, by default its precision times the
 * larger extent. Source: torch.linalg.matrix_rank.
 * @example
 * torch.linalg.matrix_rank(torch.Tensor([[1, 2], [2, 4]])); // → tensor(1)
 */
export const matrix_rank = overloaded<Ranks>('linalg.linalg_matrix_rank',
  ['input, *, atol: Tensor | Number = None, rtol: Tensor | Number = None, hermitian=False, out=None', (
    input: Tensor, atol?: Bound, rtol?: Bound, hermitian: boolean = false, out?: Tensor,
  ) => into('linalg_matrix_rank', rank(input, atol, rtol, hermitian), out, input)],
  ['input, tol: Tensor | Number, hermitian=False, *, out=None', (
    input: Tensor, tol: Tensor | number, hermitian: boolean = false, out?: Tensor,
  ) => into('linalg_matrix_rank', rank(input, tol, 0, hermitian), out, input)]);

/** By singular values, of which the last is the smallest. */
function ofValues(input: Tensor, p: number | null): Tensor {
  const s = svdvals(input);
  const last = shapeOf(s).length - 1;
  const at = (place: number): Tensor => sliceAxis(s, last, place, 1);
  const [largest, smallest] = [at(0), at(shapeOf(s)[last] - 1)];
  return fromColumn(p === -2 ? ops.div(smallest, largest) : ops.div(largest, smallest));
}

/**
 * The condition of a matrix, which tells how much its inverse magnifies errors: by the 2-norm unless `p` names another, of square matrices
 * alone; inf where it is singular. Source: torch.linalg.cond.
 * @example
 * torch.linalg.cond(torch.Tensor([[1, 0], [0, 4]])); // → tensor(4.)
 */
export const cond = linalg('cond', 'input, p: Number | str | None = None, *, out=None', (
  input: Tensor, p: NormOrder | null = null,
): Tensor => {
  if (shapeOf(input).length < 2) throw new RuntimeError('linalg.cond: The input tensor must have at least 2 dimensions.');
  if (typeof p === 'string' && p !== 'fro' && p !== 'nuc') throw new ValueError(`linalg.cond got an invalid norm type: ${p}`);
  const byValues = p === null || p === 2 || p === -2;
  if (!byValues) checkSquare(`linalg.cond(ord=${shown(p)})`, input);
  if (input.geometry.size === 0) {
    return full(Tensor, shapeOf(input).slice(0, -2), 0, core.componentType(input.dtypeCore), input.storage.device);
  }
  if (byValues) return ofValues(input, p as number | null);
  if (!core.isInexact(input.dtypeCore) || core.isHalf(input.dtypeCore)) {
    throw new NotImplementedError(`linalg.inv: Low precision dtypes not supported. Got ${scalarTypeName(input.dtypeCore)}`);
  }
  const { inverse: found, info } = inverse(input);
  const failed = unsqueeze(unsqueeze(ops.ne(info, 0), shapeOf(info).length), shapeOf(info).length + 1);
  const whole = ops.where(failed, Infinity, found) as Tensor;
  const axes = [-2, -1] as const;
  const result = ops.mul(matrixNorm(input, p, axes, false), matrixNorm(whole, p, axes, false));
  return ops.where(ops.ne(info, 0), Infinity, result) as Tensor;
});

