import { float64 } from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { vectorOf } from './creation.ts';
import { concatenate, reshapeTo, sliceAxis } from './movement.ts';
import { add, div, mul, sub } from './pointwise/arithmetic.ts';

/** Slopes by differences of neighbours. They are composed of other ops, which record them. */

/** What neighbours count in a slope: one number for each, or one for each place along the axis. */
type Weights<A> = readonly (number | A)[];

function combined<A extends StridedArray>(x: A, axis: number, start: number, count: number, weights: Weights<A>): A {
  const parts = weights.map((weight, i) => mul(sliceAxis(x, axis, start + i, count), weight));
  return parts.reduce((sum, part) => add(sum, part));
}

/**
 * Central differences inside, and one-sided ones of the first or second order at the ends, along an axis that has more elements than the
 * order. Elements are one distance apart, or each its own.
 */
export function slopeAlong<A extends StridedArray>(x: A, axis: number, distances: number | Float64Array, order: number): A {
  const n = x.geometry.shape[axis];
  const gap = (i: number): number => (typeof distances === 'number' ? distances : distances[i]);
  const along = (f: (before: number, after: number) => number): number | A => {
    if (typeof distances === 'number') return f(distances, distances);
    const line = vectorOf(x.species, n - 2, (i) => f(gap(i), gap(i + 1)), float64, x.storage.device) as A;
    return cast(reshapeTo(line, x.geometry.shape.map((_, each) => (each === axis ? n - 2 : 1))), x.dtypeCore);
  };
  const inside = typeof distances === 'number'
    ? div(sub(sliceAxis(x, axis, 2, n - 2), sliceAxis(x, axis, 0, n - 2)), 2 * distances)
    : combined(x, axis, 0, n - 2, [
      along((p, q) => -q / (p * (p + q))), along((p, q) => (q - p) / (p * q)), along((p, q) => p / (q * (p + q))),
    ]);
  const edge = (at: number, near: number, far: number, sign: number): A => {
    if (order === 1) return div(sub(sliceAxis(x, axis, at + 1, 1), sliceAxis(x, axis, at, 1)), near);
    const slopes = [-(2 * near + far) / (near * (near + far)), (near + far) / (near * far), -near / (far * (near + far))];
    return combined(x, axis, at, 1, sign > 0 ? slopes : slopes.map((each) => -each).reverse());
  };
  return concatenate([
    edge(0, gap(0), gap(1), 1), inside, order === 1 ? edge(n - 2, gap(n - 2), 0, 1) : edge(n - 3, gap(n - 2), gap(n - 3), -1),
  ], axis);
}
