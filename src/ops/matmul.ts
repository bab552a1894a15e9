import type { Kernel } from '../backend/kernels.ts';
import { bool, float32 } from '../core/dtype.ts';
import { remappedError, shapeText } from '../core/errors.ts';
import { broadcastPair } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import type { ScaledParams } from './addProduct.ts';
import { addProduct } from './addProduct.ts';
import { cast } from './cast.ts';
import { squeeze, swapAxes, unsqueeze } from './movement.ts';
import { conj } from './pointwise/arithmetic.ts';
import type { ResultSpec } from './registry/op.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Matrix products. Operands have one dtype. */

declare module '../backend/kernels.ts' {
  interface Kernels {
    /** Batched (..., m, k) · (..., k, n); the batch axes of a and b are broadcast to those of the result. */
    matmul: Kernel<ProductParams>;
    addmm: Kernel<ProductParams & ScaledParams>;
  }
}

/** The last two axes swapped and conjugated: what multiplies a gradient. */
export function adjoint<A extends StridedArray>(x: A): A {
  const ndim = x.geometry.shape.length;
  return conj(swapAxes(x, ndim - 2, ndim - 1));
}

/** Whether a matrix lies column by column, as the transposed weights of a linear layer do. */
function liesByColumns({ geometry: { shape, strides } }: StridedArray): boolean {
  return shape.length === 2 && strides[0] === 1 && strides[1] === shape[0] && shape[0] > 1 && shape[1] > 1;
}

interface ProductParams {
  /** Whether the operands lie by columns: then their gradients do too, and need no copy to lie as their leaves do. */
  readonly byColumns: readonly [boolean, boolean];
}

const columnsOf = (a: StridedArray, b: StridedArray): ProductParams['byColumns'] =>
  (a.geometry.shape.length === 2 && b.geometry.shape.length === 2 ? [liesByColumns(a), liesByColumns(b)] : [false, false]);

/** a · b laid out in memory by columns or by rows. */
function productLaid<A extends StridedArray>(a: A, b: A, byColumns: boolean): A {
  return byColumns ? swapAxes(matrixProduct(swapAxes(b, 0, 1), swapAxes(a, 0, 1)), 0, 1) : matrixProduct(a, b);
}

type Pair = readonly [StridedArray, StridedArray];

function productShape([a, b]: Pair): readonly ResultSpec[] {
  const [shapeA, shapeB] = [a.geometry.shape, b.geometry.shape];
  if (shapeA.length === 2 && shapeB.length === 2) return [{ shape: [shapeA[0], shapeB[1]], dtype: a.dtypeCore }];
  const batch = broadcastPair(shapeA.slice(0, -2), shapeB.slice(0, -2));
  if (batch === null) {
    throw remappedError(`${shapeText(shapeA)} and ${shapeText(shapeB)}`);
  }
  return [{ shape: [...batch, shapeA[shapeA.length - 2], shapeB[shapeB.length - 1]], dtype: a.dtypeCore }];
}

const productOp = structural({
  name: 'matmul', args: ['a', 'b'],
  results: (operands: Pair, _: ProductParams) => productShape(operands),
  saves: { a: ['b'], b: ['a'] },
  vjp: {
    a: (g, { b }, { byColumns }) => productLaid(g, adjoint(b), byColumns[0]),
    b: (g, { a }, { byColumns }) => productLaid(adjoint(a), g, byColumns[1]),
  },
  gradName: 'MmBackward0', widensRules: false,
});

/**
 * (..., m, k) · (..., k, n), batch axes broadcast. Both have at least two axes and fitting inner extents. Booleans multiply and add as
 * logic does.
 */
export function matrixProduct<A extends StridedArray>(a: A, b: A, name?: string): A {
  // Counts of what is true, which no rounding brings back to 0.
  if (a.dtypeCore === bool) return cast(matrixProduct(cast(a, float32), cast(b, float32)), bool);
  return run(productOp, [a, b], { byColumns: columnsOf(a, b) }, name)[0];
}

/** a · b with one-dimensional operands taken as a row and a column whose axis is dropped again. Shapes have been checked. */
export function matmul<A extends StridedArray>(a: A, b: A, name?: string): A {
  const vectorA = a.geometry.shape.length === 1;
  const vectorB = b.geometry.shape.length === 1;
  const left = vectorA ? unsqueeze(a, 0) : a;
  const right = vectorB ? unsqueeze(b, 1) : b;
  const out = matrixProduct(left, right, name);
  const ndim = out.geometry.shape.length;
  const drop = [...(vectorA ? [ndim - 2] : []), ...(vectorB ? [ndim - 1] : [])];
  return drop.length > 0 ? squeeze(out, drop) : out;
}

const addmmOp = addProduct<ProductParams>('addmm', {
  results: (a, b) => productShape([a, b]),
  multiply: matrixProduct,
  a: (g, b, { byColumns }) => productLaid(g, adjoint(b), byColumns[0]),
  b: (g, a, { byColumns }) => productLaid(adjoint(a), g, byColumns[1]),
});

/** beta · bias + alpha · (a · b), recorded as one op: what a linear layer computes. */
export function addmm<A extends StridedArray>(bias: A, a: A, b: A, beta = 1, alpha = 1, name?: string): A {
  return run(addmmOp, [bias, a, b], { beta, alpha, byColumns: columnsOf(a, b) }, name)[0];
}

const baddbmmOp = addProduct('baddbmm', {
  results: (a, b) => productShape([a, b]),
  multiply: matrixProduct,
  a: (g, b) => matrixProduct(g, adjoint(b), 'BmmBackward0'),
  b: (g, a) => matrixProduct(adjoint(a), g, 'BmmBackward0'),
});

/** The same for every matrix of two batches. */
export function baddbmm<A extends StridedArray>(bias: A, a: A, b: A, beta = 1, alpha = 1): A {
  return run(baddbmmOp, [bias, a, b], { beta, alpha })[0];
}
