/** A generator of random bits, as the samplers see it. */
export interface BitSource {
  /** 32 bits as a signed integer. */
  nextInt32(): number;
  /** Draws 64 bits into `low` and `high`. */
  next64(): void;
  readonly low: number;
  readonly high: number;
  /** A double in [0, 1). */
  nextDouble(): number;
}

/** The same for generators, which make doubles many at a time. */
export interface BitStream extends BitSource {
  /** How many bits come at a time. */
  readonly rawBits: 32 | 64;
  /** Fills `out[start .. start + count)` with `nextDouble`. */
  fillDouble(out: Float64Array, start: number, count: number): void;
}

const roundToInteger = 4503599627370496;

/** Upper 32 bits of the product of two unsigned 32-bit integers; `low` is the product's lower half, unsigned. */
export function productHigh(a: number, b: number, low: number): number {
  // The double product is within 2**11 of the true one, so the quotient is within 2**-20 of the integer wanted.
  return (a * b - low) * 2.3283064365386963e-10 + roundToInteger - roundToInteger;
}

/** The 128 bits of the product of two numbers of 64 bits, given by halves, as four words into `out`, least significant first. */
export function multiplyWide(aLow: number, aHigh: number, bLow: number, bHigh: number, out: Int32Array): void {
  const a0 = aLow >>> 0;
  const a1 = aHigh >>> 0;
  const b0 = bLow >>> 0;
  const b1 = bHigh >>> 0;
  const low00 = Math.imul(a0, b0) >>> 0;
  const low01 = Math.imul(a0, b1) >>> 0;
  const low10 = Math.imul(a1, b0) >>> 0;
  const low11 = Math.imul(a1, b1) >>> 0;
  // Sums of a few 32-bit words are exact doubles.
  const second = productHigh(a0, b0, low00) + low01 + low10;
  const third = Math.floor(second * 2.3283064365386963e-10) + productHigh(a0, b1, low01) + productHigh(a1, b0, low10) + low11;
  out[0] = low00;
  out[1] = second;
  out[2] = third;
  out[3] = Math.floor(third * 2.3283064365386963e-10) + productHigh(a1, b1, low11);
}

/** The smallest 2**k - 1 that is not below `value` (unsigned, up to 32 bits), as a signed integer. */
export function maskFor(value: number): number {
  return value === 0 ? 0 : -1 >>> Math.clz32(value);
}

/** Uniform in [0, max], max < 2**32, by masking and rejecting. */
export function maskedInterval(source: BitSource, max: number): number {
  if (max === 0) return 0;
  const mask = maskFor(max);
  let value = (source.nextInt32() & mask) >>> 0;
  while (value > max) value = (source.nextInt32() & mask) >>> 0;
  return value;
}

/** Uniform in [0, max], max < 2**32 - 1, by Lemire's multiplication. */
export function lemireInterval(source: BitSource, max: number): number {
  if (max === 0) return 0;
  const range = max + 1;
  let word = source.nextInt32();
  let low = Math.imul(word, range) >>> 0;
  if (low < range) {
    const threshold = (4294967295 - max) % range;
    while (low < threshold) {
      word = source.nextInt32();
      low = Math.imul(word, range) >>> 0;
    }
  }
  return productHigh(word >>> 0, range, low);
}
