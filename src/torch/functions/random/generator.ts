import { cpu } from '../../../core/device.ts';
import type { DType } from '../../../core/dtype.ts';
import * as core from '../../../core/dtype.ts';
import { isComplex } from '../../../core/dtype.ts';
import { checkShape, sizeOf } from '../../../core/layout.ts';
import { NotImplementedError, RuntimeError, ValueError, pythonTypeName } from '../../../core/errors.ts';
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

/** A stream of its own. Source: torch.Generator. */
export class Generator {
  readonly stream = new TorchGenerator();

  constructor(options: { readonly device?: DeviceLike } = {}) {
    checkOptions('Generator', options, ['device']);
    if (options.device !== undefined && toDevice(options.device) !== cpu) {
      throw new RuntimeError('generators run on the CPU: leave the device out');
    }
  }

  manual_seed(seed: number | bigint): this {
    this.stream.manualSeed(seed);
    return this;
  }

  initial_seed(): bigint {
    return this.stream.initialSeed();
  }

  seed(): bigint {
    return this.stream.seed();
  }

  get_state(): Tensor {
    const bytes = this.stream.getState();
    return fromTyped(Tensor, bytes, [bytes.length], core.uint8, cpu);
  }

  set_state(state: Tensor): this {
    this.stream.setState(Uint8Array.from(state.tolist() as number[]));
    return this;
  }
}

/** The stream that functions draw from where no generator is given. Source: torch.default_generator. */
export const default_generator = new Generator();

/** As Python's int() reads a seed. */
function integerOf(seed: unknown): bigint {
  if (typeof seed === 'bigint') return seed;
  if (typeof seed === 'boolean' || (typeof seed === 'number' && Number.isFinite(seed))) return BigInt(Math.trunc(Number(seed)));
  if (typeof seed === 'number') throw new ValueError(`cannot convert float ${Number.isNaN(seed) ? 'NaN' : 'infinity'} to integer`);
  if (typeof seed === 'string' && /^\s*[-+]?\d+\s*$/.test(seed)) return BigInt(seed.trim().replace('+', ''));
  if (typeof seed === 'string') throw new ValueError(`invalid literal for int() with base 10: '${seed}'`);
  throw new TypeError(`int() argument must be a string, a bytes-like object or a real number, not '${pythonTypeName(seed)}'`);
}

/** Seeds the default stream. Source: torch.manual_seed. */
export const manual_seed = keyed('manual_seed', 'seed', (seed: number | bigint): Generator =>
  default_generator.manual_seed(integerOf(seed)), inPython);
/** Seeds the default stream from the system's entropy. Source: torch.seed. */
export const seed = asking('seed', (): bigint => default_generator.seed(), inPython);
/** Source: torch.initial_seed. */
export const initial_seed = asking('initial_seed', (): bigint => default_generator.initial_seed(), inPython);
/** Source: torch.get_rng_state. */
export const get_rng_state = asking('get_rng_state', (): Tensor => default_generator.get_state(), inPython);
/** Source: torch.set_rng_state. */
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

export function drawn(name: string, shape: readonly number[], type: DType, options: RandomOptions, fill: Fill): Tensor {
  checkPinned(options);
  checkSize(shape);
  if (isComplex(type)) {
    throw new NotImplementedError(`${name} of ${type.name} is not supported: draw the real and imaginary parts and combine them`);
  }
  checkShape(shape, type);
  const count = sizeOf(shape);
  const data = new type.array(count * type.components);
  fill((options.generator ?? default_generator).stream, data, type.name as TorchName, count);
  const made = fromTyped(Tensor, data, shape, type, placeFor(options));
  return finish(made, options);
}
