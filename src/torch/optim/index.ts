/** Optimisers and learning-rate schedules. Source: torch.optim. */

export * as lr_scheduler from './lr_scheduler.ts';
export * as swa_utils from './swa_utils.ts';
export { Adagrad, Adadelta, RMSprop } from './adaptive.ts';
export type { AdadeltaOptions, AdagradOptions, RMSpropOptions } from './adaptive.ts';
export { Adam, AdamW, Adamax, NAdam, RAdam } from './adam.ts';
export type { AdamOptions, AdamaxOptions, NAdamOptions, RAdamOptions } from './adam.ts';
export type { Betas } from './declare.ts';
export { Optimizer } from './optimizer.ts';
export type { OptimizerStateDict, ParamGroup, ParameterState, Parameters } from './optimizer.ts';
export { SGD } from './sgd.ts';
export type { SGDOptions } from './sgd.ts';
