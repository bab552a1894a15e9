import { broadcastShapes } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { addProduct } from './addProduct.ts';
import { adjoint, matrixProduct } from './matmul.ts';
import { concatenate, permute, reshapeTo, sliceAxis, swapAxes, tryView, unsqueeze } from './movement.ts';
import { conj, mul, sub } from './pointwise/arithmetic.ts';
import { countOf, otherAxes, sum } from './reduce.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';
import { innerProduct, matrixVector } from './vectors.ts';

/** Products beside that of two matrices. Operands have one dtype, and their extents fit. */

type Pair = readonly [StridedArray, StridedArray];

const vdotOp = structural({
  name: 'vdot', args: ['a', 'b'],
  results: ([a]: Pair, _: null) => [{ shape: [], dtype: a.dtypeCore }],
  composite: ([a, b]) => [innerProduct(conj(a), b)],
  saves: { a: ['b'], b: ['a'] },
  vjp: { a: (g, { b }) => mul(b, conj(g)), b: (g, { a }) => mul(a, g) },
  widensRules: false,
});

/** The inner product of two vectors, the first conjugated. */
export function vdot<A extends StridedArray>(a: A, b: A): A {
  return run(vdotOp, [a, b], null)[0];
}

const addmvOp = addProduct('addmv', {
  results: (a) => [{ shape: [a.geometry.shape[0]], dtype: a.dtypeCore }],
  multiply: matrixVector,
  a: (g, v) => mul(unsqueeze(g, 1), unsqueeze(conj(v), 0)),
  b: (g, a) => matrixVector(adjoint(a), g),
});

/** beta · bias + alpha · (a · v), of a matrix and a vector. */
export function addmv<A extends StridedArray>(bias: A, a: A, v: A, beta = 1, alpha = 1): A {
  return run(addmvOp, [bias, a, v], { beta, alpha })[0];
}

/** Every element of one vector times every element of another. */
export function outer<A extends StridedArray>(a: A, b: A): A {
  return mul(reshapeTo(a, [a.geometry.size, 1]), b);
}

const addrOp = addProduct('addr', {
  results: (a, b) => [{ shape: [a.geometry.size, b.geometry.size], dtype: a.dtypeCore }],
  multiply: outer,
  a: (g, b) => matrixVector(g, conj(b)),
  b: (g, a) => matrixVector(swapAxes(g, 0, 1), conj(a)),
});

/** beta · bias + alpha · (a ⊗ b), of two vectors. */
export function addr<A extends StridedArray>(bias: A, a: A, b: A, beta = 1, alpha = 1): A {
  return run(addrOp, [bias, a, b], { beta, alpha })[0];
}

/**
 * The sum of products over pairs of axes, the other axes of `a` before those of `b`. An extent of 1 goes with any: what it meets is
 * summed before.
 */
export function tensordot<A extends StridedArray>(a: A, b: A, axesA: readonly number[], axesB: readonly number[]): A {
  let [left, right] = [a, b];
  axesA.forEach((axis, i) => {
    const [extent, other] = [left.geometry.shape[axis], right.geometry.shape[axesB[i]]];
    if (extent === 1 && other !== 1) right = sum(right, [axesB[i]], true);
    else if (other === 1 && extent !== 1) left = sum(left, [axis], true);
  });
  const [shapeA, shapeB] = [left.geometry.shape, right.geometry.shape];
  const [freeA, freeB] = [otherAxes(left, axesA), otherAxes(right, axesB)];
  const inner = countOf(shapeA, axesA);
  const rows = reshapeTo(permute(left, [...freeA, ...axesA]), [countOf(shapeA, freeA), inner]);
  const columns = reshapeTo(permute(right, [...axesB, ...freeB]), [inner, countOf(shapeB, freeB)]);
  return tryView(matrixProduct(rows, columns), [...freeA.map((axis) => shapeA[axis]), ...freeB.map((axis) => shapeB[axis])])!;
}

/** The Kronecker product: every element of one array times the whole other, in blocks. */
export function kron<A extends StridedArray>(a: A, b: A): A {
  const ndim = Math.max(a.geometry.shape.length, b.geometry.shape.length);
  const full = ({ geometry: { shape } }: A): number[] => [...new Array<number>(ndim - shape.length).fill(1), ...shape];
  const [shapeA, shapeB] = [full(a), full(b)];
  const blocks = mul(
    reshapeTo(a, shapeA.flatMap((extent) => [extent, 1])), reshapeTo(b, shapeB.flatMap((extent) => [1, extent])));
  return reshapeTo(blocks, shapeA.map((extent, axis) => extent * shapeB[axis]), 'UnsafeViewBackward0');
}

interface CrossParams {
  /** Counted from the last, which is -1, so that it is the same axis of both. */
  readonly axis: number;
}

const crossOp = structural({
  name: 'cross', args: ['a', 'b'],
  // Half floats are not widened: PyTorch and NumPy round each product.
  moves: true,
  results: ([a, b]: Pair, _: CrossParams) => [{ shape: broadcastShapes([a.geometry.shape, b.geometry.shape]), dtype: a.dtypeCore }],
  composite: ([a, b], { axis }) => {
    const part = (x: StridedArray, place: number): StridedArray => sliceAxis(x, x.geometry.shape.length + axis, place, 1);
    const minor = (i: number, k: number): StridedArray => sub(mul(part(a, i), part(b, k)), mul(part(a, k), part(b, i)));
    const minors = [minor(1, 2), minor(2, 0), minor(0, 1)];
    return [concatenate(minors, minors[0].geometry.shape.length + axis)];
  },
  saves: { a: ['b'], b: ['a'] },
  vjp: { a: (g, { b }, { axis }) => cross(conj(b), g, axis), b: (g, { a }, { axis }) => cross(g, conj(a), axis) },
  gradName: 'LinalgCrossBackward0',
});

/** The vector product along an axis of extent 3, which is counted from the last one, -1. */
export function cross<A extends StridedArray>(a: A, b: A, axis: number): A {
  return run(crossOp, [a, b], { axis })[0];
}
