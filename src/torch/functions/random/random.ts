import * as core from '../../../core/dtype.ts';
import { RuntimeError } from '../../../core/errors.ts';
import { elements, isDeferred } from '../../../ops/host.ts';
import { detach } from '../../../ops/movement.ts';
import { overloaded } from '../../arguments/keyed.ts';
import { intoOut } from '../../arguments/operands.ts';
import type { DeviceLike } from '../../device.ts';
import type { dtype } from '../../dtypes/dtypes.ts';
import { defaultDType } from '../../dtypes/dtypes.ts';
import type { ShapeArguments } from '../creation.ts';
import { besides, factory, factoryText, typeFor } from '../creation.ts';
import type { Fill, Generator, RandomOptions } from './generator.ts';
import { drawn } from './generator.ts';
import { normalDraw } from '../../../ops/random.ts';
import { Tensor } from '../../tensor/tensor.ts';

export * from './inPlace.ts';
export * from './generator.ts';

/** Random tensors. */

const uniform01: Fill = (stream, data, type, count) => stream.uniform(data, type, 0, count);
const standardNormal: Fill = (stream, data, type, count) => stream.normal(data, type, 0, count);

const randomText = `out=None, ${factoryText}`;
type OfSize = (...size: (ShapeArguments[number] | RandomOptions)[]) => Tensor;
interface Sized {
  readonly size: readonly number[];
}
interface Bounds {
  readonly low?: number;
  readonly high: number;
}
interface Like {
  readonly input: Tensor;
}

const ofSize = (name: string, fill: Fill): OfSize => factory<OfSize, RandomOptions & Sized>(
  name, [`*size: int, generator=None, ${randomText}`, ({ size, ...options }): Tensor =>
    drawn(size, typeFor(options), options, fill)]);

/**
 * A tensor of the given sizes of random numbers, uniform on [0, 1). Source: torch.rand.
 * @example
 * torch.manual_seed(0);
 * torch.rand(2); // → tensor([0.4963, 0.7682])
 */
export const rand = ofSize('rand', uniform01);

/**
 * A tensor of the given sizes of random numbers, normal with mean 0 and standard deviation 1. Source: torch.randn.
 * @example
 * torch.manual_seed(0);
 * torch.randn(2); // → tensor([ 1.5410, -0.2934])
 */
export const randn = ofSize('randn', standardNormal);

const integers = ({ low = 0, high, size, ...options }: RandomOptions & Sized & Bounds): Tensor =>
  drawn(size, typeFor(options, () => core.int64), options,
    (stream, data, type, count) => stream.randomFromTo(low, high, data, type, 0, count));

/**
 * Integers of [low, high): `randint(high, size)` or `randint(low, high, size)`. int64. Source: torch.randint.
 * @example
 * torch.manual_seed(0);
 * torch.randint(10, [4]); // → tensor([4, 9, 3, 0])
 */
export const randint = factory<{
  (high: number, size: readonly number[], options?: RandomOptions): Tensor;
  (low: number, high: number, size: readonly number[], options?: RandomOptions): Tensor;
  (low: number, high: number, options: RandomOptions & Sized): Tensor;
  (low: number, options: RandomOptions & Sized & { readonly high?: number }): Tensor;
  (options: RandomOptions & Sized & Bounds): Tensor;
}, RandomOptions & Sized & Bounds>(
  'randint', [`high: int, size: tuple of ints, *, generator=None, ${randomText}`, integers],
  [`low: int, high: int, size: tuple of ints, *, generator=None, ${randomText}`, integers]);

/**
 * A random order of 0 to n − 1, int64. Source: torch.randperm.
 * @example
 * torch.manual_seed(0);
 * torch.randperm(4); // → tensor([0, 1, 3, 2])
 */
export const randperm = factory<
  ((options: RandomOptions & { readonly n: number }) => Tensor) & ((n: number, options?: RandomOptions) => Tensor),
  RandomOptions & { readonly n: number }
>('randperm', [`n: int, *, generator=None, ${randomText}`, ({ n, ...options }): Tensor =>
  drawn([n], typeFor(options, () => core.int64), options, (stream, data) => {
    const order = stream.randperm(n);
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
      // The low words of small non-negative 64-bit integers.
      const words = new Int32Array(data.buffer);
      for (let i = 0; i < n; i++) words[2 * i] = order[i];
    } else {
      (data as Int32Array).set(order);
    }
  })]);

const likeText = `generator=None, memory_format=None, ${factoryText}`;
type LikeOptions = Omit<RandomOptions, 'out'>;
type OfLike = ((options: LikeOptions & Like) => Tensor) & ((input: Tensor, options?: LikeOptions) => Tensor);

const drawnLike = (input: Tensor, given: LikeOptions, fill: Fill): Tensor => {
  const options = besides(input, given);
  return drawn(input.geometry.shape, options.dtype!.core, options, fill);
};

const like = (name: string, fill: Fill): OfLike => factory<OfLike, LikeOptions & Like>(
  name, [`input, *, ${likeText}`, ({ input, ...options }): Tensor => drawnLike(input, options, fill)]);

/**
 * Uniform on [0, 1), in another tensor's shape, dtype and device. Source: torch.rand_like.
 * @example
 * torch.manual_seed(0);
 * torch.rand_like(torch.zeros(2)); // → tensor([0.4963, 0.7682])
 */
export const rand_like = like('rand_like', uniform01);
/**
 * Standard normal, in another tensor's shape, dtype and device. Source: torch.randn_like.
 * @example
 * torch.manual_seed(0);
 * torch.randn_like(torch.zeros(2)); // → tensor([ 1.5410, -0.2934])
 */
export const randn_like = like('randn_like', standardNormal);

const integersLike = ({ input, low = 0, high, ...options }: LikeOptions & Like & Bounds): Tensor =>
  drawnLike(input, options, (stream, data, type, count) => stream.randomFromTo(low, high, data, type, 0, count));

/**
 * Integers of [low, high), in another tensor's shape, dtype and device. Source: torch.randint_like.
 * @example
 * torch.manual_seed(0);
 * torch.randint_like(torch.zeros(4), 10); // → tensor([4., 9., 3., 0.])
 */
export const randint_like = factory<{
  (input: Tensor, high: number, options?: LikeOptions): Tensor;
  (input: Tensor, low: number, high: number, options?: LikeOptions): Tensor;
  (input: Tensor, options: LikeOptions & Bounds): Tensor;
  (options: LikeOptions & Like & Bounds): Tensor;
}, LikeOptions & Like & Bounds>(
  'randint_like', [`input, high: int, *, ${likeText}`, integersLike], [`input, low: int, high: int, *, ${likeText}`, integersLike]);

type NormalOptions = Pick<RandomOptions, 'generator' | 'out'>;

function normalLike(mean: number | Tensor, std: number | Tensor = 1, generator?: Generator, out?: Tensor): Tensor {
  if (typeof std !== 'number' && !isDeferred(std) && !elements(detach(std)).every((each) => (each as number) >= 0)) {
    throw new RuntimeError('normal expects all elements of std >= 0.0');
  }
  // PyTorch draws normals of mean 0 in the result's shape, scales them by a tensor, and shifts them.
  const like = [mean, std].filter((each) => each instanceof Tensor);
  const shape = like.length === 2 ? like[0].add(like[1]).geometry.shape : like[0].geometry.shape;
  const [spread, scale] = typeof std === 'number' ? [std, 1] : [1, std];
  const result = normalDraw(mean instanceof Tensor ? mean : null, std instanceof Tensor ? std : null, () =>
    drawn(shape, like[0].dtypeCore, { generator }, (stream, data, type, count) =>
      stream.normal(data, type, 0, count, 0, spread)).mul(scale).add(mean));
  return out === undefined ? result : intoOut('normal', result, out, []);
}

/**
 * Normal numbers: `normal(mean, std, size)`, with tensors for mean or std in their shape. Source: torch.normal.
 * @example
 * torch.manual_seed(0);
 * torch.normal(10, 2, [2]); // → tensor([13.0820,  9.4131])
 */
export const normal = overloaded<{
  (mean: Tensor, std?: Tensor | number, options?: NormalOptions): Tensor;
  (mean: number, std: Tensor, options?: NormalOptions): Tensor;
  (mean: number, std: number, size: readonly number[], options?: RandomOptions): Tensor;
  (mean: number, std: number, options: RandomOptions & Sized): Tensor;
  (options: NormalOptions & { readonly mean: number | Tensor; readonly std?: number | Tensor }): Tensor;
  (options: RandomOptions & Sized & { readonly mean: number; readonly std: number }): Tensor;
}>('normal',
  ['mean: Tensor, std: Tensor, *, generator=None, out=None', normalLike],
  ['mean: Tensor, std: float = 1, *, generator=None, out=None', normalLike],
  ['mean: float, std: Tensor, *, generator=None, out=None', normalLike],
  [`mean: float, std: float, size: tuple of ints, *, generator=None, ${randomText}`,
    (mean: number, std: number, size: readonly number[], generator?: Generator, out?: Tensor, type?: dtype, _layout?: unknown,
      device?: DeviceLike, pin_memory?: boolean, requires_grad?: boolean): Tensor =>
      drawn(size, type?.core ?? defaultDType(), { generator, out, device, pin_memory, requires_grad },
        (stream, data, name, count) => stream.normal(data, name, 0, count, mean, std))]);
