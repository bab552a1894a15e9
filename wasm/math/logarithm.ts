/** Logarithms. */
import { packF32, packF64 } from './lanes';

export function log_f64(x: f64): f64 {
  return NativeMath.log(x);
}

export function log_f32(x: f32): f32 {
  return log_f64(x as f64) as f32;
}

export function log_f64x2(x: v128): v128 {
  return packF64(log_f64(f64x2.extract_lane(x, 0)), log_f64(f64x2.extract_lane(x, 1)));
}

export function log_f32x4(x: v128): v128 {
  return packF32(
    log_f32(f32x4.extract_lane(x, 0)),
    log_f32(f32x4.extract_lane(x, 1)),
    log_f32(f32x4.extract_lane(x, 2)),
    log_f32(f32x4.extract_lane(x, 3)),
  );
}

export function log2_f64(x: f64): f64 {
  return NativeMath.log2(x);
}

export function log2_f32(x: f32): f32 {
  return log2_f64(x as f64) as f32;
}

export function log2_f64x2(x: v128): v128 {
  return packF64(log2_f64(f64x2.extract_lane(x, 0)), log2_f64(f64x2.extract_lane(x, 1)));
}

export function log2_f32x4(x: v128): v128 {
  return packF32(
    log2_f32(f32x4.extract_lane(x, 0)),
    log2_f32(f32x4.extract_lane(x, 1)),
    log2_f32(f32x4.extract_lane(x, 2)),
    log2_f32(f32x4.extract_lane(x, 3)),
  );
}

export function log10_f64(x: f64): f64 {
  return NativeMath.log10(x);
}

export function log10_f32(x: f32): f32 {
  return log10_f64(x as f64) as f32;
}

export function log10_f64x2(x: v128): v128 {
  return packF64(log10_f64(f64x2.extract_lane(x, 0)), log10_f64(f64x2.extract_lane(x, 1)));
}

export function log10_f32x4(x: v128): v128 {
  return packF32(
    log10_f32(f32x4.extract_lane(x, 0)),
    log10_f32(f32x4.extract_lane(x, 1)),
    log10_f32(f32x4.extract_lane(x, 2)),
    log10_f32(f32x4.extract_lane(x, 3)),
  );
}

export function log1p_f64(x: f64): f64 {
  return NativeMath.log1p(x);
}

export function log1p_f32(x: f32): f32 {
  return log1p_f64(x as f64) as f32;
}

export function log1p_f64x2(x: v128): v128 {
  return packF64(log1p_f64(f64x2.extract_lane(x, 0)), log1p_f64(f64x2.extract_lane(x, 1)));
}

export function log1p_f32x4(x: v128): v128 {
  return packF32(
    log1p_f32(f32x4.extract_lane(x, 0)),
    log1p_f32(f32x4.extract_lane(x, 1)),
    log1p_f32(f32x4.extract_lane(x, 2)),
    log1p_f32(f32x4.extract_lane(x, 3)),
  );
}
