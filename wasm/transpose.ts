/**
 * Copies of planes whose rows lie across the source: out[r][c] = x[c][r], the source being dense along r and the result
 * along c. Both are walked in square tiles, so that a cache line is used up before it is evicted.
 */
const tile: usize = 32;

@inline function interleaveLow(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
}
@inline function interleaveHigh(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
}
@inline function lowHalves(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
}
@inline function highHalves(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
}

/** `sx` is the source's stride along c, `so` the result's along r. */
@inline export function transposePlane<T>(x: usize, sx: isize, out: usize, so: isize, rows: usize, columns: usize): void {
  for (let top: usize = 0; top < rows; top += tile) {
    const bottom = min<usize>(top + tile, rows);
    for (let left: usize = 0; left < columns; left += tile) {
      const right = min<usize>(left + tile, columns);
      let r = top;
      if (sizeof<T>() == 4) {
        for (; r + 4 <= bottom; r += 4) {
          let c = left;
          for (; c + 4 <= right; c += 4) {
            const from = x + <isize>c * sx + r * 4;
            const to = out + <isize>r * so + c * 4;
            const a = v128.load(from);
            const b = v128.load(from + sx);
            const d = v128.load(from + 2 * sx);
            const e = v128.load(from + 3 * sx);
            const abLow = interleaveLow(a, b);
            const abHigh = interleaveHigh(a, b);
            const deLow = interleaveLow(d, e);
            const deHigh = interleaveHigh(d, e);
            v128.store(to, lowHalves(abLow, deLow));
            v128.store(to + so, highHalves(abLow, deLow));
            v128.store(to + 2 * so, lowHalves(abHigh, deHigh));
            v128.store(to + 3 * so, highHalves(abHigh, deHigh));
          }
          for (; c < right; c++) {
            for (let k: usize = r; k < r + 4; k++) {
              store<T>(out + <isize>k * so + c * 4, load<T>(x + <isize>c * sx + k * 4));
            }
          }
        }
      }
      for (; r < bottom; r++) {
        let from = x + <isize>left * sx + r * sizeof<T>();
        let to = out + <isize>r * so + left * sizeof<T>();
        for (let c = left; c < right; c++) {
          store<T>(to, load<T>(from));
          from += sx;
          to += sizeof<T>();
        }
      }
    }
  }
}
