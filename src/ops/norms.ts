import { withGradMode } from '../autograd/mode.ts';
import { componentType, isComplex } from '../core/dtype.ts';
import { broadcastShapes } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { clone, reshapeTo } from './movement.ts';
import { add, div, mul, neg, sub } from './pointwise/arithmetic.ts';
import { eq, isnan, logicalOr, maximum, ne, where } from './pointwise/comparison.ts';
import { abs, directionOf, pow, sqrt } from './pointwise/elementary.ts';
import { inexact } from './pointwise/row.ts';
import type { AxesParams } from './reduce.ts';
import { allAxes, extreme, foldAs, keptShape, moreExtreme, sum, wideType } from './reduce.ts';
import type { AxisParams, ResultSpec } from './registry/op.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Lengths of vectors: p-norms of any order. */

interface NormParams extends AxesParams {
  readonly order: number;
}

/** What is added up, or compared where the order is infinite. */
function powers(x: StridedArray, { order, axes, keepdims }: NormParams): StridedArray {
  const size = isComplex(x.dtypeCore) || order !== 2 ? abs(x) : x;
  switch (order) {
    case Infinity: return extreme('max', size, axes, keepdims);
    case -Infinity: return extreme('min', size, axes, keepdims);
    case 0: return sum(cast(ne(size, 0), size.dtypeCore), axes, keepdims);
    case 1: return sum(size, axes, keepdims);
    case 2: return sum(mul(size, size), axes, keepdims);
    default: return sum(pow(size, order), axes, keepdims);
  }
}

function root(total: StridedArray, order: number): StridedArray {
  if (order === 2) return sqrt(total, total);
  return order === 0 || order === 1 || !Number.isFinite(order) ? total : pow(total, 1 / order);
}

const lengths = (x: StridedArray, params: NormParams): StridedArray => root(powers(x, params), params.order);

/** A value, and 0 where another one is. */
const unlessZero = (value: StridedArray, by: StridedArray): StridedArray => where(eq(by, 0), 0, value) as StridedArray;

/** `gradient` and `length` keep the axes that were summed. The gradient is 0 where the norm is. */
function alongVector(gradient: StridedArray, x: StridedArray, length: StridedArray, { order, axes }: NormParams): StridedArray | null {
  const { dtypeCore: type } = x;
  const like = (value: StridedArray): StridedArray => cast(value, type);
  if (order === 0) return null;
  if (order === 2) return mul(unlessZero(div(x, like(length)), like(length)), like(gradient));
  const direction = directionOf(x);
  if (order === 1) return mul(direction, like(gradient));
  const size = abs(x);
  if (Math.abs(order) === Infinity) {
    const hits = cast(logicalOr(eq(size, length), isnan(size)), size.dtypeCore);
    return mul(direction, like(mul(div(gradient, sum(hits, axes, true)), hits)));
  }
  // |x|^(p−1) / norm^(p−1), from the products that PyTorch takes.
  if (order < 1) {
    return mul(mul(direction, like(unlessZero(pow(size, order - 1), size))), like(mul(gradient, pow(length, 1 - order))));
  }
  const scaled = order < 2 ? mul(direction, like(pow(size, order - 1))) : mul(x, like(pow(size, order - 2)));
  return mul(scaled, like(unlessZero(div(gradient, pow(length, order - 1)), length)));
}

const normOp = structural({
  name: 'vectorNorm', args: ['x'], dtypes: inexact,
  results: ([x]: readonly [StridedArray], { axes, keepdims }: NormParams): readonly ResultSpec[] =>
    [{ shape: keptShape(x.geometry.shape, axes, keepdims), dtype: componentType(x.dtypeCore) }],
  composite: ([x], params) => [lengths(x, params)],
  inParts: ([x], params) => {
    const { order, axes, keepdims } = params;
    const join = (a: StridedArray, b: StridedArray): StridedArray =>
      (Number.isFinite(order) ? add(a, b) : moreExtreme(order > 0 ? 'max' : 'min', a, b));
    const total = foldAs(x, wideType(x), axes, keepdims, (part, over, keep) => powers(part, { order, axes: over, keepdims: keep }), join);
    return [root(total, order)];
  },
  saves: ['x', 'out'],
  vjp: {
    x: (g, { x, out }, params) => {
      const kept = keptShape(x.geometry.shape, params.axes, true);
      return alongVector(reshapeTo(g, kept), x, reshapeTo(out, kept), params);
    },
  },
  gradName: 'LinalgVectorNormBackward0',
});

/** The norm of order `order` over axes. */
export function vectorNorm<A extends StridedArray>(x: A, order: number, axes: readonly number[], keepdims = false): A {
  return run(normOp, [x], { order, axes, keepdims })[0];
}

const distanceOp = structural({
  name: 'distance', args: ['x', 'y'], dtypes: inexact,
  results: ([x]: readonly [StridedArray, StridedArray], _: { readonly order: number }): readonly ResultSpec[] =>
    [{ shape: [], dtype: componentType(x.dtypeCore) }],
  composite: ([x, y], { order }) => {
    const difference = sub(x, y);
    return [lengths(difference, { order, axes: allAxes(difference), keepdims: false })];
  },
  saves: ['x', 'y', 'out'],
  vjp: ([g], { x, y, out }, { order }, [ofX, ofY]) => {
    const difference = sub(x, y);
    const axes = allAxes(difference);
    const ones = axes.map(() => 1);
    const slope = alongVector(reshapeTo(g!, ones), difference, reshapeTo(out, ones), { order, axes, keepdims: false });
    return [ofX ? slope : null, ofY && slope !== null ? neg(slope) : null];
  },
  gradName: 'DistBackward0',
});

/** The norm of the difference of two arrays, broadcast. */
export function distance<A extends StridedArray>(x: A, y: A, order: number): A {
  return run(distanceOp, [x, y], { order })[0];
}

interface CosineParams extends AxisParams {
  /** The least length that is divided by. */
  readonly eps: number;
}

/** The bound of the length is not recorded: below it the gradient is that of the length too, as in PyTorch. */
function unitVector(x: StridedArray, { axis, eps }: CosineParams): StridedArray {
  const length = clone(vectorNorm(x, 2, [axis], true));
  withGradMode(false, () => maximum(length, eps, length));
  return div(x, cast(length, x.dtypeCore));
}

const cosineOp = structural({
  name: 'cosineSimilarity', args: ['x', 'y'], dtypes: inexact,
  results: ([x, y]: readonly [StridedArray, StridedArray], { axis }: CosineParams): readonly ResultSpec[] =>
    [{ shape: keptShape(broadcastShapes([x.geometry.shape, y.geometry.shape]), [axis], false), dtype: x.dtypeCore }],
  composite: ([x, y], params) => [sum(mul(unitVector(x, params), unitVector(y, params)), [params.axis])],
  vjp: 'composite', gradName: 'SumBackward1',
});

/** The cosine of the angle between vectors along an axis that both arrays have; other axes are broadcast. */
export function cosineSimilarity<A extends StridedArray>(x: A, y: A, axis: number, eps: number): A {
  return run(cosineOp, [x, y], { axis, eps })[0];
}
