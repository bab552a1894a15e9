import type { ComplexExpression, Expression } from './expression.ts';
import { e } from './expression.ts';

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

const sqrt: Unary = (z) => {
  // The larger of the two parts is found without cancellation, the other from it.
  const large = e.sqrt(e.mul(e.add(modulus(z), e.abs(z.re)), 0.5));
  const other = e.select(e.eq(large, 0), 0, e.div(e.abs(z.im), e.mul(large, 2)));
  const right = e.ge(z.re, 0);
  return { re: e.select(right, large, other), im: e.copysign(e.select(right, other, large), z.im) };
};

const exp: Unary = (z) => {
  const size = e.exp(z.re);
  // A zero imaginary part must stay zero even where the modulus is infinite.
  return { re: e.mul(size, e.cos(z.im)), im: e.select(e.eq(z.im, 0), z.im, e.mul(size, e.sin(z.im))) };
};

const log: Unary = (z) => ({ re: e.log(modulus(z)), im: e.atan2(z.im, z.re) });

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
  const near = e.mul(0.5, e.log1p(e.add(e.mul(z.re, e.add(z.re, 2)), e.mul(z.im, z.im))));
  const far = e.log(e.hypot(shifted, z.im));
  const small = e.lt(modulus(z), 0.5);
  return { re: e.select(small, near, far), im: e.atan2(z.im, shifted) };
};

const sinh: Unary = (z) => ({ re: e.mul(e.sinh(z.re), e.cos(z.im)), im: e.mul(e.cosh(z.re), e.sin(z.im)) });
const cosh: Unary = (z) => ({ re: e.mul(e.cosh(z.re), e.cos(z.im)), im: e.mul(e.sinh(z.re), e.sin(z.im)) });
const sin: Unary = (z) => ({ re: e.mul(e.sin(z.re), e.cosh(z.im)), im: e.mul(e.cos(z.re), e.sinh(z.im)) });
const cos: Unary = (z) => ({ re: e.mul(e.cos(z.re), e.cosh(z.im)), im: e.neg(e.mul(e.sin(z.re), e.sinh(z.im))) });

/** With t = tan y and s = sinh x: (c·s·(1 + t²) + i·t) / (1 + s²·(1 + t²)), c = cosh x; ±1 where s² would overflow. */
const tanh: Unary = (z) => {
  const t = e.tan(z.im);
  const s = e.sinh(z.re);
  const c = e.cosh(z.re);
  const secant = e.add(1, e.mul(t, t));
  const denominator = e.add(1, e.mul(secant, e.mul(s, s)));
  const steep = e.gt(e.abs(z.re), 20);
  const tail = e.mul(e.mul(4, e.mul(e.sin(z.im), e.cos(z.im))), e.exp(e.mul(-2, e.abs(z.re))));
  return {
    re: e.select(steep, e.copysign(1, z.re), e.div(e.mul(c, e.mul(s, secant)), denominator)),
    im: e.select(steep, tail, e.div(t, denominator)),
  };
};

/** Inverse functions by Kahan's formulas, which are right on both sides of every branch cut. */
const asin: Unary = (z) => {
  const minus = sqrt(subtractFrom(1, z));
  const plus = sqrt(add(z, 1));
  return {
    re: e.atan2(z.re, e.sub(e.mul(minus.re, plus.re), e.mul(minus.im, plus.im))),
    im: e.asinh(e.sub(e.mul(minus.re, plus.im), e.mul(minus.im, plus.re))),
  };
};

const acos: Unary = (z) => {
  const minus = sqrt(subtractFrom(1, z));
  const plus = sqrt(add(z, 1));
  return {
    re: e.mul(2, e.atan2(minus.re, plus.re)),
    im: e.asinh(e.sub(e.mul(plus.re, minus.im), e.mul(plus.im, minus.re))),
  };
};

const acosh: Unary = (z) => {
  const minus = sqrt(add(z, -1));
  const plus = sqrt(add(z, 1));
  return {
    re: e.asinh(e.add(e.mul(minus.re, plus.re), e.mul(minus.im, plus.im))),
    im: e.mul(2, e.atan2(minus.im, plus.re)),
  };
};

const atanh: Unary = (z) => {
  const square = e.mul(z.im, z.im);
  // In the right half plane, where nothing cancels; the left one mirrors it.
  const right = e.abs(z.re);
  const distance = e.add(e.mul(e.sub(1, right), e.sub(1, right)), square);
  return {
    re: e.copysign(e.mul(0.25, e.log1p(e.div(e.mul(4, right), distance))), z.re),
    im: e.mul(0.5, e.atan2(e.mul(2, z.im), e.sub(e.mul(e.sub(1, z.re), e.add(1, z.re)), square))),
  };
};

export const complex = {
  modulus, sqrt, exp, log, expm1, log1p, sinh, cosh, sin, cos, tanh, asin, acos, acosh, atanh,
  exp2: (z: ComplexExpression) => exp(scale(z, Math.LN2)),
  log2: (z: ComplexExpression) => scale(log(z), Math.LOG2E),
  log10: (z: ComplexExpression) => scale(log(z), Math.LOG10E),
  tan: (z: ComplexExpression) => overI(tanh(timesI(z))),
  asinh: (z: ComplexExpression) => overI(asin(timesI(z))),
  atan: (z: ComplexExpression) => overI(atanh(timesI(z))),
} as const;
