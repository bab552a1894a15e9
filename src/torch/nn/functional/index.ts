/** Layers, activations and losses as functions. Source: torch.nn.functional. */

export * from '../../functions/convolution.ts';
export { flatten } from '../../functions/shape.ts';
export * from './activation.ts';
export { scaled_dot_product_attention } from './attention.ts';
export { ctc_loss } from './ctcLoss.ts';
export * from './distance.ts';
export {
  alpha_dropout, dropout, dropout1d, dropout2d, dropout3d, feature_alpha_dropout, feature_dropout,
} from './dropout.ts';
export { fold, unfold } from './fold.ts';
export * from './gating.ts';
export { affine_grid, grid_sample } from './grid.ts';
export { interpolate, upsample, upsample_bilinear, upsample_nearest } from './interpolation.ts';
export type { InterpolationMode } from './interpolation.ts';
export * from './likelihoodLoss.ts';
export * from './linear.ts';
export * from './loss.ts';
export * from './marginLoss.ts';
export { multi_head_attention_forward } from './multiHeadAttention.ts';
export { batch_norm, group_norm, instance_norm, layer_norm, local_response_norm, rms_norm } from './normalization.ts';
export { pad } from './padding.ts';
export type { PaddingMode } from './padding.ts';
export * from './pooling.ts';
export { channel_shuffle, pixel_shuffle, pixel_unshuffle } from './shuffle.ts';
export { embedding, one_hot } from './sparse.ts';
export { triplet_margin_loss, triplet_margin_with_distance_loss } from './tripletLoss.ts';
export * from './unpooling.ts';
