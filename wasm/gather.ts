/**
 * Moves rows to and from positions. A row is `inner` elements; `positions` are int64s, one per row, packed.
 * Every operand has the stride of its rows and that of the elements within a row, in bytes.
 */
import { move } from './copy';
import { bfloatToFloat, floatToBfloat, floatToHalf, halfToFloat } from './half';

/** The loop over positions is the inner one where the moved-to or moved-from side is denser that way. */
@inline function byColumns(row: isize, element: isize, count: usize, inner: usize): bool {
  return inner == 1 || (count > 1 && abs(row) < abs(element));
}

@inline export function gatherRow<T>(
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

@inline export function scatterRow<T>(
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
export class ComplexSum<T> {
  @inline to(target: usize, value: usize): void {
    store<T>(target, load<T>(target) + load<T>(value));
    store<T>(target, load<T>(target, sizeof<T>()) + load<T>(value, sizeof<T>()), sizeof<T>());
  }
}
export class Or {
  @inline to(target: usize, value: usize): void { store<u8>(target, <u8>((load<u8>(target) | load<u8>(value)) != 0)); }
}
export class HalfSum {
  @inline to(target: usize, value: usize): void {
    store<u16>(target, floatToHalf(halfToFloat(load<u16>(target)) + halfToFloat(load<u16>(value))));
  }
}
export class BfloatSum {
  @inline to(target: usize, value: usize): void {
    store<u16>(target, floatToBfloat(bfloatToFloat(load<u16>(target)) + bfloatToFloat(load<u16>(value))));
  }
}

/** Rows are always added in the order of the positions, so that sums into one target round alike on every layout. */
@inline export function accumulateRow<Op>(
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
@inline export function accumulateSimd<T>(
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
