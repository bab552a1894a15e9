import type { StridedArray } from '../core/strided.ts';
import { matrixProduct } from './matmul.ts';
import { reshapeTo, swapAxes, unsqueeze } from './movement.ts';
import { conj, mul } from './pointwise/arithmetic.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Products with vectors, each recorded as one op. Operands have one dtype and fitting extents. */

type Pair = readonly [StridedArray, StridedArray];

const matrixVectorOp = structural({
  name: 'matrixVector', args: ['a', 'v'],
  results: ([a]: Pair, _: null) => [{ shape: [a.geometry.shape[0]], dtype: a.dtypeCore }],
  composite: ([a, v]) => [reshapeTo(matrixProduct(a, unsqueeze(v, 1)), [a.geometry.shape[0]])],
  saves: { a: ['v'], v: ['a'] },
  vjp: {
    a: (g, { v }) => mul(unsqueeze(g, 1), unsqueeze(conj(v), 0)),
    v: (g, { a }) => matrixVector(conj(swapAxes(a, 0, 1)), g),
  },
  gradName: 'MvBackward0', widensRules: false,
});

/** (m, k) · (k) → (m). */
export function matrixVector<A extends StridedArray>(a: A, v: A): A {
  return run(matrixVectorOp, [a, v], null)[0];
}

const innerProductOp = structural({
  name: 'innerProduct', args: ['a', 'b'],
  results: ([a]: Pair, _: null) => [{ shape: [], dtype: a.dtypeCore }],
  composite: ([a, b]) => [reshapeTo(matrixProduct(unsqueeze(a, 0), unsqueeze(b, 1)), [])],
  saves: { a: ['b'], b: ['a'] },
  vjp: { a: (g, { b }) => mul(conj(b), g), b: (g, { a }) => mul(conj(a), g) },
  gradName: 'DotBackward0', widensRules: false,
});

/** The sum of the products of two vectors' elements, as an array without axes. */
export function innerProduct<A extends StridedArray>(a: A, b: A): A {
  return run(innerProductOp, [a, b], null)[0];
}
