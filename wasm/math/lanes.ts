/** Lane helpers shared by the elementary functions. */

/** Two float64 lanes from two scalars. */
@inline
export function packF64(a: f64, b: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(a), 1, b);
}

/** Four float32 lanes from four scalars. */
@inline
export function packF32(a: f32, b: f32, c: f32, d: f32): v128 {
  return f32x4.replace_lane(f32x4.replace_lane(f32x4.replace_lane(f32x4.splat(a), 1, b), 2, c), 3, d);
}

/** The low two float32 lanes as float64. */
@inline
export function widenLow(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

/** The high two float32 lanes as float64. */
@inline
export function widenHigh(x: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1));
}

/** Two pairs of float64 lanes rounded to four float32 lanes. */
@inline
export function narrow(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** A float64 of a table in both lanes: engines put a constant together in three steps, and load it in one. */
@inline
export function tableF64(table: usize, index: i32): v128 {
  return v128.load64_splat(table + index * 8);
}

/** The same of float32. */
@inline
export function tableF32(table: usize, index: i32): v128 {
  return v128.load32_splat(table + index * 4);
}
