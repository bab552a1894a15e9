import { isRecorded } from '../../autograd/tape.ts';
import type { Kernel } from '../../backend/kernels.ts';
import { linalg } from '../../backend/parts.ts';
import { componentType, int32, isComplex } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { adjoint } from '../matmul.ts';
import { sliceAxis } from '../movement.ts';
import { add, div, mul, sub } from '../pointwise/arithmetic.ts';
import { structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import { alongColumns, alongRows, diagonalOf, diagonals, gaps, halved, product, sumOf } from './rules.ts';
import type { Matrices } from './shapes.ts';
import { extentsOf, inexact } from './shapes.ts';

/** Singular values, which descend, and vectors. `info` is as for eigenvalues. */

export interface FullParams {
  /** Whether the vectors are as many as rows and columns, rather than as values. */
  readonly full: boolean;
}

declare module '../../backend/kernels.ts' {
  interface Kernels {
    /** u, s and vᴴ. */
    svd: Kernel<FullParams>;
    svdvals: Kernel;
  }
}

/** The first vectors: u's columns or vᴴ's rows. */
const firstOf = (x: StridedArray, axis: -1 | -2, count: number): StridedArray => {
  const { shape } = x.geometry;
  return shape[shape.length + axis] === count ? x : sliceAxis(x, shape.length + axis, 0, count);
};

const skew = (a: StridedArray): StridedArray => sub(a, adjoint(a));

/** The gradient of a from those of as many vectors as there are values. */
function svdGradient(
  [ofU, ofS, ofVh]: readonly (StridedArray | null)[], u: StridedArray, values: StridedArray, vh: StridedArray,
): StridedArray | null {
  const { dtypeCore: dtype } = u;
  const s = cast(values, dtype);
  const distances = cast(gaps(mul(values, values)), dtype);
  const left = ofU && skew(product(adjoint(u), ofU));
  const right = ofVh && skew(product(vh, adjoint(ofVh)));
  const turns = sumOf([left && mul(left, alongRows(s)), right && mul(alongColumns(s), right)]);
  const inner = sumOf([
    turns && div(turns, distances), ofS && diagonals(cast(ofS, dtype)),
    // The factors of size 1 that u and v may have together.
    left && right && isComplex(dtype) ? diagonals(div(halved(diagonalOf(left)), s)) : null,
  ]);
  if (inner === null) return null;
  let [fromLeft, fromRight] = [product(u, inner), null as StridedArray | null];
  if (ofU && extentsOf(u).rows > extentsOf(u).columns) {
    const beyond = div(ofU, alongRows(s));
    fromLeft = add(fromLeft, sub(beyond, product(u, adjoint(u), beyond)));
  }
  if (ofVh && extentsOf(vh).columns > extentsOf(vh).rows) {
    const beyond = div(ofVh, alongColumns(s));
    fromRight = product(u, sub(beyond, product(beyond, adjoint(vh), vh)));
  }
  return sumOf([product(fromLeft, vh), fromRight]);
}

const svdOp = structural({
  name: 'svd', args: ['a'], names: ['u', 's', 'vh', 'info'], dtypes: inexact, part: linalg,
  results: ([a]: Matrices, { full }: FullParams) => {
    const { batch, rows, columns, least } = extentsOf(a);
    const { dtypeCore: dtype } = a;
    return [
      { shape: [...batch, rows, full ? rows : least], dtype }, { shape: [...batch, least], dtype: componentType(dtype) },
      { shape: [...batch, full ? columns : least, columns], dtype }, { shape: batch, dtype: int32 },
    ];
  },
  saves: ['u', 's', 'vh'],
  vjp: ([ofU, ofS, ofVh], { u, s, vh }) => {
    const count = s.geometry.shape[s.geometry.shape.length - 1];
    const given = [ofU && firstOf(ofU, -1, count), ofS, ofVh && firstOf(ofVh, -2, count)];
    return [svdGradient(given, firstOf(u, -1, count), s, firstOf(vh, -2, count))];
  },
  differentiable: 3, gradName: 'LinalgSvdBackward0',
});

/** a = u s vᴴ with as many columns of u and rows of vᴴ as there are singular values, or with all of them. */
export function svd<A extends StridedArray>(a: A, full: boolean): { u: A; s: A; vh: A; info: A } {
  const [u, s, vh, info] = run(svdOp, [a], { full });
  return { u, s, vh, info };
}

const svdvalsOp = structural({
  name: 'svdvals', args: ['a'], names: ['s', 'info'], dtypes: inexact, part: linalg,
  results: ([a]: Matrices, _: null) => {
    const { batch, least } = extentsOf(a);
    return [{ shape: [...batch, least], dtype: componentType(a.dtypeCore) }, { shape: batch, dtype: int32 }];
  },
  vjp: null,
});

export function svdvals<A extends StridedArray>(a: A): { s: A; info: A } {
  if (isRecorded([a])) return svd(a, false);
  const [s, info] = run(svdvalsOp, [a], null);
  return { s, info };
}
