/** Evenly spaced numbers, and the numbers of rows that indices mean. */

/** out[i] = start + (from + i)·step, each product and sum rounded on its own. */
export function ramp_f64(out: usize, n: usize, start: f64, step: f64, from: f64): void {
  const end = out + n * 8;
  let places = f64x2.replace_lane(f64x2.splat(from), 1, from + 1);
  const starts = f64x2.splat(start);
  const steps = f64x2.splat(step);
  for (; out + 16 <= end; out += 16) {
    v128.store(out, f64x2.add(starts, f64x2.mul(places, steps)));
    places = f64x2.add(places, f64x2.splat(2));
  }
  if (out < end) store<f64>(out, start + f64x2.extract_lane(places, 0) * step);
}

/** The same of whole numbers. */
export function ramp_i64(out: usize, n: usize, start: f64, step: f64, from: f64): void {
  const each = <i64>step;
  let value = <i64>start + <i64>from * each;
  for (const end = out + n * 8; out < end; out += 8, value += each) store<i64>(out, value);
}

/** Copies indices, those below 0 counted from the end of `extent` rows where `wrap`; whether all of them are rows. */
export function rowNumbers(indices: usize, n: usize, extent: f64, wrap: i32, out: usize): bool {
  const rows = <u64>extent;
  const added: u64 = wrap ? rows : 0;
  for (const end = indices + n * 8; indices < end; indices += 8, out += 8) {
    const index = load<u64>(indices);
    const row = index + (added & <u64>(<i64>index >> 63));
    if (row >= rows) return false;
    store<u64>(out, row);
  }
  return true;
}
