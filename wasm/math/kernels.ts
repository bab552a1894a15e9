/**
 * Exponentials and logarithms of float64 lanes with relative errors of about 2^-37: what the float32 forms need, whose
 * lanes are computed in float64 so that only the last rounding shows.
 */
import { tableF64 } from './lanes';

/** Adding this rounds to an integer, which is then in the low bits of the pattern. */
const ROUND_F64 = 6755399441055744.0; // 1.5 * 2^52

/** Keeps NaN: the comparison inside is false for it. */
@inline
export function clampLanes(x: v128, bound: f64): v128 {
  return f64x2.pmax(f64x2.pmin(x, f64x2.splat(bound)), f64x2.splat(-bound));
}

/** Coefficients of 2^r. */
const EXP2_MEDIUM = memory.data<f64>([
  0.6931471805464914, 0.9999999999997616, 0.05550410939431571, 0.2402265069888618, 0.0013333451973909375, 0.009618128542322251,
  1.5309761492953186e-5, 1.540385177553203e-4, 1.3175910452958492e-6,
]);

/** 2^x. */
@inline
export function exp2Medium(x: v128): v128 {
  const bounded = clampLanes(x, 1000.0);
  const biased = f64x2.add(bounded, f64x2.splat(ROUND_F64));
  const r = f64x2.sub(bounded, f64x2.sub(biased, f64x2.splat(ROUND_F64)));
  const square = f64x2.mul(r, r);
  const p01 = f64x2.add(f64x2.mul(r, tableF64(EXP2_MEDIUM, 0)), tableF64(EXP2_MEDIUM, 1));
  const p23 = f64x2.add(f64x2.mul(r, tableF64(EXP2_MEDIUM, 2)), tableF64(EXP2_MEDIUM, 3));
  const p45 = f64x2.add(f64x2.mul(r, tableF64(EXP2_MEDIUM, 4)), tableF64(EXP2_MEDIUM, 5));
  const p67 = f64x2.add(f64x2.mul(r, tableF64(EXP2_MEDIUM, 6)), tableF64(EXP2_MEDIUM, 7));
  const p48 = f64x2.add(p45, f64x2.mul(square, f64x2.add(p67, f64x2.mul(square, tableF64(EXP2_MEDIUM, 8)))));
  const p03 = f64x2.add(p01, f64x2.mul(square, p23));
  const p = f64x2.add(p03, f64x2.mul(f64x2.mul(square, square), p48));
  return i64x2.add(p, v128.and(i64x2.shl(biased, 52), f64x2.eq(x, x)));
}

/** exp(x). */
@inline
export function expMedium(x: v128): v128 {
  return exp2Medium(f64x2.mul(x, f64x2.splat(1.4426950408889634)));
}

/** log2(e), log(2) and the coefficients of exp(r) beyond r. */
const EXPM1_MEDIUM = memory.data<f64>([
  1.4426950408889634, 0.6931471805599453, 2.4796356155870906e-5, 1.9904972186078986e-4, 0.001388898550860183, 0.008333288966590498,
  0.04166666595050814, 0.16666666754392476, 0.5000000000105764,
]);

/** exp(x) - 1. */
@inline
export function expm1Medium(x: v128): v128 {
  x = clampLanes(x, 700.0);
  const biased = f64x2.add(f64x2.mul(x, tableF64(EXPM1_MEDIUM, 0)), f64x2.splat(ROUND_F64));
  const n = f64x2.sub(biased, f64x2.splat(ROUND_F64));
  const r = f64x2.sub(x, f64x2.mul(n, tableF64(EXPM1_MEDIUM, 1)));
  let p = tableF64(EXPM1_MEDIUM, 2);
  p = f64x2.add(f64x2.mul(p, r), tableF64(EXPM1_MEDIUM, 3));
  p = f64x2.add(f64x2.mul(p, r), tableF64(EXPM1_MEDIUM, 4));
  p = f64x2.add(f64x2.mul(p, r), tableF64(EXPM1_MEDIUM, 5));
  p = f64x2.add(f64x2.mul(p, r), tableF64(EXPM1_MEDIUM, 6));
  p = f64x2.add(f64x2.mul(p, r), tableF64(EXPM1_MEDIUM, 7));
  p = f64x2.add(f64x2.mul(p, r), tableF64(EXPM1_MEDIUM, 8));
  p = f64x2.add(r, f64x2.mul(f64x2.mul(r, r), p));
  const one = f64x2.splat(1.0);
  const scale = i64x2.add(one, i64x2.shl(biased, 52));
  return f64x2.add(f64x2.mul(scale, p), f64x2.sub(scale, one));
}

/** The binary exponent that brings x between sqrt(1/2) and sqrt(2), for positive, normal and finite x. */
@inline
export function exponentLanes(x: v128): v128 {
  const shifted = i64x2.add(x, i64x2.splat(0x3FF0000000000000 - 0x3FE6A09E667F3BCD));
  // The biased exponent becomes a float64 by way of the pattern of 2^52 + exponent.
  const pattern = v128.or(i64x2.shr_u(shifted, 52), f64x2.splat(4503599627370496.0));
  return f64x2.sub(pattern, f64x2.splat(4503599627371519.0)); // 2^52 + 1023
}

/** x over 2 to that exponent. */
@inline
export function mantissaLanes(x: v128): v128 {
  const shifted = i64x2.add(x, i64x2.splat(0x3FF0000000000000 - 0x3FE6A09E667F3BCD));
  const exponent = v128.and(shifted, i64x2.splat(0xFFF0000000000000));
  return i64x2.add(i64x2.sub(x, exponent), i64x2.splat(0x3FF0000000000000));
}

/** Coefficients of log(1 + f) by s = f / (2 + f). */
const LOG_MEDIUM = memory.data<f64>([
  0.23584983962797637, 0.28537168207854463, 0.4000033724609116, 0.6666666563713808,
]);

/** log(1 + f) for 1 + f between sqrt(1/2) and sqrt(2). */
@inline
export function logNearOneMedium(f: v128): v128 {
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2.0)));
  const z = f64x2.mul(s, s);
  let p = tableF64(LOG_MEDIUM, 0);
  p = f64x2.add(f64x2.mul(p, z), tableF64(LOG_MEDIUM, 1));
  p = f64x2.add(f64x2.mul(p, z), tableF64(LOG_MEDIUM, 2));
  p = f64x2.add(f64x2.mul(p, z), tableF64(LOG_MEDIUM, 3));
  return f64x2.mul(s, f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0)));
}

/** log(x) for positive, normal and finite x. */
@inline
export function logMedium(x: v128): v128 {
  const f = f64x2.sub(mantissaLanes(x), f64x2.splat(1.0));
  return f64x2.add(f64x2.mul(exponentLanes(x), f64x2.splat(0.6931471805599453)), logNearOneMedium(f));
}

/** log2(x) for positive, normal and finite x. */
@inline
export function log2Medium(x: v128): v128 {
  const f = f64x2.sub(mantissaLanes(x), f64x2.splat(1.0));
  return f64x2.add(exponentLanes(x), f64x2.mul(logNearOneMedium(f), f64x2.splat(1.4426950408889634)));
}

/** log(1 + x) for finite x above -1. */
@inline
export function log1pMedium(x: v128): v128 {
  const one = f64x2.splat(1.0);
  const sum = f64x2.add(one, x);
  // What the sum lost of x counts only where the result is small, and there it adds as it is.
  const lost = f64x2.sub(x, f64x2.sub(sum, one));
  return f64x2.add(logMedium(sum), v128.and(lost, f64x2.lt(f64x2.abs(x), f64x2.splat(0.25))));
}
