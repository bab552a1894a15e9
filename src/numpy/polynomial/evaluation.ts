import { isScalar } from '../../core/complex.ts';
import { isInexact } from '../../core/dtype.ts';
import { ValueError, lengthOf } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { elementAt } from '../../ops/host.ts';
import { reshapeTo } from '../../ops/movement.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { moveaxis } from '../routines/manipulation.ts';
import { prod } from '../routines/reductions.ts';
import * as ufuncs from '../ufuncs.ts';
import { multiply } from './arithmetic.ts';
import type { Algebra, Basis } from './basis.ts';
import { clenshaw } from './basis.ts';
import { asInteger } from './integers.ts';
import { add, at, atLeastVector, emptyOf, inexact, part, put, subtract } from './series.ts';

/** Values of series, and the values of a basis' polynomials as matrices. */

type Step = (a: ArrayLike, b: ArrayLike) => ArrayLike;

/** What a ufunc gives; a number again where both operands are numbers, so that it leaves the dtype of others as it is. */
const step = (ufunc: (a: ArrayLike, b: ArrayLike) => ndarray): Step => (a, b) => {
  const result = ufunc(a, b);
  return isScalar(a) && isScalar(b) ? elementAt(result, result.geometry.offset) : result;
};

/** Values, which are multiplied by those of x. */
function valuesOf(x: ArrayLike, quotientsFirst: boolean): Algebra<ArrayLike> {
  const [times, over, minus] = [ufuncs.multiply, ufuncs.divide, ufuncs.subtract].map(step);
  return {
    add: step(ufuncs.add),
    subtract: minus,
    scale(a, factor, divisor) {
      if (quotientsFirst && divisor !== 1) return times(a, factor / divisor);
      const product = factor === 1 ? a : times(a, factor);
      return divisor === 1 ? product : over(product, divisor);
    },
    along: (a, shift, slope) => times(a, slope === 1 ? x : minus(shift, x)),
  };
}

/** Coefficients for values at x: beside all of its axes, unless each place has its own series. */
const spread = (c: ndarray, x: ArrayLike, tensor: boolean): ndarray =>
  (tensor && x instanceof ndarray ? reshapeTo(c, [...c.shape, ...x.shape.map(() => 1)]) : c);

/** Numbers as they are, everything else as an array. */
export const points = (x: ArrayLike): ArrayLike => (isScalar(x) ? x : asArray(x));

/** How many points are taken at a time where there are many, so that all that is computed on the way stays in the processor's cache. */
const portion = 2 ** 13;

/** Values at points that do not depend on each other, some at a time. */
export function inPortions(x: ndarray, compute: (x: ndarray) => ndarray): ndarray {
  if (x.size <= 2 * portion) return compute(x);
  const flat = reshapeTo(x, [x.size]);
  const first = compute(part(flat, 0, portion));
  const result = emptyOf([x.size], first.dtypeCore);
  put(result, 0, first);
  for (let start = portion; start < x.size; start += portion) {
    put(result, start, compute(part(flat, start, Math.min(portion, x.size - start))));
  }
  return reshapeTo(result, x.shape);
}

/** Values at x of series whose coefficients lie along the first axis. */
export function valuesAt(basis: Basis, places: ArrayLike, series: ArrayLike, tensor = true): ndarray {
  const x = points(places);
  const c = inexact(atLeastVector(series));
  // One series has values of its own at each point.
  return x instanceof ndarray && c.ndim === 1 ? inPortions(x, (some) => valuesTogetherAt(basis, some, c, tensor))
    : valuesTogetherAt(basis, x, c, tensor);
}

function valuesTogetherAt({ recurrence }: Basis, x: ArrayLike, series: ndarray, tensor: boolean): ndarray {
  const c = spread(series, x, tensor);
  const isPower = recurrence.back(2) === 0;
  if (c.shape[0] === 0) at(c, isPower ? -1 : -2);
  // Powers are followed down as Horner does it, from a coefficient that x has made NaN where x is not finite.
  const first = (): ArrayLike => (isPower ? ufuncs.add(at(c, -1), step(ufuncs.multiply)(x, 0)) : at(c, -1));
  if (c.shape[0] === 1 && isPower) return first() as ndarray;
  const count = Math.max(c.shape[0], 2);
  const coefficient = (place: number): ArrayLike => (place >= c.shape[0] ? 0 : place === count - 1 ? first() : at(c, place));
  return clenshaw(recurrence, count, coefficient, valuesOf(x, recurrence.quotientsFirst === true)) as ndarray;
}

/** The values of a series at a series of another basis, in that other basis. */
export function composed({ recurrence }: Basis, c: ndarray, inner: Basis, x: ndarray): ndarray {
  const algebra: Algebra<ndarray> = {
    add, subtract,
    scale: (a, times, over) => (recurrence.quotientsFirst === true ? ufuncs.multiply(a, times / over)
      : ufuncs.divide(ufuncs.multiply(a, times), over)),
    along: (a, shift, slope) => multiply(inner, a, slope === 1 ? x : subtract([shift], x)),
  };
  return c.size === 1 ? add(c, multiply(inner, x, [0])) : clenshaw(recurrence, c.size, (place) => part(c, place, 1), algebra);
}

/** Values at the points whose coordinates stand at the same places of several arrays. */
export function valuesTogether(basis: Basis, coordinates: readonly ArrayLike[], c: ArrayLike): ndarray {
  const [first, ...others] = coordinates.map((each) => asArray(each));
  if (others.some(({ shape }) => !sameShape(shape, first.shape))) {
    throw new ValueError(`${others.length === 2 ? 'x, y, z' : 'x, y'} are incompatible`);
  }
  return others.reduce((values, x) => valuesAt(basis, x, values, false), valuesAt(basis, first, c));
}

/** Values at every combination of coordinates. */
export const valuesOnGrid = (basis: Basis, coordinates: readonly ArrayLike[], c: ArrayLike): ndarray =>
  coordinates.reduce((values: ArrayLike, x) => valuesAt(basis, x, values), c) as ndarray;

/** Products of the distances from each root. */
export function valuesFromRoots(places: ArrayLike, roots: ArrayLike, tensor: boolean): ndarray {
  const x = points(places);
  let r = inexact(atLeastVector(roots));
  if (x instanceof ndarray) {
    if (tensor) r = reshapeTo(r, [...r.shape, ...x.shape.map(() => 1)]);
    else if (x.ndim >= r.ndim) throw new ValueError('x.ndim must be < r.ndim when tensor == False');
  }
  return prod(ufuncs.subtract(x, r), 0);
}

const floating = (x: ArrayLike): ndarray => {
  const array = asArray(x);
  return isInexact(array.dtypeCore) ? array : inexact(array);
};

/** The values of the polynomials up to a degree at points, along a new last axis. */
export function vandermonde({ recurrence: { weight, shift, slope, back, divisor } }: Basis, places: ArrayLike, deg: unknown): ndarray {
  const degree = asInteger(deg, 'deg');
  if (degree < 0) throw new ValueError('deg must be non-negative');
  const x = floating(atLeastVector(places));
  const all = emptyOf([degree + 1, ...x.shape], x.dtypeCore);
  const first = at(all, 0);
  ufuncs.add(ufuncs.multiply(x, 0), 1, first);
  let [before, last] = [first, first];
  for (let n = 1; n <= degree; n++) {
    const factor = slope === 1 ? x : ufuncs.subtract(shift(n), x);
    let next = n === 1 ? factor : ufuncs.multiply(last, factor);
    if (weight(n) !== 1) next = ufuncs.multiply(next, weight(n));
    if (n > 1 && back(n) !== 0) next = ufuncs.subtract(next, back(n) === 1 ? before : ufuncs.multiply(before, back(n)));
    if (divisor(n) !== 1) next = ufuncs.divide(next, divisor(n));
    const own = part(all, n, 1);
    put(own, 0, reshapeTo(next, own.shape));
    [before, last] = [last, at(all, n)];
  }
  return moveaxis(all, 0, -1);
}

/** The products of all polynomials up to the degrees of each coordinate, along one new last axis. */
export function vandermondeTogether(basis: Basis, coordinates: readonly ArrayLike[], degrees: ArrayLike): ndarray {
  const count = coordinates.length;
  const given = lengthOf(degrees as ndarray | readonly unknown[]);
  if (given !== count) throw new ValueError(`Expected ${count} dimensions of degrees, got ${given}`);
  const listed = [...degrees as Iterable<unknown>];
  const together = floating(coordinates as readonly ArrayLike[]);
  const matrices = coordinates.map((_, i) => {
    const matrix = vandermonde(basis, at(together, i), listed[i]);
    const extents = coordinates.map((__, k) => (k === i ? matrix.shape[matrix.ndim - 1] : 1));
    return reshapeTo(matrix, [...matrix.shape.slice(0, -1), ...extents]);
  });
  const product = matrices.reduce((a, b) => ufuncs.multiply(a, b));
  const outer = product.shape.slice(0, product.ndim - count);
  return reshapeTo(product, [...outer, product.shape.slice(outer.length).reduce((a, b) => a * b, 1)]);
}
