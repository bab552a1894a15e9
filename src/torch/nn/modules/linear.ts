import { pythonRepr } from '../../../core/printing/index.ts';
import { signature } from '../../../core/signature.ts';
import { empty } from '../../functions/creation.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import * as F from '../functional/linear.ts';
import * as init from '../init/fills.ts';
import { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';
import type { Place } from './place.ts';
import { placeOf } from './place.ts';
import { layer } from './layer.ts';

const parameters = signature<[in_features: number, out_features: number, bias?: boolean, ...Place]>()(
  'Linear.__init__', 'in_features: int, out_features: int, bias=True, device=None, dtype=None');

class LinearModule extends Module {
  /** The extent of the input's last dimension. */
  in_features: number;
  /** The extent of the output's last dimension. */
  out_features: number;
  /** (out_features, in_features). */
  weight: Parameter;
  /** (out_features). Null in a layer without one; the type is what programs take for granted. */
  bias: Parameter;

  constructor(...given: typeof parameters.call) {
    super();
    const { in_features, out_features, bias, ...place } = parameters.read(given);
    this.in_features = in_features;
    this.out_features = out_features;
    this.weight = new Parameter(empty([out_features, in_features], placeOf(place)));
    this.bias = (bias ? new Parameter(empty([out_features], placeOf(place))) : null) as Parameter;
    this.reset_parameters();
  }

  /**
   * Draws weight and bias anew, uniform within 1 / √in_features of 0.
   * @example
   * const layer = nn.Linear(4, 1);
   * torch.manual_seed(0);
   * layer.reset_parameters();
   * layer.bias.item() < 0.5; // → true
   */
  reset_parameters(): void {
    init.kaiming_uniform_(this.weight, { a: Math.sqrt(5) });
    if (this.bias === null) return;
    const [fanIn] = init._calculate_fan_in_and_fan_out(this.weight);
    const bound = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0;
    init.uniform_(this.bias, -bound, bound);
  }

  override forward(input: Tensor): Tensor {
    return F.linear(input, this.weight, this.bias);
  }

  override extra_repr(): string {
    return `in_features=${this.in_features}, out_features=${this.out_features}, bias=${pythonRepr(this.bias !== null)}`;
  }
}

/**
 * x · weightᵀ + bias: (..., in_features) to (..., out_features). Source: torch.nn.Linear.
 * @example
 * nn.Linear(2, 3)(torch.ones(4, 2)).shape; // → torch.Size([4, 3])
 * nn.Linear(2, 3); // → Linear(in_features=2, out_features=3, bias=True)
 */
export const Linear = layer('Linear', LinearModule);
export type Linear = LinearModule;

class IdentityModule extends Module {
  /** Takes any arguments and uses none, as in PyTorch. */
  constructor(..._unused: unknown[]) {
    super();
  }

  override forward(input: Tensor): Tensor {
    return input;
  }
}

/**
 * Gives back its input, as to stand where a layer was; takes any arguments. Source: torch.nn.Identity.
 * @example
 * nn.Identity()(torch.tensor([-1.5, 2])); // → tensor([-1.5000,  2.0000])
 */
export const Identity = layer('Identity', IdentityModule);
export type Identity = IdentityModule;
