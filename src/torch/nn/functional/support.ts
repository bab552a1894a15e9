import type { DType } from '../../../core/dtype.ts';
import { NotImplementedError, ValueError } from '../../../core/errors.ts';
import { renamed } from '../../arguments/operands.ts';
import { warn } from '../../arguments/warnings.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import * as reductions from '../../functions/reductions.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** What the functions of torch.nn refuse. */

/** The refusal of ops that PyTorch has for floating tensors only. */
export function checkFloating(kernel: string, type: DType): void {
  if (type.kind !== 'float') throw new NotImplementedError(`"${kernel}" not implemented for '${scalarTypeName(type)}'`);
}

/** The refusal of ops that PyTorch has for all tensors but those of booleans. */
export function checkNotBool(kernel: string, type: DType): void {
  if (type.kind === 'bool') throw new NotImplementedError(`"${kernel}" not implemented for 'Bool'`);
}

/** How a loss gathers its elements. */
export type Reduction = 'none' | 'mean' | 'sum';

export function checkReduction(reduction: string): asserts reduction is Reduction {
  if (reduction !== 'none' && reduction !== 'mean' && reduction !== 'sum') {
    throw new ValueError(`${reduction} is not a valid value for reduction`);
  }
}

/** The parameters by which a loss is reduced, PyTorch's older words among them. */
export interface ReductionChoice {
  readonly size_average: boolean | null;
  readonly reduce: boolean | null;
  readonly reduction: string;
}

/** The one word for them. */
export function reductionOf({ size_average, reduce, reduction }: ReductionChoice): string {
  if (size_average === null && reduce === null) return reduction;
  const word = reduce === false ? 'none' : size_average === false ? 'sum' : 'mean';
  warn(`size_average and reduce args will be deprecated, please use reduction='${word}' instead.`);
  return word;
}

/** The word of a loss, checked. */
export function chosenReduction(choice: ReductionChoice): Reduction {
  const reduction = reductionOf(choice);
  checkReduction(reduction);
  return reduction;
}

/** Each element's loss, or their mean or sum. */
export function reduced(each: Tensor, reduction: Reduction): Tensor {
  return reduction === 'none' ? each : reduction === 'sum' ? reductions.sum(each) : reductions.mean(each);
}

/** What is above 0, with a gradient at 0 as well. */
export function notNegative(x: Tensor): Tensor {
  return renamed(x.clamp({ min: 0 }), 'ClampMinBackward0');
}

/** Parameters of losses that still take the older words of a reduction, and of those over classes. */
export const older = "size_average=None, reduce=None, reduction='mean'";
export const byClass = "weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'";
