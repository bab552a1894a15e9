import { IndexError, RuntimeError } from '../../core/errors.ts';
import { distinct, ofDiagonal } from '../arguments/dims.ts';
import { int64, isInteger } from '../../core/dtype.ts';
import { checkArrays, sizeOf } from '../../core/layout.ts';
import * as move from '../../ops/movement.ts';
import { elements } from '../../ops/host.ts';
import { diagonalView, selectAxis } from '../../ops/views.ts';
import { inPython, keyed, overloaded } from '../arguments/keyed.ts';
import { expanded, inferSize, listText, sized } from '../arguments/sizes.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import type { MemoryFormat } from '../constants.ts';
import { Tensor, wrapDimension } from '../tensor/tensor.ts';

/** Other views of the same elements. Each function is also a method. */

function reshaped(input: Tensor, shape: readonly number[]): Tensor {
  return move.tryView(input, shape) ?? move.reshapeTo(input, shape);
}

/**
 * The same elements in another shape, one extent of which may be -1: a view where the strides allow it, else a copy.
 * Source: torch.reshape.
 * @example
 * torch.arange(6).reshape(2, -1); // → tensor([[0, 1, 2],
 *                                 //           [3, 4, 5]])
 */
export const reshape = sized('reshape', 'shape',
  (input: Tensor, sizes: readonly number[]): Tensor => reshaped(input, inferSize(sizes, input.geometry.size)));

/**
 * The dimensions from `start_dim` to `end_dim` as one. Source: torch.flatten.
 * @example
 * torch.ones(2, 3, 4).flatten(1).shape; // → torch.Size([2, 12])
 */
export const flatten = keyed('flatten', 'input, start_dim=0, end_dim=-1', (
  input: Tensor, start_dim: number = 0, end_dim: number = -1,
): Tensor => {
  const { shape } = input.geometry;
  const start = wrapDimension(start_dim, shape.length);
  const end = wrapDimension(end_dim, shape.length);
  if (start > end) throw new RuntimeError('flatten() has invalid args: start_dim cannot come after end_dim');
  if (shape.length === 0) return reshaped(input, [1]);
  if (start === end) return input;
  return reshaped(input, [...shape.slice(0, start), sizeOf(shape.slice(start, end + 1)), ...shape.slice(end + 1)]);
});

/**
 * One dimension as several, of which one may be -1. Source: torch.unflatten.
 * @example
 * torch.unflatten(torch.arange(6), 0, [2, -1]); // → tensor([[0, 1, 2],
 *                                               //           [3, 4, 5]])
 */
export const unflatten = keyed('unflatten', 'input, dim: int, sizes: tuple of ints', (
  input: Tensor, dim: number, sizes: readonly number[],
): Tensor => {
  const { shape } = input.geometry;
  const axis = wrapDimension(dim, shape.length);
  if (sizes.length === 0) throw new RuntimeError('unflatten: sizes must be non-empty');
  const extent = shape[axis];
  const known = sizeOf(sizes.filter((each) => each !== -1));
  const unknown = sizes.filter((each) => each === -1).length;
  if (unknown > 1) throw new RuntimeError('only one dimension can be inferred');
  if (unknown === 0 ? known !== extent : known === 0 || extent % known !== 0) {
    throw new RuntimeError(
      `unflatten: Provided sizes ${listText(sizes)} don't multiply up to the size of dim ${axis} (${extent}) in the input tensor`);
  }
  const inner = sizes.map((each) => (each === -1 ? extent / known : each));
  return reshaped(input, [...shape.slice(0, axis), ...inner, ...shape.slice(axis + 1)]);
});

/**
 * All elements in one dimension, row by row: a view where memory allows, else a copy. Source: torch.ravel.
 * @example
 * torch.ravel(torch.tensor([[1, 2], [3, 4]])); // → tensor([1, 2, 3, 4])
 */
export const ravel = keyed('ravel', 'input', (input: Tensor): Tensor => {
  const { size } = input.geometry;
  return move.tryView(move.contiguous(input), [size])!;
});

/**
 * A copy in memory of its own, through which gradients flow. Source: torch.clone.
 * @example
 * const x = torch.ones(2);
 * const y = torch.clone(x);
 * y.fill_(7);
 * x; // → tensor([1., 1.])
 */
export const clone = keyed('clone', 'input, *, memory_format=None',
  (input: Tensor, _memory_format?: MemoryFormat | null): Tensor => move.clone(input));

/**
 * Two dimensions swapped, as a view. Source: torch.transpose.
 * @example
 * torch.tensor([[1, 2], [3, 4]]).transpose(0, 1); // → tensor([[1, 3],
 *                                                 //           [2, 4]])
 */
export const transpose = keyed('transpose', 'input, dim0: int, dim1: int', (input: Tensor, dim0: number, dim1: number): Tensor => {
  const ndim = input.geometry.shape.length;
  return move.swapAxes(input, wrapDimension(dim0, ndim), wrapDimension(dim1, ndim));
});
/** As transpose. Source: torch.swapaxes. */
export const swapaxes = transpose;
/** As transpose. Source: torch.swapdims. */
export const swapdims = transpose;

/**
 * A matrix transposed; vectors and 0-d tensors as they are. Source: torch.t.
 * @example
 * torch.t(torch.tensor([[1, 2], [3, 4]])); // → tensor([[1, 3],
 *                                          //           [2, 4]])
 */
export const t = keyed('t', 'input', (input: Tensor): Tensor => {
  const ndim = input.geometry.shape.length;
  if (ndim > 2) throw new RuntimeError(`t() expects a tensor with <= 2 dimensions, but self is ${ndim}D`);
  return move.swapAxes(input, 0, ndim - 1, 'TBackward0');
});

/**
 * The dimensions in another order, as a view. Source: torch.permute.
 * @example
 * torch.ones(2, 3, 4).permute(2, 0, 1).shape; // → torch.Size([4, 2, 3])
 */
export const permute = sized('permute', 'dims', (input: Tensor, sizes: readonly number[]): Tensor => {
  const order = sizes;
  const ndim = input.geometry.shape.length;
  if (order.length !== ndim) {
    throw new RuntimeError(
      'permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of '
      + `dimensions i.e. input.dim() = ${ndim} is not equal to len(dims) = ${order.length}`);
  }
  const axes = order.map((dim) => wrapDimension(dim, ndim));
  if (new Set(axes).size !== ndim) throw new RuntimeError('permute(): duplicate dims are not allowed.');
  return move.permute(input, axes);
});

const asList = (value: number | readonly number[]): readonly number[] => (typeof value === 'number' ? [value] : value);

/**
 * Dimensions moved to other places, the rest keeping their order. Source: torch.movedim.
 * @example
 * torch.movedim(torch.ones(2, 3, 4), 0, -1).shape; // → torch.Size([3, 4, 2])
 */
export const movedim = keyed('movedim', 'input, source: tuple of ints | int, destination: tuple of ints | int', (
  input: Tensor, source: number | readonly number[], destination: number | readonly number[],
): Tensor => {
  const ndim = input.geometry.shape.length;
  const [from, to] = [asList(source), asList(destination)];
  if (from.length !== to.length) {
    throw new RuntimeError(
      `movedim: Invalid source or destination dims: source (${listText(from)} dims) should contain the same number of dims as `
      + `destination (${listText(to)} dims)`);
  }
  const normal = (dims: readonly number[], name: string): number[] => {
    const axes = dims.map((dim) => wrapDimension(dim, ndim));
    if (new Set(axes).size !== axes.length) throw new RuntimeError(`movedim: repeated dim in \`${name}\` (${listText(dims)})`);
    return axes;
  };
  const sources = normal(from, 'source');
  const destinations = normal(to, 'destination');
  const rest = Array.from({ length: ndim }, (_, axis) => axis).filter((axis) => !sources.includes(axis));
  const order = Array.from({ length: ndim }, (_, axis) => {
    const moved = destinations.indexOf(axis);
    return moved >= 0 ? sources[moved] : rest.shift()!;
  });
  return move.permute(input, order);
});
/** As movedim. Source: torch.moveaxis. */
export const moveaxis = movedim;

/**
 * Without the dimensions of extent 1: all of them, or those named. Source: torch.squeeze.
 * @example
 * torch.ones(1, 3, 1).squeeze().shape; // → torch.Size([3])
 */
export const squeeze = keyed('squeeze', 'input, dim: tuple of ints | int = None', (
  input: Tensor, dim?: number | readonly number[],
): Tensor => {
  const { shape } = input.geometry;
  const named = dim === undefined ? shape.map((_, axis) => axis) : distinct(asList(dim), shape.length);
  const name = dim === undefined ? 'SqueezeBackward0' : typeof dim === 'number' ? 'SqueezeBackward1' : 'SqueezeBackward2';
  return move.squeeze(input, named.filter((axis) => shape[axis] === 1), name);
});

/**
 * With a new dimension of extent 1 before `dim`. Source: torch.unsqueeze.
 * @example
 * torch.tensor([1, 2]).unsqueeze(1).shape; // → torch.Size([2, 1])
 */
export const unsqueeze = keyed('unsqueeze', 'input, dim: int', (input: Tensor, dim: number): Tensor => {
  return move.unsqueeze(input, wrapDimension(dim, input.geometry.shape.length + 1));
});

/**
 * The tensor under a shape that it broadcasts to, without a copy. Source: torch.broadcast_to.
 * @example
 * torch.broadcast_to(torch.tensor([1, 2]), [2, 2]); // → tensor([[1, 2],
 *                                                   //           [1, 2]])
 */
export const broadcast_to = sized('broadcast_to', 'size', (input: Tensor, sizes: readonly number[]): Tensor => expanded(input, sizes));

/**
 * The elements at one place of a dimension, which is dropped, as a view. Source: torch.select.
 * @example
 * torch.select(torch.tensor([[1, 2], [3, 4]]), 1, 0); // → tensor([1, 3])
 */
export const select = keyed('select', 'input, dim: int, index: int', (input: Tensor, dim: number, index: number): Tensor => {
  const { shape } = input.geometry;
  if (shape.length === 0) throw new IndexError('select() cannot be applied to a 0-dim tensor.');
  const axis = wrapDimension(dim, shape.length);
  const extent = shape[axis];
  if (index < -extent || index >= extent) {
    throw new IndexError(`select(): index ${index} out of range for tensor of size ${listText(shape)} at dimension ${axis}`);
  }
  return selectAxis(input, axis, index < 0 ? index + extent : index);
});

/**
 * `length` places of a dimension from `start` on, as a view. Source: torch.narrow.
 * @example
 * torch.narrow(torch.arange(6), 0, 2, 3); // → tensor([2, 3, 4])
 */
export const narrow = keyed('narrow', 'input, dim: int, start: int | Tensor, length: int', (
  input: Tensor, dim: number, from: number | Tensor, length: number,
): Tensor => {
  const { shape } = input.geometry;
  if (typeof from !== 'number' && (from.ndim > 0 || !isInteger(from.dtypeCore))) {
    throw new RuntimeError('start must be an 0-dim integral Tensor.');
  }
  const start = Number(from instanceof Tensor ? from.item() : from);

  if (shape.length === 0) throw new RuntimeError('narrow() cannot be applied to a 0-dim tensor.');
  if (length < 0) throw new RuntimeError('narrow(): length must be non-negative.');
  const axis = wrapDimension(dim, shape.length);
  const extent = shape[axis];
  if (start < -extent || start > extent) {
    throw new IndexError(`start out of range (expected to be in range of [${-extent}, ${extent}], but got ${start})`);
  }
  const first = start < 0 ? start + extent : start;
  if (first + length > extent) throw new RuntimeError(`start (${first}) + length (${length}) exceeds dimension size (${extent}).`);
  return move.sliceAxis(input, axis, first, length);
});

/**
 * The views at every place of a dimension. Source: torch.unbind.
 * @example
 * torch.tensor([[1, 2], [3, 4]]).unbind(1)[0]; // → tensor([1, 3])
 */
export const unbind = keyed('unbind', 'input, dim=0', (input: Tensor, dim: number = 0): Tensor[] => {
  const { shape } = input.geometry;
  if (shape.length === 0) throw new IndexError('Dimension specified as 0 but tensor has no dimensions');
  const axis = wrapDimension(dim, shape.length);
  checkArrays(shape[axis]);
  return Array.from({ length: shape[axis] }, (_, place) => selectAxis(input, axis, place, 'UnbindBackward0'));
});

/**
 * The diagonal of two dimensions as a new last dimension, as a view. Source: torch.diagonal.
 * @example
 * torch.diagonal(torch.tensor([[1, 2], [3, 4]])); // → tensor([1, 4])
 */
export const diagonal = keyed('diagonal', 'input, offset=0, dim1=0, dim2=1', (
  input: Tensor, offset: number = 0, dim1: number = 0, dim2: number = 1,
): Tensor => {
  const [axis1, axis2] = ofDiagonal(input.geometry.shape.length, dim1, dim2);
  return diagonalView(input, offset, axis1, axis2);
});

function pieces(input: Tensor, axis: number, sizes: readonly number[], name: string): Tensor[] {
  let start = 0;
  return sizes.map((size) => {
    const piece = move.sliceAxis(input, axis, start, size, 1, name);
    start += size;
    return piece;
  });
}

function checkSplit(name: string, input: Tensor): void {
  if (input.geometry.shape.length === 0) throw new RuntimeError(`${name} expects at least a 1-dimensional tensor`);
}

/**
 * Pieces of so many places along a dimension (the last may be shorter), or of the sizes in a list. Source: torch.split.
 * @example
 * torch.arange(5).split([2, 3])[1]; // → tensor([2, 3, 4])
 */
export const split = keyed('split', 'tensor: Tensor, split_size_or_sections: tuple of ints | int, dim=0', (
  tensor: Tensor, split_size: number | readonly number[], dim: number = 0,
): Tensor[] => {
  checkSplit('split', tensor);
  const axis = wrapDimension(dim, tensor.geometry.shape.length);
  const extent = tensor.geometry.shape[axis];
  if (typeof split_size !== 'number') {
    if (split_size.some((size) => size < 0)) {
      throw new RuntimeError(
        `split_with_sizes expects split_sizes have only non-negative entries, but got `
        + `split_sizes=${listText(split_size)}`);
    }
    if (split_size.reduce((sum, size) => sum + size, 0) !== extent) {
      throw new RuntimeError(
        `split_with_sizes expects split_sizes to sum exactly to ${extent} (input tensor's size at dimension ${axis}), but got `
        + `split_sizes=${listText(split_size)}`);
    }
    return pieces(tensor, axis, split_size, 'SplitWithSizesBackward0');
  }
  if (split_size < 0) throw new RuntimeError(`split expects split_size be non-negative, but got split_size=${split_size}`);
  if (split_size === 0 && extent !== 0) {
    throw new RuntimeError(`split_size can only be 0 if dimension size is 0, but got dimension size of ${extent}`);
  }
  const count = split_size === 0 ? 1 : Math.max(Math.ceil(extent / split_size), 1);
  checkArrays(count);
  return pieces(tensor, axis, Array.from({ length: count }, (_, i) => Math.min(split_size, extent - i * split_size)), 'SplitBackward0');
}, inPython);

/**
 * At most `chunks` pieces of equal size along a dimension, the last perhaps smaller. Source: torch.chunk.
 * @example
 * torch.arange(5).chunk(2)[1]; // → tensor([3, 4])
 */
export const chunk = keyed('chunk', 'input, chunks: int, dim=0', (input: Tensor, chunks: number, dim: number = 0): Tensor[] => {
  checkSplit('chunk', input);
  if (chunks <= 0) throw new RuntimeError(`chunk expects \`chunks\` to be greater than 0, got: ${chunks}`);
  const axis = wrapDimension(dim, input.geometry.shape.length);
  const extent = input.geometry.shape[axis];
  const size = Math.ceil(extent / chunks);
  if (size === 0) checkArrays(chunks);
  if (size === 0) return pieces(input, axis, new Array<number>(chunks).fill(0), 'SplitWithSizesBackward0');
  return split(input, size, axis);
});

function splitInto(input: Tensor, indices_or_sections: number | readonly number[], dim: number = 0): Tensor[] {
  const { shape } = input.geometry;
  if (shape.length === 0) throw new RuntimeError('tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims');
  const axis = wrapDimension(dim, shape.length);
  const extent = shape[axis];
  if (typeof indices_or_sections === 'number') {
    if (indices_or_sections <= 0) throw new RuntimeError(`number of sections must be larger than 0, got ${indices_or_sections}`);
    checkArrays(indices_or_sections);
    const small = Math.floor(extent / indices_or_sections);
    const larger = extent % indices_or_sections;
    return pieces(input, axis, Array.from({ length: indices_or_sections }, (_, i) => small + (i < larger ? 1 : 0)), 'SliceBackward0');
  }
  const clip = (place: number): number => Math.min(Math.max(place < 0 ? place + extent : place, 0), extent);
  const ends = [...indices_or_sections.map(clip), extent];
  return ends.map((end, i) => {
    const start = i === 0 ? 0 : ends[i - 1];
    return move.sliceAxis(input, axis, start, Math.max(end - start, 0));
  });
}

/** Sections or places by position; by name each has its own. */
export interface SplitFunction<O = unknown> {
  (input: Tensor, indices_or_sections: number | readonly number[], options?: O): Tensor[];
  (input: Tensor, options: ({ readonly sections: number } | { readonly indices: readonly number[] }) & O): Tensor[];
}

export interface AlongDim {
  readonly dim?: number;
}

/**
 * Exactly that many pieces of nearly equal size, or pieces that end at the given places. Source: torch.tensor_split.
 * @example
 * torch.tensor_split(torch.arange(5), 2); // → [tensor([0, 1, 2]), tensor([3, 4])]
 */
export const tensor_split = overloaded<SplitFunction<AlongDim> & (
  (input: Tensor, indices_or_sections: number | readonly number[], dim: number) => Tensor[]
) & (
  (input: Tensor, tensor_indices_or_sections: Tensor, dim?: number | AlongDim) => Tensor[]
) & (
  (input: Tensor, options: AlongDim & { readonly tensor_indices_or_sections: Tensor }) => Tensor[]
)>('tensor_split', ['input, tensor_indices_or_sections: Tensor, dim=0', (input: Tensor, places: Tensor, dim?: number): Tensor[] => {
  const { dtypeCore: type, geometry: { shape } } = places;
  if (shape.length > 1) {
    throw new RuntimeError('tensor_split expected tensor_indices_or_sections to be a zero-dimensional or one-dimensional tensor, but got a '
      + `tensor with ${shape.length} dims`);
  }
  if (type !== int64) {
    throw new RuntimeError(`tensor_split expected tensor_indices_or_sections to have dtype of long, but got ${scalarTypeName(type)}`);
  }
  const values = elements(places).map(Number);
  return splitInto(input, shape.length === 0 ? values[0] : values, dim);
}], ['input, sections: int, dim=0', splitInto], ['input, indices: tuple of ints, dim=0', splitInto]);

function evenSplit(name: string, input: Tensor, sections: number | readonly number[], axis: number): Tensor[] {
  const extent = input.geometry.shape[axis];
  if (typeof sections === 'number' && (sections <= 0 || extent % sections !== 0)) {
    throw new RuntimeError(
      `torch.${name} attempted to split along dimension ${axis}, but the size of the dimension ${extent} is not divisible by the `
      + `split_size ${sections}!`);
  }
  return splitInto(input, sections, axis);
}

function checkRank(name: string, input: Tensor, least: number): void {
  const ndim = input.geometry.shape.length;
  if (ndim < least) {
    throw new RuntimeError(
      `torch.${name} requires a tensor with at least ${least} dimension, but got a tensor with ${ndim} dimensions!`);
  }
}

function splitAlong(name: string, least: number, axisOf: (ndim: number) => number): SplitFunction {
  const compute = (input: Tensor, sections: number | readonly number[]): Tensor[] => {
    checkRank(name, input, least);
    return evenSplit(name, input, sections, axisOf(input.geometry.shape.length));
  };
  return overloaded<SplitFunction>(name, ['input, sections: int', compute], ['input, indices: tuple of ints', compute]);
}

/**
 * Pieces along the columns (the only dimension of a vector): so many equal ones, or up to the given places. Source:
 * torch.hsplit.
 * @example
 * torch.hsplit(torch.tensor([[1, 2], [3, 4]]), 2)[1]; // → tensor([[2],
 *                                                     //           [4]])
 */
export const hsplit = splitAlong('hsplit', 1, (ndim) => (ndim === 1 ? 0 : 1));
/**
 * Pieces along the rows: so many equal ones, or up to the given places. Source: torch.vsplit.
 * @example
 * torch.vsplit(torch.tensor([[1, 2], [3, 4]]), 2)[1]; // → tensor([[3, 4]])
 */
export const vsplit = splitAlong('vsplit', 2, () => 0);
/**
 * Pieces along the third dimension: so many equal ones, or up to the given places. Source: torch.dsplit.
 * @example
 * torch.dsplit(torch.ones(2, 2, 4), [1])[1].shape; // → torch.Size([2, 2, 3])
 */
export const dsplit = splitAlong('dsplit', 3, () => 2);
