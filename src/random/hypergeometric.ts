/** The hypergeometric distribution and that of several kinds, as NumPy draws them: by taking one after another, or Stadlober's HRUA. */
import { maskedInterval } from './bitSource.ts';
import type { Deviates } from './deviates.ts';
import { logFactorial, logGamma } from './logFactorial.ts';
import { log } from './math.ts';

/** 2 √(2/e) and 3 − 2 √(3/e). */
const d1 = 1.7155277699214135;
const d2 = 0.8989161620588988;

/** How many of `sample` things are good, of so many good and bad ones. */
export function hypergeometric(source: Deviates, good: number, bad: number, sample: number): number {
  return sample >= 10 && sample <= good + bad - 10 ? byRatio(source, good, bad, sample) : oneByOne(source, good, bad, sample);
}

function oneByOne(source: Deviates, good: number, bad: number, sample: number): number {
  const total = good + bad;
  const half = Math.floor(total / 2);
  let left = sample > half ? total - sample : sample;
  let remaining = total;
  let goodOnes = good;
  while (left > 0 && goodOnes > 0 && remaining > goodOnes) {
    remaining--;
    if (maskedInterval(source.bit_generator, remaining) < goodOnes) goodOnes--;
    left--;
  }
  if (remaining === goodOnes) goodOnes -= left;
  return sample > half ? goodOnes : good - goodOnes;
}

function byRatio(source: Deviates, good: number, bad: number, sample: number): number {
  const total = good + bad;
  const taken = Math.min(sample, total - sample);
  const fewer = Math.min(good, bad);
  const more = Math.max(good, bad);
  const p = fewer / total;
  const a = taken * p + 0.5;
  const c = Math.sqrt((total - taken) * taken * p * (more / total) / (total - 1) + 0.5);
  const h = d1 * c + d2;
  const m = Math.floor((taken + 1) * (fewer + 1) / (total + 2));
  const g = logFactorial(m) + logFactorial(fewer - m) + logFactorial(taken - m) + logFactorial(more - taken + m);
  const bound = Math.min(Math.min(taken, fewer) + 1, Math.floor(a + 16 * c));
  for (;;) {
    const u = source.nextDouble();
    const x = a + h * (source.nextDouble() - 0.5) / u;
    if (x < 0 || x >= bound) continue;
    const k = Math.floor(x);
    const t = g - (logFactorial(k) + logFactorial(fewer - k) + logFactorial(taken - k) + logFactorial(more - taken + k));
    if (!accepts(u, t)) continue;
    const found = good > bad ? taken - k : k;
    return taken < sample ? good - found : found;
  }
}

/** Whether u² is at most e^t. */
function accepts(u: number, t: number): boolean {
  return u * (4 - u) - 3 <= t || (u * (u - t) < 1 && 2 * log(u) <= t);
}

/** That of the legacy stream. */
export function legacyHypergeometric(source: Deviates, good: number, bad: number, sample: number): number {
  return sample > 10 ? legacyByRatio(source, good, bad, sample) : sample > 0 ? legacyOneByOne(source, good, bad, sample) : 0;
}

function legacyOneByOne(source: Deviates, good: number, bad: number, sample: number): number {
  const rest = good + bad - sample;
  const fewer = Math.min(bad, good);
  let y = fewer;
  for (let k = sample; y > 0 && k > 0; k--) y -= Math.floor(source.nextDouble() + y / (rest + k));
  return good > bad ? sample - (fewer - y) : fewer - y;
}

function legacyByRatio(source: Deviates, good: number, bad: number, sample: number): number {
  const fewer = Math.min(good, bad);
  const total = good + bad;
  const more = Math.max(good, bad);
  const taken = Math.min(sample, total - sample);
  const p = fewer / total;
  const a = taken * p + 0.5;
  const c = Math.sqrt((total - taken) * sample * p * (1 - p) / (total - 1) + 0.5);
  const h = d1 * c + d2;
  const m = Math.floor((taken + 1) * (fewer + 1) / (total + 2));
  const g = logGamma(m + 1) + logGamma(fewer - m + 1) + logGamma(taken - m + 1) + logGamma(more - taken + m + 1);
  const bound = Math.min(Math.min(taken, fewer) + 1, Math.floor(a + 16 * c));
  for (;;) {
    const u = source.nextDouble();
    const x = a + h * (source.nextDouble() - 0.5) / u;
    if (x < 0 || x >= bound) continue;
    const k = Math.floor(x);
    const t = g - (logGamma(k + 1) + logGamma(fewer - k + 1) + logGamma(taken - k + 1) + logGamma(more - taken + k + 1));
    if (!accepts(u, t)) continue;
    const found = good > bad ? taken - k : k;
    return taken < sample ? good - found : found;
  }
}

/** Fills rows of zeros with how many there are of each kind among `sample` things, kind by kind. */
export function multivariateByMarginals(source: Deviates, colors: Float64Array, total: number, sample: number, out: Float64Array): void {
  if (total === 0 || sample === 0) return;
  const rest = sample > Math.floor(total / 2);
  const last = colors.length - 1;
  for (let row = 0; row < out.length; row += colors.length) {
    let left = rest ? total - sample : sample;
    let remaining = total;
    for (let k = 0; left > 0 && k < last; k++) {
      remaining -= colors[k];
      out[row + k] = hypergeometric(source, colors[k], remaining, left);
      left -= out[row + k];
    }
    if (left > 0) out[row + last] = left;
    if (rest) for (let k = 0; k <= last; k++) out[row + k] = colors[k] - out[row + k];
  }
}

/** The same, thing by thing: a list of all of them is shuffled. */
export function multivariateByCount(source: Deviates, colors: Float64Array, total: number, sample: number, out: Float64Array): void {
  if (total === 0 || sample === 0) return;
  const things = new Int32Array(total);
  let end = 0;
  colors.forEach((count, kind) => things.fill(kind, end, end += count));
  const rest = sample > Math.floor(total / 2);
  const taken = rest ? total - sample : sample;
  for (let row = 0; row < out.length; row += colors.length) {
    for (let i = 0; i < taken; i++) {
      const other = i + maskedInterval(source.bit_generator, total - i - 1);
      const thing = things[other];
      things[other] = things[i];
      things[i] = thing;
      out[row + thing]++;
    }
    if (rest) for (let k = 0; k < colors.length; k++) out[row + k] = colors[k] - out[row + k];
  }
}
