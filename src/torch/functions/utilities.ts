import type { TensorLike } from '../arguments/operands.ts';
import { commonType } from '../arguments/operands.ts';
import * as dtypes from '../dtypes/dtypes.ts';
import type { dtype } from '../dtypes/dtypes.ts';

/** How dtypes are promoted and converted. */

/**
 * The dtype that arithmetic on two tensors or numbers gives. Source: torch.result_type.
 * @example
 * torch.result_type(torch.tensor([1, 2]), 1.5); // → torch.float32
 */
export function result_type(a: TensorLike, b: TensorLike): dtype {
  return dtypes.dtypeOf(commonType([a, b]));
}
/** The dtype that both dtypes convert to without losing their kind. Source: torch.promote_types. */
export function promote_types(a: dtype, b: dtype): dtype {
  return dtypes.dtypeOf(dtypes.promoteTypes(a.core, b.core));
}
/** Whether results of one dtype may be written into tensors of another. Source: torch.can_cast. */
export function can_cast(from: dtype, to: dtype): boolean {
  return dtypes.canCast(from.core, to.core);
}
