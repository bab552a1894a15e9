/**
 * Exponentials, logarithms and angles of float64 lanes to the last place or nearly: what the float64 forms are made of. Lanes that need
 * more than the usual steps take a path of their own, so that a lane's result never depends on its neighbour.
 */
import { exponentLanes, mantissaLanes } from './kernels';
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
const LOG_SERIES = memory.data<f64>([
  0.666666666666667, 0.39999999999886615, 0.28571428631764334, 0.2222221019926421, 0.18182956608063458, 0.15329500754204178,
  0.14643628601909797,
]);
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

/** A polynomial of 7, 11 or 13 coefficients, in terms that do not wait for each other. */
@inline
function polynomial(table: usize, count: i32, x: v128): v128 {
  const square = f64x2.mul(x, x);
  const fourth = f64x2.mul(square, square);
  const low = cubic(table, 0, x, square);
  if (count == 7) {
    const high = f64x2.add(line(table, 4, x), f64x2.mul(square, tableF64(table, 6)));
    return f64x2.add(low, f64x2.mul(fourth, high));
  }
  const middle = cubic(table, 4, x, square);
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

/** (exp(x) - 1) / 4 for -50 <= x <= 710.5. */
@inline
export function quarterExpm1(x: v128): v128 {
  // x = n log(2) + r + tail
  const biased = f64x2.add(f64x2.mul(x, tableF64(EXPONENTS, 0)), tableF64(EXPONENTS, 3));
  const n = f64x2.sub(biased, tableF64(EXPONENTS, 3));
  const high = f64x2.sub(x, f64x2.mul(n, tableF64(EXPONENTS, 1)));
  const low = f64x2.mul(n, tableF64(EXPONENTS, 2));
  const r = f64x2.sub(high, low);
  const tail = f64x2.sub(f64x2.sub(high, r), low);
  const rest = f64x2.add(tail, f64x2.mul(f64x2.mul(r, r), polynomial(EXP_SERIES, 11, r)));
  // 2^(n - 2) - 1/4, r and the rest, added up largest first, with what the first sum has lost.
  const scale = powerOfTwo(i64x2.sub(biased, i64x2.splat(2)));
  const top = f64x2.sub(scale, f64x2.splat(0.25));
  const first = f64x2.mul(scale, r);
  const sum = f64x2.add(top, first);
  return f64x2.add(sum, f64x2.add(f64x2.add(f64x2.sub(top, sum), first), f64x2.mul(scale, rest)));
}

/**
 * The logarithm of x + lost for x that is positive, normal and finite. `exact` is x - 1 where that is known better than x is; it counts
 * where x lies around 1.
 */
@inline
export function logarithm(x: v128, lost: v128, exact: v128): v128 {
  const k = exponentLanes(x);
  const near = f64x2.eq(k, f64x2.splat(0.0));
  const f = v128.bitselect(exact, f64x2.sub(mantissaLanes(x), f64x2.splat(1.0)), near);
  // With s = f / (2 + f) the logarithm of 1 + f is f - f^2 / 2 + s (f^2 / 2 + R(s^2)).
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2.0)));
  const z = f64x2.mul(s, s);
  const halfSquare = f64x2.mul(f64x2.mul(f, f), f64x2.splat(0.5));
  let rest = f64x2.mul(s, f64x2.add(halfSquare, f64x2.mul(z, polynomial(LOG_SERIES, 7, z))));
  rest = f64x2.add(rest, f64x2.mul(k, tableF64(EXPONENTS, 2)));
  rest = f64x2.add(rest, v128.andnot(f64x2.div(lost, x), near));
  // The larger terms, with what their sums have lost.
  const head = f64x2.sub(f, halfSquare);
  rest = f64x2.add(rest, f64x2.sub(f64x2.sub(f, head), halfSquare));
  const far = f64x2.mul(k, tableF64(EXPONENTS, 1));
  const sum = f64x2.add(far, head);
  return f64x2.add(sum, f64x2.add(rest, f64x2.add(f64x2.sub(far, sum), head)));
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
