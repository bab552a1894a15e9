/** Distributions of counts that need few numbers each, as NumPy draws them. */
import type { Deviates } from './deviates.ts';
import { gamma } from './gamma.ts';
import { log, log1p } from './math.ts';
import { overflown, poisson } from './poisson.ts';
import { exp, expm1, pow } from './power.ts';

/** The largest integer of 64 bits, as a float64. */
const limit = 2 ** 63;

export const negativeBinomial = (source: Deviates, n: number, p: number): number => poisson(source, gamma(source, n, (1 - p) / p));

export function geometric(source: Deviates, p: number): number {
  return p >= 1 / 3 ? geometricBySearch(source, p) : Math.min(Math.ceil(-source.nextExponential() / log1p(-p)), limit);
}

export function legacyGeometric(source: Deviates, p: number): number {
  if (p >= 1 / 3) return geometricBySearch(source, p);
  const count = Math.ceil(log1p(-source.nextDouble()) / log(1 - p));
  return Number.isFinite(count) && count < limit ? count : overflown;
}

function geometricBySearch(source: Deviates, p: number): number {
  const q = 1 - p;
  const u = source.nextDouble();
  let count = 1;
  let sum = p;
  let product = p;
  while (u > sum) {
    product *= q;
    sum += product;
    count++;
  }
  return count;
}

export function zipf(source: Deviates, a: number): number {
  // Where the density overflows, what is more than 1 never comes.
  if (a >= 1025) return 1;
  const exponent = a - 1;
  const b = pow(2, exponent);
  const least = pow(limit, -exponent);
  for (;;) {
    const unit = source.nextDouble();
    const x = zipfCandidate(source, unit * least + (1 - unit), exponent, b);
    if (x > 0) return x;
  }
}

export function legacyZipf(source: Deviates, a: number): number {
  const exponent = a - 1;
  const b = pow(2, exponent);
  for (;;) {
    const x = zipfCandidate(source, 1 - source.nextDouble(), exponent, b);
    if (x > 0) return x;
  }
}

/** A number for a uniform one, or 0 where it is rejected. */
function zipfCandidate(source: Deviates, u: number, exponent: number, b: number): number {
  const v = source.nextDouble();
  const x = Math.floor(pow(u, -1 / exponent));
  if (x > limit || x < 1) return 0;
  const t = pow(1 + 1 / x, exponent);
  return v * x * (t - 1) / (b - 1) <= t / b ? x : 0;
}

export const logseries = (source: Deviates, p: number): number => seriesOf(source, p, log1p(-p), complement);
export const legacyLogseries = (source: Deviates, p: number): number => seriesOf(source, p, log(1 - p), plainComplement);

const complement = (x: number): number => -expm1(x);
const plainComplement = (x: number): number => 1 - exp(x);

function seriesOf(source: Deviates, p: number, r: number, complementOf: (x: number) => number): number {
  for (;;) {
    const v = source.nextDouble();
    if (v >= p) return 1;
    const q = complementOf(r * source.nextDouble());
    if (v <= q * q) {
      const count = Math.floor(1 + log(v) / log(q));
      if (count < 1 || v === 0) continue;
      return count;
    }
    return v >= q ? 1 : 2;
  }
}
