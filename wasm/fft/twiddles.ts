import { imaginaryOf, realOf, times } from './lanes';

/** Twiddles of stages, which the last stage goes without. */

/** What stands for the last stage, and for the others, in types. */
export type Last = bool;
export type Inner = f64;

// @ts-ignore: decorator
@inline
export function scaled<T, L>(a: v128, scale: v128): v128 {
  if (isBoolean<L>()) return v128.mul<T>(a, scale);
  return a;
}

// @ts-ignore: decorator
@inline
export function turned<T, L>(a: v128, re: v128, im: v128, scale: v128): v128 {
  if (isBoolean<L>()) return v128.mul<T>(a, scale);
  return times<T>(a, re, im);
}

// @ts-ignore: decorator
@inline
export function cosine<T, L>(table: usize, k: usize): v128 {
  if (isBoolean<L>()) return i64x2(0, 0);
  return realOf<T>(table, k);
}

// @ts-ignore: decorator
@inline
export function sine<T, L>(table: usize, k: usize, direction: v128): v128 {
  if (isBoolean<L>()) return i64x2(0, 0);
  return imaginaryOf<T>(table, k, direction);
}
