import * as move from '../../ops/movement.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import { keyed, keyedOut, overloaded } from '../arguments/keyed.ts';
import { expanded } from '../arguments/sizes.ts';
import { intoOut } from '../arguments/operands.ts';
import type { OutOptions } from './pointwiseFactories.ts';
import { view_as_complex, view_as_real } from './complex.ts';
import { sliceOf } from './slices.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { split, unfold, view } from '../tensor/tensorOnly.ts';
import * as shape from './shape.ts';

/** Views as copies: each is a function of another name, whose result has memory of its own. */

const copied = move.clone;

/**
 * As the tensor itself, a copy. Source: torch.alias_copy.
 * @example
 * torch.alias_copy(torch.arange(3)); // → tensor([0, 1, 2])
 */
export const alias_copy = keyedOut('alias_copy', 'input, *, out=None', (input: Tensor): Tensor => copied(input));
/**
 * As detach, a copy. Source: torch.detach_copy.
 * @example
 * torch.detach_copy(torch.ones(2)); // → tensor([1., 1.])
 */
export const detach_copy = keyedOut('detach_copy', 'input, *, out=None', (input: Tensor): Tensor => copied(input.detach()));
/**
 * As diagonal, a copy. Source: torch.diagonal_copy.
 * @example
 * torch.diagonal_copy(torch.arange(4).reshape(2, 2)); // → tensor([0, 3])
 */
export const diagonal_copy = keyedOut('diagonal_copy', 'input, offset=0, dim1=0, dim2=1, *, out=None',
  (input: Tensor, offset: number = 0, dim1: number = 0, dim2: number = 1): Tensor => copied(shape.diagonal(input, offset, dim1, dim2)));
/**
 * As expand, a copy. Source: torch.expand_copy.
 * @example
 * torch.expand_copy(torch.tensor([1, 2]), [2, 2]); // → tensor([[1, 2],
 *                                                  //           [1, 2]])
 */
export const expand_copy = keyedOut('expand_copy', 'input, size: tuple of ints, *, implicit=False, out=None',
  (input: Tensor, size: readonly number[], _implicit: boolean = false): Tensor => copied(expanded(input, size)));
/**
 * As narrow, a copy; also a method. Source: torch.narrow_copy.
 * @example
 * torch.narrow_copy(torch.arange(5), 0, 1, 3); // → tensor([1, 2, 3])
 */
export const narrow_copy = keyedOut('narrow_copy', 'input, dim: int, start: int, length: int, *, out=None',
  (input: Tensor, dim: number, start: number, length: number): Tensor => copied(shape.narrow(input, dim, start, length)));
/**
 * As permute, a copy. Source: torch.permute_copy.
 * @example
 * torch.permute_copy(torch.arange(4).reshape(2, 2), [1, 0]); // → tensor([[0, 2],
 *                                                            //           [1, 3]])
 */
export const permute_copy = keyedOut('permute_copy', 'input, dims: tuple of ints, *, out=None',
  (input: Tensor, dims: readonly number[]): Tensor => copied(shape.permute(input, dims)));
/**
 * As select, a copy. Source: torch.select_copy.
 * @example
 * torch.select_copy(torch.arange(4).reshape(2, 2), 0, 1); // → tensor([2, 3])
 */
export const select_copy = keyedOut('select_copy', 'input, dim: int, index: int, *, out=None',
  (input: Tensor, dim: number, index: number): Tensor => copied(shape.select(input, dim, index)));
/**
 * The places of a dimension from `start` to before `end`, each `step`th, as a copy. Source: torch.slice_copy.
 * @example
 * torch.slice_copy(torch.arange(6), 0, 1, 5, 2); // → tensor([1, 3])
 */
export const slice_copy = keyedOut('slice_copy', 'input, dim=0, start: int = None, end: int = None, step=1, *, out=None',
  (input: Tensor, dim: number = 0, start?: number | null, end?: number | null, step: number = 1): Tensor =>
    copied(sliceOf(input, dim, start, end, step)));
/**
 * As split, copies. Source: torch.split_copy.
 * @example
 * torch.split_copy(torch.arange(5), 2); // → [tensor([0, 1]), tensor([2, 3]), tensor([4])]
 */
export const split_copy = keyed('split_copy', 'input, split_size: int, dim=0',
  (input: Tensor, split_size: number, dim: number = 0): Tensor[] => split(input, split_size, dim).map((each) => copied(each)));
/**
 * As split into pieces of these sizes, copies. Source: torch.split_with_sizes_copy.
 * @example
 * torch.split_with_sizes_copy(torch.arange(5), [1, 4]); // → [tensor([0]), tensor([1, 2, 3, 4])]
 */
export const split_with_sizes_copy = keyed('split_with_sizes_copy', 'input, split_sizes: tuple of ints, dim=0',
  (input: Tensor, split_sizes: readonly number[], dim: number = 0): Tensor[] =>
    split(input, split_sizes, dim).map((each) => copied(each)));
type Extents = number | readonly number[];
const squeezed = (input: Tensor, dim: Extents | undefined, out: Tensor | undefined): Tensor => {
  const result = copied(dim === undefined ? shape.squeeze(input) : shape.squeeze(input, dim));
  return out === undefined ? result : intoOut('squeeze_copy', result, out, [input]);
};
/**
 * As squeeze, a copy. Source: torch.squeeze_copy.
 * @example
 * torch.squeeze_copy(torch.ones(1, 2, 1)); // → tensor([1., 1.])
 */
export const squeeze_copy = overloaded<{
  (input: Tensor, options?: OutOptions): Tensor;
  (input: Tensor, dim: Extents, options?: OutOptions): Tensor;
  (input: Tensor, options: OutOptions & { readonly dim: Extents }): Tensor;
  (options: OutOptions & { readonly input: Tensor; readonly dim?: Extents }): Tensor;
}>('squeeze_copy', ['input, *, out=None', (input: Tensor, out?: Tensor) => squeezed(input, undefined, out)],
  ['input, dim: tuple of ints | int, *, out=None', squeezed]);
/**
 * As t, a copy. Source: torch.t_copy.
 * @example
 * torch.t_copy(torch.arange(4).reshape(2, 2)); // → tensor([[0, 2],
 *                                              //           [1, 3]])
 */
export const t_copy = keyedOut('t_copy', 'input, *, out=None', (input: Tensor): Tensor => copied(shape.t(input)));
/**
 * As transpose, a copy. Source: torch.transpose_copy.
 * @example
 * torch.transpose_copy(torch.arange(4).reshape(2, 2), 0, 1); // → tensor([[0, 2],
 *                                                            //           [1, 3]])
 */
export const transpose_copy = keyedOut('transpose_copy', 'input, dim0: int, dim1: int, *, out=None',
  (input: Tensor, dim0: number, dim1: number): Tensor => copied(shape.transpose(input, dim0, dim1)));
/**
 * As unbind, copies. Source: torch.unbind_copy.
 * @example
 * torch.unbind_copy(torch.arange(4).reshape(2, 2)); // → [tensor([0, 1]), tensor([2, 3])]
 */
export const unbind_copy = keyed('unbind_copy', 'input, dim=0',
  (input: Tensor, dim: number = 0): Tensor[] => shape.unbind(input, dim).map((each) => copied(each)));
/**
 * As unfold, a copy. Source: torch.unfold_copy.
 * @example
 * torch.unfold_copy(torch.arange(4), 0, 2, 2); // → tensor([[0, 1],
 *                                              //           [2, 3]])
 */
export const unfold_copy = keyedOut('unfold_copy', 'input, dimension: int, size: int, step: int, *, out=None',
  (input: Tensor, dimension: number, size: number, step: number): Tensor => copied(unfold(input, dimension, size, step)));
/**
 * As unsqueeze, a copy. Source: torch.unsqueeze_copy.
 * @example
 * torch.unsqueeze_copy(torch.arange(2), 1); // → tensor([[0],
 *                                           //           [1]])
 */
export const unsqueeze_copy = keyedOut('unsqueeze_copy', 'input, dim: int, *, out=None',
  (input: Tensor, dim: number): Tensor => copied(shape.unsqueeze(input, dim)));
/**
 * As view_as_complex, a copy. Source: torch.view_as_complex_copy.
 * @example
 * torch.view_as_complex_copy(torch.tensor([[1.5, 2]])); // → tensor([1.5000+2.j])
 */
export const view_as_complex_copy = keyedOut('view_as_complex_copy', 'input, *, out=None',
  (input: Tensor): Tensor => copied(view_as_complex(input)));
/**
 * As view_as_real, a copy. Source: torch.view_as_real_copy.
 * @example
 * torch.view_as_real_copy(torch.complex(torch.ones(1), torch.zeros(1))); // → tensor([[1., 0.]])
 */
export const view_as_real_copy = keyedOut('view_as_real_copy', 'input, *, out=None',
  (input: Tensor): Tensor => copied(view_as_real(input)));

function viewed(input: Tensor, as: readonly number[] | dtype, out?: Tensor): Tensor {
  const result = copied('core' in as ? view(input, as) : view(input, as));
  return out === undefined ? result : intoOut('view_copy', result, out, [input]);
}
/**
 * As view, a copy. Source: torch.view_copy.
 * @example
 * torch.view_copy(torch.arange(4), [2, 2]); // → tensor([[0, 1],
 *                                           //           [2, 3]])
 */
export const view_copy = overloaded<{
  (input: Tensor, size: readonly number[], options?: OutOptions): Tensor;
  (input: Tensor, dtype: dtype, options?: OutOptions): Tensor;
  (input: Tensor, options: OutOptions & ({ readonly size: readonly number[] } | { readonly dtype: dtype })): Tensor;
}>('view_copy', ['input, size: tuple of ints, *, out=None', viewed], ['input, dtype, *, out=None', viewed]);

/**
 * As chunk, whose pieces are views too. Source: torch.unsafe_chunk.
 * @example
 * torch.unsafe_chunk(torch.arange(4), 2); // → [tensor([0, 1]), tensor([2, 3])]
 */
export const unsafe_chunk = keyed('unsafe_chunk', 'input, chunks: int, dim=0',
  (input: Tensor, chunks: number, dim: number = 0): Tensor[] => shape.chunk(input, chunks, dim));
/**
 * As split, whose pieces are views too. Source: torch.unsafe_split.
 * @example
 * torch.unsafe_split(torch.arange(5), 2); // → [tensor([0, 1]), tensor([2, 3]), tensor([4])]
 */
export const unsafe_split = keyed('unsafe_split', 'input, split_size: int, dim=0',
  (input: Tensor, split_size: number, dim: number = 0): Tensor[] => split(input, split_size, dim));
