import { bool } from '../../core/dtype.ts';
import { IndexError, RuntimeError } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { clone, embed, fillWith, sliceAxis } from '../../ops/movement.ts';
import { full } from '../../ops/creation.ts';
import { where } from '../../ops/pointwise/index.ts';
import { stridedView } from '../../ops/views.ts';
import { cast } from '../../ops/cast.ts';
import { keyed, keyedOut } from '../arguments/keyed.ts';
import { listText } from '../arguments/sizes.ts';
import { Tensor, wrapDimension } from '../tensor/tensor.ts';
import { diagonal, select } from './shape.ts';

/** Parts of tensors by slices and strides, and tensors with another's elements in such a part. Each function is also a method. */

type Bound = number | null | undefined;

/** As x[start:end:step] along a dimension. */
export function sliceOf(input: Tensor, dim: number, start: Bound, end: Bound, step: number): Tensor {
  const { shape } = input.geometry;
  if (shape.length === 0) throw new IndexError('slice() cannot be applied to a 0-dim tensor.');
  if (step <= 0) throw new RuntimeError('slice step must be positive');
  const axis = wrapDimension(dim, shape.length);
  const extent = shape[axis];
  const within = (place: number): number => Math.min(Math.max(place < 0 ? place + extent : place, 0), extent);
  const first = within(start ?? 0);
  const count = Math.max(Math.ceil((within(end ?? extent) - first) / step), 0);
  return sliceAxis(input, axis, first, count, step);
}

/** A copy with a source's elements in a part of it. */
function replaced(input: Tensor, src: Tensor, part: (whole: Tensor) => Tensor): Tensor {
  const inside = full(Tensor, input.geometry.shape, false, bool, input.storage.device);
  const target = part(inside);
  const [own, given] = [target, src].map(({ geometry }) => geometry.shape);
  if (!sameShape(own, given)) {
    throw new RuntimeError(
      `expected src to have a size equal to the slice of self. src size = ${listText(given)}, slice size = ${listText(own)}`);
  }
  fillWith(target, true);
  return where(inside, embed(cast(src, input.dtypeCore), input.geometry.shape, part), input) as Tensor;
}

/**
 * The tensor with a source's elements in the places of a dimension from `start` to before `end`, each `step`th. Source:
 * torch.slice_scatter.
 * @example
 * torch.slice_scatter(torch.zeros(4), torch.tensor([1, 2]), 0, 1, 3); // → tensor([0., 1., 2., 0.])
 */
export const slice_scatter = keyedOut('slice_scatter',
  'input, src: Tensor, dim=0, start: int = None, end: int = None, step=1, *, out=None',
  (input: Tensor, src: Tensor, dim: number = 0, start?: number | null, end?: number | null, step: number = 1): Tensor =>
    replaced(input, src, (whole) => sliceOf(whole, dim, start, end, step)));
/**
 * The tensor with a source's elements at one place of a dimension. Source: torch.select_scatter.
 * @example
 * torch.select_scatter(torch.zeros(2, 2), torch.tensor([1, 2]), 0, 1); // → tensor([[0., 0.],
 *                                                                      //           [1., 2.]])
 */
export const select_scatter = keyed('select_scatter', 'input, src: Tensor, dim: int, index: int',
  (input: Tensor, src: Tensor, dim: number, index: number): Tensor => replaced(input, src, (whole) => select(whole, dim, index)));
/**
 * The tensor with a source's elements on a diagonal. Source: torch.diagonal_scatter.
 * @example
 * torch.diagonal_scatter(torch.zeros(2, 2), torch.tensor([1, 2])); // → tensor([[1., 0.],
 *                                                                  //           [0., 2.]])
 */
export const diagonal_scatter = keyed('diagonal_scatter', 'input, src: Tensor, offset=0, dim1=0, dim2=1',
  (input: Tensor, src: Tensor, offset: number = 0, dim1: number = 0, dim2: number = 1): Tensor =>
    replaced(input, src, (whole) => diagonal(whole, offset, dim1, dim2)));

function strided(input: Tensor, size: readonly number[], stride: readonly number[], storage_offset?: number | null): Tensor {
  const offset = storage_offset ?? input.geometry.offset;
  if (size.length !== stride.length) throw new RuntimeError('mismatch in length of strides and shape');
  const negative = stride.find((each) => each < 0);
  if (negative !== undefined) {
    throw new RuntimeError(`as_strided: Negative strides are not supported at the moment, got strides: ${listText(stride)}`);
  }
  const last = size.includes(0) ? 0 : offset + size.reduce((sum, extent, i) => sum + (extent - 1) * stride[i], 0) + 1;
  const { itemsize } = input.dtypeCore;
  if (last > input.storage.roomFor(input.dtypeCore)) {
    throw new RuntimeError(
      `setStorage: sizes ${listText(size)}, strides ${listText(stride)}, storage offset ${offset}, and itemsize ${itemsize} requiring a `
      + `storage size of ${last * itemsize} are out of bounds for storage of size ${input.storage.byteLength}`);
  }
  return stridedView(input, size, stride, offset);
}
/**
 * A view of the tensor's memory with these sizes and strides. Source: torch.as_strided.
 * @example
 * torch.as_strided(torch.arange(5), [3, 2], [1, 1]); // → tensor([[0, 1],
 *                                                    //           [1, 2],
 *                                                    //           [2, 3]])
 */
export const as_strided = keyed('as_strided', 'input, size: tuple of ints, stride: tuple of ints, storage_offset: int = None', strided);
/**
 * As as_strided, a copy. Source: torch.as_strided_copy.
 * @example
 * torch.as_strided_copy(torch.arange(4), [2, 2], [1, 1]); // → tensor([[0, 1],
 *                                                         //           [1, 2]])
 */
export const as_strided_copy = keyedOut('as_strided_copy',
  'input, size: tuple of ints, stride: tuple of ints, storage_offset: int = None, *, out=None',
  (input: Tensor, size: readonly number[], stride: readonly number[], storage_offset?: number | null): Tensor =>
    clone(strided(input, size, stride, storage_offset)));
/**
 * The tensor with a source's elements where sizes and strides say. Source: torch.as_strided_scatter.
 * @example
 * torch.as_strided_scatter(torch.zeros(4), torch.tensor([1, 2]), [2], [2]); // → tensor([1., 0., 2., 0.])
 */
export const as_strided_scatter = keyed('as_strided_scatter',
  'input, src: Tensor, size: tuple of ints, stride: tuple of ints, storage_offset: int = None',
  (input: Tensor, src: Tensor, size: readonly number[], stride: readonly number[], storage_offset?: number | null): Tensor =>
    replaced(input, src, (whole) => strided(whole, size, stride, storage_offset)));
