/** `torch.multinomial` on the CPU stream. */
import { RuntimeError } from '../core/errors.ts';
import { isFloatName, roundTo, titleOf } from './torchDtypes.ts';
import type { TorchName } from './torchDtypes.ts';
import type { TorchGenerator } from './torchGenerator.ts';

/**
 * Picks `samples` categories for each of `rows` distributions of `categories` weights, row by row; weights are values
 * of `dtype`. Zero weights, which only come out when nothing else is left, come in the order of their index.
 */
export function multinomial(
  generator: TorchGenerator, weights: ArrayLike<number>, dtype: TorchName, rows: number, categories: number,
  samples: number, replacement: boolean,
): Int32Array {
  if (!isFloatName(dtype)) {
    throw new RuntimeError(
      `multinomial only supports floating-point dtypes for input, got: ${titleOf(dtype)}`,
    );
  }
  if (samples <= 0) throw new RuntimeError('cannot sample n_sample <= 0 samples');
  if (!replacement && samples > categories) {
    throw new RuntimeError('cannot sample n_sample > prob_dist.size(-1) samples without replacement');
  }
  if (categories > 2 ** 24) throw new RuntimeError('number of categories cannot exceed 2^24');
  const out = new Int32Array(rows * samples);
  if (out.length === 0) return out;

  if (replacement && samples > 1) {
    for (let row = 0; row < rows; row++) {
      const cumulative = cumulativeWeights(weights, row * categories, categories, dtype === 'float64');
      for (let sample = 0; sample < samples; sample++) {
        out[row * samples + sample] = lowerBound(cumulative, generator.uniformDouble());
      }
    }
    return out;
  }

  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let index = row * categories; index < (row + 1) * categories; index++) {
      if (!(weights[index] >= 0 && weights[index] < Infinity)) {
        throw new RuntimeError('probability tensor contains either `inf`, `nan` or element < 0');
      }
      sum += weights[index];
    }
    if (sum === 0) throw new RuntimeError('invalid multinomial distribution (sum of probabilities <= 0)');
  }
  // The order of weight / Exp(1) is that of a draw without replacement.
  const noise = new Float64Array(rows * categories);
  generator.exponential(noise, 'float64', 0, noise.length);
  for (let index = 0; index < noise.length; index++) {
    noise[index] = roundTo(dtype, weights[index] / roundTo(dtype, noise[index]));
  }
  for (let row = 0; row < rows; row++) {
    const scores = noise.subarray(row * categories, (row + 1) * categories);
    if (samples === 1) {
      let best = 0;
      for (let index = 1; index < categories; index++) {
        if (scores[index] > scores[best]) best = index;
      }
      out[row] = best;
    } else {
      const order = Array.from(scores, (_, index) => index);
      order.sort((left, right) => scores[right] - scores[left] || left - right);
      out.set(order.slice(0, samples), row * samples);
    }
  }
  return out;
}

/** Running sums divided by the total, in float64 for float64 weights and in float32 for others. */
function cumulativeWeights(
  weights: ArrayLike<number>, start: number, categories: number, isDouble: boolean,
): Float32Array | Float64Array {
  const cumulative = isDouble ? new Float64Array(categories) : new Float32Array(categories);
  let sum = 0;
  for (let index = 0; index < categories; index++) {
    const weight = weights[start + index];
    if (!(weight >= 0)) {
      throw new RuntimeError('invalid multinomial distribution (encountering probability entry < 0)');
    }
    if (weight === Infinity) {
      throw new RuntimeError('invalid multinomial distribution (encountering probability entry = infinity or NaN)');
    }
    cumulative[index] = sum + weight;
    sum = cumulative[index];
  }
  if (!(sum > 0)) throw new RuntimeError('invalid multinomial distribution (sum of probabilities <= 0)');
  for (let index = 0; index < categories; index++) cumulative[index] /= sum;
  cumulative[categories - 1] = 1;
  return cumulative;
}

/** The first index whose value is not below `value`. */
function lowerBound(sorted: Float32Array | Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
