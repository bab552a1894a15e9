import { describe, expect, it } from 'vitest';
import type { DType } from '../../src/core/dtype.ts';
import { int32 } from '../../src/core/dtype.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import { cholesky } from '../../src/ops/linalg/cholesky.ts';
import { inverse, luFactor, luSolve, solve, triangularSolve } from '../../src/ops/linalg/lu.ts';
import { valuesOf } from '../backend/arrays.ts';
import { decompositions } from '../tolerances.ts';
import { Dense } from './dense.ts';
import { dtypesOf, doubles, everyDType, fixtures, kept, matrix, places, rounded, unitsOf } from './linalgFixtures.ts';

/** Factors and solutions: what is unique against LAPACK's, and all against the equations that they solve. */

const numbersOf = (array: StridedArray): number[] => Array.from(valuesOf(array) as ArrayLike<number>);

/** Throws where an error is more than so many units. */
function within(label: string, error: number, scale: number, steps: number, dtype: DType, units: number): void {
  const found = unitsOf(error, scale, steps, dtype);
  if (!(found <= units)) throw new Error(`${label} is off by ${found} units, which may be ${units}`);
}

/** How far x is from a solution of a x = b, for the size that the terms of the product have. */
function checkSolution(label: string, a: Dense, x: Dense, b: Dense, dtype: DType): void {
  within(label, a.times(x).minus(b).largest(), Math.max(a.largest() * x.largest(), b.largest()), a.rows, dtype, decompositions.product);
}

function exchanged(a: Dense, pivots: readonly number[]): Dense {
  const order = Array.from({ length: a.rows }, (_, i) => i);
  pivots.forEach((pivot, i) => {
    [order[i], order[pivot - 1]] = [order[pivot - 1], order[i]];
  });
  return a.map((_, i, j) => [a.re[order[i] * a.columns + j], a.im[order[i] * a.columns + j]]);
}

function checkLu(a: Dense, dtype: DType): { lu: Dense; pivots: number[]; info: number } {
  const least = Math.min(a.rows, a.columns);
  const { lu: array, pivots: places, info } = luFactor(a.array(dtype));
  expect([array.dtypeCore, places.dtypeCore, info.dtypeCore]).toEqual([dtype, int32, int32]);
  expect([places.geometry.shape, info.geometry.shape]).toEqual([[least], []]);
  const [lu] = Dense.of(array);
  const pivots = numbersOf(places);
  const lower = lu.part(a.rows, least).triangle(false).map((at, i, j) => (i === j ? [1, 0] : at));
  const upper = lu.part(least, a.columns).triangle(true);
  const error = lower.times(upper).minus(exchanged(a, pivots)).largest();
  within('l u', error, a.largest(), Math.max(a.rows, a.columns), dtype, decompositions.product);
  return { lu, pivots, info: numbersOf(info)[0] };
}

describe.each(fixtures.shapes.map((each) => [`${each.kind} ${each.rows} by ${each.columns}`, each] as const))('%s', (_, fixture) => {
  const { rows, columns, kind } = fixture;
  const complex = kind === 'complex';
  it.each(dtypesOf(complex).map((dtype) => [dtype.name, dtype] as const))('%s', (_, dtype) => {
    const a = matrix(rows, columns, complex);
    const { lu, pivots, info } = checkLu(a, dtype);
    if (fixture.pivot !== undefined) {
      expect(info).toBe(0);
      expect(pivots).toEqual([...places(fixture.pivots!)]);
      const expected = kept(fixture.pivot, 1, pivots.length, complex);
      const diagonal = expected.map((_at, _i, j) => [lu.re[j * columns + j], lu.im[j * columns + j]]);
      within('pivots', diagonal.minus(expected).largest(), expected.largest(), rows, dtype, decompositions.factors);
    }
    if (fixture.lu !== undefined) {
      within('lu', lu.minus(kept(fixture.lu, rows, columns, complex)).largest(), lu.largest(), rows, dtype, decompositions.factors);
    }
  });
});

const sizes = [0, 1, 2, 3, 5, 8, 17, 33, 64, 100];
const cases = sizes.flatMap((n) => everyDType.map((dtype) => [n, dtype.name, dtype] as const));

describe.each(cases)('equations of %i in %s', (n, _, dtype) => {
  const complex = dtype.components === 2;
  const a = matrix(n, n, complex);

  it.each([0, 1, 2, 3, 40])('with %i right sides', (count) => {
    const b = matrix(n, count, complex, 5);
    const { lu, pivots } = luFactor(a.array(dtype));
    checkSolution('x', a, Dense.of(luSolve(lu, pivots, b.array(dtype)))[0], b, dtype);
    checkSolution('adjoint', a.adjoint(), Dense.of(luSolve(lu, pivots, b.array(dtype), { adjoint: true }))[0], b, dtype);
    const { x, info } = solve(a.array(dtype), b.array(dtype));
    expect(numbersOf(info)).toEqual([0]);
    checkSolution('solve', a, Dense.of(x)[0], b, dtype);
    for (const upper of [false, true]) {
      for (const unit of [false, true]) {
        // Small beside its diagonal, and with a triangle that is not to be read.
        const whole = rounded(a.map((at, i, j) => (i === j ? [2 + at[0], at[1]] : [at[0] / 8, at[1] / 8])), dtype);
        const hidden = whole.map((at, i, j) => (i === j ? unit : upper ? i > j : i < j) ? [NaN, NaN] : at);
        const triangle = whole.triangle(upper).map((at, i, j) => (unit && i === j ? [1, 0] : at));
        const found = triangularSolve(hidden.array(dtype), b.array(dtype), { upper, unit });
        checkSolution(`triangular ${upper} ${unit}`, triangle, Dense.of(found)[0], b, dtype);
      }
    }
  });

  it('inverse', () => {
    const found = inverse(a.array(dtype));
    expect(numbersOf(found.info)).toEqual([0]);
    checkSolution('inverse', a, Dense.of(found.inverse)[0], Dense.eye(n), dtype);
  });

  it.each([['lower', false], ['upper', true]] as const)('cholesky %s', (_, upper) => {
    const root = matrix(n, n, complex, 3);
    const positive = rounded(root.times(root.adjoint()).map((at, i, j) => (i === j ? [at[0] + 1, 0] : at)), dtype);
    const hidden = positive.map((at, i, j) => (upper ? i > j : i < j) ? [NaN, NaN] : at);
    const { factor: array, info } = cholesky(hidden.array(dtype), upper);
    expect(numbersOf(info)).toEqual([0]);
    const [factor] = Dense.of(array);
    expect(factor.minus(factor.triangle(upper)).largest()).toBe(0);
    const product = upper ? factor.adjoint().times(factor) : factor.times(factor.adjoint());
    within('l lᴴ', product.minus(positive).largest(), positive.largest(), n, dtype, decompositions.product);
    const expected = fixtures.shapes.find((each) => each.rows === n && each.columns === n && (each.kind === 'complex') === complex)!.factor;
    if (expected === undefined) return;
    const lower = kept(expected, n, n, complex);
    within('l', factor.minus(upper ? lower.adjoint() : lower).largest(), lower.largest() ** 2, n, dtype, decompositions.factors);
  });
});

describe.each(fixtures.special.map((each) => [each.name, each] as const))('%s', (_, fixture) => {
  it.each(['float32', 'float64'] as const)('%s', (name) => {
    const dtype = dtypesOf(false).find((each) => each.name === name)!;
    const a = new Dense(fixture.rows, fixture.columns, doubles(fixture.matrix));
    const own = rounded(a, dtype);
    if (!Number.isFinite(own.largest()) || (own.largest() === 0) !== (a.largest() === 0)) return;
    const { lu, info } = checkLu(own, dtype);
    // The first pivot that is 0, as LAPACK counts.
    const first = Array.from({ length: a.rows }, (_, i) => lu.re[i * a.columns + i]).indexOf(0) + 1;
    expect(info).toBe(first);
    if (dtype.name === 'float64') {
      const pivots = doubles(fixture.pivot!);
      expect(info > 0).toBe(pivots.includes(0));
    }
  });
});

it('says what is not positive definite', () => {
  for (const dtype of everyDType) {
    for (const n of [1, 2, 3, 17, 40, 100]) {
      for (const at of new Set([0, n >> 1, n - 1])) {
        const a = Dense.eye(n).map((value, i, j) => (i === at && j === at ? [-1, 0] : value));
        for (const upper of [false, true]) {
          const { info } = cholesky(a.array(dtype), upper);
          expect(numbersOf(info)).toEqual([at + 1]);
        }
      }
    }
  }
});

it('hands NaN on', () => {
  for (const dtype of everyDType) {
    for (const n of [1, 2, 9, 40]) {
      const a = matrix(n, n, dtype.components === 2).map((at, i, j) => (i === 0 && j === n - 1 ? [NaN, 0] : at));
      expect(Dense.of(inverse(a.array(dtype)).inverse)[0].largest()).toBeNaN();
      expect(numbersOf(cholesky(a.array(dtype), true).info)[0]).toBeGreaterThan(0);
    }
  }
});
