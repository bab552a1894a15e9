import { ValueError, lengthOf, listOf, pythonTypeName } from '../../../core/errors.ts';
import { callable } from '../../../core/callable.ts';
import { dictOf } from '../../../core/options.ts';
import { signature } from '../../../core/signature.ts';
import type { LRScheduler, RatedOptimizer } from './base.ts';
import { Schedule } from './base.ts';
import { ReduceLROnPlateau } from './plateau.ts';

/** Schedules that are made of others. */

/** A schedule that may be a part of another. */
type Part = LRScheduler | Combined;

const nameOf = (value: object): string => value.constructor.name;

/** Throws for what is no schedule, asks for a measure, or belongs to another optimiser. */
function checkParts(name: string, parts: readonly Part[], optimizer: RatedOptimizer | undefined): void {
  parts.forEach((part: unknown, i) => {
    if (!(part instanceof Schedule)) throw new TypeError(`${name} at index ${i} should have \`optimizer\` as its attribute.`);
    if (part instanceof ReduceLROnPlateau) {
      throw new ValueError(`${name} does not support \`ReduceLROnPlateau\` scheduler as it requires additional kwargs to be specified `
        + `when calling \`step\`, but got one at index ${i} in the given schedulers sequence.`);
    }
    if (part.optimizer !== optimizer) {
      throw new ValueError(`${name} expects all schedulers to belong to the same optimizer, but got scheduler ${nameOf(part)} at index `
        + `${i} has ${String(part.optimizer)}, which is different from ${pythonTypeName(optimizer ?? null)}.`);
    }
  });
}

abstract class Combined extends Schedule {
  /** The schedules that it is made of. */
  readonly _schedulers: readonly Part[];

  constructor(optimizer: RatedOptimizer, parts: readonly Part[]) {
    super(optimizer);
    this._schedulers = parts;
  }

  /** Sets the rates of the next epoch. */
  abstract step(): void;

  /**
   * Its own fields, and the states of its schedules under `_schedulers`.
   * @example
   * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.1 });
   * const { ConstantLR, StepLR, ChainedScheduler } = optim.lr_scheduler;
   * const schedule = ChainedScheduler([ConstantLR(optimizer), StepLR(optimizer, 30)]);
   * (schedule.state_dict()._schedulers as { step_size: number }[])[1].step_size; // → 30
   */
  override state_dict(): Record<string, unknown> {
    return { ...super.state_dict(), _schedulers: this._schedulers.map((part) => part.state_dict()) };
  }

  /**
   * Takes over the fields that `state_dict` gave, those of its schedules too.
   * @example
   * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.1 });
   * const schedule = optim.lr_scheduler.ChainedScheduler([optim.lr_scheduler.StepLR(optimizer, 30)]);
   * schedule.load_state_dict({ ...schedule.state_dict(), _last_lr: [0.5] });
   * schedule.get_last_lr(); // → [0.5]
   */
  override load_state_dict(state_dict: Readonly<Record<string, unknown>>): void {
    const { _schedulers: states, ...own } = dictOf(state_dict);
    super.load_state_dict(own);
    (states as readonly Record<string, unknown>[]).forEach((state, i) => this._schedulers[i].load_state_dict(state));
  }
}

const chained = signature<[schedulers: Iterable<Part>, optimizer?: RatedOptimizer | null]>()(
  'ChainedScheduler.__init__', 'schedulers, optimizer=None');

class Chain extends Combined {
  constructor(...given: typeof chained.call) {
    const { schedulers, optimizer } = chained.read(given);
    const parts = listOf(schedulers);
    if (parts.length < 1) throw new ValueError('ChainedScheduler expects at least one scheduler to be chained, but got no scheduler.');
    const owner = optimizer ?? (parts[0] as Partial<Part> | null)?.optimizer;
    checkParts('ChainedScheduler', parts, owner);
    super(parts[0].optimizer, parts);
    this._last_lr = this.optimizer.param_groups.map(({ lr }) => lr);
  }

  /**
   * Steps all schedules, one after the other.
   * @example
   * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 1 });
   * const { ExponentialLR, ChainedScheduler } = optim.lr_scheduler;
   * const schedule = ChainedScheduler([ExponentialLR(optimizer, 0.5), ExponentialLR(optimizer, 0.25)]);
   * optimizer.step();
   * schedule.step();
   * schedule.get_last_lr(); // → [0.125]
   */
  override step(): void {
    for (const part of this._schedulers) part.step();
    this._last_lr = this.optimizer.param_groups.map(({ lr }) => lr);
  }
}

/**
 * Several schedules at once, each on what the one before has made of the rates. Source: torch.optim.lr_scheduler.ChainedScheduler.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
 * const { ConstantLR, ExponentialLR, ChainedScheduler } = optim.lr_scheduler;
 * const warm = ConstantLR(optimizer, { factor: 0.5, total_iters: 2 });
 * const schedule = ChainedScheduler([warm, ExponentialLR(optimizer, 0.5)]);
 * const rates = Array.from({ length: 3 }, () => {
 *   optimizer.step();
 *   schedule.step();
 *   return optimizer.param_groups[0].lr;
 * });
 * rates; // → [0.25, 0.25, 0.125]
 */
export const ChainedScheduler = callable('ChainedScheduler', Chain);
export type ChainedScheduler = Chain;

/** The count of an epoch goes back by one, in all schedules that a schedule is made of. */
function undo(schedule: Part | { readonly _schedulers: readonly Part[] }): void {
  if ('_schedulers' in schedule) schedule._schedulers.forEach(undo);
  else schedule.last_epoch--;
}

const sequential = signature<
  [optimizer: RatedOptimizer, schedulers: Iterable<Part>, milestones: readonly number[], last_epoch?: number]
>()('SequentialLR.__init__', 'optimizer, schedulers, milestones: list, last_epoch=-1');

class Sequence extends Combined {
  /** The epochs at which the next schedule takes over. */
  readonly _milestones: readonly number[];
  /** The number of the epoch that the rates are for, from 0. */
  last_epoch: number;

  constructor(...given: typeof sequential.call) {
    const { optimizer, schedulers, milestones, last_epoch } = sequential.read(given);
    const parts = listOf(schedulers);
    if (parts.length < 1) throw new ValueError('SequentialLR expects at least one scheduler, but got no scheduler.');
    checkParts('SequentialLR', parts, optimizer);
    if (lengthOf(milestones) !== parts.length - 1) {
      throw new ValueError('Sequential Schedulers expects number of schedulers provided to be one more than the number of milestone '
        + `points, but got number of schedulers ${parts.length} and the number of milestones to be equal to ${milestones.length}`);
    }
    super(optimizer, parts);
    this._milestones = milestones;
    this.last_epoch = last_epoch + 1;
    // As if none of them had begun but that whose turn it is.
    for (const group of optimizer.param_groups) group.lr = group.initial_lr ?? group.lr;
    undo(this);
    const first = parts[this.turn(0)];
    if ('_initial_step' in first) first._initial_step();
    this._last_lr = first.get_last_lr();
  }

  /** Whose turn it is in an epoch. */
  private turn(epoch: number): number {
    return this._milestones.filter((milestone) => milestone <= epoch).length;
  }

  /**
   * Steps the schedule whose turn it is.
   * @example
   * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 1 });
   * const { ExponentialLR, SequentialLR } = optim.lr_scheduler;
   * const schedule = SequentialLR(optimizer, [ExponentialLR(optimizer, 0.5), ExponentialLR(optimizer, 0.1)], [1]);
   * optimizer.step();
   * schedule.step();
   * schedule.get_last_lr(); // → [1]
   */
  override step(): void {
    this.last_epoch++;
    const turn = this.turn(this.last_epoch);
    const part = this._schedulers[turn];
    if (turn > 0 && this._milestones[turn - 1] === this.last_epoch && '_update_lr' in part) part._update_lr(0);
    else part.step();
    this._last_lr = part.get_last_lr();
  }
}

/**
 * Schedules one after the other, each from the epoch of its milestone on. Source: torch.optim.lr_scheduler.SequentialLR.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
 * const { ConstantLR, ExponentialLR, SequentialLR } = optim.lr_scheduler;
 * const warm = ConstantLR(optimizer, { factor: 0.25, total_iters: 2 });
 * const schedule = SequentialLR(optimizer, [warm, ExponentialLR(optimizer, 0.5)], [2]);
 * const rates = Array.from({ length: 4 }, () => {
 *   optimizer.step();
 *   schedule.step();
 *   return optimizer.param_groups[0].lr;
 * });
 * rates; // → [0.25, 1, 0.5, 0.25]
 */
export const SequentialLR = callable('SequentialLR', Sequence);
export type SequentialLR = Sequence;
