import { withGradMode } from '../../autograd/mode.ts';
import { stateOf } from '../../autograd/viewHistory.ts';
import { RuntimeError } from '../../core/errors.ts';
import { concatenate, detach, reshapeTo, sliceAxis } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { zeros } from '../functions/creation.ts';
import { checkOptions } from '../arguments/options.ts';
import { norm } from '../functions/reductions.ts';
import { Tensor } from '../tensor/tensor.ts';
import { replaceData } from './parameter.ts';

/** Helpers over all parameters of a model. Source: torch.nn.utils. */

type Parameters = Tensor | Iterable<Tensor>;

function gradientsOf(parameters: Parameters): Tensor[] {
  const list = parameters instanceof Tensor ? [parameters] : [...parameters];
  return list.flatMap((parameter) => (stateOf(parameter)?.grad as Tensor | null | undefined) ?? []);
}

export interface ClipOptions {
  readonly norm_type?: number;
  readonly error_if_nonfinite?: boolean;
}

/**
 * Scales the gradients, in place, so that the norm of all together is at most max_norm; returns the norm before.
 * Source: torch.nn.utils.clip_grad_norm_.
 * @example
 * const w = torch.zeros(2, { requires_grad: true });
 * w.mul(3).sum().backward();
 * nn.utils.clip_grad_norm_([w], 1);
 * w.grad; // → tensor([0.7071, 0.7071])
 */
export function clip_grad_norm_(parameters: Parameters, max_norm: number, options: number | ClipOptions = {}): Tensor {
  const given = typeof options === 'number' ? { norm_type: options } : options;
  checkOptions('clip_grad_norm_', given, ['norm_type', 'error_if_nonfinite']);
  const { norm_type = 2, error_if_nonfinite = false } = given;
  const gradients = gradientsOf(parameters);
  if (gradients.length === 0) return zeros([]);
  return withGradMode(false, () => {
    const norms = gradients.map((gradient) => reshapeTo(norm(gradient, norm_type), [1]));
    const total = norm(concatenate(norms, 0), norm_type);
    norms.forEach(({ storage }) => storage.free());
    if (error_if_nonfinite && !Number.isFinite(total.item())) {
      throw new RuntimeError(
        `The total norm of order ${norm_type.toFixed(1)} for gradients from \`parameters\` is non-finite, so it cannot be clipped. `
        + 'To disable this error and scale the gradients by the non-finite norm anyway, set `error_if_nonfinite=False`');
    }
    const scale = ops.minimum(ops.div.reversed(max_norm, ops.add(total, 1e-6)), 1);
    for (const gradient of gradients) ops.mul(gradient, scale, gradient);
    scale.storage.free();
    return total;
  });
}

/**
 * Clips every element of the gradients, in place, to [−clip_value, clip_value]. Source: torch.nn.utils.clip_grad_value_.
 * @example
 * const w = torch.zeros(2, { requires_grad: true });
 * w.mul(3).sum().backward();
 * nn.utils.clip_grad_value_([w], 0.5);
 * w.grad; // → tensor([0.5000, 0.5000])
 */
export function clip_grad_value_(parameters: Parameters, clip_value: number): void {
  withGradMode(false, () => {
    for (const gradient of gradientsOf(parameters)) ops.clamp(gradient, -clip_value, clip_value, gradient);
  });
}

/**
 * All parameters in one vector. Source: torch.nn.utils.parameters_to_vector.
 * @example
 * nn.utils.parameters_to_vector(nn.Linear(2, 3).parameters()).shape; // → torch.Size([9])
 */
export function parameters_to_vector(parameters: Iterable<Tensor>): Tensor {
  return concatenate([...parameters].map((parameter) => reshapeTo(parameter, [parameter.geometry.size])), 0);
}

/**
 * Lets the parameters be slices of one vector, in order. Source: torch.nn.utils.vector_to_parameters.
 * @example
 * const w = torch.zeros(2, { requires_grad: true });
 * nn.utils.vector_to_parameters(torch.tensor([1, 2]).float(), [w]);
 * w; // → tensor([1., 2.], requires_grad=True)
 */
export function vector_to_parameters(vec: Tensor, parameters: Iterable<Tensor>): void {
  if (!(vec instanceof Tensor)) throw new TypeError(`expected torch.Tensor, but got: ${typeof vec}`);
  let start = 0;
  for (const parameter of parameters) {
    const { shape, size } = parameter.geometry;
    replaceData(parameter, reshapeTo(sliceAxis(detach(vec), 0, start, size), shape));
    start += size;
  }
}
