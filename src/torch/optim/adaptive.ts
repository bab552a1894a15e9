import { fullLike } from '../../ops/creation.ts';
import * as ops from '../../ops/pointwise/index.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { averageSquares, countStep, directionOf, zerosFor } from './arithmetic.ts';
import type { OptionsOf } from './declare.ts';
import { optimizer, unset } from './declare.ts';

/** Optimisers whose step is scaled by the size of past gradients. */

const adagrad = {
  lr: 1e-2, lr_decay: 0, weight_decay: 0, initial_accumulator_value: 0, eps: 1e-10, foreach: unset, maximize: false,
  differentiable: false, fused: unset,
};
export interface AdagradOptions extends OptionsOf<typeof adagrad> {}

/**
 * Steps that shrink with the sum of squared gradients. Source: torch.optim.Adagrad.
 * @example
 * optim.Adagrad(nn.Linear(2, 3).parameters()).param_groups[0].lr; // → 0.01
 */
export const Adagrad = optimizer<AdagradOptions>('Adagrad', {
  options: adagrad,
  checked: ['lr', 'lr_decay', 'weight_decay', 'initial_accumulator_value', 'eps'],
  update(parameter, gradient, group, state) {
    const step = countStep(state);
    const sum = state.sum ??= fullLike(parameter, group.initial_accumulator_value);
    const direction = directionOf(parameter, gradient, group);
    ops.addcmul(sum, direction, direction, 1, sum);
    const root = ops.sqrt(sum);
    ops.add(root, group.eps, root);
    ops.addcdiv(parameter, direction, root, -(group.lr / (1 + (step - 1) * group.lr_decay)), parameter);
  },
});
export type Adagrad = InstanceType<typeof Adagrad>;

const rmsprop = {
  lr: 1e-2, alpha: 0.99, eps: 1e-8, weight_decay: 0, momentum: 0, centered: false, capturable: false, foreach: unset,
  maximize: false, differentiable: false,
};
export interface RMSpropOptions extends OptionsOf<typeof rmsprop> {}

/**
 * Steps scaled by a running average of squared gradients. Source: torch.optim.RMSprop.
 * @example
 * optim.RMSprop(nn.Linear(2, 3).parameters()).param_groups[0].alpha; // → 0.99
 */
export const RMSprop = optimizer<RMSpropOptions>('RMSprop', {
  options: rmsprop,
  checked: ['lr', 'eps', 'momentum', 'weight_decay', 'alpha'],
  update(parameter, gradient, group, state) {
    const { lr, alpha, eps, momentum, centered } = group;
    countStep(state);
    const squares = state.square_avg ??= zerosFor(parameter);
    const direction = directionOf(parameter, gradient, group);
    averageSquares(squares, direction, alpha);
    let root: Tensor;
    if (centered) {
      const mean = state.grad_avg ??= zerosFor(parameter);
      ops.lerp(mean, direction, 1 - alpha, mean);
      root = ops.addcmul(squares, mean, mean, -1) as Tensor;
      ops.sqrt(root, root);
    } else {
      root = ops.sqrt(squares);
    }
    ops.add(root, eps, root);
    if (momentum > 0) {
      const buffer = state.momentum_buffer ??= zerosFor(parameter);
      ops.mul(buffer, momentum, buffer);
      ops.addcdiv(buffer, direction, root, 1, buffer);
      ops.addScaled(parameter, buffer, -lr, parameter);
    } else {
      ops.addcdiv(parameter, direction, root, -lr, parameter);
    }
  },
});
export type RMSprop = InstanceType<typeof RMSprop>;

const adadelta = {
  lr: 1, rho: 0.9, eps: 1e-6, weight_decay: 0, foreach: unset, capturable: false, maximize: false, differentiable: false,
};
export interface AdadeltaOptions extends OptionsOf<typeof adadelta> {}

/**
 * Steps whose size comes from past steps, so that no learning rate is needed. Source: torch.optim.Adadelta.
 * @example
 * optim.Adadelta(nn.Linear(2, 3).parameters()).param_groups[0].rho; // → 0.9
 */
export const Adadelta = optimizer<AdadeltaOptions>('Adadelta', {
  options: adadelta,
  checked: ['lr', 'rho', 'eps', 'weight_decay'],
  update(parameter, gradient, group, state) {
    const { lr, rho, eps } = group;
    countStep(state);
    const squares = state.square_avg ??= zerosFor(parameter);
    const moved = state.acc_delta ??= zerosFor(parameter);
    const direction = directionOf(parameter, gradient, group);
    averageSquares(squares, direction, rho);
    const root = ops.add(squares, eps);
    ops.sqrt(root, root);
    const delta = ops.add(moved, eps);
    ops.sqrt(delta, delta);
    ops.div(delta, root, delta);
    ops.mul(delta, direction, delta);
    averageSquares(moved, delta, rho);
    ops.addScaled(parameter, delta, -lr, parameter);
  },
});
export type Adadelta = InstanceType<typeof Adadelta>;
