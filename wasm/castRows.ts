/**
 * Vector forms of the conversions that programs do most, for rows without gaps. Each converts a multiple of its block
 * and returns how many elements that were; the general loop does the rest and must give the same results to the bit.
 */
import { convert } from './cast';

/** float32 lanes to int32; what does not fit, and NaN, becomes the smallest value. */
@inline function lanesToInt32(v: v128): v128 {
  const fits = v128.and(
    f32x4.ge(v, f32x4.splat(<f32>-2147483648.0)), f32x4.lt(v, f32x4.splat(<f32>2147483648.0)));
  return v128.bitselect(i32x4.trunc_sat_f32x4_s(v), i32x4.splat(i32.MIN_VALUE), fits);
}

@inline function doubleLanesToInt32(v: v128): v128 {
  const fits = v128.and(f64x2.gt(v, f64x2.splat(-2147483649.0)), f64x2.lt(v, f64x2.splat(2147483648.0)));
  // The masks' low words are the lanes' masks.
  const mask = i8x16.shuffle(fits, fits, 0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11);
  return v128.bitselect(i32x4.trunc_sat_f64x2_s_zero(v), i32x4.splat(i32.MIN_VALUE), mask);
}

@inline function lowHalves(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
}

@inline function upper(v: v128): v128 {
  return i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
}

@inline export function uint8ToFloat32(x: usize, out: usize, n: isize): isize {
  const done = n & ~15;
  for (const end = x + done; x < end; x += 16, out += 64) {
    const bytes = v128.load(x);
    const low = i16x8.extend_low_i8x16_u(bytes);
    const high = i16x8.extend_high_i8x16_u(bytes);
    v128.store(out, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(low)));
    v128.store(out, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(low)), 16);
    v128.store(out, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(high)), 32);
    v128.store(out, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(high)), 48);
  }
  return done;
}

@inline export function uint8ToInt64(x: usize, out: usize, n: isize): isize {
  const done = n & ~7;
  for (const end = x + done; x < end; x += 8, out += 64) {
    const words = i16x8.extend_low_i8x16_u(v128.load64_zero(x));
    const low = i32x4.extend_low_i16x8_u(words);
    const high = i32x4.extend_high_i16x8_u(words);
    v128.store(out, i64x2.extend_low_i32x4_u(low));
    v128.store(out, i64x2.extend_high_i32x4_u(low), 16);
    v128.store(out, i64x2.extend_low_i32x4_u(high), 32);
    v128.store(out, i64x2.extend_high_i32x4_u(high), 48);
  }
  return done;
}

@inline export function int32ToFloat32(x: usize, out: usize, n: isize): isize {
  const done = n & ~7;
  for (const end = x + (done << 2); x < end; x += 32, out += 32) {
    v128.store(out, f32x4.convert_i32x4_s(v128.load(x)));
    v128.store(out, f32x4.convert_i32x4_s(v128.load(x, 16)), 16);
  }
  return done;
}

@inline export function int32ToFloat64(x: usize, out: usize, n: isize): isize {
  const done = n & ~3;
  for (const end = x + (done << 2); x < end; x += 16, out += 32) {
    const v = v128.load(x);
    v128.store(out, f64x2.convert_low_i32x4_s(v));
    v128.store(out, f64x2.convert_low_i32x4_s(upper(v)), 16);
  }
  return done;
}

@inline export function int32ToInt64(x: usize, out: usize, n: isize): isize {
  const done = n & ~3;
  for (const end = x + (done << 2); x < end; x += 16, out += 32) {
    const v = v128.load(x);
    v128.store(out, i64x2.extend_low_i32x4_s(v));
    v128.store(out, i64x2.extend_high_i32x4_s(v), 16);
  }
  return done;
}

@inline export function int64ToInt32(x: usize, out: usize, n: isize): isize {
  const done = n & ~3;
  for (const end = out + (done << 2); out < end; x += 32, out += 16) {
    const words = i8x16.shuffle(
      v128.load(x), v128.load(x, 16), 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
    v128.store(out, words);
  }
  return done;
}

/** Exact halves, each inside the significand of a double, whose sum rounds once. */
@inline export function int64ToFloat64(x: usize, out: usize, n: isize): isize {
  const done = n & ~1;
  const lowBias = i64x2.splat(0x4330000000000000); // 2^52
  const highBias = i64x2.splat(0x4530000080000000); // 2^84 + 2^63
  const biases = f64x2.splat(19342822341709703277445120.0); // 2^84 + 2^63 + 2^52
  for (const end = x + (done << 3); x < end; x += 16, out += 16) {
    const v = v128.load(x);
    const low = v128.or(v128.and(v, i64x2.splat(0xffffffff)), lowBias);
    const high = v128.xor(i64x2.shr_u(v, 32), highBias);
    v128.store(out, f64x2.add(f64x2.sub(high, biases), low));
  }
  return done;
}

@inline export function int64ToFloat32(x: usize, out: usize, n: isize): isize {
  const done = n & ~3;
  for (const end = out + (done << 2); out < end; x += 32, out += 16) {
    store<f32>(out, <f32>load<i64>(x));
    store<f32>(out, <f32>load<i64>(x, 8), 4);
    store<f32>(out, <f32>load<i64>(x, 16), 8);
    store<f32>(out, <f32>load<i64>(x, 24), 12);
  }
  return done;
}

@inline export function float32ToInt32(x: usize, out: usize, n: isize): isize {
  const done = n & ~7;
  for (const end = x + (done << 2); x < end; x += 32, out += 32) {
    v128.store(out, lanesToInt32(v128.load(x)));
    v128.store(out, lanesToInt32(v128.load(x, 16)), 16);
  }
  return done;
}

@inline export function float32ToUint8(x: usize, out: usize, n: isize): isize {
  const done = n & ~15;
  const mask = i32x4.splat(255);
  for (const end = out + done; out < end; x += 64, out += 16) {
    const low = i16x8.narrow_i32x4_s(
      v128.and(lanesToInt32(v128.load(x)), mask), v128.and(lanesToInt32(v128.load(x, 16)), mask));
    const high = i16x8.narrow_i32x4_s(
      v128.and(lanesToInt32(v128.load(x, 32)), mask), v128.and(lanesToInt32(v128.load(x, 48)), mask));
    v128.store(out, i8x16.narrow_i16x8_u(low, high));
  }
  return done;
}

@inline export function float64ToInt32(x: usize, out: usize, n: isize): isize {
  const done = n & ~3;
  for (const end = out + (done << 2); out < end; x += 32, out += 16) {
    v128.store(out, lowHalves(doubleLanesToInt32(v128.load(x)), doubleLanesToInt32(v128.load(x, 16))));
  }
  return done;
}

/** Whole numbers below 2^51 stand in the low bits of their sum with 1.5 · 2^52; larger ones go one by one. */
@inline function pairToInt64(v: v128, out: usize): void {
  if (i64x2.all_true(f64x2.lt(f64x2.abs(v), f64x2.splat(2251799813685248.0)))) {
    const magic = f64x2.splat(6755399441055744.0);
    v128.store(out, i64x2.sub(f64x2.add(f64x2.trunc(v), magic), magic));
  } else {
    store<i64>(out, convert<f64, i64>(f64x2.extract_lane(v, 0)));
    store<i64>(out, convert<f64, i64>(f64x2.extract_lane(v, 1)), 8);
  }
}

@inline export function float64ToInt64(x: usize, out: usize, n: isize): isize {
  const done = n & ~1;
  for (const end = x + (done << 3); x < end; x += 16, out += 16) pairToInt64(v128.load(x), out);
  return done;
}

@inline export function float32ToInt64(x: usize, out: usize, n: isize): isize {
  const done = n & ~1;
  for (const end = x + (done << 2); x < end; x += 8, out += 16) {
    pairToInt64(f64x2.promote_low_f32x4(v128.load64_zero(x)), out);
  }
  return done;
}

@inline export function float32ToFloat64(x: usize, out: usize, n: isize): isize {
  const done = n & ~3;
  for (const end = x + (done << 2); x < end; x += 16, out += 32) {
    const v = v128.load(x);
    v128.store(out, f64x2.promote_low_f32x4(v));
    v128.store(out, f64x2.promote_low_f32x4(upper(v)), 16);
  }
  return done;
}

@inline export function float64ToFloat32(x: usize, out: usize, n: isize): isize {
  const done = n & ~3;
  for (const end = out + (done << 2); out < end; x += 32, out += 16) {
    v128.store(out, lowHalves(f32x4.demote_f64x2_zero(v128.load(x)), f32x4.demote_f64x2_zero(v128.load(x, 16))));
  }
  return done;
}

@inline export function float32ToBool(x: usize, out: usize, n: isize): isize {
  const done = n & ~15;
  const zero = f32x4.splat(0);
  for (const end = out + done; out < end; x += 64, out += 16) {
    const low = i16x8.narrow_i32x4_s(f32x4.ne(v128.load(x), zero), f32x4.ne(v128.load(x, 16), zero));
    const high = i16x8.narrow_i32x4_s(f32x4.ne(v128.load(x, 32), zero), f32x4.ne(v128.load(x, 48), zero));
    v128.store(out, v128.and(i8x16.narrow_i16x8_s(low, high), i8x16.splat(1)));
  }
  return done;
}

@inline function wideTruths(x: usize): v128 {
  const zero = f64x2.splat(0);
  const low = f64x2.ne(v128.load(x), zero);
  const high = f64x2.ne(v128.load(x, 16), zero);
  return i8x16.shuffle(low, high, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
}

@inline export function float64ToBool(x: usize, out: usize, n: isize): isize {
  const done = n & ~15;
  for (const end = out + done; out < end; x += 128, out += 16) {
    const low = i16x8.narrow_i32x4_s(wideTruths(x), wideTruths(x + 32));
    const high = i16x8.narrow_i32x4_s(wideTruths(x + 64), wideTruths(x + 96));
    v128.store(out, v128.and(i8x16.narrow_i16x8_s(low, high), i8x16.splat(1)));
  }
  return done;
}

/** The half's exponent and fraction moved into place, then scaled by 2^112, which makes subnormals normal by itself. */
@inline function widenHalf(bits: v128): v128 {
  const magnitude = v128.and(bits, i32x4.splat(0x7fff));
  const scaled = f32x4.mul(i32x4.shl(magnitude, 13), f32x4.splat(<f32>5192296858534827628530496329220096.0));
  const special = v128.and(i32x4.gt_s(magnitude, i32x4.splat(0x7bff)), i32x4.splat(0x7f800000));
  const sign = i32x4.shl(v128.and(bits, i32x4.splat(0x8000)), 16);
  return v128.or(v128.or(scaled, special), sign);
}

@inline export function float16ToFloat32(x: usize, out: usize, n: isize): isize {
  const done = n & ~7;
  for (const end = x + (done << 1); x < end; x += 16, out += 32) {
    const bits = v128.load(x);
    v128.store(out, widenHalf(i32x4.extend_low_i16x8_u(bits)));
    v128.store(out, widenHalf(i32x4.extend_high_i16x8_u(bits)), 16);
  }
  return done;
}

/** The branches of floatToHalf (half.ts), all computed, one selected. */
@inline function narrowToHalf(bits: v128): v128 {
  const magnitude = v128.and(bits, i32x4.splat(0x7fffffff));
  const odd = v128.and(i32x4.shr_u(magnitude, 13), i32x4.splat(1));
  const normal = i32x4.shr_u(i32x4.add(i32x4.add(magnitude, odd), i32x4.splat(0xfff - 0x38000000)), 13);
  const subnormal = i32x4.sub(f32x4.add(magnitude, f32x4.splat(0.5)), i32x4.splat(0x3f000000));
  const nan = v128.or(i32x4.splat(0x7e00), v128.and(i32x4.shr_u(magnitude, 13), i32x4.splat(1023)));
  let half = v128.bitselect(subnormal, normal, i32x4.lt_s(magnitude, i32x4.splat(0x38800000)));
  half = v128.bitselect(i32x4.splat(0x7c00), half, i32x4.ge_s(magnitude, i32x4.splat(0x477ff000)));
  half = v128.bitselect(nan, half, i32x4.gt_s(magnitude, i32x4.splat(0x7f800000)));
  return v128.or(half, v128.and(i32x4.shr_u(bits, 16), i32x4.splat(0x8000)));
}

@inline export function float32ToFloat16(x: usize, out: usize, n: isize): isize {
  const done = n & ~7;
  for (const end = out + (done << 1); out < end; x += 32, out += 16) {
    v128.store(out, i16x8.narrow_i32x4_u(narrowToHalf(v128.load(x)), narrowToHalf(v128.load(x, 16))));
  }
  return done;
}

@inline export function bfloat16ToFloat32(x: usize, out: usize, n: isize): isize {
  const done = n & ~7;
  for (const end = x + (done << 1); x < end; x += 16, out += 32) {
    const bits = v128.load(x);
    v128.store(out, i32x4.shl(i32x4.extend_low_i16x8_u(bits), 16));
    v128.store(out, i32x4.shl(i32x4.extend_high_i16x8_u(bits), 16), 16);
  }
  return done;
}

@inline function narrowToBfloat(bits: v128): v128 {
  const odd = v128.and(i32x4.shr_u(bits, 16), i32x4.splat(1));
  const rounded = i32x4.shr_u(i32x4.add(i32x4.add(bits, odd), i32x4.splat(0x7fff)), 16);
  return v128.bitselect(i32x4.splat(0x7fc0), rounded, f32x4.ne(bits, bits));
}

@inline export function float32ToBfloat16(x: usize, out: usize, n: isize): isize {
  const done = n & ~7;
  for (const end = out + (done << 1); out < end; x += 32, out += 16) {
    v128.store(out, i16x8.narrow_i32x4_u(narrowToBfloat(v128.load(x)), narrowToBfloat(v128.load(x, 16))));
  }
  return done;
}
