// Powers, cube roots and the Euclidean norm.

// Pairs of words, the low one first.
fn flambeau_add64(x: vec2u, y: vec2u) -> vec2u {
  let low = x.x + y.x;
  return vec2u(low, x.y + y.y + select(0u, 1u, low < x.x));
}

fn flambeau_negate64(x: vec2u) -> vec2u {
  return vec2u(0u - x.x, ~x.y + select(0u, 1u, x.x == 0u));
}

fn flambeau_multiply64(x: u32, y: u32) -> vec2u {
  return vec2u(x * y, flambeau_mulHigh(x, y));
}

// For n from 1 to 31.
fn flambeau_shift64(x: vec2u, n: u32) -> vec2u {
  return vec2u((x.x >> n) | (x.y << (32u - n)), x.y >> n);
}

// For the 16 ranges of m: 128 c, and -log2(c) in units of 2^-55, the low word first.
const flambeau_powTable = array<vec3u, 16>(
  vec3u(177, 0x577b9367, 0xffc42580), vec3u(170, 0xeb013f5f, 0xffcb9913), vec3u(163, 0x373108b2, 0xffd35ce0),
  vec3u(157, 0x764caa1, 0xffda49de), vec3u(151, 0x18b195b3, 0xffe17bf4), vec3u(146, 0x2fd0fc4d, 0xffe7b3d4),
  vec3u(141, 0x68aad485, 0xffee232e), vec3u(136, 0x829b7675, 0xfff4ce04), vec3u(132, 0x229c409e, 0xfffa514b),
  vec3u(128, 0x0, 0x0), vec3u(120, 0x4b67dda6, 0xbeb02), vec3u(113, 0x31c79f85, 0x170460),
  vec3u(107, 0x1b2bf470, 0x21179c), vec3u(102, 0x659d8b31, 0x29edf7), vec3u(97, 0x552d8d65, 0x33360e),
  vec3u(93, 0x15786af2, 0x3afcd8));

// 2^(y log2(x)) for positive, normal and finite x other than 1 and normal y. The logarithm is a fixed-point number of 64 bits, so
// nothing depends on how a GPU rounds.
fn flambeau_powSize(x: u32, y: f32) -> f32 {
  // x = 2^k m with m near 1, and m = (1 + f) / c for the c of the table, exactly.
  let shifted = x - 0x3f3504f3u;
  let entry = flambeau_powTable[(shifted >> 19u) & 15u];
  let m = (shifted & 0x7fffffu) + 0x3f3504f3u;
  let f = bitcast<i32>((((m & 0x7fffffu) | 0x800000u) << ((m >> 23u) - 126u)) * entry.x - 0x80000000u);
  // log2(1 + f) = log2(e) (f - f² / 2) + f³ r(f); the last is small enough for floats.
  let size = u32(abs(f));
  let linear = flambeau_shift64(flambeau_add64(flambeau_multiply64(size, 0xb8aa3b29u),
    vec2u(flambeau_mulHigh(size, 0x5c17f0bcu), 0u)), 7u);
  let square = flambeau_shift64(flambeau_multiply64(size, flambeau_mulHigh(size << 4u, 0xb8aa3b29u)), 11u);
  let t = f32(f) * 4.656612873077393e-10f;
  let cubic = i32(t * t * t * (0.48089814 + t * (-0.36067346 + t * (0.28898633 + t * -0.24091743))) * 35184372088832.0);
  var logarithm = flambeau_add64(vec2u(entry.y, entry.z + (shifted & 0xff800000u)), vec2u(u32(cubic) << 10u, u32(cubic >> 22u)));
  if (f < 0) { logarithm = flambeau_negate64(logarithm); }
  logarithm = flambeau_add64(logarithm, linear);
  if (f < 0) { logarithm = flambeau_negate64(logarithm); }
  logarithm = flambeau_add64(logarithm, flambeau_negate64(square));
  let negative = (logarithm.y >> 31u) == 1u;
  if (negative) { logarithm = flambeau_negate64(logarithm); }
  // Its upper 32 bits times y, as a whole number and a fraction.
  var zeros = countLeadingZeros(logarithm.y);
  if (logarithm.y == 0u) { logarithm = vec2u(0u, logarithm.x); zeros = 32u + countLeadingZeros(logarithm.y); }
  let head = (logarithm.y << (zeros & 31u)) | ((logarithm.x >> 1u) >> (31u - (zeros & 31u)));
  let bits = bitcast<u32>(y);
  let product = flambeau_multiply64((bits << 8u) | 0x80000000u, head);
  let shift = 149 + i32(zeros) - i32((bits >> 23u) & 255u);
  var power = vec2u(0u, 512u);
  if (shift >= 64) { power = vec2u(0u, 0u); }
  else if (shift >= 32) { power = vec2u(product.y >> u32(shift - 32), 0u); }
  else if (shift >= 22) { power = flambeau_shift64(product, u32(shift)); }
  let whole = i32(power.y + (power.x >> 31u));
  let r = f32(bitcast<i32>(power.x)) * 1.613859e-10f;
  let down = negative != flambeau_signbit(y);
  let s = select(r, -r, down);
  let p = flambeau_expSeries(s);
  return flambeau_scale(1.0 + (s + (p.x + p.y)), select(whole, -whole, down));
}

fn flambeau_pow(x: f32, y: f32) -> f32 {
  let one = 0x3f800000u;
  let a = bitcast<u32>(x) & 0x7fffffffu;
  let b = bitcast<u32>(y) & 0x7fffffffu;
  if (b < 0x00800000u || bitcast<u32>(x) == one) { return 1.0; }
  if (!flambeau_ordered(x, y)) { return flambeau_nan(); }
  // Floats from 2^24 on are even.
  let even = b >= 0x4b800000u;
  let whole = even || floor(y) == y;
  let odd = whole && !even && floor(0.5 * y) != 0.5 * y;
  let edge = a < 0x00800000u || a == 0x7f800000u;
  if (flambeau_signbit(x) && !whole && !edge) { return flambeau_nan(); }
  var size = select(0.0, flambeau_infinity(), (a > one) != flambeau_signbit(y));
  if (a == one) { size = 1.0; }
  else if (!edge && b != 0x7f800000u) { size = flambeau_powSize(a, y); }
  return flambeau_copysign(size, select(1.0, x, odd));
}

fn flambeau_cbrt(x: f32) -> f32 {
  let bits = bitcast<u32>(x) & 0x7fffffffu;
  if (bits - 0x00800000u >= 0x7f000000u) { return x; }
  // |x| = 8^k a with 1 <= a < 8.
  let exponent = (bits >> 23u) + 2u;
  let third = (exponent * 171u) >> 9u;
  let a = bitcast<f32>((bits & 0x7fffffu) | ((127u + exponent - 3u * third) << 23u));
  // From 5% off by a step of Halley's method to 1e-4; of that 8 bits, whose cube is exact, and another step.
  let guess = bitcast<f32>(u32(f32(bitcast<u32>(a)) * 0.33333334) + 709958130u);
  let cube = guess * guess * guess;
  let better = guess * (cube + 2.0 * a) / (2.0 * cube + a);
  let t = bitcast<f32>((bitcast<u32>(better) + 0x8000u) & 0xffff0000u);
  let exact = flambeau_hold(t * t * t);
  let root = t + t * flambeau_hold(a - exact) / (2.0 * exact + a);
  return flambeau_copysign(flambeau_scale(root, i32(third) - 43), x);
}

fn flambeau_hypot(x: f32, y: f32) -> f32 {
  if (flambeau_isinf(x) || flambeau_isinf(y)) { return flambeau_infinity(); }
  if (!flambeau_ordered(x, y)) { return flambeau_nan(); }
  let large = max(bitcast<u32>(x) & 0x7fffffffu, bitcast<u32>(y) & 0x7fffffffu);
  if (large < 0x00800000u) { return 0.0; }
  // Scaled so that the larger square neither overflows nor vanishes.
  let shift = clamp(127 - i32(large >> 23u), -126, 126);
  let unit = flambeau_powerOfTwo(shift);
  let a = x * unit;
  let b = y * unit;
  return flambeau_scale(flambeau_sqrt(a * a + b * b), -shift);
}
