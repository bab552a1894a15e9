/** Distributions of real numbers that are functions of a few standard ones, as NumPy draws them. */
import { ValueError } from '../core/errors.ts';
import type { Deviates } from './deviates.ts';
import { angle, log, log1p, sinCos } from './math.ts';
import { exp, expm1, pow } from './power.ts';

export const uniform = (source: Deviates, low: number, range: number): number => low + range * source.nextDouble();

/** Fills with such numbers, many at a time. */
export function fillUniform(source: Deviates, low: number, range: number, out: Float64Array): void {
  source.bit_generator.fillDouble(out, 0, out.length);
  for (let i = 0; i < out.length; i++) out[i] = low + range * out[i];
}

export const normal = (source: Deviates, loc: number, scale: number): number => loc + scale * source.nextNormal();

export const exponential = (source: Deviates, scale: number): number => scale * source.nextExponential();

export const lognormal = (source: Deviates, mean: number, sigma: number): number => exp(mean + sigma * source.nextNormal());

export function standardCauchy(source: Deviates): number {
  const above = source.nextNormal();
  return above / source.nextNormal();
}

export const pareto = (source: Deviates, a: number): number => expm1(source.nextExponential() / a);
export const legacyPareto = (source: Deviates, a: number): number => exp(source.nextExponential() / a) - 1;

export const weibull = (source: Deviates, a: number): number => (a === 0 ? 0 : pow(source.nextExponential(), 1 / a));

export const power = (source: Deviates, a: number): number => pow(-expm1(-source.nextExponential()), 1 / a);
export const legacyPower = (source: Deviates, a: number): number => pow(1 - exp(-source.nextExponential()), 1 / a);

export const rayleigh = (source: Deviates, scale: number): number => scale * Math.sqrt(2 * source.nextExponential());
export const legacyRayleigh = (source: Deviates, scale: number): number => scale * Math.sqrt(-2 * log1p(-source.nextDouble()));

/** Uniform in (0, 1). */
function nextPositive(source: Deviates): number {
  let u = source.nextDouble();
  while (u === 0) u = source.nextDouble();
  return u;
}

export function laplace(source: Deviates, loc: number, scale: number): number {
  const u = nextPositive(source);
  return u >= 0.5 ? loc - scale * log(2 - u - u) : loc + scale * log(u + u);
}

export const gumbel = (source: Deviates, loc: number, scale: number): number => loc - scale * log(-log(1 - nextPositive(source)));

export function logistic(source: Deviates, loc: number, scale: number): number {
  const u = nextPositive(source);
  return loc + scale * log(u / (1 - u));
}

export function triangular(source: Deviates, left: number, mode: number, right: number): number {
  const base = right - left;
  const leftBase = mode - left;
  const u = source.nextDouble();
  return u <= leftBase / base ? left + Math.sqrt(u * (leftBase * base)) : right - Math.sqrt((1 - u) * ((right - mode) * base));
}

export function wald(source: Deviates, mean: number, scale: number): number {
  const normal = source.nextNormal();
  const y = mean * normal * normal;
  const x = mean * (1 - 2 / (1 + Math.sqrt(1 + 4 * scale / y)));
  return source.nextDouble() <= mean / (mean + x) ? x : mean * mean / x;
}

export function legacyWald(source: Deviates, mean: number, scale: number): number {
  const ratio = mean / (2 * scale);
  const normal = source.nextNormal();
  const y = mean * normal * normal;
  const x = mean + ratio * (y - Math.sqrt(4 * scale * y + y * y));
  return source.nextDouble() <= mean / (mean + x) ? x : mean * mean / x;
}

const turn = 2 * Math.PI;

/** Of a concentration above 1e6 it is a normal distribution. */
export function vonmises(source: Deviates, mu: number, kappa: number): number {
  if (!(kappa > 1e6)) return legacyVonmises(source, mu, kappa);
  let result = mu + Math.sqrt(1 / kappa) * source.nextNormal();
  if (result < -Math.PI) result += turn;
  if (result > Math.PI) result -= turn;
  return result;
}

export function legacyVonmises(source: Deviates, mu: number, kappa: number): number {
  if (kappa !== kappa) return NaN;
  if (kappa < 1e-8) return Math.PI * (2 * source.nextDouble() - 1);
  let s = 1 / kappa + kappa;
  if (kappa >= 1e-5) {
    const r = 1 + Math.sqrt(1 + 4 * kappa * kappa);
    const rho = (r - Math.sqrt(2 * r)) / (2 * kappa);
    s = (1 + rho * rho) / (2 * rho);
    // Nothing would ever be accepted: NumPy's goes on for good.
    if (s === 1) throw new ValueError(`kappa is too large for this sampler: ${kappa}; Generator.vonmises takes it`);
  }
  let w: number;
  for (;;) {
    sinCos(Math.PI * source.nextDouble());
    const z = angle.cos;
    w = (1 + s * z) / (s + z);
    const y = kappa * (s - w);
    const v = source.nextDouble();
    if (y * (2 - y) - v >= 0 || log(y / v) + 1 - y >= 0) break;
  }
  const size = Math.acos(w);
  const result = (source.nextDouble() < 0.5 ? -size : size) + mu;
  const wrapped = (Math.abs(result) + Math.PI) % turn - Math.PI;
  return result < 0 ? -wrapped : wrapped;
}
