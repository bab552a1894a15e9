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
import { isOptions } from '../arguments/options.ts';
import type { AnySignature } from '../arguments/routine.ts';
import { cythonSignature, index } from '../arguments/routine.ts';
import type { ChoiceStyle, Shufflable } from './arrays.ts';
import { chosen, drawBytes, permutationIndexError, permuted, shuffleInPlace } from './arrays.ts';
import { BitGenerator } from './bits/bitGenerator.ts';
import { readKey } from './bits/key.ts';
import { wholeParameter } from './distribution.ts';
import type { Sampler, Size } from './draw.ts';
import { drawStandard } from './draw.ts';
import type { IntegersCaller } from './integers.ts';
import { drawIntegers } from './integers.ts';

/** An integer or integers below 2^32. */
export type RandomSeed = LegacySeed | ndarray;
/** The same, or where the bits are to come from. */
type SeedOrGenerator = RandomSeed | BitGenerator;

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

const declare = (name: string, text: string): AnySignature => cythonSignature(`random.RandomState.${name}`, text);
const samplers = Object.fromEntries(['random_sample', 'random', 'standard_normal', 'standard_exponential'].map((name) =>
  [name, declare(name, 'size=None')]));
const signatures = {
  create: cythonSignature('random.__init__#RandomState', 'seed=None'),
  seed: declare('seed', 'seed=None'),
  get_state: declare('get_state', 'legacy=True'),
  set_state: declare('set_state', 'state'),
  rand: declare('rand', '*args'),
  randn: declare('randn', '*args'),
  randint: declare('randint', "low, high=None, size=None, dtype: Any='int'"),
  bytes: declare('bytes', 'length: int'),
  permutation: declare('permutation', 'x'),
  shuffle: declare('shuffle', 'x'),
  choice: declare('choice', 'a, size=None, replace=True, p=None'),
  random_integers: declare('random_integers', 'low, high=None, size=None'),
};
type Named<Name extends string, Value> = [options: { readonly [N in Name]: Value }];

/** The system's entropy is asked for at the first number, not when a module is loaded. */
const seedOf = (seed: RandomSeed | null | undefined): LegacySeed | null | undefined => {
  const deep = (): ValueError => new ValueError('Seed array must be 1-d');
  if (Array.isArray(seed) && seed.some((each) => Array.isArray(each))) throw deep();
  if (!(seed instanceof ndarray)) return seed;
  const squeezed = seed.squeeze();
  if (squeezed.ndim > 1 && squeezed.size > 0) throw deep();
  return squeezed.tolist() as LegacySeed;
};

/** NumPy's older generator but for most of its distributions: what the functions of np.random share. */
export class StreamState {
  readonly stream: LegacyRandomState;
  /** @internal The bit generator that it was given, or that was made for those who ask for one. */
  generator: BitGenerator | null;
  private readonly integersCaller: IntegersCaller;
  private readonly choiceStyle: ChoiceStyle;

  /** Uniform on [0, 1). Source: numpy.random.RandomState.random_sample. */
  readonly random_sample: Sampler;
  /** Another name of random_sample. Source: numpy.random.RandomState.random. */
  readonly random: Sampler;
  /** Normal with mean 0 and standard deviation 1. Source: numpy.random.RandomState.standard_normal. */
  readonly standard_normal: Sampler;
  /** Exponential with mean 1. Source: numpy.random.RandomState.standard_exponential. */
  readonly standard_exponential: Sampler;

  constructor(...args: [seed?: SeedOrGenerator | null] | [options: { seed?: SeedOrGenerator | null }]) {
    const [seed] = signatures.create.list(args) as [SeedOrGenerator?];
    this.generator = seed instanceof BitGenerator ? seed : null;
    const stream = new LegacyRandomState(seed instanceof BitGenerator ? seed.stream : seedOf(seed));
    this.stream = stream;
    this.integersCaller = {
      declared: signatures.randint, masked: true,
      fill: (low, high, dtype, out, start, count) => stream.randint(low, BigInt(high) + 1n, dtype, out, start, count),
    };
    this.choiceStyle = {
      anyDimension: false,
      notInteger: () => 'a must be 1-dimensional or an integer',
      empty: "'a' cannot be empty unless no samples are taken",
      probabilities: "'p' must be 1-dimensional",
      pick: (population, count, replace, p, tolerance) => stream.choice(population, count, replace, p, tolerance),
    };
    const plain = (name: string, fill: (out: Float64Array) => void): Sampler => ((...given: unknown[]) =>
      drawStandard(samplers[name].list(given)[0] as Size | undefined, fill)) as Sampler;
    this.random_sample = plain('random_sample', (out) => stream.randomSample(out));
    this.random = plain('random', (out) => stream.randomSample(out));
    this.standard_normal = plain('standard_normal', (out) => stream.standardNormal(out));
    this.standard_exponential = plain('standard_exponential', (out) => stream.standardExponential(out));
  }

  private get isTwister(): boolean {
    return this.stream.bit_generator.rawBits === 32;
  }

  /** Starts the stream of a seed, of the system's entropy where there is none. Source: numpy.random.RandomState.seed. */
  seed(...args: [seed?: RandomSeed | null] | [options: { seed?: RandomSeed | null }]): void {
    this.stream.seed(seedOf(signatures.seed.list(args)[0] as RandomSeed | undefined));
  }

  /** The state as Python's tuple, or by name with `legacy: false`. Source: numpy.random.RandomState.get_state. */
  get_state(legacy?: true | { legacy?: true }): StateTuple;
  get_state(legacy: false | { legacy: false }): StateRecord;
  get_state(...args: readonly unknown[]): StateTuple | StateRecord {
    const [legacy] = signatures.get_state.list(args);
    if (!this.isTwister) {
      const gauss = this.stream.leftOver;
      return { ...this.generator!.state, has_gauss: gauss === null ? 0 : 1, gauss: gauss ?? 0 } as unknown as StateRecord;
    }
    const { key, pos, has_gauss, cached_gaussian } = this.stream.get_state();
    const words = fromTyped(ndarray, key, [key.length], uint32, cpu);
    return legacy === false
      ? { bit_generator: 'MT19937', state: { key: words, pos }, has_gauss, gauss: cached_gaussian }
      : ['MT19937', words, pos, has_gauss, cached_gaussian];
  }

  /** Goes on from a state that get_state gave. Source: numpy.random.RandomState.set_state. */
  set_state(...args: [state: StateRecord | readonly unknown[]] | Named<'state', StateRecord | readonly unknown[]>): void {
    // A state is a plain object itself, with a part of that name.
    const state: unknown = isOptions(args[0]) && 'bit_generator' in args[0] ? args[0] : signatures.set_state.list(args)[0];
    if (typeof state !== 'object' || state === null) throw new TypeError('state must be a dict or a tuple.');
    const record = Array.isArray(state)
      ? { bit_generator: state[0], state: { key: state[1], pos: state[2] }, has_gauss: state[3] ?? 0, gauss: state[4] ?? 0 }
      : state as StateRecord;
    if (record.bit_generator !== 'MT19937' && Array.isArray(state)) {
      throw new ValueError('set_state can only be used with legacy MT19937 state instances.');
    }
    if (!('bit_generator' in record && 'state' in record)) throw new ValueError('state dictionary is not valid.');
    const gauss = Number(record.has_gauss ?? 0) === 0 ? null : Number(record.gauss ?? 0);
    if (!this.isTwister) {
      this.generator!.state = record;
      this.stream.leftOver = gauss;
      return;
    }
    if (record.bit_generator !== 'MT19937') throw new ValueError('state must be for a MT19937 PRNG');
    if (typeof record.state !== 'object' || record.state === null || record.state.key === undefined) {
      throw new ValueError('state dictionary is not valid.');
    }
    const { key, position } = readKey(record.state.key as ndarray, record.state.pos as number);
    this.stream.set_state({ bit_generator: 'MT19937', key, pos: position, has_gauss: gauss === null ? 0 : 1, cached_gaussian: gauss ?? 0 });
  }

  /** Uniform on [0, 1) in an array of the given extents; a number without any. Source: numpy.random.RandomState.rand. */
  rand(): number;
  rand(...extents: readonly [number, ...number[]]): ndarray;
  rand(...extents: readonly number[]): number | ndarray;
  rand(...extents: readonly number[]): number | ndarray {
    return drawStandard(extentsOf(signatures.rand, extents), (out) => this.stream.randomSample(out));
  }

  /** Standard normal in an array of the given extents; a number without any. Source: numpy.random.RandomState.randn. */
  randn(): number;
  randn(...extents: readonly [number, ...number[]]): ndarray;
  randn(...extents: readonly number[]): number | ndarray;
  randn(...extents: readonly number[]): number | ndarray {
    return drawStandard(extentsOf(signatures.randn, extents), (out) => this.stream.standardNormal(out));
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
    return drawIntegers(this.integersCaller, args);
  }

  /**
   * Integers from low up to high itself; from 1 to low where high is left out. Randint is the newer name. Source:
   * numpy.random.RandomState.random_integers.
   */
  random_integers(low: number, high?: number | null, size?: null): number;
  random_integers(low: number, high: number | null | undefined, size: Size): ndarray;
  random_integers(low: number, options: { high?: number | null; size: Size }): ndarray;
  random_integers(options: { low: number; high?: number | null; size: Size }): ndarray;
  random_integers(
    ...args: readonly (number | bigint | Size | { high?: number | null; size?: Size | null } | null | undefined)[]
  ): Item | bigint | ndarray;
  random_integers(...args: readonly unknown[]): Item | bigint | ndarray {
    const [low, high, size] = signatures.random_integers.list(args) as [Operand, unknown?, Size?];
    const last = wholeParameter(high ?? low);
    if (typeof last !== 'number') throw new TypeError('only 0-dimensional arrays can be converted to Python scalars');
    return drawIntegers(this.integersCaller, [high === undefined ? 1 : low, last + 1, size]);
  }

  /** Random bytes. Source: numpy.random.RandomState.bytes. */
  bytes(...args: [length: number | bigint] | Named<'length', number | bigint>): Uint8Array {
    return drawBytes(this.stream, signatures.bytes.list(args)[0] as number);
  }

  /**
   * The numbers below an integer in a random order, or an array whose rows are in a random order. Source:
   * numpy.random.RandomState.permutation.
   * @example
   * new np.random.RandomState(0).permutation(5) // → [2 0 1 3 4]
   */
  permutation(...args: [x: Operand] | Named<'x', Operand>): ndarray {
    return permuted(this.stream, signatures.permutation.list(args)[0] as Operand, 0, permutationIndexError);
  }

  /** Puts the rows of an array, or a list's items, in a random order, in place. Source: numpy.random.RandomState.shuffle. */
  shuffle(...args: [x: Shufflable] | Named<'x', Shufflable>): void {
    shuffleInPlace(this.stream, signatures.shuffle.list(args)[0] as Shufflable, 0);
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
  choice(options: ChoiceOptions & { a: Operand; size: Size }): ndarray;
  choice(a: Operand, ...args: readonly (Size | boolean | Operand | ChoiceOptions | null | undefined)[]): Scalar | ndarray;
  choice(...args: readonly unknown[]): Scalar | ndarray {
    const [a, size, replace, p] = signatures.choice.list(args) as [Operand, Size?, boolean?, Operand?];
    return chosen(this.choiceStyle, a, size, replace, p);
  }

  toString(): string {
    return `RandomState(${this.isTwister ? 'MT19937' : this.generator!.constructor.name})`;
  }
}

/** The extents of `rand(2, 3)` as a size; null where there are none. */
function extentsOf(declared: AnySignature, args: readonly unknown[]): readonly number[] | null {
  const [extents] = declared.list(args) as [unknown[]];
  return extents.length === 0 ? null : extents.map(index);
}
