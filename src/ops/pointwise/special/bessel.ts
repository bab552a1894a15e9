import type { Expression } from '../../../core/expression.ts';
import { e } from '../../../core/expression.ts';
import type { StridedArray } from '../../../core/strided.ts';
import { sign } from '../elementary.ts';
import { add, div, mul, sub } from '../arithmetic.ts';
import { eq, where } from '../comparison.ts';
import type { Unary } from '../row.ts';
import { floats, unary } from '../row.ts';
import { i0Far, i0Near, i1Far, i1Near, k0Far, k0Near, k1Far, k1Near } from './chebyshev.ts';
import { airy, j0, j1, y0, y1 } from './quotients.ts';
import { chebyshev, polynomial, quotient } from './series.ts';

/** Bessel functions. The modified ones of the first kind have gradients, as in PyTorch. */

const rare = { dtypes: floats, floatResult: true, compiled: [] } as const;

/** exp(−|x|) I(x) of a positive x, near and far. */
function scaledFirst(size: Expression, near: readonly number[], far: readonly number[], odd: boolean): Expression {
  const low = chebyshev(e.sub(e.mul(size, 0.5), 2), near);
  const high = e.div(chebyshev(e.sub(e.div(32, size), 2), far), e.sqrt(size));
  return e.select(e.le(size, 8), odd ? e.mul(low, size) : low, high);
}

const firstOf0 = (x: Expression): Expression => scaledFirst(e.abs(x), i0Near, i0Far, false);
const firstOf1 = (x: Expression): Expression => {
  const value = scaledFirst(e.abs(x), i1Near, i1Far, true);
  return e.select(e.lt(x, 0), e.neg(value), value);
};

/** The modified Bessel function of the first kind of order 0. */
export const i0 = unary({
  name: 'i0', args: ['x'], ...rare,
  eval: ({ x }) => e.mul(e.exp(e.abs(x)), firstOf0(x)),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => mul(g, i1(x as StridedArray)) },
});

/** The same of order 1. */
export const i1 = unary({
  name: 'i1', gradName: 'SpecialI1Backward0', args: ['x'], ...rare,
  eval: ({ x }) => e.mul(e.exp(e.abs(x)), firstOf1(x)),
  saves: { x: ['x', 'out'] },
  vjp: {
    x: (g, { x, out }) => {
      const value = x as StridedArray;
      const zero = eq(value, 0);
      const safe = where(zero, 1, value) as StridedArray;
      return mul(g, where(zero, 0.5, sub(i0(value), div(out, safe))) as StridedArray);
    },
  },
});

/** exp(−|x|) I0(x) */
export const i0e = unary({
  name: 'i0e', gradName: 'SpecialI0EBackward0', args: ['x'], ...rare,
  eval: ({ x }) => firstOf0(x),
  saves: { x: ['x', 'out'] },
  vjp: { x: (g, { x, out }) => mul(g, sub(i1e(x as StridedArray), mul(sign(x as StridedArray), out))) },
});

/** exp(−|x|) I1(x) */
export const i1e = unary({
  name: 'i1e', gradName: 'SpecialI1EBackward0', args: ['x'], ...rare,
  eval: ({ x }) => firstOf1(x),
  saves: { x: ['x', 'out'] },
  vjp: {
    x: (g, { x, out }) => {
      const value = x as StridedArray;
      const zero = eq(value, 0);
      const safe = where(zero, 1, value) as StridedArray;
      const slope = sub(i0e(value), mul(out, add(sign(value), div.reversed(1, safe))));
      return mul(g, where(zero, 0.5, slope) as StridedArray);
    },
  },
});

const ofPositive = (x: Expression, value: Expression): Expression =>
  e.select(e.eq(x, 0), Infinity, e.select(e.lt(x, 0), NaN, value));

/** log(x / 2); half of the smallest normal numbers is 0 on GPUs. */
const logOfHalf = (x: Expression): Expression => e.select(e.lt(x, 1), e.sub(e.log(x), Math.LN2), e.log(e.mul(x, 0.5)));

const secondOf0 = (x: Expression): Expression => e.sub(chebyshev(e.sub(e.mul(x, x), 2), k0Near),
  e.mul(logOfHalf(x), e.mul(e.exp(e.abs(x)), firstOf0(x))));
const secondOf1 = (x: Expression): Expression => e.add(e.mul(logOfHalf(x), e.mul(e.exp(e.abs(x)), firstOf1(x))),
  e.div(chebyshev(e.sub(e.mul(x, x), 2), k1Near), x));

/** A modified function of the second kind, times exp(x) where it is scaled. */
function second(name: string, near: (x: Expression) => Expression, far: readonly number[], scaled: boolean): Unary {
  return unary({
    name, args: ['x'], ...rare, vjp: null,
    eval: ({ x }) => {
      const high = e.div(chebyshev(e.sub(e.div(8, x), 2), far), e.sqrt(x));
      return ofPositive(x, e.select(e.le(x, 2), scaled ? e.mul(near(x), e.exp(x)) : near(x),
        scaled ? high : e.mul(e.exp(e.neg(x)), high)));
    },
  });
}

export const k0 = second('k0', secondOf0, k0Far, false);
export const k1 = second('k1', secondOf1, k1Far, false);
export const k0e = second('k0e', secondOf0, k0Far, true);
export const k1e = second('k1e', secondOf1, k1Far, true);

type Phases = typeof j0;

/** What J and Y are beyond 5: a wave of this amplitude and phase. */
function wave(x: Expression, { pp, pq, qp, qq }: Phases, order: number, kind: 'j' | 'y'): Expression {
  const reach = e.div(25, e.mul(x, x));
  const [even, odd] = [quotient(reach, pp, pq), e.mul(e.div(5, x), quotient(reach, qp, qq))];
  const angle = e.sub(x, (2 * order + 1) * Math.PI / 4);
  const [sine, cosine] = [e.sin(angle), e.cos(angle)];
  const sum = kind === 'j' ? e.sub(e.mul(even, cosine), e.mul(odd, sine)) : e.add(e.mul(even, sine), e.mul(odd, cosine));
  return e.div(e.mul(sum, Math.sqrt(2 / Math.PI)), e.sqrt(x));
}

/** The first two zeros' squares. */
const zeros = { j0: [5.783185962946785, 30.471262343662087], j1: [14.681970642123893, 49.2184563216946] } as const;

function bounded(x: Expression, z: Expression, { rp, rq }: Phases, [a, b]: readonly [number, number]): Expression {
  return e.mul(e.mul(e.mul(e.sub(z, a), e.sub(z, b)), x), quotient(z, rp, rq));
}

const valueOfJ0 = (x: Expression): Expression => {
  const size = e.abs(x);
  const z = e.mul(x, x);
  const near = e.select(e.lt(size, 1e-5), e.sub(1, e.mul(z, 0.25)), bounded(e.add(e.mul(x, 0), 1), z, j0, zeros.j0));
  return e.select(e.le(size, 5), near, wave(size, j0, 0, 'j'));
};
const valueOfJ1 = (x: Expression): Expression => {
  const size = e.abs(x);
  const far = wave(size, j1, 1, 'j');
  return e.select(e.le(size, 5), bounded(x, e.mul(x, x), j1, zeros.j1), e.select(e.lt(x, 0), e.neg(far), far));
};

/** The Bessel functions of the first kind, of orders 0 and 1. */
export const besselJ0 = unary({ name: 'besselJ0', args: ['x'], ...rare, vjp: null, eval: ({ x }) => valueOfJ0(x) });
export const besselJ1 = unary({ name: 'besselJ1', args: ['x'], ...rare, vjp: null, eval: ({ x }) => valueOfJ1(x) });

const negativeInfinite = (x: Expression, value: Expression): Expression =>
  e.select(e.eq(x, 0), -Infinity, e.select(e.lt(x, 0), NaN, value));

/** The same of the second kind. */
export const besselY0 = unary({
  name: 'besselY0', args: ['x'], ...rare, vjp: null,
  eval: ({ x }) => {
    const near = e.add(quotient(e.mul(x, x), y0.yp, y0.yq), e.mul(e.mul(e.log(x), 2 / Math.PI), valueOfJ0(x)));
    return negativeInfinite(x, e.select(e.le(x, 5), near, wave(x, j0, 0, 'y')));
  },
});
export const besselY1 = unary({
  name: 'besselY1', args: ['x'], ...rare, vjp: null,
  eval: ({ x }) => {
    const logarithm = e.sub(e.mul(valueOfJ1(x), e.log(x)), e.div(1, x));
    const near = e.add(e.mul(x, quotient(e.mul(x, x), y1.yp, y1.yq)), e.mul(logarithm, 2 / Math.PI));
    return negativeInfinite(x, e.select(e.le(x, 5), near, wave(x, j1, 1, 'y')));
  },
});

/** sin(x) / x, by its series near 0. */
export const sphericalJ0 = unary({
  name: 'sphericalJ0', args: ['x'], ...rare, vjp: null,
  eval: ({ x }) => {
    const z = e.mul(x, x);
    const near = polynomial(z, [-1, 156, -17160, 1235520, -51891840, 1037836800, -6227020800].map((each) => -each / 6227020800));
    return e.select(e.isinf(x), 0, e.select(e.lt(e.abs(x), 0.5), near, e.div(e.sin(x), x)));
  },
});

const ai = 0.3550280538878172;
const aiSlope = 0.2588194037928068;

/** Ai and its series about 0, which alternates between two sums. */
function airySeries(x: Expression): Expression {
  const z = e.mul(e.mul(x, x), x);
  let [f, g] = [e.add(e.mul(x, 0), 1), x];
  let [m, n] = [f, x];
  // 3k − 1 and 3k divide the one, 3k and 3k + 1 the other; many divisions would take drivers of GPUs minutes to compile.
  for (let k = 3; k <= 54; k += 3) {
    m = e.mul(e.mul(m, z), 1 / ((k - 1) * k));
    n = e.mul(e.mul(n, z), 1 / (k * (k + 1)));
    f = e.add(f, m);
    g = e.add(g, n);
  }
  return e.sub(e.mul(f, ai), e.mul(g, aiSlope));
}

export const airyAi = unary({
  name: 'airyAi', args: ['x'], ...rare, vjp: null,
  eval: ({ x }) => {
    const size = e.abs(x);
    const root = e.sqrt(size);
    const fourth = e.sqrt(root);
    const phase = e.mul(e.mul(size, root), 2 / 3);
    const inverse = e.div(1, phase);
    const z = e.mul(inverse, inverse);
    const scale = 1 / Math.sqrt(Math.PI);
    const angle = e.add(phase, Math.PI / 4);
    const left = e.mul(e.div(scale, fourth), e.sub(
      e.mul(e.sin(angle), e.add(e.mul(z, quotient(z, airy.afn, airy.afd)), 1)),
      e.mul(e.cos(angle), e.mul(inverse, quotient(z, airy.agn, airy.agd)))));
    const right = e.div(e.mul(quotient(inverse, airy.an, airy.ad), scale), e.mul(e.mul(fourth, e.exp(phase)), 2));
    const value = e.select(e.lt(x, -2.09), left, e.select(e.ge(x, 2.09), right, airySeries(x)));
    return e.select(e.isinf(x), NaN, e.select(e.gt(x, 103.892), 0, value));
  },
});

