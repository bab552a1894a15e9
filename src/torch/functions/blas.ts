import { withGradMode } from '../../autograd/mode.ts';
import { bool, int64, isInteger } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import * as matrix from '../../ops/matmul.ts';
import { trace as diagonalSum } from '../../ops/matrices.ts';
import * as move from '../../ops/movement.ts';
import * as products from '../../ops/products.ts';
import { matrixVector, innerProduct } from '../../ops/vectors.ts';
import { cTypeName, scalarTypeName } from '../dtypes/dtypes.ts';
import { bothForms, keyed, keyedOut } from '../arguments/keyed.ts';
import {
  broadcastShape, checkBroadcast, commonType, inPlaceSource, toType, writeInPlace,
} from '../arguments/operands.ts';
import { checkFound, checkKind, checkSame } from '../arguments/products.ts';
import * as pointwise from '../pointwise.ts';
import { expanded, listText } from '../arguments/sizes.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { wrapDimension } from '../tensor/tensor.ts';

/** Products of vectors and matrices. Each function is also a method. */

const sizes = (x: Tensor): string => x.geometry.shape.join('x');

function checkMatrices(name: string, a: Tensor, b: Tensor): void {
  const [ndimA, ndimB] = [a.geometry.shape.length, b.geometry.shape.length];
  if (ndimA !== 2) throw new RuntimeError(`${name}: self must be a matrix, got ${ndimA}-D tensor`);
  if (ndimB !== 2) throw new RuntimeError(`${name}: mat2 must be a matrix, got ${ndimB}-D tensor`);
  if (a.geometry.shape[1] !== b.geometry.shape[0]) {
    throw new RuntimeError(`${name}: mat1 and mat2 shapes cannot be multiplied (${sizes(a)} and ${sizes(b)})`);
  }
}

function multiply(a: Tensor, b: Tensor): Tensor {
  checkMatrices('mm', a, b);
  checkSame(a, b);
  return matrix.matrixProduct(a, b, 'MmBackward0');
}

/**
 * The product of two matrices: (n, m) · (m, p) → (n, p). Source: torch.mm.
 * @example
 * torch.mm(torch.tensor([[1, 2]]), torch.tensor([[3], [4]])); // → tensor([[11]])
 */
export const mm = keyedOut('mm', 'input, mat2: Tensor, *, out=None', (input: Tensor, mat2: Tensor): Tensor => {
  return multiply(input, mat2);
});

/**
 * The product of a matrix and a vector: (n, m) · (m) → (n). Source: torch.mv.
 * @example
 * torch.mv(torch.tensor([[1, 2], [3, 4]]), torch.tensor([5, 6])); // → tensor([17, 39])
 */
export const mv = keyedOut('mv', 'input, vec: Tensor, *, out=None', (input: Tensor, vec: Tensor): Tensor => {
  return timesVector(input, vec);
});

function timesVector(a: Tensor, v: Tensor): Tensor {
  const [ndimA, ndimV] = [a.geometry.shape.length, v.geometry.shape.length];
  if (ndimA !== 2 || ndimV !== 1) throw new RuntimeError(`vector + matrix @ vector expected, got ${ndimV}, ${ndimA}, ${ndimV}`);
  if (a.geometry.shape[1] !== v.geometry.shape[0]) {
    throw new RuntimeError(`size mismatch, got input (${a.geometry.shape[0]}), mat (${sizes(a)}), vec (${v.geometry.shape[0]})`);
  }
  if (a.dtypeCore !== v.dtypeCore) {
    const [matrix, vector] = [scalarTypeName(a.dtypeCore), scalarTypeName(v.dtypeCore)];
    throw new RuntimeError(`addmv input tensors must have the same dtype, but got ${vector}, ${matrix}, and ${vector}`);
  }
  checkKind('addmv_impl_cpu', a.dtypeCore);
  return matrixVector(a, v);
}

/**
 * A product for each matrix of two batches: (b, n, m) · (b, m, p) → (b, n, p). Source: torch.bmm.
 * @example
 * torch.bmm(torch.ones(2, 3, 4), torch.ones(2, 4, 5)).shape; // → torch.Size([2, 3, 5])
 */
export const bmm = keyedOut('bmm', 'input, mat2: Tensor, *, out=None', (input: Tensor, mat2: Tensor): Tensor => {
  checkBatches(input, mat2);
  return matrix.matrixProduct(input, mat2, 'BmmBackward0');
});

function checkThree(a: Tensor, b: Tensor): void {
  if (a.geometry.shape.length !== 3) throw new RuntimeError('batch1 must be a 3D tensor');
  if (b.geometry.shape.length !== 3) throw new RuntimeError('batch2 must be a 3D tensor');
}

function checkBatches(a: Tensor, b: Tensor): void {
  checkThree(a, b);
  const [shapeA, shapeB] = [a.geometry.shape, b.geometry.shape];
  if (shapeA[0] !== shapeB[0] || shapeA[2] !== shapeB[1]) throw batchSizes([shapeA[0], shapeA[2]], [shapeB[0], shapeB[1]]);
  checkFound(a, b);
}

function batchSizes(expected: readonly number[], found: readonly number[]): RuntimeError {
  return new RuntimeError(
    `Expected size for first two dimensions of batch2 tensor to be: ${listText(expected)} but got: ${listText(found)}.`);
}

/**
 * The product of two vectors: the sum of their elements' products. Source: torch.dot.
 * @example
 * torch.dot(torch.tensor([1, 2]), torch.tensor([3, 4])); // → tensor(11)
 */
export const dot = keyedOut('dot', 'input, tensor: Tensor, *, out=None', (input: Tensor, tensor: Tensor): Tensor => {
  checkVectors('dot', input, tensor);
  return innerProduct(input, tensor);
});

function checkVectors(name: string, a: Tensor, b: Tensor): void {
  const [ndimA, ndimB] = [a.geometry.shape.length, b.geometry.shape.length];
  if (ndimA !== 1 || ndimB !== 1) throw new RuntimeError(`1D tensors expected, but got ${ndimA}D and ${ndimB}D tensors`);
  if (a.dtypeCore !== b.dtypeCore) {
    throw new RuntimeError(
      `${name} : expected both vectors to have same dtype, but found ${scalarTypeName(a.dtypeCore)} and ${scalarTypeName(b.dtypeCore)}`);
  }
  if (a.geometry.size !== b.geometry.size) {
    throw new RuntimeError(
      `inconsistent tensor size, expected tensor ${listText(a.geometry.shape)} and src ${listText(b.geometry.shape)} to have the same `
      + `number of elements, but got ${a.geometry.size} and ${b.geometry.size} elements respectively`);
  }
  checkKind(name, a.dtypeCore);
}

/**
 * As dot, with the first vector conjugated. Source: torch.vdot.
 * @example
 * torch.vdot(torch.tensor([new torch.Complex(1, 2)]), torch.tensor([new torch.Complex(3, 4)])); // → tensor(11.-2.j)
 */
export const vdot = keyedOut('vdot', 'input, other, *, out=None', (input: Tensor, other: Tensor): Tensor => {
  checkVectors('vdot', input, other);
  return products.vdot(input, other);
});

/**
 * The matrix product, batch dimensions broadcast; vectors count as a row on the left and as a column on the right.
 * Source: torch.matmul.
 * @example
 * torch.matmul(torch.ones(2, 3), torch.ones(3)); // → tensor([3., 3.])
 */
export const matmul = keyedOut('matmul', 'input, other, *, out=None', (input: Tensor, other: Tensor): Tensor => {
  const [shapeA, shapeB] = [input.geometry.shape, other.geometry.shape];
  const [ndimA, ndimB] = [shapeA.length, shapeB.length];
  if (ndimA === 2 && ndimB === 2) return multiply(input, other);
  if (ndimA === 0 || ndimB === 0) {
    throw new RuntimeError(`both arguments to matmul need to be at least 1D, but they are ${ndimA}D and ${ndimB}D`);
  }
  if (ndimA === 1 && ndimB === 1) return dot(input, other);
  if (ndimA === 2 && ndimB === 1) return timesVector(input, other);
  if (ndimA === 1 && ndimB === 2) return move.squeeze(multiply(move.unsqueeze(input, 0), other), [0], 'SqueezeBackward4');
  if (ndimB <= 2) {
    // The batch is folded into the rows: one larger product instead of many small ones.
    const inner = shapeA[ndimA - 1];
    const rows = shapeA.slice(0, -1).reduce((x, y) => x * y, 1);
    const folded = move.reshapeTo(input, [rows, inner]);
    const result = ndimB === 1 ? timesVector(folded, other) : multiply(folded, other);
    return move.reshapeTo(result, [...shapeA.slice(0, -1), ...shapeB.slice(1)], 'UnsafeViewBackward0');
  }
  return batched(input, other);
});
function batched(input: Tensor, other: Tensor): Tensor {
  const vector = input.geometry.shape.length === 1;
  const a = vector ? move.unsqueeze(input, 0) : input;
  const [shapeA, shapeB] = [a.geometry.shape, other.geometry.shape];
  const batch = broadcastShape([shapeA.slice(0, -2), shapeB.slice(0, -2)]);
  const inner = shapeA[shapeA.length - 1];
  if (inner !== shapeB[shapeB.length - 2]) {
    const count = batch.reduce((x, y) => x * y, 1);
    if (vector) {
      const [rows, columns] = shapeB.slice(-2);
      throw new RuntimeError(`size mismatch, got input (${count * columns}), mat (${count * columns}x${rows}), vec (${inner})`);
    }
    throw batchSizes([count, inner], [count, shapeB[shapeB.length - 2]]);
  }
  checkFound(a, other);
  const out = matrix.matrixProduct(a, other, 'UnsafeViewBackward0');
  return vector ? move.squeeze(out, [out.geometry.shape.length - 2], 'UnsafeViewBackward0') : out;
}

/** Tensors in their common dtype. */
function promoted<T extends readonly Tensor[]>(...tensors: T): T {
  return toType(tensors, commonType(tensors)) as unknown as T;
}

/**
 * The products of every row of one tensor with every row of another. Source: torch.inner.
 * @example
 * torch.inner(torch.tensor([[1, 2], [3, 4]]), torch.tensor([5, 6])); // → tensor([17, 39])
 */
export const inner = keyedOut('inner', 'input, other, *, out=None', (input: Tensor, other: Tensor): Tensor => {
  const [shapeA, shapeB] = [input.geometry.shape, other.geometry.shape];
  if (shapeA.length === 0 || shapeB.length === 0) return pointwise.mul(input, other);
  if (shapeA[shapeA.length - 1] !== shapeB[shapeB.length - 1]) {
    throw new RuntimeError(
      `inner() the last dimension must match on both input tensors but got shapes ${listText(shapeA)} and ${listText(shapeB)}`);
  }
  checkSame(input, other);
  return products.tensordot(input, other, [shapeA.length - 1], [shapeB.length - 1]);
});

/**
 * Every element of one vector times every element of another. Source: torch.outer.
 * @example
 * torch.outer(torch.tensor([1, 2]), torch.tensor([3, 4])); // → tensor([[3, 4],
 *                                                          //           [6, 8]])
 */
export const outer = keyedOut('outer', 'input, vec2: Tensor, *, out=None', (input: Tensor, vec2: Tensor): Tensor => {
  for (const [name, { geometry: { shape } }] of [['self', input], ['vec2', vec2]] as const) {
    if (shape.length !== 1) throw new RuntimeError(`outer: Expected 1-D argument ${name}, but got ${shape.length}-D`);
  }
  return products.outer(...promoted(input, vec2));
});
/** As outer. Source: torch.ger. */
export const ger = outer;

/** A function beta · input + alpha · (a product), with its in-place form. */
function addProduct<const A extends string, const B extends string>(
  name: string, a: A, b: B, compute: (input: Tensor, a: Tensor, b: Tensor, beta: number, alpha: number) => Tensor,
) {
  const run = (input: Tensor, first: Tensor, second: Tensor, beta: number = 1, alpha: number = 1): Tensor =>
    compute(input, first, second, beta, alpha);
  return bothForms<`input, ${A}, ${B}, *, beta: Number = 1, alpha: Number = 1`, [a: Tensor, b: Tensor, beta?: number, alpha?: number]>(
    name, `input, ${a}, ${b}, *, beta: Number = 1, alpha: Number = 1`, run,
    (input, first, second, beta, alpha) => writeInPlace(input, run(inPlaceSource(input), first, second, beta, alpha)));
}

/**
 * beta · input + alpha · (mat1 · mat2), the input broadcast. Source: torch.addmm.
 * @example
 * torch.addmm(torch.tensor([[1, 2]]), torch.tensor([[3, 4]]), torch.tensor([[5, 6], [7, 8]]), { beta: 10 }); // → tensor([[53, 70]])
 */
export const addmm = addProduct('addmm', 'mat1: Tensor', 'mat2: Tensor', (input, a, b, beta, alpha): Tensor => {
  checkMatrices('addmm', a, b);
  if (input.dtypeCore !== b.dtypeCore) {
    throw new RuntimeError(
      `self and mat2 must have the same dtype, but got ${scalarTypeName(input.dtypeCore)} and `
      + `${scalarTypeName(b.dtypeCore)}`);
  }
  checkSame(a, b);
  checkFits(input, [a.geometry.shape[0], b.geometry.shape[1]]);
  return matrix.addmm(input, a, b, beta, alpha);
});

/** Checks that the first operand broadcasts to the product's shape. */
function checkFits(input: Tensor, shape: readonly number[]): void {
  withGradMode(false, () => expanded(input, shape));
}

/**
 * beta · input + alpha · (mat · vec), the input broadcast. Source: torch.addmv.
 * @example
 * torch.addmv(torch.tensor([1, 2]), torch.tensor([[3, 4], [5, 6]]), torch.tensor([7, 8])); // → tensor([54, 85])
 */
export const addmv = addProduct('addmv', 'mat: Tensor', 'vec: Tensor', (input, a, v, beta, alpha): Tensor => {
  const [ndimA, ndimV] = [a.geometry.shape.length, v.geometry.shape.length];
  const extent = input.geometry.size;
  if (ndimA !== 2 || ndimV !== 1 || input.geometry.shape.length > 1) {
    throw new RuntimeError(`vector + matrix @ vector expected, got ${input.geometry.shape.length}, ${ndimA}, ${ndimV}`);
  }
  if (a.geometry.shape[1] !== v.geometry.shape[0] || (extent !== 1 && extent !== a.geometry.shape[0])) {
    throw new RuntimeError(`size mismatch, got input (${extent}), mat (${sizes(a)}), vec (${v.geometry.shape[0]})`);
  }
  if (a.dtypeCore !== v.dtypeCore || input.dtypeCore !== a.dtypeCore) {
    throw new RuntimeError(
      `addmv input tensors must have the same dtype, but got ${scalarTypeName(input.dtypeCore)}, ${scalarTypeName(a.dtypeCore)}, and `
      + scalarTypeName(v.dtypeCore));
  }
  return products.addmv(input, a, v, beta, alpha);
});

/**
 * beta · input + alpha · (batch1 · batch2) for each matrix of a batch, the input broadcast. Source: torch.baddbmm.
 * @example
 * torch.baddbmm(torch.ones(2, 1, 1), torch.ones(2, 1, 3), torch.ones(2, 3, 1)).flatten(); // → tensor([4., 4.])
 */
export const baddbmm = addProduct('baddbmm', 'batch1: Tensor', 'batch2: Tensor', (input, a, b, beta, alpha): Tensor => {
  checkThree(a, b);
  checkFits(input, [a.geometry.shape[0], a.geometry.shape[1], b.geometry.shape[2]]);
  checkBatches(a, b);
  if (input.dtypeCore !== a.dtypeCore) {
    throw new RuntimeError(
      `Input dtypes must be the same, got: input ${cTypeName(input.dtypeCore)}, batch1: `
      + `${cTypeName(a.dtypeCore)}, batch2: ${cTypeName(b.dtypeCore)}`);
  }
  return matrix.baddbmm(input, a, b, beta, alpha);
});

/**
 * beta · input + alpha · (vec1 ⊗ vec2): every element of one vector times every element of the other. Source:
 * torch.addr.
 * @example
 * torch.addr(torch.zeros(2, 2), torch.tensor([1.5, 2]), torch.tensor([3.5, 4])); // → tensor([[5.2500, 6.0000],
 *                                                                                //           [7.0000, 8.0000]])
 */
export const addr = addProduct('addr', 'vec1: Tensor', 'vec2: Tensor', (input, a, b, beta, alpha): Tensor => {
  for (const [name, { geometry: { shape } }] of [['vec1', a], ['vec2', b]] as const) {
    if (shape.length !== 1) throw new RuntimeError(`addr: Expected 1-D argument ${name}, but got ${shape.length}-D`);
  }
  checkFits(input, [a.geometry.size, b.geometry.size]);
  return products.addr(...promoted(input, a, b), beta, alpha);
});

/**
 * The sum of the diagonal of a matrix. Source: torch.trace.
 * @example
 * torch.trace(torch.tensor([[1, 2], [3, 4]])); // → tensor(5)
 */
export const trace = keyed('trace', 'input', (input: Tensor): Tensor => {
  const ndim = input.geometry.shape.length;
  if (ndim !== 2) throw new RuntimeError(`trace: expected a matrix, but got tensor with dim ${ndim}`);
  if (input.dtypeCore === bool) throw new NotImplementedError('"trace" not implemented for \'Bool\'');
  return diagonalSum(input, 0, 0, 1, isInteger(input.dtypeCore) ? int64 : input.dtypeCore);
});

function crossDimension(input: Tensor, other: Tensor, dim: number | null): number {
  const { shape } = input.geometry;
  if (dim === null) {
    const found = shape.indexOf(3);
    if (found < 0) throw new RuntimeError('no dimension of size 3 in input');
    return found;
  }
  const axis = wrapDimension(dim, shape.length);
  if (shape[axis] !== 3 || other.geometry.shape[axis] !== 3) {
    throw new RuntimeError(
      `linalg.cross: inputs dimension ${dim} must have length 3. Got ${shape[axis]} and ${other.geometry.shape[axis]}`);
  }
  return axis;
}

/**
 * The vector product along a dimension of extent 3: the first such one where none is named. Source: torch.cross.
 * @example
 * torch.cross(torch.tensor([1, 0, 0]), torch.tensor([0, 1, 0]), { dim: 0 }); // → tensor([0, 0, 1])
 */
export const cross = keyedOut('cross', 'input, other, dim: int | None = None, *, out=None', (
  input: Tensor, other: Tensor, dim: number | null = null,
): Tensor => {
  const [ndimA, ndimB] = [input.geometry.shape.length, other.geometry.shape.length];
  if (ndimA !== ndimB) {
    throw new RuntimeError('linalg.cross: inputs must have the same number of dimensions.');
  }
  const axis = crossDimension(input, other, dim);
  checkBroadcast([input, other]);
  return products.cross(input, other, axis - ndimA);
});

/**
 * The Kronecker product: every element of one tensor times the whole other. Source: torch.kron.
 * @example
 * torch.kron(torch.tensor([[1, 10]]), torch.tensor([[1, 2]])); // → tensor([[ 1,  2, 10, 20]])
 */
export const kron = keyedOut('kron', 'input, other, *, out=None', (input: Tensor, other: Tensor): Tensor => {
  return products.kron(...promoted(input, other));
});
