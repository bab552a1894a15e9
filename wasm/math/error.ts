/** The error function and its complement. The coefficients are the published ones of the classical rational fits. */
import { exp_f64, expLanes_f32x4 } from './exponential';
import { expMedium } from './kernels';
import { narrow, packF64, widenHigh, widenLow } from './lanes';

/** (erf(x) - x) / x for |x| < 0.84375, from the square of x. */
function erfSmall(z: f64): f64 {
  const numerator = 1.28379167095512558561e-1 + z * (-3.25042107247001499370e-1 + z * (-2.84817495755985104766e-2
    + z * (-5.77027029648944159157e-3 + z * -2.37630166566501626084e-5)));
  const denominator = 1.0 + z * (3.97917223959155352819e-1 + z * (6.50222499887672944485e-2
    + z * (5.08130628187576562776e-3 + z * (1.32494738004321644526e-4 + z * -3.96022827877536812320e-6))));
  return numerator / denominator;
}

/** erf(1) rounded to single precision; the fit near one adds the rest. */
const ERF_ONE: f64 = 8.45062911510467529297e-1;

/** erf(x) - ERF_ONE for 0.84375 <= x < 1.25, from x - 1. */
function erfMiddle(s: f64): f64 {
  const numerator = -2.36211856075265944077e-3 + s * (4.14856118683748331666e-1 + s * (-3.72207876035701323847e-1
    + s * (3.18346619901161753674e-1 + s * (-1.10894694282396677476e-1 + s * (3.54783043256182359371e-2
    + s * -2.16637559486879084300e-3)))));
  const denominator = 1.0 + s * (1.06420880400844228286e-1 + s * (5.40397917702171048937e-1
    + s * (7.18286544141962662868e-2 + s * (1.26171219808761642112e-1 + s * (1.36370839120290507362e-2
    + s * 1.19844998467991074170e-2)))));
  return numerator / denominator;
}

/** erfc(x) for 1.25 <= x < 28. */
function erfcLarge(x: f64): f64 {
  const s = 1.0 / (x * x);
  let numerator: f64;
  let denominator: f64;
  if (x < 2.857142857142857) {
    numerator = -9.86494403484714822705e-3 + s * (-6.93858572707181764372e-1 + s * (-1.05586262253232909814e1
      + s * (-6.23753324503260060396e1 + s * (-1.62396669462573470355e2 + s * (-1.84605092906711035994e2
      + s * (-8.12874355063065934246e1 + s * -9.81432934416914548592))))));
    denominator = 1.0 + s * (1.96512716674392571292e1 + s * (1.37657754143519042600e2 + s * (4.34565877475229228821e2
      + s * (6.45387271733267880336e2 + s * (4.29008140027567833386e2 + s * (1.08635005541779435134e2
      + s * (6.57024977031928170135 + s * -6.04244152148580987438e-2)))))));
  } else {
    numerator = -9.86494292470009928597e-3 + s * (-7.99283237680523006574e-1 + s * (-1.77579549177547519889e1
      + s * (-1.60636384855821916062e2 + s * (-6.37566443368389627722e2 + s * (-1.02509513161107724954e3
      + s * -4.83519191608651397019e2)))));
    denominator = 1.0 + s * (3.03380607434824582924e1 + s * (3.25792512996573918826e2 + s * (1.53672958608443695994e3
      + s * (3.19985821950859553908e3 + s * (2.55305040643316442583e3 + s * (4.74528541206955367215e2
      + s * -2.24409524465858183362e1))))));
  }
  // exp(-x * x) keeps its accuracy when x is split so that the square of the head is exact.
  const head = reinterpret<f64>(reinterpret<u64>(x) & 0xFFFFFFFF00000000);
  return exp_f64(-head * head - 0.5625) * exp_f64((head - x) * (head + x) + numerator / denominator) / x;
}

export function erf_f64(x: f64): f64 {
  const a = abs<f64>(x);
  if (a < 0.84375) return x + x * erfSmall(x * x);
  let result: f64;
  if (a < 1.25) result = ERF_ONE + erfMiddle(a - 1.0);
  else if (a < 6.0) result = 1.0 - erfcLarge(a);
  else if (a != a) return x;
  else result = 1.0;
  return copysign<f64>(result, x);
}

export function erfc_f64(x: f64): f64 {
  const a = abs<f64>(x);
  if (a < 0.84375) {
    const tail = x * erfSmall(x * x);
    return x < 0.25 ? 1.0 - (x + tail) : 0.5 - (x - 0.5 + tail);
  }
  if (a < 1.25) {
    const rest = erfMiddle(a - 1.0);
    return x >= 0 ? 1.0 - ERF_ONE - rest : 1.0 + (ERF_ONE + rest);
  }
  if (x != x) return x;
  if (x < -6.0) return 2.0;
  if (x >= 28.0) return 0.0;
  const complement = erfcLarge(a);
  return x >= 0 ? complement : 2.0 - complement;
}

export function erf_f64x2(x: v128): v128 {
  return packF64(erf_f64(f64x2.extract_lane(x, 0)), erf_f64(f64x2.extract_lane(x, 1)));
}

export function erf_f32x4(x: v128): v128 {
  const z = f32x4.mul(x, x);
  const fourth = f32x4.mul(z, z);
  const p0 = f32x4.add(f32x4.mul(z, f32x4.splat(-0.3761262893676758)), f32x4.splat(0.12837916612625122));
  const p2 = f32x4.add(f32x4.mul(z, f32x4.splat(-0.026855725795030594)), f32x4.splat(0.11283625662326813));
  const p4 = f32x4.add(f32x4.mul(z, f32x4.splat(-0.0008049074676819146)), f32x4.splat(0.0051923696883022785));
  const pLow = f32x4.add(p0, f32x4.mul(fourth, p2));
  const pHigh = f32x4.add(p4, f32x4.mul(fourth, f32x4.splat(7.992351311258972e-05)));
  const p = f32x4.add(pLow, f32x4.mul(f32x4.mul(fourth, fourth), pHigh));
  const small = f32x4.add(x, f32x4.mul(x, p));
  // Further out 1 - exp(-q), where q = -log(erfc) is smooth; from 3.95 on the result is 1.
  const a = f32x4.abs(x);
  const bounded = f32x4.pmin(a, f32x4.splat(3.95));
  const square = f32x4.mul(bounded, bounded);
  const q0 = f32x4.add(f32x4.mul(bounded, f32x4.splat(1.1276637315750122)), f32x4.splat(0.00019856660219375044));
  const q2 = f32x4.add(f32x4.mul(bounded, f32x4.splat(0.10391431301832199)), f32x4.splat(0.6372021436691284));
  const q4 = f32x4.add(f32x4.mul(bounded, f32x4.splat(0.003041202202439308)), f32x4.splat(-0.02221871353685856));
  const qLow = f32x4.add(q0, f32x4.mul(square, q2));
  const qHigh = f32x4.add(q4, f32x4.mul(square, f32x4.splat(-0.00019573776808101684)));
  const q = f32x4.add(qLow, f32x4.mul(f32x4.mul(square, square), qHigh));
  const large = f32x4.sub(f32x4.splat(1.0), expLanes_f32x4(f32x4.neg(q), true));
  const result = v128.bitselect(small, large, f32x4.lt(a, f32x4.splat(0.921875)));
  return v128.bitselect(x, result, f32x4.splat(-0.0));
}

export function erf_f32(x: f32): f32 {
  return f32x4.extract_lane(erf_f32x4(f32x4.splat(x)), 0);
}

export function erfc_f64x2(x: v128): v128 {
  return packF64(erfc_f64(f64x2.extract_lane(x, 0)), erfc_f64(f64x2.extract_lane(x, 1)));
}

/** erfc(|x|) = exp(-x^2) * series in (|x| - 3) / (|x| + 3), reflected for negative x; below 2^-150 from 10.1 on. */
@inline
function erfcPair(x: v128): v128 {
  const a = f64x2.pmin(f64x2.abs(x), f64x2.splat(10.1));
  const three = f64x2.splat(3.0);
  const t = f64x2.div(f64x2.sub(a, three), f64x2.add(a, three));
  let p = f64x2.splat(-6.682563037388399e-06);
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-9.514011279313294e-06));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(6.397505464391738e-05));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(4.3243722612316303e-05));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.0005973112103515204));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.0007083275971065326));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.004269219975010363));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.024392583349055596));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.07166582827773738));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.15011593109183538));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.2456038019762909));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.32623356014462235));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.179001151180776));
  const right = f64x2.mul(p, expMedium(f64x2.neg(f64x2.mul(a, a))));
  return v128.bitselect(f64x2.sub(f64x2.splat(2.0), right), right, f64x2.lt(x, f64x2.splat(0.0)));
}

export function erfc_f32x4(x: v128): v128 {
  return narrow(erfcPair(widenLow(x)), erfcPair(widenHigh(x)));
}

export function erfc_f32(x: f32): f32 {
  return f32x4.extract_lane(erfc_f32x4(f32x4.splat(x)), 0);
}
