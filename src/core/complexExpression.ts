import type { ComplexExpression, Expression } from './expression.ts';
import { c, e } from './expression.ts';

/** Functions of complex elements, in terms of real ones: the complex forms of the elementary ops. */

type Unary = (z: ComplexExpression) => ComplexExpression;

const modulus = (z: ComplexExpression): Expression => e.hypot(z.re, z.im);
const add = (z: ComplexExpression, real: number): ComplexExpression => ({ re: e.add(z.re, real), im: z.im });
/** real − z, whose imaginary part is minus zero where z's is plus zero: the side of the branch cut that z lies on. */
const subtractFrom = (real: number, z: ComplexExpression): ComplexExpression => ({ re: e.sub(real, z.re), im: e.neg(z.im) });
const scale = (z: ComplexExpression, factor: number): ComplexExpression => ({ re: e.mul(z.re, factor), im: e.mul(z.im, factor) });
/** i·z and −i·z, exactly. */
const timesI: Unary = (z) => ({ re: e.neg(z.im), im: z.re });
const overI: Unary = (z) => ({ re: z.im, im: e.neg(z.re) });
const isZero = (x: Expression): Expression => e.eq(x, 0);
const isWild = (x: Expression): Expression => e.not(e.isfinite(x));
/** Whether a part is infinite: such a number is, whatever the other part. */
const isHuge = (z: ComplexExpression): Expression => e.either(e.isinf(z.re), e.isinf(z.im));

const sqrt: Unary = (z) => {
  // The larger of the two parts is found without cancellation, the other from it.
  const large = e.sqrt(e.mul(e.add(modulus(z), e.abs(z.re)), 0.5));
  const other = e.select(isZero(large), 0, e.div(e.abs(z.im), e.mul(large, 2)));
  const right = e.ge(z.re, 0);
  const high = e.isinf(z.im);
  return {
    re: e.select(high, Infinity, e.select(right, large, other)),
    im: e.select(high, z.im, e.copysign(e.select(right, other, large), z.im)),
  };
};

const exp: Unary = (z) => {
  const size = e.exp(z.re);
  // A modulus of 0 or infinity outweighs an angle that is not known, but for the sign of an infinite part.
  const turn = e.select(e.both(e.isinf(z.re), isWild(z.im)), e.copysign(1, z.im), z.im);
  return {
    re: e.mul(size, e.cos(turn)),
    // A zero imaginary part must stay zero even where the modulus is infinite.
    im: e.select(isZero(z.im), z.im, e.mul(size, e.sin(e.select(e.lt(z.re, 0), turn, z.im)))),
  };
};

/** The logarithm of the modulus of 1 + x + iy, from what its square has beyond 1. */
const logBeyond = (x: Expression, y: Expression): Expression =>
  e.mul(0.5, e.log1p(e.add(e.mul(x, e.add(x, 2)), e.mul(y, y))));

const log: Unary = (z) => {
  const size = modulus(z);
  const parts = [e.abs(z.re), e.abs(z.im)] as const;
  // Near the unit circle the modulus itself has lost what counts.
  const near = logBeyond(e.sub(e.maximum(...parts), 1), e.minimum(...parts));
  return { re: e.select(e.lt(e.abs(e.sub(size, 1)), 0.25), near, e.log(size)), im: e.atan2(z.im, z.re) };
};

/** cos(y) − 1 is taken from the half angle, so nothing cancels near 0. */
const expm1: Unary = (z) => {
  const half = e.sin(e.mul(z.im, 0.5));
  return {
    re: e.sub(e.mul(e.expm1(z.re), e.cos(z.im)), e.mul(2, e.mul(half, half))),
    im: e.mul(e.exp(z.re), e.sin(z.im)),
  };
};

const log1p: Unary = (z) => {
  const shifted = e.add(z.re, 1);
  const far = e.log(e.hypot(shifted, z.im));
  return { re: e.select(e.lt(modulus(z), 0.5), logBeyond(z.re, z.im), far), im: e.atan2(z.im, shifted) };
};

/** The hyperbolic sine; of an infinite real part and an angle that is not known the sign, which C leaves open, is said. */
const sinhWithSign = (sign: 1 | -1): Unary => ({ re: x, im: y }) => ({
  re: e.select(e.both(isWild(y), e.either(isZero(x), e.isinf(x))),
    e.select(isZero(x), x, sign * Infinity), e.mul(e.sinh(x), e.cos(y))),
  im: e.select(isZero(y), y, e.mul(e.cosh(x), e.sin(y))),
});
const sinh = sinhWithSign(1);
const cosh: Unary = ({ re: x, im: y }) => ({
  re: e.select(e.both(isWild(y), e.isinf(x)), Infinity, e.mul(e.cosh(x), e.cos(y))),
  im: e.select(isZero(y), e.mul(e.select(e.isnan(x), 1, e.copysign(1, x)), y),
    e.select(e.both(isWild(y), isZero(x)), 0, e.mul(e.sinh(x), e.sin(y)))),
});

/** With t = tan y and s = sinh x: (c·s·(1 + t²) + i·t) / (1 + s²·(1 + t²)), c = cosh x; ±1 where s² would overflow. */
const tanh: Unary = ({ re: x, im: y }) => {
  // An infinite real part outweighs an angle that is not known, but for the sign of the zero.
  const angle = e.select(e.both(isWild(y), e.isinf(x)), e.copysign(1, y), y);
  const t = e.tan(angle);
  const s = e.sinh(x);
  const c = e.cosh(x);
  const secant = e.add(1, e.mul(t, t));
  const denominator = e.add(1, e.mul(secant, e.mul(s, s)));
  const steep = e.gt(e.abs(x), 20);
  const tail = e.mul(e.mul(4, e.mul(e.sin(angle), e.cos(angle))), e.exp(e.mul(-2, e.abs(x))));
  return {
    re: e.select(isZero(x), x, e.select(steep, e.copysign(1, x), e.div(e.mul(c, e.mul(s, secant)), denominator))),
    im: e.select(isZero(y), y, e.select(steep, tail, e.div(t, denominator))),
  };
};

/** An infinite number as a large one in its direction: one of 16 about the origin, as in C. */
const drawnIn: Unary = (z) => {
  const huge = isHuge(z);
  const part = (x: Expression): Expression => e.select(huge, e.select(e.isinf(x), e.copysign(1e16, x), e.mul(x, 0)), x);
  return { re: part(z.re), im: part(z.im) };
};

/** Inverse functions by Kahan's formulas, which are right on both sides of every branch cut. */
const asin: Unary = (z) => {
  const near = drawnIn(z);
  const minus = sqrt(subtractFrom(1, near));
  const plus = sqrt(add(near, 1));
  return {
    re: e.select(isZero(z.re), z.re, e.atan2(near.re, e.sub(e.mul(minus.re, plus.re), e.mul(minus.im, plus.im)))),
    im: e.select(isHuge(z), e.copysign(Infinity, z.im), e.asinh(e.sub(e.mul(minus.re, plus.im), e.mul(minus.im, plus.re)))),
  };
};

const acos: Unary = (z) => {
  const near = drawnIn(z);
  const minus = sqrt(subtractFrom(1, near));
  const plus = sqrt(add(near, 1));
  return {
    re: e.select(isZero(z.re), Math.PI / 2, e.mul(2, e.atan2(minus.re, plus.re))),
    im: e.select(isHuge(z), e.neg(e.copysign(Infinity, z.im)), e.asinh(e.sub(e.mul(plus.re, minus.im), e.mul(plus.im, minus.re)))),
  };
};

/** ±i times the inverse cosine, so that the real part is not negative. */
const acosh: Unary = (z) => {
  const angle = acos(z);
  return { re: e.abs(angle.im), im: e.copysign(angle.re, z.im) };
};

const atanh: Unary = (z) => {
  const square = e.mul(z.im, z.im);
  const huge = isHuge(z);
  // In the right half plane, where nothing cancels; the left one mirrors it.
  const right = e.abs(z.re);
  const distance = e.add(e.mul(e.sub(1, right), e.sub(1, right)), square);
  const size = e.select(e.either(huge, isZero(z.re)), 0, e.mul(0.25, e.log1p(e.div(e.mul(4, right), distance))));
  return {
    re: e.copysign(size, z.re),
    im: e.mul(0.5, e.atan2(
      e.select(e.isinf(z.im), e.copysign(1, z.im), e.mul(2, z.im)),
      e.select(huge, -Infinity, e.sub(e.mul(e.sub(1, z.re), e.add(1, z.re)), square)))),
  };
};

/** The product where a factor is infinite: so is the product, unless the other is zero, whatever else is not known. C's own rule. */
function product(x: ComplexExpression, y: ComplexExpression): ComplexExpression {
  const plain = c.mul(x, y);
  const lost = e.both(e.isnan(plain.re), e.isnan(plain.im));
  const drawn = (z: ComplexExpression): ComplexExpression => {
    const huge = isHuge(z);
    const part = (of: Expression): Expression => e.copysign(
      e.select(huge, e.select(e.isinf(of), 1, 0), e.select(e.isnan(of), 0, e.abs(of))), of);
    return { re: part(z.re), im: part(z.im) };
  };
  const directed = c.mul(drawn(x), drawn(y));
  const known = e.both(lost, e.either(isHuge(x), isHuge(y)));
  return {
    re: e.select(known, e.mul(directed.re, Infinity), plain.re),
    im: e.select(known, e.mul(directed.im, Infinity), plain.im),
  };
}

/** exp(y · log(x)); a power of 0 is 0 where the exponent's real part is positive, and else there is nothing to be said, as in NumPy. */
function power(x: ComplexExpression, y: ComplexExpression): ComplexExpression {
  const value = exp(product(y, log(x)));
  const zeroPower = e.both(isZero(y.re), isZero(y.im));
  const zeroBase = e.both(isZero(x.re), isZero(x.im));
  const ofZero = e.select(e.gt(y.re, 0), 0, NaN);
  return {
    re: e.select(zeroPower, 1, e.select(zeroBase, ofZero, value.re)),
    im: e.select(zeroPower, 0, e.select(zeroBase, ofZero, value.im)),
  };
}

export const complex = {
  modulus, power, sqrt, exp, log, expm1, log1p, sinh, cosh, tanh, asin, acos, acosh, atanh,
  exp2: (z: ComplexExpression) => exp(scale(z, Math.LN2)),
  log2: (z: ComplexExpression) => scale(log(z), Math.LOG2E),
  log10: (z: ComplexExpression) => scale(log(z), Math.LOG10E),
  sin: (z: ComplexExpression) => overI(sinhWithSign(-1)(timesI(z))),
  cos: (z: ComplexExpression) => cosh(timesI(z)),
  tan: (z: ComplexExpression) => overI(tanh(timesI(z))),
  asinh: (z: ComplexExpression) => overI(asin(timesI(z))),
  atan: (z: ComplexExpression) => overI(atanh(timesI(z))),
} as const;
