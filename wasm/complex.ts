/** Rows of complex operands: T is the type of a component, `c` computes both parts of one element and stores them. */

@inline export function complexUnaryRow<Op, T>(x: usize, sx: isize, out: usize, so: isize, n: isize): void {
  const op = changetype<Op>(0);
  for (; n > 0; n--) {
    op.c(load<T>(x), load<T>(x, sizeof<T>()), out);
    x += sx;
    out += so;
  }
}

@inline export function complexBinaryRow<Op, T>(
  x: usize, sx: isize, y: usize, sy: isize, out: usize, so: isize, n: isize,
): void {
  const op = changetype<Op>(0);
  for (; n > 0; n--) {
    op.c(load<T>(x), load<T>(x, sizeof<T>()), load<T>(y), load<T>(y, sizeof<T>()), out);
    x += sx;
    y += sy;
    out += so;
  }
}

@inline export function complexTernaryRow<Op, T>(
  x: usize, sx: isize, y: usize, sy: isize, z: usize, sz: isize, out: usize, so: isize, n: isize,
): void {
  const op = changetype<Op>(0);
  for (; n > 0; n--) {
    op.c(
      load<T>(x), load<T>(x, sizeof<T>()), load<T>(y), load<T>(y, sizeof<T>()),
      load<T>(z), load<T>(z, sizeof<T>()), out);
    x += sx;
    y += sy;
    z += sz;
    out += so;
  }
}

/** A ternary row whose first operand is a condition. */
@inline export function complexSelectRow<Op, T>(
  x: usize, sx: isize, y: usize, sy: isize, z: usize, sz: isize, out: usize, so: isize, n: isize,
): void {
  const op = changetype<Op>(0);
  for (; n > 0; n--) {
    op.c(load<u8>(x), load<T>(y), load<T>(y, sizeof<T>()), load<T>(z), load<T>(z, sizeof<T>()), out);
    x += sx;
    y += sy;
    z += sz;
    out += so;
  }
}

@inline export function complexQuaternaryRow<Op, T>(
  x: usize, sx: isize, y: usize, sy: isize, z: usize, sz: isize, w: usize, sw: isize, out: usize, so: isize, n: isize,
): void {
  const op = changetype<Op>(0);
  for (; n > 0; n--) {
    op.c(
      load<T>(x), load<T>(x, sizeof<T>()), load<T>(y), load<T>(y, sizeof<T>()),
      load<T>(z), load<T>(z, sizeof<T>()), load<T>(w), load<T>(w, sizeof<T>()), out);
    x += sx;
    y += sy;
    z += sz;
    w += sw;
    out += so;
  }
}
