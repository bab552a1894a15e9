import { bool, int64, isComplex, isFloating, uint8 } from '../../../core/dtype.ts';
import { NotImplementedError, RuntimeError, ValueError } from '../../../core/errors.ts';
import { sameShape } from '../../../core/layout.ts';
import type { NamesOf, Text, Values } from '../../../core/signature.ts';
import { declare } from '../../../core/signature.ts';
import { cast } from '../../../ops/cast.ts';
import * as losses from '../../../ops/losses.ts';
import { detach, reshapeTo, tryView } from '../../../ops/movement.ts';
import * as ops from '../../../ops/pointwise/index.ts';
import { checkBroadcast, checkResultType, commonType, renamed } from '../../arguments/operands.ts';
import { warn } from '../../arguments/warnings.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import * as reductions from '../../functions/reductions.ts';
import * as pointwise from '../../pointwise.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Reduction, ReductionChoice } from './support.ts';
import { byClass, checkFloating, checkReduction, older, reductionOf } from './support.ts';

/** Losses. `reduction` says how the elements' losses become one: their mean, their sum, or 'none' for all of them. */

type Older = [size_average?: boolean | null, reduce?: boolean | null, reduction?: Reduction];
type ByClass = [
  weight?: Tensor | null, size_average?: boolean | null, ignore_index?: number, reduce?: boolean | null, reduction?: Reduction,
];

/** A loss of parameters P: computed from its input, its target, the reduction and the rest. */
const loss = <P extends readonly unknown[]>() => <const T extends Text>(
  name: string, text: T,
  compute: (
    input: Tensor, target: Tensor, reduction: Reduction, values: Values<NamesOf<T>, [input: Tensor, target: Tensor, ...P], unknown>,
  ) => Tensor,
) => declare<[input: Tensor, target: Tensor, ...P]>()(`nn.functional.${name}`, text, (values) => {
  const { input, target, ...rest } = values as unknown as { readonly input: Tensor; readonly target: Tensor } & ReductionChoice;
  const reduction = reductionOf({ ...noChoice, ...rest });
  if (reduction !== 'batchmean' || name !== 'kl_div') checkReduction(reduction);
  return compute(input, target, reduction as Reduction, values);
});

/** What losses without PyTorch's older words leave out. */
const noChoice = { size_average: null, reduce: null };

/** The losses of elements gathered, times their weights where those are given. */
function gathered(each: Tensor, input: Tensor, weight: Tensor | null, reduction: Reduction, byWeights = true): Tensor {
  if (weight !== null && !sameShape(weight.geometry.shape, input.geometry.shape)) {
    throw new ValueError('Weights and input must have the same size.');
  }
  const weighed = weight === null ? each : each.mul(weight);
  if (reduction === 'none') return weighed;
  if (reduction === 'sum') return reductions.sum(weighed);
  return weight !== null && byWeights ? reductions.sum(weighed).div(reductions.sum(weight)) : reductions.mean(weighed);
}

function checkPair(input: Tensor, target: Tensor): void {
  if (!sameShape(input.geometry.shape, target.geometry.shape)) {
    warn(`Using a target size (${target.shape}) that is different to the input size (${input.shape}). This will likely lead to incorrect `
      + 'results due to broadcasting. Please ensure they have the same size.');
  }
  checkBroadcast([input, target]);
}

/** Both in their common dtype, which must be floating. */
function promoted(kernel: string, input: Tensor, target: Tensor): [Tensor, Tensor] {
  const type = commonType([input, target]);
  if (!isFloating(type)) throw new NotImplementedError(`"${kernel}" not implemented for '${scalarTypeName(type)}'`);
  return [cast(input, type), cast(target, type)];
}

/** A loss in the dtype of the tensor that PyTorch writes it into, where that is not the common one. */
function inTypeOf(tensor: Tensor, loss: Tensor, name: string): Tensor {
  return loss.dtypeCore === tensor.dtypeCore ? loss : renamed(cast(loss, tensor.dtypeCore), name);
}

/**
 * The mean of (input − target)²; as `reduction` says, their sum or all of them ('none'). Source: torch.nn.functional.mse_loss.
 * @example
 * nn.functional.mse_loss(torch.tensor([0.5, 2]), torch.tensor([0, 1])); // → tensor(0.6250)
 */
export const mse_loss = loss<[...Older, weight?: Tensor | null]>()('mse_loss',
  ['input, target', older, 'weight=None'], (input, target, reduction, { weight }) => {
  checkPair(input, target);
  const [x, y] = promoted('mse_cpu', input, target);
  return weight === null ? losses.mseLoss(x, y, reduction) : gathered(losses.mseLoss(x, y, 'none'), input, weight, reduction);
});

/**
 * The mean of |input − target|, or their sum or all of them. Source: torch.nn.functional.l1_loss.
 * @example
 * nn.functional.l1_loss(torch.tensor([0.5, 2]), torch.tensor([0, 1]), { reduction: 'sum' }); // → tensor(1.5000)
 */
export const l1_loss = loss<[...Older, weight?: Tensor | null]>()('l1_loss',
  ['input, target', older, 'weight=None'], (input, target, reduction, { weight }) => {
  checkPair(input, target);
  return gathered(pointwise.abs(input.sub(target)), input, weight, reduction);
});

/**
 * The mean, or as `reduction` says, of half the square of the difference over beta where it is below beta, else of its size less
 * beta / 2. Source: torch.nn.functional.smooth_l1_loss.
 * @example
 * nn.functional.smooth_l1_loss(torch.tensor([0.5, 2]), torch.tensor([0, 0]), { reduction: 'none' });
 * // → tensor([0.1250, 1.5000])
 */
export const smooth_l1_loss = loss<[...Older, beta?: number]>()('smooth_l1_loss',
  ['input, target', older, 'beta=1.0'], (input, target, reduction, { beta }) => {
  if (beta < 0) throw new RuntimeError('smooth_l1_loss does not support negative values for beta.');
  if (beta === 0) return l1_loss(input, target, { reduction });
  checkPair(input, target);
  const [x, y] = promoted('smooth_l1_cpu', input, target);
  return losses.smoothL1Loss(x, y, reduction, beta);
});

/**
 * The mean, or as `reduction` says, of half the square of the difference where it is at most delta, else of delta · (its size −
 * delta / 2). Source: torch.nn.functional.huber_loss.
 * @example
 * nn.functional.huber_loss(torch.tensor([0.5, 2]), torch.tensor([0, 0]), { delta: 1.5, reduction: 'none' });
 * // → tensor([0.1250, 1.8750])
 */
export const huber_loss = loss<[reduction?: Reduction, delta?: number, weight?: Tensor | null]>()('huber_loss',
  "input, target, reduction='mean', delta=1.0, weight=None", (input, target, reduction, { delta, weight }) => {
  if (!(delta > 0)) throw new RuntimeError('huber_loss does not support non-positive values for delta.');
  checkPair(input, target);
  checkResultType(commonType([input, target]), input.dtypeCore);
  const [x, y] = promoted('huber_cpu', input, target);
  const each = (how: Reduction): Tensor => inTypeOf(input, losses.huberLoss(x, y, how, delta), 'HuberLossBackward0');
  return weight === null ? each(reduction) : gathered(each('none'), input, weight, reduction, false);
});

/**
 * The loss of probabilities: the mean of −target · log(input) − (1 − target) · log(1 − input), the logarithms not below −100. A
 * RuntimeError for inputs outside of [0, 1]. Source: torch.nn.functional.binary_cross_entropy.
 * @example
 * nn.functional.binary_cross_entropy(torch.tensor([0.5, 0.9]), torch.tensor([0, 1]).float()); // → tensor(0.3993)
 */
export const binary_cross_entropy = loss<[weight?: Tensor | null, ...Older]>()('binary_cross_entropy',
  ['input, target, weight=None', older], (input, target, reduction, { weight }) => {
  if (!sameShape(input.geometry.shape, target.geometry.shape)) {
    throw new ValueError(`Using a target size (${target.shape}) that is different to the input size (${input.shape}) is deprecated. `
      + 'Please ensure they have the same size.');
  }
  if (target.dtypeCore !== input.dtypeCore) {
    throw new RuntimeError(`Found dtype ${scalarTypeName(target.dtypeCore)} but expected ${scalarTypeName(input.dtypeCore)}`);
  }
  const [x, y] = promoted('binary_cross_entropy', input, target);
  return losses.binaryCrossEntropy(x, y, weight, reduction);
});

/**
 * Binary cross entropy of sigmoid(input), without overflow; targets are floating, and `pos_weight` weighs the positive ones.
 * Source: torch.nn.functional.binary_cross_entropy_with_logits.
 * @example
 * nn.functional.binary_cross_entropy_with_logits(torch.tensor([0.5, 2]), torch.tensor([0, 1]).float()); // → tensor(0.5505)
 */
export const binary_cross_entropy_with_logits = loss<[
  weight?: Tensor | null, ...Older, pos_weight?: Tensor | null,
]>()('binary_cross_entropy_with_logits',
  ['input, target, weight=None', older, 'pos_weight=None'], (input, target, reduction, { weight, pos_weight: positive }) => {
  if (!sameShape(input.geometry.shape, target.geometry.shape)) {
    throw new ValueError(`Target size (${target.shape}) must be the same as input size (${input.shape})`);
  }
  checkFloating('log_sigmoid_cpu', input.dtypeCore);
  // PyTorch takes the target from a 1 of the target's own dtype, which booleans refuse.
  if (target.dtypeCore === bool) target.sub(target);
  checkResultType(commonType([input, target]), target.dtypeCore);
  const [x, y] = promoted('binary_cross_entropy_with_logits', input, target);
  const loss = losses.binaryCrossEntropyWithLogits(x, y, weight, positive, reduction);
  return inTypeOf(target, loss, 'BinaryCrossEntropyWithLogitsBackward0');
});

/**
 * The divergence of Kullback and Leibler, target · (log target − input): input and, with `log_target`, target are logarithms.
 * 'batchmean' is what it is defined as, the sum over the batch's size. Source: torch.nn.functional.kl_div.
 * @example
 * nn.functional.kl_div(torch.tensor([[0.5, 0.5]]).log(), torch.tensor([[0.2, 0.8]]), { reduction: 'batchmean' });
 * // → tensor(0.1927)
 */
export const kl_div = loss<[
  size_average?: boolean | null, reduce?: boolean | null, reduction?: Reduction | 'batchmean', log_target?: boolean,
]>()('kl_div',
  ['input, target', older, 'log_target=False'], (input, target, reduction, { log_target }) => {
  if (reduction === 'mean') {
    warn("reduction: 'mean' divides the total loss by both the batch size and the support size."
      + "'batchmean' divides only by the batch size, and aligns with the KL div math definition."
      + "'mean' will be changed to behave the same as 'batchmean' in the next major release.");
  }
  const types = [input.dtypeCore, target.dtypeCore];
  const refused = types.some(isComplex) ? 'Complex' : types.every(isFloating) ? null : 'Integral';
  if (refused !== null) throw new RuntimeError(`kl_div: ${refused} inputs not supported.`);
  // 0 · log 0 is 0.
  const each = log_target ? pointwise.exp(target).mul(target.sub(input))
    : (ops.where(ops.eq(target, 0), 0, target.mul(pointwise.log(target))) as Tensor).sub(target.mul(input));
  if (reduction === 'none') return each;
  if (reduction === 'mean') return reductions.mean(each);
  const total = reductions.sum(each);
  return reduction === 'sum' || input.geometry.shape.length === 0 ? total : total.div(input.geometry.shape[0]);
});

function checkClasses(input: Tensor, target: Tensor, weight: Tensor | null): void {
  const shape = input.geometry.shape;
  const classes = shape[shape.length > 1 ? 1 : 0];
  const [batch] = shape;
  const ndim = target.geometry.shape.length;
  if (shape.length === 0) throw new ValueError('Expected input to have at least one dimension');
  if (target.dtypeCore !== int64 && target.dtypeCore !== uint8) {
    throw new RuntimeError(`expected target dtype to be Long or Byte, but got ${scalarTypeName(target.dtypeCore)}`);
  }
  if (shape.length > 1 && (ndim === 0 || batch !== target.geometry.shape[0])) {
    throw new ValueError(`Expected input batch_size (${batch}) to match target batch_size (${target.geometry.shape[0] ?? 0}).`);
  }
  const wanted = shape.length > 1 ? [batch, ...shape.slice(2)] : [];
  if (!sameShape(target.geometry.shape, wanted) && !(shape.length === 1 && target.geometry.size === 1)) {
    throw new RuntimeError(`Expected target size [${wanted.join(', ')}], got [${target.geometry.shape.join(', ')}]`);
  }
  if (weight !== null && (weight.geometry.shape.length !== 1 || weight.geometry.size !== classes)) {
    throw new RuntimeError(
      `weight tensor should be defined either for all ${classes} classes or no classes but got weight tensor of shape: `
      + `[${weight.geometry.shape.join(', ')}]`);
  }
}

/**
 * −input[target]: the loss of logarithms of probabilities (N, C, ...) and classes (N, ...). Weighted by `weight[class]`, the
 * mean is over the weights; targets equal to `ignore_index` do not count. Source: torch.nn.functional.nll_loss.
 * @example
 * nn.functional.nll_loss(torch.tensor([[0.2, 0.8]]).log(), torch.tensor([1])); // → tensor(0.2231)
 */
export const nll_loss = loss<ByClass>()('nll_loss',
  ['input, target', byClass], (input, target, reduction, { weight, ignore_index }) => {
  checkClasses(input, target, weight);
  const loss = losses.nllLoss(input, target, weight, ignore_index, reduction);
  const { length } = input.geometry.shape;
  // PyTorch computes these as images, and shows their losses in the target's shape.
  return reduction === 'none' && length > 2 && length !== 4 ? tryView(loss, loss.geometry.shape)! : loss;
});

/** The loss against probabilities of the classes, smoothed. */
function probabilityLoss(input: Tensor, target: Tensor, weight: Tensor | null, reduction: Reduction, smoothing: number): Tensor {
  const { shape } = input.geometry;
  const axis = shape.length > 1 ? 1 : 0;
  const classes = shape[axis];
  if (!isFloating(target.dtypeCore)) {
    throw new RuntimeError(`Expected floating point type for target with class probabilities, got ${scalarTypeName(target.dtypeCore)}`);
  }
  const logs = reductions.log_softmax(input, axis);
  const wanted = smoothing > 0 ? target.mul(1 - smoothing).add(smoothing / classes) : target;
  const spread = weight === null ? null : reshapeTo(weight, shape.map((_, each) => (each === axis ? classes : 1)));
  const terms = logs.mul(spread === null ? wanted : wanted.mul(spread));
  if (reduction === 'none') return pointwise.neg(reductions.sum(terms, axis));
  const total = pointwise.neg(reductions.sum(terms));
  if (reduction === 'sum') return total;
  return renamed(total.div(Math.max(input.geometry.size / classes, 1)), 'DivBackward1');
}

/**
 * The cross entropy of unnormalised scores (N, C, ...) against classes (N, ...) or, for a target of the same shape,
 * probabilities. Source: torch.nn.functional.cross_entropy.
 * @example
 * nn.functional.cross_entropy(torch.tensor([[2, 0.5]]), torch.tensor([0])); // → tensor(0.2014)
 */
export const cross_entropy = loss<[...ByClass, label_smoothing?: number]>()('cross_entropy',
  ['input, target', byClass, 'label_smoothing=0.0'], (input, target, reduction, { weight, ignore_index, label_smoothing }) => {
  const { shape } = input.geometry;
  const axis = shape.length > 1 ? 1 : 0;
  const byProbability = sameShape(target.geometry.shape, shape);
  if (!byProbability && shape.length > 1 && target.geometry.shape[0] !== shape[0]) {
    throw new ValueError(`Expected input batch_size (${shape[0]}) to match target batch_size (${target.geometry.shape[0] ?? 0}).`);
  }
  if (label_smoothing < 0 || label_smoothing > 1) {
    throw new RuntimeError(`label_smoothing must be between 0.0 and 1.0. Got: ${label_smoothing}`);
  }
  if (byProbability) return probabilityLoss(input, target, weight, reduction, label_smoothing);
  const logs = reductions.log_softmax(input, axis);
  const plain = nll_loss(logs, target, { weight, ignore_index, reduction });
  if (label_smoothing === 0) return plain;
  return plain.mul(1 - label_smoothing).add(smoothLoss(logs, target, weight, ignore_index, reduction).mul(label_smoothing / shape[axis]));
});

/** −(the sum over the classes of their logarithms), of the targets that count. */
function smoothLoss(logs: Tensor, target: Tensor, weight: Tensor | null, ignored: number, reduction: Reduction): Tensor {
  const { shape } = logs.geometry;
  const axis = shape.length > 1 ? 1 : 0;
  const scaled = weight === null ? logs : logs.mul(reshapeTo(weight, shape.map((_, each) => (each === axis ? shape[axis] : 1))));
  const sums = pointwise.neg(reductions.sum(scaled, axis));
  const keep = ops.ne(reshapeTo(detach(target), sums.geometry.shape), ignored);
  const counted = ops.where(keep, sums, 0) as Tensor;
  if (reduction === 'none') return counted;
  const total = reductions.sum(counted);
  if (reduction === 'sum') return total;
  return total.div(losses.totalWeight(logs, target, weight, ignored));
}
