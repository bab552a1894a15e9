// Floats by their bits: compilers may assume that there is no NaN, and drivers may flush what is smaller than 2^-126 to 0.

fn flambeau_isnan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn flambeau_isinf(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) == 0x7f800000u;
}

fn flambeau_isfinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

fn flambeau_signbit(x: f32) -> bool {
  return (bitcast<u32>(x) >> 31u) == 1u;
}

fn flambeau_truthy(x: f32) -> bool {
  return (bitcast<u32>(x) << 1u) != 0u;
}

// Whether neither is NaN.
fn flambeau_ordered(x: f32, y: f32) -> bool {
  return max(bitcast<u32>(x) & 0x7fffffffu, bitcast<u32>(y) & 0x7fffffffu) <= 0x7f800000u;
}

fn flambeau_copysign(x: f32, y: f32) -> f32 {
  return bitcast<f32>((bitcast<u32>(x) & 0x7fffffffu) | (bitcast<u32>(y) & 0x80000000u));
}

fn flambeau_nan() -> f32 {
  // Read through a variable, since a constant NaN does not compile.
  var bits = 0x7fc00000u;
  return bitcast<f32>(bits);
}

fn flambeau_infinity() -> f32 {
  var bits = 0x7f800000u;
  return bitcast<f32>(bits);
}

// x, rounded: what uses it is neither fused with what made it nor reordered, though compilers may do both. The last parameter is
// always 0, which they cannot know.
fn flambeau_hold(x: f32) -> f32 {
  return bitcast<f32>(bitcast<i32>(x) ^ parameters[31].w);
}

// The upper 12 bits of the significand: products of two such are exact.
fn flambeau_head(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x) & 0xfffff000u);
}

// x * 2^n for normal x: infinity and 0 where the exponent ends.
fn flambeau_scale(x: f32, n: i32) -> f32 {
  let bits = bitcast<u32>(x);
  let exponent = i32((bits >> 23u) & 255u) + n;
  let scaled = select(bits + (u32(n) << 23u), (bits & 0x80000000u) | 0x7f800000u, exponent >= 255);
  return bitcast<f32>(select(scaled, bits & 0x80000000u, exponent <= 0));
}

// 2^n; 0 below the smallest.
fn flambeau_powerOfTwo(n: i32) -> f32 {
  return bitcast<f32>(u32(max(n + 127, 0)) << 23u);
}

// An integer that orders as floats do, -0 before 0.
fn flambeau_key(x: f32) -> i32 {
  let bits = bitcast<i32>(x);
  return bits ^ ((bits >> 31u) & 0x7fffffff);
}

// NaN wins.
fn flambeau_minimum(x: f32, y: f32) -> f32 {
  return select(select(x, y, flambeau_isnan(y) || flambeau_key(y) < flambeau_key(x)), x, flambeau_isnan(x));
}

fn flambeau_maximum(x: f32, y: f32) -> f32 {
  return select(select(x, y, flambeau_isnan(y) || flambeau_key(y) > flambeau_key(x)), x, flambeau_isnan(x));
}

// Numbers win over NaN.
fn flambeau_fmin(x: f32, y: f32) -> f32 {
  return select(select(y, x, flambeau_isnan(y) || flambeau_key(x) < flambeau_key(y)), y, flambeau_isnan(x));
}

fn flambeau_fmax(x: f32, y: f32) -> f32 {
  return select(select(y, x, flambeau_isnan(y) || flambeau_key(x) > flambeau_key(y)), y, flambeau_isnan(x));
}

fn flambeau_sign(x: f32) -> f32 {
  return select(select(0.0, flambeau_copysign(1.0, x), flambeau_truthy(x)), x, flambeau_isnan(x));
}

// Integers next to each other are floats next to each other.
fn flambeau_nextafter(x: f32, y: f32) -> f32 {
  if (!flambeau_ordered(x, y)) { return flambeau_nan(); }
  let size = bitcast<i32>(x) & 0x7fffffff;
  let start = select(size, -size, flambeau_signbit(x));
  let bound = bitcast<i32>(y) & 0x7fffffff;
  let to = select(bound, -bound, flambeau_signbit(y));
  if (start == to) { return y; }
  let next = select(start - 1, start + 1, start < to);
  return bitcast<f32>(u32(abs(next)) | select(0u, 0x80000000u, next < 0 || (next == 0 && start < 0)));
}
