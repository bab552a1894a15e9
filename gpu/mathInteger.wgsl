// Integers. int64 has 32 bits here.

// The upper word of a product.
fn flambeau_mulHigh(x: u32, y: u32) -> u32 {
  let a = x & 0xffffu;
  let b = x >> 16u;
  let c = y & 0xffffu;
  let d = y >> 16u;
  let middle = b * c + ((a * c) >> 16u);
  return b * d + (middle >> 16u) + ((a * d + (middle & 0xffffu)) >> 16u);
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
  return select(x << (u32(y) & 31u), 0, u32(y) >= 32u);
}

fn flambeau_shiftRight_i32(x: i32, y: i32) -> i32 {
  return x >> min(u32(y), 31u);
}

fn flambeau_shiftLeft_u32(x: u32, y: u32) -> u32 {
  return select(x << (y & 31u), 0u, y >= 32u);
}

fn flambeau_shiftRight_u32(x: u32, y: u32) -> u32 {
  return select(x >> (y & 31u), 0u, y >= 32u);
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
  let size = u32(abs(x));
  let other = u32(abs(y));
  let bound = select(0x7fffffffu, 0x80000000u, (x ^ y) < 0);
  if (flambeau_mulHigh(size, other) != 0u || size * other > bound) { flambeau_fault(2u, x, y); }
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
