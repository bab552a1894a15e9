import { bool, int64, isComplex, uint16, uint32, uint64 } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { requiresGrad } from '../../autograd/viewHistory.ts';
import { gradMode } from '../../autograd/mode.ts';
import { mean } from '../../ops/reduce.ts';
import * as pooling from '../../ops/pooling.ts';
import { keyed } from '../arguments/keyed.ts';
import { listText } from '../arguments/sizes.ts';
import type { Dimensions, Extents, Strided } from '../arguments/windows.ts';
import { adaptiveWindows, perDimension, stridedWindows } from '../arguments/windows.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { wrapDimension } from '../tensor/tensor.ts';

/** What windows of images hold, at most or on average. */

const words = { 1: 'one int', 2: 'two ints', 3: 'three ints' } as const;
export type Pair = [values: Tensor, indices: Tensor];

const notFor = (kernel: string, { dtypeCore }: Tensor): NotImplementedError =>
  new NotImplementedError(`"${kernel}" not implemented for '${scalarTypeName(dtypeCore)}'`);

export function checkKind(kernel: string, input: Tensor, also: readonly unknown[] = []): void {
  if (input.dtypeCore.kind !== 'float' && !also.includes(input.dtypeCore)) throw notFor(kernel, input);
}

/** Ranks of images of one dimension. */
export function checkLines(name: string, { geometry: { shape: { length } } }: Tensor): void {
  if (length === 2 || length === 3) return;
  throw new RuntimeError(`Expected 2 to 3 dimensions, but got ${length}-dimensional tensor for argument #1 'self' `
    + `(while checking arguments for ${name})`);
}

/** One number, as PyTorch asks for it with images of one dimension. */
export const single = (name: string, parameter: string) => (count: number): string =>
  `${name}() argument '${parameter}' should contain one int (got ${count})`;

/** What PyTorch says of lists that are neither one number nor one for each dimension. */
function listed(name: string, dimensions: Dimensions, parameter: string, value: Extents, least: string): readonly number[] {
  return perDimension(value, dimensions, dimensions === 1 ? single(name, parameter)
    : () => `${name}: ${parameter} must ${least}a single int, or a tuple of ${words[dimensions]}`);
}

/** A stride that is not given is the window's extent. */
const strideOr = (stride: Extents | null, kernel: Extents): Extents =>
  (stride === null || (Array.isArray(stride) && stride.length === 0) ? kernel : stride);

export interface MaxPooling {
  readonly kernel_size: Extents;
  readonly stride: Extents | null;
  readonly padding: Extents;
  readonly dilation: Extents;
  readonly ceil_mode: boolean;
}

/** What PyTorch asks of windows of one dimension where no places are wanted. */
function checkLine(input: Tensor, { kernel_size, stride, padding, dilation, ceil_mode }: MaxPooling): void {
  const { shape } = input.geometry;
  if ((shape.length !== 2 || shape[0] === 0 || shape[1] === 0) && (shape.length !== 3 || shape[1] === 0 || shape[2] === 0)) {
    throw new RuntimeError('max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, '
      + `but got:${listText(shape)}`);
  }
  const one = (parameter: string, given: Extents, kinds: string): number => perDimension(given, 1, (count) =>
    `max_pool1d() ${parameter} must be ${kinds} of size 1 but got size ${count}`)[0];
  const several = 'an int, list of ints or tuple of ints';
  const kernel = one('kernel_size', kernel_size, several);
  const step = one('stride', strideOr(stride, kernel_size), 'None, an int, list of ints, or tuple of ints');
  const pad = one('padding', padding, 'an int, list of ints, or tuple of ints');
  const distance = one('dilation', dilation, several);
  for (const [name, value] of [['kernel_size', kernel], ['stride', step]] as const) {
    if (value <= 0) throw new RuntimeError(`max_pool1d() ${name} must be greater than zero, but got ${value}`);
  }
  if (pad < 0) throw new RuntimeError(`max_pool1d() padding must be non-negative, but got ${pad}`);
  if (pad > kernel / 2) {
    throw new RuntimeError(
      `max_pool1d() padding should be at most half of kernel size, but got padding=${pad} and kernel_size=${kernel}`);
  }
  if (distance <= 0) throw new RuntimeError(`max_pool1d() dilation must be greater than zero, but got ${distance}`);
  const room = shape[shape.length - 1] + 2 * pad - distance * (kernel - 1) - 1 + (ceil_mode ? step - 1 : 0);
  const count = Math.floor(room / step) + 1;
  if (count <= 0) throw new RuntimeError(`max_pool1d() Invalid computed output size: ${count}`);
}

const unordered: readonly unknown[] = [bool, uint16, uint32, uint64];

/** The windows of a maximum, with PyTorch's refusals. */
function largestWindows(dimensions: Dimensions, input: Tensor, options: MaxPooling, withIndices: boolean): readonly pooling.Windows[] {
  const name = `max_pool${dimensions}d`;
  const { shape } = input.geometry;
  if (dimensions === 1) {
    if (withIndices) checkLines(name, input);
    else checkLine(input, options);
  }
  const { kernel_size, stride, padding, dilation, ceil_mode } = options;
  const strided: Strided = {
    kernel: listed(name, dimensions, 'kernel_size', kernel_size, 'either be '),
    stride: listed(name, dimensions, 'stride', strideOr(stride, kernel_size), 'either be omitted, '),
    padding: listed(name, dimensions, 'padding', padding, 'either be '),
    dilation: listed(name, dimensions, 'dilation', dilation, 'be either '),
  };
  if (dimensions > 1 && shape.length !== dimensions + 1 && shape.length !== dimensions + 2) {
    throw new RuntimeError(`non-empty ${dimensions + 1}D or ${dimensions + 2}D (batch mode) tensor expected for input`);
  }
  const { windows } = stridedWindows(`${name}_with_indices_out_cpu_template()`, input, strided, ceil_mode);
  const isLine = dimensions === 1 && !withIndices && !(requiresGrad(input) && gradMode.enabled);
  if (isLine) checkKind('max_pool1d_impl', input);
  else if (unordered.includes(input.dtypeCore) || isComplex(input.dtypeCore)) {
    throw notFor(dimensions === 3 ? 'max_pool3d' : 'max_pool2d', input);
  }
  return windows;
}

/** PyTorch computes with images of one row, and drops them last. */
const maxGradName = (dimensions: Dimensions): string =>
  (dimensions === 1 ? 'SqueezeBackward1' : `MaxPool${dimensions}DWithIndicesBackward0`);

export function maxPooled(dimensions: Dimensions, input: Tensor, options: MaxPooling): Tensor {
  return pooling.maxPoolValues(input, largestWindows(dimensions, input, options, false), maxGradName(dimensions));
}

export function maxPooledWithIndices(dimensions: Dimensions, input: Tensor, options: MaxPooling): Pair {
  const { values, indices } = pooling.maxPool(input, largestWindows(dimensions, input, options, true), maxGradName(dimensions));
  return [values, indices];
}

export interface AveragePooling {
  readonly kernel_size: Extents;
  readonly stride: Extents | null;
  readonly padding: Extents;
  readonly ceil_mode: boolean;
  readonly count_include_pad: boolean;
  readonly divisor_override: number | null;
}

const areEmpty = ({ starts, ends }: pooling.Windows): readonly boolean[] => starts.map((start, i) => ends[i] <= start);

export function averaged(dimensions: Dimensions, input: Tensor, options: AveragePooling): Tensor {
  const { kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override } = options;
  const name = `avg_pool${dimensions}d`;
  const { length } = input.geometry.shape;
  if (dimensions === 1) checkLines(name, input);
  const either = dimensions === 3 ? 'be ' : 'either be ';
  const strided: Strided = {
    kernel: listed(name, dimensions, 'kernel_size', kernel_size, either),
    stride: listed(name, dimensions, 'stride', strideOr(stride, kernel_size), `${either}omitted, `),
    padding: listed(name, dimensions, 'padding', padding, either),
    dilation: Array.from({ length: dimensions }, () => 1),
  };
  if (dimensions === 3 && length !== 4 && length !== 5) {
    throw new RuntimeError('non-empty 4D or 5D (batch mode) tensor expected for input');
  }
  if (divisor_override === 0) throw new RuntimeError('divisor must be not zero');
  if (dimensions === 2) wrapDimension(-3, length);
  const { windows, padded } = stridedWindows(`${name}()`, input, strided, ceil_mode, dimensions === 3);
  checkKind(dimensions === 3 ? 'avg_pool3d_out_frame' : 'avg_pool2d', input, [int64]);
  const divisors = windows.map((each, i) => {
    if (divisor_override !== null) return each.starts.map(() => (i === 0 ? divisor_override : 1));
    const empty = areEmpty(each);
    return each.starts.map((start, place) => (empty[place] ? 1 : count_include_pad ? padded[i][place] : each.ends[place] - start));
  });
  return pooling.averagePool(input, { windows, divisors }, dimensions === 1 ? 'SqueezeBackward1' : `AvgPool${dimensions}DBackward0`);
}

/** The windows of adaptive poolings, whose counts the caller has checked. */
const shared = (input: Tensor, counts: readonly number[]): readonly pooling.Windows[] =>
  counts.map((count, i) => adaptiveWindows(input.geometry.shape[input.ndim - counts.length + i], count));

const oneCount = (name: string, output_size: Extents): readonly number[] => perDimension(output_size, 1, single(name, 'output_size'));

/** Refuses images without elements along dimensions from `from` on, in a shape as PyTorch shows it. */
function checkFull(name: string, shape: readonly number[], from: number): void {
  const empty = shape.findIndex((extent, axis) => axis >= from && extent === 0);
  if (empty < 0) return;
  throw new RuntimeError(`${name}(): Expected input to have non-zero size for non-batch dimensions, but input has sizes `
    + `${listText(shape)} with dimension ${empty} being empty`);
}

const isRank = ({ ndim }: Tensor, dimensions: Dimensions): boolean => ndim === dimensions + 1 || ndim === dimensions + 2;

/** A shape with the row that PyTorch gives images of one dimension. */
const withRow = (shape: readonly number[]): readonly number[] => [...shape.slice(0, -1), 1, shape[shape.length - 1]];

export function adaptiveAveraged(dimensions: Dimensions, input: Tensor, output_size: Extents): Tensor {
  const isLine = dimensions === 1;
  if (isLine) checkLines('adaptive_avg_pool1d', input);
  const name = `adaptive_avg_pool${isLine ? 2 : dimensions}d`;
  const counts = isLine ? oneCount('adaptive_avg_pool1d', output_size)
    : typeof output_size === 'number' ? Array.from({ length: dimensions }, () => output_size) : output_size;
  if (counts.length !== dimensions) throw new RuntimeError(`${name}: output_size must be ${dimensions}`);
  if (counts.some((count) => count < 0)) {
    const texts = isLine ? [1, ...counts].join(', ') : dimensions === 2 ? counts.join(', ') : `${counts[0]}, ${counts[1]},${counts[2]}`;
    throw new RuntimeError(`${name}: elements of output_size must be greater than or equal to 0 but received {${texts}}`);
  }
  const gradName = isLine ? 'SqueezeBackward1' : null;
  const { shape } = input.geometry;
  if (counts.every((count) => count === 1)) {
    if (input.dtypeCore.kind !== 'float' && !isComplex(input.dtypeCore)) {
      throw new NotImplementedError('mean(): could not infer output dtype. Input dtype must be either a floating point or complex '
        + `dtype. Got: ${scalarTypeName(input.dtypeCore)}`);
    }
    return mean(input, counts.map((_, i) => wrapDimension(i - counts.length, input.ndim)), true, gradName ?? 'MeanBackward1');
  }
  if (!isRank(input, dimensions)) {
    throw new RuntimeError(`${name}(): Expected ${dimensions + 1}D or ${dimensions + 2}D tensor, but got ${listText(shape)}`);
  }
  const shown = isLine ? withRow(shape) : shape;
  checkFull(name, shown, dimensions === 3 ? 1 : shown.length - 2);
  checkKind(dimensions === 3 ? 'adaptive_avg_pool3d_cpu' : 'adaptive_avg_pool2d', input);
  const windows = shared(input, counts);
  const divisors = windows.map(({ starts, ends }) => starts.map((start, i) => ends[i] - start));
  return pooling.averagePool(input, { windows, divisors }, gradName ?? `AdaptiveAvgPool${dimensions}DBackward0`);
}

export function adaptiveLargest(dimensions: Dimensions, input: Tensor, output_size: Extents): Pair {
  const name = `adaptive_max_pool${dimensions}d`;
  const { shape } = input.geometry;
  if (dimensions === 1) checkLines(name, input);
  const given = dimensions === 1 ? oneCount(name, output_size)
    : typeof output_size === 'number' ? Array.from({ length: dimensions }, () => output_size) : output_size;
  if (!isRank(input, dimensions)) {
    throw new RuntimeError(`${name}(): Expected ${dimensions + 1}D or ${dimensions + 2}D tensor, but got: ${listText(shape)}`);
  }
  checkFull(name, shape, 1);
  if (given.length !== dimensions) throw new RuntimeError(`${name}(): internal error: output_size.size() must be ${dimensions}`);
  const negative = given.find((count) => count < 0);
  if (negative !== undefined) {
    const size = [...shape.slice(0, shape.length - dimensions), ...dimensions === 1 ? [1, ...given] : given];
    throw new RuntimeError(`Trying to create tensor with negative dimension ${negative}: ${listText(size)}`);
  }
  checkKind(dimensions === 3 ? 'adaptive_max_pool3d_cpu' : 'adaptive_max_pool2d', input);
  const { values, indices } = pooling.maxPool(
    input, shared(input, given), dimensions === 1 ? 'SqueezeBackward1' : `AdaptiveMaxPool${dimensions}DBackward0`);
  return [values, indices];
}

const sizesText = 'tuple of ints | int';
const largestText = [
  `input, kernel_size: ${sizesText}, stride: ${sizesText} | None = (), padding: ${sizesText} = 0, dilation: ${sizesText} = 1`,
  'ceil_mode=False',
].join(', ');

type Largest = [kernel_size: Extents, stride?: Extents | null, padding?: Extents, dilation?: Extents, ceil_mode?: boolean];

interface LargestOptions {
  readonly stride?: Extents | null;
  readonly padding?: Extents;
  readonly dilation?: Extents;
  readonly ceil_mode?: boolean;
}
/** A maximum of windows: by position, by name or mixed. */
export interface LargestFunction<R> {
  (input: Tensor, ...rest: Largest): R;
  (input: Tensor, kernel_size: Extents, options: LargestOptions): R;
  (input: Tensor, kernel_size: Extents, stride: Extents | null | undefined, options: LargestOptions): R;
  (input: Tensor, options: LargestOptions & { readonly kernel_size: Extents }): R;
  (options: LargestOptions & { readonly input: Tensor; readonly kernel_size: Extents }): R;
}

const largestFunction = <R>(name: string, compute: (input: Tensor, options: MaxPooling) => R): LargestFunction<R> =>
  keyed<string, Largest, R>(name, largestText, (
    input: Tensor, kernel_size: Extents, stride: Extents | null = null, padding: Extents = 0, dilation: Extents = 1,
    ceil_mode: boolean = false,
  ): R => compute(input, { kernel_size, stride, padding, dilation, ceil_mode })) as unknown as LargestFunction<R>;

/**
 * The largest of each window along the last dimension of (C, L) or (N, C, L). Source: torch.max_pool1d.
 * @example
 * torch.max_pool1d(torch.tensor([[1.5, 3, 2, 4]]), 2); // → tensor([[3., 4.]])
 */
export const max_pool1d = largestFunction('max_pool1d', (input, options) => maxPooled(1, input, options));
/**
 * As max_pool1d, and where in the line each was. Source: torch.max_pool1d_with_indices.
 * @example
 * torch.max_pool1d_with_indices(torch.tensor([[1.5, 3, 2, 4]]), 2)[1]; // → tensor([[1, 3]])
 */
export const max_pool1d_with_indices = largestFunction('max_pool1d_with_indices', (input, options) =>
  maxPooledWithIndices(1, input, options));
/**
 * The largest of each window of images (C, H, W) or (N, C, H, W). Source: torch.max_pool2d.
 * @example
 * torch.max_pool2d(torch.arange(16).float().reshape(1, 4, 4), 2); // → tensor([[[ 5.,  7.],
 *                                                                 //            [13., 15.]]])
 */
export const max_pool2d = largestFunction('max_pool2d', (input, options) => maxPooled(2, input, options));
/**
 * The largest of each window of volumes (C, D, H, W) or (N, C, D, H, W). Source: torch.max_pool3d.
 * @example
 * torch.max_pool3d(torch.arange(16).float().reshape(1, 2, 2, 4), 2); // → tensor([[[[13., 15.]]]])
 */
export const max_pool3d = largestFunction('max_pool3d', (input, options) => maxPooled(3, input, options));

/**
 * The mean of each window along the last dimension of (C, L) or (N, C, L). Source: torch.avg_pool1d.
 * @example
 * torch.avg_pool1d(torch.tensor([[1.5, 3, 2, 4]]), 2); // → tensor([[2.2500, 3.0000]])
 */
export const avg_pool1d = keyed('avg_pool1d',
  [`input, kernel_size: ${sizesText}, stride: ${sizesText} | None = (), padding: ${sizesText} = 0`,
    'ceil_mode=False, count_include_pad=True'], (
    input: Tensor, kernel_size: Extents, stride: Extents | null = null, padding: Extents = 0, ceil_mode: boolean = false,
    count_include_pad: boolean = true,
  ): Tensor => averaged(1, input, { kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override: null }));

/**
 * Means of `output_size` windows that share the last dimension of (C, L) or (N, C, L). Source: torch.adaptive_avg_pool1d.
 * @example
 * torch.adaptive_avg_pool1d(torch.tensor([[1.5, 3, 2, 4]]), 2); // → tensor([[2.2500, 3.0000]])
 */
export const adaptive_avg_pool1d = keyed('adaptive_avg_pool1d', `input, output_size: ${sizesText}`,
  (input: Tensor, output_size: Extents): Tensor => adaptiveAveraged(1, input, output_size));

/**
 * The largest of each of `output_size` windows that share the last dimension of (C, L) or (N, C, L), and where in the line each was.
 * Source: torch.adaptive_max_pool1d.
 * @example
 * torch.adaptive_max_pool1d(torch.tensor([[1.5, 3, 2, 4]]), 2)[0]; // → tensor([[3., 4.]])
 */
export const adaptive_max_pool1d = keyed('adaptive_max_pool1d', `input, output_size: ${sizesText}`,
  (input: Tensor, output_size: Extents): Pair => adaptiveLargest(1, input, output_size));
