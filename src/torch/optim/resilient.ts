import { cpu } from '../../core/device.ts';
import { float32, float64 } from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import { full, fullLike } from '../../ops/creation.ts';
import { elementAt } from '../../ops/host.ts';
import { copyFrom } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { defaultDType } from '../dtypes/dtypes.ts';
import { Tensor } from '../tensor/tensor.ts';
import { countStep, directionOf, zerosFor } from './arithmetic.ts';
import type { Hints, OptionsOf } from './declare.ts';
import { optimizer } from './declare.ts';

/** Optimisers from before Adam: by signs alone, and by averages of the weights. */

/** Two numbers that belong together. */
export type Pair = readonly [number, number];

/**
 * Steps by the sign of the gradient alone, whose sizes grow while it stays and shrink when it turns.
 * Source: torch.optim.Rprop.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const optimizer = new optim.Rprop([w], { lr: 0.1 });
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([1.4000], requires_grad=True)
 */
export const Rprop = optimizer<
  [lr?: number, etas?: Pair, step_sizes?: Pair], Pick<Hints, 'capturable' | 'foreach' | 'maximize' | 'differentiable'>
>()('Rprop', [
  'params, lr=0.01, etas: list = (0.5,1.2), step_sizes: list = (1e-06,50)',
  '*, capturable=False, foreach=None, maximize=False, differentiable=False',
], {
  checked: ['lr'],
  check({ etas: [minus, plus] }) {
    if (!(minus > 0 && minus < 1 && plus > 1)) {
      throw new ValueError(`Invalid eta values: ${pythonRepr(minus, { float: true })}, ${pythonRepr(plus, { float: true })}`);
    }
  },
  update(parameter, gradient, { lr, etas: [minus, plus], step_sizes: [least, most], maximize }, state) {
    countStep(state);
    const before = state.prev ??= zerosFor(parameter);
    const sizes = state.step_size ??= fullLike(gradient, lr);
    const direction = maximize ? ops.neg(gradient) : gradient;
    const sign = ops.sign(ops.mul(direction, before));
    const turned = ops.lt(sign, 0);
    // NaN stays, as it does in PyTorch, in what it is multiplied with.
    const factor = ops.where(ops.gt(sign, 0), plus, ops.where(turned, minus, ops.where(ops.eq(sign, 0), 1, sign)));
    ops.mul(sizes, factor, sizes);
    ops.clamp(sizes, least, most, sizes);
    const taken = ops.where(turned, 0, direction);
    ops.addcmul(parameter, ops.sign(taken), sizes, -1, parameter);
    copyFrom(before, taken);
  },
});
export type Rprop = InstanceType<typeof Rprop>;
/** What Rprop takes beside the parameters. */
export interface RpropOptions extends OptionsOf<typeof Rprop> {}

/** A number that is kept as a tensor, as PyTorch keeps it. */
const scalarOf = (value: number): Tensor => full(Tensor, [], value, defaultDType() === float64 ? float64 : float32, cpu);

/**
 * Gradient descent whose state has, as `ax`, the average of the weights after `t0` steps. Source: torch.optim.ASGD.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const optimizer = new optim.ASGD([w], { lr: 0.1 });
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([1.2000], requires_grad=True)
 */
export const ASGD = optimizer<
  [
    lr?: number, lambd?: number, alpha?: number, t0?: number, weight_decay?: number, foreach?: boolean | null, maximize?: boolean,
    differentiable?: boolean, capturable?: boolean,
  ],
  unknown
>()('ASGD', [
  'params, lr=0.01, lambd=0.0001, alpha=0.75, t0=1000000.0, weight_decay=0.0, foreach=None, maximize=False',
  'differentiable=False, capturable=False',
], {
  checked: ['lr', 'lambd', 'alpha', 'weight_decay'],
  update(parameter, gradient, group, state) {
    const { lr, lambd, alpha, t0 } = group;
    const step = countStep(state);
    const eta = state.eta ??= scalarOf(lr);
    const mu = state.mu ??= scalarOf(1);
    const average = state.ax ??= zerosFor(parameter);
    const direction = directionOf(parameter, gradient, group);
    const size = elementAt(eta, 0) as number;
    ops.mul(parameter, 1 - lambd * size, parameter);
    ops.addScaled(parameter, direction, -size, parameter);
    const share = elementAt(mu, 0) as number;
    if (share === 1) copyFrom(average, parameter);
    else ops.addScaled(average, ops.sub(parameter, average), share, average);
    copyFrom(eta, scalarOf(lr / (1 + lambd * lr * step) ** alpha));
    copyFrom(mu, scalarOf(1 / Math.max(1, step - t0)));
  },
});
export type ASGD = InstanceType<typeof ASGD>;
/** What ASGD takes beside the parameters. */
export interface ASGDOptions extends OptionsOf<typeof ASGD> {}
