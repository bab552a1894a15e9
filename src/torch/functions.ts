import { NotImplementedError, RuntimeError } from '../core/errors.ts';
import { sub } from './arithmetic.ts';
import * as dtypes from './dtypes.ts';
import type { dtype } from './dtypes.ts';
import type { TensorLike } from './operands.ts';
import { checkTensor, commonType } from './operands.ts';
import { Tensor } from './tensor.ts';

/** Functions of the namespace alone: questions about tensors and dtypes, and settings. */

/** Whether a value is a tensor. Source: torch.is_tensor. */
export function is_tensor(value: unknown): value is Tensor {
  return value instanceof Tensor;
}
/** The number of elements. Source: torch.numel. */
export function numel(input: Tensor): number {
  checkTensor('numel', 'input', input);
  return input.numel();
}
/** Whether the dtype is a floating one. Source: torch.is_floating_point. */
export function is_floating_point(input: Tensor): boolean {
  checkTensor('is_floating_point', 'input', input);
  return input.is_floating_point();
}
/** Whether the dtype is a complex one. Source: torch.is_complex. */
export function is_complex(input: Tensor): boolean {
  checkTensor('is_complex', 'input', input);
  return input.is_complex();
}
/** The same values outside of the graph, sharing memory. Source: torch.detach. */
export function detach(input: Tensor): Tensor {
  checkTensor('detach', 'input', input);
  return input.detach();
}
/** other − alpha · input: subtraction the other way round. Source: torch.rsub. */
export function rsub(input: Tensor, other: TensorLike, options?: { readonly alpha?: number }): Tensor {
  return sub(other, input, options);
}

/** The dtype that arithmetic on two tensors or numbers gives. Source: torch.result_type. */
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

/** The number of threads that compute: 1. Source: torch.get_num_threads. */
export function get_num_threads(): number {
  return 1;
}
/** Sets the number of threads that compute; there is one so far. Source: torch.set_num_threads. */
export function set_num_threads(count: number): void {
  if (!Number.isInteger(count) || count < 1) throw new RuntimeError('set_num_threads expects a positive integer');
  if (count > 1) throw new NotImplementedError(`set_num_threads(${count}): one thread computes so far`);
}
