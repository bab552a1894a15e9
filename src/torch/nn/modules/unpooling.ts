import { ValueError } from '../../../core/errors.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { signature } from '../../../core/signature.ts';
import type { Extents } from '../../arguments/windows.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Ratios } from '../functional/unpooling.ts';
import * as F from '../functional/unpooling.ts';
import { shown } from './pooling.ts';
import { SpatialModule, spatialLayer, spatialOf } from './spatial.ts';

/** Poolings turned round, with windows at random places, and by powers. */

/** A tuple of as many numbers as there are dimensions; lists as they are. */
const tupled = <T extends number>(value: T | readonly T[], spatial: number): readonly T[] =>
  (Array.isArray(value) ? value as readonly T[] : Array.from({ length: spatial }, () => value as T));

const unpool = (name: string) => signature<[kernel_size: Extents, stride?: Extents | null, padding?: Extents]>()(
  `${name}.__init__`, 'kernel_size, stride=None, padding: Any = 0');
const unpoolSignatures = [unpool('MaxUnpool1d'), unpool('MaxUnpool2d'), unpool('MaxUnpool3d')] as const;
const maxUnpools = [F.max_unpool1d, F.max_unpool2d, F.max_unpool3d] as const;
const unpoolInputs = 'input: Any, indices: Any, output_size=None';

class MaxUnpoolModule extends SpatialModule {
  /** Extents of the windows. */
  kernel_size: readonly number[];
  /** How far apart they began. */
  stride: readonly number[];
  /** How far they reached beyond the edges. */
  padding: readonly number[];

  constructor(...given: (typeof unpoolSignatures)[0]['call']) {
    super();
    const spatial = spatialOf(this);
    const { kernel_size, stride, padding } = unpoolSignatures[spatial - 1].read(given);
    this.kernel_size = tupled(kernel_size, spatial);
    this.stride = tupled(stride ?? kernel_size, spatial);
    this.padding = tupled(padding, spatial);
  }

  override forward(input: Tensor, indices: Tensor, output_size?: readonly number[] | null): Tensor {
    return maxUnpools[spatialOf(this) - 1](input, indices, this.kernel_size, this.stride, this.padding, output_size ?? null);
  }

  override extra_repr(): string {
    return `kernel_size=${shown(this.kernel_size)}, stride=${shown(this.stride)}, padding=${shown(this.padding)}`;
  }
}

/**
 * Zeros with the elements of a MaxPool1d back where they were. Source: torch.nn.MaxUnpool1d.
 * @example
 * const [values, indices] = nn.functional.max_pool1d_with_indices(torch.tensor([[1.5, 3, 2, 4]]), 2);
 * nn.MaxUnpool1d(2)(values, indices); // → tensor([[0., 3., 0., 4.]])
 */
export const MaxUnpool1d = spatialLayer('MaxUnpool1d', 1, MaxUnpoolModule, unpoolInputs);
/**
 * Zeros with the elements of a MaxPool2d back where they were. Source: torch.nn.MaxUnpool2d.
 * @example
 * nn.MaxUnpool2d(2, { stride: 1 }); // → MaxUnpool2d(kernel_size=(2, 2), stride=(1, 1), padding=(0, 0))
 */
export const MaxUnpool2d = spatialLayer('MaxUnpool2d', 2, MaxUnpoolModule, unpoolInputs);
/**
 * Zeros with the elements of a MaxPool3d back where they were. Source: torch.nn.MaxUnpool3d.
 * @example
 * nn.MaxUnpool3d(2)(torch.ones(1, 1, 1, 1), torch.tensor([[[[5]]]])).shape; // → torch.Size([1, 2, 2, 2])
 */
export const MaxUnpool3d = spatialLayer('MaxUnpool3d', 3, MaxUnpoolModule, unpoolInputs);
export type MaxUnpool1d = MaxUnpoolModule;
export type MaxUnpool2d = MaxUnpoolModule;
export type MaxUnpool3d = MaxUnpoolModule;

const fractional = (name: string) => signature<[
  kernel_size: Extents, output_size?: Extents | null, output_ratio?: Ratios | null, return_indices?: boolean,
  _random_samples?: Tensor | null,
]>()(`${name}.__init__`, 'kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples: Tensor = None');
const fractionalSignatures = [fractional('FractionalMaxPool2d'), fractional('FractionalMaxPool3d')] as const;

class FractionalMaxPoolModule extends SpatialModule {
  /** Extents of the windows. */
  kernel_size: readonly number[];
  /** Whether calls give the places of the largest as well. */
  return_indices: boolean;
  /** How many windows there are along each dimension. */
  output_size: readonly number[] | null;
  /** The same as a part of the image's extents. */
  output_ratio: readonly number[] | null;
  /** Where windows begin; null for places that are drawn at each call. */
  declare _random_samples: Tensor | null;

  constructor(...given: (typeof fractionalSignatures)[0]['call']) {
    super();
    const spatial = spatialOf(this);
    const { kernel_size, output_size, output_ratio, return_indices, _random_samples } = fractionalSignatures[spatial - 2].read(given);
    const kernel = tupled(kernel_size, spatial);
    if (spatial === 3 && kernel.some((extent) => extent <= 0)) {
      throw new ValueError(`kernel_size must be greater than 0, but got ${shown(kernel_size)}`);
    }
    this.kernel_size = kernel;
    this.return_indices = return_indices;
    this.register_buffer('_random_samples', _random_samples);
    this.output_size = output_size === null ? null : tupled(output_size, spatial);
    this.output_ratio = output_ratio === null ? null : tupled(output_ratio, spatial);
    if (output_size === null && output_ratio === null) {
      throw new ValueError(`FractionalMaxPool${spatial}d requires specifying either an output size, or a pooling ratio`);
    }
    if (output_size !== null && output_ratio !== null) throw new ValueError('only one of output_size and output_ratio may be specified');
    if (this.output_ratio?.some((ratio) => !(ratio > 0 && ratio < 1)) === true) {
      throw new ValueError(`output_ratio must be between 0 and 1 (got ${shown(output_ratio)})`);
    }
  }

  override forward(input: Tensor): Tensor {
    const pool = spatialOf(this) === 2 ? F.fractional_max_pool2d : F.fractional_max_pool3d;
    return pool(input, this.kernel_size, this.output_size, this.output_ratio, this.return_indices, this._random_samples);
  }
}

/**
 * The largest of windows of images that are at random places. Source: torch.nn.FractionalMaxPool2d.
 * @example
 * nn.FractionalMaxPool2d(2, { output_ratio: 0.5 })(torch.zeros(1, 6, 8)).shape; // → torch.Size([1, 3, 4])
 */
export const FractionalMaxPool2d = spatialLayer('FractionalMaxPool2d', 2, FractionalMaxPoolModule);
/**
 * The largest of windows of volumes that are at random places. Source: torch.nn.FractionalMaxPool3d.
 * @example
 * nn.FractionalMaxPool3d(2, { output_size: 2 })(torch.zeros(1, 4, 5, 6)).shape; // → torch.Size([1, 2, 2, 2])
 */
export const FractionalMaxPool3d = spatialLayer('FractionalMaxPool3d', 3, FractionalMaxPoolModule);
export type FractionalMaxPool2d = FractionalMaxPoolModule;
export type FractionalMaxPool3d = FractionalMaxPoolModule;

const power = (name: string) => signature<[norm_type: number, kernel_size: Extents, stride?: Extents | null, ceil_mode?: boolean]>()(
  `${name}.__init__`, 'norm_type: float, kernel_size, stride=None, ceil_mode=False');
const powerSignatures = [power('LPPool1d'), power('LPPool2d'), power('LPPool3d')] as const;
const lpPools = [F.lp_pool1d, F.lp_pool2d, F.lp_pool3d] as const;

class LPPoolModule extends SpatialModule {
  /** The power. */
  norm_type: number;
  /** Extents of the windows. */
  kernel_size: Extents;
  /** How far apart they begin; null for as far as they reach. */
  stride: Extents | null;
  /** Whether windows that the end cuts off count. */
  ceil_mode: boolean;

  constructor(...given: (typeof powerSignatures)[0]['call']) {
    super();
    ({ norm_type: this.norm_type, kernel_size: this.kernel_size, stride: this.stride, ceil_mode: this.ceil_mode } =
      powerSignatures[spatialOf(this) - 1].read(given));
    if (this.norm_type === 0) throw new ValueError(`norm_type must be a non-zero value, but got ${this.norm_type}`);
  }

  override forward(input: Tensor): Tensor {
    return lpPools[spatialOf(this) - 1](input, this.norm_type, this.kernel_size, this.stride, this.ceil_mode);
  }

  override extra_repr(): string {
    return `norm_type=${pythonRepr(this.norm_type)}, kernel_size=${shown(this.kernel_size)}, stride=${shown(this.stride)}, `
      + `ceil_mode=${shown(this.ceil_mode)}`;
  }
}

/**
 * The root of the sum of powers of each window along the last dimension. Source: torch.nn.LPPool1d.
 * @example
 * nn.LPPool1d(2, 2)(torch.tensor([[3, 4, 6, 8]]).float()); // → tensor([[ 5., 10.]])
 */
export const LPPool1d = spatialLayer('LPPool1d', 1, LPPoolModule);
/**
 * The root of the sum of powers of each window of images. Source: torch.nn.LPPool2d.
 * @example
 * nn.LPPool2d(2, 2, { stride: 1 }); // → LPPool2d(norm_type=2, kernel_size=2, stride=1, ceil_mode=False)
 */
export const LPPool2d = spatialLayer('LPPool2d', 2, LPPoolModule);
/**
 * The root of the sum of powers of each window of volumes. Source: torch.nn.LPPool3d.
 * @example
 * nn.LPPool3d(1, 2)(torch.ones(1, 2, 2, 2)); // → tensor([[[[8.]]]])
 */
export const LPPool3d = spatialLayer('LPPool3d', 3, LPPoolModule);
export type LPPool1d = LPPoolModule;
export type LPPool2d = LPPoolModule;
export type LPPool3d = LPPoolModule;
