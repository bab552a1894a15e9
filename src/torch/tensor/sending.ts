import type { SentFlags } from '../../core/arrayKinds.ts';
import { RuntimeError } from '../../core/errors.ts';
import type { StridedArray } from '../../core/strided.ts';
import type { Tensor } from './tensor.ts';

/** What tensors are sent to other workers with; a graph is not. */
export function flagsOf(array: StridedArray): SentFlags {
  const { requires_grad: requiresGrad, is_leaf } = array as Tensor;
  if (requiresGrad && !is_leaf) {
    throw new RuntimeError(
      'Cowardly refusing to serialize non-leaf tensor which requires_grad, since autograd does not support crossing process boundaries.  '
      + 'If you just want to transfer the data, call detach() on the tensor before serializing (e.g., putting it on the queue).');
  }
  return { requiresGrad, persistent: false };
}
