import { ValueError, shown } from '../../../core/errors.ts';
import { declare } from '../../../core/signature.ts';
import { copyFrom, fillWith } from '../../../ops/movement.ts';
import { eye } from '../../functions/creation.ts';
import { dtypeOf } from '../../dtypes/dtypes.ts';
import * as random from '../../functions/random/random.ts';
import { asTensor } from '../../arguments/operands.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { warn } from '../../arguments/warnings.ts';
import type { Stream } from './support.ts';
import { from, unrecorded } from './support.ts';

/** First values of parameters, in place and outside of every graph. Each returns its tensor. Source: torch.nn.init. */

/** Whether variance is kept from layer to layer going forward ('fan_in') or backward ('fan_out'). */
export type FanMode = 'fan_in' | 'fan_out';

/**
 * Uniform on [a, b), in place. Source: torch.nn.init.uniform_.
 * @example
 * nn.init.uniform_(torch.empty(2), 0, 1, { generator: new torch.Generator().manual_seed(0) });
 * // → tensor([0.4963, 0.7682])
 */
export const uniform_ = declare<[tensor: Tensor, a?: number, b?: number, generator?: Stream]>()(
  'nn.init.uniform_', 'tensor, a=0.0, b=1.0, generator=None',
  ({ tensor, a, b, generator }) => {
    asTensor(tensor, 'uniform_');
    return unrecorded(() => random.uniform_(tensor, a, b, from(generator)));
  });

/**
 * Normal with `mean` and `std`. Source: torch.nn.init.normal_.
 * @example
 * nn.init.normal_(torch.empty(2), { std: 0.1, generator: new torch.Generator().manual_seed(0) });
 * // → tensor([ 0.1541, -0.0293])
 */
export const normal_ = declare<[tensor: Tensor, mean?: number, std?: number, generator?: Stream]>()(
  'nn.init.normal_', 'tensor, mean=0.0, std=1.0, generator=None',
  ({ tensor, mean, std, generator }) => {
    asTensor(tensor, 'normal_');
    return unrecorded(() => random.normal_(tensor, mean, std, from(generator)));
  });

/**
 * Every element `val`, in place. Source: torch.nn.init.constant_.
 * @example
 * nn.init.constant_(torch.empty(2), 0.3); // → tensor([0.3000, 0.3000])
 */
export const constant_ = declare<[tensor: Tensor, val: number]>()('nn.init.constant_', 'tensor, val: float',
  ({ tensor, val }) => {
    asTensor(tensor, 'fill_');
    return unrecorded(() => fillWith(tensor, val));
  });
/**
 * Every element 1. Source: torch.nn.init.ones_.
 * @example
 * nn.init.ones_(torch.empty(2)); // → tensor([1., 1.])
 */
export const ones_ = declare<[tensor: Tensor]>()('nn.init.ones_', 'tensor', ({ tensor }) => constant_(tensor, 1));
/**
 * Every element 0. Source: torch.nn.init.zeros_.
 * @example
 * nn.init.zeros_(torch.empty(2)); // → tensor([0., 0.])
 */
export const zeros_ = declare<[tensor: Tensor]>()('nn.init.zeros_', 'tensor', ({ tensor }) => {
  asTensor(tensor, 'zero_');
  return constant_(tensor, 0);
});

/**
 * The identity matrix, as far as the two dimensions reach. Source: torch.nn.init.eye_.
 * @example
 * nn.init.eye_(torch.empty(2, 2)); // → tensor([[1., 0.],
 *                                  //           [0., 1.]])
 */
export const eye_ = declare<[tensor: Tensor]>()('nn.init.eye_', 'tensor', ({ tensor }): Tensor => {
  asTensor(tensor, 'ndimension');
  const { shape } = tensor.geometry;
  if (shape.length !== 2) throw new ValueError('Only tensors with 2 dimensions are supported');
  return unrecorded(() => copyFrom(tensor, eye(shape[0], shape[1], { dtype: dtypeOf(tensor.dtypeCore), device: tensor.device })));
});

const linearFunctions = ['linear', 'conv1d', 'conv2d', 'conv3d', 'conv_transpose1d', 'conv_transpose2d', 'conv_transpose3d', 'sigmoid'];

/**
 * The factor that keeps variance through an activation. Source: torch.nn.init.calculate_gain.
 * @example
 * nn.init.calculate_gain('leaky_relu', 1); // → 1
 */
export const calculate_gain = declare<[nonlinearity: string, param?: number | null]>()(
  'nn.init.calculate_gain', 'nonlinearity: str, param: float | None = None', ({ nonlinearity, param }): number => {
  if (linearFunctions.includes(nonlinearity)) return 1;
  switch (nonlinearity) {
    case 'tanh': return 5 / 3;
    case 'relu': return Math.sqrt(2);
    case 'leaky_relu': return Math.sqrt(2 / (1 + (param ?? 0.01) ** 2));
    case 'selu': return 3 / 4;
    default: throw new ValueError(`Unsupported nonlinearity ${nonlinearity}`);
  }
});

/**
 * How many inputs and outputs a weight (out, in, ...kernel) connects. Source: torch.nn.init._calculate_fan_in_and_fan_out.
 * @example
 * nn.init._calculate_fan_in_and_fan_out(torch.empty(8, 3, 5, 5)); // → [75, 200]
 */
export const _calculate_fan_in_and_fan_out = declare<[tensor: Tensor]>()(
  'nn.init._calculate_fan_in_and_fan_out', 'tensor', ({ tensor }): [fan_in: number, fan_out: number] => {
  asTensor(tensor, 'dim');
  const { shape } = tensor.geometry;
  if (shape.length < 2) throw new ValueError('Fan in and fan out can not be computed for tensor with fewer than 2 dimensions');
  const field = shape.slice(2).reduce((product, extent) => product * extent, 1);
  return [shape[1] * field, shape[0] * field];
});

type Xavier = [tensor: Tensor, gain?: number, generator?: Stream];
const xavier = 'tensor, gain=1.0, generator=None';

function xavierStd(tensor: Tensor, gain: number): number {
  const [fanIn, fanOut] = _calculate_fan_in_and_fan_out(tensor);
  return gain * Math.sqrt(2 / (fanIn + fanOut));
}

/**
 * Uniform with the variance of Glorot and Bengio, for layers before tanh or sigmoid. Source: torch.nn.init.xavier_uniform_.
 * @example
 * nn.init.xavier_uniform_(torch.empty(1, 2), { generator: new torch.Generator().manual_seed(0) });
 * // → tensor([[-0.0106,  0.7586]])
 */
export const xavier_uniform_ = declare<Xavier>()('nn.init.xavier_uniform_', xavier, ({ tensor, gain, generator }) => {
  const bound = Math.sqrt(3) * xavierStd(tensor, gain);
  return uniform_(tensor, -bound, bound, generator);
});

/**
 * Normal with the variance of Glorot and Bengio, for layers before tanh or sigmoid. Source: torch.nn.init.xavier_normal_.
 * @example
 * nn.init.xavier_normal_(torch.empty(1, 2), { generator: new torch.Generator().manual_seed(0) });
 * // → tensor([[ 1.2582, -0.2396]])
 */
export const xavier_normal_ = declare<Xavier>()('nn.init.xavier_normal_', xavier,
  ({ tensor, gain, generator }) => normal_(tensor, 0, xavierStd(tensor, gain), generator));

type Kaiming = [tensor: Tensor, a?: number, mode?: FanMode, nonlinearity?: string, generator?: Stream];
const kaiming = "tensor, a=0.0, mode='fan_in', nonlinearity='leaky_relu', generator=None";

function kaimingStd(tensor: Tensor, a: number, mode: FanMode, nonlinearity: string): number {
  if (mode !== 'fan_in' && mode !== 'fan_out') {
    throw new ValueError(`Mode ${shown(mode)} not supported, please use one of ['fan_in', 'fan_out']`);
  }
  const [fanIn, fanOut] = _calculate_fan_in_and_fan_out(tensor);
  return calculate_gain(nonlinearity, a) / Math.sqrt(mode === 'fan_in' ? fanIn : fanOut);
}

function isEmpty(tensor: Tensor): boolean {
  asTensor(tensor, 'shape');
  if (!tensor.geometry.shape.includes(0)) return false;
  warn('Initializing zero-element tensors is a no-op');
  return true;
}

/**
 * Uniform with the variance of He et al., for layers before relu and its like. Source: torch.nn.init.kaiming_uniform_.
 * @example
 * nn.init.kaiming_uniform_(torch.empty(1, 2), { generator: new torch.Generator().manual_seed(0) });
 * // → tensor([[-0.0130,  0.9291]])
 */
export const kaiming_uniform_ = declare<Kaiming>()('nn.init.kaiming_uniform_', kaiming,
  ({ tensor, a, mode, nonlinearity, generator }): Tensor => {
  if (isEmpty(tensor)) return tensor;
  const bound = Math.sqrt(3) * kaimingStd(tensor, a, mode, nonlinearity);
  return uniform_(tensor, -bound, bound, generator);
});

/**
 * Normal with the variance of He et al., for layers before relu and its like. Source: torch.nn.init.kaiming_normal_.
 * @example
 * nn.init.kaiming_normal_(torch.empty(1, 2), { nonlinearity: 'relu', generator: new torch.Generator().manual_seed(0) });
 * // → tensor([[ 1.5410, -0.2934]])
 */
export const kaiming_normal_ = declare<Kaiming>()('nn.init.kaiming_normal_', kaiming,
  ({ tensor, a, mode, nonlinearity, generator }): Tensor =>
    (isEmpty(tensor) ? tensor : normal_(tensor, 0, kaimingStd(tensor, a, mode, nonlinearity), generator)));
