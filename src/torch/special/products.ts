import * as ops from '../../ops/pointwise/index.ts';
import { keyedOut } from '../arguments/keyed.ts';
import { broadcastShape, renamed } from '../arguments/operands.ts';
import type { TensorLike } from '../arguments/operands.ts';
import { either } from '../functions/pointwiseFactories.ts';
import { inFloats, pairInFloats, timesLogarithm } from '../functions/specialFunctions.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Products with logarithms, and sums of powers. */

const numbered = (result: Tensor, name: string, input: TensorLike, other: TensorLike): Tensor =>
  renamed(result, `${name}Backward${input instanceof Tensor ? other instanceof Tensor ? 0 : 2 : 1}`);

/**
 * input · log(1 + other), and 0 where input is 0. Source: torch.special.xlog1py.
 * @example
 * torch.special.xlog1py(torch.tensor([0, 2]), torch.tensor([-1, 2])); // → tensor([0.0000, 2.1972])
 */
export const xlog1py = keyedOut('special_xlog1py', `input: ${either}, other: ${either}, *, out=None`, (
  input: TensorLike, other: TensorLike,
): Tensor => numbered(timesLogarithm('xlog1py', input, other, ops.log1p, 0), 'SpecialXlog1Py', input, other));

/**
 * −x · log(x): 0 at 0, minus infinity below. Source: torch.special.entr.
 * @example
 * torch.special.entr(torch.tensor([0, 0.5, -1])); // → tensor([0.0000, 0.3466,   -inf])
 */
export const entr = keyedOut('special_entr', 'input, *, out=None', (input: Tensor): Tensor => {
  const x = inFloats('entr', input);
  const product = ops.neg(ops.mul(x, ops.log(x)));
  const inside = ops.where(ops.eq(x, 0), 0, ops.where(ops.lt(x, 0), -Infinity, product) as Tensor) as Tensor;
  return renamed(inside, 'SpecialEntrBackward0');
});

/**
 * Hurwitz's zeta function: the sum of (k + other)^−input over all k from 0 on. Source: torch.special.zeta.
 * @example
 * torch.special.zeta(torch.tensor([2, 4]), 1); // → tensor([1.6449, 1.0823])
 */
export const zeta = keyedOut('special_zeta', `input: ${either}, other: ${either}, *, out=None`, (
  input: TensorLike, other: TensorLike,
): Tensor => {
  const pair = pairInFloats('zeta', input, other);
  const shape = broadcastShape(pair.map(({ geometry }) => geometry.shape));
  const [x, y] = pair.map((each) => each.expand(shape));
  return numbered(ops.zeta(x, y), 'SpecialZeta', input, other);
});
