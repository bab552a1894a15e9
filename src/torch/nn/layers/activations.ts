import type { PythonValue } from '../../../core/printing/index.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { checkOptions } from '../../options.ts';
import type { Positional } from '../../bind.ts';
import { bindArguments } from '../../bind.ts';
import type { FactoryOptions } from '../../creation.ts';
import { full } from '../../creation.ts';
import { defaultDType, dtypeOf } from '../../dtypes.ts';
import type { Tensor } from '../../tensor.ts';
import { callable } from '../callable.ts';
import type { ActivationFunction } from '../functional/activations.ts';
import * as F from '../functional/activations.ts';
import { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';

/** Activation functions as modules: each calls the function of `nn.functional` with the parameters that it was made with. */

/** How a module shows its parameters: by name, by value only, or not at all. */
type Style = 'named' | 'bare' | 'silent';

interface Definition {
  readonly compute: (input: Tensor, parameters: object) => Tensor;
  readonly names: readonly string[];
  readonly style: Style;
}

const definitions = new WeakMap<Activation, Definition>();

/** A module that applies one function, with its parameters as fields. */
export class Activation extends Module {
  constructor(definition: Definition, parameters: object) {
    super();
    definitions.set(this, definition);
    Object.assign(this, parameters);
  }

  private parametersNow(): Record<string, unknown> {
    const fields = this as unknown as Record<string, unknown>;
    return Object.fromEntries(definitions.get(this)!.names.map((name) => [name, fields[name]]));
  }

  override forward(input: Tensor): Tensor {
    return definitions.get(this)!.compute(input, this.parametersNow());
  }

  override extra_repr(): string {
    const { style } = definitions.get(this)!;
    if (style === 'silent') return '';
    const { inplace, ...rest } = this.parametersNow();
    const texts = Object.entries(rest).map(([name, value]) => {
      const text = pythonRepr(value as PythonValue, { float: name !== 'dim' });
      return style === 'bare' ? text : `${name}=${text}`;
    });
    return [...texts, ...(inplace === true ? ['inplace=True'] : [])].join(', ');
  }
}

export interface ActivationClass<O extends object> {
  new (...parameters: Positional<O>): Activation & O;
  (...parameters: Positional<O>): Activation & O;
  readonly prototype: Activation & O;
}

function activationLayer<O extends object>(
  name: string, f: { (input: Tensor, parameters: O): Tensor }, defaults: O, style: Style = 'named',
): ActivationClass<O> {
  const definition: Definition = { compute: f as Definition['compute'], names: Object.keys(defaults), style };
  return callable(name, class extends Activation {
    constructor(...parameters: Positional<O>) {
      super(definition, bindArguments(name, parameters, defaults));
    }
  }) as unknown as ActivationClass<O>;
}

const ofFunction = <O extends object>(name: string, f: ActivationFunction<O>, style?: Style): ActivationClass<O> =>
  activationLayer(name, f as unknown as (input: Tensor, parameters: O) => Tensor, f.defaults, style);

/** max(x, 0). Source: torch.nn.ReLU. */
export const ReLU = ofFunction('ReLU', F.relu);
/** min(max(x, 0), 6). Source: torch.nn.ReLU6. */
export const ReLU6 = ofFunction('ReLU6', F.relu6);
/** x, or a little of it below 0. Source: torch.nn.LeakyReLU. */
export const LeakyReLU = ofFunction('LeakyReLU', F.leaky_relu);
/** x, or alpha · (exp(x) − 1) below 0. Source: torch.nn.ELU. */
export const ELU = ofFunction('ELU', F.elu);
/** As ELU, smooth at 0 for every alpha. Source: torch.nn.CELU. */
export const CELU = ofFunction('CELU', F.celu);
/** The self-normalising ELU. Source: torch.nn.SELU. */
export const SELU = ofFunction('SELU', F.selu);
/** x · Φ(x). Source: torch.nn.GELU. */
export const GELU = ofFunction('GELU', F.gelu);
/** x · sigmoid(x). Source: torch.nn.SiLU. */
export const SiLU = ofFunction('SiLU', F.silu);
/** x · tanh(softplus(x)). Source: torch.nn.Mish. */
export const Mish = ofFunction('Mish', F.mish);
/** log(1 + exp(beta · x)) / beta. Source: torch.nn.Softplus. */
export const Softplus = ofFunction('Softplus', F.softplus);
/** x / (1 + |x|). Source: torch.nn.Softsign. */
export const Softsign = ofFunction('Softsign', F.softsign);
/** Between min_val and max_val. Source: torch.nn.Hardtanh. */
export const Hardtanh = ofFunction('Hardtanh', F.hardtanh);
/** A straight line for the sigmoid. Source: torch.nn.Hardsigmoid. */
export const Hardsigmoid = ofFunction('Hardsigmoid', F.hardsigmoid, 'silent');
/** x · hardsigmoid(x). Source: torch.nn.Hardswish. */
export const Hardswish = ofFunction('Hardswish', F.hardswish, 'silent');
/** 1 / (1 + exp(−x)). Source: torch.nn.Sigmoid. */
export const Sigmoid = ofFunction('Sigmoid', F.sigmoid);
/** log(sigmoid(x)). Source: torch.nn.LogSigmoid. */
export const LogSigmoid = ofFunction('LogSigmoid', F.logsigmoid);
/** Source: torch.nn.Tanh. */
export const Tanh = ofFunction('Tanh', F.tanh);
/** x − tanh(x). Source: torch.nn.Tanhshrink. */
export const Tanhshrink = ofFunction('Tanhshrink', F.tanhshrink);
/** x shortened by lambd. Source: torch.nn.Softshrink. */
export const Softshrink = ofFunction('Softshrink', F.softshrink, 'bare');
/** x, but 0 within lambd of 0. Source: torch.nn.Hardshrink. */
export const Hardshrink = ofFunction('Hardshrink', F.hardshrink, 'bare');

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

interface Along { readonly dim: number | null }
const noDimension: Along = { dim: null };

/** exp(x) over its sum along `dim`. Source: torch.nn.Softmax. */
export const Softmax = activationLayer<Along>('Softmax', F.softmax, noDimension);
/** softmax(−x). Source: torch.nn.Softmin. */
export const Softmin = activationLayer<Along>('Softmin', F.softmin, noDimension);
/** The logarithm of softmax. Source: torch.nn.LogSoftmax. */
export const LogSoftmax = activationLayer<Along>('LogSoftmax', F.log_softmax, noDimension);
export type Softmax = InstanceType<typeof Softmax>;
export type Softmin = InstanceType<typeof Softmin>;
export type LogSoftmax = InstanceType<typeof LogSoftmax>;

class ThresholdModule extends Module {
  threshold: number;
  value: number;
  inplace: boolean;

  constructor(threshold: number, value: number, options: boolean | { readonly inplace?: boolean } = {}) {
    super();
    if (typeof options === 'object') checkOptions('Threshold', options, ['inplace']);
    this.threshold = threshold;
    this.value = value;
    this.inplace = typeof options === 'boolean' ? options : options.inplace ?? false;
  }

  override forward(input: Tensor): Tensor {
    return F.threshold(input, this.threshold, this.value, this.inplace);
  }

  override extra_repr(): string {
    return `threshold=${pythonRepr(this.threshold)}, value=${pythonRepr(this.value)}${this.inplace ? ', inplace=True' : ''}`;
  }
}

/** x above the threshold, else `value`. Source: torch.nn.Threshold. */
export const Threshold = callable('Threshold', ThresholdModule);
export type Threshold = ThresholdModule;

interface PReLUOptions extends Pick<FactoryOptions, 'dtype' | 'device'> {
  readonly num_parameters?: number;
  readonly init?: number;
}

class PReLUModule extends Module {
  num_parameters: number;
  init: number;
  weight: Parameter;

  constructor(...given: readonly (number | PReLUOptions)[]) {
    super();
    const { num_parameters = 1, init = 0.25, dtype, device } = bindArguments<PReLUOptions>('PReLU', given,
      { num_parameters: 1, init: 0.25, device: undefined, dtype: undefined });
    this.num_parameters = num_parameters;
    this.init = init;
    this.weight = new Parameter(full([num_parameters], init, { dtype: dtype ?? dtypeOf(defaultDType()), ...(device ? { device } : {}) }));
  }

  override forward(input: Tensor): Tensor {
    return F.prelu(input, this.weight);
  }

  override extra_repr(): string {
    return `num_parameters=${this.num_parameters}`;
  }
}

/** x, or a learned part of it below 0. Source: torch.nn.PReLU. */
export const PReLU = callable('PReLU', PReLUModule);
export type PReLU = PReLUModule;
