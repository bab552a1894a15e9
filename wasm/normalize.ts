/**
 * Rows of `n` floats without gaps, normalised in one pass over memory that stays in the nearest cache. Every step rounds as the op
 * of its own that it stands for, so that the results are those of the ops one after the other, to the bit.
 */
import { Maximum } from './fold';
import { exp_f32, exp_f32x4, exp_f64, exp_f64x2, log_f32, log_f64 } from './math/index';
import { pairwiseSum } from './pairwise';
import { fold } from './reduce';

@inline function sumOf<T>(x: usize, n: isize): T {
  return ((0 as T) + pairwiseSum<T>(x, sizeof<T>(), n)) as T;
}

/** Bytes of whole vectors. */
@inline function wholeBytes<T>(n: isize): usize {
  return (n * sizeof<T>()) & ~15;
}

/** To mean 0 and variance 1, then times `weight` and plus `bias`, rows of `n` where they are not 0; the statistics of each row. */
@inline export function layerNormRows<T>(
  x: usize, weight: usize, bias: usize, out: usize, means: usize, variances: usize, scales: usize, m: isize, n: isize, eps: T,
): void {
  const bytes = n * sizeof<T>();
  const whole = wholeBytes<T>(n);
  for (; m > 0; m--) {
    const mean = (sumOf<T>(x, n) / (n as T)) as T;
    const center = v128.splat<T>(mean);
    let i: usize = 0;
    for (; i < whole; i += 16) {
      const deviation = v128.sub<T>(v128.load(x + i), center);
      v128.store(out + i, v128.mul<T>(deviation, deviation));
    }
    for (; i < <usize>bytes; i += sizeof<T>()) {
      const deviation = (load<T>(x + i) - mean) as T;
      store<T>(out + i, (deviation * deviation) as T);
    }
    const variance = (sumOf<T>(out, n) / (n as T)) as T;
    const scale = ((1 as T) / sqrt<T>((variance + eps) as T)) as T;
    const factor = v128.splat<T>(scale);
    for (i = 0; i < whole; i += 16) {
      let value = v128.mul<T>(v128.sub<T>(v128.load(x + i), center), factor);
      if (weight) value = v128.mul<T>(value, v128.load(weight + i));
      if (bias) value = v128.add<T>(value, v128.load(bias + i));
      v128.store(out + i, value);
    }
    for (; i < <usize>bytes; i += sizeof<T>()) {
      let value = ((load<T>(x + i) - mean) * scale) as T;
      if (weight) value = (value * load<T>(weight + i)) as T;
      if (bias) value = (value + load<T>(bias + i)) as T;
      store<T>(out + i, value);
    }
    store<T>(means, mean);
    store<T>(variances, variance);
    store<T>(scales, scale);
    means += sizeof<T>();
    variances += sizeof<T>();
    scales += sizeof<T>();
    x += bytes;
    out += bytes;
  }
}

/** exp(x − peak) of a row, and their sum. */
@inline function powersOf<T>(x: usize, out: usize, n: isize, peak: T): T {
  const whole = wholeBytes<T>(n);
  const shift = v128.splat<T>(peak);
  let i: usize = 0;
  for (; i < whole; i += 16) {
    const value = v128.sub<T>(v128.load(x + i), shift);
    v128.store(out + i, sizeof<T>() == 4 ? exp_f32x4(value) : exp_f64x2(value));
  }
  for (; i < <usize>n * sizeof<T>(); i += sizeof<T>()) {
    const value = (load<T>(x + i) - peak) as T;
    store<T>(out + i, (sizeof<T>() == 4 ? exp_f32(value as f32) : exp_f64(value as f64)) as T);
  }
  return sumOf<T>(out, n);
}

@inline function peakOf<T>(x: usize, n: isize): T {
  return fold<Maximum<T>, T>(x, sizeof<T>(), n, -Infinity as T);
}

/** exp(x) over its sum. */
@inline export function softmaxRows<T>(x: usize, out: usize, m: isize, n: isize): void {
  const bytes = n * sizeof<T>();
  const whole = wholeBytes<T>(n);
  for (; m > 0; m--) {
    const total = powersOf<T>(x, out, n, peakOf<T>(x, n));
    const divisor = v128.splat<T>(total);
    let i: usize = 0;
    for (; i < whole; i += 16) v128.store(out + i, v128.div<T>(v128.load(out + i), divisor));
    for (; i < <usize>bytes; i += sizeof<T>()) store<T>(out + i, (load<T>(out + i) / total) as T);
    x += bytes;
    out += bytes;
  }
}

/** The logarithm of the same. */
@inline export function logSoftmaxRows<T>(x: usize, out: usize, m: isize, n: isize): void {
  const bytes = n * sizeof<T>();
  const whole = wholeBytes<T>(n);
  for (; m > 0; m--) {
    const peak = peakOf<T>(x, n);
    const total = powersOf<T>(x, out, n, peak);
    const logarithm = (sizeof<T>() == 4 ? log_f32(total as f32) : log_f64(total as f64)) as T;
    const shift = v128.splat<T>(peak);
    const rest = v128.splat<T>(logarithm);
    let i: usize = 0;
    for (; i < whole; i += 16) v128.store(out + i, v128.sub<T>(v128.sub<T>(v128.load(x + i), shift), rest));
    for (; i < <usize>bytes; i += sizeof<T>()) store<T>(out + i, ((load<T>(x + i) - peak) - logarithm) as T);
    x += bytes;
    out += bytes;
  }
}
