/**
 * The loops of pointwise ops over one row: `n` elements, each operand with its own byte stride (0 repeats one element).
 * An op is a class without fields whose `s` computes one element and whose `v` computes 16 bytes of them; both inline, so each
 * op × dtype becomes one straight loop. Rows of any strided view are driven by the loops over outer axes (iterate.ts).
 */

/** Bytes that JavaScript sets aside for each instance: splats of repeated operands, 16 bytes each. */
let splats: usize = 0;
export function setScratch(address: usize): void {
  splats = address;
}

@inline function operand<Op>(): Op {
  return changetype<Op>(0);
}

/** A repeated operand becomes 16 bytes that are read again and again, so the loop needs no second form. */
@inline export function splat<T>(address: usize, stride: isize, slot: usize): usize {
  if (stride != 0) return address;
  v128.store(splats + slot * 16, v128.splat<T>(load<T>(address)));
  return splats + slot * 16;
}

@inline export function unitOrZero<T>(stride: isize): bool {
  return stride == sizeof<T>() || stride == 0;
}

@inline export function unaryRow<Op, X, R>(x: usize, sx: isize, out: usize, so: isize, n: isize): void {
  const op = operand<Op>();
  for (; n > 0; n--) {
    store<R>(out, op.s(load<X>(x)));
    x += sx;
    out += so;
  }
}

@inline export function unaryRowSimd<Op, T>(x: usize, sx: isize, out: usize, so: isize, n: isize): void {
  const op = operand<Op>();
  if (so == sizeof<T>() && sx == sizeof<T>()) {
    const lanes: isize = 16 / sizeof<T>();
    for (; n >= lanes; n -= lanes) {
      v128.store(out, op.v(v128.load(x)));
      x += 16;
      out += 16;
    }
  }
  unaryRow<Op, T, T>(x, sx, out, so, n);
}

@inline export function binaryRow<Op, X, Y, R>(
  x: usize, sx: isize, y: usize, sy: isize, out: usize, so: isize, n: isize,
): void {
  const op = operand<Op>();
  for (; n > 0; n--) {
    store<R>(out, op.s(load<X>(x), load<Y>(y)));
    x += sx;
    y += sy;
    out += so;
  }
}

@inline export function binaryRowSimd<Op, T>(
  x: usize, sx: isize, y: usize, sy: isize, out: usize, so: isize, n: isize,
): void {
  const op = operand<Op>();
  const lanes: isize = 16 / sizeof<T>();
  if (n >= lanes && so == sizeof<T>() && unitOrZero<T>(sx) && unitOrZero<T>(sy)) {
    let px = splat<T>(x, sx, 0);
    let py = splat<T>(y, sy, 1);
    const stepX = sx * lanes;
    const stepY = sy * lanes;
    const rows = n / lanes;
    for (let i: isize = 0; i < rows; i++) {
      v128.store(out, op.v(v128.load(px), v128.load(py)));
      px += stepX;
      py += stepY;
      out += 16;
    }
    x += rows * stepX;
    y += rows * stepY;
    n -= rows * lanes;
  }
  binaryRow<Op, T, T, T>(x, sx, y, sy, out, so, n);
}

@inline export function ternaryRow<Op, X, Y, Z, R>(
  x: usize, sx: isize, y: usize, sy: isize, z: usize, sz: isize, out: usize, so: isize, n: isize,
): void {
  const op = operand<Op>();
  for (; n > 0; n--) {
    store<R>(out, op.s(load<X>(x), load<Y>(y), load<Z>(z)));
    x += sx;
    y += sy;
    z += sz;
    out += so;
  }
}

@inline export function ternaryRowSimd<Op, T>(
  x: usize, sx: isize, y: usize, sy: isize, z: usize, sz: isize, out: usize, so: isize, n: isize,
): void {
  const op = operand<Op>();
  const lanes: isize = 16 / sizeof<T>();
  if (n >= lanes && so == sizeof<T>() && unitOrZero<T>(sx) && unitOrZero<T>(sy) && unitOrZero<T>(sz)) {
    let px = splat<T>(x, sx, 0);
    let py = splat<T>(y, sy, 1);
    let pz = splat<T>(z, sz, 2);
    const rows = n / lanes;
    for (let i: isize = 0; i < rows; i++) {
      v128.store(out, op.v(v128.load(px), v128.load(py), v128.load(pz)));
      px += sx * lanes;
      py += sy * lanes;
      pz += sz * lanes;
      out += 16;
    }
    const done = rows * lanes;
    x += done * sx;
    y += done * sy;
    z += done * sz;
    n -= done;
  }
  ternaryRow<Op, T, T, T, T>(x, sx, y, sy, z, sz, out, so, n);
}

@inline export function quaternaryRow<Op, X, Y, Z, W, R>(
  x: usize, sx: isize, y: usize, sy: isize, z: usize, sz: isize, w: usize, sw: isize, out: usize, so: isize, n: isize,
): void {
  const op = operand<Op>();
  for (; n > 0; n--) {
    store<R>(out, op.s(load<X>(x), load<Y>(y), load<Z>(z), load<W>(w)));
    x += sx;
    y += sy;
    z += sz;
    w += sw;
    out += so;
  }
}

@inline export function quaternaryRowSimd<Op, T>(
  x: usize, sx: isize, y: usize, sy: isize, z: usize, sz: isize, w: usize, sw: isize, out: usize, so: isize, n: isize,
): void {
  const op = operand<Op>();
  const lanes: isize = 16 / sizeof<T>();
  if (n >= lanes && so == sizeof<T>()
    && unitOrZero<T>(sx) && unitOrZero<T>(sy) && unitOrZero<T>(sz) && unitOrZero<T>(sw)) {
    let px = splat<T>(x, sx, 0);
    let py = splat<T>(y, sy, 1);
    let pz = splat<T>(z, sz, 2);
    let pw = splat<T>(w, sw, 3);
    const rows = n / lanes;
    for (let i: isize = 0; i < rows; i++) {
      v128.store(out, op.v(v128.load(px), v128.load(py), v128.load(pz), v128.load(pw)));
      px += sx * lanes;
      py += sy * lanes;
      pz += sz * lanes;
      pw += sw * lanes;
      out += 16;
    }
    const done = rows * lanes;
    x += done * sx;
    y += done * sy;
    z += done * sz;
    w += done * sw;
    n -= done;
  }
  quaternaryRow<Op, T, T, T, T, T>(x, sx, y, sy, z, sz, w, sw, out, so, n);
}
