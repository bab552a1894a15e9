import { KeyError, RuntimeError, ValueError, checkCallable, listOf, pythonTypeName, shown } from '../../core/errors.ts';
import { dictOf } from '../../core/options.ts';
import type { Callable } from '../../core/callable.ts';
import { callable } from '../../core/callable.ts';
import type { Call, NamesOf, Text, Values } from '../../core/signature.ts';
import { Signature, signature } from '../../core/signature.ts';
import { Tensor } from '../tensor/tensor.ts';
import { warn } from '../arguments/warnings.ts';
import { Optimizer } from './optimizer.ts';

/** Learning rates that change as training goes on. Source: torch.optim.lr_scheduler. */

/** A group of parameters as a schedule sees it. */
interface RatedGroup {
  lr: number;
  initial_lr?: number;
}

/** An optimiser as a schedule sees it: any of torch.optim. */
export interface RatedOptimizer {
  /** Groups of parameters, each with its rate. */
  readonly param_groups: RatedGroup[];
  /** How often it made a step. */
  readonly stepCount: number;
}

function checkOptimizer(optimizer: unknown): void {
  if (!(optimizer instanceof Optimizer)) throw new TypeError(`${pythonTypeName(optimizer)} is not an Optimizer`);
}

/** What every schedule keeps, shows and saves. */
abstract class Schedule {
  /** The optimiser whose rates it sets. */
  readonly optimizer: RatedOptimizer;
  /** What get_last_lr gives. */
  _last_lr: number[] = [];

  constructor(optimizer: RatedOptimizer) {
    checkOptimizer(optimizer);
    this.optimizer = optimizer;
  }

  /**
   * The rate of each group of parameters, as the schedule set it last.
   * @example
   * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.1 });
   * const schedule = optim.lr_scheduler.ExponentialLR(optimizer, 0.5);
   * optimizer.step();
   * schedule.step();
   * schedule.get_last_lr(); // → [0.05]
   */
  get_last_lr(): number[] {
    return this._last_lr;
  }

  /**
   * Every field but the optimiser, under PyTorch's own names. Functions are not saved: lists have null in their place.
   * @example
   * const schedule = optim.lr_scheduler.StepLR(optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.1 }), 30);
   * schedule.state_dict().step_size; // → 30
   */
  state_dict(): Record<string, unknown> {
    const saved = (value: unknown): unknown => (Array.isArray(value) ? value.map(saved) : typeof value === 'function' ? null : value);
    return Object.fromEntries(Object.entries(this).filter(([key, value]) => key !== 'optimizer' && typeof value !== 'function')
      .map(([key, value]) => [key, saved(value)]));
  }

  /**
   * Takes over the fields that `state_dict` gave, to go on where training stopped; the optimiser has a state of its own.
   * @example
   * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.1 });
   * const schedule = optim.lr_scheduler.StepLR(optimizer, 30);
   * schedule.load_state_dict({ ...schedule.state_dict(), last_epoch: 12 });
   * schedule.last_epoch; // → 12
   */
  load_state_dict(state_dict: Readonly<Record<string, unknown>>): void {
    const own = this as unknown as Record<string, unknown>;
    for (const [key, value] of Object.entries(dictOf(state_dict))) {
      // What is null in a list was a function, which stays as it is.
      const kept = (own[key] ?? []) as readonly unknown[];
      own[key] = Array.isArray(value) ? value.map((each: unknown, i) => each ?? kept[i] ?? null) : value;
    }
  }
}

/**
 * The base of schedules by a formula: `step()` once after every epoch. Source: torch.optim.lr_scheduler.LRScheduler.
 * @example
 * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.1 });
 * optim.lr_scheduler.StepLR(optimizer, 30) instanceof optim.lr_scheduler.LRScheduler; // → true
 */
export abstract class LRScheduler extends Schedule {
  /** The rate of each group before the schedule began. */
  readonly base_lrs: number[];
  /** The number of the epoch that the rates are for, from 0. */
  last_epoch: number;
  /** How often the rates were set. */
  _step_count = 0;
  /** Part of PyTorch's state: true only while the schedule is being made. */
  _is_initial = false;
  /** Part of PyTorch's state: true only while the rates are being set. */
  _get_lr_called_within_step = false;

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

  /**
   * Sets the rates of the next epoch. Warns where the optimiser has not made a step before.
   * @example
   * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 1 });
   * const schedule = optim.lr_scheduler.StepLR(optimizer, 2);
   * for (let epoch = 0; epoch < 5; epoch++) {
   *   console.log(optimizer.param_groups[0].lr);
   *   optimizer.step();
   *   schedule.step();
   * } // → 1
   *   //   1
   *   //   0.1
   *   //   0.1
   *   //   0.010000000000000002
   */
  step(): void {
    if (this._step_count === 1 && this.optimizer.stepCount === 0) {
      warn('Detected call of `lr_scheduler.step()` before `optimizer.step()`. In PyTorch 1.1.0 and later, you should call them in the '
        + 'opposite order: `optimizer.step()` before `lr_scheduler.step()`.  Failure to do this will result in PyTorch skipping the first '
        + 'value of the learning rate schedule. See more details at '
        + 'https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate');
    }
    this.advance(false);
  }

  private advance(initial: boolean): void {
    this._step_count++;
    this.last_epoch++;
    const groups = this.optimizer.param_groups;
    const rates = groups.map((group, i) => this.rate(group, i, initial));
    groups.forEach((group, i) => {
      group.lr = rates[i];
    });
    this._last_lr = rates;
  }
}

/** How a schedule by a formula is declared, from the values V of its call. */
interface Declaration<V, F extends object> {
  /** The fields that the schedule has and saves. Throws for values that it refuses. */
  readonly fields: (values: V) => F;
  /** The rate for the schedule's `last_epoch` from the one before; `initial` where the schedule is being made. */
  rate(lr: number, schedule: LRScheduler & F, index: number, initial: boolean): number;
}

type AnySignature = Signature<readonly string[], readonly unknown[], unknown>;

class DeclaredSchedule extends LRScheduler {
  private readonly formula: (lr: number, schedule: LRScheduler, index: number, initial: boolean) => number;

  constructor(parameters: AnySignature, { fields, rate }: Declaration<unknown, object>, given: readonly unknown[]) {
    const values = parameters.read(given) as unknown as { readonly optimizer: RatedOptimizer; readonly last_epoch: number };
    checkOptimizer(values.optimizer);
    const own = fields(values);
    super(values.optimizer, values.last_epoch);
    Object.assign(this, own);
    this.formula = rate;
    this.begin();
  }

  protected override rate({ lr }: Readonly<RatedGroup>, index: number, initial: boolean): number {
    return this.formula(lr, this, index, initial);
  }
}

/** The class of a schedule whose parameters are the optimiser, P and the last epoch. */
const scheduled = <P extends readonly unknown[]>() => <const T extends Text, F extends object>(
  name: string, text: T,
  declaration: Declaration<Values<NamesOf<T>, [optimizer: RatedOptimizer, ...P, last_epoch?: number], unknown>, F>,
): Callable<new (...given: Call<NamesOf<T>, [optimizer: RatedOptimizer, ...P, last_epoch?: number]>) => DeclaredSchedule & F> => {
  const parameters: AnySignature = new Signature(`${name}.__init__`, text);
  return callable(name, class extends DeclaredSchedule {
    constructor(...given: readonly unknown[]) {
      super(parameters, declaration as unknown as Declaration<unknown, object>, given);
    }
  }) as never;
};

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
});
export type ExponentialLR = InstanceType<typeof ExponentialLR>;

/**
 * Half a cosine from the first rate down to eta_min in T_max epochs. Source: torch.optim.lr_scheduler.CosineAnnealingLR.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
 * const schedule = optim.lr_scheduler.CosineAnnealingLR(optimizer, 4);
 * const rates = Array.from({ length: 4 }, () => {
 *   optimizer.step();
 *   schedule.step();
 *   return optimizer.param_groups[0].lr.toFixed(3);
 * });
 * rates; // → ['0.854', '0.500', '0.146', '0.000']
 */
export const CosineAnnealingLR = scheduled<[T_max: number, eta_min?: number]>()('CosineAnnealingLR',
  'optimizer, T_max: int, eta_min=0.0, last_epoch=-1', {
  fields: ({ T_max, eta_min }) => ({ T_max, eta_min }),
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
 * The first rate times a function of the epoch, or one function for each group. Source: torch.optim.lr_scheduler.LambdaLR.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
 * const schedule = optim.lr_scheduler.LambdaLR(optimizer, (epoch) => 1 / (epoch + 1));
 * optimizer.step();
 * schedule.step();
 * schedule.get_last_lr(); // → [0.5]
 */
export const LambdaLR = scheduled<[lr_lambda: Factor | readonly Factor[]]>()('LambdaLR', 'optimizer, lr_lambda, last_epoch=-1', {
  fields({ optimizer: { param_groups: { length } }, lr_lambda }): { lr_lambdas: readonly Factor[] } {
    if (!Array.isArray(lr_lambda)) {
      checkCallable(lr_lambda);
      return { lr_lambdas: new Array<Factor>(length).fill(lr_lambda) };
    }
    if (lr_lambda.length !== length) throw new ValueError(`Expected ${length} lr_lambdas, but got ${lr_lambda.length}`);
    lr_lambda.forEach(checkCallable);
    return { lr_lambdas: lr_lambda as readonly Factor[] };
  },
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
});
export type LinearLR = InstanceType<typeof LinearLR>;

const plateau = signature<[
  optimizer: RatedOptimizer, mode?: 'min' | 'max', factor?: number, patience?: number, threshold?: number, threshold_mode?: 'rel' | 'abs',
  cooldown?: number, min_lr?: number | readonly number[], eps?: number,
]>()('ReduceLROnPlateau.__init__', [
  "optimizer, mode='min', factor=0.1, patience=10, threshold=0.0001, threshold_mode='rel'",
  'cooldown=0, min_lr: float | list = 0, eps=1e-08',
]);

class PlateauSchedule extends Schedule {
  /** Whether a smaller measure is better, or a larger one. */
  declare mode: 'min' | 'max';
  /** What the rates are multiplied by. */
  declare factor: number;
  /** How many epochs without a better measure are borne. */
  declare patience: number;
  /** How much better a measure must be to count. */
  declare threshold: number;
  /** Whether the threshold is a part of the best measure, or an amount. */
  declare threshold_mode: 'rel' | 'abs';
  /** How many epochs are not counted after the rates were lowered. */
  declare cooldown: number;
  /** Changes of a rate that are not above it are left out. */
  declare eps: number;
  /** The best measure so far. */
  best: number;
  /** How many epochs are still not counted. */
  cooldown_counter = 0;
  /** How many epochs there were since the best. */
  num_bad_epochs = 0;
  /** How many measures were given. */
  last_epoch = 0;
  /** What every measure is better than: the best one before there is any. */
  mode_worse: number;
  private default_min_lr: number | null;
  private min_lrs: readonly number[];

  constructor(...call: typeof plateau.call) {
    const { optimizer, min_lr, ...given } = plateau.read(call);
    if (given.factor >= 1) throw new ValueError('Factor should be < 1.0.');
    super(optimizer);
    const { length } = optimizer.param_groups;
    if (typeof min_lr !== 'number' && min_lr.length !== length) throw new ValueError(`expected ${length} min_lrs, got ${min_lr.length}`);
    if (given.mode !== 'min' && given.mode !== 'max') throw new ValueError(`mode ${shown(given.mode)} is unknown!`);
    if (given.threshold_mode !== 'rel' && given.threshold_mode !== 'abs') {
      throw new ValueError(`threshold mode ${shown(given.threshold_mode)} is unknown!`);
    }
    Object.assign(this, given);
    this.mode_worse = given.mode === 'min' ? Infinity : -Infinity;
    this.best = this.mode_worse;
    this.default_min_lr = typeof min_lr === 'number' ? min_lr : null;
    this.min_lrs = typeof min_lr === 'number' ? new Array<number>(length).fill(min_lr) : [...min_lr];
    this._last_lr = optimizer.param_groups.map((group) => group.lr);
  }

  /**
   * Whether epochs are not counted at the moment.
   * @example
   * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
   * const schedule = optim.lr_scheduler.ReduceLROnPlateau(optimizer, { patience: 0, cooldown: 2 });
   * for (const loss of [1, 2]) schedule.step(loss);
   * schedule.in_cooldown; // → true
   */
  get in_cooldown(): boolean {
    return this.cooldown_counter > 0;
  }

  /**
   * Tells the measure of an epoch, such as the loss on test data, and lowers the rates where it is time to.
   * @example
   * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
   * const schedule = optim.lr_scheduler.ReduceLROnPlateau(optimizer, { factor: 0.5, patience: 1 });
   * for (const loss of [3, 2, 2, 2]) schedule.step(loss);
   * schedule.get_last_lr(); // → [0.5]
   */
  step(metrics: number | Tensor): void {
    const current = metrics instanceof Tensor ? metrics.item() : metrics;
    if (typeof current !== 'number') {
      throw new TypeError(`float() argument must be a string or a real number, not '${pythonTypeName(current)}'`);
    }
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
    this._last_lr = this.optimizer.param_groups.map((group) => group.lr);
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
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
 * const schedule = optim.lr_scheduler.ReduceLROnPlateau(optimizer, { mode: 'max', factor: 0.5, patience: 0 });
 * for (const accuracy of [0.8, 0.9, 0.9, 0.9]) schedule.step(accuracy);
 * schedule.get_last_lr(); // → [0.25]
 */
export const ReduceLROnPlateau = callable('ReduceLROnPlateau', PlateauSchedule);
export type ReduceLROnPlateau = PlateauSchedule;
