/** The gamma distribution and those that are made of it, as NumPy draws them: Marsaglia and Tsang's method, and Ahrens and Dieter's. */
import type { Deviates, FloatDeviates } from './deviates.ts';
import { log, log1p } from './math.ts';
import { poisson } from './poisson.ts';
import { exp, pow } from './power.ts';

const fround = Math.fround;

export function standardGamma(source: Deviates, shape: number): number {
  if (shape === 1) return source.nextExponential();
  if (shape === 0) return 0;
  if (shape < 1) return smallGamma(source, shape);
  const b = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * b);
  for (;;) {
    let x: number;
    let v: number;
    do {
      x = source.nextNormal();
      v = 1 + c * x;
    } while (v <= 0);
    v = v * v * v;
    const u = source.nextDouble();
    if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
    if (log(u) < 0.5 * x * x + b * (1 - v + log(v))) return b * v;
  }
}

/** For shapes in (0, 1). */
function smallGamma(source: Deviates, shape: number): number {
  for (;;) {
    const u = source.nextDouble();
    const v = source.nextExponential();
    if (u <= 1 - shape) {
      const x = pow(u, 1 / shape);
      if (x <= v) return x;
    } else {
      const y = -log((1 - u) / shape);
      const x = pow(1 - shape + shape * y, 1 / shape);
      if (x <= v + y) return x;
    }
  }
}

/** The same in float32, whose elementary functions are float64's, rounded. */
export function standardGammaFloat(source: FloatDeviates, shape: number): number {
  if (shape === 1) return source.nextExponentialFloat();
  if (shape === 0) return 0;
  if (shape < 1) return smallGammaFloat(source, shape);
  const b = fround(shape - fround(1 / 3));
  const c = fround(1 / fround(Math.sqrt(fround(9 * b))));
  const squeeze = fround(0.0331);
  for (;;) {
    let x: number;
    let v: number;
    do {
      x = source.nextNormalFloat();
      v = fround(1 + fround(c * x));
    } while (v <= 0);
    v = fround(fround(v * v) * v);
    const u = source.nextFloat();
    const square = fround(x * x);
    if (u < fround(1 - fround(fround(squeeze * square) * square))) return fround(b * v);
    const bound = fround(fround(fround(0.5 * x) * x) + fround(b * fround(fround(1 - v) + fround(log(v)))));
    if (fround(log(u)) < bound) return fround(b * v);
  }
}

function smallGammaFloat(source: FloatDeviates, shape: number): number {
  const rest = fround(1 - shape);
  const inverse = fround(1 / shape);
  for (;;) {
    const u = source.nextFloat();
    const v = source.nextExponentialFloat();
    if (u <= rest) {
      const x = fround(pow(u, inverse));
      if (x <= v) return x;
    } else {
      const y = -fround(log(fround(fround(1 - u) / shape)));
      const x = fround(pow(fround(rest + fround(shape * y)), inverse));
      if (x <= fround(v + y)) return x;
    }
  }
}

export const gamma = (source: Deviates, shape: number, scale: number): number => scale * standardGamma(source, shape);

export const chisquare = (source: Deviates, df: number): number => 2 * standardGamma(source, df / 2);

export function f(source: Deviates, numerator: number, denominator: number): number {
  const above = chisquare(source, numerator) * denominator;
  return above / (chisquare(source, denominator) * numerator);
}

export function standardT(source: Deviates, df: number): number {
  const above = source.nextNormal();
  const below = standardGamma(source, df / 2);
  return Math.sqrt(df / 2) * above / Math.sqrt(below);
}

export function noncentralChisquare(source: Deviates, df: number, nonc: number): number {
  if (nonc !== nonc) return NaN;
  if (nonc === 0) return chisquare(source, df);
  if (df > 1) {
    const square = chisquare(source, df - 1);
    const normal = source.nextNormal() + Math.sqrt(nonc);
    return square + normal * normal;
  }
  const count = poisson(source, nonc / 2);
  return chisquare(source, df + 2 * count);
}

export function noncentralF(source: Deviates, numerator: number, denominator: number, nonc: number): number {
  const above = noncentralChisquare(source, numerator, nonc) * denominator;
  return above / (chisquare(source, denominator) * numerator);
}

/** Both parameters of `beta` below this: the nearest float64 is nearly always 0 or 1. */
const tiny = 3e-103;

export function beta(source: Deviates, a: number, b: number): number {
  if (!(a <= 1 && b <= 1)) return quotientOfGammas(source, a, b);
  if (a < tiny && b < tiny) return (a + b) * source.nextDouble() < a ? 1 : 0;
  // Jöhnk's method.
  for (;;) {
    const u = source.nextDouble();
    const v = source.nextDouble();
    const x = pow(u, 1 / a);
    const y = pow(v, 1 / b);
    if (x + y > 1 || u + v === 0) continue;
    if (x > 0 && y > 0) return x / (x + y);
    const difference = log(u) / a - log(v) / b;
    return difference > 0 ? exp(-log1p(exp(-difference))) : exp(difference - log1p(exp(difference)));
  }
}

export function legacyBeta(source: Deviates, a: number, b: number): number {
  if (!(a <= 1 && b <= 1)) return quotientOfGammas(source, a, b);
  for (;;) {
    const u = source.nextDouble();
    const v = source.nextDouble();
    const x = pow(u, 1 / a);
    const y = pow(v, 1 / b);
    if (x + y > 1) continue;
    if (x + y > 0) return x / (x + y);
    const logX = log(u) / a;
    const logY = log(v) / b;
    const larger = Math.max(logX, logY);
    return exp(logX - larger - log(exp(logX - larger) + exp(logY - larger)));
  }
}

function quotientOfGammas(source: Deviates, a: number, b: number): number {
  const first = standardGamma(source, a);
  return first / (first + standardGamma(source, b));
}

/** Fills rows of as many numbers as there are parameters; each row sums to 1. */
export function dirichlet(source: Deviates, alpha: Float64Array, out: Float64Array): void {
  for (let row = 0; row < out.length; row += alpha.length) {
    let sum = 0;
    for (let k = 0; k < alpha.length; k++) {
      out[row + k] = standardGamma(source, alpha[k]);
      sum += out[row + k];
    }
    const inverse = 1 / sum;
    for (let k = 0; k < alpha.length; k++) out[row + k] *= inverse;
  }
}

/** The same for parameters that are all small, of which gammas might all be 0: breaks sticks. */
export function dirichletOfSmall(source: Deviates, alpha: Float64Array, out: Float64Array): void {
  const rest = new Float64Array(alpha.length);
  let sum = 0;
  for (let k = alpha.length - 1; k >= 0; k--) {
    sum += alpha[k];
    rest[k] = sum;
  }
  out.fill(0);
  if (!(sum > 0)) return;
  for (let row = 0; row < out.length; row += alpha.length) {
    let left = 1;
    for (let k = 0; k < alpha.length - 1; k++) {
      const part = beta(source, alpha[k], rest[k + 1]);
      out[row + k] = left * part;
      left *= 1 - part;
      if (rest[k + 1] === 0) break;
    }
    out[row + alpha.length - 1] = left;
  }
}
