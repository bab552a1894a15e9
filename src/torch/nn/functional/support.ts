import type { DType } from '../../../core/dtype.ts';
import { NotImplementedError, ValueError } from '../../../core/errors.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';

/** What the functions of torch.nn refuse. */

/** The refusal of ops that PyTorch has for floating tensors only. */
export function checkFloating(kernel: string, type: DType): void {
  if (type.kind !== 'float') throw new NotImplementedError(`"${kernel}" not implemented for '${scalarTypeName(type)}'`);
}

/** How a loss gathers its elements. */
export type Reduction = 'none' | 'mean' | 'sum';

export function checkReduction(reduction: string): asserts reduction is Reduction {
  if (reduction !== 'none' && reduction !== 'mean' && reduction !== 'sum') {
    throw new ValueError(`${reduction} is not a valid value for reduction`);
  }
}
