/** Hyperbolic functions and their inverses. */
import { exp_f64, exp_f64x2, expLanes_f32x4 } from './exponential';
import { expMedium, expm1Medium, log1pMedium } from './kernels';
import { narrow, packF64, widenHigh, widenLow } from './lanes';

/** The magnitude of the result with the sign of the argument; arguments that are infinite or NaN stay as they are. */
@inline
function oddInfinite(x: v128, result: v128): v128 {
  const signed = v128.bitselect(x, result, f32x4.splat(-0.0));
  return v128.bitselect(signed, x, f32x4.lt(f32x4.abs(x), f32x4.splat(Infinity)));
}

/** exp(a) / 2 for a >= 0, whole where exp alone would overflow. */
@inline
function halfExp(a: f64): f64 {
  if (a < 709.0) return 0.5 * exp_f64(a);
  const root = exp_f64(0.5 * a);
  return 0.5 * root * root;
}

export function sinh_f64(x: f64): f64 {
  const a = abs<f64>(x);
  if (a < 1.0) {
    const z = x * x;
    let p = 7.775818704896694e-13;
    p = p * z + 1.6056684385387013e-10;
    p = p * z + 2.5052130694118116e-08;
    p = p * z + 2.7557319108445317e-06;
    p = p * z + 0.00019841269841589245;
    p = p * z + 0.008333333333332915;
    p = p * z + 0.16666666666666669;
    return x == 0.0 ? x : x + x * z * p;
  }
  const half = halfExp(a);
  return copysign<f64>(half - 0.25 / half, x);
}

export function sinh_f64x2(x: v128): v128 {
  return packF64(sinh_f64(f64x2.extract_lane(x, 0)), sinh_f64(f64x2.extract_lane(x, 1)));
}

@inline
function sinhPair(x: v128): v128 {
  const t = expm1Medium(f64x2.abs(x));
  const sum = f64x2.add(t, f64x2.div(t, f64x2.add(t, f64x2.splat(1.0))));
  return f64x2.mul(sum, f64x2.splat(0.5));
}

export function sinh_f32x4(x: v128): v128 {
  const result = narrow(sinhPair(widenLow(x)), sinhPair(widenHigh(x)));
  return v128.bitselect(x, result, f32x4.splat(-0.0));
}

export function sinh_f32(x: f32): f32 {
  return f32x4.extract_lane(sinh_f32x4(f32x4.splat(x)), 0);
}

export function cosh_f64(x: f64): f64 {
  const half = halfExp(abs<f64>(x));
  return half + 0.25 / half;
}

export function cosh_f64x2(x: v128): v128 {
  return packF64(cosh_f64(f64x2.extract_lane(x, 0)), cosh_f64(f64x2.extract_lane(x, 1)));
}

@inline
function coshPair(x: v128): v128 {
  const e = f64x2.mul(expMedium(f64x2.abs(x)), f64x2.splat(0.5));
  return f64x2.add(e, f64x2.div(f64x2.splat(0.25), e));
}

export function cosh_f32x4(x: v128): v128 {
  return narrow(coshPair(widenLow(x)), coshPair(widenHigh(x)));
}

export function cosh_f32(x: f32): f32 {
  return f32x4.extract_lane(cosh_f32x4(f32x4.splat(x)), 0);
}

/** Where 1 - 2 / (exp(2 a) + 1) takes over from the polynomial. */
const TANH_SPLIT = 0.625;

export function tanh_f64(x: f64): f64 {
  return f64x2.extract_lane(tanh_f64x2(f64x2.splat(x)), 0);
}

export function tanh_f64x2(x: v128): v128 {
  const a = f64x2.abs(x);
  const isSmall = f64x2.lt(a, f64x2.splat(TANH_SPLIT));
  const z = f64x2.mul(x, x);
  let p = f64x2.splat(-2.1102281140413562e-06);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.139284012295381e-05));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-3.618443251603389e-05));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(9.546973059387379e-05));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.0002386553916531462));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.0005899173646211109));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.0014558162811245388));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.0035921259587752973));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.00886323536840312));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.021869488528075003));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.053968253968015245));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.13333333333332978));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.3333333333333333));
  const small = f64x2.add(x, f64x2.mul(f64x2.mul(p, z), x));
  if (i64x2.all_true(isSmall)) return v128.bitselect(x, small, f64x2.splat(-0.0));
  const one = f64x2.splat(1.0);
  const e = exp_f64x2(f64x2.add(a, a));
  const large = f64x2.sub(one, f64x2.div(f64x2.splat(2.0), f64x2.add(e, one)));
  return v128.bitselect(x, v128.bitselect(small, large, isSmall), f64x2.splat(-0.0));
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
  // The others: 1 - 2 / (exp(2 a) + 1), which rounds to 1 from a = 9.01 on.
  const one = f32x4.splat(1.0);
  const e = expLanes_f32x4(f32x4.pmin(f32x4.add(a, a), f32x4.splat(20.0)), true);
  const large = f32x4.sub(one, f32x4.div(f32x4.splat(2.0), f32x4.add(e, one)));
  const result = v128.bitselect(small, large, f32x4.lt(a, f32x4.splat(TANH_SPLIT as f32)));
  return v128.bitselect(x, result, f32x4.splat(-0.0));
}

export function tanh_f32(x: f32): f32 {
  return f32x4.extract_lane(tanh_f32x4(f32x4.splat(x)), 0);
}

export function asinh_f64(x: f64): f64 {
  return NativeMath.asinh(x);
}

export function asinh_f64x2(x: v128): v128 {
  return packF64(asinh_f64(f64x2.extract_lane(x, 0)), asinh_f64(f64x2.extract_lane(x, 1)));
}

@inline
function asinhPair(x: v128): v128 {
  const a = f64x2.abs(x);
  const square = f64x2.mul(a, a);
  const one = f64x2.splat(1.0);
  const root = f64x2.sqrt(f64x2.add(square, one));
  return log1pMedium(f64x2.add(a, f64x2.div(square, f64x2.add(root, one))));
}

export function asinh_f32x4(x: v128): v128 {
  const result = narrow(asinhPair(widenLow(x)), asinhPair(widenHigh(x)));
  return oddInfinite(x, result);
}

export function asinh_f32(x: f32): f32 {
  return f32x4.extract_lane(asinh_f32x4(f32x4.splat(x)), 0);
}

export function acosh_f64(x: f64): f64 {
  return NativeMath.acosh(x);
}

export function acosh_f64x2(x: v128): v128 {
  return packF64(acosh_f64(f64x2.extract_lane(x, 0)), acosh_f64(f64x2.extract_lane(x, 1)));
}

@inline
function acoshPair(x: v128): v128 {
  const t = f64x2.sub(x, f64x2.splat(1.0));
  return log1pMedium(f64x2.add(t, f64x2.sqrt(f64x2.mul(t, f64x2.add(t, f64x2.splat(2.0))))));
}

export function acosh_f32x4(x: v128): v128 {
  const result = narrow(acoshPair(widenLow(x)), acoshPair(widenHigh(x)));
  const within = v128.bitselect(result, x, f32x4.lt(x, f32x4.splat(Infinity)));
  return v128.bitselect(within, f32x4.splat(NaN), f32x4.ge(x, f32x4.splat(1.0)));
}

export function acosh_f32(x: f32): f32 {
  return f32x4.extract_lane(acosh_f32x4(f32x4.splat(x)), 0);
}

export function atanh_f64(x: f64): f64 {
  return NativeMath.atanh(x);
}

export function atanh_f64x2(x: v128): v128 {
  return packF64(atanh_f64(f64x2.extract_lane(x, 0)), atanh_f64(f64x2.extract_lane(x, 1)));
}

@inline
function atanhPair(x: v128): v128 {
  const a = f64x2.abs(x);
  const ratio = f64x2.div(f64x2.add(a, a), f64x2.sub(f64x2.splat(1.0), a));
  return f64x2.mul(log1pMedium(ratio), f64x2.splat(0.5));
}

export function atanh_f32x4(x: v128): v128 {
  const result = narrow(atanhPair(widenLow(x)), atanhPair(widenHigh(x)));
  const a = f32x4.abs(x);
  const one = f32x4.splat(1.0);
  // 1 gives infinity, and beyond it NaN.
  const edge = v128.bitselect(f32x4.splat(Infinity), f32x4.splat(NaN), f32x4.eq(a, one));
  return v128.bitselect(x, v128.bitselect(result, edge, f32x4.lt(a, one)), f32x4.splat(-0.0));
}

export function atanh_f32(x: f32): f32 {
  return f32x4.extract_lane(atanh_f32x4(f32x4.splat(x)), 0);
}
