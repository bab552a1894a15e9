import type { Tensor } from '../../tensor/tensor.ts';
import { cosine_similarity, pairwise_distance } from '../functional/distance.ts';
import { FunctionLayer, computed, layerOf } from './functionLayer.ts';

/** Distances of vectors and the angles between them as modules. */

class DistanceLayer extends FunctionLayer {
  override forward(x1: Tensor, x2: Tensor): Tensor {
    return computed(this, x1, x2);
  }
}

const inputs = 'x1: Any, x2: Any';

/**
 * The p-norm of x1 − x2 + eps along the last dimension. Source: torch.nn.PairwiseDistance.
 * @example
 * nn.PairwiseDistance()(torch.tensor([[1.5, 2]]), torch.tensor([[4.5, 6]])); // → tensor([5.0000])
 */
export const PairwiseDistance = layerOf<DistanceLayer, [p?: number, eps?: number, keepdim?: boolean]>(DistanceLayer)('PairwiseDistance',
  'p=2.0, eps=1e-06, keepdim=False',
  (x1: Tensor, x2: Tensor, { norm, eps, keepdim }: { readonly norm: number; readonly eps: number; readonly keepdim: boolean }) =>
    pairwise_distance(x1, x2, norm, eps, keepdim), { inputs, fields: ({ p, ...rest }) => ({ norm: p, ...rest }) });
/**
 * The cosine of the angle between vectors along `dim`. Source: torch.nn.CosineSimilarity.
 * @example
 * nn.CosineSimilarity()(torch.tensor([[1, 0]]).float(), torch.tensor([[1, 1]]).float()); // → tensor([0.7071])
 */
export const CosineSimilarity = layerOf<DistanceLayer, [dim?: number, eps?: number]>(DistanceLayer)('CosineSimilarity',
  'dim=1, eps=1e-08', cosine_similarity, { inputs });

export type PairwiseDistance = InstanceType<typeof PairwiseDistance>;
export type CosineSimilarity = InstanceType<typeof CosineSimilarity>;
