/**
 * Exponentials, logarithms and angles of float64 lanes to the last place or nearly: what the float64 forms are made of. Lanes that need
 * more than the usual steps take a path of their own, so that a lane's result never depends on its neighbour.
 */
import { clampLanes, exponentLanes, mantissaLanes } from './kernels';
import { tableF64 } from './lanes';

/** Adding this rounds to an integer, which is then in the low bits of the pattern. */
const ROUND_F64 = 6755399441055744.0; // 1.5 * 2^52
/** tan(pi / 8): up to here the series of the arctangent is short. */
const TAN_EIGHTH_PI = 0.41421356237309503;

/** Coefficients from the lowest on. */
const EXP_SERIES = memory.data<f64>([
  0.5, 0.1666666666666667, 0.04166666666666667, 0.008333333333325848, 0.0013888888888883544, 1.9841269875819578e-4,
  2.4801587326261104e-5, 2.755725413931689e-6, 2.7557272742699346e-7, 2.5105739219586713e-8, 2.0915059884917686e-9,
]);
/** (3/2 log((1 + s) / (1 - s)) / s - 3 - z) / z^2 by z = s^2. */
const LOG_SERIES = memory.data<f64>([
  0.6, 0.42857142857144137, 0.33333333332431136, 0.2727272751497419, 0.23076891180189554, 0.2000227542382067,
  0.17557532351307942, 0.1760372828326945,
]);
/** 2 / (3 log(2)), and in two parts. */
const LOG2_SCALE = memory.data<f64>([0.9617966939259756, 0.9617967009544373, -7.028461650952758e-9]);
const ATAN_SERIES = memory.data<f64>([
  -0.3333333333333333, 0.2, -0.1428571428571149, 0.11111111110751482, -0.0909090906681608, 0.07692306729194896,
  -0.06666641869131183, 0.058819230561140225, -0.05258020272656758, 0.04719259188242093, -0.04103887546862687, 0.030622995553735516,
  -0.013905374533113234,
]);
const ASIN_SERIES = memory.data<f64>([
  0.16666666666666669, 0.07499999999998425, 0.04464285714637338, 0.030381944137085216, 0.022372173002005596, 0.017352391265909227,
  0.013971235301124539, 0.011478952690257387, 0.010324318288744113, 0.00545087818772055, 0.017419357964884856, -0.014881409392818066,
  0.02877844261259304,
]);
/** log2(e); log(2) in two parts, the first of 33 bits, so that its products with exponents are exact; and 1.5 * 2^52. */
const EXPONENTS = memory.data<f64>([1.4426950408889634, 0.6931471803691238, 1.9082149292705877e-10, ROUND_F64]);

/** c + d x for two coefficients that follow each other. */
@inline
function line(table: usize, index: i32, x: v128): v128 {
  return f64x2.add(tableF64(table, index), f64x2.mul(x, tableF64(table, index + 1)));
}

/** The four terms from `index` on. */
@inline
function cubic(table: usize, index: i32, x: v128, square: v128): v128 {
  return f64x2.add(line(table, index, x), f64x2.mul(square, line(table, index + 2, x)));
}

/** A polynomial of 8, 11 or 13 coefficients, in terms that do not wait for each other. */
@inline
function polynomial(table: usize, count: i32, x: v128): v128 {
  const square = f64x2.mul(x, x);
  const fourth = f64x2.mul(square, square);
  const low = cubic(table, 0, x, square);
  const middle = cubic(table, 4, x, square);
  if (count == 8) return f64x2.add(low, f64x2.mul(fourth, middle));
  const top = count == 11 ? f64x2.add(line(table, 8, x), f64x2.mul(square, tableF64(table, 10)))
    : f64x2.add(cubic(table, 8, x, square), f64x2.mul(fourth, tableF64(table, 12)));
  return f64x2.add(low, f64x2.mul(fourth, f64x2.add(middle, f64x2.mul(fourth, top))));
}

/** (asin(s) - s) / s for 0 <= s <= 1/2 from the square of s. */
@inline
export function asinTail(z: v128): v128 {
  return f64x2.mul(polynomial(ASIN_SERIES, 13, z), z);
}

/** 2 to the integer in the low bits, which is a normal number's exponent. */
@inline
export function powerOfTwo(biased: v128): v128 {
  return i64x2.add(i64x2.shl(biased, 52), f64x2.splat(1.0));
}

/** The head of Veltkamp's splitting: 26 bits, so that products of heads and tails are exact. */
@inline
export function upperHalf(x: v128): v128 {
  return v128.and(x, i64x2.splat(0xFFFFFFFFF8000000));
}

/** What the quotient of numerator and denominator lacks of (numerator + numeratorTail) / (denominator + denominatorTail). */
@inline
export function lackOf(quotient: v128, numerator: v128, numeratorTail: v128, denominator: v128, denominatorTail: v128): v128 {
  const q = upperHalf(quotient);
  const qTail = f64x2.sub(quotient, q);
  const d = upperHalf(denominator);
  const dTail = f64x2.sub(denominator, d);
  let rest = f64x2.sub(numerator, f64x2.mul(q, d));
  rest = f64x2.sub(rest, f64x2.mul(q, dTail));
  rest = f64x2.sub(rest, f64x2.mul(qTail, d));
  rest = f64x2.sub(rest, f64x2.mul(qTail, dTail));
  rest = f64x2.add(rest, f64x2.sub(numeratorTail, f64x2.mul(quotient, denominatorTail)));
  return f64x2.div(rest, denominator);
}

/** What `exponential` makes of exp(r + tail) and of the exponent of 2 in the low bits of `biased`. */
type Form = i32;
/** The exponential itself, without its power of two. */
const POWER: Form = 0;
/** A quarter of 2^n times it less 1. */
const QUARTER: Form = 1;

/** For |r| up to log(2) / 2. Sums go from the largest on, with what the first has lost, so that nearly all error is the last rounding's. */
@inline
function exponential(r: v128, tail: v128, biased: v128, form: Form): v128 {
  const rest = f64x2.add(tail, f64x2.mul(f64x2.mul(r, r), polynomial(EXP_SERIES, 11, r)));
  const scale = form == POWER ? f64x2.splat(1.0) : powerOfTwo(i64x2.sub(biased, i64x2.splat(2)));
  const top = form == POWER ? scale : f64x2.sub(scale, f64x2.splat(0.25));
  const first = form == POWER ? r : f64x2.mul(scale, r);
  const last = form == POWER ? rest : f64x2.mul(scale, rest);
  const sum = f64x2.add(top, first);
  return f64x2.add(sum, f64x2.add(f64x2.add(f64x2.sub(top, sum), first), last));
}

/** The exponent of 2 nearest to exp(x), in the low bits. */
@inline
export function nearestExponent(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, tableF64(EXPONENTS, 0)), tableF64(EXPONENTS, 3));
}

@inline
function naturalExponential(x: v128, biased: v128, form: Form): v128 {
  // x = n log(2) + r + tail
  const n = f64x2.sub(biased, tableF64(EXPONENTS, 3));
  const high = f64x2.sub(x, f64x2.mul(n, tableF64(EXPONENTS, 1)));
  const low = f64x2.mul(n, tableF64(EXPONENTS, 2));
  const r = f64x2.sub(high, low);
  return exponential(r, f64x2.sub(f64x2.sub(high, r), low), biased, form);
}

/** exp(x) over the power of two in the low bits. */
@inline
export function expPower(x: v128, biased: v128): v128 {
  return naturalExponential(x, biased, POWER);
}

/** (exp(x) - 1) / 4 for -50 <= x <= 710.5. */
@inline
export function quarterExpm1(x: v128): v128 {
  return naturalExponential(x, nearestExponent(x), QUARTER);
}

/** x rounded to an integer, which is in the low bits of the pattern. */
@inline
export function nearest(x: v128): v128 {
  return f64x2.add(x, tableF64(EXPONENTS, 3));
}

/** 2^(x + tail) over the power of two in the low bits. */
@inline
export function exp2Power(x: v128, tail: v128, biased: v128): v128 {
  const r = f64x2.sub(x, f64x2.sub(biased, tableF64(EXPONENTS, 3)));
  // log(2) in 26 bits and the rest, so that the first product is exact.
  const head = upperHalf(r);
  const product = f64x2.mul(head, f64x2.splat(0.6931471675634384));
  const behind = f64x2.mul(f64x2.add(f64x2.sub(r, head), tail), f64x2.splat(0.6931471805599453));
  const beyond = f64x2.add(behind, f64x2.mul(head, f64x2.splat(1.2996506893889889e-8)));
  const sum = f64x2.add(product, beyond);
  return exponential(sum, f64x2.add(f64x2.sub(product, sum), beyond), biased, POWER);
}

/** A power times that of two in the low bits, in two factors, so that results below the normal numbers round once. */
@inline
export function scaled(power: v128, biased: v128): v128 {
  const n = f64x2.sub(biased, tableF64(EXPONENTS, 3));
  const half = nearest(f64x2.mul(n, f64x2.splat(0.5)));
  const rest = nearest(f64x2.sub(n, f64x2.sub(half, tableF64(EXPONENTS, 3))));
  return f64x2.mul(f64x2.mul(power, powerOfTwo(half)), powerOfTwo(rest));
}

export const NATURAL = 0;
export const BINARY = 1;
export const DECIMAL = 2;

/** log10(2) in two parts, the first of 33 bits; log2(e) and log10(e) in two parts, the first of 24 bits. */
const BASES = memory.data<f64>([
  0.30102999566361177, 3.694239077158931e-13, 1.4426950407214463, 1.6751713164886512e-10, 0.4342944818781689, 2.5082946711645275e-11,
]);

/**
 * The logarithm to a base of 2^extra x for x that is positive, normal and finite, or the natural one of x + lost, where `exact` is x - 1
 * if that is known better than x is; it counts where x lies around 1.
 */
@inline
function logarithmOf(x: v128, extra: v128, base: i32, lost: v128, exact: v128, isShifted: bool): v128 {
  let k = exponentLanes(x);
  let f = f64x2.sub(mantissaLanes(x), f64x2.splat(1.0));
  if (isShifted) {
    const near = f64x2.eq(k, f64x2.splat(0.0));
    f = v128.bitselect(exact, f, near);
    lost = v128.andnot(f64x2.div(lost, x), near);
  } else {
    k = f64x2.add(k, extra);
  }
  // With s = f / (2 + f) the logarithm of 1 + f is f - f^2 / 2 + s (f^2 / 2 + R(s^2)).
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2.0)));
  const z = f64x2.mul(s, s);
  const halfSquare = f64x2.mul(f64x2.mul(f, f), f64x2.splat(0.5));
  const series = f64x2.add(z, f64x2.mul(f64x2.mul(z, z), polynomial(LOG_SERIES, 8, z)));
  let rest = f64x2.mul(s, f64x2.add(halfSquare, f64x2.mul(series, f64x2.splat(0.6666666666666666))));
  if (base == NATURAL) {
    rest = f64x2.add(rest, f64x2.mul(k, tableF64(EXPONENTS, 2)));
    if (isShifted) rest = f64x2.add(rest, lost);
    // The larger terms, with what their sums have lost.
    const head = f64x2.sub(f, halfSquare);
    rest = f64x2.add(rest, f64x2.sub(f64x2.sub(f, head), halfSquare));
    const far = f64x2.mul(k, tableF64(EXPONENTS, 1));
    const sum = f64x2.add(far, head);
    return f64x2.add(sum, f64x2.add(rest, f64x2.add(f64x2.sub(far, sum), head)));
  }
  // A head of few enough bits for exact products.
  const head = v128.and(f64x2.sub(f, halfSquare), i64x2.splat(0xFFFFFFFF00000000));
  const tail = f64x2.add(f64x2.sub(f64x2.sub(f, head), halfSquare), rest);
  const factor = tableF64(BASES, base == BINARY ? 2 : 4);
  const value = f64x2.mul(head, factor);
  rest = f64x2.add(
    f64x2.mul(f64x2.add(tail, head), tableF64(BASES, base == BINARY ? 3 : 5)), f64x2.mul(tail, factor));
  const far = base == DECIMAL ? f64x2.mul(k, tableF64(BASES, 0)) : k;
  if (base == DECIMAL) rest = f64x2.add(rest, f64x2.mul(k, tableF64(BASES, 1)));
  const sum = f64x2.add(far, value);
  return f64x2.add(f64x2.add(rest, f64x2.add(f64x2.sub(far, sum), value)), sum);
}

@inline
export function logarithm(x: v128, extra: v128, base: i32): v128 {
  return logarithmOf(x, extra, base, x, x, false);
}

@inline
export function logarithmNear(x: v128, lost: v128, exact: v128): v128 {
  return logarithmOf(x, x, NATURAL, lost, exact, true);
}

/** x^y for x that is positive, normal and finite over 2^extra, and finite y: 2 to the power of y log2(x), of which 65 bits are known. */
@inline
export function powerLanes(x: v128, extra: v128, y: v128): v128 {
  const k = f64x2.add(exponentLanes(x), extra);
  const f = f64x2.sub(mantissaLanes(x), f64x2.splat(1.0));
  // s = f / (2 + f) with what it lacks.
  const two = f64x2.splat(2.0);
  const below = f64x2.add(f, two);
  const s = f64x2.div(f, below);
  const sTail = lackOf(s, f, f64x2.splat(0.0), below, f64x2.add(f64x2.sub(two, below), f));
  const sHead = upperHalf(s);
  const sRest = f64x2.add(f64x2.sub(s, sHead), sTail);
  // log2(1 + f) = 2 / (3 log(2)) s (3 + s^2 + ...)
  const z = f64x2.mul(s, s);
  const square = f64x2.mul(sHead, sHead);
  const series = f64x2.add(
    f64x2.mul(f64x2.mul(z, z), polynomial(LOG_SERIES, 8, z)), f64x2.mul(sRest, f64x2.add(sHead, s)));
  const three = f64x2.splat(3.0);
  const tHead = upperHalf(f64x2.add(f64x2.add(three, square), series));
  const tRest = f64x2.sub(series, f64x2.sub(f64x2.sub(tHead, three), square));
  const u = f64x2.mul(sHead, tHead);
  const v = f64x2.add(f64x2.mul(sRest, tHead), f64x2.mul(tRest, s));
  const pHead = upperHalf(f64x2.add(u, v));
  const pRest = f64x2.sub(v, f64x2.sub(pHead, u));
  const high = f64x2.mul(pHead, tableF64(LOG2_SCALE, 1));
  const low = f64x2.add(f64x2.mul(pHead, tableF64(LOG2_SCALE, 2)), f64x2.mul(pRest, tableF64(LOG2_SCALE, 0)));
  const logHead = upperHalf(f64x2.add(f64x2.add(high, low), k));
  const logRest = f64x2.sub(low, f64x2.sub(f64x2.sub(logHead, k), high));
  const yHead = upperHalf(y);
  const exact = f64x2.mul(yHead, logHead);
  // Beyond these bounds the result is 0 or infinite.
  const exponent = clampLanes(exact, 1100.0);
  const tail = f64x2.add(f64x2.mul(f64x2.sub(y, yHead), logHead), f64x2.mul(y, logRest));
  const bounded = v128.and(tail, f64x2.eq(exponent, exact));
  const biased = nearest(f64x2.add(exponent, bounded));
  return scaled(exp2Power(exponent, bounded, biased), biased);
}

/** pi / 4, of no more than 50 bits, so that its multiples up to 4 are exact, and what it lacks. */
const QUARTER_PI = 0.7853981633974483;
const QUARTER_PI_TAIL = 3.061616997868383e-17;

/**
 * The angle, between 0 and pi, of a point `width` to the right, or to the left, and `height` up. Neither is negative,
 * and the larger is of a size whose products neither overflow nor vanish.
 */
@inline
export function angleBetween(height: v128, width: v128, left: v128): v128 {
  const steep = f64x2.gt(height, width);
  const larger = v128.bitselect(height, width, steep);
  const smaller = v128.bitselect(width, height, steep);
  const folded = f64x2.gt(smaller, f64x2.mul(larger, f64x2.splat(TAN_EIGHTH_PI)));
  // What the difference and the sum lose counts for both.
  const taken = v128.and(folded, larger);
  const numerator = f64x2.sub(smaller, taken);
  const numeratorTail = f64x2.sub(smaller, f64x2.add(numerator, taken));
  const added = v128.and(folded, smaller);
  const sum = f64x2.add(larger, added);
  const sumTail = f64x2.sub(added, f64x2.sub(sum, larger));
  // 0 / 0 counts as 0.
  const denominator = v128.bitselect(f64x2.splat(1.0), sum, f64x2.eq(sum, f64x2.splat(0.0)));
  const t = f64x2.div(numerator, denominator);
  const lack = lackOf(t, numerator, numeratorTail, denominator, sumTail);
  // A tiny quotient is the angle, and the products that show its error would underflow.
  const lost = v128.and(lack, f64x2.gt(f64x2.abs(t), f64x2.splat(1e-200)));
  const z = f64x2.mul(t, t);
  const series = f64x2.mul(f64x2.mul(t, z), polynomial(ATAN_SERIES, 13, z));
  // The eighth of the turn that the series is added to or taken from.
  const one = f64x2.splat(1.0);
  const flipped = v128.xor(steep, left);
  const base = v128.bitselect(f64x2.splat(2.0), v128.and(left, f64x2.splat(4.0)), steep);
  const sign = v128.and(flipped, f64x2.splat(-0.0));
  const eighth = f64x2.add(base, v128.xor(v128.and(folded, one), sign));
  const rest = f64x2.add(v128.xor(f64x2.add(series, lost), sign), f64x2.mul(eighth, f64x2.splat(QUARTER_PI_TAIL)));
  // Largest first, so that each rounds once: the eighth, t, and what is small.
  const head = f64x2.mul(eighth, f64x2.splat(QUARTER_PI));
  const turn = v128.xor(t, sign);
  const angle = f64x2.add(head, turn);
  return f64x2.add(angle, f64x2.add(f64x2.add(f64x2.sub(head, angle), turn), rest));
}
