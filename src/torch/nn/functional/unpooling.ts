import { int64 } from '../../../core/dtype.ts';
import { RuntimeError, ValueError, pythonTypeName } from '../../../core/errors.ts';
import { sameShape } from '../../../core/layout.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import type { Call, Mixed, NamesOf, Values } from '../../../core/signature.ts';
import { declare } from '../../../core/signature.ts';
import { elementAt, isDeferred } from '../../../ops/host.ts';
import { sliceAxis } from '../../../ops/movement.ts';
import * as pooling from '../../../ops/pooling.ts';
import { allAxes, extreme } from '../../../ops/reduce.ts';
import { listText } from '../../arguments/sizes.ts';
import type { Dimensions, Extents } from '../../arguments/windows.ts';
import { checkExtents, perDimension } from '../../arguments/windows.ts';
import type { Pair } from '../../functions/pooling.ts';
import { averaged, checkKind, maxPooled } from '../../functions/pooling.ts';
import { abs, mul, neg, relu, sign } from '../../pointwise.ts';
import { pow } from '../../functions/powers.ts';
import { rand } from '../../functions/random/random.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { wrapDimension } from '../../tensor/tensor.ts';

/** Poolings turned round, with windows at random places, and by powers. */

// --- back to where the largest were ---

const spread = (value: Extents, dimensions: Dimensions): readonly number[] =>
  (typeof value === 'number' ? Array.from({ length: dimensions }, () => value) : value);

/** The extents that are asked for, or that follow from the windows. */
function unpooledSize(
  input: Tensor, kernel: readonly number[], stride: readonly number[], padding: readonly number[], asked: readonly number[] | null,
): readonly number[] {
  const count = kernel.length;
  const extents = input.geometry.shape.slice(-count);
  const natural = kernel.map((each, i) => ((extents[i] ?? 1) - 1) * stride[i] + each - 2 * padding[i]);
  if (asked !== null && !Array.isArray(asked)) throw new TypeError(`object of type '${pythonTypeName(asked)}' has no len()`);
  const own = asked?.length === count + 2 ? asked.slice(2) : asked;
  if (own !== null && own.length !== count) {
    throw new ValueError(
      `output_size should be a sequence containing ${count} or ${count + 2} elements, but it has a length of '${own.length}'`);
  }
  own?.forEach((extent, i) => {
    const [least, most] = [natural[i] - stride[i], natural[i] + stride[i]];
    if (extent > least && extent < most) return;
    throw new ValueError(`invalid output_size "${pythonRepr(own)}" (dim ${i} must be between ${least} and ${most})`);
  });
  const size = own ?? natural;
  const negative = size.findIndex((extent) => extent < 0);
  if (negative >= 0) {
    throw new ValueError('max_unpooling: output_size must contain non-negative spatial dimensions, '
      + `but got output_size[${negative}]=${size[negative]}`);
  }
  return size;
}

/** Refuses places outside the image, where they can be read at once. */
function checkPlaces(indices: Tensor, size: readonly number[]): void {
  if (indices.geometry.size === 0 || isDeferred(indices)) return;
  const bound = (kind: 'min' | 'max'): number => {
    const found = extreme(kind, indices.detach(), allAxes(indices));
    return Number(elementAt(found, found.geometry.offset));
  };
  const limit = size.reduce((product, extent) => product * extent, 1);
  for (const place of [bound('min'), bound('max')]) {
    if (place < 0 || place >= limit) {
      throw new RuntimeError(`Found an invalid max index: ${place} (output volumes are of size ${size.join('x')}`
        + `${size.length === 1 ? 'x1' : ''})`);
    }
  }
}

type Unpooled = [
  input: Tensor, indices: Tensor, kernel_size: Extents, stride?: Extents | null, padding?: Extents, output_size?: readonly number[] | null,
];

const unpoolText = 'input, indices: Tensor, kernel_size, stride=None, padding: Any = 0, output_size=None';

const maxUnpool = (dimensions: Dimensions) => declare<Unpooled>()(`nn.functional.max_unpool${dimensions}d`, unpoolText, (
  { input, indices, kernel_size, stride, padding, output_size },
): Tensor => {
  const kernel = spread(kernel_size, dimensions);
  const step = spread(stride ?? kernel_size, dimensions);
  const size = unpooledSize(input, kernel, step, spread(padding, dimensions), output_size);
  const isLine = dimensions === 1;
  const shown = ({ geometry: { shape } }: Tensor): readonly number[] => (isLine ? [...shape, 1] : shape);
  const rank = isLine ? 2 : dimensions;
  if (indices.dtypeCore !== int64) {
    throw new RuntimeError(`elements in indices should be type int64 but got: ${scalarTypeName(indices.dtypeCore)}`);
  }
  const shape = shown(input);
  if (shape.length !== rank + 1 && shape.length !== rank + 2) {
    throw new RuntimeError(
      `Input to max_unpooling${rank}d should be a ${rank + 1}d or ${rank + 2}d Tensor, but got a tensor with ${shape.length} dimensions.`);
  }
  if (dimensions === 3 && step.some((each) => each <= 0)) {
    throw new RuntimeError(`strides should be greater than zero, but got stride: ${listText(step)}`);
  }
  if (!sameShape(input.geometry.shape, indices.geometry.shape)) {
    throw new RuntimeError(`Expected shape of indices to be same as that of the input tensor (${listText(shape)}) `
      + `but got indices tensor with shape: ${listText(shown(indices))}`);
  }
  const empty = shape.findIndex((extent, axis) => axis > 0 && extent === 0);
  if (empty >= 0) {
    throw new RuntimeError(`max_unpooling${rank}d(): Expected input to have non-zero size for non-batch dimensions, but got `
      + `${listText(shape)} with dimension ${empty} being empty.`);
  }
  checkKind(`max_unpool${rank}d`, input);
  checkPlaces(indices, size);
  return pooling.maxUnpool(input, indices, { size, adds: false }, isLine ? 'SqueezeBackward1' : `MaxUnpool${dimensions}DBackward0`);
});

/**
 * Zeros with the elements of a max_pool1d back where they were. Source: torch.nn.functional.max_unpool1d.
 * @example
 * const [values, indices] = nn.functional.max_pool1d(torch.tensor([[1.5, 3, 2, 4]]), 2, { return_indices: true });
 * nn.functional.max_unpool1d(values, indices, 2); // → tensor([[0., 3., 0., 4.]])
 */
export const max_unpool1d = maxUnpool(1);
/**
 * Zeros with the elements of a max_pool2d back where they were. Source: torch.nn.functional.max_unpool2d.
 * @example
 * const [values, indices] = nn.functional.max_pool2d_with_indices(torch.tensor([[[1.5, 2], [4, 3]]]), 2);
 * nn.functional.max_unpool2d(values, indices, 2); // → tensor([[[0., 0.],
 *                                                 //            [4., 0.]]])
 */
export const max_unpool2d = maxUnpool(2);
/**
 * Zeros with the elements of a max_pool3d back where they were. Source: torch.nn.functional.max_unpool3d.
 * @example
 * const [values, indices] = nn.functional.max_pool3d_with_indices(torch.arange(8).float().reshape(1, 2, 2, 2), 2);
 * nn.functional.max_unpool3d(values, indices, 2).sum(); // → tensor(7.)
 */
export const max_unpool3d = maxUnpool(3);

// --- windows at random places ---

/** Extents as a part of the image's. */
export type Ratios = number | readonly number[];

const fractionalText = 'input, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples: Tensor = None';
type FractionalNames = NamesOf<typeof fractionalText>;
type Fractional = [input: Tensor, kernel_size: Extents, output_size?: Extents | null, output_ratio?: Ratios | null];
type AllFractional = [...Fractional, return_indices?: boolean, _random_samples?: Tensor | null];

/** A maximum of windows at random places: values alone, or with their places where they are asked for. */
export interface FractionalMaxPoolFunction {
  (input: Tensor, kernel_size: Extents, output_size: Extents | null | undefined, output_ratio: Ratios | null | undefined,
    return_indices: true, _random_samples?: Tensor | null): Pair;
  (...given: Mixed<FractionalNames, Fractional, { readonly return_indices: true; readonly _random_samples?: Tensor | null }>): Pair;
  (...given: Call<FractionalNames, AllFractional>): Tensor;
}

function checkSamples(samples: Tensor, input: Tensor, n: number, channels: number, dimensions: 2 | 3): void {
  const { shape } = samples.geometry;
  if (samples.dtypeCore !== input.dtypeCore) throw new RuntimeError('Expect _random_samples to have the same dtype as input');
  if (shape.length !== 3) throw new RuntimeError(`Expect _random_samples to have 3 dimensions, got ${shape.length}`);
  if (shape[0] < n) throw new RuntimeError('Expect _random_samples.size(0) no less then input batch size.');
  if (shape[1] !== channels) throw new RuntimeError('Expect _random_samples.size(1) equals to input channel size.');
  if (shape[2] !== dimensions) throw new RuntimeError(`Expect _random_samples.size(2) equals to ${dimensions}; got ${shape[2]}.`);
}

const sides = { 2: ['height', 'width'], 3: ['time', 'height', 'width'] } as const;

function fractional(
  dimensions: 2 | 3, { input, kernel_size, output_size, output_ratio, _random_samples }: Values<FractionalNames, AllFractional, unknown>,
): Pair {
  const name = `fractional_max_pool${dimensions}d`;
  if (output_size === null && output_ratio === null) {
    throw new ValueError(`${name} requires specifying either an output_size or an output_ratio`);
  }
  const { shape } = input.geometry;
  const extents = shape.slice(-dimensions);
  let asked = output_size;
  if (asked === null) {
    if (dimensions === 2 && typeof output_ratio === 'number') throw new TypeError("object of type 'float' has no len()");
    const ratios = typeof output_ratio === 'number' ? extents.map(() => output_ratio) : output_ratio!;
    if (dimensions === 2 && ratios.length > 2) {
      throw new ValueError(`${name} requires output_ratio to either be a single Int or tuple of Ints.`);
    }
    asked = extents.map((extent, i) => Math.trunc(extent * ratios[i]));
  }
  checkExtents(name, 'kernel_size', 2, kernel_size);
  checkExtents(name, 'output_size', 3, asked);
  const axis = wrapDimension(-dimensions - 1, shape.length);
  const n = shape.length === dimensions + 1 ? 1 : shape[0];
  if (_random_samples === null) checkKind('check_uniform_bounds', input);
  const samples = _random_samples ?? rand(n, shape[axis], dimensions, { dtype: input.dtype, device: input.device });
  const several = dimensions === 2 ? 'tuple of Ints' : 'tuple of three Ints';
  const kernel = perDimension(kernel_size, dimensions, () => `${name}: kernel_size must either be a single Int or ${several}`);
  const size = perDimension(asked, dimensions, () => `${name}: output_size must either be a single Int or ${several}`);
  if (kernel.some((each) => each <= 0)) {
    throw new RuntimeError(`${name}(): kernel size should be greater than zero, but got ${kernel.join('x')}`);
  }
  if (shape.length > dimensions + 2) {
    throw new RuntimeError(`${name}(): Expected ${dimensions + 1}D or ${dimensions + 2}D tensor, but got: ${listText(shape)}`);
  }
  const empty = shape.findIndex((extent, i) => i >= axis && extent === 0);
  if (empty >= 0) {
    throw new RuntimeError(`${name}(): Expected input to have non-zero size for non-batch dimensions, but got${listText(shape)} `
      + `with dimension ${empty} being empty.`);
  }
  const large = extents.findIndex((extent, i) => size[i] + kernel[i] - 1 > extent);
  if (large >= 0) {
    const side = sides[dimensions][large];
    throw new RuntimeError(`${name}${dimensions === 3 ? '_out' : ''}(): pool ${side} ${kernel[large]} too large relative to input `
      + `${side} ${extents[large]}`);
  }
  checkKind(`${name}_out_frame`, input);
  checkSamples(samples, input, n, shape[axis], dimensions);
  const own = sliceAxis(samples, 0, 0, n);
  // PyTorch's first phase of an image is that of its width, of a volume that of its first dimension.
  const ordered = dimensions === 2 ? own.flip([2]) : own;
  const phases = shape.length === dimensions + 1 ? ordered.squeeze(0) : ordered;
  const { values, indices } = pooling.fractionalMaxPool(
    input, phases, { kernel, size }, `FractionalMaxPool${dimensions}DBackward0`);
  return [values, indices];
}

const fractionalMaxPool = (dimensions: 2 | 3): FractionalMaxPoolFunction =>
  declare<AllFractional>()(`nn.functional.fractional_max_pool${dimensions}d`, fractionalText, (values): Tensor | Pair => {
    const found = fractional(dimensions, values);
    return values.return_indices ? found : found[0];
  }) as unknown as FractionalMaxPoolFunction;

const fractionalMaxPoolWithIndices = (dimensions: 2 | 3) =>
  declare<AllFractional>()(`nn.functional.fractional_max_pool${dimensions}d_with_indices`, fractionalText,
    (values): Pair => fractional(dimensions, values));

/**
 * The largest of windows of images (C, H, W) or (N, C, H, W) that are at random places, `output_size` or `output_ratio` of the image
 * along each dimension. Source: torch.nn.functional.fractional_max_pool2d.
 * @example
 * const samples = torch.full([1, 1, 2], 0.5);
 * const image = torch.arange(25).float().reshape(1, 5, 5);
 * nn.functional.fractional_max_pool2d(image, 2, 2, { _random_samples: samples }); // → tensor([[[ 6.,  9.],
 *                                                                                 //            [21., 24.]]])
 */
export const fractional_max_pool2d: FractionalMaxPoolFunction = fractionalMaxPool(2);
/**
 * The same of volumes (C, D, H, W) or (N, C, D, H, W). Source: torch.nn.functional.fractional_max_pool3d.
 * @example
 * nn.functional.fractional_max_pool3d(torch.arange(27).float().reshape(1, 3, 3, 3), 2, 1); // → tensor([[[[26.]]]])
 */
export const fractional_max_pool3d: FractionalMaxPoolFunction = fractionalMaxPool(3);
/**
 * As fractional_max_pool2d, always with indices. Source: torch.nn.functional.fractional_max_pool2d.
 * @example
 * nn.functional.fractional_max_pool2d_with_indices(torch.arange(9).float().reshape(1, 3, 3), 2, 1)[1]; // → tensor([[[8]]])
 */
export const fractional_max_pool2d_with_indices = fractionalMaxPoolWithIndices(2);
/**
 * As fractional_max_pool3d, always with indices. Source: torch.nn.functional.fractional_max_pool3d.
 * @example
 * nn.functional.fractional_max_pool3d_with_indices(torch.arange(27).float().reshape(1, 3, 3, 3), 2, 1)[1]; // → tensor([[[[26]]]])
 */
export const fractional_max_pool3d_with_indices = fractionalMaxPoolWithIndices(3);

// --- sums of powers ---

type Power = [input: Tensor, norm_type: number, kernel_size: Extents, stride?: Extents | null, ceil_mode?: boolean];

const lpPool = (dimensions: Dimensions) => declare<Power>()(
  `nn.functional.lp_pool${dimensions}d`, 'input, norm_type: float, kernel_size, stride=None, ceil_mode=False', (
    { input, norm_type, kernel_size, stride, ceil_mode },
  ): Tensor => {
    const kernel = spread(kernel_size, dimensions);
    if (norm_type === 0) throw new ValueError(`norm_type must be a non-zero value, but got ${norm_type}`);
    const windows = { kernel_size, stride, padding: 0, ceil_mode };
    checkExtents(`${Math.abs(norm_type) === Infinity ? 'max' : 'avg'}_pool${dimensions}d`, 'kernel_size', 2, kernel_size);
    if (norm_type === Infinity) return maxPooled(dimensions, abs(input), { ...windows, dilation: 1 });
    if (norm_type === -Infinity) return neg(maxPooled(dimensions, neg(abs(input)), { ...windows, dilation: 1 }));
    if (dimensions === 1 && typeof kernel_size !== 'number') {
      throw new TypeError("mul(): argument 'other' (position 1) must be Tensor, not tuple");
    }
    const means = averaged(dimensions, pow(input, norm_type), { ...windows, count_include_pad: true, divisor_override: null });
    const sums = mul(mul(sign(means), relu(abs(means))), kernel.reduce((product, extent) => product * extent, 1));
    return pow(sums, 1 / norm_type);
  });

/**
 * The root of the sum of powers `norm_type` of each window along the last dimension. Source: torch.nn.functional.lp_pool1d.
 * @example
 * nn.functional.lp_pool1d(torch.tensor([[3, 4, 6, 8]]).double(), 2, 2); // → tensor([[ 5., 10.]], dtype=torch.float64)
 */
export const lp_pool1d = lpPool(1);
/**
 * The root of the sum of powers `norm_type` of each window of images. Source: torch.nn.functional.lp_pool2d.
 * @example
 * nn.functional.lp_pool2d(torch.ones(1, 4, 4), 2, 2); // → tensor([[[2., 2.],
 *                                                     //            [2., 2.]]])
 */
export const lp_pool2d = lpPool(2);
/**
 * The root of the sum of powers `norm_type` of each window of volumes. Source: torch.nn.functional.lp_pool3d.
 * @example
 * nn.functional.lp_pool3d(torch.ones(1, 2, 2, 2), 1, 2); // → tensor([[[[8.]]]])
 */
export const lp_pool3d = lpPool(3);
