import { isRecorded, record } from '../autograd/tape.ts';
import { backendOf } from '../backend/select.ts';
import { int64, isHalf } from '../core/dtype.ts';
import { contiguousLayout } from '../core/layout.ts';
import type { DType, TypedArray } from '../core/dtype.ts';
import { readElement } from '../core/scalar.ts';
import type { Scalar } from '../core/complex.ts';
import type { StridedArray } from '../core/strided.ts';
import { scatterAlong } from './indexing.ts';
import { emptyLike } from './dispatch.ts';
import { permute } from './movement.ts';
import { zerosLike } from './creation.ts';
import { integersLike } from './integers.ts';

/** Sorting, along an axis that has been normalised: stable, NaN last. */

function axisLast<A extends StridedArray>(x: A, axis: number, body: (moved: A) => A): A {
  const last = x.geometry.shape.length - 1;
  if (axis === last) return body(x);
  const order = x.geometry.shape.map((_, i) => i).filter((i) => i !== axis);
  order.push(axis);
  const result = body(permute(x, order));
  return permute(result, order.map((_, i) => order.indexOf(i)));
}

/** The elements in order, and the position that each had. */
export function sortWithIndices<A extends StridedArray>(x: A, axis: number, descending = false): { values: A; indices: A } {
  const { shape } = x.geometry;
  const last = shape.length - 1;
  const order = shape.map((_, i) => i).filter((i) => i !== axis);
  order.push(axis);
  const moved = axis === last ? x : permute(x, order);
  const values = emptyLike(x, contiguousLayout(moved.geometry.shape));
  const indices = emptyLike(x, contiguousLayout(moved.geometry.shape), int64);
  backendOf(x.storage.device).sort(moved, values, indices, descending);
  const inverse = order.map((_, i) => order.indexOf(i));
  const back = (array: A): A => (axis === last ? array : permute(array, inverse));
  const positions = back(indices);
  const sorted = back(values);
  record(sorted, 'SortBackward0', [x], [
    (g: StridedArray, saved: { positions: A }) => scatterAlong(zerosLike(g), axis, saved.positions, g, 'torch'),
  ], { positions });
  return { values: sorted, indices: positions };
}

/** The elements in order. Their positions are found only where a gradient will need them. */
export function sort<A extends StridedArray>(x: A, axis: number, descending = false): A {
  if (isRecorded([x])) return sortWithIndices(x, axis, descending).values;
  return axisLast(x, axis, (moved) => {
    const out = emptyLike(moved, contiguousLayout(moved.geometry.shape));
    backendOf(x.storage.device).sort(moved, out, null, descending);
    return out;
  });
}

/** The positions that put the elements in order. */
export function argsort<A extends StridedArray>(x: A, axis: number, descending = false): A {
  return axisLast(x, axis, (moved) => {
    const out = emptyLike(moved, contiguousLayout(moved.geometry.shape), int64);
    backendOf(x.storage.device).sort(moved, null, out, descending);
    return out;
  });
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

/**
 * Where each value would go in a sorted vector: before equal elements, or after them with `right`. Read on the host.
 * The dtypes are equal.
 */
export function searchSorted<A extends StridedArray>(sorted: A, values: A, right: boolean, sorter: readonly number[] | null = null): A {
  const backend = backendOf(sorted.storage.device);
  const { dtypeCore: dtype } = sorted;
  const hay = hostElements(backend.toHost(sorted), dtype);
  const needles = hostElements(backend.toHost(values), dtype);
  const count = sorted.geometry.size;
  const places = new Float64Array(values.geometry.size);
  for (let i = 0; i < places.length; i++) {
    const needle = needles[i];
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = hay[sorter === null ? middle : sorter[middle]];
      if (right ? !before(needle, found) : before(found, needle)) low = middle + 1;
      else high = middle;
    }
    places[i] = low;
  }
  return integersLike(values, places, values.geometry.shape);
}
