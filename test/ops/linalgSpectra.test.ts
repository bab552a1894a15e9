import { describe, expect, it } from 'vitest';
import { complexTypeOf, componentType, int32 } from '../../src/core/dtype.ts';
import type { DType } from '../../src/core/dtype.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import { eig, eigh, eigvals, eigvalsh } from '../../src/ops/linalg/eigen.ts';
import { geqrf, householderProduct } from '../../src/ops/linalg/qr.ts';
import { svd, svdvals } from '../../src/ops/linalg/svd.ts';
import { valuesOf } from '../backend/arrays.ts';
import { decompositions } from '../tolerances.ts';
import { Dense } from './dense.ts';
import { dtypesOf, doubles, everyDType, fixtures, kept, matrix, rounded, unitsOf } from './linalgFixtures.ts';

/** Reflections, eigenvalues and singular values: what is unique against LAPACK's, and all against the matrices that they make up. */

const numbersOf = (array: StridedArray): number[] => Array.from(valuesOf(array) as ArrayLike<number>);
const diagonal = (values: readonly number[]): Dense => Dense.eye(values.length).map((at, i) => [at[0] * values[i], 0]);
const largest = (values: readonly number[]): number => Math.max(0, ...values.map(Math.abs));

function within(label: string, error: number, scale: number, steps: number, dtype: DType, units: number): void {
  const found = unitsOf(error, scale, steps, dtype);
  if (!(found <= units)) throw new Error(`${label} is off by ${found} units, which may be ${units}`);
}

/** Columns that are orthogonal and of length 1. */
function checkOrthogonal(label: string, q: Dense, dtype: DType): void {
  within(label, q.adjoint().times(q).minus(Dense.eye(q.columns)).largest(), 1, q.rows, dtype, decompositions.orthogonal);
}

function checkProduct(label: string, found: Dense, a: Dense, dtype: DType): void {
  within(label, found.minus(a).largest(), a.largest(), Math.max(a.rows, a.columns), dtype, decompositions.product);
}

/** Numbers against the expected ones, in units of the largest of them. */
function checkValues(label: string, found: readonly number[], expected: readonly number[], steps: number, dtype: DType): void {
  expect(found.length).toBe(expected.length);
  within(label, largest(found.map((value, i) => value - expected[i])), largest(expected), steps, dtype, decompositions.values);
}

function checkQr(a: Dense, dtype: DType): { h: Dense; tau: Dense } {
  const { h: array, tau: factors } = geqrf(a.array(dtype));
  const [h] = Dense.of(array);
  const least = Math.min(a.rows, a.columns);
  expect(factors.geometry.shape).toEqual([least]);
  const r = h.triangle(true);
  for (const columns of new Set([least, a.rows])) {
    const [q] = Dense.of(householderProduct(array, factors, columns));
    checkOrthogonal('q', q, dtype);
    checkProduct('q r', q.times(r.part(columns, a.columns)), a, dtype);
  }
  const tau = numbersOf(factors);
  const part = (of: number): number[] => Array.from({ length: least }, (_, i) => tau[i * dtype.components + of]);
  return { h, tau: new Dense(1, least, part(0), dtype.components === 2 ? part(1) : undefined) };
}

function checkSvd(a: Dense, dtype: DType): number[] {
  const least = Math.min(a.rows, a.columns);
  const only = svdvals(a.array(dtype));
  expect([only.s.dtypeCore, numbersOf(only.info)]).toEqual([componentType(dtype), [0]]);
  for (const full of [true, false]) {
    const { u: left, s: values, vh: right, info } = svd(a.array(dtype), full);
    expect([left.dtypeCore, values.dtypeCore, right.dtypeCore, info.dtypeCore]).toEqual([dtype, componentType(dtype), dtype, int32]);
    expect(numbersOf(info)).toEqual([0]);
    const [[u], s, [vh]] = [Dense.of(left), numbersOf(values), Dense.of(right)];
    expect([u.columns, vh.rows]).toEqual(full ? [a.rows, a.columns] : [least, least]);
    expect(s.every((value, i) => value >= 0 && (i === 0 || value <= s[i - 1]))).toBe(true);
    checkOrthogonal('u', u, dtype);
    checkOrthogonal('v', vh.adjoint(), dtype);
    checkProduct('u s vᴴ', u.part(a.rows, least).times(diagonal(s)).times(vh.part(least, a.columns)), a, dtype);
    checkValues('values alone', numbersOf(only.s), s, Math.max(a.rows, a.columns), dtype);
  }
  return numbersOf(only.s);
}

const hermitianPart = (a: Dense): Dense => {
  const turned = a.adjoint();
  return a.map((at, i, j) => [(at[0] + turned.re[i * a.columns + j]) / 2, (at[1] + turned.im[i * a.columns + j]) / 2]);
};

function checkHermitian(a: Dense, dtype: DType): number[] {
  let values: number[] = [];
  for (const upper of [false, true]) {
    const hidden = a.map((at, i, j) => (upper ? i > j : i < j) ? [NaN, NaN] : at);
    const found = eigh(hidden.array(dtype), upper);
    expect([found.values.dtypeCore, found.vectors.dtypeCore, numbersOf(found.info)]).toEqual([componentType(dtype), dtype, [0]]);
    const [vectors] = Dense.of(found.vectors);
    values = numbersOf(found.values);
    expect(values.every((value, i) => i === 0 || value >= values[i - 1])).toBe(true);
    checkOrthogonal('vectors', vectors, dtype);
    checkProduct('v d vᴴ', vectors.times(diagonal(values)).times(vectors.adjoint()), a, dtype);
    const only = eigvalsh(hidden.array(dtype), upper);
    expect(numbersOf(only.info)).toEqual([0]);
    checkValues('values alone', numbersOf(only.values), values, a.rows, dtype);
  }
  return values;
}

const pairsOf = (array: StridedArray): [number, number][] => {
  const parts = numbersOf(array);
  return Array.from({ length: parts.length / 2 }, (_, i) => [parts[2 * i], parts[2 * i + 1]]);
};

/** How far the farthest of the found values is from the one that is expected instead, taken one after another. */
function farthest(found: readonly (readonly number[])[], expected: readonly (readonly number[])[]): number {
  const left = [...expected];
  return Math.max(0, ...found.map(([re, im]) => {
    const distances = left.map((each) => Math.hypot(re - each[0], im - each[1]));
    const nearest = distances.indexOf(Math.min(...distances));
    left.splice(nearest, 1);
    return distances[nearest];
  }));
}

function checkEig(a: Dense, dtype: DType, units: number = decompositions.product): [number, number][] {
  const { values: array, vectors: columns, info } = eig(a.array(dtype));
  expect([array.dtypeCore, columns.dtypeCore, numbersOf(info)]).toEqual([complexTypeOf(dtype), complexTypeOf(dtype), [0]]);
  const [values, [vectors]] = [pairsOf(array), Dense.of(columns)];
  const scaled = vectors.map(([re, im], _, j) => [re * values[j][0] - im * values[j][1], re * values[j][1] + im * values[j][0]]);
  within('a v', a.times(vectors).minus(scaled).largest(), a.largest(), a.rows, dtype, units);
  for (let j = 0; j < a.rows; j++) {
    let [sum, most, at] = [0, -1, 0];
    for (let i = 0; i < a.rows; i++) {
      const size = Math.hypot(vectors.re[i * a.rows + j], vectors.im[i * a.rows + j]);
      sum += size * size;
      if (size > most) [most, at] = [size, i];
    }
    within('length', sum - 1, 1, a.rows, dtype, decompositions.orthogonal);
    if (dtype.components === 2 || values[j][1] !== 0) {
      // Several may be the largest but for rounding.
      const real = [...vectors.re].filter((_, i) => i % a.rows === j && vectors.im[i] === 0);
      within('the largest', most - largest(real), 1, 1, dtype, decompositions.orthogonal);
    } else {
      expect(vectors.im[at * a.rows + j]).toBe(0);
    }
    // Pairs of a real matrix stand together, the one above the real line first, and are each other's conjugates.
    if (dtype.components === 1 && values[j][1] > 0) {
      expect(values[j + 1]).toEqual([values[j][0], -values[j][1]]);
      for (let i = 0; i < a.rows; i++) {
        expect(vectors.re[i * a.rows + j + 1]).toBe(vectors.re[i * a.rows + j]);
        expect(vectors.im[i * a.rows + j + 1] + vectors.im[i * a.rows + j]).toBe(0);
      }
    }
  }
  const only = eigvals(a.array(dtype));
  expect(numbersOf(only.info)).toEqual([0]);
  expect(only.values.geometry.shape).toEqual([a.rows]);
  return values;
}

describe.each(fixtures.shapes.map((each) => [`${each.kind} ${each.rows} by ${each.columns}`, each] as const))('%s', (_, fixture) => {
  const { rows, columns, kind } = fixture;
  const complex = kind === 'complex';
  const a = matrix(rows, columns, complex);
  describe.each(dtypesOf(complex).map((dtype) => [dtype.name, dtype] as const))('%s', (_, dtype) => {
    it('reflections', () => {
      const { h, tau } = checkQr(a, dtype);
      if (fixture.diagonal !== undefined) {
        const found = Array.from({ length: Math.min(rows, columns) }, (_, i) => h.re[i * columns + i]);
        checkValues('r', found, [...doubles(fixture.diagonal)], rows, dtype);
      }
      if (fixture.qr === undefined) return;
      const [expected, factors] = [kept(fixture.qr, rows, columns, complex), kept(fixture.tau!, 1, tau.columns, complex)];
      within('h', h.minus(expected).largest(), expected.largest(), rows, dtype, decompositions.factors);
      within('tau', tau.minus(factors).largest(), 1, rows, dtype, decompositions.factors);
    });

    it('singular values', () => checkValues('s', checkSvd(a, dtype), [...doubles(fixture.s)], Math.max(rows, columns), dtype));

    if (rows !== columns) return;

    it('eigenvalues of the Hermitian part', () => {
      const found = checkHermitian(hermitianPart(a), dtype);
      if (fixture.hermitian !== undefined) checkValues('values', found, [...doubles(fixture.hermitian)], rows, dtype);
    });

    it('eigenvalues', () => {
      const found = checkEig(a, dtype);
      if (fixture.values === undefined) return;
      const values = doubles(fixture.values);
      const expected = found.map((_, i) => [values[2 * i], values[2 * i + 1]]);
      // They are as well conditioned as those of random matrices.
      within('values', farthest(found, expected), a.largest() * 4, rows, dtype, decompositions.factors);
      within('alone', farthest(pairsOf(eigvals(a.array(dtype)).values), expected), a.largest() * 4, rows, dtype, decompositions.factors);
    });
  });
});

/** Matrices whose eigenvalues are so sensitive that LAPACK's are as wrong as others. */
const sensitive = new Set([
  'jordan', 'frank', 'companion', 'kahan', 'badly scaled', 'scaled rows', 'bidiagonal', 'triangular', 'lower', 'singular',
]);

describe.each(fixtures.special.map((each) => [each.name, each] as const))('%s', (_, fixture) => {
  const { rows, columns } = fixture;
  const given = new Dense(rows, columns, doubles(fixture.matrix));
  describe.each(everyDType.map((dtype) => [dtype.name, dtype] as const))('%s', (_, dtype) => {
    const a = rounded(given, dtype);
    const precise = componentType(dtype).name === 'float64';
    if (!Number.isFinite(a.largest())) {
      it('has no such numbers', () => expect(precise).toBe(false));
      return;
    }
    it('reflections', () => {
      checkQr(a, dtype);
    });

    it('singular values', () => {
      const s = checkSvd(a, dtype);
      if (precise) checkValues('s', s, [...doubles(fixture.s)], Math.max(rows, columns), dtype);
    });

    if (rows !== columns) return;

    it('eigenvalues of the Hermitian part', () => {
      const values = checkHermitian(rounded(hermitianPart(a), dtype), dtype);
      if (precise) checkValues('values', values, [...doubles(fixture.hermitian!)], rows, dtype);
    });

    it('eigenvalues', () => {
      const found = checkEig(a, dtype, fixture.name === 'scaled rows' ? decompositions.balanced : undefined);
      if (!precise || sensitive.has(fixture.name)) return;
      const values = doubles(fixture.values!);
      const distance = farthest(found, found.map((_, i) => [values[2 * i], values[2 * i + 1]]));
      within('values', distance, a.largest(), rows, dtype, decompositions.values);
    });
  });
});

it('ends for what is not finite, with NaN and an info', () => {
  for (const dtype of everyDType) {
    for (const n of [1, 2, 5, 40]) {
      for (const bad of [NaN, Infinity, -Infinity]) {
        const a = matrix(n, n, dtype.components === 2).map((at, i, j) => (i === n - 1 && j === 0 ? [bad, at[1]] : at)).array(dtype);
        const found = [eigh(a, false), eigvalsh(a, false), eig(a), eigvals(a), svd(a, true), svd(a, false), svdvals(a)];
        for (const { info, ...results } of found) {
          expect(numbersOf(info)[0]).toBeGreaterThan(0);
          for (const result of Object.values(results)) expect(numbersOf(result).every(Number.isNaN)).toBe(true);
        }
      }
    }
  }
});
