import { pythonRepr, PythonTuple } from '../../../core/printing/index.ts';
import { listOf } from '../../../core/errors.ts';
import { signature } from '../../../core/signature.ts';
import { fillWith } from '../../../ops/movement.ts';
import { add } from '../../../ops/pointwise/index.ts';
import { empty, ones, tensor, zeros } from '../../functions/creation.ts';
import { long } from '../../dtypes/dtypes.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { batch_norm, layer_norm } from '../functional/normalization.ts';
import * as init from '../init/fills.ts';
import { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';
import type { Place } from './place.ts';
import { placeOf } from './place.ts';
import { SpatialModule, spatialLayer, spatialOf } from './spatial.ts';
import { layer } from './layer.ts';

const absent = null as never;

const layerNorm = signature<[
  normalized_shape: number | readonly number[], eps?: number, elementwise_affine?: boolean, bias?: boolean, ...Place,
]>()('LayerNorm.__init__', [
  'normalized_shape, eps=1e-05, elementwise_affine=True, bias=True, device=None, dtype=None',
]);

class LayerNormModule extends Module {
  /** The last dimensions, over which is normalised. */
  normalized_shape: readonly number[];
  /** Added to the variance, against division by 0. */
  eps: number;
  /** Whether there are weights to learn. */
  elementwise_affine: boolean;
  /** Of normalized_shape. Null in a layer without weights; the type is what programs take for granted. */
  weight: Parameter = absent;
  /** Of normalized_shape. Null in a layer without biases. */
  bias: Parameter = absent;

  constructor(...given: typeof layerNorm.call) {
    super();
    const { normalized_shape, eps, elementwise_affine, bias, ...place } = layerNorm.read(given);
    this.normalized_shape = typeof normalized_shape === 'number' ? [normalized_shape] : listOf(normalized_shape);
    this.eps = eps;
    this.elementwise_affine = elementwise_affine;
    if (elementwise_affine) {
      this.weight = new Parameter(empty(this.normalized_shape, placeOf(place)));
      if (bias) this.bias = new Parameter(empty(this.normalized_shape, placeOf(place)));
    }
    this.reset_parameters();
  }

  /**
   * Sets the weights to 1 and the biases to 0.
   * @example
   * const layer = nn.LayerNorm(2);
   * nn.init.zeros_(layer.weight);
   * layer.reset_parameters();
   * layer.weight.tolist(); // → [1, 1]
   */
  reset_parameters(): void {
    if (this.weight) init.ones_(this.weight);
    if (this.bias) init.zeros_(this.bias);
  }

  override forward(input: Tensor): Tensor {
    return layer_norm(input, this.normalized_shape, this.weight, this.bias, this.eps);
  }

  override extra_repr(): string {
    return `${pythonRepr(new PythonTuple(this.normalized_shape))}, eps=${pythonRepr(this.eps)}, `
      + `elementwise_affine=${pythonRepr(this.elementwise_affine)}, bias=${pythonRepr(this.bias !== null)}`;
  }
}

/**
 * Mean 0 and variance 1 over the last dimensions, which have `normalized_shape`, then scaled and shifted.
 * Source: torch.nn.LayerNorm.
 * @example
 * nn.LayerNorm(2, { elementwise_affine: false })(torch.tensor([1.5, 2.5])); // → tensor([-1.0000,  1.0000])
 */
export const LayerNorm = layer('LayerNorm', LayerNormModule);
export type LayerNorm = LayerNormModule;

export type NormParameters = [
  num_features: number, eps?: number, momentum?: number | null, affine?: boolean, track_running_stats?: boolean, ...Place,
];
const batchNorm = (name: string) => signature<NormParameters, { readonly bias?: boolean }>()(`${name}.__init__`, [
  'num_features: int, eps=1e-05, momentum: float | None = 0.1, affine=True, track_running_stats=True',
  'device=None, dtype=None, *, bias=True',
]);
const signatures = [batchNorm('BatchNorm1d'), batchNorm('BatchNorm2d'), batchNorm('BatchNorm3d')] as const;

type NormSignature = (typeof signatures)[0];
/** By number of dimensions. */
export type NormSignatures = readonly [NormSignature, NormSignature, NormSignature];

/** What has statistics for each channel, which may be kept. */
export abstract class NormModule extends SpatialModule {
  /** The number of channels, C. */
  num_features: number;
  /** Added to the variance, against division by 0. */
  eps: number;
  /** How far each batch moves the running statistics; null for the plain average of all batches. */
  momentum: number | null;
  /** Whether there are weights to learn. */
  affine: boolean;
  /** Whether running statistics are kept, which evaluation takes in place of the batch's own. */
  track_running_stats: boolean;
  /** (C). Null in a layer without weights; the type is what programs take for granted. */
  weight: Parameter = absent;
  /** (C). Null in a layer without biases. */
  bias: Parameter = absent;
  /** The running mean, (C); null where none is kept. */
  declare running_mean: Tensor;
  /** The running variance, (C); null where none is kept. */
  declare running_var: Tensor;
  /** How many batches the running statistics have seen. */
  declare num_batches_tracked: Tensor;

  constructor(...given: (typeof signatures)[0]['call']) {
    super();
    const { num_features, eps, momentum, affine, track_running_stats, bias, ...chosen } = this.declared()[spatialOf(this) - 1].read(given);
    this.num_features = num_features;
    this.eps = eps;
    this.momentum = momentum;
    this.affine = affine;
    this.track_running_stats = track_running_stats;
    const place = placeOf(chosen);
    if (affine) {
      this.weight = new Parameter(ones(num_features, place));
      if (bias) this.bias = new Parameter(zeros(num_features, place));
    }
    const tracks = this.track_running_stats;
    this.register_buffer('running_mean', tracks ? zeros(num_features, place) : null);
    this.register_buffer('running_var', tracks ? ones(num_features, place) : null);
    this.register_buffer('num_batches_tracked', tracks ? tensor(0, { ...place, dtype: long }) : null);
  }

  /** The parameters of the family's classes. */
  protected abstract declared(): NormSignatures;

  /**
   * Sets the running statistics to those of a new layer.
   * @example
   * const layer = nn.BatchNorm1d(1);
   * layer(torch.tensor([[1], [3]]).float());
   * layer.running_mean; // → tensor([0.2000])
   * layer.reset_running_stats();
   * layer.running_mean; // → tensor([0.])
   */
  reset_running_stats(): void {
    if (this.running_mean) fillWith(this.running_mean, 0);
    if (this.running_var) fillWith(this.running_var, 1);
    if (this.num_batches_tracked) fillWith(this.num_batches_tracked, 0);
  }

  override extra_repr(): string {
    return `${this.num_features}, eps=${pythonRepr(this.eps)}, momentum=${pythonRepr(this.momentum)}, affine=${pythonRepr(this.affine)}, `
      + `bias=${pythonRepr(this.bias !== null)}, track_running_stats=${pythonRepr(this.track_running_stats)}`;
  }
}

class BatchNormModule extends NormModule {
  protected override declared(): NormSignatures {
    return signatures;
  }

  /** There is always a batch; the features of a sequence may be single numbers. */
  protected override ranks(spatial: number): readonly number[] {
    return spatial === 1 ? [2, 3] : [spatial + 2];
  }

  override forward(input: Tensor): Tensor {
    this.checkRank(input);
    let factor = this.momentum ?? 0;
    if (this.training && this.num_batches_tracked) {
      add(this.num_batches_tracked, 1, this.num_batches_tracked);
      // Without a momentum the running statistics are the plain average of all batches.
      if (this.momentum === null) factor = 1 / this.num_batches_tracked.item();
    }
    const own = this.training || this.running_mean === null;
    const tracked = !this.training || this.track_running_stats;
    return batch_norm(input, tracked ? this.running_mean : null, tracked ? this.running_var : null,
      { weight: this.weight, bias: this.bias, training: own, momentum: factor, eps: this.eps });
  }
}

/**
 * Each feature of (N, C) or (N, C, L) to mean 0 and variance 1 over the batch, then scaled and shifted; in evaluation by the
 * running statistics. Source: torch.nn.BatchNorm1d.
 * @example
 * const layer = nn.BatchNorm1d(1, { affine: false });
 * layer(torch.tensor([[1], [3]]).float()); // → tensor([[-1.0000],
 *                                          //           [ 1.0000]])
 * layer; // → BatchNorm1d(1, eps=1e-05, momentum=0.1, affine=False, bias=False, track_running_stats=True)
 */
export const BatchNorm1d = spatialLayer('BatchNorm1d', 1, BatchNormModule);
/**
 * As BatchNorm1d, for each channel of images (N, C, H, W). Source: torch.nn.BatchNorm2d.
 * @example
 * nn.BatchNorm2d(3)(torch.zeros(2, 3, 4, 4)).shape; // → torch.Size([2, 3, 4, 4])
 */
export const BatchNorm2d = spatialLayer('BatchNorm2d', 2, BatchNormModule);
/**
 * As BatchNorm1d, for each channel of volumes (N, C, D, H, W). Source: torch.nn.BatchNorm3d.
 * @example
 * nn.BatchNorm3d(3, { momentum: 0.2 });
 * // → BatchNorm3d(3, eps=1e-05, momentum=0.2, affine=True, bias=True, track_running_stats=True)
 */
export const BatchNorm3d = spatialLayer('BatchNorm3d', 3, BatchNormModule);

export type BatchNorm1d = BatchNormModule;
export type BatchNorm2d = BatchNormModule;
export type BatchNorm3d = BatchNormModule;
