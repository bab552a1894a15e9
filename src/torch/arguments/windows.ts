import { RuntimeError, pythonTypeName } from '../../core/errors.ts';
import type { Windows } from '../../ops/pooling.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { listText } from './sizes.ts';

/** Windows of poolings as calls describe them, and PyTorch's refusals of those that do not fit. */

/** One number for all dimensions that windows move along, or one for each. */
export type Extents = number | readonly number[];

export type Dimensions = 1 | 2 | 3;

/** Refuses what is not whole numbers, where a function written in Python hands it on by position. */
export function checkExtents(name: string, parameter: string, position: number, value: unknown): void {
  if (Number.isSafeInteger(value)) return;
  const start = `${name}(): argument '${parameter}' (position ${position}) must be tuple of ints`;
  if (!Array.isArray(value)) throw new TypeError(`${start}, not ${pythonTypeName(value)}`);
  const wrong = value.findIndex((each) => !Number.isSafeInteger(each));
  if (wrong >= 0) throw new TypeError(`${start}, but found element of type ${pythonTypeName(value[wrong])} at pos ${wrong}`);
}

/** As many numbers as there are dimensions; `refuse` says what is wrong with a list of another length. */
export function perDimension(value: Extents, dimensions: Dimensions, refuse: (count: number) => string): readonly number[] {
  if (typeof value === 'number') return Array.from({ length: dimensions }, () => value);
  if (value.length !== 1 && value.length !== dimensions) throw new RuntimeError(refuse(value.length));
  return value.length === dimensions ? value : Array.from({ length: dimensions }, () => value[0]);
}

/** How windows lie along all dimensions. */
export interface Strided {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

/** How many windows there are along a dimension. */
function countOf(extent: number, kernel: number, stride: number, padding: number, dilation: number, ceil: boolean): number {
  if (stride === 0) throw new RuntimeError('stride should not be zero');
  if (padding < 0) throw new RuntimeError(`pad must be non-negative, but got pad: ${padding}`);
  if (padding > Math.trunc(((kernel - 1) * dilation + 1) / 2)) {
    throw new RuntimeError('pad should be at most half of effective kernel size, but got '
      + `pad=${padding}, kernel_size=${kernel} and dilation=${dilation}`);
  }
  const room = extent + 2 * padding - dilation * (kernel - 1) - 1 + (ceil ? stride - 1 : 0);
  const count = Math.floor(room / stride) + 1;
  // The last window begins within the image or the padding before it.
  return ceil && (count - 1) * stride >= extent + padding ? count - 1 : count;
}

const letters = ['T', 'H', 'W'];

function checkPositive(what: string, letter: string, values: readonly number[]): void {
  if (values.every((each) => each > 0)) return;
  const names = letters.slice(-values.length);
  const texts = values.map((each, i) => `${letter}${names[i]}: ${each}`);
  throw new RuntimeError(`${what} should be greater than zero, but got ${texts.join(' ')}`);
}

/** Refuses images without elements, unless they are none at all. */
function checkImages(name: string, shape: readonly number[], dimensions: 2 | 3): void {
  if (dimensions === 3) {
    const empty = shape.findIndex((extent, axis) => axis > 0 && extent === 0);
    if (empty >= 0) {
      throw new RuntimeError(`${name}: Expected input to have non-zero size for non-batch dimensions, but input has sizes `
        + `${listText(shape)} with dimension ${empty} being empty`);
    }
    return;
  }
  if (shape.slice(1).includes(0) || (shape.length === 3 && shape[0] === 0) || shape.length > 4) {
    throw new RuntimeError(
      `Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but got:${listText(shape)}`);
  }
}

/**
 * Counts the windows of an image whose shape it is, in two or three dimensions, and refuses it as PyTorch does. `whole` says that an image
 * must not be smaller than a window.
 */
function counts(
  name: string, shape: readonly number[], { kernel, stride, padding, dilation }: Strided, ceil: boolean, whole: boolean,
): readonly number[] {
  const dimensions = kernel.length === 2 ? 2 : 3;
  const extents = shape.slice(-dimensions);
  const found = extents.map((extent, i) => countOf(extent, kernel[i], stride[i], padding[i], dilation[i], ceil));
  checkPositive('kernel size', 'k', kernel);
  checkPositive('stride', 'd', stride);
  checkPositive('dilation', 'dilation', dilation);
  checkImages(name, shape, dimensions);
  const letter = (values: readonly number[], prefix = ''): string =>
    values.map((each, i) => `${prefix}${letters.slice(-dimensions)[i]}: ${each}`).join(' ');
  if (whole && extents.some((extent, i) => extent + 2 * padding[i] < kernel[i]) && !ceil) {
    throw new RuntimeError(`input image (${letter(extents)}) smaller than kernel size (${letter(kernel, 'k')})`);
  }
  if (padding.some((each, i) => each > Math.trunc(kernel[i] / 2))) {
    throw new RuntimeError(`pad should be smaller than or equal to half of kernel size, but got ${dimensions === 2
      ? `padW = ${padding[1]}, padH = ${padding[0]}, kW = ${kernel[1]}, kH = ${kernel[0]}`
      : `kT: ${kernel[0]} kW: ${kernel[2]} kH: ${kernel[1]} padT: ${padding[0]} padW: ${padding[2]} padH: ${padding[1]}`}`);
  }
  if (found.some((each) => each < 1)) {
    const channels = shape[shape.length - dimensions - 1];
    throw new RuntimeError(`Given input size: (${[channels, ...extents].join('x')}). `
      + `Calculated output size: (${[channels, ...found].join('x')}). Output size is too small`);
  }
  return found;
}

/** Images of one dimension are refused as PyTorch sees them: as images of one row. */
const inOneRow = <T>(list: readonly T[], first: T): readonly T[] => [first, ...list];

/** Where the windows of an image are along each dimension, and how many places each has with the padding. */
export function stridedWindows(
  name: string, input: Tensor, strided: Strided, ceil: boolean, whole = false,
): { readonly windows: readonly Windows[]; readonly padded: readonly (readonly number[])[] } {
  const { shape } = input.geometry;
  const { kernel, stride, padding, dilation } = strided;
  const dimensions = kernel.length;
  const found = dimensions > 1 ? counts(name, shape, strided, ceil, whole)
    : counts(name, [...shape.slice(0, -1), 1, shape[shape.length - 1]], {
      kernel: inOneRow(kernel, 1), stride: inOneRow(stride, 1), padding: inOneRow(padding, 0), dilation: inOneRow(dilation, 1),
    }, ceil, whole).slice(1);
  const extents = shape.slice(-dimensions);
  const firsts = found.map((count, i) => Array.from({ length: count }, (_, place) => place * stride[i] - padding[i]));
  const reach = kernel.map((each, i) => (each - 1) * dilation[i] + 1);
  return {
    windows: firsts.map((each, i) => ({
      // The first place that is within the image.
      starts: each.map((first) => (first >= 0 ? first : first + Math.ceil(-first / dilation[i]) * dilation[i])),
      ends: each.map((first) => Math.min(first + reach[i], extents[i])),
      step: dilation[i],
    })),
    padded: firsts.map((each, i) => each.map((first) => Math.min(first + reach[i], extents[i] + padding[i]) - first)),
  };
}

/** `count` windows that share an image's extent along a dimension. */
export function adaptiveWindows(extent: number, count: number): Windows {
  const places = Array.from({ length: count }, (_, place) => place);
  return {
    starts: places.map((place) => Math.floor(place * extent / count)), ends: places.map((place) => Math.ceil((place + 1) * extent / count)),
    step: 1,
  };
}
