import { AssertionError } from '../../../core/errors.ts';
import { callable } from '../../../core/callable.ts';
import { declareMethods, signature } from '../../../core/signature.ts';
import { withGradMode } from '../../../autograd/mode.ts';
import type { DeviceLike } from '../../device.ts';
import { int64 } from '../../dtypes/dtypes.ts';
import { tensor } from '../../functions/creation.ts';
import { copyOf } from '../../nn/copy.ts';
import { Module } from '../../nn/module.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { AverageFunction, AveragesFunction } from './functions.ts';
import { get_swa_avg_fn } from './functions.ts';

const parameters = signature<[
  model: Module, device?: DeviceLike | null, avg_fn?: AverageFunction | null, multi_avg_fn?: AveragesFunction | null, use_buffers?: boolean,
]>()('AveragedModel.__init__', 'model, device=None, avg_fn: callable = None, multi_avg_fn: callable = None, use_buffers=False');

class Average extends Module {
  /** The model of the averages: a copy. */
  module: Module;
  /** How many were averaged. */
  declare n_averaged: Tensor;
  /** How one weight is averaged; null for the plain average. */
  avg_fn: AverageFunction | null;
  /** How many are averaged at once. */
  multi_avg_fn: AveragesFunction | null;
  /** Whether buffers are averaged too, rather than copied. */
  use_buffers: boolean;

  constructor(...given: typeof parameters.call) {
    super();
    const { model, device, avg_fn, multi_avg_fn, use_buffers } = parameters.read(given);
    if (avg_fn !== null && multi_avg_fn !== null) throw new AssertionError('Only one of avg_fn and multi_avg_fn should be provided');
    const copy = copyOf(model);
    this.module = device === null ? copy : copy.to(device);
    this.register_buffer('n_averaged', tensor(0, { dtype: int64, ...(device === null ? {} : { device }) }));
    this.avg_fn = avg_fn;
    this.multi_avg_fn = multi_avg_fn;
    this.use_buffers = use_buffers;
  }

  override forward(...inputs: unknown[]): unknown {
    return (this.module as (...inputs: unknown[]) => unknown)(...inputs);
  }

  /**
   * Takes the weights of a model into the average; the first are taken as they are.
   * @example
   * const model = nn.Linear(1, 1, false);
   * const average = optim.swa_utils.AveragedModel(model);
   * for (const value of [1, 2, 6]) {
   *   torch.no_grad(() => model.weight.fill_(value));
   *   average.update_parameters(model);
   * }
   * average.module.parameters()[0].item(); // → 3
   */
  update_parameters(model: Module): void {
    withGradMode(false, () => this.update(model));
  }

  private update(model: Module): void {
    const members = (module: Module): Tensor[] => [...module.parameters(), ...(this.use_buffers ? module.buffers() : [])];
    const [theirs, own] = [members(model), members(this.module)].map((each) => each.map((member) => member.detach()));
    const pairs = own.slice(0, theirs.length).map((each, i) => [each, theirs[i].to(each.device)] as const);
    if (this.n_averaged.item() === 0) for (const [average, current] of pairs) average.copy_(current);
    else if (this.multi_avg_fn !== null) {
      const groups = new Map<string, { own: Tensor[]; theirs: Tensor[] }>();
      for (const [average, current] of pairs) {
        const key = `${String(average.device)} ${String(average.dtype)}`;
        const group = groups.get(key) ?? { own: [], theirs: [] };
        group.own.push(average);
        group.theirs.push(current);
        groups.set(key, group);
      }
      for (const group of groups.values()) this.multi_avg_fn(group.own, group.theirs, this.n_averaged);
    } else {
      const average = this.avg_fn ?? get_swa_avg_fn();
      for (const [each, current] of pairs) each.copy_(average(each, current, this.n_averaged));
    }
    if (!this.use_buffers) {
      const buffers = model.buffers();
      this.module.buffers().forEach((each, i) => each.detach().copy_(buffers[i].detach().to(each.device)));
    }
    this.n_averaged.add_(1);
  }
}

/**
 * A copy of a model whose weights are averages of the model's as training goes on: plain ones, or by a function.
 * Source: torch.optim.swa_utils.AveragedModel.
 * @example
 * const model = nn.Linear(1, 1, false);
 * const { AveragedModel, get_ema_multi_avg_fn } = optim.swa_utils;
 * const average = AveragedModel(model, { multi_avg_fn: get_ema_multi_avg_fn(0.5) });
 * for (const value of [1, 2, 4]) {
 *   torch.no_grad(() => model.weight.fill_(value));
 *   average.update_parameters(model);
 * }
 * average(torch.ones(1, 1)); // → tensor([[2.7500]], grad_fn=<MmBackward0>)
 */
export const AveragedModel = callable('AveragedModel', declareMethods(Average, 'AveragedModel', { update_parameters: 'model' }));
export type AveragedModel = Average;
