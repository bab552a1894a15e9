import { binaryRow, ternaryRow, unaryRow } from '../build/wasm/rows';
import { splat, unitOrZero } from './map';

/**
 * Rows between lanes of different widths: tests, whose masks are packed into bools, and selections, whose conditions are bools
 * widened into masks.
 */

/** Four (of 8 bytes: eight) vectors' masks as 16 bools. */
@inline function packBooleans(a: v128, b: v128, c: v128, d: v128): v128 {
  const bytes = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
  return v128.and(bytes, i8x16.splat(1));
}

@inline function halve(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
}

@inline export function unaryTestSimd<Op, T>(x: usize, sx: isize, out: usize, so: isize, n: isize): void {
  const op = changetype<Op>(0);
  if (so == 1 && sx == sizeof<T>()) {
    for (; n >= 16; n -= 16) {
      if (sizeof<T>() == 1) {
        v128.store(out, v128.and(op.v(v128.load(x)), i8x16.splat(1)));
      } else if (sizeof<T>() == 2) {
        v128.store(out, v128.and(i8x16.narrow_i16x8_s(op.v(v128.load(x)), op.v(v128.load(x, 16))), i8x16.splat(1)));
      } else if (sizeof<T>() == 4) {
        v128.store(out, packBooleans(
          op.v(v128.load(x)), op.v(v128.load(x, 16)), op.v(v128.load(x, 32)), op.v(v128.load(x, 48))));
      } else {
        v128.store(out, packBooleans(
          halve(op.v(v128.load(x)), op.v(v128.load(x, 16))), halve(op.v(v128.load(x, 32)), op.v(v128.load(x, 48))),
          halve(op.v(v128.load(x, 64)), op.v(v128.load(x, 80))), halve(op.v(v128.load(x, 96)), op.v(v128.load(x, 112)))));
      }
      x += 16 * sizeof<T>();
      out += 16;
    }
  }
  unaryRow<Op, T, u8>(x, sx, out, so, n);
}

/** Pair `k` of the 16 elements at hand; a repeated operand is read from the same place each time. */
@inline function test<Op>(op: Op, x: usize, stepX: isize, y: usize, stepY: isize, k: isize): v128 {
  return op.v(v128.load(x + k * stepX), v128.load(y + k * stepY));
}

@inline export function binaryTestSimd<Op, T>(
  x: usize, sx: isize, y: usize, sy: isize, out: usize, so: isize, n: isize,
): void {
  const op = changetype<Op>(0);
  if (n >= 16 && so == 1 && unitOrZero<T>(sx) && unitOrZero<T>(sy)) {
    x = splat<T>(x, sx, 0);
    y = splat<T>(y, sy, 1);
    const lanes: isize = 16 / sizeof<T>();
    const stepX = sx * lanes;
    const stepY = sy * lanes;
    for (; n >= 16; n -= 16) {
      if (sizeof<T>() == 1) {
        v128.store(out, v128.and(test<Op>(op, x, stepX, y, stepY, 0), i8x16.splat(1)));
      } else if (sizeof<T>() == 2) {
        const bytes = i8x16.narrow_i16x8_s(
          test<Op>(op, x, stepX, y, stepY, 0), test<Op>(op, x, stepX, y, stepY, 1));
        v128.store(out, v128.and(bytes, i8x16.splat(1)));
      } else if (sizeof<T>() == 4) {
        v128.store(out, packBooleans(
          test<Op>(op, x, stepX, y, stepY, 0), test<Op>(op, x, stepX, y, stepY, 1),
          test<Op>(op, x, stepX, y, stepY, 2), test<Op>(op, x, stepX, y, stepY, 3)));
      } else {
        v128.store(out, packBooleans(
          halve(test<Op>(op, x, stepX, y, stepY, 0), test<Op>(op, x, stepX, y, stepY, 1)),
          halve(test<Op>(op, x, stepX, y, stepY, 2), test<Op>(op, x, stepX, y, stepY, 3)),
          halve(test<Op>(op, x, stepX, y, stepY, 4), test<Op>(op, x, stepX, y, stepY, 5)),
          halve(test<Op>(op, x, stepX, y, stepY, 6), test<Op>(op, x, stepX, y, stepY, 7))));
      }
      x += sx * 16;
      y += sy * 16;
      out += 16;
    }
  }
  binaryRow<Op, T, T, u8>(x, sx, y, sy, out, so, n);
}

/** The next bools as a mask over the lanes of T. */
@inline function widenBooleans<T>(address: usize): v128 {
  const zero = i8x16.splat(0);
  if (sizeof<T>() == 1) return i8x16.ne(v128.load(address), zero);
  if (sizeof<T>() == 2) return i16x8.extend_low_i8x16_s(i8x16.ne(v128.load64_zero(address), zero));
  if (sizeof<T>() == 4) {
    return i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(i8x16.ne(v128.load32_zero(address), zero)));
  }
  const bytes = i8x16.ne(i16x8.splat(load<u16>(address)), zero);
  return i64x2.extend_low_i32x4_s(i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(bytes)));
}

/** A ternary row whose first operand is a condition; `v` takes its mask. */
@inline export function selectRowSimd<Op, T>(
  x: usize, sx: isize, y: usize, sy: isize, z: usize, sz: isize, out: usize, so: isize, n: isize,
): void {
  const op = changetype<Op>(0);
  const lanes: isize = 16 / sizeof<T>();
  if (n >= lanes && so == sizeof<T>() && sx == 1 && unitOrZero<T>(sy) && unitOrZero<T>(sz)) {
    y = splat<T>(y, sy, 1);
    z = splat<T>(z, sz, 2);
    for (; n >= lanes; n -= lanes) {
      v128.store(out, op.v(widenBooleans<T>(x), v128.load(y), v128.load(z)));
      x += lanes;
      y += sy * lanes;
      z += sz * lanes;
      out += 16;
    }
  }
  ternaryRow<Op, u8, T, T, T>(x, sx, y, sy, z, sz, out, so, n);
}
