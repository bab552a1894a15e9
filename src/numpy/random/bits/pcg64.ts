import { index } from '../../arguments/routine.ts';
import { Pcg64 } from '../../../random/pcg64.ts';
import { Pcg64Dxsm } from '../../../random/pcg64dxsm.ts';
import type { KeptWord } from '../../../random/words64.ts';
import type { Delta, Jumps, Seed, Seeding } from './bitGenerator.ts';
import { BitGenerator, checkState, creating, declare, keptIn, large, sequenceOf } from './bitGenerator.ts';

/** Permuted congruential generators. */

export interface PCG64State extends KeptWord {
  readonly bit_generator: 'PCG64';
  readonly state: { readonly state: bigint; readonly inc: bigint };
}
export interface PCG64DXSMState extends KeptWord {
  readonly bit_generator: 'PCG64DXSM';
  readonly state: { readonly state: bigint; readonly inc: bigint };
}

/** How far `jumped` goes: the golden section of the period. */
const jump = 210306068529402873165736369884012333109n;

const ofPcg64 = creating('PCG64');
const pcg64Advance = declare('PCG64.advance', 'delta');
const pcg64Jumped = declare('PCG64.jumped', 'jumps: Any=1');
const ofDxsm = creating('PCG64DXSM');
const dxsmAdvance = declare('PCG64DXSM.advance', 'delta');
const dxsmJumped = declare('PCG64DXSM.jumped', 'jumps: Any=1');

/**
 * The permuted congruential generator of 128 bits (XSL-RR), which default_rng uses. Source: numpy.random.PCG64.
 * @example
 * const bits = new np.random.PCG64(1);
 * const { state } = bits;
 * bits.random_raw() // → 9441442522235856127
 * bits.state = state;
 * bits.advance(1).random_raw(2) // → [17532960557476522086  2659275481604167885]
 * bits.jumped().random_raw() // → 14796734175479604717
 * new np.random.PCG64(1).spawn(2)[1].random_raw() // → 8776306313781188346
 */
export class PCG64 extends BitGenerator {
  readonly stream: Pcg64;

  constructor(...args: Seeding) {
    const sequence = sequenceOf(ofPcg64.list(args)[0] as Seed | undefined);
    super(sequence);
    this.stream = new Pcg64(sequence.mixer);
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

  /** Moves on as if delta numbers of 64 bits had been drawn; back where it is negative. */
  advance(...args: Delta): this {
    this.stream.advance(BigInt.asUintN(128, large(pcg64Advance.list(args)[0])));
    return this;
  }

  /** A new generator as far away as 2^127 numbers would be, and more; this one stays where it is. */
  jumped(...args: Jumps): PCG64 {
    const jumps = large(pcg64Jumped.list(args)[0] ?? 1);
    const other = new PCG64(this.seed_seq);
    other.state = this.state;
    return other.advance(jumps * jump);
  }
}

/**
 * PCG64 with the output function DXSM and a cheaper step, which is to be the default one day. Source: numpy.random.PCG64DXSM.
 * @example
 * const bits = new np.random.PCG64DXSM(1);
 * bits.random_raw(2) // → [5001773312344742047 5153105853343410367]
 * bits.advance(-2).random_raw() // → 5001773312344742047
 * bits.jumped().random_raw() // → 4600406966263552295
 * bits.state.state.inc // → 194290289479364712180083596243593368443
 */
export class PCG64DXSM extends BitGenerator {
  readonly stream: Pcg64Dxsm;

  constructor(...args: Seeding) {
    const sequence = sequenceOf(ofDxsm.list(args)[0] as Seed | undefined);
    super(sequence);
    this.stream = new Pcg64Dxsm(sequence.mixer);
  }

  /** The whole state; assigning one read before makes the same numbers come again. */
  get state(): PCG64DXSMState {
    return { bit_generator: 'PCG64DXSM', state: this.stream.state, ...this.stream.keptWord };
  }

  set state(value: PCG64DXSMState) {
    checkState(value, 'PCG64DXSM RNG');
    const keptWord = keptIn(value);
    this.stream.state = { state: large(value.state.state), inc: large(value.state.inc) };
    this.stream.keptWord = keptWord;
  }

  /** Moves on as if delta numbers of 64 bits had been drawn; back where it is negative. */
  advance(...args: Delta): this {
    this.stream.advance(BigInt.asUintN(128, large(dxsmAdvance.list(args)[0])));
    return this;
  }

  /** A new generator as far away as 2^127 numbers would be, and more; this one stays where it is. */
  jumped(...args: Jumps): PCG64DXSM {
    const jumps = large(dxsmJumped.list(args)[0] ?? 1);
    const other = new PCG64DXSM(this.seed_seq);
    other.state = this.state;
    return other.advance(jumps * jump);
  }
}
