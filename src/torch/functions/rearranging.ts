import { IndexError, RuntimeError } from '../../core/errors.ts';
import { distinct, ofDiagonal } from '../arguments/dims.ts';
import { cast } from '../../ops/cast.ts';
import * as arrange from '../../ops/copies.ts';
import { integersLike } from '../../ops/integers.ts';
import { diagonal as diagonalCopy } from '../../ops/matrices.ts';
import { reshapeTo } from '../../ops/movement.ts';
import { writeInPlace } from '../arguments/operands.ts';
import { repeat, repeat_interleave as repeated } from '../tensor/tensorOnly.ts';
import { keyed, keyedOut, overloaded } from '../arguments/keyed.ts';
import { sized } from '../arguments/sizes.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { wrapDimension } from '../tensor/tensor.ts';

/** Copies of the elements in other places. Each function is also a method. */

const asList = (value: number | readonly number[]): readonly number[] => (typeof value === 'number' ? [value] : value);

/**
 * Elements in reverse order along dimensions, as a copy. Source: torch.flip.
 * @example
 * torch.arange(3).flip(0); // → tensor([2, 1, 0])
 */
export const flip = sized('flip', 'dims', (input: Tensor, sizes: readonly number[]): Tensor => {
  const { shape } = input.geometry;
  const axes = distinct(sizes, shape.length);
  return arrange.flip(input, shape.length === 0 ? [] : axes);
});
/**
 * The second dimension in reverse order, as a copy. Source: torch.fliplr.
 * @example
 * torch.fliplr(torch.tensor([[1, 2], [3, 4]])); // → tensor([[2, 1],
 *                                               //           [4, 3]])
 */
export const fliplr = keyed('fliplr', 'input', (input: Tensor): Tensor => {
  if (input.geometry.shape.length < 2) throw new RuntimeError('Input must be >= 2-d.');
  return arrange.flip(input, [1]);
});
/**
 * The first dimension in reverse order, as a copy. Source: torch.flipud.
 * @example
 * torch.flipud(torch.tensor([[1, 2], [3, 4]])); // → tensor([[3, 4],
 *                                               //           [1, 2]])
 */
export const flipud = keyed('flipud', 'input', (input: Tensor): Tensor => {
  if (input.geometry.shape.length < 1) throw new RuntimeError('Input must be >= 1-d.');
  return arrange.flip(input, [0]);
});

/**
 * Elements moved on by `shifts` places along dimensions (or through all elements in order), coming back at the start.
 * Source: torch.roll.
 * @example
 * torch.roll(torch.tensor([1, 2, 3, 4]), 1); // → tensor([4, 1, 2, 3])
 */
export const roll = keyed('roll', 'input, shifts: tuple of ints | int, dims: tuple of ints | int = ()', (
  input: Tensor, shifts: number | readonly number[], dims: number | readonly number[] = [],
): Tensor => {
  const [moves, places] = [asList(shifts), asList(dims)];
  const ndim = input.geometry.shape.length;
  if (moves.length === 0) throw new RuntimeError('`shifts` required');
  if (places.length !== moves.length && (places.length > 0 || moves.length > 1)) {
    throw new RuntimeError(`shifts and dimensions must align. shifts: ${moves.length}, dims:${places.length}`);
  }
  if (ndim === 0 && places.length > 0) throw new IndexError(`Dimension specified as ${places[0]} but tensor has no dimensions`);
  return arrange.roll(input, moves, places.map((dim) => wrapDimension(dim, ndim)));
});

/**
 * Turned by `k` quarters in the plane of two dimensions, from the first towards the second. Source: torch.rot90.
 * @example
 * torch.rot90(torch.tensor([[1, 2], [3, 4]])); // → tensor([[2, 4],
 *                                              //           [1, 3]])
 */
export const rot90 = keyed('rot90', 'input, k=1, dims: tuple of ints | int = (0,1)', (
  input: Tensor, k: number = 1, given: readonly number[] = [0, 1],
): Tensor => {
  const dims = [given].flat();
  const ndim = input.geometry.shape.length;
  if (dims.length !== 2) throw new RuntimeError(`expected total rotation dims == 2, but got dims = ${dims.length}`);
  if (ndim < 2) throw new RuntimeError(`expected total dims >= 2, but got total dims = ${ndim}`);
  if (dims[0] === dims[1] || Math.abs(dims[0] - dims[1]) === ndim) {
    throw new RuntimeError(`expected rotation dims to be different, but got dim0 = ${dims[0]} and dim1 = ${dims[1]}`);
  }
  const [a, b] = dims.map((dim) => {
    if (dim < -ndim || dim >= ndim) {
      throw new RuntimeError(
        `Rotation dim${dim === dims[0] ? 0 : 1} out of range, dim${dim === dims[0] ? 0 : 1} = ${dim}`);
    }
    return dim < 0 ? dim + ndim : dim;
  });
  return arrange.rot90(input, k, a, b);
});

/**
 * Repeated that many times along each dimension, missing leading ones being 1. Source: torch.tile.
 * @example
 * torch.tensor([1, 2]).tile(2); // → tensor([1, 2, 1, 2])
 */
export const tile = sized('tile', 'dims', (input: Tensor, sizes: readonly number[]): Tensor => {
  const counts = sizes;
  const lead = input.geometry.shape.length - counts.length;
  return repeat(input, lead > 0 ? [...new Array<number>(lead).fill(1), ...counts] : counts);
});

type RepeatInterleave = typeof repeated & ((repeats: Tensor, options?: { readonly output_size?: number | null }) => Tensor);

/**
 * Each element `repeats` times in a row, along a dimension or of all elements in order; with a tensor each its own
 * number of times. With such a tensor alone, its places. Source: torch.repeat_interleave.
 * @example
 * torch.repeat_interleave(torch.tensor([1, 2]), 2); // → tensor([1, 1, 2, 2])
 * torch.repeat_interleave(torch.tensor([1, 2])); // → tensor([0, 1, 1])
 */
export const repeat_interleave = overloaded<RepeatInterleave>('repeat_interleave',
  ['repeats: Tensor, *, output_size: int | None = None', (repeats: Tensor, output_size?: number): Tensor => {
    const places = integersLike(repeats, Array.from({ length: repeats.geometry.size }, (_, i) => i));
    return cast(repeated(places, repeats, 0, { output_size }), repeats.dtypeCore);
  }],
  ['input, repeats: int | Tensor, dim: int | None = None, *, output_size: int | None = None',
    (input: Tensor, repeats: number | Tensor, dim?: number, output_size?: number): Tensor =>
      repeated(input, repeats, dim, { output_size })]);

/**
 * The last dimension on the diagonal of two new ones, 0 elsewhere. Source: torch.diag_embed.
 * @example
 * torch.diag_embed(torch.tensor([1, 2])); // → tensor([[1, 0],
 *                                         //           [0, 2]])
 */
export const diag_embed = keyed('diag_embed', 'input, offset=0, dim1=-2, dim2=-1', (
  input: Tensor, offset: number = 0, dim1: number = -2, dim2: number = -1,
): Tensor => {
  const [a, b] = ofDiagonal(input.geometry.shape.length + 1, dim1, dim2);
  return arrange.diagonalMatrix(input, offset, a, b);
});

/**
 * A vector on the diagonal of a matrix, or the diagonal of a matrix as a copy. Source: torch.diag.
 * @example
 * torch.diag(torch.tensor([1, 2])); // → tensor([[1, 0],
 *                                   //           [0, 2]])
 */
export const diag = keyedOut('diag', 'input, diagonal=0, *, out=None', (input: Tensor, diagonal: number = 0): Tensor => {
  const ndim = input.geometry.shape.length;
  if (ndim === 1) return arrange.diagonalMatrix(input, diagonal, 0, 1);
  if (ndim !== 2) throw new RuntimeError(`diag(): Supports 1D or 2D tensors. Got ${ndim}D`);
  return diagonalCopy(input, diagonal, 0, 1);
});

/**
 * All elements on the diagonal of a matrix. Source: torch.diagflat.
 * @example
 * torch.diagflat(torch.tensor([1, 2]), 1); // → tensor([[0, 1, 0],
 *                                          //           [0, 0, 2],
 *                                          //           [0, 0, 0]])
 */
export const diagflat = keyed('diagflat', 'input, offset=0', (input: Tensor, offset: number = 0): Tensor => {
  return arrange.diagonalMatrix(reshapeTo(input, [input.geometry.size]), offset, 0, 1);
});

function triangular(name: 'tril' | 'triu') {
  const part = name === 'tril' ? 'lower' : 'upper';
  const compute = (input: Tensor, diagonal: number = 0): Tensor => {
    if (input.geometry.shape.length < 2) throw new RuntimeError(`${name}: input tensor must have at least 2 dimensions`);
    return arrange.triangle(input, part, diagonal);
  };
  return Object.assign(keyedOut(name, 'input, diagonal=0, *, out=None', compute), {
    inPlace: keyed(`${name}_`, 'input, diagonal=0',
      (input: Tensor, diagonal?: number): Tensor => writeInPlace(input, compute(input, diagonal))),
  });
}

/**
 * The lower triangle of matrices, 0 above the diagonal (or the one `diagonal` places above it). Source: torch.tril.
 * @example
 * torch.ones(2, 2).tril(); // → tensor([[1., 0.],
 *                          //           [1., 1.]])
 */
export const tril = triangular('tril');
/**
 * The upper triangle of matrices, 0 below the diagonal (or the one `diagonal` places above it). Source: torch.triu.
 * @example
 * torch.triu(torch.tensor([[1, 2], [3, 4]])); // → tensor([[1, 2],
 *                                             //           [0, 4]])
 */
export const triu = triangular('triu');
