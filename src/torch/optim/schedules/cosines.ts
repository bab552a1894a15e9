import { ValueError, pythonTypeName, shown } from '../../../core/errors.ts';
import { callable } from '../../../core/callable.ts';
import { declareMethods, signature } from '../../../core/signature.ts';
import type { RatedOptimizer } from './base.ts';
import { LRScheduler, checkOptimizer, scheduled } from './base.ts';

/** Rates along a cosine. */

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
  rate(lr, { T_max, eta_min, base_lrs, last_epoch: epoch, _step_count }, index, initial) {
    if (initial) return lr;
    // It has become another's turn, by SequentialLR.
    if (_step_count === 1 && epoch > 0) return eta_min + ((base_lrs[index] - eta_min) * (1 + Math.cos((epoch * Math.PI) / T_max))) / 2;
    // At the bottom of the cosine the quotient below would be 0 / 0.
    if ((epoch - 1 - T_max) % (2 * T_max) === 0) return lr + ((base_lrs[index] - eta_min) * (1 - Math.cos(Math.PI / T_max))) / 2;
    return ((1 + Math.cos((Math.PI * epoch) / T_max)) / (1 + Math.cos((Math.PI * (epoch - 1)) / T_max))) * (lr - eta_min) + eta_min;
  },
  closed: (base, { T_max, eta_min, last_epoch }) => eta_min + ((base - eta_min) * (1 + Math.cos((Math.PI * last_epoch) / T_max))) / 2,
});
export type CosineAnnealingLR = InstanceType<typeof CosineAnnealingLR>;

const restarts = signature<[optimizer: RatedOptimizer, T_0: number, T_mult?: number, eta_min?: number, last_epoch?: number]>()(
  'CosineAnnealingWarmRestarts.__init__', 'optimizer, T_0, T_mult: Any = 1, eta_min: Any = 0.0, last_epoch=-1');

class RestartedCosine extends LRScheduler {
  /** How many epochs the first cosine takes. */
  readonly T_0: number;
  /** How many epochs the present one takes. */
  T_i: number;
  /** How many times longer each is than the one before. */
  readonly T_mult: number;
  /** The rate at the bottom. */
  readonly eta_min: number;
  /** How many epochs there were since the last restart. */
  T_cur: number;

  constructor(...given: typeof restarts.call) {
    const { optimizer, T_0, T_mult, eta_min, last_epoch } = restarts.read(given);
    if (!Number.isInteger(T_0) || T_0 <= 0) throw new ValueError(`Expected positive integer T_0, but got ${shown(T_0)}`);
    if (!Number.isInteger(T_mult) || T_mult < 1) throw new ValueError(`Expected integer T_mult >= 1, but got ${shown(T_mult)}`);
    if (typeof eta_min !== 'number') {
      throw new ValueError(`Expected float or int eta_min, but got ${shown(eta_min)} of type <class '${pythonTypeName(eta_min)}'>`);
    }
    checkOptimizer(optimizer);
    super(optimizer, last_epoch);
    this.T_0 = T_0;
    this.T_i = T_0;
    this.T_mult = T_mult;
    this.eta_min = eta_min;
    this.T_cur = last_epoch;
    this._initial_step();
  }

  override get_lr(): number[] {
    this.warnOutsideStep();
    const { T_cur, T_i, eta_min } = this;
    return this.base_lrs.map((base) => eta_min + ((base - eta_min) * (1 + Math.cos((Math.PI * T_cur) / T_i))) / 2);
  }

  /**
   * Sets the rates of the next epoch, or of one that is named, which may be a fraction: the epoch and the part of its batches that
   * were seen.
   * @example
   * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
   * const schedule = optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, 4);
   * schedule.step(5.5);
   * schedule.T_cur; // → 1.5
   */
  override step(options: { readonly epoch?: number | null }): void;
  override step(epoch?: number | null): void;
  override step(given?: unknown): void {
    let epoch = given as number | null | undefined ?? (this.last_epoch < 0 ? 0 : null);
    if (epoch === null) {
      epoch = this.last_epoch + 1;
      this.T_cur++;
      if (this.T_cur >= this.T_i) {
        this.T_cur %= this.T_i;
        this.T_i *= this.T_mult;
      }
    } else {
      if (epoch < 0) throw new ValueError(`Expected non-negative epoch, but got ${epoch}`);
      this.jump(epoch);
    }
    this.last_epoch = Math.floor(epoch);
    this._get_lr_called_within_step = true;
    const rates = this.get_lr();
    this._get_lr_called_within_step = false;
    this.set(rates);
  }

  private jump(epoch: number): void {
    const { T_0, T_mult } = this;
    if (epoch < T_0) {
      this.T_i = T_0;
      this.T_cur = epoch;
    } else if (T_mult === 1) {
      this.T_cur = epoch % T_0;
    } else {
      const n = Math.trunc(Math.log((epoch / T_0) * (T_mult - 1) + 1) / Math.log(T_mult));
      this.T_cur = epoch - (T_0 * (T_mult ** n - 1)) / (T_mult - 1);
      this.T_i = T_0 * T_mult ** n;
    }
  }
}

/**
 * Half cosines from the first rate down to eta_min, each `T_mult` times as long as the one before.
 * Source: torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
 * const schedule = optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, 2, 2);
 * const rates = Array.from({ length: 4 }, () => {
 *   optimizer.step();
 *   schedule.step();
 *   return optimizer.param_groups[0].lr.toFixed(3);
 * });
 * rates; // → ['0.500', '1.000', '0.854', '0.500']
 */
export const CosineAnnealingWarmRestarts = callable(
  'CosineAnnealingWarmRestarts', declareMethods(RestartedCosine, 'CosineAnnealingWarmRestarts', { step: 'epoch: float = None' }),
);
export type CosineAnnealingWarmRestarts = RestartedCosine;
