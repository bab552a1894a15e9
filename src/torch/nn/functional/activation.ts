import { record } from '../../../autograd/tape.ts';
import { RuntimeError, ValueError } from '../../../core/errors.ts';
import { reshapeTo } from '../../../ops/movement.ts';
import * as ops from '../../../ops/pointwise/index.ts';
import type { Positional } from '../../arguments/bind.ts';
import { bindArguments } from '../../arguments/bind.ts';
import type { dtype } from '../../dtypes/dtypes.ts';
import { checkTensor, inPlaceSource, writeInPlace } from '../../arguments/operands.ts';
import { isOptions, checkOptions } from '../../arguments/options.ts';
import * as pointwise from '../../pointwise.ts';
import * as reductions from '../../functions/reductions.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { warn } from '../../arguments/warnings.ts';
import { checkFloating, recorded } from './support.ts';

/** Activation functions. Those with an `inplace` parameter overwrite their input where it is true. */

/** A function of a tensor and parameters, the latter by position or by name. */
export interface ActivationFunction<O extends object> {
  (input: Tensor, ...parameters: Positional<O>): Tensor;
  /** The parameters in order, with their defaults. */
  readonly defaults: O;
}

function activation<O extends object>(name: string, defaults: O, compute: (x: Tensor, parameters: O) => Tensor): ActivationFunction<O> {
  return Object.assign((input: Tensor, ...given: Positional<O>): Tensor => {
    checkTensor(name, 'input', input);
    const parameters = bindArguments(name, given, defaults);
    if (!(parameters as { inplace?: boolean }).inplace) return compute(input, parameters);
    const source = inPlaceSource(input);
    const result = compute(source, parameters);
    return result === source ? input : writeInPlace(input, result);
  }, { defaults });
}

const choose = (condition: Tensor, x: Tensor | number, y: Tensor | number): Tensor => ops.where(condition, x, y) as Tensor;
const inPlace = { inplace: false };

/**
 * max(x, 0). Source: torch.nn.functional.relu.
 * @example
 * nn.functional.relu(torch.tensor([-1.5, 2])); // → tensor([0., 2.])
 */
export const relu = activation('relu', inPlace, (x) => pointwise.relu(x));

function clampBetween(x: Tensor, low: number, high: number): Tensor {
  return recorded('HardtanhBackward0', x, (v) => ops.clamp(v, low, high) as Tensor,
    (g, v) => choose(ops.logicalAnd(ops.gt(v, low), ops.lt(v, high)), g, 0));
}

/**
 * Between two bounds, with no gradient outside of them or on them. Source: torch.nn.functional.hardtanh.
 * @example
 * nn.functional.hardtanh(torch.tensor([-1.5, 0.5, 2])); // → tensor([-1.0000,  0.5000,  1.0000])
 */
export const hardtanh = activation('hardtanh', { min_val: -1, max_val: 1, ...inPlace }, (x, { min_val, max_val }) => {
  if (min_val > max_val) throw new ValueError('min_val cannot be greater than max_val');
  return clampBetween(x, min_val, max_val);
});

/**
 * min(max(x, 0), 6). Source: torch.nn.functional.relu6.
 * @example
 * nn.functional.relu6(torch.tensor([-1.5, 8])); // → tensor([0., 6.])
 */
export const relu6 = activation('relu6', inPlace, (x) => clampBetween(x, 0, 6));

/**
 * x, or `negative_slope` · x below 0. Source: torch.nn.functional.leaky_relu.
 * @example
 * nn.functional.leaky_relu(torch.tensor([-1.5, 2]), { negative_slope: 0.1 }); // → tensor([-0.1500,  2.0000])
 */
export const leaky_relu = activation('leaky_relu', { negative_slope: 0.01, ...inPlace }, (x, { negative_slope }) => {
  checkFloating('leaky_relu_cpu', x.dtypeCore);
  return recorded('LeakyReluBackward0', x, (v) => choose(ops.gt(v, 0), v, ops.mul(v, negative_slope)),
    (g, v) => choose(ops.gt(v, 0), g, ops.mul(g, negative_slope)));
});

/** scale · x above 0, and outer · (exp(inner · x) − 1) below. */
function exponentialUnit(name: string, x: Tensor, outer: number, scale: number, inner: number): Tensor {
  checkFloating('elu_cpu', x.dtypeCore);
  return recorded(name, x,
    (v) => choose(ops.gt(v, 0), ops.mul(v, scale), ops.mul(ops.expm1(ops.mul(v, inner)), outer)),
    (g, v) => ops.mul(g, choose(ops.gt(v, 0), scale, ops.mul(ops.exp(ops.mul(v, inner)), outer * inner))));
}

/**
 * x, or alpha · (exp(x) − 1) below 0. Source: torch.nn.functional.elu.
 * @example
 * nn.functional.elu(torch.tensor([-1.5, 2])); // → tensor([-0.7769,  2.0000])
 */
export const elu = activation('elu', { alpha: 1, ...inPlace }, (x, { alpha }) => exponentialUnit('EluBackward0', x, alpha, 1, 1));

/**
 * As elu, smooth at 0 for every alpha. Source: torch.nn.functional.celu.
 * @example
 * nn.functional.celu(torch.tensor([-1.5, 2]), { alpha: 2 }); // → tensor([-1.0553,  2.0000])
 */
export const celu = activation('celu', { alpha: 1, ...inPlace }, (x, { alpha }) => {
  if (alpha === 0) throw new RuntimeError('ZeroDivisionError: alpha cannot be 0 for CELU');
  return exponentialUnit('CeluBackward0', x, alpha, 1, 1 / alpha);
});

const seluAlpha = 1.6732632423543772;
const seluScale = 1.0507009873554805;

/**
 * The self-normalising elu. Source: torch.nn.functional.selu.
 * @example
 * nn.functional.selu(torch.tensor([-1.5, 2])); // → tensor([-1.3658,  2.1014])
 */
export const selu = activation('selu', inPlace, (x) => exponentialUnit('EluBackward0', x, seluAlpha * seluScale, seluScale, 1));

const erfScale = Math.SQRT1_2;
const densityScale = 1 / Math.sqrt(2 * Math.PI);
const tanhScale = Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

function geluByTanh(x: Tensor): Tensor {
  const inner = (v: Tensor): Tensor => ops.mul(ops.add(v, ops.mul(ops.mul(ops.mul(v, v), v), cubic)), tanhScale);
  return recorded('GeluBackward0', x,
    (v) => ops.mul(ops.mul(v, 0.5), ops.add(ops.tanh(inner(v)), 1)),
    (g, v) => {
      const bend = ops.tanh(inner(v));
      const left = ops.mul(ops.add(bend, 1), 0.5);
      const slope = ops.mul(ops.add(ops.mul(ops.mul(v, v), 3 * cubic), 1), tanhScale);
      const right = ops.mul(ops.mul(ops.mul(v, 0.5), ops.sub.reversed(1, ops.mul(bend, bend))), slope);
      return ops.mul(g, ops.add(left, right));
    });
}

/**
 * x · Φ(x), or its tanh approximation. Source: torch.nn.functional.gelu.
 * @example
 * nn.functional.gelu(torch.tensor([-1.5, 2])); // → tensor([-0.1002,  1.9545])
 */
export const gelu = activation('gelu', { approximate: 'none' as 'none' | 'tanh' }, (x, { approximate }) => {
  if (approximate !== 'none' && approximate !== 'tanh') throw new RuntimeError('approximate argument must be either none or tanh.');
  checkFloating('GeluKernelImpl', x.dtypeCore);
  if (approximate === 'tanh') return geluByTanh(x);
  // By erfc, since 1 + erf cancels far below 0.
  const cumulative = (v: Tensor): Tensor => ops.mul(ops.erfc(ops.mul(v, -erfScale)), 0.5);
  return recorded('GeluBackward0', x, (v) => ops.mul(v, cumulative(v)),
    (g, v) => {
      const density = ops.mul(ops.exp(ops.mul(ops.mul(v, v), -0.5)), densityScale);
      return ops.mul(g, ops.add(cumulative(v), ops.mul(v, density)));
    });
});

/**
 * x · sigmoid(x). Source: torch.nn.functional.silu.
 * @example
 * nn.functional.silu(torch.tensor([-1.5, 2])); // → tensor([-0.2736,  1.7616])
 */
export const silu = activation('silu', inPlace, (x) => {
  checkFloating('silu_cpu', x.dtypeCore);
  return recorded('SiluBackward0', x, (v) => ops.mul(v, ops.sigmoid(v)),
    (g, v) => {
      const s = ops.sigmoid(v);
      return ops.mul(g, ops.mul(s, ops.add(ops.mul(v, ops.sub.reversed(1, s)), 1)));
    });
});

/**
 * x · tanh(softplus(x)). Source: torch.nn.functional.mish.
 * @example
 * nn.functional.mish(torch.tensor([-1.5, 2])); // → tensor([-0.2981,  1.9440])
 */
export const mish = activation('mish', inPlace, (x) => {
  checkFloating('mish_cpu', x.dtypeCore);
  const bend = (v: Tensor): Tensor => ops.tanh(ops.log1p(ops.exp(v)));
  return recorded('MishBackward0', x,
    // Above 20 the bend is 1 in every precision, and exp(x) may overflow.
    (v) => choose(ops.gt(v, 20), v, ops.mul(v, bend(v))),
    (g, v) => {
      const safe = ops.minimum(v, 20);
      const t = bend(safe);
      const slope = ops.mul(ops.mul(v, ops.sigmoid(v)), ops.sub.reversed(1, ops.mul(t, t)));
      return ops.mul(g, choose(ops.gt(v, 20), 1, ops.add(t, slope)));
    });
});

/**
 * log(1 + exp(beta · x)) / beta, and x itself where beta · x is above the threshold. Source: torch.nn.functional.softplus.
 * @example
 * nn.functional.softplus(torch.tensor([-1.5, 2])); // → tensor([0.2014, 2.1269])
 */
export const softplus = activation('softplus', { beta: 1, threshold: 20 }, (x, { beta, threshold }) => {
  checkFloating('softplus_cpu', x.dtypeCore);
  return recorded('SoftplusBackward0', x,
    (v) => {
      const scaled = ops.mul(v, beta);
      return choose(ops.gt(scaled, threshold), v, ops.div(ops.log1p(ops.exp(scaled)), beta));
    },
    (g, v) => {
      const scaled = ops.mul(v, beta);
      return ops.mul(g, choose(ops.gt(scaled, threshold), 1, ops.sigmoid(scaled)));
    });
});

/**
 * x / (1 + |x|). Source: torch.nn.functional.softsign.
 * @example
 * nn.functional.softsign(torch.tensor([-1.5, 3])); // → tensor([-0.6000,  0.7500])
 */
export const softsign = activation('softsign', {}, (x) => pointwise.true_divide(x, pointwise.abs(x).add(1)));

/**
 * x − tanh(x). Source: torch.nn.functional.tanhshrink.
 * @example
 * nn.functional.tanhshrink(torch.tensor([-1.5, 2])); // → tensor([-0.5949,  1.0360])
 */
export const tanhshrink = activation('tanhshrink', {}, (x) => x.sub(pointwise.tanh(x)));

export const tanh = activation('tanh', {}, (x) => pointwise.tanh(x));
export const sigmoid = activation('sigmoid', {}, (x) => pointwise.sigmoid(x));

/**
 * A straight line for the sigmoid: min(max(x / 6 + 1/2, 0), 1). Source: torch.nn.functional.hardsigmoid.
 * @example
 * nn.functional.hardsigmoid(torch.tensor([-1.5, 4])); // → tensor([0.2500, 1.0000])
 */
export const hardsigmoid = activation('hardsigmoid', inPlace, (x) => {
  checkFloating('hardsigmoid_cpu', x.dtypeCore);
  return recorded('HardsigmoidBackward0', x, (v) => ops.div(ops.clamp(ops.add(v, 3), 0, 6) as Tensor, 6),
    (g, v) => choose(ops.logicalAnd(ops.gt(v, -3), ops.lt(v, 3)), ops.div(g, 6), 0));
});

/**
 * x · hardsigmoid(x). Source: torch.nn.functional.hardswish.
 * @example
 * nn.functional.hardswish(torch.tensor([-1.5, 4])); // → tensor([-0.3750,  4.0000])
 */
export const hardswish = activation('hardswish', inPlace, (x) => {
  checkFloating('hardswish_cpu', x.dtypeCore);
  return recorded('HardswishBackward0', x, (v) => ops.div(ops.mul(v, ops.clamp(ops.add(v, 3), 0, 6) as Tensor), 6),
    (g, v) => {
      const middle = ops.mul(g, ops.add(ops.div(v, 3), 0.5));
      return choose(ops.le(v, -3), 0, choose(ops.lt(v, 3), middle, g));
    });
});

/**
 * log(sigmoid(x)), without overflow. Source: torch.nn.functional.logsigmoid.
 * @example
 * nn.functional.logsigmoid(torch.tensor([-1.5, 2])); // → tensor([-1.7014, -0.1269])
 */
export const logsigmoid = activation('logsigmoid', {}, (x) => {
  checkFloating('log_sigmoid_cpu', x.dtypeCore);
  return recorded('LogSigmoidBackward0', x,
    (v) => ops.sub(ops.minimum(v, 0), ops.log1p(ops.exp(ops.neg(ops.abs(v))))),
    (g, v) => ops.mul(g, ops.sigmoid(ops.neg(v))));
});

/**
 * x shortened by `lambd`, 0 where it is shorter. Source: torch.nn.functional.softshrink.
 * @example
 * nn.functional.softshrink(torch.tensor([-1.5, 0.2, 2])); // → tensor([-1.0000,  0.0000,  1.5000])
 */
export const softshrink = activation('softshrink', { lambd: 0.5 }, (x, { lambd }) => {
  checkFloating('softshrink_check', x.dtypeCore);
  if (!(lambd >= 0)) {
    throw new RuntimeError(`lambda must be in range [0, 3.40282e+38] for input dtype Float, but found ${lambd}`);
  }
  return recorded('SoftshrinkBackward0', x,
    (v) => choose(ops.gt(v, lambd), ops.sub(v, lambd), choose(ops.lt(v, -lambd), ops.add(v, lambd), ops.mul(v, 0))),
    (g, v) => choose(ops.gt(ops.abs(v), lambd), g, 0));
});

/**
 * x, but 0 within `lambd` of 0. Source: torch.nn.functional.hardshrink.
 * @example
 * nn.functional.hardshrink(torch.tensor([-1.5, 0.2, 2])); // → tensor([-1.5000,  0.0000,  2.0000])
 */
export const hardshrink = activation('hardshrink', { lambd: 0.5 }, (x, { lambd }) => {
  checkFloating('hardshrink_cpu', x.dtypeCore);
  const within = (v: Tensor): Tensor => ops.le(ops.abs(v), lambd);
  return recorded('HardshrinkBackward0', x, (v) => choose(within(v), 0, v), (g, v) => choose(within(v), 0, g));
});

/**
 * x above `threshold`, `value` elsewhere. Source: torch.nn.functional.threshold.
 * @example
 * nn.functional.threshold(torch.tensor([-1.5, 2]), 0.1, 20); // → tensor([20.,  2.])
 */
export function threshold(
  input: Tensor, bound: number, value: number, options: boolean | { readonly inplace?: boolean } = {},
): Tensor {
  checkTensor('threshold', 'input', input);
  if (typeof options === 'object') checkOptions('threshold', options, ['inplace']);
  const inplace = typeof options === 'boolean' ? options : options.inplace ?? false;
  const source = inplace ? inPlaceSource(input) : input;
  const result = recorded(
    'ThresholdBackward0', source, (v) => choose(ops.le(v, bound), value, v), (g, v) => choose(ops.le(v, bound), 0, g));
  return inplace ? writeInPlace(input, result) : result;
}

/**
 * x, or weight · x below 0, with one learned weight for all or one for each channel. Source: torch.nn.functional.prelu.
 * @example
 * nn.functional.prelu(torch.tensor([-1.5, 2]), torch.tensor([0.2])); // → tensor([-0.3000,  2.0000])
 */
export function prelu(input: Tensor, weight: Tensor): Tensor {
  checkTensor('prelu', 'input', input);
  checkTensor('prelu', 'weight', weight);
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
  const slope = reshapeTo(weight, shape.map((_, axis) => (axis === Math.min(1, shape.length - 1) ? count : 1)));
  const out = ops.where(ops.gt(input.detach(), 0), input.detach(), ops.mul(input.detach(), slope.detach())) as Tensor;
  return record(out, 'PreluKernelBackward0', [input, slope], [
    (g, saved: { x: Tensor; slope: Tensor }) => choose(ops.gt(saved.x, 0), g as Tensor, ops.mul(g as Tensor, saved.slope)),
    (g, saved: { x: Tensor; slope: Tensor }) => choose(ops.gt(saved.x, 0), 0, ops.mul(g as Tensor, saved.x)),
  ], { x: input, slope });
}

export interface SoftmaxOptions {
  readonly dim?: number | null;
  readonly dtype?: dtype;
}

function softmaxDimension(
  name: string, input: Tensor, dim: number | null | SoftmaxOptions | undefined,
): { axis: number; dtype: { dtype?: dtype } } {
  const given = isOptions(dim) ? dim as SoftmaxOptions : { dim: dim as number | null | undefined };
  checkOptions(name, given, ['dim', 'dtype']);
  const typed = given.dtype ? { dtype: given.dtype } : {};
  if (given.dim !== undefined && given.dim !== null) return { axis: given.dim, dtype: typed };
  warn(`Implicit dimension choice for ${name} has been deprecated. Change the call to include dim=X as an argument.`);
  return { axis: [0, 1, 3].includes(input.geometry.shape.length) ? 0 : 1, dtype: typed };
}

/**
 * exp(x) over its sum along `dim`. Source: torch.nn.functional.softmax.
 * @example
 * nn.functional.softmax(torch.tensor([1.5, 2]), 0); // → tensor([0.3775, 0.6225])
 */
export function softmax(input: Tensor, dim?: number | null | SoftmaxOptions): Tensor {
  const asked = softmaxDimension('softmax', input, dim);
  return reductions.softmax(input, asked.axis, asked.dtype);
}

/**
 * softmax(−x). Source: torch.nn.functional.softmin.
 * @example
 * nn.functional.softmin(torch.tensor([1.5, 2]), 0); // → tensor([0.6225, 0.3775])
 */
export function softmin(input: Tensor, dim?: number | null | SoftmaxOptions): Tensor {
  const asked = softmaxDimension('softmin', input, dim);
  return reductions.softmax(pointwise.neg(input), asked.axis, asked.dtype);
}

/**
 * The logarithm of softmax. Source: torch.nn.functional.log_softmax.
 * @example
 * nn.functional.log_softmax(torch.tensor([1.5, 2]), 0); // → tensor([-0.9741, -0.4741])
 */
export function log_softmax(input: Tensor, dim?: number | null | SoftmaxOptions): Tensor {
  const asked = softmaxDimension('log_softmax', input, dim);
  return reductions.log_softmax(input, asked.axis, asked.dtype);
}
