import { isRecorded, record } from '../autograd/tape.ts';
import { backendOf } from '../backend/select.ts';
import { isComplex } from '../core/dtype.ts';
import { ValueError, shapeText } from '../core/errors.ts';
import type { Layout } from '../core/layout.ts';
import { broadcastPair, contiguousLayout } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { squeeze, swapAxes, unsqueeze } from './movement.ts';
import { emptyLike } from './dispatch.ts';
import { add, conjugate, mul } from './pointwise/arithmetic.ts';

/** Matrix products. Both operands have one dtype. */

/** The last two axes swapped and conjugated: what multiplies a gradient. */
function adjoint<A extends StridedArray>(x: A): A {
  const ndim = x.geometry.shape.length;
  const swapped = swapAxes(x, ndim - 2, ndim - 1);
  return isComplex(x.dtypeCore) ? conjugate(swapped) : swapped;
}

/** Whether a matrix lies column by column, as the transposed weights of a linear layer do. */
function liesByColumns({ shape, strides }: Layout): boolean {
  return shape.length === 2 && strides[0] === 1 && strides[1] === shape[0] && shape[0] > 1 && shape[1] > 1;
}

/** a · b laid out in memory as `like` is, so that a gradient of a transposed view needs no copy to lie as its leaf does. */
function productLike<A extends StridedArray>(a: A, b: A, like: Layout, name: string): A {
  if (!liesByColumns(like) || a.geometry.shape.length !== 2 || b.geometry.shape.length !== 2) return matrixProduct(a, b, name);
  return swapAxes(matrixProduct(swapAxes(b, 0, 1), swapAxes(a, 0, 1), name), 0, 1);
}

/** (..., m, k) · (..., k, n), batch axes broadcast. Both have at least two axes and fitting inner extents. */
export function matrixProduct<A extends StridedArray>(a: A, b: A, name: string): A {
  const shapeA = a.geometry.shape;
  const shapeB = b.geometry.shape;
  const batch = broadcastPair(shapeA.slice(0, -2), shapeB.slice(0, -2));
  if (batch === null) {
    throw new ValueError(
      `operands could not be broadcast together with remapped shapes [original->remapped]: ${shapeText(shapeA)} and ${shapeText(shapeB)}`);
  }
  const out = emptyLike(a, contiguousLayout([...batch, shapeA[shapeA.length - 2], shapeB[shapeB.length - 1]]));
  backendOf(a.storage.device).matmul(a, b, out);
  if (!isRecorded([a, b])) return out;
  const [layoutA, layoutB] = [a.geometry, b.geometry];
  return record(out, name, [a, b], [
    (g, saved: { b: A }) => productLike(g as A, adjoint(saved.b), layoutA, name),
    (g, saved: { a: A }) => productLike(adjoint(saved.a), g as A, layoutB, name),
  ], { a: b.state?.requiresGrad ? a : null, b: a.state?.requiresGrad ? b : null });
}

/** a · b with one-dimensional operands taken as a row and a column whose axis is dropped again. Shapes have been checked. */
export function matmul<A extends StridedArray>(a: A, b: A, name = 'MmBackward0'): A {
  const vectorA = a.geometry.shape.length === 1;
  const vectorB = b.geometry.shape.length === 1;
  const left = vectorA ? unsqueeze(a, 0) : a;
  const right = vectorB ? unsqueeze(b, 1) : b;
  const out = matrixProduct(left, right, name);
  const ndim = out.geometry.shape.length;
  const drop = [...(vectorA ? [ndim - 2] : []), ...(vectorB ? [ndim - 1] : [])];
  return drop.length > 0 ? squeeze(out, drop) : out;
}

/** beta · bias + alpha · (a · b), recorded as one op: what a linear layer computes. */
export function addmm<A extends StridedArray>(bias: A, a: A, b: A, beta = 1, alpha = 1): A {
  const product = backendProduct(a, b);
  if (alpha !== 1) mul(product, alpha, product);
  if (beta !== 0) add(product, beta === 1 ? detached(bias) : mul(detached(bias), beta), product);
  if (!isRecorded([bias, a, b])) return product;
  const [layoutA, layoutB] = [a.geometry, b.geometry];
  return record(product, 'AddmmBackward0', [bias, a, b], [
    (g) => scaled(g as A, beta),
    (g, saved: { b: A }) => scaled(productLike(g as A, adjoint(saved.b), layoutA, 'MmBackward0'), alpha),
    (g, saved: { a: A }) => scaled(productLike(adjoint(saved.a), g as A, layoutB, 'MmBackward0'), alpha),
  ], { a: b.state?.requiresGrad ? a : null, b: a.state?.requiresGrad ? b : null });
}

function scaled<A extends StridedArray>(x: A, factor: number): A {
  return factor === 1 ? x : mul(x, factor);
}

function detached<A extends StridedArray>(x: A): A {
  return new x.species(x.storage, x.dtypeCore, x.geometry);
}

function backendProduct<A extends StridedArray>(a: A, b: A): A {
  const out = emptyLike(a, contiguousLayout([a.geometry.shape[0], b.geometry.shape[1]]));
  backendOf(a.storage.device).matmul(a, b, out);
  return out;
}
