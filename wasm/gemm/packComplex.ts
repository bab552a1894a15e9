import { panelRows } from './fma';
import { packRows } from './pack';

// A complex product is a real one of twice the depth and twice the width: with b = (re, im) pairs side by side,
//   c += re(a) * (re b, im b) + im(a) * (-im b, re b).
// So A is packed as if it were real with real and imaginary parts alternating along k, and every row of B is followed
// by that row times i. The real micro-kernels and the interleaved layout of C serve unchanged. R is the real type, and
// `streams` and `k` count complex elements here.

/** Packs A. */
export function packComplexRows<R>(
  from: usize, major: usize, minor: usize, streams: usize, k: usize, to: usize,
): void {
  if (minor == 2 * sizeof<R>()) {
    packRows<R, R>(from, major, sizeof<R>(), streams, 2 * k, to);
    return;
  }
  const width = panelRows<R>();
  const step = width * sizeof<R>();
  while (streams != 0) {
    const here = min(streams, width);
    if (here < width) memory.fill(to, 0, step * 2 * k);
    for (let stream: usize = 0; stream < here; ++stream) {
      let p = from;
      let q = to + stream * sizeof<R>();
      for (let left = k; left != 0; --left) {
        store<R>(q, load<R>(p));
        store<R>(q + step, load<R>(p, sizeof<R>()));
        p += minor;
        q += step * 2;
      }
      from += major;
    }
    to += step * 2 * k;
    streams -= here;
  }
}

/** Stores 16 bytes of complex elements, and `step` further on the same times i. */
// @ts-ignore: decorator
@inline
function storeTurned<R>(v: v128, to: usize, step: usize): void {
  v128.store(to, v);
  if (sizeof<R>() == 4) {
    const swapped = v128.shuffle<i32>(v, v, 1, 0, 3, 2);
    v128.store(to + step, v128.xor(swapped, i32x4(i32.MIN_VALUE, 0, i32.MIN_VALUE, 0)));
  } else {
    const swapped = v128.shuffle<i64>(v, v, 1, 0);
    v128.store(to + step, v128.xor(swapped, i64x2(i64.MIN_VALUE, 0)));
  }
}

/** Packs B in panels of `step` bytes a row: 32, or 64 for the wide tile. */
export function packComplexColumns<R>(
  step: usize, from: usize, major: usize, minor: usize, streams: usize, k: usize, to: usize,
): void {
  const width = step / (2 * sizeof<R>());
  const panelBytes = step * 2 * k;
  if (major == 2 * sizeof<R>()) {
    const panels = streams / width;
    let row = from;
    let first = to;
    for (let left = k; left != 0; --left) {
      let p = row;
      let q = first;
      for (let panel = panels; panel != 0; --panel) {
        for (let at: usize = 0; at < step; at += 16) storeTurned<R>(v128.load(p + at), q + at, step);
        p += step;
        q += panelBytes;
      }
      row += minor;
      first += step * 2;
    }
    streams -= panels * width;
    from += panels * step;
    to += panels * panelBytes;
  }
  while (streams != 0) {
    const here = min(streams, width);
    if (here < width) memory.fill(to, 0, panelBytes);
    for (let stream: usize = 0; stream < here; ++stream) {
      let p = from;
      let q = to + stream * 2 * sizeof<R>();
      for (let left = k; left != 0; --left) {
        const re = load<R>(p);
        const im = load<R>(p, sizeof<R>());
        store<R>(q, re);
        store<R>(q, im, sizeof<R>());
        store<R>(q + step, <R>-im);
        store<R>(q + step, re, sizeof<R>());
        p += minor;
        q += step * 2;
      }
      from += major;
    }
    to += panelBytes;
    streams -= here;
  }
}
