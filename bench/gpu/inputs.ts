/** Operands that all sides get alike: repeatable numbers. */

let kept: { readonly key: string; readonly values: Float32Array } | null = null;

/** So many numbers between `low` and `high`. */
export function uniform(count: number, seed: number, low = 0, high = 1): Float32Array {
  const key = [count, seed, low, high].join();
  // The sides ask one after the other for the same numbers.
  if (kept?.key === key) return kept.values;
  const values = new Float32Array(count);
  const scale = (high - low) / 2 ** 32;
  let state = (seed + 1) * 0x9e3779b9 >>> 0;
  for (let i = 0; i < count; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    values[i] = low + (state >>> 0) * scale;
  }
  kept = { key, values };
  return values;
}

export const batch = 64;
export const pixels = 784;
const hidden = 128;
export const classes = 10;

/** The digit classifier's parameters in the order and the layout of PyTorch's: weights have a row per output. */
export function classifierParameters(): { readonly shape: readonly number[]; readonly values: Float32Array }[] {
  return [[hidden, pixels], [hidden], [classes, hidden], [classes]].map((shape, i) => {
    const bound = 1 / Math.sqrt(i < 2 ? pixels : hidden);
    return { shape, values: uniform(shape.reduce((size, extent) => size * extent, 1), 10 + i, -bound, bound) };
  });
}

export const images = (): Float32Array => uniform(batch * pixels, 20);
export const labels = (): Int32Array => Int32Array.from({ length: batch }, (_, i) => i % classes);
