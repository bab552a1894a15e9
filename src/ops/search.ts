import type { Kernel } from '../backend/kernels.ts';
import { int64 } from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { imagView, realView } from './components.ts';
import { full } from './creation.ts';
import { gatherAlong, scatterAlong, take } from './indexing.ts';
import { add, mul } from './pointwise/arithmetic.ts';
import { eq, isnan, logicalAnd, logicalNot, logicalOr, lt, minimum, where } from './pointwise/comparison.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Places in sorted vectors, and how often numbers occur. */

declare module '../backend/kernels.ts' {
  interface Kernels {
    searchSorted: Kernel<SearchParams, Searched>;
    bincount: Kernel<CountParams, Counted>;
  }
}

interface SearchParams {
  readonly right: boolean;
}

type Searched = readonly [sorted: StridedArray, values: StridedArray];

/** Where elements come before others in NumPy's order: NaN after all, complex numbers by their parts. */
function before(a: StridedArray, b: StridedArray): StridedArray {
  if (a.dtypeCore.kind === 'complex') {
    const [first, other] = [realView(a), realView(b)];
    const same = logicalOr(eq(first, other), logicalAnd(isnan(first), isnan(other)));
    return where(same, before(imagView(a), imagView(b)), before(first, other)) as StridedArray;
  }
  const less = lt(a, b);
  return a.dtypeCore.kind === 'float' ? logicalOr(less, logicalAnd(isnan(b), logicalNot(isnan(a)))) : less;
}

/** All values at once: from the largest power of two on, a step is taken where it stays among the elements that come before. */
function stepwise(sorted: StridedArray, values: StridedArray, right: boolean): StridedArray {
  const { shape } = sorted.geometry;
  const axis = shape.length - 1;
  const count = shape[axis];
  let places = full(values.species, values.geometry.shape, 0, int64, values.storage.device);
  if (count === 0) return places;
  for (let step = 2 ** Math.floor(Math.log2(count)); step >= 1; step /= 2) {
    const last = add(places, step - 1);
    const at = minimum(last, count - 1);
    const found = axis > 0 ? gatherAlong(sorted, axis, at, 'torch') : take(sorted, at, null, 'torch');
    const passed = right ? logicalNot(before(values, found)) : before(found, values);
    places = add(places, mul(cast(logicalAnd(passed, lt(last, count)), int64), step));
  }
  return places;
}

const searchOp = structural({
  name: 'searchSorted', args: ['sorted', 'values'],
  results: ([, values]: Searched, _: SearchParams) => [{ shape: values.geometry.shape, dtype: int64 }],
  composite: ([sorted, values], { right }) => [stepwise(sorted, values, right)],
  vjp: null,
});

/**
 * Where each value would go in a sorted vector, or in the sorted line of its own row: before equal elements, or after them with
 * `right`. The dtypes are equal.
 */
export function searchSorted<A extends StridedArray>(sorted: A, values: A, right: boolean): A {
  return run(searchOp, [sorted, values], { right })[0];
}

interface CountParams {
  readonly length: number;
}

type Counted = readonly [x: StridedArray, weights: StridedArray | null];

const countOp = structural({
  name: 'bincount', args: ['x', 'weights'], optional: ['weights'], apart: ['weights'], dtypes: [int64],
  results: ([, weights]: Counted, { length }: CountParams) => [{ shape: [length], dtype: weights?.dtypeCore ?? int64 }],
  composite: ([x, weights], { length }) => {
    const counts = full(x.species, [length], 0, weights?.dtypeCore ?? int64, x.storage.device);
    return [scatterAlong(counts, 0, x, weights ?? 1, 'torch', { accumulate: true, inPlace: true })];
  },
  vjp: null,
});

/** How often each of 0, 1, ... occurs in a vector of int64, or the sum of the weights where it does: `length` of them. */
export function bincount<A extends StridedArray>(x: A, weights: A | null, length: number): A {
  return run(countOp, [x, weights], { length })[0];
}
