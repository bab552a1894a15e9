import { ValueError } from '../../../core/errors.ts';
import { Sfc64 } from '../../../random/sfc64.ts';
import type { KeptWord } from '../../../random/words64.ts';
import type { ndarray } from '../../ndarray/ndarray.ts';
import type { Seed, Seeding } from './bitGenerator.ts';
import { BitGenerator, checkState, creating, integersOf, keptIn, sequenceOf, uint64Array } from './bitGenerator.ts';

export interface SFC64State extends KeptWord {
  readonly bit_generator: 'SFC64';
  readonly state: { readonly state: ndarray };
}

const ofSfc64 = creating('SFC64');

/**
 * The small fast chaotic generator of 64 bits. Source: numpy.random.SFC64.
 * @example
 * const bits = new np.random.SFC64(1);
 * const { state } = bits;
 * bits.random_raw(2) // → [18365948275979584072  6864396556639111295]
 * bits.state = state;
 * bits.random_raw() // → 18365948275979584072
 */
export class SFC64 extends BitGenerator {
  readonly stream: Sfc64;

  constructor(...args: Seeding) {
    const sequence = sequenceOf(ofSfc64.list(args)[0] as Seed | undefined);
    super(sequence);
    this.stream = new Sfc64(sequence.mixer);
  }

  /** The whole state; assigning one read before makes the same numbers come again. */
  get state(): SFC64State {
    return { bit_generator: 'SFC64', state: { state: uint64Array(this.stream.state) }, ...this.stream.keptWord };
  }

  set state(value: SFC64State) {
    checkState(value, 'SFC64 RNG');
    const words = integersOf(value.state.state);
    const keptWord = keptIn(value);
    if (words.length !== 4) throw new ValueError(`could not broadcast input array from shape (${words.length},) into shape (4,)`);
    this.stream.state = words;
    this.stream.keptWord = keptWord;
  }
}
