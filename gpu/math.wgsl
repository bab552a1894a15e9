// Elementary functions that WGSL lacks or leaves inaccurate, in float32. Kernels include the ones that they call, each with
// those it calls itself; a function ends at the first line that is a closing brace alone.

fn flambeau_isnan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn flambeau_isinf(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) == 0x7f800000u;
}

fn flambeau_signbit(x: f32) -> bool {
  return (bitcast<u32>(x) >> 31u) == 1u;
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

// NaN wins.
fn flambeau_minimum(x: f32, y: f32) -> f32 {
  if (flambeau_isnan(x)) { return x; }
  if (flambeau_isnan(y)) { return y; }
  return min(x, y);
}

fn flambeau_maximum(x: f32, y: f32) -> f32 {
  if (flambeau_isnan(x)) { return x; }
  if (flambeau_isnan(y)) { return y; }
  return max(x, y);
}

// Numbers win over NaN.
fn flambeau_fmin(x: f32, y: f32) -> f32 {
  if (flambeau_isnan(x)) { return y; }
  if (flambeau_isnan(y)) { return x; }
  return min(x, y);
}

fn flambeau_fmax(x: f32, y: f32) -> f32 {
  if (flambeau_isnan(x)) { return y; }
  if (flambeau_isnan(y)) { return x; }
  return max(x, y);
}

fn flambeau_sign(x: f32) -> f32 {
  if (flambeau_isnan(x)) { return x; }
  return sign(x);
}

// exp(x) - 1: by its series near 0, where the difference would cancel.
fn flambeau_expm1(x: f32) -> f32 {
  if (abs(x) < 0.35) {
    return x * (1.0 + x * (0.5 + x * (0.16666667 + x * (0.041666668 + x * (0.008333334 + x * (0.0013888889 + x * 0.0001984127))))));
  }
  return exp(x) - 1.0;
}

// log(1 + x), corrected for what 1 + x rounds away.
fn flambeau_log1p(x: f32) -> f32 {
  let u = 1.0 + x;
  if (u == 1.0) { return x; }
  if (flambeau_isinf(u)) { return u; }
  return log(u) * (x / (u - 1.0));
}

fn flambeau_log10(x: f32) -> f32 {
  return log(x) * 0.4342944819;
}

fn flambeau_cbrt(x: f32) -> f32 {
  if (x == 0.0 || flambeau_isinf(x) || flambeau_isnan(x)) { return x; }
  let size = abs(x);
  var y = exp2(log2(size) / 3.0);
  // One step of Newton's method takes out what exp2 and log2 left.
  y = y - (y * y * y - size) / (3.0 * y * y);
  return flambeau_copysign(y, x);
}

fn flambeau_sinh(x: f32) -> f32 {
  let t = flambeau_expm1(abs(x));
  let value = select(0.5 * (t + t / (t + 1.0)), 0.5 * exp(0.5 * abs(x)) * exp(0.5 * abs(x)), abs(x) > 20.0);
  return flambeau_copysign(value, x);
}

fn flambeau_tanh(x: f32) -> f32 {
  // tanh overflows in WGSL for large arguments on some drivers.
  if (abs(x) > 10.0) { return flambeau_copysign(1.0, x); }
  let t = flambeau_expm1(2.0 * abs(x));
  return select(flambeau_copysign(t / (t + 2.0), x), x, flambeau_isnan(x));
}

fn flambeau_asinh(x: f32) -> f32 {
  let size = abs(x);
  let value = select(flambeau_log1p(size + size * size / (1.0 + sqrt(size * size + 1.0))), log(size) + 0.6931472, size > 1e9);
  return flambeau_copysign(value, x);
}

fn flambeau_atanh(x: f32) -> f32 {
  let size = abs(x);
  return flambeau_copysign(0.5 * flambeau_log1p(2.0 * size / (1.0 - size)), x);
}

fn flambeau_acosh(x: f32) -> f32 {
  let t = x - 1.0;
  return select(flambeau_log1p(t + sqrt(2.0 * t + t * t)), log(x) + 0.6931472, x > 1e9);
}

fn flambeau_sigmoid(x: f32) -> f32 {
  let t = exp(-abs(x));
  return select(1.0, t, x < 0.0) / (1.0 + t);
}

// Abramowitz and Stegun 7.1.5's series inside, a continued fraction's tail outside.
fn flambeau_erf(x: f32) -> f32 {
  let size = abs(x);
  if (size < 1.0) {
    let s = x * x;
    var term = x;
    var total = x;
    for (var n = 1; n < 12; n++) {
      term = -term * s / f32(n);
      total += term / f32(2 * n + 1);
    }
    return 1.1283792 * total;
  }
  return flambeau_copysign(1.0 - flambeau_erfcTail(size), x);
}

fn flambeau_erfc(x: f32) -> f32 {
  if (abs(x) < 1.0) { return 1.0 - flambeau_erf(x); }
  let tail = flambeau_erfcTail(abs(x));
  return select(tail, 2.0 - tail, x < 0.0);
}

// erfc for arguments of 1 and more: exp(-x²)/√π over Lentz's fraction x + (1/2)/(x + 1/(x + (3/2)/(x + ...))).
fn flambeau_erfcTail(x: f32) -> f32 {
  var fraction = x;
  for (var k = 40; k >= 1; k--) {
    fraction = x + 0.5 * f32(k) / fraction;
  }
  return exp(-x * x) * 0.5641896 / fraction;
}

fn flambeau_hypot(x: f32, y: f32) -> f32 {
  if (flambeau_isinf(x) || flambeau_isinf(y)) { return flambeau_infinity(); }
  let large = flambeau_maximum(abs(x), abs(y));
  let small = flambeau_minimum(abs(x), abs(y));
  if (large == 0.0) { return large; }
  let ratio = small / large;
  return large * sqrt(1.0 + ratio * ratio);
}

fn flambeau_logaddexp(x: f32, y: f32) -> f32 {
  if (x == y) { return x + 0.6931472; }
  return flambeau_maximum(x, y) + flambeau_log1p(exp(-abs(x - y)));
}

// Negative bases take integer powers only; WGSL's pow takes none of them.
fn flambeau_pow(x: f32, y: f32) -> f32 {
  if (y == 0.0 || x == 1.0) { return 1.0; }
  if (flambeau_isnan(x) || flambeau_isnan(y)) { return flambeau_nan(); }
  let whole = y == floor(y);
  let odd = whole && abs(y) < 16777216.0 && (i32(y) & 1) == 1;
  if (x < 0.0 && !whole) { return flambeau_nan(); }
  let size = pow(abs(x), y);
  return select(size, -size, x < 0.0 && odd);
}

fn flambeau_fmod(x: f32, y: f32) -> f32 {
  return x % y;
}

fn flambeau_floorMod(x: f32, y: f32) -> f32 {
  let rest = x % y;
  if (rest != 0.0 && ((rest < 0.0) != (y < 0.0))) { return rest + y; }
  return select(rest, flambeau_copysign(0.0, y), rest == 0.0);
}

fn flambeau_floorDivide(x: f32, y: f32) -> f32 {
  return round((x - flambeau_floorMod(x, y)) / y);
}

fn flambeau_nextafter(x: f32, y: f32) -> f32 {
  if (flambeau_isnan(x) || flambeau_isnan(y)) { return flambeau_nan(); }
  if (x == y) { return y; }
  if (x == 0.0) { return flambeau_copysign(bitcast<f32>(1u), y); }
  let bits = bitcast<u32>(x);
  return bitcast<f32>(select(bits - 1u, bits + 1u, (x < y) == (x > 0.0)));
}

// Integers: a divisor of 0 gives 0, and quotients round down.
fn flambeau_floorDivide_i32(x: i32, y: i32) -> i32 {
  if (y == 0) { return 0; }
  if (y == -1) { return -x; }
  let quotient = x / y;
  return select(quotient, quotient - 1, x % y != 0 && ((x < 0) != (y < 0)));
}

fn flambeau_floorMod_i32(x: i32, y: i32) -> i32 {
  if (y == 0 || y == -1) { return 0; }
  let rest = x % y;
  return select(rest, rest + y, rest != 0 && ((rest < 0) != (y < 0)));
}

fn flambeau_fmod_i32(x: i32, y: i32) -> i32 {
  if (y == 0 || y == -1) { return 0; }
  return x % y;
}

fn flambeau_pow_i32(x: i32, y: i32) -> i32 {
  if (y < 0) { return select(select(0, select(1, -1, (y & 1) != 0), x == -1), 1, x == 1); }
  return i32(flambeau_pow_u32(u32(x), u32(y)));
}

fn flambeau_pow_u32(x: u32, y: u32) -> u32 {
  var result = 1u;
  var base = x;
  for (var power = y; power != 0u; power >>= 1u) {
    if ((power & 1u) == 1u) { result *= base; }
    base *= base;
  }
  return result;
}

fn flambeau_floorDivide_u32(x: u32, y: u32) -> u32 {
  if (y == 0u) { return 0u; }
  return x / y;
}

fn flambeau_floorMod_u32(x: u32, y: u32) -> u32 {
  if (y == 0u) { return 0u; }
  return x % y;
}

fn flambeau_fmod_u32(x: u32, y: u32) -> u32 {
  return flambeau_floorMod_u32(x, y);
}

fn flambeau_shiftLeft_i32(x: i32, y: i32) -> i32 {
  if (y < 0 || y >= 32) { return 0; }
  return x << u32(y);
}

fn flambeau_shiftRight_i32(x: i32, y: i32) -> i32 {
  if (y < 0 || y >= 32) { return select(0, -1, x < 0); }
  return x >> u32(y);
}

fn flambeau_shiftLeft_u32(x: u32, y: u32) -> u32 {
  if (y >= 32u) { return 0u; }
  return x << y;
}

fn flambeau_shiftRight_u32(x: u32, y: u32) -> u32 {
  if (y >= 32u) { return 0u; }
  return x >> y;
}

// int64 in 32 bits: what does not fit is reported.
fn flambeau_add_i64(x: i32, y: i32) -> i32 {
  let sum = x + y;
  if (((x ^ sum) & (y ^ sum)) < 0) { flambeau_fault(2u, x, y); }
  return sum;
}

fn flambeau_sub_i64(x: i32, y: i32) -> i32 {
  let difference = x - y;
  if (((x ^ y) & (x ^ difference)) < 0) { flambeau_fault(2u, x, y); }
  return difference;
}

fn flambeau_mul_i64(x: i32, y: i32) -> i32 {
  let product = x * y;
  // By the sizes' halves: a product of high parts, or a middle part beyond 15 bits, does not fit.
  let a = select(u32(x), 0u - u32(x), x < 0);
  let b = select(u32(y), 0u - u32(y), y < 0);
  let high = (a >> 16u) * (b >> 16u);
  let middle = (a >> 16u) * (b & 0xffffu) + (a & 0xffffu) * (b >> 16u);
  let size = a * b;
  let negative = (x < 0) != (y < 0);
  let fits = high == 0u && middle <= 0x8000u && size >= (middle << 16u) && size <= select(0x7fffffffu, 0x80000000u, negative);
  if (!fits) { flambeau_fault(2u, x, y); }
  return product;
}

fn flambeau_neg_i64(x: i32) -> i32 {
  return flambeau_sub_i64(0, x);
}

fn flambeau_abs_i64(x: i32) -> i32 {
  if (x < 0) { return flambeau_neg_i64(x); }
  return x;
}

fn flambeau_floorDivide_i64(x: i32, y: i32) -> i32 {
  if (y == -1) { return flambeau_neg_i64(x); }
  return flambeau_floorDivide_i32(x, y);
}
