import { callable } from '../../../core/callable.ts';
import { sliceAxis } from '../../../ops/movement.ts';
import { checkOptions } from '../../arguments/options.ts';
import { empty } from '../../functions/creation.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import * as F from '../functional/sparse.ts';
import * as init from '../init.ts';
import { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';
import type { PlaceOptions } from './place.ts';
import { placeOf } from './place.ts';

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
    this.padding_idx = F.paddingRow(given.padding_idx ?? null, num_embeddings);
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
