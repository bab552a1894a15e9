import { RuntimeError } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { inPython, keyed } from '../arguments/keyed.ts';
import type { DeviceLike } from '../device.ts';
import type { Tensor } from './tensor.ts';

/** Questions about a tensor's memory and kind, most of which have one answer here. */

/**
 * Whether a conjugation is pending, which it never is: conj gives a copy. Source: torch.is_conj.
 * @example
 * torch.is_conj(torch.tensor([1, 2])); // → false
 */
export const is_conj = keyed('is_conj', 'input', (_input: Tensor): boolean => false);
/**
 * Whether a minus sign is pending, which it never is. Source: torch.is_neg.
 * @example
 * torch.is_neg(torch.tensor([1, 2])); // → false
 */
export const is_neg = keyed('is_neg', 'input', (_input: Tensor): boolean => false);
/**
 * The tensor itself: a minus sign is never pending. Source: torch.resolve_neg.
 * @example
 * torch.resolve_neg(torch.tensor([-1, 2])); // → tensor([-1,  2])
 */
export const resolve_neg = keyed('resolve_neg', 'input', (input: Tensor): Tensor => input);
/**
 * Whether the dtype has negative numbers. Source: torch.is_signed.
 * @example
 * torch.is_signed(torch.tensor([1], { dtype: torch.uint8 })); // → false
 */
export const is_signed = keyed('is_signed', 'input', ({ dtypeCore: { kind } }: Tensor): boolean => kind !== 'bool' && kind !== 'uint');

/**
 * The number of the GPU that the tensor lies on, -1 for the CPU. Source: torch.Tensor.get_device.
 * @example
 * torch.zeros(2).get_device(); // → -1
 */
export const get_device = keyed('get_device', 'input', (input: Tensor): number => (input.is_cuda ? input.device.index ?? 0 : -1));
/**
 * The number of dimensions. Source: torch.Tensor.ndimension.
 * @example
 * torch.ones(2, 3).ndimension(); // → 2
 */
export const ndimension = keyed('ndimension', 'self', (self: Tensor): number => self.ndim);
/**
 * Whether both tensors show the same elements of the same memory. Source: torch.Tensor.is_set_to.
 * @example
 * const x = torch.ones(2);
 * x.is_set_to(x.view(2)); // → true
 */
export const is_set_to = keyed('is_set_to', 'self, tensor: Tensor', (self: Tensor, tensor: Tensor): boolean => {
  const [a, b] = [self.geometry, tensor.geometry];
  return self.storage === tensor.storage && self.dtypeCore === tensor.dtypeCore && a.offset === b.offset
    && sameShape(a.shape, b.shape) && sameShape(a.strides, b.strides);
});
/**
 * Whether the memory is pinned, which no memory has to be. Source: torch.Tensor.is_pinned.
 * @example
 * torch.ones(2).is_pinned(); // → false
 */
export const is_pinned = keyed('is_pinned', 'self, device=None', (_self: Tensor, _device?: DeviceLike | null): boolean => false);
/**
 * Whether the memory is shared between processes, which it never is. Source: torch.Tensor.is_shared.
 * @example
 * torch.ones(2).is_shared(); // → false
 */
export const is_shared = keyed('is_shared', 'self', (_self: Tensor): boolean => false, inPython);

/**
 * The dimensions from the one with the largest stride on. Where it could be several orders, `ambiguity_check` makes that an error. Source:
 * torch.Tensor.dim_order.
 * @example
 * torch.ones(2, 3).t().dim_order(); // → [1, 0]
 */
export const dim_order = keyed('dim_order', 'self, *, ambiguity_check=False', (
  self: Tensor, ambiguity_check: boolean = false,
): number[] => {
  const { shape, strides } = self.geometry;
  if (ambiguity_check && shape.some((extent, i) => extent === 1 || strides.indexOf(strides[i]) !== i)) {
    throw new RuntimeError('The tensor does not have unique dim order, or cannot map to exact one of the given memory formats.');
  }
  return shape.map((_, axis) => axis).sort((a, b) => strides[b] - strides[a] || a - b);
}, inPython);
