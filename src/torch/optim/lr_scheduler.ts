import { KeyError, RuntimeError, ValueError } from '../../core/errors.ts';
import type { Callable } from '../../core/callable.ts';
import { callable } from '../../core/callable.ts';
import type { Positional } from '../arguments/bind.ts';
import { bindArguments } from '../arguments/bind.ts';
import { describe } from '../arguments/operands.ts';
import { Tensor } from '../tensor/tensor.ts';
import { warn } from '../arguments/warnings.ts';
import type { OptionsOf } from './declare.ts';
import { Optimizer } from './optimizer.ts';

/** Learning rates that change as training goes on. Source: torch.optim.lr_scheduler. */

/** A group of parameters as a schedule sees it. */
interface RatedGroup {
  lr: number;
  initial_lr?: number;
}

/** An optimiser as a schedule sees it. */
export interface RatedOptimizer {
  readonly param_groups: RatedGroup[];
  readonly stepCount: number;
}

interface LastEpoch { readonly last_epoch: number }

/** What every schedule keeps, shows and saves. */
abstract class Schedule {
  readonly optimizer: RatedOptimizer;
  protected lastRates: number[] = [];

  constructor(optimizer: RatedOptimizer) {
    if (!(optimizer instanceof Optimizer)) throw new TypeError(`${describe(optimizer)} is not an Optimizer`);
    this.optimizer = optimizer;
  }

  get_last_lr(): number[] {
    return this.lastRates;
  }

  /** Every field but the optimiser and functions. */
  state_dict(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this).filter(([key, value]) => key !== 'optimizer' && typeof value !== 'function'
      && !(Array.isArray(value) && value.some((each) => typeof each === 'function'))));
  }

  load_state_dict(state_dict: Readonly<Record<string, unknown>>): void {
    Object.assign(this, state_dict);
  }
}

/** The base of schedules: `step` once after every epoch. Source: torch.optim.lr_scheduler.LRScheduler. */
export abstract class LRScheduler extends Schedule {
  readonly base_lrs: number[];
  last_epoch: number;
  protected count = 0;

  /** A subclass calls `begin` when its own fields are set. */
  constructor(optimizer: RatedOptimizer, last_epoch: number) {
    super(optimizer);
    this.last_epoch = last_epoch;
    optimizer.param_groups.forEach((group, i) => {
      if (last_epoch === -1) group.initial_lr ??= group.lr;
      else if (group.initial_lr === undefined) {
        throw new KeyError(`param 'initial_lr' is not specified in param_groups[${i}] when resuming scheduler with last_epoch >= 0.`);
      }
    });
    this.base_lrs = optimizer.param_groups.map((group) => group.initial_lr!);
  }

  /** The rate of a group for `last_epoch`; `initial` where the schedule is being made. */
  protected abstract rate(group: Readonly<RatedGroup>, index: number, initial: boolean): number;

  protected begin(): void {
    this.advance(true);
  }

  step(): void {
    if (this.count === 1 && this.optimizer.stepCount === 0) {
      warn('Detected call of `lr_scheduler.step()` before `optimizer.step()`. In PyTorch 1.1.0 and later, you should call them in the '
        + 'opposite order: `optimizer.step()` before `lr_scheduler.step()`.  Failure to do this will result in PyTorch skipping the first '
        + 'value of the learning rate schedule. See more details at '
        + 'https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate');
    }
    this.advance(false);
  }

  private advance(initial: boolean): void {
    this.count++;
    this.last_epoch++;
    const groups = this.optimizer.param_groups;
    const rates = groups.map((group, i) => this.rate(group, i, initial));
    groups.forEach((group, i) => {
      group.lr = rates[i];
    });
    this.lastRates = rates;
  }
}

/** How a schedule by a formula is declared. Its fields F come from what has to be given, R, and the others are options. */
interface Declaration<R extends readonly unknown[], F extends object, O extends object> {
  readonly fields: (optimizer: RatedOptimizer, ...required: R) => F;
  readonly options: O;
  /** Refuses options. */
  check?(options: O): void;
  /** The rate for the schedule's `last_epoch` from the one before; `initial` where the schedule is being made. */
  rate(lr: number, schedule: LRScheduler & F & O, index: number, initial: boolean): number;
}

class DeclaredSchedule extends LRScheduler {
  private readonly formula: (lr: number, schedule: LRScheduler, index: number, initial: boolean) => number;

  constructor(
    name: string, { fields, options, check, rate }: Declaration<unknown[], object, object>, optimizer: RatedOptimizer,
    given: readonly unknown[],
  ) {
    const required = fields.length - 1;
    const { last_epoch, ...own } = bindArguments(name, given.slice(required), { ...options, last_epoch: -1 });
    check?.(own);
    super(optimizer, last_epoch);
    Object.assign(this, fields(optimizer, ...given.slice(0, required)), own);
    this.formula = rate;
    this.begin();
  }

  protected override rate({ lr }: Readonly<RatedGroup>, index: number, initial: boolean): number {
    return this.formula(lr, this, index, initial);
  }
}

function declared<R extends readonly unknown[], F extends object, O extends object>(
  name: string, declaration: Declaration<R, F, O>,
): Callable<new (optimizer: RatedOptimizer, ...given: [...R, ...Positional<O & LastEpoch>]) => DeclaredSchedule & F & O> {
  return callable(name, class extends DeclaredSchedule {
    constructor(optimizer: RatedOptimizer, ...given: unknown[]) {
      super(name, declaration as unknown as Declaration<unknown[], object, object>, optimizer, given);
    }
  }) as never;
}

/**
 * Times gamma every `step_size` epochs. Source: torch.optim.lr_scheduler.StepLR.
 * @example
 * optim.lr_scheduler.StepLR(optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 }), 30).get_last_lr(); // → [0.1]
 */
export const StepLR = declared('StepLR', {
  fields: (_optimizer, step_size: number) => ({ step_size }),
  options: { gamma: 0.1 },
  rate: (lr, { last_epoch, step_size, gamma }) => (last_epoch === 0 || last_epoch % step_size !== 0 ? lr : lr * gamma),
});
export type StepLR = InstanceType<typeof StepLR>;

/**
 * Times gamma at each milestone. Source: torch.optim.lr_scheduler.MultiStepLR.
 * @example
 * optim.lr_scheduler.MultiStepLR(optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 }), [30, 80]).milestones;
 * // → [30, 80]
 */
export const MultiStepLR = declared('MultiStepLR', {
  fields: (_optimizer, milestones: Iterable<number>) => ({ milestones: [...milestones] }),
  options: { gamma: 0.1 },
  rate(lr, { last_epoch, milestones, gamma }) {
    const times = milestones.filter((milestone) => milestone === last_epoch).length;
    return times === 0 ? lr : lr * gamma ** times;
  },
});
export type MultiStepLR = InstanceType<typeof MultiStepLR>;

/**
 * Times gamma every epoch. Source: torch.optim.lr_scheduler.ExponentialLR.
 * @example
 * optim.lr_scheduler.ExponentialLR(optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 }), 0.9).gamma; // → 0.9
 */
export const ExponentialLR = declared('ExponentialLR', {
  fields: (_optimizer, gamma: number) => ({ gamma }),
  options: {},
  rate: (lr, { gamma }, _index, initial) => (initial ? lr : lr * gamma),
});
export type ExponentialLR = InstanceType<typeof ExponentialLR>;

/**
 * Half a cosine from the first rate down to eta_min in T_max epochs. Source: torch.optim.lr_scheduler.CosineAnnealingLR.
 * @example
 * optim.lr_scheduler.CosineAnnealingLR(optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 }), 50).T_max; // → 50
 */
export const CosineAnnealingLR = declared('CosineAnnealingLR', {
  fields: (_optimizer, T_max: number) => ({ T_max }),
  options: { eta_min: 0 },
  rate(lr, { T_max, eta_min, base_lrs, last_epoch: epoch }, index, initial) {
    if (initial) return lr;
    // At the bottom of the cosine the quotient below would be 0 / 0.
    if ((epoch - 1 - T_max) % (2 * T_max) === 0) return lr + ((base_lrs[index] - eta_min) * (1 - Math.cos(Math.PI / T_max))) / 2;
    return ((1 + Math.cos((Math.PI * epoch) / T_max)) / (1 + Math.cos((Math.PI * (epoch - 1)) / T_max))) * (lr - eta_min) + eta_min;
  },
});
export type CosineAnnealingLR = InstanceType<typeof CosineAnnealingLR>;

type Factor = (epoch: number) => number;

/**
 * The first rate times a function of the epoch. Source: torch.optim.lr_scheduler.LambdaLR.
 * @example
 * optim.lr_scheduler.LambdaLR(optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 }), (epoch) => 0.5 ** (epoch + 1)).get_last_lr();
 * // → [0.05]
 */
export const LambdaLR = declared('LambdaLR', {
  fields({ param_groups: { length } }, lr_lambda: Factor | readonly Factor[]): { lr_lambdas: readonly Factor[] } {
    if (typeof lr_lambda === 'function') return { lr_lambdas: new Array<Factor>(length).fill(lr_lambda) };
    if (lr_lambda.length !== length) throw new ValueError(`Expected ${length} lr_lambdas, but got ${lr_lambda.length}`);
    return { lr_lambdas: lr_lambda };
  },
  options: {},
  rate: (_lr, { lr_lambdas, base_lrs, last_epoch }, index) => base_lrs[index] * lr_lambdas[index](last_epoch),
});
export type LambdaLR = InstanceType<typeof LambdaLR>;

const linear = { start_factor: 1 / 3, end_factor: 1, total_iters: 5 };
export interface LinearLROptions extends OptionsOf<typeof linear & LastEpoch> {}

/**
 * A straight line between two factors in `total_iters` epochs. Source: torch.optim.lr_scheduler.LinearLR.
 * @example
 * optim.lr_scheduler.LinearLR(optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 }), { start_factor: 0.5 }).get_last_lr();
 * // → [0.05]
 */
export const LinearLR = declared('LinearLR', {
  fields: (_optimizer) => ({}),
  options: linear,
  check({ start_factor, end_factor }) {
    if (start_factor > 1 || start_factor <= 0) {
      throw new ValueError('Starting multiplicative factor expected to be greater than 0 and less or equal to 1.');
    }
    if (end_factor > 1 || end_factor < 0) throw new ValueError('Ending multiplicative factor expected to be between 0 and 1.');
  },
  rate(lr, { start_factor, end_factor, total_iters, last_epoch: epoch }, _index, initial) {
    const rise = end_factor - start_factor;
    if (epoch === 0) return lr * start_factor;
    return initial || epoch > total_iters ? lr : lr * (1 + rise / (total_iters * start_factor + (epoch - 1) * rise));
  },
});
export type LinearLR = InstanceType<typeof LinearLR>;

export interface PlateauOptions {
  readonly mode: 'min' | 'max';
  readonly factor: number;
  readonly patience: number;
  readonly threshold: number;
  readonly threshold_mode: 'rel' | 'abs';
  readonly cooldown: number;
  readonly min_lr: number | readonly number[];
  readonly eps: number;
}

const plateauDefaults: PlateauOptions = {
  mode: 'min', factor: 0.1, patience: 10, threshold: 1e-4, threshold_mode: 'rel', cooldown: 0, min_lr: 0, eps: 1e-8,
};

class PlateauSchedule extends Schedule {
  declare mode: 'min' | 'max';
  declare factor: number;
  declare patience: number;
  declare threshold: number;
  declare threshold_mode: 'rel' | 'abs';
  declare cooldown: number;
  declare eps: number;
  best: number;
  cooldown_counter = 0;
  num_bad_epochs = 0;
  last_epoch = 0;
  private default_min_lr: number | null;
  private min_lrs: readonly number[];

  constructor(optimizer: RatedOptimizer, ...options: Positional<PlateauOptions>) {
    const { min_lr, ...given } = bindArguments('ReduceLROnPlateau', options, plateauDefaults);
    if (given.factor >= 1) throw new ValueError('Factor should be < 1.0.');
    super(optimizer);
    const { length } = optimizer.param_groups;
    if (typeof min_lr !== 'number' && min_lr.length !== length) throw new ValueError(`expected ${length} min_lrs, got ${min_lr.length}`);
    if (given.mode !== 'min' && given.mode !== 'max') throw new ValueError(`mode ${String(given.mode)} is unknown!`);
    if (given.threshold_mode !== 'rel' && given.threshold_mode !== 'abs') {
      throw new ValueError(`threshold mode ${String(given.threshold_mode)} is unknown!`);
    }
    Object.assign(this, given);
    this.best = given.mode === 'min' ? Infinity : -Infinity;
    this.default_min_lr = typeof min_lr === 'number' ? min_lr : null;
    this.min_lrs = typeof min_lr === 'number' ? new Array<number>(length).fill(min_lr) : [...min_lr];
    this.lastRates = optimizer.param_groups.map((group) => group.lr);
  }

  get in_cooldown(): boolean {
    return this.cooldown_counter > 0;
  }

  step(metrics: number | Tensor): void {
    const current = metrics instanceof Tensor ? metrics.item() as number : metrics;
    this.last_epoch++;
    if (this.isBetter(current)) {
      this.best = current;
      this.num_bad_epochs = 0;
    } else {
      this.num_bad_epochs++;
    }
    if (this.in_cooldown) {
      this.cooldown_counter--;
      this.num_bad_epochs = 0;
    }
    if (this.num_bad_epochs > this.patience) {
      this.reduce();
      this.cooldown_counter = this.cooldown;
      this.num_bad_epochs = 0;
    }
    this.lastRates = this.optimizer.param_groups.map((group) => group.lr);
  }

  private isBetter(value: number): boolean {
    const { best, threshold } = this;
    if (this.mode === 'min') return value < (this.threshold_mode === 'rel' ? best * (1 - threshold) : best - threshold);
    return value > (this.threshold_mode === 'rel' ? best * (1 + threshold) : best + threshold);
  }

  private reduce(): void {
    const groups = this.optimizer.param_groups;
    if (groups.length !== this.min_lrs.length) {
      if (this.default_min_lr === null) {
        throw new RuntimeError(
          `The number of param groups in the \`optimizer\` (${groups.length}) differs from when \`ReduceLROnPlateau\` was initialized `
          + `(${this.min_lrs.length}), usually due to a new param group being added to the optimizer. Please modify the \`min_lrs\` field `
          + 'to match the length of the `optimizer` param groups.');
      }
      this.min_lrs = new Array<number>(groups.length).fill(this.default_min_lr);
    }
    groups.forEach((group, i) => {
      const lower = Math.max(group.lr * this.factor, this.min_lrs[i]);
      if (group.lr - lower > this.eps) group.lr = lower;
    });
  }
}

/**
 * Times `factor` when a measure has not become better for `patience` epochs. Source: torch.optim.lr_scheduler.ReduceLROnPlateau.
 * @example
 * optim.lr_scheduler.ReduceLROnPlateau(optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 }), { patience: 5 }).patience;
 * // → 5
 */
export const ReduceLROnPlateau = callable('ReduceLROnPlateau', PlateauSchedule);
export type ReduceLROnPlateau = PlateauSchedule;
