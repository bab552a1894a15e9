/** Inverse circular functions. */
import { packF32, packF64 } from './lanes';

export function asin_f64(x: f64): f64 {
  return NativeMath.asin(x);
}

export function asin_f32(x: f32): f32 {
  return asin_f64(x as f64) as f32;
}

export function asin_f64x2(x: v128): v128 {
  return packF64(asin_f64(f64x2.extract_lane(x, 0)), asin_f64(f64x2.extract_lane(x, 1)));
}

export function asin_f32x4(x: v128): v128 {
  return packF32(
    asin_f32(f32x4.extract_lane(x, 0)),
    asin_f32(f32x4.extract_lane(x, 1)),
    asin_f32(f32x4.extract_lane(x, 2)),
    asin_f32(f32x4.extract_lane(x, 3)),
  );
}

export function acos_f64(x: f64): f64 {
  return NativeMath.acos(x);
}

export function acos_f32(x: f32): f32 {
  return acos_f64(x as f64) as f32;
}

export function acos_f64x2(x: v128): v128 {
  return packF64(acos_f64(f64x2.extract_lane(x, 0)), acos_f64(f64x2.extract_lane(x, 1)));
}

export function acos_f32x4(x: v128): v128 {
  return packF32(
    acos_f32(f32x4.extract_lane(x, 0)),
    acos_f32(f32x4.extract_lane(x, 1)),
    acos_f32(f32x4.extract_lane(x, 2)),
    acos_f32(f32x4.extract_lane(x, 3)),
  );
}

export function atan_f64(x: f64): f64 {
  return NativeMath.atan(x);
}

export function atan_f32(x: f32): f32 {
  return atan_f64(x as f64) as f32;
}

export function atan_f64x2(x: v128): v128 {
  return packF64(atan_f64(f64x2.extract_lane(x, 0)), atan_f64(f64x2.extract_lane(x, 1)));
}

export function atan_f32x4(x: v128): v128 {
  return packF32(
    atan_f32(f32x4.extract_lane(x, 0)),
    atan_f32(f32x4.extract_lane(x, 1)),
    atan_f32(f32x4.extract_lane(x, 2)),
    atan_f32(f32x4.extract_lane(x, 3)),
  );
}

export function atan2_f64(y: f64, x: f64): f64 {
  return NativeMath.atan2(y, x);
}

export function atan2_f32(x: f32, y: f32): f32 {
  return atan2_f64(x as f64, y as f64) as f32;
}

export function atan2_f64x2(x: v128, y: v128): v128 {
  return packF64(
    atan2_f64(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0)),
    atan2_f64(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)),
  );
}

export function atan2_f32x4(x: v128, y: v128): v128 {
  return packF32(
    atan2_f32(f32x4.extract_lane(x, 0), f32x4.extract_lane(y, 0)),
    atan2_f32(f32x4.extract_lane(x, 1), f32x4.extract_lane(y, 1)),
    atan2_f32(f32x4.extract_lane(x, 2), f32x4.extract_lane(y, 2)),
    atan2_f32(f32x4.extract_lane(x, 3), f32x4.extract_lane(y, 3)),
  );
}
