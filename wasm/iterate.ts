/**
 * Drives a row kernel over the outer axes of strided operands. `descriptor` holds int32s: the number of outer axes, then for
 * each axis, slowest first, its extent and the byte stride of every operand. The row kernel is an entry of the function table.
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

export function iterate2(
  row: i32, x: usize, sx: isize, out: usize, so: isize, n: isize, descriptor: usize,
): void {
  const axes = start(descriptor);
  const width: isize = 12;
  while (true) {
    call_indirect<void>(row, x, sx, out, so, n);
    const axis = next(descriptor, axes, width);
    if (axis < 0) return;
    x += distance(descriptor, axes, axis, width, 0);
    out += distance(descriptor, axes, axis, width, 1);
  }
}

export function iterate3(
  row: i32, x: usize, sx: isize, y: usize, sy: isize, out: usize, so: isize, n: isize, descriptor: usize,
): void {
  const axes = start(descriptor);
  const width: isize = 16;
  while (true) {
    call_indirect<void>(row, x, sx, y, sy, out, so, n);
    const axis = next(descriptor, axes, width);
    if (axis < 0) return;
    x += distance(descriptor, axes, axis, width, 0);
    y += distance(descriptor, axes, axis, width, 1);
    out += distance(descriptor, axes, axis, width, 2);
  }
}

export function iterate4(
  row: i32, x: usize, sx: isize, y: usize, sy: isize, z: usize, sz: isize, out: usize, so: isize, n: isize,
  descriptor: usize,
): void {
  const axes = start(descriptor);
  const width: isize = 20;
  while (true) {
    call_indirect<void>(row, x, sx, y, sy, z, sz, out, so, n);
    const axis = next(descriptor, axes, width);
    if (axis < 0) return;
    x += distance(descriptor, axes, axis, width, 0);
    y += distance(descriptor, axes, axis, width, 1);
    z += distance(descriptor, axes, axis, width, 2);
    out += distance(descriptor, axes, axis, width, 3);
  }
}

export function iterate5(
  row: i32, x: usize, sx: isize, y: usize, sy: isize, z: usize, sz: isize, w: usize, sw: isize, out: usize, so: isize,
  n: isize, descriptor: usize,
): void {
  const axes = start(descriptor);
  const width: isize = 24;
  while (true) {
    call_indirect<void>(row, x, sx, y, sy, z, sz, w, sw, out, so, n);
    const axis = next(descriptor, axes, width);
    if (axis < 0) return;
    x += distance(descriptor, axes, axis, width, 0);
    y += distance(descriptor, axes, axis, width, 1);
    z += distance(descriptor, axes, axis, width, 2);
    w += distance(descriptor, axes, axis, width, 3);
    out += distance(descriptor, axes, axis, width, 4);
  }
}
