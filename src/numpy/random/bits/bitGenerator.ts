import { uint64 } from '../../../core/dtype.ts';
import { NotImplementedError, ValueError } from '../../../core/errors.ts';
import { sizeOf } from '../../../core/layout.ts';
import { dictOf } from '../../../core/options.ts';
import type { BitStream } from '../../../random/bitSource.ts';
import type { KeptWord } from '../../../random/words64.ts';
import { joinHalves } from '../../../random/pcg64.ts';
import type { AnySignature } from '../../arguments/routine.ts';
import { cythonSignature, index } from '../../arguments/routine.ts';
import { ndarray } from '../../ndarray/ndarray.ts';
import type { Size } from '../draw.ts';
import { fillFresh, shapeFrom } from '../draw.ts';
import type { Children, Entropy } from './seedSequence.ts';
import { NumpySeedSequence } from './seedSequence.ts';

/** Where the random bits come from: what all bit generators have in common. */

export type Seed = Entropy | NumpySeedSequence;
export type Seeding = [seed?: Seed | null] | [options: { readonly seed?: Seed | null }];
export type Jumps = [jumps?: number | bigint] | [options: { readonly jumps?: number | bigint }];
export type Delta = [delta: number | bigint] | [options: { readonly delta: number | bigint }];

export const declare = (name: string, text: string): AnySignature => cythonSignature(`random.${name}`, text);

/** The signature of a constructor. */
export const creating = (name: string, parameters = 'seed=None'): AnySignature => declare(`__init__#${name}`, parameters);

const signatures = {
  raw: declare('BitGenerator.random_raw', 'size=None, output=True'), spawn: declare('BitGenerator.spawn', 'n_children: int'),
};

export const sequenceOf = (seed: Seed | null | undefined): NumpySeedSequence =>
  (seed instanceof NumpySeedSequence ? seed : new NumpySeedSequence(seed));

/** An integer of any size. */
export const large = (value: unknown): bigint => (typeof value === 'bigint' ? value : BigInt(index(value)));

/** Throws for what is no state of a generator, whose name comes first in `whose`. */
export function checkState(value: unknown, whose: string): void {
  const { bit_generator, state } = dictOf(value as Readonly<Record<string, unknown>>);
  if (bit_generator !== whose.split(' ')[0]) throw new ValueError(`state must be for a ${whose}`);
  dictOf(state);
}

/** Integers of 64 bits in an array, a list, or in one larger integer. */
export function integersOf(value: ndarray | ArrayLike<number | bigint>): bigint[] {
  const list = value instanceof ndarray ? value.flatten().toBigInt() as bigint[] : Array.from(value);
  return list.map((each) => BigInt.asUintN(64, BigInt(each)));
}

/** An array of the integers. */
export const uint64Array = (values: readonly bigint[]): ndarray =>
  fillFresh<BigUint64Array>([values.length], uint64, (out) => out.set(values));

/** What a state keeps of a number of 64 bits, checked. */
export const keptIn = ({ has_uint32, uinteger }: KeptWord): KeptWord => ({ has_uint32: index(has_uint32), uinteger: index(uinteger) });

/**
 * What all bit generators are, PCG64 and its kin. Source: numpy.random.BitGenerator.
 * @example
 * const bits = new np.random.SFC64(1);
 * bits instanceof np.random.BitGenerator // → true
 * bits.random_raw(2) // → [18365948275979584072  6864396556639111295]
 * bits.spawn(3).length // → 3
 */
export abstract class BitGenerator {
  /** The sequence that it was seeded by; null of one that was made in another way. */
  readonly seed_seq: NumpySeedSequence | null;
  abstract readonly stream: BitStream;

  constructor(sequence?: NumpySeedSequence | null) {
    if (sequence === undefined) throw new NotImplementedError('BitGenerator is a base class and cannot be instantized');
    this.seed_seq = sequence;
  }

  /** The whole state, as an object; assigning one read before makes the same numbers come again. */
  abstract get state(): object;
  abstract set state(value: object);

  /** As many bits as come at a time, as a bigint, or an array of uint64; without output they are drawn, and null comes. */
  random_raw(size?: null): bigint;
  random_raw(size: Size): ndarray;
  random_raw(options: { size: Size }): ndarray;
  random_raw(size: Size | null | undefined, output: false | { output: false }): null;
  random_raw(options: { size?: Size | null; output: false }): null;
  random_raw(...args: readonly unknown[]): bigint | ndarray | null {
    const [size, output = true] = signatures.raw.list(args) as [Size?, boolean?];
    const { stream } = this;
    const narrow = stream.rawBits === 32;
    if (!output) {
      for (let i = size === undefined ? 1 : sizeOf(shapeFrom(size)); i > 0; i--) {
        if (narrow) stream.nextInt32();
        else stream.next64();
      }
      return null;
    }
    if (size === undefined) {
      if (narrow) return BigInt(stream.nextInt32() >>> 0);
      stream.next64();
      return joinHalves(stream.low, stream.high);
    }
    return fillFresh<BigUint64Array>(shapeFrom(size, uint64), uint64, (out) => {
      const words = new Int32Array(out.buffer, out.byteOffset, 2 * out.length);
      for (let i = 0; i < words.length; i += 2) {
        if (narrow) {
          words[i] = stream.nextInt32();
          words[i + 1] = 0;
        } else {
          stream.next64();
          words[i] = stream.low;
          words[i + 1] = stream.high;
        }
      }
    });
  }

  /** Independent generators of its kind, from sequences that its own spawns. */
  spawn(...args: Children): this[] {
    const [count] = signatures.spawn.list(args) as [number];
    if (this.seed_seq === null) throw new TypeError('The underlying SeedSequence does not implement spawning.');
    const Kind = this.constructor as new (seed: NumpySeedSequence) => this;
    return this.seed_seq.spawn(count).map((child) => new Kind(child));
  }

  toString(): string {
    return `<numpy.random.${this.constructor.name}>`;
  }
}
