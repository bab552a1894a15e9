/** Hyperbolic functions and their inverses. */
import { packF32, packF64 } from './lanes';
import { expLanes_f32x4 } from './exponential';

export function sinh_f64(x: f64): f64 {
  return NativeMath.sinh(x);
}

export function sinh_f32(x: f32): f32 {
  return sinh_f64(x as f64) as f32;
}

export function sinh_f64x2(x: v128): v128 {
  return packF64(sinh_f64(f64x2.extract_lane(x, 0)), sinh_f64(f64x2.extract_lane(x, 1)));
}

export function sinh_f32x4(x: v128): v128 {
  return packF32(
    sinh_f32(f32x4.extract_lane(x, 0)),
    sinh_f32(f32x4.extract_lane(x, 1)),
    sinh_f32(f32x4.extract_lane(x, 2)),
    sinh_f32(f32x4.extract_lane(x, 3)),
  );
}

export function cosh_f64(x: f64): f64 {
  return NativeMath.cosh(x);
}

export function cosh_f32(x: f32): f32 {
  return cosh_f64(x as f64) as f32;
}

export function cosh_f64x2(x: v128): v128 {
  return packF64(cosh_f64(f64x2.extract_lane(x, 0)), cosh_f64(f64x2.extract_lane(x, 1)));
}

export function cosh_f32x4(x: v128): v128 {
  return packF32(
    cosh_f32(f32x4.extract_lane(x, 0)),
    cosh_f32(f32x4.extract_lane(x, 1)),
    cosh_f32(f32x4.extract_lane(x, 2)),
    cosh_f32(f32x4.extract_lane(x, 3)),
  );
}

export function tanh_f64(x: f64): f64 {
  return NativeMath.tanh(x);
}

export function tanh_f64x2(x: v128): v128 {
  return packF64(tanh_f64(f64x2.extract_lane(x, 0)), tanh_f64(f64x2.extract_lane(x, 1)));
}

export function asinh_f64(x: f64): f64 {
  return NativeMath.asinh(x);
}

export function asinh_f32(x: f32): f32 {
  return asinh_f64(x as f64) as f32;
}

export function asinh_f64x2(x: v128): v128 {
  return packF64(asinh_f64(f64x2.extract_lane(x, 0)), asinh_f64(f64x2.extract_lane(x, 1)));
}

export function asinh_f32x4(x: v128): v128 {
  return packF32(
    asinh_f32(f32x4.extract_lane(x, 0)),
    asinh_f32(f32x4.extract_lane(x, 1)),
    asinh_f32(f32x4.extract_lane(x, 2)),
    asinh_f32(f32x4.extract_lane(x, 3)),
  );
}

export function acosh_f64(x: f64): f64 {
  return NativeMath.acosh(x);
}

export function acosh_f32(x: f32): f32 {
  return acosh_f64(x as f64) as f32;
}

export function acosh_f64x2(x: v128): v128 {
  return packF64(acosh_f64(f64x2.extract_lane(x, 0)), acosh_f64(f64x2.extract_lane(x, 1)));
}

export function acosh_f32x4(x: v128): v128 {
  return packF32(
    acosh_f32(f32x4.extract_lane(x, 0)),
    acosh_f32(f32x4.extract_lane(x, 1)),
    acosh_f32(f32x4.extract_lane(x, 2)),
    acosh_f32(f32x4.extract_lane(x, 3)),
  );
}

export function atanh_f64(x: f64): f64 {
  return NativeMath.atanh(x);
}

export function atanh_f32(x: f32): f32 {
  return atanh_f64(x as f64) as f32;
}

export function atanh_f64x2(x: v128): v128 {
  return packF64(atanh_f64(f64x2.extract_lane(x, 0)), atanh_f64(f64x2.extract_lane(x, 1)));
}

export function atanh_f32x4(x: v128): v128 {
  return packF32(
    atanh_f32(f32x4.extract_lane(x, 0)),
    atanh_f32(f32x4.extract_lane(x, 1)),
    atanh_f32(f32x4.extract_lane(x, 2)),
    atanh_f32(f32x4.extract_lane(x, 3)),
  );
}

export function tanh_f32x4(x: v128): v128 {
  const a = f32x4.abs(x);
  // Small arguments: an odd polynomial.
  const z = f32x4.mul(x, x);
  let p = f32x4.splat(-0.005696287844330072);
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(0.02063053287565708));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-0.0537368506193161));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(0.13331405818462372));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-0.3333328068256378));
  const small = f32x4.add(x, f32x4.mul(f32x4.mul(p, z), x));
  // The others: 1 - 2 / (exp(2 a) + 1), which is 1 long before exp overflows.
  const one = f32x4.splat(1.0);
  const e = expLanes_f32x4(f32x4.add(a, a));
  const large = f32x4.sub(one, f32x4.div(f32x4.splat(2.0), f32x4.add(e, one)));
  const signed = v128.bitselect(x, large, f32x4.splat(-0.0));
  return v128.bitselect(small, signed, f32x4.lt(a, f32x4.splat(0.625)));
}

export function tanh_f32(x: f32): f32 {
  return f32x4.extract_lane(tanh_f32x4(f32x4.splat(x)), 0);
}
