import { ValueError, ZeroDivisionError } from '../../core/errors.ts';
import { elementAt } from '../../ops/host.ts';
import { asArray, fromNumbers } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { ones } from '../routines/creation.ts';
import { convolve } from '../routines/differences.ts';
import { sort } from '../routines/sorting.ts';
import * as ufuncs from '../ufuncs.ts';
import type { Algebra, Basis } from './basis.ts';
import { clenshaw } from './basis.ts';
import { wholeNumber } from './integers.ts';
import { add, asSeries, at, addInto, emptyOf, isNothing, isZero, part, put, scaling, subtract, trimmed, unitSeries } from './series.ts';

/** Products, quotients and powers of series, and series of one basis in terms of another. */

/** What writes x times a series of as many terms as `like`, or fewer, into one of a term more: all of it, or what is beyond `from`. */
function multiplierByX({ recurrence: { weight, shift, slope, back, divisor } }: Basis, like: ndarray) {
  // x · P(n) is what the recurrence of P(n + 1) says.
  const up = scaling(like, (i) => divisor(i + 1) * slope, (i) => weight(i + 1));
  const itself = shift(1) !== 0 ? scaling(like, (i) => -shift(i + 2) * slope, () => 1) : null;
  const down = back(2) !== 0 ? scaling(like, (i) => back(i + 2) * slope, (i) => weight(i + 2)) : null;
  const term = emptyOf(like.shape, like.dtypeCore);
  return (c: ndarray, product: ndarray, from = 0): void => {
    const n = c.size;
    up(part(c, from), part(product, from + 1, n - from), from);
    if (from === 0) ufuncs.multiply(part(c, 0, 1), itself === null ? 0 : -shift(1) * slope, part(product, 0, 1));
    const add = (scale: typeof down, start: number, by: number): void => {
      if (scale === null || start >= n) return;
      const terms = part(term, 0, n - start);
      scale(part(c, start), terms, start - 1);
      addInto(part(product, start - by, n - start), terms);
    };
    add(itself, from + 1, 0);
    add(down, from === 0 ? 1 : from + 2, 1);
  };
}

/** A series times x. */
export function timesX(basis: Basis, series: ArrayLike): ndarray {
  const [c] = asSeries([series]);
  if (c.size === 1 && isZero(c, 0)) return c;
  const product = emptyOf([c.size + 1], c.dtypeCore);
  multiplierByX(basis, c)(c, product);
  return product;
}

const scaledBy = (a: ndarray, times: number, over: number): ndarray => {
  const product = times === 1 ? a : ufuncs.multiply(a, times);
  return over === 1 ? product : ufuncs.divide(product, over);
};

/** Series of one basis, among which one can be multiplied by x. */
const seriesOf = (basis: Basis): Algebra<ndarray> => ({
  add, subtract, scale: scaledBy,
  along: (a, shift, slope) => (slope === 1 ? timesX(basis, a) : subtract(scaledBy(a, shift, 1), timesX(basis, a))),
});

/** The product of two series. */
export function multiply(basis: Basis, a: ArrayLike, b: ArrayLike): ndarray {
  const [c1, c2] = asSeries([a, b]);
  if (basis.multiply !== undefined) return basis.multiply(c1, c2);
  const [c, other] = c1.size > c2.size ? [c2, c1] : [c1, c2];
  const coefficient = (place: number): ndarray => (place < c.size ? ufuncs.multiply(at(c, place), other) : asArray([0]));
  // One alone is followed by a 0 of Python, which is a float64.
  return clenshaw(basis.recurrence, Math.max(c.size, 2), coefficient, seriesOf(basis));
}

/** Quotient and remainder of two series. */
export function divide(basis: Basis, a: ArrayLike, b: ArrayLike): [ndarray, ndarray] {
  const [c1, c2] = asSeries([a, b]);
  if (isZero(c2, -1)) throw new ZeroDivisionError('');
  if (c1.size < c2.size) return [ufuncs.multiply(part(c1, 0, 1), 0), c1];
  if (c2.size === 1) return [ufuncs.divide(c1, at(c2, -1)), ufuncs.multiply(part(c1, 0, 1), 0)];
  if (basis.divide !== undefined) return basis.divide(c1, c2);
  const quotient = emptyOf([c1.size - c2.size + 1], c1.dtypeCore);
  let remainder = c1;
  for (let i = c1.size - c2.size; i >= 0; i--) {
    const product = multiply(basis, unitSeries(i), c2);
    const q = ufuncs.divide(at(remainder, -1), at(product, -1));
    remainder = ufuncs.subtract(part(remainder, 0, remainder.size - 1), ufuncs.multiply(q, part(product, 0, product.size - 1)));
    quotient.set([i], q);
  }
  return [quotient, trimmed(remainder)];
}

/** A power of a series; none beyond the largest that is allowed. */
export function power(basis: Basis, series: ArrayLike, pow: unknown, maxpower: number | null): ndarray {
  const [c] = asSeries([series]);
  const exponent = wholeNumber(pow, () => new ValueError('Power must be a non-negative integer.'));
  if (maxpower !== null && exponent > maxpower) throw new ValueError('Power is too large');
  if (exponent === 0) return fromNumbers([1], c.dtypeCore);
  if (exponent === 1) return c;
  if (basis.power !== undefined) return basis.power(c, exponent);
  let product = c;
  for (let i = 2; i <= exponent; i++) product = multiply(basis, product, c);
  return product;
}

/** A vector convolved with itself so many times. */
export function convolved(c: ndarray, times: number): ndarray {
  let product = c;
  for (let i = 2; i <= times; i++) product = convolve(product, c);
  return product;
}

/** The series of offset + scale · x. */
export function line({ recurrence: { weight, shift, slope } }: Basis, off: ArrayLike, scl: ArrayLike): ndarray {
  if (asArray(ufuncs.equal(scl, 0)).toBoolean()) return asArray([off]);
  const factor = weight(1) === 1 ? scl : ufuncs.divide(scl, weight(1));
  return slope === 1 ? asArray([off, factor]) : asArray([ufuncs.add(off, ufuncs.multiply(scl, shift(1))), ufuncs.negative(factor)]);
}

/** The series with these roots, whose factors are multiplied in pairs. */
export function fromRoots(basis: Basis, given: ArrayLike): ndarray {
  const array = asArray(given);
  if (array.length === 0) return ones(1);
  const [roots] = asSeries([array], false);
  let factors = [...sort(roots).flat].map((root) => line(basis, ufuncs.negative(asArray(root, roots.dtypeCore)), 1));
  while (factors.length > 1) {
    const half = factors.length >> 1;
    const products = Array.from({ length: half }, (_, i) => multiply(basis, factors[i], factors[i + half]));
    if (factors.length % 2 === 1) products[0] = multiply(basis, products[0], factors[factors.length - 1]);
    factors = products;
  }
  return factors[0];
}

const isNaNAt = (c: ndarray, place: number): boolean => Number.isNaN(elementAt(c, c.geometry.offset + place));

/**
 * A series of powers in terms of a basis, by Horner's rule, from the last coefficient on, in two arrays in turn. What has underflowed at
 * the end is left out. Coefficients that have become NaN stay that, and make one more so in each step: they are not looked at again.
 */
export function fromPowers(basis: Basis, series: ArrayLike): ndarray {
  // In NumPy the sum starts with a whole 0, beside which single precision is double.
  const [c] = asSeries([series, [0]]);
  const times = multiplierByX(basis, c);
  let [result, next] = [c, c].map((like) => emptyOf(like.shape, like.dtypeCore));
  put(result, 0, part(c, c.size - 1));
  let count = 1;
  let lost = 0;
  for (let i = c.size - 2; i >= 0; i--) {
    times(part(result, 0, count), part(next, 0, count + 1), lost);
    if (lost === 0) addInto(part(next, 0, 1), part(c, i, 1));
    else lost++;
    [result, next] = [next, result];
    count++;
    while (count > Math.max(lost, 1) && isNothing(result, result.geometry.offset + count - 1)) count--;
    while (lost < count && isNaNAt(result, lost)) lost++;
  }
  part(result, 0, lost).fill(NaN);
  return part(result, 0, count);
}

/** A series of a basis in terms of powers. */
export function toPowers({ recurrence }: Basis, powers: Basis, series: ArrayLike): ndarray {
  const [c] = asSeries([series]);
  return c.size === 1 ? c : clenshaw(recurrence, c.size, (place) => part(c, place, 1), seriesOf(powers));
}
