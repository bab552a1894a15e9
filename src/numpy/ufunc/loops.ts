import { Complex } from '../../core/complex.ts';
import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { UFuncTypeError, ValueError } from '../../core/errors.ts';
import { broadcastShapes } from '../../core/layout.ts';
import { halfBitsToNumber } from '../../core/scalar.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { imagView, realView } from '../../ops/components.ts';
import { fromTyped, fullLike } from '../../ops/creation.ts';
import { elementAt, hostValues } from '../../ops/host.ts';
import { broadcastTo } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { allAxes, any } from '../../ops/reduce.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { fromScalar } from '../ndarray/conversion.ts';
import { loopOrder } from '../dtypes/dtype.ts';
import { outOfBounds, promote } from '../dtypes/promotion.ts';
import type { Loop, Operands, UfuncRules } from './ufunc.ts';

/** Loops that NumPy's ufuncs have and the registry's ops lack, and the cases that NumPy settles by itself. */

const integers = loopOrder.filter(core.isInteger);
const complexes = loopOrder.filter(core.isComplex);
export const floating = loopOrder.filter(core.isFloating);
export const inexact = loopOrder.filter(core.isInexact);

const copy: Loop = ([x]) => castCopy(x as ndarray, (x as ndarray).dtypeCore);
const loopsOf = (types: readonly DType[], loop: Loop): [DType, Loop][] => types.map((type) => [type, loop]);

/** Elements that the function leaves as they are. */
export const boolCopies = new Map<DType, Loop>([[core.bool, copy]]);
/** The elements themselves, of any dtype but bool. */
export const copies = new Map<DType, Loop>(loopsOf(loopOrder.filter((dtype) => dtype !== core.bool), copy));
export const conjugateLoops = new Map<DType, Loop>(loopsOf(integers, copy));

const constant = (value: boolean): Loop => ([x]) => fullLike<ndarray>(x as ndarray, value, core.bool);
/** isfinite, isnan and isinf of whole numbers. */
export const neverTrue = new Map<DType, Loop>(loopsOf([core.bool, ...integers], constant(false)));
export const alwaysTrue = new Map<DType, Loop>(loopsOf([core.bool, ...integers], constant(true)));

export const reciprocalLoops = new Map<DType, Loop>([
  // 1/x of integers is 0 but for 1 and -1.
  ...loopsOf(integers, ([x]) => {
    const array = x as ndarray;
    return ops.mul<ndarray>(array, cast(ops.eq<ndarray>(ops.abs<ndarray>(array), 1), array.dtypeCore));
  }),
  // The numerator's imaginary part takes no part, and there is nothing to be said of 1/0.
  ...loopsOf(complexes, ([x]) => {
    const array = x as ndarray;
    return ops.where(ops.eq<ndarray>(array, 0), new Complex(NaN, NaN), ops.div.reversed<ndarray>(new Complex(1, -0), array)) as ndarray;
  }),
]);

/** Operands of which one is an array at least, all as arrays of its dtype. */
export function operandArrays(operands: Operands): ndarray[] {
  const [like] = operands.filter((operand) => operand instanceof ndarray);
  return operands.map((operand) => (operand instanceof ndarray ? operand : fromScalar(operand, like.dtypeCore)));
}

/** Complex numbers are ordered by their real parts, then their imaginary ones; `ignoring`: NaN loses. */
function complexExtreme(compare: typeof ops.ge, ignoring: boolean): Map<DType, Loop> {
  return new Map<DType, Loop>(loopsOf(complexes, (operands) => {
    const [x, y] = operandArrays(operands);
    const first = ops.logicalOr<ndarray>(compare<ndarray>(x, y), ops.isnan<ndarray>(ignoring ? y : x));
    return ops.where(first, x, y) as ndarray;
  }));
}

export const complexMaximum = complexExtreme(ops.ge, false);
export const complexMinimum = complexExtreme(ops.le, false);
const onBooleans = (op: typeof ops.maximum): [DType, Loop] => [core.bool, ([x, y]) => (
  x instanceof ndarray ? op<ndarray>(x, y) : op<ndarray>(y as ndarray, x))];
export const fmaxLoops = new Map([...complexExtreme(ops.ge, true), onBooleans(ops.maximum)]);
export const fminLoops = new Map([...complexExtreme(ops.le, true), onBooleans(ops.minimum)]);

/** Both parts rounded. */
export const complexRint = new Map<DType, Loop>(loopsOf(complexes, ([x]) => {
  const result = castCopy(x as ndarray, (x as ndarray).dtypeCore);
  for (const part of [realView<ndarray>(result), imagView<ndarray>(result)]) ops.rint<ndarray>(part, part);
  return result;
}));

/** x/|x|, and of a number with one infinite part the direction of that part. */
export const complexSign = new Map<DType, Loop>(loopsOf(complexes, ([x]) => {
  const result = ops.sign<ndarray>(x as ndarray);
  const views = [realView<ndarray>, imagView<ndarray>];
  const parts = views.map((view) => view(x as ndarray));
  views.forEach((view, i) => {
    const [part, other] = [parts[i], parts[1 - i]];
    const alone = ops.logicalAnd<ndarray>(ops.isinf<ndarray>(part), ops.logicalNot<ndarray>(ops.isinf<ndarray>(other)));
    const own = view(result);
    ops.where(alone, ops.sign<ndarray>(part), own, own);
    const beside = views[1 - i](result);
    ops.where(alone, 0, beside, beside);
  });
  return result;
}));

/** Every element times a constant, rounded to its dtype. */
export function scaledBy(factor: number): Map<DType, Loop> {
  return new Map<DType, Loop>(loopsOf(floating, ([x]) => ops.mul<ndarray>(x as ndarray, factor)));
}

export const heavisideLoops = new Map<DType, Loop>(loopsOf(floating, (operands) => {
  const [x, y] = operandArrays(operands);
  const step = cast(ops.gt<ndarray>(x, 0), x.dtypeCore);
  return ops.where(ops.isnan<ndarray>(x), x, ops.where(ops.eq<ndarray>(x, 0), y, step) as ndarray) as ndarray;
}));

/** Neighbours among the float16, whose bits are in the order of their sizes. */
function nextHalf(x: number, y: number): number {
  const [a, b] = [halfBitsToNumber(x), halfBitsToNumber(y)];
  if (Number.isNaN(a) || Number.isNaN(b)) return 0x7e00;
  // NumPy's own, and not C's, which gives the other of two zeros.
  if (a === b) return x;
  if (a === 0) return b > 0 ? 1 : 0x8001;
  return (a < b) === (a > 0) ? x + 1 : x - 1;
}

/** nextafter of float16, which float32 cannot stand in for. */
export const halfNextafter = new Map<DType, Loop>([[core.float16, (operands) => {
  const [x, y] = operandArrays(operands);
  const shape = broadcastShapes([x.shape, y.shape]);
  const [from, to] = [x, y].map((each) => hostValues(broadcastTo<ndarray>(each, shape)) as Uint16Array);
  return fromTyped(ndarray, from.map((bits, i) => nextHalf(bits, to[i])), shape, core.float16, x.storage.device);
}]]);

/** NumPy has no minus for booleans. */
export const refuseBoolSubtract: UfuncRules['refuse'] = (dtype) => (dtype === core.bool
  ? new TypeError('numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, '
    + 'or the logical_xor function instead.')
  : undefined);
export function checkSubtract(dtype: DType): void {
  const refusal = refuseBoolSubtract!(dtype);
  if (refusal !== undefined) throw refusal;
}
export const refuseBoolNegative: UfuncRules['refuse'] = (dtype) => (dtype === core.bool
  ? new TypeError('The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not '
    + 'function instead.')
  : undefined);
export const refuseBool = (name: string): UfuncRules['refuse'] => (dtype) => (dtype === core.bool
  ? new UFuncTypeError(
    `ufunc '${name}' did not contain a loop with signature matching types <class 'numpy.dtypes.BoolDType'> -> None`)
  : undefined);

/** Complex numbers to small whole powers are multiplied out, in NumPy's order, which keeps whole numbers exact. */
export const complexPowers = new Map<DType, Loop>(loopsOf(complexes, (operands) => {
  const [base, y] = operandArrays(operands);
  const x = broadcastTo<ndarray>(base, broadcastShapes([base.shape, y.shape]));
  const parts = hostValues(y) as Float64Array;
  // 0 where the exponent is no small whole number.
  const powers = Array.from({ length: y.size }, (_, i) => {
    const power = parts[2 * i];
    return parts[2 * i + 1] === 0 && Number.isInteger(power) && Math.abs(power) < 100 ? power : 0;
  });
  const largest = powers.reduce((size, power) => Math.max(size, Math.abs(power)), 0);
  if (largest === 0) return ops.pow<ndarray>(x, y);
  /** `then` for the powers of which something holds. */
  const choose = (holds: (power: number) => boolean, then: () => ndarray, otherwise: ndarray): ndarray => {
    if (!powers.some(holds)) return otherwise;
    if (powers.every(holds)) return then();
    const mask = fromTyped(ndarray, Uint8Array.from(powers, (power) => Number(holds(power))), y.shape, core.bool, cpu);
    return ops.where(mask, then(), otherwise) as ndarray;
  };
  const times = (by: ndarray): ndarray => ops.mul<ndarray>(x, by);
  // The first three have products of their own.
  const isLong = powers.some((power) => power < 0 || power > 3);
  const one = isLong ? fullLike<ndarray>(x, 1) : x;
  let result = one;
  let square = x;
  for (let mask = 1; isLong && mask <= largest; mask *= 2) {
    if (mask > 1) square = ops.mul<ndarray>(square, square);
    result = choose((power) => (Math.abs(power) & mask) > 0, () => ops.mul<ndarray>(result, square), result);
  }
  result = choose((power) => power < 0, () => ops.div<ndarray>(one, result), result);
  result = choose((power) => power === 3, () => times(times(x)), result);
  result = choose((power) => power === 2, () => times(x), result);
  result = choose((power) => power === 1, () => x, result);
  const isZero = ops.eq<ndarray>(x, 0);
  if (elementAt(any<ndarray>(isZero, allAxes(isZero)), 0) === true) {
    const ofZero = choose((power) => power < 0, () => fullLike<ndarray>(x, new Complex(NaN, NaN)), fullLike<ndarray>(x, 0));
    result = ops.where(isZero, ofZero, result) as ndarray;
  }
  return choose((power) => power === 0, () => ops.pow<ndarray>(x, y), result);
}));

/** Whole powers of whole numbers must not be negative. */
export function checkPower([base, exponent]: Operands, dtype: DType): void {
  if (dtype.kind !== 'int' || (base instanceof ndarray && base.size === 0)) return;
  const negative = exponent instanceof ndarray
    ? elementAt(any<ndarray>(ops.lt<ndarray>(exponent, 0), allAxes(exponent)), 0) === true
    : (exponent as number) < 0;
  if (negative) throw new ValueError('Integers to negative integer powers are not allowed.');
}

type Comparison = typeof ops.eq;
/** How a comparison comes out where the left operand is smaller than every value of the right one, and where it is larger. */
const outcomes = new Map<Comparison, readonly [boolean, boolean]>([
  [ops.eq, [false, false]], [ops.ne, [true, true]], [ops.lt, [true, false]], [ops.le, [true, false]],
  [ops.gt, [false, true]], [ops.ge, [false, true]],
]);
const mirrored = new Map<Comparison, Comparison>([
  [ops.eq, ops.eq], [ops.ne, ops.ne], [ops.lt, ops.gt], [ops.le, ops.ge], [ops.gt, ops.lt], [ops.ge, ops.le],
]);

/** Integers are compared by value: a Python integer outside of the other's type, and int64 with uint64. */
export function exactComparison(compare: Comparison): NonNullable<UfuncRules['special']> {
  const [whereSmaller, whereLarger] = outcomes.get(compare)!;
  return (operands, types) => {
    const [x, y] = operands;
    if (x instanceof ndarray && y instanceof ndarray) {
      if (!core.isInteger(types[0]) || !core.isInteger(types[1]) || core.isInteger(promote(types[0], types[1]))) return undefined;
      return types[0].kind === 'int' ? signedWithUnsigned(compare, x, y) : signedWithUnsigned(mirrored.get(compare)!, y, x);
    }
    if (y instanceof ndarray && !(x instanceof ndarray)) return exactComparison(mirrored.get(compare)!)([y, x], [types[1], types[0]]);
    if (!(x instanceof ndarray) || !core.isInteger(types[0])) return undefined;
    if (typeof y !== 'bigint' && !(typeof y === 'number' && Number.isSafeInteger(y))) return undefined;
    const side = outOfBounds(y, types[0]);
    return side === 0 ? compare<ndarray>(x, y) : fullLike<ndarray>(x, side > 0 ? whereSmaller : whereLarger, core.bool);
  };
}

function signedWithUnsigned(compare: Comparison, signed: ndarray, unsigned: ndarray): ndarray {
  const negative = ops.lt<ndarray>(signed, 0);
  const inRange = compare<ndarray>(cast(signed, core.uint64), cast(unsigned, core.uint64));
  return outcomes.get(compare)![0]
    ? ops.logicalOr<ndarray>(negative, inRange)
    : ops.logicalAnd<ndarray>(ops.logicalNot<ndarray>(negative), inRange);
}
