/**
 * Moves rows to and from positions. A row is `inner` elements; `positions` are int64s, one per row, packed.
 * Every operand has the stride of its rows and that of the elements within a row, in bytes.
 */
import { bfloatToFloat, floatToBfloat, floatToHalf, halfToFloat } from './half';

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

@inline function move<T>(from: usize, to: usize): void {
  if (sizeof<T>() == 16) v128.store(to, v128.load(from));
  else store<T>(to, load<T>(from));
}

/** The loop over positions is the inner one where the moved-to or moved-from side is denser that way. */
@inline function byColumns(row: isize, element: isize, count: usize, inner: usize): bool {
  return inner == 1 || (count > 1 && abs(row) < abs(element));
}

@inline function gatherRow<T>(
  input: usize, inputRow: isize, inputElement: isize, positions: usize, out: usize, outRow: isize, outElement: isize,
  count: usize, inner: usize,
): void {
  const end = positions + count * 8;
  if (byColumns(outRow, outElement, count, inner)) {
    for (; inner > 0; inner--, input += inputElement, out += outElement) {
      for (let p = positions, to = out; p < end; p += 8, to += outRow) {
        move<T>(input + <isize>load<i64>(p) * inputRow, to);
      }
    }
    return;
  }
  for (; positions < end; positions += 8, out += outRow) {
    let from = input + <isize>load<i64>(positions) * inputRow;
    let to = out;
    for (let k = inner; k > 0; k--, from += inputElement, to += outElement) move<T>(from, to);
  }
}

@inline function scatterRow<T>(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  const end = positions + count * 8;
  if (byColumns(valuesRow, valuesElement, count, inner)) {
    for (; inner > 0; inner--, target += targetElement, values += valuesElement) {
      for (let p = positions, from = values; p < end; p += 8, from += valuesRow) {
        move<T>(from, target + <isize>load<i64>(p) * targetRow);
      }
    }
    return;
  }
  for (; positions < end; positions += 8, values += valuesRow) {
    let to = target + <isize>load<i64>(positions) * targetRow;
    let from = values;
    for (let k = inner; k > 0; k--, from += valuesElement, to += targetElement) move<T>(from, to);
  }
}

/** How an element is added to another. */
class Sum<T> {
  @inline to(target: usize, value: usize): void { store<T>(target, (load<T>(target) + load<T>(value)) as T); }
}
class ComplexSum<T> {
  @inline to(target: usize, value: usize): void {
    store<T>(target, load<T>(target) + load<T>(value));
    store<T>(target, load<T>(target, sizeof<T>()) + load<T>(value, sizeof<T>()), sizeof<T>());
  }
}
class Or {
  @inline to(target: usize, value: usize): void { store<u8>(target, <u8>((load<u8>(target) | load<u8>(value)) != 0)); }
}
class HalfSum {
  @inline to(target: usize, value: usize): void {
    store<u16>(target, floatToHalf(halfToFloat(load<u16>(target)) + halfToFloat(load<u16>(value))));
  }
}
class BfloatSum {
  @inline to(target: usize, value: usize): void {
    store<u16>(target, floatToBfloat(bfloatToFloat(load<u16>(target)) + bfloatToFloat(load<u16>(value))));
  }
}

/** Rows are always added in the order of the positions, so that sums into one target round alike on every layout. */
@inline function accumulateRow<Op>(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  const op = changetype<Op>(0);
  const end = positions + count * 8;
  if (byColumns(valuesRow, valuesElement, count, inner)) {
    for (; inner > 0; inner--, target += targetElement, values += valuesElement) {
      for (let p = positions, from = values; p < end; p += 8, from += valuesRow) {
        op.to(target + <isize>load<i64>(p) * targetRow, from);
      }
    }
    return;
  }
  for (; positions < end; positions += 8, values += valuesRow) {
    let to = target + <isize>load<i64>(positions) * targetRow;
    let from = values;
    for (let k = inner; k > 0; k--, from += valuesElement, to += targetElement) op.to(to, from);
  }
}

/** As above, with vectors along rows without gaps. T has SIMD addition. */
@inline function accumulateSimd<T>(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  if (inner < 16 / sizeof<T>() || targetElement != sizeof<T>() || valuesElement != sizeof<T>()) {
    accumulateRow<Sum<T>>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
    return;
  }
  const vectors = inner * sizeof<T>() & ~15;
  for (const end = positions + count * 8; positions < end; positions += 8, values += valuesRow) {
    let to = target + <isize>load<i64>(positions) * targetRow;
    let from = values;
    for (const stop = from + vectors; from < stop; from += 16, to += 16) {
      v128.store(to, v128.add<T>(v128.load(to), v128.load(from)));
    }
    for (const stop = values + inner * sizeof<T>(); from < stop; from += sizeof<T>(), to += sizeof<T>()) {
      store<T>(to, (load<T>(to) + load<T>(from)) as T);
    }
  }
}

export function gather_1(
  input: usize, inputRow: isize, inputElement: isize, positions: usize, out: usize, outRow: isize, outElement: isize,
  count: usize, inner: usize,
): void {
  gatherRow<u8>(input, inputRow, inputElement, positions, out, outRow, outElement, count, inner);
}
export function gather_2(
  input: usize, inputRow: isize, inputElement: isize, positions: usize, out: usize, outRow: isize, outElement: isize,
  count: usize, inner: usize,
): void {
  gatherRow<u16>(input, inputRow, inputElement, positions, out, outRow, outElement, count, inner);
}
export function gather_4(
  input: usize, inputRow: isize, inputElement: isize, positions: usize, out: usize, outRow: isize, outElement: isize,
  count: usize, inner: usize,
): void {
  gatherRow<u32>(input, inputRow, inputElement, positions, out, outRow, outElement, count, inner);
}
export function gather_8(
  input: usize, inputRow: isize, inputElement: isize, positions: usize, out: usize, outRow: isize, outElement: isize,
  count: usize, inner: usize,
): void {
  gatherRow<u64>(input, inputRow, inputElement, positions, out, outRow, outElement, count, inner);
}
export function gather_16(
  input: usize, inputRow: isize, inputElement: isize, positions: usize, out: usize, outRow: isize, outElement: isize,
  count: usize, inner: usize,
): void {
  gatherRow<v128>(input, inputRow, inputElement, positions, out, outRow, outElement, count, inner);
}
export function scatter_1(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  scatterRow<u8>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function scatter_2(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  scatterRow<u16>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function scatter_4(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  scatterRow<u32>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function scatter_8(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  scatterRow<u64>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function scatter_16(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  scatterRow<v128>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function accumulate_bool(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  accumulateRow<Or>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function accumulate_int8(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  accumulateSimd<i8>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function accumulate_int16(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  accumulateSimd<i16>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function accumulate_int32(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  accumulateSimd<i32>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function accumulate_int64(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  accumulateSimd<i64>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function accumulate_float16(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  accumulateRow<HalfSum>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function accumulate_bfloat16(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  accumulateRow<BfloatSum>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function accumulate_float32(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  accumulateSimd<f32>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function accumulate_float64(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  accumulateSimd<f64>(target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function accumulate_complex64(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  accumulateRow<ComplexSum<f32>>(
    target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}
export function accumulate_complex128(
  target: usize, targetRow: isize, targetElement: isize, positions: usize, values: usize, valuesRow: isize,
  valuesElement: isize, count: usize, inner: usize,
): void {
  accumulateRow<ComplexSum<f64>>(
    target, targetRow, targetElement, positions, values, valuesRow, valuesElement, count, inner);
}

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
