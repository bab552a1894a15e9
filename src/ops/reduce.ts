import type { Kernel } from '../backend/kernels.ts';
import type { DType } from '../core/dtype.ts';
import { bool, componentType, float32, float64, int64, isComplex, isHalf, isInexact } from '../core/dtype.ts';
import { ValueError, noIdentity } from '../core/errors.ts';
import { sameShape } from '../core/layout.ts';
import { isLarge } from '../core/parts.ts';
import type { StridedArray } from '../core/strided.ts';
import { isRecorded } from '../autograd/tape.ts';
import { cast } from './cast.ts';
import { realView } from './components.ts';
import { fullLike } from './creation.ts';
import { elementAt, isDeferred } from './host.ts';
import { broadcastTo, concatenate, permute, reshapeTo, reverse, sliceAxis } from './movement.ts';
import { add, conj, div, mul, sub } from './pointwise/arithmetic.ts';
import { eq, ge, isnan, le, logicalAnd, logicalNot, logicalOr, maximum, minimum, where } from './pointwise/comparison.ts';
import { sqrt } from './pointwise/elementary.ts';
import { inexact } from './pointwise/row.ts';
import { inParts } from './parts.ts';
import type { AxisParams, ResultSpec } from './registry/op.ts';
import { fromNames, likeFirst, structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Reductions over `axes`, which are sorted and distinct; the reduced axes stay with extent 1 where `keepdims`. */

export type { ArgReduction, Reduction, Scan } from '../backend/families.ts';

export interface AxesParams {
  readonly axes: readonly number[];
  readonly keepdims: boolean;
}

declare module '../backend/kernels.ts' {
  interface Kernels {
    sum: Kernel<AxesParams>;
    mean: Kernel<AxesParams>;
    prod: Kernel<AxesParams>;
    min: Kernel<AxesParams>;
    max: Kernel<AxesParams>;
    any: Kernel<AxesParams>;
    all: Kernel<AxesParams>;
    /** The first extreme, NaN being the most extreme. */
    argmin: Kernel<AxisParams & { readonly keepdims: boolean }>;
    argmax: Kernel<AxisParams & { readonly keepdims: boolean }>;
    cumsum: Kernel<AxisParams>;
    cumprod: Kernel<AxisParams>;
    cummax: Kernel<AxisParams>;
    cummin: Kernel<AxisParams>;
  }
}

export function keptShape(shape: readonly number[], axes: readonly number[], keepdims: boolean): number[] {
  if (!keepdims && axes.length === shape.length) return [];
  return keepdims ? shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent)) : shape.filter((_, axis) => !axes.includes(axis));
}

export function countOf(shape: readonly number[], axes: readonly number[]): number {
  return axes.reduce((count, axis) => count * shape[axis], 1);
}

export function allAxes({ geometry: { shape } }: StridedArray): number[] {
  return shape.map((_, axis) => axis);
}

/** All axes but some. */
export function otherAxes(x: StridedArray, axes: readonly number[]): number[] {
  return allAxes(x).filter((axis) => !axes.includes(axis));
}

/** A reduced result, or its gradient, over the shape that it was reduced from. */
export function spread<A extends StridedArray>(g: A, shape: readonly number[], axes: readonly number[]): A {
  return broadcastTo(reshapeTo(g, keptShape(shape, axes, true)), shape);
}

/** What a reduction of `x` over axes is, in its own dtype or another. */
function reduced([x]: readonly StridedArray[], { axes, keepdims }: AxesParams, dtype: DType = x.dtypeCore): readonly ResultSpec[] {
  return [{ shape: keptShape(x.geometry.shape, axes, keepdims), dtype }];
}

/** PyTorch numbers the forms with and without axes. */
const numbered = (name: string, x: StridedArray, axes: readonly number[]): string =>
  `${name}Backward${axes.length === x.geometry.shape.length ? 0 : 1}`;

type Fold<A> = (part: A, axes: readonly number[], keepdims: boolean) => A;

/** A reduction in a dtype of its own, to which a large array is converted part after part. */
export function foldAs<A extends StridedArray>(
  x: A, dtype: DType, axes: readonly number[], keepdims: boolean, fold: Fold<A>, join: (first: A, second: A) => A,
): A {
  if (!isLarge(x, dtype)) return fold(cast(x, dtype), axes, keepdims);
  const { shape, contiguous, size } = x.geometry;
  // All elements in a row, as they are summed when they are taken at once.
  const whole = contiguous && axes.length === shape.length;
  const [over, along] = whole ? [reshapeTo(x, [size]), [0]] : [x, axes];
  const [result] = inParts(
    [over], along, dtype, ([part]) => [fold(cast(part, dtype), along, true)], ([first], [second]) => [join(first, second)]);
  return reshapeTo(result, keptShape(shape, axes, keepdims));
}

/** The dtype that an array is computed in. */
export const wideType = ({ dtypeCore }: StridedArray): DType => (isHalf(dtypeCore) ? float32 : dtypeCore);

/** How an op folds large arrays. */
export const foldInParts = (fold: Fold<StridedArray>, join: (first: StridedArray, second: StridedArray) => StridedArray) =>
  ([x]: One, { axes, keepdims }: AxesParams): readonly StridedArray[] => [foldAs(x, wideType(x), axes, keepdims, fold, join)];

const either = <A extends StridedArray>(a: A, b: A): A => logicalOr(a, b);
const both = <A extends StridedArray>(a: A, b: A): A => logicalAnd(a, b);
/** Arithmetic on bool is logic. */
const plus = <A extends StridedArray>(a: A, b: A): A => (a.dtypeCore === bool ? either(a, b) : add(a, b));
const times = <A extends StridedArray>(a: A, b: A): A => (a.dtypeCore === bool ? both(a, b) : mul(a, b));

const sumOp = structural({
  name: 'sum', args: ['x'], results: (operands: One, params: AxesParams) => reduced(operands, params),
  inParts: foldInParts((part, axes, keepdims) => sum(part, axes, keepdims), plus),
  vjp: { x: (g, { shapes: [shape] }, { axes }) => spread(g, shape, axes) }, widensRules: false,
});

/** The sum. Without axes it is named as PyTorch names a full sum. */
export function sum<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false, name = numbered('Sum', x, axes)): A {
  return run(sumOp, [x], { axes, keepdims }, name)[0];
}

/** The sum, or the product, of the array in a dtype. */
export function sumAs<A extends StridedArray>(x: A, dtype: DType, axes: readonly number[], keepdims = false, name?: string): A {
  return foldAs(x, dtype, axes, keepdims, (part, over, keep) => sum(part, over, keep, name), plus);
}

export function prodAs<A extends StridedArray>(x: A, dtype: DType, axes: readonly number[], keepdims = false): A {
  return foldAs(x, dtype, axes, keepdims, prod, times);
}

/** The sum of the elements that `mask` leaves. */
function sumAmong<A extends StridedArray>(x: A, mask: A | null, dtype: DType, axes: readonly number[], keepdims: boolean): A {
  if (mask === null) return sumAs(x, dtype, axes, keepdims);
  if (!isLarge(x, dtype)) return sum(where(mask, cast(x, dtype), 0) as A, axes, keepdims);
  const { shape } = x.geometry;
  const [result] = inParts([x, broadcastTo(mask, shape)], axes, dtype, ([part, among]) =>
    [sum(where(among, cast(part, dtype), 0) as A, axes, true)], ([first], [second]) => [plus(first, second)]);
  return reshapeTo(result, keptShape(shape, axes, keepdims));
}

/** Sums over the axes that broadcasting to `g`'s shape repeated: the adjoint of broadcasting. */
export function sumTo<A extends StridedArray>(g: A, shape: readonly number[]): A {
  const from = g.geometry.shape;
  if (sameShape(from, shape)) return g;
  const lead = from.length - shape.length;
  const axes = allAxes(g).filter((axis) => axis < lead || (shape[axis - lead] === 1 && from[axis] !== 1));
  return reshapeTo(sum(g, axes, false), shape);
}

/** How many elements take part in each result: those that `mask` leaves, in a dtype that divides `total`. */
function countAmong<A extends StridedArray>(
  total: A, shape: readonly number[], mask: A | null, axes: readonly number[], keepdims: boolean,
): A | number {
  if (mask === null) return countOf(shape, axes);
  return cast(sumAs(broadcastTo(mask, shape), componentType(total.dtypeCore), axes, keepdims), total.dtypeCore);
}

/** The mean of the elements that `mask` leaves, in the array's own dtype or another; of integers in float64. */
export function meanAmong<A extends StridedArray>(
  x: A, mask: A | null, axes: readonly number[], keepdims: boolean, dtype: DType = x.dtypeCore,
): A {
  const { shape } = x.geometry;
  const sums = sumAmong(x, mask, dtype, axes, keepdims);
  const total = isInexact(sums.dtypeCore) ? sums : cast(sums, float64);
  return div(total, countAmong(total, shape, mask, axes, keepdims), total);
}

const meanOp = structural({
  name: 'mean', args: ['x'], results: (operands: One, params: AxesParams) => reduced(operands, params),
  composite: ([x], { axes, keepdims }) => [meanAmong(x, null, axes, keepdims)],
  inParts: ([x], { axes, keepdims }) => [meanAmong(x, null, axes, keepdims, wideType(x))],
  vjp: { x: (g, { shapes: [shape] }, { axes }) => div(spread(g, shape, axes), countOf(shape, axes)) }, widensRules: false,
});

/** The mean: the sum divided by the count, in the array's own (floating) dtype. */
export function mean<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false, name = numbered('Mean', x, axes)): A {
  return run(meanOp, [x], { axes, keepdims }, name)[0];
}

/** The same of an array that is converted first, a large one part after part. */
export function meanAs<A extends StridedArray>(x: A, dtype: DType, axes: readonly number[], keepdims: boolean, name?: string): A {
  return isLarge(x, dtype) && !isRecorded([x]) ? meanAmong(x, null, axes, keepdims, dtype) : mean(cast(x, dtype), axes, keepdims, name);
}

export interface SpreadParams extends AxesParams {
  readonly correction: number;
}

const divisorOf = (shape: readonly number[], { axes, correction }: SpreadParams): number =>
  Math.max(countOf(shape, axes) - correction, 0);

/**
 * The sum of the squared distances from the mean, of the elements that `mask` leaves, and what it is divided by; step by step in the
 * array's own dtype or another, and summed up in `into`.
 */
export function squaredDistances<A extends StridedArray>(
  x: A, mask: A | null, params: SpreadParams, dtype: DType, center: A, into = componentType(dtype),
): [total: A, divisor: A | number] {
  const { axes, keepdims, correction } = params;
  const { shape } = x.geometry;
  const squared = (part: A, middle: A, among: A | null, keep: boolean): A => {
    const deviation = sub(cast(part, dtype), middle);
    const squares = cast(
      isComplex(dtype) ? realView(mul(deviation, conj(deviation))) : mul(deviation, deviation, deviation), into) as A;
    return sum(among === null ? squares : where(among, squares, 0) as A, axes, keep);
  };
  const total = !isLarge(x, dtype) ? squared(x, center, mask, keepdims) : reshapeTo(inParts(
    [x, center, ...mask === null ? [] : [broadcastTo(mask, shape)]], axes, dtype,
    ([part, middle, among = null]) => [squared(part, middle, among, true)], ([first], [second]) => [add(first, second)],
  )[0], keptShape(shape, axes, keepdims));
  return [total, mask === null ? divisorOf(shape, params)
    : maximum(sub(countAmong(total, shape, mask, axes, keepdims) as A, correction), 0)];
}

/** Mean squared distance from the mean, in the array's own dtype or another. */
export function meanSquare<A extends StridedArray>(
  x: A, params: SpreadParams, dtype: DType = x.dtypeCore, center = meanAmong(x, null, params.axes, true, dtype),
): A {
  const [total, divisor] = squaredDistances(x, null, params, dtype, center);
  return div(total, divisor, total);
}

/** `slope` has the result's shape. */
function alongDeviation(slope: StridedArray, x: StridedArray, { axes, ...params }: SpreadParams): StridedArray {
  const { shape } = x.geometry;
  const scaled = mul(reshapeTo(slope, keptShape(shape, axes, true)), 2 / divisorOf(shape, { axes, ...params }));
  return mul(sub(x, mean(x, axes, true)), cast(scaled, x.dtypeCore));
}

/** The slope of the root, 0 where it is 0. */
const slopeOfRoot = (g: StridedArray, root: StridedArray): StridedArray => where(eq(root, 0), 0, div(g, mul(root, 2))) as StridedArray;

type One = readonly [StridedArray];

const spreadResults = (operands: One, params: SpreadParams): readonly ResultSpec[] =>
  reduced(operands, params, componentType(operands[0].dtypeCore));

const varianceOp = structural({
  name: 'variance', args: ['x'], dtypes: inexact, results: spreadResults,
  composite: ([x], params) => [meanSquare(x, params)],
  inParts: ([x], params) => [meanSquare(x, params, wideType(x))],
  saves: ['x'],
  vjp: { x: (g, { x }, params) => alongDeviation(g, x, params) }, gradName: 'VarBackward0',
});

/** Mean squared distance from the mean, with the count lowered by `correction`. Real for complex arrays. */
export function variance<A extends StridedArray>(
  x: A, axes: readonly number[], keepdims: boolean, correction: number, name?: string,
): A {
  return run(varianceOp, [x], { axes, keepdims, correction }, name)[0];
}

const deviationOp = structural({
  name: 'standardDeviation', args: ['x'], dtypes: inexact, results: spreadResults,
  composite: ([x], params) => {
    const value = meanSquare(x, params);
    return [sqrt(value, value)];
  },
  inParts: ([x], params) => [sqrt(meanSquare(x, params, wideType(x)))],
  saves: ['x', 'out'],
  vjp: { x: (g, { x, out }, params) => alongDeviation(slopeOfRoot(g, out), x, params) }, gradName: 'StdBackward0',
});

/** The square root of the variance; its gradient is 0 where it is 0. */
export function standardDeviation<A extends StridedArray>(
  x: A, axes: readonly number[], keepdims: boolean, correction: number, name?: string,
): A {
  return run(deviationOp, [x], { axes, keepdims, correction }, name)[0];
}

/** What the results of one op contribute to its operand's gradient. */
const added = (parts: readonly (StridedArray | null)[]): StridedArray | null =>
  parts.reduce((all, part) => (all === null || part === null ? all ?? part : add(all, part)), null);

function spreadAndMean(name: string, x: StridedArray, params: SpreadParams, center: StridedArray): readonly StridedArray[] {
  const value = meanSquare(x, params, center.dtypeCore, center);
  return [
    name === 'varianceMean' ? value : sqrt(value, value), reshapeTo(center, keptShape(x.geometry.shape, params.axes, params.keepdims)),
  ];
}

const momentsOps = fromNames(['varianceMean', 'deviationMean'], (name) => structural({
  name, args: ['x'], dtypes: inexact, names: ['spread', 'mean'],
  results: (operands: One, params: SpreadParams) => [...spreadResults(operands, params), ...reduced(operands, params)],
  composite: ([x], params) => spreadAndMean(name, x, params, mean(x, params.axes, true)),
  inParts: ([x], params) => spreadAndMean(name, x, params, meanAmong(x, null, params.axes, true, wideType(x))),
  saves: name === 'varianceMean' ? ['x'] : ['x', 'spread'],
  vjp: ([ofSpread, ofMean], { x, spread: root }, params) => {
    const { shape } = x.geometry;
    return [added([
      ofSpread && alongDeviation(name === 'varianceMean' ? ofSpread : slopeOfRoot(ofSpread, root), x, params),
      ofMean && div(spread(ofMean, shape, params.axes), countOf(shape, params.axes)),
    ])];
  },
  gradName: name === 'varianceMean' ? 'VarMeanBackward0' : 'StdMeanBackward0',
}));

/** The variance, or its root, and the mean. */
export function moments<A extends StridedArray>(
  kind: 'varianceMean' | 'deviationMean', x: A, axes: readonly number[], keepdims: boolean, correction: number,
): [A, A] {
  const [value, center] = run(momentsOps[kind], [x], { axes, keepdims, correction });
  return [value, center];
}

const prodOp = structural({
  name: 'prod', args: ['x'], results: (operands: One, params: AxesParams) => reduced(operands, params),
  inParts: foldInParts((part, axes, keepdims) => prod(part, axes, keepdims), times),
  saves: ['x', 'out'],
  vjp: { x: (g, { x, out }, { axes }) => mul(spread(g, x.geometry.shape, axes), conj(productOfOthers(x, out, axes))) },
});

export function prod<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false): A {
  return run(prodOp, [x], { axes, keepdims }, numbered('Prod', x, axes))[0];
}

/**
 * For each element the product of all others: the whole over the element, or where any is zero, or they cannot be read at once, a
 * running product from the left times one from the right, both shifted by one. Products over several axes are taken over one axis
 * that joins them.
 */
function productOfOthers<A extends StridedArray>(x: A, out: A, axes: readonly number[]): A {
  const { shape } = x.geometry;
  const zeros = isDeferred(x) ? null : Number(elementAt(sum(cast(eq(x, 0), int64), allAxes(x)), 0));
  if (zeros === 0) return div(spread(out, shape, axes), x);
  // Of all elements two that are zero leave nothing of any, whatever the others are.
  if (zeros !== null && zeros > 1 && axes.length === shape.length && !isRecorded([x])) return fullLike(x, 0);
  const kept = otherAxes(x, axes);
  const order = [...kept, ...axes];
  const front = kept.map((axis) => shape[axis]);
  const joined = reshapeTo(permute(x, order), [...front, countOf(shape, axes)]);
  const last = front.length;
  const extent = joined.geometry.shape[last];
  const one = fullLike(sliceAxis(joined, last, 0, Math.min(1, extent)), 1);
  const before = (part: A): A => concatenate([one, sliceAxis(cumprod(part, last), last, 0, Math.max(extent - 1, 0))], last) as A;
  const others = mul(before(joined), reverse(before(reverse(joined, [last])), [last]));
  const inverse = order.map((_, axis) => order.indexOf(axis));
  return permute(reshapeTo(others, order.map((axis) => shape[axis])), inverse);
}

const truthResults = (operands: One, params: AxesParams): readonly ResultSpec[] => reduced(operands, params, bool);
const anyOp = structural({
  name: 'any', args: ['x'], results: truthResults, vjp: null,
  inParts: foldInParts((part, axes, keepdims) => any(part, axes, keepdims), either),
});
const allOp = structural({
  name: 'all', args: ['x'], results: truthResults, vjp: null,
  inParts: foldInParts((part, axes, keepdims) => all(part, axes, keepdims), both),
});

export function any<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false): A {
  return run(anyOp, [x], { axes, keepdims })[0];
}

export function all<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false): A {
  return run(allOp, [x], { axes, keepdims })[0];
}

/** The gradient of the elements that equal a reduced result, which they share. */
function sharedByEqual(g: StridedArray, x: StridedArray, out: StridedArray, axes: readonly number[], withNaN = false): StridedArray {
  const { shape } = x.geometry;
  const whole = spread(out, shape, axes);
  const equal = eq(x, whole);
  const hits = cast(withNaN && isInexact(x.dtypeCore) ? logicalOr(equal, logicalAnd(isnan(x), isnan(whole))) : equal, g.dtypeCore);
  return mul(div(hits, sum(hits, axes, true)), spread(g, shape, axes));
}

interface ExtremeParams extends AxesParams {
  /** Whether NaN shares the gradient of a result that is NaN. */
  readonly withNaN: boolean;
}

/** Of two extremes the one that is more so, NaN before all; complex numbers have an order as well. */
export function moreExtreme<A extends StridedArray>(kind: 'min' | 'max', a: A, b: A): A {
  if (!isComplex(a.dtypeCore)) return kind === 'min' ? minimum(a, b) : maximum(a, b);
  return where(logicalOr(kind === 'min' ? le(a, b) : ge(a, b), isnan(a)), a, b) as A;
}

const extremeOps = fromNames(['min', 'max'], (name) => structural({
  name, args: ['x'], results: (operands: One, params: ExtremeParams) => reduced(operands, params),
  inParts: foldInParts((part, axes, keepdims) => extreme(name, part, axes, keepdims), (a, b) => moreExtreme(name, a, b)),
  saves: ['x', 'out'],
  vjp: { x: (g, { x, out }, { axes, withNaN }) => sharedByEqual(g, x, out, axes, withNaN) },
  gradName: name === 'max' ? 'AmaxBackward0' : 'AminBackward0',
}));

/** The extreme (amax, amin); that of all elements has a name of its own on the tape, and NaN share its gradient (max, min). */
export function extreme<A extends StridedArray>(kind: 'min' | 'max', x: A, axes: readonly number[], keepdims = false, name?: string): A {
  if (countOf(x.geometry.shape, axes) === 0 && x.geometry.size === 0) {
    throw noIdentity(kind === 'min' ? 'minimum' : 'maximum');
  }
  return run(extremeOps[kind], [x], { axes, keepdims, withNaN: name !== undefined }, name)[0];
}

const bothExtremesOp = structural({
  name: 'minMax', args: ['x'], names: ['min', 'max'],
  results: (operands: One, params: AxesParams) => [...reduced(operands, params), ...reduced(operands, params)],
  composite: ([x], { axes, keepdims }) => [extreme('min', x, axes, keepdims), extreme('max', x, axes, keepdims)],
  saves: ['x', 'min', 'max'],
  vjp: ([ofMin, ofMax], { x, min, max }, { axes }) => {
    const parts = [ofMin && sharedByEqual(ofMin, x, min, axes), ofMax && sharedByEqual(ofMax, x, max, axes)];
    return [added(parts)];
  },
  gradName: 'AminmaxBackward0',
});

/** The smallest and the largest. */
export function minMax<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false): [A, A] {
  const [low, high] = run(bothExtremesOp, [x], { axes, keepdims });
  return [low, high];
}

type PositionParams = AxisParams & { readonly keepdims: boolean };

const positionOps = fromNames(['argmin', 'argmax'], (name) => structural({
  name, args: ['x'],
  results: ([x]: One, { axis, keepdims }: PositionParams) =>
    [{ shape: keptShape(x.geometry.shape, [axis], keepdims), dtype: int64 }],
  inParts: ([x], { axis, keepdims }) => {
    const kind = name === 'argmin' ? 'min' : 'max';
    const [, places] = inParts([x as StridedArray], [axis], wideType(x), ([part]) => {
      const wide = cast(part, wideType(x));
      return [extreme(kind, wide, [axis], true), argExtreme(name, wide, axis, true)];
    }, ([value, place], [other, otherPlace], half) => {
      const best = moreExtreme(kind, value, other);
      const first = isInexact(best.dtypeCore) ? logicalOr(eq(best, value), isnan(value)) : eq(best, value);
      return [best, where(first, place, add(otherPlace, half)) as StridedArray];
    });
    return [reshapeTo(places, keptShape(x.geometry.shape, [axis], keepdims))];
  },
  vjp: null,
}));

/** Position of the first extreme along one axis; of all elements in row-major order where it is null, or there is none. */
export function argExtreme<A extends StridedArray>(kind: 'argmin' | 'argmax', x: A, axis: number | null, keepdims = false): A {
  const { shape, size } = x.geometry;
  if (axis === null || shape.length === 0) {
    const place = argExtreme(kind, reshapeTo(x, [size]), 0);
    return keepdims ? reshapeTo(place, shape.map(() => 1)) : place;
  }
  if (shape[axis] === 0) throw new ValueError(`attempt to get ${kind} of an empty sequence`);
  return run(positionOps[kind], [x], { axis, keepdims })[0];
}

const running = (operands: One, _: AxisParams): readonly ResultSpec[] => likeFirst(operands);

const cumsumOp = structural({
  name: 'cumsum', args: ['x'], results: running, vjp: { x: (g, _, { axis }) => reverse(cumsum(reverse(g, [axis]), axis), [axis]) },
});

export function cumsum<A extends StridedArray>(x: A, axis: number): A {
  return run(cumsumOp, [x], { axis })[0];
}

const cumprodOp = structural({
  name: 'cumprod', args: ['x'], results: running, saves: ['x'],
  vjp: { x: (g, { x }, { axis }) => (isRecorded([g, x]) ? recordedCumprodGradient(g, x, axis) : cumprodGradient(g, x, axis)) },
});

/** Running product. */
export function cumprod<A extends StridedArray>(x: A, axis: number): A {
  return run(cumprodOp, [x], { axis })[0];
}

/** Up to the first zero sums of products over the element; at that zero the product without it; and nothing from there on. */
function cumprodGradient<A extends StridedArray>(g: A, x: A, axis: number): A {
  const isZero = eq(x, 0);
  const zeros = cumsum(cast(isZero, int64), axis);
  const before = eq(zeros, 0);
  const from = eq(zeros, 1);
  const first = logicalAnd(isZero, from);
  const weights = where(before, mul(g, conj(cumprod(x, axis))), 0) as A;
  const sums = reverse(cumsum(reverse(weights, [axis]), axis), [axis]);
  const head = prod(where(before, x, 1) as A, [axis], true);
  const products = cumprod(where(logicalAnd(from, logicalNot(first)), x, 1) as A, axis);
  const tail = sum(mul(where(from, g, 0) as A, conj(products)), [axis], true);
  return where(before, div(sums, conj(x)), where(first, mul(tail, conj(head)), 0)) as A;
}

/**
 * Sum over k ≥ i of g[k] · (product of x[0..k] without x[i]), one row of products for each i: exact for any zeros, and so are the
 * gradients that it has itself.
 */
function recordedCumprodGradient<A extends StridedArray>(g: A, x: A, axis: number): A {
  const extent = x.geometry.shape[axis];
  const columns: A[] = [];
  for (let i = 0; i < extent; i++) {
    const rest = sliceAxis(x, axis, i + 1, extent - i - 1);
    const head = i === 0 ? fullLike(sliceAxis(x, axis, 0, 1), 1) : prod(sliceAxis(x, axis, 0, i), [axis], true);
    const products = mul(cumprod(concatenate([fullLike(head, 1), rest], axis) as A, axis), head);
    columns.push(sum(mul(sliceAxis(g, axis, i, extent - i), conj(products)), [axis], true));
  }
  return columns.length === 0 ? g : concatenate(columns, axis) as A;
}

const runningExtremes = fromNames(['cummax', 'cummin'], (name) => structural({ name, args: ['x'], results: running, vjp: null }));

/** Running extreme; no gradient. */
export function cumulativeExtreme<A extends StridedArray>(kind: 'cummax' | 'cummin', x: A, axis: number): A {
  return run(runningExtremes[kind], [x], { axis })[0];
}
