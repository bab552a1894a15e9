import { keyedOut } from '../arguments/keyed.ts';
import { orderOf } from './specialFunctions.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * The derivative of order n of the digamma function; of the order first. Source: torch.polygamma.
 * @example
 * torch.polygamma(1, torch.tensor([1, 0.5])); // → tensor([1.6449, 4.9348])
 */
export const polygamma = keyedOut('polygamma', 'n: int, input, *, out=None', orderOf) as unknown as {
  (n: number, input: Tensor, options?: { readonly out?: Tensor | null }): Tensor;
  (options: { readonly n: number; readonly input: Tensor; readonly out?: Tensor | null }): Tensor;
};
