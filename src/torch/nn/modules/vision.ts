import { pythonRepr, PythonTuple } from '../../../core/printing/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { fold, unfold } from '../functional/fold.ts';
import type { InterpolationMode, PerDimension } from '../functional/interpolation.ts';
import { interpolate } from '../functional/interpolation.ts';
import { local_response_norm } from '../functional/normalization.ts';
import { channel_shuffle, pixel_shuffle, pixel_unshuffle } from '../functional/shuffle.ts';
import { FunctionLayer, computed, layerOf } from './functionLayer.ts';

/** Layers that rearrange images or bring them to another size. */

class Rearrangement extends FunctionLayer {
  override forward(input: Tensor): Tensor {
    return computed(this, input);
  }
}

const whole = { style: 'whole' } as const;

/**
 * (..., C · r², H, W) as (..., C, H · r, W · r). Source: torch.nn.PixelShuffle.
 * @example
 * nn.PixelShuffle(2)(torch.zeros(1, 8, 2, 3)).shape; // → torch.Size([1, 2, 4, 6])
 */
export const PixelShuffle = layerOf<Rearrangement, [upscale_factor: number]>(Rearrangement)('PixelShuffle', 'upscale_factor: int',
  (input: Tensor, { upscale_factor }: { upscale_factor: number }) => pixel_shuffle(input, upscale_factor), whole);

/**
 * (..., C, H · r, W · r) as (..., C · r², H, W). Source: torch.nn.PixelUnshuffle.
 * @example
 * nn.PixelUnshuffle(2)(torch.zeros(1, 2, 4, 6)).shape; // → torch.Size([1, 8, 2, 3])
 */
export const PixelUnshuffle = layerOf<Rearrangement, [downscale_factor: number]>(Rearrangement)('PixelUnshuffle', 'downscale_factor: int',
  (input: Tensor, { downscale_factor }: { downscale_factor: number }) => pixel_unshuffle(input, downscale_factor), whole);

/**
 * The channels of (N, C, ...) taken from each of `groups` in turn. Source: torch.nn.ChannelShuffle.
 * @example
 * nn.ChannelShuffle(2)(torch.tensor([[[1.5], [2], [3], [4]]])).flatten(); // → tensor([1.5000, 3.0000, 2.0000, 4.0000])
 */
export const ChannelShuffle = layerOf<Rearrangement, [groups: number]>(Rearrangement)('ChannelShuffle', 'groups: int',
  (input: Tensor, { groups }: { groups: number }) => channel_shuffle(input, groups), whole);

interface Windows {
  kernel_size: PerDimension;
  dilation: PerDimension;
  padding: PerDimension;
  stride: PerDimension;
}

type Given = [kernel_size: PerDimension, dilation?: PerDimension, padding?: PerDimension, stride?: PerDimension];
const windows = 'kernel_size, dilation: int | list = 1, padding: int | list = 0, stride: int | list = 1';

/**
 * Windows of (N, C, H, W) as columns (N, C · window, windows). Source: torch.nn.Unfold.
 * @example
 * nn.Unfold([2, 3])(torch.zeros(2, 5, 3, 4)).shape; // → torch.Size([2, 30, 4])
 */
export const Unfold = layerOf<Rearrangement, Given>(Rearrangement)('Unfold', windows,
  (input: Tensor, { kernel_size, dilation, padding, stride }: Windows) => unfold(input, kernel_size, dilation, padding, stride), whole);

/**
 * Columns (N, C · window, windows) added up to images (N, C, ...output_size). Source: torch.nn.Fold.
 * @example
 * nn.Fold([4, 5], [2, 2])(torch.zeros(1, 12, 12)).shape; // → torch.Size([1, 3, 4, 5])
 */
export const Fold = layerOf<Rearrangement, [output_size: PerDimension, ...Given]>(Rearrangement)('Fold', ['output_size', windows],
  (input: Tensor, { output_size, kernel_size, dilation, padding, stride }: Windows & { output_size: PerDimension }) =>
    fold(input, output_size, kernel_size, dilation, padding, stride), whole);

interface Neighbours {
  size: number;
  alpha: number;
  beta: number;
  k: number;
}

class Response extends Rearrangement {
  declare size: number;
  declare alpha: number;
  declare beta: number;
  declare k: number;

  override extra_repr(): string {
    return `${this.size}, alpha=${pythonRepr(this.alpha, { float: true })}, beta=${pythonRepr(this.beta, { float: true })}, `
      + `k=${pythonRepr(this.k, { float: true })}`;
  }
}

/**
 * Each element of (N, C, ...) divided by a power of the mean of squares around it, over `size` channels.
 * Source: torch.nn.LocalResponseNorm.
 * @example
 * nn.LocalResponseNorm(2); // → LocalResponseNorm(2, alpha=0.0001, beta=0.75, k=1.0)
 */
export const LocalResponseNorm = layerOf<Response, [size: number, alpha?: number, beta?: number, k?: number]>(Response)('LocalResponseNorm',
  'size: int, alpha=0.0001, beta=0.75, k=1.0',
  (input: Tensor, { size, alpha, beta, k }: Neighbours) => local_response_norm(input, size, alpha, beta, k));

interface Sizes {
  readonly size: PerDimension | null;
  readonly scale_factor: PerDimension | null;
}

interface Resizing extends Sizes {
  readonly mode: InterpolationMode;
  readonly align_corners: boolean | null;
  readonly recompute_scale_factor: boolean | null;
}

class Resize extends Rearrangement {
  declare size: PerDimension | null;
  declare scale_factor: PerDimension | null;
  declare mode: InterpolationMode;

  override extra_repr(): string {
    const shown = (value: PerDimension | null, float: boolean): string =>
      pythonRepr(Array.isArray(value) ? new PythonTuple(value as readonly number[]) : value as number | null, { float });
    const { scale_factor, size, mode } = this;
    return `${scale_factor !== null ? `scale_factor=${shown(scale_factor, true)}` : `size=${shown(size, false)}`}, mode='${mode}'`;
  }
}

const resized = (input: Tensor, { size, scale_factor, mode, align_corners, recompute_scale_factor }: Resizing): Tensor =>
  interpolate(input, { size, scale_factor, mode, align_corners, recompute_scale_factor });

/** A factor of 0 counts as none. */
const factorOf = (factor: PerDimension | null): PerDimension | null => (factor === 0 ? null : factor);

const twoDimensional = (mode: InterpolationMode, align_corners: boolean | null) => ({
  fields: ({ size, scale_factor }: Sizes): Resizing =>
    ({ size, scale_factor: factorOf(scale_factor), mode, align_corners, recompute_scale_factor: null }),
});

/**
 * (N, C, ...) in other spatial sizes. Source: torch.nn.Upsample.
 * @example
 * nn.Upsample({ scale_factor: 2 })(torch.tensor([[[1, 2.5]]])); // → tensor([[[1.0000, 1.0000, 2.5000, 2.5000]]])
 */
export const Upsample = layerOf<Resize, [
  size?: PerDimension | null, scale_factor?: PerDimension | null, mode?: InterpolationMode, align_corners?: boolean | null,
  recompute_scale_factor?: boolean | null,
]>(Resize)('Upsample', [
  "size=None, scale_factor=None, mode='nearest', align_corners: bool | None = None, recompute_scale_factor: bool | None = None",
], resized, { fields: (values: Resizing) => ({ ...values, scale_factor: factorOf(values.scale_factor) }) });

/**
 * (N, C, H, W) in another size, by the nearest element. Source: torch.nn.UpsamplingNearest2d.
 * @example
 * nn.UpsamplingNearest2d({ scale_factor: 2 })(torch.zeros(1, 1, 2, 3)).shape; // → torch.Size([1, 1, 4, 6])
 */
export const UpsamplingNearest2d = layerOf<Resize, [size?: PerDimension | null, scale_factor?: PerDimension | null]>(Resize)(
  'UpsamplingNearest2d', 'size=None, scale_factor=None', resized, twoDimensional('nearest', null));

/**
 * (N, C, H, W) in another size, by straight lines between the outermost elements. Source: torch.nn.UpsamplingBilinear2d.
 * @example
 * nn.UpsamplingBilinear2d([1, 3])(torch.tensor([[[[1, 2.5]]]])); // → tensor([[[[1.0000, 1.7500, 2.5000]]]])
 */
export const UpsamplingBilinear2d = layerOf<Resize, [size?: PerDimension | null, scale_factor?: PerDimension | null]>(Resize)(
  'UpsamplingBilinear2d', 'size=None, scale_factor=None', resized, twoDimensional('bilinear', true));

export type PixelShuffle = InstanceType<typeof PixelShuffle>;
export type PixelUnshuffle = InstanceType<typeof PixelUnshuffle>;
export type ChannelShuffle = InstanceType<typeof ChannelShuffle>;
export type Unfold = InstanceType<typeof Unfold>;
export type Fold = InstanceType<typeof Fold>;
export type LocalResponseNorm = InstanceType<typeof LocalResponseNorm>;
export type Upsample = InstanceType<typeof Upsample>;
export type UpsamplingNearest2d = InstanceType<typeof UpsamplingNearest2d>;
export type UpsamplingBilinear2d = InstanceType<typeof UpsamplingBilinear2d>;
