// The one place where the two builds of this module differ: the relaxed build fuses multiply and add,
// the plain build rounds twice.

/** a * b + c on four floats. */
// @ts-ignore: decorator
@inline
export function fma_f32x4(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/** a * b + c on two doubles. */
// @ts-ignore: decorator
@inline
export function fma_f64x2(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(c, f64x2.mul(a, b));
}

/**
 * One multiply-accumulate of the lane type: fused for floats, wrapping for 16, 32 and 64-bit integers. For bytes the
 * semiring is the Boolean one: `a` is a mask of all ones or all zeros.
 */
// @ts-ignore: decorator
@inline
export function multiplyAdd<P>(a: v128, b: v128, c: v128): v128 {
  if (isFloat<P>()) {
    if (sizeof<P>() == 4) return fma_f32x4(a, b, c);
    return fma_f64x2(a, b, c);
  }
  if (sizeof<P>() == 1) return v128.or(c, v128.and(a, b));
  return v128.add<P>(c, v128.mul<P>(a, b));
}

/** The sum of two partial results of the lane type. */
// @ts-ignore: decorator
@inline
export function combine<P>(a: v128, b: v128): v128 {
  if (sizeof<P>() == 1) return v128.or(a, b);
  return v128.add<P>(a, b);
}

/** Lanes of one 128-bit vector. */
// @ts-ignore: decorator
@inline
export function lanes<P>(): usize {
  return 16 / sizeof<P>();
}

/**
 * Rows of a panel of A, and of the tile: as many as V8 keeps in its 15 vector registers on x64 without spilling. A
 * product that is rounded before it is added needs a register of its own, and spilling costs more than a smaller tile.
 */
// @ts-ignore: decorator
@inline
export function panelRows<P>(): usize {
  return ASC_FEATURE_RELAXED_SIMD && isFloat<P>() ? 6 : 4;
}
