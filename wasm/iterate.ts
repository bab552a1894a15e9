/**
 * The steps over the outer axes of strided operands; the loops that take them are written by scripts/emit/iterate.ts.
 * `descriptor` holds int32s: the number of outer axes, then for each axis, slowest first, its extent and the byte stride of
 * every operand, `width` bytes in all.
 */
const maxAxes = 32;
let counters: usize = 0;

/** Room for one counter per axis. */
export function setCounters(address: usize): void {
  counters = address;
}

@inline export function start(descriptor: usize): isize {
  const axes = load<i32>(descriptor);
  memory.fill(counters, 0, maxAxes * 4);
  return axes;
}

/**
 * Advances to the next row. Returns the axis that moved on, or -1 at the end; the axes behind it went back to 0.
 */
@inline export function next(descriptor: usize, axes: isize, width: isize): isize {
  let axis = axes - 1;
  while (axis >= 0) {
    const counter = counters + (axis << 2);
    const moved = load<i32>(counter) + 1;
    if (moved < load<i32>(descriptor + 4 + axis * width)) {
      store<i32>(counter, moved);
      return axis;
    }
    store<i32>(counter, 0);
    axis--;
  }
  return -1;
}

/** How far operand `slot` moves when `axis` steps on and the axes behind it return to their start. */
@inline export function distance(descriptor: usize, axes: isize, axis: isize, width: isize, slot: isize): isize {
  let moved: isize = load<i32>(descriptor + 4 + axis * width + 4 + (slot << 2));
  for (let inner = axis + 1; inner < axes; inner++) {
    const entry = descriptor + 4 + inner * width;
    moved -= (load<i32>(entry) - 1) * load<i32>(entry + 4 + (slot << 2));
  }
  return moved;
}
