/**
 * The loops of pointwise ops over one row: `n` elements, each operand with its own byte stride (0 repeats one element).
 * An op is a class without fields whose `s` computes one element and whose `v` computes 16 bytes of them; both inline, so each
 * op × dtype becomes one straight loop. scripts/emit/rows.ts writes the loops for each number of operands; rows of any strided view
 * are driven by the loops over outer axes (iterate.ts).
 */

/** Bytes that JavaScript sets aside for each instance: splats of repeated operands, 16 bytes each. */
let splats: usize = 0;
export function setScratch(address: usize): void {
  splats = address;
}

/**
 * A repeated operand becomes 16 bytes that are read again and again, so the loop needs no second form; what it leaves to the simple
 * loop reads the first of them.
 */
@inline export function splat<T>(address: usize, stride: isize, slot: usize): usize {
  if (stride != 0) return address;
  v128.store(splats + slot * 16, v128.splat<T>(load<T>(address)));
  return splats + slot * 16;
}

@inline export function unitOrZero<T>(stride: isize): bool {
  return stride == sizeof<T>() || stride == 0;
}
