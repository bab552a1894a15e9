import { int64 } from '../../../core/dtype.ts';
import { AssertionError, NotImplementedError, RuntimeError } from '../../../core/errors.ts';
import { declare } from '../../../core/signature.ts';
import { embedding as lookUp, oneHot } from '../../../ops/embedding.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Integers as rows of a table, and as vectors with a single 1. */

/** A row of a table counted from its start, or null for none. */
export function paddingRow(padding_idx: number | null, rows: number): number | null {
  if (padding_idx === null) return null;
  if (padding_idx >= rows || padding_idx < -rows) throw new AssertionError('Padding_idx must be within num_embeddings');
  return padding_idx < 0 ? padding_idx + rows : padding_idx;
}

/**
 * One row of `weight` for each index. The row `padding_idx` has no gradient. Source: torch.nn.functional.embedding.
 * @example
 * nn.functional.embedding(torch.tensor([1, 1, 0]), torch.tensor([[0.5], [1.5]])); // → tensor([[1.5000],
 *                                                                                 //           [1.5000],
 *                                                                                 //           [0.5000]])
 */
export const embedding = declare<[
  input: Tensor, weight: Tensor, padding_idx?: number | null, max_norm?: number | null, norm_type?: number, scale_grad_by_freq?: boolean,
  sparse?: boolean,
]>()('nn.functional.embedding', [
  'input, weight, padding_idx: int | None = None, max_norm: float | None = None, norm_type=2.0, scale_grad_by_freq=False',
  'sparse=False',
], ({ input, weight, padding_idx, ...rest }): Tensor => {
  refuseRenorm('embedding', rest);
  return lookUp(weight, input, paddingRow(padding_idx, weight.geometry.shape[0]));
});

/** What PyTorch's embeddings do besides, and these do not. */
export function refuseRenorm(name: string, { max_norm, norm_type, scale_grad_by_freq, sparse }: {
  readonly max_norm: number | null; readonly norm_type: number; readonly scale_grad_by_freq: boolean; readonly sparse: boolean;
}): void {
  if (max_norm === null && norm_type === 2 && !scale_grad_by_freq && !sparse) return;
  throw new NotImplementedError(`${name}: max_norm, norm_type, scale_grad_by_freq and sparse are not implemented`);
}

/**
 * 1 at each index and 0 elsewhere, along a new last dimension of `num_classes`. int64. Source: torch.nn.functional.one_hot.
 * @example
 * nn.functional.one_hot(torch.tensor([2, 0])); // → tensor([[0, 0, 1],
 *                                              //           [1, 0, 0]])
 */
export const one_hot = declare<[input: Tensor, num_classes?: number]>()('nn.functional.one_hot', 'input, num_classes=-1',
  ({ input, num_classes: asked }): Tensor => {
  if (input.dtypeCore !== int64) throw new RuntimeError('one_hot is only applicable to index tensor of type LongTensor.');
  return oneHot(input.detach(), asked >= 0 ? asked : null, (what) => new RuntimeError({
    empty: 'Can not infer total number of classes from empty tensor.',
    negative: 'Class values must be non-negative.',
    large: 'Class values must be smaller than num_classes.',
  }[what]));
});
