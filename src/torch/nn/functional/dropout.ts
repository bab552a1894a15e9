import { RuntimeError, ValueError } from '../../../core/errors.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { full } from '../../../ops/creation.ts';
import * as ops from '../../../ops/pointwise/index.ts';
import type { Positional } from '../../arguments/bind.ts';
import { bindArguments } from '../../arguments/bind.ts';
import { checkTensor, writeInPlace } from '../../arguments/operands.ts';
import * as random from '../../functions/random/random.ts';
import { Tensor } from '../../tensor/tensor.ts';

/** Elements or channels left out at random. */

export interface DropoutParameters {
  readonly p: number;
  readonly training: boolean;
  readonly inplace: boolean;
}

export function checkProbability(p: number): void {
  if (p >= 0 && p <= 1) return;
  throw new ValueError(`dropout probability has to be between 0 and 1, but got ${pythonRepr(p)}`);
}

/**
 * Zeroes elements with probability p and scales the others by 1 / (1 − p). Source: torch.nn.functional.dropout.
 * @example
 * nn.functional.dropout(torch.ones(2), { p: 0.5, training: false }); // → tensor([1., 1.])
 */
export function dropout(input: Tensor, ...given: Positional<DropoutParameters>): Tensor {
  return masked(input, given, (shape) => shape);
}

/** As dropout, but whole channels at once: (N, C, ...) loses entries of N × C. Source: torch.nn.functional.dropout2d. */
export function feature_dropout(input: Tensor, ...given: Positional<DropoutParameters>): Tensor {
  return masked(input, given, (shape) => {
    if (shape.length < 2) throw new RuntimeError('Feature dropout requires at least 2 dimensions in the input');
    return shape.map((extent, axis) => (axis < 2 ? extent : 1));
  });
}

/** Times a mask of a shape that the input's gives. */
function masked(
  input: Tensor, given: Positional<DropoutParameters>, maskShape: (shape: readonly number[]) => readonly number[],
): Tensor {
  checkTensor('dropout', 'input', input);
  const { p, training, inplace } = bindArguments<DropoutParameters>('dropout', given, { p: 0.5, training: true, inplace: false });
  checkProbability(p);
  const shape = maskShape(input.geometry.shape);
  if (p === 0 || !training || input.geometry.size === 0) return input;
  const noise = full(Tensor, shape, 0, input.dtypeCore, input.storage.device);
  if (p < 1) {
    random.bernoulli_(noise, 1 - p);
    ops.div(noise, 1 - p, noise);
  }
  return inplace ? writeInPlace(input, ops.mul(input, noise)) : ops.mul(input, noise);
}
