import { withGradMode } from '../../../autograd/mode.ts';
import { ValueError } from '../../../core/errors.ts';
import { sameShape } from '../../../core/layout.ts';
import { declare } from '../../../core/signature.ts';
import { elementAt, isDeferred } from '../../../ops/host.ts';
import { clone, unsqueeze } from '../../../ops/movement.ts';
import { maskedFill } from '../../../ops/indexing.ts';
import * as ops from '../../../ops/pointwise/index.ts';
import { allAxes, any } from '../../../ops/reduce.ts';
import { full_like } from '../../functions/creation.ts';
import * as pointwise from '../../pointwise.ts';
import { Tensor } from '../../tensor/tensor.ts';
import type { Reduction } from './support.ts';
import { chosenReduction, reduced } from './support.ts';

/** Negative logarithms of what counts and measurements were expected to be. */

/**
 * exp(input) − target · input for counts whose mean is e to the input, or is the input itself where `log_input` is false; `full` adds
 * Stirling's approximation of log(target!). Source: torch.nn.functional.poisson_nll_loss.
 * @example
 * nn.functional.poisson_nll_loss(torch.tensor([0.5, 1]), torch.tensor([2, 3])); // → tensor(0.1835)
 */
export const poisson_nll_loss = declare<[
  input: Tensor, target: Tensor, log_input?: boolean, full?: boolean, size_average?: boolean | null, eps?: number,
  reduce?: boolean | null, reduction?: Reduction,
]>()('nn.functional.poisson_nll_loss',
  "input, target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean'",
  ({ input, target, log_input, full, eps, ...rest }): Tensor => {
    const reduction = chosenReduction(rest);
    const each = log_input ? pointwise.exp(input).sub(target.mul(input)) : input.sub(target.mul(pointwise.log(input.add(eps))));
    if (!full) return reduced(each, reduction);
    const stirling = target.mul(pointwise.log(target)).sub(target).add(pointwise.log(target.mul(2 * Math.PI)).mul(0.5));
    return reduced(each.add(maskedFill(stirling, ops.le(target, 1), 0)), reduction);
  });

/** The variances with as many dimensions as the input: the last may be one for all of it. */
function variances(input: Tensor, given: Tensor): Tensor {
  const [shape, own] = [input.geometry.shape, given.geometry.shape];
  if (sameShape(shape, own)) return given;
  if (sameShape(shape.slice(0, -1), own)) return unsqueeze(given, own.length);
  const differing = own.filter((extent, axis) => extent !== shape[axis]);
  if (shape.length === own.length && differing.reduce((sum, extent) => sum + extent, 0) === 1) return given;
  throw new ValueError('var is of incorrect size');
}

/**
 * Half of log(var) + (input − target)² / var: measurements whose mean and variance are given; `full` adds half of log(2π). No variance
 * counts as less than eps. Source: torch.nn.functional.gaussian_nll_loss.
 * @example
 * nn.functional.gaussian_nll_loss(torch.tensor([0.5, 1]), torch.tensor([1, 1]), torch.tensor([0.5, 2])); // → tensor(0.1250)
 */
export const gaussian_nll_loss = declare<[
  input: Tensor, target: Tensor, variance: Tensor | number, full?: boolean, eps?: number, reduction?: Reduction,
]>()('nn.functional.gaussian_nll_loss', "input, target, var: float | Tensor, full=False, eps=1e-06, reduction='mean'",
  ({ input, target, var: given, full, eps, reduction }): Tensor => {
    const isNegative = given instanceof Tensor
      ? !isDeferred(given) && withGradMode(false, () => elementAt(any(ops.lt(given, 0), allAxes(given)), 0)) === true : given < 0;
    if (isNegative) throw new ValueError('var has negative entry/entries');
    const own = clone(variances(input, given instanceof Tensor ? given : full_like(input, given)));
    if (reduction !== 'none' && reduction !== 'mean' && reduction !== 'sum') throw new ValueError(`${String(reduction)} is not valid`);
    // The gradient passes the bound as if it were not there.
    withGradMode(false, () => ops.maximum(own, eps, own));
    const difference = input.sub(target);
    const each = pointwise.log(own).add(difference.mul(difference).div(own)).mul(0.5);
    return reduced(full ? each.add(0.5 * Math.log(2 * Math.PI)) : each, reduction);
  });
