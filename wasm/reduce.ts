/**
 * Reductions of a plane: `m` results, each of `n` elements. Rows take one result after the other, for elements that lie
 * together along `n`; columns carry all results through each of the `n` rows, for elements that lie together along `m`.
 * A `fresh` call starts from the identity, another goes on with what `out` holds. Strides are in bytes and may be anything.
 */
import { complexBinaryRow } from '../build/wasm/rows';
import { complexSum, pairwiseSum } from './pairwise';

/** Joins the lanes of a vector. */
@inline export function joinLanes<Op, T>(v: v128): T {
  const op = changetype<Op>(0);
  v = op.v(v, v128.shuffle<i64>(v, v, 1, 0));
  if (sizeof<T>() <= 4) v = op.v(v, v128.shuffle<i32>(v, v, 1, 0, 3, 2));
  if (sizeof<T>() <= 2) v = op.v(v, v128.shuffle<i16>(v, v, 1, 0, 3, 2, 5, 4, 7, 6));
  if (sizeof<T>() == 1) v = op.v(v, v128.shuffle<i8>(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
  return v128.extract_lane<T>(v, 0);
}

@inline function notNumbers<T>(x: v128): v128 {
  return v128.ne<T>(x, x);
}

/** Minimum or maximum of floats. NaN is looked for beside, which is faster than the instructions that hand it on. */
@inline function foldExtreme<Op, T>(x: usize, stride: isize, n: isize, value: T): T {
  const op = changetype<Op>(0);
  const lanes: isize = 16 / sizeof<T>();
  let a = v128.splat<T>(value);
  let unordered = notNumbers<T>(a);
  if (stride == sizeof<T>() && n >= 4 * lanes) {
    let b = a, c = a, d = a;
    for (; n >= 4 * lanes; n -= 4 * lanes) {
      const p = v128.load(x), q = v128.load(x, 16), r = v128.load(x, 32), s = v128.load(x, 48);
      a = op.quick(a, p);
      b = op.quick(b, q);
      c = op.quick(c, r);
      d = op.quick(d, s);
      unordered = v128.or(
        v128.or(unordered, v128.or(notNumbers<T>(p), notNumbers<T>(q))), v128.or(notNumbers<T>(r), notNumbers<T>(s)));
      x += 64;
    }
    a = op.quick(op.quick(a, b), op.quick(c, d));
    a = op.quick(a, v128.shuffle<i64>(a, a, 1, 0));
    if (sizeof<T>() == 4) a = op.quick(a, v128.shuffle<i32>(a, a, 1, 0, 3, 2));
  }
  for (; n > 0; n--) {
    const element = sizeof<T>() == 4 ? v128.load32_splat(x) : v128.load64_splat(x);
    a = op.quick(a, element);
    unordered = v128.or(unordered, notNumbers<T>(element));
    x += stride;
  }
  return v128.any_true(unordered) ? NaN as T : v128.extract_lane<T>(a, 0);
}

@inline export function fold<Op, T>(x: usize, stride: isize, n: isize, value: T): T {
  const op = changetype<Op>(0);
  const lanes: isize = 16 / sizeof<T>();
  if (isFloat<T>() && op.isExtreme()) return foldExtreme<Op, T>(x, stride, n, value);
  if (op.reorders() && stride == sizeof<T>() && n >= 4 * lanes) {
    let a = v128.splat<T>(op.identity()), b = a, c = a, d = a;
    for (; n >= 4 * lanes; n -= 4 * lanes) {
      a = op.v(a, v128.load(x));
      b = op.v(b, v128.load(x, 16));
      c = op.v(c, v128.load(x, 32));
      d = op.v(d, v128.load(x, 48));
      x += 64;
    }
    value = op.s(value, joinLanes<Op, T>(op.v(op.v(a, b), op.v(c, d))));
  }
  for (; n > 0; n--) {
    value = op.s(value, load<T>(x));
    x += stride;
  }
  return value;
}

@inline export function foldRows<Op, T>(
  x: usize, n: isize, sn: isize, out: usize, m: isize, sm: isize, so: isize, fresh: i32,
): void {
  const op = changetype<Op>(0);
  for (; m > 0; m--) {
    store<T>(out, fold<Op, T>(x, sn, n, fresh ? op.identity() : load<T>(out)));
    x += sm;
    out += so;
  }
}

@inline export function sumRows<T>(
  x: usize, n: isize, sn: isize, out: usize, m: isize, sm: isize, so: isize, fresh: i32,
): void {
  for (; m > 0; m--) {
    const before = fresh ? 0 as T : load<T>(out);
    store<T>(out, (before + pairwiseSum<T>(x, sn, n)) as T);
    x += sm;
    out += so;
  }
}

@inline export function complexSumRows<T>(
  x: usize, n: isize, sn: isize, out: usize, m: isize, sm: isize, so: isize, fresh: i32,
): void {
  for (; m > 0; m--) {
    const sum = complexSum<T>(x, sn, n << 1);
    if (fresh) {
      store<T>(out, 0 as T);
      store<T>(out, 0 as T, sizeof<T>());
    }
    store<T>(out, (load<T>(out) + v128.extract_lane<T>(sum, 0)) as T);
    store<T>(out, (load<T>(out, sizeof<T>()) + v128.extract_lane<T>(sum, 1)) as T, sizeof<T>());
    x += sm;
    out += so;
  }
}

/** Rows are taken four at a time, and results in panels that stay in the nearest cache. */
@inline function foldPanel<Op, T>(x: usize, n: isize, sn: isize, out: usize, m: isize, sm: isize, so: isize): void {
  const op = changetype<Op>(0);
  const dense = sm == sizeof<T>() && so == sizeof<T>();
  const bytes = dense ? (m * sizeof<T>()) & ~15 : 0;
  const done = bytes / sizeof<T>();
  for (; n > 0; n -= 4) {
    const x1 = x + sn;
    const x2 = x1 + sn;
    const x3 = x2 + sn;
    let to = out + bytes;
    if (n >= 4) {
      for (let i: isize = 0; i < bytes; i += 16) {
        const joined = op.v(op.v(v128.load(out + i), v128.load(x + i)), v128.load(x1 + i));
        v128.store(out + i, op.v(op.v(joined, v128.load(x2 + i)), v128.load(x3 + i)));
      }
      for (let j = done, i: isize = bytes; j < m; j++, i += sm, to += so) {
        const joined = op.s(op.s(load<T>(to), load<T>(x + i)), load<T>(x1 + i));
        store<T>(to, op.s(op.s(joined, load<T>(x2 + i)), load<T>(x3 + i)));
      }
      x = x3 + sn;
    } else {
      for (; n > 0; n--, x += sn) {
        for (let i: isize = 0; i < bytes; i += 16) v128.store(out + i, op.v(v128.load(out + i), v128.load(x + i)));
        to = out + bytes;
        for (let j = done, i: isize = bytes; j < m; j++, i += sm, to += so) store<T>(to, op.s(load<T>(to), load<T>(x + i)));
      }
    }
  }
}

@inline export function foldColumns<Op, T>(
  x: usize, n: isize, sn: isize, out: usize, m: isize, sm: isize, so: isize, fresh: i32,
): void {
  const op = changetype<Op>(0);
  while (m > 0) {
    const width = min<isize>(m, 8192 / sizeof<T>());
    if (fresh) {
      for (let j: isize = 0, to = out; j < width; j++, to += so) store<T>(to, op.identity());
    }
    foldPanel<Op, T>(x, n, sn, out, width, sm, so);
    x += width * sm;
    out += width * so;
    m -= width;
  }
}

@inline function startComplex<Op, T>(out: usize, fresh: i32): void {
  const op = changetype<Op>(0);
  if (fresh) {
    store<T>(out, op.identity());
    store<T>(out, op.imaginaryIdentity(), sizeof<T>());
  }
}

@inline export function complexRows<Op, T>(
  x: usize, n: isize, sn: isize, out: usize, m: isize, sm: isize, so: isize, fresh: i32,
): void {
  for (; m > 0; m--) {
    startComplex<Op, T>(out, fresh);
    complexBinaryRow<Op, T>(out, 0, x, sn, out, 0, n);
    x += sm;
    out += so;
  }
}

@inline export function complexColumns<Op, T>(
  x: usize, n: isize, sn: isize, out: usize, m: isize, sm: isize, so: isize, fresh: i32,
): void {
  for (let j: isize = 0; j < m; j++) startComplex<Op, T>(out + j * so, fresh);
  for (; n > 0; n--) {
    complexBinaryRow<Op, T>(out, so, x, sm, out, so, m);
    x += sn;
  }
}
