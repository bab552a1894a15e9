/** What NumPy's two `choice` functions share: the check of `p` and the picking by a cumulative distribution. */
import { ValueError } from '../core/errors.ts';

export interface ChoiceMessages {
  size: string;
  nan: string;
  negative: string;
  sum: string;
}

export const legacyChoiceMessages: ChoiceMessages = {
  size: "'a' and 'p' must have same size",
  nan: 'probabilities contain NaN',
  negative: 'probabilities are not non-negative',
  sum: 'probabilities do not sum to 1',
};

export const generatorChoiceMessages: ChoiceMessages = {
  size: 'a and p must have same size',
  nan: 'Probabilities contain NaN',
  negative: 'Probabilities are not non-negative',
  sum: 'Probabilities do not sum to 1. See Notes section of docstring for more information.',
};

/** `tolerance` is sqrt(eps) of p's dtype where that is wider than float64's. */
export function validateProbabilities(
  p: ArrayLike<number>, population: number, messages: ChoiceMessages, tolerance = 1.4901161193847656e-8,
): void {
  if (p.length !== population) throw new ValueError(messages.size);
  const sum = compensatedSum(p);
  if (Number.isNaN(sum)) throw new ValueError(messages.nan);
  for (let index = 0; index < p.length; index++) {
    if (p[index] < 0) throw new ValueError(messages.negative);
  }
  if (Math.abs(sum - 1) > Math.max(tolerance, 1.4901161193847656e-8)) throw new ValueError(messages.sum);
}

/** Indices picked with probabilities `p`; `uniform` fills an array from [0, 1). */
export function pickWithProbabilities(
  p: ArrayLike<number>, size: number, replace: boolean, uniform: (out: Float64Array) => void,
): Int32Array {
  const out = new Int32Array(size);
  const weights = Float64Array.from(p);
  if (replace) {
    const draws = new Float64Array(size);
    uniform(draws);
    const cumulative = cumulativeDistribution(weights);
    for (let index = 0; index < size; index++) out[index] = upperBound(cumulative, draws[index]);
    return out;
  }
  if (weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0) < size) {
    throw new ValueError('Fewer non-zero entries in p than size');
  }
  let found = 0;
  while (found < size) {
    const draws = new Float64Array(size - found);
    uniform(draws);
    for (let index = 0; index < found; index++) weights[out[index]] = 0;
    const cumulative = cumulativeDistribution(weights);
    const seen = new Set<number>();
    for (const draw of draws) {
      const pick = upperBound(cumulative, draw);
      if (seen.has(pick)) continue;
      seen.add(pick);
      out[found++] = pick;
    }
  }
  return out;
}

function cumulativeDistribution(weights: Float64Array): Float64Array {
  const cumulative = new Float64Array(weights.length);
  let sum = 0;
  for (let index = 0; index < weights.length; index++) {
    sum += weights[index];
    cumulative[index] = sum;
  }
  for (let index = 0; index < weights.length; index++) cumulative[index] /= sum;
  return cumulative;
}

/** The first index whose value is greater than `value`: `searchsorted(..., side='right')`. */
function upperBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value < sorted[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Kahan's sum. */
export function compensatedSum(values: ArrayLike<number>): number {
  if (values.length === 0) return 0;
  let sum = values[0];
  let compensation = 0;
  for (let index = 1; index < values.length; index++) {
    const term = values[index] - compensation;
    const next = sum + term;
    compensation = next - sum - term;
    sum = next;
  }
  return sum;
}
