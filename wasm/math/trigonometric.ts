/** Circular functions. Each has one kernel; the arguments that need a long reduction take a scalar path to it. */
import { lackOf } from './doubles';
import { narrow, packF32, tableF32, tableF64, widenHigh, widenLow } from './lanes';
import { reduceLarge } from './reduction';

/** Up to here the multiple of pi / 2 has at most 20 bits, and its products with the first two parts of it are exact. */
const DIRECT_LIMIT = 1.6e6;
/**
 * 2 / pi; 1.5 * 2^52, which added rounds to an integer, which is then in the low bits of the pattern; and pi / 2 in parts: of 33 bits, of
 * the next 33, the rest, and all after the first.
 */
const QUADRANTS = memory.data<f64>([
  0.6366197723675814, 6755399441055744.0, 1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21, 6.077100506506192e-11,
]);

const SIN = 0;
const COS = 1;
const TAN = 2;

/** a + b in two parts for |a| >= |b|: the part that the sum lost. */
@inline
function lostInSum(a: v128, b: v128, sum: v128): v128 {
  return f64x2.add(f64x2.sub(a, sum), b);
}

/** Coefficients of sine and cosine. */
const CIRCULAR_F64 = memory.data<f64>([
  1.5896682306102815e-10, -2.5050756721435946e-8, 2.7557313687609503e-6, -1.9841269829813478e-4, 0.008333333333322455,
  -0.16666666666666632, -1.1358617326633082e-11, 2.0875703144585593e-9, -2.7557314203105375e-7, 2.4801587288965274e-5,
  -0.0013888888888873307, 0.041666666666666595, 7.450580596923828e-9,
]);

@inline
function circular_f64x2(x: v128, kind: i32): v128 {
  const biased = f64x2.add(f64x2.mul(x, tableF64(QUADRANTS, 0)), tableF64(QUADRANTS, 1));
  const n = f64x2.sub(biased, tableF64(QUADRANTS, 1));
  let quadrant = biased;
  // x - n * pi / 2 as r + tail.
  const first = f64x2.sub(x, f64x2.mul(n, tableF64(QUADRANTS, 2)));
  const second = f64x2.mul(n, tableF64(QUADRANTS, 3));
  const third = f64x2.mul(n, tableF64(QUADRANTS, 4));
  const difference = f64x2.sub(first, second);
  const back = f64x2.sub(difference, first);
  const error = f64x2.sub(f64x2.sub(first, f64x2.sub(difference, back)), f64x2.add(second, back));
  let r = f64x2.sub(difference, third);
  let tail = f64x2.add(f64x2.sub(f64x2.sub(difference, r), third), error);

  const large = f64x2.gt(f64x2.abs(x), f64x2.splat(DIRECT_LIMIT));
  if (v128.any_true(large)) {
    // Lane by lane, so that a lane's result does not depend on its neighbour.
    if (i64x2.extract_lane(large, 0)) {
      const reduced = reduceLarge(f64x2.extract_lane(x, 0));
      r = i64x2.shuffle(reduced, r, 0, 3);
      tail = i64x2.shuffle(reduced, tail, 1, 3);
      quadrant = i64x2.shuffle(reduced, quadrant, 1, 3);
    }
    if (i64x2.extract_lane(large, 1)) {
      const reduced = reduceLarge(f64x2.extract_lane(x, 1));
      r = i64x2.shuffle(r, reduced, 0, 2);
      tail = i64x2.shuffle(tail, reduced, 0, 3);
      quadrant = i64x2.shuffle(quadrant, reduced, 0, 3);
    }
  }

  const z = f64x2.mul(r, r);
  const half = f64x2.splat(0.5);
  const one = f64x2.splat(1.0);
  let p = tableF64(CIRCULAR_F64, 0);
  p = f64x2.add(f64x2.mul(p, z), tableF64(CIRCULAR_F64, 1));
  p = f64x2.add(f64x2.mul(p, z), tableF64(CIRCULAR_F64, 2));
  p = f64x2.add(f64x2.mul(p, z), tableF64(CIRCULAR_F64, 3));
  p = f64x2.add(f64x2.mul(p, z), tableF64(CIRCULAR_F64, 4));
  const cube = f64x2.mul(z, r);
  // sin(r + tail) = r - sineRest
  let sineRest = f64x2.sub(f64x2.mul(z, f64x2.sub(f64x2.mul(half, tail), f64x2.mul(cube, p))), tail);
  sineRest = f64x2.sub(sineRest, f64x2.mul(cube, tableF64(CIRCULAR_F64, 5)));

  let c = tableF64(CIRCULAR_F64, 6);
  c = f64x2.add(f64x2.mul(c, z), tableF64(CIRCULAR_F64, 7));
  c = f64x2.add(f64x2.mul(c, z), tableF64(CIRCULAR_F64, 8));
  c = f64x2.add(f64x2.mul(c, z), tableF64(CIRCULAR_F64, 9));
  c = f64x2.add(f64x2.mul(c, z), tableF64(CIRCULAR_F64, 10));
  c = f64x2.add(f64x2.mul(c, z), tableF64(CIRCULAR_F64, 11));
  // cos(r + tail) = near + cosineRest
  const halfSquare = f64x2.mul(half, z);
  const near = f64x2.sub(one, halfSquare);
  const cosineRest = f64x2.add(f64x2.sub(f64x2.sub(one, near), halfSquare),
    f64x2.sub(f64x2.mul(f64x2.mul(z, z), c), f64x2.mul(r, tail)));

  const even = i64x2.eq(v128.and(quadrant, i64x2.splat(1)), i64x2.splat(0));
  const sine = f64x2.sub(r, sineRest);
  const cosine = f64x2.add(near, cosineRest);
  if (kind == TAN) {
    const sineTail = f64x2.sub(f64x2.sub(r, sine), sineRest);
    const cosineTail = lostInSum(near, cosineRest, cosine);
    // tan(r) in even quadrants, -1 / tan(r) in odd ones.
    const sign = v128.andnot(f64x2.splat(-0.0), even);
    const numerator = v128.bitselect(sine, cosine, even);
    const denominator = v128.xor(v128.bitselect(cosine, sine, even), sign);
    const quotient = f64x2.div(numerator, denominator);
    const lack = lackOf(quotient, numerator, v128.bitselect(sineTail, cosineTail, even), denominator,
      v128.xor(v128.bitselect(cosineTail, sineTail, even), sign));
    // Tiny arguments are their own tangents; the split products would underflow.
    return v128.bitselect(x, f64x2.add(quotient, lack), f64x2.lt(f64x2.abs(x), tableF64(CIRCULAR_F64, 12)));
  }
  if (kind == SIN) {
    const sign = i64x2.shl(v128.and(quadrant, i64x2.splat(2)), 62);
    return v128.xor(v128.bitselect(sine, cosine, even), sign);
  }
  const sign = i64x2.shl(v128.and(i64x2.add(quadrant, i64x2.splat(1)), i64x2.splat(2)), 62);
  return v128.xor(v128.bitselect(cosine, sine, even), sign);
}

export function sin_f64x2(x: v128): v128 {
  return circular_f64x2(x, SIN);
}

export function cos_f64x2(x: v128): v128 {
  return circular_f64x2(x, COS);
}

export function tan_f64x2(x: v128): v128 {
  return circular_f64x2(x, TAN);
}

export function sin_f64(x: f64): f64 {
  return f64x2.extract_lane(sin_f64x2(f64x2.splat(x)), 0);
}

export function cos_f64(x: f64): f64 {
  return f64x2.extract_lane(cos_f64x2(f64x2.splat(x)), 0);
}

export function tan_f64(x: f64): f64 {
  return f64x2.extract_lane(tan_f64x2(f64x2.splat(x)), 0);
}

/** x * 2 / pi rounded to an integer, which is in the low bits of the pattern. */
@inline
function nearestQuadrant(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, tableF64(QUADRANTS, 0)), tableF64(QUADRANTS, 1));
}

/** The remainder of x, in float64, for the float32 forms. */
@inline
function reduceShort(x: v128, biased: v128): v128 {
  const n = f64x2.sub(biased, tableF64(QUADRANTS, 1));
  const first = f64x2.sub(x, f64x2.mul(n, tableF64(QUADRANTS, 2)));
  return f64x2.sub(first, f64x2.mul(n, tableF64(QUADRANTS, 5)));
}

/** A float32 lane beyond the direct reduction, through float64. */
function largeLane(x: f32, kind: i32): f32 {
  const wide = x as f64;
  return (kind == SIN ? sin_f64(wide) : kind == COS ? cos_f64(wide) : tan_f64(wide)) as f32;
}

function patchLarge_f32x4(x: v128, result: v128, kind: i32): v128 {
  const direct = f32x4.le(f32x4.abs(x), f32x4.splat(DIRECT_LIMIT as f32));
  const patched = packF32(
    i32x4.extract_lane(direct, 0) ? 0 : largeLane(f32x4.extract_lane(x, 0), kind),
    i32x4.extract_lane(direct, 1) ? 0 : largeLane(f32x4.extract_lane(x, 1), kind),
    i32x4.extract_lane(direct, 2) ? 0 : largeLane(f32x4.extract_lane(x, 2), kind),
    i32x4.extract_lane(direct, 3) ? 0 : largeLane(f32x4.extract_lane(x, 3), kind),
  );
  return v128.bitselect(result, patched, direct);
}

/** Coefficients of sine and cosine. */
const CIRCULAR_F32 = memory.data<f32>([
  -1.951840822584927e-4, 0.008332190103828907, -0.16666655242443085, 2.4432332793367095e-5, -0.0013887309469282627,
  0.04166664555668831,
]);

/** sin and cos: the reduction in float64, the polynomials in float32. */
@inline
function circular_f32x4(x: v128, kind: i32): v128 {
  // The sine of |x| takes the sign of x at the end, which keeps -0.
  const argument = kind == SIN ? f32x4.abs(x) : x;
  const low = widenLow(argument);
  const high = widenHigh(argument);
  const lowBiased = nearestQuadrant(low);
  const highBiased = nearestQuadrant(high);
  const r = narrow(reduceShort(low, lowBiased), reduceShort(high, highBiased));
  const quadrant = i32x4.shuffle(lowBiased, highBiased, 0, 2, 4, 6);

  const z = f32x4.mul(r, r);
  let p = tableF32(CIRCULAR_F32, 0);
  p = f32x4.add(f32x4.mul(p, z), tableF32(CIRCULAR_F32, 1));
  p = f32x4.add(f32x4.mul(p, z), tableF32(CIRCULAR_F32, 2));
  const sine = f32x4.add(r, f32x4.mul(f32x4.mul(r, z), p));
  let c = tableF32(CIRCULAR_F32, 3);
  c = f32x4.add(f32x4.mul(c, z), tableF32(CIRCULAR_F32, 4));
  c = f32x4.add(f32x4.mul(c, z), tableF32(CIRCULAR_F32, 5));
  const drop = f32x4.sub(f32x4.mul(f32x4.splat(0.5), z), f32x4.mul(f32x4.mul(z, z), c));
  const cosine = f32x4.sub(f32x4.splat(1.0), drop);

  const odd = i32x4.shr_s(i32x4.shl(quadrant, 31), 31);
  let result: v128;
  if (kind == SIN) {
    const sign = v128.xor(i32x4.shl(quadrant, 30), x);
    result = v128.xor(v128.bitselect(cosine, sine, odd), v128.and(sign, f32x4.splat(-0.0)));
  } else {
    const sign = i32x4.shl(i32x4.add(quadrant, i32x4.splat(1)), 30);
    result = v128.xor(v128.bitselect(sine, cosine, odd), v128.and(sign, f32x4.splat(-0.0)));
  }
  if (v128.any_true(f32x4.gt(f32x4.abs(x), f32x4.splat(DIRECT_LIMIT as f32)))) return patchLarge_f32x4(x, result, kind);
  return result;
}

/** Coefficients of sine and cosine, for tangents of float32. */
const TANGENT_F32 = memory.data<f64>([
  2.718237320798943e-6, -1.9839327140878745e-4, 0.008333329362292934, -0.1666666664142663, -2.7205048359388583e-7,
  2.4799451577377157e-5, -0.0013888883467370202, 0.0416666666191083,
]);

/** The tangent of two float32 values in float64, good to a few units of 2^-37. */
@inline
function tangentPair(x: v128): v128 {
  const biased = nearestQuadrant(x);
  const r = reduceShort(x, biased);
  const z = f64x2.mul(r, r);
  const one = f64x2.splat(1.0);
  let p = tableF64(TANGENT_F32, 0);
  p = f64x2.add(f64x2.mul(p, z), tableF64(TANGENT_F32, 1));
  p = f64x2.add(f64x2.mul(p, z), tableF64(TANGENT_F32, 2));
  p = f64x2.add(f64x2.mul(p, z), tableF64(TANGENT_F32, 3));
  const sine = f64x2.mul(r, f64x2.add(one, f64x2.mul(z, p)));
  let c = tableF64(TANGENT_F32, 4);
  c = f64x2.add(f64x2.mul(c, z), tableF64(TANGENT_F32, 5));
  c = f64x2.add(f64x2.mul(c, z), tableF64(TANGENT_F32, 6));
  c = f64x2.add(f64x2.mul(c, z), tableF64(TANGENT_F32, 7));
  c = f64x2.sub(f64x2.mul(c, z), f64x2.splat(0.5));
  const cosine = f64x2.add(one, f64x2.mul(z, c));
  const even = i64x2.eq(v128.and(biased, i64x2.splat(1)), i64x2.splat(0));
  const denominator = v128.xor(v128.bitselect(cosine, sine, even), v128.andnot(f64x2.splat(-0.0), even));
  return f64x2.div(v128.bitselect(sine, cosine, even), denominator);
}

export function sin_f32x4(x: v128): v128 {
  return circular_f32x4(x, SIN);
}

export function cos_f32x4(x: v128): v128 {
  return circular_f32x4(x, COS);
}

export function tan_f32x4(x: v128): v128 {
  const result = narrow(tangentPair(widenLow(x)), tangentPair(widenHigh(x)));
  if (v128.any_true(f32x4.gt(f32x4.abs(x), f32x4.splat(DIRECT_LIMIT as f32)))) return patchLarge_f32x4(x, result, TAN);
  return result;
}

export function sin_f32(x: f32): f32 {
  return f32x4.extract_lane(sin_f32x4(f32x4.splat(x)), 0);
}

export function cos_f32(x: f32): f32 {
  return f32x4.extract_lane(cos_f32x4(f32x4.splat(x)), 0);
}

export function tan_f32(x: f32): f32 {
  return f32x4.extract_lane(tan_f32x4(f32x4.splat(x)), 0);
}
