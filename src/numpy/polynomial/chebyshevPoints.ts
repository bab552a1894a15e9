import { isInteger } from '../../core/dtype.ts';
import { ValueError, checkCallable } from '../../core/errors.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { arange, linspace } from '../routines/ranges.ts';
import { full } from '../routines/creation.ts';
import { dot } from '../routines/products.ts';
import * as ufuncs from '../ufuncs.ts';
import type { Basis } from './basis.ts';
import { vandermonde } from './evaluation.ts';
import { toInt } from './integers.ts';
import type { Quadrature } from './gauss.ts';
import { placesAsked } from './gauss.ts';
import { part } from './series.ts';

/** Points at which Chebyshev polynomials vanish or turn, and what is computed from values there. */

export type Integer = number | bigint | ndarray;
/** A function of points, which may take more than them. */
export type Interpolated = (x: ndarray, ...args: never[]) => ArrayLike;

/** How many points are asked for. */
function countOf(npts: Integer, least: number): number {
  const count = toInt(npts);
  if (count !== Number(npts)) throw new ValueError('npts must be integer');
  if (count < least) throw new ValueError(`npts must be >= ${least}`);
  return count;
}

export function pointsOfFirstKind(npts: Integer): ndarray {
  const n = countOf(npts, 1);
  return ufuncs.sin(ufuncs.multiply(0.5 * Math.PI / n, arange(-n + 1, n + 1, 2)));
}

export const pointsOfSecondKind = (npts: Integer): ndarray => ufuncs.cos(linspace(-Math.PI, 0, countOf(npts, 2)));

export function chebyshevQuadrature(deg: Integer): Quadrature {
  const n = placesAsked(deg);
  const angles = ufuncs.divide(ufuncs.multiply(Math.PI, arange(1, 2 * n, 2)), 2 * n);
  return [ufuncs.cos(angles), full(n, Math.PI / n)];
}

/** The series whose values at the points of the first kind are a function's. */
export function interpolatedBy(basis: Basis, func: Interpolated, deg: Integer, args: readonly unknown[]): ndarray {
  const degree = asArray(deg);
  if (degree.ndim > 0 || !isInteger(degree.dtypeCore)) throw new TypeError('deg must be an int');
  const order = degree.item() + 1;
  if (order < 1) throw new ValueError('expected deg >= 0');
  const x = pointsOfFirstKind(order);
  checkCallable(func);
  const c = dot(vandermonde(basis, x, order - 1).T, func(x, ...args as never[]));
  for (const [place, count, divisor] of [[0, 1, order], [1, order - 1, 0.5 * order]]) {
    ufuncs.divide(part(c, place, count), divisor, part(c, place, count));
  }
  return c;
}
