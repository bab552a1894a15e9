/** Copies among equal dtypes, by item size. */

@inline export function move<T>(from: usize, to: usize): void {
  if (sizeof<T>() == 16) v128.store(to, v128.load(from));
  else store<T>(to, load<T>(from));
}

@inline export function copyRow<T>(x: usize, sx: isize, out: usize, so: isize, n: isize): void {
  // An element of 16 bytes is a vector already.
  if (sizeof<T>() < 16 && sx == sizeof<T>() && so == sizeof<T>()) {
    memory.copy(out, x, n * sizeof<T>());
    return;
  }
  for (; n > 0; n--) {
    move<T>(x, out);
    x += sx;
    out += so;
  }
}
