import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { isFloating } from '../../core/dtype.ts';
import type { ConvolutionParams } from '../../ops/convolution.ts';
import { convolution, convolutionTransposed } from '../../ops/convolution.ts';
import { sliceAxis, squeeze, unsqueeze } from '../../ops/movement.ts';
import { keyed } from '../arguments/keyed.ts';
import { listText } from '../arguments/sizes.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Convolutions of sequences, images and volumes, each with and without a batch, and the same turned round. */

type Sizes = number | readonly number[];
type Forward = [weight: Tensor, bias?: Tensor | null, stride?: Sizes, padding?: Sizes | string, dilation?: Sizes, groups?: number];
type Transposed = [
  weight: Tensor, bias?: Tensor | null, stride?: Sizes, padding?: Sizes, output_padding?: Sizes, groups?: number, dilation?: Sizes,
];

const forward = [
  'input, weight: Tensor, bias: Tensor = None, stride: tuple of ints | int = 1',
  'padding: tuple of ints | int | str = 0, dilation: tuple of ints | int = 1, groups: int = 1',
] as const;
const transposed = [
  'input, weight: Tensor, bias: Tensor = None, stride: tuple of ints | int = 1, padding: tuple of ints | int = 0',
  'output_padding: tuple of ints | int = 0, groups: int = 1, dilation: tuple of ints | int = 1',
] as const;

/** A number for each dimension, from one for all or as many as the weight has dimensions. */
function perDimension(name: string, value: Sizes, dimensions: number, kernel: readonly number[]): readonly number[] {
  const list = typeof value === 'number' ? Array.from({ length: dimensions }, () => value) : value;
  if (list.length !== kernel.length && (list.length !== 1 || kernel.length !== dimensions)) {
    throw new RuntimeError(
      `expected ${name} to be a single integer value or a list of ${kernel.length} values to match the convolution dimensions, but got `
      + `${name}=${listText(list)}`);
  }
  return list.length === 1 ? kernel.map(() => list[0]) : list;
}

const bySides = (values: readonly number[]): string => values.join(' x ');

/** The names of C++ as they stand in errors about two operands. */
const typeNames: Readonly<Record<string, string>> = {
  float32: 'float', float64: 'double', float16: 'c10::Half', bfloat16: 'c10::BFloat16', int64: 'long long',
  complex64: 'c10::complex<float>', complex128: 'c10::complex<double>',
};

/** `kernel` is what PyTorch names where it refuses a dtype. */
function checkTypes(input: Tensor, weight: Tensor, bias: Tensor | null, kernel: string): void {
  const { dtypeCore: dtype } = input;
  if (dtype !== weight.dtypeCore) {
    throw new RuntimeError(`expected scalar type ${scalarTypeName(dtype)} but found ${scalarTypeName(weight.dtypeCore)}`);
  }
  if (bias !== null && bias.dtypeCore !== dtype) {
    const name = ({ name: own }: { readonly name: string }): string => typeNames[own] ?? own;
    throw new RuntimeError(`Input type (${name(dtype)}) and bias type (${name(bias.dtypeCore)}) should be the same`);
  }
  if (!isFloating(dtype) && dtype.kind !== 'complex' && dtype.name !== 'int64') {
    throw new NotImplementedError(`"${kernel}" not implemented for '${scalarTypeName(dtype)}'`);
  }
}

/** What both directions have in common: signs, shapes of the operands, and the channels of a group. */
function checkShapes(
  input: readonly number[], weight: Tensor, bias: Tensor | null, isTransposed: boolean, groups: number, channels: number,
): void {
  const { shape } = weight.geometry;
  const given = `Given ${isTransposed ? `transposed=1` : `groups=${groups}`}, weight of size ${listText(shape)}`;
  // PyTorch brackets the one twice.
  const wrong = shape[0] < groups ? ['at least', listText(shape)]
    : shape[0] % groups !== 0 ? ['divisible by', `[${listText(shape)}]`] : null;
  if (wrong !== null) {
    const [what, size] = wrong;
    throw new RuntimeError(
      `Given groups=${groups}, expected weight to be ${what} ${groups} at dimension 0, but got weight of size ${size} instead`);
  }
  const expected = isTransposed ? shape[0] : shape[1] * groups;
  if (input[1] !== expected) {
    throw new RuntimeError(
      `${given}, expected input${listText(input)} to have ${expected} channels, but got ${input[1]} channels instead`);
  }
  if (bias !== null && (bias.geometry.shape.length !== 1 || bias.geometry.shape[0] !== channels)) {
    throw new RuntimeError(
      `Given ${isTransposed ? 'transposed=1, ' : ''}weight of size ${listText(shape)}, expected bias to be 1-dimensional with ${channels} `
      + `elements, but got bias of size ${listText(bias.geometry.shape)} instead`);
  }
}

function checkNumbers(stride: readonly number[], padding: readonly number[], dilation: readonly number[], groups: number): void {
  if (padding.some((each) => each < 0)) throw new RuntimeError('negative padding is not supported');
  if (stride.some((each) => each <= 0)) throw new RuntimeError('non-positive stride is not supported');
  if (dilation.some((each) => each <= 0)) throw new RuntimeError(`dilation should be greater than zero, but got ${listText(dilation)}`);
  if (groups <= 0) throw new RuntimeError('non-positive groups is not supported');
}

/** Runs on a batch of one where there is none. */
function batched(name: string, input: Tensor, dimensions: number, run: (batch: Tensor) => Tensor): Tensor {
  const rank = input.geometry.shape.length;
  if (rank === dimensions + 2) return run(input);
  if (rank === dimensions + 1) return squeeze(run(unsqueeze(input, 0)), [0]);
  throw new RuntimeError(
    `Expected ${dimensions + 1}D (unbatched) or ${dimensions + 2}D (batched) input to ${name}, but got input of size: `
    + listText(input.geometry.shape));
}

/** Zeros before the image, of which an even window has one less than behind it; how many places there are follows from both. */
function paddingOf(
  given: Sizes | string, kernel: readonly number[], stride: readonly number[], dilation: readonly number[],
): { readonly padding: readonly number[], readonly both: readonly number[] } {
  if (typeof given !== 'string') {
    const padding = perDimension('padding', given, kernel.length, kernel);
    return { padding, both: padding.map((each) => 2 * each) };
  }
  if (given !== 'same' && given !== 'valid') throw new RuntimeError(`Invalid padding string: '${given}'`);
  if (given === 'same' && stride.some((each) => each !== 1)) {
    throw new RuntimeError("padding='same' is not supported for strided convolutions");
  }
  const both = kernel.map((extent, i) => (given === 'same' ? dilation[i] * (extent - 1) : 0));
  return { padding: both.map((each) => Math.floor(each / 2)), both };
}

function convolve(name: string, dimensions: number) {
  return keyed<typeof forward, Forward, Tensor>(name, forward, (
    input, weight, bias = null, stride = 1, padding = 0, dilation = 1, groups = 1,
  ) => batched(name, input, dimensions, (batch) => {
    checkTypes(batch, weight, bias, dimensions === 3 ? 'compute_columns3d' : 'slow_conv2d_cpu');
    const { shape } = batch.geometry;
    const [channels, , ...kernel] = weight.geometry.shape;
    const strides = perDimension('stride', stride, dimensions, kernel);
    const dilations = perDimension('dilation', dilation, dimensions, kernel);
    const { padding: before, both } = paddingOf(padding, kernel, strides, dilations);
    checkNumbers(strides, before, dilations, groups);
    checkShapes(shape, weight, bias, false, groups, channels);
    const wide = shape.slice(2).map((extent, i) => extent + both[i]);
    const reach = kernel.map((extent, i) => dilations[i] * (extent - 1) + 1);
    if (wide.some((extent, i) => extent < reach[i])) {
      throw new RuntimeError(
        `Calculated padded input size per channel: (${bySides(wide)}). Kernel size: (${bySides(reach)}). Kernel size can't be greater than `
        + 'actual input size');
    }
    const params: ConvolutionParams = {
      stride: strides, padding: before, dilation: dilations, groups,
      size: wide.map((extent, i) => Math.floor((extent - reach[i]) / strides[i]) + 1),
    };
    // As in PyTorch, what comes of no channels has none.
    if (shape[1] === 0) return convolution(batch, sliceAxis(weight, 0, 0, 0), null, params);
    return convolution(batch, weight, bias, params);
  }));
}

function convolveTransposed(name: string, dimensions: number) {
  return keyed<typeof transposed, Transposed, Tensor>(name, transposed, (
    input, weight, bias = null, stride = 1, padding = 0, output_padding = 0, groups = 1, dilation = 1,
  ) => batched(name, input, dimensions, (batch) => {
    checkTypes(batch, weight, bias, `slow_conv_transpose${Math.max(dimensions, 2)}d_out_cpu`);
    const { shape } = batch.geometry;
    const [, group, ...kernel] = weight.geometry.shape;
    const [strides, before, rest, dilations] = ([
      ['stride', stride], ['padding', padding], ['output_padding', output_padding], ['dilation', dilation],
    ] as const).map(([option, value]) => perDimension(option, value, dimensions, kernel));
    checkNumbers(strides, before, dilations, groups);
    if (rest.some((each) => each < 0)) throw new RuntimeError('negative output_padding is not supported');
    checkShapes(shape, weight, bias, true, groups, group * groups);
    if (rest.some((each, i) => each >= Math.max(strides[i], dilations[i]))) {
      const sides = ['depth', 'height', 'width'].slice(3 - Math.max(dimensions, 2));
      const shown = (option: string, values: readonly number[], missing: number): string =>
        sides.map((side, i) => `${option}_${side}: ${[...(dimensions === 1 ? [missing] : []), ...values][i]}`).join(' ');
      throw new RuntimeError(
        `output padding must be smaller than either stride or dilation, but got ${shown('output_padding', rest, 0)} `
        + `${shown('stride', strides, 1)} ${shown('dilation', dilations, 1)}`);
    }
    const places = shape.slice(2);
    const size = places.map((extent, i) =>
      (extent - 1) * strides[i] - 2 * before[i] + dilations[i] * (kernel[i] - 1) + rest[i] + 1);
    if (size.some((extent) => extent <= 0)) {
      throw new RuntimeError(
        `Given input size per channel: (${bySides(places)}). Calculated output size per channel: (${bySides(size)}). `
        + 'Output size is too small');
    }
    return convolutionTransposed(batch, weight, bias, { stride: strides, padding: before, dilation: dilations, groups, size });
  }));
}

/**
 * Sequences (N, C, L) or (C, L) convolved with a weight (out, C / groups, k), whose windows are `stride` apart; zeros beyond the edges.
 * Source: torch.conv1d.
 * @example
 * torch.conv1d(torch.arange(4).float().reshape(1, 1, 4), torch.ones(1, 1, 2)); // → tensor([[[1., 3., 5.]]])
 */
export const conv1d = convolve('conv1d', 1);
/**
 * Images (N, C, H, W) or (C, H, W) convolved with a weight (out, C / groups, kH, kW). `padding` is a number, one for each dimension,
 * 'valid' or 'same'. Source: torch.conv2d.
 * @example
 * torch.conv2d(torch.ones(1, 1, 3, 3), torch.ones(1, 1, 3, 3), { padding: 1 }); // → tensor([[[[4., 6., 4.],
 *                                                                               //             [6., 9., 6.],
 *                                                                               //             [4., 6., 4.]]]])
 */
export const conv2d = convolve('conv2d', 2);
/**
 * Volumes (N, C, D, H, W) or (C, D, H, W) convolved with a weight (out, C / groups, kD, kH, kW). Source: torch.conv3d.
 * @example
 * torch.conv3d(torch.ones(1, 2, 3, 3, 3), torch.ones(4, 2, 2, 2, 2)).shape; // → torch.Size([1, 4, 2, 2, 2])
 */
export const conv3d = convolve('conv3d', 3);
/**
 * Turns conv1d round: what each place of a sequence (N, C, L) adds to a longer one, by a weight (C, out / groups, k).
 * Source: torch.conv_transpose1d.
 * @example
 * torch.conv_transpose1d(torch.tensor([[[1.5, 2]]]), torch.ones(1, 1, 2), { stride: 2 });
 * // → tensor([[[1.5000, 1.5000, 2.0000, 2.0000]]])
 */
export const conv_transpose1d = convolveTransposed('conv_transpose1d', 1);
/**
 * Turns conv2d round: what each place of an image (N, C, H, W) adds to a larger one, by a weight (C, out / groups, kH, kW).
 * Source: torch.conv_transpose2d.
 * @example
 * torch.conv_transpose2d(torch.ones(1, 3, 4, 4), torch.ones(3, 2, 3, 3), { stride: 2 }).shape; // → torch.Size([1, 2, 9, 9])
 */
export const conv_transpose2d = convolveTransposed('conv_transpose2d', 2);
/**
 * Turns conv3d round, by a weight (C, out / groups, kD, kH, kW). Source: torch.conv_transpose3d.
 * @example
 * torch.conv_transpose3d(torch.ones(1, 3, 2, 2, 2), torch.ones(3, 2, 3, 3, 3)).shape; // → torch.Size([1, 2, 4, 4, 4])
 */
export const conv_transpose3d = convolveTransposed('conv_transpose3d', 3);
