import { permute, reshapeTo } from '../../../ops/movement.ts';
import { vectorNorm } from '../../../ops/norms.ts';
import { div, mul } from '../../../ops/pointwise/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Lengths of weights along all dimensions but one. */

/** The length of each entry of a dimension, which stays with all others 1 wide; of the whole where it is −1. */
export function exceptDim(weight: Tensor, dim: number): Tensor {
  const axes = weight.geometry.shape.map((_, axis) => axis);
  if (dim === -1) return reshapeTo(vectorNorm(weight, 2, axes), []);
  return vectorNorm(weight, 2, axes.filter((axis) => axis !== dim), true);
}

/** A direction with lengths given. */
export function scaled(direction: Tensor, norm: Tensor, dim: number): Tensor {
  return mul(direction, div(norm, exceptDim(direction, dim)));
}

/** A weight as a matrix whose rows are the entries of a dimension. */
export function asMatrix(weight: Tensor, dim: number): Tensor {
  const axes = weight.geometry.shape.map((_, axis) => axis);
  const first = dim === 0 ? weight : permute(weight, [dim, ...axes.filter((axis) => axis !== dim)]);
  const [rows] = first.geometry.shape;
  return reshapeTo(first, [rows, rows === 0 ? 0 : first.geometry.size / rows]);
}
