import { gradMode, withGradMode } from '../autograd/mode.ts';
import type { Kernel } from '../backend/kernels.ts';
import { float32, isHalf } from '../core/dtype.ts';
import { sizeOf } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { clone, reshapeTo } from './movement.ts';
import { add, conj, mul, reciprocal, sub } from './pointwise/arithmetic.ts';
import { sqrt } from './pointwise/elementary.ts';
import { floats, inexact } from './pointwise/row.ts';
import { keptShape, mean } from './reduce.ts';
import type { ResultSpec } from './registry/op.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Normalisation to mean 0 and variance 1. Weights and biases broadcast to the array; statistics keep the axes, with extent 1. */

declare module '../backend/kernels.ts' {
  interface Kernels {
    layerNorm: Kernel<NormalizationParams, Affine>;
  }
}

interface NormalizationParams {
  readonly axes: readonly number[];
  readonly eps: number;
}

type Affine = readonly [StridedArray, StridedArray | null, StridedArray | null];

/** Statistics of half floats are float32, as the computation is. */
const statisticsDType = ({ dtypeCore }: StridedArray) => (isHalf(dtypeCore) ? float32 : dtypeCore);

interface Statistics {
  readonly center: StridedArray;
  readonly deviation: StridedArray;
  readonly variance: StridedArray;
  /** 1 over the standard deviation. */
  readonly scale: StridedArray;
}

function statisticsOf(x: StridedArray, { axes, eps }: NormalizationParams): Statistics {
  const center = mean(x, axes, true);
  const deviation = sub(x, center);
  const variance = mean(mul(deviation, deviation), axes, true);
  return { center, deviation, variance, scale: inverseDeviation(variance, eps) };
}

const inverseDeviation = (variance: StridedArray, eps: number): StridedArray => reciprocal(sqrt(add(variance, eps)));

/** In the memory of the deviation. */
function affine(out: StridedArray, scale: StridedArray, weight: StridedArray | null, bias: StridedArray | null): StridedArray {
  mul(out, scale, out);
  if (weight !== null) mul(out, weight, out);
  return bias === null ? out : add(out, bias, out);
}

/** Over the statistics of the array itself. */
const normalization = (name: string, gradName: string) => structural({
  name, gradName, args: ['x', 'weight', 'bias'], optional: ['weight', 'bias'], dtypes: floats,
  names: ['out', 'mean', 'variance', 'scale'], differentiable: 1,
  results: ([x]: Affine, { axes }: NormalizationParams): readonly ResultSpec[] => {
    const { shape } = x.geometry;
    const statistics = { shape: keptShape(shape, axes, true), dtype: statisticsDType(x) };
    return [{ shape, dtype: x.dtypeCore }, statistics, statistics, statistics];
  },
  composite: ([x, weight, bias], params) => {
    const { center, deviation, variance, scale } = statisticsOf(x, params);
    return [affine(deviation, scale, weight, bias), center, variance, scale];
  },
  saves: ['x', 'weight', 'mean', 'scale'],
  vjp: ([g], { x, weight, mean: center, scale: known }, params, [wantsInput, wantsWeight, wantsBias]) => {
    // To be differentiated again the statistics must depend on the array.
    const { deviation, scale } = gradMode.enabled ? statisticsOf(x, params) : { deviation: sub(x, center), scale: known };
    const { axes } = params;
    const hat = mul(deviation, scale);
    let ofInput: StridedArray | null = null;
    if (wantsInput) {
      const slope = weight === null ? g! : mul(g!, weight);
      const along = mul(hat, mean(mul(slope, hat), axes, true));
      ofInput = mul(sub(sub(slope, mean(slope, axes, true)), along), scale);
    }
    return [ofInput, wantsWeight ? mul(g!, hat) : null, wantsBias ? g! : null];
  },
});

const groupNormOp = normalization('groupNorm', 'NativeGroupNormBackward0');
const layerNormOp = normalization('layerNorm', 'NativeLayerNormBackward0');
const batchNormOp = normalization('batchNorm', 'NativeBatchNormBackward0');

/** Over `axes`, the last ones. */
export function layerNorm<A extends StridedArray>(x: A, weight: A | null, bias: A | null, axes: readonly number[], eps: number): A {
  return run(layerNormOp, [x, weight, bias], { axes, eps })[0];
}

/** Over all axes but the channels', `axes`; also the batch's mean and its variance, which is the biased one. */
export function batchNorm<A extends StridedArray>(
  x: A, weight: A | null, bias: A | null, axes: readonly number[], eps: number, name?: string,
): { out: A; mean: A; variance: A } {
  const [out, center, variance] = run(batchNormOp, [x, weight, bias], { axes, eps }, name);
  return { out, mean: center, variance };
}

/**
 * Each of `groups` groups of channels of (N, C, ...) apart, with a weight and a bias for each channel. Their number divides that of the
 * channels.
 */
export function groupNorm<A extends StridedArray>(x: A, groups: number, weight: A | null, bias: A | null, eps: number): A {
  const { shape } = x.geometry;
  const [batch, channels] = shape;
  const own = channels / groups;
  const perChannel = (operand: A | null): A | null => (operand === null ? null : reshapeTo(operand, [1, groups, own, 1]));
  const apart = reshapeTo(x, [batch, groups, own, sizeOf(shape.slice(2))]);
  const [out] = run(groupNormOp, [apart, perChannel(weight), perChannel(bias)], { axes: [2, 3], eps });
  return reshapeTo(out, shape, groupNormOp.gradName);
}

type Scaled = readonly [StridedArray, StridedArray | null];

const rootMeanSquare = (x: StridedArray, { axes, eps }: NormalizationParams): StridedArray =>
  inverseDeviation(mean(mul(x, x), axes, true), eps);

const rmsNormOp = structural({
  name: 'rmsNorm', args: ['x', 'weight'], optional: ['weight'], dtypes: inexact,
  names: ['out', 'scale'], differentiable: 1,
  results: ([x]: Scaled, { axes }: NormalizationParams) => {
    const { shape } = x.geometry;
    return [{ shape, dtype: x.dtypeCore }, { shape: keptShape(shape, axes, true), dtype: statisticsDType(x) }];
  },
  composite: ([x, weight], params) => {
    const scale = rootMeanSquare(x, params);
    const out = mul(x, scale);
    return [weight === null ? out : mul(out, weight, out), scale];
  },
  saves: ['x', 'weight', 'scale'],
  vjp: ([g], { x, weight, scale: known }, params, [wantsInput, wantsWeight]) => {
    const scale = gradMode.enabled ? rootMeanSquare(x, params) : known;
    const hat = mul(x, scale);
    let ofInput: StridedArray | null = null;
    if (wantsInput) {
      const slope = weight === null ? g! : mul(g!, conj(weight));
      const along = mean(mul(slope, conj(hat)), params.axes, true);
      ofInput = mul(sub(slope, mul(conj(hat), along)), conj(scale));
    }
    return [ofInput, wantsWeight ? mul(g!, conj(hat)) : null];
  },
  gradName: 'MulBackward0',
});

/** Over `axes`, the last ones, by the root of the mean of squares alone. */
export function rmsNorm<A extends StridedArray>(x: A, weight: A | null, axes: readonly number[], eps: number, name?: string): A {
  return run(rmsNormOp, [x, weight], { axes, eps }, name)[0];
}

type Given = readonly [StridedArray, StridedArray | null, StridedArray | null, StridedArray, StridedArray];

const givenOp = structural({
  name: 'batchNormGiven', gradName: 'NativeBatchNormBackward0',
  args: ['x', 'weight', 'bias', 'runningMean', 'runningVariance'], optional: ['weight', 'bias'], dtypes: floats,
  names: ['out', 'mean', 'scale'], differentiable: 1,
  results: ([x, , , center]: Given, _: { readonly eps: number }) => {
    const statistics = { shape: center.geometry.shape, dtype: statisticsDType(x) };
    return [{ shape: x.geometry.shape, dtype: x.dtypeCore }, statistics, statistics];
  },
  composite: ([x, weight, bias, center, variance], { eps }) => {
    const scale = inverseDeviation(variance, eps);
    // Copies: the running statistics move on before the gradient is asked for.
    return [affine(sub(x, center), scale, weight, bias), clone(center), scale];
  },
  saves: ['x', 'weight', 'mean', 'scale'],
  vjp: ([g], { x, weight, mean: center, scale }, _, [wantsInput, wantsWeight, wantsBias]) => [
    wantsInput ? mul(weight === null ? g! : mul(g!, weight), scale) : null,
    wantsWeight ? mul(g!, mul(sub(x, center), scale)) : null,
    wantsBias ? g! : null, null, null,
  ],
});

/** With statistics that are given, which have no gradient. */
export function batchNormGiven<A extends StridedArray>(
  x: A, weight: A | null, bias: A | null, center: A, variance: A, eps: number, name?: string,
): A {
  return run(givenOp, [x, weight, bias, center, variance], { eps }, name)[0];
}

/** Moves a running statistic by `momentum` towards `factor` times a batch's. */
function move(running: StridedArray, batch: StridedArray, factor: number, momentum: number): void {
  const fresh = mul(reshapeTo(batch, running.geometry.shape), factor * momentum);
  mul(running, 1 - momentum, running);
  add(running, cast(fresh, running.dtypeCore), running);
  fresh.storage.free();
}

/** Moves running statistics towards those of a batch of `count` elements each. The running variance is the unbiased one. */
export function moveRunning(
  runningMean: StridedArray | null, runningVariance: StridedArray | null,
  batch: { readonly mean: StridedArray; readonly variance: StridedArray }, count: number, momentum: number,
): void {
  withGradMode(false, () => {
    if (runningMean !== null) move(runningMean, batch.mean, 1, momentum);
    if (runningVariance !== null) move(runningVariance, batch.variance, count / Math.max(count - 1, 1), momentum);
  });
}
