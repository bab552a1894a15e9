/** Layers, activations, losses and what they are made of. Source: torch.nn. */

export * as functional from './functional/index.ts';
export * as init from './init/index.ts';
export * as utils from './utils.ts';
export type { Callable } from '../../core/callable.ts';
export * from './modules/activation.ts';
export * from './modules/attention.ts';
export * from './modules/container.ts';
export * from './modules/convolution.ts';
export * from './modules/dropout.ts';
export * from './modules/flatten.ts';
export * from './modules/groupNorm.ts';
export * from './modules/instanceNorm.ts';
export * from './modules/linear.ts';
export {
  BCELoss, BCEWithLogitsLoss, CrossEntropyLoss, HuberLoss, KLDivLoss, L1Loss, Loss, MSELoss, NLLLoss, SmoothL1Loss,
} from './modules/loss.ts';
export * from './modules/marginLoss.ts';
export * from './modules/distance.ts';
export * from './modules/gating.ts';
export {
  BatchNorm1d, BatchNorm2d, BatchNorm3d, LayerNorm,
} from './modules/normalization.ts';
export * from './modules/padding.ts';
export {
  AdaptiveAvgPool1d, AdaptiveAvgPool2d, AdaptiveAvgPool3d, AdaptiveMaxPool1d, AdaptiveMaxPool2d, AdaptiveMaxPool3d, AvgPool1d, AvgPool2d,
  AvgPool3d, MaxPool1d, MaxPool2d, MaxPool3d,
} from './modules/pooling.ts';
export * from './modules/sparse.ts';
export * from './modules/vision.ts';
export * from './modules/rnn.ts';
export * from './modules/rnnCells.ts';
export * from './modules/transformer.ts';
export * from './modules/transformerStacks.ts';
export * from './modules/unpooling.ts';
export { Module } from './module.ts';
export type { HookHandle } from '../autograd/hooks.ts';
export type { ForwardHook, ForwardPreHook } from './module.ts';
export { Buffer, Parameter } from './parameter.ts';
export type { IncompatibleKeys, StateDict } from './state.ts';
