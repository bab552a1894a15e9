import { complexTypeOf, isComplex, isHalf, isInexact } from '../../core/dtype.ts';
import { IndexError, RuntimeError } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { fitted } from '../../ops/fft/fitted.ts';
import { fftC2C, fftC2R, fftR2C } from '../../ops/fft/transforms.ts';
import type { KeyedOut } from '../arguments/keyed.ts';
import { builtin, keyedOut } from '../arguments/keyed.ts';
import { defaultDType, scalarTypeName } from '../dtypes/dtypes.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { wrapDimension } from '../tensor/tensor.ts';

/** What all transforms have in common: dtypes, lengths and norms as PyTorch has them. */

/** Which direction divides: the inverse, both, or the forward one. */
export type Norm = 'backward' | 'ortho' | 'forward';

/** How errors of these functions name them. */
export const inFft = { ...builtin, prefix: 'fft_' };

/** Inputs as they are transformed: integers are of the default dtype. */
export function promoted(input: Tensor, complex: boolean): Tensor {
  const type = isInexact(input.dtypeCore) ? input.dtypeCore : defaultDType();
  if (isHalf(type)) throw new RuntimeError(`Unsupported dtype ${scalarTypeName(type)}`);
  return cast(input, complex ? complexTypeOf(type) : type);
}

/** What results are multiplied by; `count` is that of all numbers that are transformed together. */
export function scaleOf(norm: Norm | null | undefined, count: number, forward: boolean): number {
  switch (norm ?? 'backward') {
    case 'backward': return forward ? 1 : 1 / count;
    case 'forward': return forward ? 1 / count : 1;
    case 'ortho': return 1 / Math.sqrt(count);
    default: throw new RuntimeError(`Invalid normalization mode: "${norm}"`);
  }
}

export function checkLength(n: number): void {
  if (n < 1) throw new RuntimeError(`Invalid number of data points (${n}) specified`);
}

/** A real operand, where complex ones are refused. */
export function checkReal(name: string, input: Tensor, words = 'real'): void {
  if (isComplex(input.dtypeCore)) {
    throw new TypeError(`${name} expects a ${words} input tensor, but got ${scalarTypeName(input.dtypeCore)}`);
  }
}

/** Complex numbers along axes, of real ones along the one axis without making them complex first. */
export function complexAlong(
  input: Tensor, axes: readonly number[], lengths: readonly number[], forward: boolean, norm?: Norm | null,
): Tensor {
  const scale = scaleOf(norm, lengths.reduce((count, n) => count * n, 1), forward);
  const real = axes.length === 1 && !isComplex(input.dtypeCore);
  const x = axes.reduce((whole, axis, i) => fitted(whole, axis, lengths[i]), promoted(input, !real));
  if (axes.length === 0) return x;
  return real ? fftR2C(x, axes[0], forward, false, scale) : fftC2C(x, axes, forward, scale);
}

/** One side of the spectrum of real numbers along the last of the axes, which is then transformed along the others. */
export function halfAlong(
  name: string, input: Tensor, axes: readonly number[], lengths: readonly number[], forward: boolean, norm?: Norm | null,
): Tensor {
  checkReal(name, input);
  const scale = scaleOf(norm, lengths.reduce((count, n) => count * n, 1), forward);
  const x = axes.reduce((whole, axis, i) => fitted(whole, axis, lengths[i]), promoted(input, false));
  const half = fftR2C(x, axes[axes.length - 1], forward, true, scale);
  return axes.length === 1 ? half : fftC2C(half, axes.slice(0, -1), forward);
}

/** Real numbers from one side of their spectrum along the last of the axes. */
export function realAlong(
  input: Tensor, axes: readonly number[], lengths: readonly number[], forward: boolean, norm?: Norm | null,
): Tensor {
  const last = axes.length - 1;
  const scale = scaleOf(norm, lengths.reduce((count, n) => count * n, 1), forward);
  const sides = lengths.map((n, i) => (i === last ? Math.floor(n / 2) + 1 : n));
  const x = axes.reduce((whole, axis, i) => fitted(whole, axis, sides[i]), promoted(input, true));
  const others = last === 0 ? x : fftC2C(x, axes.slice(0, -1), forward);
  return fftC2R(others, axes[last], lengths[last], forward, scale);
}

export const oneText = 'input, n: int = None, dim=-1, norm: str = None, *, out=None';
type One = KeyedOut<typeof oneText, [n?: number | null, dim?: number, norm?: Norm | null]>;

/** A transform along one dimension, of so many numbers unless a call says how many. */
export function alongOne(
  name: string, lengthOf: (extent: number) => number,
  compute: (input: Tensor, axis: number, n: number, norm?: Norm | null) => Tensor,
): One {
  return keyedOut(`fft.${name}`, oneText, (input: Tensor, n?: number | null, dim: number = -1, norm?: Norm | null): Tensor => {
    const { shape } = input.geometry;
    if (shape.length === 0) throw new IndexError(`Dimension specified as ${dim} but tensor has no dimensions`);
    const axis = wrapDimension(dim, shape.length);
    const length = n ?? lengthOf(shape[axis]);
    checkLength(length);
    return compute(input, axis, length, norm);
  }, inFft);
}

export interface Transforms {
  readonly axes: readonly number[];
  readonly lengths: readonly number[];
}

/** The dimensions and lengths of a transform along several, -1 keeping an extent. */
export function transformsOf(
  input: Tensor, s: readonly number[] | null | undefined, dim: number | readonly number[] | null | undefined,
): Transforms {
  const { shape } = input.geometry;
  const dims = typeof dim === 'number' ? [dim] : dim ?? null;
  if (dims !== null && s && s.length !== dims.length) {
    throw new RuntimeError('When given, dim and shape arguments must have the same length');
  }
  if (dims === null && s && s.length > shape.length) {
    throw new RuntimeError(`Got shape with ${s.length} values but input tensor only has ${shape.length} dimensions.`);
  }
  const axes = dims === null ? shape.map((_, axis) => axis).slice(s ? shape.length - s.length : 0)
    : dims.map((each) => wrapDimension(each, shape.length));
  if (new Set(axes).size !== axes.length) throw new RuntimeError('FFT dims must be unique');
  const lengths = axes.map((axis, i) => (s && s[i] !== -1 ? s[i] : shape[axis]));
  lengths.forEach(checkLength);
  return { axes, lengths };
}

/** The same to real numbers: the last dimension has one side of a spectrum. */
export function realTransformsOf(
  name: string, input: Tensor, s: readonly number[] | null | undefined, dim: number | readonly number[] | null | undefined,
): Transforms {
  const { axes, lengths } = transformsOf(input, s, dim);
  if (axes.length === 0) throw new RuntimeError(`${name} must transform at least one axis`);
  const last = axes.length - 1;
  if (s && s[last] !== -1) return { axes, lengths };
  const n = 2 * (input.geometry.shape[axes[last]] - 1);
  checkLength(n);
  return { axes, lengths: [...lengths.slice(0, last), n] };
}

export const severalText = 'input, s: tuple of ints | int = None, dim: tuple of ints | int = None, norm: str = None, *, out=None';
export const twoText = 'input, s: tuple of ints | int = None, dim: tuple of ints | int = (-2,-1), norm: str = None, *, out=None';

export type Sizes = number | readonly number[] | null;
type Several<T extends string> = KeyedOut<T, [s?: Sizes, dim?: Sizes, norm?: Norm | null]>;
type Compute = (input: Tensor, s: readonly number[] | null, dim: Sizes, norm?: Norm | null) => Tensor;

const listOf = (s: Sizes | undefined): readonly number[] | null => (typeof s === 'number' ? [s] : s ?? null);

/** A transform along dimensions: all, or as many of the last as there are sizes. */
export const alongSeveral = (name: string, compute: Compute): Several<typeof severalText> =>
  keyedOut(`fft.${name}`, severalText, (input: Tensor, s?: Sizes, dim?: Sizes, norm?: Norm | null): Tensor =>
    compute(input, listOf(s), dim ?? null, norm), inFft);

/** A transform along two dimensions, the last two unless said. */
export const alongTwo = (name: string, compute: Compute): Several<typeof twoText> =>
  keyedOut(`fft.${name}`, twoText, (input: Tensor, s?: Sizes, dim: Sizes = [-2, -1], norm?: Norm | null): Tensor =>
    compute(input, listOf(s), dim, norm), inFft);

