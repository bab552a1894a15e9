import { multiplyWide, productHigh } from './bitSource.ts';
import { advanced, checkState, seededState } from './pcg64.ts';
import type { SeedSequence } from './seedSequence.ts';
import { Words64, valuesOf, wordsOf } from './words64.ts';

/** The multiplier of both the steps and the output. */
const multiplier = 0xda942042e4dd58b5n;
const multiplierLow = 0xe4dd58b5;
const multiplierHigh = 0xda942042;

/** PCG64 DXSM: the congruential generator with a multiplier of 64 bits, and an output function that mixes better. */
export class Pcg64Dxsm extends Words64 {
  /** State and increment, 128 bits each. */
  private readonly words = new Int32Array(8);
  private readonly product = new Int32Array(4);

  constructor(sequence: SeedSequence) {
    super();
    this.state = seededState(sequence);
  }

  get state(): { readonly state: bigint; readonly inc: bigint } {
    const [low, high, incLow, incHigh] = valuesOf(this.words);
    return { state: high << 64n | low, inc: incHigh << 64n | incLow };
  }

  set state(value: { readonly state: bigint; readonly inc: bigint }) {
    checkState(value);
    this.words.set(wordsOf([value.state, value.state >> 64n, value.inc, value.inc >> 64n].map((each) => BigInt.asUintN(64, each))));
  }

  advance(delta: bigint): void {
    const { state, inc } = this.state;
    this.state = { state: advanced(state, inc, delta, multiplier), inc };
    this.forget();
  }

  next64(): void {
    const { words, product } = this;
    const s0 = words[0];
    const s1 = words[1];
    const s2 = words[2];
    const s3 = words[3];
    // The output is of the state before the step: shifts and products of its upper half, the last by the lower.
    const mixedLow = s2 ^ s3;
    const outLow = Math.imul(mixedLow, multiplierLow);
    const outHigh = upperProduct(mixedLow, s3, multiplierLow, multiplierHigh, outLow);
    const foldedLow = outLow ^ outHigh >>> 16;
    const low = Math.imul(foldedLow, s0 | 1);
    this.low = low;
    this.high = upperProduct(foldedLow, outHigh, s0 | 1, s1, low);
    multiplyWide(s0, s1, multiplierLow, multiplierHigh, product);
    const upperLow = Math.imul(s2, multiplierLow);
    const upperHigh = upperProduct(s2, s3, multiplierLow, multiplierHigh, upperLow);
    let sum = (product[0] >>> 0) + (words[4] >>> 0);
    words[0] = sum;
    sum = (product[1] >>> 0) + (words[5] >>> 0) + (sum > 4294967295 ? 1 : 0);
    words[1] = sum;
    sum = (product[2] >>> 0) + (upperLow >>> 0) + (words[6] >>> 0) + (sum > 4294967295 ? 1 : 0);
    words[2] = sum;
    words[3] = product[3] + upperHigh + words[7] + Math.floor(sum * 2.3283064365386963e-10);
  }
}

/** The upper half of the lower 64 bits of a product, whose lower half is known. */
function upperProduct(aLow: number, aHigh: number, bLow: number, bHigh: number, low: number): number {
  return (productHigh(aLow >>> 0, bLow >>> 0, low >>> 0) + Math.imul(aLow, bHigh) + Math.imul(aHigh, bLow)) | 0;
}
