/**
 * The stream of NumPy's `np.random.Generator`, as `np.random.default_rng` makes it over PCG64: the same numbers to the bit.
 *
 * Samplers fill `out[start .. start + count)`; float32 arrays get the float32 streams.
 */
import { ValueError } from '../core/errors.ts';
import { lemireInterval, maskedInterval } from './bitSource.ts';
import type { BitStream } from './bitSource.ts';
import { fillIntegers } from './boundedIntegers.ts';
import type { IntegerName, IntegerOutput } from './boundedIntegers.ts';
import { generatorChoiceMessages, pickWithProbabilities, validateProbabilities } from './choice.ts';
import type { Deviates, FloatDeviates } from './deviates.ts';
import { identity, littleEndianBytes } from './indices.ts';
import { log1p } from './math.ts';
import { Pcg64 } from './pcg64.ts';
import type { EntropyInput, SeedSequence } from './seedSequence.ts';
import { exponentialZiggurat, normalZiggurat } from './ziggurat.ts';

const fround = Math.fround;
const floatScale = 2 ** -24;

const normalTail = 3.654152885361009;
const normalTailInverse = 0.27366123732975828;
const exponentialTail = 7.69711747013105;
const normalTailFloat = fround(normalTail);
const normalTailInverseFloat = fround(normalTailInverse);
const exponentialTailFloat = fround(exponentialTail);

export type FloatOutput = Float64Array | Float32Array;

export class Generator<Bits extends BitStream = Pcg64> implements Deviates, FloatDeviates {
  readonly bit_generator: Bits;

  constructor(bitGenerator: Bits) {
    this.bit_generator = bitGenerator;
  }

  /** Uniform in [0, 1). */
  random(out: FloatOutput, start = 0, count = out.length - start): void {
    const source = this.bit_generator;
    const end = start + count;
    if (out instanceof Float32Array) {
      for (let index = start; index < end; index++) out[index] = (source.nextInt32() >>> 8) * floatScale;
    } else {
      source.fillDouble(out, start, count);
    }
  }

  /** Integers of [low, high), or [low, high] with `endpoint`. For 64-bit dtypes `start` and `count` are elements. */
  integers(
    low: number | bigint, high: number | bigint, dtype: IntegerName, endpoint: boolean, out: IntegerOutput,
    start: number, count: number,
  ): void {
    fillIntegers(this.bit_generator, false, dtype, low, high, endpoint, out, start, count);
  }

  standardNormal(out: FloatOutput, start = 0, count = out.length - start): void {
    const end = start + count;
    if (out instanceof Float32Array) {
      for (let index = start; index < end; index++) out[index] = this.nextNormalFloat();
    } else {
      for (let index = start; index < end; index++) out[index] = this.nextNormal();
    }
  }

  /** `method` 'inv' is the inverse of the distribution function in place of the ziggurat. */
  standardExponential(out: FloatOutput, start = 0, count = out.length - start, method: 'zig' | 'inv' = 'zig'): void {
    const end = start + count;
    if (method === 'inv') {
      this.random(out, start, count);
      for (let index = start; index < end; index++) out[index] = -log1p(-out[index]);
    } else if (out instanceof Float32Array) {
      for (let index = start; index < end; index++) out[index] = this.nextExponentialFloat();
    } else {
      for (let index = start; index < end; index++) out[index] = this.nextExponential();
    }
  }

  bytes(length: number): Uint8Array {
    const words = new Uint32Array(Math.ceil(length / 4));
    this.integers(0, 4294967296, 'uint32', false, words, 0, words.length);
    return littleEndianBytes(words, length);
  }

  /** Shuffles `items[0 .. length)` in place, as `shuffle` does with anything of that many rows. */
  shuffle(items: { [index: number]: unknown; readonly length: number }): void {
    for (let index = items.length - 1; index > 0; index--) {
      const other = maskedInterval(this.bit_generator, index);
      const item = items[index];
      items[index] = items[other];
      items[other] = item;
    }
  }

  /** `permutation(n)`; also the order that `permutation` and `shuffle` give an array of n rows, along any axis. */
  permutation(n: number): Int32Array {
    const order = identity(n);
    this.shuffle(order);
    return order;
  }

  /** Indices that `choice` picks out of `population`. `tolerance` is sqrt(eps) of p's dtype where above float64's. */
  choice(
    population: number, size: number, replace: boolean, p?: ArrayLike<number>, shuffle = true, tolerance?: number,
  ): Int32Array {
    if (population <= 0 && size !== 0) throw new ValueError('a must be a positive integer unless no samples are taken');
    if (p !== undefined) validateProbabilities(p, population, generatorChoiceMessages, tolerance);
    if (!replace && size > population) {
      throw new ValueError('Cannot take a larger sample than population when replace is False');
    }
    if (size < 0) throw new ValueError('negative dimensions are not allowed');
    if (p !== undefined) return pickWithProbabilities(p, size, replace, (out) => this.random(out));
    if (replace) {
      const out = new Int32Array(size);
      if (size > 0) this.integers(0, population, 'int32', false, out, 0, size);
      return out;
    }
    if (population > 10000 && size > Math.floor(population / (shuffle ? 50 : 20))) {
      const order = identity(population);
      this.shuffleTail(order, Math.max(population - size, 1));
      return order.slice(population - size);
    }
    return this.sampleByFloyd(population, size, shuffle);
  }

  /** Floyd's algorithm: one draw to each pick, none twice. */
  private sampleByFloyd(population: number, size: number, shuffle: boolean): Int32Array {
    const out = new Int32Array(size);
    const taken = new Set<number>();
    for (let last = population - size; last < population; last++) {
      let pick = lemireInterval(this.bit_generator, last);
      if (taken.has(pick)) pick = last;
      taken.add(pick);
      out[last - population + size] = pick;
    }
    if (shuffle) this.shuffleTail(out, 1);
    return out;
  }

  /** Fisher-Yates from the end down to `first`. */
  private shuffleTail(items: Int32Array, first: number): void {
    for (let index = items.length - 1; index >= first; index--) {
      const other = lemireInterval(this.bit_generator, index);
      const item = items[other];
      items[other] = items[index];
      items[index] = item;
    }
  }

  nextDouble(): number {
    return this.bit_generator.nextDouble();
  }

  nextNormal(): number {
    const source = this.bit_generator;
    const { w, f, k } = normalZiggurat();
    for (;;) {
      source.next64();
      const low = source.low;
      const layer = low & 0xff;
      const size = (source.high & 0x1fffffff) * 8388608 + (low >>> 9);
      const x = low & 0x100 ? -size * w[layer] : size * w[layer];
      if (size < k[layer]) return x;
      if (layer > 0) {
        if ((f[layer - 1] - f[layer]) * source.nextDouble() + f[layer] < Math.exp(-0.5 * x * x)) return x;
        continue;
      }
      for (;;) {
        const beyond = -normalTailInverse * log1p(-source.nextDouble());
        const height = -log1p(-source.nextDouble());
        if (height + height > beyond * beyond) return low & 0x20000 ? -(normalTail + beyond) : normalTail + beyond;
      }
    }
  }

  nextNormalFloat(): number {
    const source = this.bit_generator;
    const { wFloat, fFloat, kFloat } = normalZiggurat();
    for (;;) {
      const word = source.nextInt32();
      const layer = word & 0xff;
      const size = word >>> 9;
      const x = word & 0x100 ? -fround(size * wFloat[layer]) : fround(size * wFloat[layer]);
      if (size < kFloat[layer]) return x;
      if (layer > 0) {
        const span = fround(fround(fFloat[layer - 1] - fFloat[layer]) * this.nextFloat());
        if (fround(span + fFloat[layer]) < Math.exp(-0.5 * x * x)) return x;
        continue;
      }
      for (;;) {
        const beyond = fround(-normalTailInverseFloat * fround(log1p(-this.nextFloat())));
        const height = -fround(log1p(-this.nextFloat()));
        if (fround(height + height) > fround(beyond * beyond)) {
          const value = fround(normalTailFloat + beyond);
          return word & 0x20000 ? -value : value;
        }
      }
    }
  }

  nextExponential(): number {
    const source = this.bit_generator;
    const { w, f, k } = exponentialZiggurat();
    for (;;) {
      source.next64();
      const layer = (source.low >>> 3) & 0xff;
      const size = (source.high >>> 0) * 2097152 + (source.low >>> 11);
      const x = size * w[layer];
      if (size < k[layer]) return x;
      if (layer === 0) return exponentialTail - log1p(-source.nextDouble());
      if ((f[layer - 1] - f[layer]) * source.nextDouble() + f[layer] < Math.exp(-x)) return x;
    }
  }

  nextExponentialFloat(): number {
    const source = this.bit_generator;
    const { wFloat, fFloat, kFloat } = exponentialZiggurat();
    for (;;) {
      const word = source.nextInt32();
      const layer = (word >>> 1) & 0xff;
      const size = word >>> 9;
      const x = fround(size * wFloat[layer]);
      if (size < kFloat[layer]) return x;
      if (layer === 0) return fround(exponentialTailFloat - fround(log1p(-this.nextFloat())));
      const span = fround(fround(fFloat[layer - 1] - fFloat[layer]) * this.nextFloat());
      if (fround(span + fFloat[layer]) < fround(Math.exp(-x))) return x;
    }
  }

  nextFloat(): number {
    return (this.bit_generator.nextInt32() >>> 8) * floatScale;
  }
}

/** `np.random.default_rng`. A generator is passed through. */
export function defaultRng(seed?: EntropyInput | SeedSequence | Pcg64 | Generator | null): Generator {
  if (seed instanceof Generator) return seed;
  return new Generator(seed instanceof Pcg64 ? seed : new Pcg64(seed));
}
