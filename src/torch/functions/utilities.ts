import { keyed, overloaded } from '../arguments/keyed.ts';
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
export const result_type = overloaded<(a: TensorLike, b: TensorLike) => dtype>('result_type',
  ['tensor: Tensor, other: Tensor | Number', typeOf], ['scalar: Number, tensor: Tensor', typeOf],
  ['scalar1: Number, scalar2: Number', typeOf]);

function typeOf(a: TensorLike, b: TensorLike): dtype {
  return dtypes.dtypeOf(commonType([a, b]));
}

/**
 * The dtype that both dtypes convert to without losing their kind. Source: torch.promote_types.
 * @example
 * torch.promote_types(torch.int32, torch.float16); // → torch.float16
 */
export const promote_types = keyed('promote_types', 'type1: torch.dtype, type2: torch.dtype',
  (type1: dtype, type2: dtype): dtype => dtypes.dtypeOf(dtypes.promoteTypes(type1.core, type2.core)));
/**
 * Whether results of one dtype may be written into tensors of another: not from complex to real, from fractions to
 * integers, or to bool. Source: torch.can_cast.
 * @example
 * torch.can_cast(torch.float32, torch.int32); // → false
 */
export const can_cast = keyed('can_cast', 'from_: torch.dtype, to: torch.dtype',
  (from_: dtype, to: dtype): boolean => dtypes.canCast(from_.core, to.core));
