/**
 * NumPy's legacy random stream (`np.random.seed`, `np.random.RandomState`): the same numbers to the bit.
 *
 * Samplers fill `out[start .. start + count)`. Location and scale are scalars; for arrays of them, fill with the
 * standard form and apply `low + range * u`, `loc + scale * z` or `scale * e`, which is what NumPy computes.
 */
import { OverflowError, ValueError, listOf } from '../core/errors.ts';
import { maskedInterval } from './bitSource.ts';
import { fillIntegers } from './boundedIntegers.ts';
import type { IntegerName, IntegerOutput } from './boundedIntegers.ts';
import { legacyChoiceMessages, pickWithProbabilities, validateProbabilities } from './choice.ts';
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

export class LegacyRandomState {
  private readonly engine = new Mt19937();
  private hasGauss = false;
  private gauss = 0;

  constructor(seed?: LegacySeed | null) {
    this.seed(seed);
  }

  /** `np.random.seed`: an integer or a sequence of integers of 32 bits; without one, from the system's entropy. */
  seed(seed?: LegacySeed | null): void {
    if (seed === undefined || seed === null) {
      this.engine.seedByArray(globalThis.crypto.getRandomValues(new Uint32Array(624)));
    } else if (typeof seed === 'number' || typeof seed === 'bigint') {
      if (typeof seed === 'number' && !Number.isInteger(seed)) throw seedCastError('scalar');
      if (seed < 0 || seed > 4294967295) throw new ValueError(seedMessage);
      this.engine.seed(Number(seed));
    } else {
      const words = listOf(seed as unknown as Iterable<number | bigint>);
      if (words.length === 0) throw new ValueError('Seed must be non-empty');
      if (words.some((word) => typeof word !== 'bigint' && !Number.isInteger(word))) throw seedCastError('array data');
      if (words.some((word) => word < 0 || word > 4294967295)) throw new ValueError(seedMessage);
      this.engine.seedByArray(words.map(Number));
    }
    this.hasGauss = false;
    this.gauss = 0;
  }

  get_state(): LegacyState {
    const { key, position } = this.engine.getState();
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
    this.engine.setState({ key: state.key, position: state.pos });
    this.hasGauss = state.has_gauss !== 0;
    this.gauss = state.cached_gaussian;
  }

  /** `random_sample`, `rand`: uniform in [0, 1). */
  randomSample(out: Float64Array, start = 0, count = out.length - start): void {
    this.engine.fillDouble(out, start, count);
  }

  uniform(low: number, high: number, out: Float64Array, start = 0, count = out.length - start): void {
    const range = high - low;
    if (!Number.isFinite(range)) throw new OverflowError('Range exceeds valid bounds');
    this.engine.fillDouble(out, start, count);
    for (let index = start; index < start + count; index++) out[index] = low + range * out[index];
  }

  /** `standard_normal`, `randn`. */
  standardNormal(out: Float64Array, start = 0, count = out.length - start): void {
    const end = start + count;
    for (let index = start; index < end; index++) out[index] = this.nextGauss();
  }

  normal(loc: number, scale: number, out: Float64Array, start = 0, count = out.length - start): void {
    if (scale < 0 || Object.is(scale, -0)) throw new ValueError('scale < 0');
    const end = start + count;
    for (let index = start; index < end; index++) out[index] = loc + scale * this.nextGauss();
  }

  standardExponential(out: Float64Array, start = 0, count = out.length - start): void {
    this.engine.fillDouble(out, start, count);
    for (let index = start; index < start + count; index++) out[index] = -log(1 - out[index]);
  }

  exponential(scale: number, out: Float64Array, start = 0, count = out.length - start): void {
    if (scale < 0 || Object.is(scale, -0)) throw new ValueError('scale < 0');
    this.engine.fillDouble(out, start, count);
    for (let index = start; index < start + count; index++) out[index] = scale * -log(1 - out[index]);
  }

  /** `randint`: integers of [low, high). For 64-bit dtypes `start` and `count` are elements, whatever `out` is. */
  randint(
    low: number | bigint, high: number | bigint, dtype: IntegerName, out: IntegerOutput, start: number, count: number,
  ): void {
    fillIntegers(this.engine, true, dtype, low, high, false, out, start, count);
  }

  /** Random bytes. */
  bytes(length: number): Uint8Array {
    const words = new Uint32Array(Math.ceil(length / 4));
    this.engine.fillWords(words, 0, words.length);
    return littleEndianBytes(words, length);
  }

  /** Shuffles `items[0 .. length)` in place, as `shuffle` does with anything of that many rows. */
  shuffle(items: { [index: number]: unknown; readonly length: number }): void {
    for (let index = items.length - 1; index > 0; index--) {
      const other = maskedInterval(this.engine, index);
      const item = items[index];
      items[index] = items[other];
      items[other] = item;
    }
  }

  /** `permutation(n)`; also the row order that `permutation(array)` and `shuffle(array)` give an array of n rows. */
  permutation(n: number): Int32Array {
    const order = identity(n);
    for (let index = n - 1; index > 0; index--) {
      const other = maskedInterval(this.engine, index);
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
    if (size > 0) fillIntegers(this.engine, true, 'int32', 0, population, false, out, 0, size);
    return out;
  }

  private nextGauss(): number {
    if (this.hasGauss) {
      this.hasGauss = false;
      return this.gauss;
    }
    const engine = this.engine;
    let x1: number;
    let x2: number;
    let square: number;
    do {
      x1 = 2 * engine.nextDouble() - 1;
      x2 = 2 * engine.nextDouble() - 1;
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
