import { bool, int64 } from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { div, mul } from './pointwise/arithmetic.ts';
import { isnan, logicalNot, where } from './pointwise/comparison.ts';
import { floats } from './pointwise/row.ts';
import type { AxesParams } from './reduce.ts';
import { keptShape, meanAmong, spread, sum } from './reduce.ts';
import type { ResultSpec } from './registry/op.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Reductions of some of the elements: those that are not NaN, or not 0. */

type One = readonly [StridedArray];

const reduced = ([x]: One, { axes, keepdims }: AxesParams): readonly ResultSpec[] =>
  [{ shape: keptShape(x.geometry.shape, axes, keepdims), dtype: x.dtypeCore }];

/** Where an array is a number. */
export const isNumber = <A extends StridedArray>(x: A): A => logicalNot(isnan(x));

/** The array with `value` for NaN. */
export const withoutNaN = <A extends StridedArray>(x: A, value: number): A => where(isnan(x), value, x) as A;

const nanSumOp = structural({
  name: 'nanSum', args: ['x'], dtypes: floats, results: reduced,
  composite: ([x], { axes, keepdims }) => [sum(withoutNaN(x, 0), axes, keepdims)],
  saves: ['x'],
  vjp: { x: (g, { x }, { axes }) => mul(cast(isNumber(x), g.dtypeCore), spread(g, x.geometry.shape, axes)) },
  gradName: 'NansumBackward0',
});

/** The sum of the elements that are not NaN. */
export function nanSum<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false): A {
  return run(nanSumOp, [x], { axes, keepdims })[0];
}

const nanMeanOp = structural({
  name: 'nanMean', args: ['x'], dtypes: floats, results: reduced,
  composite: ([x], { axes, keepdims }) => [meanAmong(x, isNumber(x), axes, keepdims)],
  saves: ['x'],
  vjp: {
    x: (g, { x }, { axes }) => {
      const present = cast(isNumber(x), g.dtypeCore);
      return mul(present, div(spread(g, x.geometry.shape, axes), sum(present, axes, true)));
    },
  },
  gradName: 'DivBackward0',
});

/** The mean of the elements that are not NaN. */
export function nanMean<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false): A {
  return run(nanMeanOp, [x], { axes, keepdims })[0];
}

const countOp = structural({
  name: 'countNonzero', args: ['x'],
  results: ([x]: One, { axes, keepdims }: AxesParams) => [{ shape: keptShape(x.geometry.shape, axes, keepdims), dtype: int64 }],
  composite: ([x], { axes, keepdims }) => [sum(cast(cast(x, bool), int64), axes, keepdims)],
  moves: true, vjp: null,
});

/** How many elements are not 0. */
export function countNonzero<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false): A {
  return run(countOp, [x], { axes, keepdims })[0];
}
