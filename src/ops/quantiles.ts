import type { DType } from '../core/dtype.ts';
import { float64, int64, isInexact } from '../core/dtype.ts';
import { contiguousLayout } from '../core/layout.ts';
import { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { vectorOf } from './creation.ts';
import { emptyLike } from './dispatch.ts';
import { hostValues } from './host.ts';
import { gatherAlong, indexSelect } from './indexing.ts';
import { integersLike } from './integers.ts';
import { concatenate, permute, reshapeTo, sliceAxis } from './movement.ts';
import { add, div, floorDivide, mul, sub } from './pointwise/arithmetic.ts';
import { eq, ge, isnan, logicalNot, lt, maximum, minimum, where } from './pointwise/comparison.ts';
import { all, countOf, cumsum, keptShape, mean, otherAxes, sum } from './reduce.ts';
import { argsort, sort } from './sort.ts';

/** Quantiles: elements at places between the first and the last in order. They are composed of other ops, which record them. */

/** Where quantile q lies among n elements in order, counted from 0; between two of them it is interpolated. */
type Place = (n: number, q: number) => number;

/** The places of Hyndman and Fan's continuous definitions. */
const continuous = (alpha: number, beta: number): Place => (n, q) => n * q + (alpha + q * (1 - alpha - beta)) - 1;

/** Places of elements alone: the one below `n q - offset` where it falls on that and `stays` says so, else the next. */
const discrete = (offset: number, stays: (below: number) => boolean): Place => (n, q) => {
  const place = n * q - offset;
  const below = Math.floor(place);
  return Math.max(place === below && stays(below) ? below : below + 1, 0);
};

const linear: Place = (n, q) => q * (n - 1);

/** What stands for a quantile that falls between two elements. */
export const methods = {
  inverted_cdf: discrete(1, () => true),
  averaged_inverted_cdf: (n, q) => n * q - 1,
  closest_observation: discrete(1.5, (below) => below % 2 !== 0),
  interpolated_inverted_cdf: continuous(0, 1),
  hazen: continuous(0.5, 0.5),
  weibull: continuous(0, 0),
  linear,
  median_unbiased: continuous(1 / 3, 1 / 3),
  normal_unbiased: continuous(3 / 8, 3 / 8),
  lower: (n, q) => Math.floor(linear(n, q)),
  higher: (n, q) => Math.ceil(linear(n, q)),
  midpoint: (n, q) => (Math.floor(linear(n, q)) + Math.ceil(linear(n, q))) / 2,
  nearest: (n, q) => {
    const place = linear(n, q);
    const below = Math.floor(place);
    return place - below > 0.5 || (place - below === 0.5 && below % 2 === 1) ? below + 1 : below;
  },
} satisfies Readonly<Record<string, Place>>;
export type QuantileMethod = keyof typeof methods;

/** How much the next element counts, where it is not by how far behind the one below the place is. */
const shares: Readonly<Partial<Record<QuantileMethod, (behind: number) => number>>> = {
  averaged_inverted_cdf: (behind) => (behind === 0 ? 0.5 : 1),
  midpoint: (behind) => (behind === 0 ? 0 : 0.5),
};

/** Whether a method gives elements as they are, never what lies between two. */
export const picks = (method: QuantileMethod): boolean =>
  ['inverted_cdf', 'closest_observation', 'lower', 'higher', 'nearest'].includes(method);

/** The elements of the reduced axes on one last axis. */
function lined<A extends StridedArray>(x: A, axes: readonly number[]): A {
  const kept = otherAxes(x, axes);
  const { shape } = x.geometry;
  return reshapeTo(permute(x, [...kept, ...axes]), [...kept.map((axis) => shape[axis]), countOf(shape, axes)]);
}

/** The same in order. */
function ordered<A extends StridedArray>(x: A, axes: readonly number[]): A {
  return sort(lined(x, axes), x.geometry.shape.length - axes.length);
}

/** Between a and b, from the nearer one; their difference is of their own dtype, and what is made of it of `type`. */
function between<A extends StridedArray>(a: A, b: A, t: number, type: DType): A {
  const difference = cast(sub(b, a), type);
  return t >= 0.5 ? sub(cast(b, type), mul(difference, 1 - t)) : add(cast(a, type), mul(difference, t));
}

function quantileOf<A extends StridedArray>(line: A, q: number, method: QuantileMethod, type: DType): A {
  const axis = line.geometry.shape.length - 1;
  const last = line.geometry.shape[axis] - 1;
  const at = (place: number): A => sliceAxis(line, axis, Math.min(Math.max(place, 0), last), 1);
  const place = methods[method](last + 1, q);
  const below = Math.floor(place);
  // The ends are what they are, also where an infinity lies beside them.
  if (picks(method) || (method === 'linear' && Number.isInteger(q))) return at(below);
  const behind = place - below;
  return between(at(below), at(place < 0 ? 0 : below + 1), shares[method]?.(behind) ?? behind, type);
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
  // Each once, however often it is asked for.
  const places = new Map([...new Set(q)].map((each, place) => [each, place]));
  const values = concatenate(
    [...places.keys()].map((each) => reshapeTo(orNaN(cast(quantileOf(line, each, method, type), type), line), [1, ...kept])), 0);
  return places.size === q.length ? values : indexSelect(
    values, 0, vectorOf(StridedArray, q.length, (i) => places.get(q[i])!, int64, values.storage.device));
}

/** The quantiles of elements that count as much as their weights of the same shape say: the first up to which the share of these is q. */
export function weightedQuantile<A extends StridedArray>(
  x: A, weights: A, q: readonly number[], axes: readonly number[], keepdims: boolean,
): A {
  const kept = keptShape(x.geometry.shape, axes, keepdims);
  if (q.length === 0) return emptyLike(x, contiguousLayout([0, ...kept]));
  const lines = lined(x, axes);
  const axis = lines.geometry.shape.length - 1;
  const last = lines.geometry.shape[axis] - 1;
  const order = argsort(lines, axis);
  const line = gatherAlong(lines, axis, order, 'numpy');
  const sums = cumsum(gatherAlong(lined(weights, axes), axis, order, 'numpy'), axis);
  const parts = div(sums, sliceAxis(sums, axis, last, 1));
  // Elements without weight in front are not the quantile 0.
  const counted = where(eq(parts, 0), -1, parts) as A;
  return concatenate(q.map((each) => {
    const below = sum(cast(lt(counted, each), int64), [axis], true);
    return reshapeTo(orNaN(gatherAlong(line, axis, minimum(below, last), 'numpy'), line), [1, ...kept]);
  }), 0);
}

/** Lines in order, and how many elements of each are numbers: those come first. */
function numbersInOrder<A extends StridedArray>(x: A, axes: readonly number[]): { line: A; counts: A; axis: number } {
  const lines = lined(x, axes);
  const axis = lines.geometry.shape.length - 1;
  const missing = isnan(lines);
  // Of complex numbers, what is NaN in part is none.
  const line = sort(lines.dtypeCore.kind === 'complex' ? where(missing, NaN, lines) as A : lines, axis);
  return { line, counts: sum(cast(logicalNot(missing), int64), [axis], true), axis };
}

/** The quantiles of the elements that are numbers, as `quantile`; NaN where there is none. */
export function nanQuantile<A extends StridedArray>(
  x: A, q: readonly number[], axes: readonly number[], keepdims: boolean, method: QuantileMethod, type: DType,
): A {
  const kept = keptShape(x.geometry.shape, axes, keepdims);
  if (q.length === 0) return emptyLike(x, contiguousLayout([0, ...kept]), type);
  const { line, counts, axis } = numbersInOrder(x, axes);
  const sizes = Array.from(hostValues(counts) as ArrayLike<number | bigint>, Number);
  const { shape } = counts.geometry;
  return concatenate(q.map((each) => {
    const places = sizes.map((size) => (size === 0 ? 0 : methods[method](size, each)));
    const below = places.map((place, i) => Math.min(Math.max(Math.floor(place), 0), Math.max(sizes[i] - 1, 0)));
    const at = (numbers: readonly number[]): A => gatherAlong(line, axis, integersLike(line, numbers, shape), 'numpy');
    const low = at(below);
    if (picks(method)) return reshapeTo(cast(low, type), [1, ...kept]);
    const high = at(places.map((place, i) => Math.min(place < 0 ? 0 : Math.floor(place) + 1, Math.max(sizes[i] - 1, 0))));
    const behind = Float64Array.from(places, (place) => place - Math.floor(place));
    const share = vectorOf(x.species, places.length, (i) => shares[method]?.(behind[i]) ?? behind[i], float64, x.storage.device) as A;
    const t = cast(reshapeTo(share, shape), type);
    const difference = cast(sub(high, low), type);
    const found = where(ge(t, 0.5), sub(cast(high, type), mul(difference, sub.reversed(1, t))), add(cast(low, type), mul(difference, t)));
    return reshapeTo(found as A, [1, ...kept]);
  }), 0);
}

/** The weighted quantiles of the elements that are numbers, as `weightedQuantile`; NaN where there is none. */
export function nanWeightedQuantile<A extends StridedArray>(
  x: A, weights: A, q: readonly number[], axes: readonly number[], keepdims: boolean,
): A {
  const missing = isnan(x);
  // Behind all others, and without weight.
  const found = weightedQuantile(where(missing, Infinity, x) as A, where(missing, 0, weights) as A, q, axes, keepdims);
  return where(all(missing, axes, keepdims), NaN, found) as A;
}

/** The middle of the elements that are numbers, or the mean of the two middle ones; NaN where there is none. */
export function nanMiddle<A extends StridedArray>(x: A, axes: readonly number[], keepdims: boolean): A {
  const { line, counts, axis } = numbersInOrder(x, axes);
  const half = floorDivide(counts, 2);
  const below = maximum(floorDivide(sub(counts, 1), 2), 0);
  const pair = concatenate([below, half].map((places) =>
    gatherAlong(line, axis, minimum(places, line.geometry.shape[axis] - 1), 'numpy')), axis);
  const value = where(eq(counts, 0), NaN, mean(pair, [axis], true)) as A;
  return reshapeTo(value, keptShape(x.geometry.shape, axes, keepdims));
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
