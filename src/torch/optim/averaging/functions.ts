import { ValueError, iterable, pythonTypeName } from '../../../core/errors.ts';
import { isInexact } from '../../../core/dtype.ts';
import { withGradMode } from '../../../autograd/mode.ts';
import { declare } from '../../../core/signature.ts';
import * as ops from '../../../ops/pointwise/index.ts';
import type { DeviceLike } from '../../device.ts';
import { BatchNorm1d, BatchNorm2d, BatchNorm3d } from '../../nn/modules/normalization.ts';
import { Module } from '../../nn/module.ts';
import { Tensor } from '../../tensor/tensor.ts';

/** How a weight moves towards another, and the statistics of a model of averages. */

/** The new average from the average so far, the weight, and how many were averaged. */
export type AverageFunction = (averaged: Tensor, current: Tensor, num_averaged: Tensor | number) => Tensor;

/** The same of many tensors of one dtype and device, in place. */
export type AveragesFunction = (averaged: readonly Tensor[], current: readonly Tensor[], num_averaged: Tensor | number) => void;

function checkDecay(decay: number): void {
  if (decay < 0 || decay > 1) throw new ValueError(`Invalid decay value ${decay} provided. Please provide a value in [0,1] range.`);
}

const quietly = <A extends readonly unknown[], R>(compute: (...args: A) => R) =>
  (...args: A): R => withGradMode(false, () => compute(...args));

const count = (num_averaged: Tensor | number): number =>
  Number(num_averaged instanceof Tensor ? num_averaged.item() : num_averaged);

/** Moves tensors by a part of the way; integers are computed as floats and cut. */
function lerpAll(averaged: readonly Tensor[], current: readonly Tensor[], part: number): void {
  averaged.forEach((each, i) => {
    if (isInexact(each.dtypeCore)) ops.lerp(each, current[i], part, each);
    else each.copy_(each.mul(1 - part).add(current[i].mul(part)));
  });
}

/**
 * A function for the exponential average of one weight: `decay` of the average so far and the rest of the weight.
 * Source: torch.optim.swa_utils.get_ema_avg_fn.
 * @example
 * optim.swa_utils.get_ema_avg_fn(0.75)(torch.Tensor([4]), torch.Tensor([8]), 1); // → tensor([5.])
 */
export const get_ema_avg_fn = declare<[decay?: number]>()('optim.swa_utils.get_ema_avg_fn', 'decay=0.999', ({ decay }): AverageFunction => {
  checkDecay(decay);
  return quietly((averaged, current) => averaged.mul(decay).add(current.mul(1 - decay)));
});

/**
 * A function for the exponential averages of many weights, in place. Source: torch.optim.swa_utils.get_ema_multi_avg_fn.
 * @example
 * const averages = [torch.Tensor([4]), torch.Tensor([0])];
 * optim.swa_utils.get_ema_multi_avg_fn(0.5)(averages, [torch.Tensor([8]), torch.Tensor([1])], 1);
 * averages; // → [tensor([6.]), tensor([0.5000])]
 */
export const get_ema_multi_avg_fn = declare<[decay?: number]>()(
  'optim.swa_utils.get_ema_multi_avg_fn', 'decay=0.999', ({ decay }): AveragesFunction => {
    checkDecay(decay);
    return quietly((averaged, current) => lerpAll(averaged, current, 1 - decay));
  });

/**
 * A function for the plain average of one weight. Source: torch.optim.swa_utils.get_swa_avg_fn.
 * @example
 * optim.swa_utils.get_swa_avg_fn()(torch.Tensor([4]), torch.Tensor([8]), 3); // → tensor([5.])
 */
export const get_swa_avg_fn = declare<[]>()('optim.swa_utils.get_swa_avg_fn', '', (): AverageFunction =>
  quietly((averaged, current, num_averaged) => averaged.add(current.sub(averaged).div(count(num_averaged) + 1))));

/**
 * A function for the plain averages of many weights, in place. Source: torch.optim.swa_utils.get_swa_multi_avg_fn.
 * @example
 * const averages = [torch.Tensor([4])];
 * optim.swa_utils.get_swa_multi_avg_fn()(averages, [torch.Tensor([8])], 3);
 * averages; // → [tensor([5.])]
 */
export const get_swa_multi_avg_fn = declare<[]>()('optim.swa_utils.get_swa_multi_avg_fn', '', (): AveragesFunction =>
  quietly((averaged, current, num_averaged) => lerpAll(averaged, current, 1 / (count(num_averaged) + 1))));

type Normalization = BatchNorm1d | BatchNorm2d | BatchNorm3d;

const isBatchNorm = (module: Module): module is Normalization =>
  [BatchNorm1d, BatchNorm2d, BatchNorm3d].some((type) => module instanceof type);

/**
 * Computes the running statistics of a model's batch normalisations anew, from one pass over the data; of batches that are lists the
 * first is taken. Source: torch.optim.swa_utils.update_bn.
 * @example
 * const model = nn.Sequential(nn.BatchNorm1d(1));
 * optim.swa_utils.update_bn([torch.Tensor([[1], [3]]), torch.Tensor([[5], [7]])], model);
 * (model.at(0) as nn.BatchNorm1d).running_mean; // → tensor([4.])
 */
export const update_bn = declare<[loader: Iterable<unknown>, model: Module, device?: DeviceLike | null]>()(
  'optim.swa_utils.update_bn', 'loader, model, device=None', ({ loader, model, device }): void => {
    if (!(model instanceof Module)) throw new TypeError(`'${pythonTypeName(model)}' object has no attribute 'modules'`);
    const momenta = new Map(model.modules().filter(isBatchNorm).map((module) => [module, module.momentum] as const));
    for (const module of momenta.keys()) module.reset_running_stats();
    if (momenta.size === 0) return;
    const { training } = model;
    model.train();
    for (const module of momenta.keys()) module.momentum = null;
    try {
      withGradMode(false, () => {
        for (const batch of iterable(loader)) {
          const input: unknown = Array.isArray(batch) ? batch[0] : batch;
          model(device !== null && input instanceof Tensor ? input.to(device) : input);
        }
      });
    } finally {
      for (const [module, momentum] of momenta) module.momentum = momentum;
      model.train(training);
    }
  });
