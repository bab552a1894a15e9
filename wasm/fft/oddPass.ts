import { bytesOf, get, put, realOf, turn } from './lanes';
import { cosine, scaled, sine, turned } from './twiddles';

/** A stage of any odd radix, as those of passes.ts. */

/** `roots` are the cosines and sines of the radix; `kept` has room for as many vectors. */
// @ts-ignore: decorator
@inline
function odd<T, L>(
  x: usize, xk: usize, y: usize, yk: usize, radix: usize, roots: usize, kept: usize, table: usize, direction: v128, scale: v128, half: bool,
): void {
  const first = get<T>(x, half);
  let sum = first;
  let at = kept;
  let low = x;
  let high = x + radix * xk;
  for (let j = radix >> 1; j > 0; j--) {
    low += xk;
    high -= xk;
    const a = get<T>(low, half);
    const b = get<T>(high, half);
    const both = v128.add<T>(a, b);
    v128.store(at, both);
    v128.store(at, v128.sub<T>(a, b), 16);
    sum = v128.add<T>(sum, both);
    at += 32;
  }
  put<T>(y, scaled<T, L>(sum, scale), half);
  for (let k: usize = 1; k * 2 < radix; k++) {
    let even = first;
    let uneven: v128 = i64x2(0, 0);
    let root: usize = 0;
    for (let from = kept; from < at; from += 32) {
      root += k;
      if (root >= radix) root -= radix;
      even = v128.add<T>(even, v128.mul<T>(v128.load(from), realOf<T>(roots, root)));
      uneven = v128.add<T>(uneven, v128.mul<T>(v128.load(from, 16), v128.load_splat<T>(roots + root * bytesOf<T>() + sizeof<T>())));
    }
    const side = turn<T>(uneven, direction);
    const other = radix - k;
    put<T>(y + k * yk, turned<T, L>(
      v128.add<T>(even, side), cosine<T, L>(table, k - 1), sine<T, L>(table, k - 1, direction), scale), half);
    put<T>(y + other * yk, turned<T, L>(
      v128.sub<T>(even, side), cosine<T, L>(table, other - 1), sine<T, L>(table, other - 1, direction), scale), half);
  }
}

export function passOdd<T, L>(
  x: usize, xp: usize, xk: usize, y: usize, yp: usize, yk: usize, inner: usize, m: usize, table: usize, direction: v128, scale: v128,
  radix: usize, roots: usize, kept: usize,
): void {
  for (; m > 0; m--) {
    let q: usize = 0;
    for (; q + 16 <= inner; q += 16) odd<T, L>(x + q, xk, y + q, yk, radix, roots, kept, table, direction, scale, false);
    if (sizeof<T>() == 4) {
      if (q < inner) odd<T, L>(x + q, xk, y + q, yk, radix, roots, kept, table, direction, scale, true);
    }
    x += xp;
    y += yp;
    table += (radix - 1) * bytesOf<T>();
  }
}
