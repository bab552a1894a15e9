import { expect, it } from 'vitest';
import { complex128, float64 } from '../../src/core/dtype.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import { eig, eigh } from '../../src/ops/linalg/eigen.ts';
import { svd, svdvals } from '../../src/ops/linalg/svd.ts';
import { Chance, valuesOf } from '../backend/arrays.ts';
import { decompositions } from '../tolerances.ts';
import { Dense } from './dense.ts';
import { unitsOf } from './linalgFixtures.ts';

/** Matrices of many equal values, of low rank, of zeros and of sizes far apart: those that iterations and joined halves stumble over. */

const chance = new Chance(8);
const whole = (below: number): number => chance.below(below);

/** What an element is, by row and column. */
const kinds: Readonly<Record<string, () => (i: number, j: number) => number>> = {
  'signs and zeros': () => () => whole(3) - 1,
  sparse: () => () => (chance.fraction() < 0.1 ? chance.fraction() : 0),
  'rank one': () => {
    const [u, v] = [0, 1].map(() => Array.from({ length: 100 }, () => whole(7) - 3));
    return (i, j) => u[i] * v[j];
  },
  tridiagonal: () => (i, j) => (Math.abs(i - j) <= 1 ? chance.fraction() : 0),
  // oxlint-disable-next-line flambeau/tolerances -- how far from the identity it is
  'nearly the identity': () => (i, j) => (i === j ? 1 : chance.fraction() * 1e-15),
  'triangular with repeated values': () => (i, j) => (i === j ? whole(3) : j > i && chance.fraction() < 0.2 ? 1 : 0),
  blocks: () => (i, j) => (Math.floor(i / 5) === Math.floor(j / 5) ? whole(3) : 0),
};

const numbersOf = (array: StridedArray): number[] => Array.from(valuesOf(array) as ArrayLike<number>);

it.each(Object.entries(kinds))('%s', (_, kind) => {
  for (const n of [2, 7, 26, 34, 52, 61, 87]) {
    const element = kind();
    const a = new Dense(n, n).map((_at, i, j) => [element(i, j), 0]);
    const within = (label: string, error: number, scale: number, units: number): void =>
      expect([label, n, unitsOf(error, scale, n, float64) <= units]).toEqual([label, n, true]);
    const { u, s, vh, info } = svd(a.array(float64), false);
    const only = svdvals(a.array(float64));
    const symmetric = a.map((at, i, j) => [at[0] + a.re[j * n + i], 0]);
    const found = eigh(symmetric.array(float64), false);
    expect([info, only.info, found.info].flatMap(numbersOf)).toEqual([0, 0, 0]);
    const [[left], [right], [vectors]] = [u, vh, found.vectors].map(Dense.of);
    const [values, eigenvalues] = [numbersOf(s), numbersOf(found.values)];
    const scaled = left.map((at, _i, j) => [at[0] * values[j], 0]);
    within('u s vᴴ', scaled.times(right).minus(a).largest(), a.largest(), decompositions.product);
    within('u', left.adjoint().times(left).minus(Dense.eye(n)).largest(), 1, decompositions.orthogonal);
    within('v', right.times(right.adjoint()).minus(Dense.eye(n)).largest(), 1, decompositions.orthogonal);
    const alone = numbersOf(only.s);
    within('values alone', Math.max(...values.map((value, i) => Math.abs(value - alone[i]))), a.largest(), decompositions.values);
    const turned = vectors.map((at, _i, j) => [at[0] * eigenvalues[j], 0]);
    within('s v', symmetric.times(vectors).minus(turned).largest(), symmetric.largest(), decompositions.product);
    for (const dtype of [float64, complex128]) {
      const general = eig(a.array(dtype));
      expect(numbersOf(general.info)).toEqual([0]);
      const [[columns], parts] = [Dense.of(general.vectors), numbersOf(general.values)];
      const times = columns.map(([re, im], _i, j) => {
        const [x, y] = parts.slice(2 * j, 2 * j + 2);
        return [re * x - im * y, re * y + im * x];
      });
      within('a v', a.times(columns).minus(times).largest(), a.largest(), decompositions.product);
    }
  }
});
