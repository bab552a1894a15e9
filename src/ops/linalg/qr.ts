import type { Kernel } from '../../backend/kernels.ts';
import { linalg } from '../../backend/parts.ts';
import { componentType } from '../../core/dtype.ts';
import { NotImplementedError } from '../../core/errors.ts';
import type { StridedArray } from '../../core/strided.ts';
import { zerosLike } from '../creation.ts';
import { eye } from '../matrices.ts';
import { broadcastTo, concatenate, sliceAxis } from '../movement.ts';
import { adjoint } from '../matmul.ts';
import { add, mul, neg, sub } from '../pointwise/arithmetic.ts';
import { likeFirst, structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import { triangularSolve } from './lu.ts';
import { alongRows, fromLower, lower, product, sumOf, upper } from './rules.ts';
import type { Matrices } from './shapes.ts';
import { extentsOf, inexact } from './shapes.ts';

/** Orthogonal and unitary matrices as products of Householder's reflections. */

export interface ColumnsParams {
  readonly columns: number;
}

declare module '../../backend/kernels.ts' {
  interface Kernels {
    /** LAPACK's form: r in the upper triangle, reflections below it and in `tau`. */
    geqrf: Kernel;
    /** So many first columns of the product of reflections. */
    householderProduct: Kernel<ColumnsParams>;
  }
}

const geqrfOp = structural({
  name: 'geqrf', args: ['a'], names: ['h', 'tau'], dtypes: inexact, part: linalg,
  results: ([a]: Matrices, _: null) => {
    const { batch, least } = extentsOf(a);
    return [...likeFirst([a]), { shape: [...batch, least], dtype: a.dtypeCore }];
  },
  vjp: null,
});

/** a = q r: r in the upper triangle of h, and q as reflections, whose vectors are below it and whose factors are tau. */
export function geqrf<A extends StridedArray>(a: A): { h: A; tau: A } {
  const [h, tau] = run(geqrfOp, [a], null);
  return { h, tau };
}

const productOp = structural({
  name: 'householderProduct', args: ['h', 'tau'], dtypes: inexact, part: linalg,
  results: ([h]: readonly [StridedArray, StridedArray], { columns }: ColumnsParams) => {
    const { batch, rows } = extentsOf(h);
    return [{ shape: [...batch, rows, columns], dtype: h.dtypeCore }];
  },
  composite: ([h, tau], { columns }) => [reflected(h, tau, columns)],
  vjp: 'composite', gradName: 'LinalgHouseholderProductBackward0',
});

/** The reflections, the last one first, of the first columns of an identity. */
function reflected(h: StridedArray, tau: StridedArray, columns: number): StridedArray {
  const { species, dtypeCore: dtype, storage: { device } } = h;
  const { batch, rows } = extentsOf(h);
  const count = tau.geometry.shape[batch.length];
  const last = batch.length + 1;
  const vectors = add(lower(sliceAxis(h, last, 0, count), -1), eye(species, rows, count, 0, dtype, device));
  const factors = alongRows(tau);
  let q = broadcastTo(eye(species, rows, columns, 0, dtype, device), [...batch, rows, columns]);
  for (let i = count - 1; i >= 0; i--) {
    const v = sliceAxis(vectors, last, i, 1);
    q = sub(q, mul(sliceAxis(factors, last, i, 1), product(v, product(adjoint(v), q))));
  }
  return q;
}

/** The first columns, at most as many as there are rows, of the product of the reflections in the columns of h. */
export function householderProduct<A extends StridedArray>(h: A, tau: A, columns: number): A {
  return run(productOp, [h, tau], { columns })[0];
}

interface QrParams {
  /** Whether q has as many columns as rows, rather than as are needed. */
  readonly complete: boolean;
}

/** The gradient where r is square: (ofQ + q h) r⁻ᴴ with h from the lower triangle of r ofRᴴ - ofQᴴ q. */
function qrGradient(ofQ: StridedArray | null, ofR: StridedArray | null, q: StridedArray, r: StridedArray): StridedArray | null {
  const inner = sumOf([ofR && product(r, adjoint(ofR)), ofQ && neg(product(adjoint(ofQ), q))]);
  if (inner === null) return null;
  const whole = sumOf([ofQ, product(q, fromLower(inner, componentType(q.dtypeCore)))])!;
  return adjoint(triangularSolve(r, adjoint(whole), { upper: true, unit: false }));
}

const qrOp = structural({
  name: 'qr', args: ['a'], names: ['q', 'r'], dtypes: inexact,
  results: ([a]: Matrices, { complete }: QrParams) => {
    const { batch, rows, columns, least } = extentsOf(a);
    const between = complete ? rows : least;
    return [{ shape: [...batch, rows, between], dtype: a.dtypeCore }, { shape: [...batch, between, columns], dtype: a.dtypeCore }];
  },
  composite: ([a], { complete }) => {
    const { batch, rows, least } = extentsOf(a);
    const { h, tau } = geqrf(a);
    const between = complete ? rows : least;
    return [householderProduct(h, tau, between), upper(sliceAxis(h, batch.length, 0, between))];
  },
  saves: ['q', 'r'],
  vjp: ([ofQ, ofR], { q, r }, { complete }) => {
    const { batch, rows, columns, least } = extentsOf(r);
    if (complete && rows > columns) {
      throw new NotImplementedError('qr: a complete q of more rows than columns is not determined, and has no gradient');
    }
    if (columns === least) return [qrGradient(ofQ, ofR, q, r)];
    // What is right of the square part is qᴴ times the matrix there.
    const axis = batch.length + 1;
    const [square, beside] = [sliceAxis(r, axis, 0, rows), sliceAxis(r, axis, rows, columns - rows)];
    const besideGradient = ofR && sliceAxis(ofR, axis, rows, columns - rows);
    const all = sumOf([ofQ, besideGradient && product(q, beside, adjoint(besideGradient))]);
    const first = qrGradient(all, ofR && sliceAxis(ofR, axis, 0, rows), q, square);
    if (first === null) return [null];
    return [concatenate([first, besideGradient === null ? zerosLike(product(q, beside)) : product(q, besideGradient)], axis)];
  },
  differentiable: 2, gradName: 'LinalgQrBackward0',
});

/** a = q r: columns of q that are orthogonal and of length 1, and an upper triangle. */
export function qr<A extends StridedArray>(a: A, complete: boolean): { q: A; r: A } {
  const [q, r] = run(qrOp, [a], { complete });
  return { q, r };
}
