/** Functions of float64 that Math lacks. */

/** Halves to the even neighbour. */
export function rint(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor === 0 && Object.is(value, -0) ? -0 : floor;
  const up = rest > 0.5 || floor % 2 !== 0;
  const result = up ? floor + 1 : floor;
  return result === 0 && value < 0 ? -0 : result;
}

export function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0) || (Number.isNaN(value) && signBitOfNan(value));
}

function signBitOfNan(value: number): boolean {
  return new Uint32Array(new Float64Array([value]).buffer)[1] >>> 31 === 1;
}

export function copysign(magnitude: number, sign: number): number {
  return isNegative(sign) ? -Math.abs(magnitude) : Math.abs(magnitude);
}

/** Python's %. */
export function floorMod(x: number, y: number): number {
  const rest = x % y;
  if (y === 0) return rest;
  if (rest === 0) return copysign(0, y);
  return rest < 0 !== y < 0 ? rest + y : rest;
}

/** Python's //, as NumPy finds it: from the remainder, each step rounded to the dtype. */
export function floorDivide(x: number, y: number, round: (value: number) => number): number {
  if (y === 0) return x / y;
  const rest = x % y;
  let quotient = round(round(x - rest) / y);
  if (rest !== 0 && rest < 0 !== y < 0) quotient = round(quotient - 1);
  if (quotient === 0) return copysign(0, x / y);
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** The neighbour of x in the direction of y. */
export function nextafter(x: number, y: number, single: boolean): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  if (x === y) return y;
  const smallest = single ? 2 ** -149 : 2 ** -1074;
  if (x === 0) return y > 0 ? smallest : -smallest;
  // Bits count away from zero.
  const outwards = y > x === x > 0;
  if (single) {
    const word = new Uint32Array(new Float32Array([x]).buffer);
    word[0] += outwards ? 1 : -1;
    return new Float32Array(word.buffer)[0];
  }
  const word = new BigUint64Array(new Float64Array([x]).buffer);
  word[0] += outwards ? 1n : -1n;
  return new Float64Array(word.buffer)[0];
}

/** exp(−x²) without the error that rounding x² would bring: x is split so that its parts' products are exact. */
function expMinusSquare(x: number): number {
  const high = Math.fround(x);
  const low = x - high;
  return Math.exp(-high * high) * Math.exp(-low * (2 * high + low));
}

/** 2/√π · exp(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1 · 3 · 5 ⋯ (2n+1)): only positive terms, and the smallest first. */
function erfSeries(x: number): number {
  let sum = 1;
  for (let n = 40; n > 0; n--) sum = 1 + (2 * x * x) / (2 * n + 1) * sum;
  return (2 / Math.sqrt(Math.PI)) * expMinusSquare(x) * x * sum;
}

/** The continued fraction x + (1/2)/(x + 1/(x + (3/2)/(x + ...))), from its far end. */
function erfcFraction(x: number): number {
  let tail = x;
  for (let n = 2000; n > 0; n--) tail = x + n / 2 / tail;
  return expMinusSquare(x) / (Math.sqrt(Math.PI) * tail);
}

export function erf(x: number): number {
  if (Number.isNaN(x) || x === 0) return x;
  const size = Math.abs(x);
  const value = size < 1 ? erfSeries(size) : size < 6 ? 1 - erfcFraction(size) : 1;
  return x < 0 ? -value : value;
}

export function erfc(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x < 0) return 1 + erf(-x);
  if (x < 0.4) return 1 - erf(x);
  return x > 28 ? 0 : erfcFraction(x);
}

export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const small = Math.exp(x);
  return small / (1 + small);
}

export function logaddexp(x: number, y: number): number {
  if (x === y) return x + Math.LN2;
  const high = Math.max(x, y);
  return high + Math.log1p(Math.exp(Math.min(x, y) - high));
}

/** C's pow, of which JavaScript's differs where the base is ±1. */
export function pow(x: number, y: number): number {
  if (x === 1) return 1;
  return x === -1 && Math.abs(y) === Infinity ? 1 : x ** y;
}

/** Without overflow or underflow in between. */
export function hypot(x: number, y: number): number {
  return Math.hypot(x, y);
}

export function powInteger(x: bigint, y: bigint, bits: number): bigint {
  if (y < 0n) return x === 1n ? 1n : x === -1n ? (y % 2n === 0n ? 1n : -1n) : 0n;
  let result = 1n;
  for (let base = x, power = y; power > 0n; power >>= 1n) {
    if (power & 1n) result = BigInt.asUintN(bits, result * base);
    base = BigInt.asUintN(bits, base * base);
  }
  return result;
}

export function floorDivideInteger(x: bigint, y: bigint): bigint {
  if (y === 0n) return 0n;
  const quotient = x / y;
  return x % y !== 0n && x < 0n !== y < 0n ? quotient - 1n : quotient;
}

export function floorModInteger(x: bigint, y: bigint): bigint {
  if (y === 0n) return 0n;
  const rest = x % y;
  return rest !== 0n && rest < 0n !== y < 0n ? rest + y : rest;
}
