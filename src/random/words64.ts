import type { BitStream } from './bitSource.ts';

/** What is kept of a number of 64 bits of which half was drawn, as states have it. */
export interface KeptWord {
  readonly has_uint32: number;
  readonly uinteger: number;
}

/** A generator that makes 64 bits at a time: two of its numbers of 32 bits are the halves of one of those. */
export abstract class Words64 implements BitStream {
  readonly rawBits = 64;
  /** The low and high half of the number that `next64` drew last, as signed integers. */
  low = 0;
  high = 0;
  /** Whether the high half of a number is to come as 32 bits, and the half that was kept last. */
  protected hasKept = false;
  protected kept = 0;

  abstract next64(): void;

  get keptWord(): KeptWord {
    return { has_uint32: this.hasKept ? 1 : 0, uinteger: this.kept >>> 0 };
  }

  set keptWord({ has_uint32, uinteger }: KeptWord) {
    this.hasKept = has_uint32 !== 0;
    this.kept = uinteger | 0;
  }

  protected forget(): void {
    this.hasKept = false;
    this.kept = 0;
  }

  nextInt32(): number {
    if (this.hasKept) {
      this.hasKept = false;
      return this.kept;
    }
    this.next64();
    this.hasKept = true;
    this.kept = this.high;
    return this.low;
  }

  nextDouble(): number {
    this.next64();
    return ((this.high >>> 0) * 2097152 + (this.low >>> 11)) * 1.1102230246251565e-16;
  }

  fillDouble(out: Float64Array, start: number, count: number): void {
    for (let index = start; index < start + count; index++) out[index] = this.nextDouble();
  }
}

/** The words of integers of 64 bits, least significant first. */
export function wordsOf(values: readonly bigint[]): Int32Array {
  return new Int32Array(BigUint64Array.from(values).buffer);
}

/** The integers of 64 bits of such words. */
export function valuesOf(words: Int32Array): bigint[] {
  return Array.from({ length: words.length / 2 }, (_, index) =>
    (BigInt(words[2 * index + 1] >>> 0) << 32n) | BigInt(words[2 * index] >>> 0));
}
