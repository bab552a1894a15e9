import type { Kernel } from '../backend/kernels.ts';
import { bool, int64, isComplex } from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { realView } from './components.ts';
import { adjoint, matrixProduct } from './matmul.ts';
import { broadcastTo, reshapeTo, unsqueeze } from './movement.ts';
import { inParts } from './parts.ts';
import { add, div, mul, sub } from './pointwise/arithmetic.ts';
import { clamp, isnan, logicalNot, where } from './pointwise/comparison.ts';
import { sqrt } from './pointwise/elementary.ts';
import { floats } from './pointwise/row.ts';
import type { AxesParams } from './reduce.ts';
import { foldInParts, keptShape, mean, meanAmong, spread, sum, wideType } from './reduce.ts';
import type { ResultSpec } from './registry/op.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';
import { diagonalView } from './views.ts';

/** Statistics beyond the mean and the variance: reductions of those elements that are not NaN or not 0, weights, covariances. */

type One = readonly [StridedArray];

declare module '../backend/kernels.ts' {
  interface Kernels {
    countNonzero: Kernel<AxesParams>;
  }
}

const reduced = ([x]: One, { axes, keepdims }: AxesParams): readonly ResultSpec[] =>
  [{ shape: keptShape(x.geometry.shape, axes, keepdims), dtype: x.dtypeCore }];

/** Where an array is a number. */
export const isNumber = <A extends StridedArray>(x: A): A => logicalNot(isnan(x));

/** The array with `value` for NaN. */
export const withoutNaN = <A extends StridedArray>(x: A, value: number): A => where(isnan(x), value, x) as A;

const nanSumOp = structural({
  name: 'nanSum', args: ['x'], dtypes: floats, results: reduced,
  composite: ([x], { axes, keepdims }) => [sum(withoutNaN(x, 0), axes, keepdims)],
  inParts: foldInParts((part, axes, keepdims) => nanSum(part, axes, keepdims), add),
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
  inParts: ([x], { axes, keepdims }) => {
    const dtype = wideType(x);
    const [total, count] = inParts<StridedArray>([x], axes, dtype, ([part]) => {
      const wide = cast(part, dtype);
      return [sum(withoutNaN(wide, 0), axes, true), sum(cast(isNumber(wide), dtype), axes, true)];
    }, (first, second) => first.map((each, i) => add(each, second[i])));
    return [reshapeTo(div(total, count), keptShape(x.geometry.shape, axes, keepdims))];
  },
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
  composite: ([x], { axes, keepdims }) => {
    const [count] = inParts<StridedArray>([x], axes, int64, ([part]) =>
      [x.dtypeCore === bool ? sum(cast(part, int64), axes, true) : countNonzero(cast(part, bool), axes, true)],
    ([first], [second]) => [add(first, second)]);
    return [reshapeTo(count, keptShape(x.geometry.shape, axes, keepdims))];
  },
  moves: true, vjp: null,
});

/** How many elements are not 0. */
export function countNonzero<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false): A {
  return run(countOp, [x], { axes, keepdims })[0];
}

/** The mean of elements that count as much as their weights say, which may be broadcast, and the sum of these. */
export function weightedMean<A extends StridedArray>(x: A, weights: A, axes: readonly number[], keepdims = false): { mean: A; weight: A } {
  const weight = sum(broadcastTo(weights, x.geometry.shape), axes, keepdims);
  return { mean: div(sum(mul(x, weights), axes, keepdims), weight), weight };
}

/** How the variables in the rows of a matrix vary together: sums over columns, which may have weights, over `divisor`. */
export function covariance<A extends StridedArray>(x: A, divisor: number, weights: A | null): A {
  const deviation = sub(x, weights === null ? mean(x, [1], true) : weightedMean(x, weights, [1], true).mean);
  return div(matrixProduct(weights === null ? deviation : mul(deviation, weights), adjoint(deviation)), divisor);
}

/** A matrix of covariances over the standard deviations of both variables. */
export function correlation<A extends StridedArray>(covariances: A): A {
  const diagonal = diagonalView(covariances, 0, 0, 1);
  const complex = isComplex(covariances.dtypeCore);
  const deviations = cast(sqrt(complex ? realView(diagonal) : diagonal), covariances.dtypeCore);
  const result = div(div(covariances, unsqueeze(deviations, 1)), deviations);
  return complex ? result : clamp(result, -1, 1) as A;
}
