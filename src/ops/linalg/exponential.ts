import type { StridedArray } from '../../core/strided.ts';
import { zerosLike } from '../creation.ts';
import { elementAt } from '../host.ts';
import { adjoint, matmul } from '../matmul.ts';
import { eye } from '../matrices.ts';
import { concatenate, sliceAxis } from '../movement.ts';
import { add, mul } from '../pointwise/arithmetic.ts';
import { abs } from '../pointwise/elementary.ts';
import { allAxes, extreme, sum } from '../reduce.ts';
import { likeFirst, structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import type { Matrices } from './shapes.ts';
import { extentsOf, inexact } from './shapes.ts';

/** How often matrices must be halved for none to have a norm of more than a half, up to where all would be 0. */
function halvings(a: StridedArray): number {
  const norm = extreme('max', sum(abs(a), [a.geometry.shape.length - 2]), allAxes(a).slice(1));
  const largest = Number(elementAt(norm, norm.geometry.offset));
  return Number.isFinite(largest) && largest > 0.5 ? Math.ceil(Math.log2(largest)) + 1 : 0;
}

/** The series to the 16th power, in fours (Paterson and Stockmeyer), of matrices that are halved first; the result is squared as often. */
function scaledSeries(a: StridedArray): StridedArray {
  const { species, dtypeCore: dtype, storage: { device } } = a;
  const count = halvings(a);
  const x = mul(a, 2 ** -count);
  const x2 = matmul(x, x);
  const x4 = matmul(x2, x2);
  const powers = [eye(species, extentsOf(a).rows, extentsOf(a).rows, 0, dtype, device), x, x2, matmul(x2, x)];
  const factorials = [1];
  for (let n = 1; n <= 16; n++) factorials.push(factorials[n - 1] * n);
  const four = (first: number): StridedArray =>
    powers.map((power, i) => mul(power, 1 / factorials[first + i])).reduce((total, term) => add(total, term));
  let result = add(mul(x4, 1 / factorials[16]), four(12));
  for (const first of [8, 4, 0]) result = add(matmul(result, x4), four(first));
  for (let i = 0; i < count; i++) result = matmul(result, result);
  return result;
}

const exponentialOp = structural({
  name: 'matrixExp', args: ['a'], dtypes: inexact,
  results: (operands: Matrices, _: null) => likeFirst(operands),
  composite: ([a]) => [a.geometry.size === 0 ? zerosLike(a) : scaledSeries(a)],
  saves: ['a'],
  vjp: {
    // The exponential of a matrix of four has the derivative along what is right above at the same place.
    a: (g, { a }) => {
      const { batch, rows } = extentsOf(a);
      const [turned, axis] = [adjoint(a), batch.length];
      const wide = (left: StridedArray, right: StridedArray): StridedArray => concatenate([left, right], axis + 1);
      const whole = matrixExp(concatenate([wide(turned, g), wide(zerosLike(turned), turned)], axis));
      return sliceAxis(sliceAxis(whole, axis, 0, rows), axis + 1, rows, rows);
    },
  },
  gradName: 'LinalgMatrixExpBackward0',
});

/** The sum of all powers of square matrices, each over its factorial. */
export function matrixExp<A extends StridedArray>(a: A): A {
  return run(exponentialOp, [a], null)[0];
}
