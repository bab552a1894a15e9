import { withGradMode } from '../../autograd/mode.ts';
import { isInexact } from '../../core/dtype.ts';
import { RuntimeError } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { elementAt } from '../../ops/host.ts';
import * as ops from '../../ops/pointwise/index.ts';
import * as reduce from '../../ops/reduce.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { keyed } from '../arguments/keyed.ts';
import { checkBroadcast, commonType } from '../arguments/operands.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Whether tensors are the same, exactly or nearly. Each function is also a method. */


/**
 * Whether two tensors have one shape and equal elements, whatever their dtypes. Source: torch.equal.
 * @example
 * torch.equal(torch.tensor([1, 2]), torch.tensor([1, 2])); // → true
 */
export const equal = keyed('equal', 'input, other', (input: Tensor, other: Tensor): boolean => {
  if (!sameShape(input.geometry.shape, other.geometry.shape)) return false;
  return withGradMode(false, () => {
    const type = commonType([input, other]);
    const same = ops.eq(cast(input, type), cast(other, type));
    return elementAt(reduce.all(same, reduce.allAxes(same)), 0) as boolean;
  });
});

/**
 * Whether each pair of elements differs by at most atol + rtol · |other|. Source: torch.isclose.
 * @example
 * torch.isclose(torch.tensor([1.5, 2]), torch.tensor([1.5001, 2])); // → tensor([False,  True])
 */
export const isclose = keyed('isclose', 'input, other, rtol=1e-05, atol=1e-08, equal_nan=False',
  (input: Tensor, other: Tensor, rtol: number = 1e-5, atol: number = 1e-8, equal_nan: boolean = false): Tensor => {
    if (input.dtypeCore !== other.dtypeCore) {
      throw new RuntimeError(`${scalarTypeName(input.dtypeCore)} did not match ${scalarTypeName(other.dtypeCore)}`);
    }
    if (rtol < 0) throw new RuntimeError(`rtol must be greater than or equal to zero, but got ${rtol}`);
    if (atol < 0) throw new RuntimeError(`atol must be greater than or equal to zero, but got ${atol}`);
    checkBroadcast([input, other]);
    return withGradMode(false, () => {
      // Integers are compared as floats, so that the tolerance may be a fraction.
      const inexact = isInexact(input.dtypeCore);
      let close = ops.eq(input, other);
      if (rtol !== 0 || atol !== 0) {
        const [x, y] = inexact ? [input, other] : [input.double(), other.double()];
        const distance = ops.abs(ops.sub(x, y));
        const allowed = ops.add(ops.mul(ops.abs(y), rtol), atol);
        close = ops.logicalOr(close, ops.logicalAnd(ops.isfinite(distance), ops.le(distance, allowed)));
      }
      return equal_nan && inexact ? ops.logicalOr(close, ops.logicalAnd(ops.isnan(input), ops.isnan(other))) : close;
    });
  });

/**
 * Whether all pairs of elements are close, as isclose says. Source: torch.allclose.
 * @example
 * torch.allclose(torch.tensor([1]).float(), torch.tensor([1 + 1e-7])); // → true
 */
export const allclose = keyed('allclose', 'input, other, rtol=1e-05, atol=1e-08, equal_nan=False',
  (input: Tensor, other: Tensor, rtol: number = 1e-5, atol: number = 1e-8, equal_nan: boolean = false): boolean => {
    const close = isclose(input, other, rtol, atol, equal_nan);
    return elementAt(reduce.all(close, reduce.allAxes(close)), 0) as boolean;
  });

/**
 * Whether two tensors have one shape. Source: torch.is_same_size.
 * @example
 * torch.is_same_size(torch.ones(2, 3), torch.zeros(2, 3)); // → true
 */
export const is_same_size = keyed('is_same_size', 'input, other',
  (input: Tensor, other: Tensor): boolean => sameShape(input.geometry.shape, other.geometry.shape));

/**
 * Whether the one element is not 0. Throws a RuntimeError where there are more, or none. Source: torch.is_nonzero.
 * @example
 * torch.is_nonzero(torch.tensor(1.5)); // → true
 */
export const is_nonzero = keyed('is_nonzero', 'input', (input: Tensor): boolean => input.toBoolean());
