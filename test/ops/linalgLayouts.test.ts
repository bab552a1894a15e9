import { describe, expect, it } from 'vitest';
import { contiguousLayout } from '../../src/core/layout.ts';
import type { DType } from '../../src/core/dtype.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import { cholesky } from '../../src/ops/linalg/cholesky.ts';
import { eig, eigh, eigvals, eigvalsh } from '../../src/ops/linalg/eigen.ts';
import { inverse, luFactor, luSolve, solve, triangularSolve } from '../../src/ops/linalg/lu.ts';
import { geqrf, householderProduct } from '../../src/ops/linalg/qr.ts';
import { svd, svdvals } from '../../src/ops/linalg/svd.ts';
import type { LayoutKind } from '../backend/arrays.ts';
import { fromValues, layoutKinds, relaid, valuesOf } from '../backend/arrays.ts';
import { Dense } from './dense.ts';
import { everyDType, matrix } from './linalgFixtures.ts';

/** Batches of any layout give what each matrix by itself gives, to the bit, and empty ones give what is empty. */

type Results = Readonly<Record<string, StridedArray>>;

/** What is done to a batch of square matrices, and to one of others beside it. */
const ops: Readonly<Record<string, (a: StridedArray, b: StridedArray) => Results>> = {
  luFactor: (_, b) => luFactor(b),
  luSolve: (a, b) => {
    const { lu, pivots } = luFactor(a);
    return { x: luSolve(lu, pivots, b), adjoint: luSolve(lu, pivots, b, { adjoint: true }) };
  },
  triangularSolve: (a, b) =>
    ({ x: triangularSolve(a, b, { upper: true, unit: false }), y: triangularSolve(a, b, { upper: false, unit: true }) }),
  solve: (a, b) => solve(a, b),
  inverse: (a) => inverse(a),
  cholesky: (a) => ({ ...cholesky(a, false), upper: cholesky(a, true).info }),
  qr: (_, b) => {
    const { h, tau } = geqrf(b);
    return { h, tau, q: householderProduct(h, tau, 3) };
  },
  eigh: (a) => eigh(a, true),
  eigvalsh: (a) => eigvalsh(a, false),
  eig: (a) => eig(a),
  eigvals: (a) => eigvals(a),
  svd: (_, b) => svd(b, true),
  'svd thin': (_, b) => svd(b, false),
  svdvals: (_, b) => svdvals(b),
};

function stacked(matrices: readonly Dense[], batch: readonly number[], dtype: DType): StridedArray {
  const values = matrices.flatMap((each) => Array.from(valuesOf(each.array(dtype)) as ArrayLike<number>));
  return fromValues(values, contiguousLayout([...batch, matrices[0].rows, matrices[0].columns]).shape, dtype);
}

/** Positive definite, so that every op takes them. */
function square(n: number, complex: boolean, salt: number): Dense {
  const root = matrix(n, n, complex, salt);
  return root.times(root.adjoint()).map((at, i, j) => (i === j ? [at[0] + 1, 0] : at));
}

const numbersOf = (array: StridedArray): number[] => Array.from(valuesOf(array) as ArrayLike<number>);

describe.each(everyDType.map((dtype) => [dtype.name, dtype] as const))('%s', (_, dtype) => {
  const complex = dtype.components === 2;
  describe.each(Object.entries(ops))('%s', (_, op) => {
    it.each(layoutKinds.filter((kind) => kind !== 'broadcast') as LayoutKind[])('%s', (kind) => {
      const a = [1, 2, 3, 4, 5, 6].map((salt) => square(5, complex, salt));
      const b = a.map((_, i) => matrix(5, 3, complex, i + 20));
      const found = op(relaid(stacked(a, [2, 3], dtype), kind), relaid(stacked(b, [2, 3], dtype), kind));
      const each = a.map((matrix, i) => op(matrix.array(dtype), b[i].array(dtype)));
      for (const name of Object.keys(found)) {
        expect(found[name].geometry.shape).toEqual([2, 3, ...each[0][name].geometry.shape]);
        expect(numbersOf(found[name])).toEqual(each.flatMap((results) => numbersOf(results[name])));
      }
    });

    it('of one matrix that is broadcast', () => {
      const [a, b] = [square(4, complex, 1), matrix(4, 3, complex, 2)];
      const repeated = (one: Dense): StridedArray => relaid(stacked([one, one, one], [3], dtype), 'broadcast');
      const found = op(repeated(a), repeated(b));
      const alone = op(a.array(dtype), b.array(dtype));
      for (const name of Object.keys(found)) expect(numbersOf(found[name])).toEqual([1, 2, 3].flatMap(() => numbersOf(alone[name])));
    });

    it('of nothing', () => {
      const none = op(fromValues([], [2, 0, 4, 4], dtype), fromValues([], [2, 0, 4, 3], dtype));
      for (const result of Object.values(none)) expect([result.geometry.shape.slice(0, 2), result.geometry.size]).toEqual([[2, 0], 0]);
      const zero = op(fromValues([], [2, 0, 0], dtype), fromValues([], [2, 0, 3], dtype));
      if (zero.info !== undefined) expect(numbersOf(zero.info)).toEqual([0, 0]);
    });
  });

  it('makes whole bases where there is nothing to decompose', () => {
    for (const [rows, columns] of [[3, 0], [0, 3], [0, 0]] as const) {
      const { u, vh } = svd(fromValues([], [rows, columns], dtype), true);
      expect(Dense.of(u)[0].minus(Dense.eye(rows)).largest() + Dense.of(vh)[0].minus(Dense.eye(columns)).largest()).toBe(0);
    }
    const { h, tau } = geqrf(fromValues([], [3, 0], dtype));
    expect(Dense.of(householderProduct(h, tau, 3))[0].minus(Dense.eye(3)).largest()).toBe(0);
  });

  it('many small ones', () => {
    const a = Array.from({ length: 200 }, (_, i) => matrix(2, 2, complex, i));
    const found = inverse(stacked(a, [200], dtype));
    expect(Dense.of(found.inverse).length).toBe(200);
    const alone = a.flatMap((each) => numbersOf(inverse(each.array(dtype)).inverse));
    expect(numbersOf(found.inverse)).toEqual(alone);
  });
});
