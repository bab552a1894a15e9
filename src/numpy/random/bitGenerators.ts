import { cpu } from '../../core/device.ts';
import { uint32, uint64 } from '../../core/dtype.ts';
import { OverflowError, ValueError, listOf } from '../../core/errors.ts';
import { checkList, sizeOf } from '../../core/layout.ts';
import { fromTyped } from '../../ops/creation.ts';
import { Mt19937 } from '../../random/mt19937.ts';
import { Pcg64, joinHalves } from '../../random/pcg64.ts';
import type { EntropyInput } from '../../random/seedSequence.ts';
import { SeedSequence as Mixer } from '../../random/seedSequence.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import type { AnySignature } from '../arguments/routine.ts';
import { dictOf } from '../../core/options.ts';
import { cythonSignature, index } from '../arguments/routine.ts';
import type { Size } from './draw.ts';
import { fillFresh, shapeFrom } from './draw.ts';

/** Where the random bits come from. */

/** Integers of any size: one, or a sequence of them. */
export type Entropy = EntropyInput | ndarray;

const declare = (name: string, text: string): AnySignature => cythonSignature(`random.${name}`, text);
const signatures = {
  sequence: declare('__init__#SeedSequence', 'entropy=None, *, spawn_key: Any=(), pool_size: int=4, n_children_spawned: int=0'),
  generate: declare('SeedSequence.generate_state', "n_words: int, dtype: Any='uint32'"),
  spawn: declare('SeedSequence.spawn', 'n_children: int'),
};
const signaturesOf = (name: string): Readonly<Record<'create' | 'raw' | 'spawn', AnySignature>> => ({
  create: declare(`__init__#${name}`, 'seed=None'), raw: declare(`${name}.random_raw`, 'size=None, output=True'),
  spawn: declare(`${name}.spawn`, 'n_children: int'),
});
const ofPcg64 = signaturesOf('PCG64');
const advanced = declare('PCG64.advance', 'delta');
const jumped = declare('PCG64.jumped', 'jumps: Any=1');
const ofMt19937 = signaturesOf('MT19937');

type Named<Name extends string, Value> = [options: { readonly [N in Name]: Value }];
type Children = [n_children: number | bigint] | Named<'n_children', number | bigint>;

/** An integer of any size. */
const large = (value: unknown): bigint => (typeof value === 'bigint' ? value : BigInt(index(value)));

/** A non-negative count of 32 bits. */
function checkCount(count: number): void {
  if (count < 0) throw new OverflowError("can't convert negative value to uint32_t");
  if (count >= 2 ** 32) throw new OverflowError('value too large to convert to uint32_t');
}

/** Throws for what is no state of a generator, whose name comes first in `whose`. */
function checkState(value: unknown, whose: string): void {
  const { bit_generator, state } = dictOf(value as Readonly<Record<string, unknown>>);
  if (bit_generator !== whose.split(' ')[0]) throw new ValueError(`state must be for a ${whose}`);
  dictOf(state);
}

interface SequenceOptions {
  spawn_key?: readonly (number | bigint)[];
  pool_size?: number;
  n_children_spawned?: number;
}

/**
 * Mixes integers into states for bit generators, and spawns children whose streams are independent. Without entropy
 * it takes the system's. Source: numpy.random.SeedSequence.
 * @example
 * const sequence = new np.random.SeedSequence(1);
 * sequence.generate_state(2) // → [1835504127 1731038949]
 * const [child] = sequence.spawn(1);
 * child.spawn_key // → [0]
 * sequence.n_children_spawned // → 1
 * sequence.entropy // → 1
 * sequence.pool.size === sequence.pool_size // → true
 */
class NumpySeedSequence {
  static readonly name = 'SeedSequence';
  readonly mixer: Mixer;

  constructor(...args: [entropy?: Entropy | null, options?: SequenceOptions] | [options: SequenceOptions & { entropy?: Entropy | null }]) {
    const [entropy, spawn_key, pool_size, n_children_spawned] = signatures.sequence.list(args) as [
      Entropy?, (readonly (number | bigint)[])?, number?, number?,
    ];
    this.mixer = new Mixer(
      entropy instanceof ndarray ? entropy.toBigInt() as EntropyInput : entropy, { spawn_key, pool_size, n_children_spawned });
  }

  /** What it was made of: the integers that were given, or those of the system. */
  get entropy(): EntropyInput {
    return this.mixer.entropy;
  }

  /** Which child it is, of which child, and so on; nothing of one that was not spawned. */
  get spawn_key(): readonly (number | bigint)[] {
    return this.mixer.spawn_key;
  }

  /** How many words of 32 bits the entropy is mixed into. */
  get pool_size(): number {
    return this.mixer.pool_size;
  }

  /** How many children it has spawned. */
  get n_children_spawned(): number {
    return this.mixer.n_children_spawned;
  }

  /** The mixed words, uint32. */
  get pool(): ndarray {
    return fromTyped(ndarray, this.mixer.pool, [this.pool_size], uint32, cpu);
  }

  /** Words for a bit generator's state, uint32 (the default) or uint64. The same every time. */
  generate_state(
    ...args: [n_words: number | bigint, dtype?: DTypeLike] | [n_words: number | bigint, options: { dtype?: DTypeLike }]
    | [options: { n_words: number | bigint; dtype?: DTypeLike }]
  ): ndarray {
    const [n_words, dtype = 'uint32'] = signatures.generate.list(args) as [number, DTypeLike?];
    const type = coreOf(dtype);
    if (type === uint32) return fillFresh<Uint32Array>([n_words], uint32, (out) => out.set(this.mixer.generateState(n_words)));
    if (type !== uint64) throw new ValueError('only support uint32 or uint64');
    return fillFresh<BigUint64Array>([n_words], uint64, (out) => out.set(this.mixer.generateState64(n_words)));
  }

  /** Sequences of their own, none of which was spawned before. */
  spawn(...args: Children): NumpySeedSequence[] {
    const [n_children] = signatures.spawn.list(args) as [number];
    checkCount(n_children);
    checkList(n_children, 2 ** 18);
    const { spawn_key, pool_size, entropy, mixer } = this;
    return Array.from({ length: n_children }, () => new NumpySeedSequence(entropy, {
      spawn_key: [...spawn_key, mixer.n_children_spawned++], pool_size,
    }));
  }

  toString(): string {
    const tuple = (values: readonly (number | bigint)[]): string => `(${values.join(', ')}${values.length === 1 ? ',' : ''})`;
    const write = (value: EntropyInput): string => (typeof value === 'object'
      ? `[${Array.from(value as ArrayLike<EntropyInput>, write).join(', ')}]` : String(value));
    const lines = [`    entropy=${write(this.entropy)},`];
    if (this.spawn_key.length > 0) lines.push(`    spawn_key=${tuple(this.spawn_key)},`);
    if (this.pool_size !== 4) lines.push(`    pool_size=${this.pool_size},`);
    if (this.n_children_spawned !== 0) lines.push(`    n_children_spawned=${this.n_children_spawned},`);
    return `SeedSequence(\n${lines.join('\n')}\n)`;
  }
}

type Seed = Entropy | NumpySeedSequence;
type Seeding = [seed?: Seed | null] | [options: { readonly seed?: Seed | null }];

const sequenceOf = (seed: Seed | null | undefined): NumpySeedSequence =>
  (seed instanceof NumpySeedSequence ? seed : new NumpySeedSequence(seed));

/** Numbers of a bit generator; without `output` they are drawn, and none come. */
function rawNumbers(declared: AnySignature, args: readonly unknown[], next: () => bigint): bigint | ndarray | null {
  const [size, output = true] = declared.list(args) as [Size?, boolean?];
  if (!output) {
    for (let i = size === undefined ? 1 : sizeOf(shapeFrom(size)); i > 0; i--) next();
    return null;
  }
  if (size === undefined) return next();
  return fillFresh<BigUint64Array>(shapeFrom(size, uint64), uint64, (out) => {
    for (let i = 0; i < out.length; i++) out[i] = next();
  });
}

export interface PCG64State {
  readonly bit_generator: 'PCG64';
  readonly state: { readonly state: bigint; readonly inc: bigint };
  readonly has_uint32: number;
  readonly uinteger: number;
}

/** How far `jumped` goes: the golden section of the period. */
const jump = 210306068529402873165736369884012333109n;

/**
 * The permuted congruential generator of 128 bits (XSL-RR), which default_rng uses. Source: numpy.random.PCG64.
 * @example
 * const bits = new np.random.PCG64(1);
 * const { state } = bits;
 * bits.random_raw() // → 9441442522235856127
 * bits.state = state;
 * bits.advance(1).random_raw(2) // → [17532960557476522086  2659275481604167885]
 * bits.jumped().random_raw() // → 14796734175479604717
 */
export class PCG64 {
  /** The sequence that it was seeded by. */
  readonly seed_seq: NumpySeedSequence;
  readonly stream: Pcg64;

  constructor(...args: Seeding) {
    this.seed_seq = sequenceOf(ofPcg64.create.list(args)[0] as Seed | undefined);
    this.stream = new Pcg64(this.seed_seq.mixer);
  }

  /** The whole state; assigning one read before makes the same numbers come again. */
  get state(): PCG64State {
    const { state, inc, hasUint32, uinteger } = this.stream.getState();
    return { bit_generator: 'PCG64', state: { state, inc }, has_uint32: Number(hasUint32), uinteger };
  }

  set state(value: PCG64State) {
    checkState(value, 'PCG64 RNG');
    this.stream.setState({
      state: large(value.state.state), inc: large(value.state.inc), hasUint32: value.has_uint32 !== 0, uinteger: index(value.uinteger),
    });
  }

  /** 64 bits as a bigint, or an array of uint64. */
  random_raw(size?: null): bigint;
  random_raw(size: Size): ndarray;
  random_raw(options: { size: Size }): ndarray;
  random_raw(size: Size | null | undefined, output: false | { output: false }): null;
  random_raw(options: { size?: Size | null; output: false }): null;
  random_raw(...args: readonly unknown[]): bigint | ndarray | null {
    return rawNumbers(ofPcg64.raw, args, () => {
      this.stream.next64();
      return joinHalves(this.stream.low, this.stream.high);
    });
  }

  /** Moves on as if delta numbers of 64 bits had been drawn; back where it is negative. */
  advance(...args: [delta: number | bigint] | Named<'delta', number | bigint>): this {
    const delta = large(advanced.list(args)[0]);
    this.stream.advance(BigInt.asUintN(128, delta));
    return this;
  }

  /** A new generator as far away as 2^127 numbers would be, and more; this one stays where it is. */
  jumped(...args: [jumps?: number | bigint] | [options: { readonly jumps?: number | bigint }]): PCG64 {
    const jumps = large(jumped.list(args)[0] ?? 1);
    const other = new PCG64(this.seed_seq);
    other.state = this.state;
    return other.advance(jumps * jump);
  }

  /**
   * Independent generators.
   * @example
   * new np.random.PCG64(1).spawn(2)[1].random_raw() // → 8776306313781188346
   */
  spawn(...args: Children): PCG64[] {
    return this.seed_seq.spawn(ofPcg64.spawn.list(args)[0] as number).map((child) => new PCG64(child));
  }
}

export interface MT19937State {
  readonly bit_generator: 'MT19937';
  readonly state: { readonly key: ndarray; readonly pos: number };
}

/** The 624 words of a Mersenne Twister's key and its position, checked. */
export function readKey(key: ndarray | ArrayLike<number>, pos: number): { key: Uint32Array; position: number } {
  const words = key instanceof ndarray ? Array.from(key.flat, Number) : listOf(key as unknown as Iterable<number>);
  if (words.length !== 624 || words.some((word) => !(Number.isInteger(word) && word >= 0 && word < 2 ** 32))) {
    throw new ValueError('state must be 624 longs');
  }
  if (!Number.isInteger(pos) || pos < 0 || pos > 624) throw new ValueError('pos must be between 0 and 624');
  return { key: Uint32Array.from(words), position: pos };
}

/**
 * The Mersenne Twister of 32 bits, seeded through a SeedSequence. Source: numpy.random.MT19937.
 * @example
 * const bits = new np.random.MT19937(1);
 * const { state } = bits;
 * bits.random_raw() // → 1033693557
 * bits.state = state;
 * bits.random_raw(2) // → [1033693557 3869576402]
 */
export class MT19937 {
  /** The sequence that it was seeded by. */
  readonly seed_seq: NumpySeedSequence;
  readonly stream = new Mt19937();

  constructor(...args: Seeding) {
    this.seed_seq = sequenceOf(ofMt19937.create.list(args)[0] as Seed | undefined);
    const key = this.seed_seq.mixer.generateState(624);
    // So that the key is not all zeros.
    key[0] = 0x80000000;
    this.stream.setState({ key, position: 623 });
  }

  /** The whole state; assigning one read before makes the same numbers come again. */
  get state(): MT19937State {
    const { key, position } = this.stream.getState();
    return { bit_generator: 'MT19937', state: { key: fromTyped(ndarray, key, [624], uint32, cpu), pos: position } };
  }

  set state(value: MT19937State) {
    checkState(value, 'MT19937 PRNG');
    this.stream.setState(readKey(value.state.key, value.state.pos));
  }

  /** 32 bits as a bigint, or an array of uint64. */
  random_raw(size?: null): bigint;
  random_raw(size: Size): ndarray;
  random_raw(options: { size: Size }): ndarray;
  random_raw(size: Size | null | undefined, output: false | { output: false }): null;
  random_raw(options: { size?: Size | null; output: false }): null;
  random_raw(...args: readonly unknown[]): bigint | ndarray | null {
    return rawNumbers(ofMt19937.raw, args, () => BigInt(this.stream.nextUint32()));
  }

  /**
   * Independent generators.
   * @example
   * new np.random.MT19937(1).spawn(2)[1].random_raw() // → 2881617424
   */
  spawn(...args: Children): MT19937[] {
    return this.seed_seq.spawn(ofMt19937.spawn.list(args)[0] as number).map((child) => new MT19937(child));
  }
}

export type BitGenerator = PCG64 | MT19937;
export { NumpySeedSequence as SeedSequence };
