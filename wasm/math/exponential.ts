/** Exponentials, the logistic function and logaddexp. */
import { clampLanes, exp2Medium, expm1Medium, expMedium, log1pMedium } from './kernels';
import { exp2Power, expPower, nearest, nearestExponent, powerOfTwo, quarterExpm1, scaled } from './doubles';
import { narrow, tableF32, widenHigh, widenLow } from './lanes';
import { log1p_f64x2 } from './logarithm';

/**
 * log2(e); 1.5 * 2^23, which added rounds a float32 below 2^22 to an integer and leaves that in the low bits of the pattern; minus log(2)
 * in two parts, the head of which has few enough bits for products with exponents to be exact; and the series of exp beyond 1 + r.
 */
const EXP_F32 = memory.data<f32>([
  1.44269504, 12582912.0, -0.693359375, 2.12194440e-4, 0.4999999403953552, 0.16666516661643982, 0.041668251156806946,
  0.00836909469217062, 0.0013822222827002406,
]);

/**
 * exp in float32 lanes: x = n * log(2) + r. Where the caller has bounded |x| by 87, 2^n is one factor; otherwise it is
 * two, so that subnormal results round once.
 */
@inline
export function expLanes_f32x4(x: v128, bounded: bool): v128 {
  // Beyond these bounds the result is 0 or infinite. The comparisons inside keep NaN, which is in x.
  if (!bounded) x = f32x4.pmax(f32x4.pmin(x, f32x4.splat(89.0)), f32x4.splat(-104.0));
  const round = tableF32(EXP_F32, 1);
  const biased = f32x4.add(f32x4.mul(x, tableF32(EXP_F32, 0)), round);
  const n = f32x4.sub(biased, round);
  let r = f32x4.add(x, f32x4.mul(n, tableF32(EXP_F32, 2)));
  r = f32x4.add(r, f32x4.mul(n, tableF32(EXP_F32, 3)));
  const square = f32x4.mul(r, r);
  const p0 = f32x4.add(f32x4.mul(r, tableF32(EXP_F32, 5)), tableF32(EXP_F32, 4));
  const p2 = f32x4.add(f32x4.mul(r, tableF32(EXP_F32, 7)), tableF32(EXP_F32, 6));
  const p = f32x4.add(p0, f32x4.mul(square, f32x4.add(p2, f32x4.mul(square, tableF32(EXP_F32, 8)))));
  // The small terms first, so that the leading 1 is added with one rounding.
  const one = f32x4.splat(1.0);
  const power = f32x4.add(f32x4.add(f32x4.mul(square, p), r), one);
  const exponent = i32x4.shl(biased, 23);
  if (bounded) return f32x4.mul(power, i32x4.add(exponent, one));
  const half = v128.and(i32x4.shr_s(exponent, 1), i32x4.splat(0xFF800000));
  const rest = i32x4.sub(exponent, half);
  return f32x4.mul(f32x4.mul(power, i32x4.add(half, one)), i32x4.add(rest, one));
}

export function exp_f32x4(x: v128): v128 {
  return expLanes_f32x4(x, false);
}

export function exp_f32(x: f32): f32 {
  return f32x4.extract_lane(exp_f32x4(f32x4.splat(x)), 0);
}

export function exp_f64(x: f64): f64 {
  return f64x2.extract_lane(exp_f64x2(f64x2.splat(x)), 0);
}

/** exp where some lane's result is not normal. */
function expRare(x: v128): v128 {
  const bounded = clampLanes(x, 746.0);
  const biased = nearestExponent(bounded);
  return scaled(expPower(bounded, biased), biased);
}

export function exp_f64x2(x: v128): v128 {
  if (!i64x2.all_true(f64x2.lt(f64x2.abs(x), f64x2.splat(708.0)))) return expRare(x);
  const biased = nearestExponent(x);
  return f64x2.mul(expPower(x, biased), powerOfTwo(biased));
}

export function exp2_f64(x: f64): f64 {
  return f64x2.extract_lane(exp2_f64x2(f64x2.splat(x)), 0);
}

export function exp2_f64x2(x: v128): v128 {
  const bounded = clampLanes(x, 1076.0);
  const biased = nearest(bounded);
  return scaled(exp2Power(bounded, f64x2.splat(0.0), biased), biased);
}

export function exp2_f32x4(x: v128): v128 {
  return narrow(exp2Medium(widenLow(x)), exp2Medium(widenHigh(x)));
}

export function exp2_f32(x: f32): f32 {
  return f32x4.extract_lane(exp2_f32x4(f32x4.splat(x)), 0);
}

export function expm1_f64(x: f64): f64 {
  return f64x2.extract_lane(expm1_f64x2(f64x2.splat(x)), 0);
}

export function expm1_f64x2(x: v128): v128 {
  const bounded = f64x2.pmax(f64x2.pmin(x, f64x2.splat(710.5)), f64x2.splat(-50.0));
  const result = f64x2.mul(quarterExpm1(bounded), f64x2.splat(4.0));
  return v128.bitselect(x, result, f64x2.lt(f64x2.abs(x), f64x2.splat(1e-17))); // keeps -0
}

export function expm1_f32x4(x: v128): v128 {
  const result = narrow(expm1Medium(widenLow(x)), expm1Medium(widenHigh(x)));
  return v128.bitselect(x, result, f32x4.lt(f32x4.abs(x), f32x4.splat(7.450581e-9))); // keeps -0
}

export function expm1_f32(x: f32): f32 {
  return f32x4.extract_lane(expm1_f32x4(f32x4.splat(x)), 0);
}

/** 1 / (1 + exp(-x)), and as in PyTorch 0 where exp(-x) overflows. */
export function sigmoid_f64x2(x: v128): v128 {
  // With e = exp(-|x|) the quotient is e / (1 + e) below zero and 1 / (1 + e) above.
  const one = f64x2.splat(1.0);
  const e = exp_f64x2(v128.or(x, f64x2.splat(-0.0)));
  const numerator = v128.bitselect(e, one, f64x2.lt(x, f64x2.splat(0.0)));
  const result = f64x2.div(numerator, f64x2.add(one, e));
  return v128.andnot(result, f64x2.lt(x, f64x2.splat(-709.782712893384)));
}

export function sigmoid_f32x4(x: v128): v128 {
  const one = f32x4.splat(1.0);
  const e = expLanes_f32x4(v128.or(x, f32x4.splat(-0.0)), false);
  const numerator = v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0.0)));
  const result = f32x4.div(numerator, f32x4.add(one, e));
  return v128.andnot(result, f32x4.lt(x, f32x4.splat(-88.7228394)));
}

export function sigmoid_f64(x: f64): f64 {
  return f64x2.extract_lane(sigmoid_f64x2(f64x2.splat(x)), 0);
}

export function sigmoid_f32(x: f32): f32 {
  return f32x4.extract_lane(sigmoid_f32x4(f32x4.splat(x)), 0);
}

/** log(exp(x) + exp(y)) by NumPy's rule, which keeps equal infinities. */
export function logaddexp_f64(x: f64, y: f64): f64 {
  return f64x2.extract_lane(logaddexp_f64x2(f64x2.splat(x), f64x2.splat(y)), 0);
}

export function logaddexp_f64x2(x: v128, y: v128): v128 {
  // Equal infinities have no difference.
  const difference = v128.andnot(f64x2.abs(f64x2.sub(x, y)), f64x2.eq(x, y));
  return f64x2.add(f64x2.max(x, y), log1p_f64x2(exp_f64x2(f64x2.neg(difference))));
}

@inline
function logaddexpPair(x: v128, y: v128): v128 {
  const larger = f64x2.max(x, y);
  // Equal infinities have no difference.
  const difference = v128.andnot(f64x2.abs(f64x2.sub(x, y)), f64x2.eq(x, y));
  return f64x2.add(larger, log1pMedium(expMedium(f64x2.neg(difference))));
}

export function logaddexp_f32x4(x: v128, y: v128): v128 {
  return narrow(logaddexpPair(widenLow(x), widenLow(y)), logaddexpPair(widenHigh(x), widenHigh(y)));
}

export function logaddexp_f32(x: f32, y: f32): f32 {
  return f32x4.extract_lane(logaddexp_f32x4(f32x4.splat(x), f32x4.splat(y)), 0);
}
