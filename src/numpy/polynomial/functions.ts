import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { routine } from '../arguments/routine.ts';
import { divide, fromPowers, fromRoots, line, multiply, power, timesX, toPowers } from './arithmetic.ts';
import type { Basis } from './basis.ts';
import { derivative, integral } from './calculus.ts';
import { valuesAt, valuesOnGrid, valuesTogether, vandermonde, vandermondeTogether } from './evaluation.ts';
import type { Quadrature } from './gauss.ts';
import { toInt } from './integers.ts';
import { add, subtract } from './series.ts';
import type { FitStatus } from './solvers.ts';
import { companionMatrix, fitted, rootsOf } from './solvers.ts';

/** The functions that every basis has under names of its own. */

type Integer = number | bigint | ndarray;
type Degrees = readonly (number | bigint)[] | ndarray;

export const lineOf = (name: string, basis: Basis) => routine(name, 'off, scl', (off: ArrayLike, scl: ArrayLike): ndarray =>
  line(basis, off, scl));

export const fromRootsOf = (name: string, basis: Basis) => routine(name, 'roots', (roots: ArrayLike): ndarray => fromRoots(basis, roots));

export const addOf = (name: string) => routine(name, 'c1, c2', (c1: ArrayLike, c2: ArrayLike): ndarray => add(c1, c2));

export const subOf = (name: string) => routine(name, 'c1, c2', (c1: ArrayLike, c2: ArrayLike): ndarray => subtract(c1, c2));

export const mulxOf = (name: string, basis: Basis) => routine(name, 'c', (c: ArrayLike): ndarray => timesX(basis, c));

export const mulOf = (name: string, basis: Basis) => routine(name, 'c1, c2', (c1: ArrayLike, c2: ArrayLike): ndarray =>
  multiply(basis, c1, c2));

export const divOf = (name: string, basis: Basis) => routine(name, 'c1, c2', (c1: ArrayLike, c2: ArrayLike): [ndarray, ndarray] =>
  divide(basis, c1, c2));

export const powOf = <const M extends 'None' | '16'>(name: string, basis: Basis, most: M) =>
  routine(name, `c, pow, maxpower: array_like=${most}`, (c: ArrayLike, pow: Integer, maxpower?: Integer | null): ndarray =>
    power(basis, c, pow, maxpower === undefined ? basis.maxpower : maxpower === null || typeof maxpower === 'number' ? maxpower
      : toInt(maxpower)));

export const derOf = (name: string, basis: Basis) => routine(name, 'c, m: Any=1, scl: array_like=1, axis: Any=0', (
  c: ArrayLike, m: Integer = 1, scl: ArrayLike = 1, axis: Integer = 0,
): ndarray => derivative(basis, c, m, scl, axis));

export const intOf = (name: string, basis: Basis) =>
  routine(name, 'c, m: Any=1, k: array_like=[], lbnd: array_like=0, scl: array_like=1, axis: Any=0', (
    c: ArrayLike, m: Integer = 1, k: ArrayLike = [], lbnd: ArrayLike = 0, scl: ArrayLike = 1, axis: Integer = 0,
  ): ndarray => integral(basis, c, m, k, lbnd, scl, axis));

export const valOf = (name: string, basis: Basis) => routine(name, 'x, c, tensor=True', (
  x: ArrayLike, c: ArrayLike, tensor: boolean = true,
): ndarray => valuesAt(basis, x, c, tensor));

export const val2dOf = (name: string, basis: Basis) => routine(name, 'x, y, c', (x: ArrayLike, y: ArrayLike, c: ArrayLike): ndarray =>
  valuesTogether(basis, [x, y], c));

export const val3dOf = (name: string, basis: Basis) => routine(name, 'x, y, z, c', (
  x: ArrayLike, y: ArrayLike, z: ArrayLike, c: ArrayLike,
): ndarray => valuesTogether(basis, [x, y, z], c));

export const grid2dOf = (name: string, basis: Basis) => routine(name, 'x, y, c', (x: ArrayLike, y: ArrayLike, c: ArrayLike): ndarray =>
  valuesOnGrid(basis, [x, y], c));

export const grid3dOf = (name: string, basis: Basis) => routine(name, 'x, y, z, c', (
  x: ArrayLike, y: ArrayLike, z: ArrayLike, c: ArrayLike,
): ndarray => valuesOnGrid(basis, [x, y, z], c));

export const vanderOf = (name: string, basis: Basis) => routine(name, 'x, deg', (x: ArrayLike, deg: Integer): ndarray =>
  vandermonde(basis, x, deg));

export const vander2dOf = (name: string, basis: Basis) => routine(name, 'x, y, deg', (
  x: ArrayLike, y: ArrayLike, deg: Degrees,
): ndarray => vandermondeTogether(basis, [x, y], deg));

export const vander3dOf = (name: string, basis: Basis) => routine(name, 'x, y, z, deg', (
  x: ArrayLike, y: ArrayLike, z: ArrayLike, deg: Degrees,
): ndarray => vandermondeTogether(basis, [x, y, z], deg));

/** A fit, with what the solution of least squares says about it where `full` asks for that. */
export interface Fit {
  (x: ArrayLike, y: ArrayLike, deg: Integer | Degrees, rcond: number | null | undefined, full: true, w?: ArrayLike | null):
  [coef: ndarray, status: FitStatus];
  (x: ArrayLike, y: ArrayLike, deg: Integer | Degrees, options: {
    readonly rcond?: number | null; readonly full: true; readonly w?: ArrayLike | null;
  }): [coef: ndarray, status: FitStatus];
  (x: ArrayLike, y: ArrayLike, deg: Integer | Degrees, rcond?: number | null, full?: false, w?: ArrayLike | null): ndarray;
  (x: ArrayLike, y: ArrayLike, deg: Integer | Degrees, options: {
    readonly rcond?: number | null; readonly full?: false; readonly w?: ArrayLike | null;
  }): ndarray;
  (options: {
    readonly x: ArrayLike; readonly y: ArrayLike; readonly deg: Integer | Degrees; readonly rcond?: number | null; readonly full?: false;
    readonly w?: ArrayLike | null;
  }): ndarray;
}

export const fitOf = (name: string, basis: Basis): Fit => routine(name, 'x, y, deg, rcond: float=None, full=False, w=None', (
  x: ArrayLike, y: ArrayLike, deg: ArrayLike, rcond?: number | null, full: boolean = false, w?: ArrayLike | null,
): ndarray | [ndarray, FitStatus] => {
  const found = fitted(basis, x, y, deg, rcond, full, w);
  return full ? found : found[0];
}) as unknown as Fit;

export const companionOf = (name: string, basis: Basis) => routine(name, 'c', (c: ArrayLike): ndarray => companionMatrix(basis, c));

export const rootsFunctionOf = (name: string, basis: Basis) => routine(name, 'c', (c: ArrayLike): ndarray => rootsOf(basis, c));

export const fromPowersOf = (name: string, basis: Basis) => routine(name, 'pol', (pol: ArrayLike): ndarray => fromPowers(basis, pol));

export const toPowersOf = (name: string, basis: Basis, powers: Basis) => routine(name, 'c', (c: ArrayLike): ndarray =>
  toPowers(basis, powers, c));

export const gaussOf = (name: string, compute: (deg: Integer) => Quadrature) => routine(name, 'deg', compute);

export const weightOf = (name: string, compute: (x: ndarray) => ndarray) => routine(name, 'x', (x: ArrayLike): ndarray =>
  compute(asArray(x)));
