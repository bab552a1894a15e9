import { logOfReciprocal, powersOfTwo, roundTo, toDouble } from '../core/exactLogarithms.ts';
import { fma } from './math.ts';

/**
 * Exponentials and powers with one result on every engine, the one that NumPy gets, as `math.ts` has logarithms: glibc's algorithms on a
 * CPU with fused multiply-add. Tables are made at first use.
 */

const floats = new Float64Array(1);
const words = new Int32Array(floats.buffer);
const lowWord = new Int32Array(new Float64Array([1]).buffer)[1] !== 0 ? 0 : 1;
const highWord = 1 - lowWord;

/** 2^(i/128) in pairs: what the nearest float64 lacks, as a part of it, and that float64. */
let powers: Float64Array | undefined;

/** Adding 1.5 * 2^52 rounds to an integer. */
const roundToInteger = 6755399441055744;

/** 2^exponent for any integer exponent of a normal number. */
function powerOfTwo(exponent: number): number {
  words[lowWord] = 0;
  words[highWord] = (exponent + 1023) << 20;
  return floats[0];
}

/** e^(x + rest) for |x| < 1024 ln 2. */
function exponential(x: number, rest: number): number {
  powers ??= powersOfTwo();
  const multiple = x * 184.6649652337873 + roundToInteger - roundToInteger;
  // The parts of ln(2) / 128: the product with the higher one is exact.
  const r = x - multiple * 0.005415212348111709 - multiple * 1.2864023111638346e-14 + rest;
  const index = (multiple & 127) * 2;
  const exponent = (multiple - (multiple & 127)) / 128;
  const r2 = r * r;
  const tail = powers[index] + r + r2 * (0.49999999999996786 + r * 0.16666666666665886)
    + r2 * r2 * (0.0416666808410674 + r * 0.008333335853059549);
  const head = powers[index + 1];
  const sum = fma(head, tail, head);
  if (exponent > 1020) return sum * 2 * powerOfTwo(exponent - 1);
  return exponent > -1000 ? sum * powerOfTwo(exponent) : subnormal(head * powerOfTwo(exponent + 1022), tail);
}

/** (head + head * tail) * 2^-1022, rounded once where that is below the normal numbers. */
function subnormal(head: number, tail: number): number {
  let sum = fma(head, tail, head);
  if (sum < 1) {
    // Adding 1 leaves the bits that there will be.
    const high = 1 + sum;
    sum = high + (1 - high + sum + (head - sum + head * tail)) - 1;
  }
  return sum * 2.2250738585072014e-308;
}

/** e^x. */
export function exp(x: number): number {
  if (!(Math.abs(x) < 708)) {
    if (x !== x) return x;
    if (x >= 709.782712893384) return Infinity;
    if (x <= -745.1332191019412) return 0;
  } else if (Math.abs(x) < 5.551115123125783e-17) {
    return 1 + x;
  }
  return exponential(x, 0);
}

/** Of each 128th of a binade: the reciprocal of a point in it, and its logarithm in two parts. */
let logarithms: Float64Array | undefined;

/** Reciprocals of so few bits that their products with half of a mantissa are exact. */
function makeLogarithms(): Float64Array {
  const table = new Float64Array(3 * 128);
  for (let i = 0; i < 128; i++) {
    floats[0] = 0;
    words[highWord] = 0x3fe69555 + (i << 13) + 0x1000;
    const middle = floats[0];
    const reciprocal = middle < 1 ? Math.round(128 / middle) / 128 : Math.round(256 / middle) / 256;
    const logarithm = logOfReciprocal(reciprocal);
    const head = roundTo(43n, logarithm);
    table[3 * i] = reciprocal;
    table[3 * i + 1] = toDouble(head);
    table[3 * i + 2] = toDouble(logarithm - head);
  }
  return table;
}

/** The parts of the logarithm below. */
let logHead = 0;
let logRest = 0;

/** The logarithm of a positive normal number, to 68 bits. */
function longLog(x: number): void {
  const table = (logarithms ??= makeLogarithms());
  floats[0] = x;
  const shifted = words[highWord] - 0x3fe69555;
  const index = 3 * ((shifted >> 13) & 127);
  const power = shifted >> 20;
  words[highWord] -= power << 20;
  const z = floats[0];
  const reciprocal = table[index];
  const split = 134217729 * z;
  const high = split - (split - z);
  const r = high * reciprocal - 1 + (z - high) * reciprocal;
  const t1 = power * 0.6931471805598903 + table[index + 1];
  const t2 = t1 + r;
  const low1 = power * 5.497923018708371e-14 + table[index + 2];
  const low2 = t1 - t2 + r;
  const half = -0.5 * r;
  const square = r * half;
  const cube = r * square;
  const head = t2 + square;
  const low3 = fma(half, r, -square);
  const low4 = t2 - head + square;
  const series = cube * (-0.6666666666666679 + r * 0.5000000000000007
    + square * (0.7999999995323976 + r * -0.6666666663487739 + square * (-1.142909628459501 + r * 1.0000415263675542)));
  const low = low1 + low2 + low3 + low4 + series;
  logHead = head + low;
  logRest = head - logHead + low;
}

/** x^y for x >= 0. */
export function pow(x: number, y: number): number {
  if (!(x >= 2.2250738585072014e-308 && x < Infinity && Math.abs(y) < 2 ** 60 && Math.abs(y) > 2 ** -60)) return x === 1 ? 1 : x ** y;
  longLog(x);
  const product = y * logHead;
  if (product > 709.79) return Infinity;
  if (product < -745.14) return 0;
  return exponential(product, y * logRest + fma(y, logHead, -product));
}

/** e^x - 1, accurate for small x. */
export function expm1(x: number): number {
  if (!(x > -38.816242428 && x < 709.782712893384)) return x !== x ? x : x > 0 ? Infinity : -1;
  const size = Math.abs(x);
  if (size < 5.551115123125783e-17) return x;
  let r = x;
  let lack = 0;
  let k = 0;
  if (size >= 0.34657383) {
    if (size < 1.03972077) k = x > 0 ? 1 : -1;
    else k = Math.trunc(1.4426950408889634 * x + (x > 0 ? 0.5 : -0.5));
    const high = x - k * 0.6931471803691238;
    const low = k * 1.9082149292705877e-10;
    r = high - low;
    lack = high - r - low;
  }
  const half = 0.5 * r;
  const square = r * half;
  const fourth = square * square;
  const series = 1 + square * -0.03333333333333313 + fourth * (0.0015873015872548146 + square * -7.93650757867488e-5)
    + fourth * fourth * (4.008217827329362e-6 + square * -2.0109921818362437e-7);
  const t = fma(-series, half, 3);
  const quotient = square * ((series - t) / fma(-r, t, 6));
  if (k === 0) return r - fma(r, quotient, -square);
  const e = fma(r, quotient - lack, -lack) - square;
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k <= -2 || k > 56) return k === 1024 ? (1 - (e - r)) * 2 * powerOfTwo(1023) - 1 : (1 - (e - r)) * powerOfTwo(k) - 1;
  return k < 20 ? (1 - powerOfTwo(-k) - (e - r)) * powerOfTwo(k) : (r - (e + powerOfTwo(-k)) + 1) * powerOfTwo(k);
}
