/** Rows of complex operands that scripts/emit/rows.ts does not write: `c` computes both parts of one element and stores them. */

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
