import type { DType } from '../core/dtype.ts';
import * as core from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { viewOf } from '../core/strided.ts';
import { cast } from './cast.ts';
import { elementAt } from './host.ts';
import { clone } from './movement.ts';
import * as ops from './pointwise/index.ts';
import { allAxes, any } from './reduce.ts';
import { quietly } from './registry/quietly.ts';
import { bounds } from './sets.ts';

/** How numbers are made: of common divisors, of fractions and exponents. */

const choose = <A extends StridedArray>(mask: A, one: A | number, other: A): A => ops.where(mask, one, other) as A;
const isAny = (mask: StridedArray): boolean => elementAt(any(mask, allAxes(mask)), 0) === true;

const unsigned: Readonly<Record<number, DType>> = { 1: core.uint8, 2: core.uint16, 4: core.uint32, 8: core.uint64 };
/** Sizes without a sign, which hold that of the smallest integer too. */
export const sizeOf = <A extends StridedArray>(x: A): A =>
  cast(x.dtypeCore.kind === 'int' ? ops.abs(x) : x, unsigned[x.dtypeCore.itemsize]);

/** Euclid's algorithm of sizes, on all elements at once until none has a rest: in 32 bits, which divide sooner, where they are enough. */
export function greatestDivisor<A extends StridedArray>(x: A, y: A): A {
  const { dtypeCore: own } = x;
  if (own === core.uint64 && [x, y].every((each) => (bounds(each)?.[1] ?? 0) < 2 ** 32)) {
    return cast(greatestDivisor(cast(x, core.uint32), cast(y, core.uint32)), own);
  }
  let pair: readonly A[] = [x, y];
  for (;;) {
    const [a, b] = pair;
    const next = quietly(() => {
      const left = ops.ne(b, 0);
      // What divides by 0 leaves 0.
      return isAny(left) ? [choose(left, b, a), ops.remainder(a, b)] : [];
    }) as A[];
    if (next.length === 0) return a;
    if (a !== x) for (const each of pair) each.storage.free();
    pair = next;
  }
}

/** log2(2^x + 2^y) from the larger of both. */
export function logaddexp2<A extends StridedArray>(x: A, y: A): A {
  const distance = ops.sub(x, y);
  const more = ops.mul(ops.log1p(ops.exp2(ops.neg(ops.abs(distance)))), Math.LOG2E);
  const larger = ops.maximum(x, y);
  // Infinities of one sign have no distance.
  return choose(ops.eq(x, y), ops.add(larger, 1), choose(ops.isnan(distance), distance, ops.add(larger, more)));
}

/** Numbers from a half to 1 and the powers of 2 that they are times, as int32; 0, infinities and NaN are themselves. */
export function fractionsAndExponents<A extends StridedArray>(x: A): [fractions: A, exponents: A] {
  const wide = cast(x, core.float64);
  // Below the smallest normal number the bits do not say the exponent.
  const small = ops.lt(ops.abs(wide), 2 ** -1022);
  const scaled = clone(choose(small, ops.mul(wide, 2 ** 54), wide));
  const bits = viewOf(scaled, scaled.geometry, core.int64);
  const biased = ops.bitwiseAnd(ops.rightShift(bits, 52), 0x7ff);
  const plain = ops.logicalOr(ops.eq(wide, 0), ops.logicalNot(ops.isfinite(wide)));
  const exponent = choose(plain, 0, ops.sub(cast(biased, core.float64), 1022));
  const fraction = ops.mul(ops.mul(scaled, ops.exp2(ops.mul(ops.sub(exponent, 1), -1))), 0.5);
  return [
    cast(choose(plain, wide, fraction), x.dtypeCore),
    cast(choose(plain, 0, ops.sub(exponent, ops.mul(cast(small, core.float64), 54))), core.int32),
  ];
}
