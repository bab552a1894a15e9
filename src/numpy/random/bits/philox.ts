import { ValueError } from '../../../core/errors.ts';
import { Philox as Counter } from '../../../random/philox.ts';
import { index } from '../../arguments/routine.ts';
import { ndarray } from '../../ndarray/ndarray.ts';
import type { KeptWord } from '../../../random/words64.ts';
import type { Delta, Jumps, Seed } from './bitGenerator.ts';
import { BitGenerator, checkState, creating, declare, integersOf, keptIn, large, sequenceOf, uint64Array } from './bitGenerator.ts';

/** A large integer, or the integers of 64 bits that it consists of, least significant first. */
export type LargeInteger = number | bigint | ndarray | readonly (number | bigint)[];

export interface PhiloxState extends KeptWord {
  readonly bit_generator: 'Philox';
  readonly state: { readonly counter: ndarray; readonly key: ndarray };
  readonly buffer: ndarray;
  readonly buffer_pos: number;
}

const ofPhilox = creating('Philox', 'seed=None, counter: Any=None, key: Any=None');
const advanced = declare('Philox.advance', 'delta');
const jumped = declare('Philox.jumped', 'jumps: Any=1');

/** So many integers of 64 bits, of an integer or a list. */
function wordsFrom(value: LargeInteger, name: string, count: number): bigint[] {
  if (typeof value === 'object' && !(value instanceof ndarray && value.ndim === 0)) {
    const words = integersOf(value);
    if (words.length !== count) throw new ValueError(`${name} must have ${count} elements when using array form`);
    return words;
  }
  const whole = value instanceof ndarray ? BigInt(value.item() as number) : typeof value === 'number' ? BigInt(Math.trunc(value)) : value;
  if (whole < 0n || whole >> BigInt(64 * count) > 0n) throw new ValueError(`${name} must be positive and less than 2**${64 * count}.`);
  return Array.from({ length: count }, (_, i) => BigInt.asUintN(64, whole >> BigInt(64 * i)));
}

/**
 * Philox of 64 bits and ten rounds, whose numbers are a function of a counter and of a key, which a seed makes if it is not given. Source:
 * numpy.random.Philox.
 * @example
 * const bits = new np.random.Philox(1);
 * bits.random_raw(2) // → [1232279569898196538 1457532264001425278]
 * bits.jumped().random_raw() // → 5882874899224216180
 * bits.state.buffer_pos // → 2
 * new np.random.Philox({ key: 5, counter: 7 }).random_raw() // → 14843759927929523615
 * new np.random.Philox({ key: 5 }).advance(7).random_raw() // → 14843759927929523615
 */
export class Philox extends BitGenerator {
  readonly stream: Counter;

  constructor(
    ...args: [seed?: Seed | null, counter?: LargeInteger | null, key?: LargeInteger | null]
    | [options: { readonly seed?: Seed | null; readonly counter?: LargeInteger | null; readonly key?: LargeInteger | null }]
    | [seed: Seed | null | undefined, options: { readonly counter?: LargeInteger | null; readonly key?: LargeInteger | null }]
  ) {
    const [seed, counter = 0, key] = ofPhilox.list(args) as [Seed?, LargeInteger?, LargeInteger?];
    if (seed !== undefined && key !== undefined) throw new ValueError('seed and key cannot be both used');
    const sequence = key === undefined ? sequenceOf(seed) : null;
    super(sequence);
    const words = sequence === null ? wordsFrom(key!, 'key', 2) : sequence.mixer.generateState64(2);
    this.stream = new Counter(words, wordsFrom(counter, 'counter', 4));
  }

  /** The whole state; assigning one read before makes the same numbers come again. */
  get state(): PhiloxState {
    const { counter, key, buffer, position } = this.stream.state;
    return {
      bit_generator: 'Philox', state: { counter: uint64Array(counter), key: uint64Array(key) }, buffer: uint64Array(buffer),
      buffer_pos: position, ...this.stream.keptWord,
    };
  }

  set state(value: PhiloxState) {
    checkState(value, 'Philox PRNG');
    const position = index(value.buffer_pos);
    const state = {
      counter: integersOf(value.state.counter), key: integersOf(value.state.key), buffer: integersOf(value.buffer), position,
    };
    const keptWord = keptIn(value);
    if (state.counter.length !== 4 || state.key.length !== 2 || state.buffer.length !== 4 || position < 0 || position > 4) {
      throw new ValueError('state dictionary is not valid.');
    }
    this.stream.state = state;
    this.stream.keptWord = keptWord;
  }

  /** Moves the counter on by delta, of which each makes four numbers of 64 bits; back where it is negative. */
  advance(...args: Delta): this {
    this.stream.advance(BigInt.asUintN(256, large(advanced.list(args)[0])));
    return this;
  }

  /** A new generator whose counter is 2^128 on, as often as it is told; this one stays where it is. */
  jumped(...args: Jumps): Philox {
    const jumps = large(jumped.list(args)[0] ?? 1);
    const other = new Philox({ key: 0 });
    other.state = this.state;
    return other.advance(jumps << 128n);
  }
}
