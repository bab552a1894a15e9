/** The bits of float16 and bfloat16 numbers. */

const floats = new Float32Array(1);
const words = new Int32Array(floats.buffer);

/** Rounds to float32, then to float16, ties to even: PyTorch's conversion. */
export function float16Bits(value: number): number {
  floats[0] = value;
  const word = words[0];
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x47800000) return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    // Subnormal: adding 0.5 leaves the rounded multiple of 2**-24 in the low bits.
    floats[0] = Math.abs(floats[0]) + 0.5;
    return sign | (words[0] - 0x3f000000);
  }
  return sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
}

export function float16Value(bits: number): number {
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 0x3ff;
  const size =
    exponent === 0 ? fraction * 2 ** -24
    : exponent === 31 ? (fraction === 0 ? Infinity : NaN)
    : (1024 + fraction) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -size : size;
}

/** Rounds to float32, then to bfloat16, ties to even: PyTorch's conversion. */
export function bfloat16Bits(value: number): number {
  if (value !== value) return 0x7fc0;
  floats[0] = value;
  const word = words[0];
  return ((word + 0x7fff + ((word >>> 16) & 1)) >>> 16) & 0xffff;
}

export function bfloat16Value(bits: number): number {
  words[0] = bits << 16;
  return floats[0];
}
