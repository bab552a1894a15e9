// Exponentials, logarithms and the hyperbolic functions made of them.

// exp(r) - 1 - r for |r| < 0.36: its odd and its even part.
fn flambeau_expSeries(r: f32) -> vec2f {
  let z = r * r;
  let odd = 0.16666667 + z * (0.008333287 + z * 0.0001990595);
  let even = 0.5 + z * (0.041666254 + z * 0.0013947121);
  return vec2f(r * z * odd, z * even);
}

// x + tail = n * log(2) + r: (r, the series of r, n).
fn flambeau_expParts(x: f32, tail: f32) -> vec4f {
  let n = round(x * 1.442695);
  // log(2) in two parts; n times the first is exact, and so is the difference.
  let r = flambeau_hold(x - flambeau_hold(n * 0.693359375)) + (n * 0.00021219444 + tail);
  return vec4f(r, flambeau_expSeries(r), n);
}

fn flambeau_exp(x: f32) -> f32 {
  let p = flambeau_expParts(clamp(x, -104.0, 104.0), 0.0);
  return select(flambeau_scale(1.0 + (p.x + (p.y + p.z)), i32(p.w)), x, flambeau_isnan(x));
}

fn flambeau_exp2(x: f32) -> f32 {
  let bounded = clamp(x, -150.0, 150.0);
  let n = round(bounded);
  let r = (bounded - n) * 0.6931472;
  let p = flambeau_expSeries(r);
  return select(flambeau_scale(1.0 + (r + (p.x + p.y)), i32(n)), x, flambeau_isnan(x));
}

fn flambeau_expm1(x: f32) -> f32 {
  let p = flambeau_expParts(clamp(x, -20.0, 89.0), 0.0);
  let half = flambeau_powerOfTwo(i32(p.w) - 1);
  let value = 2.0 * ((half - 0.5) + half * (p.x + (p.y + p.z)));
  // Halves of the smallest would vanish.
  return select(flambeau_copysign(value, x), x, flambeau_isnan(x) || abs(x) < 2e-8);
}

// exp(|x|) / 8 and exp(-|x|) / 8 are 2^n / 8 and 2^-n / 8 times 1 plus or minus an odd and an even part.
fn flambeau_sinh(x: f32) -> f32 {
  let p = flambeau_expParts(min(abs(x), 90.0), 0.0);
  let a = flambeau_powerOfTwo(i32(p.w) - 3);
  let b = flambeau_powerOfTwo(-i32(p.w) - 3);
  let value = 4.0 * ((a - b) + flambeau_hold((a + b) * (p.x + p.y) + (a - b) * p.z));
  return select(flambeau_copysign(value, x), x, flambeau_isnan(x) || abs(x) < 2e-8);
}

fn flambeau_cosh(x: f32) -> f32 {
  let p = flambeau_expParts(min(abs(x), 90.0), 0.0);
  let a = flambeau_powerOfTwo(i32(p.w) - 3);
  let b = flambeau_powerOfTwo(-i32(p.w) - 3);
  let value = 4.0 * ((a + b) + flambeau_hold((a - b) * (p.x + p.y) + (a + b) * p.z));
  return select(value, x, flambeau_isnan(x));
}

fn flambeau_tanh(x: f32) -> f32 {
  let z = x * x;
  let small = x + x * z * (-0.3333328 + z * (0.13331406 + z * (-0.05373685 + z * (0.020630533 + z * -0.005696288))));
  // 1 - 2 / (exp(2 |x|) + 1)
  let e = flambeau_exp(min(2.0 * abs(x), 20.0));
  let sum = flambeau_hold(e + 1.0);
  let large = 1.0 - flambeau_quotient(2.0, 0.0, sum, 1.0 - flambeau_hold(sum - e));
  return select(flambeau_copysign(select(large, small, abs(x) < 0.625), x), x, flambeau_isnan(x));
}

fn flambeau_sigmoid(x: f32) -> f32 {
  // With exp(-|x|) = 2^n e: e / (1 + 2^n e) times 2^n below 0, 1 / (1 + 2^n e) above.
  let p = flambeau_expParts(max(-abs(x), -104.0), 0.0);
  let e = 1.0 + (p.x + (p.y + p.z));
  let scaled = flambeau_scale(e, i32(p.w));
  let sum = flambeau_hold(1.0 + scaled);
  let below = x < 0.0;
  let q = flambeau_quotient(select(1.0, e, below), 0.0, sum, scaled - flambeau_hold(sum - 1.0));
  return select(flambeau_scale(q, select(0, i32(p.w), below)), x, flambeau_isnan(x));
}

// u + c = 2^k (1 + f) with 1 + f near 1: (f, log(1 + f) - f, k) for normal u.
fn flambeau_logParts(u: f32, c: f32) -> vec3f {
  let bits = bitcast<i32>(u) - 0x3f3504f3;
  let k = bits >> 23u;
  let f = flambeau_hold(bitcast<f32>((bits & 0x7fffff) + 0x3f3504f3) - 1.0) + c * flambeau_powerOfTwo(-k);
  let z = f * f;
  let low = 0.3333333 + f * -0.25000823 + z * (0.20001227 + f * -0.16623351);
  let high = 0.14201754 + f * -0.13160236 + z * (0.12761638 + f * -0.076344326);
  return vec3f(f, z * f * (low + z * z * high) - 0.5 * z, f32(k));
}

// What logarithms are at 0, below it, at infinity and at NaN.
fn flambeau_logEdges(x: f32, value: f32) -> f32 {
  let bits = bitcast<u32>(x);
  let edge = select(select(flambeau_nan(), flambeau_infinity(), bits == 0x7f800000u), -flambeau_infinity(),
    (bits & 0x7fffffffu) < 0x00800000u);
  return select(value, edge, bits - 0x00800000u >= 0x7f000000u);
}

// log(u + c) for a small correction c.
fn flambeau_logSum(u: f32, c: f32) -> f32 {
  let p = flambeau_logParts(u, c);
  return flambeau_logEdges(u, p.z * 0.693359375 + flambeau_hold(p.x + (p.y - p.z * 0.00021219444)));
}

fn flambeau_log(x: f32) -> f32 {
  return flambeau_logSum(x, 0.0);
}

fn flambeau_log2(x: f32) -> f32 {
  let p = flambeau_logParts(x, 0.0);
  return flambeau_logEdges(x, p.z + (p.x + (p.x * 0.44269504 + p.y * 1.442695)));
}

fn flambeau_log10(x: f32) -> f32 {
  let p = flambeau_logParts(x, 0.0);
  // log10(2) and log10(e) in two parts each; the products with the first are exact.
  let head = flambeau_head(p.x);
  let tail = (p.x - head + p.y) * 0.43429448 + (p.z * 0.000004605039 - head * 0.000031689972);
  return flambeau_logEdges(x, p.z * 0.30102539 + flambeau_hold(head * 0.43432617 + tail));
}

fn flambeau_log1p(x: f32) -> f32 {
  let u = flambeau_hold(1.0 + x);
  return flambeau_copysignUnlessNan(flambeau_logSum(u, x - flambeau_hold(u - 1.0)), x);
}

fn flambeau_copysignUnlessNan(value: f32, x: f32) -> f32 {
  return select(flambeau_copysign(value, x), value, flambeau_isnan(value));
}

// log(1 + w), which is log(2 size) for large sizes.
fn flambeau_area(w: f32, size: f32) -> f32 {
  let far = size > 4096.0;
  let u = flambeau_hold(select(1.0 + w, size, far));
  return flambeau_logSum(u, select(w - flambeau_hold(u - 1.0), 0.0, far)) + select(0.0, 0.6931472, far);
}

fn flambeau_asinh(x: f32) -> f32 {
  let a = abs(x);
  let z = a * a;
  return flambeau_copysignUnlessNan(flambeau_area(a + flambeau_quotient(z, 0.0, 1.0 + flambeau_sqrt(1.0 + z), 0.0), a), x);
}

fn flambeau_acosh(x: f32) -> f32 {
  let t = x - 1.0;
  return select(flambeau_area(t + flambeau_sqrt(t * (t + 2.0)), x), flambeau_nan(), flambeau_signbit(t) || flambeau_isnan(x));
}

fn flambeau_atanh(x: f32) -> f32 {
  let a = abs(x);
  return flambeau_copysignUnlessNan(0.5 * (flambeau_log1p(a) - flambeau_log1p(-a)), x);
}

fn flambeau_logaddexp(x: f32, y: f32) -> f32 {
  let value = flambeau_maximum(x, y) + flambeau_log1p(flambeau_exp(-abs(x - y)));
  return select(value, x + 0.6931472, x == y && flambeau_ordered(x, y));
}
