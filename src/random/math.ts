import { reciprocals } from '../core/reciprocals.ts';

/**
 * Logarithm, sine and cosine with one result on every engine, the one NumPy and PyTorch get.
 *
 * `Math.log` and its kin may differ in the last bit from engine to engine and from the C library that NumPy and PyTorch
 * call; a random stream that is to be equal to theirs to the bit cannot use them. These follow the algorithms of glibc
 * on a CPU with fused multiply-add: table lookup and a short polynomial. A fused step is imitated only where its
 * rounding can reach the result; elsewhere it is below 2**-15 units in the last place.
 */

const floats = new Float64Array(1);
const words = new Int32Array(floats.buffer);
const lowWord = new Int32Array(new Float64Array([1]).buffer)[1] !== 0 ? 0 : 1;
const highWord = 1 - lowWord;

/** `a * b + c` rounded once, for operands far from overflow and underflow. */
export function fma(a: number, b: number, c: number): number {
  const product = a * b;
  const splitA = 134217729 * a;
  const highA = splitA - (splitA - a);
  const lowA = a - highA;
  const splitB = 134217729 * b;
  const highB = splitB - (splitB - b);
  const lowB = b - highB;
  const productError = lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
  const sum = product + c;
  const back = sum - product;
  const sumError = product - (sum - back) + (c - back);
  return sum + (sumError + productError);
}

// log ---------------------------------------------------------------------------------------------------------------

const logParts = 128;
const ln2High = 0.6931471805598903;
const ln2Low = 5.497923018708371e-14;

const reciprocalLogs = reciprocals.map((value) => Math.round(-Math.log(value) * 2 ** 43) / 2 ** 43);

/** Natural logarithm. */
export function log(x: number): number {
  if (x >= 0.9375 && x < 1.064697265625) return logNearOne(x);
  floats[0] = x;
  let high = words[highWord];
  let exponent = 0;
  if (high < 0x00100000 || high >= 0x7ff00000) {
    if (x === 0) return -Infinity;
    if (x !== x || x === Infinity) return x;
    if (x < 0) return NaN;
    floats[0] = x * 4503599627370496;
    high = words[highWord];
    exponent = -52;
  }
  const shifted = high - 0x3fe60000;
  const part = (shifted >> 13) & (logParts - 1);
  const power = shifted >> 20;
  exponent += power;
  words[highWord] = high - (power << 20);
  const z = floats[0];
  const reciprocal = reciprocals[part];

  // z * reciprocal - 1 without error but the last rounding: the product less one is exact.
  const product = z * reciprocal;
  const splitZ = 134217729 * z;
  const highZ = splitZ - (splitZ - z);
  const lowZ = z - highZ;
  const splitR = 134217729 * reciprocal;
  const highR = splitR - (splitR - reciprocal);
  const lowR = reciprocal - highR;
  const r = product - 1 + (lowZ * lowR - (product - highZ * highR - lowZ * highR - highZ * lowR));

  const head = exponent * ln2High + reciprocalLogs[part];
  const sum = head + r;
  const r2 = r * r;
  const tail = head - sum + r + exponent * ln2Low - 0.5000000000000001 * r2;
  const series =
    (r * -0.16667054827627667 + 0.20000304511814496) * r2 + (r * -0.2499999999622955 + 0.33333333331825593);
  return r * r2 * series + tail + sum;
}

function logNearOne(x: number): number {
  const r = x - 1;
  const r2 = r * r;
  const r3 = r * r2;
  const outer =
    r3 * -0.08328363062289341 + (r2 * 0.09181994006195467 + (r * -0.10000486757818193 + 0.11110712032936046));
  const middle = r3 * outer + (r2 * -0.12499997863982555 + (r * 0.14285715076560868 - 0.16666666669929706));
  const inner = fma(r2, 0.19999999999320328, fma(r, -0.24999999999998432, 0.3333333333333352));
  const series = fma(middle, r3, inner);
  const scaled = r * 134217728;
  const rHigh = r + scaled - scaled;
  const rLow = r - rHigh;
  const half = rHigh * rHigh * -0.5;
  const sum = r + half;
  const tail = r - sum + half + -0.5 * rLow * (rHigh + r);
  return fma(series, r3, tail) + sum;
}

// log1p -------------------------------------------------------------------------------------------------------------

/** Natural logarithm of `1 + x`, accurate for small `x`. */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const magnitude = Math.abs(x);
  if (magnitude < 1.862645149230957e-9) return magnitude < 5.551115123125783e-17 ? x : x - x * x * 0.5;
  floats[0] = x;
  const topOfX = words[highWord];
  let f = x;
  let exponent = 0;
  let correction = 0;
  let fractionTop = 1;
  // Between sqrt(1/2) and sqrt(2), cut at these high words, 1 + x needs no scaling.
  const unscaled = topOfX < 0 ? (topOfX & 0x7fffffff) < 0x3fd2bec4 : topOfX < 0x3fda827a;
  if (!unscaled) {
    let sum = x;
    if (x < 9007199254740992) {
      sum = 1 + x;
      floats[0] = sum;
      exponent = (words[highWord] >> 20) - 1023;
      correction = (exponent > 0 ? 1 - (sum - x) : x - (sum - 1)) / sum;
    } else {
      exponent = (topOfX >> 20) - 1023;
    }
    floats[0] = sum;
    fractionTop = words[highWord] & 0x000fffff;
    if (fractionTop < 0x6a09e) {
      words[highWord] = fractionTop | 0x3ff00000;
    } else {
      exponent++;
      words[highWord] = fractionTop | 0x3fe00000;
      fractionTop = (0x00100000 - fractionTop) >> 2;
    }
    f = floats[0] - 1;
  }
  const halfSquare = 0.5 * f * f;
  if (fractionTop === 0) {
    if (f === 0) {
      if (exponent === 0) return 0;
      return exponent * 0.6931471803691238 + (correction + exponent * 1.9082149292705877e-10);
    }
    const rest = halfSquare * fma(-f, 0.6666666666666666, 1);
    if (exponent === 0) return f - rest;
    return exponent * 0.6931471803691238 - (rest - (exponent * 1.9082149292705877e-10 + correction) - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  const z4 = z2 * z2;
  const second = fma(z, 0.2857142874366239, 0.3999999999940942);
  const third = z * 0.1818357216161805 + 0.22222198432149984;
  const fourth = z * 0.14798198605116586 + 0.15313837699209373;
  const series = z2 * z4 * fourth + fma(z4, third, fma(z, 0.6666666666666735, z2 * second));
  const scaled = (series + halfSquare) * s;
  if (exponent === 0) return f - (halfSquare - scaled);
  return exponent * 0.6931471803691238 - (halfSquare - (exponent * 1.9082149292705877e-10 + correction + scaled) - f);
}

// sine and cosine ---------------------------------------------------------------------------------------------------

/** sin and cos of k/128 as a double and the rest of it: sin, its rest, cos, its rest. Made at first use. */
let sineTable: Float64Array | undefined;

/** Results of the last `sinCos`. */
export const angle = { sin: 0, cos: 1 };

/** Sine and cosine of `x`, 0 <= x < 105414350, into `angle`. */
export function sinCos(x: number): void {
  const table = (sineTable ??= makeSineTable());
  if (x < 7.450580596923828e-9) {
    angle.sin = x;
    angle.cos = 1;
  } else if (x < 0.85546875) {
    angle.sin = sinReduced(table, x, 0);
    angle.cos = cosReduced(table, x, 0);
  } else if (x < 2.426265) {
    const y = 1.5707963267948966 - x;
    const a = y + 6.123233995736766e-17;
    const da = y - a + 6.123233995736766e-17;
    angle.sin = cosReduced(table, a, da);
    angle.cos = sinReduced(table, a, da);
  } else {
    // Subtract the nearest multiple of pi/2 in four parts.
    const multiple = x * 0.6366197723675814 + 6755399441055744 - 6755399441055744;
    const y = x - multiple * 1.5707963407039642 - multiple * -1.3909067564377153e-8;
    const third = multiple * -4.97899623147991e-17;
    const y2 = y - third;
    const fourth = multiple * -1.9034889620193266e-25;
    const a = y2 - fourth;
    const da = y - y2 - third + (y2 - a - fourth);
    const quadrant = multiple & 3;
    const sine = sinReduced(table, a, da);
    const cosine = cosReduced(table, a, da);
    angle.sin = quadrant === 0 ? sine : quadrant === 1 ? cosine : quadrant === 2 ? -sine : -cosine;
    angle.cos = quadrant === 0 ? cosine : quadrant === 1 ? -sine : quadrant === 2 ? -cosine : sine;
  }
}

/** Adding 1.5 * 2**45 rounds to a multiple of 1/128. */
const round128 = 52776558133248;

function sinReduced(table: Float64Array, value: number, rest: number): number {
  const size = Math.abs(value);
  if (size < 0.126) {
    const square = value * value;
    let series = square * -2.5022014848318398e-8 + 2.755729806860771e-6;
    series = series * square - 0.00019841269834414642;
    series = (series * square + 0.008333333333332329) * square - 0.16666666666666666;
    return value + fma(square, fma(series, value, -0.5 * rest), rest);
  }
  const dx = value <= 0 ? -rest : rest;
  const near = size + round128 - round128;
  const x = size - near;
  const row = near * 512;
  const square = x * x;
  const s = x + (x * square * (square * 0.008333332142857223 - 0.16666666666666488) + dx);
  const c = x * dx + square * ((square * 0.001388888740079376 - 0.04166666666666644) * square + 0.5);
  const correction = fma(s, table[row + 2], fma(-c, table[row], s * table[row + 3] + table[row + 1]));
  const result = table[row] + correction;
  return value < 0 ? -result : result;
}

function cosReduced(table: Float64Array, value: number, rest: number): number {
  const dx = value < 0 ? -rest : rest;
  const size = Math.abs(value);
  const near = size + round128 - round128;
  const x = size - near + dx;
  const row = near * 512;
  const square = x * x;
  const s = x * square * (square * 0.008333332142857223 - 0.16666666666666488) + x;
  const c = square * ((square * 0.001388888740079376 - 0.04166666666666644) * square + 0.5);
  const correction = fma(-s, table[row], fma(-c, table[row + 2], table[row + 3] - s * table[row + 1]));
  return table[row + 2] + correction;
}

function makeSineTable(): Float64Array {
  const bits = 200n;
  const one = 1n << bits;
  const table = new Float64Array(440);
  const step = one >> 7n;
  // Taylor series of sin and cos of 1/128 in fixed point, then the addition theorems.
  let sinStep = 0n;
  let cosStep = 0n;
  let term = one;
  for (let order = 0n; term !== 0n; order++) {
    const sign = order & 2n ? -term : term;
    if (order & 1n) sinStep += sign;
    else cosStep += sign;
    term = ((term * step) >> bits) / (order + 1n);
  }
  let sine = 0n;
  let cosine = one;
  for (let row = 0; row < 440; row += 4) {
    writeHeadAndRest(table, row, sine);
    writeHeadAndRest(table, row + 2, cosine);
    const next = (sine * cosStep + cosine * sinStep) >> bits;
    cosine = (cosine * cosStep - sine * sinStep) >> bits;
    sine = next;
  }
  return table;

  function writeHeadAndRest(target: Float64Array, index: number, value: bigint): void {
    const head = Number(value);
    target[index] = head * 2 ** -200;
    target[index + 1] = Number(value - BigInt(head)) * 2 ** -200;
  }
}
