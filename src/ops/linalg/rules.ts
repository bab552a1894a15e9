import type { DType } from '../../core/dtype.ts';
import { isComplex } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { diagonalMatrix, triangle } from '../copies.ts';
import { fullLike } from '../creation.ts';
import { adjoint, matmul } from '../matmul.ts';
import { diagonal } from '../matrices.ts';
import { unsqueeze } from '../movement.ts';
import { add, mul, sub } from '../pointwise/arithmetic.ts';

/** What the gradients of decompositions are made of. */

/** A product of several matrices. */
export const product = (first: StridedArray, ...others: readonly StridedArray[]): StridedArray =>
  others.reduce((left, right) => matmul(left, right), first);

/** Vectors as diagonal matrices, and the other way round. */
export function diagonals(values: StridedArray): StridedArray {
  const { length } = values.geometry.shape;
  return diagonalMatrix(values, 0, length - 1, length);
}

export function diagonalOf(a: StridedArray): StridedArray {
  const { length } = a.geometry.shape;
  return diagonal(a, 0, length - 2, length - 1);
}

/** Vectors beside the columns or the rows of matrices that they are multiplied with. */
export const alongColumns = (values: StridedArray): StridedArray => unsqueeze(values, values.geometry.shape.length);
export const alongRows = (values: StridedArray): StridedArray => unsqueeze(values, values.geometry.shape.length - 1);

/** By how much each value, along the columns, is more than each, along the rows; 1 between one and itself. */
export const gaps = (values: StridedArray): StridedArray =>
  add(sub(alongRows(values), alongColumns(values)), diagonals(fullLike(values, 1)));

export const lower = (a: StridedArray, offset = 0): StridedArray => triangle(a, 'lower', offset);
export const upper = (a: StridedArray, offset = 0): StridedArray => triangle(a, 'upper', offset);

/** The real part, in the matrices' own dtype. */
export const realOf = (x: StridedArray, real: DType): StridedArray => (isComplex(x.dtypeCore) ? cast(cast(x, real), x.dtypeCore) : x);

/** The Hermitian matrix of which one has the lower triangle; of its diagonal the real part counts. */
export function fromLower(a: StridedArray, real: DType): StridedArray {
  const below = lower(a, -1);
  return add(add(below, adjoint(below)), diagonals(realOf(diagonalOf(a), real)));
}

export const halved = (a: StridedArray): StridedArray => mul(a, 0.5);

/** The sum of what there is. */
export const sumOf = (terms: readonly (StridedArray | null)[]): StridedArray | null =>
  terms.reduce((sum, term) => (sum === null ? term : term === null ? sum : add(sum, term)), null);
