/** Reduction of arguments of any size by multiples of pi / 2. */
import { packF64 } from './lanes';

/** The bits of 2 / pi, most significant first, after 64 zero bits. */
const TWO_OVER_PI = memory.data<u64>([
  0x0000000000000000, 0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041,
  0xFE5163ABDEBBC561, 0xB7246E3A424DD2E0, 0x06492EEA09D1921C, 0xFE1DEB1CB129A73E,
  0xE88235F52EBB4484, 0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B,
  0x1FF897FFDE05980F, 0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D,
  0x7527BAC7EBE5F17B, 0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB,
  0xF0CFBC209AF4361D,
]);

/** The high half of a 64 by 64 bit product. */
function multiplyHigh(a: u64, b: u64): u64 {
  const a0 = a & 0xFFFFFFFF;
  const a1 = a >> 32;
  const b0 = b & 0xFFFFFFFF;
  const b1 = b >> 32;
  const middle = a1 * b0 + (a0 * b0 >> 32);
  const other = a0 * b1 + (middle & 0xFFFFFFFF);
  return a1 * b1 + (middle >> 32) + (other >> 32);
}

/** 64 bits of 2 / pi from bit `position` of the table on. */
@inline
function tableBits(position: u32): u64 {
  const address = TWO_OVER_PI + (position >> 6 << 3);
  const shift = position & 63;
  const head = load<u64>(address);
  return shift == 0 ? head : head << shift | load<u64>(address, 8) >> (64 - shift);
}

/**
 * The remainder of x after its nearest multiple of pi / 2, as a sum of two float64 lanes (head, tail), after Payne and
 * Hanek. The two lowest bits of the tail, far below its accuracy, hold the multiple modulo 4. For finite |x| >= 2^-10.
 */
export function reduceLarge(x: f64): v128 {
  const bits = reinterpret<u64>(x);
  const biased = (bits >> 52 & 0x7FF) as i32;
  if (biased == 0x7FF) return f64x2.splat(NaN);
  // |x| = mantissa * 2^exponent. Table bits before `position` contribute multiples of 4 to x * 2 / pi.
  const mantissa = bits & 0x000FFFFFFFFFFFFF | 0x0010000000000000;
  const position = (biased - 1075 - 2 + 64) as u32;
  const w0 = tableBits(position);
  const w1 = tableBits(position + 64);
  const w2 = tableBits(position + 128);
  // The product modulo 2^192: two bits of quadrant, then the fraction.
  let low = mantissa * w2;
  let middle = mantissa * w1;
  const carried = multiplyHigh(mantissa, w2);
  middle += carried;
  let high = mantissa * w0 + multiplyHigh(mantissa, w1) + (middle < carried ? 1 : 0);
  let quadrant = high >> 62;
  // Two bits up: the fraction of a quadrant as a signed number; one half or more counts from the next multiple.
  high = high << 2 | middle >> 62;
  middle = middle << 2 | low >> 62;
  low <<= 2;
  let negative = false;
  if (high >> 63) {
    quadrant += 1;
    negative = true;
    high = ~high;
    middle = ~middle;
    low = ~low; // one unit of 2^-190 off, which does not matter
  }
  // Normalise so that the leading bit is set.
  let exponent = 0;
  if (high == 0) {
    high = middle;
    middle = low;
    low = 0;
    exponent = 64;
  }
  const leading = clz<u64>(high);
  if (leading != 0) {
    high = high << leading | middle >> (64 - leading);
    middle = middle << leading | low >> (64 - leading);
    exponent += leading as i32;
  }
  // The fraction is head + tail with 53 bits each; the scale is a power of two.
  const scale = reinterpret<f64>((1023 - 64 - exponent) as u64 << 52);
  const head = ((high & 0xFFFFFFFFFFFFF800) as f64) * scale;
  const tail = (((high & 0x7FF) << 53 | middle >> 11) as f64) * (scale * 1.1102230246251565e-16); // 2^-53
  // Times pi / 2 = halfPi + 6.123...e-17, the main product split to be exact.
  const halfPi: f64 = 1.5707963267948966;
  const headUpper = reinterpret<f64>(reinterpret<u64>(head) & 0xFFFFFFFFF8000000);
  const headLower = head - headUpper;
  const piUpper = reinterpret<f64>(reinterpret<u64>(halfPi) & 0xFFFFFFFFF8000000);
  const piLower = halfPi - piUpper;
  const product = head * halfPi;
  const error = headUpper * piUpper - product + headUpper * piLower + headLower * piUpper + headLower * piLower;
  const rest = error + head * 6.123233995736766e-17 + tail * halfPi;
  let sum = product + rest;
  let lost = product - sum + rest;
  if (negative) {
    sum = -sum;
    lost = -lost;
  }
  if (x < 0.0) {
    sum = -sum;
    lost = -lost;
    quadrant = 0 - quadrant;
  }
  return packF64(sum, reinterpret<f64>(reinterpret<u64>(lost) & ~3 | quadrant & 3));
}
