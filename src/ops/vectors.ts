import { isRecorded, record } from '../autograd/tape.ts';
import { backendOf } from '../backend/select.ts';
import { isComplex } from '../core/dtype.ts';
import { contiguousLayout, stridedLayout } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { viewOf } from '../core/strided.ts';
import { emptyLike } from './dispatch.ts';
import { swapAxes, unsqueeze } from './movement.ts';
import { conjugate, mul } from './pointwise/arithmetic.ts';

/** Products with vectors, each recorded as one op. Operands have one dtype and fitting extents. */

const conjugated = <A extends StridedArray>(x: A): A => (isComplex(x.dtypeCore) ? conjugate(x) : x);

/** A vector as a row or a column that the tape does not see. */
function asMatrix<A extends StridedArray>(x: A, column: boolean): A {
  const { shape: [n], strides: [step], offset } = x.geometry;
  return viewOf(x, column ? stridedLayout([n, 1], [step, 1], offset) : stridedLayout([1, n], [n * step, step], offset));
}

const kept = (keep: StridedArray, asked: StridedArray): StridedArray | null => (asked.state?.requiresGrad ? keep : null);

/** (m, k) · (k) → (m). */
export function matrixVector<A extends StridedArray>(a: A, v: A): A {
  const [rows] = a.geometry.shape;
  const out = emptyLike(a, contiguousLayout([rows]));
  backendOf(a.storage.device).matmul(a, asMatrix(v, true), viewOf(out, contiguousLayout([rows, 1])));
  if (!isRecorded([a, v])) return out;
  return record(out, 'MvBackward0', [a, v], [
    (g, saved: { v: A }) => mul(unsqueeze(g as A, 1), unsqueeze(conjugated(saved.v), 0)),
    (g, saved: { a: A }) => matrixVector(conjugated(swapAxes(saved.a, 0, 1)), g as A),
  ], { a: kept(a, v), v: kept(v, a) });
}

/** The sum of the products of two vectors' elements, as an array without axes. */
export function innerProduct<A extends StridedArray>(a: A, b: A): A {
  const out = emptyLike(a, contiguousLayout([]));
  backendOf(a.storage.device).matmul(asMatrix(a, false), asMatrix(b, true), viewOf(out, contiguousLayout([1, 1])));
  if (!isRecorded([a, b])) return out;
  return record(out, 'DotBackward0', [a, b], [
    (g, saved: { b: A }) => mul(conjugated(saved.b), g),
    (g, saved: { a: A }) => mul(conjugated(saved.a), g),
  ], { a: kept(a, b), b: kept(b, a) });
}
