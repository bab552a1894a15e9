import { declare } from '../../../core/signature.ts';
import { intoOut } from '../../arguments/operands.ts';
import * as distances from '../../functions/distances.ts';
import { norm } from '../../functions/reductions.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Vectors by their length and the angle between them. */

/**
 * Vectors along `dim` divided by their p-norm, or by `eps` where that is larger. Source: torch.nn.functional.normalize.
 * @example
 * nn.functional.normalize(torch.tensor([[3, 4]]).float()); // → tensor([[0.6000, 0.8000]])
 */
export const normalize = declare<[input: Tensor, p?: number, dim?: number, eps?: number, out?: Tensor | null]>()(
  'nn.functional.normalize', 'input, p=2.0, dim=1, eps=1e-12, out=None', ({ input, p, dim, eps, out }): Tensor => {
  const result = input.div(norm(input, p, dim, true).clamp({ min: eps }));
  return out === null ? result : intoOut('normalize', result, out, [input]);
});

/**
 * The cosine of the angle between vectors along `dim`. Source: torch.nn.functional.cosine_similarity.
 * @example
 * nn.functional.cosine_similarity(torch.tensor([[1, 0]]).float(), torch.tensor([[1, 1]]).float());
 * // → tensor([0.7071])
 */
export const cosine_similarity = declare<[x1: Tensor, x2: Tensor, dim?: number, eps?: number]>()(
  'nn.functional.cosine_similarity', 'x1, x2, dim=1, eps=1e-08', ({ x1, x2, dim, eps }): Tensor =>
    distances.cosine_similarity(x1, x2, dim, eps));

/**
 * The p-norm of x1 − x2 + eps along the last dimension. Source: torch.nn.functional.pairwise_distance.
 * @example
 * nn.functional.pairwise_distance(torch.tensor([[1.5, 2]]), torch.tensor([[4.5, 6]])); // → tensor([5.0000])
 */
export const pairwise_distance = declare<[x1: Tensor, x2: Tensor, p?: number, eps?: number, keepdim?: boolean]>()(
  'nn.functional.pairwise_distance', 'x1, x2, p=2.0, eps=1e-06, keepdim=False', ({ x1, x2, p, eps, keepdim }): Tensor =>
    distances.pairwise_distance(x1, x2, p, eps, keepdim));

/**
 * The p-norms of the differences of all pairs of rows (N, D), of the first with the others, then of the second, and so on.
 * Source: torch.nn.functional.pdist.
 * @example
 * nn.functional.pdist(torch.tensor([[0, 0], [3, 4], [0, 1]]).float()); // → tensor([5.0000, 1.0000, 4.2426])
 */
export const pdist = declare<[input: Tensor, p?: number]>()('nn.functional.pdist', 'input, p: float = 2',
  ({ input, p }): Tensor => distances.pdist(input, p));
