import { ValueError } from '../../core/errors.ts';
import { clone } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import type { Positional } from '../arguments/bind.ts';
import { bindArguments } from '../arguments/bind.ts';
import { callable } from '../../core/callable.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { ParamGroup, ParameterState, Parameters } from './optimizer.ts';
import { Optimizer, adjusted, checkRange } from './optimizer.ts';

export interface SGDOptions {
  lr: number;
  momentum: number;
  dampening: number;
  weight_decay: number;
  nesterov: boolean;
  maximize: boolean;
  foreach: boolean | null;
  differentiable: boolean;
  fused: boolean | null;
}

const defaults: SGDOptions = {
  lr: 1e-3, momentum: 0, dampening: 0, weight_decay: 0, nesterov: false, maximize: false, foreach: null, differentiable: false, fused: null,
};

class SGDOptimizer extends Optimizer<SGDOptions> {
  constructor(params: Parameters<SGDOptions>, ...options: Positional<SGDOptions>) {
    const given = bindArguments('SGD', options, defaults);
    checkRange('learning rate', given.lr, given.lr >= 0);
    checkRange('momentum value', given.momentum, given.momentum >= 0);
    checkRange('weight_decay value', given.weight_decay, given.weight_decay >= 0);
    if (given.nesterov && (given.momentum <= 0 || given.dampening !== 0)) {
      throw new ValueError('Nesterov momentum requires a momentum and zero dampening');
    }
    super(params, given);
  }

  protected override update(parameter: Tensor, gradient: Tensor, group: ParamGroup<SGDOptions>, state: ParameterState): void {
    const { lr, momentum, dampening, nesterov } = group;
    let direction = adjusted(parameter, gradient, group.maximize, group.weight_decay);
    if (momentum !== 0) {
      const buffer = state.momentum_buffer ?? null;
      if (buffer === null) {
        state.momentum_buffer = clone(direction);
      } else {
        ops.mul(buffer, momentum, buffer);
        ops.addScaled(buffer, direction, 1 - dampening, buffer);
      }
      const average = state.momentum_buffer!;
      direction = nesterov ? ops.addScaled(direction, average, momentum) as Tensor : average;
    }
    ops.addScaled(parameter, direction, -lr, parameter);
  }
}

/**
 * Gradient descent, with momentum where asked. Source: torch.optim.SGD.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const optimizer = new optim.SGD([w], { lr: 0.1 });
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([1.2000], requires_grad=True)
 */
export const SGD = callable('SGD', SGDOptimizer);
export type SGD = SGDOptimizer;
