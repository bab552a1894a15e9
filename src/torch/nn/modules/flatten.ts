import { signature } from '../../../core/signature.ts';
import { flatten, unflatten } from '../../functions/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Module } from '../module.ts';
import { layer } from './layer.ts';

const flattened = signature<[start_dim?: number, end_dim?: number]>()('Flatten.__init__', 'start_dim=1, end_dim=-1');

class FlattenModule extends Module {
  /** The first dimension that is joined. */
  start_dim: number;
  /** The last dimension that is joined. */
  end_dim: number;

  constructor(...given: typeof flattened.call) {
    super();
    ({ start_dim: this.start_dim, end_dim: this.end_dim } = flattened.read(given));
  }

  override forward(input: Tensor): Tensor {
    return flatten(input, this.start_dim, this.end_dim);
  }

  override extra_repr(): string {
    return `start_dim=${this.start_dim}, end_dim=${this.end_dim}`;
  }
}

/**
 * Dimensions start_dim (1 unless said, so that the batch stays) to end_dim as one. Source: torch.nn.Flatten.
 * @example
 * nn.Flatten()(torch.zeros(2, 3, 4)).shape; // → torch.Size([2, 12])
 */
export const Flatten = layer('Flatten', FlattenModule);
export type Flatten = FlattenModule;

const unflattened = signature<[dim: number, unflattened_size: readonly number[]]>()(
  'Unflatten.__init__', 'dim: int, unflattened_size: iterable');

class UnflattenModule extends Module {
  /** The dimension that is split. */
  dim: number;
  /** The extents that it becomes. */
  unflattened_size: readonly number[];

  constructor(...given: typeof unflattened.call) {
    super();
    const { dim, unflattened_size } = unflattened.read(given);
    this.dim = dim;
    this.unflattened_size = [...unflattened_size];
  }

  override forward(input: Tensor): Tensor {
    return unflatten(input, this.dim, this.unflattened_size);
  }

  override extra_repr(): string {
    const { unflattened_size: sizes } = this;
    return `dim=${this.dim}, unflattened_size=(${sizes.join(', ')}${sizes.length === 1 ? ',' : ''})`;
  }
}

/**
 * One dimension as several, of the extents `unflattened_size`. Source: torch.nn.Unflatten.
 * @example
 * nn.Unflatten(1, [2, 3])(torch.zeros(4, 6)).shape; // → torch.Size([4, 2, 3])
 */
export const Unflatten = layer('Unflatten', UnflattenModule);
export type Unflatten = UnflattenModule;
