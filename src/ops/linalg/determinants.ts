import { int32, int64, isComplex } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { vectorOf } from '../creation.ts';
import { div, mul, sub } from '../pointwise/arithmetic.ts';
import { bitwiseAnd } from '../pointwise/bitwise.ts';
import { gt, lt, ne, where } from '../pointwise/comparison.ts';
import { abs, log } from '../pointwise/elementary.ts';
import { prod, sum } from '../reduce.ts';
import { diagonalView } from '../views.ts';
import { luFactor } from './lu.ts';
import { extentsOf } from './shapes.ts';

/** Determinants. */

/**
 * The sign of the determinant, of modulus 1 or 0, and the logarithm of its absolute value: those of the triangle's diagonal, and of how
 * often rows were exchanged.
 */
export function signAndLogarithm<A extends StridedArray>(a: A): { sign: A; logarithm: A } {
  const { dtypeCore: dtype, species, storage: { device } } = a;
  const { batch, rows } = extentsOf(a);
  const { lu, pivots, info } = luFactor(a);
  const factors = diagonalView(lu, 0, batch.length, batch.length + 1);
  const sizes = abs(factors);
  /** −1 for what is odd. */
  const minus = (count: A): A => cast(sub.reversed<A>(1, mul(bitwiseAnd(cast(count, int64), 1), 2)), dtype);
  const exchanges = sum(cast(ne(pivots, vectorOf(species, rows, (place) => place + 1, int32, device)), int64), [batch.length]);
  // No sign is NaN, as in NumPy.
  const signs = isComplex(dtype) ? div(factors, cast(sizes, dtype)) : minus(lt(factors, 0));
  const singular = gt(info, 0);
  return {
    sign: where(singular, 0, mul(prod(signs, [batch.length]), minus(exchanges))) as A,
    logarithm: where(singular, -Infinity, sum(log(sizes), [batch.length])) as A,
  };
}
