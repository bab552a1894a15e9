import { isInexact } from '../../../core/dtype.ts';
import { RuntimeError } from '../../../core/errors.ts';
import { declare } from '../../../core/signature.ts';
import { cast } from '../../../ops/cast.ts';
import { cosineSimilarity } from '../../../ops/norms.ts';
import { broadcastShape, commonType, intoOut } from '../../arguments/operands.ts';
import { expanded } from '../../arguments/sizes.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import { norm } from '../../functions/reductions.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { wrapDimension } from '../../tensor/tensor.ts';

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
  'nn.functional.cosine_similarity', 'x1, x2, dim=1, eps=1e-08', ({ x1, x2, dim, eps }): Tensor => {
  const type = commonType([x1, x2]);
  if (!isInexact(type)) throw new RuntimeError(`expected common dtype to be floating point, yet common dtype is ${scalarTypeName(type)}`);
  const shape = broadcastShape([x1.geometry.shape, x2.geometry.shape]);
  const [x, y] = [x1, x2].map((each) => expanded(cast(each, type), shape));
  return cosineSimilarity(x, y, wrapDimension(dim, shape.length), eps);
});
