import { checkInPlace } from '../../autograd/tape.ts';
import { bool, isInexact } from '../../core/dtype.ts';
import { RuntimeError } from '../../core/errors.ts';
import { hasShortPower, power } from '../../ops/arithmetic.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { bothForms } from '../arguments/keyed.ts';
import { asTensor, inPlaceSource, renamed, writeInPlace } from '../arguments/operands.ts';
import type { TensorLike } from '../arguments/operands.ts';
import { ofTwo } from './pointwiseFactories.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Powers. */

const plainPowers = ofTwo(ops.pow);

/** PyTorch has names of their own for powers by a tensor and powers of a number. */
function named(result: Tensor, input: TensorLike, exponent: TensorLike): Tensor {
  if (!(exponent instanceof Tensor)) return result;
  return renamed(result, input instanceof Tensor ? 'PowBackward1' : 'PowBackward2');
}

/** The powers that have a way of their own; all others are null. */
function scalarPower(input: Tensor, exponent: number): Tensor | null {
  if (!isInexact(input.dtypeCore)) {
    if (exponent < 0 && Number.isInteger(exponent)) throw new RuntimeError('Integers to negative integer powers are not allowed.');
    return null;
  }
  return hasShortPower(exponent) ? power(input, exponent) : null;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

/**
 * Each element to a power, of which one of the two may be a number. Integers refuse negative powers. Source:
 * torch.pow.
 * @example
 * torch.pow(torch.tensor([1, 2, 3]), 2); // → tensor([1, 4, 9])
 */
export const pow = Object.assign(bothForms('pow', 'input: Tensor | Number, exponent: Tensor | Number',
  (input: TensorLike, exponent: TensorLike): Tensor => {
    const by = typeof exponent === 'boolean' && input instanceof Tensor && input.dtypeCore !== bool ? Number(exponent) : exponent;
    const short = input instanceof Tensor && isNumber(by) ? scalarPower(input, by) : null;
    return short ?? named(plainPowers.compute(input, by), input, by);
  },
  (input: Tensor, exponent: TensorLike): Tensor => {
    checkInPlace(asTensor(input, 'pow_'));
    const short = isNumber(exponent) ? scalarPower(inPlaceSource(input), exponent) : null;
    return short === null ? named(plainPowers.inPlace(input, exponent), input, exponent) : writeInPlace(input, short);
  }), { op: ops.pow.op });
