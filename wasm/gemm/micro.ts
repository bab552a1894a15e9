import { combine, multiplyAdd, panelRows } from './fma';

// One tile of C, `rows` by `vectors` 128-bit vectors, summed over k. Both sizes are constants at every call, so what a
// smaller tile does not use folds away. All sums live in registers: 6 x 2 vectors, two of B and one of A make the 15
// that V8 has on x64, when multiplication and addition are one. Tiles of four vectors a row only pay where V8 fuses
// neighbouring 128-bit operations into 256-bit ones, which needs rows of adjacent stores with no load between them: so
// all loads of C come before the first store.

// @ts-ignore: decorator
@inline
function tile<P>(
  rows: i32, vectors: i32,
  k: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  let s00 = i64x2.splat(0), s01 = i64x2.splat(0), s02 = i64x2.splat(0), s03 = i64x2.splat(0);
  let s10 = i64x2.splat(0), s11 = i64x2.splat(0), s12 = i64x2.splat(0), s13 = i64x2.splat(0);
  let s20 = i64x2.splat(0), s21 = i64x2.splat(0), s22 = i64x2.splat(0), s23 = i64x2.splat(0);
  let s30 = i64x2.splat(0), s31 = i64x2.splat(0), s32 = i64x2.splat(0), s33 = i64x2.splat(0);
  let s40 = i64x2.splat(0), s41 = i64x2.splat(0), s42 = i64x2.splat(0), s43 = i64x2.splat(0);
  let s50 = i64x2.splat(0), s51 = i64x2.splat(0), s52 = i64x2.splat(0), s53 = i64x2.splat(0);
  for (; k != 0; --k) {
    const b0 = v128.load(b);
    const b1 = vectors > 1 ? v128.load(b, 16) : b0;
    const b2 = vectors > 2 ? v128.load(b, 32) : b0;
    const b3 = vectors > 2 ? v128.load(b, 48) : b0;
    const a0 = v128.load_splat<P>(a);
    s00 = multiplyAdd<P>(a0, b0, s00);
    if (vectors > 1) s01 = multiplyAdd<P>(a0, b1, s01);
    if (vectors > 2) {
      s02 = multiplyAdd<P>(a0, b2, s02);
      s03 = multiplyAdd<P>(a0, b3, s03);
    }
    const a1 = v128.load_splat<P>(a, 1 * sizeof<P>());
    s10 = multiplyAdd<P>(a1, b0, s10);
    if (vectors > 1) s11 = multiplyAdd<P>(a1, b1, s11);
    if (vectors > 2) {
      s12 = multiplyAdd<P>(a1, b2, s12);
      s13 = multiplyAdd<P>(a1, b3, s13);
    }
    if (rows > 2) {
      const a2 = v128.load_splat<P>(a, 2 * sizeof<P>());
      s20 = multiplyAdd<P>(a2, b0, s20);
      if (vectors > 1) s21 = multiplyAdd<P>(a2, b1, s21);
      if (vectors > 2) {
        s22 = multiplyAdd<P>(a2, b2, s22);
        s23 = multiplyAdd<P>(a2, b3, s23);
      }
      const a3 = v128.load_splat<P>(a, 3 * sizeof<P>());
      s30 = multiplyAdd<P>(a3, b0, s30);
      if (vectors > 1) s31 = multiplyAdd<P>(a3, b1, s31);
      if (vectors > 2) {
        s32 = multiplyAdd<P>(a3, b2, s32);
        s33 = multiplyAdd<P>(a3, b3, s33);
      }
    }
    if (rows > 4) {
      const a4 = v128.load_splat<P>(a, 4 * sizeof<P>());
      s40 = multiplyAdd<P>(a4, b0, s40);
      if (vectors > 1) s41 = multiplyAdd<P>(a4, b1, s41);
      if (vectors > 2) {
        s42 = multiplyAdd<P>(a4, b2, s42);
        s43 = multiplyAdd<P>(a4, b3, s43);
      }
      const a5 = v128.load_splat<P>(a, 5 * sizeof<P>());
      s50 = multiplyAdd<P>(a5, b0, s50);
      if (vectors > 1) s51 = multiplyAdd<P>(a5, b1, s51);
      if (vectors > 2) {
        s52 = multiplyAdd<P>(a5, b2, s52);
        s53 = multiplyAdd<P>(a5, b3, s53);
      }
    }
    a += aStep;
    b += bStep;
  }
  if (accumulate) {
    let from = c;
    s00 = combine<P>(v128.load(from), s00);
    if (vectors > 1) s01 = combine<P>(v128.load(from, 16), s01);
    if (vectors > 2) {
      s02 = combine<P>(v128.load(from, 32), s02);
      s03 = combine<P>(v128.load(from, 48), s03);
    }
    from += cRow;
    s10 = combine<P>(v128.load(from), s10);
    if (vectors > 1) s11 = combine<P>(v128.load(from, 16), s11);
    if (vectors > 2) {
      s12 = combine<P>(v128.load(from, 32), s12);
      s13 = combine<P>(v128.load(from, 48), s13);
    }
    if (rows > 2) {
      from += cRow;
      s20 = combine<P>(v128.load(from), s20);
      if (vectors > 1) s21 = combine<P>(v128.load(from, 16), s21);
      if (vectors > 2) {
        s22 = combine<P>(v128.load(from, 32), s22);
        s23 = combine<P>(v128.load(from, 48), s23);
      }
      from += cRow;
      s30 = combine<P>(v128.load(from), s30);
      if (vectors > 1) s31 = combine<P>(v128.load(from, 16), s31);
      if (vectors > 2) {
        s32 = combine<P>(v128.load(from, 32), s32);
        s33 = combine<P>(v128.load(from, 48), s33);
      }
    }
    if (rows > 4) {
      from += cRow;
      s40 = combine<P>(v128.load(from), s40);
      if (vectors > 1) s41 = combine<P>(v128.load(from, 16), s41);
      if (vectors > 2) {
        s42 = combine<P>(v128.load(from, 32), s42);
        s43 = combine<P>(v128.load(from, 48), s43);
      }
      from += cRow;
      s50 = combine<P>(v128.load(from), s50);
      if (vectors > 1) s51 = combine<P>(v128.load(from, 16), s51);
      if (vectors > 2) {
        s52 = combine<P>(v128.load(from, 32), s52);
        s53 = combine<P>(v128.load(from, 48), s53);
      }
    }
  }
  v128.store(c, s00);
  if (vectors > 1) v128.store(c, s01, 16);
  if (vectors > 2) {
    v128.store(c, s02, 32);
    v128.store(c, s03, 48);
  }
  c += cRow;
  v128.store(c, s10);
  if (vectors > 1) v128.store(c, s11, 16);
  if (vectors > 2) {
    v128.store(c, s12, 32);
    v128.store(c, s13, 48);
  }
  if (rows > 2) {
    c += cRow;
    v128.store(c, s20);
    if (vectors > 1) v128.store(c, s21, 16);
    if (vectors > 2) {
      v128.store(c, s22, 32);
      v128.store(c, s23, 48);
    }
    c += cRow;
    v128.store(c, s30);
    if (vectors > 1) v128.store(c, s31, 16);
    if (vectors > 2) {
      v128.store(c, s32, 32);
      v128.store(c, s33, 48);
    }
  }
  if (rows > 4) {
    c += cRow;
    v128.store(c, s40);
    if (vectors > 1) v128.store(c, s41, 16);
    if (vectors > 2) {
      v128.store(c, s42, 32);
      v128.store(c, s43, 48);
    }
    c += cRow;
    v128.store(c, s50);
    if (vectors > 1) v128.store(c, s51, 16);
    if (vectors > 2) {
      v128.store(c, s52, 32);
      v128.store(c, s53, 48);
    }
  }
}

function tile6x4<P>(
  k: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile<P>(6, 4, k, a, aStep, b, bStep, c, cRow, accumulate);
}

function tile4x4<P>(
  k: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile<P>(4, 4, k, a, aStep, b, bStep, c, cRow, accumulate);
}

function tile2x4<P>(
  k: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile<P>(2, 4, k, a, aStep, b, bStep, c, cRow, accumulate);
}

function tile6x2<P>(
  k: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile<P>(6, 2, k, a, aStep, b, bStep, c, cRow, accumulate);
}

function tile4x2<P>(
  k: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile<P>(4, 2, k, a, aStep, b, bStep, c, cRow, accumulate);
}

function tile2x2<P>(
  k: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile<P>(2, 2, k, a, aStep, b, bStep, c, cRow, accumulate);
}

function tile6x1<P>(
  k: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile<P>(6, 1, k, a, aStep, b, bStep, c, cRow, accumulate);
}

function tile4x1<P>(
  k: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile<P>(4, 1, k, a, aStep, b, bStep, c, cRow, accumulate);
}

function tile2x1<P>(
  k: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile<P>(2, 1, k, a, aStep, b, bStep, c, cRow, accumulate);
}

/** Runs the smallest tile that covers rows (1 to panelRows) by vectors (1 to 4, but over 2 only for the wide tile). */
// @ts-ignore: decorator
@inline
export function runTile<P>(
  rows: usize, vectors: usize,
  k: usize, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  if (vectors == 2) {
    if (panelRows<P>() > 4 && rows > 4) tile6x2<P>(k, a, aStep, b, bStep, c, cRow, accumulate);
    else if (rows > 2) tile4x2<P>(k, a, aStep, b, bStep, c, cRow, accumulate);
    else tile2x2<P>(k, a, aStep, b, bStep, c, cRow, accumulate);
  } else if (vectors == 1) {
    if (panelRows<P>() > 4 && rows > 4) tile6x1<P>(k, a, aStep, b, bStep, c, cRow, accumulate);
    else if (rows > 2) tile4x1<P>(k, a, aStep, b, bStep, c, cRow, accumulate);
    else tile2x1<P>(k, a, aStep, b, bStep, c, cRow, accumulate);
  } else if (isFloat<P>()) {
    if (panelRows<P>() > 4 && rows > 4) tile6x4<P>(k, a, aStep, b, bStep, c, cRow, accumulate);
    else if (rows > 2) tile4x4<P>(k, a, aStep, b, bStep, c, cRow, accumulate);
    else tile2x4<P>(k, a, aStep, b, bStep, c, cRow, accumulate);
  }
}
