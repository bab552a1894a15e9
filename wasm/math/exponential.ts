/** Exponentials. */
import { packF32, packF64 } from './lanes';
import { log1p_f64 } from './logarithm';

export function exp_f64(x: f64): f64 {
  return NativeMath.exp(x);
}

export function exp_f32(x: f32): f32 {
  return exp_f64(x as f64) as f32;
}

export function exp_f64x2(x: v128): v128 {
  return packF64(exp_f64(f64x2.extract_lane(x, 0)), exp_f64(f64x2.extract_lane(x, 1)));
}

export function exp_f32x4(x: v128): v128 {
  return packF32(
    exp_f32(f32x4.extract_lane(x, 0)),
    exp_f32(f32x4.extract_lane(x, 1)),
    exp_f32(f32x4.extract_lane(x, 2)),
    exp_f32(f32x4.extract_lane(x, 3)),
  );
}

export function exp2_f64(x: f64): f64 {
  return NativeMath.exp2(x);
}

export function exp2_f32(x: f32): f32 {
  return exp2_f64(x as f64) as f32;
}

export function exp2_f64x2(x: v128): v128 {
  return packF64(exp2_f64(f64x2.extract_lane(x, 0)), exp2_f64(f64x2.extract_lane(x, 1)));
}

export function exp2_f32x4(x: v128): v128 {
  return packF32(
    exp2_f32(f32x4.extract_lane(x, 0)),
    exp2_f32(f32x4.extract_lane(x, 1)),
    exp2_f32(f32x4.extract_lane(x, 2)),
    exp2_f32(f32x4.extract_lane(x, 3)),
  );
}

export function expm1_f64(x: f64): f64 {
  return NativeMath.expm1(x);
}

export function expm1_f32(x: f32): f32 {
  return expm1_f64(x as f64) as f32;
}

export function expm1_f64x2(x: v128): v128 {
  return packF64(expm1_f64(f64x2.extract_lane(x, 0)), expm1_f64(f64x2.extract_lane(x, 1)));
}

export function expm1_f32x4(x: v128): v128 {
  return packF32(
    expm1_f32(f32x4.extract_lane(x, 0)),
    expm1_f32(f32x4.extract_lane(x, 1)),
    expm1_f32(f32x4.extract_lane(x, 2)),
    expm1_f32(f32x4.extract_lane(x, 3)),
  );
}

/** 1 / (1 + exp(-x)), as PyTorch computes it. */
export function sigmoid_f64(x: f64): f64 {
  return 1.0 / (1.0 + exp_f64(-x));
}

export function sigmoid_f32(x: f32): f32 {
  return (1.0 as f32) / ((1.0 as f32) + exp_f32(-x));
}

export function sigmoid_f64x2(x: v128): v128 {
  return packF64(sigmoid_f64(f64x2.extract_lane(x, 0)), sigmoid_f64(f64x2.extract_lane(x, 1)));
}

export function sigmoid_f32x4(x: v128): v128 {
  return packF32(
    sigmoid_f32(f32x4.extract_lane(x, 0)),
    sigmoid_f32(f32x4.extract_lane(x, 1)),
    sigmoid_f32(f32x4.extract_lane(x, 2)),
    sigmoid_f32(f32x4.extract_lane(x, 3)),
  );
}

/** log(exp(x) + exp(y)) by NumPy's rule, which keeps equal infinities. */
export function logaddexp_f64(x: f64, y: f64): f64 {
  if (x == y) return x + 0.693147180559945309417;
  const difference = x - y;
  if (difference > 0) return x + log1p_f64(exp_f64(-difference));
  if (difference <= 0) return y + log1p_f64(exp_f64(difference));
  return difference; // NaN
}

export function logaddexp_f32(x: f32, y: f32): f32 {
  return logaddexp_f64(x as f64, y as f64) as f32;
}

export function logaddexp_f64x2(x: v128, y: v128): v128 {
  return packF64(
    logaddexp_f64(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0)),
    logaddexp_f64(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)),
  );
}

export function logaddexp_f32x4(x: v128, y: v128): v128 {
  return packF32(
    logaddexp_f32(f32x4.extract_lane(x, 0), f32x4.extract_lane(y, 0)),
    logaddexp_f32(f32x4.extract_lane(x, 1), f32x4.extract_lane(y, 1)),
    logaddexp_f32(f32x4.extract_lane(x, 2), f32x4.extract_lane(y, 2)),
    logaddexp_f32(f32x4.extract_lane(x, 3), f32x4.extract_lane(y, 3)),
  );
}
