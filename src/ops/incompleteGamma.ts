import { isFloating, dtypes } from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { fullLike } from './creation.ts';
import { elementAt, isDeferred } from './host.ts';
import * as ops from './pointwise/index.ts';
import { allAxes, any } from './reduce.ts';
import { likeFirst, structural } from './registry/op.ts';
import { quietly } from './registry/quietly.ts';
import { run } from './registry/run.ts';

/** The regularised incomplete gamma functions, of arrays of one shape. */

type Two = readonly [a: StridedArray, x: StridedArray];

/** Enough steps for parameters up to some thousands; fewer are taken where the host can see that the rest is nothing. */
const most = 1024;
const whereUnseen = 256;

function repeated(state: readonly StridedArray[], step: (state: readonly StridedArray[], k: number) => readonly StridedArray[],
  goesOn: (state: readonly StridedArray[]) => StridedArray): readonly StridedArray[] {
  const unseen = isDeferred(state[0]);
  let current = state;
  for (let k = 1; k <= (unseen ? whereUnseen : most); k++) {
    const next = quietly(() => step(current, k) as StridedArray[]);
    if (current !== state) for (const each of current) if (!next.includes(each) && !state.includes(each)) each.storage.free();
    current = next;
    if (!unseen && k % 8 === 0) {
      const left = goesOn(current);
      if (elementAt(any(left, allAxes(left)), 0) !== true) break;
    }
  }
  return current;
}

const precisionOf = ({ dtypeCore }: StridedArray): number => (dtypeCore.itemsize === 8 ? 2 ** -53 : 2 ** -24);

/** The lower part by its power series, over x^a exp(−x) / Γ(a + 1). */
function series(a: StridedArray, x: StridedArray): StridedArray {
  const one = fullLike(x, 1);
  const [, , sum] = repeated([a, one, one], ([divisor, term, total]) => {
    const next = ops.add(divisor, 1);
    const product = ops.mul(term, ops.div(x, next));
    return [next, product, ops.add(total, product)];
  }, ([, term, total]) => ops.gt(term, ops.mul(total, precisionOf(x))));
  return sum;
}

/** The upper part by its continued fraction, over x^a exp(−x) / Γ(a). */
function fraction(a: StridedArray, x: StridedArray): StridedArray {
  const first = ops.sub(ops.add(x, 1), a);
  const inverse = ops.div.reversed(1, first);
  const [, , , result] = repeated([first, fullLike(x, 1 / 1e-30), inverse, inverse], ([at, above, below, value], k) => {
    const factor = ops.mul(ops.sub(a, k), k);
    const next = ops.add(at, 2);
    const d = ops.div.reversed(1, ops.add(ops.mul(factor, below), next));
    const c = ops.add(next, ops.div(factor, above));
    return [next, c, d, ops.mul(value, ops.mul(d, c))];
  }, ([, above, below]) => ops.gt(ops.abs(ops.sub(ops.mul(above, below), 1)), precisionOf(x) * 4));
  return result;
}

function regularised(a: StridedArray, x: StridedArray, upper: boolean): StridedArray {
  const low = ops.lt(x, ops.add(a, 1));
  const usual = ops.logicalAnd(ops.logicalAnd(ops.gt(a, 0), ops.gt(x, 0)), ops.logicalAnd(ops.isfinite(a), ops.isfinite(x)));
  const at = (mask: StridedArray, value: StridedArray, otherwise: number): StridedArray =>
    ops.where(ops.logicalAnd(usual, mask), value, otherwise) as StridedArray;
  const high = ops.logicalNot(low);
  const exponent = ops.sub(ops.mul(a, ops.log(x)), x);
  const below = ops.mul(series(at(low, a, 1), at(low, x, 1)), ops.exp(ops.sub(exponent, ops.lgamma(ops.add(a, 1)))));
  const above = ops.mul(fraction(at(high, a, 1), at(high, x, 3)), ops.exp(ops.sub(exponent, ops.lgamma(a))));
  const inside = upper ? ops.where(low, ops.sub.reversed(1, below), above) : ops.where(low, below, ops.sub.reversed(1, above));
  // At the ends: all lies below an infinite x, and nothing below 0 or an infinite a.
  const [none, all] = upper ? [1, 0] : [0, 1];
  const bothEnds = ops.logicalOr(ops.logicalAnd(ops.eq(a, 0), ops.eq(x, 0)), ops.logicalAnd(ops.isinf(a), ops.isinf(x)));
  const outside = ops.logicalOr(ops.logicalOr(ops.lt(a, 0), ops.lt(x, 0)), ops.logicalOr(bothEnds, ops.isnan(ops.add(a, x))));
  const ends = ops.where(ops.logicalOr(ops.eq(a, 0), ops.isinf(x)), all, fullLike(x, none)) as StridedArray;
  return ops.where(outside, NaN, ops.where(usual, inside, ends) as StridedArray) as StridedArray;
}

interface Side {
  readonly upper: boolean;
}

const incompleteGamma = structural({
  name: 'incompleteGamma', args: ['a', 'x'], dtypes: dtypes.filter(isFloating),
  results: (operands: Two, _: Side) => likeFirst(operands),
  composite: ([a, x], { upper }) => [regularised(a, x, upper)],
  saves: ['a', 'x'],
  vjp: {
    a: null,
    x: (g, { a, x }, { upper }) => {
      const density = ops.exp(ops.sub(ops.sub(ops.mul(ops.sub(a, 1), ops.log(x)), x), ops.lgamma(a)));
      return upper ? ops.neg(ops.mul(g, density)) : ops.mul(g, density);
    },
  },
  gradName: 'IgammaBackward0',
});

/** The part of the gamma function's integral up to x, or from there on. */
export function gammaPart<A extends StridedArray>(a: A, x: A, upper: boolean): A {
  return run(incompleteGamma, [a, x], { upper }, upper ? 'IgammacBackward0' : 'IgammaBackward0')[0];
}
