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

/** As the tensor itself, a copy. Source: torch.alias_copy. */
export const alias_copy = keyedOut('alias_copy', 'input, *, out=None', (input: Tensor): Tensor => copied(input));
/** As detach, a copy. Source: torch.detach_copy. */
export const detach_copy = keyedOut('detach_copy', 'input, *, out=None', (input: Tensor): Tensor => copied(input.detach()));
/** As diagonal, a copy. Source: torch.diagonal_copy. */
export const diagonal_copy = keyedOut('diagonal_copy', 'input, offset=0, dim1=0, dim2=1, *, out=None',
  (input: Tensor, offset: number = 0, dim1: number = 0, dim2: number = 1): Tensor => copied(shape.diagonal(input, offset, dim1, dim2)));
/** As expand, a copy. Source: torch.expand_copy. */
export const expand_copy = keyedOut('expand_copy', 'input, size: tuple of ints, *, implicit=False, out=None',
  (input: Tensor, size: readonly number[], _implicit: boolean = false): Tensor => copied(expanded(input, size)));
/** As narrow, a copy; also a method. Source: torch.narrow_copy. */
export const narrow_copy = keyedOut('narrow_copy', 'input, dim: int, start: int, length: int, *, out=None',
  (input: Tensor, dim: number, start: number, length: number): Tensor => copied(shape.narrow(input, dim, start, length)));
/** As permute, a copy. Source: torch.permute_copy. */
export const permute_copy = keyedOut('permute_copy', 'input, dims: tuple of ints, *, out=None',
  (input: Tensor, dims: readonly number[]): Tensor => copied(shape.permute(input, dims)));
/** As select, a copy. Source: torch.select_copy. */
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
/** As split, copies. Source: torch.split_copy. */
export const split_copy = keyed('split_copy', 'input, split_size: int, dim=0',
  (input: Tensor, split_size: number, dim: number = 0): Tensor[] => split(input, split_size, dim).map((each) => copied(each)));
/** As split into pieces of these sizes, copies. Source: torch.split_with_sizes_copy. */
export const split_with_sizes_copy = keyed('split_with_sizes_copy', 'input, split_sizes: tuple of ints, dim=0',
  (input: Tensor, split_sizes: readonly number[], dim: number = 0): Tensor[] =>
    split(input, split_sizes, dim).map((each) => copied(each)));
/** As squeeze, a copy. Source: torch.squeeze_copy. */
export const squeeze_copy = keyedOut('squeeze_copy', 'input, dim: tuple of ints | int = None, *, out=None',
  (input: Tensor, dim?: number | readonly number[]): Tensor =>
    copied(dim === undefined ? shape.squeeze(input) : shape.squeeze(input, dim)));
/** As t, a copy. Source: torch.t_copy. */
export const t_copy = keyedOut('t_copy', 'input, *, out=None', (input: Tensor): Tensor => copied(shape.t(input)));
/** As transpose, a copy. Source: torch.transpose_copy. */
export const transpose_copy = keyedOut('transpose_copy', 'input, dim0: int, dim1: int, *, out=None',
  (input: Tensor, dim0: number, dim1: number): Tensor => copied(shape.transpose(input, dim0, dim1)));
/** As unbind, copies. Source: torch.unbind_copy. */
export const unbind_copy = keyed('unbind_copy', 'input, dim=0',
  (input: Tensor, dim: number = 0): Tensor[] => shape.unbind(input, dim).map((each) => copied(each)));
/** As unfold, a copy. Source: torch.unfold_copy. */
export const unfold_copy = keyedOut('unfold_copy', 'input, dimension: int, size: int, step: int, *, out=None',
  (input: Tensor, dimension: number, size: number, step: number): Tensor => copied(unfold(input, dimension, size, step)));
/** As unsqueeze, a copy. Source: torch.unsqueeze_copy. */
export const unsqueeze_copy = keyedOut('unsqueeze_copy', 'input, dim: int, *, out=None',
  (input: Tensor, dim: number): Tensor => copied(shape.unsqueeze(input, dim)));
/** As view_as_complex, a copy. Source: torch.view_as_complex_copy. */
export const view_as_complex_copy = keyedOut('view_as_complex_copy', 'input, *, out=None',
  (input: Tensor): Tensor => copied(view_as_complex(input)));
/** As view_as_real, a copy. Source: torch.view_as_real_copy. */
export const view_as_real_copy = keyedOut('view_as_real_copy', 'input, *, out=None',
  (input: Tensor): Tensor => copied(view_as_real(input)));

function viewed(input: Tensor, as: readonly number[] | dtype, out?: Tensor): Tensor {
  const result = copied('core' in as ? view(input, as) : view(input, as));
  return out === undefined ? result : intoOut('view_copy', result, out, [input]);
}
/** As view, a copy. Source: torch.view_copy. */
export const view_copy = overloaded<{
  (input: Tensor, size: readonly number[], options?: OutOptions): Tensor;
  (input: Tensor, dtype: dtype, options?: OutOptions): Tensor;
  (input: Tensor, options: OutOptions & ({ readonly size: readonly number[] } | { readonly dtype: dtype })): Tensor;
}>('view_copy', ['input, size: tuple of ints, *, out=None', viewed], ['input, dtype, *, out=None', viewed]);

/** As chunk, whose pieces are views too. Source: torch.unsafe_chunk. */
export const unsafe_chunk = keyed('unsafe_chunk', 'input, chunks: int, dim=0',
  (input: Tensor, chunks: number, dim: number = 0): Tensor[] => shape.chunk(input, chunks, dim));
/** As split, whose pieces are views too. Source: torch.unsafe_split. */
export const unsafe_split = keyed('unsafe_split', 'input, split_size: int, dim=0',
  (input: Tensor, split_size: number, dim: number = 0): Tensor[] => split(input, split_size, dim));
