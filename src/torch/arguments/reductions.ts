import type { DType } from '../../core/dtype.ts';
import { distinct } from './dims.ts';
import { isInexact } from '../../core/dtype.ts';
import { NotImplementedError } from '../../core/errors.ts';
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
  return distinct(list, ndim).sort((a, b) => a - b);
}

export function refuseIntegers(name: string, type: DType): void {
  if (!isInexact(type)) {
    throw new NotImplementedError(
      `${name}(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. `
      + `Got: ${scalarTypeName(type)}`);
  }
}
