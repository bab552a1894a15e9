import { cpu } from '../../../core/device.ts';
import { uint32, uint64 } from '../../../core/dtype.ts';
import { OverflowError, ValueError } from '../../../core/errors.ts';
import { checkList } from '../../../core/layout.ts';
import { fromTyped } from '../../../ops/creation.ts';
import type { EntropyInput } from '../../../random/seedSequence.ts';
import { SeedSequence as Mixer } from '../../../random/seedSequence.ts';
import { cythonSignature } from '../../arguments/routine.ts';
import type { DTypeLike } from '../../dtypes/dtype.ts';
import { coreOf } from '../../dtypes/dtype.ts';
import { ndarray } from '../../ndarray/ndarray.ts';
import { fillFresh } from '../draw.ts';

/** What the states of bit generators are made of. */

/** Integers of any size: one, or a sequence of them. */
export type Entropy = EntropyInput | ndarray;

/** How many children there are to be. */
export type Children = [n_children: number | bigint] | [options: { readonly n_children: number | bigint }];

const signatures = {
  sequence: cythonSignature(
    'random.__init__#SeedSequence', 'entropy=None, *, spawn_key: Any=(), pool_size: int=4, n_children_spawned: int=0'),
  generate: cythonSignature('random.SeedSequence.generate_state', "n_words: int, dtype: Any='uint32'"),
  spawn: cythonSignature('random.SeedSequence.spawn', 'n_children: int'),
};

/** A non-negative count of 32 bits. */
function checkCount(count: number): void {
  if (count < 0) throw new OverflowError("can't convert negative value to uint32_t");
  if (count >= 2 ** 32) throw new OverflowError('value too large to convert to uint32_t');
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
 * sequence.state.pool_size // → 4
 * sequence.entropy // → 1
 * sequence.pool.size === sequence.pool_size // → true
 */
export class NumpySeedSequence {
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

  /** What it takes to make the same sequence again. */
  get state(): { entropy: EntropyInput; spawn_key: readonly (number | bigint)[]; pool_size: number; n_children_spawned: number } {
    const { entropy, spawn_key, pool_size, n_children_spawned } = this;
    return { entropy, spawn_key, pool_size, n_children_spawned };
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
