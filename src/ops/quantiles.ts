import type { DType } from '../core/dtype.ts';
import { isInexact } from '../core/dtype.ts';
import { contiguousLayout } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { emptyLike } from './dispatch.ts';
import { concatenate, permute, reshapeTo, sliceAxis } from './movement.ts';
import { add, mul, sub } from './pointwise/arithmetic.ts';
import { isnan, where } from './pointwise/comparison.ts';
import { countOf, keptShape, mean, otherAxes } from './reduce.ts';
import { sort } from './sort.ts';

/** Quantiles: elements at places between the first and the last in order. They are composed of other ops, which record them. */

/** What stands for a quantile that falls between two elements. */
export type QuantileMethod = 'linear' | 'lower' | 'higher' | 'midpoint' | 'nearest';

/** The elements of the reduced axes in order, on one last axis. */
function ordered<A extends StridedArray>(x: A, axes: readonly number[]): A {
  const kept = otherAxes(x, axes);
  const { shape } = x.geometry;
  return sort(reshapeTo(permute(x, [...kept, ...axes]), [...kept.map((axis) => shape[axis]), countOf(shape, axes)]), kept.length);
}

/** Between a and b, from the nearer one; their difference is of their own dtype, and what is made of it of `type`. */
function between<A extends StridedArray>(a: A, b: A, t: number, type: DType): A {
  const difference = cast(sub(b, a), type);
  return t >= 0.5 ? sub(cast(b, type), mul(difference, 1 - t)) : add(cast(a, type), mul(difference, t));
}

function quantileOf<A extends StridedArray>(line: A, q: number, method: QuantileMethod, type: DType): A {
  const axis = line.geometry.shape.length - 1;
  const last = line.geometry.shape[axis] - 1;
  const at = (place: number): A => sliceAxis(line, axis, place, 1);
  const place = q * last;
  const below = Math.floor(place);
  const above = Math.min(below + 1, last);
  const rest = place - below;
  switch (method) {
    case 'lower': return at(below);
    case 'higher': return at(Math.ceil(place));
    case 'nearest': return at(rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? above : below);
    case 'midpoint': return rest === 0 ? at(below) : between(at(below), at(above), 0.5, type);
    case 'linear': return between(at(below), at(above), rest, type);
  }
}

/** The last in order of each line, which is NaN where there is any, in place of `value`. */
function orNaN<A extends StridedArray>(value: A, line: A): A {
  if (!isInexact(line.dtypeCore)) return value;
  const axis = line.geometry.shape.length - 1;
  const end = sliceAxis(line, axis, line.geometry.shape[axis] - 1, 1);
  return where(isnan(end), cast(end, value.dtypeCore), value) as A;
}

/** The quantiles `q`, from 0 to 1, over axes that hold elements; they lie along a new first axis. Those between elements are of `type`. */
export function quantile<A extends StridedArray>(
  x: A, q: readonly number[], axes: readonly number[], keepdims: boolean, method: QuantileMethod = 'linear', type = x.dtypeCore,
): A {
  const kept = keptShape(x.geometry.shape, axes, keepdims);
  if (q.length === 0) return emptyLike(x, contiguousLayout([0, ...kept]), type);
  const line = ordered(x, axes);
  return concatenate(q.map((each) => reshapeTo(orNaN(cast(quantileOf(line, each, method, type), type), line), [1, ...kept])), 0);
}

/** The middle element in order over axes that hold elements, or the mean of the two middle ones. */
export function middle<A extends StridedArray>(x: A, axes: readonly number[], keepdims: boolean): A {
  const line = ordered(x, axes);
  const axis = line.geometry.shape.length - 1;
  const count = line.geometry.shape[axis];
  const half = count >> 1;
  const value = count % 2 === 1 ? sliceAxis(line, axis, half, 1) : mean(sliceAxis(line, axis, half - 1, 2), [axis], true);
  return reshapeTo(orNaN(value, line), keptShape(x.geometry.shape, axes, keepdims));
}
