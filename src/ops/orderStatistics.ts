import { int64, isInexact } from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { full } from './creation.ts';
import { elements } from './host.ts';
import { gatherAlong, scatterAlong } from './indexing.ts';
import { countingLike, integersLike } from './integers.ts';
import { contiguous, reshapeTo, sliceAxis, swapAxes } from './movement.ts';
import { div, floorDivide, mul, sub } from './pointwise/arithmetic.ts';
import { eq, isnan, logicalAnd, logicalOr, maximum, where } from './pointwise/comparison.ts';
import { allAxes, any, argExtreme, cumulativeExtreme, keptShape, sum } from './reduce.ts';
import type { AxisParams, StructuralOp } from './registry/op.ts';
import { fromNames, structural } from './registry/op.ts';
import { run } from './registry/run.ts';
import { argsort, sortWithIndices } from './sort.ts';
import { isNumber } from './statistics.ts';

/** Elements that are chosen along an axis by their order or number, and where they are. */

interface ChoiceParams extends AxisParams {
  readonly keepdims: boolean;
}

/** The elements and, as int64, their places along the axis. */
export interface ValuesAtIndices<A> {
  readonly values: A;
  readonly indices: A;
}

type One = readonly [StridedArray];

/** The extents of an array; of one without axes those of a line of one element. */
const lineShape = (shape: readonly number[]): readonly number[] => (shape.length === 0 ? [1] : shape);

/**
 * An op that finds places along an axis: the values there, whose gradient goes back to where they were, and the places. `count` of
 * them are found on a line of `extent`; where that is one, the axis may be dropped.
 */
function choice<P extends ChoiceParams>(
  name: string, gradName: string, count: (params: P, extent: number) => number, find: (x: StridedArray, params: P) => StridedArray,
): StructuralOp<One, P> {
  const found = (shape: readonly number[], params: P): readonly number[] =>
    lineShape(shape).map((extent, axis) => (axis === params.axis ? count(params, extent) : extent));
  const shown = (shape: readonly number[], params: P): readonly number[] =>
    (shape.length === 0 ? [] : params.keepdims ? found(shape, params) : keptShape(shape, [params.axis], false));
  return structural({
    name, args: ['x'], names: ['values', 'indices'], gradName,
    results: ([x]: One, params: P) => {
      const shape = shown(x.geometry.shape, params);
      return [{ shape, dtype: x.dtypeCore }, { shape, dtype: int64 }];
    },
    composite: ([x], params) => {
      const line = reshapeTo(x, lineShape(x.geometry.shape));
      const indices = contiguous(find(line, params));
      const shape = shown(x.geometry.shape, params);
      return [reshapeTo(gatherAlong(line, params.axis, indices, 'torch'), shape), reshapeTo(indices, shape)];
    },
    moves: true, saves: ['indices'],
    vjp: {
      x: (g, { indices, shapes: [shape] }, params) => {
        const zeros = full(g.species, lineShape(shape), 0, g.dtypeCore, g.storage.device);
        const [places, values] = [indices, g].map((each) => reshapeTo(each, found(shape, params)));
        return reshapeTo(scatterAlong(zeros, params.axis, places, values, 'torch', { accumulate: true }), shape);
      },
    },
  });
}

function chosen<A extends StridedArray, P extends ChoiceParams>(
  op: StructuralOp<One, P>, x: A, params: P, gradName?: string,
): ValuesAtIndices<A> {
  const [values, indices] = run(op, [x], params, gradName);
  return { values, indices };
}

const one = (): number => 1;

const extremes = {
  max: choice<ChoiceParams>('maxWithIndices', 'MaxBackward0', one, (x, { axis }) => argExtreme('argmax', x, axis, true)),
  min: choice<ChoiceParams>('minWithIndices', 'MinBackward0', one, (x, { axis }) => argExtreme('argmin', x, axis, true)),
};

/** The extreme along an axis and its first place; NaN is the most extreme. */
export function extremeWithIndices<A extends StridedArray>(kind: 'min' | 'max', x: A, axis: number, keepdims = false): ValuesAtIndices<A> {
  return chosen(extremes[kind], x, { axis, keepdims });
}

/** Where the running extreme was met last. */
function runningPlaces(kind: 'cummax' | 'cummin', x: StridedArray, axis: number): StridedArray {
  const { shape } = x.geometry;
  const equal = eq(x, cumulativeExtreme(kind, x, axis));
  const hits = isInexact(x.dtypeCore) ? logicalOr(equal, isnan(x)) : equal;
  const numbers = reshapeTo(
    countingLike(x, shape[axis]), shape.map((extent, i) => (i === axis ? extent : 1)));
  return cumulativeExtreme('cummax', contiguous(where(hits, numbers, 0) as StridedArray), axis);
}

const running = fromNames(['cummax', 'cummin'], (kind) => choice<ChoiceParams>(
  `${kind}WithIndices`, kind === 'cummax' ? 'CummaxBackward0' : 'CumminBackward0', (_, extent) => extent,
  (x, { axis }) => runningPlaces(kind, x, axis)));

/** The running extreme along an axis and where it was found: the last place among equal ones. */
export function cumulativeExtremeWithIndices<A extends StridedArray>(kind: 'cummax' | 'cummin', x: A, axis: number): ValuesAtIndices<A> {
  return chosen(running[kind], x, { axis, keepdims: true });
}

interface TopParams extends ChoiceParams {
  readonly k: number;
  readonly largest: boolean;
}

const topOp = choice<TopParams>('topK', 'TopkBackward0', ({ k }) => k,
  (x, { axis, k, largest }) => sliceAxis(argsort(x, axis, largest), axis, 0, k));

/** The `k` largest or smallest elements along an axis, in order. */
export function topK<A extends StridedArray>(x: A, k: number, axis: number, largest: boolean, gradName?: string): ValuesAtIndices<A> {
  return chosen(topOp, x, { axis, keepdims: true, k: x.geometry.shape.length === 0 ? 1 : k, largest }, gradName);
}

const kthOp = choice<ChoiceParams & { readonly k: number }>('kthValue', 'KthvalueBackward0', one,
  (x, { axis, k }) => sliceAxis(argsort(x, axis), axis, k - 1, 1));

/** The `k`-th smallest element along an axis, the first being number 1. */
export function kthValue<A extends StridedArray>(x: A, k: number, axis: number, keepdims = false): ValuesAtIndices<A> {
  return chosen(kthOp, x, { axis, keepdims, k });
}

/** Where the middle element along an axis is, the axis kept: of NaN the first, unless they are left out. */
function middlePlaces(x: StridedArray, axis: number, skipsNaN: boolean): StridedArray {
  const order = argsort(x, axis);
  const middle = sliceAxis(order, axis, (x.geometry.shape[axis] - 1) >> 1, 1);
  if (!isInexact(x.dtypeCore)) return middle;
  if (skipsNaN) {
    // NaN are last in order: the middle is that of the others.
    const count = sum(cast(isNumber(x), int64), [axis], true);
    return gatherAlong(order, axis, maximum(floorDivide(sub(count, 1), 2), 0), 'torch');
  }
  return where(any(isnan(x), [axis], true), argExtreme('argmax', x, axis, true), middle) as StridedArray;
}

const medianKinds = ['median', 'nanMedian'] as const;
type MedianKind = typeof medianKinds[number];

const middles = fromNames(medianKinds, (kind) => choice<ChoiceParams>(
  `${kind}WithIndices`, kind === 'median' ? 'MedianBackward1' : 'NanmedianBackward1', one,
  (x, { axis }) => middlePlaces(x, axis, kind === 'nanMedian')));

/** The middle element in order along an axis, the lower of two. */
export function medianWithIndices<A extends StridedArray>(kind: MedianKind, x: A, axis: number, keepdims = false): ValuesAtIndices<A> {
  return chosen(middles[kind], x, { axis, keepdims });
}

const medians = fromNames(medianKinds, (kind) => structural({
  name: kind, args: ['x'], moves: true, widensRules: true,
  results: ([x]: One, _: null) => [{ shape: [], dtype: x.dtypeCore }],
  composite: ([x]) => {
    const flat = reshapeTo(x, [x.geometry.size]);
    return [reshapeTo(gatherAlong(flat, 0, contiguous(middlePlaces(flat, 0, kind === 'nanMedian')), 'torch'), [])];
  },
  saves: ['x', 'out'],
  vjp: {
    // All elements that equal the middle share the gradient.
    x: (g, { x, out }) => {
      const hits = cast(logicalOr(eq(x, out), logicalAnd(isnan(x), isnan(out))), g.dtypeCore);
      return mul(div(hits, sum(hits, allAxes(hits))), g);
    },
  },
  gradName: kind === 'median' ? 'MedianBackward0' : 'NanmedianBackward0',
}));

/** The middle of all elements in order, the lower of two. */
export function median<A extends StridedArray>(kind: MedianKind, x: A): A {
  return run(medians[kind], [x], null)[0];
}

/** Where the most frequent element along an axis is: the smallest of several, at its last place. Read on the host. */
function modePlaces(x: StridedArray, axis: number): StridedArray {
  const { shape } = x.geometry;
  const end = shape.length - 1;
  const { values, indices } = sortWithIndices(x, axis);
  const [sorted, places] = [values, indices].map((each) => elements(swapAxes(each, axis, end)) as number[]);
  const extent = shape[axis];
  const found = new Float64Array(sorted.length / extent);
  for (let row = 0; row < found.length; row++) {
    let [best, length] = [0, 0];
    for (let i = 0; i < extent; i++) {
      const at = row * extent + i;
      length = i > 0 && sorted[at] === sorted[at - 1] ? length + 1 : 1;
      // The order is stable: the end of a run is the last of its elements in the array.
      if (length > best) {
        best = length;
        found[row] = places[at];
      }
    }
  }
  const swapped = shape.map((each, i) => (i === end ? 1 : i === axis ? shape[end] : each));
  return swapAxes(integersLike(x, found, swapped), axis, end);
}

const modeOp = choice<ChoiceParams>('modeWithIndices', 'ModeBackward0', one, (x, { axis }) => modePlaces(x, axis));

/** The most frequent element along an axis, the smallest of several, and its last place. */
export function modeWithIndices<A extends StridedArray>(x: A, axis: number, keepdims = false): ValuesAtIndices<A> {
  return chosen(modeOp, x, { axis, keepdims });
}
