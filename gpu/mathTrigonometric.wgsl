// Circular functions and their inverses.

// The bits of 2 / pi after 32 zeros.
const flambeau_twoOverPi = array<u32, 7>(0u, 0xa2f9836eu, 0x4e441529u, 0xfc2757d1u, 0xf534ddc0u, 0xdb629599u, 0x3c439041u);

// x - n pi / 2 for the nearest integer n: (remainder, what it rounds away, n modulo 4). For |x| <= 3200.
fn flambeau_reduceNear(x: f32) -> vec3f {
  // pi / 2 in parts of 13 bits, whose products with n are exact.
  let n = round(x * 0.63661975);
  let first = flambeau_hold(x - flambeau_hold(n * 1.57080078125));
  let second = flambeau_hold(n * -4.454516e-6f);
  let high = flambeau_hold(first - second);
  let third = flambeau_hold(n * 6.0765615e-11f);
  let r = flambeau_hold(high - third);
  let tail = flambeau_hold(flambeau_hold(first - high) - second) + (flambeau_hold(flambeau_hold(high - r) - third) - n * 5.390303e-15f);
  let sum = flambeau_hold(r + tail);
  return vec3f(sum, flambeau_hold(r - sum) + tail, n);
}

// The same after Payne and Hanek for any large x: the significand times the bits of 2 / pi that matter, modulo 4.
fn flambeau_reduceFar(x: f32) -> vec3f {
  let bits = bitcast<u32>(x);
  let size = bits & 0x7fffffffu;
  let start = (size >> 23u) - 128u;
  let word = start >> 5u;
  let shift = start & 31u;
  let w0 = flambeau_twoOverPi[word];
  let w1 = flambeau_twoOverPi[word + 1u];
  let w2 = flambeau_twoOverPi[word + 2u];
  let w3 = flambeau_twoOverPi[word + 3u];
  let back = 31u - shift;
  let m = (size << 8u) | 0x80000000u;
  let b1 = (w1 << shift) | ((w2 >> 1u) >> back);
  let carried = flambeau_mulHigh(m, (w2 << shift) | ((w3 >> 1u) >> back));
  let low = m * b1 + carried;
  let high = m * ((w0 << shift) | ((w1 >> 1u) >> back)) + flambeau_mulHigh(m, b1) + select(0u, 1u, low < carried);
  // Two bits of quadrant, then the fraction; from one half on it counts from the next quadrant.
  var fraction = (high << 2u) | (low >> 30u);
  let past = fraction >> 31u;
  fraction = fraction ^ (0u - past);
  let zeros = countLeadingZeros(fraction);
  let normal = (fraction << zeros) | ((((low << 2u) ^ (0u - past)) >> 1u) >> (31u - zeros));
  // Times pi / 2, and to floats with the upper 24 bits and the lower 8.
  let r = flambeau_mulHigh(normal, 0xc90fdaa2u);
  let unit = bitcast<f32>(((96u - zeros) << 23u) | ((bits ^ (past << 31u)) & 0x80000000u));
  let n = i32((high >> 30u) + past);
  return vec3f(f32(r & 0xffffff00u) * unit, f32(r & 255u) * unit, f32(select(n, -n, flambeau_signbit(x))));
}

fn flambeau_reduce(x: f32) -> vec3f {
  if (abs(x) > 3200.0) { return flambeau_reduceFar(x); }
  return flambeau_reduceNear(x);
}

// sin(r + tail) - r and 1 - cos(r + tail) for |r| <= pi / 4.
fn flambeau_circle(r: f32, tail: f32) -> vec2f {
  let z = r * r;
  let sine = r * z * (-0.16666655 + z * (0.00833219 + z * -0.00019518408)) + tail;
  let cosine = 0.5 * z - (z * z * (0.041666646 + z * (-0.001388731 + z * 0.000024432333)) - r * tail);
  return vec2f(sine, cosine);
}

// The sine of x and a number of quarter turns.
fn flambeau_sineOf(x: f32, turns: i32) -> f32 {
  let p = flambeau_reduce(x);
  let c = flambeau_circle(p.x, p.y);
  let n = i32(p.z) + turns;
  let value = select(p.x + c.x, 1.0 - c.y, (n & 1) == 1);
  return select(flambeau_nan(), bitcast<f32>(bitcast<u32>(value) ^ (u32(n & 2) << 30u)), flambeau_isfinite(x));
}

fn flambeau_sin(x: f32) -> f32 {
  return select(flambeau_sineOf(x, 0), x, !flambeau_truthy(x));
}

fn flambeau_cos(x: f32) -> f32 {
  return flambeau_sineOf(x, 1);
}

fn flambeau_tan(x: f32) -> f32 {
  let p = flambeau_reduce(x);
  let c = flambeau_circle(p.x, p.y);
  let sine = flambeau_hold(p.x + c.x);
  let sineTail = flambeau_hold(p.x - sine) + c.x;
  let cosine = flambeau_hold(1.0 - c.y);
  let cosineTail = flambeau_hold(1.0 - cosine) - c.y;
  // -1 / tan in odd quadrants.
  let odd = (i32(p.z) & 1) == 1;
  let value = flambeau_quotient(select(sine, -cosine, odd), select(sineTail, -cosineTail, odd),
    select(cosine, sine, odd), select(cosineTail, sineTail, odd));
  let small = (bitcast<u32>(x) & 0x7fffffffu) < 0x39000000u;
  return select(select(flambeau_nan(), value, flambeau_isfinite(x)), x, small);
}

// asin(s) - s for 0 <= s <= 1/2 and z its square.
fn flambeau_asinRest(s: f32, z: f32) -> f32 {
  return s * z * (0.16666754 + z * (0.074952416 + z * (0.045477096 + z * (0.024147626 + z * 0.042218518))));
}

// Above 1/2: asin(a) = pi / 2 - 2 asin(sqrt((1 - a) / 2)).
fn flambeau_asin(x: f32) -> f32 {
  let a = abs(x);
  let outer = a > 0.5;
  let z = select(a * a, 0.5 - 0.5 * a, outer);
  let s = select(a, flambeau_sqrt(z), outer);
  let rest = flambeau_asinRest(s, z);
  let value = select(s + rest, 1.5707964 - flambeau_hold(2.0 * s + (2.0 * rest + 4.371139e-8f)), outer);
  return select(flambeau_copysign(value, x), flambeau_nan(), !(a <= 1.0) || flambeau_isnan(x));
}

fn flambeau_acos(x: f32) -> f32 {
  let a = abs(x);
  let outer = a > 0.5;
  let z = select(a * a, 0.5 - 0.5 * a, outer);
  let s = select(x, flambeau_sqrt(z), outer);
  let rest = flambeau_asinRest(s, z);
  let far = select(2.0 * s + 2.0 * rest, 3.1415927 - flambeau_hold(2.0 * s + (2.0 * rest + 8.742278e-8f)), x < 0.0);
  let value = select(1.5707964 - flambeau_hold(s + (rest + 4.371139e-8f)), far, outer);
  return select(value, flambeau_nan(), !(a <= 1.0) || flambeau_isnan(x));
}

// The angle of (x, y) for sizes of x and y that are not both 0, on the right side or on the left.
fn flambeau_angle(y: f32, x: f32, left: bool) -> f32 {
  let steep = y > x;
  let t = flambeau_divide(select(y, x, steep), select(x, y, steep));
  let z = t * t;
  let rest = t * z * (-0.33333302 + z * (0.19998634 + z * (-0.14265239 + z * (0.109575674 + z * (-0.0841943 + z * (0.05823403
    + z * (-0.031455167 + z * (0.011064152 + z * -0.0018271481))))))));
  // From 0, pi / 2 or pi, each in two parts, up or down.
  let down = steep != left;
  let base = select(select(0.0, 3.1415927, left), 1.5707964, steep);
  let tail = select(select(0.0, 8.742278e-8f, left), 4.371139e-8f, steep);
  return base + flambeau_hold(select(t, -t, down) + (select(rest, -rest, down) - tail));
}

fn flambeau_atan(x: f32) -> f32 {
  return select(flambeau_copysign(flambeau_angle(min(abs(x), 1e30), 1.0, false), x), x, flambeau_isnan(x));
}

fn flambeau_atan2(y: f32, x: f32) -> f32 {
  let height = abs(y);
  let width = abs(x);
  // 0 / 0 counts as 0, and infinities as equal.
  let infinite = flambeau_isinf(y) && flambeau_isinf(x);
  let origin = max(height, width) == 0.0;
  let angle = flambeau_angle(select(height, 1.0, infinite), select(width, 1.0, infinite || origin), flambeau_signbit(x));
  return select(flambeau_nan(), flambeau_copysign(angle, y), flambeau_ordered(x, y));
}
