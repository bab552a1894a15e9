import { cpu } from '../../core/device.ts';
import { float32, float64 } from '../../core/dtype.ts';
import { full } from '../../ops/creation.ts';
import { elementAt } from '../../ops/host.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { defaultDType } from '../dtypes/dtypes.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { ParameterState } from './optimizer.ts';

/** What steps of several optimisers do alike. */

/** Counts a step in `state.step`, which is a tensor as in PyTorch, and returns the count. */
export function countStep(state: ParameterState): number {
  state.step ??= full(Tensor, [], 0, defaultDType() === float64 ? float64 : float32, cpu);
  ops.add(state.step, 1, state.step);
  return elementAt(state.step, 0) as number;
}

/** Zeros in a parameter's shape, kept until the optimiser is dropped. */
export function zerosFor(parameter: Tensor): Tensor {
  return full(Tensor, parameter.geometry.shape, 0, parameter.dtypeCore, parameter.storage.device);
}

export interface DirectionOptions {
  readonly lr: number;
  readonly maximize: boolean;
  readonly weight_decay: number;
  readonly decoupled_weight_decay?: boolean;
}

/** The gradient that a step goes by: turned round to maximise, with the weights' own pull added. A decoupled one moves them at once. */
export function directionOf(
  parameter: Tensor, gradient: Tensor, { lr, maximize, weight_decay: decay, decoupled_weight_decay: decoupled }: DirectionOptions,
): Tensor {
  const direction = maximize ? ops.neg(gradient) : gradient;
  if (decay === 0) return direction;
  if (!decoupled) return ops.addScaled(direction, parameter, decay) as Tensor;
  ops.mul(parameter, 1 - lr * decay, parameter);
  return direction;
}

/** Moves a running average of squares, in place. */
export function averageSquares(squares: Tensor, x: Tensor, decay: number): void {
  ops.mul(squares, decay, squares);
  ops.addcmul(squares, x, x, 1 - decay, squares);
}
