import { isRecorded } from '../../autograd/tape.ts';
import type { Kernel } from '../../backend/kernels.ts';
import { linalg } from '../../backend/parts.ts';
import { complexTypeOf, componentType, int32, isComplex } from '../../core/dtype.ts';
import type { DType } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { adjoint } from '../matmul.ts';
import { conj, div, mul, sub } from '../pointwise/arithmetic.ts';
import type { ResultSpec } from '../registry/op.ts';
import { structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import type { UpperParams } from './cholesky.ts';
import { solve } from './lu.ts';
import { alongRows, diagonalOf, diagonals, gaps, product, realOf, sumOf } from './rules.ts';
import type { Matrices } from './shapes.ts';
import { extentsOf, inexact } from './shapes.ts';

/**
 * Eigenvalues and eigenvectors, which are columns of length 1. `info` is not 0 where a matrix is not finite or steps did not converge; the
 * results are NaN then.
 */

declare module '../../backend/kernels.ts' {
  interface Kernels {
    /** Of a symmetric or Hermitian matrix, of which one triangle is read; values ascend. */
    eigh: Kernel<UpperParams>;
    eigvalsh: Kernel<UpperParams>;
    /** Of any matrix, complex, in the order in which they were found. */
    eig: Kernel;
    eigvals: Kernel;
  }
}

function specs(a: StridedArray, values: DType, vectors: DType | null): readonly ResultSpec[] {
  const { batch, rows } = extentsOf(a);
  return [
    { shape: [...batch, rows], dtype: values }, ...vectors === null ? [] : [{ shape: a.geometry.shape, dtype: vectors }],
    { shape: batch, dtype: int32 },
  ];
}

const eighOp = structural({
  name: 'eigh', args: ['a'], names: ['values', 'vectors', 'info'], dtypes: inexact, part: linalg,
  results: ([a]: Matrices, _: UpperParams) => specs(a, componentType(a.dtypeCore), a.dtypeCore),
  saves: ['values', 'vectors'],
  vjp: ([ofValues, ofVectors], { values, vectors }) => {
    const like = (x: StridedArray): StridedArray => cast(x, vectors.dtypeCore);
    const inner = sumOf([
      ofValues && diagonals(like(ofValues)), ofVectors && div(withoutDiagonal(product(adjoint(vectors), ofVectors)), like(gaps(values))),
    ]);
    return [inner && product(vectors, inner, adjoint(vectors))];
  },
  differentiable: 2, gradName: 'LinalgEighBackward0',
});

/** Vectors are given but for a factor of size 1, on which nothing may depend. */
const withoutDiagonal = (a: StridedArray): StridedArray => sub(a, diagonals(diagonalOf(a)));

/** Real values in ascending order, and vectors, of a matrix that is its own adjoint; `upper` tells which triangle is read. */
export function eigh<A extends StridedArray>(a: A, upper: boolean): { values: A; vectors: A; info: A } {
  const [values, vectors, info] = run(eighOp, [a], { upper });
  return { values, vectors, info };
}

const eigvalshOp = structural({
  name: 'eigvalsh', args: ['a'], names: ['values', 'info'], dtypes: inexact, part: linalg,
  results: ([a]: Matrices, _: UpperParams) => specs(a, componentType(a.dtypeCore), null),
  vjp: null,
});

export function eigvalsh<A extends StridedArray>(a: A, upper: boolean): { values: A; info: A } {
  if (isRecorded([a])) return eigh(a, upper);
  const [values, info] = run(eigvalshOp, [a], { upper });
  return { values, info };
}

const eigOp = structural({
  name: 'eig', args: ['a'], names: ['values', 'vectors', 'info'], dtypes: inexact, part: linalg,
  results: ([a]: Matrices, _: null) => specs(a, complexTypeOf(a.dtypeCore), complexTypeOf(a.dtypeCore)),
  saves: ['a', 'values', 'vectors'],
  vjp: ([ofValues, ofVectors], { a, values, vectors }) => {
    const turned = adjoint(vectors);
    const turn = (gradient: StridedArray): StridedArray => {
      const along = product(turned, gradient);
      // Vectors have length 1 whatever becomes of them.
      const kept = mul(product(turned, vectors), alongRows(realOf(diagonalOf(along), componentType(vectors.dtypeCore))));
      return div(withoutDiagonal(sub(along, kept)), conj(gaps(values)));
    };
    const inner = sumOf([ofValues && diagonals(ofValues), ofVectors && turn(ofVectors)]);
    if (inner === null) return [null];
    const gradient = solve(turned, product(inner, turned)).x;
    return [isComplex(a.dtypeCore) ? gradient : cast(gradient, a.dtypeCore)];
  },
  differentiable: 2, gradName: 'LinalgEigBackward0',
});

/** Complex values and vectors; the largest component of a vector is real, and what belongs to a pair of conjugates is conjugated. */
export function eig<A extends StridedArray>(a: A): { values: A; vectors: A; info: A } {
  const [values, vectors, info] = run(eigOp, [a], null);
  return { values, vectors, info };
}

const eigvalsOp = structural({
  name: 'eigvals', args: ['a'], names: ['values', 'info'], dtypes: inexact, part: linalg,
  results: ([a]: Matrices, _: null) => specs(a, complexTypeOf(a.dtypeCore), null),
  vjp: null,
});

export function eigvals<A extends StridedArray>(a: A): { values: A; info: A } {
  if (isRecorded([a])) return eig(a);
  const [values, info] = run(eigvalsOp, [a], null);
  return { values, info };
}
