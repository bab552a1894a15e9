/** Powers, roots and the Euclidean norm of two numbers. */
import { powerLanes, upperHalf } from './doubles';
import { exp2Medium, log2Medium } from './kernels';
import { narrow, packF32, packF64, widenHigh, widenLow } from './lanes';

/** C's powers with an operand that is zero, infinite or NaN. */
function powEdge(x: f64, y: f64): f64 {
  if (x == 1.0 || y == 0.0) return 1.0;
  if (x != x || y != y) return NaN;
  const a = abs<f64>(x);
  if (abs<f64>(y) == Infinity) return a == 1.0 ? 1.0 : (a > 1.0) == (y > 0.0) ? Infinity : 0.0;
  const half = 0.5 * y;
  const odd = trunc<f64>(y) == y && trunc<f64>(half) != half;
  const size = (a == 0.0) == (y < 0.0) ? Infinity : 0.0;
  return odd ? copysign<f64>(size, x) : size;
}

/** x^y for finite x other than zero and finite y. */
@inline
function powLanes_f64x2(x: v128, y: v128): v128 {
  const a = f64x2.abs(x);
  const subnormal = f64x2.lt(a, f64x2.splat(2.2250738585072014e-308));
  const larger = v128.bitselect(f64x2.mul(a, f64x2.splat(18014398509481984.0)), a, subnormal); // 2^54
  const result = powerLanes(larger, v128.and(subnormal, f64x2.splat(-54.0)), y);
  // A negative base: NaN for fractional exponents, negative for odd ones.
  const negative = f64x2.lt(x, f64x2.splat(0.0));
  const whole = f64x2.eq(f64x2.trunc(y), y);
  const half = f64x2.mul(y, f64x2.splat(0.5));
  const odd = v128.andnot(f64x2.splat(-0.0), f64x2.eq(f64x2.trunc(half), half));
  const signed = v128.xor(result, v128.and(v128.and(negative, odd), whole));
  return v128.bitselect(f64x2.splat(NaN), signed, v128.andnot(negative, whole));
}

/** The same with some lane that has a zero, infinite or NaN operand. */
function powRare(x: v128, y: v128, usual: v128): v128 {
  const one = f64x2.splat(1.0);
  const result = powLanes_f64x2(v128.bitselect(x, one, usual), v128.bitselect(y, one, usual));
  const edges = packF64(
    i64x2.extract_lane(usual, 0) ? 0 : powEdge(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0)),
    i64x2.extract_lane(usual, 1) ? 0 : powEdge(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)),
  );
  return v128.bitselect(result, edges, usual);
}

export function pow_f64(x: f64, y: f64): f64 {
  return f64x2.extract_lane(pow_f64x2(f64x2.splat(x), f64x2.splat(y)), 0);
}

export function pow_f64x2(x: v128, y: v128): v128 {
  const infinity = f64x2.splat(Infinity);
  const a = f64x2.abs(x);
  const usual = v128.and(v128.and(f64x2.gt(a, f64x2.splat(0.0)), f64x2.lt(a, infinity)), f64x2.lt(f64x2.abs(y), infinity));
  return i64x2.all_true(usual) ? powLanes_f64x2(x, y) : powRare(x, y, usual);
}

/** x^y for positive finite x and finite y, in float64 so that only the rounding to float32 shows. */
@inline
function powPair(x: v128, y: v128): v128 {
  return exp2Medium(f64x2.mul(y, log2Medium(x)));
}

/** x^y for finite x other than zero and finite y. */
@inline
function powLanes(x: v128, y: v128): v128 {
  const a = f32x4.abs(x);
  const result = narrow(powPair(widenLow(a), widenLow(y)), powPair(widenHigh(a), widenHigh(y)));
  // A negative base: NaN for fractional exponents, negative for odd ones.
  const negative = f32x4.lt(x, f32x4.splat(0.0));
  const whole = f32x4.eq(f32x4.trunc(y), y);
  const half = f32x4.mul(y, f32x4.splat(0.5));
  const odd = v128.andnot(f32x4.splat(-0.0), f32x4.eq(f32x4.trunc(half), half));
  const invalid = v128.andnot(negative, whole);
  return v128.or(v128.xor(result, v128.and(negative, odd)), invalid);
}

/** The same with some lanes that have a zero, infinite or NaN operand: those take a scalar path. */
function powMixed(x: v128, y: v128, usual: v128): v128 {
  const one = f32x4.splat(1.0);
  const result = powLanes(v128.bitselect(x, one, usual), v128.bitselect(y, one, usual));
  const edges = packF32(
    i32x4.extract_lane(usual, 0) ? 0 : powEdge(f32x4.extract_lane(x, 0), f32x4.extract_lane(y, 0)) as f32,
    i32x4.extract_lane(usual, 1) ? 0 : powEdge(f32x4.extract_lane(x, 1), f32x4.extract_lane(y, 1)) as f32,
    i32x4.extract_lane(usual, 2) ? 0 : powEdge(f32x4.extract_lane(x, 2), f32x4.extract_lane(y, 2)) as f32,
    i32x4.extract_lane(usual, 3) ? 0 : powEdge(f32x4.extract_lane(x, 3), f32x4.extract_lane(y, 3)) as f32,
  );
  return v128.bitselect(result, edges, usual);
}

export function pow_f32x4(x: v128, y: v128): v128 {
  const infinity = f32x4.splat(Infinity);
  const a = f32x4.abs(x);
  const usual = v128.and(v128.and(f32x4.gt(a, f32x4.splat(0.0)), f32x4.lt(a, infinity)),
    f32x4.lt(f32x4.abs(y), infinity));
  if (!i32x4.all_true(usual)) return powMixed(x, y, usual);
  return powLanes(x, y);
}

export function pow_f32(x: f32, y: f32): f32 {
  return f32x4.extract_lane(pow_f32x4(f32x4.splat(x), f32x4.splat(y)), 0);
}

export function cbrt_f64(x: f64): f64 {
  return f64x2.extract_lane(cbrt_f64x2(f64x2.splat(x)), 0);
}

export function cbrt_f64x2(x: v128): v128 {
  const a = f64x2.abs(x);
  // Away from both ends, by 2^540 or 2^-540, whose roots are 2^180 and 2^-180.
  const small = f64x2.lt(a, f64x2.splat(1e-200));
  const large = f64x2.gt(a, f64x2.splat(1e200));
  const one = f64x2.splat(1.0);
  const factor = v128.bitselect(f64x2.splat(3.599131035634557e162), v128.bitselect(f64x2.splat(2.778448436856347e-163), one, large), small);
  const scaled = f64x2.mul(a, factor);
  // A step more with a root whose square is exact.
  const t = upperHalf(cbrtPair(scaled));
  const quotient = f64x2.div(scaled, f64x2.mul(t, t));
  const step = f64x2.div(f64x2.sub(quotient, t), f64x2.add(f64x2.add(t, t), quotient));
  const root = f64x2.add(t, f64x2.mul(t, step));
  const back = v128.bitselect(f64x2.splat(6.525304467998525e-55), v128.bitselect(f64x2.splat(1.532495540865889e54), one, large), small);
  const size = f64x2.mul(root, back);
  const usual = v128.and(f64x2.gt(a, f64x2.splat(0.0)), f64x2.lt(a, f64x2.splat(Infinity)));
  return v128.bitselect(v128.bitselect(x, size, f64x2.splat(-0.0)), x, usual);
}

@inline
function cbrtPair(x: v128): v128 {
  const a = f64x2.abs(x);
  // A third of the exponent and of the leading mantissa bits, by way of the upper word as a number.
  const carrier = f64x2.splat(4503599627370496.0); // 2^52
  const word = f64x2.sub(v128.or(i64x2.shr_u(a, 32), carrier), carrier);
  const third = f64x2.add(f64x2.mul(word, f64x2.splat(0.3333333333333333)), f64x2.splat(715094163.0));
  let t = i64x2.shl(f64x2.add(third, carrier), 32);
  // Two of Halley's steps: 5% to 1e-4 to 1e-12.
  const twice = f64x2.add(a, a);
  for (let step = 0; step < 2; step++) {
    const cube = f64x2.mul(f64x2.mul(t, t), t);
    t = f64x2.div(f64x2.mul(t, f64x2.add(cube, twice)), f64x2.add(f64x2.add(cube, cube), a));
  }
  return t;
}

export function cbrt_f32x4(x: v128): v128 {
  const result = narrow(cbrtPair(widenLow(x)), cbrtPair(widenHigh(x)));
  const signed = v128.bitselect(x, result, f32x4.splat(-0.0));
  const a = f32x4.abs(x);
  const usual = v128.and(f32x4.gt(a, f32x4.splat(0.0)), f32x4.lt(a, f32x4.splat(Infinity)));
  return v128.bitselect(signed, x, usual);
}

export function cbrt_f32(x: f32): f32 {
  return f32x4.extract_lane(cbrt_f32x4(f32x4.splat(x)), 0);
}

export function hypot_f64(x: f64, y: f64): f64 {
  return f64x2.extract_lane(hypot_f64x2(f64x2.splat(x), f64x2.splat(y)), 0);
}

/** What the square of x, already rounded, has lost. */
@inline
function lostOfSquare(x: v128, square: v128): v128 {
  const head = upperHalf(x);
  const tail = f64x2.sub(x, head);
  const twice = f64x2.mul(f64x2.add(head, head), tail);
  return f64x2.add(f64x2.add(f64x2.sub(f64x2.mul(head, head), square), twice), f64x2.mul(tail, tail));
}

/** The norm of two sides whose squares neither overflow nor vanish beside each other. */
@inline
function hypotLanes(larger: v128, smaller: v128): v128 {
  const long = f64x2.mul(larger, larger);
  const short = f64x2.mul(smaller, smaller);
  const lost = f64x2.add(lostOfSquare(larger, long), lostOfSquare(smaller, short));
  return f64x2.sqrt(f64x2.add(f64x2.add(lost, short), long));
}

/** The same for sides of any size: infinite wins over NaN, and what is far beyond the other is the norm. */
function hypotAny(larger: v128, smaller: v128, x: v128, y: v128): v128 {
  const huge = f64x2.gt(larger, f64x2.splat(1e150));
  const tiny = f64x2.lt(smaller, f64x2.splat(1e-130));
  const one = f64x2.splat(1.0);
  // Powers of two: 2^-700 and 2^700.
  const scale = v128.bitselect(f64x2.splat(1.90109156629516e-211), v128.bitselect(f64x2.splat(5.260135901548374e210), one, tiny), huge);
  const inverse = v128.bitselect(f64x2.splat(5.260135901548374e210), v128.bitselect(f64x2.splat(1.90109156629516e-211), one, tiny), huge);
  const norm = f64x2.mul(hypotLanes(f64x2.mul(larger, scale), f64x2.mul(smaller, scale)), inverse);
  const apart = f64x2.gt(f64x2.mul(larger, f64x2.splat(5.421010862427522e-20)), smaller); // 2^-64
  const result = v128.bitselect(f64x2.add(larger, smaller), norm, apart);
  const infinity = f64x2.splat(Infinity);
  const infinite = v128.or(f64x2.eq(f64x2.abs(x), infinity), f64x2.eq(f64x2.abs(y), infinity));
  return v128.bitselect(infinity, result, infinite);
}

export function hypot_f64x2(x: v128, y: v128): v128 {
  const a = f64x2.abs(x);
  const b = f64x2.abs(y);
  const larger = f64x2.max(a, b);
  const smaller = f64x2.min(a, b);
  const usual = v128.and(f64x2.le(larger, f64x2.splat(1e150)), f64x2.ge(smaller, f64x2.splat(1e-130)));
  return i64x2.all_true(usual) ? hypotLanes(larger, smaller) : hypotAny(larger, smaller, x, y);
}

/** No square of a float32 overflows or vanishes in float64. */
@inline
function hypotPair(x: v128, y: v128): v128 {
  return f64x2.sqrt(f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y)));
}

export function hypot_f32x4(x: v128, y: v128): v128 {
  const result = narrow(hypotPair(widenLow(x), widenLow(y)), hypotPair(widenHigh(x), widenHigh(y)));
  // An infinite side wins over NaN.
  const infinity = f32x4.splat(Infinity);
  const infinite = v128.or(f32x4.eq(f32x4.abs(x), infinity), f32x4.eq(f32x4.abs(y), infinity));
  return v128.bitselect(infinity, result, infinite);
}

export function hypot_f32(x: f32, y: f32): f32 {
  return f32x4.extract_lane(hypot_f32x4(f32x4.splat(x), f32x4.splat(y)), 0);
}

@inline
export function sqrt_f64(x: f64): f64 {
  return sqrt(x);
}

@inline
export function sqrt_f32(x: f32): f32 {
  return sqrt(x);
}

@inline
export function sqrt_f64x2(x: v128): v128 {
  return f64x2.sqrt(x);
}

@inline
export function sqrt_f32x4(x: v128): v128 {
  return f32x4.sqrt(x);
}

@inline
export function reciprocal_f64(x: f64): f64 {
  return 1 / x;
}

@inline
export function reciprocal_f32(x: f32): f32 {
  return 1 / x;
}

@inline
export function reciprocal_f64x2(x: v128): v128 {
  return f64x2.div(f64x2.splat(1), x);
}

@inline
export function reciprocal_f32x4(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), x);
}

@inline
export function square_f64(x: f64): f64 {
  return x * x;
}

@inline
export function square_f32(x: f32): f32 {
  return x * x;
}

@inline
export function square_f64x2(x: v128): v128 {
  return f64x2.mul(x, x);
}

@inline
export function square_f32x4(x: v128): v128 {
  return f32x4.mul(x, x);
}

/**
 * Integer power by squaring, wrapping as the type does. A negative exponent gives the truncated quotient, as PyTorch
 * does: 0 except for bases 1 and -1.
 */
export function ipow<T>(base: T, exponent: T): T {
  if (isSigned<T>()) {
    if (exponent < 0) {
      if (base == 1) return 1 as T;
      if (base == -1) return (exponent & 1 ? -1 : 1) as T;
      return 0 as T;
    }
  }
  let result = 1 as T;
  let square = base;
  let remaining = exponent;
  while (remaining != 0) {
    if (remaining & 1) result = (result * square) as T;
    square = (square * square) as T;
    remaining = (remaining >> 1) as T;
  }
  return result;
}
