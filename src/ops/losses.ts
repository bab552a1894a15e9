import { int64 } from '../core/dtype.ts';
import { IndexError } from '../core/errors.ts';
import { broadcastPair } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { full } from './creation.ts';
import { elements, isDeferred } from './host.ts';
import { gatherAlong, indexSelect, scatterAlong } from './indexing.ts';
import { broadcastTo, reshapeTo, unsqueeze } from './movement.ts';
import { add, div, mul, neg, sub } from './pointwise/arithmetic.ts';
import { clamp, ge, le, logicalAnd, logicalNot, lt, maximum, minimum, ne, where } from './pointwise/comparison.ts';
import { abs, exp, log, log1p, sigmoid } from './pointwise/elementary.ts';
import { floats } from './pointwise/row.ts';
import { allAxes, any, sum } from './reduce.ts';
import { refuseIf } from './refusal.ts';
import type { ResultSpec } from './registry/op.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Losses. `reduction` says how the elements' losses become one: their mean, their sum, or 'none' for all of them. */

export type LossReduction = 'none' | 'mean' | 'sum';

interface LossParams {
  readonly reduction: LossReduction;
}

/** The one loss of many, in their own memory where they stay. */
function reduceLoss(losses: StridedArray, { reduction }: LossParams): StridedArray {
  if (reduction === 'none') return losses;
  const total = sum(losses, allAxes(losses));
  return reduction === 'mean' ? div(total, losses.geometry.size, total) : total;
}

type Pair = readonly [StridedArray, StridedArray];

function lossOf([x, y]: readonly StridedArray[], { reduction }: LossParams): readonly ResultSpec[] {
  return [{ shape: reduction === 'none' ? broadcastPair(x.geometry.shape, y.geometry.shape)! : [], dtype: x.dtypeCore }];
}

interface DifferenceParams extends LossParams {
  /** Where the loss turns from a parabola into a line. */
  readonly threshold: number;
}

interface DifferenceLoss {
  readonly name: string;
  readonly gradName: string;
  /** May compute in the memory of the difference. */
  readonly value: (difference: StridedArray, threshold: number) => StridedArray;
  /** The slope, times `scale`. */
  readonly slope: (difference: StridedArray, threshold: number, scale: number) => StridedArray;
}

/** A loss of each pair of elements that depends on their difference only, so that the two gradients are opposite. */
const differenceLoss = ({ name, gradName, value, slope }: DifferenceLoss) => structural({
  name, gradName, args: ['input', 'target'], dtypes: floats,
  results: (operands: Pair, params: DifferenceParams) => lossOf(operands, params),
  composite: ([input, target], params) => [reduceLoss(value(sub(input, target), params.threshold), params)],
  saves: ['input', 'target'],
  vjp: ([g], { input, target }, { reduction, threshold }, [wantsInput, wantsTarget]) => {
    const difference = sub(input, target);
    const scale = reduction === 'mean' ? 1 / difference.geometry.size : 1;
    const ofInput = mul(slope(difference, threshold, scale), g!);
    return [wantsInput ? ofInput : null, wantsTarget ? neg(ofInput) : null];
  },
});

const mseOp = differenceLoss({
  name: 'mseLoss', gradName: 'MseLossBackward0',
  value: (d) => mul(d, d, d),
  slope: (d, _, scale) => mul(d, 2 * scale),
});

/** (input − target)² */
export function mseLoss<A extends StridedArray>(input: A, target: A, reduction: LossReduction): A {
  return run(mseOp, [input, target], { reduction, threshold: 0 })[0];
}

const smoothOp = differenceLoss({
  name: 'smoothL1Loss', gradName: 'SmoothL1LossBackward0',
  value: (d, beta) => {
    const size = abs(d);
    return where(lt(size, beta), div(mul(mul(size, 0.5), size), beta), sub(size, 0.5 * beta)) as StridedArray;
  },
  slope: (d, beta, scale) => mul(clamp(div(d, beta), -1, 1) as StridedArray, scale),
});

/** Half the square of the difference over beta where it is below beta, else its size less beta / 2. */
export function smoothL1Loss<A extends StridedArray>(input: A, target: A, reduction: LossReduction, beta: number): A {
  return run(smoothOp, [input, target], { reduction, threshold: beta })[0];
}

const huberOp = differenceLoss({
  name: 'huberLoss', gradName: 'HuberLossBackward0',
  value: (d, delta) => {
    const size = abs(d);
    return where(le(size, delta), mul(mul(size, 0.5), size), mul(sub(size, 0.5 * delta), delta)) as StridedArray;
  },
  slope: (d, delta, scale) => mul(clamp(d, -delta, delta) as StridedArray, scale),
});

/** Half the square of the difference where it is at most delta, else delta · (its size − delta / 2). */
export function huberLoss<A extends StridedArray>(input: A, target: A, reduction: LossReduction, delta: number): A {
  return run(huberOp, [input, target], { reduction, threshold: delta })[0];
}

type Weighted = readonly [StridedArray, StridedArray, StridedArray | null];

const weighted = (losses: StridedArray, weight: StridedArray | null): StridedArray => (weight === null ? losses : mul(losses, weight));

/** From the slope of each element's loss the gradient. */
function scaledSlope(slope: StridedArray, g: StridedArray, weight: StridedArray | null, { reduction }: LossParams): StridedArray {
  const slopes = weighted(slope, weight);
  return mul(reduction === 'mean' ? div(slopes, slopes.geometry.size) : slopes, g);
}

const crossEntropyOp = structural({
  name: 'binaryCrossEntropy', args: ['input', 'target', 'weight'], optional: ['weight'], dtypes: floats,
  results: (operands: Weighted, params: LossParams) => lossOf(operands as unknown as Pair, params),
  composite: ([x, y, weight], params) => {
    refuseIf(any(logicalNot(logicalAnd(ge(x, 0), le(x, 1))), allAxes(x)), 'all elements of input should be between 0 and 1');
    const losses = sub(mul(sub(y, 1), maximum(log1p(neg(x)), -100)), mul(y, maximum(log(x), -100)));
    return [reduceLoss(weighted(losses, weight), params)];
  },
  saves: ['input', 'target', 'weight'],
  vjp: {
    input: (g, { input: x, target: y, weight }, params) =>
      scaledSlope(div(sub(x, y), maximum(mul(sub.reversed(1, x), x), leastVariance)), g, weight, params),
    target: (g, { input: x, weight }, params) => scaledSlope(sub(log1p(neg(x)), log(x)), g, weight, params),
    weight: null,
  },
});

/** −target · log(input) − (1 − target) · log(1 − input), the logarithms not below −100. */
export function binaryCrossEntropy<A extends StridedArray>(input: A, target: A, weight: A | null, reduction: LossReduction): A {
  return run(crossEntropyOp, [input, target, weight], { reduction })[0];
}

/** PyTorch's number, which is a float32 in every dtype. */
const leastVariance = Math.fround(1e-12);

type Logits = readonly [StridedArray, StridedArray, StridedArray | null, StridedArray | null];

const logSigmoid = (x: StridedArray): StridedArray => sub(minimum(x, 0), log1p(exp(neg(abs(x)))));

const logitsOp = structural({
  name: 'binaryCrossEntropyWithLogits', args: ['input', 'target', 'weight', 'positive'], optional: ['weight', 'positive'], dtypes: floats,
  results: (operands: Logits, params: LossParams) => lossOf(operands as unknown as Pair, params),
  composite: ([x, y, weight, positive], params) => {
    const logs = logSigmoid(x);
    // With a weight p on the positive: (1 − y) · x − (1 + (p − 1) · y) · log σ(x).
    const scaled = positive === null ? logs : mul(add(mul(sub(positive, 1), y), 1), logs);
    return [reduceLoss(weighted(sub(mul(sub.reversed(1, y), x), scaled), weight), params)];
  },
  saves: ['input', 'target', 'weight', 'positive'],
  vjp: {
    input: (g, { input: x, target: y, weight, positive }, params) => {
      if (positive === null) return scaledSlope(sub(sigmoid(x), y), g, weight, params);
      const part = mul(positive, y);
      return scaledSlope(sub(mul(add(part, sub.reversed(1, y)), sigmoid(x)), part), g, weight, params);
    },
    target: (g, { input: x, weight, positive }, params) => {
      const slope = positive === null ? x : add(x, mul(sub(positive, 1), logSigmoid(x)));
      return scaledSlope(neg(slope), g, weight, params);
    },
    weight: null,
    positive: null,
  },
});

/** Binary cross entropy of sigmoid(input), without overflow. */
export function binaryCrossEntropyWithLogits<A extends StridedArray>(
  input: A, target: A, weight: A | null, positive: A | null, reduction: LossReduction,
): A {
  return run(logitsOp, [input, target, weight, positive], { reduction })[0];
}

/** The axis of the classes: the second one, or the only one. */
export const classAxis = ({ geometry: { shape } }: StridedArray): number => (shape.length > 1 ? 1 : 0);

/**
 * Throws for a class that there is not, and says whether any is `ignored`. Classes that cannot be read at once are checked where they
 * are looked up.
 */
function checkClasses(target: StridedArray, ignored: number, classes: number): boolean {
  if (isDeferred(target)) return true;
  let ignores = false;
  for (const value of elements(target)) {
    if (value === ignored) ignores = true;
    else if ((value as number) < 0 || (value as number) >= classes) throw new IndexError(`Target ${value} is out of bounds.`);
  }
  return ignores;
}

interface ClassParams extends LossParams {
  readonly ignored: number;
  /** Whether any target is to be ignored, or may be. */
  readonly ignores: boolean;
}

interface ClassWeights {
  /** The classes, safe to look up. */
  readonly safe: StridedArray;
  /** Which of them count; null where all do. */
  readonly keep: StridedArray | null;
  /** What each counts, null where that is 1. */
  readonly weights: StridedArray | null;
}

function classWeights(
  target: StridedArray, weight: StridedArray | null, { ignored, ignores }: Omit<ClassParams, 'reduction'>, like: StridedArray,
): ClassWeights {
  const index = cast(target, int64);
  const keep = ignores ? ne(index, ignored) : null;
  const safe = keep === null ? index : where(keep, index, 0) as StridedArray;
  const ofClass = weight === null ? null
    : reshapeTo(indexSelect(cast(weight, like.dtypeCore), 0, reshapeTo(safe, [safe.geometry.size])), target.geometry.shape);
  if (keep === null) return { safe, keep, weights: ofClass };
  const mask = cast(keep, like.dtypeCore);
  return { safe, keep, weights: ofClass === null ? mask : mul(ofClass, mask) };
}

const totalOf = (target: StridedArray, weights: StridedArray | null): StridedArray | number =>
  (weights === null ? target.geometry.size : sum(weights, allAxes(weights)));

const ignoring = (logs: StridedArray, target: StridedArray, ignored: number): Omit<ClassParams, 'reduction'> =>
  ({ ignored, ignores: checkClasses(target, ignored, logs.geometry.shape[classAxis(logs)]) });

/** What a mean over targets divides by: what they weigh together. */
export function totalWeight<A extends StridedArray>(
  logs: A, target: StridedArray, weight: StridedArray | null, ignored: number,
): A | number {
  return totalOf(target, classWeights(target, weight, ignoring(logs, target, ignored), logs).weights) as A | number;
}

type Classes = readonly [StridedArray, StridedArray, StridedArray | null];

/** The classes as indices along the axis of the logarithms that they name. */
function placeOf(logs: readonly number[], safe: StridedArray): StridedArray {
  return logs.length === 1 ? reshapeTo(safe, [1]) : unsqueeze(safe, 1);
}

const nllOp = structural({
  name: 'nllLoss', args: ['logs', 'target', 'weight'], optional: ['weight'], apart: ['target', 'weight'], dtypes: floats,
  results: ([logs, target]: Classes, { reduction }: ClassParams) =>
    [{ shape: reduction === 'none' ? target.geometry.shape : [], dtype: logs.dtypeCore }],
  composite: ([logs, target, weight], params) => {
    const { safe, weights } = classWeights(target, weight, params, logs);
    const picked = reshapeTo(gatherAlong(logs, classAxis(logs), placeOf(logs.geometry.shape, safe), 'torch'), target.geometry.shape);
    const losses = neg(weighted(picked, weights));
    if (params.reduction === 'none') return [losses];
    const total = sum(losses, allAxes(losses));
    return [params.reduction === 'mean' ? div(total, totalOf(target, weights), total) : total];
  },
  saves: ['target', 'weight'],
  vjp: ([g], { target, weight, shapes: [shape] }, params) => {
    const { safe, keep, weights } = classWeights(target, weight, params, g!);
    const negative = neg(g!);
    const each = broadcastTo(params.reduction === 'mean' ? div(negative, totalOf(target, weights)) : negative, target.geometry.shape);
    const slope = weighted(each, weights);
    // Where nothing counts the mean divides by 0, and still what is ignored has no gradient.
    const slopes = keep === null ? slope : where(keep, slope, 0) as StridedArray;
    const place = placeOf(shape, safe);
    const zeros = full(g!.species, shape, 0, g!.dtypeCore, g!.storage.device);
    return [scatterAlong(zeros, shape.length > 1 ? 1 : 0, place, reshapeTo(slopes, place.geometry.shape), 'torch'), null, null];
  },
});

/**
 * −logs[target]: the loss of logarithms of probabilities (N, C, ...) and classes (N, ...). Weighted by `weight[class]`, the mean is
 * over the weights; targets that are `ignored` do not count.
 */
export function nllLoss<A extends StridedArray>(
  logs: A, target: StridedArray, weight: StridedArray | null, ignored: number, reduction: LossReduction,
): A {
  const name = logs.geometry.shape.length > 2 ? 'NllLoss2DBackward0' : 'NllLossBackward0';
  return run(nllOp, [logs, target, weight] as (A | null)[], { reduction, ...ignoring(logs, target, ignored) }, name)[0];
}
