/** Places in sorted lines without gaps, and how often integers occur. */

/** Whether `value` goes after `found`: NaN is after all numbers, and with `right` what is equal is before. */
@inline function passes<T>(found: T, value: T, right: i32): i32 {
  const less = i32(found < value) | (right & i32(found == value));
  if (isInteger<T>()) return less;
  return less | (i32(value != value) & (i32(found == found) | right));
}

/** The same steps as NumPy's, so that what is not sorted gives the same places as well. */
function bisect<T>(sorted: usize, n: usize, value: T, right: i32): usize {
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
  return low;
}

/** Whether no element is before its neighbour on the left. */
@inline function isSorted<T>(line: usize, n: usize): bool {
  for (const last = line + (n - 1) * sizeof<T>(); line < last; line += sizeof<T>()) {
    const next = load<T>(line, sizeof<T>());
    if (!(load<T>(line) <= next || next != next)) return false;
  }
  return true;
}

/** `far` where a number goes after `found`, else 0. */
@inline function step<T>(found: T, value: T, right: i32, far: usize): usize {
  return far & (0 - usize(i32(found < value) | (right & i32(found == value))));
}

/** The place of a value from that of the last element that could come before it. */
@inline function settle<T>(sorted: usize, n: usize, at: usize, value: T, right: i32): usize {
  if (isFloat<T>() && value != value) return bisect<T>(sorted, n, value, right);
  return (at - sorted) / sizeof<T>() + step<T>(load<T>(at), value, right, 1);
}

/** For each of `rows` lines of `n` sorted elements, or for one that all share where `line` is 0, the places of `width` values. */
@inline function search<T>(
  sorted: usize, n: usize, line: usize, values: usize, width: usize, rows: usize, right: i32, out: usize,
): void {
  for (; rows > 0; rows--, sorted += line) {
    const end = values + width * sizeof<T>();
    // Four at a time need not wait for each other's elements. What is not sorted is found out where that costs little.
    if (n > 0 && n <= 4 * width && isSorted<T>(sorted, n)) {
      for (; values + 4 * sizeof<T>() <= end; values += 4 * sizeof<T>(), out += 32) {
        const v0 = load<T>(values);
        const v1 = load<T>(values, sizeof<T>());
        const v2 = load<T>(values, 2 * sizeof<T>());
        const v3 = load<T>(values, 3 * sizeof<T>());
        let a0 = sorted;
        let a1 = sorted;
        let a2 = sorted;
        let a3 = sorted;
        for (let rest = n; rest > 1;) {
          const half = rest >> 1;
          const far = half * sizeof<T>();
          const before = far - sizeof<T>();
          a0 += step<T>(load<T>(a0 + before), v0, right, far);
          a1 += step<T>(load<T>(a1 + before), v1, right, far);
          a2 += step<T>(load<T>(a2 + before), v2, right, far);
          a3 += step<T>(load<T>(a3 + before), v3, right, far);
          rest -= half;
        }
        store<u64>(out, settle<T>(sorted, n, a0, v0, right));
        store<u64>(out, settle<T>(sorted, n, a1, v1, right), 8);
        store<u64>(out, settle<T>(sorted, n, a2, v2, right), 16);
        store<u64>(out, settle<T>(sorted, n, a3, v3, right), 24);
      }
    }
    for (; values < end; values += sizeof<T>(), out += 8) store<u64>(out, bisect<T>(sorted, n, load<T>(values), right));
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
