import { checkTensor } from '../arguments/operands.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Questions about tensors. */

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
