/**
 * The 32-bit Mersenne Twister (MT19937), the engine behind NumPy's legacy `np.random` and PyTorch's CPU generator.
 *
 * Words come out as signed 32-bit integers from `nextInt32` (the cheapest form in JavaScript) and unsigned from
 * `nextUint32`. A block of 624 state words is twisted and tempered at once, so a draw is one load.
 */

import type { BitStream } from './bitSource.ts';

const stateLength = 624;
const middle = 397;

export interface Mt19937State {
  /** The 624 state words, untempered, as NumPy and PyTorch store them. */
  key: Uint32Array;
  /** Words of `key` already drawn, 0..624. */
  position: number;
}

export class Mt19937 implements BitStream {
  readonly rawBits = 32;
  private readonly key = new Int32Array(stateLength);
  private readonly tempered = new Int32Array(stateLength);
  private position = stateLength;
  private untouched = true;
  /** The low and high half of the number that `next64` drew last, as signed integers. */
  low = 0;
  high = 0;

  /** Knuth's linear seeding: `init_genrand` of the reference implementation. Only the low 32 bits of `seed` count. */
  seed(seed: number): void {
    const key = this.key;
    let word = seed | 0;
    key[0] = word;
    for (let index = 1; index < stateLength; index++) {
      word = (Math.imul(word ^ (word >>> 30), 1812433253) + index) | 0;
      key[index] = word;
    }
    this.position = stateLength;
    this.untouched = true;
  }

  /** Whether nothing was drawn since the last seeding. */
  get isFresh(): boolean {
    return this.untouched;
  }

  /** `init_by_array` of the reference implementation. */
  seedByArray(words: ArrayLike<number>): void {
    const key = this.key;
    const length = words.length;
    this.seed(19650218);
    let index = 1;
    let source = 0;
    for (let count = Math.max(stateLength, length); count > 0; count--) {
      const previous = key[index - 1];
      key[index] = (key[index] ^ Math.imul(previous ^ (previous >>> 30), 1664525)) + (words[source] | 0) + source;
      if (++index >= stateLength) {
        key[0] = key[stateLength - 1];
        index = 1;
      }
      if (++source >= length) source = 0;
    }
    for (let count = stateLength - 1; count > 0; count--) {
      const previous = key[index - 1];
      key[index] = (key[index] ^ Math.imul(previous ^ (previous >>> 30), 1566083941)) - index;
      if (++index >= stateLength) {
        key[0] = key[stateLength - 1];
        index = 1;
      }
    }
    key[0] = 0x80000000 | 0;
    this.position = stateLength;
  }

  getState(): Mt19937State {
    return { key: new Uint32Array(this.key), position: this.position };
  }

  setState(state: Mt19937State, fresh = false): void {
    this.key.set(state.key);
    this.position = state.position;
    this.untouched = fresh;
    if (this.position < stateLength) this.temper();
  }

  /** The next 32 bits, read as a signed integer. */
  nextInt32(): number {
    if (this.position >= stateLength) this.twist();
    return this.tempered[this.position++];
  }

  /** The next 32 bits, 0 to 2**32 - 1. */
  nextUint32(): number {
    if (this.position >= stateLength) this.twist();
    return this.tempered[this.position++] >>> 0;
  }

  /** Draws 64 bits into `low` and `high`, the high half first. */
  next64(): void {
    this.high = this.nextInt32();
    this.low = this.nextInt32();
  }

  /** A double in [0, 1) of 53 bits from two words, the larger part first: `genrand_res53` of the reference. */
  nextDouble(): number {
    const high = this.nextInt32() >>> 5;
    const low = this.nextInt32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** Fills `out[start .. start + count)` with `nextDouble`. */
  fillDouble(out: Float64Array, start: number, count: number): void {
    const tempered = this.tempered;
    const end = start + count;
    let index = start;
    while (index < end) {
      const available = (stateLength - this.position) >> 1;
      if (available === 0) {
        out[index++] = this.nextDouble();
        continue;
      }
      const stop = Math.min(end, index + available);
      let position = this.position;
      for (; index < stop; index++) {
        out[index] = ((tempered[position] >>> 5) * 67108864 + (tempered[position + 1] >>> 6)) / 9007199254740992;
        position += 2;
      }
      this.position = position;
    }
  }

  /** Fills `out[start .. start + count)` with raw words. */
  fillWords(out: Int32Array | Uint32Array, start: number, count: number): void {
    let index = start;
    let left = count;
    while (left > 0) {
      if (this.position >= stateLength) this.twist();
      const step = Math.min(left, stateLength - this.position);
      out.set(this.tempered.subarray(this.position, this.position + step), index);
      this.position += step;
      index += step;
      left -= step;
    }
  }

  private twist(): void {
    const key = this.key;
    let index = 0;
    let current = key[0];
    for (; index < stateLength - middle; index++) {
      const next = key[index + 1];
      key[index] = key[index + middle] ^ mix(current, next);
      current = next;
    }
    for (; index < stateLength - 1; index++) {
      const next = key[index + 1];
      key[index] = key[index + middle - stateLength] ^ mix(current, next);
      current = next;
    }
    key[stateLength - 1] = key[middle - 1] ^ mix(current, key[0]);
    this.temper();
    this.position = 0;
    this.untouched = false;
  }

  private temper(): void {
    const key = this.key;
    const tempered = this.tempered;
    for (let index = 0; index < stateLength; index++) {
      let word = key[index];
      word ^= word >>> 11;
      word ^= (word << 7) & 0x9d2c5680;
      word ^= (word << 15) & 0xefc60000;
      word ^= word >>> 18;
      tempered[index] = word;
    }
  }
}

/** One step of the twist: the top bit of `current` and the rest of `next`, shifted, times the matrix. */
function mix(current: number, next: number): number {
  const joined = (current & 0x80000000) | (next & 0x7fffffff);
  return (joined >>> 1) ^ (-(next & 1) & 0x9908b0df);
}
