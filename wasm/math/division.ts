/**
 * Remainders and floor division. A remainder is exact, so the quick forms below, which hold while the quotient is
 * small, and the bitwise loop of the language's own `%` give the same result.
 */
import { narrow, packF32, packF64, widenHigh, widenLow } from './lanes';

/** The quick float64 remainder holds for rounded quotients below 2^24, and where no product overflows. */
const QUOTIENT_LIMIT = 16777216.0;
const OPERAND_LIMIT = 1e300;

@inline
function quickRemainder_f64x2(x: v128, y: v128, quotient: v128): v128 {
  // The divisor in two parts of 26 and 27 bits: both products, and then both differences, are exact.
  const head = v128.and(y, i64x2.splat(0xFFFFFFFFF8000000));
  const tail = f64x2.sub(y, head);
  const nearest = f64x2.sub(f64x2.sub(x, f64x2.mul(quotient, head)), f64x2.mul(quotient, tail));
  // From the rounded to the truncated quotient: a remainder against the sign of x is one divisor off.
  const sign = v128.and(x, f64x2.splat(-0.0));
  const against = f64x2.lt(v128.xor(nearest, sign), f64x2.splat(0.0));
  const remainder = f64x2.add(nearest, v128.and(against, v128.or(f64x2.abs(y), sign)));
  return v128.bitselect(x, remainder, f64x2.splat(-0.0));
}

/** C's fmod: the remainder of truncating division. */
export function fmod_f64x2(x: v128, y: v128): v128 {
  const quotient = f64x2.nearest(f64x2.div(x, y));
  const result = quickRemainder_f64x2(x, y, quotient);
  const quick = v128.and(f64x2.lt(f64x2.abs(quotient), f64x2.splat(QUOTIENT_LIMIT)),
    f64x2.lt(f64x2.pmax(f64x2.abs(x), f64x2.abs(y)), f64x2.splat(OPERAND_LIMIT)));
  if (i64x2.all_true(quick)) return result;
  return packF64(
    f64x2.extract_lane(x, 0) % f64x2.extract_lane(y, 0),
    f64x2.extract_lane(x, 1) % f64x2.extract_lane(y, 1),
  );
}

export function fmod_f64(x: f64, y: f64): f64 {
  return f64x2.extract_lane(fmod_f64x2(f64x2.splat(x), f64x2.splat(y)), 0);
}

/** In float64 the product of a float32 and a quotient below 2^29 is exact, and the truncated quotient is right. */
@inline
function remainderPair(x: v128, y: v128): v128 {
  return f64x2.sub(x, f64x2.mul(f64x2.trunc(f64x2.div(x, y)), y));
}

export function fmod_f32x4(x: v128, y: v128): v128 {
  const remainder = narrow(remainderPair(widenLow(x), widenLow(y)), remainderPair(widenHigh(x), widenHigh(y)));
  const quick = f32x4.lt(f32x4.abs(f32x4.div(x, y)), f32x4.splat(QUOTIENT_LIMIT as f32));
  if (v128.any_true(v128.not(v128.and(quick, f32x4.lt(f32x4.abs(y), f32x4.splat(Infinity)))))) {
    return packF32(
      f32x4.extract_lane(x, 0) % f32x4.extract_lane(y, 0),
      f32x4.extract_lane(x, 1) % f32x4.extract_lane(y, 1),
      f32x4.extract_lane(x, 2) % f32x4.extract_lane(y, 2),
      f32x4.extract_lane(x, 3) % f32x4.extract_lane(y, 3),
    );
  }
  return v128.bitselect(x, remainder, f32x4.splat(-0.0));
}

export function fmod_f32(x: f32, y: f32): f32 {
  return f32x4.extract_lane(fmod_f32x4(f32x4.splat(x), f32x4.splat(y)), 0);
}

/** Python's and NumPy's remainder: it has the sign of the divisor, and a zero result does too. */
export function floatMod_f64x2(x: v128, y: v128): v128 {
  const zero = f64x2.splat(0);
  const remainder = fmod_f64x2(x, y);
  const crossing = v128.and(f64x2.ne(remainder, zero), v128.xor(f64x2.lt(y, zero), f64x2.lt(remainder, zero)));
  const moved = v128.bitselect(f64x2.add(remainder, y), remainder, crossing);
  const signed = v128.bitselect(v128.and(y, f64x2.splat(-0.0)), moved, f64x2.eq(remainder, zero));
  return v128.bitselect(remainder, signed, f64x2.eq(y, zero));
}

/** NumPy's floor_divide: the quotient comes from the remainder, so that x = y * quotient + remainder holds best. */
export function floorDivide_f64x2(x: v128, y: v128): v128 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const direct = f64x2.div(x, y);
  const remainder = fmod_f64x2(x, y);
  const crossing = v128.and(f64x2.ne(remainder, zero), v128.xor(f64x2.lt(y, zero), f64x2.lt(remainder, zero)));
  const quotient = f64x2.sub(f64x2.div(f64x2.sub(x, remainder), y), v128.and(crossing, one));
  const floored = f64x2.floor(quotient);
  const short = f64x2.gt(f64x2.sub(quotient, floored), f64x2.splat(0.5));
  const result = f64x2.add(floored, v128.and(short, one));
  const signed = v128.bitselect(v128.and(direct, f64x2.splat(-0.0)), result, f64x2.eq(quotient, zero));
  return v128.bitselect(direct, signed, f64x2.eq(y, zero));
}

export function floatMod_f32x4(x: v128, y: v128): v128 {
  const zero = f32x4.splat(0);
  const remainder = fmod_f32x4(x, y);
  const crossing = v128.and(f32x4.ne(remainder, zero), v128.xor(f32x4.lt(y, zero), f32x4.lt(remainder, zero)));
  const moved = v128.bitselect(f32x4.add(remainder, y), remainder, crossing);
  const signed = v128.bitselect(v128.and(y, f32x4.splat(-0.0)), moved, f32x4.eq(remainder, zero));
  return v128.bitselect(remainder, signed, f32x4.eq(y, zero));
}

export function floorDivide_f32x4(x: v128, y: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const direct = f32x4.div(x, y);
  const remainder = fmod_f32x4(x, y);
  const crossing = v128.and(f32x4.ne(remainder, zero), v128.xor(f32x4.lt(y, zero), f32x4.lt(remainder, zero)));
  const quotient = f32x4.sub(f32x4.div(f32x4.sub(x, remainder), y), v128.and(crossing, one));
  const floored = f32x4.floor(quotient);
  const short = f32x4.gt(f32x4.sub(quotient, floored), f32x4.splat(0.5));
  const result = f32x4.add(floored, v128.and(short, one));
  const signed = v128.bitselect(v128.and(direct, f32x4.splat(-0.0)), result, f32x4.eq(quotient, zero));
  return v128.bitselect(direct, signed, f32x4.eq(y, zero));
}

export function floatMod_f64(x: f64, y: f64): f64 {
  return f64x2.extract_lane(floatMod_f64x2(f64x2.splat(x), f64x2.splat(y)), 0);
}

export function floorDivide_f64(x: f64, y: f64): f64 {
  return f64x2.extract_lane(floorDivide_f64x2(f64x2.splat(x), f64x2.splat(y)), 0);
}

export function floatMod_f32(x: f32, y: f32): f32 {
  return f32x4.extract_lane(floatMod_f32x4(f32x4.splat(x), f32x4.splat(y)), 0);
}

export function floorDivide_f32(x: f32, y: f32): f32 {
  return f32x4.extract_lane(floorDivide_f32x4(f32x4.splat(x), f32x4.splat(y)), 0);
}
