import { withGradMode } from '../../../autograd/mode.ts';
import { float16, float32, float64, int32 } from '../../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../../core/errors.ts';
import { declare } from '../../../core/signature.ts';
import { cast } from '../../../ops/cast.ts';
import { deviceText } from '../../../core/device.ts';
import { zerosLike } from '../../../ops/creation.ts';
import { elements, isDeferred } from '../../../ops/host.ts';
import { indexSelect, scatterAlong } from '../../../ops/indexing.ts';
import { detach, reshapeTo, sliceAxis } from '../../../ops/movement.ts';
import * as ops from '../../../ops/pointwise/index.ts';
import { argExtreme, cumsum } from '../../../ops/reduce.ts';
import { inPlaceSource, renamed, writeInPlace } from '../../arguments/operands.ts';
import { warn } from '../../arguments/warnings.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import { empty_like } from '../../functions/creation.ts';
import { drawn } from '../../functions/random/generator.ts';
import { exponential_ } from '../../functions/random/inPlace.ts';
import * as reductions from '../../functions/reductions.ts';
import * as pointwise from '../../pointwise.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { wrapDimension } from '../../tensor/tensor.ts';
import * as activation from './activation.ts';
import { checkFloating } from './support.ts';

/** Activations that gate one half by the other or draw random numbers, and those that overwrite their input by name. */

/**
 * The first half along `dim` times the sigmoid of the second. Source: torch.nn.functional.glu.
 * @example
 * nn.functional.glu(torch.tensor([1.5, 2, 0, 1])); // → tensor([0.7500, 1.4621])
 */
export const glu = declare<[input: Tensor, dim?: number]>()('nn.functional.glu', 'input, dim=-1', ({ input, dim }): Tensor => {
  const { shape } = input.geometry;
  if (shape.length === 0) throw new RuntimeError('glu does not support scalars because halving size must be even');
  const axis = wrapDimension(dim, shape.length);
  if (shape[axis] % 2 !== 0) throw new RuntimeError(`Halving dimension must be even, but dimension ${axis} is size ${shape[axis]}`);
  checkFloating('glu_cpu', input.dtypeCore);
  const half = shape[axis] / 2;
  const [value, gate] = [0, half].map((start) => sliceAxis(input, axis, start, half));
  return renamed(ops.mul(value, ops.sigmoid(gate)), 'GluBackward0');
});

/**
 * Softmax of the logits with Gumbel noise, over tau: a sample of classes that has a gradient; with `hard` it is 1 for one class and 0
 * elsewhere, with the gradient of the soft one. Source: torch.nn.functional.gumbel_softmax.
 * @example
 * torch.manual_seed(0);
 * nn.functional.gumbel_softmax(torch.tensor([0.5, 2, 1]), { hard: true }); // → tensor([0., 1., 0.])
 */
export const gumbel_softmax = declare<[logits: Tensor, tau?: number, hard?: boolean, eps?: number, dim?: number]>()(
  'nn.functional.gumbel_softmax', 'logits: Tensor, tau: float = 1, hard=False, eps=1e-10, dim=-1',
  ({ logits, tau, hard, eps, dim }): Tensor => {
    if (eps !== 1e-10) warn('`eps` parameter is deprecated and has no effect.');
    const noise = withGradMode(false, () => pointwise.neg(pointwise.log(exponential_(empty_like(logits)))));
    const soft = reductions.softmax(logits.add(noise).div(tau), dim);
    if (!hard) return soft;
    const axis = wrapDimension(dim, logits.geometry.shape.length);
    const plain = detach(soft);
    const best = argExtreme('argmax', plain, axis, true);
    return scatterAlong(zerosLike(plain), axis, best, 1, 'torch').sub(plain).add(soft);
  });

type Random = [input: Tensor, lower?: number, upper?: number, training?: boolean];
const bounds = 'lower=0.125, upper=0.3333333333333333, training=False';

/**
 * The slopes of elements that the host cannot see: the same ones, though as many are drawn as there could be. An element that is not
 * positive takes the draw whose number is that of such elements before it.
 */
function slopesUnseen(input: Tensor, lower: number, upper: number): Tensor {
  const { geometry: { shape, size }, storage: { device }, dtypeCore } = input;
  const drawing = drawn([size], float32, { device: deviceText(device) }, (stream, data, _, length) => {
    const draws = new Float64Array(length);
    stream.uniform(draws, 'float64', 0, length, lower, upper);
    (data as Float32Array).set(draws);
  });
  const below = ops.le(reshapeTo(detach(input), [size]), 0);
  const places = ops.maximum(ops.sub(cumsum(cast(below, int32), 0), 1), 0);
  return reshapeTo(ops.where(below, cast(indexSelect(drawing, 0, places), dtypeCore), 1) as Tensor, shape);
}

/** The slope of each element: in training what is not positive draws one, in order. */
function slopes(input: Tensor, lower: number, upper: number): Tensor {
  if (isDeferred(input)) return slopesUnseen(input, lower, upper);
  const values = elements(detach(input)) as number[];
  const count = values.filter((value) => value <= 0).length;
  const draws = new Float64Array(count);
  drawn([count], float64, {}, (stream, data, type, length) => {
    stream.uniform(data, type, 0, length, lower, upper);
    draws.set(data as Float64Array);
  });
  let next = 0;
  const all = Float64Array.from(values, (value) => (value <= 0 ? draws[next++] : 1));
  const wide = drawn(input.geometry.shape, float64, {}, (_, data) => (data as Float64Array).set(all));
  return cast(wide, input.dtypeCore);
}

function randomUnit(input: Tensor, lower: number, upper: number, training: boolean): Tensor {
  if (!(lower <= upper)) throw new RuntimeError('Lower bound should be less than or equal to the upper bound');
  const { dtypeCore: type } = input;
  if (type.kind !== 'float' || (training && type === float16)) {
    throw new NotImplementedError(
      `"${training ? 'rrelu_with_noise_out_cpu' : 'leaky_relu_cpu'}" not implemented for '${scalarTypeName(type)}'`);
  }
  const result = training ? ops.mul(input, slopes(input, lower, upper)) : ops.prelu(input, (lower + upper) / 2);
  return renamed(result, 'RreluWithNoiseBackward0');
}

/**
 * x, or a part of it below 0: in training one drawn for each element between `lower` and `upper`, else their mean.
 * Source: torch.nn.functional.rrelu.
 * @example
 * nn.functional.rrelu(torch.tensor([-1.5, 2])); // → tensor([-0.3438,  2.0000])
 */
export const rrelu = declare<[...Random, inplace?: boolean]>()('nn.functional.rrelu', ['input', bounds, 'inplace=False'],
  ({ input, lower, upper, training, inplace }): Tensor => {
  if (!inplace) return randomUnit(input, lower, upper, training);
  return renamed(writeInPlace(input, randomUnit(inPlaceSource(input), lower, upper, training)), 'RreluWithNoiseBackward1');
});

/**
 * As rrelu, in place. Source: torch.nn.functional.rrelu_.
 * @example
 * nn.functional.rrelu_(torch.tensor([-1.5, 2])); // → tensor([-0.3438,  2.0000])
 */
export const rrelu_ = declare<Random>()('nn.functional.rrelu_', ['input', bounds], ({ input, lower, upper, training }): Tensor =>
  rrelu(input, lower, upper, training, true));

/**
 * As relu, in place. Source: torch.nn.functional.relu_.
 * @example
 * nn.functional.relu_(torch.tensor([-1.5, 2])); // → tensor([0., 2.])
 */
export const relu_ = declare<[input: Tensor]>()('nn.functional.relu_', 'input', ({ input }): Tensor => activation.relu(input, true));
/**
 * As elu, in place. Source: torch.nn.functional.elu_.
 * @example
 * nn.functional.elu_(torch.tensor([-1.5, 2])); // → tensor([-0.7769,  2.0000])
 */
export const elu_ = declare<[input: Tensor, alpha?: number]>()('nn.functional.elu_', 'input, alpha=1.0', ({ input, alpha }): Tensor =>
  renamed(activation.elu(input, alpha, true), 'EluBackward1'));
/**
 * As celu, in place. Source: torch.nn.functional.celu_.
 * @example
 * nn.functional.celu_(torch.tensor([-1.5, 2]), 2); // → tensor([-1.0553,  2.0000])
 */
export const celu_ = declare<[input: Tensor, alpha?: number]>()('nn.functional.celu_', 'input, alpha=1.0', ({ input, alpha }): Tensor =>
  renamed(activation.celu(input, alpha, true), 'CeluBackward1'));
/**
 * As selu, in place. Source: torch.nn.functional.selu_.
 * @example
 * nn.functional.selu_(torch.tensor([-1.5, 2])); // → tensor([-1.3658,  2.1014])
 */
export const selu_ = declare<[input: Tensor]>()('nn.functional.selu_', 'input', ({ input }): Tensor =>
  renamed(activation.selu(input, true), 'EluBackward1'));
/**
 * As leaky_relu, in place. Source: torch.nn.functional.leaky_relu_.
 * @example
 * nn.functional.leaky_relu_(torch.tensor([-1.5, 2]), 0.1); // → tensor([-0.1500,  2.0000])
 */
export const leaky_relu_ = declare<[input: Tensor, negative_slope?: number]>()('nn.functional.leaky_relu_',
  'input, negative_slope=0.01', ({ input, negative_slope }): Tensor =>
  renamed(activation.leaky_relu(input, negative_slope, true), 'LeakyReluBackward1'));
/**
 * As hardtanh, in place. Source: torch.nn.functional.hardtanh_.
 * @example
 * nn.functional.hardtanh_(torch.tensor([-1.5, 0.5, 2])); // → tensor([-1.0000,  0.5000,  1.0000])
 */
export const hardtanh_ = declare<[input: Tensor, min_val?: number, max_val?: number]>()('nn.functional.hardtanh_',
  'input, min_val=-1.0, max_val=1.0', ({ input, min_val, max_val }): Tensor => activation.hardtanh(input, min_val, max_val, true));
/**
 * As threshold, in place. Source: torch.nn.functional.threshold_.
 * @example
 * nn.functional.threshold_(torch.tensor([-1.5, 2]), 0.1, 20); // → tensor([20.,  2.])
 */
export const threshold_ = declare<[input: Tensor, threshold: number, value: number]>()('nn.functional.threshold_',
  'input, threshold: float, value: float', ({ input, threshold, value }): Tensor =>
  renamed(activation.threshold(input, threshold, value, true), 'ThresholdBackward1'));
