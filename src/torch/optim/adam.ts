import { fullLike } from '../../ops/creation.ts';
import * as ops from '../../ops/pointwise/index.ts';
import type { Positional } from '../arguments/bind.ts';
import { bindArguments } from '../arguments/bind.ts';
import { callable } from '../../core/callable.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { ParamGroup, ParameterState, Parameters } from './optimizer.ts';
import { Optimizer, adjusted, checkRange, countStep, zerosFor } from './optimizer.ts';

/** Optimisers by running averages of the gradient and of its square. */

export type Betas = readonly [beta1: number, beta2: number];

/** What all of the family have. */
interface MomentOptions {
  lr: number;
  betas: Betas;
  eps: number;
  weight_decay: number;
  maximize: boolean;
  foreach: boolean | null;
  capturable: boolean;
  differentiable: boolean;
}

export function checkMoments({ lr, betas, eps, weight_decay }: Pick<MomentOptions, 'lr' | 'betas' | 'eps' | 'weight_decay'>): void {
  checkRange('learning rate', lr, lr >= 0);
  checkRange('epsilon value', eps, eps >= 0);
  betas.forEach((beta, i) => checkRange(`beta parameter at index ${i}`, beta, beta >= 0 && beta < 1));
  checkRange('weight_decay value', weight_decay, weight_decay >= 0);
}

/** Moves the two running averages, in place. */
function moveAverages(gradient: Tensor, [beta1, beta2]: Betas, average: Tensor, squares: Tensor): void {
  ops.lerp(average, gradient, 1 - beta1, average);
  ops.mul(squares, beta2, squares);
  ops.addcmul(squares, gradient, gradient, 1 - beta2, squares);
}

export interface AdamOptions extends MomentOptions {
  amsgrad: boolean;
  fused: boolean | null;
  decoupled_weight_decay: boolean;
}

const adamDefaults: AdamOptions = {
  lr: 1e-3, betas: [0.9, 0.999], eps: 1e-8, weight_decay: 0, amsgrad: false, maximize: false, foreach: null,
  capturable: false, differentiable: false, fused: null, decoupled_weight_decay: false,
};

class AdamOptimizer extends Optimizer<AdamOptions> {
  constructor(params: Parameters<AdamOptions>, ...options: Positional<AdamOptions>) {
    const given = bindArguments('Adam', options, adamDefaults);
    checkMoments(given);
    super(params, given);
  }

  protected override update(parameter: Tensor, gradient: Tensor, group: ParamGroup<AdamOptions>, state: ParameterState): void {
    const { lr, betas, eps, weight_decay, amsgrad, maximize, decoupled_weight_decay: decoupled } = group;
    const step = countStep(state);
    const average = state.exp_avg ??= zerosFor(parameter);
    const squares = state.exp_avg_sq ??= zerosFor(parameter);
    const largest = amsgrad ? state.max_exp_avg_sq ??= zerosFor(parameter) : null;
    if (decoupled && weight_decay !== 0) ops.mul(parameter, 1 - lr * weight_decay, parameter);
    moveAverages(adjusted(parameter, gradient, maximize, decoupled ? 0 : weight_decay), betas, average, squares);
    const correction1 = 1 - betas[0] ** step;
    const correction2 = Math.sqrt(1 - betas[1] ** step);
    if (largest !== null) ops.maximum(largest, squares, largest);
    const denominator = ops.sqrt(largest ?? squares);
    ops.div(denominator, correction2, denominator);
    ops.add(denominator, eps, denominator);
    ops.addcdiv(parameter, average, denominator, -(lr / correction1), parameter);
  }
}

/**
 * Adam, of Kingma and Ba. Source: torch.optim.Adam.
 * @example
 * optim.Adam(nn.Linear(2, 3).parameters(), { lr: 0.01 }).param_groups[0].lr; // → 0.01
 */
export const Adam = callable('Adam', AdamOptimizer);
export type Adam = AdamOptimizer;

class AdamWOptimizer extends AdamOptimizer {
  constructor(params: Parameters<AdamOptions>, ...options: Positional<Omit<AdamOptions, 'decoupled_weight_decay'>>) {
    const { decoupled_weight_decay: _always, ...defaults } = adamDefaults;
    const given = bindArguments('AdamW', options, { ...defaults, weight_decay: 1e-2 });
    super(params, { ...given, decoupled_weight_decay: true });
  }
}

/**
 * Adam with the weights' decay apart from the gradient. Source: torch.optim.AdamW.
 * @example
 * optim.AdamW(nn.Linear(2, 3).parameters()).param_groups[0].weight_decay; // → 0.01
 */
export const AdamW = callable('AdamW', AdamWOptimizer);
export type AdamW = AdamWOptimizer;

export type AdamaxOptions = MomentOptions;

const adamaxDefaults: AdamaxOptions = {
  lr: 2e-3, betas: [0.9, 0.999], eps: 1e-8, weight_decay: 0, foreach: null, maximize: false, differentiable: false, capturable: false,
};

class AdamaxOptimizer extends Optimizer<AdamaxOptions> {
  constructor(params: Parameters<AdamaxOptions>, ...options: Positional<AdamaxOptions>) {
    const given = bindArguments('Adamax', options, adamaxDefaults);
    checkMoments(given);
    super(params, given);
  }

  protected override update(parameter: Tensor, gradient: Tensor, group: ParamGroup<AdamaxOptions>, state: ParameterState): void {
    const { lr, betas: [beta1, beta2], eps } = group;
    const step = countStep(state);
    const average = state.exp_avg ??= zerosFor(parameter);
    const largest = state.exp_inf ??= zerosFor(parameter);
    const direction = adjusted(parameter, gradient, group.maximize, group.weight_decay);
    ops.lerp(average, direction, 1 - beta1, average);
    const size = ops.abs(direction);
    ops.add(size, eps, size);
    ops.mul(largest, beta2, largest);
    ops.maximum(largest, size, largest);
    ops.addcdiv(parameter, average, largest, -(lr / (1 - beta1 ** step)), parameter);
  }
}

/**
 * Adam by the largest gradient. Source: torch.optim.Adamax.
 * @example
 * optim.Adamax(nn.Linear(2, 3).parameters()).param_groups[0].lr; // → 0.002
 */
export const Adamax = callable('Adamax', AdamaxOptimizer);
export type Adamax = AdamaxOptimizer;

export interface NAdamOptions extends MomentOptions {
  momentum_decay: number;
  decoupled_weight_decay: boolean;
}

const nadamDefaults: NAdamOptions = {
  lr: 2e-3, betas: [0.9, 0.999], eps: 1e-8, weight_decay: 0, momentum_decay: 4e-3, decoupled_weight_decay: false,
  foreach: null, maximize: false, capturable: false, differentiable: false,
};

class NAdamOptimizer extends Optimizer<NAdamOptions> {
  constructor(params: Parameters<NAdamOptions>, ...options: Positional<NAdamOptions>) {
    const given = bindArguments('NAdam', options, nadamDefaults);
    checkMoments(given);
    checkRange('momentum_decay value', given.momentum_decay, given.momentum_decay >= 0);
    super(params, given);
  }

  protected override update(parameter: Tensor, gradient: Tensor, group: ParamGroup<NAdamOptions>, state: ParameterState): void {
    const { lr, betas, eps, weight_decay, momentum_decay, decoupled_weight_decay: decoupled } = group;
    const step = countStep(state);
    const average = state.exp_avg ??= zerosFor(parameter);
    const squares = state.exp_avg_sq ??= zerosFor(parameter);
    if (decoupled && weight_decay !== 0) ops.mul(parameter, 1 - lr * weight_decay, parameter);
    const direction = adjusted(parameter, gradient, group.maximize, decoupled ? 0 : weight_decay);
    const momentumAt = (at: number): number => betas[0] * (1 - 0.5 * 0.96 ** (at * momentum_decay));
    const [momentum, next] = [momentumAt(step), momentumAt(step + 1)];
    const product = state.mu_product;
    if (!product) state.mu_product = fullLike(state.step!, momentum);
    else ops.mul(product, momentum, product);
    const sofar = state.mu_product!.item() as number;
    moveAverages(direction, betas, average, squares);
    const denominator = ops.div(squares, 1 - betas[1] ** step);
    ops.sqrt(denominator, denominator);
    ops.add(denominator, eps, denominator);
    ops.addcdiv(parameter, direction, denominator, (-lr * (1 - momentum)) / (1 - sofar), parameter);
    ops.addcdiv(parameter, average, denominator, (-lr * next) / (1 - sofar * next), parameter);
  }
}

/**
 * Adam with Nesterov's momentum. Source: torch.optim.NAdam.
 * @example
 * optim.NAdam(nn.Linear(2, 3).parameters()).param_groups[0].momentum_decay; // → 0.004
 */
export const NAdam = callable('NAdam', NAdamOptimizer);
export type NAdam = NAdamOptimizer;

export interface RAdamOptions extends MomentOptions {
  decoupled_weight_decay: boolean;
}

const radamDefaults: RAdamOptions = {
  lr: 1e-3, betas: [0.9, 0.999], eps: 1e-8, weight_decay: 0, decoupled_weight_decay: false,
  foreach: null, maximize: false, capturable: false, differentiable: false,
};

class RAdamOptimizer extends Optimizer<RAdamOptions> {
  constructor(params: Parameters<RAdamOptions>, ...options: Positional<RAdamOptions>) {
    const given = bindArguments('RAdam', options, radamDefaults);
    checkMoments(given);
    super(params, given);
  }

  protected override update(parameter: Tensor, gradient: Tensor, group: ParamGroup<RAdamOptions>, state: ParameterState): void {
    const { lr, betas, eps, weight_decay, decoupled_weight_decay: decoupled } = group;
    const [beta1, beta2] = betas;
    const step = countStep(state);
    const average = state.exp_avg ??= zerosFor(parameter);
    const squares = state.exp_avg_sq ??= zerosFor(parameter);
    if (decoupled && weight_decay !== 0) ops.mul(parameter, 1 - lr * weight_decay, parameter);
    moveAverages(adjusted(parameter, gradient, group.maximize, decoupled ? 0 : weight_decay), betas, average, squares);
    const correction2 = 1 - beta2 ** step;
    const longest = 2 / (1 - beta2) - 1;
    const length = longest - (2 * step * beta2 ** step) / correction2;
    const change = ops.div(average, 1 - beta1 ** step);
    ops.mul(change, lr, change);
    // The average of squares is used only once its variance is known well enough.
    if (length > 5) {
      const root = ops.sqrt(squares);
      ops.add(root, eps, root);
      ops.mul(change, ops.div.reversed(Math.sqrt(correction2), root), change);
      ops.mul(change, Math.sqrt(((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length)), change);
    }
    ops.addScaled(parameter, change, -1, parameter);
  }
}

/**
 * Adam that begins without its second average until that is reliable. Source: torch.optim.RAdam.
 * @example
 * optim.RAdam(nn.Linear(2, 3).parameters()).param_groups[0].lr; // → 0.001
 */
export const RAdam = callable('RAdam', RAdamOptimizer);
export type RAdam = RAdamOptimizer;
