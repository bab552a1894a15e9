import { isFloating, uint8 } from '../../../core/dtype.ts';
import type { DType } from '../../../core/dtype.ts';
import { NotImplementedError, RuntimeError, ValueError, pythonTypeName } from '../../../core/errors.ts';
import type { PythonValue } from '../../../core/printing/index.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { declare } from '../../../core/signature.ts';
import type { Resizing } from '../../../ops/spatial/interpolation.ts';
import { areaTaps, cubicTaps, filteredTaps, filters, linearTaps, nearestTaps } from '../../../ops/spatial/interpolation.ts';
import type { Taps } from '../../../ops/spatial/resampling.ts';
import { resample, roundingFor } from '../../../ops/spatial/resampling.ts';
import { listText } from '../../arguments/sizes.ts';
import { warn } from '../../arguments/warnings.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Images in other sizes. */

export type InterpolationMode = 'nearest' | 'nearest-exact' | 'linear' | 'bilinear' | 'bicubic' | 'trilinear' | 'area' | 'lanczos';
/** One for all spatial dimensions, or one for each. */
export type PerDimension = number | readonly number[];

interface Request {
  readonly input: Tensor;
  readonly size: PerDimension | null;
  readonly scale_factor: PerDimension | null;
  readonly mode: InterpolationMode;
  readonly align_corners: boolean | null;
  readonly recompute_scale_factor: boolean | null;
  readonly antialias: boolean;
}

const integral = (value: unknown): boolean => Number.isInteger(value);

/** The sizes and the factors, one of which is given. */
function targetOf({ input, size, scale_factor, mode, recompute_scale_factor }: Request): {
  readonly sizes: readonly number[] | null; readonly factors: readonly number[] | null;
} {
  const spatial = input.geometry.shape.slice(2);
  const each = (value: PerDimension, name: string): readonly number[] => {
    if (!Array.isArray(value)) return spatial.map(() => value as number);
    if (value.length === spatial.length) return value;
    const [what, form] = name === 'output' ? ['output size of', 'output size in (o1, o2, ...,oK)']
      : ['scale_factor of shape', 'scale_factor in (s1, s2, ...,sK)'];
    throw new ValueError(`Input and ${name} must have the same number of spatial dimensions, but got input with spatial dimensions of `
      + `${listText(spatial)} and ${what} ${pythonRepr(value as PythonValue, { float: name !== 'output' })}. `
      + `Please provide input tensor in (N, C, d1, d2, ...,dK) format and ${form} format.`);
  };
  if (size !== null && scale_factor !== null) throw new ValueError('only one of size or scale_factor should be defined');
  if (size === null && scale_factor === null) throw new ValueError('either size or scale_factor should be defined');
  if (recompute_scale_factor && size !== null) {
    throw new ValueError('recompute_scale_factor is not meaningful with an explicit size.');
  }
  if (size !== null) {
    const sizes = each(size, 'output');
    if (!sizes.every(integral)) {
      throw new TypeError('expected size to be one of int or Tuple[int] or Tuple[int, int] or Tuple[int, int, int], but got size with '
        + `types [${sizes.map((value) => `<class '${pythonTypeName(value)}'>`).join(', ')}]`);
    }
    return { sizes, factors: null };
  }
  const factors = each(scale_factor!, 'scale_factor');
  if (recompute_scale_factor || mode === 'area') {
    return { sizes: factors.map((factor, i) => Math.trunc(spatial[i] * factor)), factors: null };
  }
  return { sizes: null, factors };
}

const names = ['Linear1D', 'Bilinear2D', 'Trilinear3D'];
const linearModes = ['linear', 'bilinear', 'trilinear'];

/** Refuses modes that are not for so many dimensions. */
function checkMode(mode: string, rank: number, antialias: boolean, alignCorners: boolean | null): void {
  if (antialias && !(['bilinear', 'bicubic', 'lanczos'].includes(mode) && rank === 4)) {
    throw new ValueError(
      'Anti-alias option is restricted to bilinear, bicubic, and lanczos modes and requires a 4-D tensor as input');
  }
  const spatial = rank - 2;
  const known = spatial >= 1 && spatial <= 3;
  if (known && (['nearest', 'nearest-exact', 'area'].includes(mode) || linearModes[spatial - 1] === mode)) return;
  if (spatial === 2 && mode === 'bicubic') return;
  if (spatial === 2 && mode === 'lanczos') {
    if (alignCorners) throw new ValueError('Lanczos mode does not support align_corners=True');
    if (!antialias) throw new ValueError('Lanczos mode requires antialias=True');
    return;
  }
  if (known && linearModes.includes(mode)) {
    throw new NotImplementedError(`Got ${rank}D input, but ${mode} mode needs ${linearModes.indexOf(mode) + 3}D input`);
  }
  throw new NotImplementedError(`Input Error: Only 3D, 4D and 5D input Tensors supported (got ${rank}D) for the modes: nearest | linear | `
    + `bilinear | bicubic | trilinear | lanczos | area | nearest-exact (got ${mode})`);
}

const letters = ['W', 'H', 'D'];

function checkSizes(input: Tensor, mode: string, sizes: readonly number[]): void {
  const { shape } = input.geometry;
  const spatial = shape.slice(2);
  if (mode === 'area') {
    const empty = shape.findIndex((extent, axis) => axis > 0 && extent === 0);
    if (empty >= 0) {
      const flat = spatial.length === 1;
      throw new RuntimeError(`adaptive_avg_pool${flat ? 2 : spatial.length}d(): Expected input to have non-zero size for non-batch `
        + `dimensions, but input has sizes ${listText(flat ? [...shape.slice(0, 2), 1, ...spatial] : shape)} with dimension `
        + `${flat && empty === 2 ? 3 : empty} being empty`);
    }
    return;
  }
  if ([...spatial, ...sizes].some((extent) => extent <= 0)) {
    const each = (extents: readonly number[]): string =>
      extents.map((extent, i) => `${letters[extents.length - 1 - i]}: ${extent}`).join(', ');
    throw new RuntimeError(`Input and output sizes should be greater than 0, but got input (${each(spatial)}) `
      + `${spatial.length === 1 ? 'and ' : ''}output (${each(sizes)})`);
  }
  if (shape[1] === 0) {
    throw new RuntimeError(`Non-empty ${shape.length}D data tensor expected but got a tensor with sizes ${listText(shape)}`);
  }
}

/** Refuses elements that PyTorch has no kernel for, by the kernel's name. */
function checkElements(type: DType, mode: string, spatial: number, antialias: boolean): void {
  const narrow = antialias && type.itemsize < 4;
  const bytes = type === uint8 && !['linear', 'trilinear', 'area'].includes(mode);
  if (bytes || (isFloating(type) && !narrow)) return;
  const kernel = mode === 'area' ? `adaptive_avg_pool${Math.max(spatial, 2)}d`
    : antialias ? 'compute_index_ranges_weights'
      : mode.startsWith('nearest') ? spatial === 1 ? 'compute_indices_weights_nearest' : `upsample_nearest${spatial}d_channels_last`
        : mode === 'bilinear' ? 'upsample_bilinear2d_channels_last'
          : mode === 'bicubic' ? 'compute_indices_weights_cubic' : mode === 'trilinear' ? 'upsample_trilinear3d_channels_last'
            : 'compute_indices_weights_linear';
  throw new NotImplementedError(`"${kernel}" not implemented for '${scalarTypeName(type)}'`);
}

/** What an axis reads, in a mode. */
function tapsOf(resizing: Resizing, { input, mode, antialias, align_corners }: Request): Taps {
  const round = roundingFor(input);
  const aligned = align_corners ?? false;
  if (mode === 'area') return areaTaps(resizing);
  if (mode === 'nearest') return nearestTaps(resizing, 0);
  if (mode === 'nearest-exact') return nearestTaps(resizing, 0.5);
  if (antialias) return filteredTaps(resizing, filters[mode as keyof typeof filters], aligned, round);
  return mode === 'bicubic' ? cubicTaps(resizing, aligned, round) : linearTaps(resizing, aligned, round);
}

function gradientName(mode: InterpolationMode, sizes: readonly number[], antialias: boolean): string {
  const filter = antialias ? 'Aa' : '';
  const spatial = sizes.length;
  if (mode === 'area' && spatial === 1) return 'SqueezeBackward1';
  if (mode === 'area') return sizes.every((extent) => extent === 1) ? 'MeanBackward1' : `AdaptiveAvgPool${spatial}DBackward0`;
  if (mode.startsWith('nearest')) return `UpsampleNearest${mode === 'nearest' ? '' : 'Exact'}${spatial}DBackward0`;
  if (mode === 'bicubic') return `UpsampleBicubic2D${filter}Backward0`;
  return mode === 'lanczos' ? 'UpsampleLanczos2DAaBackward0' : `Upsample${names[spatial - 1]}${filter}Backward0`;
}

function interpolated(request: Request): Tensor {
  const { input, mode, align_corners, antialias } = request;
  const { shape } = input.geometry;
  const spatial = shape.length - 2;
  if (align_corners !== null && ['nearest', 'area', 'nearest-exact'].includes(mode)) {
    throw new ValueError('align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear');
  }
  const { sizes: given, factors } = targetOf(request);
  checkMode(mode, shape.length, antialias, align_corners);
  const sizes = given ?? shape.slice(2).map((extent, i) => Math.trunc(Math.fround(extent * factors![i])));
  checkSizes(input, mode, sizes);
  checkElements(input.dtypeCore, mode, spatial, antialias);
  const taps = sizes.map((to, i) => tapsOf({ axis: i + 2, from: shape[i + 2], to, factor: factors?.[i] ?? null }, request)).reverse();
  return resample(input, taps, gradientName(mode, sizes, antialias));
}

/**
 * (N, C, ...) in other spatial sizes, which `size` or `scale_factor` says. Source: torch.nn.functional.interpolate.
 * @example
 * nn.functional.interpolate(torch.tensor([[[1, 2.5]]]), { scale_factor: 2 }); // → tensor([[[1.0000, 1.0000, 2.5000, 2.5000]]])
 * nn.functional.interpolate(torch.tensor([[[1, 2.5]]]), 4, { mode: 'linear' }); // → tensor([[[1.0000, 1.3750, 2.1250, 2.5000]]])
 */
export const interpolate = declare<[
  input: Tensor, size?: PerDimension | null, scale_factor?: PerDimension | null, mode?: InterpolationMode, align_corners?: boolean | null,
  recompute_scale_factor?: boolean | null, antialias?: boolean,
]>()('nn.functional.interpolate', [
  "input, size=None, scale_factor=None, mode='nearest', align_corners: bool | None = None, recompute_scale_factor: bool | None = None",
  'antialias=False',
], interpolated);

type Older = [input: Tensor, size?: PerDimension | null, scale_factor?: PerDimension | null];

/** An older name, which PyTorch warns of. */
function older(name: string, values: Pick<Request, 'input' | 'size' | 'scale_factor' | 'mode' | 'align_corners'>): Tensor {
  warn(`\`nn.functional.${name}\` is deprecated. Use \`nn.functional.interpolate\` instead.`);
  return interpolated({ ...values, recompute_scale_factor: null, antialias: false });
}

/**
 * The older name of interpolate. Source: torch.nn.functional.upsample.
 * @example
 * nn.functional.upsample(torch.tensor([[[1, 2.5]]]), { scale_factor: 2 }); // → tensor([[[1.0000, 1.0000, 2.5000, 2.5000]]])
 */
export const upsample = declare<[...Older, mode?: InterpolationMode, align_corners?: boolean | null]>()('nn.functional.upsample',
  "input, size=None, scale_factor=None, mode='nearest', align_corners: bool | None = None", (values) => older('upsample', values));

/**
 * interpolate by the nearest element. Source: torch.nn.functional.upsample_nearest.
 * @example
 * nn.functional.upsample_nearest(torch.tensor([[[1, 2.5]]]), 3); // → tensor([[[1.0000, 1.0000, 2.5000]]])
 */
export const upsample_nearest = declare<Older>()('nn.functional.upsample_nearest', 'input, size=None, scale_factor=None',
  (values) => older('upsample_nearest', { ...values, mode: 'nearest', align_corners: null }));

/**
 * interpolate by straight lines between the outermost elements. Source: torch.nn.functional.upsample_bilinear.
 * @example
 * nn.functional.upsample_bilinear(torch.tensor([[[[1, 2.5]]]]), [1, 3]); // → tensor([[[[1.0000, 1.7500, 2.5000]]]])
 */
export const upsample_bilinear = declare<Older>()('nn.functional.upsample_bilinear', 'input, size=None, scale_factor=None',
  (values) => older('upsample_bilinear', { ...values, mode: 'bilinear', align_corners: true }));
