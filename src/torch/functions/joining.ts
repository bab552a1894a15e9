import type { DType } from '../../core/dtype.ts';
import { RuntimeError, ValueError, pythonTypeName } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { blockDiagonal } from '../../ops/matrices.ts';
import * as move from '../../ops/movement.ts';
import * as arrange from '../../ops/copies.ts';
import { promoteTypes } from '../dtypes/dtypes.ts';
import { broadcastShape, intoOut } from '../arguments/operands.ts';
import { checkOptions, isOptions } from '../arguments/options.ts';
import type { OutOptions } from './pointwiseFactories.ts';
import { reshape } from './shape.ts';
import { expanded, listText } from '../arguments/sizes.ts';
import { Size } from '../tensor/size.ts';
import { Tensor, wrapDimension } from '../tensor/tensor.ts';

/** Functions of several tensors that put them together. */

export interface JoinOptions extends OutOptions {
  readonly dim?: number;
}

function checkList(name: string, tensors: readonly Tensor[]): void {
  if (!Array.isArray(tensors)) {
    throw new TypeError(
      `${name}(): argument 'tensors' (position 1) must be tuple of Tensors, not ${pythonTypeName(tensors)}`);
  }
  tensors.forEach((tensor, i) => {
    if (tensor instanceof Tensor) return;
    throw new TypeError(`expected Tensor as element ${i} in argument 0, but got ${pythonTypeName(tensor)}`);
  });
}

/** `(tensors, dim, { out })` and `(tensors, { dim, out })`. */
function joinArguments(
  name: string, dim: number | JoinOptions | undefined, options: OutOptions | undefined,
): { dim: number; out: Tensor | undefined } {
  const given: JoinOptions = options ?? (isOptions(dim) ? dim : {});
  checkOptions(name, given, ['dim', 'out']);
  return { dim: typeof dim === 'number' ? dim : given.dim ?? 0, out: given.out };
}

function commonDType(tensors: readonly Tensor[]): DType {
  return tensors.map((tensor) => tensor.dtypeCore).reduce(promoteTypes);
}

/** PyTorch leaves vectors without elements out, whatever the others' shape. */
const isLegacyEmpty = (tensor: Tensor): boolean => tensor.geometry.shape.length === 1 && tensor.geometry.size === 0;

function concatenated(tensors: readonly Tensor[], dim: number): Tensor {
  const type = commonDType(tensors);
  tensors.forEach((tensor, i) => {
    if (tensor.geometry.shape.length === 0) throw new RuntimeError(`zero-dimensional tensor (at position ${i}) cannot be concatenated`);
  });
  const first = tensors.find((tensor) => !isLegacyEmpty(tensor)) ?? tensors[0];
  const { shape } = first.geometry;
  const axis = wrapDimension(dim, shape.length);
  const parts = shape.length === 1 ? tensors : tensors.filter((tensor) => !isLegacyEmpty(tensor));
  parts.forEach((tensor) => {
    const other = tensor.geometry.shape;
    if (other.length !== shape.length) {
      throw new RuntimeError(`Tensors must have same number of dimensions: got ${shape.length} and ${other.length}`);
    }
    const wrong = other.findIndex((extent, i) => i !== axis && extent !== shape[i]);
    if (wrong >= 0) {
      throw new RuntimeError(
        `Sizes of tensors must match except in dimension ${axis}. Expected size ${shape[wrong]} but got size ${other[wrong]} for `
        + `tensor number ${tensors.indexOf(tensor)} in the list.`);
    }
  });
  return move.concatenate(parts.map((tensor) => cast(tensor, type)), axis);
}

/**
 * Tensors one after the other along an existing dimension, in their common dtype. Source: torch.cat.
 * @example
 * torch.cat([torch.ones(2), torch.zeros(1)]); // → tensor([1., 1., 0.])
 */
export function cat(tensors: readonly Tensor[], dim?: number | JoinOptions, options?: OutOptions): Tensor {
  checkList('cat', tensors);
  const asked = joinArguments('cat', dim, options);
  if (tensors.length === 0) throw new ValueError('torch.cat(): expected a non-empty list of Tensors');
  const result = concatenated(tensors, asked.dim);
  return asked.out ? intoOut('cat', result, asked.out, tensors) : result;
}
/** As cat. Source: torch.concat. */
export const concat = cat;
/** As cat. Source: torch.concatenate. */
export const concatenate = cat;

/**
 * Tensors of one shape along a new dimension. Source: torch.stack.
 * @example
 * torch.stack([torch.tensor([1, 2]), torch.tensor([3, 4])]).shape; // → torch.Size([2, 2])
 */
export function stack(tensors: readonly Tensor[], dim?: number | JoinOptions, options?: OutOptions): Tensor {
  checkList('stack', tensors);
  const asked = joinArguments('stack', dim, options);
  if (tensors.length === 0) throw new RuntimeError('stack expects a non-empty TensorList');
  const { shape } = tensors[0].geometry;
  const axis = wrapDimension(asked.dim, shape.length + 1);
  tensors.forEach((tensor, i) => {
    if (!sameShape(tensor.geometry.shape, shape)) {
      throw new RuntimeError(
        `stack expects each tensor to be equal size, but got ${listText(shape)} at entry 0 and `
        + `${listText(tensor.geometry.shape)} at entry ${i}`);
    }
  });
  const type = commonDType(tensors);
  const result = arrange.stack(tensors.map((tensor) => cast(tensor, type)), axis);
  return asked.out ? intoOut('stack', result, asked.out, tensors) : result;
}

/** A tensor with at least one dimension. Source: torch.atleast_1d. */
export function atleast_1d(tensor: Tensor): Tensor {
  return tensor.geometry.shape.length === 0 ? reshape(tensor, 1) : tensor;
}
/** A tensor with at least two dimensions, new ones leading. Source: torch.atleast_2d. */
export function atleast_2d(tensor: Tensor): Tensor {
  switch (tensor.geometry.shape.length) {
    case 0: return reshape(tensor, 1, 1);
    case 1: return move.unsqueeze(tensor, 0);
    default: return tensor;
  }
}
/** A tensor with at least three dimensions, a vector being in the middle one. Source: torch.atleast_3d. */
export function atleast_3d(tensor: Tensor): Tensor {
  switch (tensor.geometry.shape.length) {
    case 0: return reshape(tensor, 1, 1, 1);
    case 1: return move.unsqueeze(move.unsqueeze(tensor, 0), 2);
    case 2: return move.unsqueeze(tensor, 2);
    default: return tensor;
  }
}

function joined(
  name: string, tensors: readonly Tensor[], options: OutOptions, raise: (tensor: Tensor) => Tensor, dim: (first: Tensor) => number,
): Tensor {
  checkList(name, tensors);
  checkOptions(name, options, ['out']);
  if (tensors.length === 0) throw new RuntimeError(`${name} expects a non-empty TensorList`);
  const raised = tensors.map(raise);
  return cat(raised, dim(raised[0]), options);
}

/** Tensors side by side: along the columns, vectors one after the other. Source: torch.hstack. */
export function hstack(tensors: readonly Tensor[], options: OutOptions = {}): Tensor {
  return joined('hstack', tensors, options, atleast_1d, (first) => (first.geometry.shape.length === 1 ? 0 : 1));
}
/**
 * Tensors below one another, vectors being rows. Source: torch.vstack.
 * @example
 * torch.vstack([torch.tensor([1, 2]), torch.tensor([3, 4])]); // → tensor([[1, 2],
 *                                                            //           [3, 4]])
 */
export function vstack(tensors: readonly Tensor[], options: OutOptions = {}): Tensor {
  return joined('vstack', tensors, options, atleast_2d, () => 0);
}
/** As vstack. Source: torch.row_stack. */
export const row_stack = vstack;
/** Tensors along the third dimension. Source: torch.dstack. */
export function dstack(tensors: readonly Tensor[], options: OutOptions = {}): Tensor {
  return joined('dstack', tensors, options, atleast_3d, () => 2);
}
/** Vectors as the columns of a matrix, matrices side by side. Source: torch.column_stack. */
export function column_stack(tensors: readonly Tensor[], options: OutOptions = {}): Tensor {
  const columns = (tensor: Tensor): Tensor => (tensor.geometry.shape.length <= 1 ? reshape(tensor, tensor.geometry.size, 1) : tensor);
  return joined('column_stack', tensors, options, columns, () => 1);
}

/** All tensors under the shape that they broadcast to, as views. Source: torch.broadcast_tensors. */
export function broadcast_tensors(...tensors: readonly (Tensor | readonly Tensor[])[]): Tensor[] {
  const all = tensors.flat() as Tensor[];
  checkList('broadcast_tensors', all);
  const shape = broadcastShape(all.map((tensor) => tensor.geometry.shape));
  return all.map((tensor) => (sameShape(tensor.geometry.shape, shape) ? tensor : expanded(tensor, shape)));
}

/** The shape that shapes broadcast to. Source: torch.broadcast_shapes. */
export function broadcast_shapes(...shapes: readonly (number | readonly number[])[]): Size {
  const lists = shapes.map((shape) => (typeof shape === 'number' ? [shape] : shape));
  const ndim = Math.max(0, ...lists.map((shape) => shape.length));
  const common = new Array<number>(ndim).fill(1);
  lists.forEach((shape, argument) => {
    for (let i = shape.length - 1; i >= 0; i--) {
      const axis = ndim - shape.length + i;
      const extent = shape[i];
      if (extent < 0) throw new RuntimeError(`Trying to create tensor with negative dimension (${extent}): (${extent})`);
      if (extent === 1 || extent === common[axis]) continue;
      if (common[axis] !== 1) {
        throw new RuntimeError(
          `Attempting to broadcast a dimension of length ${extent} at ${axis - ndim}! Mismatching argument at index ${argument} had `
          + `${listText(shape)}; but expected shape should be broadcastable to ${listText(common)}`);
      }
      common[axis] = extent;
    }
  });
  return Size.ofShape(common);
}

export interface MeshgridOptions {
  readonly indexing?: 'ij' | 'xy';
}

/**
 * Coordinates of a grid, one tensor for each vector: with 'ij' (the default) the first vector runs along the first dimension,
 * with 'xy' along the second. Source: torch.meshgrid.
 */
export function meshgrid(...tensors: readonly (Tensor | readonly Tensor[] | MeshgridOptions)[]): Tensor[] {
  const last = tensors.at(-1);
  const options: MeshgridOptions = isOptions(last) ? last : {};
  checkOptions('meshgrid', options, ['indexing']);
  const vectors = (isOptions(last) ? tensors.slice(0, -1) : tensors).flat() as Tensor[];
  const { indexing = 'ij' } = options;
  if (vectors.length === 0) throw new RuntimeError('meshgrid expects a non-empty TensorList');
  checkList('meshgrid', vectors);
  for (const vector of vectors) {
    const { shape } = vector.geometry;
    if (shape.length > 1) throw new RuntimeError(`torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: ${vector}`);
    if (vector.dtypeCore !== vectors[0].dtypeCore) throw new RuntimeError('meshgrid expects all tensors to have the same dtype');
  }
  if (indexing !== 'ij' && indexing !== 'xy') {
    throw new RuntimeError(`torch.meshgrid: indexing must be one of "xy" or "ij", but received: ${String(indexing)}`);
  }
  const swaps = indexing === 'xy' && vectors.length >= 2;
  const ordered = swaps ? [vectors[1], vectors[0], ...vectors.slice(2)] : vectors;
  const shape = ordered.map((vector) => vector.geometry.size);
  const grids = ordered.map((vector, axis) =>
    expanded(reshape(vector, shape.map((extent, i) => (i === axis ? extent : 1))), shape));
  return swaps ? [grids[1], grids[0], ...grids.slice(2)] : grids;
}

/** All pairs (triples, ...) of elements of vectors, one a row. Source: torch.cartesian_prod. */
export function cartesian_prod(...tensors: readonly Tensor[]): Tensor {
  if (tensors.length === 1) return tensors[0];
  return stack(meshgrid(...tensors).map((grid) => reshape(grid, -1)), 1);
}

/** Matrices along the diagonal of a larger one that is 0 elsewhere. Source: torch.block_diag. */
export function block_diag(...tensors: readonly Tensor[]): Tensor {
  checkList('block_diag', tensors);
  const type = commonDType(tensors);
  const blocks = tensors.map((tensor, i) => {
    const ndim = tensor.geometry.shape.length;
    if (ndim > 2) {
      throw new RuntimeError(
        `torch.block_diag: Input tensors must have 2 or fewer dimensions. Input ${i} has ${ndim} dimensions`);
    }
    return atleast_2d(cast(tensor, type));
  });
  return blockDiagonal(blocks);
}
