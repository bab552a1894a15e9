/** Rows without gaps to and from positions, which are int64s, one per row. Strides are in bytes. */

/** Copies a packed row. Short rows go by vectors: a call of memory.copy costs as much as some hundred bytes. */
@inline function copyPacked(from: usize, to: usize, bytes: usize): void {
  if (bytes > 512) {
    memory.copy(to, from, bytes);
    return;
  }
  for (; bytes >= 16; bytes -= 16, from += 16, to += 16) v128.store(to, v128.load(from));
  if (bytes & 8) {
    store<u64>(to, load<u64>(from));
    from += 8;
    to += 8;
  }
  if (bytes & 4) {
    store<u32>(to, load<u32>(from));
    from += 4;
    to += 4;
  }
  if (bytes & 2) {
    store<u16>(to, load<u16>(from));
    from += 2;
    to += 2;
  }
  if (bytes & 1) store<u8>(to, load<u8>(from));
}

/** out[i] = input[positions[i]] for rows without gaps. */
export function gatherPacked(
  input: usize, inputRow: isize, positions: usize, out: usize, outRow: isize, count: usize, rowBytes: usize,
): void {
  for (const end = positions + count * 8; positions < end; positions += 8, out += outRow) {
    copyPacked(input + <isize>load<i64>(positions) * inputRow, out, rowBytes);
  }
}

/** target[positions[i]] = values[i] for rows without gaps. */
export function scatterPacked(
  target: usize, targetRow: isize, positions: usize, values: usize, valuesRow: isize, count: usize, rowBytes: usize,
): void {
  for (const end = positions + count * 8; positions < end; positions += 8, values += valuesRow) {
    copyPacked(values, target + <isize>load<i64>(positions) * targetRow, rowBytes);
  }
}
