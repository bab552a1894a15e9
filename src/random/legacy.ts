/**
 * NumPy's legacy random stream (`np.random.seed`, `np.random.RandomState`): the same numbers to the bit.
 *
 * Samplers fill `out[start .. start + count)`.
 */
import { ValueError, listOf } from '../core/errors.ts';
import { maskedInterval } from './bitSource.ts';
import type { BitStream } from './bitSource.ts';
import { fillIntegers } from './boundedIntegers.ts';
import type { IntegerName, IntegerOutput } from './boundedIntegers.ts';
import { legacyChoiceMessages, pickWithProbabilities, validateProbabilities } from './choice.ts';
import type { Deviates } from './deviates.ts';
import { identity, littleEndianBytes } from './indices.ts';
import { log } from './math.ts';
import { Mt19937 } from './mt19937.ts';

export type LegacySeed = number | bigint | ArrayLike<number | bigint>;

export interface LegacyState {
  bit_generator: 'MT19937';
  key: Uint32Array;
  pos: number;
  has_gauss: number;
  cached_gaussian: number;
}

const seedMessage = 'Seed must be between 0 and 2**32 - 1';

const isStream = (value: unknown): value is BitStream => typeof value === 'object' && value !== null && 'next64' in value;

export class LegacyRandomState implements Deviates {
  /** A Mersenne Twister, unless another was given. */
  readonly bit_generator: BitStream;
  private hasGauss = false;
  private gauss = 0;

  constructor(seed?: LegacySeed | BitStream | null) {
    if (isStream(seed)) {
      this.bit_generator = seed;
    } else {
      this.bit_generator = new Mt19937();
      this.seed(seed);
    }
  }

  private get twister(): Mt19937 {
    const { bit_generator } = this;
    if (!(bit_generator instanceof Mt19937)) throw new TypeError('can only re-seed a MT19937 BitGenerator');
    return bit_generator;
  }

  /** The normal number that is left over from the last pair, or null. */
  get leftOver(): number | null {
    return this.hasGauss ? this.gauss : null;
  }

  set leftOver(value: number | null) {
    this.hasGauss = value !== null;
    this.gauss = value ?? 0;
  }

  /** `np.random.seed`: an integer or a sequence of integers of 32 bits; without one, from the system's entropy. */
  seed(seed?: LegacySeed | null): void {
    const { twister } = this;
    if (seed === undefined || seed === null) {
      twister.seedByArray(globalThis.crypto.getRandomValues(new Uint32Array(624)));
    } else if (typeof seed === 'number' || typeof seed === 'bigint') {
      if (typeof seed === 'number' && !Number.isInteger(seed)) throw seedCastError('scalar');
      if (seed < 0 || seed > 4294967295) throw new ValueError(seedMessage);
      twister.seed(Number(seed));
    } else {
      const words = listOf(seed as unknown as Iterable<number | bigint>);
      if (words.length === 0) throw new ValueError('Seed must be non-empty');
      if (words.some((word) => typeof word !== 'bigint' && !Number.isInteger(word))) throw seedCastError('array data');
      if (words.some((word) => word < 0 || word > 4294967295)) throw new ValueError(seedMessage);
      twister.seedByArray(words.map(Number));
    }
    this.hasGauss = false;
    this.gauss = 0;
  }

  get_state(): LegacyState {
    const { key, position } = this.twister.getState();
    return {
      bit_generator: 'MT19937',
      key,
      pos: position,
      has_gauss: this.hasGauss ? 1 : 0,
      cached_gaussian: this.hasGauss ? this.gauss : 0,
    };
  }

  set_state(state: LegacyState): void {
    if (state.bit_generator !== 'MT19937') {
      throw new ValueError('set_state can only be used with legacy MT19937 state instances.');
    }
    if (state.key.length !== 624) throw new ValueError('state must contain 624 words');
    if (!(state.pos >= 0 && state.pos <= 624)) throw new ValueError('pos must be between 0 and 624');
    this.twister.setState({ key: state.key, position: state.pos });
    this.hasGauss = state.has_gauss !== 0;
    this.gauss = state.cached_gaussian;
  }

  /** `random_sample`, `rand`: uniform in [0, 1). */
  randomSample(out: Float64Array, start = 0, count = out.length - start): void {
    this.bit_generator.fillDouble(out, start, count);
  }

  /** `standard_normal`, `randn`. */
  standardNormal(out: Float64Array, start = 0, count = out.length - start): void {
    const end = start + count;
    for (let index = start; index < end; index++) out[index] = this.nextNormal();
  }

  standardExponential(out: Float64Array, start = 0, count = out.length - start): void {
    this.bit_generator.fillDouble(out, start, count);
    for (let index = start; index < start + count; index++) out[index] = -log(1 - out[index]);
  }

  /** `randint`: integers of [low, high). For 64-bit dtypes `start` and `count` are elements, whatever `out` is. */
  randint(
    low: number | bigint, high: number | bigint, dtype: IntegerName, out: IntegerOutput, start: number, count: number,
  ): void {
    fillIntegers(this.bit_generator, true, dtype, low, high, false, out, start, count);
  }

  /** Random bytes. */
  bytes(length: number): Uint8Array {
    const words = new Uint32Array(Math.ceil(length / 4));
    for (let index = 0; index < words.length; index++) words[index] = this.bit_generator.nextInt32();
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

  /** `permutation(n)`; also the row order that `permutation(array)` and `shuffle(array)` give an array of n rows. */
  permutation(n: number): Int32Array {
    const order = identity(n);
    for (let index = n - 1; index > 0; index--) {
      const other = maskedInterval(this.bit_generator, index);
      const item = order[index];
      order[index] = order[other];
      order[other] = item;
    }
    return order;
  }

  /** Indices that `choice` picks out of `population`. */
  choice(population: number, size: number, replace: boolean, p?: ArrayLike<number>, tolerance?: number): Int32Array {
    if (population <= 0 && size !== 0) throw new ValueError('a must be greater than 0 unless no samples are taken');
    if (p !== undefined) validateProbabilities(p, population, legacyChoiceMessages, tolerance);
    if (!replace && size > population) {
      throw new ValueError("Cannot take a larger sample than population when 'replace=False'");
    }
    if (p !== undefined) {
      return pickWithProbabilities(p, size, replace, (out) => this.randomSample(out));
    }
    if (!replace) return this.permutation(population).slice(0, size);
    const out = new Int32Array(size);
    if (size > 0) fillIntegers(this.bit_generator, true, 'int32', 0, population, false, out, 0, size);
    return out;
  }

  nextDouble(): number {
    return this.bit_generator.nextDouble();
  }

  nextExponential(): number {
    return -log(1 - this.bit_generator.nextDouble());
  }

  nextNormal(): number {
    if (this.hasGauss) {
      this.hasGauss = false;
      return this.gauss;
    }
    const bits = this.bit_generator;
    let x1: number;
    let x2: number;
    let square: number;
    do {
      x1 = 2 * bits.nextDouble() - 1;
      x2 = 2 * bits.nextDouble() - 1;
      square = x1 * x1 + x2 * x2;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * log(square)) / square);
    this.gauss = factor * x1;
    this.hasGauss = true;
    return factor * x2;
  }
}

function seedCastError(what: string): TypeError {
  return new TypeError(`Cannot cast ${what} from dtype('float64') to dtype('int64') according to the rule 'safe'`);
}
