/** Optimisers and learning-rate schedules. Source: torch.optim. */

export * as lr_scheduler from './lr_scheduler.ts';
export * as swa_utils from './swa_utils.ts';
export { Adagrad, Adadelta, RMSprop } from './adaptive.ts';
export type { AdadeltaOptions, AdagradOptions, RMSpropOptions } from './adaptive.ts';
export { Adam, AdamW, Adamax, NAdam, RAdam } from './adam.ts';
export type { AdamOptions, AdamaxOptions, NAdamOptions, RAdamOptions } from './adam.ts';
export type { Betas } from './declare.ts';
export { LBFGS } from './lbfgs.ts';
export type { LBFGSOptions } from './lbfgs.ts';
export { Adafactor, Muon } from './matrices.ts';
export type { AdafactorOptions, MuonOptions } from './matrices.ts';
export { Optimizer } from './optimizer.ts';
export type { OptimizerStateDict, ParamGroup, ParameterState, Parameters, SavedState, StateValue } from './optimizer.ts';
export { ASGD, Rprop } from './resilient.ts';
export type { ASGDOptions, RpropOptions } from './resilient.ts';
export { SGD } from './sgd.ts';
export type { SGDOptions } from './sgd.ts';
