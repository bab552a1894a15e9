import { inPython, keyed } from '../arguments/keyed.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Questions about tensors. */

/**
 * Whether a value is a tensor. Source: torch.is_tensor.
 * @example
 * torch.is_tensor([1, 2]); // → false
 */
export const is_tensor = keyed('is_tensor', 'obj: object', (obj: unknown): boolean => obj instanceof Tensor, inPython) as
  (obj: unknown) => obj is Tensor;
/**
 * The number of elements. Source: torch.numel.
 * @example
 * torch.numel(torch.ones(2, 3)); // → 6
 */
export const numel = keyed('numel', 'input', (input: Tensor): number => input.numel());
/**
 * Whether the dtype is a floating one. Source: torch.is_floating_point.
 * @example
 * torch.is_floating_point(torch.tensor([1, 2])); // → false
 */
export const is_floating_point = keyed('is_floating_point', 'input', (input: Tensor): boolean => input.is_floating_point());
/**
 * Whether the dtype is a complex one. Source: torch.is_complex.
 * @example
 * torch.is_complex(torch.tensor([new torch.Complex(1, 2)])); // → true
 */
export const is_complex = keyed('is_complex', 'input', (input: Tensor): boolean => input.is_complex());
/**
 * The same values outside of the graph, sharing memory. Source: torch.detach.
 * @example
 * torch.detach(torch.ones(2, { requires_grad: true })).requires_grad; // → false
 */
export const detach = keyed('detach', 'input', (input: Tensor): Tensor => input.detach());
