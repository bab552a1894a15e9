/** Powers and logarithms in integers, which are exact enough to round to what the tables of elementary functions hold. */

/** Numbers are integers here, in units of 2^-160; what Number makes of one is rounded to the nearest. */
const bits = 160n;
export const one = 1n << bits;
export const toDouble = (fixed: bigint): number => Number(fixed) * 2 ** -160;

/** 2^(1/128). */
const root = 0x10163da9fb33356d84a66ae336dcdfa4003ec04c3n;

/** Pairs for 2^(i/128), i to 127: what the nearest float64 lacks, as a part of it, and that float64. */
export function powersOfTwo(): Float64Array {
  const pairs = new Float64Array(256);
  let power = one;
  for (let i = 0; i < 256; i += 2) {
    const nearest = BigInt(Number(power));
    pairs[i] = toDouble((power - nearest << bits) / nearest);
    pairs[i + 1] = toDouble(power);
    power = power * root >> bits;
  }
  return pairs;
}

/** log(1 / x) of a float64 near 1, by the series of the inverse hyperbolic tangent. */
export function logOfReciprocal(x: number): bigint {
  const [numerator, unit] = [BigInt(x * 2 ** 53), 1n << 53n];
  let power = (unit - numerator << bits) / (unit + numerator);
  const square = power * power >> bits;
  let sum = 0n;
  for (let k = 1n; power * power > 1n; k += 2n) {
    sum += power / k;
    power = power * square >> bits;
  }
  return 2n * sum;
}

/** Rounds to a number of bits after the point, halves up. */
export function roundTo(kept: bigint, fixed: bigint): bigint {
  const dropped = bits - kept;
  return (fixed >> dropped - 1n) + 1n >> 1n << dropped;
}
