import { bytesOf, get, put, splat, turn } from './lanes';
import { cosine, scaled, sine, turned } from './twiddles';

/**
 * One stage of a transform in Stockham's order: the sequence is `radix` parts of `m` rows each, and row `p` of every part goes, as a
 * transform of `radix` numbers and turned by twiddles, to `radix` rows that follow one another. A row is `inner` bytes of numbers to which
 * the same happens: what earlier stages have separated, times the transforms that lie side by side.
 *
 * `xp` and `xk` are the bytes from row to row and from part to part where it reads, `yp` and `yk` where it writes. The last stage has
 * no twiddles, and multiplies by `scale`.
 */

// @ts-ignore: decorator
@inline
function two<T, L>(
  x: usize, xk: usize, y: usize, yk: usize, direction: v128, scale: v128, half: bool,
  re1: v128, im1: v128,
): void {
  const a = get<T>(x, half);
  const b = get<T>(x + xk, half);
  put<T>(y, scaled<T, L>(v128.add<T>(a, b), scale), half);
  put<T>(y + yk, turned<T, L>(v128.sub<T>(a, b), re1, im1, scale), half);
}

export function pass2<T, L>(
  x: usize, xp: usize, xk: usize, y: usize, yp: usize, yk: usize, inner: usize, m: usize, table: usize, direction: v128, scale: v128,
): void {
  for (; m > 0; m--) {
    const re1 = cosine<T, L>(table, 0);
    const im1 = sine<T, L>(table, 0, direction);
    let q: usize = 0;
    for (; q + 16 <= inner; q += 16) {
      two<T, L>(x + q, xk, y + q, yk, direction, scale, false, re1, im1);
    }
    if (sizeof<T>() == 4) {
      if (q < inner) {
        two<T, L>(x + q, xk, y + q, yk, direction, scale, true, re1, im1);
      }
    }
    x += xp;
    y += yp;
    table += 1 * bytesOf<T>();
  }
}

// @ts-ignore: decorator
@inline
function three<T, L>(
  x: usize, xk: usize, y: usize, yk: usize, direction: v128, scale: v128, half: bool,
  re1: v128, im1: v128, re2: v128, im2: v128,
): void {
  const a = get<T>(x, half);
  const b = get<T>(x + xk, half);
  const c = get<T>(x + 2 * xk, half);
  const sum = v128.add<T>(b, c);
  const middle = v128.sub<T>(a, v128.mul<T>(sum, splat<T>(0.5)));
  const side = v128.mul<T>(turn<T>(v128.sub<T>(b, c), direction), splat<T>(0.86602540378443864676));
  put<T>(y, scaled<T, L>(v128.add<T>(a, sum), scale), half);
  put<T>(y + yk, turned<T, L>(v128.add<T>(middle, side), re1, im1, scale), half);
  put<T>(y + 2 * yk, turned<T, L>(v128.sub<T>(middle, side), re2, im2, scale), half);
}

export function pass3<T, L>(
  x: usize, xp: usize, xk: usize, y: usize, yp: usize, yk: usize, inner: usize, m: usize, table: usize, direction: v128, scale: v128,
): void {
  for (; m > 0; m--) {
    const re1 = cosine<T, L>(table, 0);
    const im1 = sine<T, L>(table, 0, direction);
    const re2 = cosine<T, L>(table, 1);
    const im2 = sine<T, L>(table, 1, direction);
    let q: usize = 0;
    for (; q + 16 <= inner; q += 16) {
      three<T, L>(x + q, xk, y + q, yk, direction, scale, false, re1, im1, re2, im2);
    }
    if (sizeof<T>() == 4) {
      if (q < inner) {
        three<T, L>(x + q, xk, y + q, yk, direction, scale, true, re1, im1, re2, im2);
      }
    }
    x += xp;
    y += yp;
    table += 2 * bytesOf<T>();
  }
}

// @ts-ignore: decorator
@inline
function four<T, L>(
  x: usize, xk: usize, y: usize, yk: usize, direction: v128, scale: v128, half: bool,
  re1: v128, im1: v128, re2: v128, im2: v128, re3: v128, im3: v128,
): void {
  const a = get<T>(x, half);
  const b = get<T>(x + xk, half);
  const c = get<T>(x + 2 * xk, half);
  const d = get<T>(x + 3 * xk, half);
  const s = v128.add<T>(a, c);
  const t = v128.sub<T>(a, c);
  const u = v128.add<T>(b, d);
  const v = turn<T>(v128.sub<T>(b, d), direction);
  put<T>(y, scaled<T, L>(v128.add<T>(s, u), scale), half);
  put<T>(y + yk, turned<T, L>(v128.add<T>(t, v), re1, im1, scale), half);
  put<T>(y + 2 * yk, turned<T, L>(v128.sub<T>(s, u), re2, im2, scale), half);
  put<T>(y + 3 * yk, turned<T, L>(v128.sub<T>(t, v), re3, im3, scale), half);
}

export function pass4<T, L>(
  x: usize, xp: usize, xk: usize, y: usize, yp: usize, yk: usize, inner: usize, m: usize, table: usize, direction: v128, scale: v128,
): void {
  for (; m > 0; m--) {
    const re1 = cosine<T, L>(table, 0);
    const im1 = sine<T, L>(table, 0, direction);
    const re2 = cosine<T, L>(table, 1);
    const im2 = sine<T, L>(table, 1, direction);
    const re3 = cosine<T, L>(table, 2);
    const im3 = sine<T, L>(table, 2, direction);
    let q: usize = 0;
    for (; q + 16 <= inner; q += 16) {
      four<T, L>(x + q, xk, y + q, yk, direction, scale, false, re1, im1, re2, im2, re3, im3);
    }
    if (sizeof<T>() == 4) {
      if (q < inner) {
        four<T, L>(x + q, xk, y + q, yk, direction, scale, true, re1, im1, re2, im2, re3, im3);
      }
    }
    x += xp;
    y += yp;
    table += 3 * bytesOf<T>();
  }
}
