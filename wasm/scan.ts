/**
 * Running results along `n`, for each of `m` lines. Rows take one line after the other; columns take all lines a step
 * further together, for elements that lie together along `m`. Each step joins the result before with one element, in order.
 */
import { binaryRowSimd, complexBinaryRow } from '../build/wasm/rows';

@inline export function scanRows<Op, T>(
  x: usize, sx: isize, out: usize, so: isize, n: isize, m: isize, mx: isize, mo: isize,
): void {
  const op = changetype<Op>(0);
  for (; m > 0; m--) {
    let from = x;
    let to = out;
    let value = load<T>(from);
    store<T>(to, value);
    for (let i: isize = 1; i < n; i++) {
      from += sx;
      to += so;
      value = op.s(value, load<T>(from));
      store<T>(to, value);
    }
    x += mx;
    out += mo;
  }
}

@inline export function scanColumns<Op, T>(
  x: usize, sx: isize, out: usize, so: isize, n: isize, m: isize, mx: isize, mo: isize,
): void {
  for (let j: isize = 0; j < m; j++) store<T>(out + j * mo, load<T>(x + j * mx));
  for (let i: isize = 1; i < n; i++) {
    const before = out;
    out += so;
    x += sx;
    binaryRowSimd<Op, T>(before, mo, x, mx, out, mo, m);
  }
}

@inline export function complexScanRows<Op, T>(
  x: usize, sx: isize, out: usize, so: isize, n: isize, m: isize, mx: isize, mo: isize,
): void {
  for (; m > 0; m--) {
    const re = load<T>(x);
    const im = load<T>(x, sizeof<T>());
    store<T>(out, re);
    store<T>(out, im, sizeof<T>());
    complexBinaryRow<Op, T>(out, so, x + sx, sx, out + so, so, n - 1);
    x += mx;
    out += mo;
  }
}
