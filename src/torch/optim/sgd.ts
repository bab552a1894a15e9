import { ValueError } from '../../core/errors.ts';
import { clone } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { directionOf } from './arithmetic.ts';
import type { Hints, OptionsOf } from './declare.ts';
import { optimizer } from './declare.ts';

/**
 * Gradient descent, w − lr · g, with momentum and weight decay where asked. Source: torch.optim.SGD.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const optimizer = new optim.SGD([w], { lr: 0.1 });
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([1.2000], requires_grad=True)
 */
export const SGD = optimizer<
  [lr?: number, momentum?: number, dampening?: number, weight_decay?: number, nesterov?: boolean],
  Pick<Hints, 'maximize' | 'foreach' | 'differentiable' | 'fused'>
>()('SGD', [
  'params, lr=0.001, momentum=0.0, dampening=0.0, weight_decay=0.0, nesterov=False',
  '*, maximize=False, foreach=None, differentiable=False, fused=None',
], {
  checked: ['lr', 'momentum', 'weight_decay'],
  check({ nesterov, momentum, dampening }) {
    if (nesterov && (momentum <= 0 || dampening !== 0)) throw new ValueError('Nesterov momentum requires a momentum and zero dampening');
  },
  update(parameter, gradient, group, state) {
    const { lr, momentum, dampening, nesterov } = group;
    let direction = directionOf(parameter, gradient, group);
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
  },
});
export type SGD = InstanceType<typeof SGD>;
/** What SGD takes beside the parameters. */
export interface SGDOptions extends OptionsOf<typeof SGD> {}
