import { componentType } from '../../../core/dtype.ts';
import { RuntimeError, ValueError } from '../../../core/errors.ts';
import { isDense } from '../../../core/layout.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { declare } from '../../../core/signature.ts';
import { cast } from '../../../ops/cast.ts';
import { full } from '../../../ops/creation.ts';
import { permute, squeeze, unsqueeze } from '../../../ops/movement.ts';
import * as ops from '../../../ops/pointwise/index.ts';
import { writeInPlace } from '../../arguments/operands.ts';
import { warn } from '../../arguments/warnings.ts';
import * as random from '../../functions/random/random.ts';
import { Tensor } from '../../tensor/tensor.ts';

/** Elements or channels left out at random. */

type Parameters = [input: Tensor, p?: number, training?: boolean, inplace?: boolean];
const text = 'input, p=0.5, training=True, inplace=False';

export function checkProbability(p: number): void {
  if (p >= 0 && p <= 1) return;
  throw new ValueError(`dropout probability has to be between 0 and 1, but got ${pythonRepr(p)}`);
}

/**
 * Zeroes elements with probability p and scales the others by 1 / (1 − p); the input itself where not `training`.
 * Source: torch.nn.functional.dropout.
 * @example
 * torch.manual_seed(0);
 * nn.functional.dropout(torch.ones(5), 0.5); // → tensor([0., 0., 2., 0., 0.])
 */
export const dropout = declare<Parameters>()('nn.functional.dropout', text, (values) => masked(values, (shape) => shape));

/**
 * As dropout, but whole channels at once: (N, C, ...) loses entries of N × C. Source: torch.nn.functional.dropout2d.
 * @example
 * torch.manual_seed(0);
 * nn.functional.feature_dropout(torch.ones(1, 3, 2)); // → tensor([[[0., 0.],
 *                                                     //            [0., 0.],
 *                                                     //            [2., 2.]]])
 */
export const feature_dropout = declare<Parameters>()('nn.functional.feature_dropout', text, (values) => masked(values, channels));

/** One element for each channel of each sample. */
const channels = (shape: readonly number[]): readonly number[] => {
  if (shape.length < 2) throw new RuntimeError('Feature dropout requires at least 2 dimensions in the input');
  return shape.map((extent, axis) => (axis < 2 ? extent : 1));
};

/** Whole channels of what may lack the dimension of samples. */
function withoutSamples(values: Values, ranks: readonly number[]): Tensor {
  const { input, inplace } = values;
  if (input.geometry.shape.length === ranks[1]) return feature_dropout(values);
  const result = squeeze(feature_dropout({ ...values, input: unsqueeze(input, 0), inplace: false }), [0]);
  return inplace ? writeInPlace(input, result) : result;
}

const ofSpace = (name: string, rank: number, given: number): string =>
  `Note that ${name} exists to provide channel-wise dropout on inputs with ${rank} spatial dimension${rank === 1 ? '' : 's'}, `
  + `a channel dimension, and an optional batch dimension (i.e. ${given}D or ${given + 1}D inputs).`;

const deprecated = (name: string, length: number, rank: number): string =>
  `${name}: Received a ${length}-D input to ${name}, which is deprecated and will result in an error in a future release. To retain the `
  + `behavior and silence this warning, please use dropout instead. ${ofSpace(name, rank, rank + 1)}`;

/**
 * As dropout, but whole channels of (N, C, L) or (C, L). Source: torch.nn.functional.dropout1d.
 * @example
 * torch.manual_seed(0);
 * nn.functional.dropout1d(torch.ones(3, 2)); // → tensor([[0., 0.],
 *                                            //           [0., 0.],
 *                                            //           [2., 2.]])
 */
export const dropout1d = declare<Parameters>()('nn.functional.dropout1d', text, (values) => {
  checkProbability(values.p);
  const { length } = values.input.geometry.shape;
  if (length !== 2 && length !== 3) {
    throw new RuntimeError(`dropout1d: Expected 2D or 3D input, but received a ${length}D input. ${ofSpace('dropout1d', 1, 2)}`);
  }
  return withoutSamples(values, [2, 3]);
});

/**
 * As dropout, but whole channels of (N, C, H, W); three dimensions count as (N, C, L). Source: torch.nn.functional.dropout2d.
 * @example
 * torch.manual_seed(0);
 * nn.functional.dropout2d(torch.ones(1, 3, 1, 2)).flatten(); // → tensor([0., 0., 0., 0., 2., 2.])
 */
export const dropout2d = declare<Parameters>()('nn.functional.dropout2d', text, (values) => {
  checkProbability(values.p);
  const { length } = values.input.geometry.shape;
  if (length !== 3 && length !== 4) warn(deprecated('dropout2d', length, 2));
  if (length === 3) {
    warn('dropout2d: Received a 3D input to dropout2d and assuming that channel-wise 1D dropout behavior is desired - input is interpreted '
      + 'as shape (N, C, L), where C is the channel dim. This behavior will change in a future release to interpret the input as one '
      + 'without a batch dimension, i.e. shape (C, H, W). To maintain the 1D channel-wise dropout behavior, please switch to using '
      + 'dropout1d instead.');
  }
  return feature_dropout(values);
});

/**
 * As dropout, but whole channels of (N, C, D, H, W) or (C, D, H, W). Source: torch.nn.functional.dropout3d.
 * @example
 * torch.manual_seed(0);
 * nn.functional.dropout3d(torch.ones(3, 1, 1, 2)).flatten(); // → tensor([0., 0., 0., 0., 2., 2.])
 */
export const dropout3d = declare<Parameters>()('nn.functional.dropout3d', text, (values) => {
  checkProbability(values.p);
  const { length } = values.input.geometry.shape;
  if (length !== 4 && length !== 5) warn(deprecated('dropout3d', length, 3));
  return withoutSamples(values, [4, 5]);
});

const alphaText = 'input, p=0.5, training=False, inplace=False';

/**
 * Sets elements to SELU's least value with probability p, and scales and shifts so that mean and variance stay.
 * Source: torch.nn.functional.alpha_dropout.
 * @example
 * torch.manual_seed(0);
 * nn.functional.alpha_dropout(torch.ones(4), 0.5, true); // → tensor([-0.7792, -0.7792,  1.6656, -0.7792])
 */
export const alpha_dropout = declare<Parameters>()('nn.functional.alpha_dropout', alphaText,
  (values) => alphaMasked(values, (shape) => shape));

/**
 * As alpha_dropout, but whole channels at once. Source: torch.nn.functional.feature_alpha_dropout.
 * @example
 * torch.manual_seed(0);
 * nn.functional.feature_alpha_dropout(torch.ones(1, 3, 2), 0.5, true); // → tensor([[[-0.7792, -0.7792],
 *                                                                      //            [-0.7792, -0.7792],
 *                                                                      //            [ 1.6656,  1.6656]]])
 */
export const feature_alpha_dropout = declare<Parameters>()('nn.functional.feature_alpha_dropout', alphaText,
  (values) => alphaMasked(values, channels));

interface Values {
  readonly input: Tensor;
  readonly p: number;
  readonly training: boolean;
  readonly inplace: boolean;
}

/** 1 with probability 1 − p, else 0. */
function chosen(input: Tensor, shape: readonly number[], p: number): Tensor {
  const parts = full(Tensor, shape, 0, componentType(input.dtypeCore), input.storage.device);
  return p < 1 ? random.bernoulli_(parts, 1 - p) : parts;
}

/** The axes as the elements lie in memory, in which order a mask like the input is drawn. */
function memoryOrder({ geometry: layout }: Tensor): number[] {
  const axes = layout.shape.map((_, axis) => axis);
  return isDense(layout) ? axes.sort((a, b) => layout.strides[b] - layout.strides[a] || a - b) : axes;
}

/** Times a mask of a shape that the input's gives. */
function masked(
  { input, p, training, inplace }: Values, maskShape: (shape: readonly number[]) => readonly number[],
): Tensor {
  checkProbability(p);
  const shape = maskShape(input.geometry.shape);
  if (p === 0 || !training || input.geometry.size === 0) return input;
  const order = shape === input.geometry.shape ? memoryOrder(input) : shape.map((_, axis) => axis);
  const parts = chosen(input, order.map((axis) => shape[axis]), p);
  if (p < 1) ops.div(parts, 1 - p, parts);
  const noise = permute(cast(parts, input.dtypeCore), order.map((_, axis) => order.indexOf(axis)));
  return written(input, ops.mul(input, noise), inplace);
}

const written = (input: Tensor, result: Tensor, inplace: boolean): Tensor => (inplace ? writeInPlace(input, result) : result);

/** −(the least value of SELU). */
const alpha = 1.7580993408473766;

function alphaMasked(
  { input, p, training, inplace }: Values, maskShape: (shape: readonly number[]) => readonly number[],
): Tensor {
  checkProbability(p);
  if (p === 0 || !training || input.geometry.size === 0) return input;
  if (p === 1) return written(input, ops.mul(input, 0), inplace);
  const noise = chosen(input, maskShape(input.geometry.shape), p);
  const scale = 1 / Math.sqrt((alpha * alpha * p + 1) * (1 - p));
  const shift = ops.add(ops.mul(ops.add(noise, -1), alpha * scale), alpha * scale * p);
  return written(input, ops.add(ops.mul(input, ops.mul(noise, scale)), shift), inplace);
}
