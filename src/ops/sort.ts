import { isRecorded } from '../autograd/tape.ts';
import type { Kernel } from '../backend/kernels.ts';
import { backendOf } from '../backend/select.ts';
import { int64, isHalf } from '../core/dtype.ts';
import type { DType, TypedArray } from '../core/dtype.ts';
import { ValueError } from '../core/errors.ts';
import { readElement } from '../core/scalar.ts';
import type { Scalar } from '../core/complex.ts';
import type { StridedArray } from '../core/strided.ts';
import { scatterAlong } from './indexing.ts';
import { zerosLike } from './creation.ts';
import { integersLike } from './integers.ts';
import type { AxisParams } from './registry/op.ts';
import { likeFirst, register, structural } from './registry/op.ts';
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
function before(a: Scalar, b: Scalar): boolean {
  if (typeof a === 'object' && typeof b === 'object') {
    if (a.re !== b.re && !(Number.isNaN(a.re) && Number.isNaN(b.re))) return before(a.re, b.re);
    return before(a.im, b.im);
  }
  const [x, y] = [a as number, b as number];
  return x < y || (y !== y && x === x);
}

/** Elements that can be compared: the components themselves where they are. */
function hostElements(data: TypedArray, dtype: DType): ArrayLike<Scalar> {
  if (dtype.components === 1 && !isHalf(dtype)) return data as ArrayLike<Scalar>;
  return Array.from({ length: data.length / dtype.components }, (_, i) => readElement(data, i * dtype.components, dtype));
}

register({ name: 'searchSorted', differentiable: 0 });

/**
 * Where each value would go in a sorted vector, or in the sorted line of its own row: before equal elements, or after them with
 * `right`. Read on the host. The dtypes are equal.
 */
export function searchSorted<A extends StridedArray>(sorted: A, values: A, right: boolean, sorter: readonly number[] | null = null): A {
  const backend = backendOf(sorted.storage.device);
  const { dtypeCore: dtype, geometry: { shape } } = sorted;
  const hay = hostElements(backend.toHost(sorted), dtype);
  const needles = hostElements(backend.toHost(values), dtype);
  const count = shape.length === 0 ? 1 : shape[shape.length - 1];
  const width = values.geometry.shape[values.geometry.shape.length - 1];
  const places = new Float64Array(values.geometry.size);
  for (let i = 0; i < places.length; i++) {
    const needle = needles[i];
    const start = shape.length > 1 ? Math.floor(i / width) * count : 0;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = hay[start + (sorter === null ? middle : sorter[middle])];
      if (found === undefined) throw new ValueError('Sorter index out of range.');
      if (right ? !before(needle, found) : before(found, needle)) low = middle + 1;
      else high = middle;
    }
    places[i] = low;
  }
  return integersLike(values, places, values.geometry.shape);
}
