import { RuntimeError } from '../../../core/errors.ts';
import { regroup } from '../../../ops/spatial/regrouping.ts';
import { keyed, native } from '../../arguments/keyed.ts';
import { listText } from '../../arguments/sizes.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Channels as places and places as channels. */

function checkFactor(name: string, parameter: string, { geometry: { shape } }: Tensor, factor: number): void {
  if (shape.length < 3) {
    throw new RuntimeError(`${name} expects input to have at least 3 dimensions, but got input with ${shape.length} dimension(s)`);
  }
  if (factor <= 0) throw new RuntimeError(`${name} expects a positive ${parameter}, but got ${factor}`);
}

/**
 * (..., C · r², H, W) as (..., C, H · r, W · r). Source: torch.nn.functional.pixel_shuffle.
 * @example
 * nn.functional.pixel_shuffle(torch.tensor([[[1.5]], [[2]], [[3]], [[4]]]), 2); // → tensor([[[1.5000, 2.0000],
 *                                                                               //            [3.0000, 4.0000]]])
 */
export const pixel_shuffle = keyed('nn.functional.pixel_shuffle', 'input, upscale_factor: int', (input: Tensor, r: number): Tensor => {
  checkFactor('pixel_shuffle', 'upscale_factor', input, r);
  const { shape } = input.geometry;
  const batch = shape.slice(0, -3);
  const [channels, rows, columns] = shape.slice(-3);
  if (channels % (r * r) !== 0) {
    throw new RuntimeError("pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but "
      + `input.size(-3)=${channels} is not divisible by ${r * r}`);
  }
  const own = channels / (r * r);
  const at = batch.length;
  return regroup(input, {
    apart: [...batch, own, r, r, rows, columns], order: [...batch.keys(), at, at + 3, at + 1, at + 4, at + 2],
    shape: [...batch, own, rows * r, columns * r],
  }, 'PixelShuffleBackward0');
}, native);

/**
 * (..., C, H · r, W · r) as (..., C · r², H, W). Source: torch.nn.functional.pixel_unshuffle.
 * @example
 * nn.functional.pixel_unshuffle(torch.zeros(1, 4, 6), 2).shape; // → torch.Size([4, 2, 3])
 */
export const pixel_unshuffle = keyed('nn.functional.pixel_unshuffle', 'input, downscale_factor: int',
  (input: Tensor, r: number): Tensor => {
  checkFactor('pixel_unshuffle', 'downscale_factor', input, r);
  const { shape } = input.geometry;
  const batch = shape.slice(0, -3);
  const [channels, rows, columns] = shape.slice(-3);
  for (const [name, extent, place] of [['height', rows, -2], ['width', columns, -1]] as const) {
    if (extent % r !== 0) {
      throw new RuntimeError(`pixel_unshuffle expects ${name} to be divisible by downscale_factor, but input.size(${place})=${extent} is `
        + `not divisible by ${r}`);
    }
  }
  const at = batch.length;
  // An empty tensor keeps its shape.
  if (input.geometry.size === 0) return regroup(input, { apart: shape, order: [...shape.keys()], shape }, 'PixelUnshuffleBackward0');
  return regroup(input, {
    apart: [...batch, channels, rows / r, r, columns / r, r], order: [...batch.keys(), at, at + 2, at + 4, at + 1, at + 3],
    shape: [...batch, channels * r * r, rows / r, columns / r],
  }, 'PixelUnshuffleBackward0');
}, native);

/**
 * The channels of (N, C, ...) taken from each of `groups` in turn. Source: torch.nn.functional.channel_shuffle.
 * @example
 * nn.functional.channel_shuffle(torch.tensor([[[1.5], [2], [3], [4]]]), 2).flatten(); // → tensor([1.5000, 3.0000, 2.0000, 4.0000])
 */
export const channel_shuffle = keyed('nn.functional.channel_shuffle', 'input, groups: int', (input: Tensor, groups: number): Tensor => {
  const { shape } = input.geometry;
  if (shape.length <= 2) throw new RuntimeError(`channel_shuffle expects input with > 2 dims, but got input with sizes ${listText(shape)}`);
  if (groups <= 0) throw new RuntimeError(`Number of groups to divide channels in must be positive. Value of groups:${groups}`);
  const [batch, channels, ...rest] = shape;
  if (channels % groups !== 0) {
    throw new RuntimeError(`Number of channels must be divisible by groups. Got ${channels} channels and ${groups} groups.`);
  }
  return regroup(input, {
    apart: [batch, groups, channels / groups, ...rest], order: [0, 2, 1, ...rest.map((_, i) => i + 3)], shape,
  }, 'ChannelShuffleBackward0');
}, native);
