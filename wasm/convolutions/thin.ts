import { areNeighbours, offset } from './offsets';

// The gathered product of one row, as of channels that are convolved one by one: nothing of what it reads is used often enough to be
// packed first.

/** Sums over the depth are cut into blocks, so that rounding errors grow no faster than in the blocked product. */
const BLOCK_DEPTH: usize = 256;
/** From so many columns on, vectors go along the columns, else along the depth. */
const MANY_COLUMNS: usize = 16;

// @ts-ignore: decorator
@inline
function addTo<T>(c: usize, sum: T, start: T, accumulate: bool): void {
  store<T>(c, sum + (accumulate ? load<T>(c) : start));
}

/** Columns that lie side by side, four vectors of them or one. */
// @ts-ignore: decorator
@inline
function columns<T>(
  vectors: usize, k: usize, a: usize, aDepth: usize, b: usize, bDepth: usize, c: usize, cColumns: usize, start: T, accumulate: bool,
): void {
  const lanes: usize = 16 / sizeof<T>();
  let s0 = v128.splat<T>(start), s1 = s0, s2 = s0, s3 = s0;
  for (let p: usize = 0; p < k; ++p) {
    const factor = v128.splat<T>(load<T>(a + offset(aDepth, p)));
    const from = b + offset(bDepth, p);
    s0 = v128.add<T>(s0, v128.mul<T>(factor, v128.load(from)));
    if (vectors > 1) {
      s1 = v128.add<T>(s1, v128.mul<T>(factor, v128.load(from, 16)));
      s2 = v128.add<T>(s2, v128.mul<T>(factor, v128.load(from, 32)));
      s3 = v128.add<T>(s3, v128.mul<T>(factor, v128.load(from, 48)));
    }
  }
  storeColumns<T>(s0, c, cColumns, accumulate);
  if (vectors > 1) {
    storeColumns<T>(s1, c, cColumns + (lanes << 2), accumulate);
    storeColumns<T>(s2, c, cColumns + (lanes << 3), accumulate);
    storeColumns<T>(s3, c, cColumns + (3 * lanes << 2), accumulate);
  }
}

/** `start` is among the sums where they do not add to what is there. */
// @ts-ignore: decorator
@inline
function storeColumns<T>(sums: v128, c: usize, cColumns: usize, accumulate: bool): void {
  const to = c + offset(cColumns, 0);
  if (areNeighbours<T>(cColumns)) {
    v128.store(to, accumulate ? v128.add<T>(v128.load(to), sums) : sums);
    return;
  }
  addTo<T>(to, v128.extract_lane<T>(sums, 0), <T>0, accumulate);
  addTo<T>(c + offset(cColumns, 1), v128.extract_lane<T>(sums, 1), <T>0, accumulate);
  if (sizeof<T>() == 4) {
    addTo<T>(c + offset(cColumns, 2), v128.extract_lane<T>(sums, 2), <T>0, accumulate);
    addTo<T>(c + offset(cColumns, 3), v128.extract_lane<T>(sums, 3), <T>0, accumulate);
  }
}

/** Whether so many vectors of columns lie side by side. */
// @ts-ignore: decorator
@inline
function isRun<T>(columns: usize, vectors: usize): bool {
  const lanes: usize = 16 / sizeof<T>();
  for (let i: usize = 0; i < vectors; ++i) {
    if (!areNeighbours<T>(columns + (i * lanes << 2))) return false;
    if (i > 0 && offset(columns, i * lanes) != offset(columns, 0) + (i << 4)) return false;
  }
  return true;
}

// @ts-ignore: decorator
@inline
function oneColumn<T>(k: usize, a: usize, aDepth: usize, b: usize, bDepth: usize): T {
  const lanes: usize = 16 / sizeof<T>();
  let total: T = 0;
  for (let begin: usize = 0; begin < k; begin += BLOCK_DEPTH) {
    const end = min(begin + BLOCK_DEPTH, k);
    let sums = v128.splat<T>(<T>0);
    let sum: T = 0;
    for (let p = begin; p < end;) {
      const x = a + offset(aDepth, p);
      const y = b + offset(bDepth, p);
      if (end - p >= lanes && areNeighbours<T>(aDepth + (p << 2)) && areNeighbours<T>(bDepth + (p << 2))) {
        sums = v128.add<T>(sums, v128.mul<T>(v128.load(x), v128.load(y)));
        p += lanes;
      } else {
        sum += load<T>(x) * load<T>(y);
        ++p;
      }
    }
    total += sum + v128.extract_lane<T>(sums, 0) + v128.extract_lane<T>(sums, 1);
    if (sizeof<T>() == 4) total += v128.extract_lane<T>(sums, 2) + v128.extract_lane<T>(sums, 3);
  }
  return total;
}

/** C = start + A · B, or C + A · B, of one row. */
export function thinProduct<T>(
  n: usize, k: usize, a: usize, aDepth: usize, b: usize, bDepth: usize, bColumns: usize, c: usize, cColumns: usize, start: T,
  accumulate: bool,
): void {
  const lanes: usize = 16 / sizeof<T>();
  const begin = accumulate ? <T>0 : start;
  for (let j: usize = 0; j < n;) {
    const here = bColumns + (j << 2);
    const from = b + offset(here, 0);
    if (n >= MANY_COLUMNS && n - j >= 4 * lanes && isRun<T>(here, 4)) {
      columns<T>(4, k, a, aDepth, from, bDepth, c, cColumns + (j << 2), begin, accumulate);
      j += 4 * lanes;
    } else if (n >= MANY_COLUMNS && n - j >= lanes && areNeighbours<T>(here)) {
      columns<T>(1, k, a, aDepth, from, bDepth, c, cColumns + (j << 2), begin, accumulate);
      j += lanes;
    } else {
      addTo<T>(c + offset(cColumns, j), oneColumn<T>(k, a, aDepth, from, bDepth), start, accumulate);
      ++j;
    }
  }
}
