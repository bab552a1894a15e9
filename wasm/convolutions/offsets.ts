// Tables of offsets: 32-bit integers that say how many bytes beyond a base an element lies.

// @ts-ignore: decorator
@inline
export function offset(table: usize, i: usize): usize {
  return <usize>load<i32>(table + (i << 2));
}

/** Whether the elements of one vector lie side by side. */
// @ts-ignore: decorator
@inline
export function areNeighbours<T>(table: usize): bool {
  const first = offset(table, 0);
  if (sizeof<T>() == 8) return offset(table, 1) == first + 8;
  return offset(table, 1) == first + 4 && offset(table, 2) == first + 8 && offset(table, 3) == first + 12;
}
