import { KeyError, RuntimeError, ValueError } from '../../core/errors.ts';
import { bindArguments } from '../arguments/bind.ts';
import { callable } from '../../core/callable.ts';
import { describe } from '../arguments/operands.ts';
import { Tensor } from '../tensor/tensor.ts';
import { warn } from '../arguments/warnings.ts';
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

type Given<O> = readonly (O[keyof O] | Partial<O>)[];
interface LastEpoch { readonly last_epoch: number }

function checkOptimizer(optimizer: unknown): void {
  if (!(optimizer instanceof Optimizer)) throw new TypeError(`${describe(optimizer)} is not an Optimizer`);
}

/** The base of schedules: `step` once after every epoch. Source: torch.optim.lr_scheduler.LRScheduler. */
export abstract class LRScheduler {
  readonly optimizer: RatedOptimizer;
  readonly base_lrs: number[];
  last_epoch: number;
  protected count = 0;
  private lastRates: number[] = [];

  /** A subclass calls `begin` when its own fields are set. */
  constructor(optimizer: RatedOptimizer, last_epoch: number) {
    checkOptimizer(optimizer);
    this.optimizer = optimizer;
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

class StepLRSchedule extends LRScheduler {
  step_size: number;
  gamma: number;

  constructor(optimizer: RatedOptimizer, step_size: number, ...options: Given<{ readonly gamma: number } & LastEpoch>) {
    const { gamma, last_epoch } = bindArguments('StepLR', options, { gamma: 0.1, last_epoch: -1 });
    super(optimizer, last_epoch);
    this.step_size = step_size;
    this.gamma = gamma;
    this.begin();
  }

  protected override rate({ lr }: Readonly<RatedGroup>): number {
    return this.last_epoch === 0 || this.last_epoch % this.step_size !== 0 ? lr : lr * this.gamma;
  }
}

/**
 * Times gamma every `step_size` epochs. Source: torch.optim.lr_scheduler.StepLR.
 * @example
 * optim.lr_scheduler.StepLR(optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 }), 30).get_last_lr(); // → [0.1]
 */
export const StepLR = callable('StepLR', StepLRSchedule);
export type StepLR = StepLRSchedule;

class MultiStepLRSchedule extends LRScheduler {
  milestones: number[];
  gamma: number;

  constructor(optimizer: RatedOptimizer, milestones: Iterable<number>, ...options: Given<{ readonly gamma: number } & LastEpoch>) {
    const { gamma, last_epoch } = bindArguments('MultiStepLR', options, { gamma: 0.1, last_epoch: -1 });
    super(optimizer, last_epoch);
    this.milestones = [...milestones];
    this.gamma = gamma;
    this.begin();
  }

  protected override rate({ lr }: Readonly<RatedGroup>): number {
    const times = this.milestones.filter((milestone) => milestone === this.last_epoch).length;
    return times === 0 ? lr : lr * this.gamma ** times;
  }
}

/**
 * Times gamma at each milestone. Source: torch.optim.lr_scheduler.MultiStepLR.
 * @example
 * optim.lr_scheduler.MultiStepLR(optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 }), [30, 80]).milestones;
 * // → [30, 80]
 */
export const MultiStepLR = callable('MultiStepLR', MultiStepLRSchedule);
export type MultiStepLR = MultiStepLRSchedule;

class ExponentialLRSchedule extends LRScheduler {
  gamma: number;

  constructor(optimizer: RatedOptimizer, gamma: number, ...options: Given<LastEpoch>) {
    super(optimizer, bindArguments('ExponentialLR', options, { last_epoch: -1 }).last_epoch);
    this.gamma = gamma;
    this.begin();
  }

  protected override rate({ lr }: Readonly<RatedGroup>, _index: number, initial: boolean): number {
    return initial ? lr : lr * this.gamma;
  }
}

/**
 * Times gamma every epoch. Source: torch.optim.lr_scheduler.ExponentialLR.
 * @example
 * optim.lr_scheduler.ExponentialLR(optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 }), 0.9).gamma; // → 0.9
 */
export const ExponentialLR = callable('ExponentialLR', ExponentialLRSchedule);
export type ExponentialLR = ExponentialLRSchedule;

class CosineAnnealingLRSchedule extends LRScheduler {
  T_max: number;
  eta_min: number;

  constructor(optimizer: RatedOptimizer, T_max: number, ...options: Given<{ readonly eta_min: number } & LastEpoch>) {
    const { eta_min, last_epoch } = bindArguments('CosineAnnealingLR', options, { eta_min: 0, last_epoch: -1 });
    super(optimizer, last_epoch);
    this.T_max = T_max;
    this.eta_min = eta_min;
    this.begin();
  }

  protected override rate({ lr }: Readonly<RatedGroup>, index: number, initial: boolean): number {
    const { T_max, eta_min, last_epoch: epoch } = this;
    if (initial) return lr;
    // At the bottom of the cosine the quotient below would be 0 / 0.
    if ((epoch - 1 - T_max) % (2 * T_max) === 0) return lr + ((this.base_lrs[index] - eta_min) * (1 - Math.cos(Math.PI / T_max))) / 2;
    return ((1 + Math.cos((Math.PI * epoch) / T_max)) / (1 + Math.cos((Math.PI * (epoch - 1)) / T_max))) * (lr - eta_min) + eta_min;
  }
}

/**
 * Half a cosine from the first rate down to eta_min in T_max epochs. Source: torch.optim.lr_scheduler.CosineAnnealingLR.
 * @example
 * optim.lr_scheduler.CosineAnnealingLR(optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 }), 50).T_max; // → 50
 */
export const CosineAnnealingLR = callable('CosineAnnealingLR', CosineAnnealingLRSchedule);
export type CosineAnnealingLR = CosineAnnealingLRSchedule;

type Factor = (epoch: number) => number;

class LambdaLRSchedule extends LRScheduler {
  lr_lambdas: readonly Factor[];

  constructor(optimizer: RatedOptimizer, lr_lambda: Factor | readonly Factor[], ...options: Given<LastEpoch>) {
    super(optimizer, bindArguments('LambdaLR', options, { last_epoch: -1 }).last_epoch);
    const { length } = optimizer.param_groups;
    if (typeof lr_lambda !== 'function' && lr_lambda.length !== length) {
      throw new ValueError(`Expected ${length} lr_lambdas, but got ${lr_lambda.length}`);
    }
    this.lr_lambdas = typeof lr_lambda === 'function' ? new Array<Factor>(length).fill(lr_lambda) : lr_lambda;
    this.begin();
  }

  protected override rate(_group: Readonly<RatedGroup>, index: number): number {
    return this.base_lrs[index] * this.lr_lambdas[index](this.last_epoch);
  }
}

/**
 * The first rate times a function of the epoch. Source: torch.optim.lr_scheduler.LambdaLR.
 * @example
 * optim.lr_scheduler.LambdaLR(optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 }), (epoch) => 0.5 ** (epoch + 1)).get_last_lr();
 * // → [0.05]
 */
export const LambdaLR = callable('LambdaLR', LambdaLRSchedule);
export type LambdaLR = LambdaLRSchedule;

export interface LinearLROptions extends LastEpoch {
  readonly start_factor: number;
  readonly end_factor: number;
  readonly total_iters: number;
}

class LinearLRSchedule extends LRScheduler {
  start_factor: number;
  end_factor: number;
  total_iters: number;

  constructor(optimizer: RatedOptimizer, ...options: Given<LinearLROptions>) {
    const given = bindArguments<LinearLROptions>('LinearLR', options,
      { start_factor: 1 / 3, end_factor: 1, total_iters: 5, last_epoch: -1 });
    if (given.start_factor > 1 || given.start_factor <= 0) {
      throw new ValueError('Starting multiplicative factor expected to be greater than 0 and less or equal to 1.');
    }
    if (given.end_factor > 1 || given.end_factor < 0) {
      throw new ValueError('Ending multiplicative factor expected to be between 0 and 1.');
    }
    super(optimizer, given.last_epoch);
    this.start_factor = given.start_factor;
    this.end_factor = given.end_factor;
    this.total_iters = given.total_iters;
    this.begin();
  }

  protected override rate({ lr }: Readonly<RatedGroup>, _index: number, initial: boolean): number {
    const { start_factor: start, total_iters: total, last_epoch: epoch } = this;
    const rise = this.end_factor - start;
    if (epoch === 0) return lr * start;
    return initial || epoch > total ? lr : lr * (1 + rise / (total * start + (epoch - 1) * rise));
  }
}

/**
 * A straight line between two factors in `total_iters` epochs. Source: torch.optim.lr_scheduler.LinearLR.
 * @example
 * optim.lr_scheduler.LinearLR(optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 }), { start_factor: 0.5 }).get_last_lr();
 * // → [0.05]
 */
export const LinearLR = callable('LinearLR', LinearLRSchedule);
export type LinearLR = LinearLRSchedule;

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

class PlateauSchedule {
  readonly optimizer: RatedOptimizer;
  mode: 'min' | 'max';
  factor: number;
  patience: number;
  threshold: number;
  threshold_mode: 'rel' | 'abs';
  cooldown: number;
  eps: number;
  best: number;
  cooldown_counter = 0;
  num_bad_epochs = 0;
  last_epoch = 0;
  private default_min_lr: number | null;
  private min_lrs: readonly number[];
  private lastRates: number[];

  constructor(optimizer: RatedOptimizer, ...options: Given<PlateauOptions>) {
    const given = bindArguments('ReduceLROnPlateau', options, plateauDefaults);
    if (given.factor >= 1) throw new ValueError('Factor should be < 1.0.');
    checkOptimizer(optimizer);
    const { length } = optimizer.param_groups;
    const { min_lr } = given;
    if (typeof min_lr !== 'number' && min_lr.length !== length) throw new ValueError(`expected ${length} min_lrs, got ${min_lr.length}`);
    if (given.mode !== 'min' && given.mode !== 'max') throw new ValueError(`mode ${String(given.mode)} is unknown!`);
    if (given.threshold_mode !== 'rel' && given.threshold_mode !== 'abs') {
      throw new ValueError(`threshold mode ${String(given.threshold_mode)} is unknown!`);
    }
    this.optimizer = optimizer;
    this.mode = given.mode;
    this.factor = given.factor;
    this.patience = given.patience;
    this.threshold = given.threshold;
    this.threshold_mode = given.threshold_mode;
    this.cooldown = given.cooldown;
    this.eps = given.eps;
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

  get_last_lr(): number[] {
    return this.lastRates;
  }

  state_dict(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this).filter(([key]) => key !== 'optimizer'));
  }

  load_state_dict(state_dict: Readonly<Record<string, unknown>>): void {
    Object.assign(this, state_dict);
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
