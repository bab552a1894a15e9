import type { Tensor } from '../../tensor/tensor.ts';
import * as F from '../functional/loss.ts';
import type { Reduction, ReductionChoice } from '../functional/support.ts';
import { byClass, older, reductionOf } from '../functional/support.ts';
import { FunctionLayer, computed, layerOf } from './functionLayer.ts';

/** Losses as modules. */

/**
 * A module of an input and a target, with its parameters as fields: the base of the losses. Source: torch.nn.modules.loss._Loss.
 * @example
 * nn.MSELoss({ reduction: 'sum' }).reduction; // → sum
 */
export class Loss extends FunctionLayer {
  override forward(input: Tensor, target: Tensor): Tensor {
    return computed(this, input, target);
  }
}

type Fields<V> = { -readonly [K in Exclude<keyof V, keyof ReductionChoice>]: V[K] } & { reduction: Reduction };

/** The fields of a loss that still takes PyTorch's older words: its parameters, with one word for the reduction. */
export function reducing<V extends ReductionChoice>(values: V): Fields<V> {
  const { size_average: _average, reduce: _reduce, ...rest } = values;
  return { ...rest, reduction: reductionOf(values) } as Fields<V>;
}

export type Older = [size_average?: boolean | null, reduce?: boolean | null, reduction?: Reduction];

/**
 * The mean of (input − target)²; as `reduction` says, their sum or all of them ('none'). Source: torch.nn.MSELoss.
 * @example
 * nn.MSELoss()(torch.tensor([0.5, 2]), torch.tensor([0, 1])); // → tensor(0.6250)
 */
export const MSELoss = layerOf<Loss, Older>(Loss)('MSELoss', older, F.mse_loss, { fields: reducing });
/**
 * The mean of |input − target|, or their sum or all of them. Source: torch.nn.L1Loss.
 * @example
 * nn.L1Loss()(torch.tensor([0.5, 2]), torch.tensor([0, 1])); // → tensor(0.7500)
 */
export const L1Loss = layerOf<Loss, Older>(Loss)('L1Loss', older, F.l1_loss, { fields: reducing });
/**
 * As MSELoss (halved, over beta) for differences below beta, as L1Loss beyond: outliers weigh less. Source: torch.nn.SmoothL1Loss.
 * @example
 * nn.SmoothL1Loss()(torch.tensor([0.5, 2]), torch.tensor([0, 0])); // → tensor(0.8125)
 */
export const SmoothL1Loss = layerOf<Loss, [...Older, beta?: number]>(Loss)('SmoothL1Loss', [older, 'beta=1.0'],
  F.smooth_l1_loss, { fields: reducing });
/**
 * As MSELoss (halved) for differences up to delta, as delta times L1Loss beyond. Source: torch.nn.HuberLoss.
 * @example
 * nn.HuberLoss({ delta: 0.5 })(torch.tensor([0.5, 2]), torch.tensor([0, 0])); // → tensor(0.5000)
 */
export const HuberLoss = layerOf<Loss, [reduction?: Reduction, delta?: number]>(Loss)('HuberLoss',
  "reduction='mean', delta=1.0", F.huber_loss);
/**
 * Binary cross entropy of probabilities, such as a Sigmoid gives, against targets of the same shape. Source: torch.nn.BCELoss.
 * @example
 * nn.BCELoss()(torch.tensor([0.5, 0.9]), torch.tensor([0, 1]).float()); // → tensor(0.3993)
 */
export const BCELoss = layerOf<Loss, [weight?: Tensor | null, ...Older]>(Loss)('BCELoss', ['weight=None', older],
  F.binary_cross_entropy, { fields: reducing, buffers: ['weight'] });
/**
 * Binary cross entropy of scores, the Sigmoid included, more exact than BCELoss behind one. Targets are floating.
 * Source: torch.nn.BCEWithLogitsLoss.
 * @example
 * nn.BCEWithLogitsLoss()(torch.tensor([0.5, 2]), torch.tensor([0, 1]).float()); // → tensor(0.5505)
 */
export const BCEWithLogitsLoss = layerOf<Loss, [weight?: Tensor | null, ...Older, pos_weight?: Tensor | null]>(Loss)('BCEWithLogitsLoss',
  ['weight=None', older, 'pos_weight=None'], F.binary_cross_entropy_with_logits, { fields: reducing, buffers: ['weight', 'pos_weight'] });
/**
 * The divergence of Kullback and Leibler of logarithms of probabilities from probabilities. 'batchmean' is what it is defined as.
 * Source: torch.nn.KLDivLoss.
 * @example
 * nn.KLDivLoss({ reduction: 'sum' })(torch.tensor([0.5, 0.5]).log(), torch.tensor([0.2, 0.8])); // → tensor(0.1927)
 */
export const KLDivLoss = layerOf<Loss, [
  size_average?: boolean | null, reduce?: boolean | null, reduction?: Reduction | 'batchmean', log_target?: boolean,
]>(Loss)('KLDivLoss', [older, 'log_target=False'], F.kl_div, { fields: reducing });
type ByClass = [
  weight?: Tensor | null, size_average?: boolean | null, ignore_index?: number, reduce?: boolean | null, reduction?: Reduction,
];

/**
 * The negative logarithm of the target class's probability: logarithms (N, C, ...), such as a LogSoftmax gives, against classes
 * (N, ...). Source: torch.nn.NLLLoss.
 * @example
 * nn.NLLLoss()(torch.tensor([[0.2, 0.8]]).log(), torch.tensor([1])); // → tensor(0.2231)
 */
export const NLLLoss = layerOf<Loss, ByClass>(Loss)('NLLLoss', byClass, F.nll_loss, { fields: reducing, buffers: ['weight'] });
/**
 * Cross entropy of unnormalised scores (N, C, ...) against classes (N, ...) or probabilities of the scores' shape: LogSoftmax and
 * NLLLoss in one. Source: torch.nn.CrossEntropyLoss.
 * @example
 * nn.CrossEntropyLoss()(torch.tensor([[2, 0.5]]), torch.tensor([0])); // → tensor(0.2014)
 */
export const CrossEntropyLoss = layerOf<Loss, [...ByClass, label_smoothing?: number]>(Loss)('CrossEntropyLoss',
  [byClass, 'label_smoothing=0.0'], F.cross_entropy, { fields: reducing, buffers: ['weight'] });

export type MSELoss = InstanceType<typeof MSELoss>;
export type L1Loss = InstanceType<typeof L1Loss>;
export type SmoothL1Loss = InstanceType<typeof SmoothL1Loss>;
export type HuberLoss = InstanceType<typeof HuberLoss>;
export type BCELoss = InstanceType<typeof BCELoss>;
export type BCEWithLogitsLoss = InstanceType<typeof BCEWithLogitsLoss>;
export type KLDivLoss = InstanceType<typeof KLDivLoss>;
export type NLLLoss = InstanceType<typeof NLLLoss>;
export type CrossEntropyLoss = InstanceType<typeof CrossEntropyLoss>;
