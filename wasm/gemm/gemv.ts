import { combine, lanes, multiplyAdd } from './fma';

// y = x * M with M of `k` rows and `n` columns: the shapes where one operand is a vector. Every element of M is used
// once, so nothing is packed. Rows that are contiguous are added up four at a time, columns that are contiguous are
// reduced four at a time. Sums over k are cut into blocks, so that rounding errors grow no faster than in the blocked
// product.

const ROWS_PER_BLOCK: usize = 256;
const DEPTH_PER_BLOCK: usize = 4096;
const TEMPORARY_BYTES: usize = 16384;

/** Scratch bytes that `vectorProduct` needs for an element of `size` bytes. */
// @ts-ignore: decorator
@inline
export function vectorWorkspace(n: usize, k: usize, size: usize): usize {
  return max(min(n * size, TEMPORARY_BYTES), min(k, DEPTH_PER_BLOCK) * size);
}

/** y (+)= four rows of M. */
// @ts-ignore: decorator
@inline
function addFourRows<T>(n: usize, x: usize, xStep: usize, m: usize, mRow: usize, y: usize, accumulate: bool): void {
  const f0 = load<T>(x);
  const f1 = load<T>(x + xStep);
  const f2 = load<T>(x + xStep * 2);
  const f3 = load<T>(x + xStep * 3);
  const v0 = v128.splat<T>(f0);
  const v1 = v128.splat<T>(f1);
  const v2 = v128.splat<T>(f2);
  const v3 = v128.splat<T>(f3);
  let p0 = m;
  let p1 = p0 + mRow;
  let p2 = p1 + mRow;
  let p3 = p2 + mRow;
  const zero = i64x2.splat(0);
  for (; n >= 4 * lanes<T>(); n -= 4 * lanes<T>()) {
    let s0 = zero;
    let s1 = zero;
    let s2 = zero;
    let s3 = zero;
    if (accumulate) {
      s0 = v128.load(y);
      s1 = v128.load(y, 16);
      s2 = v128.load(y, 32);
      s3 = v128.load(y, 48);
    }
    s0 = multiplyAdd<T>(v0, v128.load(p0), s0);
    s1 = multiplyAdd<T>(v0, v128.load(p0, 16), s1);
    s2 = multiplyAdd<T>(v0, v128.load(p0, 32), s2);
    s3 = multiplyAdd<T>(v0, v128.load(p0, 48), s3);
    s0 = multiplyAdd<T>(v1, v128.load(p1), s0);
    s1 = multiplyAdd<T>(v1, v128.load(p1, 16), s1);
    s2 = multiplyAdd<T>(v1, v128.load(p1, 32), s2);
    s3 = multiplyAdd<T>(v1, v128.load(p1, 48), s3);
    s0 = multiplyAdd<T>(v2, v128.load(p2), s0);
    s1 = multiplyAdd<T>(v2, v128.load(p2, 16), s1);
    s2 = multiplyAdd<T>(v2, v128.load(p2, 32), s2);
    s3 = multiplyAdd<T>(v2, v128.load(p2, 48), s3);
    s0 = multiplyAdd<T>(v3, v128.load(p3), s0);
    s1 = multiplyAdd<T>(v3, v128.load(p3, 16), s1);
    s2 = multiplyAdd<T>(v3, v128.load(p3, 32), s2);
    s3 = multiplyAdd<T>(v3, v128.load(p3, 48), s3);
    v128.store(y, s0);
    v128.store(y, s1, 16);
    v128.store(y, s2, 32);
    v128.store(y, s3, 48);
    p0 += 64;
    p1 += 64;
    p2 += 64;
    p3 += 64;
    y += 64;
  }
  for (; n >= lanes<T>(); n -= lanes<T>()) {
    let s = accumulate ? v128.load(y) : zero;
    s = multiplyAdd<T>(v0, v128.load(p0), s);
    s = multiplyAdd<T>(v1, v128.load(p1), s);
    s = multiplyAdd<T>(v2, v128.load(p2), s);
    s = multiplyAdd<T>(v3, v128.load(p3), s);
    v128.store(y, s);
    p0 += 16;
    p1 += 16;
    p2 += 16;
    p3 += 16;
    y += 16;
  }
  for (; n != 0; --n) {
    let s = accumulate ? load<T>(y) : <T>0;
    s = <T>(s + f0 * load<T>(p0));
    s = <T>(s + f1 * load<T>(p1));
    s = <T>(s + f2 * load<T>(p2));
    s = <T>(s + f3 * load<T>(p3));
    store<T>(y, s);
    p0 += sizeof<T>();
    p1 += sizeof<T>();
    p2 += sizeof<T>();
    p3 += sizeof<T>();
    y += sizeof<T>();
  }
}

/** y (+)= one row of M. */
// @ts-ignore: decorator
@inline
function addOneRow<T>(n: usize, x: usize, m: usize, y: usize, accumulate: bool): void {
  const f = load<T>(x);
  const v = v128.splat<T>(f);
  const zero = i64x2.splat(0);
  for (; n >= lanes<T>(); n -= lanes<T>()) {
    v128.store(y, multiplyAdd<T>(v, v128.load(m), accumulate ? v128.load(y) : zero));
    m += 16;
    y += 16;
  }
  for (; n != 0; --n) {
    store<T>(y, <T>((accumulate ? load<T>(y) : <T>0) + f * load<T>(m)));
    m += sizeof<T>();
    y += sizeof<T>();
  }
}

/** Rows of M are contiguous. */
function sumRows<T>(
  n: usize, k: usize, x: usize, xStep: usize, m: usize, mRow: usize, y: usize, yStep: usize, workspace: usize,
): void {
  const most = TEMPORARY_BYTES / sizeof<T>();
  const inPlace = yStep == sizeof<T>() && k <= ROWS_PER_BLOCK;
  while (n != 0) {
    const width = min(n, most);
    let xs = x;
    let rows = m;
    for (let done: usize = 0; done < k;) {
      const depth = min(k - done, ROWS_PER_BLOCK);
      const to = inPlace ? y : workspace;
      let started = false;
      let left = depth;
      for (; left >= 4; left -= 4) {
        addFourRows<T>(width, xs, xStep, rows, mRow, to, started);
        started = true;
        xs += xStep << 2;
        rows += mRow << 2;
      }
      for (; left != 0; --left) {
        addOneRow<T>(width, xs, rows, to, started);
        started = true;
        xs += xStep;
        rows += mRow;
      }
      if (!inPlace) {
        let p = workspace;
        let q = y;
        for (let i = width; i != 0; --i) {
          store<T>(q, <T>((done != 0 ? load<T>(q) : <T>0) + load<T>(p)));
          p += sizeof<T>();
          q += yStep;
        }
      }
      done += depth;
    }
    n -= width;
    m += width * sizeof<T>();
    y += width * yStep;
  }
}

/** The sum over all lanes. */
// @ts-ignore: decorator
@inline
function sumLanes<T>(v: v128): T {
  if (sizeof<T>() == 8) return <T>(v128.extract_lane<T>(v, 0) + v128.extract_lane<T>(v, 1));
  if (sizeof<T>() == 2) v = v128.add<T>(v, v128.shuffle<i32>(v, v, 1, 0, 3, 2));
  v = v128.add<T>(v, v128.shuffle<i64>(v, v, 1, 0));
  return <T>(v128.extract_lane<T>(v, 0) + v128.extract_lane<T>(v, 1));
}

// @ts-ignore: decorator
@inline
function storeSum<T>(y: usize, sum: T, accumulate: bool): void {
  store<T>(y, accumulate ? <T>(load<T>(y) + sum) : sum);
}

/** Four columns of M at once, each contiguous, as x is. */
// @ts-ignore: decorator
@inline
function dotFour<T>(k: usize, x: usize, m: usize, mCol: usize, y: usize, yStep: usize, accumulate: bool): void {
  let p0 = m;
  let p1 = p0 + mCol;
  let p2 = p1 + mCol;
  let p3 = p2 + mCol;
  let s0 = i64x2.splat(0), s1 = i64x2.splat(0), s2 = i64x2.splat(0), s3 = i64x2.splat(0);
  let t0 = i64x2.splat(0), t1 = i64x2.splat(0), t2 = i64x2.splat(0), t3 = i64x2.splat(0);
  for (; k >= 2 * lanes<T>(); k -= 2 * lanes<T>()) {
    const v = v128.load(x);
    const w = v128.load(x, 16);
    s0 = multiplyAdd<T>(v, v128.load(p0), s0);
    s1 = multiplyAdd<T>(v, v128.load(p1), s1);
    s2 = multiplyAdd<T>(v, v128.load(p2), s2);
    s3 = multiplyAdd<T>(v, v128.load(p3), s3);
    t0 = multiplyAdd<T>(w, v128.load(p0, 16), t0);
    t1 = multiplyAdd<T>(w, v128.load(p1, 16), t1);
    t2 = multiplyAdd<T>(w, v128.load(p2, 16), t2);
    t3 = multiplyAdd<T>(w, v128.load(p3, 16), t3);
    x += 32;
    p0 += 32;
    p1 += 32;
    p2 += 32;
    p3 += 32;
  }
  let r0 = sumLanes<T>(combine<T>(s0, t0));
  let r1 = sumLanes<T>(combine<T>(s1, t1));
  let r2 = sumLanes<T>(combine<T>(s2, t2));
  let r3 = sumLanes<T>(combine<T>(s3, t3));
  for (; k != 0; --k) {
    const f = load<T>(x);
    r0 = <T>(r0 + f * load<T>(p0));
    r1 = <T>(r1 + f * load<T>(p1));
    r2 = <T>(r2 + f * load<T>(p2));
    r3 = <T>(r3 + f * load<T>(p3));
    x += sizeof<T>();
    p0 += sizeof<T>();
    p1 += sizeof<T>();
    p2 += sizeof<T>();
    p3 += sizeof<T>();
  }
  storeSum<T>(y, r0, accumulate);
  storeSum<T>(y + yStep, r1, accumulate);
  storeSum<T>(y + yStep * 2, r2, accumulate);
  storeSum<T>(y + yStep * 3, r3, accumulate);
}

/** One contiguous column. */
// @ts-ignore: decorator
@inline
function dotOne<T>(k: usize, x: usize, m: usize, y: usize, accumulate: bool): void {
  let s0 = i64x2.splat(0), s1 = i64x2.splat(0), s2 = i64x2.splat(0), s3 = i64x2.splat(0);
  for (; k >= 4 * lanes<T>(); k -= 4 * lanes<T>()) {
    s0 = multiplyAdd<T>(v128.load(x), v128.load(m), s0);
    s1 = multiplyAdd<T>(v128.load(x, 16), v128.load(m, 16), s1);
    s2 = multiplyAdd<T>(v128.load(x, 32), v128.load(m, 32), s2);
    s3 = multiplyAdd<T>(v128.load(x, 48), v128.load(m, 48), s3);
    x += 64;
    m += 64;
  }
  let sum = sumLanes<T>(combine<T>(combine<T>(s0, s1), combine<T>(s2, s3)));
  for (; k != 0; --k) {
    sum = <T>(sum + load<T>(x) * load<T>(m));
    x += sizeof<T>();
    m += sizeof<T>();
  }
  storeSum<T>(y, sum, accumulate);
}

/** Columns of M are contiguous. */
function dotColumns<T>(
  n: usize, k: usize, x: usize, xStep: usize, m: usize, mCol: usize, y: usize, yStep: usize, workspace: usize,
  accumulate: bool,
): void {
  for (let done: usize = 0; done < k;) {
    const depth = min(k - done, DEPTH_PER_BLOCK);
    let dense = x;
    if (xStep != sizeof<T>()) {
      dense = workspace;
      for (let i: usize = 0; i < depth; ++i) store<T>(workspace + i * sizeof<T>(), load<T>(x + i * xStep));
    }
    let column = m;
    let q = y;
    let left = n;
    for (; left >= 4; left -= 4) {
      dotFour<T>(depth, dense, column, mCol, q, yStep, accumulate);
      column += mCol << 2;
      q += yStep << 2;
    }
    for (; left != 0; --left) {
      dotOne<T>(depth, dense, column, q, accumulate);
      column += mCol;
      q += yStep;
    }
    x += depth * xStep;
    m += depth * sizeof<T>();
    done += depth;
    accumulate = true;
  }
}

/** No stride of M is that of a neighbour. */
function dotStrided<T>(
  n: usize, k: usize, x: usize, xStep: usize, m: usize, mRow: usize, mCol: usize, y: usize, yStep: usize,
): void {
  for (; n != 0; --n) {
    let total = <T>0;
    let p = x;
    let q = m;
    for (let left = k; left != 0;) {
      const depth = min(left, ROWS_PER_BLOCK);
      let sum = <T>0;
      for (let i = depth; i != 0; --i) {
        sum = <T>(sum + load<T>(p) * load<T>(q));
        p += xStep;
        q += mRow;
      }
      total = <T>(total + sum);
      left -= depth;
    }
    store<T>(y, total);
    m += mCol;
    y += yStep;
  }
}

/** y = x * M; every stride in bytes. */
export function vectorProduct<T>(
  n: usize, k: usize, x: usize, xStep: usize, m: usize, mRow: usize, mCol: usize, y: usize, yStep: usize,
  workspace: usize,
): void {
  if (mRow == sizeof<T>() && (n == 1 || mCol != sizeof<T>())) {
    dotColumns<T>(n, k, x, xStep, m, mCol, y, yStep, workspace, false);
  } else if (n == 1 && xStep == sizeof<T>()) {
    dotColumns<T>(n, k, m, mRow, x, 0, y, yStep, workspace, false);
  } else if (mCol == sizeof<T>() && n != 1) {
    sumRows<T>(n, k, x, xStep, m, mRow, y, yStep, workspace);
  } else {
    dotStrided<T>(n, k, x, xStep, m, mRow, mCol, y, yStep);
  }
}

const COMPLEX_DEPTH_PER_BLOCK: usize = DEPTH_PER_BLOCK / 2;
const COMPLEX_COLUMNS_PER_BLOCK: usize = 16;
const COMPLEX_ROW_BYTES: usize = 2048;

/** Scratch bytes that `complexVectorProduct` needs for parts of `size` bytes. */
// @ts-ignore: decorator
@inline
export function complexVectorWorkspace(n: usize, k: usize, size: usize): usize {
  return max(min(n * size * 2, COMPLEX_ROW_BYTES) * 2, min(k, COMPLEX_DEPTH_PER_BLOCK) * size * 4);
}

/**
 * y = x * M for complex numbers, where mRow or (n over 1) mCol is the size of one. Both parts of y are real products
 * with the matrix seen as real, so that the loops above serve.
 */
export function complexVectorProduct<R>(
  n: usize, k: usize, x: usize, xStep: usize, m: usize, mRow: usize, mCol: usize, y: usize, yStep: usize,
  workspace: usize,
): void {
  const size = sizeof<R>();
  if (mRow == 2 * size && (n == 1 || mCol != 2 * size)) {
    // re y = (re x, -im x) . (re m, im m) and im y = (im x, re x) . (re m, im m)
    const forRe = workspace;
    const forIm = workspace + size * 2 * min(k, COMPLEX_DEPTH_PER_BLOCK);
    for (let done: usize = 0; done < k;) {
      const depth = min(k - done, COMPLEX_DEPTH_PER_BLOCK);
      for (let i: usize = 0; i < depth; ++i) {
        const re = load<R>(x);
        const im = load<R>(x, sizeof<R>());
        const at = i * size * 2;
        store<R>(forRe + at, re);
        store<R>(forRe + at, <R>-im, sizeof<R>());
        store<R>(forIm + at, im);
        store<R>(forIm + at, re, sizeof<R>());
        x += xStep;
      }
      let column = m;
      let q = y;
      for (let left = n; left != 0;) {
        const width = min(left, COMPLEX_COLUMNS_PER_BLOCK);
        dotColumns<R>(width, depth * 2, forRe, size, column, mCol, q, yStep, 0, done != 0);
        dotColumns<R>(width, depth * 2, forIm, size, column, mCol, q + size, yStep, 0, done != 0);
        column += width * mCol;
        q += width * yStep;
        left -= width;
      }
      m += size * depth * 2;
      done += depth;
    }
    return;
  }
  // y = (re x) * m + i * ((im x) * m), in blocks of m that the second pass still finds in the caches.
  const bytes = min(n * size * 2, COMPLEX_ROW_BYTES);
  const byRe = workspace;
  const byIm = byRe + bytes;
  while (n != 0) {
    const width = min(n, COMPLEX_ROW_BYTES / (2 * size));
    let p = x;
    let rows = m;
    for (let done: usize = 0; done < k;) {
      const depth = min(k - done, ROWS_PER_BLOCK);
      sumRows<R>(width * 2, depth, p, xStep, rows, mRow, byRe, size, 0);
      sumRows<R>(width * 2, depth, p + size, xStep, rows, mRow, byIm, size, 0);
      let q = y;
      for (let i: usize = 0; i < width; ++i) {
        const at = i * size * 2;
        const re = <R>(load<R>(byRe + at) - load<R>(byIm + at, sizeof<R>()));
        const im = <R>(load<R>(byRe + at, sizeof<R>()) + load<R>(byIm + at));
        store<R>(q, done != 0 ? <R>(load<R>(q) + re) : re);
        store<R>(q, done != 0 ? <R>(load<R>(q, sizeof<R>()) + im) : im, sizeof<R>());
        q += yStep;
      }
      p += depth * xStep;
      rows += depth * mRow;
      done += depth;
    }
    n -= width;
    m += size * 2 * width;
    y += width * yStep;
  }
}
