import { cpu } from '../../../core/device.ts';
import type { DType } from '../../../core/dtype.ts';
import * as core from '../../../core/dtype.ts';
import { checkShape, sizeOf } from '../../../core/layout.ts';
import { RuntimeError, ValueError, notReal, pythonTypeName } from '../../../core/errors.ts';
import type { TorchName } from '../../../random/torchDtypes.ts';
import { TorchGenerator } from '../../../random/torchGenerator.ts';
import { fromTyped } from '../../../ops/creation.ts';
import type { FactoryOptions } from '../creation.ts';
import { checkPinned, checkSize, finish, placeFor } from '../creation.ts';
import type { DeviceLike } from '../../device.ts';
import { toDevice } from '../../device.ts';
import { asking, builtinKinds, inPython, keyed } from '../../arguments/keyed.ts';
import { checkOptions } from '../../arguments/options.ts';
import { Tensor } from '../../tensor/tensor.ts';

/** PyTorch's CPU stream of random numbers: the same for the same seed. */

/**
 * A stream of random numbers of its own, for the `generator` that random functions take. Source: torch.Generator.
 * @example
 * const generator = torch.Generator().manual_seed(0);
 * torch.rand(2, { generator }); // → tensor([0.4963, 0.7682])
 * const state = generator.get_state();
 * const x = torch.rand(1, { generator });
 * generator.set_state(state);
 * torch.rand(1, { generator }).equal(x); // → true
 * generator.initial_seed(); // → 0
 */
export class Generator {
  readonly stream = new TorchGenerator();

  constructor(options: { readonly device?: DeviceLike } = {}) {
    checkOptions('Generator', options, ['device']);
    if (options.device !== undefined && toDevice(options.device) !== cpu) {
      throw new RuntimeError('generators run on the CPU');
    }
  }

  /** Starts the stream of a seed; the result is the generator itself. Source: torch.Generator.manual_seed. */
  manual_seed(seed: number | bigint): this {
    this.stream.manualSeed(seed);
    return this;
  }

  /** The seed that the stream began with, as a bigint. Source: torch.Generator.initial_seed. */
  initial_seed(): bigint {
    return this.stream.initialSeed();
  }

  /**
   * Starts the stream anew from the system's entropy, and says with what. Source: torch.Generator.seed.
   * @example
   * const generator = torch.Generator();
   * generator.seed() === generator.initial_seed(); // → true
   */
  seed(): bigint {
    return this.stream.seed();
  }

  /** The state of the stream, a tensor of bytes. Source: torch.Generator.get_state. */
  get_state(): Tensor {
    const bytes = this.stream.getState();
    return fromTyped(Tensor, bytes, [bytes.length], core.uint8, cpu);
  }

  /** Goes on from a state that get_state gave. Source: torch.Generator.set_state. */
  set_state(state: Tensor): this {
    if (!(state instanceof Tensor)) throw new TypeError(`expected a torch.ByteTensor, but got ${pythonTypeName(state)}`);
    if (state.dtypeCore !== core.uint8) throw new TypeError('RNG state must be a torch.ByteTensor');
    this.stream.setState(Uint8Array.from(state.tolist() as number[]));
    return this;
  }
}

/**
 * The stream that functions draw from where no generator is given. Source: torch.default_generator.
 * @example
 * torch.manual_seed(3);
 * torch.default_generator.initial_seed(); // → 3
 */
export const default_generator = new Generator();

/** As Python's int() reads a seed. */
function integerOf(seed: unknown): bigint {
  if (typeof seed === 'bigint') return seed;
  if (typeof seed === 'boolean' || (typeof seed === 'number' && Number.isFinite(seed))) return BigInt(Math.trunc(Number(seed)));
  if (typeof seed === 'number') throw new ValueError(`cannot convert float ${Number.isNaN(seed) ? 'NaN' : 'infinity'} to integer`);
  if (typeof seed === 'string' && /^\s*[-+]?\d+\s*$/.test(seed)) return BigInt(seed.trim().replace('+', ''));
  if (typeof seed === 'string') throw new ValueError(`invalid literal for int() with base 10: '${seed}'`);
  throw notReal(pythonTypeName(seed));
}

/**
 * Seeds the stream that functions draw from, so that the same numbers come again; the result is its generator.
 * Source: torch.manual_seed.
 * @example
 * torch.manual_seed(0);
 * torch.rand(2); // → tensor([0.4963, 0.7682])
 */
export const manual_seed = keyed('manual_seed', 'seed', (seed: number | bigint): Generator =>
  default_generator.manual_seed(integerOf(seed)), inPython);
/**
 * Seeds the stream that functions draw from with the system's entropy, and says with what. Source: torch.seed.
 * @example
 * torch.seed() === torch.initial_seed(); // → true
 */
export const seed = asking('seed', (): bigint => default_generator.seed(), inPython);
/**
 * The seed that the stream of random numbers began with, as a bigint. Source: torch.initial_seed.
 * @example
 * torch.manual_seed(7);
 * torch.initial_seed(); // → 7
 */
export const initial_seed = asking('initial_seed', (): bigint => default_generator.initial_seed(), inPython);
/**
 * The state of the stream of random numbers, a tensor of bytes. Source: torch.get_rng_state.
 * @example
 * const state = torch.get_rng_state();
 * const x = torch.rand(1);
 * torch.set_rng_state(state);
 * torch.rand(1).equal(x); // → true
 */
export const get_rng_state = asking('get_rng_state', (): Tensor => default_generator.get_state(), inPython);
/**
 * Goes on from a state that get_rng_state gave. Source: torch.set_rng_state.
 * @example
 * const state = torch.get_rng_state();
 * const x = torch.rand(1);
 * torch.set_rng_state(state);
 * torch.rand(1).equal(x); // → true
 */
export const set_rng_state = keyed('set_rng_state', 'new_state: Tensor', (state: Tensor): void => {
  default_generator.set_state(state);
}, inPython);

export interface RandomOptions extends FactoryOptions {
  readonly generator?: Generator | null;
}

builtinKinds.Generator = (value) => (value instanceof Generator ? value : undefined);

/** The elements of a fresh tensor, before they are uploaded. */
type HostArray = Parameters<TorchGenerator['uniform']>[0];
export type Fill = (stream: TorchGenerator, data: HostArray, type: TorchName, count: number) => void;

export function drawn(shape: readonly number[], type: DType, options: RandomOptions, fill: Fill): Tensor {
  checkPinned(options);
  checkSize(shape);
  checkShape(shape, type);
  const count = sizeOf(shape);
  const data = new type.array(count * type.components);
  fill((options.generator ?? default_generator).stream, data, type.name as TorchName, count);
  const made = fromTyped(Tensor, data, shape, type, placeFor(options));
  return finish(made, options);
}
