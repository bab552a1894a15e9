/** Circular functions. */
import { packF32, packF64 } from './lanes';

export function sin_f64(x: f64): f64 {
  return NativeMath.sin(x);
}

export function sin_f32(x: f32): f32 {
  return sin_f64(x as f64) as f32;
}

export function sin_f64x2(x: v128): v128 {
  return packF64(sin_f64(f64x2.extract_lane(x, 0)), sin_f64(f64x2.extract_lane(x, 1)));
}

export function sin_f32x4(x: v128): v128 {
  return packF32(
    sin_f32(f32x4.extract_lane(x, 0)),
    sin_f32(f32x4.extract_lane(x, 1)),
    sin_f32(f32x4.extract_lane(x, 2)),
    sin_f32(f32x4.extract_lane(x, 3)),
  );
}

export function cos_f64(x: f64): f64 {
  return NativeMath.cos(x);
}

export function cos_f32(x: f32): f32 {
  return cos_f64(x as f64) as f32;
}

export function cos_f64x2(x: v128): v128 {
  return packF64(cos_f64(f64x2.extract_lane(x, 0)), cos_f64(f64x2.extract_lane(x, 1)));
}

export function cos_f32x4(x: v128): v128 {
  return packF32(
    cos_f32(f32x4.extract_lane(x, 0)),
    cos_f32(f32x4.extract_lane(x, 1)),
    cos_f32(f32x4.extract_lane(x, 2)),
    cos_f32(f32x4.extract_lane(x, 3)),
  );
}

export function tan_f64(x: f64): f64 {
  return NativeMath.tan(x);
}

export function tan_f32(x: f32): f32 {
  return tan_f64(x as f64) as f32;
}

export function tan_f64x2(x: v128): v128 {
  return packF64(tan_f64(f64x2.extract_lane(x, 0)), tan_f64(f64x2.extract_lane(x, 1)));
}

export function tan_f32x4(x: v128): v128 {
  return packF32(
    tan_f32(f32x4.extract_lane(x, 0)),
    tan_f32(f32x4.extract_lane(x, 1)),
    tan_f32(f32x4.extract_lane(x, 2)),
    tan_f32(f32x4.extract_lane(x, 3)),
  );
}
