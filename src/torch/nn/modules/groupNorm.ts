import { ValueError, listOf } from '../../../core/errors.ts';
import { pythonRepr, PythonTuple } from '../../../core/printing/index.ts';
import { signature } from '../../../core/signature.ts';
import { empty } from '../../functions/creation.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { group_norm, rms_norm } from '../functional/normalization.ts';
import * as init from '../init/fills.ts';
import { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';
import { layer } from './layer.ts';
import type { Place } from './place.ts';
import { placeOf } from './place.ts';

/** Normalisation of channels in groups, and without a mean. */

const absent = null as never;

const grouped = signature<[num_groups: number, num_channels: number, eps?: number, affine?: boolean, ...Place], {
  readonly bias?: boolean;
}>()('GroupNorm.__init__', 'num_groups: int, num_channels: int, eps=1e-05, affine=True, device=None, dtype=None, *, bias=True');

class GroupNormModule extends Module {
  /** How many groups the channels are in. */
  num_groups: number;
  /** The number of channels, C. */
  num_channels: number;
  /** Added to the variance, against division by 0. */
  eps: number;
  /** Whether there are weights to learn. */
  affine: boolean;
  /** (C). Null in a layer without weights; the type is what programs take for granted. */
  weight: Parameter = absent;
  /** (C). Null in a layer without biases. */
  bias: Parameter = absent;

  constructor(...given: typeof grouped.call) {
    super();
    const { num_groups, num_channels, eps, affine, bias, ...place } = grouped.read(given);
    if (num_channels % num_groups !== 0) {
      throw new ValueError(`num_channels (${num_channels}) must be divisible by num_groups (${num_groups})`);
    }
    this.num_groups = num_groups;
    this.num_channels = num_channels;
    this.eps = eps;
    this.affine = affine;
    if (affine) {
      this.weight = new Parameter(empty([num_channels], placeOf(place)));
      if (bias) this.bias = new Parameter(empty([num_channels], placeOf(place)));
    }
    this.reset_parameters();
  }

  /**
   * Sets the weights to 1 and the biases to 0.
   * @example
   * const layer = nn.GroupNorm(1, 2);
   * nn.init.zeros_(layer.weight);
   * layer.reset_parameters();
   * layer.weight.tolist(); // → [1, 1]
   */
  reset_parameters(): void {
    if (this.weight) init.ones_(this.weight);
    if (this.bias) init.zeros_(this.bias);
  }

  override forward(input: Tensor): Tensor {
    return group_norm(input, this.num_groups, this.weight, this.bias, this.eps);
  }

  override extra_repr(): string {
    return `${this.num_groups}, ${this.num_channels}, eps=${pythonRepr(this.eps)}, affine=${pythonRepr(this.affine)}, `
      + `bias=${pythonRepr(this.bias !== null)}`;
  }
}

/**
 * The channels of (N, C, ...) in groups, each to mean 0 and variance 1, then scaled and shifted by channel. Source: torch.nn.GroupNorm.
 * @example
 * nn.GroupNorm(2, 4)(torch.tensor([[1.5, 2.5, 3, 7]])).detach(); // → tensor([[-1.0000,  1.0000, -1.0000,  1.0000]])
 */
export const GroupNorm = layer('GroupNorm', GroupNormModule);
export type GroupNorm = GroupNormModule;

const rms = signature<[
  normalized_shape: number | readonly number[], eps?: number | null, elementwise_affine?: boolean, ...Place,
]>()('RMSNorm.__init__', 'normalized_shape, eps: float | None = None, elementwise_affine=True, device=None, dtype=None');

class RMSNormModule extends Module {
  /** The last dimensions, over which is normalised. */
  normalized_shape: readonly number[];
  /** Added to the mean of squares; null for the distance from 1 to the next number. */
  eps: number | null;
  /** Whether there are weights to learn. */
  elementwise_affine: boolean;
  /** Of normalized_shape. Null in a layer without weights; the type is what programs take for granted. */
  weight: Parameter = absent;

  constructor(...given: typeof rms.call) {
    super();
    const { normalized_shape, eps, elementwise_affine, ...place } = rms.read(given);
    this.normalized_shape = typeof normalized_shape === 'number' ? [normalized_shape] : listOf(normalized_shape);
    this.eps = eps;
    this.elementwise_affine = elementwise_affine;
    if (elementwise_affine) this.weight = new Parameter(empty(this.normalized_shape, placeOf(place)));
    this.reset_parameters();
  }

  /**
   * Sets the weights to 1.
   * @example
   * const layer = nn.RMSNorm(2);
   * nn.init.zeros_(layer.weight);
   * layer.reset_parameters();
   * layer.weight.tolist(); // → [1, 1]
   */
  reset_parameters(): void {
    if (this.weight) init.ones_(this.weight);
  }

  override forward(input: Tensor): Tensor {
    return rms_norm(input, this.normalized_shape, this.weight, this.eps);
  }

  override extra_repr(): string {
    return `${pythonRepr(new PythonTuple(this.normalized_shape))}, eps=${pythonRepr(this.eps)}, `
      + `elementwise_affine=${pythonRepr(this.elementwise_affine)}`;
  }
}

/**
 * The last dimensions, which have `normalized_shape`, divided by the root of the mean of their squares, then scaled.
 * Source: torch.nn.RMSNorm.
 * @example
 * nn.RMSNorm(2, { elementwise_affine: false })(torch.tensor([3, 4.5])); // → tensor([0.7845, 1.1767])
 */
export const RMSNorm = layer('RMSNorm', RMSNormModule, 'x: Any');
export type RMSNorm = RMSNormModule;
