/** The Poisson distribution, as NumPy draws it. */
import type { Deviates } from './deviates.ts';
import { logGamma } from './logFactorial.ts';
import { log } from './math.ts';
import { exp } from './power.ts';

/** The largest mean whose numbers fit an int64. */
export const largestMean = 9.223372006484771e18;

/** What C's conversion to an int64 makes of what is none. */
export const overflown = -(2 ** 63);

export function poisson(source: Deviates, mean: number): number {
  if (mean >= 10) return byRejection(source, mean);
  return mean === 0 || mean !== mean ? 0 : byMultiplication(source, mean);
}

function byMultiplication(source: Deviates, mean: number): number {
  const bound = exp(-mean);
  let count = 0;
  let product = source.nextDouble();
  while (product > bound) {
    count++;
    product *= source.nextDouble();
  }
  return count;
}

/** Hörmann's transformed rejection with squeeze. */
function byRejection(source: Deviates, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = source.nextDouble() - 0.5;
    const v = source.nextDouble();
    const distance = 0.5 - Math.abs(u);
    const floor = Math.floor((2 * a / distance + b) * u + mean + 0.43);
    const count = floor < 2 ** 63 ? floor : overflown;
    if (distance >= 0.07 && v <= squeeze) return count;
    if (count < 0 || (distance < 0.013 && v > distance)) continue;
    if (log(v) + log(inverseAlpha) - log(a / (distance * distance) + b) <= -mean + count * log(mean) - logGamma(count + 1)) return count;
  }
}
