/** Places in sorted lines without gaps, and how often integers occur. */

/** Whether `value` goes after `found`: NaN is after all numbers, and with `right` what is equal is before. */
@inline function passes<T>(found: T, value: T, right: i32): i32 {
  const less = i32(found < value) | (right & i32(found == value));
  if (isInteger<T>()) return less;
  return less | (i32(value != value) & (i32(found == found) | right));
}

/** For each of `rows` lines of `n` sorted elements, or for one that all share where `step` is 0, the places of `width` values. */
@inline function search<T>(
  sorted: usize, n: usize, step: usize, values: usize, width: usize, rows: usize, right: i32, out: usize,
): void {
  for (; rows > 0; rows--, sorted += step) {
    for (const end = values + width * sizeof<T>(); values < end; values += sizeof<T>(), out += 8) {
      const value = load<T>(values);
      // The same steps as NumPy's, so that what is not sorted gives the same places as well.
      let low: usize = 0;
      let high = n;
      // What is far apart is not in the cache: a branch that is guessed loads ahead.
      while (high - low > 4096) {
        const middle = low + ((high - low) >> 1);
        if (passes<T>(load<T>(sorted + middle * sizeof<T>()), value, right)) low = middle + 1;
        else high = middle;
      }
      while (low < high) {
        const middle = low + ((high - low) >> 1);
        const passed = passes<T>(load<T>(sorted + middle * sizeof<T>()), value, right);
        low = select<usize>(middle + 1, low, passed);
        high = select<usize>(high, middle, passed);
      }
      store<u64>(out, low);
    }
  }
}

export function searchSorted_i64(
  sorted: usize, n: usize, step: usize, values: usize, width: usize, rows: usize, right: i32, out: usize,
): void { search<i64>(sorted, n, step, values, width, rows, right, out); }

export function searchSorted_u64(
  sorted: usize, n: usize, step: usize, values: usize, width: usize, rows: usize, right: i32, out: usize,
): void { search<u64>(sorted, n, step, values, width, rows, right, out); }

export function searchSorted_f64(
  sorted: usize, n: usize, step: usize, values: usize, width: usize, rows: usize, right: i32, out: usize,
): void { search<f64>(sorted, n, step, values, width, rows, right, out); }

/** Adds 1, or the weights that are given, where the integers say; `counts` has room for all of them. */
@inline function count<T>(x: usize, n: usize, weights: usize, counts: usize): void {
  for (const end = x + n * 8; x < end; x += 8) {
    const at = counts + usize(load<u64>(x)) * sizeof<T>();
    if (weights) {
      store<T>(at, (load<T>(at) + load<T>(weights)) as T);
      weights += sizeof<T>();
    } else {
      store<T>(at, (load<T>(at) + (1 as T)) as T);
    }
  }
}

export function bincount_i64(x: usize, n: usize, weights: usize, counts: usize): void { count<i64>(x, n, weights, counts); }

export function bincount_f64(x: usize, n: usize, weights: usize, counts: usize): void { count<f64>(x, n, weights, counts); }
