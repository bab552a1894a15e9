import { NotImplementedError, RuntimeError, ValueError } from '../../../core/errors.ts';
import type { NamesOf, Text, Values } from '../../../core/signature.ts';
import { declare } from '../../../core/signature.ts';
import { reshapeTo } from '../../../ops/movement.ts';
import * as ops from '../../../ops/pointwise/index.ts';
import type { Unary } from '../../../ops/pointwise/row.ts';
import type { dtype } from '../../dtypes/dtypes.ts';
import { inPlaceSource, renamed, writeInPlace } from '../../arguments/operands.ts';
import * as pointwise from '../../pointwise.ts';
import * as reductions from '../../functions/reductions.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { warn } from '../../arguments/warnings.ts';
import { checkFloating } from './support.ts';

/** Activation functions. Those with an `inplace` parameter overwrite their input where it is true. */

/** An activation of parameters P: computed from its input and them, and written into the input where `inplace` says so. */
const activation = <P extends readonly unknown[]>() => <const T extends Text>(
  name: string, text: T, compute: (x: Tensor, values: Values<NamesOf<T>, [input: Tensor, ...P], unknown>) => Tensor,
) => declare<[input: Tensor, ...P]>()(`nn.functional.${name}`, text, (values) => {
  const { input, inplace } = values as unknown as { readonly input: Tensor; readonly inplace?: boolean };
  if (inplace !== true) return compute(input, values);
  const source = inPlaceSource(input);
  const result = compute(source, values);
  return result === source ? input : writeInPlace(input, result);
});

const inPlace = activation<[inplace?: boolean]>();
const plain = activation<[]>();
const scaled = activation<[alpha?: number, inplace?: boolean]>();
const shrinking = activation<[lambd?: number]>();

/** An activation that PyTorch has for floating tensors only, by its kernel's name there. */
const floating = (kernel: string, op: Unary) => (x: Tensor): Tensor => {
  checkFloating(kernel, x.dtypeCore);
  return op(x);
};

/**
 * max(x, 0). Source: torch.nn.functional.relu.
 * @example
 * nn.functional.relu(torch.tensor([-1.5, 2])); // → tensor([0., 2.])
 */
export const relu = inPlace('relu', 'input, inplace=False', (x) => pointwise.relu(x));

function clampBetween(x: Tensor, low: number, high: number): Tensor {
  const { kind } = x.dtypeCore;
  if (kind === 'bool') throw new NotImplementedError('Bool inputs not supported for hardtanh');
  if (kind === 'complex') throw new NotImplementedError('clamp is not supported for complex types');
  return ops.hardtanh(x, low, high) as Tensor;
}

/**
 * Between two bounds, with no gradient outside of them or on them. Source: torch.nn.functional.hardtanh.
 * @example
 * nn.functional.hardtanh(torch.tensor([-1.5, 0.5, 2])); // → tensor([-1.0000,  0.5000,  1.0000])
 */
export const hardtanh = activation<[min_val?: number, max_val?: number, inplace?: boolean]>()('hardtanh',
  'input, min_val=-1.0, max_val=1.0, inplace=False', (x, { min_val, max_val }) => {
  if (min_val > max_val) throw new ValueError('min_val cannot be greater than max_val');
  return clampBetween(x, min_val, max_val);
});

/**
 * min(max(x, 0), 6). Source: torch.nn.functional.relu6.
 * @example
 * nn.functional.relu6(torch.tensor([-1.5, 8])); // → tensor([0., 6.])
 */
export const relu6 = inPlace('relu6', 'input, inplace=False', (x) => clampBetween(x, 0, 6));

/**
 * x, or `negative_slope` · x below 0. Source: torch.nn.functional.leaky_relu.
 * @example
 * nn.functional.leaky_relu(torch.tensor([-1.5, 2]), { negative_slope: 0.1 }); // → tensor([-0.1500,  2.0000])
 */
export const leaky_relu = activation<[negative_slope?: number, inplace?: boolean]>()('leaky_relu',
  'input, negative_slope=0.01, inplace=False', (x, { negative_slope }) => {
  checkFloating('leaky_relu_cpu', x.dtypeCore);
  return renamed(ops.prelu(x, negative_slope), 'LeakyReluBackward0');
});

function exponentialUnit(x: Tensor, outer: number, scale: number, inner: number): Tensor {
  checkFloating('elu_cpu', x.dtypeCore);
  return ops.elu(x, outer, scale, inner) as Tensor;
}

/**
 * x, or alpha · (exp(x) − 1) below 0. Source: torch.nn.functional.elu.
 * @example
 * nn.functional.elu(torch.tensor([-1.5, 2])); // → tensor([-0.7769,  2.0000])
 */
export const elu = scaled('elu', 'input, alpha=1.0, inplace=False', (x, { alpha }) => exponentialUnit(x, alpha, 1, 1));

/**
 * As elu, smooth at 0 for every alpha. Source: torch.nn.functional.celu.
 * @example
 * nn.functional.celu(torch.tensor([-1.5, 2]), { alpha: 2 }); // → tensor([-1.0553,  2.0000])
 */
export const celu = scaled('celu', 'input, alpha=1.0, inplace=False', (x, { alpha }) => {
  if (alpha === 0) throw new RuntimeError('ZeroDivisionError: alpha cannot be 0 for CELU');
  return renamed(exponentialUnit(x, alpha, 1, 1 / alpha), 'CeluBackward0');
});

const seluAlpha = 1.6732632423543772;
const seluScale = 1.0507009873554805;

/**
 * The self-normalising elu, which keeps mean 0 and variance 1 from layer to layer. Source: torch.nn.functional.selu.
 * @example
 * nn.functional.selu(torch.tensor([-1.5, 2])); // → tensor([-1.3658,  2.1014])
 */
export const selu = inPlace('selu', 'input, inplace=False', (x) => exponentialUnit(x, seluAlpha * seluScale, seluScale, 1));

/**
 * x · Φ(x), Φ the normal distribution's function; with `approximate: 'tanh'` nearly so. Source: torch.nn.functional.gelu.
 * @example
 * nn.functional.gelu(torch.tensor([-1.5, 2])); // → tensor([-0.1002,  1.9545])
 */
export const gelu = activation<[approximate?: 'none' | 'tanh']>()('gelu', "input, approximate='none'", (x, { approximate }) => {
  if (approximate !== 'none' && approximate !== 'tanh') throw new RuntimeError('approximate argument must be either none or tanh.');
  checkFloating('GeluKernelImpl', x.dtypeCore);
  return approximate === 'tanh' ? ops.geluTanh(x) : ops.gelu(x);
});

/**
 * x · sigmoid(x). Source: torch.nn.functional.silu.
 * @example
 * nn.functional.silu(torch.tensor([-1.5, 2])); // → tensor([-0.2736,  1.7616])
 */
export const silu = inPlace('silu', 'input, inplace=False', floating('silu_cpu', ops.silu));

/**
 * x · tanh(softplus(x)). Source: torch.nn.functional.mish.
 * @example
 * nn.functional.mish(torch.tensor([-1.5, 2])); // → tensor([-0.2981,  1.9440])
 */
export const mish = inPlace('mish', 'input, inplace=False', floating('mish_cpu', ops.mish));

/**
 * log(1 + exp(beta · x)) / beta, and x itself where beta · x is above the threshold. Source: torch.nn.functional.softplus.
 * @example
 * nn.functional.softplus(torch.tensor([-1.5, 2])); // → tensor([0.2014, 2.1269])
 */
export const softplus = activation<[beta?: number, threshold?: number]>()('softplus',
  'input, beta=1.0, threshold=20.0', (x, { beta, threshold }) => {
  checkFloating('softplus_cpu', x.dtypeCore);
  return ops.softplus(x, beta, threshold) as Tensor;
});

/**
 * x / (1 + |x|). Source: torch.nn.functional.softsign.
 * @example
 * nn.functional.softsign(torch.tensor([-1.5, 3])); // → tensor([-0.6000,  0.7500])
 */
export const softsign = plain('softsign', 'input', (x) =>
  (ops.softsign.op.supports(x.dtypeCore) ? ops.softsign(x) : pointwise.true_divide(x, pointwise.abs(x).add(1))));

/**
 * x − tanh(x). Source: torch.nn.functional.tanhshrink.
 * @example
 * nn.functional.tanhshrink(torch.tensor([-1.5, 2])); // → tensor([-0.5949,  1.0360])
 */
export const tanhshrink = plain('tanhshrink', 'input', (x) =>
  (ops.tanhshrink.op.supports(x.dtypeCore) ? ops.tanhshrink(x) : x.sub(pointwise.tanh(x))));

/**
 * The hyperbolic tangent. Source: torch.nn.functional.tanh.
 * @example
 * nn.functional.tanh(torch.tensor([-1.5, 2])); // → tensor([-0.9051,  0.9640])
 */
export const tanh = plain('tanh', 'input', (x) => pointwise.tanh(x));
/**
 * 1 / (1 + exp(−x)). Source: torch.nn.functional.sigmoid.
 * @example
 * nn.functional.sigmoid(torch.tensor([-1.5, 2])); // → tensor([0.1824, 0.8808])
 */
export const sigmoid = plain('sigmoid', 'input', (x) => pointwise.sigmoid(x));

/**
 * A straight line for the sigmoid: min(max(x / 6 + 1/2, 0), 1). Source: torch.nn.functional.hardsigmoid.
 * @example
 * nn.functional.hardsigmoid(torch.tensor([-1.5, 4])); // → tensor([0.2500, 1.0000])
 */
export const hardsigmoid = inPlace('hardsigmoid', 'input, inplace=False', floating('hardsigmoid_cpu', ops.hardsigmoid));

/**
 * x · hardsigmoid(x). Source: torch.nn.functional.hardswish.
 * @example
 * nn.functional.hardswish(torch.tensor([-1.5, 4])); // → tensor([-0.3750,  4.0000])
 */
export const hardswish = inPlace('hardswish', 'input, inplace=False', floating('hardswish_cpu', ops.hardswish));

/**
 * log(sigmoid(x)), without overflow. Source: torch.nn.functional.logsigmoid.
 * @example
 * nn.functional.logsigmoid(torch.tensor([-1.5, 2])); // → tensor([-1.7014, -0.1269])
 */
export const logsigmoid = plain('logsigmoid', 'input', floating('log_sigmoid_cpu', ops.logsigmoid));

/**
 * x shortened by `lambd`, 0 where it is shorter. Source: torch.nn.functional.softshrink.
 * @example
 * nn.functional.softshrink(torch.tensor([-1.5, 0.2, 2])); // → tensor([-1.0000,  0.0000,  1.5000])
 */
export const softshrink = shrinking('softshrink', 'input, lambd=0.5', (x, { lambd }) => {
  checkFloating('softshrink_check', x.dtypeCore);
  if (!(lambd >= 0)) {
    throw new RuntimeError(`lambda must be in range [0, 3.40282e+38] for input dtype Float, but found ${lambd}`);
  }
  return ops.softshrink(x, lambd);
});

/**
 * x, but 0 within `lambd` of 0. Source: torch.nn.functional.hardshrink.
 * @example
 * nn.functional.hardshrink(torch.tensor([-1.5, 0.2, 2])); // → tensor([-1.5000,  0.0000,  2.0000])
 */
export const hardshrink = shrinking('hardshrink', 'input, lambd=0.5', (x, { lambd }) => {
  checkFloating('hardshrink_cpu', x.dtypeCore);
  return ops.hardshrink(x, lambd);
});

/**
 * x above `threshold`, `value` elsewhere. Source: torch.nn.functional.threshold.
 * @example
 * nn.functional.threshold(torch.tensor([-1.5, 2]), 0.1, 20); // → tensor([20.,  2.])
 */
export const threshold = activation<[threshold: number, value: number, inplace?: boolean]>()('threshold',
  'input, threshold: float, value: float, inplace=False', (x, { threshold: bound, value }) => {
  const { kind } = x.dtypeCore;
  if (kind === 'bool' || kind === 'complex') checkFloating('threshold_cpu', x.dtypeCore);
  return ops.threshold(x, bound, value) as Tensor;
});

/**
 * x, or weight · x below 0, with one learned weight for all or one for each channel. Source: torch.nn.functional.prelu.
 * @example
 * nn.functional.prelu(torch.tensor([-1.5, 2]), torch.tensor([0.2])); // → tensor([-0.3000,  2.0000])
 */
export const prelu = activation<[weight: Tensor]>()('prelu', 'input, weight', (input, { weight }) => {
  checkFloating('prelu_cpu', input.dtypeCore);
  const { shape } = input.geometry;
  const count = weight.geometry.size;
  if (count !== 1) {
    if (shape.length === 0) throw new RuntimeError('Not allow zero-dim input tensor.');
    const channels = shape.length > 1 ? shape[1] : 1;
    if (channels !== count) {
      throw new RuntimeError('Mismatch of parameter numbers and input channel size. '
        + `Found parameter numbers = ${count} and channel size = ${channels}.`);
    }
  }
  return ops.prelu(input, reshapeTo(weight, shape.map((_, axis) => (axis === Math.min(1, shape.length - 1) ? count : 1))));
});

/** A function along a dimension, which PyTorch guesses with a warning where none is given. */
const along = (name: string, compute: (input: Tensor, dim: number, options: { readonly dtype?: dtype }) => Tensor) =>
  activation<[dim?: number | null, _stacklevel?: number, dtype?: dtype | null]>()(name,
    'input, dim: int | None = None, _stacklevel=3, dtype=None', (input, { dim, dtype: type }) => {
    if (dim === null) warn(`Implicit dimension choice for ${name} has been deprecated. Change the call to include dim=X as an argument.`);
    const axis = dim ?? ([0, 1, 3].includes(input.geometry.shape.length) ? 0 : 1);
    return compute(input, axis, type ? { dtype: type } : {});
  });

/**
 * exp(x) over its sum along `dim`: positive numbers that sum to 1. Source: torch.nn.functional.softmax.
 * @example
 * nn.functional.softmax(torch.tensor([1.5, 2]), 0); // → tensor([0.3775, 0.6225])
 */
export const softmax = along('softmax', (input, dim, options) => reductions.softmax(input, dim, options));

/**
 * softmax(−x). Source: torch.nn.functional.softmin.
 * @example
 * nn.functional.softmin(torch.tensor([1.5, 2]), 0); // → tensor([0.6225, 0.3775])
 */
export const softmin = along('softmin', (input, dim, options) => reductions.softmax(pointwise.neg(input), dim, options));

/**
 * The logarithm of softmax along `dim`, without overflow. Source: torch.nn.functional.log_softmax.
 * @example
 * nn.functional.log_softmax(torch.tensor([1.5, 2]), 0); // → tensor([-0.9741, -0.4741])
 */
export const log_softmax = along('log_softmax', (input, dim, options) => reductions.log_softmax(input, dim, options));
