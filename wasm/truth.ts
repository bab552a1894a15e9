/**
 * `any` and `all`: planes as in reduce.ts, with one byte per result. A search ends with the first element that decides;
 * `sought` is the truth that does: 1 for any, 0 for all. Complex numbers have C = 2 components of type T.
 */

/** Lane mask of the elements of 16 bytes that are not zero. */
@inline function nonzeroLanes<T>(x: usize): v128 {
  return v128.ne<T>(v128.load(x), v128.splat<T>(0 as T));
}

@inline function truthOf<C, T>(x: usize): bool {
  const real = load<T>(x) != 0;
  return sizeof<C>() == 2 ? real || load<T>(x, sizeof<T>()) != 0 : real;
}

/** Whether 16 bytes hold an element that decides. */
@inline function decides<C, T>(x: usize, sought: bool): bool {
  const nonzero = nonzeroLanes<T>(x);
  if (sought) return v128.any_true(nonzero);
  // The masks of a complex number's components are read as one lane, which is not zero where either is true.
  const itemsize = sizeof<C>() * sizeof<T>();
  if (itemsize == 1) return !i8x16.all_true(nonzero);
  if (itemsize == 2) return !i16x8.all_true(nonzero);
  if (itemsize == 4) return !i32x4.all_true(nonzero);
  if (itemsize == 8) return !i64x2.all_true(nonzero);
  return !v128.any_true(nonzero);
}

/** C is u8 for real elements and u16 for complex ones: its size counts components. */
@inline function find<C, T>(x: usize, stride: isize, n: isize, sought: bool): bool {
  const itemsize: isize = sizeof<C>() * sizeof<T>();
  if (stride == itemsize) {
    const perVector: isize = 16 / itemsize;
    for (; n >= perVector; n -= perVector) {
      if (decides<C, T>(x, sought)) return true;
      x += 16;
    }
  }
  for (; n > 0; n--) {
    if (truthOf<C, T>(x) == sought) return true;
    x += stride;
  }
  return false;
}

@inline export function truthRows<C, T>(
  sought: bool, x: usize, n: isize, sn: isize, out: usize, m: isize, sm: isize, so: isize, fresh: i32,
): void {
  for (; m > 0; m--) {
    if (fresh) store<u8>(out, <u8>!sought);
    if (<bool>load<u8>(out) != sought && find<C, T>(x, sn, n, sought)) store<u8>(out, <u8>sought);
    x += sm;
    out += so;
  }
}

@inline export function truthColumns<C, T>(
  sought: bool, x: usize, n: isize, sn: isize, out: usize, m: isize, sm: isize, so: isize, fresh: i32,
): void {
  if (fresh) for (let j: isize = 0; j < m; j++) store<u8>(out + j * so, <u8>!sought);
  for (; n > 0; n--) {
    let from = x;
    let to = out;
    for (let j: isize = 0; j < m; j++) {
      const truth = <u8>truthOf<C, T>(from);
      store<u8>(to, sought ? load<u8>(to) | truth : load<u8>(to) & truth);
      from += sm;
      to += so;
    }
    x += sn;
  }
}
