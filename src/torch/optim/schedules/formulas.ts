import { ValueError, listOf, pythonTypeName } from '../../../core/errors.ts';
import type { RatedOptimizer } from './base.ts';
import { scheduled } from './base.ts';

/** Rates by steps, powers, lines, and functions of one's own. */

/**
 * Times gamma every `step_size` epochs. Source: torch.optim.lr_scheduler.StepLR.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.5 });
 * const schedule = optim.lr_scheduler.StepLR(optimizer, 2, 0.1);
 * const rates = Array.from({ length: 4 }, () => {
 *   optimizer.step();
 *   schedule.step();
 *   return optimizer.param_groups[0].lr;
 * });
 * rates; // → [0.5, 0.05, 0.05, 0.005000000000000001]
 */
export const StepLR = scheduled<[step_size: number, gamma?: number]>()('StepLR',
  'optimizer, step_size: int, gamma=0.1, last_epoch=-1', {
  fields: ({ step_size, gamma }) => ({ step_size, gamma }),
  rate: (lr, { last_epoch, step_size, gamma }) => (last_epoch === 0 || last_epoch % step_size !== 0 ? lr : lr * gamma),
  closed: (base, { last_epoch, step_size, gamma }) => base * gamma ** Math.floor(last_epoch / step_size),
});
export type StepLR = InstanceType<typeof StepLR>;

/**
 * Times gamma at each milestone; the field counts how often each was named, as in PyTorch.
 * Source: torch.optim.lr_scheduler.MultiStepLR.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.5 });
 * const schedule = optim.lr_scheduler.MultiStepLR(optimizer, [1, 3], 0.5);
 * const rates = Array.from({ length: 4 }, () => {
 *   optimizer.step();
 *   schedule.step();
 *   return optimizer.param_groups[0].lr;
 * });
 * rates; // → [0.25, 0.25, 0.125, 0.125]
 */
export const MultiStepLR = scheduled<[milestones: Iterable<number>, gamma?: number]>()('MultiStepLR',
  'optimizer, milestones, gamma=0.1, last_epoch=-1', {
  fields({ milestones, gamma }) {
    const counts: Record<number, number> = {};
    for (const milestone of listOf(milestones)) counts[milestone] = (counts[milestone] ?? 0) + 1;
    return { milestones: counts, gamma };
  },
  rate(lr, { last_epoch, milestones, gamma }) {
    const times = milestones[last_epoch] ?? 0;
    return times === 0 ? lr : lr * gamma ** times;
  },
  closed(base, { last_epoch, milestones, gamma }) {
    const passed = Object.entries(milestones).filter(([epoch]) => Number(epoch) <= last_epoch);
    return base * gamma ** passed.reduce((sum, [, times]) => sum + times, 0);
  },
});
export type MultiStepLR = InstanceType<typeof MultiStepLR>;

/**
 * Times gamma every epoch. Source: torch.optim.lr_scheduler.ExponentialLR.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
 * const schedule = optim.lr_scheduler.ExponentialLR(optimizer, 0.5);
 * const rates = Array.from({ length: 3 }, () => {
 *   optimizer.step();
 *   schedule.step();
 *   return optimizer.param_groups[0].lr;
 * });
 * rates; // → [0.5, 0.25, 0.125]
 */
export const ExponentialLR = scheduled<[gamma: number]>()('ExponentialLR', 'optimizer, gamma: float, last_epoch=-1', {
  fields: ({ gamma }) => ({ gamma }),
  rate: (lr, { gamma }, _index, initial) => (initial ? lr : lr * gamma),
  closed: (base, { gamma, last_epoch }) => base * gamma ** last_epoch,
});
export type ExponentialLR = InstanceType<typeof ExponentialLR>;

type Factor = (epoch: number) => number;

/** A function for each group: those of a list, or one for all. */
function factorsOf({ param_groups: { length } }: RatedOptimizer, lr_lambda: Factor | readonly Factor[]): readonly Factor[] {
  const factors = Array.isArray(lr_lambda) ? [...lr_lambda as readonly Factor[]] : new Array<Factor>(length).fill(lr_lambda as Factor);
  if (factors.length !== length) throw new ValueError(`Expected ${length} lr_lambdas, but got ${factors.length}`);
  for (const factor of factors) {
    if (typeof factor !== 'function') throw new TypeError(`lr_lambda should be a function, but got ${pythonTypeName(factor)}`);
  }
  return factors;
}

/**
 * The first rate times a function of the epoch, or one function for each group. Source: torch.optim.lr_scheduler.LambdaLR.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
 * const schedule = optim.lr_scheduler.LambdaLR(optimizer, (epoch) => 1 / (epoch + 1));
 * optimizer.step();
 * schedule.step();
 * schedule.get_last_lr(); // → [0.5]
 */
export const LambdaLR = scheduled<[lr_lambda: Factor | readonly Factor[]]>()('LambdaLR', 'optimizer, lr_lambda, last_epoch=-1', {
  fields: ({ optimizer, lr_lambda }) => ({ lr_lambdas: factorsOf(optimizer, lr_lambda) }),
  rate: (_lr, { lr_lambdas, base_lrs, last_epoch }, index) => base_lrs[index] * lr_lambdas[index](last_epoch),
});
export type LambdaLR = InstanceType<typeof LambdaLR>;

/**
 * A straight line between two factors of the first rate in `total_iters` epochs, as to warm up.
 * Source: torch.optim.lr_scheduler.LinearLR.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
 * const schedule = optim.lr_scheduler.LinearLR(optimizer, { start_factor: 0.25, total_iters: 3 });
 * const rates = Array.from({ length: 4 }, () => {
 *   optimizer.step();
 *   schedule.step();
 *   return optimizer.param_groups[0].lr;
 * });
 * rates; // → [0.5, 0.75, 1, 1]
 */
export const LinearLR = scheduled<[start_factor?: number, end_factor?: number, total_iters?: number]>()('LinearLR', [
  'optimizer, start_factor=0.3333333333333333, end_factor=1.0, total_iters=5, last_epoch=-1',
], {
  fields({ start_factor, end_factor, total_iters }) {
    if (start_factor > 1 || start_factor <= 0) {
      throw new ValueError('Starting multiplicative factor expected to be greater than 0 and less or equal to 1.');
    }
    if (end_factor > 1 || end_factor < 0) throw new ValueError('Ending multiplicative factor expected to be between 0 and 1.');
    return { start_factor, end_factor, total_iters };
  },
  rate(lr, { start_factor, end_factor, total_iters, last_epoch: epoch }, _index, initial) {
    const rise = end_factor - start_factor;
    if (epoch === 0) return lr * start_factor;
    return initial || epoch > total_iters ? lr : lr * (1 + rise / (total_iters * start_factor + (epoch - 1) * rise));
  },
  closed: (base, { start_factor, end_factor, total_iters, last_epoch }) =>
    base * (start_factor + ((end_factor - start_factor) * Math.min(total_iters, last_epoch)) / total_iters),
});
export type LinearLR = InstanceType<typeof LinearLR>;

/**
 * Times a function of the epoch, every epoch, or one function for each group. Source: torch.optim.lr_scheduler.MultiplicativeLR.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
 * const schedule = optim.lr_scheduler.MultiplicativeLR(optimizer, (epoch) => 1 / (epoch + 1));
 * const rates = Array.from({ length: 2 }, () => {
 *   optimizer.step();
 *   schedule.step();
 *   return optimizer.param_groups[0].lr;
 * });
 * rates; // → [0.5, 0.16666666666666666]
 */
export const MultiplicativeLR = scheduled<[lr_lambda: Factor | readonly Factor[]]>()('MultiplicativeLR',
  'optimizer, lr_lambda, last_epoch=-1', {
  fields: ({ optimizer, lr_lambda }) => ({ lr_lambdas: factorsOf(optimizer, lr_lambda) }),
  rate: (lr, { lr_lambdas, last_epoch }, index, initial) => (initial ? lr : lr * lr_lambdas[index](last_epoch)),
});
export type MultiplicativeLR = InstanceType<typeof MultiplicativeLR>;

/**
 * A part of the first rate for `total_iters` epochs, and then all of it. Source: torch.optim.lr_scheduler.ConstantLR.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
 * const schedule = optim.lr_scheduler.ConstantLR(optimizer, { factor: 0.5, total_iters: 2 });
 * const rates = Array.from({ length: 3 }, () => {
 *   optimizer.step();
 *   schedule.step();
 *   return optimizer.param_groups[0].lr;
 * });
 * rates; // → [0.5, 1, 1]
 */
export const ConstantLR = scheduled<[factor?: number, total_iters?: number]>()('ConstantLR',
  'optimizer, factor=0.3333333333333333, total_iters=5, last_epoch=-1', {
  fields({ factor, total_iters }) {
    if (factor > 1 || factor < 0) throw new ValueError('Constant multiplicative factor expected to be between 0 and 1.');
    return { factor, total_iters };
  },
  rate: (lr, { factor, total_iters, last_epoch }) => (last_epoch === 0 ? lr * factor : last_epoch === total_iters ? lr * (1 / factor) : lr),
  closed: (base, { factor, total_iters, last_epoch }) => base * (factor + (last_epoch >= total_iters ? 1 - factor : 0)),
});
export type ConstantLR = InstanceType<typeof ConstantLR>;

/**
 * A power of a line from the first rate down to 0 in `total_iters` epochs. Source: torch.optim.lr_scheduler.PolynomialLR.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
 * const schedule = optim.lr_scheduler.PolynomialLR(optimizer, { total_iters: 4, power: 2 });
 * const rates = Array.from({ length: 4 }, () => {
 *   optimizer.step();
 *   schedule.step();
 *   return optimizer.param_groups[0].lr.toFixed(4);
 * });
 * rates; // → ['0.5625', '0.2500', '0.0625', '0.0000']
 */
export const PolynomialLR = scheduled<[total_iters?: number, power?: number]>()('PolynomialLR',
  'optimizer, total_iters=5, power=1.0, last_epoch=-1', {
  fields: ({ total_iters, power }) => ({ total_iters, power }),
  rate(lr, { total_iters, power, last_epoch: epoch }, _index, initial) {
    return initial || epoch > total_iters ? lr : lr * ((1 - epoch / total_iters) / (1 - (epoch - 1) / total_iters)) ** power;
  },
  closed: (base, { total_iters, power, last_epoch }) => base * (1 - Math.min(total_iters, last_epoch) / total_iters) ** power,
});
export type PolynomialLR = InstanceType<typeof PolynomialLR>;
