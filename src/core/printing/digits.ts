/**
 * Decimal digits of binary floating-point numbers, exact to the last one.
 *
 * Two ways to ask: the shortest digits that identify the number among its neighbours of the same format (Steele and
 * White's free-format algorithm with the margins of that format, as NumPy's Dragon4 runs it), or the exact value
 * rounded half to even at a position (C's printf, Python's format).
 */

export type FloatFormat = 'float64' | 'float32' | 'float16' | 'bfloat16';

interface FormatTraits {
  /** Bits of the significand, the implicit one included. */
  readonly significandBits: number;
  /** Exponent of the last bit of a subnormal number. */
  readonly lowestExponent: number;
  readonly largest: number;
  /** Decimal digits that always survive a round trip through the format: NumPy's `finfo.precision`. */
  readonly decimalPrecision: number;
}

export const formatTraits: Readonly<Record<FloatFormat, FormatTraits>> = {
  float64: { significandBits: 53, lowestExponent: -1074, largest: Number.MAX_VALUE, decimalPrecision: 15 },
  float32: { significandBits: 24, lowestExponent: -149, largest: (2 - 2 ** -23) * 2 ** 127, decimalPrecision: 6 },
  float16: { significandBits: 11, lowestExponent: -24, largest: 65504, decimalPrecision: 3 },
  bfloat16: { significandBits: 8, lowestExponent: -133, largest: (2 - 2 ** -7) * 2 ** 127, decimalPrecision: 2 },
};

/** Digits d of the value 0.d₀d₁d₂… × 10^(exponent + 1); so `exponent` belongs to the first digit. */
export interface DecimalDigits {
  readonly digits: string;
  readonly exponent: number;
}

/** Where a cut-off counts from: the first significant digit, or the decimal point. */
export type CutoffMode = 'significant' | 'fraction';

export interface DigitRequest {
  readonly format: FloatFormat;
  readonly unique: boolean;
  readonly cutoffMode: CutoffMode;
  /** At most so many digits; -1 for no limit. */
  readonly most: number;
  /** At least so many digits, where `unique` would stop sooner; -1 for none. */
  readonly least: number;
}

const scratch = new DataView(new ArrayBuffer(8));

/** |value| = significand × 2^exponent, both integers, of a positive finite double. */
function decompose(value: number): { significand: bigint; exponent: number } {
  scratch.setFloat64(0, Math.abs(value));
  const bits = scratch.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return biased === 0
    ? { significand: fraction, exponent: -1074 }
    : { significand: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

/** The same in the units of a narrower format, of which the value must be a member. */
function decomposeAs(value: number, format: FloatFormat): { significand: bigint; exponent: number } {
  const parts = decompose(value);
  if (format === 'float64') return parts;
  const { significandBits, lowestExponent } = formatTraits[format];
  // A member of a narrower format is a normal double, so it has all 53 bits, the last ones zero.
  const exponent = Math.max(parts.exponent + 53 - significandBits, lowestExponent);
  return { significand: parts.significand >> BigInt(exponent - parts.exponent), exponent };
}

/** The nearest member of the format, ties to even. */
export function roundToFormat(value: number, format: FloatFormat): number {
  if (format === 'float64') return value;
  if (format === 'float32') return Math.fround(value);
  if (value === 0 || !Number.isFinite(value)) return value;
  const { significandBits, lowestExponent, largest } = formatTraits[format];
  const unit = 2 ** Math.max(decompose(value).exponent + 53 - significandBits, lowestExponent);
  // A division by a power of two is exact here, and adding 2^52 rounds to an integer, ties to even.
  const scaled = Math.abs(value) / unit;
  const rounded = (scaled + 2 ** 52 - 2 ** 52) * unit;
  return Math.sign(value) * (rounded > largest ? Infinity : rounded);
}

const powersOfTen: bigint[] = [1n];

function powerOfTen(exponent: number): bigint {
  for (let i = powersOfTen.length; i <= exponent; i++) powersOfTen.push(powersOfTen[i - 1] * 10n);
  return powersOfTen[exponent];
}

/** The k with 10^(k-1) <= numerator / denominator < 10^k. */
function decimalPoint(value: number, numerator: bigint, denominator: bigint): number {
  let point = Math.floor(Math.log10(value)) + 1;
  const reaches = (k: number): boolean =>
    k >= 0 ? numerator >= denominator * powerOfTen(k) : numerator * powerOfTen(-k) >= denominator;
  while (reaches(point)) point += 1;
  while (!reaches(point - 1)) point -= 1;
  return point;
}

function increment(digits: number[]): boolean {
  while (digits.length > 0 && digits[digits.length - 1] === 9) digits.pop();
  if (digits.length === 0) {
    digits.push(1);
    return true;
  }
  digits[digits.length - 1] += 1;
  return false;
}

/** The digits of |value|, a finite member of the format. */
export function decimalDigits(value: number, request: DigitRequest): DecimalDigits {
  if (value === 0) return { digits: '0', exponent: 0 };
  const { format, unique, cutoffMode, most, least } = request;
  const { significand, exponent } = decomposeAs(value, format);
  const traits = formatTraits[format];
  // Below a power of two the neighbours lie twice as close as above it, except where subnormal spacing goes on.
  const uneven = significand === 1n << BigInt(traits.significandBits - 1) && exponent > traits.lowestExponent;
  const closed = (significand & 1n) === 0n;

  // value = rest / scale; lower and upper are half the distances to the neighbours in the same scale.
  const extra = uneven ? 2n : 1n;
  let rest = significand << extra;
  let scale = 1n << extra;
  let lower = 1n;
  if (exponent > 0) {
    rest <<= BigInt(exponent);
    lower <<= BigInt(exponent);
  } else {
    scale <<= BigInt(-exponent);
  }

  let point = decimalPoint(Math.abs(value), rest, scale);
  // A number below the last wanted place still gets that one digit, so that it can round up into it.
  if (most >= 0 && cutoffMode === 'fraction') point = Math.max(point, 1 - most);
  if (point > 0) {
    scale *= powerOfTen(point);
  } else {
    rest *= powerOfTen(-point);
    lower *= powerOfTen(-point);
  }

  const place = (count: number): number => (cutoffMode === 'significant' ? point - count : -count);
  const lastPlace = most >= 0 ? place(most) : -Infinity;
  const requiredPlace = least >= 0 ? Math.min(place(least), point) : point;

  const digits: number[] = [];
  let digit = 0;
  let mayRoundDown = false;
  let mayRoundUp = false;
  for (let position = point - 1; ; position--) {
    rest *= 10n;
    const quotient = rest / scale;
    rest -= quotient * scale;
    digit = Number(quotient);
    if (unique) {
      lower *= 10n;
      const high = rest + (uneven ? 2n * lower : lower);
      mayRoundDown = closed ? rest <= lower : rest < lower;
      mayRoundUp = closed ? high >= scale : high > scale;
      if ((mayRoundDown || mayRoundUp) && position <= requiredPlace) break;
    } else if (rest === 0n) {
      break;
    }
    if (position === lastPlace) break;
    digits.push(digit);
  }

  let roundUp = mayRoundUp;
  if (mayRoundDown === mayRoundUp) {
    const twice = 2n * rest;
    roundUp = twice > scale || (twice === scale && digit % 2 === 1);
  }
  digits.push(digit);
  const carried = roundUp && increment(digits);
  return { digits: digits.join(''), exponent: carried ? point : point - 1 };
}

/** Whether a positive value lies exactly between two decimals of so many places: only odd / 2^(places + 1) does. */
function isTie(value: number, places: number): boolean {
  return (value * 2 ** (places + 1)) % 2 === 1;
}

/** Python's `'{:.<places>f}'.format(value)`, of finite values too large for JavaScript's own as well. */
export function formatFixed(value: number, places: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const magnitude = Math.abs(value);
  if (magnitude < 1e21 && places <= 100 && !isTie(magnitude, places)) return sign + magnitude.toFixed(places);
  const { digits, exponent } = decimalDigits(magnitude, exactly('fraction', places));
  const padded = exponent >= 0 ? digits.padEnd(exponent + 1, '0') : '0'.repeat(-exponent) + digits;
  const whole = exponent >= 0 ? exponent + 1 : 1;
  const fraction = padded.slice(whole).padEnd(places, '0');
  return sign + padded.slice(0, whole) + (places > 0 ? `.${fraction}` : '');
}

/** Python's `'{:.<places>e}'.format(value)`. */
export function formatExponential(value: number, places: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const { digits, exponent } = decimalDigits(Math.abs(value), exactly('significant', places + 1));
  const fraction = places > 0 ? `.${digits.slice(1).padEnd(places, '0')}` : '';
  return sign + digits[0] + fraction + exponentText(exponent, 2);
}

function exactly(cutoffMode: CutoffMode, most: number): DigitRequest {
  return { format: 'float64', unique: false, cutoffMode, most, least: -1 };
}

/** `e+05`, with at least so many digits. */
export function exponentText(exponent: number, leastDigits: number): string {
  return `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(leastDigits, '0')}`;
}
