/** Bits to and from bytes, the first being the highest of its byte, or the lowest where `little`. */

/** Bytes that are not 0 as bits; the last byte is filled up with zeros. */
export function packBits(bytes: usize, n: usize, out: usize, little: bool): void {
  const zero = i8x16.splat(0);
  const end = bytes + n;
  for (; bytes + 16 <= end; bytes += 16, out += 2) {
    let set = i8x16.ne(v128.load(bytes), zero);
    if (!little) set = i8x16.shuffle(set, set, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8);
    store<u16>(out, <u16>i8x16.bitmask(set));
  }
  for (; bytes < end; out++) {
    let packed: u32 = 0;
    for (let place: u32 = 0; place < 8 && bytes < end; place++, bytes++) {
      packed |= u32(load<u8>(bytes) != 0) << (little ? place : 7 - place);
    }
    store<u8>(out, packed);
  }
}

/** Each byte as eight of 0 or 1. */
export function unpackBits(bytes: usize, n: usize, out: usize, little: bool): void {
  const places: u64 = little ? 0x8040201008040201 : 0x0102040810204080;
  for (const end = bytes + n; bytes < end; bytes++, out += 8) {
    const set = i8x16.ne(v128.and(v128.load8_splat(bytes), i64x2.splat(places)), i8x16.splat(0));
    v128.store64_lane(out, i8x16.sub(i8x16.splat(0), set), 0);
  }
}
