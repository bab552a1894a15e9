import * as core from '../../../core/dtype.ts';
import type { ShapeArguments } from '../creation.ts';
import { defaultDType } from '../../dtypes/dtypes.ts';
import { isOptions, splitShape } from '../../arguments/options.ts';
import type { Fill, RandomOptions } from './generator.ts';
import { drawn } from './generator.ts';
import { normalDraw } from '../../../ops/random.ts';
import { Tensor } from '../../tensor/tensor.ts';

export * from './inPlace.ts';
export * from './generator.ts';

/** Random tensors. */

const uniform01: Fill = (stream, data, type, count) => stream.uniform(data, type, 0, count);
const standardNormal: Fill = (stream, data, type, count) => stream.normal(data, type, 0, count);

/**
 * Uniform on [0, 1). Source: torch.rand.
 * @example
 * torch.manual_seed(0);
 * torch.rand(2); // → tensor([0.4963, 0.7682])
 */
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

/**
 * A random order of 0 to n − 1, int64. Source: torch.randperm.
 * @example
 * torch.manual_seed(0);
 * torch.randperm(4); // → tensor([0, 1, 3, 2])
 */
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

/** Options that name a tensor's device where they name none. */
function besides(input: Tensor, options: RandomOptions): RandomOptions {
  return options.device === undefined ? { ...options, device: input.device } : options;
}

/** Uniform on [0, 1) in a tensor's shape. Source: torch.rand_like. */
export function rand_like(input: Tensor, options: RandomOptions = {}): Tensor {
  return drawn('rand_like', input.geometry.shape, options.dtype?.core ?? input.dtypeCore, besides(input, options), uniform01);
}
/** Standard normal in a tensor's shape. Source: torch.randn_like. */
export function randn_like(input: Tensor, options: RandomOptions = {}): Tensor {
  return drawn('randn_like', input.geometry.shape, options.dtype?.core ?? input.dtypeCore, besides(input, options), standardNormal);
}
/** Integers of [low, high) in a tensor's shape. Source: torch.randint_like. */
export function randint_like(input: Tensor, low: number, high: number, options: RandomOptions = {}): Tensor {
  return drawn('randint_like', input.geometry.shape, options.dtype?.core ?? input.dtypeCore, besides(input, options),
    (stream, data, type, count) => stream.randomFromTo(low, high, data, type, 0, count));
}

/** Normal numbers: `normal(mean, std, size)`, with tensors for mean or std in their shape. Source: torch.normal. */
export function normal(
  mean: number | Tensor, std: number | Tensor = 1, size?: readonly number[] | RandomOptions, options?: RandomOptions,
): Tensor {
  const given = options ?? (isOptions(size) ? size as RandomOptions : {});
  if (typeof mean === 'number' && typeof std === 'number') {
    if (!Array.isArray(size)) throw new TypeError('normal() of two numbers needs a size: normal(mean, std, [2, 3])');
    return drawn('normal', size as number[], given.dtype?.core ?? defaultDType(), given,
      (stream, data, type, count) => stream.normal(data, type, 0, count, mean, std));
  }
  // PyTorch draws standard normals in the result's shape, scales them and shifts them.
  const like = [mean, std].filter((each) => each instanceof Tensor);
  const shape = like.length === 2 ? like[0].add(like[1]).geometry.shape : like[0].geometry.shape;
  return normalDraw(mean instanceof Tensor ? mean : null, std instanceof Tensor ? std : null, () =>
    drawn('normal', shape, like[0].dtypeCore, given, standardNormal).mul(std).add(mean));
}
