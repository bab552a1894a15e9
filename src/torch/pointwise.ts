import type { DType } from '../core/dtype.ts';
import { bool, int64, isComplex, isFloating, isInexact } from '../core/dtype.ts';
import type { Operand } from '../ops/devices.ts';
import { NotImplementedError } from '../core/errors.ts';
import { cast } from '../ops/cast.ts';
import { fullLike } from '../ops/creation.ts';
import type { StridedArray } from '../core/strided.ts';
import { clone } from '../ops/movement.ts';
import * as ops from '../ops/pointwise/index.ts';
import type { Binary, Ternary } from '../ops/pointwise/row.ts';
import { scalarTypeName } from './dtypes/dtypes.ts';
import { renamed } from './arguments/operands.ts';
import type { TensorLike } from './arguments/operands.ts';
import { bothForms } from './arguments/keyed.ts';
import {
  binary, binaryOf, dividing, except, namedForTensors, narrowed, ofThree, ofTwo, pureBinary, pureUnary, unary, unaryExcept, unaryOf,
} from './functions/pointwiseFactories.ts';
import { Tensor } from './tensor/tensor.ts';

/** Element-by-element functions. Each is also a method, and has an in-place form with a trailing underscore. */

const isReal = (type: DType): boolean => !isComplex(type);

/** Ops that compare: complex numbers have no order. */
function ordered(op: Binary, name: string): Binary {
  return narrowed(op, (type) => {
    if (isComplex(type)) throw new TypeError(`${name} not implemented for complex tensors.`);
    return true;
  });
}

/** The op, and for some dtypes another one. */
function orElse(op: Binary, other: Binary, isOther: (type: DType) => boolean): Binary {
  const chosen = (type: DType): Binary => (isOther(type) ? other : op);
  return Object.assign(<A extends StridedArray>(x: A, y: A | Operand, out?: A): A => chosen(x.dtypeCore)(x, y, out), {
    op: { ...op.op, supports: (type: DType): boolean => chosen(type).op.supports(type) },
    reversed: <A extends StridedArray>(x: Operand, y: A): A => chosen(y.dtypeCore).reversed(x, y),
  });
}

/** For booleans, which are never NaN, the op of the same meaning that knows them. */
const orLogical = (op: Binary, other: Binary): Binary => orElse(op, other, (type) => type === bool);

const itself = (input: Tensor): Tensor => input;

const everywhere = (value: boolean) => (input: Tensor): Tensor => fullLike(input, value, bool);

/** Negative of each element. Source: torch.neg. */
export const neg = unaryExcept(ops.neg, {
  bool: 'Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or '
    + '`logical_not()` operator instead.',
});
/** As neg. Source: torch.negative. */
export const negative = neg;
/** Absolute value; of complex elements the modulus. Source: torch.abs. */
export const abs = unary(ops.abs);
/** As abs. Source: torch.absolute. */
export const absolute = abs;
/** The shared op keeps NaN, as NumPy does. */
const signWithoutNaN = Object.assign(<A extends StridedArray>(x: A, out?: A): A =>
  ops.sign(x.dtypeCore.kind === 'float' ? ops.where(ops.isnan(x), 0, x) as A : x, out), { op: ops.sign.op });

/** −1, 0 or 1; NaN gives 0. Source: torch.sign. */
export const sign = unaryExcept(signWithoutNaN, {
  bool: clone,
  complex: 'Unlike NumPy, torch.sign is not intended to support complex numbers. Please use torch.sgn instead.',
});
const directed = (input: Tensor): Tensor => renamed(ops.sign(input), 'SgnBackward0');
/** As sign; of complex elements the one of modulus 1 in their direction. Source: torch.sgn. */
export const sgn = unaryExcept(ops.sign, { bool: clone, float: directed, complex: directed }, 'sgn');
/** Complex conjugate. Source: torch.conj. */
export const conj_physical = unaryOf(except(ops.conjugate, { integer: itself, float: itself }), 'conj_physical');
/**
 * e to the power of each element. Source: torch.exp.
 * @example
 * torch.exp(torch.tensor([0, 1])); // → tensor([1.0000, 2.7183])
 */
export const exp = unary(ops.exp);
/** 2 to the power of each element. Source: torch.exp2. */
export const exp2 = unary(ops.exp2);
/** exp(x) − 1, exact also near 0. Source: torch.expm1. */
export const expm1 = unary(ops.expm1);
/** Natural logarithm; NaN below 0. Source: torch.log. */
export const log = unary(ops.log);
/** Logarithm to base 2. Source: torch.log2. */
export const log2 = unary(ops.log2);
/** Logarithm to base 10. Source: torch.log10. */
export const log10 = unary(ops.log10);
/** log(1 + x), exact also near 0. Source: torch.log1p. */
export const log1p = unary(ops.log1p);
/**
 * Square root; NaN below 0. Source: torch.sqrt.
 * @example
 * torch.sqrt(torch.tensor([4, 2])); // → tensor([2.0000, 1.4142])
 */
export const sqrt = unary(ops.sqrt);
/** Each element times itself. Source: torch.square. */
export const square = unaryExcept(ops.square, { bool: (input) => cast(input, int64) });
/** 1 over each element. Source: torch.reciprocal. */
export const reciprocal = unary(ops.reciprocal);
/** Sine of radians. Source: torch.sin. */
export const sin = unary(ops.sin);
/** Cosine of radians. Source: torch.cos. */
export const cos = unary(ops.cos);
/** Tangent of radians. Source: torch.tan. */
export const tan = unary(ops.tan);
/** Angle in radians whose sine it is, from −π/2 to π/2. Source: torch.asin. */
export const asin = unary(ops.asin);
/** Angle in radians whose cosine it is, from 0 to π. Source: torch.acos. */
export const acos = unary(ops.acos);
/** Angle in radians whose tangent it is, from −π/2 to π/2. Source: torch.atan. */
export const atan = unary(ops.atan);
/** As asin. Source: torch.arcsin. */
export const arcsin = asin;
/** As acos. Source: torch.arccos. */
export const arccos = acos;
/** As atan. Source: torch.arctan. */
export const arctan = atan;
/** Hyperbolic sine. Source: torch.sinh. */
export const sinh = unary(ops.sinh);
/** Hyperbolic cosine. Source: torch.cosh. */
export const cosh = unary(ops.cosh);
/** Hyperbolic tangent. Source: torch.tanh. */
export const tanh = unary(ops.tanh);
/** Inverse hyperbolic sine. Source: torch.asinh. */
export const asinh = unary(ops.asinh);
/** Inverse hyperbolic cosine; NaN below 1. Source: torch.acosh. */
export const acosh = unary(ops.acosh);
/** Inverse hyperbolic tangent; NaN beyond ±1. Source: torch.atanh. */
export const atanh = unary(ops.atanh);
/**
 * 1 / (1 + exp(−x)). Source: torch.sigmoid.
 * @example
 * torch.sigmoid(torch.tensor([0, 2])); // → tensor([0.5000, 0.8808])
 */
export const sigmoid = unaryExcept(ops.sigmoid, {
  complex: (input) => ops.reciprocal(ops.add(ops.exp(ops.neg(input)), 1)),
});
/**
 * 0 where an element is below 0. Source: torch.relu.
 * @example
 * torch.relu(torch.tensor([-1, 2])); // → tensor([0, 2])
 */
export const relu = unaryExcept(ops.relu, {
  bool: 'Boolean inputs not supported for relu', complex: 'clamp is not supported for complex types',
});
/** Error function. Source: torch.erf. */
export const erf = unary(ops.erf);
/** 1 minus the error function, exact also where it is small. Source: torch.erfc. */
export const erfc = unary(ops.erfc);
/** Largest whole number that is not above. Source: torch.floor. */
export const floor = unaryExcept(ops.floor, { complex: 'floor is not supported for complex inputs' });
/** Smallest whole number that is not below. Source: torch.ceil. */
export const ceil = unaryExcept(ops.ceil, { complex: 'ceil is not supported for complex inputs' });
/** Without the fraction. Source: torch.trunc. */
export const trunc = unaryExcept(ops.truncate, { complex: 'trunc is not supported for complex inputs' }, 'trunc');
/** As trunc. Source: torch.fix. */
export const fix = trunc;
/** Whether each element is NaN. Source: torch.isnan. */
export const isnan = pureUnary(except(ops.isnan, { integer: everywhere(false) }));
/** Whether each element is infinite. Source: torch.isinf. */
export const isinf = pureUnary(except(ops.isinf, { integer: everywhere(false) }));
/** Whether each element is neither NaN nor infinite. Source: torch.isfinite. */
export const isfinite = pureUnary(except(ops.isfinite, { integer: everywhere(true) }));
/** Whether each element has a minus sign, −0 included. Source: torch.signbit. */
export const signbit = pureUnary(except(ops.signbit, {
  bool: everywhere(false), integer: (input) => ops.lt(input, 0), complex: 'signbit is not implemented for complex tensors.',
}));
/** Whether each element is 0. Source: torch.logical_not. */
export const logical_not = unary(ops.logicalNot, 'logical_not');
/** Every bit turned round; for bool, not. Source: torch.bitwise_not. */
export const bitwise_not = unary(ops.bitwiseNot, 'bitwise_not');

/**
 * Product, broadcast. Source: torch.mul.
 * @example
 * torch.mul(torch.tensor([1, 2]), 3); // → tensor([3, 6])
 */
export const mul = binary(ops.mul, 'both');
/** As mul. Source: torch.multiply. */
export const multiply = mul;
/**
 * Remainder with the sign of the divisor, as Python's %. Source: torch.remainder.
 * @example
 * torch.remainder(torch.tensor([-3, 3]), 2); // → tensor([1, 1])
 */
export const remainder = binaryOf(
  dividing(namedForTensors(ofTwo(orElse(ops.remainder, ops.signedRemainder, isFloating)), 'RemainderBackward1')), 'both');
/**
 * Remainder with the sign of the dividend, as C's. Source: torch.fmod.
 * @example
 * torch.fmod(torch.tensor([-3, 3]), 2); // → tensor([-1,  1])
 */
export const fmod = binaryOf(dividing(namedForTensors(ofTwo(ops.fmod), 'FmodBackward1')));
/**
 * Quotient rounded down, as Python's //. Source: torch.floor_divide.
 * @example
 * torch.floor_divide(torch.tensor([7, -7]), 2); // → tensor([ 3, -4])
 */
export const floor_divide = binaryOf(dividing(ofTwo(ops.floorDivide, 'floor_divide')), 'both', 'floor_divide');
/** Quotient, of integers in the default dtype. Source: torch.true_divide. */
export const true_divide = binary(ops.div, 'both', 'true_divide');
/** The larger of each pair; NaN wins. Source: torch.maximum. */
export const maximum = pureBinary(ofTwo(ordered(ops.maximum, 'maximum')));
/** The smaller of each pair; NaN wins. Source: torch.minimum. */
export const minimum = pureBinary(ofTwo(ordered(ops.minimum, 'minimum')));
/** The larger of each pair; numbers win over NaN. Source: torch.fmax. */
export const fmax = pureBinary(ofTwo(ordered(orLogical(ops.fmax, ops.maximum), 'fmax')));
/** The smaller of each pair; numbers win over NaN. Source: torch.fmin. */
export const fmin = pureBinary(ofTwo(ordered(orLogical(ops.fmin, ops.minimum), 'fmin')));
/** Angle in radians of the point (other, input), from −π to π. Source: torch.atan2. */
export const atan2 = binary(ops.atan2, 'none');
/** As atan2. Source: torch.arctan2. */
export const arctan2 = atan2;
/** √(x² + y²) without overflow. Source: torch.hypot. */
export const hypot = binary(narrowed(ops.hypot, isFloating), 'none');
/** log(exp(x) + exp(y)) without overflow. Source: torch.logaddexp. */
export const logaddexp = pureBinary(ofTwo(narrowed(ops.logaddexp, isInexact)));
/** The first operand's size with the second's sign. Source: torch.copysign. */
export const copysign = binary(ops.copysign);
/** The next number of the dtype towards the second operand. Source: torch.nextafter. */
export const nextafter = binary(narrowed(ops.nextafter, isFloating), 'none');
/**
 * Whether elements are equal. Source: torch.eq.
 * @example
 * torch.eq(torch.tensor([1, 2]), 2); // → tensor([False,  True])
 */
export const eq = binary(ops.eq);
/** Whether elements differ. Source: torch.ne. */
export const ne = binary(ops.ne);
/** Whether the first is less. Source: torch.lt. */
export const lt = binary(narrowed(ops.lt, isReal));
/** Whether the first is less or equal. Source: torch.le. */
export const le = binary(narrowed(ops.le, isReal));
/** Whether the first is greater. Source: torch.gt. */
export const gt = binary(narrowed(ops.gt, isReal));
/** Whether the first is greater or equal. Source: torch.ge. */
export const ge = binary(narrowed(ops.ge, isReal));
/** As ne. Source: torch.not_equal. */
export const not_equal = ne;
/** As lt. Source: torch.less. */
export const less = lt;
/** As le. Source: torch.less_equal. */
export const less_equal = le;
/** As gt. Source: torch.greater. */
export const greater = gt;
/** As ge. Source: torch.greater_equal. */
export const greater_equal = ge;
/** Whether neither element is 0. Source: torch.logical_and. */
export const logical_and = binary(ops.logicalAnd, 'none', 'logical_and');
/** Whether not both elements are 0. Source: torch.logical_or. */
export const logical_or = binary(ops.logicalOr, 'none', 'logical_or');
/** Whether exactly one element is 0. Source: torch.logical_xor. */
export const logical_xor = binary(ops.logicalXor, 'none', 'logical_xor');
/** And of every bit. Source: torch.bitwise_and. */
export const bitwise_and = binary(ops.bitwiseAnd, 'both', 'bitwise_and');
/** Or of every bit. Source: torch.bitwise_or. */
export const bitwise_or = binary(ops.bitwiseOr, 'both', 'bitwise_or');
/** Exclusive or of every bit. Source: torch.bitwise_xor. */
export const bitwise_xor = binary(ops.bitwiseXor, 'both', 'bitwise_xor');
/** Bits moved up by the second operand. Source: torch.bitwise_left_shift. */
export const bitwise_left_shift = binary(ops.leftShift, 'both', 'bitwise_left_shift');
/** Bits moved down by the second operand, the sign kept. Source: torch.bitwise_right_shift. */
export const bitwise_right_shift = binary(ops.rightShift, 'both', 'bitwise_right_shift');

const floatLerp: Ternary = Object.assign(
  <A extends StridedArray>(...[x, y, z, out]: Parameters<typeof ops.lerp<A>>): A => ops.lerp<A>(x, y, z, out),
  { op: { ...ops.lerp.op, floatResult: false } });
const lerping = ofThree(floatLerp);

const named = (result: Tensor, weight: TensorLike): Tensor => (weight instanceof Tensor ? renamed(result, 'LerpBackward1') : result);

/** start + weight · (end − start). Source: torch.lerp. */
export const lerp = Object.assign(bothForms('lerp', 'input, end: Tensor, weight: Tensor | Number',
  (input: Tensor, end: Tensor, weight: TensorLike): Tensor => {
    if (!isInexact(input.dtypeCore)) {
      throw new NotImplementedError(`"lerp_kernel_scalar" not implemented for '${scalarTypeName(input.dtypeCore)}'`);
    }
    return named(lerping.compute(input, end, weight), weight);
  },
  (input: Tensor, end: Tensor, weight: TensorLike): Tensor => lerping.inPlace(input, end, weight)), { op: floatLerp.op });
