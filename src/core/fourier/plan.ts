import { rootsOfUnity } from './roots.ts';

/**
 * How a Fourier transform of a length is computed, as plain data that kernels of any device can work from: the radices of its stages in
 * order and their twiddles, or, where the length has a large prime factor, the chirp of a convolution (Bluestein) and the plan of that.
 *
 * Numbers are pairs of a real and an imaginary part, with the angles of the inverse transform; the other one takes their conjugates.
 */
export interface FourierPlan {
  readonly length: number;
  /** Of each stage the radix. */
  readonly radices: readonly number[];
  /**
   * One stage after the other: for a radix above 8 its roots, and then, but for the last stage, for each row p of the transforms that are
   * left, of length L, the numbers 1 to radix - 1 of e^(2πi·p·k/L).
   */
  readonly twiddles: Float64Array;
  /** Where the stages are of another length: that of the convolution, and e^(πi·j²/length). */
  readonly convolution: Convolution | null;
}

interface Convolution {
  readonly length: number;
  readonly chirp: Float64Array;
}

/** A plan of half the length, and the numbers 0 to length / 4 of e^(2πi·k/length), by which the spectrum of real numbers is unfolded. */
export interface HalfPlan {
  readonly plan: FourierPlan;
  readonly unfolding: Float64Array;
}

/** The largest radix that stages have. */
const largestRadix = 127;

/** The radices of a length, those first of which there are the most numbers to take at once; null where a prime factor is too large. */
function radicesOf(length: number): number[] | null {
  const radices: number[] = [];
  let rest = length;
  let twos = 0;
  for (; rest % 2 === 0; rest /= 2) twos++;
  // As few stages as there can be, and rather two of 4 than one of 8 and one of 2.
  for (; twos > 4 || twos === 3; twos -= 3) radices.push(8);
  for (; twos > 1; twos -= 2) radices.push(4);
  for (let prime = 3; rest > 1; prime += 2) {
    if (prime > largestRadix) return null;
    for (; rest % prime === 0; rest /= prime) radices.push(prime);
  }
  // Where there are no twiddles a stage of few numbers costs the least.
  if (twos === 1) radices.push(2);
  return radices;
}

/** What a number costs in a stage, in about nanoseconds. */
const costs: Readonly<Record<number, number>> = { 2: 0.8, 3: 1.2, 4: 1.2, 5: 1.8, 7: 2.6, 8: 1.8 };
const costOf = (length: number, radices: readonly number[]): number =>
  radices.reduce((sum, radix) => sum + length * (costs[radix] ?? 0.4 * radix), 0);

/** The length of at least `least` whose transform is the cheapest, of those without large factors. */
function convolutionLength(least: number): readonly [number, number] {
  let best = 2 ** Math.ceil(Math.log2(least));
  let price = costOf(best, radicesOf(best) ?? []);
  for (let fives = 1; fives < 2 * least; fives *= 5) {
    for (let threes = fives; threes < 2 * least; threes *= 3) {
      let length = threes;
      while (length < least) length *= 2;
      const cost = costOf(length, radicesOf(length) ?? []);
      if (cost < price) [best, price] = [length, cost];
    }
  }
  return [best, price];
}

function twiddlesOf(length: number, radices: readonly number[], roots: Float64Array, stride: number): Float64Array {
  let rest = length;
  let size = 0;
  for (const radix of radices) {
    rest /= radix;
    size += (radix > 8 ? radix : 0) + (rest > 1 ? rest * (radix - 1) : 0);
  }
  const twiddles = new Float64Array(2 * size);
  let at = 0;
  const write = (root: number): void => {
    twiddles[at++] = roots[2 * stride * root];
    twiddles[at++] = roots[2 * stride * root + 1];
  };
  rest = length;
  for (const radix of radices) {
    // The root of the transforms that are left, in those of the whole.
    const step = length / rest;
    if (radix > 8) for (let k = 0; k < radix; k++) write(k * (length / radix));
    rest /= radix;
    if (rest > 1) for (let p = 0; p < rest; p++) for (let k = 1; k < radix; k++) write(p * k * step);
  }
  return twiddles;
}

function chirpOf(length: number): Float64Array {
  const roots = rootsOfUnity(2 * length);
  const chirp = new Float64Array(2 * length);
  let square = 0;
  for (let j = 0; j < length; j++) {
    chirp[2 * j] = roots[2 * square];
    chirp[2 * j + 1] = roots[2 * square + 1];
    square = (square + 2 * j + 1) % (2 * length);
  }
  return chirp;
}

function planFrom(length: number, roots: Float64Array | null, stride: number): FourierPlan {
  const radices = radicesOf(length);
  const cost = radices === null ? Infinity : costOf(length, radices);
  if (radices === null || radices.some((radix) => radix > 8)) {
    const [padded, price] = convolutionLength(2 * length - 1);
    if (2 * price + padded < cost) {
      const inner = planFrom(padded, null, 1);
      return { ...inner, length, convolution: { length: padded, chirp: chirpOf(length) } };
    }
  }
  return {
    length, radices: radices!, twiddles: twiddlesOf(length, radices!, roots ?? rootsOfUnity(length), stride), convolution: null,
  };
}

/** The plan of a complex transform. */
export const planOf = (length: number): FourierPlan => planFrom(length, null, 1);

/** The plan of a real transform of an even length. */
export function halfPlanOf(length: number): HalfPlan {
  const roots = rootsOfUnity(length);
  return { plan: planFrom(length / 2, roots, 2), unfolding: roots.slice(0, 2 * (Math.floor(length / 4) + 1)) };
}
