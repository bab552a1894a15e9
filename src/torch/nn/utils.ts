import { withGradMode } from '../../autograd/mode.ts';
import { stateOf } from '../../autograd/viewHistory.ts';
import { NotImplementedError, RuntimeError, ValueError, listOf, pythonTypeName } from '../../core/errors.ts';
import { declare } from '../../core/signature.ts';
import { concatenate, detach, reshapeTo, sliceAxis } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { zeros } from '../functions/creation.ts';
import { norm } from '../functions/reductions.ts';
import { asTensor } from '../arguments/operands.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Helpers over all parameters of a model. Source: torch.nn.utils. */

export * as parametrizations from './utils/parametrizations.ts';
export * as parametrize from './utils/parametrize.ts';
export * as rnn from './utils/rnn.ts';
export * as stateless from './utils/stateless.ts';
export { remove_spectral_norm, remove_weight_norm, spectral_norm, weight_norm } from './utils/weightHooks.ts';
export { fuse_conv_bn_eval, fuse_conv_bn_weights, fuse_linear_bn_eval, fuse_linear_bn_weights } from './utils/fusion.ts';

type Parameters = Tensor | Iterable<Tensor>;

function gradientsOf(parameters: Parameters): Tensor[] {
  const list = parameters instanceof Tensor ? [parameters] : listOf(parameters);
  return list.flatMap((parameter) => (stateOf(asTensor(parameter, 'grad'))?.grad as Tensor | null | undefined) ?? []);
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
export const clip_grad_norm_ = declare<[
  parameters: Parameters, max_norm: number, norm_type?: number, error_if_nonfinite?: boolean, foreach?: boolean | null,
]>()('nn.utils.clip_grad_norm_', [
  'parameters, max_norm: float, norm_type=2.0, error_if_nonfinite=False, foreach: bool | None = None',
], ({ parameters, max_norm, norm_type, error_if_nonfinite, foreach }): Tensor => {
  refuseForeach('clip_grad_norm_', foreach);
  const gradients = gradientsOf(parameters);
  const total = totalNorm(gradients, norm_type, error_if_nonfinite);
  scaleTo(gradients, max_norm, total);
  return total;
});

/**
 * The norm of all tensors together. Source: torch.nn.utils.get_total_norm.
 * @example
 * nn.utils.get_total_norm([torch.tensor([1, 2]).float(), torch.tensor([2]).float()]); // → tensor(3.)
 */
export const get_total_norm = declare<[
  tensors: Parameters, norm_type?: number, error_if_nonfinite?: boolean, foreach?: boolean | null,
]>()('nn.utils.get_total_norm', 'tensors, norm_type=2.0, error_if_nonfinite=False, foreach: bool | None = None',
  ({ tensors, norm_type, error_if_nonfinite, foreach }): Tensor => {
    refuseForeach('get_total_norm', foreach);
    const list = tensors instanceof Tensor ? [tensors] : listOf(tensors).map((each) => asTensor(each, 'device'));
    return totalNorm(list, norm_type, error_if_nonfinite);
  });

/**
 * Scales the gradients, in place, by max_norm over a norm of theirs that is known, where that is larger.
 * Source: torch.nn.utils.clip_grads_with_norm_.
 * @example
 * const w = torch.zeros(2, { requires_grad: true });
 * w.mul(3).sum().backward();
 * nn.utils.clip_grads_with_norm_([w], 1, torch.tensor(4).float());
 * w.grad; // → tensor([0.7500, 0.7500])
 */
export const clip_grads_with_norm_ = declare<[
  parameters: Parameters, max_norm: number, total_norm: Tensor, foreach?: boolean | null,
]>()('nn.utils.clip_grads_with_norm_', 'parameters, max_norm: float, total_norm: Tensor, foreach: bool | None = None',
  ({ parameters, max_norm, total_norm, foreach }): void => {
    refuseForeach('clip_grads_with_norm_', foreach);
    scaleTo(gradientsOf(parameters), max_norm, total_norm);
  });

function scaleTo(gradients: readonly Tensor[], max_norm: number, total: Tensor): void {
  if (gradients.length === 0) return;
  withGradMode(false, () => {
    const scale = ops.minimum(ops.div.reversed(max_norm, ops.add(total, 1e-6)), 1);
    for (const gradient of gradients) ops.mul(gradient, scale, gradient);
    scale.storage.free();
  });
}

function totalNorm(gradients: readonly Tensor[], norm_type: number, error_if_nonfinite: boolean): Tensor {
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
    return total;
  });
}

/** Tensors are clipped one at a time. */
function refuseForeach(name: string, foreach: boolean | null): void {
  if (foreach === true) throw new NotImplementedError(`${name}: foreach=true is not supported: tensors are clipped one at a time`);
}

/**
 * Clips every element of the gradients, in place, to [−clip_value, clip_value]. Source: torch.nn.utils.clip_grad_value_.
 * @example
 * const w = torch.zeros(2, { requires_grad: true });
 * w.mul(3).sum().backward();
 * nn.utils.clip_grad_value_([w], 0.5);
 * w.grad; // → tensor([0.5000, 0.5000])
 */
export const clip_grad_value_ = declare<[parameters: Parameters, clip_value: number, foreach?: boolean | null]>()(
  'nn.utils.clip_grad_value_', 'parameters, clip_value: float, foreach: bool | None = None',
  ({ parameters, clip_value, foreach }): void => {
  refuseForeach('clip_grad_value_', foreach);
  withGradMode(false, () => {
    for (const gradient of gradientsOf(parameters)) ops.clamp(gradient, -clip_value, clip_value, gradient);
  });
});

/**
 * All parameters in one vector. Source: torch.nn.utils.parameters_to_vector.
 * @example
 * nn.utils.parameters_to_vector(nn.Linear(2, 3).parameters()).shape; // → torch.Size([9])
 */
export const parameters_to_vector = declare<[parameters: Iterable<Tensor>]>()('nn.utils.parameters_to_vector', 'parameters: iterable',
  ({ parameters }) => {
    const parts = (parameters as readonly Tensor[]).map((parameter) => reshapeTo(asTensor(parameter, 'view'), [parameter.geometry.size]));
    if (parts.length === 0) throw new ValueError('torch.cat(): expected a non-empty list of Tensors');
    return concatenate(parts, 0);
  });

/**
 * Lets the parameters be slices of one vector, in order: the other way round from parameters_to_vector.
 * Source: torch.nn.utils.vector_to_parameters.
 * @example
 * const w = torch.zeros(2, { requires_grad: true });
 * nn.utils.vector_to_parameters(torch.tensor([1, 2]).float(), [w]);
 * w; // → tensor([1., 2.], requires_grad=True)
 */
export const vector_to_parameters = declare<[vec: Tensor, parameters: Iterable<Tensor>]>()('nn.utils.vector_to_parameters',
  'vec, parameters: iterable', ({ vec, parameters }): void => {
  if (!(vec instanceof Tensor)) throw new TypeError(`expected torch.Tensor, but got: ${pythonTypeName(vec)}`);
  let start = 0;
  const [length = 0] = vec.geometry.shape;
  const parts = Array.from(parameters, (parameter) => {
    const { shape, size } = asTensor(parameter, 'device').geometry;
    const part = sliceAxis(detach(vec), 0, Math.min(start, length), Math.min(size, Math.max(length - start, 0)));
    if (part.geometry.size !== size) {
      throw new RuntimeError(`shape '[${shape.join(', ')}]' is invalid for input of size ${part.geometry.size}`);
    }
    start += size;
    return [parameter, reshapeTo(part, shape)] as const;
  });
  for (const [parameter, part] of parts) parameter.data = part;
});
