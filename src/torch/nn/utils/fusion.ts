import { AssertionError } from '../../../core/errors.ts';
import type { Call } from '../../../core/signature.ts';
import { declare, signature } from '../../../core/signature.ts';
import { cast } from '../../../ops/cast.ts';
import { fullLike } from '../../../ops/creation.ts';
import { reshapeTo } from '../../../ops/movement.ts';
import { add, mul, reciprocal, sqrt, sub } from '../../../ops/pointwise/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { copyModule } from '../copying.ts';
import type { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';

/** Layers and the normalisations behind them as one, for evaluation. */

/** How a normalisation scales and shifts, as it does in evaluation. */
interface Normalization extends Module {
  readonly num_features: number;
  readonly eps: number;
  readonly running_mean: Tensor | null;
  readonly running_var: Tensor | null;
  readonly weight: Tensor | null;
  readonly bias: Tensor | null;
}

interface Weighted extends Module {
  weight: Tensor;
  bias: Tensor | null;
}

interface LinearLike extends Weighted {
  readonly out_features: number;
}

interface Statistics {
  readonly bn_rm: Tensor;
  readonly bn_rv: Tensor;
  readonly bn_eps: number;
  readonly bn_w: Tensor | null;
  readonly bn_b: Tensor | null;
}

/** Weight and bias with a normalisation in them; `shape` is that of a scale for each output. */
function fused(weight: Tensor, given: Tensor | null, { bn_rm, bn_rv, bn_eps, bn_w, bn_b }: Statistics, shape: readonly number[]):
[Parameter, Parameter] {
  const bias = given ?? fullLike(bn_rm, 0);
  const steepness = reciprocal(sqrt(add(bn_rv, bn_eps)));
  const scale = bn_w === null ? steepness : mul(bn_w, steepness);
  const shifted = mul(sub(bias, bn_rm), scale);
  const own = mul(weight, cast(reshapeTo(scale, shape), weight.dtypeCore));
  return [
    new Parameter(own.detach(), weight.requires_grad),
    new Parameter(cast(bn_b === null ? shifted : add(shifted, bn_b), (given ?? weight).dtypeCore).detach(), bias.requires_grad),
  ];
}

type Weights = [
  weight: Tensor, bias: Tensor | null, bn_rm: Tensor, bn_rv: Tensor, bn_eps: number, bn_w: Tensor | null, bn_b: Tensor | null,
];

type ConvolutionAndNorm = [
  conv_w: Tensor, conv_b: Tensor | null, bn_rm: Tensor, bn_rv: Tensor, bn_eps: number, bn_w: Tensor | null, bn_b: Tensor | null,
  transpose?: boolean,
];
const ofConvolution = signature<ConvolutionAndNorm>()('nn.utils.fuse_conv_bn_weights', [
  'conv_w: Tensor, conv_b: Tensor | None, bn_rm: Tensor, bn_rv: Tensor, bn_eps: float, bn_w: Tensor | None, bn_b: Tensor | None',
  'transpose=False',
]);

/**
 * Weight and bias of a convolution that does what it and a batch normalisation behind it did in evaluation; outputs are the weight's
 * second dimension where `transpose`. Source: torch.nn.utils.fuse_conv_bn_weights.
 * @example
 * const [mean, variance] = [torch.ones(2), torch.ones(2).mul(3)];
 * const [w, b] = nn.utils.fuse_conv_bn_weights(torch.ones(2, 1, 1), null, mean, variance, 1, null, null);
 * [w.flatten().tolist(), b.tolist()]; // → [[0.5, 0.5], [-0.5, -0.5]]
 */
export function fuse_conv_bn_weights(...given: Call<
  ['conv_w', 'conv_b', 'bn_rm', 'bn_rv', 'bn_eps', 'bn_w', 'bn_b', 'transpose'], ConvolutionAndNorm>): [Parameter, Parameter] {
  const { conv_w, conv_b, transpose, ...statistics } = ofConvolution.read(given);
  const shape = conv_w.geometry.shape.map((_, axis) => (axis === (transpose ? 1 : 0) ? statistics.bn_rm.geometry.size : 1));
  return fused(conv_w, conv_b, statistics, shape);
}

type LinearAndNorm = [
  linear_w: Tensor, linear_b: Tensor | null, bn_rm: Tensor, bn_rv: Tensor, bn_eps: number, bn_w: Tensor, bn_b: Tensor,
];
const ofLinear = signature<LinearAndNorm>()('nn.utils.fuse_linear_bn_weights',
  'linear_w: Tensor, linear_b: Tensor | None, bn_rm: Tensor, bn_rv: Tensor, bn_eps: float, bn_w: Tensor, bn_b: Tensor');

/**
 * Weight and bias of a linear layer that does what it and a batch normalisation behind it did in evaluation.
 * Source: torch.nn.utils.fuse_linear_bn_weights.
 * @example
 * const [mean, variance] = [torch.ones(2), torch.ones(2).mul(3)];
 * const [w, b] = nn.utils.fuse_linear_bn_weights(torch.ones(2, 1), null, mean, variance, 1, torch.ones(2), torch.zeros(2));
 * [w.flatten().tolist(), b.tolist()]; // → [[0.5, 0.5], [-0.5, -0.5]]
 */
export function fuse_linear_bn_weights(...given: Call<
  ['linear_w', 'linear_b', 'bn_rm', 'bn_rv', 'bn_eps', 'bn_w', 'bn_b'], LinearAndNorm>): [Parameter, Parameter] {
  const { linear_w, linear_b, ...statistics } = ofLinear.read(given);
  return fused(linear_w, linear_b, statistics, [statistics.bn_rm.geometry.size, 1]);
}

function statisticsOf(layer: Module, bn: Normalization): Weights extends [Tensor, Tensor | null, ...infer Rest] ? Rest : never {
  if (layer.training || bn.training) throw new AssertionError('Fusion only for eval!');
  if (bn.running_mean === null || bn.running_var === null) {
    throw new AssertionError('bn.running_mean and bn.running_var must not be None');
  }
  return [bn.running_mean, bn.running_var, bn.eps, bn.weight, bn.bias];
}

/**
 * A copy of a convolution with the batch normalisation behind it in its weights, both in evaluation.
 * Source: torch.nn.utils.fuse_conv_bn_eval.
 * @example
 * const layer = nn.Linear(2, 3).eval();
 * const bn = nn.BatchNorm1d(3).eval();
 * torch.allclose(nn.utils.fuse_conv_bn_eval(layer, bn)(torch.ones(1, 2)), bn(layer(torch.ones(1, 2)))); // → true
 */
export const fuse_conv_bn_eval = declare<[conv: Module, bn: Module, transpose?: boolean]>()(
  'nn.utils.fuse_conv_bn_eval', 'conv, bn, transpose=False', ({ conv, bn, transpose }): Module => {
  const statistics = statisticsOf(conv, bn as Normalization);
  const copy = copyModule(conv) as Weighted;
  [copy.weight, copy.bias] = fuse_conv_bn_weights(copy.weight, copy.bias, ...statistics, transpose);
  return copy;
});

/**
 * A copy of a linear layer with the batch normalisation behind it in its weights, both in evaluation.
 * Source: torch.nn.utils.fuse_linear_bn_eval.
 * @example
 * const layer = nn.Linear(2, 3).eval();
 * const bn = nn.BatchNorm1d(3).eval();
 * torch.allclose(nn.utils.fuse_linear_bn_eval(layer, bn)(torch.ones(1, 2)), bn(layer(torch.ones(1, 2)))); // → true
 */
export const fuse_linear_bn_eval = declare<[linear: Module, bn: Module]>()(
  'nn.utils.fuse_linear_bn_eval', 'linear, bn', ({ linear, bn }): Module => {
  const [mean, variance, eps, weight, bias] = statisticsOf(linear, bn as Normalization);
  const copy = copyModule(linear) as LinearLike;
  const { num_features } = bn as Normalization;
  if (copy.out_features !== num_features && num_features !== 1) {
    throw new AssertionError('To fuse, linear.out_features == bn.num_features or bn.num_features == 1, got '
      + `linear.out_features=${copy.out_features} and bn.num_features=${num_features}`);
  }
  if (weight === null || bias === null) throw new TypeError("unsupported operand type(s) for *: 'NoneType' and 'Tensor'");
  [copy.weight, copy.bias] = fuse_linear_bn_weights(copy.weight, copy.bias, mean, variance, eps, weight, bias);
  return copy;
});
