import { NotImplementedError, RuntimeError } from '../../../core/errors.ts';
import type { Words } from '../../../core/signature.ts';
import { padConstant } from '../../../ops/spatial/padding.ts';
import type { Taps } from '../../../ops/spatial/resampling.ts';
import { resample } from '../../../ops/spatial/resampling.ts';
import { inPython, keyed } from '../../arguments/keyed.ts';
import { listText } from '../../arguments/sizes.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { checkNotBool } from './support.ts';

/** Elements around tensors. */

export type PaddingMode = 'constant' | 'reflect' | 'replicate' | 'circular';

/** Before and after, of the last dimension first. */
type Pairs = readonly (readonly [number, number])[];

function pairsOf(pad: readonly number[]): Pairs {
  if (pad.length % 2 !== 0) throw new RuntimeError('Padding length must be divisible by 2');
  return Array.from({ length: pad.length / 2 }, (_, i) => [pad[2 * i], pad[2 * i + 1]] as const);
}

function constant(input: Tensor, pairs: Pairs, value: number): Tensor {
  const { shape } = input.geometry;
  const widths = shape.map((_, axis) => pairs[shape.length - 1 - axis] ?? [0, 0] as const);
  widths.forEach(([before, after], axis) => {
    if (shape[axis] + Math.min(before, 0) + Math.min(after, 0) < 0) throw new RuntimeError('narrow(): length must be non-negative.');
  });
  return padConstant(input, widths, value);
}

const supported = 'Supported combinations for non-constant padding:\n  - 2D or 3D input: padding size = 2 (pads last dimension)\n'
  + '  - 3D or 4D input: padding size = 4 (pads last 2 dimensions)\n  - 4D or 5D input: padding size = 6 (pads last 3 dimensions)';

/** Where a place of a padded dimension comes from. */
const origins: Readonly<Record<Exclude<PaddingMode, 'constant'>, (place: number, extent: number) => number>> = {
  reflect: (place, extent) => (place < 0 ? -place : place >= extent ? 2 * (extent - 1) - place : place),
  replicate: (place, extent) => Math.min(Math.max(place, 0), extent - 1),
  circular: (place, extent) => ((place % extent) + extent) % extent,
};

const kernels = { reflect: 'reflection_pad', replicate: 'replication_pad' } as const;

function checkCircular(shape: readonly number[], pairs: Pairs): void {
  pairs.forEach(([before, after], i) => {
    const extent = shape[shape.length - 1 - i];
    if (before > extent || after > extent) throw new RuntimeError('Padding value causes wrapping around more than once.');
    if (extent + before + after < 0) throw new RuntimeError('Negative padding value is resulting in an empty dimension');
  });
}

function checkEdges(input: Tensor, mode: 'reflect' | 'replicate', pairs: Pairs): void {
  const { shape } = input.geometry;
  const spatial = pairs.length;
  const batched = shape.length === spatial + 2;
  if (shape.some((extent, axis) => extent === 0 && !(batched && axis === 0))) {
    throw new RuntimeError(`Expected ${spatial + 1}D or ${spatial + 2}D (batch mode) tensor with possibly 0 batch size and other non-zero `
      + `dimensions for input, but got: ${listText(shape)}`);
  }
  pairs.forEach(([before, after], i) => {
    const axis = shape.length - 1 - i;
    if (mode === 'reflect' && (before >= shape[axis] || after >= shape[axis])) {
      throw new RuntimeError(`Argument #${4 + 2 * i}: Padding size should be less than the corresponding input dimension, but got: padding `
        + `(${before}, ${after}) at dimension ${axis} of input ${listText(shape)}`);
    }
  });
  const sizes = pairs.map(([before, after], i) => shape[shape.length - 1 - i] + before + after).reverse();
  if (sizes.some((extent) => extent < 1)) {
    const letters = ['D', 'H', 'W'].slice(3 - spatial);
    const each = (extents: readonly number[]): string => extents.map((extent, i) => `${letters[i]}: ${extent}`).join(' ');
    throw new RuntimeError(spatial === 1
      ? `input (W: ${shape.at(-1)!}) is too small. Calculated output W: ${sizes[0]}`
      : `input (${each(shape.slice(-spatial))}) is too small. Calculated output ${each(sizes)}`);
  }
  checkNotBool(`${kernels[mode]}${spatial}d`, input.dtypeCore);
}

function edges(input: Tensor, mode: Exclude<PaddingMode, 'constant'>, pairs: Pairs): Tensor {
  const { shape } = input.geometry;
  if (mode === 'circular') checkCircular(shape, pairs);
  else checkEdges(input, mode, pairs);
  const taps = pairs.map(([before, after], i): Taps => {
    const axis = shape.length - 1 - i;
    const extent = shape[axis];
    // What is taken away does not come back at the other end.
    const [first, last] = mode === 'circular' ? [Math.max(-before, 0), Math.max(-after, 0)] : [0, 0];
    const places = Array.from({ length: extent + before + after }, (_, place) =>
      first + origins[mode](place - before - first, extent - first - last));
    return { axis, places: [places], weights: null };
  });
  return resample(input, taps, mode === 'circular' ? 'torch::autograd::CopySlices'
    : `${mode === 'reflect' ? 'Reflection' : 'Replication'}Pad${pairs.length}DBackward0`);
}

/** A function of Python's hands its values on by position to one that is not. */
const words: Words = {
  wrong: (name, kind, type) =>
    `pad(): argument '${name}' (position ${['input', 'pad', 'mode', 'value'].indexOf(name) + 1}) must be ${kind}, not ${type}`,
};

/**
 * A tensor with elements around it: `pad` says how many before and after, of the last dimension first; fewer than none are taken away.
 * They are `value`, or with `mode` the others in a mirror, the outermost one, or those of the other end.
 * Source: torch.nn.functional.pad.
 * @example
 * nn.functional.pad(torch.tensor([1.5, 2]), [1, 2]); // → tensor([0.0000, 1.5000, 2.0000, 0.0000, 0.0000])
 * nn.functional.pad(torch.tensor([[1.5, 2, 3]]), [1, 1], { mode: 'reflect' }); // → tensor([[2.0000, 1.5000, 2.0000, 3.0000, 2.0000]])
 */
export const pad = keyed('nn.functional.pad', "input, pad: tuple of ints, mode='constant', value: float | None = None",
  (input: Tensor, widths: readonly number[], mode: PaddingMode = 'constant', value?: number | null): Tensor => {
  const { length } = input.geometry.shape;
  if (widths.length % 2 !== 0) throw new RuntimeError('Padding length must be divisible by 2');
  if (widths.length > 2 * length) {
    throw new RuntimeError('Padding length should be less than or equal to two times the input dimension but got padding length '
      + `${widths.length} and input of dimension ${length}`);
  }
  const pairs = pairsOf(widths);
  if (mode === 'constant') return constant(input, pairs, value ?? 0);
  if (value !== undefined && value !== null && value !== 0) throw new RuntimeError(`Padding mode "${mode}" doesn't take in value argument`);
  if (pairs.length < 1 || pairs.length > 3 || (length !== pairs.length + 1 && length !== pairs.length + 2)) {
    throw new NotImplementedError(`Padding size ${widths.length} is not supported for ${length}D input tensor.\n${supported}`);
  }
  if (!Object.hasOwn(origins, mode)) throw new NotImplementedError(`Unrecognised padding mode ${String(mode)}`);
  return edges(input, mode, pairs);
}, { ...inPython, words });
