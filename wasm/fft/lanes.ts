/**
 * Complex numbers in vectors: one of two doubles, or two of two floats each. The direction of a transform is a mask of signs, by which a
 * quarter turn is one way or the other, so that one kernel serves both.
 */

/** Bytes of one complex number. */
// @ts-ignore: decorator
@inline
export function bytesOf<T>(): usize {
  return 2 * sizeof<T>();
}

/** Turns by -i (forward) or by i; also what the imaginary parts of twiddles are multiplied by. */
// @ts-ignore: decorator
@inline
export function directionOf<T>(forward: bool): v128 {
  if (sizeof<T>() == 8) {
    return forward ? i64x2(0, 1 << 63) : i64x2(1 << 63, 0);
  }
  return forward ? i32x4(0, 1 << 31, 0, 1 << 31) : i32x4(1 << 31, 0, 1 << 31, 0);
}

/** The other direction. */
// @ts-ignore: decorator
@inline
export function opposite<T>(direction: v128): v128 {
  return swap<T>(direction);
}

// @ts-ignore: decorator
@inline
export function swap<T>(a: v128): v128 {
  if (sizeof<T>() == 8) return v128.shuffle<f64>(a, a, 1, 0);
  return v128.shuffle<f32>(a, a, 1, 0, 3, 2);
}

// @ts-ignore: decorator
@inline
export function turn<T>(a: v128, direction: v128): v128 {
  return v128.xor(swap<T>(a), direction);
}

/** The mask that negates imaginary parts. */
// @ts-ignore: decorator
@inline
export function conjugation<T>(): v128 {
  return directionOf<T>(true);
}

/** The product with a number whose parts are spread over vectors, the imaginary one with the direction's signs. */
// @ts-ignore: decorator
@inline
export function times<T>(a: v128, re: v128, im: v128): v128 {
  return v128.add<T>(v128.mul<T>(a, re), v128.mul<T>(swap<T>(a), im));
}

/** The real part of the twiddle numbered `k` in a table. */
// @ts-ignore: decorator
@inline
export function realOf<T>(table: usize, k: usize): v128 {
  return v128.load_splat<T>(table + k * bytesOf<T>());
}

/** Its imaginary part, with the direction's signs. */
// @ts-ignore: decorator
@inline
export function imaginaryOf<T>(table: usize, k: usize, direction: v128): v128 {
  return v128.xor(v128.load_splat<T>(table + k * bytesOf<T>() + sizeof<T>()), direction);
}

/** A vector of numbers, or half of one where there is but one float number left. */
// @ts-ignore: decorator
@inline
export function get<T>(at: usize, half: bool): v128 {
  return half ? v128.load64_zero(at) : v128.load(at);
}

// @ts-ignore: decorator
@inline
export function put<T>(at: usize, a: v128, half: bool): void {
  if (half) v128.store64_lane(at, a, 0);
  else v128.store(at, a);
}

// @ts-ignore: decorator
@inline
export function splat<T>(value: f64): v128 {
  return v128.splat<T>(<T>value);
}
