import { ValueError } from '../../../core/errors.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { signature } from '../../../core/signature.ts';
import { asTensor } from '../../arguments/operands.ts';
import { empty } from '../../functions/creation.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { softmax } from '../functional/activation.ts';
import * as F from '../functional/gating.ts';
import { bilinear } from '../functional/linear.ts';
import { uniform_ } from '../init/fills.ts';
import { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';
import { Activation } from './activation.ts';
import { layerOf } from './functionLayer.ts';
import { layer } from './layer.ts';
import type { Place } from './place.ts';
import { placeOf } from './place.ts';

/** Activations that gate or draw random numbers, and layers of two inputs, as modules. */

/**
 * The first half along `dim` times the sigmoid of the second. Source: torch.nn.GLU.
 * @example
 * nn.GLU()(torch.tensor([1.5, 2, 0, 1])); // → tensor([0.7500, 1.4621])
 */
export const GLU = layerOf<Activation, [dim?: number]>(Activation)('GLU', 'dim=-1', F.glu, { style: 'named' });
export type GLU = InstanceType<typeof GLU>;

const none = signature<[]>()('Softmax2d.__init__', '');

class Softmax2dModule extends Module {
  constructor(...given: typeof none.call) {
    super();
    none.read(given);
  }

  override forward(input: Tensor): Tensor {
    const { length } = asTensor(input, 'dim').geometry.shape;
    if (length !== 3 && length !== 4) throw new ValueError(`Softmax2d: expected input to be 3D or 4D, got ${length}D instead`);
    return softmax(input, -3);
  }
}

/**
 * Softmax over the channels at each place of an image (C, H, W) or of several (N, C, H, W). Source: torch.nn.Softmax2d.
 * @example
 * nn.Softmax2d()(torch.ones(2, 1, 1)).flatten(); // → tensor([0.5000, 0.5000])
 */
export const Softmax2d = layer('Softmax2d', Softmax2dModule);
export type Softmax2d = Softmax2dModule;

const random = signature<[lower?: number, upper?: number, inplace?: boolean]>()(
  'RReLU.__init__', 'lower=0.125, upper=0.3333333333333333, inplace=False');

class RReLUModule extends Module {
  /** The least slope. */
  lower: number;
  /** The greatest slope. */
  upper: number;
  /** Whether the input is overwritten. */
  inplace: boolean;

  constructor(...given: typeof random.call) {
    super();
    ({ lower: this.lower, upper: this.upper, inplace: this.inplace } = random.read(given));
  }

  override forward(input: Tensor): Tensor {
    return F.rrelu(input, this.lower, this.upper, this.training, this.inplace);
  }

  override extra_repr(): string {
    return `lower=${pythonRepr(this.lower)}, upper=${pythonRepr(this.upper)}${this.inplace ? ', inplace=True' : ''}`;
  }
}

/**
 * x, or a part of it below 0: in training one drawn for each element between `lower` and `upper`, else their mean.
 * Source: torch.nn.RReLU.
 * @example
 * nn.RReLU().eval()(torch.tensor([-1.5, 2])); // → tensor([-0.3438,  2.0000])
 */
export const RReLU = layer('RReLU', RReLUModule);
export type RReLU = RReLUModule;

const features = signature<[in1_features: number, in2_features: number, out_features: number, bias?: boolean, ...Place]>()(
  'Bilinear.__init__', 'in1_features: int, in2_features: int, out_features: int, bias=True, device=None, dtype=None');

class BilinearModule extends Module {
  /** The extent of the first input's last dimension. */
  in1_features: number;
  /** The extent of the second input's last dimension. */
  in2_features: number;
  /** The extent of the output's last dimension. */
  out_features: number;
  /** (out_features, in1_features, in2_features). */
  weight: Parameter;
  /** (out_features). Null in a layer without one; the type is what programs take for granted. */
  bias: Parameter;

  constructor(...given: typeof features.call) {
    super();
    const { in1_features, in2_features, out_features, bias, ...place } = features.read(given);
    this.in1_features = in1_features;
    this.in2_features = in2_features;
    this.out_features = out_features;
    this.weight = new Parameter(empty([out_features, in1_features, in2_features], placeOf(place)));
    this.bias = (bias ? new Parameter(empty([out_features], placeOf(place))) : null) as Parameter;
    this.reset_parameters();
  }

  /**
   * Draws weight and bias anew, uniform within 1 / √in1_features of 0.
   * @example
   * const layer = nn.Bilinear(4, 1, 1);
   * layer.reset_parameters();
   * layer.bias.item() < 0.5; // → true
   */
  reset_parameters(): void {
    if (this.in1_features <= 0) throw new ValueError(`in1_features must be > 0, but got (in1_features=${this.in1_features})`);
    const bound = 1 / Math.sqrt(this.in1_features);
    uniform_(this.weight, -bound, bound);
    if (this.bias !== null) uniform_(this.bias, -bound, bound);
  }

  override forward(input1: Tensor, input2: Tensor): Tensor {
    return bilinear(input1, input2, this.weight, this.bias);
  }

  override extra_repr(): string {
    return `in1_features=${this.in1_features}, in2_features=${this.in2_features}, out_features=${this.out_features}, `
      + `bias=${pythonRepr(this.bias !== null)}`;
  }
}

/**
 * x1ᵀ · weight[k] · x2 + bias[k]: (..., in1_features) and (..., in2_features) to (..., out_features). Source: torch.nn.Bilinear.
 * @example
 * nn.Bilinear(2, 3, 4)(torch.ones(5, 2), torch.ones(5, 3)).shape; // → torch.Size([5, 4])
 */
export const Bilinear = layer('Bilinear', BilinearModule, 'input1: Any, input2: Any');
export type Bilinear = BilinearModule;
