import { multiplyWide } from './bitSource.ts';
import { Words64, valuesOf, wordsOf } from './words64.ts';

const mask256 = (1n << 256n) - 1n;

export interface PhiloxState {
  counter: readonly bigint[];
  key: readonly bigint[];
  buffer: readonly bigint[];
  position: number;
}

/** Philox 4x64 of ten rounds: what comes is a function of a key and of a counter, of four numbers of 64 bits at a time. */
export class Philox extends Words64 {
  private readonly counter = new Int32Array(8);
  private readonly key = new Int32Array(4);
  private readonly buffer = new Int32Array(8);
  /** Numbers of the buffer that were drawn. */
  private position = 4;
  private readonly first = new Int32Array(4);
  private readonly second = new Int32Array(4);

  constructor(key: readonly bigint[], counter: readonly bigint[]) {
    super();
    this.key.set(wordsOf(key));
    this.counter.set(wordsOf(counter));
  }

  get state(): PhiloxState {
    return { counter: valuesOf(this.counter), key: valuesOf(this.key), buffer: valuesOf(this.buffer), position: this.position };
  }

  set state({ counter, key, buffer, position }: PhiloxState) {
    this.counter.set(wordsOf(counter));
    this.key.set(wordsOf(key));
    this.buffer.set(wordsOf(buffer));
    this.position = position;
  }

  /** Moves the counter on, of which there are 2^256, each of four numbers. */
  advance(delta: bigint): void {
    const now = valuesOf(this.counter).reduceRight((sum, value) => sum << 64n | value, 0n);
    const next = now + delta & mask256;
    this.counter.set(wordsOf([0n, 64n, 128n, 192n].map((shift) => next >> shift & 0xffffffffffffffffn)));
    this.forget();
    this.position = 4;
    this.buffer.fill(0);
  }

  next64(): void {
    if (this.position === 4) this.refill();
    const at = 2 * this.position++;
    this.low = this.buffer[at];
    this.high = this.buffer[at + 1];
  }

  private refill(): void {
    const { counter, key, buffer, first, second } = this;
    for (let i = 0; i < 8; i++) if (++counter[i] !== 0) break;
    buffer.set(counter);
    let k0 = key[0];
    let k1 = key[1];
    let k2 = key[2];
    let k3 = key[3];
    for (let round = 0; round < 10; round++) {
      multiplyWide(buffer[0], buffer[1], 0xe14c6c93, 0xd2e7470e, first);
      multiplyWide(buffer[4], buffer[5], 0x95121157, 0xca5a8263, second);
      buffer[0] = second[2] ^ buffer[2] ^ k0;
      buffer[1] = second[3] ^ buffer[3] ^ k1;
      buffer[2] = second[0];
      buffer[3] = second[1];
      buffer[4] = first[2] ^ buffer[6] ^ k2;
      buffer[5] = first[3] ^ buffer[7] ^ k3;
      buffer[6] = first[0];
      buffer[7] = first[1];
      // Weyl sequences of the golden section and of √3.
      const low = (k0 >>> 0) + 0x7f4a7c15;
      k0 = low | 0;
      k1 = (k1 + 0x9e3779b9 + (low > 4294967295 ? 1 : 0)) | 0;
      const other = (k2 >>> 0) + 0x84caa73b;
      k2 = other | 0;
      k3 = (k3 + 0xbb67ae85 + (other > 4294967295 ? 1 : 0)) | 0;
    }
    this.position = 0;
  }
}
