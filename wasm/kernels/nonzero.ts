/** Positions of the bytes that are not 0. Blocks of 16 zeros cost one test. */
export function countNonzero(bytes: usize, n: usize): usize {
  let count: usize = 0;
  const zero = i8x16.splat(0);
  for (; n >= 16; n -= 16, bytes += 16) count += popcnt<u32>(i8x16.bitmask(i8x16.ne(v128.load(bytes), zero)));
  for (; n > 0; n--, bytes++) count += usize(load<u8>(bytes) != 0);
  return count;
}

/** There are `count` of them; the first byte is at position `from`. */
export function writeNonzero(bytes: usize, n: usize, from: f64, out: usize, count: usize): void {
  const zero = i8x16.splat(0);
  let first = <u64>from;
  const end = bytes + n;
  const stop = out + count * 8;
  for (; bytes + 16 <= end; bytes += 16, first += 16) {
    let mask: u32 = i8x16.bitmask(i8x16.ne(v128.load(bytes), zero));
    if (mask == 0) continue;
    // Of many, every place is written and the next one over it: where they are cannot be guessed.
    if (popcnt(mask) > 3 && out + 128 <= stop) {
      for (let place: u32 = 0; place < 16; place++) {
        store<u64>(out, first + place);
        out += (mask >> place & 1) << 3;
      }
      continue;
    }
    for (; mask != 0; mask &= mask - 1, out += 8) store<u64>(out, first + ctz(mask));
  }
  for (; bytes < end; bytes++, first++) {
    if (load<u8>(bytes) == 0) continue;
    store<u64>(out, first);
    out += 8;
  }
}
