/** Hyperbolic functions and their inverses. */
import { quarterExpm1 } from './doubles';
import { expLanes_f32x4 } from './exponential';
import { expMedium, expm1Medium, log1pMedium } from './kernels';
import { narrow, tableF32, widenHigh, widenLow } from './lanes';
import { log1p_f64x2 } from './logarithm';

/** The magnitude of the result with the sign of the argument; arguments that are infinite or NaN stay as they are. */
@inline
function oddInfinite(x: v128, result: v128): v128 {
  const signed = v128.bitselect(x, result, f32x4.splat(-0.0));
  return v128.bitselect(signed, x, f32x4.lt(f32x4.abs(x), f32x4.splat(Infinity)));
}

/** |x| where neither function overflows before its result does. */
@inline
function boundedSize(x: v128): v128 {
  return f64x2.pmin(f64x2.abs(x), f64x2.splat(710.5));
}

export function sinh_f64(x: f64): f64 {
  return f64x2.extract_lane(sinh_f64x2(f64x2.splat(x)), 0);
}

export function sinh_f64x2(x: v128): v128 {
  // (e + e / (e + 1)) / 2 with e = exp(a) - 1, all in quarters.
  const quarter = quarterExpm1(boundedSize(x));
  const rest = f64x2.div(quarter, f64x2.add(f64x2.mul(quarter, f64x2.splat(4.0)), f64x2.splat(1.0)));
  const sum = f64x2.add(quarter, rest);
  const result = v128.bitselect(x, f64x2.add(sum, sum), f64x2.splat(-0.0));
  return v128.bitselect(x, result, f64x2.lt(f64x2.abs(x), f64x2.splat(1e-17))); // subnormal quarters would round
}

@inline
function sinhPair(x: v128): v128 {
  const t = expm1Medium(f64x2.abs(x));
  const sum = f64x2.add(t, f64x2.div(t, f64x2.add(t, f64x2.splat(1.0))));
  return f64x2.mul(sum, f64x2.splat(0.5));
}

export function sinh_f32x4(x: v128): v128 {
  const result = narrow(sinhPair(widenLow(x)), sinhPair(widenHigh(x)));
  return v128.bitselect(x, result, f32x4.splat(-0.0));
}

export function sinh_f32(x: f32): f32 {
  return f32x4.extract_lane(sinh_f32x4(f32x4.splat(x)), 0);
}

export function cosh_f64(x: f64): f64 {
  return f64x2.extract_lane(cosh_f64x2(f64x2.splat(x)), 0);
}

export function cosh_f64x2(x: v128): v128 {
  const quarter = f64x2.add(quarterExpm1(boundedSize(x)), f64x2.splat(0.25));
  const sum = f64x2.add(quarter, f64x2.div(f64x2.splat(0.0625), quarter));
  return f64x2.add(sum, sum);
}

@inline
function coshPair(x: v128): v128 {
  const e = f64x2.mul(expMedium(f64x2.abs(x)), f64x2.splat(0.5));
  return f64x2.add(e, f64x2.div(f64x2.splat(0.25), e));
}

export function cosh_f32x4(x: v128): v128 {
  return narrow(coshPair(widenLow(x)), coshPair(widenHigh(x)));
}

export function cosh_f32(x: f32): f32 {
  return f32x4.extract_lane(cosh_f32x4(f32x4.splat(x)), 0);
}

/** Where 1 - 2 / (exp(2 a) + 1) takes over from the polynomial. */
const TANH_SPLIT: f32 = 0.625;

export function tanh_f64(x: f64): f64 {
  return f64x2.extract_lane(tanh_f64x2(f64x2.splat(x)), 0);
}

export function tanh_f64x2(x: v128): v128 {
  // e / (e + 2) with e = exp(2 a) - 1, which rounds to 1 from a = 19.1 on.
  const a = f64x2.pmin(f64x2.abs(x), f64x2.splat(22.0));
  const quarter = quarterExpm1(f64x2.add(a, a));
  const result = v128.bitselect(x, f64x2.div(quarter, f64x2.add(quarter, f64x2.splat(0.5))), f64x2.splat(-0.0));
  return v128.bitselect(x, result, f64x2.lt(f64x2.abs(x), f64x2.splat(1e-17))); // subnormal quarters would round
}

/** Coefficients of tanh around 0. */
const TANH_F32 = memory.data<f32>([
  -0.005696287844330072, 0.02063053287565708, -0.0537368506193161, 0.13331405818462372, -0.3333328068256378,
]);

export function tanh_f32x4(x: v128): v128 {
  const a = f32x4.abs(x);
  // Small arguments: an odd polynomial.
  const z = f32x4.mul(x, x);
  let p = tableF32(TANH_F32, 0);
  p = f32x4.add(f32x4.mul(p, z), tableF32(TANH_F32, 1));
  p = f32x4.add(f32x4.mul(p, z), tableF32(TANH_F32, 2));
  p = f32x4.add(f32x4.mul(p, z), tableF32(TANH_F32, 3));
  p = f32x4.add(f32x4.mul(p, z), tableF32(TANH_F32, 4));
  const small = f32x4.add(x, f32x4.mul(f32x4.mul(p, z), x));
  // The others: 1 - 2 / (exp(2 a) + 1), which rounds to 1 from a = 9.01 on.
  const one = f32x4.splat(1.0);
  const e = expLanes_f32x4(f32x4.pmin(f32x4.add(a, a), f32x4.splat(20.0)), true);
  const large = f32x4.sub(one, f32x4.div(f32x4.splat(2.0), f32x4.add(e, one)));
  const result = v128.bitselect(small, large, f32x4.lt(a, f32x4.splat(TANH_SPLIT)));
  return v128.bitselect(x, result, f32x4.splat(-0.0));
}

export function tanh_f32(x: f32): f32 {
  return f32x4.extract_lane(tanh_f32x4(f32x4.splat(x)), 0);
}

/** Beyond this the square of a number adds nothing to 1, and before overflow the logarithm of twice the number is the result. */
const LARGE = 268435456.0; // 2^28

/** log(1 + t), or for large a log(a) + log(2). */
@inline
function log1pOrTwice(t: v128, a: v128): v128 {
  const large = f64x2.gt(a, f64x2.splat(LARGE));
  const result = log1p_f64x2(v128.bitselect(f64x2.sub(a, f64x2.splat(1.0)), t, large));
  return f64x2.add(result, v128.and(large, f64x2.splat(0.6931471805599453)));
}

export function asinh_f64(x: f64): f64 {
  return f64x2.extract_lane(asinh_f64x2(f64x2.splat(x)), 0);
}

export function asinh_f64x2(x: v128): v128 {
  const a = f64x2.abs(x);
  const square = f64x2.mul(a, a);
  const one = f64x2.splat(1.0);
  const t = f64x2.add(a, f64x2.div(square, f64x2.add(f64x2.sqrt(f64x2.add(square, one)), one)));
  return v128.bitselect(x, log1pOrTwice(t, a), f64x2.splat(-0.0));
}

@inline
function asinhPair(x: v128): v128 {
  const a = f64x2.abs(x);
  const square = f64x2.mul(a, a);
  const one = f64x2.splat(1.0);
  const root = f64x2.sqrt(f64x2.add(square, one));
  return log1pMedium(f64x2.add(a, f64x2.div(square, f64x2.add(root, one))));
}

export function asinh_f32x4(x: v128): v128 {
  const result = narrow(asinhPair(widenLow(x)), asinhPair(widenHigh(x)));
  return oddInfinite(x, result);
}

export function asinh_f32(x: f32): f32 {
  return f32x4.extract_lane(asinh_f32x4(f32x4.splat(x)), 0);
}

export function acosh_f64(x: f64): f64 {
  return f64x2.extract_lane(acosh_f64x2(f64x2.splat(x)), 0);
}

export function acosh_f64x2(x: v128): v128 {
  const t = f64x2.sub(x, f64x2.splat(1.0));
  const result = log1pOrTwice(f64x2.add(t, f64x2.sqrt(f64x2.add(f64x2.add(t, t), f64x2.mul(t, t)))), x);
  return v128.bitselect(result, f64x2.splat(NaN), f64x2.ge(t, f64x2.splat(0.0)));
}

@inline
function acoshPair(x: v128): v128 {
  const t = f64x2.sub(x, f64x2.splat(1.0));
  return log1pMedium(f64x2.add(t, f64x2.sqrt(f64x2.mul(t, f64x2.add(t, f64x2.splat(2.0))))));
}

export function acosh_f32x4(x: v128): v128 {
  const result = narrow(acoshPair(widenLow(x)), acoshPair(widenHigh(x)));
  const within = v128.bitselect(result, x, f32x4.lt(x, f32x4.splat(Infinity)));
  return v128.bitselect(within, f32x4.splat(NaN), f32x4.ge(x, f32x4.splat(1.0)));
}

export function acosh_f32(x: f32): f32 {
  return f32x4.extract_lane(acosh_f32x4(f32x4.splat(x)), 0);
}

export function atanh_f64(x: f64): f64 {
  return f64x2.extract_lane(atanh_f64x2(f64x2.splat(x)), 0);
}

export function atanh_f64x2(x: v128): v128 {
  const a = f64x2.abs(x);
  const twice = f64x2.add(a, a);
  const rest = f64x2.sub(f64x2.splat(1.0), a);
  // 2a / (1 - a), of which for small a the part beyond 2a is small.
  const t = f64x2.add(twice, f64x2.div(f64x2.mul(twice, a), rest));
  const far = f64x2.ge(a, f64x2.splat(0.5));
  const result = f64x2.mul(log1p_f64x2(v128.bitselect(f64x2.div(twice, rest), t, far)), f64x2.splat(0.5));
  const within = v128.bitselect(result, f64x2.splat(NaN), f64x2.le(a, f64x2.splat(1.0)));
  return v128.bitselect(x, v128.bitselect(x, within, f64x2.splat(-0.0)), f64x2.lt(a, f64x2.splat(1e-17))); // subnormals would round
}

@inline
function atanhPair(x: v128): v128 {
  const a = f64x2.abs(x);
  const ratio = f64x2.div(f64x2.add(a, a), f64x2.sub(f64x2.splat(1.0), a));
  return f64x2.mul(log1pMedium(ratio), f64x2.splat(0.5));
}

export function atanh_f32x4(x: v128): v128 {
  const result = narrow(atanhPair(widenLow(x)), atanhPair(widenHigh(x)));
  const a = f32x4.abs(x);
  const one = f32x4.splat(1.0);
  // 1 gives infinity, and beyond it NaN.
  const edge = v128.bitselect(f32x4.splat(Infinity), f32x4.splat(NaN), f32x4.eq(a, one));
  return v128.bitselect(x, v128.bitselect(result, edge, f32x4.lt(a, one)), f32x4.splat(-0.0));
}

export function atanh_f32(x: f32): f32 {
  return f32x4.extract_lane(atanh_f32x4(f32x4.splat(x)), 0);
}
