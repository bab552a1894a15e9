import { withGradMode } from '../../autograd/mode.ts';
import { checkInPlace, record } from '../../autograd/tape.ts';
import { bool, isInexact } from '../../core/dtype.ts';
import { RuntimeError } from '../../core/errors.ts';
import { clone } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { inPlaceSource, intoOut, renamed, writeInPlace } from '../arguments/operands.ts';
import type { TensorLike } from '../arguments/operands.ts';
import { checkOptions } from '../arguments/options.ts';
import type { OutOptions } from './pointwiseFactories.ts';
import { binary } from './pointwiseFactories.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Powers. */

const plainPowers = binary(ops.pow);

/** PyTorch has names of their own for powers by a tensor and powers of a number. */
function named(result: Tensor, input: TensorLike, exponent: TensorLike): Tensor {
  if (!(exponent instanceof Tensor)) return result;
  return renamed(result, input instanceof Tensor ? 'PowBackward1' : 'PowBackward2');
}

const powers = Object.assign(
  (input: TensorLike, exponent: TensorLike, options?: OutOptions): Tensor => named(plainPowers(input, exponent, options), input, exponent),
  { inPlace: (input: Tensor, exponent: TensorLike): Tensor => named(plainPowers.inPlace(input, exponent), input, exponent) });

/** The exponents that have a shorter and more exact way; all other powers are null. */
function shortPower(x: Tensor, exponent: number): Tensor | null {
  switch (exponent) {
    case 0.5: return ops.sqrt(x);
    case -0.5: return ops.reciprocal(ops.sqrt(x));
    case 1: return clone(x);
    case 2: return ops.square(x);
    case 3: return ops.mul(ops.square(x), x);
    case -1: return ops.reciprocal(x);
    case -2: return ops.reciprocal(ops.square(x));
    default: return null;
  }
}

function scalarPower(input: Tensor, exponent: number): Tensor | null {
  if (!isInexact(input.dtypeCore)) {
    if (exponent < 0 && Number.isInteger(exponent)) throw new RuntimeError('Integers to negative integer powers are not allowed.');
    return null;
  }
  const out = withGradMode(false, () => shortPower(input, exponent));
  if (out === null) return null;
  return record(out, 'PowBackward0', [input], [
    (g, { x }: { x: Tensor }) => ops.mul(g as Tensor, conjugated(ops.mul(pow(x, exponent - 1), exponent))),
  ], { x: input });
}

function conjugated(x: Tensor): Tensor {
  return x.is_complex() ? ops.conjugate(x) : x;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** Each element to a power; the powers ±0.5, ±1, ±2 and 3 by roots and products. Source: torch.pow. */
export const pow = Object.assign(
  (input: TensorLike, exponent: TensorLike, options?: OutOptions): Tensor => {
    if (typeof exponent === 'boolean' && input instanceof Tensor && input.dtypeCore !== bool) exponent = Number(exponent);
    const short = input instanceof Tensor && isNumber(exponent) ? scalarPower(input, exponent) : null;
    if (short === null) return powers(input, exponent, options);
    if (options === undefined) return short;
    checkOptions('pow', options, ['out']);
    return options.out === undefined ? short : intoOut('pow', short, options.out, [input]);
  },
  {
    op: ops.pow.op,
    inPlace: (input: Tensor, exponent: TensorLike): Tensor => {
      checkInPlace(input);
      const short = isNumber(exponent) ? scalarPower(inPlaceSource(input), exponent) : null;
      return short === null ? powers.inPlace(input, exponent) : writeInPlace(input, short);
    },
  });
