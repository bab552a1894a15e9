/** Positions of the bytes that are not 0. Blocks of 16 zeros cost one test. */
export function countNonzero(bytes: usize, n: usize): usize {
  let count: usize = 0;
  const zero = i8x16.splat(0);
  for (; n >= 16; n -= 16, bytes += 16) count += popcnt<u32>(i8x16.bitmask(i8x16.ne(v128.load(bytes), zero)));
  for (; n > 0; n--, bytes++) count += usize(load<u8>(bytes) != 0);
  return count;
}

export function writeNonzero(bytes: usize, n: usize, out: usize): void {
  const zero = i8x16.splat(0);
  const start = bytes;
  const end = bytes + n;
  for (; bytes + 16 <= end; bytes += 16) {
    let mask: u32 = i8x16.bitmask(i8x16.ne(v128.load(bytes), zero));
    const first = <u64>(bytes - start);
    while (mask != 0) {
      store<u64>(out, first + ctz(mask));
      mask &= mask - 1;
      out += 8;
    }
  }
  for (; bytes < end; bytes++) {
    if (load<u8>(bytes) == 0) continue;
    store<u64>(out, <u64>(bytes - start));
    out += 8;
  }
}
