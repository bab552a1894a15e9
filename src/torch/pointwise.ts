import type { DType } from '../core/dtype.ts';
import { bool, int64, isComplex, isFloating, isInexact } from '../core/dtype.ts';
import type { Operand } from '../ops/devices.ts';
import { NotImplementedError, RuntimeError } from '../core/errors.ts';
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
  binary, binaryOf, composed, composedToo, dividing, except, namedForTensors, narrowed, ofOne, ofThree, ofTwo, pureBinary, pureUnary, unary,
  unaryExcept, unaryOf,
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

/**
 * The negative of each element. Throws a RuntimeError for bool. Source: torch.neg.
 * @example
 * torch.neg(torch.tensor([1.5, -2])); // → tensor([-1.5000,  2.0000])
 */
export const neg = unaryExcept(ops.neg, {
  bool: 'Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or '
    + '`logical_not()` operator instead.',
});
/** As neg. Source: torch.negative. */
export const negative = neg;
const absoluteOf = ofOne(ops.abs);

/**
 * The absolute value of each element; of complex elements the modulus. Source: torch.abs.
 * @example
 * torch.abs(torch.tensor([-1.5, 2])); // → tensor([1.5000, 2.0000])
 */
export const abs = unaryOf({ ...absoluteOf, inPlace(input) {
  if (isComplex(input.dtypeCore)) throw new RuntimeError('In-place abs is not supported for complex tensors.');
  return absoluteOf.inPlace(input);
} });
/** As abs. Source: torch.absolute. */
export const absolute = abs;
/** The shared op keeps NaN, as NumPy does. */
const signWithoutNaN = Object.assign(<A extends StridedArray>(x: A, out?: A): A =>
  ops.sign(x.dtypeCore.kind === 'float' ? ops.where(ops.isnan(x), 0, x) as A : x, out), { op: ops.sign.op });

/**
 * −1, 0 or 1 for each element; NaN gives 0, and complex elements are refused. Source: torch.sign.
 * @example
 * torch.sign(torch.tensor([-1.5, 0, NaN])); // → tensor([-1.,  0.,  0.])
 */
export const sign = unaryExcept(signWithoutNaN, {
  bool: clone,
  complex: 'Unlike NumPy, torch.sign is not intended to support complex numbers. Please use torch.sgn instead.',
});
const directed = (input: Tensor): Tensor => renamed(ops.sign(input), 'SgnBackward0');
/**
 * As sign; of complex elements the one of modulus 1 in their direction. Source: torch.sgn.
 * @example
 * torch.sgn(torch.tensor([new torch.Complex(3, 4), 0])); // → tensor([0.6000+0.8000j, 0.0000+0.0000j])
 */
export const sgn = unaryExcept(ops.sign, { bool: clone, float: directed, complex: directed }, 'sgn');
/**
 * The complex conjugate, as a copy; of real tensors the tensor itself. Source: torch.conj_physical.
 * @example
 * torch.conj_physical(torch.tensor([new torch.Complex(1, 2)])); // → tensor([1.-2.j])
 */
export const conj_physical = unaryOf(except(ops.conjugate, { integer: itself, float: itself }), 'conj_physical');
/**
 * e to the power of each element. Source: torch.exp.
 * @example
 * torch.exp(torch.tensor([0, 1])); // → tensor([1.0000, 2.7183])
 */
export const exp = unary(ops.exp);
/**
 * 2 to the power of each element. Source: torch.exp2.
 * @example
 * torch.exp2(torch.tensor([0, 3])); // → tensor([1., 8.])
 */
export const exp2 = unary(ops.exp2);
/**
 * exp(x) − 1, exact also near 0. Source: torch.expm1.
 * @example
 * torch.expm1(torch.tensor([0, 1e-5])); // → tensor([0.0000e+00, 1.0000e-05])
 */
export const expm1 = unary(ops.expm1);
/**
 * The natural logarithm of each element: −infinity at 0, NaN below. Source: torch.log.
 * @example
 * torch.log(torch.tensor([1, 10])); // → tensor([0.0000, 2.3026])
 */
export const log = unary(ops.log);
/**
 * The logarithm to base 2 of each element: −infinity at 0, NaN below. Source: torch.log2.
 * @example
 * torch.log2(torch.tensor([1, 8])); // → tensor([0., 3.])
 */
export const log2 = unary(ops.log2);
/**
 * The logarithm to base 10 of each element: −infinity at 0, NaN below. Source: torch.log10.
 * @example
 * torch.log10(torch.tensor([1, 1000])); // → tensor([0., 3.])
 */
export const log10 = unary(ops.log10);
/**
 * log(1 + x), exact also near 0. Source: torch.log1p.
 * @example
 * torch.log1p(torch.tensor([0, 1e-5])); // → tensor([0.0000e+00, 9.9999e-06])
 */
export const log1p = unary(ops.log1p);
/**
 * The square root of each element; NaN below 0. Source: torch.sqrt.
 * @example
 * torch.sqrt(torch.tensor([4, 2])); // → tensor([2.0000, 1.4142])
 */
export const sqrt = unary(ops.sqrt);
/**
 * Each element times itself; bools become int64. Source: torch.square.
 * @example
 * torch.square(torch.tensor([3, -0.5])); // → tensor([9.0000, 0.2500])
 */
export const square = unaryExcept(ops.square, { bool: (input) => cast(input, int64) });
/**
 * 1 over each element; of 0 infinity. Source: torch.reciprocal.
 * @example
 * torch.reciprocal(torch.tensor([4, -0.5])); // → tensor([ 0.2500, -2.0000])
 */
export const reciprocal = unary(ops.reciprocal);
/**
 * The sine of each element, in radians. Source: torch.sin.
 * @example
 * torch.sin(torch.tensor([0, Math.PI / 2])); // → tensor([0., 1.])
 */
export const sin = unary(ops.sin);
/**
 * The cosine of each element, in radians. Source: torch.cos.
 * @example
 * torch.cos(torch.tensor([0, Math.PI])); // → tensor([ 1., -1.])
 */
export const cos = unary(ops.cos);
/**
 * The tangent of each element, in radians. Source: torch.tan.
 * @example
 * torch.tan(torch.tensor([0, Math.PI / 4])); // → tensor([0., 1.])
 */
export const tan = unary(ops.tan);
/**
 * The angle in radians whose sine each element is, from −π/2 to π/2; NaN beyond ±1. Source: torch.asin.
 * @example
 * torch.asin(torch.tensor([0, 1, 2])); // → tensor([0.0000, 1.5708,    nan])
 */
export const asin = unary(ops.asin);
/**
 * The angle in radians whose cosine each element is, from 0 to π; NaN beyond ±1. Source: torch.acos.
 * @example
 * torch.acos(torch.tensor([1, -1, 2])); // → tensor([0.0000, 3.1416,    nan])
 */
export const acos = unary(ops.acos);
/**
 * The angle in radians whose tangent each element is, from −π/2 to π/2. Source: torch.atan.
 * @example
 * torch.atan(torch.tensor([0, 1])); // → tensor([0.0000, 0.7854])
 */
export const atan = unary(ops.atan);
/** As asin. Source: torch.arcsin. */
export const arcsin = asin;
/** As acos. Source: torch.arccos. */
export const arccos = acos;
/** As atan. Source: torch.arctan. */
export const arctan = atan;
/**
 * The hyperbolic sine of each element. Source: torch.sinh.
 * @example
 * torch.sinh(torch.tensor([0, 1])); // → tensor([0.0000, 1.1752])
 */
export const sinh = unary(ops.sinh);
/**
 * The hyperbolic cosine of each element. Source: torch.cosh.
 * @example
 * torch.cosh(torch.tensor([0, 1])); // → tensor([1.0000, 1.5431])
 */
export const cosh = unary(ops.cosh);
/**
 * The hyperbolic tangent of each element. Source: torch.tanh.
 * @example
 * torch.tanh(torch.tensor([0, 1])); // → tensor([0.0000, 0.7616])
 */
export const tanh = unary(ops.tanh);
/**
 * The number whose hyperbolic sine each element is. Source: torch.asinh.
 * @example
 * torch.asinh(torch.tensor([0, 1])); // → tensor([0.0000, 0.8814])
 */
export const asinh = unary(ops.asinh);
/**
 * The number whose hyperbolic cosine each element is; NaN below 1. Source: torch.acosh.
 * @example
 * torch.acosh(torch.tensor([1, 2, 0])); // → tensor([0.0000, 1.3170,    nan])
 */
export const acosh = unary(ops.acosh);
/**
 * The number whose hyperbolic tangent each element is; infinite at ±1, and NaN beyond. Source: torch.atanh.
 * @example
 * torch.atanh(torch.tensor([0, 0.5, 1])); // → tensor([0.0000, 0.5493,    inf])
 */
export const atanh = unary(ops.atanh);
/** As acosh. Source: torch.arccosh. */
export const arccosh = acosh;
/** As asinh. Source: torch.arcsinh. */
export const arcsinh = asinh;
/** As atanh. Source: torch.arctanh. */
export const arctanh = atanh;
/**
 * 1 / (1 + exp(−x)) of each element, between 0 and 1. Source: torch.sigmoid.
 * @example
 * torch.sigmoid(torch.tensor([0, 2])); // → tensor([0.5000, 0.8808])
 */
export const sigmoid = unaryExcept(ops.sigmoid, {
  complex: (input) => ops.reciprocal(ops.add(ops.exp(ops.neg(input)), 1)),
});
/**
 * Each element, or 0 where it is below; bools and complex tensors are refused. Source: torch.relu.
 * @example
 * torch.relu(torch.tensor([-1, 2])); // → tensor([0, 2])
 */
export const relu = composedToo(except(ops.relu, {
  bool: 'Boolean inputs not supported for relu', complex: 'clamp is not supported for complex types',
}));
/**
 * The error function of each element. Source: torch.erf.
 * @example
 * torch.erf(torch.tensor([0, 1])); // → tensor([0.0000, 0.8427])
 */
export const erf = unary(ops.erf);
/**
 * 1 minus the error function, exact also where it is small. Source: torch.erfc.
 * @example
 * torch.erfc(torch.tensor([0, 1, 5])); // → tensor([1.0000e+00, 1.5730e-01, 1.5375e-12])
 */
export const erfc = unary(ops.erfc);
/**
 * The largest whole number that is not above each element, in its dtype. Source: torch.floor.
 * @example
 * torch.floor(torch.tensor([-1.5, 1.5])); // → tensor([-2.,  1.])
 */
export const floor = unaryExcept(ops.floor, { complex: 'floor is not supported for complex inputs' });
/**
 * The smallest whole number that is not below each element, in its dtype. Source: torch.ceil.
 * @example
 * torch.ceil(torch.tensor([-1.5, 1.5])); // → tensor([-1.,  2.])
 */
export const ceil = unaryExcept(ops.ceil, { complex: 'ceil is not supported for complex inputs' });
/**
 * Each element without its fraction, in its dtype. Source: torch.trunc.
 * @example
 * torch.trunc(torch.tensor([-1.5, 1.5])); // → tensor([-1.,  1.])
 */
export const trunc = unaryExcept(ops.truncate, { complex: 'trunc is not supported for complex inputs' }, 'trunc');
/** As trunc. Source: torch.fix. */
export const fix = trunc;
/**
 * Whether each element is NaN. Source: torch.isnan.
 * @example
 * torch.isnan(torch.tensor([1, NaN, Infinity])); // → tensor([False,  True, False])
 */
export const isnan = composed(except(ops.isnan, { integer: everywhere(false) }));
/**
 * Whether each element is infinite. Source: torch.isinf.
 * @example
 * torch.isinf(torch.tensor([1, NaN, -Infinity])); // → tensor([False, False,  True])
 */
export const isinf = composed(except(ops.isinf, { integer: everywhere(false) }));
/**
 * Whether each element is neither NaN nor infinite. Source: torch.isfinite.
 * @example
 * torch.isfinite(torch.tensor([1, NaN, Infinity])); // → tensor([ True, False, False])
 */
export const isfinite = composed(except(ops.isfinite, { integer: everywhere(true) }));
/**
 * Whether each element has a minus sign, −0 included. Source: torch.signbit.
 * @example
 * torch.signbit(torch.tensor([-1.5, 0, 2])); // → tensor([ True, False, False])
 */
export const signbit = pureUnary(except(ops.signbit, {
  bool: everywhere(false), integer: (input) => ops.lt(input, 0), complex: 'signbit is not implemented for complex tensors.',
}));
/**
 * Whether each element is 0. Source: torch.logical_not.
 * @example
 * torch.logical_not(torch.tensor([0, 1.5])); // → tensor([ True, False])
 */
export const logical_not = unary(ops.logicalNot, 'logical_not');
/**
 * Every bit of each integer turned round; for bool, not. Source: torch.bitwise_not.
 * @example
 * torch.bitwise_not(torch.tensor([5, -1])); // → tensor([-6,  0])
 */
export const bitwise_not = unary(ops.bitwiseNot, 'bitwise_not');

/**
 * input · other, broadcast. Source: torch.mul.
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
/**
 * The quotient, of integers in the default dtype; as div without a rounding mode. Source: torch.true_divide.
 * @example
 * torch.true_divide(torch.tensor([7, -7]), 2); // → tensor([ 3.5000, -3.5000])
 */
export const true_divide = binary(ops.div, 'both', 'true_divide');
/**
 * The larger of each pair, broadcast; NaN wins. Source: torch.maximum.
 * @example
 * torch.maximum(torch.tensor([1, NaN]), torch.tensor([2.5, 0])); // → tensor([2.5000,    nan])
 */
export const maximum = pureBinary(ofTwo(ordered(ops.maximum, 'maximum')));
/**
 * The smaller of each pair, broadcast; NaN wins. Source: torch.minimum.
 * @example
 * torch.minimum(torch.tensor([1, NaN]), torch.tensor([2.5, 0])); // → tensor([1., nan])
 */
export const minimum = pureBinary(ofTwo(ordered(ops.minimum, 'minimum')));
/**
 * The larger of each pair, broadcast; numbers win over NaN. Source: torch.fmax.
 * @example
 * torch.fmax(torch.tensor([1, NaN]), torch.tensor([2.5, 0])); // → tensor([2.5000, 0.0000])
 */
export const fmax = pureBinary(ofTwo(ordered(orLogical(ops.fmax, ops.maximum), 'fmax')));
/**
 * The smaller of each pair, broadcast; numbers win over NaN. Source: torch.fmin.
 * @example
 * torch.fmin(torch.tensor([1, NaN]), torch.tensor([2.5, 0])); // → tensor([1., 0.])
 */
export const fmin = pureBinary(ofTwo(ordered(orLogical(ops.fmin, ops.minimum), 'fmin')));
/**
 * The angle in radians of the point (other, input), from −π to π. Source: torch.atan2.
 * @example
 * torch.atan2(torch.tensor([1, -1]), torch.tensor([0, -1])); // → tensor([ 1.5708, -2.3562])
 */
export const atan2 = binary(ops.atan2, 'none');
/** As atan2. Source: torch.arctan2. */
export const arctan2 = atan2;
/**
 * √(x² + y²) of each pair, without overflow; floating dtypes only. Source: torch.hypot.
 * @example
 * torch.hypot(torch.tensor([3, 5]).float(), torch.tensor([4, 12]).float()); // → tensor([ 5., 13.])
 */
export const hypot = binary(narrowed(ops.hypot, isFloating), 'none');
/**
 * log(exp(x) + exp(y)) of each pair, without overflow. Source: torch.logaddexp.
 * @example
 * torch.logaddexp(torch.tensor([0.5, 1000.5]), torch.tensor([0.5, 1000.5])); // → tensor([   1.1931, 1001.1932])
 */
export const logaddexp = pureBinary(ofTwo(narrowed(ops.logaddexp, isInexact)));
/**
 * Each first operand with the sign of the second. Source: torch.copysign.
 * @example
 * torch.copysign(torch.tensor([1.5, -2]), -1); // → tensor([-1.5000, -2.0000])
 */
export const copysign = binary(ops.copysign);
/**
 * The next number of the dtype from the first operand towards the second; floating dtypes only. Source:
 * torch.nextafter.
 * @example
 * torch.nextafter(torch.tensor([1.5]), torch.tensor([2.5])).item(); // → 1.5000001192092896
 */
export const nextafter = binary(narrowed(ops.nextafter, isFloating), 'none');
/**
 * Whether elements are equal, broadcast. Source: torch.eq.
 * @example
 * torch.eq(torch.tensor([1, 2]), 2); // → tensor([False,  True])
 */
export const eq = binary(ops.eq);
/**
 * Whether elements differ, broadcast. Source: torch.ne.
 * @example
 * torch.ne(torch.tensor([1, 2, 3]), 2); // → tensor([ True, False,  True])
 */
export const ne = binary(ops.ne);
/**
 * Whether each first operand is less than the second. Source: torch.lt.
 * @example
 * torch.lt(torch.tensor([1, 2, 3]), 2); // → tensor([ True, False, False])
 */
export const lt = binary(narrowed(ops.lt, isReal));
/**
 * Whether each first operand is less than the second, or equal. Source: torch.le.
 * @example
 * torch.le(torch.tensor([1, 2, 3]), 2); // → tensor([ True,  True, False])
 */
export const le = binary(narrowed(ops.le, isReal));
/**
 * Whether each first operand is greater than the second. Source: torch.gt.
 * @example
 * torch.gt(torch.tensor([1, 2, 3]), 2); // → tensor([False, False,  True])
 */
export const gt = binary(narrowed(ops.gt, isReal));
/**
 * Whether each first operand is greater than the second, or equal. Source: torch.ge.
 * @example
 * torch.ge(torch.tensor([1, 2, 3]), 2); // → tensor([False,  True,  True])
 */
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
/**
 * Whether neither element is 0. Source: torch.logical_and.
 * @example
 * torch.logical_and(torch.tensor([1, 0, 2]), torch.tensor([3, 4, 0])); // → tensor([ True, False, False])
 */
export const logical_and = binary(ops.logicalAnd, 'none', 'logical_and');
/**
 * Whether one element of each pair at least is not 0. Source: torch.logical_or.
 * @example
 * torch.logical_or(torch.tensor([1, 0, 0]), torch.tensor([3, 4, 0])); // → tensor([ True,  True, False])
 */
export const logical_or = binary(ops.logicalOr, 'none', 'logical_or');
/**
 * Whether exactly one element of each pair is not 0. Source: torch.logical_xor.
 * @example
 * torch.logical_xor(torch.tensor([1, 0, 0]), torch.tensor([3, 4, 0])); // → tensor([False,  True, False])
 */
export const logical_xor = binary(ops.logicalXor, 'none', 'logical_xor');
/**
 * And of every bit of two integers or bools. Source: torch.bitwise_and.
 * @example
 * torch.bitwise_and(torch.tensor([5, 6]), 3); // → tensor([1, 2])
 */
export const bitwise_and = binary(ops.bitwiseAnd, 'both', 'bitwise_and');
/**
 * Or of every bit of two integers or bools. Source: torch.bitwise_or.
 * @example
 * torch.bitwise_or(torch.tensor([5, 6]), 3); // → tensor([7, 7])
 */
export const bitwise_or = binary(ops.bitwiseOr, 'both', 'bitwise_or');
/**
 * Exclusive or of every bit of two integers or bools. Source: torch.bitwise_xor.
 * @example
 * torch.bitwise_xor(torch.tensor([5, 6]), 3); // → tensor([6, 5])
 */
export const bitwise_xor = binary(ops.bitwiseXor, 'both', 'bitwise_xor');
/**
 * Bits moved up by the second operand: multiplied by powers of 2. Source: torch.bitwise_left_shift.
 * @example
 * torch.bitwise_left_shift(torch.tensor([1, 3]), 2); // → tensor([ 4, 12])
 */
export const bitwise_left_shift = binary(ops.leftShift, 'both', 'bitwise_left_shift');
/**
 * Bits moved down by the second operand, the sign kept: divided by powers of 2, rounded down. Source:
 * torch.bitwise_right_shift.
 * @example
 * torch.bitwise_right_shift(torch.tensor([8, -8]), 2); // → tensor([ 2, -2])
 */
export const bitwise_right_shift = binary(ops.rightShift, 'both', 'bitwise_right_shift');

const floatLerp: Ternary = Object.assign(
  <A extends StridedArray>(...[x, y, z, out]: Parameters<typeof ops.lerp<A>>): A => ops.lerp<A>(x, y, z, out),
  { op: { ...ops.lerp.op, floatResult: false } });
const lerping = ofThree(floatLerp);

const named = (result: Tensor, weight: TensorLike): Tensor => (weight instanceof Tensor ? renamed(result, 'LerpBackward1') : result);

/**
 * start + weight · (end − start): from input to end by a weight. Source: torch.lerp.
 * @example
 * torch.lerp(torch.tensor([1.5, 2]), torch.tensor([2.5, 4]), 0.5); // → tensor([2., 3.])
 */
export const lerp = Object.assign(bothForms('lerp', 'input, end: Tensor, weight: Tensor | Number',
  (input: Tensor, end: Tensor, weight: TensorLike): Tensor => {
    if (!isInexact(input.dtypeCore)) {
      throw new NotImplementedError(`"lerp_kernel_scalar" not implemented for '${scalarTypeName(input.dtypeCore)}'`);
    }
    return named(lerping.compute(input, end, weight), weight);
  },
  (input: Tensor, end: Tensor, weight: TensorLike): Tensor => lerping.inPlace(input, end, weight)), { op: floatLerp.op });
