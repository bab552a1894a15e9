/** Layers, activations and losses as functions. Source: torch.nn.functional. */

export * from '../../functions/convolution.ts';
export { flatten } from '../../functions/shape.ts';
export * from './activation.ts';
export * from './distance.ts';
export { dropout, feature_dropout } from './dropout.ts';
export * from './linear.ts';
export * from './loss.ts';
export { batch_norm, layer_norm } from './normalization.ts';
export { embedding, one_hot } from './sparse.ts';
export { scaled_dot_product_attention } from './attention.ts';
export { multi_head_attention_forward } from './multiHeadAttention.ts';
