import { describe, expect, it } from 'vitest';
import { complex128, float64 } from '../../src/core/dtype.ts';
import type { DType } from '../../src/core/dtype.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import { cholesky } from '../../src/ops/linalg/cholesky.ts';
import { eig, eigh, eigvals, eigvalsh } from '../../src/ops/linalg/eigen.ts';
import { inverse, luFactor, luSolve, solve, triangularSolve } from '../../src/ops/linalg/lu.ts';
import { qr } from '../../src/ops/linalg/qr.ts';
import { svd, svdvals } from '../../src/ops/linalg/svd.ts';
import { adjoint, matmul } from '../../src/ops/matmul.ts';
import { add, conj, mul } from '../../src/ops/pointwise/arithmetic.ts';
import { valuesOf } from '../backend/arrays.ts';
import type { Dense } from './dense.ts';
import { matrix } from './linalgFixtures.ts';
import type { Differentiable, Input } from './numericGradient.ts';
import { gradientFailures } from './numericGradient.ts';

/**
 * Gradients of decompositions against differences, to second order. What a decomposition leaves open, the factors of size 1 of its
 * vectors, is not to matter: squares of their elements are looked at, and products.
 */

const input = (a: Dense, dtype: DType): Input =>
  ({ shape: [a.rows, a.columns], values: Array.from(valuesOf(a.array(dtype)) as ArrayLike<number>), dtype });

/** Well away from singular and from repeated values. */
const square = (n: number, dtype: DType): Dense =>
  matrix(n, n, dtype.components === 2, 11).map((at, i, j) => (i === j ? [at[0] + 2 + i, at[1]] : [at[0] / 2, at[1] / 2]));

const symmetric = (a: StridedArray): StridedArray => add(a, adjoint(a));
const squares = (x: StridedArray): StridedArray => mul(x, conj(x));

const cases: Readonly<Record<string, readonly [f: Differentiable, right?: number, rows?: number, columns?: number]>> = {
  luFactor: [(a) => luFactor(a!).lu],
  luSolve: [(a, b) => luSolve(luFactor(a!).lu, luFactor(a!).pivots, b!), 2],
  'luSolve of the adjoint': [(a, b) => luSolve(luFactor(a!).lu, luFactor(a!).pivots, b!, { adjoint: true }), 2],
  'triangularSolve below': [(a, b) => triangularSolve(a!, b!, { upper: false, unit: false }), 2],
  'triangularSolve above': [(a, b) => triangularSolve(a!, b!, { upper: true, unit: true }), 2],
  solve: [(a, b) => solve(a!, b!).x, 2],
  inverse: [(a) => inverse(a!).inverse],
  cholesky: [(a) => cholesky(matmul(a!, adjoint(a!)), false).factor],
  'cholesky above': [(a) => cholesky(matmul(a!, adjoint(a!)), true).factor],
  eigh: [(a) => {
    const { values, vectors } = eigh(symmetric(a!), false);
    return [values, squares(vectors)];
  }],
  'eigh, vectors alone': [(a) => squares(eigh(symmetric(a!), true).vectors)],
  eigvalsh: [(a) => eigvalsh(symmetric(a!), false).values],
  eig: [(a) => {
    const { values, vectors } = eig(a!);
    return [values, squares(vectors)];
  }],
  eigvals: [(a) => eigvals(a!).values],
  svd: [(a) => {
    const { u, s, vh } = svd(a!, false);
    return [squares(u), s, squares(vh), matmul(u, vh)];
  }],
  'svd, tall': [(a) => {
    const { u, s, vh } = svd(a!, false);
    return [squares(u), s, matmul(u, vh)];
  }, 0, 5, 3],
  'svd, wide': [(a) => {
    const { u, s, vh } = svd(a!, false);
    return [squares(u), s, squares(vh), matmul(u, vh)];
  }, 0, 3, 5],
  // More vectors than there are values are not determined, and do not count.
  'svd, whole': [(a) => {
    const { u, s } = svd(a!, true);
    return [squares(u), s];
  }, 0, 3, 5],
  svdvals: [(a) => svdvals(a!).s, 0, 4, 3],
  qr: [(a) => {
    const { q, r } = qr(a!, true);
    return [q, r];
  }],
  'qr, tall': [(a) => {
    const { q, r } = qr(a!, false);
    return [q, r];
  }, 0, 5, 3],
  'qr, wide': [(a) => {
    const { q, r } = qr(a!, false);
    return [q, r];
  }, 0, 3, 5],
  'qr, q alone': [(a) => qr(a!, false).q, 0, 3, 4],
};

describe.each([float64, complex128].map((dtype) => [dtype.name, dtype] as const))('%s', (_, dtype) => {
  it.each(Object.entries(cases))('%s', (_, [f, right = 0, rows = 4, columns = 4]) => {
    const a = square(Math.max(rows, columns), dtype).part(rows, columns);
    const b = matrix(rows, right, dtype.components === 2, 5);
    expect(gradientFailures(f, right > 0 ? [input(a, dtype), input(b, dtype)] : [input(a, dtype)])).toEqual([]);
  });
});
