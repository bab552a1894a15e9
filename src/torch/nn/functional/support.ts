import { withGradMode } from '../../../autograd/mode.ts';
import { record } from '../../../autograd/tape.ts';
import type { DType } from '../../../core/dtype.ts';
import { float32, isHalf } from '../../../core/dtype.ts';
import { NotImplementedError, ValueError } from '../../../core/errors.ts';
import type { Storage } from '../../../core/storage.ts';
import { trackAllocations } from '../../../core/storage.ts';
import { cast } from '../../../ops/cast.ts';
import * as reduce from '../../../ops/reduce.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** How composites of ops become one recorded op. */

/** Runs `body` without recording and gives back all memory that it took but its result's. */
export function quietly(body: () => Tensor): Tensor {
  const made: Storage[] = [];
  const out = withGradMode(false, () => trackAllocations((storage) => made.push(storage), body));
  for (const storage of made) if (storage !== out.storage) storage.free();
  return out;
}

/** A function of one tensor that is recorded under one name, with its gradient in terms of the input. */
export function recorded(
  name: string, x: Tensor, compute: (x: Tensor) => Tensor, gradient: (g: Tensor, x: Tensor) => Tensor,
): Tensor {
  const type = x.dtypeCore;
  // Half floats are computed in float32, so that a composite rounds once.
  const wide = (value: Tensor): Tensor => (isHalf(type) ? cast(value, float32) : value);
  const out = quietly(() => cast(compute(wide(x)), type));
  return record(out, name, [x], [(g, saved: { x: Tensor }) => cast(gradient(wide(g as Tensor), wide(saved.x)), type)], { x });
}

/** The refusal of ops that PyTorch has for floating tensors only. */
export function checkFloating(kernel: string, type: DType): void {
  if (type.kind !== 'float') throw new NotImplementedError(`"${kernel}" not implemented for '${scalarTypeName(type)}'`);
}

/** How a loss gathers its elements. */
export type Reduction = 'none' | 'mean' | 'sum';

export function checkReduction(reduction: string): asserts reduction is Reduction {
  if (reduction !== 'none' && reduction !== 'mean' && reduction !== 'sum') {
    throw new ValueError(`${reduction} is not a valid value for reduction`);
  }
}

export function allAxes(x: Tensor): number[] {
  return x.geometry.shape.map((_, axis) => axis);
}

export function reduceLoss(loss: Tensor, reduction: Reduction): Tensor {
  if (reduction === 'none') return loss;
  return reduction === 'mean' ? reduce.mean(loss, allAxes(loss)) : reduce.sum(loss, allAxes(loss));
}
