/** Layers, activations and losses as functions. Source: torch.nn.functional. */

export * from '../../functions/convolution.ts';
export { flatten } from '../../functions/shape.ts';
export * from './activation.ts';
export { ctc_loss } from './ctcLoss.ts';
export * from './distance.ts';
export {
  alpha_dropout, dropout, dropout1d, dropout2d, dropout3d, feature_alpha_dropout, feature_dropout,
} from './dropout.ts';
export * from './gating.ts';
export * from './likelihoodLoss.ts';
export * from './linear.ts';
export * from './loss.ts';
export * from './marginLoss.ts';
export { batch_norm, layer_norm } from './normalization.ts';
export { embedding, one_hot } from './sparse.ts';
export { triplet_margin_loss, triplet_margin_with_distance_loss } from './tripletLoss.ts';
