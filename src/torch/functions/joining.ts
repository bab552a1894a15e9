import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import { RuntimeError, ValueError, listOf, pythonTypeName, shown } from '../../core/errors.ts';
import { checkInteger, sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { empty } from '../../ops/creation.ts';
import { blockDiagonal } from '../../ops/matrices.ts';
import * as move from '../../ops/movement.ts';
import * as arrange from '../../ops/copies.ts';
import { defaultDType, promoteTypes } from '../dtypes/dtypes.ts';
import { builtinSignature, inPython, keyedOut } from '../arguments/keyed.ts';
import { broadcastShape } from '../arguments/operands.ts';
import { reshape } from './shape.ts';
import { expanded, listText } from '../arguments/sizes.ts';
import { Size } from '../tensor/size.ts';
import { Tensor, wrapDimension } from '../tensor/tensor.ts';

/** Functions of several tensors that put them together. */

function checkList(tensors: readonly Tensor[]): void {
  [...tensors].forEach((tensor, i) => {
    if (tensor instanceof Tensor) return;
    throw new TypeError(`expected Tensor as element ${i} in argument 0, but got ${pythonTypeName(tensor)}`);
  });
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

const joining = 'tensors: tuple of Tensors, dim=0, *, out=None';

/**
 * Tensors one after the other along an existing dimension, in their common dtype. Source: torch.cat.
 * @example
 * torch.cat([torch.ones(2), torch.zeros(1)]); // → tensor([1., 1., 0.])
 */
export const cat = keyedOut('cat', joining, (tensors: readonly Tensor[], dim: number = 0): Tensor => {
  checkList(tensors);
  if (!(tensors.length > 0)) throw new ValueError('torch.cat(): expected a non-empty list of Tensors');
  return concatenated(tensors, dim);
});
/** As cat. Source: torch.concat. */
export const concat = cat;
/** As cat. Source: torch.concatenate. */
export const concatenate = cat;

/**
 * Tensors of one shape along a new dimension. Source: torch.stack.
 * @example
 * torch.stack([torch.tensor([1, 2]), torch.tensor([3, 4])]).shape; // → torch.Size([2, 2])
 */
export const stack = keyedOut('stack', joining, (tensors: readonly Tensor[], dim: number = 0): Tensor => {
  checkList(tensors);
  if (tensors.length === 0) throw new RuntimeError('stack expects a non-empty TensorList');
  const { shape } = tensors[0].geometry;
  const axis = wrapDimension(dim, shape.length + 1);
  tensors.forEach((tensor, i) => {
    if (!sameShape(tensor.geometry.shape, shape)) {
      throw new RuntimeError(
        `stack expects each tensor to be equal size, but got ${listText(shape)} at entry 0 and `
        + `${listText(tensor.geometry.shape)} at entry ${i}`);
    }
  });
  const type = commonDType(tensors);
  return arrange.stack(tensors.map((tensor) => cast(tensor, type)), axis);
});

/** Tensors that came one by one, or in one list. */
const unlisted = (gathered: readonly (Tensor | readonly Tensor[])[]): readonly Tensor[] =>
  (gathered.length === 1 && Array.isArray(gathered[0]) ? gathered[0] : gathered as readonly Tensor[]);

/** Of one tensor a tensor, of several or of a list a list. */
export interface AtLeast {
  (tensor: Tensor): Tensor;
  (tensors: readonly Tensor[]): Tensor[];
  (...tensors: readonly Tensor[]): Tensor[];
}

function atLeast(name: string, raise: (tensor: Tensor) => Tensor): AtLeast {
  const declared = builtinSignature(name, '*tensors', inPython);
  return ((...given: readonly unknown[]): Tensor | Tensor[] => {
    const [gathered] = declared.list(given) as [Tensor[]];
    const tensors = unlisted(gathered);
    checkList(tensors);
    return gathered.length === 1 && tensors === gathered ? raise(tensors[0]) : tensors.map((tensor) => raise(tensor));
  }) as AtLeast;
}

/**
 * A tensor with at least one dimension; of several tensors a list. Source: torch.atleast_1d.
 * @example
 * torch.atleast_1d(torch.tensor(5)); // → tensor([5])
 */
export const atleast_1d = atLeast('atleast_1d', (tensor) => (tensor.geometry.shape.length === 0 ? reshape(tensor, 1) : tensor));
/**
 * A tensor with at least two dimensions, new ones leading; of several tensors a list. Source: torch.atleast_2d.
 * @example
 * torch.atleast_2d(torch.tensor([1, 2])); // → tensor([[1, 2]])
 */
export const atleast_2d = atLeast('atleast_2d', (tensor) => {
  switch (tensor.geometry.shape.length) {
    case 0: return reshape(tensor, 1, 1);
    case 1: return move.unsqueeze(tensor, 0);
    default: return tensor;
  }
});
/**
 * A tensor with at least three dimensions, a vector being in the middle one; of several tensors a list. Source:
 * torch.atleast_3d.
 * @example
 * torch.atleast_3d(torch.tensor([1, 2])).shape; // → torch.Size([1, 2, 1])
 */
export const atleast_3d = atLeast('atleast_3d', (tensor) => {
  switch (tensor.geometry.shape.length) {
    case 0: return reshape(tensor, 1, 1, 1);
    case 1: return move.unsqueeze(move.unsqueeze(tensor, 0), 2);
    case 2: return move.unsqueeze(tensor, 2);
    default: return tensor;
  }
});

function joined(name: string, raise: (tensor: Tensor) => Tensor, dim: (first: Tensor) => number) {
  return keyedOut(name, 'tensors: tuple of Tensors, *, out=None', (tensors: readonly Tensor[]): Tensor => {
    checkList(tensors);
    if (tensors.length === 0) throw new RuntimeError(`${name} expects a non-empty TensorList`);
    const raised = tensors.map((tensor) => raise(tensor));
    return cat(raised, dim(raised[0]));
  });
}

/**
 * Tensors side by side: along the columns, vectors one after the other. Source: torch.hstack.
 * @example
 * torch.hstack([torch.tensor([1, 2]), torch.tensor([3])]); // → tensor([1, 2, 3])
 */
export const hstack = joined('hstack', atleast_1d, (first) => (first.geometry.shape.length === 1 ? 0 : 1));
/**
 * Tensors below one another, vectors being rows. Source: torch.vstack.
 * @example
 * torch.vstack([torch.tensor([1, 2]), torch.tensor([3, 4])]); // → tensor([[1, 2],
 *                                                             //           [3, 4]])
 */
export const vstack = joined('vstack', atleast_2d, () => 0);
/** As vstack. Source: torch.row_stack. */
export const row_stack = vstack;
/**
 * Tensors one behind the other along a third dimension. Source: torch.dstack.
 * @example
 * torch.dstack([torch.tensor([1, 2]), torch.tensor([3, 4])]); // → tensor([[[1, 3],
 *                                                             //            [2, 4]]])
 */
export const dstack = joined('dstack', atleast_3d, () => 2);
/**
 * Vectors as the columns of a matrix, matrices side by side. Source: torch.column_stack.
 * @example
 * torch.column_stack([torch.tensor([1, 2]), torch.tensor([3, 4])]); // → tensor([[1, 3],
 *                                                                   //           [2, 4]])
 */
export const column_stack = joined('column_stack',
  (tensor) => (tensor.geometry.shape.length <= 1 ? reshape(tensor, tensor.geometry.size, 1) : tensor), () => 1);

const ofTensors = <R>(name: string, f: (tensors: readonly Tensor[]) => R): (...tensors: readonly Tensor[]) => R => {
  const declared = builtinSignature(name, '*tensors', inPython);
  return (...given) => {
    const [tensors] = declared.list(given) as [Tensor[]];
    checkList(tensors);
    return f(tensors);
  };
};

/**
 * All tensors under the shape that they broadcast to, as views. Source: torch.broadcast_tensors.
 * @example
 * const [a, b] = torch.broadcast_tensors(torch.tensor([1, 2]), torch.tensor([[3], [4]]));
 * a; // → tensor([[1, 2],
 *    //           [1, 2]])
 */
export const broadcast_tensors = ofTensors('broadcast_tensors', (tensors): Tensor[] => {
  const shape = broadcastShape(tensors.map((tensor) => tensor.geometry.shape));
  return tensors.map((tensor) => (sameShape(tensor.geometry.shape, shape) ? tensor : expanded(tensor, shape)));
});

/**
 * The shape that shapes broadcast to. Source: torch.broadcast_shapes.
 * @example
 * torch.broadcast_shapes([2, 1], [3]); // → torch.Size([2, 3])
 */
export function broadcast_shapes(...shapes: readonly (number | readonly number[])[]): Size {
  const lists = shapes.map((shape) => {
    if (typeof shape === 'number') return [shape];
    if (Array.isArray(shape)) return listOf(shape);
    throw new RuntimeError(`Input shapes should be of type ints, a tuple of ints, or a list of ints, got ${shown(shape)}`);
  });
  lists.flat().forEach(checkInteger);
  const ndim = Math.max(0, ...lists.map((shape) => shape.length));
  const common = new Array<number>(ndim).fill(1);
  lists.forEach((shape, argument) => {
    for (let i = shape.length - 1; i >= 0; i--) {
      const axis = ndim - shape.length + i;
      const extent = shape[i];
      if (extent < 0) throw new ValueError('Attempting to broadcast a dimension with negative length!');
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

/** The vectors one by one or in a list, then how they run. */
export type MeshgridArguments =
  [...tensors: Tensor[]] | [tensors: readonly Tensor[]] | [...tensors: Tensor[], options: MeshgridOptions]
  | [tensors: readonly Tensor[], options: MeshgridOptions];

export interface MeshgridOptions {
  readonly indexing?: 'ij' | 'xy' | null;
}

const gridded = builtinSignature('meshgrid', '*tensors, indexing: str | None = None', inPython);

/**
 * Coordinates of a grid, one tensor for each vector: with 'ij' (the default) the first vector runs along the first
 * dimension, with 'xy' along the second. Source: torch.meshgrid.
 * @example
 * const [rows, columns] = torch.meshgrid(torch.tensor([1, 2]), torch.tensor([3, 4, 5]), { indexing: 'ij' });
 * rows; // → tensor([[1, 1, 1],
 *       //           [2, 2, 2]])
 * columns; // → tensor([[3, 4, 5],
 *          //           [3, 4, 5]])
 */
export function meshgrid(...given: MeshgridArguments): Tensor[] {
  const [gathered, asked] = gridded.list(given) as [Tensor[], string | undefined];
  const vectors = unlisted(gathered);
  const indexing = asked ?? 'ij';
  if (vectors.length === 0) throw new RuntimeError('meshgrid expects a non-empty TensorList');
  checkList(vectors);
  for (const vector of vectors) {
    const { shape } = vector.geometry;
    if (shape.length > 1) throw new RuntimeError(`torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: ${vector}`);
    if (vector.dtypeCore !== vectors[0].dtypeCore) throw new RuntimeError('meshgrid expects all tensors to have the same dtype');
  }
  if (indexing !== 'ij' && indexing !== 'xy') {
    throw new RuntimeError(`torch.meshgrid: indexing must be one of "xy" or "ij", but received: ${indexing}`);
  }
  const swaps = indexing === 'xy' && vectors.length >= 2;
  const ordered = swaps ? [vectors[1], vectors[0], ...vectors.slice(2)] : vectors;
  const shape = ordered.map((vector) => vector.geometry.size);
  const grids = ordered.map((vector, axis) =>
    expanded(reshape(vector, shape.map((extent, i) => (i === axis ? extent : 1))), shape));
  return swaps ? [grids[1], grids[0], ...grids.slice(2)] : grids;
}

/**
 * All pairs (triples, ...) of elements of vectors, one a row. Source: torch.cartesian_prod.
 * @example
 * torch.cartesian_prod(torch.tensor([1, 2]), torch.tensor([3, 4])); // → tensor([[1, 3],
 *                                                                   //           [1, 4],
 *                                                                   //           [2, 3],
 *                                                                   //           [2, 4]])
 */
export const cartesian_prod = ofTensors('cartesian_prod', (tensors): Tensor =>
  (tensors.length === 1 ? tensors[0] : stack(meshgrid(...tensors).map((grid) => reshape(grid, -1)), 1)));

/**
 * Matrices along the diagonal of a larger one that is 0 elsewhere. Source: torch.block_diag.
 * @example
 * torch.block_diag(torch.tensor([[1, 2]]), torch.tensor([[3]])); // → tensor([[1, 2, 0],
 *                                                                //           [0, 0, 3]])
 */
export const block_diag = ofTensors('block_diag', (tensors): Tensor => {
  const type = tensors.length === 0 ? defaultDType() : commonDType(tensors);
  const blocks = tensors.map((tensor, i) => {
    const ndim = tensor.geometry.shape.length;
    if (ndim > 2) {
      throw new RuntimeError(
        `torch.block_diag: Input tensors must have 2 or fewer dimensions. Input ${i} has ${ndim} dimensions`);
    }
    return atleast_2d(cast(tensor, type));
  });
  return blocks.length === 0 ? empty(Tensor, [1, 0], type, cpu) : blockDiagonal(blocks);
});
