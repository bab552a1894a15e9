import { RuntimeError, ValueError } from '../../../core/errors.ts';
import { sameShape, sizeOf } from '../../../core/layout.ts';
import { declare } from '../../../core/signature.ts';
import { reshapeTo } from '../../../ops/movement.ts';
import * as normalization from '../../../ops/normalization.ts';
import { countOf } from '../../../ops/reduce.ts';
import { listText } from '../../arguments/sizes.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { wrapDimension } from '../../tensor/tensor.ts';
import { checkFloating } from './support.ts';

/** Normalisation to mean 0 and variance 1. */

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
  const { shape } = input.geometry;
  const count = normalized_shape.length;
  if (count === 0) {
    throw new RuntimeError('Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, '
      + 'but got normalized_shape = []');
  }
  if (!sameShape(shape.slice(-count), normalized_shape)) {
    throw new RuntimeError(
      `Given normalized_shape=${listText(normalized_shape)}, expected input with shape [*, ${normalized_shape.join(', ')}], `
      + `but got input of size${listText(shape)}`);
  }
  for (const [name, tensor] of [['weight', weight], ['bias', bias]] as const) {
    if (tensor !== null && !sameShape(tensor.geometry.shape, normalized_shape)) {
      throw new RuntimeError(
        `Expected ${name} to be of same shape as normalized_shape, but got ${name} of shape ${listText(tensor.geometry.shape)} and `
        + `normalized_shape = ${listText(normalized_shape)}`);
    }
  }
  const axes = shape.map((_, axis) => axis).slice(-count);
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
