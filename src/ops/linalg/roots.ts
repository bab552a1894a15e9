import type { StridedArray } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { adjoint } from '../matmul.ts';
import { add, div, mul, sub } from '../pointwise/arithmetic.ts';
import { sqrt } from '../pointwise/elementary.ts';
import { likeFirst, structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import { eigh } from './eigen.ts';
import { alongColumns, alongRows, halved, product, sumOf } from './rules.ts';
import type { Matrices } from './shapes.ts';
import { extentsOf, inexact } from './shapes.ts';
import { svd } from './svd.ts';

/** Roots of Hermitian matrices, and what is left of others when it is divided by one. */

/** x of h x + x h = c, for Hermitian h. */
function lyapunov(h: StridedArray, c: StridedArray): StridedArray {
  const { values, vectors } = eigh(h, false);
  const turned = adjoint(vectors);
  const sums = add(alongRows(values), alongColumns(values));
  return product(vectors, div(product(turned, c, vectors), cast(sums, c.dtypeCore)), turned);
}

const rootOp = structural({
  name: 'matrixSqrth', args: ['a'], dtypes: inexact,
  results: (operands: Matrices, _: null) => likeFirst(operands),
  composite: ([a]) => {
    const { values, vectors } = eigh(a, false);
    return [product(mul(vectors, alongRows(cast(sqrt(values), a.dtypeCore))), adjoint(vectors))];
  },
  saves: ['out'],
  vjp: { a: (g, { out }) => lyapunov(out, g) },
  gradName: 'LinalgMatrixSqrthBackward0',
});

/** x of x x = a, both Hermitian and without negative eigenvalues; the lower triangle of a is read. */
export function matrixSqrth<A extends StridedArray>(a: A): A {
  return run(rootOp, [a], null)[0];
}

const polarOp = structural({
  name: 'polarFactors', args: ['a'], names: ['u', 'h'], dtypes: inexact,
  results: ([a]: Matrices, _: null) => {
    const { batch, columns } = extentsOf(a);
    return [...likeFirst([a]), { shape: [...batch, columns, columns], dtype: a.dtypeCore }];
  },
  composite: ([a]) => {
    const { u, s, vh } = svd(a, false);
    return [product(u, vh), product(mul(adjoint(vh), alongRows(cast(s, a.dtypeCore))), vh)];
  },
  saves: ['u', 'h'],
  vjp: ([ofU, ofH], { u, h }) => {
    const inner = ofU && product(adjoint(u), ofU);
    const even = ofH && halved(add(ofH, adjoint(ofH)));
    // u turns by what is skew: h x + x h = uᴴ da − daᴴ u, and dh is uᴴ da − x h.
    const turning = sumOf([inner, even && mul(product(even, h), -1)]);
    if (turning === null) return [null];
    const within = sumOf([lyapunov(h, sub(turning, adjoint(turning))), even])!;
    const { rows, columns } = extentsOf(u);
    if (ofU === null || inner === null || rows === columns) return [product(u, within)];
    const beyond = sub(ofU, product(u, inner));
    const { values, vectors } = eigh(h, false);
    const inverse = product(div(vectors, alongRows(cast(values, vectors.dtypeCore))), adjoint(vectors));
    return [add(product(u, within), product(beyond, inverse))];
  },
  differentiable: 2, gradName: 'LinalgPolarBackward0',
});

/** a = u h: columns of u that are orthogonal and of length 1, and a Hermitian matrix without negative eigenvalues. */
export function polarFactors<A extends StridedArray>(a: A): { u: A; h: A } {
  const [u, h] = run(polarOp, [a], null);
  return { u, h };
}
