/** Learning rates that change as training goes on. Source: torch.optim.lr_scheduler. */

export { LRScheduler } from './schedules/base.ts';
export type { RatedOptimizer } from './schedules/base.ts';
export { ChainedScheduler, SequentialLR } from './schedules/combined.ts';
export { CosineAnnealingLR, CosineAnnealingWarmRestarts } from './schedules/cosines.ts';
export { CyclicLR, OneCycleLR } from './schedules/cycles.ts';
export {
  ConstantLR, ExponentialLR, LambdaLR, LinearLR, MultiStepLR, MultiplicativeLR, PolynomialLR, StepLR,
} from './schedules/formulas.ts';
export { ReduceLROnPlateau } from './schedules/plateau.ts';
