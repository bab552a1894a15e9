import type { DType } from '../../core/dtype.ts';
import { isInexact } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { wrapDimension } from '../tensor/tensor.ts';

/** Dimensions that are taken together. `dim` is a dimension, a list of them, or nothing for all. */

export type Dim = number | readonly number[] | null;

export function dimensions(dim: Dim | undefined, ndim: number): number[] {
  const all: number[] = [];
  for (let axis = 0; axis < ndim; axis++) all.push(axis);
  if (dim === undefined || dim === null) return all;
  const list = typeof dim === 'number' ? [dim] : dim;
  if (list.length === 0 || ndim === 0) {
    list.forEach((each) => wrapDimension(each, ndim));
    return all;
  }
  const axes = list.map((each) => wrapDimension(each, ndim)).sort((a, b) => a - b);
  const repeated = axes.find((axis, i) => axis === axes[i + 1]);
  if (repeated !== undefined) throw new RuntimeError(`dim ${repeated} appears multiple times in the list of dims`);
  return axes;
}

export function refuseIntegers(name: string, type: DType): void {
  if (!isInexact(type)) {
    throw new NotImplementedError(
      `${name}(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. `
      + `Got: ${scalarTypeName(type)}`);
  }
}
