import { withGradMode } from '../../../autograd/mode.ts';
import { record } from '../../../autograd/tape.ts';
import { backendOf } from '../../../backend/select.ts';
import { int64 } from '../../../core/dtype.ts';
import { RuntimeError } from '../../../core/errors.ts';
import { cast } from '../../../ops/cast.ts';
import { full } from '../../../ops/creation.ts';
import { scatterAlong, indexSelect } from '../../../ops/indexing.ts';
import { scatterInto } from '../../../ops/indexing/kernels.ts';
import { detach, reshapeTo, sliceAxis, unsqueeze } from '../../../ops/movement.ts';
import * as ops from '../../../ops/pointwise/index.ts';
import * as reduce from '../../../ops/reduce.ts';
import { checkTensor } from '../../arguments/operands.ts';
import { checkOptions } from '../../arguments/options.ts';
import { Tensor } from '../../tensor/tensor.ts';

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

function lookUp(weight: Tensor, indices: Tensor, padding: number | null): Tensor {
  const { shape } = indices.geometry;
  const out = withGradMode(false, () =>
    reshapeTo(indexSelect(weight, 0, reshapeTo(indices, [indices.geometry.size])), [...shape, ...weight.geometry.shape.slice(1)]));
  return record(out, 'EmbeddingBackward0', [weight], [(g) => spreadRows(g as Tensor, indices, weight.geometry.shape, padding)]);
}

/** The adjoint of looking up: rows of the gradient added where they came from. */
function spreadRows(g: Tensor, indices: Tensor, shape: readonly number[], padding: number | null): Tensor {
  const out = full(Tensor, shape, 0, g.dtypeCore, g.storage.device);
  const positions = cast(indices, int64);
  scatterInto(out, positions, g, true);
  if (padding !== null) backendOf(g.storage.device).fill(withGradMode(false, () => sliceAxis(out, 0, padding, 1)), 0);
  return record(out, 'EmbeddingDenseBackward0', [g], [
    (gg) => {
      const rows = gg as Tensor;
      if (padding === null) return lookUp(rows, indices, null);
      const place = full(Tensor, [shape[0], ...shape.slice(1).map(() => 1)], 1, rows.dtypeCore, rows.storage.device);
      backendOf(rows.storage.device).fill(withGradMode(false, () => sliceAxis(place, 0, padding, 1)), 0);
      return lookUp(ops.mul(rows, place), indices, null);
    },
  ]);
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
  const axes = input.geometry.shape.map((_, axis) => axis);
  const extreme = (kind: 'min' | 'max'): number => (reduce.extreme(kind, input, axes) as Tensor).item() as number;
  if (input.geometry.size === 0) {
    if (asked <= 0) throw new RuntimeError('Can not infer total number of classes from empty tensor.');
  } else if (asked < 0 || backendOf(input.storage.device).deferred === null) {
    // Where the number of classes is given, a device that cannot be read at once checks them as it scatters.
    if (extreme('min') < 0) throw new RuntimeError('Class values must be non-negative.');
    if (asked >= 0 && extreme('max') >= asked) throw new RuntimeError('Class values must be smaller than num_classes.');
  }
  const classes = asked >= 0 ? asked : extreme('max') + 1;
  const { shape } = input.geometry;
  const zeros = full(Tensor, [...shape, classes], 0, int64, input.storage.device);
  if (zeros.geometry.size === 0) return zeros;
  return scatterAlong(zeros, shape.length, unsqueeze(detach(input), shape.length), 1, 'torch', { inPlace: true });
}
