import { componentType } from '../../../core/dtype.ts';
import { RuntimeError, ValueError } from '../../../core/errors.ts';
import { isDense } from '../../../core/layout.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { declare } from '../../../core/signature.ts';
import { cast } from '../../../ops/cast.ts';
import { full } from '../../../ops/creation.ts';
import { permute } from '../../../ops/movement.ts';
import * as ops from '../../../ops/pointwise/index.ts';
import { writeInPlace } from '../../arguments/operands.ts';
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
export const feature_dropout = declare<Parameters>()('nn.functional.feature_dropout', text, (values) => masked(values, (shape) => {
  if (shape.length < 2) throw new RuntimeError('Feature dropout requires at least 2 dimensions in the input');
  return shape.map((extent, axis) => (axis < 2 ? extent : 1));
}));

/** The axes as the elements lie in memory, in which order a mask like the input is drawn. */
function memoryOrder({ geometry: layout }: Tensor): number[] {
  const axes = layout.shape.map((_, axis) => axis);
  return isDense(layout) ? axes.sort((a, b) => layout.strides[b] - layout.strides[a] || a - b) : axes;
}

/** Times a mask of a shape that the input's gives. */
function masked(
  { input, p, training, inplace }: { readonly input: Tensor; readonly p: number; readonly training: boolean; readonly inplace: boolean },
  maskShape: (shape: readonly number[]) => readonly number[],
): Tensor {
  checkProbability(p);
  const shape = maskShape(input.geometry.shape);
  if (p === 0 || !training || input.geometry.size === 0) return input;
  const order = shape === input.geometry.shape ? memoryOrder(input) : shape.map((_, axis) => axis);
  const parts = full(Tensor, order.map((axis) => shape[axis]), 0, componentType(input.dtypeCore), input.storage.device);
  if (p < 1) {
    random.bernoulli_(parts, 1 - p);
    ops.div(parts, 1 - p, parts);
  }
  const noise = permute(cast(parts, input.dtypeCore), order.map((_, axis) => order.indexOf(axis)));
  return inplace ? writeInPlace(input, ops.mul(input, noise)) : ops.mul(input, noise);
}
