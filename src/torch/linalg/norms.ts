import * as core from '../../core/dtype.ts';
import { RuntimeError, shown } from '../../core/errors.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import { cast } from '../../ops/cast.ts';
import { permute, reshapeTo } from '../../ops/movement.ts';
import { vectorNorm } from '../../ops/norms.ts';
import { abs } from '../../ops/pointwise/elementary.ts';
import { allAxes, extreme, keptShape, otherAxes, sum } from '../../ops/reduce.ts';
import { overloaded } from '../arguments/keyed.ts';
import { distinct } from '../arguments/dims.ts';
import { intoOut } from '../arguments/operands.ts';
import { listText } from '../arguments/sizes.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import { canCast, scalarTypeName } from '../dtypes/dtypes.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { wrapDimension } from '../tensor/tensor.ts';
import { svdvals } from './decompositions.ts';
import { checkInexact, checkMatrices, linalg, shapeOf } from './operands.ts';

/** Lengths of vectors and sizes of matrices. */

export type NormOrder = number | string;
type Dim = number | readonly number[] | null;

/** The input in the dtype that is asked for, to which it must not lose anything. */
function inType(name: string, input: Tensor, type: dtype | null | undefined): Tensor {
  checkInexact(name, input.dtypeCore);
  if (type === null || type === undefined) return input;
  const [from, to] = [input.dtypeCore, type.core];
  const [fromName, toName] = [scalarTypeName(from), scalarTypeName(to)];
  if (!core.isInexact(to)) throw new RuntimeError(`${name}: dtype should be floating point or complex, but got ${toName}`);
  if (core.isComplex(from) !== core.isComplex(to)) {
    const kind = core.isComplex(from) ? 'complex' : 'real';
    throw new RuntimeError(`${name}: dtype should be ${kind} for ${kind} inputs, but got ${toName}`);
  }
  if (!canCast(from, to) || to.itemsize < from.itemsize) {
    throw new RuntimeError(
      `${name}: the dtype of the input (${fromName}) should be convertible without narrowing to the specified dtype (${toName})`);
  }
  return cast(input, to);
}

function ofVectors(given: Tensor, order: number, dim: Dim | undefined, keepdim: boolean, type?: dtype | null): Tensor {
  const input = inType('linalg.vector_norm', given, type);
  const ndim = shapeOf(input).length;
  const list = typeof dim === 'number' ? [dim] : dim;
  const axes = list === null || list === undefined || list.length === 0 ? allAxes(input) : distinct(list, ndim);
  const nothing = order < 0 || order === Infinity ? axes.find((axis) => shapeOf(input)[axis] === 0) : undefined;
  if (nothing !== undefined) {
    const whole = list === null || list === undefined;
    throw new RuntimeError(`linalg.vector_norm cannot compute the ${pythonRepr(order)} norm on `
      + `${whole ? 'an empty tensor' : `the dimension ${nothing}`} because `
      + `${whole ? '' : 'this dimension is empty and '}the operation does not have an identity`);
  }
  return vectorNorm(input, order, axes, keepdim);
}

/** The two dimensions last, in the order in which they were given. */
function matricesLast(input: Tensor, row: number, column: number): Tensor {
  return permute(input, [...otherAxes(input, [row, column]), row, column]);
}

/** The norm of matrices in two dimensions. */
export function matrixNorm(input: Tensor, order: NormOrder, dims: readonly number[], keepdim: boolean): Tensor {
  const ndim = shapeOf(input).length;
  const [row, column] = dims.map((dim) => wrapDimension(dim, ndim));
  if (order === 'fro') return vectorNorm(input, 2, [row, column], keepdim);
  const kept = (result: Tensor): Tensor =>
    (keepdim ? reshapeTo(result, keptShape(shapeOf(input), [row, column], true)) : result);
  if (order === 'nuc' || Math.abs(Number(order)) === 2) {
    const s = svdvals(matricesLast(input, row, column));
    const last = shapeOf(s).length - 1;
    return kept(order === 'nuc' ? sum(s, [last]) : extreme(order === 2 ? 'max' : 'min', s, [last]));
  }
  // Sums along the rows or the columns, and the largest or smallest of them.
  const [summed, compared] = Math.abs(Number(order)) === 1 ? [row, column] : [column, row];
  const sums = sum(abs(input), [summed], true);
  const found = extreme(Number(order) > 0 ? 'max' : 'min', sums, [compared], true);
  return keepdim ? found : reshapeTo(found, keptShape(shapeOf(input), [row, column], false));
}

function ofMatrices(given: Tensor, order: NormOrder, dims: readonly number[], keepdim: boolean, type?: dtype | null): Tensor {
  const name = 'linalg.matrix_norm';
  checkMatrices(name, given);
  const known = typeof order === 'string' ? order === 'fro' || order === 'nuc' : [1, 2, Infinity].includes(Math.abs(order));
  if (!known) throw new RuntimeError(`${name}: Order ${shown(order)} not supported.`);
  if (dims.length !== 2) throw new RuntimeError(`${name}: dim must be a 2-tuple. Got ${dims.join(' ')}`);
  const ndim = shapeOf(given).length;
  const [row, column] = dims.map((dim) => wrapDimension(dim, ndim));
  if (row === column) throw new RuntimeError(`${name}: dims must be different. Got (${dims[0]}, ${dims[1]})`);
  return matrixNorm(inType(name, given, type), order, dims, keepdim);
}

/** Which of the two norms a call means. */
function either(
  input: Tensor, order: NormOrder | null | undefined, dim: Dim | undefined, keepdim: boolean, type?: dtype | null,
): Tensor {
  const list = typeof dim === 'number' ? [dim] : dim ?? null;
  const ndim = shapeOf(input).length;
  if (list !== null && list.length !== 1 && list.length !== 2) {
    throw new RuntimeError(`linalg.norm: If dim is specified, it must be of length 1 or 2. Got ${listText(list)}`);
  }
  if (order === null || order === undefined) return ofVectors(input, 2, list, keepdim, type);
  if (list === null && typeof order === 'number' && ndim !== 1 && ndim !== 2) {
    throw new RuntimeError(`linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got ${ndim}D.`);
  }
  if (typeof order === 'string') {
    if (list === null && ndim > 2) {
      throw new RuntimeError(`linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got ${ndim}D.`);
    }
    return ofMatrices(input, order, list ?? (ndim < 2 ? [-2, -1] : [0, 1]), keepdim, type);
  }
  if (list?.length === 1 || (list === null && ndim === 1)) return ofVectors(input, order, list, keepdim, type);
  return ofMatrices(input, order, list ?? [0, 1], keepdim, type);
}

interface Options {
  readonly keepdim?: boolean;
  readonly dtype?: dtype | null;
  readonly out?: Tensor | null;
}

export interface Norms {
  (input: Tensor, ord?: NormOrder | null, dim?: Dim, keepdim?: boolean, options?: Options): Tensor;
  (input: Tensor, options?: Options & { readonly ord?: NormOrder | null; readonly dim?: Dim }): Tensor;
  (input: Tensor, ord: NormOrder | null, options?: Options & { readonly dim?: Dim }): Tensor;
  (input: Tensor, ord: NormOrder | null, dim: Dim, options?: Options): Tensor;
}

const into = (name: string, result: Tensor, out: Tensor | null | undefined, input: Tensor): Tensor =>
  (out ? intoOut(name, result, out, [input]) : result);

/**
 * The norm of a vector or a matrix, by default the 2-norm of all elements; along one dimension that of vectors, along two that of
 * matrices. Source: torch.linalg.norm.
 * @example
 * torch.linalg.norm(torch.Tensor([3, 4])); // → tensor(5.)
 * torch.linalg.norm(torch.Tensor([[1, -2], [3, 4]]), 1); // → tensor(6.)
 */
export const norm = overloaded<Norms>('linalg.linalg_norm', [
  'input, ord: Number | str = None, dim: tuple of ints | int = None, keepdim=False, *, dtype=None, out=None', (
    input: Tensor, order?: NormOrder | null, dim?: Dim, keepdim: boolean = false, type?: dtype | null, out?: Tensor | null,
  ) => into('linalg_norm', either(input, order, dim, keepdim, type), out, input),
]);

/**
 * The norm of matrices, the last two dimensions unless said, by default that of Frobenius. Source: torch.linalg.matrix_norm.
 * @example
 * torch.linalg.matrix_norm(torch.Tensor([[1, 2], [2, 4]])); // → tensor(5.)
 */
export const matrix_norm = linalg(
  'matrix_norm', "input, ord: Number | str = 'fro', dim: tuple of ints = (-2,-1), keepdim=False, *, dtype=None, out=None", (
    input: Tensor, order: NormOrder = 'fro', dim: readonly number[] = [-2, -1], keepdim: boolean = false, type?: dtype | null,
  ): Tensor => ofMatrices(input, order, dim, keepdim, type));

/**
 * The norm of vectors along one dimension, or of all elements along several, or all, as those of one vector. Source:
 * torch.linalg.vector_norm.
 * @example
 * torch.linalg.vector_norm(torch.Tensor([[3, 4], [6, 8]]), { dim: 1 }); // → tensor([ 5., 10.])
 */
export const vector_norm = linalg(
  'vector_norm', 'input, ord: Number = 2, dim: tuple of ints | int = None, keepdim=False, *, dtype=None, out=None', (
    input: Tensor, order: number = 2, dim?: Dim, keepdim: boolean = false, type?: dtype | null,
  ): Tensor => ofVectors(input, order, dim, keepdim, type));
