import { callable } from '../../../core/callable.ts';
import { checkOptions } from '../../arguments/options.ts';
import { flatten, unflatten } from '../../functions/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Module } from '../module.ts';

class FlattenModule extends Module {
  start_dim: number;
  end_dim: number;

  constructor(start_dim: number | { readonly start_dim?: number; readonly end_dim?: number } = 1, end_dim = -1) {
    super();
    if (typeof start_dim === 'object') checkOptions('Flatten', start_dim, ['start_dim', 'end_dim']);
    this.start_dim = typeof start_dim === 'object' ? start_dim.start_dim ?? 1 : start_dim;
    this.end_dim = typeof start_dim === 'object' ? start_dim.end_dim ?? -1 : end_dim;
  }

  override forward(input: Tensor): Tensor {
    return flatten(input, this.start_dim, this.end_dim);
  }

  override extra_repr(): string {
    return `start_dim=${this.start_dim}, end_dim=${this.end_dim}`;
  }
}

/**
 * Dimensions start_dim (1 unless said) to end_dim as one. Source: torch.nn.Flatten.
 * @example
 * nn.Flatten()(torch.zeros(2, 3, 4)).shape; // → torch.Size([2, 12])
 */
export const Flatten = callable('Flatten', FlattenModule);
export type Flatten = FlattenModule;

class UnflattenModule extends Module {
  dim: number;
  unflattened_size: readonly number[];

  constructor(dim: number, unflattened_size: readonly number[]) {
    super();
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
 * One dimension as several. Source: torch.nn.Unflatten.
 * @example
 * nn.Unflatten(1, [2, 3])(torch.zeros(4, 6)).shape; // → torch.Size([4, 2, 3])
 */
export const Unflatten = callable('Unflatten', UnflattenModule);
export type Unflatten = UnflattenModule;
