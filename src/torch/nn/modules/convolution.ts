import { ValueError } from '../../../core/errors.ts';
import { PythonTuple, pythonRepr } from '../../../core/printing/index.ts';
import { signature } from '../../../core/signature.ts';
import { empty } from '../../functions/creation.ts';
import * as F from '../../functions/convolution.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { listText } from '../../arguments/sizes.ts';
import { Size } from '../../tensor/size.ts';
import { pad } from '../functional/padding.ts';
import * as init from '../init/fills.ts';
import { Parameter } from '../parameter.ts';
import type { Place } from './place.ts';
import { placeOf } from './place.ts';
import { SpatialModule, spatialLayer, spatialOf } from './spatial.ts';

/** Layers of convolutions, one family for sequences, images and volumes, and one of those turned round. */

type Sizes = number | readonly number[];
type PaddingMode = 'zeros' | 'reflect' | 'replicate' | 'circular';

type Forward = [
  in_channels: number, out_channels: number, kernel_size: Sizes, stride?: Sizes, padding?: Sizes | 'valid' | 'same', dilation?: Sizes,
  groups?: number, bias?: boolean, padding_mode?: PaddingMode, ...Place,
];
const forward = (name: string) => signature<Forward>()(`${name}.__init__`, [
  'in_channels: int, out_channels: int, kernel_size: int | iterable, stride: int | iterable = 1, padding: str | int | iterable = 0',
  "dilation: int | iterable = 1, groups=1, bias=True, padding_mode='zeros', device=None, dtype=None",
]);
const forwards = [forward('Conv1d'), forward('Conv2d'), forward('Conv3d')] as const;

type Transposed = [
  in_channels: number, out_channels: number, kernel_size: Sizes, stride?: Sizes, padding?: Sizes, output_padding?: Sizes, groups?: number,
  bias?: boolean, dilation?: Sizes, padding_mode?: PaddingMode, ...Place,
];
const transposed = (name: string) => signature<Transposed>()(`${name}.__init__`, [
  'in_channels: int, out_channels: int, kernel_size: int | iterable, stride: int | iterable = 1, padding: int | iterable = 0',
  "output_padding: int | iterable = 0, groups=1, bias=True, dilation: int | iterable = 1, padding_mode='zeros', device=None, dtype=None",
]);
const transposes = [transposed('ConvTranspose1d'), transposed('ConvTranspose2d'), transposed('ConvTranspose3d')] as const;

const modes: readonly string[] = ['zeros', 'replicate', 'circular', 'reflect'];

/** What goes around the input where it is not zeros, as `pad` takes it: the last dimension first, before and behind. */
function paddingAround({ kernel_size, dilation, padding }: ConvolutionModule): number[] {
  return kernel_size.flatMap((extent, i) => {
    if (typeof padding !== 'string') return [[padding[i], padding[i]]];
    const both = padding === 'same' ? dilation[i] * (extent - 1) : 0;
    return [[Math.floor(both / 2), Math.ceil(both / 2)]];
  }).reverse().flat();
}

/** One number for each dimension. */
const perDimension = (value: Sizes, dimensions: number): readonly number[] =>
  (typeof value === 'number' ? Array.from({ length: dimensions }, () => value) : [...value]);

const tuple = (values: readonly number[]): string => pythonRepr(new PythonTuple(values));

interface Settings {
  readonly in_channels: number;
  readonly out_channels: number;
  readonly kernel_size: Sizes;
  readonly stride: Sizes;
  readonly padding: Sizes | string;
  readonly dilation: Sizes;
  readonly output_padding: Sizes;
  readonly groups: number;
  readonly bias: boolean;
  readonly padding_mode: string;
  readonly device: Place[0] | null;
  readonly dtype: Place[1] | null;
}

abstract class ConvolutionModule extends SpatialModule {
  /** Channels of the input. */
  in_channels: number;
  /** Channels of the result. */
  out_channels: number;
  /** Extents of a window. */
  kernel_size: readonly number[];
  /** How far a window is from the next. */
  stride: readonly number[];
  /** Places added before and behind each dimension, or 'valid' or 'same'. */
  padding: readonly number[] | string;
  /** How far places of a window are from one another. */
  dilation: readonly number[];
  /** Whether it is turned round. */
  transposed: boolean;
  /** Places added behind the result of one that is turned round. */
  output_padding: readonly number[];
  /** Groups of channels that have nothing to do with one another. */
  groups: number;
  /** What the added places hold. */
  padding_mode: string;
  /** (out, in / groups, ...kernel_size), or (in, out / groups, ...kernel_size) where it is turned round. */
  weight: Parameter;
  /** (out). Null in a layer without one; the type is what programs take for granted. */
  bias: Parameter;

  /** `read` reads the arguments by the class's own signature. */
  constructor(isTransposed: boolean, read: (dimensions: number) => Settings) {
    super();
    const dimensions = spatialOf(this);
    const values = read(dimensions);
    const { in_channels, out_channels, groups, padding, padding_mode, device = null, dtype = null } = values;
    if (groups <= 0) throw new ValueError('groups must be a positive integer');
    if (in_channels % groups !== 0) throw new ValueError('in_channels must be divisible by groups');
    if (out_channels % groups !== 0) throw new ValueError('out_channels must be divisible by groups');
    const stride = perDimension(values.stride, dimensions);
    if (typeof padding === 'string') {
      if (padding !== 'valid' && padding !== 'same') {
        throw new ValueError(`Invalid padding string '${padding}', should be one of {'valid', 'same'}`);
      }
      if (padding === 'same' && stride.some((each) => each !== 1)) {
        throw new ValueError("padding='same' is not supported for strided convolutions");
      }
    }
    if (!modes.includes(padding_mode)) {
      throw new ValueError(
        `padding_mode must be one of {${modes.map((mode) => `'${mode}'`).join(', ')}}, but got padding_mode='${padding_mode}'`);
    }
    this.in_channels = in_channels;
    this.out_channels = out_channels;
    this.kernel_size = perDimension(values.kernel_size, dimensions);
    this.stride = stride;
    this.padding = typeof padding === 'string' ? padding : perDimension(padding, dimensions);
    this.dilation = perDimension(values.dilation, dimensions);
    this.transposed = isTransposed;
    this.output_padding = perDimension(values.output_padding, dimensions);
    this.groups = groups;
    this.padding_mode = padding_mode;
    const place = placeOf({ device, dtype });
    const channels = isTransposed ? [in_channels, out_channels / groups] : [out_channels, in_channels / groups];
    this.weight = new Parameter(empty([...channels, ...this.kernel_size], place));
    this.bias = (values.bias ? new Parameter(empty([out_channels], place)) : null) as Parameter;
    this.reset_parameters();
  }

  /**
   * Draws weight and bias anew, uniform within 1 / √fan_in of 0.
   * @example
   * const layer = nn.Conv1d(1, 1, 4);
   * torch.manual_seed(0);
   * layer.reset_parameters();
   * layer.bias.item() < 0.5; // → true
   */
  reset_parameters(): void {
    init.kaiming_uniform_(this.weight, { a: Math.sqrt(5) });
    if (this.bias === null) return;
    const [fanIn] = init._calculate_fan_in_and_fan_out(this.weight);
    if (fanIn === 0) return;
    const bound = 1 / Math.sqrt(fanIn);
    init.uniform_(this.bias, -bound, bound);
  }

  override extra_repr(): string {
    const parts = [`${this.in_channels}, ${this.out_channels}`, `kernel_size=${tuple(this.kernel_size)}`, `stride=${tuple(this.stride)}`];
    if (typeof this.padding === 'string') parts.push(`padding=${this.padding}`);
    else if (this.padding.some((each) => each !== 0)) parts.push(`padding=${tuple(this.padding)}`);
    if (this.dilation.some((each) => each !== 1)) parts.push(`dilation=${tuple(this.dilation)}`);
    if (this.output_padding.some((each) => each !== 0)) parts.push(`output_padding=${tuple(this.output_padding)}`);
    if (this.groups !== 1) parts.push(`groups=${this.groups}`);
    if (this.bias === null) parts.push('bias=False');
    if (this.padding_mode !== 'zeros') parts.push(`padding_mode=${this.padding_mode}`);
    return parts.join(', ');
  }
}

class ConvModule extends ConvolutionModule {
  constructor(...given: (typeof forwards)[0]['call']) {
    super(false, (dimensions) => ({ ...forwards[dimensions - 1].read(given), output_padding: 0 }));
  }

  override forward(input: Tensor): Tensor {
    const { weight, bias, stride, padding, dilation, groups, padding_mode } = this;
    const convolve = [F.conv1d, F.conv2d, F.conv3d][spatialOf(this) - 1];
    if (padding_mode === 'zeros') return convolve(input, weight, bias, stride, padding, dilation, groups);
    return convolve(pad(input, paddingAround(this), padding_mode as 'reflect'), weight, bias, stride, 0, dilation, groups);
  }
}

class ConvTransposeModule extends ConvolutionModule {
  constructor(...given: (typeof transposes)[0]['call']) {
    super(true, (dimensions) => {
      const values = transposes[dimensions - 1].read(given);
      if (values.padding_mode !== 'zeros') {
        throw new ValueError(`Only "zeros" padding mode is supported for ConvTranspose${dimensions}d`);
      }
      return values;
    });
  }

  /** `output_size` settles which of the sizes that the stride leaves open the result has. */
  override forward(input: Tensor, output_size: readonly number[] | null = null): Tensor {
    const { weight, bias, stride, padding, dilation, groups } = this;
    const convolve = [F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d][spatialOf(this) - 1];
    const rest = output_size === null ? this.output_padding : this.outputPaddingFor(input, output_size);
    return convolve(input, weight, bias, stride, padding as readonly number[], rest, groups, dilation);
  }

  private outputPaddingFor(input: Tensor, given: readonly number[]): readonly number[] {
    const dimensions = spatialOf(this);
    const { shape } = input.geometry;
    const others = shape.length - dimensions;
    const wanted = given.length === shape.length ? given.slice(others) : given;
    if (wanted.length !== dimensions) {
      throw new ValueError(
        `ConvTranspose${dimensions}D: for ${shape.length}D input, output_size must have ${dimensions} or ${shape.length} elements `
        + `(got ${given.length})`);
    }
    const least = wanted.map((_, i) => (shape[others + i] - 1) * this.stride[i] - 2 * (this.padding as readonly number[])[i]
      + this.dilation[i] * (this.kernel_size[i] - 1) + 1);
    const most = least.map((size, i) => size + this.stride[i] - 1);
    if (wanted.some((size, i) => size < least[i] || size > most[i])) {
      throw new ValueError(
        `requested an output size of ${listText(wanted)}, but valid sizes range from ${listText(least)} to ${listText(most)} `
        + `(for an input of ${pythonRepr(new Size(shape.slice(others)))})`);
    }
    return wanted.map((size, i) => size - least[i]);
  }
}

const turned = 'input: Any, output_size: iterable | None = None';

/**
 * Sequences (N, in, L) or (in, L) convolved with weights to learn, to (N, out, places). Source: torch.nn.Conv1d.
 * @example
 * nn.Conv1d(2, 4, 3, { stride: 2 })(torch.zeros(1, 2, 9)).shape; // → torch.Size([1, 4, 4])
 */
export const Conv1d = spatialLayer('Conv1d', 1, ConvModule);
/**
 * Images (N, in, H, W) or (in, H, W) convolved with weights to learn. Source: torch.nn.Conv2d.
 * @example
 * const layer = nn.Conv2d(3, 8, 3, { padding: 1 });
 * layer(torch.zeros(1, 3, 6, 6)).shape; // → torch.Size([1, 8, 6, 6])
 * layer; // → Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))
 */
export const Conv2d = spatialLayer('Conv2d', 2, ConvModule);
/**
 * Volumes (N, in, D, H, W) or (in, D, H, W) convolved with weights to learn. Source: torch.nn.Conv3d.
 * @example
 * nn.Conv3d(1, 2, 2)(torch.zeros(1, 1, 3, 3, 3)).shape; // → torch.Size([1, 2, 2, 2, 2])
 */
export const Conv3d = spatialLayer('Conv3d', 3, ConvModule);
/**
 * Turns Conv1d round: (N, in, places) to the longer (N, out, L). Source: torch.nn.ConvTranspose1d.
 * @example
 * nn.ConvTranspose1d(4, 2, 3, { stride: 2 })(torch.zeros(1, 4, 4)).shape; // → torch.Size([1, 2, 9])
 */
export const ConvTranspose1d = spatialLayer('ConvTranspose1d', 1, ConvTransposeModule, turned);
/**
 * Turns Conv2d round. Which of the sizes that a stride leaves open the result has, `output_padding` says, or the size in a call.
 * Source: torch.nn.ConvTranspose2d.
 * @example
 * const layer = nn.ConvTranspose2d(4, 2, 3, { stride: 2, padding: 1 });
 * layer(torch.zeros(1, 4, 3, 3)).shape; // → torch.Size([1, 2, 5, 5])
 * layer(torch.zeros(1, 4, 3, 3), [6, 6]).shape; // → torch.Size([1, 2, 6, 6])
 */
export const ConvTranspose2d = spatialLayer('ConvTranspose2d', 2, ConvTransposeModule, turned);
/**
 * Turns Conv3d round. Source: torch.nn.ConvTranspose3d.
 * @example
 * nn.ConvTranspose3d(2, 1, 2)(torch.zeros(1, 2, 2, 2, 2)).shape; // → torch.Size([1, 1, 3, 3, 3])
 */
export const ConvTranspose3d = spatialLayer('ConvTranspose3d', 3, ConvTransposeModule, turned);

export type Conv1d = ConvModule;
export type Conv2d = ConvModule;
export type Conv3d = ConvModule;
export type ConvTranspose1d = ConvTransposeModule;
export type ConvTranspose2d = ConvTransposeModule;
export type ConvTranspose3d = ConvTransposeModule;
