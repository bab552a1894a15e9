import { ValueError } from '../../../core/errors.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Lengths } from '../functional/ctcLoss.ts';
import { ctc_loss } from '../functional/ctcLoss.ts';
import { gaussian_nll_loss, poisson_nll_loss } from '../functional/likelihoodLoss.ts';
import * as F from '../functional/marginLoss.ts';
import type { Reduction } from '../functional/support.ts';
import { older } from '../functional/support.ts';
import type { DistanceFunction } from '../functional/tripletLoss.ts';
import { triplet_margin_loss, triplet_margin_with_distance_loss } from '../functional/tripletLoss.ts';
import { PairwiseDistance } from './distance.ts';
import { FunctionLayer, computed, layerOf } from './functionLayer.ts';
import type { Older } from './loss.ts';
import { Loss, reducing } from './loss.ts';

/** Losses of distances, counts and sequences as modules. */

class LossOfThree extends FunctionLayer {
  override forward(first: Tensor, second: Tensor, third: Tensor): Tensor {
    return computed(this, first, second, third);
  }
}

class LossOfVariance extends FunctionLayer {
  override forward(input: Tensor, target: Tensor, variance: Tensor | number): Tensor {
    return computed(this, input, target, variance);
  }
}

class LossOfSequences extends FunctionLayer {
  override forward(log_probs: Tensor, targets: Tensor, input_lengths: Lengths, target_lengths: Lengths): Tensor {
    return computed(this, log_probs, targets, input_lengths, target_lengths);
  }
}

const pair = 'input1: Any, input2: Any, target: Any';
const triplet = 'anchor: Any, positive: Any, negative: Any';

/**
 * max(0, −target · (input1 − input2) + margin), where target is 1 if input1 should be the larger and −1 if input2 should.
 * Source: torch.nn.MarginRankingLoss.
 * @example
 * nn.MarginRankingLoss(0.5)(torch.tensor([0.5]), torch.tensor([0.2]), torch.tensor([1])); // → tensor(0.2000)
 */
export const MarginRankingLoss = layerOf<LossOfThree, [margin?: number, ...Older]>(LossOfThree)('MarginRankingLoss',
  ['margin=0.0', older], F.margin_ranking_loss, { fields: reducing, inputs: pair });
/**
 * The input where target is 1, and max(0, margin − input) where it is −1. Source: torch.nn.HingeEmbeddingLoss.
 * @example
 * nn.HingeEmbeddingLoss()(torch.tensor([0.5, 0.2]), torch.tensor([1, -1])); // → tensor(0.6500)
 */
export const HingeEmbeddingLoss = layerOf<Loss, [margin?: number, ...Older]>(Loss)('HingeEmbeddingLoss',
  ['margin=1.0', older], F.hinge_embedding_loss, { fields: reducing });
/**
 * 1 − cos of pairs of vectors whose target is 1, and max(0, cos − margin) of those whose target is −1.
 * Source: torch.nn.CosineEmbeddingLoss.
 * @example
 * const [a, b] = [torch.tensor([[1, 0]]).float(), torch.tensor([[1, 1]]).float()];
 * nn.CosineEmbeddingLoss()(a, b, torch.tensor([1])); // → tensor(0.2929)
 */
export const CosineEmbeddingLoss = layerOf<LossOfThree, [margin?: number, ...Older]>(LossOfThree)('CosineEmbeddingLoss',
  ['margin=0.0', older], F.cosine_embedding_loss, { fields: reducing, inputs: pair });
/**
 * log(1 + exp(−target · input)), where targets are 1 or −1. Source: torch.nn.SoftMarginLoss.
 * @example
 * nn.SoftMarginLoss()(torch.tensor([0.5, -2]), torch.tensor([1, -1])); // → tensor(0.3005)
 */
export const SoftMarginLoss = layerOf<Loss, Older>(Loss)('SoftMarginLoss', older, F.soft_margin_loss, { fields: reducing });
/**
 * The mean over the wrong classes of max(0, margin − input[target] + input[class])ᵖ. Source: torch.nn.MultiMarginLoss.
 * @example
 * nn.MultiMarginLoss()(torch.tensor([[0.1, 0.2, 0.8]]), torch.tensor([2])); // → tensor(0.2333)
 */
export const MultiMarginLoss = layerOf<Loss, [p?: number, margin?: number, weight?: Tensor | null, ...Older]>(Loss)('MultiMarginLoss',
  ['p=1, margin=1.0, weight=None', older], F.multi_margin_loss, {
    buffers: ['weight'],
    fields(values) {
      const { p, weight } = values;
      if (p !== 1 && p !== 2) throw new ValueError('only p == 1 and p == 2 supported');
      if (weight !== null && weight.geometry.shape.length !== 1) {
        throw new ValueError(`MultiMarginLoss: expected weight to be None or 1D tensor, got ${weight.geometry.shape.length}D instead`);
      }
      return reducing(values);
    },
  });
/**
 * How far right classes are ahead of wrong ones, where a sample has several right ones. Source: torch.nn.MultiLabelMarginLoss.
 * @example
 * nn.MultiLabelMarginLoss()(torch.tensor([[0.1, 0.2, 0.4, 0.8]]), torch.tensor([[3, 0, -1, 1]])); // → tensor(0.8500)
 */
export const MultiLabelMarginLoss = layerOf<Loss, Older>(Loss)('MultiLabelMarginLoss', older, F.multilabel_margin_loss,
  { fields: reducing });
/**
 * Binary cross entropy of sigmoid(input) of each class, and the mean over the classes. Source: torch.nn.MultiLabelSoftMarginLoss.
 * @example
 * nn.MultiLabelSoftMarginLoss()(torch.tensor([[0.5, -2]]), torch.tensor([[1, 0]])); // → tensor(0.3005)
 */
export const MultiLabelSoftMarginLoss = layerOf<Loss, [weight?: Tensor | null, ...Older]>(Loss)('MultiLabelSoftMarginLoss',
  ['weight=None', older], F.multilabel_soft_margin_loss, { fields: reducing, buffers: ['weight'] });
/**
 * exp(input) − target · input: counts whose mean is e to the input. Source: torch.nn.PoissonNLLLoss.
 * @example
 * nn.PoissonNLLLoss()(torch.tensor([0.5, 1]), torch.tensor([2, 3])); // → tensor(0.1835)
 */
export const PoissonNLLLoss = layerOf<Loss, [
  log_input?: boolean, full?: boolean, size_average?: boolean | null, eps?: number, reduce?: boolean | null, reduction?: Reduction,
]>(Loss)('PoissonNLLLoss', "log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean'",
  poisson_nll_loss, { fields: reducing, inputs: 'log_input: Any, target: Any' });
/**
 * Half of log(var) + (input − target)² / var: measurements whose mean and variance are given. Source: torch.nn.GaussianNLLLoss.
 * @example
 * nn.GaussianNLLLoss()(torch.tensor([0.5, 1]), torch.tensor([1, 1]), torch.tensor([0.5, 2])); // → tensor(0.1250)
 */
export const GaussianNLLLoss = layerOf<LossOfVariance, [full?: boolean, eps?: number, reduction?: Reduction]>(LossOfVariance)(
  'GaussianNLLLoss', "*, full=False, eps=1e-06, reduction='mean'", gaussian_nll_loss,
  { inputs: 'input: Any, target: Any, var: Any' });
/**
 * max(0, margin + |anchor − positive| − |anchor − negative|). Source: torch.nn.TripletMarginLoss.
 * @example
 * nn.TripletMarginLoss(2)(torch.zeros(1, 2), torch.ones(1, 2), torch.ones(1, 2).mul(2)); // → tensor(0.5858)
 */
export const TripletMarginLoss = layerOf<LossOfThree, [margin?: number, p?: number, eps?: number, swap?: boolean, ...Older]>(LossOfThree)(
  'TripletMarginLoss', ['margin=1.0, p=2.0, eps=1e-06, swap=False', older], triplet_margin_loss, {
    inputs: triplet,
    fields(values) {
      checkMargin('TripletMarginLoss', values.margin);
      return reducing(values);
    },
  });
/**
 * As TripletMarginLoss, with a distance of one's own. Source: torch.nn.TripletMarginWithDistanceLoss.
 * @example
 * const loss = nn.TripletMarginWithDistanceLoss({ distance_function: (x, y) => x.sub(y).abs().sum(-1), margin: 3 });
 * loss(torch.zeros(1, 2), torch.ones(1, 2), torch.ones(1, 2).mul(2)); // → tensor(1.)
 */
export const TripletMarginWithDistanceLoss = layerOf<LossOfThree, [
  distance_function?: DistanceFunction | null, margin?: number, swap?: boolean, reduction?: Reduction,
]>(LossOfThree)('TripletMarginWithDistanceLoss',
  "*, distance_function: callable | None = None, margin=1.0, swap=False, reduction='mean'", triplet_margin_with_distance_loss, {
    inputs: triplet,
    fields({ distance_function, ...values }) {
      checkMargin('TripletMarginWithDistanceLoss', values.margin);
      return { distance_function: distance_function ?? PairwiseDistance(), ...values };
    },
  });
/**
 * The negative logarithm of the probability of a sequence of labels, summed over its alignments with more steps.
 * Source: torch.nn.CTCLoss.
 * @example
 * const log_probs = torch.tensor([[[0.5, 0.5]], [[0.25, 0.75]]]).log();
 * nn.CTCLoss()(log_probs, torch.tensor([[1]]), [2], [1]); // → tensor(0.1335)
 */
export const CTCLoss = layerOf<LossOfSequences, [blank?: number, reduction?: Reduction, zero_infinity?: boolean]>(LossOfSequences)(
  'CTCLoss', "blank=0, reduction='mean', zero_infinity=False", ctc_loss,
  { inputs: 'log_probs: Any, targets: Any, input_lengths: Any, target_lengths: Any' });

function checkMargin(name: string, margin: number): void {
  if (margin > 0) return;
  throw new ValueError(`${name}: expected margin to be greater than 0, got ${pythonRepr(margin, { float: true })} instead`);
}

export type MarginRankingLoss = InstanceType<typeof MarginRankingLoss>;
export type HingeEmbeddingLoss = InstanceType<typeof HingeEmbeddingLoss>;
export type CosineEmbeddingLoss = InstanceType<typeof CosineEmbeddingLoss>;
export type SoftMarginLoss = InstanceType<typeof SoftMarginLoss>;
export type MultiMarginLoss = InstanceType<typeof MultiMarginLoss>;
export type MultiLabelMarginLoss = InstanceType<typeof MultiLabelMarginLoss>;
export type MultiLabelSoftMarginLoss = InstanceType<typeof MultiLabelSoftMarginLoss>;
export type PoissonNLLLoss = InstanceType<typeof PoissonNLLLoss>;
export type GaussianNLLLoss = InstanceType<typeof GaussianNLLLoss>;
export type TripletMarginLoss = InstanceType<typeof TripletMarginLoss>;
export type TripletMarginWithDistanceLoss = InstanceType<typeof TripletMarginWithDistanceLoss>;
export type CTCLoss = InstanceType<typeof CTCLoss>;
