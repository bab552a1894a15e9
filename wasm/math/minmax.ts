/** Maximum and minimum: NaN-propagating (maximum, minimum) and NaN-ignoring (fmax, fmin). */

@inline
export function maximum_f64(x: f64, y: f64): f64 {
  return max<f64>(x, y);
}

@inline
export function maximum_f64x2(x: v128, y: v128): v128 {
  return f64x2.max(x, y);
}

@inline
export function maximum_f32(x: f32, y: f32): f32 {
  return max<f32>(x, y);
}

@inline
export function maximum_f32x4(x: v128, y: v128): v128 {
  return f32x4.max(x, y);
}

@inline
export function minimum_f64(x: f64, y: f64): f64 {
  return min<f64>(x, y);
}

@inline
export function minimum_f64x2(x: v128, y: v128): v128 {
  return f64x2.min(x, y);
}

@inline
export function minimum_f32(x: f32, y: f32): f32 {
  return min<f32>(x, y);
}

@inline
export function minimum_f32x4(x: v128, y: v128): v128 {
  return f32x4.min(x, y);
}

@inline
export function fmax_f64(x: f64, y: f64): f64 {
  return x != x ? y : y != y ? x : max<f64>(x, y);
}

@inline
export function fmax_f64x2(x: v128, y: v128): v128 {
  const kept = v128.bitselect(f64x2.max(x, y), x, f64x2.eq(y, y));
  return v128.bitselect(kept, y, f64x2.eq(x, x));
}

@inline
export function fmax_f32(x: f32, y: f32): f32 {
  return x != x ? y : y != y ? x : max<f32>(x, y);
}

@inline
export function fmax_f32x4(x: v128, y: v128): v128 {
  const kept = v128.bitselect(f32x4.max(x, y), x, f32x4.eq(y, y));
  return v128.bitselect(kept, y, f32x4.eq(x, x));
}

@inline
export function fmin_f64(x: f64, y: f64): f64 {
  return x != x ? y : y != y ? x : min<f64>(x, y);
}

@inline
export function fmin_f64x2(x: v128, y: v128): v128 {
  const kept = v128.bitselect(f64x2.min(x, y), x, f64x2.eq(y, y));
  return v128.bitselect(kept, y, f64x2.eq(x, x));
}

@inline
export function fmin_f32(x: f32, y: f32): f32 {
  return x != x ? y : y != y ? x : min<f32>(x, y);
}

@inline
export function fmin_f32x4(x: v128, y: v128): v128 {
  const kept = v128.bitselect(f32x4.min(x, y), x, f32x4.eq(y, y));
  return v128.bitselect(kept, y, f32x4.eq(x, x));
}
