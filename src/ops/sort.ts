import { isRecorded } from '../autograd/tape.ts';
import type { Kernel } from '../backend/kernels.ts';
import type { Scalar } from '../core/complex.ts';
import { int64 } from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { scatterAlong } from './indexing.ts';
import { zerosLike } from './creation.ts';
import type { AxisParams } from './registry/op.ts';
import { likeFirst, structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Sorting, along an axis that has been normalised: stable, NaN last. */

export interface SortParams extends AxisParams {
  readonly descending: boolean;
}

declare module '../backend/kernels.ts' {
  interface Kernels {
    /** The elements in order and, as int64, where each was. */
    sort: Kernel<SortParams>;
    sortedValues: Kernel<SortParams>;
    argsort: Kernel<SortParams>;
  }
}

type Sorted = readonly [StridedArray];

const sortOp = structural({
  name: 'sort', args: ['x'], names: ['values', 'indices'],
  results: ([x]: Sorted, _: SortParams) => [{ shape: x.geometry.shape, dtype: x.dtypeCore }, { shape: x.geometry.shape, dtype: int64 }],
  moves: true, saves: ['indices'],
  vjp: { x: (g, { indices }, { axis }) => scatterAlong(zerosLike(g), axis, indices, g, 'torch') },
});

const valuesOp = structural({
  name: 'sortedValues', args: ['x'], results: (operands: Sorted, _: SortParams) => likeFirst(operands),
  moves: true, vjp: null,
});

const argsortOp = structural({
  name: 'argsort', args: ['x'], results: ([x]: Sorted, _: SortParams) => [{ shape: x.geometry.shape, dtype: int64 }],
  moves: true, vjp: null,
});

/** The elements in order, and the position that each had. */
export function sortWithIndices<A extends StridedArray>(x: A, axis: number, descending = false): { values: A; indices: A } {
  const [values, indices] = run(sortOp, [x], { axis, descending });
  return { values, indices };
}

/** The elements in order. Their positions are found only where a gradient will need them. */
export function sort<A extends StridedArray>(x: A, axis: number, descending = false): A {
  return run(isRecorded([x]) ? sortOp : valuesOp, [x], { axis, descending })[0];
}

/** The positions that put the elements in order. */
export function argsort<A extends StridedArray>(x: A, axis: number, descending = false): A {
  return run(argsortOp, [x], { axis, descending })[0];
}

/** NumPy's order of two elements: NaN after all, complex numbers by their parts. */
export function before(a: Scalar, b: Scalar): boolean {
  if (typeof a === 'object' && typeof b === 'object') {
    if (a.re !== b.re && !(Number.isNaN(a.re) && Number.isNaN(b.re))) return before(a.re, b.re);
    return before(a.im, b.im);
  }
  const [x, y] = [a as number, b as number];
  return x < y || (y !== y && x === x);
}
