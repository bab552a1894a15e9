/** Layers, activations, losses and what they are made of. Source: torch.nn. */

export * as functional from './functional.ts';
export * as init from './init.ts';
export * as utils from './utils.ts';
export type { Callable } from '../../core/callable.ts';
export * from './layers/activations.ts';
export * from './layers/containers.ts';
export * from './layers/linear.ts';
export * from './layers/losses.ts';
export {
  BatchNorm1d, BatchNorm2d, BatchNorm3d, LayerNorm,
} from './layers/normalization.ts';
export type { BatchNormOptions, LayerNormOptions } from './layers/normalization.ts';
export { Module } from './module.ts';
export type { ForwardHook, ForwardPreHook, HookHandle, IncompatibleKeys, StateDict } from './module.ts';
export { Buffer, Parameter } from './parameter.ts';
