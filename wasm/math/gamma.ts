/** The logarithm of the gamma function and its derivative. */
import { packF32, packF64 } from './lanes';
import { log_f64 } from './logarithm';
import { sin_f64, cos_f64 } from './trigonometric';

const PI: f64 = 3.14159265358979323846;

/** sin(pi * x), exact at the integers and halves. */
function sinPi(x: f64): f64 {
  const nearest = nearestHalf(x);
  const r = (x - nearest) * PI;
  const quarter = (nearest * 2.0 - 4.0 * floor<f64>(nearest * 0.5)) as i32;
  if (quarter == 0) return sin_f64(r);
  if (quarter == 1) return cos_f64(r);
  if (quarter == 2) return -sin_f64(r);
  return -cos_f64(r);
}

@inline
function nearestHalf(x: f64): f64 {
  return nearest<f64>(x * 2.0) * 0.5;
}

/** lgamma(2 - y) for -0.27 <= y <= 0.27. */
function lgammaNearTwo(y: f64): f64 {
  const z = y * y;
  const even = 7.72156649015328655494e-2 + z * (6.73523010531292681824e-2 + z * (7.38555086081402883957e-3
    + z * (1.19270763183362067845e-3 + z * (2.20862790713908385557e-4 + z * 2.52144565451257326939e-5))));
  const odd = z * (3.22467033424113591611e-1 + z * (2.05808084325167332806e-2 + z * (2.89051383673415629091e-3
    + z * (5.10069792153511336608e-4 + z * (1.08011567247583939954e-4 + z * 4.48640949618915160150e-5)))));
  return y * even + odd - 0.5 * y;
}

/** lgamma(TC + y), TC the place of the minimum, for -0.23 <= y <= 0.27. */
const MINIMUM_PLACE: f64 = 1.46163214496836224576;
function lgammaNearMinimum(y: f64): f64 {
  const z = y * y;
  const w = z * y;
  const p1 = 4.83836122723810047042e-1 + w * (-3.27885410759859649565e-2 + w * (6.10053870246291332635e-3
    + w * (-1.40346469989232843813e-3 + w * 3.15632070903625950361e-4)));
  const p2 = -1.47587722994593911752e-1 + w * (1.79706750811820387126e-2 + w * (-3.68452016781138256760e-3
    + w * (8.81081882437654011382e-4 + w * -3.12754168375120860518e-4)));
  const p3 = 6.46249402391333854778e-2 + w * (-1.03142241298341437450e-2 + w * (2.25964780900612472250e-3
    + w * (-5.38595305356740546715e-4 + w * 3.35529192635519073543e-4)));
  const rest = z * p1 - (-3.63867699703950536541e-18 - w * (p2 + y * p3));
  return -1.21486290535849611461e-1 + rest;
}

/** lgamma(1 + y) for -0.1 <= y <= 0.2316. */
function lgammaNearOne(y: f64): f64 {
  const numerator = y * (-7.72156649015328655494e-2 + y * (6.32827064025093366517e-1 + y * (1.45492250137234768737
    + y * (9.77717527963372745603e-1 + y * (2.28963728064692451092e-1 + y * 1.33810918536787660377e-2)))));
  const denominator = 1.0 + y * (2.45597793713041134822 + y * (2.12848976379893395361 + y * (7.69285150456672783825e-1
    + y * (1.04222645593369134254e-1 + y * 3.21709242282423911810e-3))));
  return numerator / denominator - 0.5 * y;
}

/** lgamma(x) for x > 0. */
function lgammaPositive(x: f64): f64 {
  if (x == 1.0 || x == 2.0) return 0.0;
  if (x < 2.0) {
    // Below 0.9 the recurrence lgamma(x) = lgamma(x + 1) - log(x) moves x up.
    const base = x <= 0.9 ? -log_f64(x) : 0.0;
    const t = x <= 0.9 ? x : x - 1.0;
    if (t >= 0.7316) return base + lgammaNearTwo(1.0 - t);
    if (t >= 0.2316) return base + lgammaNearMinimum(t - (MINIMUM_PLACE - 1.0));
    return base + lgammaNearOne(t);
  }
  if (x < 8.0) {
    const whole = floor<f64>(x);
    const y = x - whole;
    const numerator = y * (-7.72156649015328655494e-2 + y * (2.14982415960608852501e-1 + y * (3.25778796408930981787e-1
      + y * (1.46350472652464452805e-1 + y * (2.66422703033638609560e-2 + y * (1.84028451407337715652e-3
      + y * 3.19475326584100867617e-5))))));
    const denominator = 1.0 + y * (1.39200533467621045958 + y * (7.21935547567138069525e-1
      + y * (1.71933865632803078993e-1 + y * (1.86459191715652901344e-2 + y * (7.77942496381893596434e-4
      + y * 7.32668430744625636189e-6)))));
    const result = 0.5 * y + numerator / denominator;
    if (whole < 3.0) return result;
    let product = 1.0;
    for (let i = 2.0; i < whole; i += 1.0) product *= y + i;
    return result + log_f64(product);
  }
  if (x < 2.8823037615171174e17) {
    const z = 1.0 / x;
    const y = z * z;
    const tail = 4.18938533204672725052e-1 + z * (8.33333333333329678849e-2 + y * (-2.77777777728775536470e-3
      + y * (7.93650558643019558500e-4 + y * (-5.95187557450339963135e-4 + y * (8.36339918996282139126e-4
      + y * -1.63092934096575273989e-3)))));
    return (x - 0.5) * (log_f64(x) - 1.0) + tail;
  }
  return x * (log_f64(x) - 1.0);
}

/** log(|gamma(x)|): +inf at the poles and at both infinities. */
export function lgamma_f64(x: f64): f64 {
  if (x != x) return x;
  const a = abs<f64>(x);
  if (a == Infinity) return Infinity;
  if (a == 0.0) return Infinity;
  if (a < 8.470329472543003e-22) return -log_f64(a);
  if (x > 0.0) return lgammaPositive(x);
  if (a == floor<f64>(a)) return Infinity;
  return log_f64(PI / abs<f64>(sinPi(a) * a)) - lgammaPositive(a);
}

/** The derivative of lgamma: -inf at +0, +inf at -0, NaN at the negative integers, as PyTorch has it. */
export function digamma_f64(x: f64): f64 {
  if (abs<f64>(x) < 1e-17) return -1.0 / x;
  let result = 0.0;
  let t = x;
  if (x < 0.0) {
    if (x == floor<f64>(x)) return NaN;
    // digamma(1 - x) - digamma(x) = pi / tan(pi * x), with the argument brought near zero first.
    const fraction = x - nearest<f64>(x);
    result = abs<f64>(fraction) == 0.5 ? 0.0 : -PI * cos_f64(PI * fraction) / sin_f64(PI * fraction);
    t = 1.0 - x;
  }
  // The recurrence digamma(t) = digamma(t + 1) - 1 / t, with the rounding errors of its sum collected apart.
  let lost = 0.0;
  while (t < 10.0) {
    const sum = result - 1.0 / t;
    lost += result - sum - 1.0 / t;
    result = sum;
    t += 1.0;
  }
  const z = 1.0 / (t * t);
  const series = z * (1.0 / 12.0 - z * (1.0 / 120.0 - z * (1.0 / 252.0 - z * (1.0 / 240.0 - z * (1.0 / 132.0
    - z * (691.0 / 32760.0 - z * (1.0 / 12.0)))))));
  // At infinity the series is zero and the logarithm infinite; NaN passes through both.
  return result + (log_f64(t) - 0.5 / t - series + lost);
}

export function lgamma_f32(x: f32): f32 {
  return lgamma_f64(x as f64) as f32;
}

export function lgamma_f64x2(x: v128): v128 {
  return packF64(lgamma_f64(f64x2.extract_lane(x, 0)), lgamma_f64(f64x2.extract_lane(x, 1)));
}

export function lgamma_f32x4(x: v128): v128 {
  return packF32(
    lgamma_f32(f32x4.extract_lane(x, 0)),
    lgamma_f32(f32x4.extract_lane(x, 1)),
    lgamma_f32(f32x4.extract_lane(x, 2)),
    lgamma_f32(f32x4.extract_lane(x, 3)),
  );
}

export function digamma_f32(x: f32): f32 {
  return digamma_f64(x as f64) as f32;
}

export function digamma_f64x2(x: v128): v128 {
  return packF64(digamma_f64(f64x2.extract_lane(x, 0)), digamma_f64(f64x2.extract_lane(x, 1)));
}

export function digamma_f32x4(x: v128): v128 {
  return packF32(
    digamma_f32(f32x4.extract_lane(x, 0)),
    digamma_f32(f32x4.extract_lane(x, 1)),
    digamma_f32(f32x4.extract_lane(x, 2)),
    digamma_f32(f32x4.extract_lane(x, 3)),
  );
}
