/** Logarithms. */
import { log1pMedium, log2Medium, logMedium } from './kernels';
import { BINARY, DECIMAL, NATURAL, logarithm, logarithmNear } from './doubles';
import { narrow, tableF32, widenHigh, widenLow } from './lanes';

/** Coefficients of log(1 + f), and log(2) in two parts. */
const LOG_F32 = memory.data<f32>([
  -0.250008225440979, 0.3333333134651184, -0.16623328626155853, 0.2000124603509903, -0.13160166144371033, 0.14201438426971436,
  -0.07636292278766632, 0.1276329904794693, -2.12194440e-4, 0.693359375,
]);

/** log(x) for lanes that are positive, normal and finite; extra is added to the binary exponent. */
@inline
function logLanes_f32x4(x: v128, extra: v128): v128 {
  // x = 2^k * (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2).
  const offset = i32x4.splat(0x3F3504F3);
  const bits = i32x4.sub(x, offset);
  const k = f32x4.add(f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23)), extra);
  const f = f32x4.sub(i32x4.add(v128.and(bits, i32x4.splat(0x007FFFFF)), offset), f32x4.splat(1.0));
  const square = f32x4.mul(f, f);
  const p0 = f32x4.add(f32x4.mul(f, tableF32(LOG_F32, 0)), tableF32(LOG_F32, 1));
  const p2 = f32x4.add(f32x4.mul(f, tableF32(LOG_F32, 2)), tableF32(LOG_F32, 3));
  const p4 = f32x4.add(f32x4.mul(f, tableF32(LOG_F32, 4)), tableF32(LOG_F32, 5));
  const p6 = f32x4.add(f32x4.mul(f, tableF32(LOG_F32, 6)), tableF32(LOG_F32, 7));
  const pLow = f32x4.add(p0, f32x4.mul(square, p2));
  const pHigh = f32x4.add(p4, f32x4.mul(square, p6));
  const p = f32x4.add(pLow, f32x4.mul(f32x4.mul(square, square), pHigh));
  // log(1 + f) = f - (f^2 / 2 - f^3 p), the tail of k * log(2) joining the small terms.
  let tail = f32x4.mul(f32x4.mul(square, f), p);
  tail = f32x4.add(tail, f32x4.mul(k, tableF32(LOG_F32, 8)));
  tail = f32x4.sub(tail, f32x4.mul(square, f32x4.splat(0.5)));
  return f32x4.add(f32x4.mul(k, tableF32(LOG_F32, 9)), f32x4.add(f, tail));
}

/** log(x) where some lane is zero, subnormal, negative, infinite or NaN. */
function logSpecial_f32x4(x: v128): v128 {
  const subnormal = f32x4.lt(x, f32x4.splat(1.17549435e-38));
  const scaled = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608.0)), x, subnormal);
  let result = logLanes_f32x4(scaled, v128.and(subnormal, f32x4.splat(-23.0)));
  result = v128.bitselect(x, result, f32x4.eq(x, f32x4.splat(Infinity)));
  result = v128.bitselect(f32x4.splat(-Infinity), result, f32x4.eq(x, f32x4.splat(0.0)));
  return v128.bitselect(result, f32x4.splat(NaN), f32x4.ge(x, f32x4.splat(0.0)));
}

export function log_f32x4(x: v128): v128 {
  // One unsigned comparison finds every lane that is not positive, normal and finite.
  const special = i32x4.ge_u(i32x4.sub(x, i32x4.splat(0x00800000)), i32x4.splat(0x7F000000));
  if (v128.any_true(special)) return logSpecial_f32x4(x);
  return logLanes_f32x4(x, f32x4.splat(0.0));
}

export function log_f32(x: f32): f32 {
  return f32x4.extract_lane(log_f32x4(f32x4.splat(x)), 0);
}

/** The logarithm of float64 lanes of which some are zero, subnormal, negative, infinite or NaN. */
@inline
function logRare_f64x2(x: v128, base: i32): v128 {
  const subnormal = f64x2.lt(x, f64x2.splat(2.2250738585072014e-308));
  const larger = v128.bitselect(f64x2.mul(x, f64x2.splat(18014398509481984.0)), x, subnormal); // 2^54
  let result = logarithm(larger, v128.and(subnormal, f64x2.splat(-54.0)), base);
  result = v128.bitselect(x, result, f64x2.eq(x, f64x2.splat(Infinity)));
  result = v128.bitselect(f64x2.splat(-Infinity), result, f64x2.eq(x, f64x2.splat(0.0)));
  return v128.bitselect(result, f64x2.splat(NaN), f64x2.ge(x, f64x2.splat(0.0)));
}

function logRare(x: v128): v128 {
  return logRare_f64x2(x, NATURAL);
}

function log2Rare(x: v128): v128 {
  return logRare_f64x2(x, BINARY);
}

function log10Rare(x: v128): v128 {
  return logRare_f64x2(x, DECIMAL);
}

/** Whether both lanes are positive, normal and finite. */
@inline
function areUsual(x: v128): bool {
  const low = f64x2.ge(x, f64x2.splat(2.2250738585072014e-308));
  return i64x2.all_true(v128.and(low, f64x2.lt(x, f64x2.splat(Infinity))));
}

export function log_f64(x: f64): f64 {
  return f64x2.extract_lane(log_f64x2(f64x2.splat(x)), 0);
}

export function log_f64x2(x: v128): v128 {
  return areUsual(x) ? logarithm(x, f64x2.splat(0.0), NATURAL) : logRare(x);
}

/** A logarithm's values at its edges: x - origin is 0, below 0, infinite or NaN. */
@inline
function logEdges(x: v128, origin: f32, result: v128): v128 {
  result = v128.bitselect(x, result, f32x4.eq(x, f32x4.splat(Infinity)));
  result = v128.bitselect(f32x4.splat(-Infinity), result, f32x4.eq(x, f32x4.splat(origin)));
  return v128.bitselect(result, f32x4.splat(NaN), f32x4.ge(x, f32x4.splat(origin)));
}

export function log2_f64(x: f64): f64 {
  return f64x2.extract_lane(log2_f64x2(f64x2.splat(x)), 0);
}

export function log2_f64x2(x: v128): v128 {
  return areUsual(x) ? logarithm(x, f64x2.splat(0.0), BINARY) : log2Rare(x);
}

export function log2_f32x4(x: v128): v128 {
  return logEdges(x, 0.0, narrow(log2Medium(widenLow(x)), log2Medium(widenHigh(x))));
}

export function log2_f32(x: f32): f32 {
  return f32x4.extract_lane(log2_f32x4(f32x4.splat(x)), 0);
}

/** log10(x) of positive, normal and finite float64 lanes, for float32. */
@inline
function log10Medium(x: v128): v128 {
  return f64x2.mul(logMedium(x), f64x2.splat(0.4342944819032518));
}

export function log10_f64(x: f64): f64 {
  return f64x2.extract_lane(log10_f64x2(f64x2.splat(x)), 0);
}

export function log10_f64x2(x: v128): v128 {
  return areUsual(x) ? logarithm(x, f64x2.splat(0.0), DECIMAL) : log10Rare(x);
}

export function log10_f32x4(x: v128): v128 {
  return logEdges(x, 0.0, narrow(log10Medium(widenLow(x)), log10Medium(widenHigh(x))));
}

export function log10_f32(x: f32): f32 {
  return f32x4.extract_lane(log10_f32x4(f32x4.splat(x)), 0);
}

export function log1p_f64(x: f64): f64 {
  return f64x2.extract_lane(log1p_f64x2(f64x2.splat(x)), 0);
}

export function log1p_f64x2(x: v128): v128 {
  const one = f64x2.splat(1.0);
  const sum = f64x2.add(one, x);
  // What the sum lost of the smaller of both.
  const large = f64x2.ge(x, one);
  const first = v128.bitselect(x, one, large);
  const lost = f64x2.sub(v128.bitselect(one, x, large), f64x2.sub(sum, first));
  let result = logarithmNear(sum, lost, x);
  result = v128.bitselect(x, result, f64x2.lt(f64x2.abs(x), f64x2.splat(1e-17))); // keeps -0
  result = v128.bitselect(x, result, f64x2.eq(x, f64x2.splat(Infinity)));
  result = v128.bitselect(f64x2.splat(-Infinity), result, f64x2.eq(x, f64x2.splat(-1.0)));
  return v128.bitselect(result, f64x2.splat(NaN), f64x2.ge(x, f64x2.splat(-1.0)));
}

export function log1p_f32x4(x: v128): v128 {
  const result = logEdges(x, -1.0, narrow(log1pMedium(widenLow(x)), log1pMedium(widenHigh(x))));
  return v128.bitselect(x, result, f32x4.lt(f32x4.abs(x), f32x4.splat(7.450581e-9))); // keeps -0
}

export function log1p_f32(x: f32): f32 {
  return f32x4.extract_lane(log1p_f32x4(f32x4.splat(x)), 0);
}
