import { int64 } from '../../../core/dtype.ts';
import { RuntimeError } from '../../../core/errors.ts';
import { embedding as lookUp, oneHot } from '../../../ops/embedding.ts';
import { checkTensor } from '../../arguments/operands.ts';
import { checkOptions } from '../../arguments/options.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Integers as rows of a table, and as vectors with a single 1. */

/** A row of a table counted from its start, or null for none. */
export function paddingRow(padding_idx: number | null, rows: number): number | null {
  if (padding_idx === null) return null;
  if (padding_idx >= rows || padding_idx < -rows) throw new RuntimeError('Padding_idx must be within num_embeddings');
  return padding_idx < 0 ? padding_idx + rows : padding_idx;
}

/**
 * One row of `weight` for each index. The row `padding_idx` has no gradient. Source: torch.nn.functional.embedding.
 * @example
 * nn.functional.embedding(torch.tensor([1, 1, 0]), torch.tensor([[0.5], [1.5]])); // → tensor([[1.5000],
 *                                                                                 //           [1.5000],
 *                                                                                 //           [0.5000]])
 */
export function embedding(
  input: Tensor, weight: Tensor, options: number | null | { readonly padding_idx?: number | null } = {},
): Tensor {
  checkTensor('embedding', 'input', input);
  checkTensor('embedding', 'weight', weight);
  if (typeof options === 'object' && options !== null) checkOptions('embedding', options, ['padding_idx']);
  const padding = typeof options === 'number' ? options : options?.padding_idx ?? null;
  return lookUp(weight, input, paddingRow(padding, weight.geometry.shape[0]));
}

/**
 * 1 at each index and 0 elsewhere, along a new last dimension of `num_classes`. int64. Source: torch.nn.functional.one_hot.
 * @example
 * nn.functional.one_hot(torch.tensor([2, 0])); // → tensor([[0, 0, 1],
 *                                              //           [1, 0, 0]])
 */
export function one_hot(input: Tensor, num_classes: number | { readonly num_classes?: number } = -1): Tensor {
  checkTensor('one_hot', 'input', input);
  if (typeof num_classes === 'object') checkOptions('one_hot', num_classes, ['num_classes']);
  const asked = typeof num_classes === 'number' ? num_classes : num_classes.num_classes ?? -1;
  if (input.dtypeCore !== int64) throw new RuntimeError('one_hot is only applicable to index tensor of type LongTensor.');
  return oneHot(input.detach(), asked >= 0 ? asked : null, (what) => new RuntimeError({
    empty: 'Can not infer total number of classes from empty tensor.',
    negative: 'Class values must be non-negative.',
    large: 'Class values must be smaller than num_classes.',
  }[what]));
}
