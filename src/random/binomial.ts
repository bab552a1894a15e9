/** The binomial distribution and the multinomial, as NumPy draws them: by inversion, or Kachitvichyanukul and Schmeiser's BTPE. */
import type { Deviates } from './deviates.ts';
import { log, log1p } from './math.ts';
import { exp } from './power.ts';

/** By the distribution function; what it works out for some parameters is kept, as long as they are the same. */
class Inversion {
  private n = -1;
  private p = -1;
  private none = 0;
  private bound = 0;
  private readonly noneOf: (n: number, p: number) => number;

  constructor(noneOf: (n: number, p: number) => number) {
    this.noneOf = noneOf;
  }

  next(source: Deviates, n: number, p: number): number {
    const q = 1 - p;
    if (n !== this.n || p !== this.p) {
      this.n = n;
      this.p = p;
      this.none = this.noneOf(n, p);
      this.bound = Math.trunc(Math.min(n, n * p + 10 * Math.sqrt(n * p * q + 1)));
    }
    const { none, bound } = this;
    let count = 0;
    let chance = none;
    let u = source.nextDouble();
    while (u > chance) {
      count++;
      if (count > bound) {
        count = 0;
        chance = none;
        u = source.nextDouble();
      } else {
        u -= chance;
        chance = (n - count + 1) * p * chance / (count * q);
      }
    }
    return count;
  }
}

/** Names as in the article: a triangle, two parallelograms and two exponential tails over the scaled distribution, p at most a half. */
class Btpe {
  private n = -1;
  private p = -1;
  private m = 0;
  private p1 = 0;
  private p2 = 0;
  private p3 = 0;
  private p4 = 0;
  private xm = 0;
  private xl = 0;
  private xr = 0;
  private c = 0;
  private lambdaLeft = 0;
  private lambdaRight = 0;

  private prepare(n: number, r: number): void {
    this.n = n;
    this.p = r;
    const q = 1 - r;
    const fm = n * r + r;
    this.m = Math.floor(fm);
    this.p1 = Math.floor(2.195 * Math.sqrt(n * r * q) - 4.6 * q) + 0.5;
    this.xm = this.m + 0.5;
    this.xl = this.xm - this.p1;
    this.xr = this.xm + this.p1;
    this.c = 0.134 + 20.5 / (15.3 + this.m);
    const left = (fm - this.xl) / (fm - this.xl * r);
    this.lambdaLeft = left * (1 + left / 2);
    const right = (this.xr - fm) / (this.xr * q);
    this.lambdaRight = right * (1 + right / 2);
    this.p2 = this.p1 * (1 + 2 * this.c);
    this.p3 = this.p2 + this.c / this.lambdaLeft;
    this.p4 = this.p3 + this.c / this.lambdaRight;
  }

  next(source: Deviates, n: number, p: number): number {
    if (n !== this.n || p !== this.p) this.prepare(n, p);
    const { m, p1, p2, p3, p4, xm, xl, xr, c, lambdaLeft, lambdaRight } = this;
    for (;;) {
      const u = source.nextDouble() * p4;
      let v = source.nextDouble();
      let y: number;
      if (u <= p1) return Math.floor(xm - p1 * v + u);
      if (u <= p2) {
        const x = xl + (u - p1) / c;
        v = v * c + 1 - Math.abs(m - x + 0.5) / p1;
        if (v > 1) continue;
        y = Math.floor(x);
      } else if (u <= p3) {
        y = Math.floor(xl + log(v) / lambdaLeft);
        if (y < 0 || v === 0) continue;
        v = v * (u - p2) * lambdaLeft;
      } else {
        y = Math.floor(xr - log(v) / lambdaRight);
        if (y > n || v === 0) continue;
        v = v * (u - p3) * lambdaRight;
      }
      if (this.accepts(y, v)) return y;
    }
  }

  private accepts(y: number, v: number): boolean {
    const { n, m, xm } = this;
    const r = this.p;
    const q = 1 - r;
    const variance = n * r * q;
    const k = Math.abs(y - m);
    if (k <= 20 || k >= variance / 2 - 1) {
      const s = r / q;
      const a = s * (n + 1);
      let ratio = 1;
      for (let i = m + 1; i <= y; i++) ratio *= a / i - s;
      for (let i = y + 1; i <= m; i++) ratio /= a / i - s;
      return v <= ratio;
    }
    const rho = (k / variance) * ((k * (k / 3 + 0.625) + 0.16666666666666666) / variance + 0.5);
    const t = -k * k / (2 * variance);
    const logV = log(v);
    if (logV < t - rho) return true;
    if (logV > t + rho) return false;
    const x1 = y + 1;
    const f1 = m + 1;
    const z = n + 1 - m;
    const w = n - y + 1;
    return logV <= xm * log(f1 / x1) + (n - m + 0.5) * log(z / w) + (y - m) * log(w * r / (x1 * q))
      + stirlingRest(f1) + stirlingRest(z) + stirlingRest(x1) + stirlingRest(w);
  }
}

/** What Stirling's formula lacks of a logarithm. */
function stirlingRest(x: number): number {
  const square = x * x;
  return (13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square) / x / 166320;
}

const inversion = new Inversion((n, p) => exp(n * log1p(-p)));
const legacyInversion = new Inversion((n, p) => exp(n * log(1 - p)));
const btpe = new Btpe();

/** How many of n things are of a kind that each is with probability p. */
export function binomial(source: Deviates, n: number, p: number): number {
  return n === 0 || p === 0 ? 0 : binomialBy(inversion, source, n, p);
}

/** That of the legacy stream, which takes a number even where there is no choice. */
export const legacyBinomial = (source: Deviates, n: number, p: number): number => binomialBy(legacyInversion, source, n, p);

function binomialBy(few: Inversion, source: Deviates, n: number, p: number): number {
  if (p <= 0.5) return p * n <= 30 ? few.next(source, n, p) : btpe.next(source, n, p);
  const q = 1 - p;
  return n - (q * n <= 30 ? few.next(source, n, q) : btpe.next(source, n, q));
}

/** Draws counts of n things of as many kinds as there are probabilities into `out` from `start` on, where there are zeros. */
export function multinomial(
  source: Deviates, n: number, probabilities: Float64Array, from: number, kinds: number, out: Float64Array, start: number,
): void {
  let left = n;
  let rest = 1;
  for (let k = 0; k < kinds - 1; k++) {
    const p = probabilities[from + k];
    out[start + k] = binomial(source, left, p / rest);
    left -= out[start + k];
    if (left <= 0) return;
    rest -= p;
  }
  if (left > 0) out[start + kinds - 1] = left;
}
