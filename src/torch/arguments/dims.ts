import { RuntimeError } from '../../core/errors.ts';
import { wrapDimension } from '../tensor/tensor.ts';

/** Dimensions that must differ, counted from the front. */
export function distinct(dims: readonly number[], ndim: number): number[] {
  const axes = dims.map((dim) => wrapDimension(dim, ndim));
  const repeated = axes.find((axis, i) => axes.indexOf(axis) !== i);
  if (repeated !== undefined) throw new RuntimeError(`dim ${repeated} appears multiple times in the list of dims`);
  return axes;
}

/** The two of a diagonal. */
export function ofDiagonal(ndim: number, dim1: number, dim2: number): [number, number] {
  const [a, b] = [wrapDimension(dim1, ndim), wrapDimension(dim2, ndim)];
  if (a === b) throw new RuntimeError(`diagonal dimensions cannot be identical ${dim1}, ${dim2}`);
  return [a, b];
}
