import { RuntimeError } from '../../../core/errors.ts';
import { sizeOf } from '../../../core/layout.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { reshapeTo, sliceAxis } from '../../../ops/movement.ts';
import type { FactoryOptions } from '../../functions/creation.ts';
import { empty } from '../../functions/creation.ts';
import { checkOptions } from '../../arguments/options.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { wrapDimension } from '../../tensor/tensor.ts';
import { callable } from '../../../core/callable.ts';
import * as F from '../functional/linear.ts';
import * as init from '../init.ts';
import { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';

export type PlaceOptions = Pick<FactoryOptions, 'dtype' | 'device'>;

/** dtype and device of a layer's own options, as factories take them. */
export function placeOf({ dtype, device }: PlaceOptions): PlaceOptions {
  return { ...(dtype ? { dtype } : {}), ...(device ? { device } : {}) };
}

export interface LinearOptions extends PlaceOptions {
  readonly bias?: boolean;
}

class LinearModule extends Module {
  in_features: number;
  out_features: number;
  weight: Parameter;
  bias: Parameter | null;

  constructor(in_features: number, out_features: number, options: boolean | LinearOptions = {}) {
    super();
    const given = typeof options === 'boolean' ? { bias: options } : options;
    checkOptions('Linear', given, ['bias', 'dtype', 'device']);
    this.in_features = in_features;
    this.out_features = out_features;
    this.weight = new Parameter(empty([out_features, in_features], placeOf(given)));
    this.bias = null;
    if (given.bias ?? true) this.bias = new Parameter(empty([out_features], placeOf(given)));
    this.reset_parameters();
  }

  reset_parameters(): void {
    init.kaiming_uniform_(this.weight, { a: Math.sqrt(5) });
    if (this.bias === null) return;
    const [fanIn] = init._calculate_fan_in_and_fan_out(this.weight);
    const bound = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0;
    init.uniform_(this.bias, -bound, bound);
  }

  override forward(input: Tensor): Tensor {
    return F.linear(input, this.weight, this.bias);
  }

  override extra_repr(): string {
    return `in_features=${this.in_features}, out_features=${this.out_features}, bias=${pythonRepr(this.bias !== null)}`;
  }
}

/**
 * x · weightᵀ + bias: (..., in_features) to (..., out_features). Source: torch.nn.Linear.
 * @example
 * nn.Linear(2, 3); // → Linear(in_features=2, out_features=3, bias=True)
 */
export const Linear = callable('Linear', LinearModule);
export type Linear = LinearModule;

class IdentityModule extends Module {
  /** Takes any arguments and uses none, as in PyTorch. */
  constructor(..._unused: unknown[]) {
    super();
  }

  override forward(input: Tensor): Tensor {
    return input;
  }
}

/**
 * Gives back its input. Source: torch.nn.Identity.
 * @example
 * nn.Identity()(torch.tensor([-1.5, 2])); // → tensor([-1.5000,  2.0000])
 */
export const Identity = callable('Identity', IdentityModule);
export type Identity = IdentityModule;

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
    return F.flatten(input, this.start_dim, this.end_dim);
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
    const { shape } = input.geometry;
    const axis = wrapDimension(this.dim, shape.length);
    const known = sizeOf(this.unflattened_size.filter((extent) => extent !== -1));
    const sizes = this.unflattened_size.map((extent) => (extent === -1 ? shape[axis] / known : extent));
    if (sizeOf(sizes) !== shape[axis] || sizes.some((extent) => !Number.isInteger(extent))) {
      throw new RuntimeError(
        `unflatten: Provided sizes [${this.unflattened_size.join(', ')}] don't multiply up to the size of dim ${this.dim} `
        + `(${shape[axis]}) in the input tensor`);
    }
    return reshapeTo(input, [...shape.slice(0, axis), ...sizes, ...shape.slice(axis + 1)]);
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

class DropoutModule extends Module {
  p: number;
  inplace: boolean;

  constructor(p: number | { readonly p?: number; readonly inplace?: boolean } = 0.5, inplace = false) {
    super();
    if (typeof p === 'object') checkOptions('Dropout', p, ['p', 'inplace']);
    this.p = typeof p === 'object' ? p.p ?? 0.5 : p;
    this.inplace = typeof p === 'object' ? p.inplace ?? false : inplace;
    F.checkProbability(this.p);
  }

  override forward(input: Tensor): Tensor {
    return F.dropout(input, this.p, this.training, this.inplace);
  }

  override extra_repr(): string {
    return `p=${pythonRepr(this.p)}, inplace=${pythonRepr(this.inplace)}`;
  }
}

/**
 * Zeroes elements at random in training, with probability p, and scales the others. Source: torch.nn.Dropout.
 * @example
 * nn.Dropout(0.5).eval()(torch.tensor([-1.5, 2])); // → tensor([-1.5000,  2.0000])
 */
export const Dropout = callable('Dropout', DropoutModule);
export type Dropout = DropoutModule;

class Dropout2dModule extends DropoutModule {
  override forward(input: Tensor): Tensor {
    return F.feature_dropout(input, this.p, this.training, this.inplace);
  }
}

/**
 * As Dropout, but whole channels of (N, C, H, W). Source: torch.nn.Dropout2d.
 * @example
 * nn.Dropout2d(0.2); // → Dropout2d(p=0.2, inplace=False)
 */
export const Dropout2d = callable('Dropout2d', Dropout2dModule);
export type Dropout2d = Dropout2dModule;

export interface EmbeddingOptions extends PlaceOptions {
  readonly padding_idx?: number | null;
}

class EmbeddingModule extends Module {
  num_embeddings: number;
  embedding_dim: number;
  padding_idx: number | null;
  weight: Parameter;

  constructor(num_embeddings: number, embedding_dim: number, options: number | EmbeddingOptions = {}) {
    super();
    const given = typeof options === 'number' ? { padding_idx: options } : options;
    checkOptions('Embedding', given, ['padding_idx', 'dtype', 'device']);
    this.num_embeddings = num_embeddings;
    this.embedding_dim = embedding_dim;
    const { padding_idx = null } = given;
    if (padding_idx !== null && (padding_idx >= num_embeddings || padding_idx < -num_embeddings)) {
      throw new RuntimeError('Padding_idx must be within num_embeddings');
    }
    this.padding_idx = padding_idx !== null && padding_idx < 0 ? padding_idx + num_embeddings : padding_idx;
    this.weight = new Parameter(empty([num_embeddings, embedding_dim], placeOf(given)));
    this.reset_parameters();
  }

  reset_parameters(): void {
    init.normal_(this.weight);
    if (this.padding_idx !== null) init.zeros_(sliceAxis(this.weight.detach(), 0, this.padding_idx, 1));
  }

  override forward(input: Tensor): Tensor {
    return F.embedding(input, this.weight, this.padding_idx);
  }

  override extra_repr(): string {
    const padding = this.padding_idx === null ? '' : `, padding_idx=${this.padding_idx}`;
    return `${this.num_embeddings}, ${this.embedding_dim}${padding}`;
  }
}

/**
 * A table of learned vectors, looked up by integers. Source: torch.nn.Embedding.
 * @example
 * nn.Embedding(10, 3)(torch.tensor([1, 4])).shape; // → torch.Size([2, 3])
 */
export const Embedding = callable('Embedding', EmbeddingModule);
export type Embedding = EmbeddingModule;
