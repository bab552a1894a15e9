// Products of floats that are joined in another order than that of the elements: the exponent is kept apart, so that no part
// of a product overflows or vanishes where the whole does not, and 0 never meets an infinity that is none. Words are bits.

struct State { significand: f32, exponent: i32 }

fn none() -> State {
  return State(1.0, 0);
}

fn stateOf(bits: u32) -> State {
  let magnitude = bits & 0x7fffffffu;
  if (magnitude == 0u || magnitude >= 0x7f800000u) { return State(bitcast<f32>(bits), 0); }
  var fraction = magnitude;
  var exponent = i32(magnitude >> 23u) - 127;
  if (magnitude < 0x00800000u) {
    let shift = countLeadingZeros(magnitude) - 8u;
    fraction = magnitude << shift;
    exponent = -126 - i32(shift);
  }
  return State(bitcast<f32>((bits & 0x80000000u) | 0x3f800000u | (fraction & 0x7fffffu)), exponent);
}

fn join(a: State, b: State) -> State {
  let product = stateOf(bitcast<u32>(a.significand * b.significand));
  return State(product.significand, clamp(a.exponent + b.exponent + product.exponent, -0x20000000, 0x20000000));
}

fn follow(a: State, x: u32) -> State {
  return join(a, stateOf(x));
}

// Halves to even where the result is subnormal.
fn resultOf(a: State) -> u32 {
  let bits = bitcast<u32>(a.significand);
  let magnitude = bits & 0x7fffffffu;
  if (magnitude == 0u || magnitude >= 0x7f800000u) { return bits; }
  let sign = bits & 0x80000000u;
  let fraction = bits & 0x7fffffu;
  if (a.exponent > 127) { return sign | 0x7f800000u; }
  if (a.exponent >= -126) { return sign | (u32(a.exponent + 127) << 23u) | fraction; }
  if (a.exponent < -150) { return sign; }
  let significand = fraction | 0x800000u;
  let shift = u32(-126 - a.exponent);
  let floor = significand >> shift;
  let rest = significand & ((1u << shift) - 1u);
  let half = 1u << (shift - 1u);
  return sign | (floor + select(0u, 1u, rest > half || (rest == half && (floor & 1u) == 1u)));
}
