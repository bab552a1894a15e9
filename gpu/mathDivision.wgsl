// Division, square roots and remainders. A GPU's own quotients and roots are some units off, by how many is its own affair.

// (x + xTail) / (y + yTail), rounded once, for operands whose products neither overflow nor underflow.
fn flambeau_quotient(x: f32, xTail: f32, y: f32, yTail: f32) -> f32 {
  let q = flambeau_hold(x / y);
  let qHead = flambeau_head(q);
  let yHead = flambeau_head(y);
  let qRest = q - qHead;
  let yRest = y - yHead;
  // What q leaves of x: every product and all but the last difference are exact.
  let first = flambeau_hold(x - flambeau_hold(qHead * yHead));
  let second = flambeau_hold(flambeau_hold(first - qHead * yRest) - qRest * yHead);
  return q + (second - qRest * yRest + (xTail - q * yTail)) / y;
}

fn flambeau_divide(x: f32, y: f32) -> f32 {
  let a = bitcast<u32>(x);
  let b = bitcast<u32>(y);
  let m = (a >> 23u) & 255u;
  let n = (b >> 23u) & 255u;
  // Zero, infinite and NaN operands. Some GPUs multiply by 1 / y, which is 0 for the largest numbers, and infinity times that NaN.
  if (m == 255u && n < 255u) { return bitcast<f32>(a ^ (b & 0x80000000u)); }
  // Compilers take a constant 0 divided by anything for 0.
  if (m - 1u >= 254u || n - 1u >= 254u) { return flambeau_hold(x) / y; }
  let q = flambeau_quotient(bitcast<f32>((a & 0x807fffffu) | 0x3f800000u), 0.0, bitcast<f32>((b & 0x807fffffu) | 0x3f800000u), 0.0);
  return flambeau_scale(q, i32(m) - i32(n));
}

fn flambeau_sqrt(x: f32) -> f32 {
  let bits = bitcast<u32>(x);
  if (bits - 0x00800000u >= 0x7f000000u) {
    return select(x, flambeau_nan(), bits >= 0x80800000u);
  }
  let exponent = i32(bits >> 23u) - 127;
  let a = bitcast<f32>((bits & 0x7fffffu) | (u32(127 + (exponent & 1)) << 23u));
  let s = flambeau_hold(sqrt(a));
  let head = flambeau_head(s);
  let rest = s - head;
  let left = flambeau_hold(flambeau_hold(a - flambeau_hold(head * head)) - 2.0 * head * rest) - rest * rest;
  return bitcast<f32>(bitcast<i32>(s + left / (s + s)) + ((exponent >> 1u) << 23u));
}

// The remainder that has the sign of x, as C's, or of y where it is floored: long division of the significands, 8 bits at a time.
fn flambeau_remainder(x: f32, y: f32, floored: bool) -> f32 {
  let a = bitcast<u32>(x) & 0x7fffffffu;
  let b = bitcast<u32>(y) & 0x7fffffffu;
  if (a >= 0x7f800000u || b > 0x7f800000u || b < 0x00800000u) { return flambeau_nan(); }
  let crossing = floored && flambeau_signbit(x) != flambeau_signbit(y);
  if (a < b) { return select(x, select(x + y, flambeau_copysign(0.0, y), a == 0u), crossing); }
  let divisor = (b & 0x7fffffu) | 0x800000u;
  let exponent = b >> 23u;
  var rest = ((a & 0x7fffffu) | 0x800000u) % divisor;
  for (var left = (a >> 23u) - exponent; left > 0u && rest != 0u;) {
    let step = min(left, 8u);
    rest = (rest << step) % divisor;
    left -= step;
  }
  if (crossing && rest != 0u) { rest = divisor - rest; }
  let zeros = countLeadingZeros(rest) - 8u;
  let normal = ((rest << (zeros & 31u)) & 0x7fffffu) | ((exponent - zeros) << 23u);
  let bits = select(rest << ((exponent - 1u) & 31u), normal, exponent > zeros);
  return flambeau_copysign(bitcast<f32>(select(bits, 0u, rest == 0u)), select(x, y, floored));
}

fn flambeau_fmod(x: f32, y: f32) -> f32 {
  return flambeau_remainder(x, y, false);
}

fn flambeau_floorMod(x: f32, y: f32) -> f32 {
  return flambeau_remainder(x, y, true);
}

// The quotient comes from the remainder, as in NumPy, so that the two fit.
fn flambeau_floorDivide(x: f32, y: f32) -> f32 {
  let direct = flambeau_divide(x, y);
  if (y == 0.0) { return direct; }
  // Remainders of small operands would vanish.
  let unit = select(1.0, 16777216.0, abs(x) < 1e30);
  let a = x * unit;
  let b = y * unit;
  let rest = flambeau_fmod(a, b);
  if (flambeau_isnan(rest)) { return rest; }
  let crossing = flambeau_truthy(rest) && flambeau_signbit(rest) != flambeau_signbit(y);
  let quotient = flambeau_divide(a - rest, b) - select(0.0, 1.0, crossing);
  let whole = floor(quotient);
  return select(whole + select(0.0, 1.0, quotient - whole > 0.5), flambeau_copysign(0.0, direct), quotient == 0.0);
}
