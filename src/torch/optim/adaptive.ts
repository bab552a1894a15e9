import * as ops from '../../ops/pointwise/index.ts';
import { fullLike } from '../../ops/creation.ts';
import type { Positional } from '../arguments/bind.ts';
import { bindArguments } from '../arguments/bind.ts';
import { callable } from '../../core/callable.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { ParamGroup, ParameterState, Parameters } from './optimizer.ts';
import { Optimizer, adjusted, checkRange, countStep, zerosFor } from './optimizer.ts';

/** Optimisers whose step is scaled by the size of past gradients. */

export interface AdagradOptions {
  lr: number;
  lr_decay: number;
  weight_decay: number;
  initial_accumulator_value: number;
  eps: number;
  foreach: boolean | null;
  maximize: boolean;
  differentiable: boolean;
  fused: boolean | null;
}

const adagradDefaults: AdagradOptions = {
  lr: 1e-2, lr_decay: 0, weight_decay: 0, initial_accumulator_value: 0, eps: 1e-10, foreach: null, maximize: false,
  differentiable: false, fused: null,
};

class AdagradOptimizer extends Optimizer<AdagradOptions> {
  constructor(params: Parameters<AdagradOptions>, ...options: Positional<AdagradOptions>) {
    const given = bindArguments('Adagrad', options, adagradDefaults);
    checkRange('learning rate', given.lr, given.lr >= 0);
    checkRange('lr_decay value', given.lr_decay, given.lr_decay >= 0);
    checkRange('weight_decay value', given.weight_decay, given.weight_decay >= 0);
    checkRange('initial_accumulator_value value', given.initial_accumulator_value, given.initial_accumulator_value >= 0);
    checkRange('epsilon value', given.eps, given.eps >= 0);
    super(params, given);
  }

  protected override update(parameter: Tensor, gradient: Tensor, group: ParamGroup<AdagradOptions>, state: ParameterState): void {
    const step = countStep(state);
    const sum = state.sum ??= fullLike(parameter, group.initial_accumulator_value);
    const direction = adjusted(parameter, gradient, group.maximize, group.weight_decay);
    ops.addcmul(sum, direction, direction, 1, sum);
    const root = ops.sqrt(sum);
    ops.add(root, group.eps, root);
    ops.addcdiv(parameter, direction, root, -(group.lr / (1 + (step - 1) * group.lr_decay)), parameter);
  }
}

/**
 * Steps that shrink with the sum of squared gradients. Source: torch.optim.Adagrad.
 * @example
 * optim.Adagrad(nn.Linear(2, 3).parameters()).param_groups[0].lr; // → 0.01
 */
export const Adagrad = callable('Adagrad', AdagradOptimizer);
export type Adagrad = AdagradOptimizer;

export interface RMSpropOptions {
  lr: number;
  alpha: number;
  eps: number;
  weight_decay: number;
  momentum: number;
  centered: boolean;
  capturable: boolean;
  foreach: boolean | null;
  maximize: boolean;
  differentiable: boolean;
}

const rmspropDefaults: RMSpropOptions = {
  lr: 1e-2, alpha: 0.99, eps: 1e-8, weight_decay: 0, momentum: 0, centered: false, capturable: false, foreach: null,
  maximize: false, differentiable: false,
};

class RMSpropOptimizer extends Optimizer<RMSpropOptions> {
  constructor(params: Parameters<RMSpropOptions>, ...options: Positional<RMSpropOptions>) {
    const given = bindArguments('RMSprop', options, rmspropDefaults);
    checkRange('learning rate', given.lr, given.lr >= 0);
    checkRange('epsilon value', given.eps, given.eps >= 0);
    checkRange('momentum value', given.momentum, given.momentum >= 0);
    checkRange('weight_decay value', given.weight_decay, given.weight_decay >= 0);
    checkRange('alpha value', given.alpha, given.alpha >= 0);
    super(params, given);
  }

  protected override update(parameter: Tensor, gradient: Tensor, group: ParamGroup<RMSpropOptions>, state: ParameterState): void {
    const { lr, alpha, eps, momentum, centered } = group;
    countStep(state);
    const squares = state.square_avg ??= zerosFor(parameter);
    const direction = adjusted(parameter, gradient, group.maximize, group.weight_decay);
    ops.mul(squares, alpha, squares);
    ops.addcmul(squares, direction, direction, 1 - alpha, squares);
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
  }
}

/**
 * Steps scaled by a running average of squared gradients. Source: torch.optim.RMSprop.
 * @example
 * optim.RMSprop(nn.Linear(2, 3).parameters()).param_groups[0].alpha; // → 0.99
 */
export const RMSprop = callable('RMSprop', RMSpropOptimizer);
export type RMSprop = RMSpropOptimizer;

export interface AdadeltaOptions {
  lr: number;
  rho: number;
  eps: number;
  weight_decay: number;
  foreach: boolean | null;
  capturable: boolean;
  maximize: boolean;
  differentiable: boolean;
}

const adadeltaDefaults: AdadeltaOptions = {
  lr: 1, rho: 0.9, eps: 1e-6, weight_decay: 0, foreach: null, capturable: false, maximize: false, differentiable: false,
};

class AdadeltaOptimizer extends Optimizer<AdadeltaOptions> {
  constructor(params: Parameters<AdadeltaOptions>, ...options: Positional<AdadeltaOptions>) {
    const given = bindArguments('Adadelta', options, adadeltaDefaults);
    checkRange('learning rate', given.lr, given.lr >= 0);
    checkRange('rho value', given.rho, given.rho >= 0 && given.rho <= 1);
    checkRange('epsilon value', given.eps, given.eps >= 0);
    checkRange('weight_decay value', given.weight_decay, given.weight_decay >= 0);
    super(params, given);
  }

  protected override update(parameter: Tensor, gradient: Tensor, group: ParamGroup<AdadeltaOptions>, state: ParameterState): void {
    const { lr, rho, eps } = group;
    countStep(state);
    const squares = state.square_avg ??= zerosFor(parameter);
    const moved = state.acc_delta ??= zerosFor(parameter);
    const direction = adjusted(parameter, gradient, group.maximize, group.weight_decay);
    ops.mul(squares, rho, squares);
    ops.addcmul(squares, direction, direction, 1 - rho, squares);
    const root = ops.add(squares, eps);
    ops.sqrt(root, root);
    const delta = ops.add(moved, eps);
    ops.sqrt(delta, delta);
    ops.div(delta, root, delta);
    ops.mul(delta, direction, delta);
    ops.mul(moved, rho, moved);
    ops.addcmul(moved, delta, delta, 1 - rho, moved);
    ops.addScaled(parameter, delta, -lr, parameter);
  }
}

/**
 * Steps whose size comes from past steps, so that no learning rate is needed. Source: torch.optim.Adadelta.
 * @example
 * optim.Adadelta(nn.Linear(2, 3).parameters()).param_groups[0].rho; // → 0.9
 */
export const Adadelta = callable('Adadelta', AdadeltaOptimizer);
export type Adadelta = AdadeltaOptimizer;
