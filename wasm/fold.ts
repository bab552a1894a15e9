/**
 * The operations that reductions and scans repeat, for elements of type T: `s` joins two elements, `v` 16 bytes of them.
 */

/** Products of bytes widen, since no instruction multiplies them as they are. */
@inline function multiplyBytes(x: v128, y: v128): v128 {
  return v128.shuffle<i8>(
    i16x8.extmul_low_i8x16_s(x, y), i16x8.extmul_high_i8x16_s(x, y), 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}

/** Lane mask of x > y for 64-bit integers, which have an instruction for signed ones only. */
@inline function greater64<T>(x: v128, y: v128): v128 {
  if (isSigned<T>()) return i64x2.gt_s(x, y);
  const top = i64x2.splat(i64.MIN_VALUE);
  return i64x2.gt_s(v128.xor(x, top), v128.xor(y, top));
}

@inline export function lowest<T>(): T {
  if (isFloat<T>()) return -Infinity as T;
  return (isSigned<T>() ? (1 as T) << ((sizeof<T>() * 8 - 1) as T) : 0) as T;
}

@inline export function highest<T>(): T {
  if (isFloat<T>()) return Infinity as T;
  return ~lowest<T>() as T;
}

export class Sum<T> {
  /** What an empty reduction gives. */
  @inline identity(): T { return 0 as T; }
  /** Whether elements may be joined in another order. */
  @inline reorders(): bool { return isInteger<T>(); }
  @inline isExtreme(): bool { return false; }
  @inline quick(x: v128, y: v128): v128 { return this.v(x, y); }
  @inline s(x: T, y: T): T { return (x + y) as T; }
  @inline v(x: v128, y: v128): v128 { return v128.add<T>(x, y); }
}

export class Product<T> {
  @inline identity(): T { return 1 as T; }
  @inline reorders(): bool { return isInteger<T>(); }
  @inline isExtreme(): bool { return false; }
  @inline quick(x: v128, y: v128): v128 { return this.v(x, y); }
  @inline s(x: T, y: T): T { return (x * y) as T; }
  @inline v(x: v128, y: v128): v128 {
    if (sizeof<T>() == 1) return multiplyBytes(x, y);
    else return v128.mul<T>(x, y);
  }
}

export class Minimum<T> {
  @inline identity(): T { return highest<T>(); }
  @inline reorders(): bool { return true; }
  @inline isExtreme(): bool { return true; }
  @inline s(x: T, y: T): T { return min<T>(x, y); }
  /** For floats a single instruction. It passes over a NaN in `y`, and of two zeros it keeps `x`. */
  @inline quick(x: v128, y: v128): v128 {
    return sizeof<T>() == 4 ? f32x4.pmin(x, y) : f64x2.pmin(x, y);
  }
  @inline v(x: v128, y: v128): v128 {
    if (isInteger<T>() && sizeof<T>() == 8) return v128.bitselect(y, x, greater64<T>(x, y));
    else return v128.min<T>(x, y);
  }
  /** Whether `x` takes the place of `y`, which is not NaN; NaN beats all. */
  @inline beats(x: T, y: T): bool { return !(x >= y); }
}

export class Maximum<T> {
  @inline identity(): T { return lowest<T>(); }
  @inline reorders(): bool { return true; }
  @inline isExtreme(): bool { return true; }
  @inline s(x: T, y: T): T { return max<T>(x, y); }
  /** For floats a single instruction. It passes over a NaN in `y`, and of two zeros it keeps `x`. */
  @inline quick(x: v128, y: v128): v128 {
    return sizeof<T>() == 4 ? f32x4.pmax(x, y) : f64x2.pmax(x, y);
  }
  @inline v(x: v128, y: v128): v128 {
    if (isInteger<T>() && sizeof<T>() == 8) return v128.bitselect(x, y, greater64<T>(x, y));
    else return v128.max<T>(x, y);
  }
  @inline beats(x: T, y: T): bool { return !(x <= y); }
}

/**
 * The same for complex numbers with components of type T: `c` joins two and stores the result. Extremes are lexicographic,
 * and the first operand with a NaN component stays.
 */
export class ComplexSum<T> {
  @inline identity(): T { return 0 as T; }
  @inline imaginaryIdentity(): T { return 0 as T; }
  @inline c(xRe: T, xIm: T, yRe: T, yIm: T, out: usize): void {
    store<T>(out, (xRe + yRe) as T);
    store<T>(out, (xIm + yIm) as T, sizeof<T>());
  }
}

export class ComplexProduct<T> {
  @inline identity(): T { return 1 as T; }
  @inline imaginaryIdentity(): T { return 0 as T; }
  @inline c(xRe: T, xIm: T, yRe: T, yIm: T, out: usize): void {
    store<T>(out, (xRe * yRe - xIm * yIm) as T);
    store<T>(out, (xRe * yIm + xIm * yRe) as T, sizeof<T>());
  }
}

@inline function isNaNPair<T>(re: T, im: T): bool {
  return re != re || im != im;
}

export class ComplexMinimum<T> {
  @inline identity(): T { return Infinity as T; }
  @inline imaginaryIdentity(): T { return Infinity as T; }
  /** Whether y takes the place of x, where neither or only y has a NaN. */
  @inline replaces(xRe: T, xIm: T, yRe: T, yIm: T): bool {
    return yRe < xRe || (yRe == xRe && yIm < xIm) || isNaNPair<T>(yRe, yIm);
  }
  @inline c(xRe: T, xIm: T, yRe: T, yIm: T, out: usize): void {
    const changes = !isNaNPair<T>(xRe, xIm) && this.replaces(xRe, xIm, yRe, yIm);
    store<T>(out, changes ? yRe : xRe);
    store<T>(out, changes ? yIm : xIm, sizeof<T>());
  }
}

export class ComplexMaximum<T> {
  @inline identity(): T { return -Infinity as T; }
  @inline imaginaryIdentity(): T { return -Infinity as T; }
  @inline replaces(xRe: T, xIm: T, yRe: T, yIm: T): bool {
    return yRe > xRe || (yRe == xRe && yIm > xIm) || isNaNPair<T>(yRe, yIm);
  }
  @inline c(xRe: T, xIm: T, yRe: T, yIm: T, out: usize): void {
    const changes = !isNaNPair<T>(xRe, xIm) && this.replaces(xRe, xIm, yRe, yIm);
    store<T>(out, changes ? yRe : xRe);
    store<T>(out, changes ? yIm : xIm, sizeof<T>());
  }
}
