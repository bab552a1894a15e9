import { reverse } from '../../ops/movement.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { convolve } from '../routines/differences.ts';
import * as ufuncs from '../ufuncs.ts';
import { convolved } from './arithmetic.ts';
import { at, emptyOf, part, put, subtractInto, trimmed, zerosOf } from './series.ts';

/**
 * Chebyshev series as sums of powers of z, where x = (z + 1/z) / 2: T(n) is (zⁿ + z⁻ⁿ) / 2. Their coefficients read the same from
 * either end, and products and quotients are those of powers.
 */

function toZ(c: ndarray): ndarray {
  const n = c.size;
  const half = zerosOf([2 * n - 1], c.dtypeCore);
  put(half, n - 1, ufuncs.divide(c, 2));
  return ufuncs.add(half, reverse(half, [0]));
}

function fromZ(z: ndarray): ndarray {
  const n = (z.size + 1) / 2;
  const c = part(z, n - 1).copy();
  if (n > 1) ufuncs.multiply(part(c, 1), 2, part(c, 1));
  return c;
}

export const multiplyChebyshev = (c1: ndarray, c2: ndarray): ndarray => trimmed(fromZ(convolve(toZ(c1), toZ(c2))));

export const powerOfChebyshev = (c: ndarray, n: number): ndarray => fromZ(convolved(toZ(c), n));

/** Quotient and remainder, from both ends at once. */
export function divideChebyshev(c1: ndarray, c2: ndarray): [ndarray, ndarray] {
  const [dividend, divisor] = [toZ(c1), toZ(c2)];
  const width = divisor.size;
  const last = dividend.size - width;
  const leading = at(divisor, 0).copy();
  const scaled = ufuncs.divide(divisor, leading);
  const quotient = emptyOf([last + 1], dividend.dtypeCore);
  let i = 0;
  for (; i <= last - i; i++) {
    const j = last - i;
    const r = at(dividend, i).copy();
    quotient.set([i], r);
    quotient.set([j], r);
    const product = ufuncs.multiply(r, scaled);
    subtractInto(part(dividend, i, width), product);
    if (j > i) subtractInto(part(dividend, j, width), product);
  }
  return [trimmed(fromZ(ufuncs.divide(quotient, leading))), trimmed(fromZ(part(dividend, i, width - 2)))];
}
