/** Layers, activations and losses as functions. Source: torch.nn.functional. */

export * from './functional/activations.ts';
export * from './functional/linear.ts';
export * from './functional/losses.ts';
export { batch_norm, layer_norm } from './functional/normalization.ts';
export type { BatchNormParameters } from './functional/normalization.ts';
