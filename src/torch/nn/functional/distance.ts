import { bindArguments } from '../../arguments/bind.ts';
import { checkTensor } from '../../arguments/operands.ts';
import { norm, sum } from '../../functions/reductions.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Vectors by their length and the angle between them. */

const unitVectors = (x: Tensor, p: number, dim: number, eps: number): Tensor => x.div(norm(x, p, dim, true).clamp({ min: eps }));

/**
 * Vectors along `dim` divided by their p-norm, or by `eps` where that is larger. Source: torch.nn.functional.normalize.
 * @example
 * nn.functional.normalize(torch.tensor([[3, 4]]).float()); // → tensor([[0.6000, 0.8000]])
 */
export function normalize(input: Tensor, ...given: readonly (number | Partial<{ p: number; dim: number; eps: number }>)[]): Tensor {
  checkTensor('normalize', 'input', input);
  const { p, dim, eps } = bindArguments('normalize', given, { p: 2, dim: 1, eps: 1e-12 });
  return unitVectors(input, p, dim, eps);
}

/**
 * The cosine of the angle between vectors along `dim`. Source: torch.nn.functional.cosine_similarity.
 * @example
 * nn.functional.cosine_similarity(torch.tensor([[1, 0]]).float(), torch.tensor([[1, 1]]).float());
 * // → tensor([0.7071])
 */
export function cosine_similarity(x1: Tensor, x2: Tensor, ...given: readonly (number | Partial<{ dim: number; eps: number }>)[]): Tensor {
  const { dim, eps } = bindArguments('cosine_similarity', given, { dim: 1, eps: 1e-8 });
  return sum(unitVectors(x1, 2, dim, eps).mul(unitVectors(x2, 2, dim, eps)), dim);
}
