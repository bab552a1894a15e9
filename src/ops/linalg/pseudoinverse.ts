import type { StridedArray } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { adjoint } from '../matmul.ts';
import { add, mul, neg, sub } from '../pointwise/arithmetic.ts';
import { gt, maximum, where } from '../pointwise/comparison.ts';
import { abs, reciprocal } from '../pointwise/index.ts';
import { extreme } from '../reduce.ts';
import { structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import { eigh } from './eigen.ts';
import { alongRows, product } from './rules.ts';
import { extentsOf, inexact } from './shapes.ts';
import { svd } from './svd.ts';

/** The inverse of what a matrix does where it does something. */

export interface HermitianParams {
  /** Whether the matrices are their own adjoints, of which the lower triangle is read. */
  readonly hermitian: boolean;
}

/** Those of the values that count, as their reciprocals, and zeros for the others. */
function reciprocals(values: StridedArray, absolute: StridedArray, relative: StridedArray): StridedArray {
  const sizes = abs(values);
  const largest = extreme('max', sizes, [sizes.geometry.shape.length - 1], true);
  const counts = gt(sizes, maximum(absolute, mul(relative, largest)));
  return where(counts, reciprocal(where(counts, values, 1) as StridedArray), 0) as StridedArray;
}

const pseudoInverseOp = structural({
  name: 'pseudoInverse', args: ['a', 'absolute', 'relative'], apart: ['absolute', 'relative'], dtypes: inexact,
  results: ([a]: readonly [StridedArray, StridedArray, StridedArray], _: HermitianParams) => {
    const { batch, rows, columns } = extentsOf(a);
    return [{ shape: [...batch, columns, rows], dtype: a.dtypeCore }];
  },
  composite: ([a, absolute, relative], { hermitian }) => {
    const scaled = (left: StridedArray, values: StridedArray, right: StridedArray): StridedArray =>
      product(mul(left, alongRows(cast(reciprocals(values, absolute, relative), a.dtypeCore))), right);
    if (hermitian) {
      const { values, vectors } = eigh(a, false);
      return [scaled(vectors, values, adjoint(vectors))];
    }
    const { u, s, vh } = svd(a, false);
    return [scaled(adjoint(vh), s, adjoint(u))];
  },
  saves: ['a', 'out'],
  vjp: {
    a: (g, { a, out }) => {
      const [turned, other] = [adjoint(g), adjoint(out)];
      // −pᴴ g pᴴ + (1 − a p) gᴴ p pᴴ + pᴴ p gᴴ (1 − p a)
      const left = product(turned, out, other);
      const right = product(other, out, turned);
      return add(neg(product(other, g, other)), add(sub(left, product(a, product(out, left))), sub(right, product(right, out, a))));
    },
    absolute: null, relative: null,
  },
  gradName: 'LinalgPinvBackward0',
});

/** Of Moore and Penrose; singular values are taken for 0 that are not more than a bound, or than a share of the largest. */
export function pseudoInverse<A extends StridedArray>(a: A, absolute: A, relative: A, hermitian: boolean): A {
  return run(pseudoInverseOp, [a, absolute, relative], { hermitian })[0];
}
