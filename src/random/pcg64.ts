/**
 * PCG64 (XSL-RR 128/64), the bit generator behind `np.random.default_rng`.
 *
 * The 128-bit state lives in 32-bit words, least significant first. A step multiplies by a constant modulo 2**128;
 * the low halves of the products of words come from integer multiplication, the high halves from doubles, which hold
 * a product to within 2**-32 of its high half. Numbers are made a block ahead, so that a draw is two loads.
 */
import { ValueError } from '../core/errors.ts';
import type { BitStream } from './bitSource.ts';
import { SeedSequence } from './seedSequence.ts';
import type { EntropyInput } from './seedSequence.ts';

// The multiplier 0x2360ed051fc65da44385df649fccf645 as 32-bit words.
const m0 = 0x9fccf645;
const m1 = 0x4385df64;
const m2 = 0x1fc65da4;
const m3 = 0x2360ed05;

const two32 = 4294967296;
const twoMinus32 = 1 / 4294967296;
/** Adding and subtracting 2**52 rounds a smaller double to an integer. */
const roundToInteger = 4503599627370496;

/** Numbers drawn ahead at a time. */
const blockLength = 64;

const mask128 = (1n << 128n) - 1n;
const multiplier128 = 0x2360ed051fc65da44385df649fccf645n;

export interface Pcg64State {
  state: bigint;
  inc: bigint;
  hasUint32: boolean;
  uinteger: number;
}

/** Refuses a state that is not of 128 bits. */
export function checkState({ state, inc }: { readonly state: bigint; readonly inc: bigint }): void {
  if (state < 0n || state > mask128 || inc < 0n || inc > mask128) {
    throw new ValueError('state and inc must be non-negative and smaller than 2**128');
  }
}

/** State and increment from a seed sequence, the same of either output function. */
export function seededState(sequence: SeedSequence): { readonly state: bigint; readonly inc: bigint } {
  const [seedHigh, seedLow, incHigh, incLow] = sequence.generateState64(4);
  const inc = ((((incHigh << 64n) | incLow) << 1n) | 1n) & mask128;
  const state = inc + ((seedHigh << 64n) | seedLow);
  return { state: (state * multiplier128 + inc) & mask128, inc };
}

/** The state of a linear congruential generator of 128 bits so many steps on. */
export function advanced(state: bigint, inc: bigint, delta: bigint, stepMultiplier: bigint): bigint {
  let left = delta & mask128;
  let multiplier = stepMultiplier;
  let increment = inc;
  let totalMultiplier = 1n;
  let totalIncrement = 0n;
  while (left > 0n) {
    if (left & 1n) {
      totalMultiplier = (totalMultiplier * multiplier) & mask128;
      totalIncrement = (totalIncrement * multiplier + increment) & mask128;
    }
    increment = ((multiplier + 1n) * increment) & mask128;
    multiplier = (multiplier * multiplier) & mask128;
    left >>= 1n;
  }
  return (totalMultiplier * state + totalIncrement) & mask128;
}

export class Pcg64 implements BitStream {
  readonly rawBits = 64;
  readonly seedSequence: SeedSequence;
  /** The low and high half of the number that `next64` drew last, as signed integers. */
  low = 0;
  high = 0;
  /** State after the block (0..3), increment (4..7). */
  private readonly words = new Int32Array(8);
  /** State before the block. */
  private readonly blockStart = new Int32Array(4);
  /** The block: low and high halves in turn. */
  private readonly block = new Int32Array(2 * blockLength);
  /** Index into `block`. */
  private position = 2 * blockLength;
  private hasUint32 = false;
  private uinteger = 0;

  constructor(seed?: EntropyInput | SeedSequence | null) {
    this.seedSequence = seed instanceof SeedSequence ? seed : new SeedSequence(seed);
    const { state, inc } = seededState(this.seedSequence);
    this.store(state, inc);
  }

  getState(): Pcg64State {
    return {
      state: this.currentState(),
      inc: loadWords(this.words, 4),
      hasUint32: this.hasUint32,
      uinteger: this.uinteger >>> 0,
    };
  }

  setState(state: Pcg64State): void {
    checkState(state);
    this.store(state.state, state.inc);
    this.hasUint32 = state.hasUint32;
    this.uinteger = state.uinteger | 0;
  }

  /** Independent generators from spawned seed sequences. */
  spawn(count: number): Pcg64[] {
    return this.seedSequence.spawn(count).map((child) => new Pcg64(child));
  }

  /** Moves on as if `delta` numbers of 64 bits had been drawn. */
  advance(delta: bigint): this {
    const inc = loadWords(this.words, 4);
    this.store(advanced(this.currentState(), inc, delta, multiplier128), inc);
    this.hasUint32 = false;
    this.uinteger = 0;
    return this;
  }

  /** Draws 64 bits into `low` and `high`. */
  next64(): void {
    if (this.position === 2 * blockLength) this.refill();
    const position = this.position;
    this.low = this.block[position];
    this.high = this.block[position + 1];
    this.position = position + 2;
  }

  /** The next 32 bits as a signed integer: the low half of a 64-bit draw, then its high half. */
  nextInt32(): number {
    if (this.hasUint32) {
      this.hasUint32 = false;
      return this.uinteger;
    }
    if (this.position === 2 * blockLength) this.refill();
    const position = this.position;
    this.position = position + 2;
    this.hasUint32 = true;
    this.uinteger = this.block[position + 1];
    return this.block[position];
  }

  /** A double in [0, 1) of 53 bits. */
  nextDouble(): number {
    if (this.position === 2 * blockLength) this.refill();
    const position = this.position;
    this.position = position + 2;
    return ((this.block[position + 1] >>> 0) * 2097152 + (this.block[position] >>> 11)) * 1.1102230246251565e-16;
  }

  /** Fills `out[start .. start + count)` with `nextDouble`. */
  fillDouble(out: Float64Array, start: number, count: number): void {
    const block = this.block;
    const end = start + count;
    for (let index = start; index < end;) {
      if (this.position === 2 * blockLength) this.refill();
      let position = this.position;
      const stop = Math.min(end, index + ((2 * blockLength - position) >> 1));
      for (; index < stop; index++) {
        out[index] = ((block[position + 1] >>> 0) * 2097152 + (block[position] >>> 11)) * 1.1102230246251565e-16;
        position += 2;
      }
      this.position = position;
    }
  }

  private refill(): void {
    const words = this.words;
    const block = this.block;
    this.blockStart.set(words.subarray(0, 4));
    const inc0 = words[4] >>> 0;
    const inc1 = words[5] >>> 0;
    const inc2 = words[6] >>> 0;
    const inc3 = words[7];
    let s0 = words[0];
    let s1 = words[1];
    let s2 = words[2];
    let s3 = words[3];
    let d0 = s0 >>> 0;
    let d1 = s1 >>> 0;
    let d2 = s2 >>> 0;
    for (let index = 0; index < 2 * blockLength; index += 2) {
      // Low halves of the products in each column of 32 bits, as exact sums in doubles.
      const low0 = Math.imul(s0, m0) >>> 0;
      const low1 = (Math.imul(s0, m1) >>> 0) + (Math.imul(s1, m0) >>> 0);
      const low2 = (Math.imul(s0, m2) >>> 0) + (Math.imul(s1, m1) >>> 0) + (Math.imul(s2, m0) >>> 0);
      const low3 = Math.imul(s0, m3) + Math.imul(s1, m2) + Math.imul(s2, m1) + Math.imul(s3, m0) + inc3;
      // High halves: what is left of the whole product, rounded to the integer it is within 2**-19 of.
      const w0 = low0 + inc0;
      const w1 = ((d0 * m0 - low0) * twoMinus32 + roundToInteger - roundToInteger) + low1 + inc1 +
        Math.floor(w0 * twoMinus32);
      const carry1 = Math.floor(w1 * twoMinus32);
      const w2 = ((d0 * m1 + d1 * m0 - low1) * twoMinus32 + roundToInteger - roundToInteger) + low2 + inc2 + carry1;
      const carry2 = Math.floor(w2 * twoMinus32);
      const w3 = ((d0 * m2 + d1 * m1 + d2 * m0 - low2) * twoMinus32 + roundToInteger - roundToInteger) + carry2;
      s0 = w0 | 0;
      s1 = w1 | 0;
      s2 = w2 | 0;
      s3 = ((w3 | 0) + (low3 | 0)) | 0;
      d0 = s0 >>> 0;
      d1 = w1 - carry1 * two32;
      d2 = w2 - carry2 * two32;
      // Fold to 64 bits and rotate right by the top six. Shift counts are taken modulo 32, hence the two-part shifts.
      const rotation = s3 >>> 26;
      const foldedLow = s0 ^ s2;
      const foldedHigh = s1 ^ s3;
      // A branch here would be mispredicted every other time.
      const swap = (foldedLow ^ foldedHigh) & -(rotation >>> 5);
      const low = foldedLow ^ swap;
      const high = foldedHigh ^ swap;
      block[index] = (low >>> rotation) | ((high << 1) << (~rotation & 31));
      block[index + 1] = (high >>> rotation) | ((low << 1) << (~rotation & 31));
    }
    words[0] = s0;
    words[1] = s1;
    words[2] = s2;
    words[3] = s3;
    this.position = 0;
  }

  private currentState(): bigint {
    if (this.position === 2 * blockLength) return loadWords(this.words, 0);
    const inc = loadWords(this.words, 4);
    let state = loadWords(this.blockStart, 0);
    for (let drawn = 0; drawn < this.position; drawn += 2) state = (state * multiplier128 + inc) & mask128;
    return state;
  }

  private store(state: bigint, inc: bigint): void {
    for (let index = 0; index < 4; index++) {
      const shift = BigInt(32 * index);
      this.words[index] = Number((state >> shift) & 0xffffffffn) | 0;
      this.words[4 + index] = Number((inc >> shift) & 0xffffffffn) | 0;
    }
    this.position = 2 * blockLength;
  }
}

function loadWords(words: Int32Array, offset: number): bigint {
  let value = 0n;
  for (let index = 3; index >= 0; index--) value = (value << 32n) | BigInt(words[offset + index] >>> 0);
  return value;
}

/** The 64-bit number of a low and a high signed half. */
export function joinHalves(low: number, high: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
