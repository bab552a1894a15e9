import { callable } from '../../core/callable.ts';
import { fullLike } from '../../ops/creation.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { signature } from '../../core/signature.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { DirectionOptions } from './arithmetic.ts';
import { averageSquares, countStep, directionOf, zerosFor } from './arithmetic.ts';
import type { Betas, Hints, OptionsOf } from './declare.ts';
import { optimizer } from './declare.ts';
import type { ParameterState, Parameters } from './optimizer.ts';

/** Optimisers by running averages of the gradient and of its square. */

/** What is checked of all of the family. */
const checked = ['lr', 'eps', 'betas', 'weight_decay'] as const;

/** Moves the two running averages, in place. */
function moments(parameter: Tensor, gradient: Tensor, group: DirectionOptions & { readonly betas: Betas }, state: ParameterState): {
  step: number; direction: Tensor; average: Tensor; squares: Tensor;
} {
  const step = countStep(state);
  const average = state.exp_avg ??= zerosFor(parameter);
  const squares = state.exp_avg_sq ??= zerosFor(parameter);
  const direction = directionOf(parameter, gradient, group);
  ops.lerp(average, direction, 1 - group.betas[0], average);
  averageSquares(squares, direction, group.betas[1]);
  return { step, direction, average, squares };
}

/**
 * Adam, of Kingma and Ba: the running average of the gradient over the root of that of its square, so that a step is about lr.
 * Source: torch.optim.Adam.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const optimizer = new optim.Adam([w], { lr: 0.1 });
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([1.4000], requires_grad=True)
 */
export const Adam = optimizer<
  [lr?: number, betas?: Betas, eps?: number, weight_decay?: number, amsgrad?: boolean],
  Hints & { readonly decoupled_weight_decay?: boolean }
>()('Adam', [
  'params, lr=0.001, betas: list = (0.9,0.999), eps=1e-08, weight_decay=0.0, amsgrad=False',
  '*, foreach=None, maximize=False, capturable=False, differentiable=False, fused=None',
  'decoupled_weight_decay=False',
], {
  checked,
  update(parameter, gradient, group, state) {
    const { lr, betas: [beta1, beta2], eps, amsgrad } = group;
    const { step, average, squares } = moments(parameter, gradient, group, state);
    const largest = amsgrad ? state.max_exp_avg_sq ??= zerosFor(parameter) : squares;
    if (amsgrad) ops.maximum(largest, squares, largest);
    const denominator = ops.sqrt(largest);
    ops.div(denominator, Math.sqrt(1 - beta2 ** step), denominator);
    ops.add(denominator, eps, denominator);
    ops.addcdiv(parameter, average, denominator, -(lr / (1 - beta1 ** step)), parameter);
  },
});
export type Adam = InstanceType<typeof Adam>;
/** What Adam takes beside the parameters. */
export interface AdamOptions extends OptionsOf<typeof Adam> {}

const adamW = signature<
  [params: Parameters<AdamOptions>, lr?: number, betas?: Betas, eps?: number, weight_decay?: number, amsgrad?: boolean],
  Hints
>()('AdamW.__init__', [
  'params, lr=0.001, betas: list = (0.9,0.999), eps=1e-08, weight_decay=0.01, amsgrad=False',
  '*, maximize=False, foreach=None, capturable=False, differentiable=False, fused=None',
]);

class AdamWOptimizer extends Adam {
  constructor(...given: typeof adamW.call) {
    const { params, ...options } = adamW.read(given);
    super(params, { ...options, decoupled_weight_decay: true });
  }
}

/**
 * Adam with the weights' decay apart from the gradient; 0.01 unless said. Source: torch.optim.AdamW.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const optimizer = new optim.AdamW([w], { lr: 0.1, weight_decay: 0.5 });
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([1.3250], requires_grad=True)
 */
export const AdamW = callable('AdamW', AdamWOptimizer);
export type AdamW = AdamWOptimizer;

/**
 * Adam by the largest gradient so far, in place of the average of squares. Source: torch.optim.Adamax.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const optimizer = new optim.Adamax([w], { lr: 0.1 });
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([1.4000], requires_grad=True)
 */
export const Adamax = optimizer<
  [lr?: number, betas?: Betas, eps?: number, weight_decay?: number, foreach?: boolean | null],
  Pick<Hints, 'maximize' | 'differentiable' | 'capturable'>
>()('Adamax', [
  'params, lr=0.002, betas: list = (0.9,0.999), eps=1e-08, weight_decay=0.0, foreach=None',
  '*, maximize=False, differentiable=False, capturable=False',
], {
  checked,
  update(parameter, gradient, group, state) {
    const { lr, betas: [beta1, beta2], eps } = group;
    const step = countStep(state);
    const average = state.exp_avg ??= zerosFor(parameter);
    const largest = state.exp_inf ??= zerosFor(parameter);
    const direction = directionOf(parameter, gradient, group);
    ops.lerp(average, direction, 1 - beta1, average);
    const size = ops.abs(direction);
    ops.add(size, eps, size);
    ops.mul(largest, beta2, largest);
    ops.maximum(largest, size, largest);
    ops.addcdiv(parameter, average, largest, -(lr / (1 - beta1 ** step)), parameter);
  },
});
export type Adamax = InstanceType<typeof Adamax>;
/** What Adamax takes beside the parameters. */
export interface AdamaxOptions extends OptionsOf<typeof Adamax> {}

/**
 * Adam with Nesterov's momentum. Source: torch.optim.NAdam.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const optimizer = new optim.NAdam([w], { lr: 0.1 });
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([1.3944], requires_grad=True)
 */
export const NAdam = optimizer<
  [lr?: number, betas?: Betas, eps?: number, weight_decay?: number, momentum_decay?: number, decoupled_weight_decay?: boolean],
  Pick<Hints, 'foreach' | 'maximize' | 'capturable' | 'differentiable'>
>()('NAdam', [
  'params, lr=0.002, betas: list = (0.9,0.999), eps=1e-08, weight_decay=0.0, momentum_decay=0.004',
  'decoupled_weight_decay=False',
  '*, foreach=None, maximize=False, capturable=False, differentiable=False',
], {
  checked: [...checked, 'momentum_decay'],
  update(parameter, gradient, group, state) {
    const { lr, betas: [beta1, beta2], eps, momentum_decay } = group;
    const { step, direction, average, squares } = moments(parameter, gradient, group, state);
    const momentumAt = (at: number): number => beta1 * (1 - 0.5 * 0.96 ** (at * momentum_decay));
    const [momentum, next] = [momentumAt(step), momentumAt(step + 1)];
    const product = state.mu_product;
    if (!product) state.mu_product = fullLike(state.step!, momentum);
    else ops.mul(product, momentum, product);
    const sofar = state.mu_product!.item();
    const denominator = ops.div(squares, 1 - beta2 ** step);
    ops.sqrt(denominator, denominator);
    ops.add(denominator, eps, denominator);
    ops.addcdiv(parameter, direction, denominator, (-lr * (1 - momentum)) / (1 - sofar), parameter);
    ops.addcdiv(parameter, average, denominator, (-lr * next) / (1 - sofar * next), parameter);
  },
});
export type NAdam = InstanceType<typeof NAdam>;
/** What NAdam takes beside the parameters. */
export interface NAdamOptions extends OptionsOf<typeof NAdam> {}

/**
 * Adam that begins without its average of squares until that is reliable. Source: torch.optim.RAdam.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const optimizer = new optim.RAdam([w], { lr: 0.1 });
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([1.2000], requires_grad=True)
 */
export const RAdam = optimizer<
  [lr?: number, betas?: Betas, eps?: number, weight_decay?: number, decoupled_weight_decay?: boolean],
  Pick<Hints, 'foreach' | 'maximize' | 'capturable' | 'differentiable'>
>()('RAdam', [
  'params, lr=0.001, betas: list = (0.9,0.999), eps=1e-08, weight_decay=0.0, decoupled_weight_decay=False',
  '*, foreach=None, maximize=False, capturable=False, differentiable=False',
], {
  checked,
  update(parameter, gradient, group, state) {
    const { lr, betas: [beta1, beta2], eps } = group;
    const { step, average, squares } = moments(parameter, gradient, group, state);
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
  },
});
export type RAdam = InstanceType<typeof RAdam>;
/** What RAdam takes beside the parameters. */
export interface RAdamOptions extends OptionsOf<typeof RAdam> {}
