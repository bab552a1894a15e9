import { packPanels } from './pack';

// A complex product is a real one of twice the depth and twice the width: with b = (re, im) pairs side by side,
//   c += re(a) * (re b, im b) + im(a) * (-im b, re b).
// So A is packed as if it were real with real and imaginary parts alternating along k, and every row of B is followed by
// that row times i. The real micro-kernels and the interleaved layout of C serve unchanged. R is the real type, and
// `streams` and `k` count complex elements here.

/** Packs A: `width` (a constant) rows per panel. */
// @ts-ignore: decorator
@inline
export function packComplexRows<R>(
  width: usize, from: usize, major: usize, minor: usize, streams: usize, k: usize, to: usize,
): void {
  if (minor == 2 * sizeof<R>()) {
    packPanels<R, R>(width, false, from, major, sizeof<R>(), streams, 2 * k, to);
    return;
  }
  const step = width * sizeof<R>();
  while (streams != 0) {
    const here = min(streams, width);
    if (here < width) memory.fill(to, 0, 2 * step * k);
    for (let stream: usize = 0; stream < here; ++stream) {
      let p = from;
      let q = to + stream * sizeof<R>();
      for (let left = k; left != 0; --left) {
        store<R>(q, load<R>(p));
        store<R>(q + step, load<R>(p, sizeof<R>()));
        p += minor;
        q += 2 * step;
      }
      from += major;
    }
    to += 2 * step * k;
    streams -= here;
  }
}

/** Packs B: `width` (a constant) real columns, that is half as many complex ones, per panel. */
// @ts-ignore: decorator
@inline
export function packComplexColumns<R>(
  width: usize, from: usize, major: usize, minor: usize, streams: usize, k: usize, to: usize,
): void {
  const step = width * sizeof<R>();
  while (streams != 0) {
    const here = min(streams, width / 2);
    if (here < width / 2) memory.fill(to, 0, 2 * step * k);
    for (let stream: usize = 0; stream < here; ++stream) {
      let p = from;
      let q = to + stream * 2 * sizeof<R>();
      for (let left = k; left != 0; --left) {
        const re = load<R>(p);
        const im = load<R>(p, sizeof<R>());
        store<R>(q, re);
        store<R>(q, im, sizeof<R>());
        const turned = q + step;
        store<R>(turned, <R>-im);
        store<R>(turned, re, sizeof<R>());
        p += minor;
        q += 2 * step;
      }
      from += major;
    }
    to += 2 * step * k;
    streams -= here;
  }
}
