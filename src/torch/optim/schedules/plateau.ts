import { RuntimeError, ValueError, pythonTypeName, shown } from '../../../core/errors.ts';
import { callable } from '../../../core/callable.ts';
import { declareMethods, signature } from '../../../core/signature.ts';
import { warn } from '../../arguments/warnings.ts';
import { Tensor } from '../../tensor/tensor.ts';
import type { RatedOptimizer } from './base.ts';
import { Schedule, epochDeprecated } from './base.ts';

/** Rates that go by a measure of how training goes on. */

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
   * Tells the measure of an epoch, such as the loss on test data, and lowers the rates where it is time to. The epoch counts itself;
   * PyTorch warns where it is named.
   * @example
   * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
   * const schedule = optim.lr_scheduler.ReduceLROnPlateau(optimizer, { factor: 0.5, patience: 1 });
   * for (const loss of [3, 2, 2, 2]) schedule.step(loss);
   * schedule.get_last_lr(); // → [0.5]
   */
  step(options: { readonly metrics: number | Tensor; readonly epoch?: number | null }): void;
  step(metrics: number | Tensor, epoch?: number | null): void;
  step(metrics: unknown, epoch?: number | null): void {
    const current = metrics instanceof Tensor ? metrics.item() : metrics;
    if (typeof current !== 'number') {
      throw new TypeError(`float() argument must be a string or a real number, not '${pythonTypeName(current)}'`);
    }
    if (epoch !== undefined && epoch !== null) warn(epochDeprecated);
    this.last_epoch = epoch ?? this.last_epoch + 1;
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
export const ReduceLROnPlateau = callable(
  'ReduceLROnPlateau', declareMethods(PlateauSchedule, 'ReduceLROnPlateau', { step: 'metrics, epoch: int = None' }),
);
export type ReduceLROnPlateau = PlateauSchedule;
