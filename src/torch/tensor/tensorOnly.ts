import type { Scalar } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import { int32, int64 } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { sameShape, stridedLayout } from '../../core/layout.ts';
import * as arrange from '../../ops/copies.ts';
import { noticeFraction } from '../../ops/guessed.ts';
import { elements } from '../../ops/host.ts';
import * as move from '../../ops/movement.ts';
import { selectAxis, slidingWindows } from '../../ops/views.ts';
import type { FactoryOptions, ShapeArguments, TensorData, TensorOptions } from '../functions/creation.ts';
import * as create from '../functions/creation.ts';
import type { MemoryFormat } from '../constants.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { where as chosen } from '../functions/searching.ts';
import { flatten, split as pieces } from '../functions/shape.ts';
import { inPython, keyed, overloaded } from '../arguments/keyed.ts';
import type { TensorLike } from '../arguments/operands.ts';
import { broadcastShape } from '../arguments/operands.ts';
import { expanded, inferSize, quicklySized, sized } from '../arguments/sizes.ts';
import type { Sizes } from '../arguments/sizes.ts';
import { Tensor, wrapDimension } from './tensor.ts';

/** Functions that are methods only, as in PyTorch: `x.view(2, 3)`, `x.copy_(y)`, `x.new_zeros(3)`. */

/** The bytes of a tensor read as another dtype. */
function viewAs(input: Tensor, type: DType): Tensor {
  const from = input.dtypeCore;
  if (from === type) return move.detach(input);
  if (input.requires_grad) {
    throw new RuntimeError(
      'view(dtype) of a tensor that requires grad is not supported: detach it first, or convert it with to(dtype)');
  }
  const { shape, strides, offset } = input.geometry;
  const names = `${scalarTypeName(from)} as ${scalarTypeName(type)} (different element sizes)`;
  if (from.itemsize === type.itemsize) return new Tensor(input.storage, type, input.geometry);
  const last = shape.length - 1;
  if (last < 0) throw new RuntimeError(`self.dim() cannot be 0 to view ${names}`);
  if (strides[last] !== 1) throw new RuntimeError(`self.stride(-1) must be 1 to view ${names}, but got ${strides[last]}`);
  const [up, down] = [Math.max(1, type.itemsize / from.itemsize), Math.max(1, from.itemsize / type.itemsize)];
  const rescale = (value: number): number => (value * down) / up;
  if (shape[last] % up !== 0) throw new RuntimeError(`self.size(-1) must be divisible by ${up} to view ${names}, but got ${shape[last]}`);
  if (offset % up !== 0) throw new RuntimeError(`self.storage_offset() must be divisible by ${up} to view ${names}, but got ${offset}`);
  const wrong = strides.findIndex((stride, axis) => axis !== last && stride % up !== 0);
  if (wrong >= 0) throw new RuntimeError(`self.stride(${wrong}) must be divisible by ${up} to view ${names}, but got ${strides[wrong]}`);
  return new Tensor(input.storage, type, stridedLayout(
    shape.map((extent, axis) => (axis === last ? rescale(extent) : extent)),
    strides.map((stride, axis) => (axis === last ? 1 : rescale(stride))), rescale(offset)));
}

export type ViewFunction = (input: Tensor, ...size: Sizes<'size'> | [dtype] | [options: { readonly dtype: dtype }]) => Tensor;

function viewIn(input: Tensor, size: readonly number[]): Tensor {
  const wanted = inferSize(size, input.geometry.size);
  const result = move.tryView(input, wanted);
  if (result === null) {
    throw new RuntimeError(
      "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous "
      + 'subspaces). Use .reshape(...) instead.');
  }
  return result;
}

/**
 * The same memory under another shape, one extent of which may be -1; or, given a dtype, its bytes read as that dtype.
 * Source: torch.Tensor.view.
 * @example
 * torch.arange(4).view(2, 2); // → tensor([[0, 1],
 *                             //           [2, 3]])
 */
export const view: ViewFunction = quicklySized(viewIn, overloaded('view', ['input, *size: int', viewIn], ['input, dtype', (
  input: Tensor, type: dtype,
): Tensor => viewAs(input, type.core)]));
/**
 * As `view`, with the shape of another tensor. Source: torch.Tensor.view_as.
 * @example
 * torch.arange(4).view_as(torch.zeros(2, 2)); // → tensor([[0, 1],
 *                                             //           [2, 3]])
 */
export const view_as = keyed('view_as', 'input, other', (input: Tensor, other: Tensor): Tensor =>
  view(input, other.geometry.shape));
/**
 * As `reshape`, with the shape of another tensor. Source: torch.Tensor.reshape_as.
 * @example
 * torch.arange(4).view(2, 2).t().reshape_as(torch.zeros(4)); // → tensor([0, 2, 1, 3])
 */
export const reshape_as = keyed('reshape_as', 'input, other', (input: Tensor, other: Tensor): Tensor => {
  const shape = inferSize(other.geometry.shape, input.geometry.size);
  return move.tryView(input, shape) ?? move.reshapeTo(input, shape);
});
/**
 * Repeats dimensions of extent 1 (and new leading ones) without a copy; -1 keeps an extent. Source: torch.Tensor.expand.
 * @example
 * torch.tensor([[1], [2]]).expand(-1, 3); // → tensor([[1, 1, 1],
 *                                         //           [2, 2, 2]])
 */
export const expand = sized('expand', 'size', expanded, ', implicit=False');
/**
 * As `expand`, to the shape of another tensor. Source: torch.Tensor.expand_as.
 * @example
 * torch.tensor([1, 2]).expand_as(torch.zeros(2, 2)); // → tensor([[1, 2],
 *                                                    //           [1, 2]])
 */
export const expand_as = keyed('expand_as', 'input, other', (input: Tensor, other: Tensor): Tensor =>
  expanded(input, other.geometry.shape));
/**
 * The tensor itself where its elements lie row by row without gaps, else such a copy. Source: torch.Tensor.contiguous.
 * @example
 * torch.zeros(2, 3).t().contiguous().stride(); // → [2, 1]
 */
export const contiguous = keyed('contiguous', 'self, memory_format=None',
  (self: Tensor, _memory_format?: MemoryFormat | null): Tensor => move.contiguous(self));
/**
 * Windows of `size` places, `step` apart, along a dimension, as a view with a new last dimension. Source: torch.Tensor.unfold.
 * @example
 * torch.arange(5).unfold(0, 3, 1); // → tensor([[0, 1, 2],
 *                                  //           [1, 2, 3],
 *                                  //           [2, 3, 4]])
 */
export const unfold = keyed('unfold', 'input, dimension: int, size: int, step: int', (
  input: Tensor, dimension: number, size: number, step: number,
): Tensor => {
  const { shape } = input.geometry;
  const axis = wrapDimension(dimension, shape.length);
  const extent = shape.length === 0 ? 1 : shape[axis];
  if (size > extent) throw new RuntimeError(`maximum size for tensor at dimension ${axis} is ${extent} but size is ${size}`);
  if (size < 0) throw new RuntimeError(`size is ${size} but must be >= 0`);
  if (step <= 0) throw new RuntimeError(`step is ${step} but must be > 0`);
  if (shape.length === 0) return selectAxis(slidingWindows(move.unsqueeze(input, 0), 0, size, step), 0, 0);
  return slidingWindows(input, axis, size, step);
});
/**
 * As tile, but there must be a count for every dimension. Source: torch.Tensor.repeat.
 * @example
 * torch.tensor([1, 2]).repeat(2, 2); // → tensor([[1, 2, 1, 2],
 *                                    //           [1, 2, 1, 2]])
 */
export const repeat = sized('repeat', 'repeats', (input: Tensor, sizes: readonly number[]): Tensor => {
  const counts = sizes;
  const { shape } = input.geometry;
  const lead = counts.length - shape.length;
  if (lead < 0) {
    throw new RuntimeError('Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor');
  }
  const extents = [...new Array<number>(lead).fill(1), ...shape].map((extent, axis) => extent * counts[axis]);
  create.checkSize(extents);
  return arrange.tile(input, counts);
});

/**
 * This tensor's elements where a condition holds, `other`'s elsewhere. Source: torch.Tensor.where.
 * @example
 * const x = torch.tensor([-1.5, 2]);
 * x.where(x.gt(0), 0); // → tensor([0., 2.])
 */
export const where = keyed('Tensor.where', 'self, condition: Tensor, other: Tensor | Number',
  (input: Tensor, condition: Tensor, other: TensorLike): Tensor =>
  chosen(condition, input, other));

// --- writing into the tensor ---

/**
 * Overwrites the tensor with another's elements, converted and broadcast to it. Source: torch.Tensor.copy_.
 * @example
 * torch.zeros(2, 2).copy_(torch.tensor([1, 2])); // → tensor([[1., 2.],
 *                                                //           [1., 2.]])
 */
export const copy_ = keyed('copy_', 'self, other, non_blocking=False', (
  input: Tensor, src: Tensor, _non_blocking: boolean = false,
): Tensor => {
  const { shape } = input.geometry;
  if (!sameShape(src.geometry.shape, shape)) {
    const common = broadcastShape([shape, src.geometry.shape]);
    if (!sameShape(common, shape)) {
      throw new RuntimeError(`output with shape [${shape.join(', ')}] doesn't match the broadcast shape [${common.join(', ')}]`);
    }
  }
  return move.copyFrom(input, src);
});
/**
 * Overwrites every element with one value. Source: torch.Tensor.fill_.
 * @example
 * torch.zeros(2).fill_(0.5); // → tensor([0.5000, 0.5000])
 */
export const fill_ = keyed('fill_', 'self, value: Tensor | Number', (input: Tensor, value: Scalar | Tensor): Tensor => {
  noticeFraction(input, value);
  if (value instanceof Tensor) {
    const ndim = value.geometry.shape.length;
    if (ndim > 0) throw new RuntimeError(`fill_ only supports 0-dimension value tensor but got tensor with ${ndim} dimensions.`);
    return move.fillWith(input, value, 'FillBackward3');
  }
  return move.fillWith(input, value, 'FillBackward2');
});
/**
 * Overwrites every element with 0. Source: torch.Tensor.zero_.
 * @example
 * torch.ones(2).zero_(); // → tensor([0., 0.])
 */
export const zero_ = keyed('zero_', 'input', (input: Tensor): Tensor => move.fillWith(input, 0, 'ZeroBackward0'));
/**
 * Overwrites the diagonal of a matrix with one value. Source: torch.Tensor.fill_diagonal_.
 * @example
 * torch.zeros(2, 2).fill_diagonal_(5); // → tensor([[5., 0.],
 *                                      //           [0., 5.]])
 */
export const fill_diagonal_ = keyed('fill_diagonal_', 'self, fill_value: Number, wrap=False', (
  input: Tensor, fill_value: Scalar, wrap: boolean = false,
): Tensor => {
  const { shape, strides } = input.geometry;
  if (shape.length < 2) throw new RuntimeError('dimensions must larger than 1');
  if (shape.length > 2 && new Set(shape).size !== 1) throw new RuntimeError('all dimensions of input must be of equal length');
  if (wrap) throw new NotImplementedError('fill_diagonal_() with wrap=true is not supported: fill slices');
  const step = strides.reduce((sum, stride) => sum + stride, 0);
  const layout = stridedLayout([Math.min(...shape)], [step], input.geometry.offset);
  if (input.requires_grad) {
    throw new RuntimeError(
      'fill_diagonal_() on a tensor that requires grad is not supported: multiply by a mask and add');
  }
  move.fillWith(new Tensor(input.storage, input.dtypeCore, layout), fill_value);
  return input;
});

// --- new tensors of the same dtype and device ---

const fresh = (name: string, value: Scalar | null): (input: Tensor, ...size: ShapeArguments) => Tensor =>
  create.factory<(input: Tensor, ...size: ShapeArguments) => Tensor, { readonly self: Tensor; readonly size: readonly number[] }>(
    name, [`self, *size: int, ${create.factoryText}`, ({ self, size, ...options }): Tensor =>
      create.filled(size, value, create.besides(self, options))]);

/**
 * Filled with 0, of this tensor's dtype and device unless the options say otherwise. Source: torch.Tensor.new_zeros.
 * @example
 * torch.tensor([1, 2]).new_zeros(3); // → tensor([0, 0, 0])
 */
export const new_zeros = fresh('new_zeros', 0);
/**
 * Filled with 1, of this tensor's dtype and device. Source: torch.Tensor.new_ones.
 * @example
 * torch.tensor([1, 2]).new_ones(3); // → tensor([1, 1, 1])
 */
export const new_ones = fresh('new_ones', 1);
/**
 * Uninitialised, of this tensor's dtype and device. Source: torch.Tensor.new_empty.
 * @example
 * torch.tensor([1.5]).double().new_empty(2).dtype; // → torch.float64
 */
export const new_empty = fresh('new_empty', null);
/**
 * Filled with one value, of this tensor's dtype and device. Source: torch.Tensor.new_full.
 * @example
 * torch.tensor([1.5]).new_full([2], 7); // → tensor([7., 7.])
 */
export const new_full = create.factory<(
  (input: Tensor, size: readonly number[], fill_value: Scalar | Tensor, options?: FactoryOptions) => Tensor
), { readonly self: Tensor; readonly size: readonly number[]; readonly fill_value: Scalar | Tensor }>('new_full', [
  `self, size: tuple of ints, fill_value: Number | Tensor, *, ${create.factoryText}`,
  ({ self, size, fill_value, ...options }): Tensor => create.full(size, fill_value, create.besides(self, options)),
]);
/**
 * A copy of data in this tensor's dtype, on its device. Source: torch.Tensor.new_tensor.
 * @example
 * torch.tensor([true]).new_tensor([1, 0]); // → tensor([ True, False])
 */
export const new_tensor = create.factory<(input: Tensor, data: TensorData, options?: TensorOptions) => Tensor,
  { readonly self: Tensor; readonly data: TensorData }>('new_tensor', [
    `self, ${create.tensorText}`,
    ({ self, data, ...options }): Tensor => create.tensor(data, create.besides(self, options)),
  ]);

// --- shapes do not change in place ---

function unchangeable(name: string, alternative = `use x = x.${name.slice(0, -1)}()`): (input: Tensor, ...given: unknown[]) => never {
  return () => {
    throw new NotImplementedError(`${name}() is not supported, as a tensor's shape never changes: ${alternative}`);
  };
}

/**
 * Not supported, as a tensor's shape never changes: a NotImplementedError says what to call. Source: torch.Tensor.t_.
 * @example
 * torch.zeros(2, 3).t_();
 * // → NotImplementedError: t_() is not supported, as a tensor's shape never changes: use x = x.t()
 */
export const t_ = unchangeable('t_');
/**
 * Not supported, as a tensor's shape never changes. Source: torch.Tensor.transpose_.
 * @example
 * torch.zeros(2, 3).transpose_(0, 1);
 * // → NotImplementedError: transpose_() is not supported, as a tensor's shape never changes: use x = x.transpose()
 */
export const transpose_ = unchangeable('transpose_');
/**
 * Not supported, as a tensor's shape never changes. Source: torch.Tensor.squeeze_.
 * @example
 * torch.zeros(1, 3).squeeze_();
 * // → NotImplementedError: squeeze_() is not supported, as a tensor's shape never changes: use x = x.squeeze()
 */
export const squeeze_ = unchangeable('squeeze_');
/**
 * Not supported, as a tensor's shape never changes. Source: torch.Tensor.unsqueeze_.
 * @example
 * torch.zeros(3).unsqueeze_(0);
 * // → NotImplementedError: unsqueeze_() is not supported, as a tensor's shape never changes: use x = x.unsqueeze()
 */
export const unsqueeze_ = unchangeable('unsqueeze_');
/**
 * Not supported, as a tensor's shape never changes. Source: torch.Tensor.resize_.
 * @example
 * try {
 *   torch.zeros(3).resize_(6);
 * } catch (error) {
 *   console.log((error as Error).name);
 * } // → NotImplementedError
 */
export const resize_ = unchangeable('resize_', 'use x.new_empty(size) or x.reshape(size)');
/**
 * Not supported, as a tensor's shape never changes. Source: torch.Tensor.resize_as_.
 * @example
 * try {
 *   torch.zeros(3).resize_as_(torch.zeros(6));
 * } catch (error) {
 *   console.log((error as Error).name);
 * } // → NotImplementedError
 */
export const resize_as_ = unchangeable('resize_as_', 'use torch.empty_like(other)');
/**
 * Not supported, as a tensor's shape never changes. Source: torch.Tensor.set_.
 * @example
 * torch.zeros(3).set_(torch.zeros(6));
 * // → NotImplementedError: set_() is not supported, as a tensor's shape never changes: assign it, x = other
 */
export const set_ = unchangeable('set_', 'assign it, x = other');
/**
 * Not supported, as a tensor's shape never changes. Source: torch.Tensor.swapaxes_.
 * @example
 * torch.zeros(2, 3).swapaxes_(0, 1);
 * // → NotImplementedError: swapaxes_() is not supported, as a tensor's shape never changes: use x = x.swapaxes()
 */
export const swapaxes_ = unchangeable('swapaxes_');
/**
 * Not supported, as a tensor's shape never changes. Source: torch.Tensor.swapdims_.
 * @example
 * torch.zeros(2, 3).swapdims_(0, 1);
 * // → NotImplementedError: swapdims_() is not supported, as a tensor's shape never changes: use x = x.swapdims()
 */
export const swapdims_ = unchangeable('swapdims_');

/** As torch.repeat_interleave, which also takes the numbers of times alone. Source: torch.Tensor.repeat_interleave. */
export const repeat_interleave = keyed('Tensor.repeat_interleave', [
  'input, repeats: int | Tensor, dim: int | None = None, *', 'output_size: int | None = None',
], (input: Tensor, repeats: number | Tensor, dim: number | null = null, output_size: number | null = null): Tensor => {
  const source = dim === null ? flatten(input) : input;
  const axis = dim === null ? 0 : wrapDimension(dim, input.geometry.shape.length);
  const extent = source.geometry.shape[axis] ?? 1;
  const checkSize = (size: number, words: string): void => {
    if (output_size !== null && output_size !== size) throw new RuntimeError(words);
  };
  if (typeof repeats === 'number') {
    if (repeats < 0) throw new RuntimeError('Repeats must be non-negative');
    const size = repeats * extent;
    checkSize(size, `repeat_interleave: Invalid output_size, expected ${size} but got ${output_size}`);
    return arrange.repeatEach(source, repeats, axis);
  }
  const type = repeats.dtypeCore;
  if (repeats.geometry.shape.length > 1) throw new RuntimeError('repeats must be 0-dim or 1-dim tensor');
  if (type !== int64 && type !== int32) {
    throw new NotImplementedError(`"repeat_interleave_cpu" not implemented for '${scalarTypeName(type)}'`);
  }
  const counts = elements(repeats).map(Number);
  if (counts.length !== extent && counts.length !== 1) {
    throw new RuntimeError(
      `repeats must have the same size as input along dim, but got repeats.size(0) = ${counts.length} and input.size(${axis}) = ${extent}`);
  }
  if (counts.some((count) => count < 0)) throw new RuntimeError('repeats can not be negative');
  const times = counts.length === 1 ? new Array<number>(extent).fill(counts[0]) : counts;
  checkSize(times.reduce((sum, count) => sum + count, 0), 'allocated size does not match required size');
  return arrange.repeatEach(source, times, axis);
});

/** As torch.split, by another name of its second parameter. Source: torch.Tensor.split. */
export const split = keyed('Tensor.split', 'self: Tensor, split_size: tuple of ints | int, dim=0', (
  tensor: Tensor, split_size: number | readonly number[], dim: number = 0,
): Tensor[] => pieces(tensor, split_size, dim), inPython);
