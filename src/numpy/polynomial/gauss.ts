import { float64 } from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { reverse } from '../../ops/movement.ts';
import { fromNumbers } from '../ndarray/conversion.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import * as ufuncs from '../ufuncs.ts';
import type { Basis } from './basis.ts';
import { derivative } from './calculus.ts';
import { valuesAt } from './evaluation.ts';
import { asInteger } from './integers.ts';
import { eigvalsh } from './linalg.ts';
import { part, unitSeries } from './series.ts';
import { companionMatrix } from './solvers.ts';

/** Gauss quadratures: places and weights by which integrals over a basis' weight become sums. */

export type Quadrature = [x: ndarray, w: ndarray];

/** How many places a quadrature is to have. */
export function placesAsked(deg: unknown): number {
  const count = asInteger(deg, 'deg');
  if (count <= 0) throw new ValueError('deg must be a positive integer');
  return count;
}

const ofLargest = (x: ndarray): ndarray => ufuncs.divide(x, ufuncs.absolute(x).max());
const weighing = (w: ndarray, total: number): ndarray => ufuncs.multiply(w, ufuncs.divide(total, w.sum()));

/** Places and weights that lie evenly around 0. */
function balanced([x, w]: Quadrature): Quadrature {
  return [
    ufuncs.divide(ufuncs.subtract(x, reverse(x, [0])), 2), ufuncs.divide(ufuncs.add(w, reverse(w, [0])), 2),
  ];
}

/** A quadrature from the eigenvalues of the companion matrix, each bettered by a step of Newton's. */
export function quadrature(basis: Basis, deg: unknown, total: number, even: boolean): Quadrature {
  const c = unitSeries(placesAsked(deg));
  const start = eigvalsh(companionMatrix(basis, c));
  const slopes = valuesAt(basis, start, derivative(basis, c, 1, 1, 0));
  const x = ufuncs.subtract(start, ufuncs.divide(valuesAt(basis, start, c), slopes));
  const below = ofLargest(valuesAt(basis, x, part(c, 1)));
  const w = ufuncs.divide(1, ufuncs.multiply(below, ofLargest(slopes)));
  const [places, weights] = even ? balanced([x, w]) : [x, w];
  return [places, weighing(weights, total)];
}

/** Values of the n-th Hermite polynomial whose square has the integral 1, from which large degrees do not overflow. */
function normalized(x: ndarray, n: number, scale: number): ndarray {
  const least = 1 / Math.sqrt(Math.sqrt((2 / scale) * Math.PI));
  let [c0, c1]: (ndarray | number)[] = [0, least];
  if (n === 0) return ufuncs.add(ufuncs.multiply(x, 0), least);
  for (let k = n; k > 1; k--) {
    const before = c0;
    c0 = ufuncs.multiply(ufuncs.negative(c1), Math.sqrt((k - 1) / k));
    c1 = ufuncs.add(before, ufuncs.multiply(ufuncs.multiply(c1, x), Math.sqrt(scale / k)));
  }
  return ufuncs.add(c0, ufuncs.multiply(ufuncs.multiply(c1, x), Math.sqrt(scale)));
}

/** A quadrature of Hermite's polynomials in x · √(scale / 2) · √2: 2 for the physicists', 1 for the probabilists'. */
export function hermiteQuadrature(basis: Basis, deg: unknown, scale: 1 | 2): Quadrature {
  const n = placesAsked(deg);
  const start = eigvalsh(companionMatrix(basis, unitSeries(n)));
  const slopes = ufuncs.multiply(normalized(start, n - 1, scale), Math.sqrt(scale * n));
  const x = ufuncs.subtract(start, ufuncs.divide(normalized(start, n, scale), slopes));
  const below = ofLargest(normalized(x, n - 1, scale));
  const [places, weights] = balanced([x, ufuncs.divide(1, ufuncs.multiply(below, below))]);
  return [places, weighing(weights, Math.sqrt((2 / scale) * Math.PI))];
}

/** What makes the companion matrix of Hermite polynomials symmetric: products of reciprocal roots, from the last on. */
export function hermiteScale(n: number, twice: 1 | 2): ndarray {
  const scale = [1];
  for (let k = n - 1; k > 0; k--) scale.push(scale[scale.length - 1] * (1 / Math.sqrt(twice * k)));
  return fromNumbers(scale.reverse(), float64);
}
