import type { Scalar } from '../../core/complex.ts';
import { cpu } from '../../core/device.ts';
import { uint32 } from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { fromTyped } from '../../ops/creation.ts';
import type { LegacySeed } from '../../random/legacy.ts';
import { LegacyRandomState } from '../../random/legacy.ts';
import type { ArrayLike as Operand, Item } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { bind, checkOptions } from '../arguments/options.ts';
import type { ChoiceStyle, Shufflable } from './arrays.ts';
import { chosen, drawBytes, permutationIndexError, permuted, shuffleInPlace } from './arrays.ts';
import { readKey } from './bitGenerators.ts';
import type { Sampler, Sampler1, Sampler2, Size } from './draw.ts';
import { drawFamily, drawStandard, familiesOf } from './draw.ts';
import type { IntegersCaller } from './integers.ts';
import { drawIntegers } from './integers.ts';

/** An integer or integers below 2^32. */
export type RandomSeed = LegacySeed | ndarray;

/** Python's tuple of a stream's state: name, key, position, whether a normal number is left over, and that number. */
export type StateTuple = [bit_generator: 'MT19937', key: ndarray, pos: number, has_gauss: number, cached_gaussian: number];

/** The same by name. */
export interface StateRecord {
  readonly bit_generator: 'MT19937';
  readonly state: { readonly key: ndarray; readonly pos: number };
  readonly has_gauss: number;
  readonly gauss: number;
}

export interface RandintOptions<S = Size | null> {
  high?: Operand | null;
  size?: S;
  /** int64 unless given: an integer dtype or bool. */
  dtype?: DTypeLike | null;
}

export interface ChoiceOptions {
  size?: Size | null;
  /** Whether one element may come more than once; true unless given. */
  replace?: boolean;
  /** The probability of each; all the same unless given. */
  p?: Operand | null;
}

/** The system's entropy is asked for at the first number, not when a module is loaded. */
const seedOf = (seed: RandomSeed | null | undefined): LegacySeed | null | undefined => {
  if (!(seed instanceof ndarray)) return seed;
  return seed.tolist() as LegacySeed;
};

/**
 * NumPy's older generator: a Mersenne Twister with its own ways of making numbers, whose streams never change. Without a
 * size a number comes, else an array. Source: numpy.random.RandomState.
 * @example
 * new np.random.RandomState(0).rand(3) // → [0.5488135  0.71518937 0.60276338]
 */
export class RandomState {
  private readonly stream: LegacyRandomState;
  private readonly integersCaller: IntegersCaller;
  private readonly choiceStyle: ChoiceStyle;

  /** Uniform on [low, high), by default [0, 1); bounds may be arrays. Source: numpy.random.RandomState.uniform. */
  readonly uniform: Sampler2<'low', 'high'>;
  /** Normal around loc (0) with standard deviation scale (1); both may be arrays. Source: numpy.random.RandomState.normal. */
  readonly normal: Sampler2<'loc', 'scale'>;
  /** Exponential with mean scale (1), which may be an array. Source: numpy.random.RandomState.exponential. */
  readonly exponential: Sampler1<'scale'>;
  /** Uniform on [0, 1). Source: numpy.random.RandomState.random_sample. */
  readonly random_sample: Sampler;
  /** Another name of random_sample. Source: numpy.random.RandomState.random. */
  readonly random: Sampler;
  /** Normal with mean 0 and standard deviation 1. Source: numpy.random.RandomState.standard_normal. */
  readonly standard_normal: Sampler;
  /** Exponential with mean 1. Source: numpy.random.RandomState.standard_exponential. */
  readonly standard_exponential: Sampler;

  constructor(seed?: RandomSeed | null) {
    const stream = new LegacyRandomState(seedOf(seed));
    this.stream = stream;
    this.integersCaller = {
      name: 'randint', masked: true,
      fill: (low, high, dtype, out, start, count) => stream.randint(low, BigInt(high) + 1n, dtype, out, start, count),
    };
    this.choiceStyle = {
      anyDimension: false,
      notInteger: () => 'a must be 1-dimensional or an integer',
      empty: "'a' cannot be empty unless no samples are taken",
      probabilities: "'p' must be 1-dimensional",
      pick: (population, count, replace, p, tolerance) => stream.choice(population, count, replace, p, tolerance),
    };
    const families = familiesOf(stream, false);
    this.uniform = ((...args: unknown[]) => drawFamily(families.uniform, args)) as Sampler2<'low', 'high'>;
    this.normal = ((...args: unknown[]) => drawFamily(families.normal, args)) as Sampler2<'loc', 'scale'>;
    this.exponential = ((...args: unknown[]) => drawFamily(families.exponential, args)) as Sampler1<'scale'>;
    const plain = (name: string, fill: (out: Float64Array) => void): Sampler => ((...args: unknown[]) =>
      drawStandard(bind<{ size?: Size | null }>(name, ['size'], args).size, fill)) as Sampler;
    this.random_sample = plain('random_sample', (out) => stream.randomSample(out));
    this.random = plain('random', (out) => stream.randomSample(out));
    this.standard_normal = plain('standard_normal', (out) => stream.standardNormal(out));
    this.standard_exponential = plain('standard_exponential', (out) => stream.standardExponential(out));
  }

  /** Starts the stream of a seed, of the system's entropy where there is none. Source: numpy.random.RandomState.seed. */
  seed(seed?: RandomSeed | null): void {
    this.stream.seed(seedOf(seed));
  }

  /** The state as Python's tuple, or by name with `legacy: false`. Source: numpy.random.RandomState.get_state. */
  get_state(options?: { legacy?: true }): StateTuple;
  get_state(options: { legacy: false }): StateRecord;
  get_state(options: { legacy?: boolean } = {}): StateTuple | StateRecord {
    checkOptions('get_state', options, ['legacy']);
    const { key, pos, has_gauss, cached_gaussian } = this.stream.get_state();
    const words = fromTyped(ndarray, key, [key.length], uint32, cpu);
    return options.legacy === false
      ? { bit_generator: 'MT19937', state: { key: words, pos }, has_gauss, gauss: cached_gaussian }
      : ['MT19937', words, pos, has_gauss, cached_gaussian];
  }

  /** Goes on from a state that get_state gave. Source: numpy.random.RandomState.set_state. */
  set_state(state: StateRecord | readonly unknown[]): void {
    if (typeof state !== 'object' || state === null) throw new TypeError('state must be a dict or a tuple.');
    const record = Array.isArray(state)
      ? { bit_generator: state[0], state: { key: state[1], pos: state[2] }, has_gauss: state[3] ?? 0, gauss: state[4] ?? 0 }
      : state as StateRecord;
    if (record.bit_generator !== 'MT19937') {
      throw new ValueError('set_state can only be used with legacy MT19937 state instances.');
    }
    if (typeof record.state !== 'object' || record.state === null || record.state.key === undefined) {
      throw new ValueError('state dictionary is not valid.');
    }
    const { key, position } = readKey(record.state.key as ndarray, record.state.pos as number);
    this.stream.set_state({
      bit_generator: 'MT19937', key, pos: position, has_gauss: Number(record.has_gauss), cached_gaussian: Number(record.gauss),
    });
  }

  /** Uniform on [0, 1) in an array of the given extents; a number without any. Source: numpy.random.RandomState.rand. */
  rand(): number;
  rand(...extents: readonly [number, ...number[]]): ndarray;
  rand(...extents: readonly number[]): number | ndarray;
  rand(...extents: readonly number[]): number | ndarray {
    return drawStandard(extentsOf('rand', extents), (out) => this.stream.randomSample(out));
  }

  /** Standard normal in an array of the given extents; a number without any. Source: numpy.random.RandomState.randn. */
  randn(): number;
  randn(...extents: readonly [number, ...number[]]): ndarray;
  randn(...extents: readonly number[]): number | ndarray;
  randn(...extents: readonly number[]): number | ndarray {
    return drawStandard(extentsOf('randn', extents), (out) => this.stream.standardNormal(out));
  }

  /**
   * Integers from low up to, but without, high; from 0 to low where high is left out. Bounds may be arrays; where one is a
   * bigint, a single number comes as a bigint. Throws a ValueError where the range is empty or the dtype too small.
   * Source: numpy.random.RandomState.randint.
   * @example
   * new np.random.RandomState(0).randint(10, { size: 5 }) // → [5 0 3 3 7]
   */
  randint(low: number, high?: number | null, size?: null): number;
  randint(low: bigint, high?: bigint | null, size?: null): bigint;
  randint(low: Operand, high: Operand | null | undefined, size: Size, dtype?: DTypeLike | null): ndarray;
  randint(low: Operand, high: Operand | null | undefined, size: Size, options: { dtype?: DTypeLike | null }): ndarray;
  randint(low: Operand, high: Operand, options: RandintOptions<Size> & { size: Size }): ndarray;
  randint(low: Operand, options: RandintOptions<Size> & { size: Size }): ndarray;
  randint(...args: readonly (Operand | Size | DTypeLike | RandintOptions | { low: Operand } | null | undefined)[]): Item | bigint | ndarray;
  randint(...args: readonly unknown[]): Item | bigint | ndarray {
    return drawIntegers(this.integersCaller, bind('randint', ['low', 'high', 'size', 'dtype'], args));
  }

  /** Random bytes. Source: numpy.random.RandomState.bytes. */
  bytes(length: number): Uint8Array {
    return drawBytes(this.stream, length);
  }

  /**
   * The numbers below an integer in a random order, or an array whose rows are in a random order. Source:
   * numpy.random.RandomState.permutation.
   * @example
   * new np.random.RandomState(0).permutation(5) // → [2 0 1 3 4]
   */
  permutation(x: Operand): ndarray {
    if (x === undefined) throw new TypeError("permutation() missing 1 required positional argument: 'x'");
    return permuted(this.stream, x, 0, permutationIndexError);
  }

  /** Puts the rows of an array, or a list's items, in a random order, in place. Source: numpy.random.RandomState.shuffle. */
  shuffle(x: Shufflable): void {
    shuffleInPlace(this.stream, x, 0);
  }

  /**
   * Elements picked from an array of one axis, or from the numbers below an integer. Source:
   * numpy.random.RandomState.choice.
   * @example
   * new np.random.RandomState(0).choice([10, 20, 30], 4, { p: [0.5, 0.25, 0.25] }) // → [20 20 20 20]
   */
  choice(a: number, size?: null): number;
  choice(a: Operand, size: Size, replace?: boolean, p?: Operand | null): ndarray;
  choice(a: Operand, size: Size, options: ChoiceOptions): ndarray;
  choice(a: Operand, options: ChoiceOptions & { size: Size }): ndarray;
  choice(a: Operand, ...args: readonly (Size | boolean | Operand | ChoiceOptions | null | undefined)[]): Scalar | ndarray;
  choice(...args: readonly unknown[]): Scalar | ndarray {
    return chosen(this.choiceStyle, bind('choice', ['a', 'size', 'replace', 'p'], args));
  }

  toString(): string {
    return 'RandomState(MT19937)';
  }
}

/** The extents of `rand(2, 3)` as a size; null where there are none. */
function extentsOf(name: string, extents: readonly unknown[]): readonly number[] | null {
  for (const extent of extents) {
    if (typeof extent === 'number') continue;
    if (typeof extent === 'object' && extent !== null && !Array.isArray(extent)) checkOptions(name, extent, []);
    throw new TypeError(`${Array.isArray(extent) ? "'list'" : `'${typeof extent}'`} object cannot be interpreted as an integer: `
      + `${name} takes the extents one by one`);
  }
  return extents.length === 0 ? null : extents as readonly number[];
}
