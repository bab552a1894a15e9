import type { SeedSequence } from './seedSequence.ts';
import { Words64, valuesOf, wordsOf } from './words64.ts';

/** Chris Doty-Humphrey's small fast chaotic generator of 64 bits: three words that mix, and a counter. */
export class Sfc64 extends Words64 {
  private readonly words: Int32Array;

  constructor(sequence: SeedSequence) {
    super();
    this.words = wordsOf([...sequence.generateState64(3), 1n]);
    for (let round = 0; round < 12; round++) this.next64();
  }

  get state(): bigint[] {
    return valuesOf(this.words);
  }

  set state(values: readonly bigint[]) {
    this.words.set(wordsOf(values));
  }

  next64(): void {
    const { words } = this;
    const b0 = words[2];
    const b1 = words[3];
    const c0 = words[4];
    const c1 = words[5];
    const counter = words[6];
    const sum = (words[0] >>> 0) + (b0 >>> 0) + (counter >>> 0);
    const low = sum | 0;
    const high = (words[1] + b1 + words[7] + Math.floor(sum * 2.3283064365386963e-10)) | 0;
    words[6] = counter + 1;
    if (words[6] === 0) words[7]++;
    words[0] = b0 ^ (b0 >>> 11 | b1 << 21);
    words[1] = b1 ^ b1 >>> 11;
    const tripled = (c0 >>> 0) + ((c0 << 3) >>> 0);
    words[2] = tripled;
    words[3] = c1 + (c1 << 3 | c0 >>> 29) + (tripled > 4294967295 ? 1 : 0);
    const turned = ((c0 << 24 | c1 >>> 8) >>> 0) + (low >>> 0);
    words[4] = turned;
    words[5] = (c1 << 24 | c0 >>> 8) + high + (turned > 4294967295 ? 1 : 0);
    this.low = low;
    this.high = high;
  }
}
