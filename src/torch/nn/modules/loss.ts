import type { Tensor } from '../../tensor/tensor.ts';
import * as F from '../functional/loss.ts';
import type { Reduction } from '../functional/support.ts';
import type { LayerClass } from './functionLayer.ts';
import { FunctionLayer, computed, layerOf } from './functionLayer.ts';

/** Losses as modules. */

/** A module of an input and a target, with its parameters as fields. */
export class Loss extends FunctionLayer {
  override forward(input: Tensor, target: Tensor): Tensor {
    return computed(this, input, target);
  }
}

export type LossClass<O extends object> = LayerClass<Loss, O>;

const lossLayer = <O extends object>(
  name: string, f: (input: Tensor, target: Tensor, parameters: O) => Tensor, defaults: O, buffers: readonly string[] = [],
): LossClass<O> => layerOf(Loss, name, f, defaults, { buffers });

interface Reduced { reduction: Reduction }
interface Weighted extends Reduced { weight: Tensor | null }

/**
 * (input − target)². Source: torch.nn.MSELoss.
 * @example
 * nn.MSELoss()(torch.tensor([0.5, 2]), torch.tensor([0, 1])); // → tensor(0.6250)
 */
export const MSELoss = lossLayer<Reduced>('MSELoss', F.mse_loss, { reduction: 'mean' });
/**
 * |input − target|. Source: torch.nn.L1Loss.
 * @example
 * nn.L1Loss()(torch.tensor([0.5, 2]), torch.tensor([0, 1])); // → tensor(0.7500)
 */
export const L1Loss = lossLayer<Reduced>('L1Loss', F.l1_loss, { reduction: 'mean' });
/**
 * Square near 0 and straight beyond beta. Source: torch.nn.SmoothL1Loss.
 * @example
 * nn.SmoothL1Loss()(torch.tensor([0.5, 2]), torch.tensor([0, 0])); // → tensor(0.8125)
 */
export const SmoothL1Loss = lossLayer<Reduced & { beta: number }>('SmoothL1Loss', F.smooth_l1_loss, { reduction: 'mean', beta: 1 });
/**
 * Square up to delta and straight beyond. Source: torch.nn.HuberLoss.
 * @example
 * nn.HuberLoss({ delta: 0.5 })(torch.tensor([0.5, 2]), torch.tensor([0, 0])); // → tensor(0.5000)
 */
export const HuberLoss = lossLayer<Reduced & { delta: number }>('HuberLoss', F.huber_loss, { reduction: 'mean', delta: 1 });
/**
 * Binary cross entropy of probabilities. Source: torch.nn.BCELoss.
 * @example
 * nn.BCELoss()(torch.tensor([0.5, 0.9]), torch.tensor([0, 1]).float()); // → tensor(0.3993)
 */
export const BCELoss = lossLayer<Weighted>('BCELoss', F.binary_cross_entropy, { weight: null, reduction: 'mean' }, ['weight']);
/**
 * Binary cross entropy of scores. Source: torch.nn.BCEWithLogitsLoss.
 * @example
 * nn.BCEWithLogitsLoss()(torch.tensor([0.5, 2]), torch.tensor([0, 1])); // → tensor(0.5505)
 */
export const BCEWithLogitsLoss = lossLayer<Weighted & { pos_weight: Tensor | null }>('BCEWithLogitsLoss',
  F.binary_cross_entropy_with_logits, { weight: null, reduction: 'mean', pos_weight: null }, ['weight', 'pos_weight']);
/**
 * The divergence of Kullback and Leibler. Source: torch.nn.KLDivLoss.
 * @example
 * nn.KLDivLoss({ reduction: 'sum' })(torch.tensor([0.5, 0.5]).log(), torch.tensor([0.2, 0.8])); // → tensor(0.1927)
 */
export const KLDivLoss = lossLayer<{ reduction: Reduction | 'batchmean'; log_target: boolean }>('KLDivLoss', F.kl_div,
  { reduction: 'mean', log_target: false });
/**
 * The negative logarithm of the target class's probability. Source: torch.nn.NLLLoss.
 * @example
 * nn.NLLLoss()(torch.tensor([[0.2, 0.8]]).log(), torch.tensor([1])); // → tensor(0.2231)
 */
export const NLLLoss = lossLayer<Weighted & { ignore_index: number }>('NLLLoss', F.nll_loss,
  { weight: null, ignore_index: -100, reduction: 'mean' }, ['weight']);
/**
 * Cross entropy of scores against classes or probabilities. Source: torch.nn.CrossEntropyLoss.
 * @example
 * nn.CrossEntropyLoss()(torch.tensor([[2, 0.5]]), torch.tensor([0])); // → tensor(0.2014)
 */
export const CrossEntropyLoss = lossLayer<Weighted & { ignore_index: number; label_smoothing: number }>('CrossEntropyLoss', F.cross_entropy,
  { weight: null, ignore_index: -100, reduction: 'mean', label_smoothing: 0 }, ['weight']);

export type MSELoss = InstanceType<typeof MSELoss>;
export type L1Loss = InstanceType<typeof L1Loss>;
export type SmoothL1Loss = InstanceType<typeof SmoothL1Loss>;
export type HuberLoss = InstanceType<typeof HuberLoss>;
export type BCELoss = InstanceType<typeof BCELoss>;
export type BCEWithLogitsLoss = InstanceType<typeof BCEWithLogitsLoss>;
export type KLDivLoss = InstanceType<typeof KLDivLoss>;
export type NLLLoss = InstanceType<typeof NLLLoss>;
export type CrossEntropyLoss = InstanceType<typeof CrossEntropyLoss>;
