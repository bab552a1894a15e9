import type { PythonValue } from '../../../core/printing/index.ts';
import { pythonRepr, PythonTuple } from '../../../core/printing/index.ts';
import { signature } from '../../../core/signature.ts';
import type { Extents } from '../../arguments/windows.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import * as F from '../functional/pooling.ts';
import type { OutputSize } from '../functional/pooling.ts';
import { SpatialModule, spatialLayer, spatialOf } from './spatial.ts';

/** What windows of images hold, at most or on average. */

/** A number or a tuple, as Python shows it. */
export const shown = (value: unknown): string =>
  pythonRepr((Array.isArray(value) ? new PythonTuple(value as PythonValue[]) : value) as PythonValue);

const largest = (name: string) => signature<[
  kernel_size: Extents, stride?: Extents | null, padding?: Extents, dilation?: Extents, return_indices?: boolean, ceil_mode?: boolean,
]>()(`${name}.__init__`, 'kernel_size, stride=None, padding: Any = 0, dilation: Any = 1, return_indices=False, ceil_mode=False');
const largestSignatures = [largest('MaxPool1d'), largest('MaxPool2d'), largest('MaxPool3d')] as const;
const maxPools = [F.max_pool1d, F.max_pool2d, F.max_pool3d] as const;

class MaxPoolModule extends SpatialModule {
  /** Extents of the windows. */
  kernel_size: Extents;
  /** How far apart they begin. */
  stride: Extents;
  /** How far they reach beyond the edges. */
  padding: Extents;
  /** How far apart the places of a window are. */
  dilation: Extents;
  /** Whether calls give the places of the largest as well. */
  return_indices: boolean;
  /** Whether windows that the end cuts off count. */
  ceil_mode: boolean;

  constructor(...given: (typeof largestSignatures)[0]['call']) {
    super();
    const { kernel_size, stride, padding, dilation, return_indices, ceil_mode } = largestSignatures[spatialOf(this) - 1].read(given);
    this.kernel_size = kernel_size;
    this.stride = stride ?? kernel_size;
    this.padding = padding;
    this.dilation = dilation;
    this.return_indices = return_indices;
    this.ceil_mode = ceil_mode;
  }

  override forward(input: Tensor): Tensor {
    return maxPools[spatialOf(this) - 1](
      input, this.kernel_size, this.stride, this.padding, this.dilation, this.ceil_mode, this.return_indices);
  }

  override extra_repr(): string {
    return `kernel_size=${shown(this.kernel_size)}, stride=${shown(this.stride)}, padding=${shown(this.padding)}, `
      + `dilation=${shown(this.dilation)}, ceil_mode=${shown(this.ceil_mode)}`;
  }
}

/**
 * The largest of each window along the last dimension. Source: torch.nn.MaxPool1d.
 * @example
 * nn.MaxPool1d(2)(torch.tensor([[1.5, 3, 2, 4]])); // → tensor([[3., 4.]])
 */
export const MaxPool1d = spatialLayer('MaxPool1d', 1, MaxPoolModule);
/**
 * The largest of each window of images. Source: torch.nn.MaxPool2d.
 * @example
 * nn.MaxPool2d(2)(torch.arange(16).float().reshape(1, 4, 4)); // → tensor([[[ 5.,  7.],
 *                                                             //            [13., 15.]]])
 * nn.MaxPool2d([3, 2], { stride: 2 }); // → MaxPool2d(kernel_size=(3, 2), stride=2, padding=0, dilation=1, ceil_mode=False)
 */
export const MaxPool2d = spatialLayer('MaxPool2d', 2, MaxPoolModule);
/**
 * The largest of each window of volumes. Source: torch.nn.MaxPool3d.
 * @example
 * nn.MaxPool3d(2)(torch.zeros(1, 4, 4, 4)).shape; // → torch.Size([1, 2, 2, 2])
 */
export const MaxPool3d = spatialLayer('MaxPool3d', 3, MaxPoolModule);
export type MaxPool1d = MaxPoolModule;
export type MaxPool2d = MaxPoolModule;
export type MaxPool3d = MaxPoolModule;

const lineText = 'kernel_size, stride=None, padding: Any = 0, ceil_mode=False, count_include_pad=True';
const average = (name: string) => signature<[
  kernel_size: Extents, stride?: Extents | null, padding?: Extents, ceil_mode?: boolean, count_include_pad?: boolean,
  divisor_override?: number | null,
]>()(`${name}.__init__`, 'kernel_size, stride=None, padding: Any = 0, ceil_mode=False, count_include_pad=True, divisor_override=None');
const lineSignature = signature<[
  kernel_size: Extents, stride?: Extents | null, padding?: Extents, ceil_mode?: boolean, count_include_pad?: boolean,
]>()('AvgPool1d.__init__', lineText);
const averageSignatures = [average('AvgPool2d'), average('AvgPool3d')] as const;

abstract class AvgPoolNdModule extends SpatialModule {
  /** Extents of the windows. */
  declare kernel_size: Extents;
  /** How far apart they begin. */
  declare stride: Extents;
  /** How far they reach beyond the edges. */
  declare padding: Extents;
  /** Whether windows that the end cuts off count. */
  declare ceil_mode: boolean;
  /** Whether the zeros beyond the edges count in means. */
  declare count_include_pad: boolean;

  override extra_repr(): string {
    return `kernel_size=${shown(this.kernel_size)}, stride=${shown(this.stride)}, padding=${shown(this.padding)}`;
  }
}

/** One number as a tuple of one, and lists as they are. */
const singled = (value: Extents): readonly number[] => (typeof value === 'number' ? [value] : value);

class AvgPoolLineModule extends AvgPoolNdModule {
  constructor(...given: typeof lineSignature.call) {
    super();
    const { kernel_size, stride, padding, ceil_mode, count_include_pad } = lineSignature.read(given);
    this.kernel_size = singled(kernel_size);
    this.stride = singled(stride ?? kernel_size);
    this.padding = singled(padding);
    this.ceil_mode = ceil_mode;
    this.count_include_pad = count_include_pad;
  }

  override forward(input: Tensor): Tensor {
    return F.avg_pool1d(input, this.kernel_size, this.stride, this.padding, this.ceil_mode, this.count_include_pad);
  }
}

class AvgPoolModule extends AvgPoolNdModule {
  /** What sums are divided by, in place of the number of places. */
  divisor_override: number | null;

  constructor(...given: (typeof averageSignatures)[0]['call']) {
    super();
    const { kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override } =
      averageSignatures[spatialOf(this) - 2].read(given);
    this.kernel_size = kernel_size;
    this.stride = stride ?? kernel_size;
    this.padding = padding;
    this.ceil_mode = ceil_mode;
    this.count_include_pad = count_include_pad;
    this.divisor_override = divisor_override;
  }

  override forward(input: Tensor): Tensor {
    const pool = spatialOf(this) === 2 ? F.avg_pool2d : F.avg_pool3d;
    return pool(input, this.kernel_size, this.stride, this.padding, this.ceil_mode, this.count_include_pad, this.divisor_override);
  }
}

/**
 * The mean of each window along the last dimension. Source: torch.nn.AvgPool1d.
 * @example
 * nn.AvgPool1d(2)(torch.tensor([[1.5, 3.5, 2, 4]])); // → tensor([[2.5000, 3.0000]])
 * nn.AvgPool1d(2); // → AvgPool1d(kernel_size=(2,), stride=(2,), padding=(0,))
 */
export const AvgPool1d = spatialLayer('AvgPool1d', 1, AvgPoolLineModule);
/**
 * The mean of each window of images. Source: torch.nn.AvgPool2d.
 * @example
 * nn.AvgPool2d(2)(torch.arange(16).float().reshape(1, 4, 4)); // → tensor([[[ 2.5000,  4.5000],
 *                                                             //            [10.5000, 12.5000]]])
 */
export const AvgPool2d = spatialLayer('AvgPool2d', 2, AvgPoolModule);
/**
 * The mean of each window of volumes. Source: torch.nn.AvgPool3d.
 * @example
 * nn.AvgPool3d(2)(torch.zeros(1, 4, 4, 4)).shape; // → torch.Size([1, 2, 2, 2])
 */
export const AvgPool3d = spatialLayer('AvgPool3d', 3, AvgPoolModule);
export type AvgPool1d = AvgPoolLineModule;
export type AvgPool2d = AvgPoolModule;
export type AvgPool3d = AvgPoolModule;

const adaptiveMean = (name: string) => signature<[output_size: OutputSize]>()(`${name}.__init__`, 'output_size');
const meanSignatures = [adaptiveMean('AdaptiveAvgPool1d'), adaptiveMean('AdaptiveAvgPool2d'), adaptiveMean('AdaptiveAvgPool3d')] as const;

class AdaptiveAvgPoolModule extends SpatialModule {
  /** How many windows share the image along each dimension; None for its own extent. */
  output_size: OutputSize;

  constructor(...given: (typeof meanSignatures)[0]['call']) {
    super();
    ({ output_size: this.output_size } = meanSignatures[spatialOf(this) - 1].read(given));
  }

  override forward(input: Tensor): Tensor {
    const spatial = spatialOf(this);
    if (spatial === 1) return F.adaptive_avg_pool1d(input, this.output_size as Extents);
    return spatial === 2 ? F.adaptive_avg_pool2d(input, this.output_size) : F.adaptive_avg_pool3d(input, this.output_size);
  }

  override extra_repr(): string {
    return `output_size=${shown(this.output_size)}`;
  }
}

/**
 * Means of windows that share the last dimension. Source: torch.nn.AdaptiveAvgPool1d.
 * @example
 * nn.AdaptiveAvgPool1d(2)(torch.tensor([[1.5, 3.5, 2, 4]])); // → tensor([[2.5000, 3.0000]])
 */
export const AdaptiveAvgPool1d = spatialLayer('AdaptiveAvgPool1d', 1, AdaptiveAvgPoolModule);
/**
 * Means of windows that share images, whatever their extents. Source: torch.nn.AdaptiveAvgPool2d.
 * @example
 * nn.AdaptiveAvgPool2d(1)(torch.arange(4).float().reshape(1, 2, 2)); // → tensor([[[1.5000]]])
 * nn.AdaptiveAvgPool2d([null, 7]); // → AdaptiveAvgPool2d(output_size=(None, 7))
 */
export const AdaptiveAvgPool2d = spatialLayer('AdaptiveAvgPool2d', 2, AdaptiveAvgPoolModule);
/**
 * Means of windows that share volumes. Source: torch.nn.AdaptiveAvgPool3d.
 * @example
 * nn.AdaptiveAvgPool3d([1, 2, 3])(torch.zeros(1, 4, 5, 6)).shape; // → torch.Size([1, 1, 2, 3])
 */
export const AdaptiveAvgPool3d = spatialLayer('AdaptiveAvgPool3d', 3, AdaptiveAvgPoolModule);
export type AdaptiveAvgPool1d = AdaptiveAvgPoolModule;
export type AdaptiveAvgPool2d = AdaptiveAvgPoolModule;
export type AdaptiveAvgPool3d = AdaptiveAvgPoolModule;

const adaptiveLargest = (name: string) => signature<[output_size: OutputSize, return_indices?: boolean]>()(
  `${name}.__init__`, 'output_size, return_indices=False');
const adaptiveSignatures = [
  adaptiveLargest('AdaptiveMaxPool1d'), adaptiveLargest('AdaptiveMaxPool2d'), adaptiveLargest('AdaptiveMaxPool3d'),
] as const;
const adaptiveMaxPools = [F.adaptive_max_pool1d, F.adaptive_max_pool2d, F.adaptive_max_pool3d] as const;

class AdaptiveMaxPoolModule extends SpatialModule {
  /** How many windows share the image along each dimension; None for its own extent. */
  output_size: OutputSize;
  /** Whether calls give the places of the largest as well. */
  return_indices: boolean;

  constructor(...given: (typeof adaptiveSignatures)[0]['call']) {
    super();
    ({ output_size: this.output_size, return_indices: this.return_indices } = adaptiveSignatures[spatialOf(this) - 1].read(given));
  }

  override forward(input: Tensor): Tensor {
    return adaptiveMaxPools[spatialOf(this) - 1](input, this.output_size, this.return_indices);
  }

  override extra_repr(): string {
    return `output_size=${shown(this.output_size)}`;
  }
}

/**
 * The largest of each of windows that share the last dimension. Source: torch.nn.AdaptiveMaxPool1d.
 * @example
 * nn.AdaptiveMaxPool1d(2)(torch.tensor([[1.5, 3.5, 2, 4]])); // → tensor([[3.5000, 4.0000]])
 */
export const AdaptiveMaxPool1d = spatialLayer('AdaptiveMaxPool1d', 1, AdaptiveMaxPoolModule);
/**
 * The largest of each of windows that share images. Source: torch.nn.AdaptiveMaxPool2d.
 * @example
 * nn.AdaptiveMaxPool2d([1, 2])(torch.arange(16).float().reshape(1, 4, 4)); // → tensor([[[13., 15.]]])
 */
export const AdaptiveMaxPool2d = spatialLayer('AdaptiveMaxPool2d', 2, AdaptiveMaxPoolModule);
/**
 * The largest of each of windows that share volumes. Source: torch.nn.AdaptiveMaxPool3d.
 * @example
 * nn.AdaptiveMaxPool3d(2)(torch.zeros(1, 4, 5, 6)).shape; // → torch.Size([1, 2, 2, 2])
 */
export const AdaptiveMaxPool3d = spatialLayer('AdaptiveMaxPool3d', 3, AdaptiveMaxPoolModule);
export type AdaptiveMaxPool1d = AdaptiveMaxPoolModule;
export type AdaptiveMaxPool2d = AdaptiveMaxPoolModule;
export type AdaptiveMaxPool3d = AdaptiveMaxPoolModule;
