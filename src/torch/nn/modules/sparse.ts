import { AssertionError } from '../../../core/errors.ts';
import { sameShape } from '../../../core/layout.ts';
import { signature } from '../../../core/signature.ts';
import { sliceAxis } from '../../../ops/movement.ts';
import { empty } from '../../functions/creation.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import * as F from '../functional/sparse.ts';
import * as init from '../init/fills.ts';
import { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';
import type { Place } from './place.ts';
import { placeOf } from './place.ts';
import { layer } from './layer.ts';

const parameters = signature<[
  num_embeddings: number, embedding_dim: number, padding_idx?: number | null, max_norm?: number | null, norm_type?: number,
  scale_grad_by_freq?: boolean, sparse?: boolean, _weight?: Tensor | null, _freeze?: boolean, ...Place,
]>()('Embedding.__init__', [
  'num_embeddings: int, embedding_dim: int, padding_idx: int | None = None, max_norm: float | None = None, norm_type=2.0',
  'scale_grad_by_freq=False, sparse=False, _weight=None, _freeze=False, device=None, dtype=None',
]);

class EmbeddingModule extends Module {
  /** How many rows the table has: indices are smaller. */
  num_embeddings: number;
  /** The length of the vectors. */
  embedding_dim: number;
  /** The row that is first 0 and has no gradient, null where every row is learned. */
  padding_idx: number | null;
  /** The table: (num_embeddings, embedding_dim). */
  weight: Parameter;

  constructor(...given: typeof parameters.call) {
    super();
    const { num_embeddings, embedding_dim, padding_idx, _weight, _freeze, ...rest } = parameters.read(given);
    const { device, dtype, ...renorm } = rest;
    F.refuseRenorm('Embedding', renorm);
    const place = { device, dtype };
    this.num_embeddings = num_embeddings;
    this.embedding_dim = embedding_dim;
    this.padding_idx = F.paddingRow(padding_idx, num_embeddings);
    if (_weight === null) {
      this.weight = new Parameter(empty([num_embeddings, embedding_dim], placeOf(place)), { requires_grad: !_freeze });
      this.reset_parameters();
      return;
    }
    if (!sameShape(_weight.geometry.shape, [num_embeddings, embedding_dim])) {
      throw new AssertionError('Shape of weight does not match num_embeddings and embedding_dim');
    }
    this.weight = new Parameter(_weight, { requires_grad: !_freeze });
  }

  /**
   * Draws the table anew from the standard normal distribution.
   * @example
   * const table = nn.Embedding(3, 1, { padding_idx: 0 });
   * table.reset_parameters();
   * table.weight.at(0).item(); // → 0
   */
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
 * A table of learned vectors, looked up by integers: (...) to (..., embedding_dim). Source: torch.nn.Embedding.
 * @example
 * nn.Embedding(10, 3)(torch.tensor([1, 4])).shape; // → torch.Size([2, 3])
 */
export const Embedding = layer('Embedding', EmbeddingModule);
export type Embedding = EmbeddingModule;
