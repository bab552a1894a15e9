import { ValueError } from '../../../core/errors.ts';
import { callable } from '../../../core/callable.ts';
import { signature } from '../../../core/signature.ts';
import type { RatedOptimizer } from '../schedules/base.ts';
import { LRScheduler, checkOptimizer, forEachGroup } from '../schedules/base.ts';

type Strategy = 'cos' | 'linear';

const parameters = signature<
  [optimizer: RatedOptimizer, swa_lr: number | readonly number[], anneal_epochs?: number, anneal_strategy?: Strategy, last_epoch?: number]
>()('SWALR.__init__', "optimizer, swa_lr: float | list, anneal_epochs=10, anneal_strategy='cos', last_epoch=-1");

class Annealing extends LRScheduler {
  /** How many epochs it takes to reach the last rate. */
  anneal_epochs: number;
  /** Along which curve the rates go. */
  _anneal_strategy: Strategy;

  constructor(...given: typeof parameters.call) {
    const { optimizer, swa_lr, anneal_epochs, anneal_strategy, last_epoch } = parameters.read(given);
    checkOptimizer(optimizer);
    const rates = forEachGroup('swa_lr', optimizer, swa_lr);
    if (!['cos', 'linear'].includes(anneal_strategy)) {
      throw new ValueError(`anneal_strategy must be one of 'cos' or 'linear', instead got ${anneal_strategy}`);
    }
    if (anneal_epochs < 0) throw new ValueError(`anneal_epochs must be equal or greater than 0, got ${anneal_epochs}`);
    super(optimizer, last_epoch);
    optimizer.param_groups.forEach((group, i) => {
      group.swa_lr = rates[i];
    });
    this.anneal_epochs = anneal_epochs;
    this._anneal_strategy = anneal_strategy;
    this._initial_step();
  }

  /** How much of the last rate there is in that of a step. */
  private share(step: number): number {
    const part = Math.max(0, Math.min(1, step / Math.max(1, this.anneal_epochs)));
    return this._anneal_strategy === 'linear' ? part : (1 - Math.cos(Math.PI * part)) / 2;
  }

  override get_lr(): number[] {
    this.warnOutsideStep();
    const step = this.anneal_epochs === 0 ? Math.max(1, this._step_count - 1) : this._step_count - 1;
    const [before, now] = [this.share(step - 1), this.share(step)];
    return this.optimizer.param_groups.map(({ lr, swa_lr: last }) => {
      const first = before === 1 ? last! : (lr - before * last!) / (1 - before);
      return last! * now + first * (1 - now);
    });
  }
}

/**
 * From the rates as they are to one that stays, in `anneal_epochs` epochs, while weights are averaged.
 * Source: torch.optim.swa_utils.SWALR.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
 * const schedule = optim.swa_utils.SWALR(optimizer, 0.5, { anneal_epochs: 2, anneal_strategy: 'linear' });
 * const rates = Array.from({ length: 3 }, () => {
 *   optimizer.step();
 *   schedule.step();
 *   return optimizer.param_groups[0].lr;
 * });
 * rates; // → [0.75, 0.5, 0.5]
 */
export const SWALR = callable('SWALR', Annealing);
export type SWALR = Annealing;
