import { fullLike } from '../../ops/creation.ts';
import * as ops from '../../ops/pointwise/index.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { averageSquares, countStep, directionOf, zerosFor } from './arithmetic.ts';
import type { Hints, OptionsOf } from './declare.ts';
import { optimizer } from './declare.ts';

/** Optimisers whose step is scaled by the size of past gradients. */

/**
 * Steps that shrink with the sum of all squared gradients. Source: torch.optim.Adagrad.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const optimizer = new optim.Adagrad([w], { lr: 0.1 });
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([1.4000], requires_grad=True)
 */
export const Adagrad = optimizer<
  [lr?: number, lr_decay?: number, weight_decay?: number, initial_accumulator_value?: number, eps?: number, foreach?: boolean | null],
  Pick<Hints, 'maximize' | 'differentiable' | 'fused'>
>()('Adagrad', [
  'params, lr=0.01, lr_decay=0.0, weight_decay=0.0, initial_accumulator_value=0.0, eps=1e-10',
  'foreach=None',
  '*, maximize=False, differentiable=False, fused=None',
], {
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
/** What Adagrad takes beside the parameters. */
export interface AdagradOptions extends OptionsOf<typeof Adagrad> {}

/**
 * Steps over the root of a running average of squared gradients. Source: torch.optim.RMSprop.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const optimizer = new optim.RMSprop([w], { lr: 0.01 });
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([1.4000], requires_grad=True)
 */
export const RMSprop = optimizer<
  [
    lr?: number, alpha?: number, eps?: number, weight_decay?: number, momentum?: number, centered?: boolean, capturable?: boolean,
    foreach?: boolean | null, maximize?: boolean, differentiable?: boolean,
  ],
  unknown
>()('RMSprop', [
  'params, lr=0.01, alpha=0.99, eps=1e-08, weight_decay=0.0, momentum=0.0, centered=False',
  'capturable=False, foreach=None, maximize=False, differentiable=False',
], {
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
/** What RMSprop takes beside the parameters. */
export interface RMSpropOptions extends OptionsOf<typeof RMSprop> {}

/**
 * Steps whose size comes from past steps, so that no learning rate is needed. Source: torch.optim.Adadelta.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const optimizer = new optim.Adadelta([w]);
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([1.4968], requires_grad=True)
 */
export const Adadelta = optimizer<
  [lr?: number, rho?: number, eps?: number, weight_decay?: number, foreach?: boolean | null],
  Pick<Hints, 'capturable' | 'maximize' | 'differentiable'>
>()('Adadelta', [
  'params, lr=1.0, rho=0.9, eps=1e-06, weight_decay=0.0, foreach=None',
  '*, capturable=False, maximize=False, differentiable=False',
], {
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
/** What Adadelta takes beside the parameters. */
export interface AdadeltaOptions extends OptionsOf<typeof Adadelta> {}
