import { AssertionError } from '../../../core/errors.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { empty } from '../../functions/creation.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { signature } from '../../../core/signature.ts';
import * as F from '../functional/activation.ts';
import { constant_ } from '../init/fills.ts';
import { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';
import { FunctionLayer, computed, layerOf } from './functionLayer.ts';
import type { Place } from './place.ts';
import { placeOf } from './place.ts';
import { layer } from './layer.ts';

/** Activation functions as modules. */

/**
 * A module that applies one function, with its parameters as fields: the base of the activations. PyTorch has none such.
 * @example
 * nn.ReLU() instanceof nn.Activation; // → true
 */
export class Activation extends FunctionLayer {
  override forward(input: Tensor): Tensor {
    return computed(this, input);
  }
}

/** A layer with parameters P. */
const activation = <P extends readonly unknown[]>() => layerOf<Activation, P>(Activation);
const inPlace = activation<[inplace?: boolean]>();
const plain = activation<[]>();
const scaled = activation<[alpha?: number, inplace?: boolean]>();
const shrinking = activation<[lambd?: number]>();
const along = activation<[dim?: number | null]>();

/**
 * max(x, 0). Source: torch.nn.ReLU.
 * @example
 * nn.ReLU()(torch.tensor([-1.5, 2])); // → tensor([0., 2.])
 */
export const ReLU = inPlace('ReLU', 'inplace=False', F.relu, { style: 'named' });
/**
 * min(max(x, 0), 6). Source: torch.nn.ReLU6.
 * @example
 * nn.ReLU6()(torch.tensor([-1.5, 8])); // → tensor([0., 6.])
 */
export const ReLU6 = inPlace('ReLU6', 'inplace=False', F.relu6, { style: 'named' });
/**
 * x, or `negative_slope` · x below 0. Source: torch.nn.LeakyReLU.
 * @example
 * nn.LeakyReLU(0.1)(torch.tensor([-1.5, 2])); // → tensor([-0.1500,  2.0000])
 */
export const LeakyReLU = activation<[negative_slope?: number, inplace?: boolean]>()('LeakyReLU',
  'negative_slope=0.01, inplace=False', F.leaky_relu, { style: 'named' });
/**
 * x, or alpha · (exp(x) − 1) below 0. Source: torch.nn.ELU.
 * @example
 * nn.ELU({ alpha: 0.5 }); // → ELU(alpha=0.5)
 */
export const ELU = scaled('ELU', 'alpha=1.0, inplace=False', F.elu, { style: 'named' });
/**
 * As ELU, smooth at 0 for every alpha. Source: torch.nn.CELU.
 * @example
 * nn.CELU()(torch.tensor([-1.5, 2])); // → tensor([-0.7769,  2.0000])
 */
export const CELU = scaled('CELU', 'alpha=1.0, inplace=False', F.celu, { style: 'named' });
/**
 * The self-normalising ELU, which keeps mean 0 and variance 1 from layer to layer. Source: torch.nn.SELU.
 * @example
 * nn.SELU()(torch.tensor([-1.5, 2])); // → tensor([-1.3658,  2.1014])
 */
export const SELU = inPlace('SELU', 'inplace=False', F.selu, { style: 'named' });
/**
 * x · Φ(x), Φ the normal distribution's function; with `approximate: 'tanh'` nearly so. Source: torch.nn.GELU.
 * @example
 * nn.GELU({ approximate: 'tanh' })(torch.tensor([-1.5, 2])); // → tensor([-0.1004,  1.9546])
 */
export const GELU = activation<[approximate?: 'none' | 'tanh']>()('GELU', "approximate='none'", F.gelu, { style: 'named' });
/**
 * x · sigmoid(x). Source: torch.nn.SiLU.
 * @example
 * nn.SiLU()(torch.tensor([-1.5, 2])); // → tensor([-0.2736,  1.7616])
 */
export const SiLU = inPlace('SiLU', 'inplace=False', F.silu, { style: 'named' });
/**
 * x · tanh(softplus(x)). Source: torch.nn.Mish.
 * @example
 * nn.Mish()(torch.tensor([-1.5, 2])); // → tensor([-0.2981,  1.9440])
 */
export const Mish = inPlace('Mish', 'inplace=False', F.mish, { style: 'named' });
/**
 * log(1 + exp(beta · x)) / beta, and x itself where beta · x is above the threshold. Source: torch.nn.Softplus.
 * @example
 * nn.Softplus()(torch.tensor([-1.5, 2])); // → tensor([0.2014, 2.1269])
 */
export const Softplus = activation<[beta?: number, threshold?: number]>()('Softplus', 'beta=1.0, threshold=20.0',
  F.softplus, { style: 'named' });
/**
 * x / (1 + |x|). Source: torch.nn.Softsign.
 * @example
 * nn.Softsign()(torch.tensor([-1.5, 3])); // → tensor([-0.6000,  0.7500])
 */
export const Softsign = plain('Softsign', '', (x) => F.softsign(x));
/**
 * x between min_val and max_val, else the nearer of them. Source: torch.nn.Hardtanh.
 * @example
 * nn.Hardtanh(-2.5, 2.5); // → Hardtanh(min_val=-2.5, max_val=2.5)
 */
export const Hardtanh = activation<[
  min_val?: number, max_val?: number, inplace?: boolean, min_value?: number | null, max_value?: number | null,
]>()('Hardtanh', [
  'min_val=-1.0, max_val=1.0, inplace=False, min_value: float | None = None, max_value: float | None = None',
], F.hardtanh, {
  style: 'named',
  // The older names of the bounds.
  fields({ inplace, ...given }) {
    const [min_val, max_val] = [given.min_value ?? given.min_val, given.max_value ?? given.max_val];
    if (max_val <= min_val) throw new AssertionError(`max_val (${max_val}) must be greater than min_val (${min_val})`);
    return { min_val, max_val, inplace };
  },
});
/**
 * A straight line for the sigmoid: min(max(x / 6 + 1/2, 0), 1). Source: torch.nn.Hardsigmoid.
 * @example
 * nn.Hardsigmoid()(torch.tensor([-1.5, 4])); // → tensor([0.2500, 1.0000])
 */
export const Hardsigmoid = inPlace('Hardsigmoid', 'inplace=False', F.hardsigmoid);
/**
 * x · hardsigmoid(x). Source: torch.nn.Hardswish.
 * @example
 * nn.Hardswish()(torch.tensor([-1.5, 4])); // → tensor([-0.3750,  4.0000])
 */
export const Hardswish = inPlace('Hardswish', 'inplace=False', F.hardswish);
/**
 * 1 / (1 + exp(−x)). Source: torch.nn.Sigmoid.
 * @example
 * nn.Sigmoid()(torch.tensor([-1.5, 2])); // → tensor([0.1824, 0.8808])
 */
export const Sigmoid = plain('Sigmoid', '', (x) => F.sigmoid(x));
/**
 * log(sigmoid(x)), without overflow. Source: torch.nn.LogSigmoid.
 * @example
 * nn.LogSigmoid()(torch.tensor([-1.5, 2])); // → tensor([-1.7014, -0.1269])
 */
export const LogSigmoid = plain('LogSigmoid', '', (x) => F.logsigmoid(x));
/**
 * The hyperbolic tangent. Source: torch.nn.Tanh.
 * @example
 * nn.Tanh()(torch.tensor([-1.5, 2])); // → tensor([-0.9051,  0.9640])
 */
export const Tanh = plain('Tanh', '', (x) => F.tanh(x));
/**
 * x − tanh(x). Source: torch.nn.Tanhshrink.
 * @example
 * nn.Tanhshrink()(torch.tensor([-1.5, 2])); // → tensor([-0.5949,  1.0360])
 */
export const Tanhshrink = plain('Tanhshrink', '', (x) => F.tanhshrink(x));
/**
 * x shortened by `lambd`, 0 where it is shorter. Source: torch.nn.Softshrink.
 * @example
 * nn.Softshrink(1)(torch.tensor([-1.5, 2])); // → tensor([-0.5000,  1.0000])
 */
export const Softshrink = shrinking('Softshrink', 'lambd=0.5', F.softshrink, { style: 'bare' });
/**
 * x, but 0 within `lambd` of 0. Source: torch.nn.Hardshrink.
 * @example
 * nn.Hardshrink(1.7)(torch.tensor([-1.5, 2])); // → tensor([0., 2.])
 */
export const Hardshrink = shrinking('Hardshrink', 'lambd=0.5', F.hardshrink, { style: 'bare' });

export type ReLU = InstanceType<typeof ReLU>;
export type ReLU6 = InstanceType<typeof ReLU6>;
export type LeakyReLU = InstanceType<typeof LeakyReLU>;
export type ELU = InstanceType<typeof ELU>;
export type CELU = InstanceType<typeof CELU>;
export type SELU = InstanceType<typeof SELU>;
export type GELU = InstanceType<typeof GELU>;
export type SiLU = InstanceType<typeof SiLU>;
export type Mish = InstanceType<typeof Mish>;
export type Softplus = InstanceType<typeof Softplus>;
export type Softsign = InstanceType<typeof Softsign>;
export type Hardtanh = InstanceType<typeof Hardtanh>;
export type Hardsigmoid = InstanceType<typeof Hardsigmoid>;
export type Hardswish = InstanceType<typeof Hardswish>;
export type Sigmoid = InstanceType<typeof Sigmoid>;
export type LogSigmoid = InstanceType<typeof LogSigmoid>;
export type Tanh = InstanceType<typeof Tanh>;
export type Tanhshrink = InstanceType<typeof Tanhshrink>;
export type Softshrink = InstanceType<typeof Softshrink>;
export type Hardshrink = InstanceType<typeof Hardshrink>;

/**
 * exp(x) over its sum along `dim`: positive numbers that sum to 1. Source: torch.nn.Softmax.
 * @example
 * nn.Softmax({ dim: 0 })(torch.tensor([1.5, 2])); // → tensor([0.3775, 0.6225])
 */
export const Softmax = along('Softmax', 'dim: int | None = None', F.softmax, { style: 'named' });
/**
 * softmax(−x): the smallest is the largest. Source: torch.nn.Softmin.
 * @example
 * nn.Softmin({ dim: 0 })(torch.tensor([1.5, 2])); // → tensor([0.6225, 0.3775])
 */
export const Softmin = along('Softmin', 'dim: int | None = None', F.softmin, { style: 'named' });
/**
 * The logarithm of softmax along `dim`, without overflow. Source: torch.nn.LogSoftmax.
 * @example
 * nn.LogSoftmax({ dim: 0 })(torch.tensor([1.5, 2])); // → tensor([-0.9741, -0.4741])
 */
export const LogSoftmax = along('LogSoftmax', 'dim: int | None = None', F.log_softmax, { style: 'named' });
export type Softmax = InstanceType<typeof Softmax>;
export type Softmin = InstanceType<typeof Softmin>;
export type LogSoftmax = InstanceType<typeof LogSoftmax>;

const thresholds = signature<[threshold: number, value: number, inplace?: boolean]>()(
  'Threshold.__init__', 'threshold: float, value: float, inplace=False');

class ThresholdModule extends Module {
  /** Where x begins to count. */
  threshold: number;
  /** What stands for an x that is not above the threshold. */
  value: number;
  /** Whether the input is overwritten. */
  inplace: boolean;

  constructor(...given: typeof thresholds.call) {
    super();
    ({ threshold: this.threshold, value: this.value, inplace: this.inplace } = thresholds.read(given));
  }

  override forward(input: Tensor): Tensor {
    return F.threshold(input, this.threshold, this.value, this.inplace);
  }

  override extra_repr(): string {
    return `threshold=${pythonRepr(this.threshold)}, value=${pythonRepr(this.value)}${this.inplace ? ', inplace=True' : ''}`;
  }
}

/**
 * x above the threshold, else `value`. Source: torch.nn.Threshold.
 * @example
 * nn.Threshold(0.1, 20)(torch.tensor([-1.5, 2])); // → tensor([20.,  2.])
 */
export const Threshold = layer('Threshold', ThresholdModule);
export type Threshold = ThresholdModule;

const learned = signature<[num_parameters?: number, init?: number, ...Place]>()(
  'PReLU.__init__', 'num_parameters=1, init=0.25, device=None, dtype=None');

class PReLUModule extends Module {
  /** How many slopes are learned: one for all, or one for each channel. */
  num_parameters: number;
  /** The slopes' first value. */
  init: number;
  /** The learned slopes. */
  weight: Parameter;

  constructor(...given: typeof learned.call) {
    super();
    const { num_parameters, init, ...place } = learned.read(given);
    this.num_parameters = num_parameters;
    this.init = init;
    this.weight = new Parameter(constant_(empty([num_parameters], placeOf(place)), init));
  }

  override forward(input: Tensor): Tensor {
    return F.prelu(input, this.weight);
  }

  override extra_repr(): string {
    return `num_parameters=${this.num_parameters}`;
  }
}

/**
 * x, or a learned part of it below 0: one for all, or one for each channel of (N, C, ...). Source: torch.nn.PReLU.
 * @example
 * nn.PReLU()(torch.tensor([-1.5, 2])); // → tensor([-0.3750,  2.0000], grad_fn=<PreluKernelBackward0>)
 */
export const PReLU = layer('PReLU', PReLUModule);
export type PReLU = PReLUModule;
