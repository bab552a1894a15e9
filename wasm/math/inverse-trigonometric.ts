/** Inverse circular functions. */
import { clampLanes } from './kernels';
import { angleBetween, asinTail, upperHalf } from './doubles';
import { narrow, widenHigh, widenLow } from './lanes';

const PI = 3.141592653589793;
const HALF_PI = 1.5707963267948966;
const QUARTER_PI = 0.7853981633974483;
/** tan(pi / 8): up to here the arctangent series is short. */
const TAN_EIGHTH_PI = 0.4142135623730951;

/** asin(s) for 0 <= s <= 1/2, from s and its square. */
@inline
function asinSeries(s: v128, z: v128): v128 {
  let p = f64x2.splat(0.03295706593608214);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.001934170173229227));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.020664415433552893));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.02186196401612031));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.03042695281308392));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.044640681494948584));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.07500005058564425));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.166666666265782));
  return f64x2.add(s, f64x2.mul(f64x2.mul(s, z), p));
}

/** atan(t) for |t| <= tan(pi / 8). */
@inline
function atanSeries(t: v128): v128 {
  const z = f64x2.mul(t, t);
  let p = f64x2.splat(-0.037919295899887615);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.06991090236460981));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.08996850185807287));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.11104009533007145));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.14285424209183986));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.19999994348848352));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.33333333295986717));
  return f64x2.add(t, f64x2.mul(f64x2.mul(t, z), p));
}

/** What pi / 2 is beyond its float64. */
const HALF_PI_TAIL = 6.123233995736766e-17;

/**
 * asin of |x| up to 1/2, or the angle to the nearer end: asin(sqrt((1 - |x|) / 2)), as a head of 26 bits where it is that, and the rest.
 * The lanes of `outer` are those.
 */
@inline
function arcHead(a: v128, z: v128, outer: v128): v128 {
  return v128.bitselect(upperHalf(f64x2.sqrt(z)), a, outer);
}

@inline
function arcRest(a: v128, z: v128, outer: v128, head: v128): v128 {
  const root = v128.bitselect(f64x2.sqrt(z), a, outer);
  // What the head lacks of the root, 0 where it is all.
  const sum = f64x2.pmax(f64x2.add(root, head), f64x2.splat(1e-300));
  const lack = f64x2.div(f64x2.sub(z, f64x2.mul(head, head)), sum);
  return f64x2.add(v128.and(lack, outer), f64x2.mul(root, asinTail(z)));
}

@inline
function arcSquare(a: v128, outer: v128): v128 {
  const half = f64x2.splat(0.5);
  return v128.bitselect(f64x2.mul(f64x2.sub(f64x2.splat(1.0), a), half), f64x2.mul(a, a), outer);
}

export function asin_f64(x: f64): f64 {
  return f64x2.extract_lane(asin_f64x2(f64x2.splat(x)), 0);
}

export function asin_f64x2(x: v128): v128 {
  const a = f64x2.abs(x);
  const outer = f64x2.gt(a, f64x2.splat(0.5));
  const z = arcSquare(a, outer);
  const head = arcHead(a, z, outer);
  const rest = arcRest(a, z, outer, head);
  const far = f64x2.sub(
    f64x2.sub(f64x2.splat(HALF_PI), f64x2.add(head, head)), f64x2.sub(f64x2.add(rest, rest), f64x2.splat(HALF_PI_TAIL)));
  return v128.bitselect(x, v128.bitselect(far, f64x2.add(head, rest), outer), f64x2.splat(-0.0));
}

@inline
function asinPair(x: v128): v128 {
  const a = f64x2.abs(x);
  const half = f64x2.splat(0.5);
  // Above 1/2: asin(a) = pi / 2 - 2 asin(sqrt((1 - a) / 2)).
  const outer = f64x2.gt(a, half);
  const z = v128.bitselect(f64x2.mul(f64x2.sub(f64x2.splat(1.0), a), half), f64x2.mul(a, a), outer);
  const series = asinSeries(v128.bitselect(f64x2.sqrt(z), a, outer), z);
  return v128.bitselect(f64x2.sub(f64x2.splat(HALF_PI), f64x2.add(series, series)), series, outer);
}

export function asin_f32x4(x: v128): v128 {
  const result = narrow(asinPair(widenLow(x)), asinPair(widenHigh(x)));
  return v128.bitselect(x, result, f32x4.splat(-0.0));
}

export function asin_f32(x: f32): f32 {
  return f32x4.extract_lane(asin_f32x4(f32x4.splat(x)), 0);
}

export function acos_f64(x: f64): f64 {
  return f64x2.extract_lane(acos_f64x2(f64x2.splat(x)), 0);
}

export function acos_f64x2(x: v128): v128 {
  const a = f64x2.abs(x);
  const outer = f64x2.gt(a, f64x2.splat(0.5));
  const z = arcSquare(a, outer);
  const head = arcHead(a, z, outer);
  const rest = arcRest(a, z, outer, head);
  const negative = f64x2.lt(x, f64x2.splat(0.0));
  // Twice the angle, or pi less that; and for small x pi / 2 less or more.
  const factor = v128.bitselect(f64x2.splat(2.0), f64x2.splat(-1.0), outer);
  const sign = v128.and(negative, f64x2.splat(-0.0));
  const signed = v128.xor(factor, sign);
  const quarters = v128.bitselect(v128.and(negative, f64x2.splat(2.0)), f64x2.splat(1.0), outer);
  const top = f64x2.mul(quarters, f64x2.splat(HALF_PI));
  const first = f64x2.mul(head, signed);
  const sum = f64x2.add(top, first);
  const lost = f64x2.add(f64x2.sub(top, sum), first);
  const tail = f64x2.add(f64x2.mul(rest, signed), f64x2.mul(quarters, f64x2.splat(HALF_PI_TAIL)));
  return f64x2.add(sum, f64x2.add(v128.andnot(lost, f64x2.eq(top, f64x2.splat(0.0))), tail));
}

@inline
function acosPair(x: v128): v128 {
  const a = f64x2.abs(x);
  const half = f64x2.splat(0.5);
  const outer = f64x2.gt(a, half);
  const z = v128.bitselect(f64x2.mul(f64x2.sub(f64x2.splat(1.0), a), half), f64x2.mul(a, a), outer);
  const series = asinSeries(v128.bitselect(f64x2.sqrt(z), a, outer), z);
  const twice = f64x2.add(series, series);
  const negative = f64x2.lt(x, f64x2.splat(0.0));
  const far = v128.bitselect(f64x2.sub(f64x2.splat(PI), twice), twice, negative);
  const near = f64x2.sub(f64x2.splat(HALF_PI), v128.bitselect(f64x2.neg(series), series, negative));
  return v128.bitselect(far, near, outer);
}

export function acos_f32x4(x: v128): v128 {
  return narrow(acosPair(widenLow(x)), acosPair(widenHigh(x)));
}

export function acos_f32(x: f32): f32 {
  return f32x4.extract_lane(acos_f32x4(f32x4.splat(x)), 0);
}

/** The angle of a point of any coordinates, without their signs: far and near ones are scaled, and infinite ones lie at 1 and 0. */
function angleBeyond(height: v128, width: v128, left: v128): v128 {
  const infinity = f64x2.splat(Infinity);
  const one = f64x2.splat(1.0);
  const larger = f64x2.pmax(height, width);
  const far = f64x2.gt(larger, f64x2.splat(1e200));
  const near = f64x2.lt(larger, f64x2.splat(1e-200));
  // 2^-540 or 2^540
  const scale = v128.bitselect(f64x2.splat(2.778448436856347e-163), v128.bitselect(f64x2.splat(3.599131035634557e162), one, near), far);
  const endless = v128.or(f64x2.eq(height, infinity), f64x2.eq(width, infinity));
  const up = v128.bitselect(v128.and(f64x2.eq(height, infinity), one), f64x2.mul(height, scale), endless);
  const along = v128.bitselect(v128.and(f64x2.eq(width, infinity), one), f64x2.mul(width, scale), endless);
  return angleBetween(up, along, left);
}

@inline
function angle(height: v128, width: v128, left: v128): v128 {
  const larger = f64x2.pmax(height, width);
  const usual = v128.and(f64x2.le(larger, f64x2.splat(1e200)), f64x2.ge(larger, f64x2.splat(1e-200)));
  return i64x2.all_true(usual) ? angleBetween(height, width, left) : angleBeyond(height, width, left);
}

export function atan_f64(x: f64): f64 {
  return f64x2.extract_lane(atan_f64x2(f64x2.splat(x)), 0);
}

export function atan_f64x2(x: v128): v128 {
  const result = v128.bitselect(x, angle(f64x2.abs(x), f64x2.splat(1.0), f64x2.splat(0.0)), f64x2.splat(-0.0));
  return v128.bitselect(result, x, f64x2.eq(x, x));
}

@inline
function atanPair(x: v128): v128 {
  const a = f64x2.abs(x);
  const one = f64x2.splat(1.0);
  // atan(a) = pi / 2 + atan(-1 / a) = pi / 4 + atan((a - 1) / (a + 1))
  const far = f64x2.gt(a, f64x2.splat(2.414213562373095));
  const middle = f64x2.gt(a, f64x2.splat(TAN_EIGHTH_PI));
  const numerator = v128.bitselect(f64x2.splat(-1.0), v128.bitselect(f64x2.sub(a, one), a, middle), far);
  const denominator = v128.bitselect(a, v128.bitselect(f64x2.add(a, one), one, middle), far);
  const base = v128.bitselect(f64x2.splat(HALF_PI), v128.and(middle, f64x2.splat(QUARTER_PI)), far);
  return f64x2.add(base, atanSeries(f64x2.div(numerator, denominator)));
}

export function atan_f32x4(x: v128): v128 {
  const result = narrow(atanPair(widenLow(x)), atanPair(widenHigh(x)));
  return v128.bitselect(x, result, f32x4.splat(-0.0));
}

export function atan_f32(x: f32): f32 {
  return f32x4.extract_lane(atan_f32x4(f32x4.splat(x)), 0);
}

export function atan2_f64(y: f64, x: f64): f64 {
  return f64x2.extract_lane(atan2_f64x2(f64x2.splat(y), f64x2.splat(x)), 0);
}

/** Lanes whose sign bit is set, that of -0 too: the comparison with the sign moved to 1 reads it. */
@inline
function leftOf(x: v128): v128 {
  return f64x2.lt(v128.or(v128.and(x, f64x2.splat(-0.0)), f64x2.splat(1.0)), f64x2.splat(0.0));
}

export function atan2_f64x2(y: v128, x: v128): v128 {
  const signed = v128.bitselect(y, angle(f64x2.abs(y), f64x2.abs(x), leftOf(x)), f64x2.splat(-0.0));
  const ordered = v128.and(f64x2.eq(y, y), f64x2.eq(x, x));
  return v128.bitselect(signed, f64x2.splat(NaN), ordered);
}

/** The angle between 0 and pi; the sign of y is added later. */
@inline
function atan2Pair(y: v128, x: v128): v128 {
  // The clamp makes infinities equal to each other and large beside all else.
  const height = f64x2.abs(clampLanes(y, 1e300));
  const width = f64x2.abs(clampLanes(x, 1e300));
  const steep = f64x2.gt(height, width);
  const larger = v128.bitselect(height, width, steep);
  const smaller = v128.bitselect(width, height, steep);
  const folded = f64x2.gt(smaller, f64x2.mul(larger, f64x2.splat(TAN_EIGHTH_PI)));
  const numerator = f64x2.sub(smaller, v128.and(folded, larger));
  const sum = f64x2.add(larger, v128.and(folded, smaller));
  // 0 / 0 counts as 0.
  const denominator = v128.bitselect(f64x2.splat(1.0), sum, f64x2.eq(sum, f64x2.splat(0.0)));
  let angle = f64x2.add(v128.and(folded, f64x2.splat(QUARTER_PI)), atanSeries(f64x2.div(numerator, denominator)));
  angle = v128.bitselect(f64x2.sub(f64x2.splat(HALF_PI), angle), angle, steep);
  return v128.bitselect(f64x2.sub(f64x2.splat(PI), angle), angle, leftOf(x));
}

export function atan2_f32x4(y: v128, x: v128): v128 {
  const angle = narrow(atan2Pair(widenLow(y), widenLow(x)), atan2Pair(widenHigh(y), widenHigh(x)));
  const signed = v128.bitselect(y, angle, f32x4.splat(-0.0));
  const ordered = v128.and(f32x4.eq(y, y), f32x4.eq(x, x));
  return v128.bitselect(signed, f32x4.splat(NaN), ordered);
}

export function atan2_f32(y: f32, x: f32): f32 {
  return f32x4.extract_lane(atan2_f32x4(f32x4.splat(y), f32x4.splat(x)), 0);
}
