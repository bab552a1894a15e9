/** Remainders and floor division. */
import { packF32, packF64 } from './lanes';

/** Python's and NumPy's remainder: it has the sign of the divisor, and a zero result does too. */
@inline
function floorRemainder<T>(x: T, y: T): T {
  let remainder = x % y;
  if (y == 0) return remainder;
  if (remainder != 0) {
    if ((y < 0) != (remainder < 0)) remainder += y;
    return remainder;
  }
  return copysign<T>(0, y);
}

/** NumPy's floor_divide: the quotient comes from the remainder, so that x = y * quotient + remainder holds best. */
@inline
function floorQuotient<T>(x: T, y: T): T {
  if (y == 0) return x / y;
  const remainder = x % y;
  let quotient = (x - remainder) / y;
  if (remainder != 0 && (y < 0) != (remainder < 0)) quotient -= 1;
  if (quotient == 0) return copysign<T>(0, x / y);
  const floored = floor<T>(quotient);
  return quotient - floored > 0.5 ? floored + 1 : floored;
}

/** C's fmod: the remainder of truncating division. */
export function fmod_f64(x: f64, y: f64): f64 {
  return x % y;
}

export function floatMod_f64(x: f64, y: f64): f64 {
  return floorRemainder<f64>(x, y);
}

export function floorDivide_f64(x: f64, y: f64): f64 {
  return floorQuotient<f64>(x, y);
}

/** C's fmod: the remainder of truncating division. */
export function fmod_f32(x: f32, y: f32): f32 {
  return x % y;
}

export function floatMod_f32(x: f32, y: f32): f32 {
  return floorRemainder<f32>(x, y);
}

export function floorDivide_f32(x: f32, y: f32): f32 {
  return floorQuotient<f32>(x, y);
}

export function fmod_f64x2(x: v128, y: v128): v128 {
  return packF64(
    fmod_f64(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0)),
    fmod_f64(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)),
  );
}

export function fmod_f32x4(x: v128, y: v128): v128 {
  return packF32(
    fmod_f32(f32x4.extract_lane(x, 0), f32x4.extract_lane(y, 0)),
    fmod_f32(f32x4.extract_lane(x, 1), f32x4.extract_lane(y, 1)),
    fmod_f32(f32x4.extract_lane(x, 2), f32x4.extract_lane(y, 2)),
    fmod_f32(f32x4.extract_lane(x, 3), f32x4.extract_lane(y, 3)),
  );
}

export function floatMod_f64x2(x: v128, y: v128): v128 {
  return packF64(
    floatMod_f64(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0)),
    floatMod_f64(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)),
  );
}

export function floatMod_f32x4(x: v128, y: v128): v128 {
  return packF32(
    floatMod_f32(f32x4.extract_lane(x, 0), f32x4.extract_lane(y, 0)),
    floatMod_f32(f32x4.extract_lane(x, 1), f32x4.extract_lane(y, 1)),
    floatMod_f32(f32x4.extract_lane(x, 2), f32x4.extract_lane(y, 2)),
    floatMod_f32(f32x4.extract_lane(x, 3), f32x4.extract_lane(y, 3)),
  );
}

export function floorDivide_f64x2(x: v128, y: v128): v128 {
  return packF64(
    floorDivide_f64(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0)),
    floorDivide_f64(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)),
  );
}

export function floorDivide_f32x4(x: v128, y: v128): v128 {
  return packF32(
    floorDivide_f32(f32x4.extract_lane(x, 0), f32x4.extract_lane(y, 0)),
    floorDivide_f32(f32x4.extract_lane(x, 1), f32x4.extract_lane(y, 1)),
    floorDivide_f32(f32x4.extract_lane(x, 2), f32x4.extract_lane(y, 2)),
    floorDivide_f32(f32x4.extract_lane(x, 3), f32x4.extract_lane(y, 3)),
  );
}
