import type { Scalar } from '../core/complex.ts';
import { bool, int64, isInexact, uint8 } from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { full } from './creation.ts';
import { elementAt, elements, hostValues } from './host.ts';
import { indexSelect, scatterAlong, take } from './indexing.ts';
import { integersLike, repeatedLike } from './integers.ts';
import { contiguous, permute, sliceAxis } from './movement.ts';
import { eq, isnan, logicalAnd, logicalNot, minimum, ne, where } from './pointwise/comparison.ts';
import { allAxes, any, minMax, otherAxes } from './reduce.ts';
import { register } from './registry/op.ts';
import { bincount, searchSorted } from './search.ts';
import { before, sort, sortWithIndices } from './sort.ts';

/** Distinct elements, and how many there are of each. What the results' shapes depend on is read on the host. */

for (const name of ['unique', 'uniqueConsecutive']) register({ name, differentiable: 0 });

/** Groups of slices that are alike. */
export interface Groups<A> {
  /** One slice of each group. */
  readonly values: A;
  /** The number of the first of each, in the array that was asked about. */
  readonly firsts: () => A;
  /** The group of each slice. */
  readonly inverse: () => A;
  readonly counts: () => A;
}

/** Which slices of an axis differ from the one before them. */
function changes<A extends StridedArray>(x: A, axis: number, equalNaN: boolean): Uint8Array {
  const count = x.geometry.shape[axis] - 1;
  const [after, before] = [sliceAxis(x, axis, 1, count), sliceAxis(x, axis, 0, count)];
  let differ = ne(after, before);
  if (equalNaN && isInexact(x.dtypeCore)) differ = logicalAnd(differ, logicalNot(logicalAnd(isnan(after), isnan(before))));
  const others = otherAxes(x, [axis]);
  return hostValues(others.length === 0 ? differ : any(differ, others)) as Uint8Array;
}

/** Groups of equal neighbours; `order` says which slice of the array asked about each one is. */
function grouped<A extends StridedArray>(x: A, axis: number, equalNaN: boolean, order: A | null): Groups<A> {
  const extent = x.geometry.shape[axis];
  const changed = extent > 1 ? changes(x, axis, equalNaN) : new Uint8Array(0);
  const starts = new Float64Array(Math.min(extent, 1) + changed.reduce((count, each) => count + each, 0));
  let next = 1;
  for (let i = 0; i < changed.length; i++) if (changed[i] !== 0) starts[next++] = i + 1;
  const firsts = integersLike(x, starts);
  const counts = starts.map((start, i) => (starts[i + 1] ?? extent) - start);
  return {
    values: extent === 0 ? x : indexSelect(x, axis, firsts),
    firsts: () => (order === null ? firsts : indexSelect(order, 0, firsts)),
    inverse: () => {
      const groups = repeatedLike(x, counts);
      return order === null ? groups
        : scatterAlong(full(x.species, [extent], 0, int64, x.storage.device) as A, 0, order, groups, 'torch', { inPlace: true });
    },
    counts: () => integersLike(x, counts),
  };
}

/** The numbers of the slices of an axis in lexicographic order. */
function sliceOrder<A extends StridedArray>(x: A, axis: number): A {
  const values = elements(contiguous(permute(x, [axis, ...otherAxes(x, [axis])])));
  const extent = x.geometry.shape[axis];
  const width = extent === 0 ? 0 : values.length / extent;
  const numbers = Array.from({ length: extent }, (_, i) => i).sort((a, b) => {
    for (let i = 0; i < width; i++) {
      const [one, other] = [values[a * width + i], values[b * width + i]];
      if (before(one, other)) return -1;
      if (before(other, one)) return 1;
    }
    return a - b;
  });
  return integersLike(x, numbers);
}

/** The distinct slices of an axis in order; elements that are NaN are alike where `equalNaN`. */
export function unique<A extends StridedArray>(x: A, axis: number, equalNaN: boolean): Groups<A> {
  if (x.geometry.shape.length === 1) {
    const { values, indices } = sortWithIndices(x, 0);
    return grouped(values, 0, equalNaN, indices);
  }
  const order = sliceOrder(x, axis);
  return grouped(indexSelect(x, axis, order), axis, equalNaN, order);
}

/** The slices of an axis without those that equal the one before. */
export function uniqueConsecutive<A extends StridedArray>(x: A, axis: number): Groups<A> {
  return grouped(x, axis, false, null);
}

/** The smallest and the largest element as numbers; of none, nothing. */
export function bounds(x: StridedArray): readonly [number, number] | null {
  if (x.geometry.size === 0) return null;
  const numbers = x.dtypeCore === bool ? cast(x, uint8) : x;
  const [low, high] = minMax(numbers, allAxes(numbers)).map((each) => Number(elementAt(each, each.geometry.offset)));
  return [low, high];
}

/** How many elements of a vector, or what weights, lie between neighbours among the edges, the last of which counts itself. */
export function histogram<A extends StridedArray>(x: A, edges: A, weights: A | null): A {
  const { size } = edges.geometry;
  const end = sliceAxis(edges, 0, size - 1, 1);
  // Places 1 to size - 1 are bins; beyond both ends lie the elements that are in none.
  const places = where(eq(x, end), size - 1, searchSorted(edges, x, true)) as A;
  return sliceAxis(bincount(places, weights, size + 1), 0, 1, size - 1);
}

/** Whether each element is among those of a vector; NaN is never. */
export function isin<A extends StridedArray>(x: A, tests: A): A {
  const { size } = tests.geometry;
  if (size === 0) return full(x.species, x.geometry.shape, false as Scalar, bool, x.storage.device) as A;
  const sorted = sort(tests, 0);
  const places = minimum(searchSorted(sorted, x, false), size - 1);
  return eq(take(sorted, places, null, 'torch'), x);
}
