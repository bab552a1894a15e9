import type { DType } from '../core/dtype.ts';
import * as core from '../core/dtype.ts';
import { isComplex } from '../core/dtype.ts';
import { sizeOf } from '../core/layout.ts';
import { NotImplementedError, RuntimeError } from '../core/errors.ts';
import type { TorchName } from '../random/torchDtypes.ts';
import { TorchGenerator } from '../random/torchGenerator.ts';
import { fromTyped } from '../ops/creation.ts';
import { copyFrom } from '../ops/movement.ts';
import type { FactoryOptions, ShapeArguments } from './creation.ts';
import { checkSize } from './creation.ts';
import type { DeviceLike } from './device.ts';
import { toDevice } from './device.ts';
import { defaultDType } from './dtypes.ts';
import { checkOptions, isOptions, splitShape } from './options.ts';
import { Tensor } from './tensor.ts';

/** Random tensors, from PyTorch's CPU stream: the same numbers for the same seed. */

/** A stream of its own. Source: torch.Generator. */
export class Generator {
  readonly stream = new TorchGenerator();

  constructor(options: { readonly device?: DeviceLike } = {}) {
    checkOptions('Generator', options, ['device']);
    if (toDevice(options.device).type !== 'cpu') throw new RuntimeError('generators run on the CPU: leave the device out');
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
    return fromTyped(Tensor, bytes, [bytes.length], core.uint8, toDevice(undefined));
  }

  set_state(state: Tensor): this {
    this.stream.setState(Uint8Array.from(state.tolist() as number[]));
    return this;
  }
}

/** The stream that functions draw from where no generator is given. Source: torch.default_generator. */
export const default_generator = new Generator();

/** Seeds the default stream. Source: torch.manual_seed. */
export function manual_seed(seed: number | bigint): Generator {
  return default_generator.manual_seed(seed);
}
/** Seeds the default stream from the system's entropy. Source: torch.seed. */
export function seed(): bigint {
  return default_generator.seed();
}
/** Source: torch.initial_seed. */
export function initial_seed(): bigint {
  return default_generator.initial_seed();
}
/** Source: torch.get_rng_state. */
export function get_rng_state(): Tensor {
  return default_generator.get_state();
}
/** Source: torch.set_rng_state. */
export function set_rng_state(state: Tensor): void {
  default_generator.set_state(state);
}

export interface RandomOptions extends FactoryOptions {
  readonly generator?: Generator;
}

const randomOptions = ['dtype', 'device', 'requires_grad', 'pin_memory', 'generator', 'out'];

/** The elements of a fresh tensor, before they are uploaded. */
type HostArray = Parameters<TorchGenerator['uniform']>[0];
type Fill = (stream: TorchGenerator, data: HostArray, type: TorchName, count: number) => void;

function drawn(name: string, shape: readonly number[], type: DType, options: RandomOptions, fill: Fill): Tensor {
  checkOptions(name, options, randomOptions);
  checkSize(shape);
  if (isComplex(type)) {
    throw new NotImplementedError(`${name} of ${type.name} is not supported: draw the real and imaginary parts and combine them`);
  }
  const count = sizeOf(shape);
  const data = new type.array(count * type.components);
  fill((options.generator ?? default_generator).stream, data, type.name as TorchName, count);
  const made = fromTyped(Tensor, data, shape, type, toDevice(options.device));
  if (options.out) return copyFrom(options.out, made);
  return options.requires_grad ? made.requires_grad_() : made;
}

const uniform01: Fill = (stream, data, type, count) => stream.uniform(data, type, 0, count);
const standardNormal: Fill = (stream, data, type, count) => stream.normal(data, type, 0, count);

/** Uniform on [0, 1). Source: torch.rand. */
export function rand(...size: readonly (ShapeArguments[number] | RandomOptions)[]): Tensor {
  const { shape, options } = splitShape<RandomOptions>('rand', size);
  return drawn('rand', shape, options.dtype?.core ?? defaultDType(), options, uniform01);
}

/** Standard normal. Source: torch.randn. */
export function randn(...size: readonly (ShapeArguments[number] | RandomOptions)[]): Tensor {
  const { shape, options } = splitShape<RandomOptions>('randn', size);
  return drawn('randn', shape, options.dtype?.core ?? defaultDType(), options, standardNormal);
}

/** Integers of [low, high): `randint(high, size)` or `randint(low, high, size)`. int64. Source: torch.randint. */
export function randint(high: number, size: readonly number[], options?: RandomOptions): Tensor;
export function randint(low: number, high: number, size: readonly number[], options?: RandomOptions): Tensor;
export function randint(...args: readonly unknown[]): Tensor {
  const options = (isOptions(args.at(-1)) ? args.at(-1) : {}) as RandomOptions;
  const rest = isOptions(args.at(-1)) ? args.slice(0, -1) : args;
  const shape = rest.at(-1);
  if (!Array.isArray(shape) || rest.length < 2 || rest.length > 3) {
    throw new TypeError('randint() takes (high, size) or (low, high, size), the size as a list');
  }
  const [low, high] = (rest.length === 2 ? [0, rest[0]] : rest) as [number, number];
  return drawn('randint', shape as number[], options.dtype?.core ?? core.int64, options,
    (stream, data, type, count) => stream.randomFromTo(low, high, data, type, 0, count));
}

/** A random order of 0 to n − 1, int64. Source: torch.randperm. */
export function randperm(n: number, options: RandomOptions = {}): Tensor {
  return drawn('randperm', [n], options.dtype?.core ?? core.int64, options, (stream, data) => {
    const order = stream.randperm(n);
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
      // The low words of small non-negative 64-bit integers.
      const words = new Int32Array(data.buffer);
      for (let i = 0; i < n; i++) words[2 * i] = order[i];
    } else {
      (data as Int32Array).set(order);
    }
  });
}

/** Uniform on [0, 1) in a tensor's shape. Source: torch.rand_like. */
export function rand_like(input: Tensor, options: RandomOptions = {}): Tensor {
  return drawn('rand_like', input.layout.shape, options.dtype?.core ?? input.dtypeCore, options, uniform01);
}
/** Standard normal in a tensor's shape. Source: torch.randn_like. */
export function randn_like(input: Tensor, options: RandomOptions = {}): Tensor {
  return drawn('randn_like', input.layout.shape, options.dtype?.core ?? input.dtypeCore, options, standardNormal);
}
/** Integers of [low, high) in a tensor's shape. Source: torch.randint_like. */
export function randint_like(input: Tensor, low: number, high: number, options: RandomOptions = {}): Tensor {
  return drawn('randint_like', input.layout.shape, options.dtype?.core ?? input.dtypeCore, options,
    (stream, data, type, count) => stream.randomFromTo(low, high, data, type, 0, count));
}

/** Normal numbers: `normal(mean, std, size)`, with tensors for mean or std in their shape. Source: torch.normal. */
export function normal(mean: number | Tensor, std: number | Tensor = 1, size?: readonly number[] | RandomOptions, options?: RandomOptions): Tensor {
  const given = options ?? (isOptions(size) ? size as RandomOptions : {});
  if (typeof mean === 'number' && typeof std === 'number') {
    if (!Array.isArray(size)) throw new TypeError('normal() of two numbers needs a size: normal(mean, std, [2, 3])');
    return drawn('normal', size as number[], given.dtype?.core ?? defaultDType(), given,
      (stream, data, type, count) => stream.normal(data, type, 0, count, mean, std));
  }
  // PyTorch draws standard normals in the result's shape, scales them and shifts them.
  const like = [mean, std].filter((each) => each instanceof Tensor);
  const shape = like.length === 2 ? like[0].add(like[1]).layout.shape : like[0].layout.shape;
  const standard = drawn('normal', shape, like[0].dtypeCore, given, standardNormal);
  return standard.mul(std).add(mean);
}

function refill(name: string, self: Tensor, generator: Generator | undefined, fill: Fill): Tensor {
  const fresh = drawn(name, self.layout.shape, self.dtypeCore, generator ? { generator } : {}, fill);
  copyFrom(self, fresh);
  fresh.storage.free();
  return self;
}

export interface FillOptions {
  readonly generator?: Generator;
}

/** Overwrites with uniform numbers of [from, to). Source: torch.Tensor.uniform_. */
export function uniform_(self: Tensor, from = 0, to = 1, options: FillOptions = {}): Tensor {
  return refill('uniform', self, options.generator, (stream, data, type, count) => stream.uniform(data, type, 0, count, from, to));
}
/** Overwrites with normal numbers. Source: torch.Tensor.normal_. */
export function normal_(self: Tensor, mean = 0, std = 1, options: FillOptions = {}): Tensor {
  const { contiguous } = self.layout;
  return refill('normal', self, options.generator,
    (stream, data, type, count) => stream.normal(data, type, 0, count, mean, std, contiguous));
}
/** Overwrites with integers of [from, to), or of the dtype's non-negative range. Source: torch.Tensor.random_. */
export function random_(self: Tensor, from?: number | null, to?: number | null, options: FillOptions = {}): Tensor {
  return refill('random', self, options.generator, (stream, data, type, count) => {
    if (from === undefined || from === null) stream.random(data, type, 0, count);
    else if (to === undefined || to === null) stream.randomFromTo(0, from, data, type, 0, count);
    else stream.randomFromTo(from, to, data, type, 0, count);
  });
}
/** Overwrites with 1 with probability p, else 0. Source: torch.Tensor.bernoulli_. */
export function bernoulli_(self: Tensor, p = 0.5, options: FillOptions = {}): Tensor {
  return refill('bernoulli', self, options.generator, (stream, data, type, count) => stream.bernoulli(data, type, 0, count, p));
}
/** Overwrites with exponentially distributed numbers. Source: torch.Tensor.exponential_. */
export function exponential_(self: Tensor, lambd = 1, options: FillOptions = {}): Tensor {
  return refill('exponential', self, options.generator, (stream, data, type, count) => stream.exponential(data, type, 0, count, lambd));
}
