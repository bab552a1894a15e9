/** float16 and bfloat16 are storage: their bits are widened to float32 for every computation and rounded to even back. */

export function halfToFloat(bits: u16): f32 {
  const sign = (<u32>bits & 0x8000) << 16;
  const exponent = (<u32>bits >> 10) & 31;
  const fraction = <u32>bits & 1023;
  if (exponent == 31) return reinterpret<f32>(sign | 0x7f800000 | (fraction << 13));
  if (exponent == 0) {
    // Subnormals are multiples of 2^-24, which float32 holds exactly.
    const magnitude = <f32>fraction * <f32>5.9604644775390625e-8;
    return reinterpret<f32>(sign | reinterpret<u32>(magnitude));
  }
  return reinterpret<f32>(sign | ((exponent + 112) << 23) | (fraction << 13));
}

export function floatToHalf(value: f32): u16 {
  const bits = reinterpret<u32>(value);
  const sign = (bits >> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return <u16>(sign | 0x7e00 | ((magnitude >> 13) & 1023));
  if (magnitude >= 0x477ff000) return <u16>(sign | 0x7c00);
  if (magnitude < 0x38800000) {
    // Adding 0.5 moves the subnormal's last place to the float's, so the addition itself rounds to even.
    const shifted = reinterpret<f32>(magnitude) + <f32>0.5;
    return <u16>(sign | (reinterpret<u32>(shifted) - 0x3f000000));
  }
  const odd = (magnitude >> 13) & 1;
  return <u16>(sign | ((magnitude + 0xfff + odd - 0x38000000) >> 13));
}

/** Straight from float64, without the double rounding of a step through float32: the step rounds to odd. */
export function doubleToHalf(value: f64): u16 {
  const narrow = <f32>value;
  const back = <f64>narrow;
  let bits = reinterpret<u32>(narrow);
  if (back != value && value == value && (bits & 0x7fffffff) < 0x7f800000) {
    if (abs(back) > abs(value)) bits--;
    bits |= 1;
  }
  return floatToHalf(reinterpret<f32>(bits));
}

@inline export function bfloatToFloat(bits: u16): f32 {
  return reinterpret<f32>(<u32>bits << 16);
}

export function floatToBfloat(value: f32): u16 {
  const bits = reinterpret<u32>(value);
  if ((bits & 0x7fffffff) > 0x7f800000) return 0x7fc0;
  return <u16>((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}
