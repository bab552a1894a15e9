// Conversions between the types that elements have in memory and those that kernels compute in.

// float16 to float32; exact.
fn flambeau_fromHalf(bits: u32) -> f32 {
  let magnitude = bits & 0x7fffu;
  let sign = (bits & 0x8000u) << 16u;
  if (magnitude >= 0x7c00u) { return bitcast<f32>(sign | 0x7f800000u | ((magnitude & 0x3ffu) << 13u)); }
  if (magnitude >= 0x400u) { return bitcast<f32>(sign | ((magnitude << 13u) + 0x38000000u)); }
  // Subnormal: a small integer times 2^-24.
  return bitcast<f32>(sign | bitcast<u32>(f32(magnitude) * 5.9604644775390625e-8f));
}

// float32 to float16, halves to even.
fn flambeau_toHalf(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  let sign = (bits >> 16u) & 0x8000u;
  let magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u) { return sign | 0x7e00u; }
  if (magnitude >= 0x477ff000u) { return sign | 0x7c00u; }
  if (magnitude >= 0x38800000u) {
    let rounded = magnitude + 0xfffu + ((magnitude >> 13u) & 1u);
    return sign | ((rounded - 0x38000000u) >> 13u);
  }
  if (magnitude < 0x33000000u) { return sign; }
  // Subnormal: the significand shifted to units of 2^-24.
  let shift = 126u - (magnitude >> 23u);
  let significand = (magnitude & 0x7fffffu) | 0x800000u;
  let floor = significand >> shift;
  let rest = significand & ((1u << shift) - 1u);
  let half = 1u << (shift - 1u);
  return sign | (floor + select(0u, 1u, rest > half || (rest == half && (floor & 1u) == 1u)));
}

// float32 to bfloat16, halves to even.
fn flambeau_toBrain(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) > 0x7f800000u) { return 0x7fc0u; }
  return (bits + 0x7fffu + ((bits >> 16u) & 1u)) >> 16u;
}

// What x86's truncating conversion gives: the smallest integer stands for all that do not fit.
fn flambeau_toInt(x: f32) -> i32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) >= 0x4f000000u) { return -2147483647 - 1; }
  return i32(x);
}

// Through 64 bits, of which the low 32 stay.
fn flambeau_toUint(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  let exponent = (bits >> 23u) & 255u;
  // Beyond 2^63 the conversion to 64 bits gives its smallest integer, and from 2^55 on the low bits are 0.
  if (exponent >= 182u || exponent < 127u) { return 0u; }
  let significand = (bits & 0x7fffffu) | 0x800000u;
  let size = select(significand >> ((150u - exponent) & 31u), significand << ((exponent - 150u) & 31u), exponent >= 150u);
  return select(size, 0u - size, (bits >> 31u) == 1u);
}

fn flambeau_toInt_i64(x: f32) -> i32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) >= 0x4f000000u && bits != 0xcf000000u) {
    flambeau_fault(2u, 0, 0);
    return 0;
  }
  return i32(x);
}

fn flambeau_toSigned_i64(x: u32) -> i32 {
  if (x > 0x7fffffffu) { flambeau_fault(2u, 0, 0); }
  return bitcast<i32>(x);
}
