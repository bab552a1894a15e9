import { KeyError, NotImplementedError, ValueError, pythonTypeName } from '../../../core/errors.ts';
import { dictOf } from '../../../core/options.ts';
import type { Callable } from '../../../core/callable.ts';
import { callable } from '../../../core/callable.ts';
import type { Call, NamesOf, Text, Values } from '../../../core/signature.ts';
import { Signature, declareMethods } from '../../../core/signature.ts';
import { warn } from '../../arguments/warnings.ts';
import type { Betas } from '../declare.ts';
import { Optimizer } from '../optimizer.ts';

/** What all schedules have in common, and how those by a formula are declared. */

/** A group of parameters as a schedule sees it. */
export interface RatedGroup {
  lr: number;
  initial_lr?: number;
  max_lr?: number;
  min_lr?: number;
  swa_lr?: number;
  momentum?: number;
  betas?: Betas;
  base_momentum?: number;
  max_momentum?: number;
}

/** An optimiser as a schedule sees it: any of torch.optim. */
export interface RatedOptimizer {
  /** Groups of parameters, each with its rate. */
  readonly param_groups: RatedGroup[];
  /** The options of groups that say nothing else. */
  readonly defaults: object;
  /** How often it made a step. */
  readonly stepCount: number;
}

export function checkOptimizer(optimizer: unknown): void {
  if (!(optimizer instanceof Optimizer)) throw new TypeError(`${pythonTypeName(optimizer)} is not an Optimizer`);
}

/** A value for each group: those of a list, or one for all. */
export function forEachGroup(name: string, { param_groups: { length } }: RatedOptimizer, value: number | readonly number[]): number[] {
  if (!Array.isArray(value)) return new Array<number>(length).fill(value as number);
  if (value.length !== length) {
    throw new ValueError(
      `${name} must have the same length as optimizer.param_groups. ${name} has ${value.length} values, param_groups has ${length}.`);
  }
  return [...value as readonly number[]];
}

/** What every schedule keeps, shows and saves. */
export abstract class Schedule {
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
   * The rates of the epoch that the schedule is at, which `step` sets; `get_last_lr` is for those that were set. A schedule of one's
   * own writes it; others throw a NotImplementedError.
   * @example
   * class Halving extends optim.lr_scheduler.LRScheduler {
   *   constructor(optimizer: optim.lr_scheduler.RatedOptimizer) {
   *     super(optimizer);
   *     this._initial_step();
   *   }
   *   override get_lr() { return this.base_lrs.map((lr) => lr * 0.5 ** this.last_epoch); }
   * }
   * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 1 });
   * const schedule = new Halving(optimizer);
   * optimizer.step();
   * schedule.step();
   * schedule.get_last_lr(); // → [0.5]
   */
  get_lr(): number[] {
    throw new NotImplementedError('');
  }

  /**
   * Every field but the optimiser, under PyTorch's own names. Functions are not saved: null stands in their place.
   * @example
   * const schedule = optim.lr_scheduler.StepLR(optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.1 }), 30);
   * schedule.state_dict().step_size; // → 30
   */
  state_dict(): Record<string, unknown> {
    const saved = (value: unknown): unknown => (Array.isArray(value) ? value.map(saved) : typeof value === 'function' ? null : value);
    return Object.fromEntries(Object.entries(this).filter(([key]) => key !== 'optimizer').map(([key, value]) => [key, saved(value)]));
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
      // What is null, by itself or in a list, was a function, which stays as it is.
      const kept = own[key];
      if (Array.isArray(value)) own[key] = value.map((each: unknown, i) => each ?? (kept as readonly unknown[] | undefined)?.[i] ?? null);
      else if (value !== null || typeof kept !== 'function') own[key] = value;
    }
  }
}

export const epochDeprecated = 'The epoch parameter in `scheduler.step()` was not necessary and is being deprecated where possible. '
  + 'Please use `scheduler.step()` to step the scheduler. During the deprecation, if epoch is different from None, the closed form is used '
  + 'instead of the new chainable form, where available. Please open an issue if you are unable to replicate your use case: '
  + 'https://github.com/pytorch/pytorch/issues/new/choose.';

/**
 * The base of schedules: `step()` once after every epoch. One of one's own writes `get_lr` and calls `_initial_step` when its fields are
 * set. Source: torch.optim.lr_scheduler.LRScheduler.
 * @example
 * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.1 });
 * optim.lr_scheduler.StepLR(optimizer, 30) instanceof optim.lr_scheduler.LRScheduler; // → true
 */
export abstract class LRScheduler extends Schedule {
  /** The rate of each group before the schedule began. */
  base_lrs: number[];
  /** The number of the epoch that the rates are for, from 0. */
  last_epoch: number;
  /** How often the rates were set. */
  _step_count = 0;
  /** Part of PyTorch's state: true only while the schedule is being made. */
  _is_initial = false;
  /** Part of PyTorch's state: true only while the rates are being set. */
  _get_lr_called_within_step = false;

  /** All schedules are instances of it, as in PyTorch, also those that are made of others and those that go by a measure. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    const type = this as unknown;
    return Function.prototype[Symbol.hasInstance].call(type === LRScheduler ? Schedule : type as typeof Schedule, value);
  }

  constructor(optimizer: RatedOptimizer, last_epoch = -1) {
    super(optimizer);
    this.last_epoch = last_epoch;
    optimizer.param_groups.forEach((group, i) => {
      if (last_epoch === -1) group.initial_lr ??= group.lr;
      else if (group.initial_lr === undefined) {
        throw new KeyError(`param 'initial_lr' is not specified in param_groups[${i}] when resuming scheduler with last_epoch >= 0.
This typically happens when:
1. You're trying to resume training from a checkpoint but haven't properly loaded the optimizer state
2. You're using last_epoch >= 0 for a fresh training run (not recommended)`);
      }
    });
    this.base_lrs = optimizer.param_groups.map((group) => group.initial_lr!);
  }

  /** The rates of an epoch by themselves, where a schedule knows them without the epochs before. */
  protected closedForm(): number[] | null {
    return null;
  }

  protected warnOutsideStep(): void {
    if (this._get_lr_called_within_step) return;
    warn('To get the last learning rate computed by the scheduler, please use `get_last_lr()`.');
  }

  /** The rates as the optimiser has them. */
  protected rates(): number[] {
    return this.optimizer.param_groups.map(({ lr }) => lr);
  }

  /** Sets the rates of the first epoch, when all fields are set. */
  _initial_step(): void {
    this._step_count = 0;
    this._is_initial = true;
    try {
      this.step();
    } finally {
      this._is_initial = false;
    }
  }

  /**
   * Sets the rates of the next epoch, or of the one that is named, of which PyTorch warns. Warns where the optimiser has not made a step
   * before.
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
  step(options: { readonly epoch?: number | null }): void;
  step(epoch?: number | null): void;
  step(epoch?: unknown): void {
    if (this._step_count === 1 && this.optimizer.stepCount === 0) {
      warn('Detected call of `lr_scheduler.step()` before `optimizer.step()`. In PyTorch 1.1.0 and later, you should call them in the '
        + 'opposite order: `optimizer.step()` before `lr_scheduler.step()`.  Failure to do this will result in PyTorch skipping the first '
        + 'value of the learning rate schedule. See more details at '
        + 'https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate');
    }
    this._step_count++;
    const given = epoch as number | null | undefined ?? null;
    if (given !== null) warn(epochDeprecated);
    this._update_lr(given);
  }

  /** Sets the rates of the next epoch, or of another. */
  _update_lr(epoch: number | null = null): void {
    this._get_lr_called_within_step = true;
    let rates: readonly number[];
    try {
      this.last_epoch = epoch ?? this.last_epoch + 1;
      rates = (epoch === null ? null : this.closedForm()) ?? this.get_lr();
    } finally {
      this._get_lr_called_within_step = false;
    }
    this.set(rates);
  }

  protected set(rates: readonly number[]): void {
    const groups = this.optimizer.param_groups;
    if (rates.length !== groups.length) {
      throw new ValueError(`zip() argument 2 is ${rates.length < groups.length ? 'shorter' : 'longer'} than argument 1`);
    }
    groups.forEach((group, i) => {
      group.lr = rates[i];
    });
    this._last_lr = this.rates();
  }
}

declareMethods(LRScheduler, 'LRScheduler', { step: 'epoch: float = None' });

/** How a schedule by a formula is declared, from the values V of its call. */
interface Declaration<V, F extends object> {
  /** The fields that the schedule has and saves. Throws for values that it refuses. */
  readonly fields: (values: V) => F;
  /** The rate for the schedule's `last_epoch` from the one before; `initial` where the schedule is being made. */
  rate(lr: number, schedule: LRScheduler & F, index: number, initial: boolean): number;
  /** The rate for the schedule's `last_epoch` from the first, where it can be known. */
  closed?(base: number, schedule: LRScheduler & F): number;
}

type AnySignature = Signature<readonly string[], readonly unknown[], unknown>;

export class DeclaredSchedule extends LRScheduler {
  /** Not a field, which would be saved. */
  readonly #declaration: Declaration<unknown, object>;

  constructor(parameters: AnySignature, declaration: Declaration<unknown, object>, given: readonly unknown[]) {
    const values = parameters.read(given) as unknown as { readonly optimizer: RatedOptimizer; readonly last_epoch: number };
    checkOptimizer(values.optimizer);
    const own = declaration.fields(values);
    super(values.optimizer, values.last_epoch);
    Object.assign(this, own);
    this.#declaration = declaration;
    this._initial_step();
  }

  override get_lr(): number[] {
    this.warnOutsideStep();
    return this.optimizer.param_groups.map(({ lr }, i) => this.#declaration.rate(lr, this, i, this._is_initial));
  }

  protected override closedForm(): number[] | null {
    if (this.#declaration.closed === undefined) return null;
    return this.base_lrs.map((base) => this.#declaration.closed!(base, this));
  }
}

/** The class of a schedule whose parameters are the optimiser, P and the last epoch. */
export const scheduled = <P extends readonly unknown[]>() => <const T extends Text, F extends object>(
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
