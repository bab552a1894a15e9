import type { StridedArray } from '../../../core/strided.ts';
import { fullLike } from '../../creation.ts';
import { likeFirst, structural } from '../../registry/op.ts';
import { run } from '../../registry/run.ts';
import { add, div, mul, neg, sub } from '../arithmetic.ts';
import { eq, gt, le, logicalAnd, lt, where } from '../comparison.ts';
import { floor, pow } from '../elementary.ts';
import { floats } from '../row.ts';

/** Hurwitz's zeta function, and the derivatives of the digamma function that it makes. Its many powers would be too much for one kernel. */

type Two = readonly [x: StridedArray, y: StridedArray];

/** Divisors of the terms of Euler and Maclaurin's series, from Bernoulli's numbers. */
const divisors = [
  12, -720, 30240, -1209600, 47900160, -1892437580.3183792, 74724249600, -2950130727918.164, 1.1646782814350067e14, -4.597978722407473e15,
  1.8152105401943546e17, -7.166165256175667e18,
];

/** How many terms are added before the rest is a series: enough for what lies above −12. */
const direct = 21;

function summed(x: StridedArray, y: StridedArray): StridedArray {
  const power = neg(x);
  let sum = pow(y, power);
  for (let k = 1; k < direct; k++) sum = add(sum, pow(add(y, k), power));
  const at = add(y, direct);
  const last = pow(at, power);
  const alone = add(sum, last);
  sum = add(sum, add(mul(last, 0.5), div(mul(last, at), sub(x, 1))));
  let term = last;
  divisors.forEach((divisor, i) => {
    term = div(mul(term, add(x, 2 * i)), at);
    sum = add(sum, mul(term, 1 / divisor));
    term = div(mul(term, add(x, 2 * i + 1)), at);
  });
  // Of infinite orders the powers are all there is, where there is anything: what follows them would be 0 times infinity.
  sum = where(logicalAnd(eq(x, Infinity), gt(alone, 0)), alone, sum) as StridedArray;
  const finite = where(logicalAnd(eq(x, floor(x)), gt(y, -12)), sum, NaN);
  const left = where(eq(y, floor(y)), Infinity, finite as StridedArray);
  const inside = where(le(y, 0), left as StridedArray, sum);
  return where(eq(x, 1), Infinity, where(lt(x, 1), NaN, inside as StridedArray) as StridedArray) as StridedArray;
}

const zetaOp = structural({
  name: 'zeta', args: ['x', 'y'], dtypes: floats,
  results: (operands: Two) => likeFirst(operands),
  composite: ([x, y]) => [summed(x, y)],
  saves: ['x', 'y'],
  vjp: { x: null, y: (g, { x, y }) => neg(mul(mul(g, x), zeta(add(x, 1), y))) },
  gradName: 'SpecialZetaBackward0',
});

/** The sum of (k + y)^−x over all k from 0 on, of arrays of one shape. It has a gradient by y. */
export function zeta<A extends StridedArray>(x: A, y: A): A {
  return run(zetaOp, [x, y], {})[0] as A;
}

/** The derivative of the digamma function of an order from 2 on. */
export function higherDerivative<A extends StridedArray>(n: number, x: A): A {
  let factor = n % 2 === 0 ? -1 : 1;
  for (let k = 2; k <= n && Math.abs(factor) < Infinity; k++) factor *= k;
  return mul(zeta(fullLike(x, n + 1), x), factor);
}
