import { stridedLayout } from '../core/layout.ts';
import { StridedArray } from '../core/strided.ts';
import { withoutAxes } from './axes.ts';
import type { Kernel } from './kernels.ts';

/** Ops that a backend computes by one function each family: from that function the kernels under the ops' names. */

export type Reduction = 'sum' | 'prod' | 'min' | 'max' | 'any' | 'all';
export type ArgReduction = 'argmin' | 'argmax';
export type Scan = 'cumsum' | 'cumprod' | 'cummax' | 'cummin';

/** `reduce` goes over `axes` (sorted, distinct) into an `out` that has the kept axes only, in order. */
export function reductions(reduce: (reduction: Reduction, x: StridedArray, axes: readonly number[], out: StridedArray) => void) {
  type Reduce = Kernel<{ readonly axes: readonly number[]; readonly keepdims: boolean }>;
  const kernel = (reduction: Reduction): Reduce => ([x], { axes, keepdims }, [out]) =>
    reduce(reduction, x, axes, withoutAxes(out, axes, keepdims));
  return {
    sum: kernel('sum'), prod: kernel('prod'), min: kernel('min'), max: kernel('max'), any: kernel('any'), all: kernel('all'),
  };
}

/** `argReduce` writes the index of the first extreme along `axis`, NaN being the most extreme, into an int64 `out` without the axis. */
export function argReductions(argReduce: (reduction: ArgReduction, x: StridedArray, axis: number, out: StridedArray) => void) {
  type ArgReduce = Kernel<{ readonly axis: number; readonly keepdims: boolean }>;
  const kernel = (reduction: ArgReduction): ArgReduce => ([x], { axis, keepdims }, [out]) =>
    argReduce(reduction, x, axis, withoutAxes(out, [axis], keepdims));
  return { argmin: kernel('argmin'), argmax: kernel('argmax') };
}

export function scans(scan: (kind: Scan, x: StridedArray, axis: number, out: StridedArray) => void) {
  const kernel = (kind: Scan): Kernel<{ readonly axis: number }> => ([x], { axis }, [out]) => scan(kind, x, axis, out);
  return { cumsum: kernel('cumsum'), cumprod: kernel('cumprod'), cummax: kernel('cummax'), cummin: kernel('cummin') };
}

type Sort = (x: StridedArray, values: StridedArray | null, indices: StridedArray | null, descending: boolean) => void;

/** The same elements with an axis as the last one. */
function axisLast({ storage, dtypeCore, geometry: { shape, strides, offset } }: StridedArray, axis: number): StridedArray {
  const moved = (values: readonly number[]): number[] => [...values.filter((_, i) => i !== axis), ...values.slice(axis, axis + 1)];
  return new StridedArray(storage, dtypeCore, stridedLayout(moved(shape), moved(strides), offset));
}

/** `order` sorts along the last axis, stably, NaN last; `indices` (int64) receives the permutation where it is given. */
type SortKernel = Kernel<{ readonly axis: number; readonly descending: boolean }>;

export function sorts(order: Sort): Readonly<Record<'sort' | 'sortedValues' | 'argsort', SortKernel>> {
  return {
    sort: ([x], { axis, descending }, [values, indices]) =>
      order(axisLast(x, axis), axisLast(values, axis), axisLast(indices, axis), descending),
    sortedValues: ([x], { axis, descending }, [values]) => order(axisLast(x, axis), axisLast(values, axis), null, descending),
    argsort: ([x], { axis, descending }, [indices]) => order(axisLast(x, axis), null, axisLast(indices, axis), descending),
  };
}
