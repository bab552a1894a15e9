import { cpu } from '../../../core/device.ts';
import { uint32 } from '../../../core/dtype.ts';
import { ValueError } from '../../../core/errors.ts';
import { fromTyped } from '../../../ops/creation.ts';
import { Mt19937 } from '../../../random/mt19937.ts';
import { jumpedState } from '../../../random/mt19937Jump.ts';
import { index } from '../../arguments/routine.ts';
import { ndarray } from '../../ndarray/ndarray.ts';
import type { StreamState } from '../streamState.ts';
import type { Jumps, Seed, Seeding } from './bitGenerator.ts';
import { BitGenerator, checkState, creating, declare, sequenceOf } from './bitGenerator.ts';
import { readKey } from './key.ts';

export interface MT19937State {
  readonly bit_generator: 'MT19937';
  readonly state: { readonly key: ndarray; readonly pos: number };
}
/** The older form of a state, with the normal number that RandomState had left over or without. */
type OlderState = readonly ['MT19937', ndarray | readonly number[], number, number?, number?];

const ofMt19937 = creating('MT19937');
const jumped = declare('MT19937.jumped', 'jumps: int=1');

/**
 * The Mersenne Twister of 32 bits, seeded through a SeedSequence. Source: numpy.random.MT19937.
 * @example
 * const bits = new np.random.MT19937(1);
 * const { state } = bits;
 * bits.random_raw() // → 1033693557
 * bits.state = state;
 * bits.random_raw(2) // → [1033693557 3869576402]
 * bits.jumped().random_raw() // → 2945060871
 * new np.random.MT19937(1).spawn(2)[1].random_raw() // → 2881617424
 */
export class MT19937 extends BitGenerator {
  readonly stream: Mt19937;

  constructor(...args: Seeding) {
    const sequence = sequenceOf(ofMt19937.list(args)[0] as Seed | undefined);
    super(sequence);
    this.stream = new Mt19937();
    const key = sequence.mixer.generateState(624);
    // So that the key is not all zeros.
    key[0] = 0x80000000;
    this.stream.setState({ key, position: 623 });
  }

  /** The whole state; assigning one read before makes the same numbers come again. */
  get state(): MT19937State {
    const { key, position } = this.stream.getState();
    return { bit_generator: 'MT19937', state: { key: fromTyped(ndarray, key, [624], uint32, cpu), pos: position } };
  }

  set state(value: MT19937State | OlderState) {
    let given = value;
    if (Array.isArray(given)) {
      const [name, key, pos, ...rest] = given as unknown as OlderState;
      if (name !== 'MT19937' || (rest.length !== 0 && rest.length !== 2)) throw new ValueError('state is not a legacy MT19937 state');
      given = { bit_generator: name, state: { key: key as ndarray, pos } };
    }
    checkState(given, 'MT19937 PRNG');
    const { key, pos } = (given as MT19937State).state;
    this.stream.setState(readKey(key, pos));
  }

  /** A new generator as far away as 2^128 numbers are, as often as it is told; this one stays where it is. */
  jumped(...args: Jumps): MT19937 {
    const [jumps = 1] = jumped.list(args) as [number?];
    let state = this.stream.getState();
    for (let i = index(jumps); i > 0; i--) state = jumpedState(state);
    const other = new MT19937(this.seed_seq);
    other.stream.setState(state);
    return other;
  }
}

/** Where a RandomState has its bits from: a Mersenne Twister that knows no seed, unless it was given a generator. */
export function generatorOf(state: StreamState): BitGenerator {
  if (state.generator !== null) return state.generator;
  const twister = Object.create(MT19937.prototype as object) as object;
  const made = Object.assign(twister, { seed_seq: null, stream: state.stream.bit_generator }) as unknown as MT19937;
  state.generator = made;
  return made;
}
