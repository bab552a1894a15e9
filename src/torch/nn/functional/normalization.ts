import { withGradMode } from '../../../autograd/mode.ts';
import { componentType, float32, float64, isHalf, isInexact } from '../../../core/dtype.ts';
import { NotImplementedError, RuntimeError, ValueError, ZeroDivisionError } from '../../../core/errors.ts';
import { sameShape, sizeOf } from '../../../core/layout.ts';
import { declare } from '../../../core/signature.ts';
import { cast } from '../../../ops/cast.ts';
import { reshapeTo } from '../../../ops/movement.ts';
import * as normalization from '../../../ops/normalization.ts';
import { roundedQuotient } from '../../../ops/arithmetic.ts';
import { countOf, mean, sum } from '../../../ops/reduce.ts';
import { padConstant } from '../../../ops/spatial/padding.ts';
import { slidingWindows } from '../../../ops/views.ts';
import { commonType, renamed } from '../../arguments/operands.ts';
import { listText } from '../../arguments/sizes.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { wrapDimension } from '../../tensor/tensor.ts';
import { checkFloating } from './support.ts';

/** Normalisation to mean 0 and variance 1. */

type Parameters = Readonly<Record<string, Tensor | null>>;

/** The last axes, which have `normalized_shape`, as all parameters do. */
function lastAxes(input: Tensor, normalized_shape: readonly number[], parameters: Parameters, opening: string): readonly number[] {
  const { shape } = input.geometry;
  const count = normalized_shape.length;
  if (count === 0) {
    throw new RuntimeError('Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, '
      + 'but got normalized_shape = []');
  }
  for (const [name, tensor] of Object.entries(parameters)) {
    if (tensor !== null && !sameShape(tensor.geometry.shape, normalized_shape)) {
      throw new RuntimeError(
        `Expected ${name} to be of same shape as normalized_shape, but got ${name} of shape ${listText(tensor.geometry.shape)} and `
        + `normalized_shape = ${listText(normalized_shape)}`);
    }
  }
  if (!sameShape(shape.slice(-count), normalized_shape)) {
    throw new RuntimeError(
      `Given normalized_shape=${listText(normalized_shape)}, expected input with shape ${opening}${normalized_shape.join(', ')}], `
      + `but got input of size${listText(shape)}`);
  }
  return shape.map((_, axis) => axis).slice(-count);
}

/**
 * Normalises over the last dimensions, which have `normalized_shape`. Source: torch.nn.functional.layer_norm.
 * @example
 * nn.functional.layer_norm(torch.tensor([1.5, 2.5]), [2]); // → tensor([-1.0000,  1.0000])
 */
export const layer_norm = declare<[
  input: Tensor, normalized_shape: readonly number[], weight?: Tensor | null, bias?: Tensor | null, eps?: number,
]>()('nn.functional.layer_norm', 'input, normalized_shape: iterable, weight=None, bias: Tensor = None, eps=1e-05',
  ({ input, normalized_shape, weight, bias, eps }): Tensor => {
  checkFloating('LayerNormKernelImpl', input.dtypeCore);
  const axes = lastAxes(input, normalized_shape, { weight, bias }, '[*, ');
  return normalization.layerNorm(input, weight, bias, axes, eps);
});

/**
 * Normalises each channel of (N, C, ...) over all else: with the batch's own statistics in training, which also move the
 * running ones by `momentum`, else with the running ones. Source: torch.nn.functional.batch_norm.
 * @example
 * nn.functional.batch_norm(torch.tensor([[1.5], [2.5]]), null, null, { training: true }); // → tensor([[-1.0000],
 *                                                                                         //           [ 1.0000]])
 */
export const batch_norm = declare<[
  input: Tensor, running_mean: Tensor | null, running_var: Tensor | null, weight?: Tensor | null, bias?: Tensor | null, training?: boolean,
  momentum?: number, eps?: number,
]>()('nn.functional.batch_norm', [
  'input, running_mean, running_var, weight=None, bias: Tensor = None, training=False, momentum=0.1, eps=1e-05',
], ({ input, running_mean, running_var, weight, bias, training, momentum, eps }): Tensor => {
  checkFloating('batch_norm', input.dtypeCore);
  const { shape } = input.geometry;
  const axes = shape.map((_, axis) => axis).filter((axis) => axis !== 1);
  const count = countOf(shape, axes);
  if (training && count === 1) {
    throw new ValueError(`Expected more than 1 value per channel when training, got input size ${input.shape}`);
  }
  const channels = shape[1] ?? 0;
  for (const [name, tensor] of Object.entries({ running_mean, running_var, weight, bias })) {
    if (tensor !== null && tensor.geometry.size !== channels) {
      throw new RuntimeError(`${name} should contain ${channels} elements not ${sizeOf(tensor.geometry.shape)}`);
    }
  }
  if (!training && (running_mean === null || running_var === null)) {
    throw new RuntimeError('Expected running_mean and running_var to be defined when training is False');
  }
  // A vector without elements has no channels either; others lack the dimension.
  if (input.geometry.size === 0 && shape.length === 1) return input.clone();
  wrapDimension(1, shape.length);
  const perChannel = (tensor: Tensor | null): Tensor | null =>
    (tensor === null ? null : reshapeTo(tensor, shape.map((_, axis) => (axis === 1 ? channels : 1))));
  if (!training) {
    return normalization.batchNormGiven(
      input, perChannel(weight), perChannel(bias), perChannel(running_mean)!, perChannel(running_var)!, eps);
  }
  const { out, ...batch } = normalization.batchNorm(input, perChannel(weight), perChannel(bias), axes, eps);
  normalization.moveRunning(running_mean, running_var, batch, count, momentum);
  return out;
});

/**
 * The last dimensions, which have `normalized_shape`, divided by the root of the mean of their squares, to which `eps` is added: the
 * distance from 1 to the next number unless said. Source: torch.nn.functional.rms_norm.
 * @example
 * nn.functional.rms_norm(torch.tensor([3, 4.5]), [2]); // → tensor([0.7845, 1.1767])
 */
export const rms_norm = declare<[
  input: Tensor, normalized_shape: readonly number[], weight?: Tensor | null, eps?: number | null,
]>()('nn.functional.rms_norm', 'input, normalized_shape: iterable, weight=None, eps: float | None = None',
  ({ input, normalized_shape, weight, eps }): Tensor => {
  const { length } = input.geometry.shape;
  if (normalized_shape.length > length) {
    throw new ValueError(`Input tensor must have at least ${normalized_shape.length} dimensions, but got ${length}`);
  }
  const axes = lastAxes(input, normalized_shape, { weight }, '[*');
  const type = input.dtypeCore;
  if (!isInexact(type)) throw new NotImplementedError(`"rms_norm" not implemented for '${scalarTypeName(type)}'`);
  // Half floats are computed in float32, and so is its epsilon.
  const least = eps ?? (componentType(type) === float64 ? 2 ** -52 : 2 ** -23);
  const own = weight === null ? type : commonType([input, weight]);
  const name = isHalf(type) || own !== type ? 'ToCopyBackward0' : 'MulBackward0';
  if (weight === null || own === type) {
    return normalization.rmsNorm(input, weight === null ? null : cast(weight, type), axes, least, name);
  }
  if (isHalf(type)) return cast(normalization.rmsNorm(cast(input, own), cast(weight, own), axes, least), type);
  return cast(cast(normalization.rmsNorm(input, null, axes, least), own).mul(weight), type);
});

/** One number for each of `count` channels. */
function checkChannels(name: string, tensor: Tensor | null, shape: readonly number[]): void {
  if (tensor === null || (tensor.geometry.shape.length === 1 && tensor.geometry.size === shape[1])) return;
  throw new RuntimeError(`Expected ${name} to be a vector of size equal to the number of channels in input, but got ${name} of shape `
    + `${listText(tensor.geometry.shape)} and input of shape ${listText(shape)}`);
}

/** Parameters have the input's dtype, or float32 beside half floats. */
function checkParameterType(parameter: Tensor | null, input: Tensor): void {
  if (parameter === null || parameter.dtypeCore === input.dtypeCore) return;
  if (isHalf(input.dtypeCore) && parameter.dtypeCore === float32) return;
  throw new RuntimeError(isHalf(input.dtypeCore) ? 'mixed dtype (CPU): all the inputs must share same datatype.'
    : `mixed dtype (CPU): expect parameter to have scalar type of ${scalarTypeName(input.dtypeCore)}`);
}

/**
 * The channels of (N, C, ...) in `num_groups` groups, each to mean 0 and variance 1; then a weight and a bias for each channel.
 * Source: torch.nn.functional.group_norm.
 * @example
 * nn.functional.group_norm(torch.tensor([[1.5, 2.5, 3, 7]]), 2); // → tensor([[-1.0000,  1.0000, -1.0000,  1.0000]])
 */
export const group_norm = declare<[
  input: Tensor, num_groups: number, weight?: Tensor | null, bias?: Tensor | null, eps?: number,
]>()('nn.functional.group_norm', 'input, num_groups: int, weight=None, bias: Tensor = None, eps=1e-05',
  ({ input, num_groups, weight, bias, eps }): Tensor => {
  const { shape } = input.geometry;
  if (shape.length < 2) throw new RuntimeError(`Expected at least 2 dimensions for input tensor but received ${shape.length}`);
  if (num_groups === 0) throw new ZeroDivisionError('integer division or modulo by zero');
  const [batch, channels, ...rest] = shape;
  if (Math.floor(batch * channels / num_groups) * sizeOf(rest) === 1) {
    throw new ValueError('Expected more than 1 value per channel when training, got input size '
      + listText([Math.floor(batch * channels / num_groups), num_groups, ...rest]));
  }
  if (num_groups < 0) throw new RuntimeError(`Expected num groups to be greater than 0, got ${num_groups}`);
  if (channels % num_groups !== 0) {
    throw new RuntimeError('Expected number of channels in input to be divisible by num_groups, but got input of shape '
      + `${listText(shape)} and num_groups=${num_groups}`);
  }
  checkChannels('weight', weight, shape);
  checkChannels('bias', bias, shape);
  checkFloating('GroupNormKernelImpl', input.dtypeCore);
  checkParameterType(weight, input);
  checkParameterType(bias, input);
  const type = commonType([input, ...[weight, bias].filter((parameter) => parameter !== null)]);
  const like = (parameter: Tensor | null): Tensor | null => (parameter === null ? null : cast(parameter, type));
  const out = normalization.groupNorm(cast(input, type), num_groups, like(weight), like(bias), eps);
  return type === input.dtypeCore ? out : renamed(cast(out, input.dtypeCore), 'NativeGroupNormBackward0');
});

/**
 * Normalises each channel of each element of a batch (N, C, ...) by itself, or with running statistics where `use_input_stats` is false.
 * Source: torch.nn.functional.instance_norm.
 * @example
 * nn.functional.instance_norm(torch.tensor([[[1.5, 2.5], [3, 7]]])); // → tensor([[[-1.0000,  1.0000],
 *                                                                    //            [-1.0000,  1.0000]]])
 */
export const instance_norm = declare<[
  input: Tensor, running_mean?: Tensor | null, running_var?: Tensor | null, weight?: Tensor | null, bias?: Tensor | null,
  use_input_stats?: boolean, momentum?: number, eps?: number,
]>()('nn.functional.instance_norm', [
  'input, running_mean=None, running_var=None, weight=None, bias: Tensor = None, use_input_stats=True, momentum=0.1, eps=1e-05',
], ({ input, running_mean, running_var, weight, bias, use_input_stats, momentum, eps }): Tensor => {
  const { shape } = input.geometry;
  const axes = shape.map((_, axis) => axis).slice(2);
  const count = countOf(shape, axes);
  if (use_input_stats && count === 1) {
    throw new ValueError(`Expected more than 1 spatial element when training, got input size ${input.shape}`);
  }
  if (!use_input_stats && (running_mean === null || running_var === null)) {
    throw new RuntimeError('Expected running_mean and running_var to be defined when use_input_stats is false');
  }
  if ((running_mean === null) !== (running_var === null)) {
    throw new ValueError('running_mean and running_var must either both be None or neither be None');
  }
  const [batch, channels] = shape;
  for (const [name, tensor] of Object.entries({ running_mean, running_var, weight, bias })) {
    if (tensor !== null && tensor.geometry.size !== channels) {
      throw new RuntimeError(`${name} should contain ${batch * channels} elements not ${batch * sizeOf(tensor.geometry.shape)}`);
    }
  }
  checkFloating('batch_norm', input.dtypeCore);
  const perChannel = (tensor: Tensor | null): Tensor | null =>
    (tensor === null ? null : reshapeTo(tensor, shape.map((_, axis) => (axis === 1 ? channels : 1))));
  if (!use_input_stats) {
    return normalization.batchNormGiven(
      input, perChannel(weight), perChannel(bias), perChannel(running_mean)!, perChannel(running_var)!, eps, 'ViewBackward0');
  }
  const { out, ...own } = normalization.batchNorm(input, perChannel(weight), perChannel(bias), axes, eps, 'ViewBackward0');
  if (running_mean !== null && batch > 0) {
    // The running statistics follow the mean over the batch.
    const average = withGradMode(false, () => ({ mean: mean(own.mean, [0], true), variance: mean(own.variance, [0], true) }));
    normalization.moveRunning(running_mean, running_var, average, count, momentum);
  }
  return out;
});

/**
 * Each element of (N, C, ...) divided by a power of the mean of squares around it, over `size` channels.
 * Source: torch.nn.functional.local_response_norm.
 * @example
 * nn.functional.local_response_norm(torch.tensor([[[1, 2], [3, 4.5]]]), 2, { alpha: 1 }); // → tensor([[[0.7378, 0.8774],
 *                                                                                         //            [0.7825, 0.6526]]])
 */
export const local_response_norm = declare<[input: Tensor, size: number, alpha?: number, beta?: number, k?: number]>()(
  'nn.functional.local_response_norm', 'input, size: int, alpha=0.0001, beta=0.75, k=1.0',
  ({ input, size, alpha, beta, k }): Tensor => {
  const { shape } = input.geometry;
  if (shape.length < 3) {
    throw new ValueError(`Expected 3D or higher dimensionality                          input (got ${shape.length} dimensions)`);
  }
  if (input.geometry.size === 0) return input;
  if (size <= 0) {
    throw new RuntimeError('kernel size should be greater than zero, but got '
      + (shape.length === 3 ? `kH: ${size} kW: 1` : `kT: ${size} kH: 1 kW: 1`));
  }
  const [before, after] = [Math.floor(size / 2), Math.floor((size - 1) / 2)];
  const squares = padConstant(input.mul(input), shape.map((_, axis) => (axis === 1 ? [before, after] as const : [0, 0] as const)), 0);
  const last = shape.length;
  const around = slidingWindows(squares, 1, size, 1);
  const power = isInexact(input.dtypeCore) ? mean(around, [last]) : roundedQuotient(sum(around, [last]), size, 'trunc');
  return input.div(power.mul(alpha).add(k).pow(beta));
});
