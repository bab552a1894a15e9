import type { Scalar } from '../../core/complex.ts';
import { Complex } from '../../core/complex.ts';
import type { Operand } from '../../ops/devices.ts';
import { NotImplementedError, RuntimeError, shown } from '../../core/errors.ts';
import { bool, integerRange, isComplex, isInexact, isInteger } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import type { Rounding } from '../../ops/arithmetic.ts';
import { roundedQuotient } from '../../ops/arithmetic.ts';
import * as ops from '../../ops/pointwise/index.ts';
import type { Quaternary } from '../../ops/pointwise/row.ts';
import type { BothForms, Keyed, KeyedOut } from '../arguments/keyed.ts';
import { bothForms, builtinSignature, delivered, keyed, selfOf, withOut } from '../arguments/keyed.ts';
import type { TensorLike } from '../arguments/operands.ts';
import {
  broadcastShape, checkBroadcast, checkInPlaceShape, commonType, inPlaceSource, renamed, toType, writeInPlace,
} from '../arguments/operands.ts';
import type { OfTwo } from './pointwiseFactories.ts';
import { dividing, either, ofOne, ofThree, ofTwo } from './pointwiseFactories.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { sixDigits } from '../dtypes/sixDigits.ts';
import * as pointwise from '../pointwise.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Arithmetic whose signature has more than operands: alpha, rounding_mode, bounds that may be missing. */

const sum = ofTwo(ops.add, 'add');
const difference = ofTwo(ops.sub, 'sub');

const isBool = (value: TensorLike): boolean => (value instanceof Tensor ? value.dtypeCore === bool : typeof value === 'boolean');

function refuseBooleans(input: TensorLike, other: TensorLike): void {
  if (isBool(input) && isBool(other)) {
    throw new NotImplementedError(
      'Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.');
  }
  if (isBool(input) || isBool(other)) {
    throw new NotImplementedError(
      'Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or '
      + '`logical_not()` operator instead.');
  }
}

function checkAlpha(input: TensorLike, other: TensorLike, alpha: Scalar): void {
  if (alpha instanceof Complex && !isComplex(commonType([input, other]))) {
    throw new RuntimeError('For non-complex input tensors, argument alpha must not be a complex number.');
  }
  if (typeof alpha === 'boolean') {
    if (commonType([input, other]) !== bool) throw new RuntimeError('Boolean alpha only supported for Boolean results.');
    return;
  }
  if (!Number.isInteger(alpha) && !isInexact(commonType([input, other]))) {
    throw new RuntimeError('For integral input tensors, argument alpha must not be a floating point number.');
  }
}

function scaledBy(other: TensorLike, alpha: Scalar): TensorLike {
  if (alpha === 1 || alpha === true) return other;
  if (alpha === false && typeof other === 'boolean') return alpha;
  const plain = !(other instanceof Tensor) && !(other instanceof Complex) && !(alpha instanceof Complex);
  return plain ? Number(other) * Number(alpha) : pointwise.mul(other, alpha);
}

/** Calls without alpha are nearly all, and are not read where they have operands alone. */
function withAlpha(plain: OfTwo, name: string, check: (input: TensorLike, other: TensorLike) => void) {
  const form = <R>(key: string, text: string, f: (input: TensorLike, other: TensorLike) => Tensor, finish: Finish): R => {
    const declared = builtinSignature(key, text);
    const scaled = (input: TensorLike, other: TensorLike, alpha: Scalar = 1): Tensor => {
      check(input, other);
      checkAlpha(input, other, alpha);
      return f(input, scaledBy(other, alpha));
    };
    const call = function (this: unknown, ...given: unknown[]): Tensor {
      const [input, other] = given;
      if (given.length === 2 && input instanceof Tensor && (other instanceof Tensor || typeof other === 'number')) {
        check(input, other);
        return f(input, other);
      }
      return finish(key, declared.list(given, selfOf(this)), scaled as (...values: readonly unknown[]) => Tensor);
    };
    return call as R;
  };
  const text = `input: ${either}, other: ${either}, *, alpha: Number = 1`;
  return Object.assign(
    form<KeyedOut<AlphaText, AlphaTypes, TensorLike>>(name, withOut(text), plain.compute, delivered),
    {
      inPlace: form<Keyed<AlphaText, AlphaTypes, Tensor>>(
        `${name}_`, `input, other: ${either}, *, alpha: Number = 1`, plain.inPlace as OfTwo['compute'], (_, values, f) => f(...values)),
    });
}

type Finish = (name: string, values: unknown[], f: (...values: readonly unknown[]) => Tensor) => Tensor;
type AlphaText = 'input, other, *, alpha';
type AlphaTypes = [other: TensorLike, alpha?: Scalar];

/**
 * input + alpha · other, broadcast. Source: torch.add.
 * @example
 * torch.add(torch.tensor([1, 2]), torch.tensor([10, 20]), { alpha: 2 }); // → tensor([21, 42])
 */
export const add = withAlpha(sum, 'add', () => {});
/**
 * input − alpha · other, broadcast; bools are refused. Source: torch.sub.
 * @example
 * torch.sub(torch.tensor([5, 6]), torch.tensor([1, 2]), { alpha: 2 }); // → tensor([3, 2])
 */
export const sub = withAlpha(difference, 'sub', refuseBooleans);
/** As sub. Source: torch.subtract. */
export const subtract = sub;
/**
 * other − alpha · input: subtraction the other way round. Source: torch.rsub.
 * @example
 * torch.rsub(torch.tensor([1, 2]), 10); // → tensor([9, 8])
 */
export const rsub = keyed('rsub', 'input, other: Tensor | Number, alpha: Number = 1', (
  input: Tensor, other: TensorLike, alpha: Scalar = 1,
): Tensor => renamed(sub(other, input, { alpha }), other instanceof Tensor ? 'RsubBackward0' : 'RsubBackward1'));

/** The op takes what division of integers takes, so the façade's function of two operands can be made from it. */
const rounded = (mode: Rounding): OfTwo => {
  const divide = <A extends StridedArray>(x: A | Operand, y: A | Operand): A => roundedQuotient(x, y, mode);
  return dividing(ofTwo(Object.assign(divide, { op: ops.floorDivide.op, reversed: divide }), `div_${mode}_cpu`));
};
const roundings: Readonly<Record<Rounding, OfTwo>> = { trunc: rounded('trunc'), floor: rounded('floor') };

function quotient(input: TensorLike, other: TensorLike, mode?: Rounding | null): Tensor {
  if (mode === undefined || mode === null) return pointwise.true_divide(input, other);
  if (mode !== 'floor' && mode !== 'trunc') {
    throw new RuntimeError(`div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '${shown(mode)}'`);
  }
  return roundings[mode].compute(input, other);
}

/**
 * True division; with rounding_mode the quotient rounded towards zero or down. Source: torch.div.
 * @example
 * torch.div(torch.tensor([7, -7]), 2, { rounding_mode: 'trunc' }); // → tensor([ 3, -3])
 */
export const div = bothForms('div', 'input: Tensor | Number, other: Tensor | Number, *, rounding_mode: str = None',
  (input: TensorLike, other: TensorLike, rounding_mode?: Rounding | null): Tensor => quotient(input, other, rounding_mode),
  (input: Tensor, other: TensorLike, rounding_mode?: Rounding | null): Tensor => (rounding_mode === undefined || rounding_mode === null
    ? pointwise.true_divide.inPlace(input, other) : writeInPlace(input, quotient(inPlaceSource(input), other, rounding_mode))));
/** As div. Source: torch.divide. */
export const divide = div;

type Bound = TensorLike | null;

/** A whole number that no element of the dtype can pass is the end of its range, and one that all pass is refused. */
function bound(value: Bound | undefined, { dtypeCore: type }: Tensor, side: 'min' | 'max'): Bound {
  if (!isInteger(type) || !(typeof value === 'bigint' || Number.isInteger(value))) return value ?? null;
  const wanted = value as number | bigint;
  const [low, high] = integerRange(type);
  if (side === 'min' ? wanted > high : wanted < low) {
    throw new RuntimeError(
      `Clamp ${side} value ${sixDigits(Number(wanted))} is outside the representable range of ${scalarTypeName(type)}`);
  }
  return wanted < low ? low : wanted > high ? high : wanted;
}

const clamping = ofThree(ops.clamp, 'clamp');
const raising = ofTwo(ops.maximum, 'clamp_min');
const lowering = ofTwo(ops.minimum, 'clamp_max');

/** By the one bound or the two that there are. */
const clampedBy = (form: 'compute' | 'inPlace') => (input: Tensor, min?: Bound, max?: Bound): Tensor => {
  if (isComplex(input.dtypeCore)) throw new NotImplementedError('clamp is not supported for complex types');
  const [low, high] = [bound(min, input, 'min'), bound(max, input, 'max')];
  if (low === null && high === null) throw new RuntimeError("torch.clamp: At least one of 'min' or 'max' must not be None");
  const result = high === null ? raising[form](input, low!) : low === null ? lowering[form](input, high) : clamping[form](input, low, high);
  return renamed(result, low instanceof Tensor || high instanceof Tensor ? 'ClampBackward0' : 'ClampBackward1');
};

/**
 * Each element between `min` and `max`; NaN stays. Source: torch.clamp.
 * @example
 * torch.tensor([-1, 0.5, 2]).clamp(0, 1); // → tensor([0.0000, 0.5000, 1.0000])
 */
export const clamp: BothForms<'input, min, max', [min?: Bound, max?: Bound]> = bothForms(
  'clamp', 'input, min: Tensor | Number = None, max: Tensor | Number = None',
  clampedBy('compute'), clampedBy('inPlace'));
/** As clamp. Source: torch.clip. */
export const clip = clamp;

/**
 * Elements below `min` raised to it. Source: torch.clamp_min.
 * @example
 * torch.clamp_min(torch.tensor([-1, 0.5, 2]), 0); // → tensor([0.0000, 0.5000, 2.0000])
 */
export const clamp_min = bothForms('clamp_min', 'input, min: Tensor | Number',
  (input: Tensor, min: TensorLike): Tensor => renamed(clamp(input, min), min instanceof Tensor ? 'ClampMinBackward1' : 'ClampMinBackward0'),
  (input: Tensor, min: TensorLike): Tensor => clamp.inPlace(input, min));
/**
 * Elements above `max` lowered to it. Source: torch.clamp_max.
 * @example
 * torch.clamp_max(torch.tensor([-1, 0.5, 2]), 1); // → tensor([-1.0000,  0.5000,  1.0000])
 */
export const clamp_max = bothForms('clamp_max', 'input, max: Tensor | Number',
  (input: Tensor, max: TensorLike): Tensor =>
    renamed(clamp(input, null, max), max instanceof Tensor ? 'ClampMaxBackward1' : 'ClampMaxBackward0'),
  (input: Tensor, max: TensorLike): Tensor => clamp.inPlace(input, null, max));

const valued = 'input, tensor1: Tensor, tensor2: Tensor, *, value: Number = 1';

function withValue(op: Quaternary, name: string) {
  const compute = (input: Tensor, a: Tensor, b: Tensor, value: number = 1): Tensor => {
    const type = commonType([input, a, b]);
    if (!op.op.supports(type)) {
      throw new RuntimeError(
        `Integer division with ${name} is no longer supported, and in a future  release ${name} will perform a true division of tensor1 `
        + `and tensor2. The historic ${name} behavior can be implemented as `
        + '(input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) '
        + `for integer inputs and as (input + value * tensor1 / tensor2) for float inputs. The future ${name} behavior is just the latter `
        + 'implementation: (input + value * tensor1 / tensor2), for all dtypes.');
    }
    const [x, y, z] = toType([input, a, b], commonType([input, a, b]));
    checkBroadcast([input, a, b]);
    return op(x, y, z, value) as Tensor;
  };
  const inPlace = (input: Tensor, a: Tensor, b: Tensor, value: number = 1): Tensor => {
    const type = input.dtypeCore;
    if (a.dtypeCore !== type || b.dtypeCore !== type) return writeInPlace(input, compute(inPlaceSource(input), a, b, value));
    checkInPlaceShape(input, broadcastShape([input, a, b].map(({ geometry }) => geometry.shape)));
    return op(input, a, b, value, input) as Tensor;
  };
  return bothForms(name, valued, compute, inPlace);
}

/**
 * input + value · tensor1 · tensor2, broadcast. Source: torch.addcmul.
 * @example
 * torch.addcmul(torch.tensor([1, 2]), torch.tensor([3, 4]), torch.tensor([5, 6]), { value: 2 }); // → tensor([31, 50])
 */
export const addcmul = withValue(ops.addcmul, 'addcmul');
/**
 * input + value · tensor1 / tensor2, broadcast; integers are refused. Source: torch.addcdiv.
 * @example
 * torch.addcdiv(torch.tensor([1.5, 2]), torch.tensor([3.5, 4]), torch.tensor([0.5, 8]), { value: 2 }); // → tensor([15.5000,  3.0000])
 */
export const addcdiv = withValue(ops.addcdiv, 'addcdiv');

const whole = ofOne(ops.rint, 'round');

function roundedTo(input: Tensor, decimals: number = 0): Tensor {
  if (decimals === 0) return whole.compute(input);
  const scale = 10 ** Math.abs(decimals);
  return decimals > 0
    ? pointwise.true_divide(whole.compute(pointwise.mul(input, scale)), scale)
    : pointwise.mul(whole.compute(pointwise.true_divide(input, scale)), scale);
}

/**
 * To the nearest whole number (or `decimals` places), halves to even. Source: torch.round.
 * @example
 * torch.round(torch.tensor([0.5, 1.5, -2.7])); // → tensor([ 0.,  2., -3.])
 * torch.round(torch.tensor([1.2345]), { decimals: 2 }); // → tensor([1.2300])
 */
export const round = bothForms('round', 'input, *, decimals=0', roundedTo,
  (input: Tensor, decimals: number = 0): Tensor => writeInPlace(input, roundedTo(input, decimals)));
