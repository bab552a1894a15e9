import { ValueError } from '../../../core/errors.ts';
import { callable } from '../../../core/callable.ts';
import { signature } from '../../../core/signature.ts';
import type { RatedGroup, RatedOptimizer } from './base.ts';
import { LRScheduler, checkOptimizer, forEachGroup } from './base.ts';

/** Rates that go up and down, and the momentum against them. */

type PerGroup = number | readonly number[];

/** Whether the momentum is Adam's first beta. Throws for optimisers that have neither. */
function usesBeta({ defaults }: RatedOptimizer): boolean {
  if (!('momentum' in defaults) && !('betas' in defaults)) {
    throw new ValueError('optimizer must support momentum or beta1 with `cycle_momentum` option enabled');
  }
  return 'betas' in defaults;
}

function setMomentum(group: RatedGroup, momentum: number): void {
  if (group.betas === undefined) group.momentum = momentum;
  else group.betas = [momentum, group.betas[1]];
}

function beginMomentum({ param_groups }: RatedOptimizer, base: readonly number[], most: readonly number[]): void {
  param_groups.forEach((group, i) => {
    setMomentum(group, most[i]);
    group.max_momentum = most[i];
    group.base_momentum = base[i];
  });
}

type Mode = 'triangular' | 'triangular2' | 'exp_range';
type Scale = (x: number) => number;

const cyclic = signature<[
  optimizer: RatedOptimizer, base_lr: PerGroup, max_lr: PerGroup, step_size_up?: number, step_size_down?: number | null, mode?: Mode,
  gamma?: number, scale_fn?: Scale | null, scale_mode?: 'cycle' | 'iterations', cycle_momentum?: boolean, base_momentum?: PerGroup,
  max_momentum?: PerGroup, last_epoch?: number,
]>()('CyclicLR.__init__', [
  'optimizer, base_lr: float | list, max_lr: float | list, step_size_up=2000, step_size_down: int = None',
  "mode='triangular', gamma=1.0, scale_fn: callable = None, scale_mode='cycle', cycle_momentum=True",
  'base_momentum: float | list = 0.8, max_momentum: float | list = 0.9, last_epoch=-1',
]);

class Cycles extends LRScheduler {
  /** The rates at the top of the cycles. */
  max_lrs: number[];
  /** How many steps a cycle has. */
  total_size: number;
  /** What part of them goes up. */
  step_ratio: number;
  /** How the cycles change. */
  mode: Mode;
  /** What rates are multiplied by, each step, where the mode is 'exp_range'. */
  gamma: number;
  /** A function of one's own in the mode's place. */
  _scale_fn_custom: Scale | null;
  /** Whether the function is one of cycles or of steps. */
  scale_mode: 'cycle' | 'iterations';
  /** Whether the momentum goes against the rates. */
  cycle_momentum: boolean;
  declare use_beta1: boolean;
  declare base_momentums: number[];
  declare max_momentums: number[];

  constructor(...given: typeof cyclic.call) {
    const values = cyclic.read(given);
    const { optimizer, last_epoch, step_size_up, mode, scale_fn } = values;
    checkOptimizer(optimizer);
    const base = forEachGroup('base_lr', optimizer, values.base_lr);
    const most = forEachGroup('max_lr', optimizer, values.max_lr);
    if (!['triangular', 'triangular2', 'exp_range'].includes(mode) && scale_fn === null) {
      throw new ValueError('mode is invalid and scale_fn is None');
    }
    const [low, high] = values.cycle_momentum ? (['base', 'max'] as const).map((each) =>
      forEachGroup(`${each}_momentum`, optimizer, values[`${each}_momentum`])) : [[], []];
    const use_beta1 = values.cycle_momentum && usesBeta(optimizer);
    if (last_epoch === -1) {
      optimizer.param_groups.forEach((group, i) => {
        group.lr = base[i];
      });
      if (values.cycle_momentum) beginMomentum(optimizer, low, high);
    }
    super(optimizer, last_epoch);
    this.max_lrs = most;
    this.total_size = step_size_up + (values.step_size_down ?? step_size_up);
    this.step_ratio = step_size_up / this.total_size;
    this.mode = mode;
    this.gamma = values.gamma;
    this._scale_fn_custom = scale_fn;
    this.scale_mode = scale_fn !== null ? values.scale_mode : mode === 'exp_range' ? 'iterations' : 'cycle';
    this.cycle_momentum = values.cycle_momentum;
    if (this.cycle_momentum) Object.assign(this, { use_beta1, base_momentums: low, max_momentums: high });
    this._initial_step();
    this.base_lrs = base;
  }

  /**
   * What the height of a cycle, or of a step, is multiplied by.
   * @example
   * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1, momentum: 0.9 });
   * optim.lr_scheduler.CyclicLR(optimizer, 0.1, 1, { mode: 'triangular2' }).scale_fn(3); // → 0.25
   */
  scale_fn(x: number): number {
    if (this._scale_fn_custom !== null) return this._scale_fn_custom(x);
    return this.mode === 'triangular' ? 1 : this.mode === 'triangular2' ? 1 / 2 ** (x - 1) : this.gamma ** x;
  }

  /** Sets the momentum too, as PyTorch's does. */
  override get_lr(): number[] {
    this.warnOutsideStep();
    const { last_epoch, total_size, step_ratio } = this;
    const cycle = Math.floor(1 + last_epoch / total_size);
    const x = 1 + last_epoch / total_size - cycle;
    const height = x <= step_ratio ? x / step_ratio : (x - 1) / (step_ratio - 1);
    const scale = this.scale_fn(this.scale_mode === 'cycle' ? cycle : last_epoch);
    const rates = this.base_lrs.map((base, i) => base + (this.max_lrs[i] - base) * height * scale);
    if (this.cycle_momentum) {
      this.optimizer.param_groups.forEach((group, i) => {
        const most = this.max_momentums[i];
        setMomentum(group, most - (most - this.base_momentums[i]) * height * scale);
      });
    }
    return rates;
  }
}

/**
 * Rates that go up and down between two bounds, and the momentum against them. Source: torch.optim.lr_scheduler.CyclicLR.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1, momentum: 0.9 });
 * const schedule = optim.lr_scheduler.CyclicLR(optimizer, 0, 1, { step_size_up: 2 });
 * const rates = Array.from({ length: 4 }, () => {
 *   optimizer.step();
 *   schedule.step();
 *   return optimizer.param_groups[0].lr;
 * });
 * rates; // → [0.5, 1, 0.5, 0]
 */
export const CyclicLR = callable('CyclicLR', Cycles);
export type CyclicLR = Cycles;

const oneCycle = signature<[
  optimizer: RatedOptimizer, max_lr: PerGroup, total_steps?: number | null, epochs?: number | null, steps_per_epoch?: number | null,
  pct_start?: number, anneal_strategy?: 'cos' | 'linear', cycle_momentum?: boolean, base_momentum?: PerGroup, max_momentum?: PerGroup,
  div_factor?: number, final_div_factor?: number, three_phase?: boolean, last_epoch?: number,
]>()('OneCycleLR.__init__', [
  'optimizer, max_lr: float | list, total_steps=None, epochs=None, steps_per_epoch=None',
  "pct_start=0.3, anneal_strategy='cos', cycle_momentum=True, base_momentum: float | list = 0.85",
  'max_momentum: float | list = 0.95, div_factor=25.0, final_div_factor=10000.0, three_phase=False, last_epoch=-1',
]);

type Rate = 'initial_lr' | 'max_lr' | 'min_lr';
type Momentum = 'base_momentum' | 'max_momentum';

/** A part of the cycle: until which step it goes from which rate and momentum to which, by their names in the groups. */
interface Phase {
  readonly end_step: number;
  readonly start_lr: Rate;
  readonly end_lr: Rate;
  readonly start_momentum: Momentum;
  readonly end_momentum: Momentum;
}

function phasesOf(total: number, start: number, three: boolean): Phase[] {
  const up: Phase = {
    end_step: start * total - 1, start_lr: 'initial_lr', end_lr: 'max_lr', start_momentum: 'max_momentum', end_momentum: 'base_momentum',
  };
  if (!three) {
    return [up, {
      end_step: total - 1, start_lr: 'max_lr', end_lr: 'min_lr', start_momentum: 'base_momentum', end_momentum: 'max_momentum',
    }];
  }
  return [up, {
    end_step: 2 * start * total - 2, start_lr: 'max_lr', end_lr: 'initial_lr', start_momentum: 'base_momentum',
    end_momentum: 'max_momentum',
  }, { end_step: total - 1, start_lr: 'initial_lr', end_lr: 'min_lr', start_momentum: 'max_momentum', end_momentum: 'max_momentum' }];
}

function positive(name: string, value: number): number {
  if (!Number.isInteger(value) || value <= 0) throw new ValueError(`Expected positive integer ${name}, but got ${String(value)}`);
  return value;
}

class OneCycle extends LRScheduler {
  /** How many steps the cycle has. */
  total_steps: number;
  /** The parts of the cycle. */
  _schedule_phases: Phase[];
  /** Along which curve the rates go. */
  _anneal_func_type: 'cos' | 'linear';
  /** Whether the momentum goes against the rates. */
  cycle_momentum: boolean;
  declare use_beta1: boolean;

  constructor(...given: typeof oneCycle.call) {
    const values = oneCycle.read(given);
    const { optimizer, last_epoch, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum } = values;
    checkOptimizer(optimizer);
    let total: number;
    if (total_steps !== null) total = positive('total_steps', total_steps);
    else if (epochs !== null && steps_per_epoch !== null) {
      total = positive('epochs', epochs) * positive('steps_per_epoch', steps_per_epoch);
    } else throw new ValueError('You must define either total_steps OR (epochs AND steps_per_epoch)');
    if (!(pct_start >= 0 && pct_start <= 1)) throw new ValueError(`Expected float between 0 and 1 pct_start, but got ${pct_start}`);
    if (!['cos', 'linear'].includes(anneal_strategy)) {
      throw new ValueError(`anneal_strategy must be one of 'cos' or 'linear', instead got ${anneal_strategy}`);
    }
    const most = forEachGroup('max_lr', optimizer, values.max_lr);
    const use_beta1 = cycle_momentum && usesBeta(optimizer);
    const [high, low] = cycle_momentum ? (['max', 'base'] as const).map((each) =>
      forEachGroup(`${each}_momentum`, optimizer, values[`${each}_momentum`])) : [[], []];
    if (last_epoch === -1) {
      optimizer.param_groups.forEach((group, i) => {
        group.initial_lr = most[i] / values.div_factor;
        group.max_lr = most[i];
        group.min_lr = group.initial_lr / values.final_div_factor;
      });
      if (cycle_momentum) beginMomentum(optimizer, low, high);
    }
    super(optimizer, last_epoch);
    this.total_steps = total;
    this._schedule_phases = phasesOf(total, pct_start, values.three_phase);
    this._anneal_func_type = anneal_strategy;
    this.cycle_momentum = cycle_momentum;
    if (cycle_momentum) this.use_beta1 = use_beta1;
    this._initial_step();
  }

  private between(start: number, end: number, part: number): number {
    if (this._anneal_func_type === 'linear') return (end - start) * part + start;
    return end + ((start - end) / 2) * (Math.cos(Math.PI * part) + 1);
  }

  /** Sets the momentum too, as PyTorch's does. */
  override get_lr(): number[] {
    this.warnOutsideStep();
    const { last_epoch: step, total_steps, _schedule_phases: phases } = this;
    if (step > total_steps) {
      throw new ValueError(`Tried to step ${step} times. The specified number of total steps is ${total_steps}`);
    }
    const found = phases.findIndex(({ end_step }) => step <= end_step);
    const at = found < 0 ? phases.length - 1 : found;
    const from = at === 0 ? 0 : phases[at - 1].end_step;
    const phase = phases[at];
    const part = (step - from) / (phase.end_step - from);
    return this.optimizer.param_groups.map((group) => {
      if (this.cycle_momentum) setMomentum(group, this.between(group[phase.start_momentum]!, group[phase.end_momentum]!, part));
      return this.between(group[phase.start_lr]!, group[phase.end_lr]!, part);
    });
  }
}

/**
 * One cycle for all of training: up to max_lr, and down to far below where it began; the momentum goes against it. It is stepped after
 * every batch. Source: torch.optim.lr_scheduler.OneCycleLR.
 * @example
 * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1, momentum: 0.9 });
 * const schedule = optim.lr_scheduler.OneCycleLR(optimizer, { max_lr: 1, total_steps: 5, pct_start: 0.4 });
 * const rates = Array.from({ length: 4 }, () => {
 *   optimizer.step();
 *   schedule.step();
 *   return optimizer.param_groups[0].lr.toFixed(3);
 * });
 * rates; // → ['1.000', '0.750', '0.250', '0.000']
 */
export const OneCycleLR = callable('OneCycleLR', OneCycle);
export type OneCycleLR = OneCycle;
