/** Rounding, signs and neighbours. All but nextafter are single instructions or a few bit operations. */
import { packF32, packF64 } from './lanes';

@inline
export function rint_f64(x: f64): f64 {
  return nearest<f64>(x);
}

@inline
export function rint_f64x2(x: v128): v128 {
  return f64x2.nearest(x);
}

@inline
export function rint_f32(x: f32): f32 {
  return nearest<f32>(x);
}

@inline
export function rint_f32x4(x: v128): v128 {
  return f32x4.nearest(x);
}

@inline
export function trunc_f64(x: f64): f64 {
  return trunc<f64>(x);
}

@inline
export function trunc_f64x2(x: v128): v128 {
  return f64x2.trunc(x);
}

@inline
export function trunc_f32(x: f32): f32 {
  return trunc<f32>(x);
}

@inline
export function trunc_f32x4(x: v128): v128 {
  return f32x4.trunc(x);
}

@inline
export function floor_f64(x: f64): f64 {
  return floor<f64>(x);
}

@inline
export function floor_f64x2(x: v128): v128 {
  return f64x2.floor(x);
}

@inline
export function floor_f32(x: f32): f32 {
  return floor<f32>(x);
}

@inline
export function floor_f32x4(x: v128): v128 {
  return f32x4.floor(x);
}

@inline
export function ceil_f64(x: f64): f64 {
  return ceil<f64>(x);
}

@inline
export function ceil_f64x2(x: v128): v128 {
  return f64x2.ceil(x);
}

@inline
export function ceil_f32(x: f32): f32 {
  return ceil<f32>(x);
}

@inline
export function ceil_f32x4(x: v128): v128 {
  return f32x4.ceil(x);
}

@inline
export function abs_f64(x: f64): f64 {
  return abs<f64>(x);
}

@inline
export function abs_f64x2(x: v128): v128 {
  return f64x2.abs(x);
}

@inline
export function abs_f32(x: f32): f32 {
  return abs<f32>(x);
}

@inline
export function abs_f32x4(x: v128): v128 {
  return f32x4.abs(x);
}

/** NumPy's sign: NaN stays NaN and both zeros give +0. */
@inline
export function sign_f64(x: f64): f64 {
  return x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x;
}

@inline
export function sign_f32(x: f32): f32 {
  return x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x;
}

@inline
export function sign_f64x2(x: v128): v128 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const positive = v128.and(f64x2.gt(x, zero), one);
  const negative = v128.and(f64x2.lt(x, zero), one);
  return v128.bitselect(f64x2.sub(positive, negative), x, f64x2.eq(x, x));
}

@inline
export function sign_f32x4(x: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const positive = v128.and(f32x4.gt(x, zero), one);
  const negative = v128.and(f32x4.lt(x, zero), one);
  return v128.bitselect(f32x4.sub(positive, negative), x, f32x4.eq(x, x));
}

@inline
export function copysign_f64(x: f64, y: f64): f64 {
  return copysign<f64>(x, y);
}

@inline
export function copysign_f64x2(x: v128, y: v128): v128 {
  return v128.bitselect(y, x, f64x2.splat(-0.0));
}

@inline
export function copysign_f32(x: f32, y: f32): f32 {
  return copysign<f32>(x, y);
}

@inline
export function copysign_f32x4(x: v128, y: v128): v128 {
  return v128.bitselect(y, x, f32x4.splat(-0.0));
}

/** The next f64 after x in the direction of y. */
export function nextafter_f64(x: f64, y: f64): f64 {
  if (x != x || y != y) return x + y;
  if (x == y) return y;
  if (x == 0) return copysign<f64>(reinterpret<f64>(1 as u64), y);
  const bits = reinterpret<u64>(x);
  // Bit patterns of equal sign are ordered as magnitudes are.
  return reinterpret<f64>((x < y) == (x > 0) ? bits + 1 : bits - 1);
}

/** The next f32 after x in the direction of y. */
export function nextafter_f32(x: f32, y: f32): f32 {
  if (x != x || y != y) return x + y;
  if (x == y) return y;
  if (x == 0) return copysign<f32>(reinterpret<f32>(1 as u32), y);
  const bits = reinterpret<u32>(x);
  // Bit patterns of equal sign are ordered as magnitudes are.
  return reinterpret<f32>((x < y) == (x > 0) ? bits + 1 : bits - 1);
}

export function nextafter_f64x2(x: v128, y: v128): v128 {
  return packF64(
    nextafter_f64(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0)),
    nextafter_f64(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)),
  );
}

export function nextafter_f32x4(x: v128, y: v128): v128 {
  return packF32(
    nextafter_f32(f32x4.extract_lane(x, 0), f32x4.extract_lane(y, 0)),
    nextafter_f32(f32x4.extract_lane(x, 1), f32x4.extract_lane(y, 1)),
    nextafter_f32(f32x4.extract_lane(x, 2), f32x4.extract_lane(y, 2)),
    nextafter_f32(f32x4.extract_lane(x, 3), f32x4.extract_lane(y, 3)),
  );
}
