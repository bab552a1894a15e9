/** Powers, roots and the Euclidean norm of two numbers. */
import { packF32, packF64 } from './lanes';

export function pow_f64(x: f64, y: f64): f64 {
  // The library's own power answers NaN for 1 ** NaN and (+-1) ** inf, as JavaScript does and C does not.
  if (x == 1.0 || (x == -1.0 && abs<f64>(y) == Infinity)) return 1.0;
  return NativeMath.pow(x, y);
}

export function pow_f32(x: f32, y: f32): f32 {
  return pow_f64(x as f64, y as f64) as f32;
}

export function pow_f64x2(x: v128, y: v128): v128 {
  return packF64(
    pow_f64(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0)),
    pow_f64(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)),
  );
}

export function pow_f32x4(x: v128, y: v128): v128 {
  return packF32(
    pow_f32(f32x4.extract_lane(x, 0), f32x4.extract_lane(y, 0)),
    pow_f32(f32x4.extract_lane(x, 1), f32x4.extract_lane(y, 1)),
    pow_f32(f32x4.extract_lane(x, 2), f32x4.extract_lane(y, 2)),
    pow_f32(f32x4.extract_lane(x, 3), f32x4.extract_lane(y, 3)),
  );
}

export function cbrt_f64(x: f64): f64 {
  return NativeMath.cbrt(x);
}

export function cbrt_f32(x: f32): f32 {
  return cbrt_f64(x as f64) as f32;
}

export function cbrt_f64x2(x: v128): v128 {
  return packF64(cbrt_f64(f64x2.extract_lane(x, 0)), cbrt_f64(f64x2.extract_lane(x, 1)));
}

export function cbrt_f32x4(x: v128): v128 {
  return packF32(
    cbrt_f32(f32x4.extract_lane(x, 0)),
    cbrt_f32(f32x4.extract_lane(x, 1)),
    cbrt_f32(f32x4.extract_lane(x, 2)),
    cbrt_f32(f32x4.extract_lane(x, 3)),
  );
}

export function hypot_f64(x: f64, y: f64): f64 {
  return NativeMath.hypot(x, y);
}

export function hypot_f32(x: f32, y: f32): f32 {
  return hypot_f64(x as f64, y as f64) as f32;
}

export function hypot_f64x2(x: v128, y: v128): v128 {
  return packF64(
    hypot_f64(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0)),
    hypot_f64(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)),
  );
}

export function hypot_f32x4(x: v128, y: v128): v128 {
  return packF32(
    hypot_f32(f32x4.extract_lane(x, 0), f32x4.extract_lane(y, 0)),
    hypot_f32(f32x4.extract_lane(x, 1), f32x4.extract_lane(y, 1)),
    hypot_f32(f32x4.extract_lane(x, 2), f32x4.extract_lane(y, 2)),
    hypot_f32(f32x4.extract_lane(x, 3), f32x4.extract_lane(y, 3)),
  );
}

@inline
export function sqrt_f64(x: f64): f64 {
  return sqrt(x);
}

@inline
export function sqrt_f32(x: f32): f32 {
  return sqrt(x);
}

@inline
export function sqrt_f64x2(x: v128): v128 {
  return f64x2.sqrt(x);
}

@inline
export function sqrt_f32x4(x: v128): v128 {
  return f32x4.sqrt(x);
}

@inline
export function reciprocal_f64(x: f64): f64 {
  return 1 / x;
}

@inline
export function reciprocal_f32(x: f32): f32 {
  return 1 / x;
}

@inline
export function reciprocal_f64x2(x: v128): v128 {
  return f64x2.div(f64x2.splat(1), x);
}

@inline
export function reciprocal_f32x4(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), x);
}

@inline
export function square_f64(x: f64): f64 {
  return x * x;
}

@inline
export function square_f32(x: f32): f32 {
  return x * x;
}

@inline
export function square_f64x2(x: v128): v128 {
  return f64x2.mul(x, x);
}

@inline
export function square_f32x4(x: v128): v128 {
  return f32x4.mul(x, x);
}

/**
 * Integer power by squaring, wrapping as the type does. A negative exponent gives the truncated quotient, as PyTorch
 * does: 0 except for bases 1 and -1.
 */
export function ipow<T>(base: T, exponent: T): T {
  if (isSigned<T>()) {
    if (exponent < 0) {
      if (base == 1) return 1 as T;
      if (base == -1) return (exponent & 1 ? -1 : 1) as T;
      return 0 as T;
    }
  }
  let result = 1 as T;
  let square = base;
  let remaining = exponent;
  while (remaining != 0) {
    if (remaining & 1) result = (result * square) as T;
    square = (square * square) as T;
    remaining = (remaining >> 1) as T;
  }
  return result;
}
