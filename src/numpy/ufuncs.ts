import * as core from '../core/dtype.ts';
import * as ops from '../ops/pointwise/index.ts';
import * as loops from './ufunc/loops.ts';
import { binaryUfunc, composedBinary, composedUnary, unaryUfunc } from './ufunc/methods.ts';

/**
 * NumPy's universal functions: one line for each op of the registry. Operands broadcast against each other; the result has
 * their broadcast shape. All take `out`, `where`, `dtype` and `casting`.
 */

/**
 * The sum, element by element. Source: numpy.add.
 * @example
 * np.add([1, 2], 3) // → [4 5]
 */
export const add = binaryUfunc(ops.add);
/**
 * The difference; booleans are refused. Source: numpy.subtract.
 * @example
 * np.subtract([5, 2], [1, 1]) // → [4 1]
 */
export const subtract = binaryUfunc(ops.sub, { name: 'subtract', refuse: loops.refuseBoolSubtract });
/**
 * The product, element by element. Source: numpy.multiply.
 * @example
 * np.multiply([1, 2], [3, 4]) // → [3 8]
 */
export const multiply = binaryUfunc(ops.mul, { name: 'multiply' });
/**
 * True division: integers give float64. Source: numpy.divide.
 * @example
 * np.divide(7, 2) // → 3.5
 */
export const divide = binaryUfunc(ops.div, { name: 'divide', integersTo: core.float64 });
/**
 * True division, another name of divide. Source: numpy.true_divide.
 * @example
 * np.true_divide(1, 4) // → 0.25
 */
export const true_divide = divide;
/**
 * The quotient rounded down, Python's `//`. Source: numpy.floor_divide.
 * @example
 * np.floor_divide(-7, 2) // → -4
 */
export const floor_divide = binaryUfunc(ops.floorDivide, { name: 'floor_divide' });
/**
 * The remainder of floor_divide, with the divisor's sign. Source: numpy.remainder.
 * @example
 * np.remainder(-7, 3) // → 2
 */
export const remainder = binaryUfunc(ops.remainder);
/**
 * Another name of remainder, Python's `%`. Source: numpy.mod.
 * @example
 * np.mod([5, -5], 3) // → [2 1]
 */
export const mod = remainder;
/**
 * C's remainder, with the dividend's sign. Source: numpy.fmod.
 * @example
 * np.fmod(-7, 3) // → -1
 */
export const fmod = binaryUfunc(ops.fmod);
/**
 * x1 to the power x2; integers refuse negative powers. Source: numpy.power.
 * @example
 * np.power([1, 2, 3], 2) // → [1 4 9]
 */
export const power = binaryUfunc(ops.pow, { name: 'power', check: loops.checkPower, loops: loops.complexPowers });
/**
 * Another name of power. Source: numpy.pow.
 * @example
 * np.pow(2, 10) // → 1024
 */
export const pow = power;
/**
 * The power in float64 or complex128. Source: numpy.float_power.
 * @example
 * np.float_power(2, -1) // → 0.5
 */
export const float_power = binaryUfunc(
  ops.pow, { name: 'float_power', types: [core.float64, core.complex128], loops: loops.complexPowers });
/**
 * −x for each element; booleans are refused. Source: numpy.negative.
 * @example
 * np.negative([1, -2]) // → [-1  2]
 */
export const negative = unaryUfunc(ops.neg, { name: 'negative', refuse: loops.refuseBoolNegative });
/**
 * The elements themselves, as a copy. Source: numpy.positive.
 * @example
 * np.positive([1, -2]) // → [ 1 -2]
 */
export const positive = composedUnary('positive', loops.copies, { refuse: loops.refuseBool('positive') });
/**
 * The absolute value; a complex number's modulus. Source: numpy.absolute.
 * @example
 * np.absolute([-1.5, 2]) // → [1.5 2. ]
 */
export const absolute = unaryUfunc(ops.abs, { name: 'absolute', loops: loops.boolCopies });
/**
 * Another name of absolute. Source: numpy.abs.
 * @example
 * np.abs(-3) // → 3
 */
export const abs = absolute;
/**
 * The absolute value of each element, as a float. Source: numpy.fabs.
 * @example
 * np.fabs(-3) // → 3.0
 */
export const fabs = unaryUfunc(ops.abs, { name: 'fabs', types: loops.floating });
/**
 * −1, 0 or 1; x/|x| of complex numbers. Source: numpy.sign.
 * @example
 * np.sign([-2, 0, 5]) // → [-1  0  1]
 */
export const sign = unaryUfunc(ops.sign, { refuse: loops.refuseBool('sign'), loops: loops.complexSign });
/**
 * The nearest whole number, halves to even, as a float. Source: numpy.rint.
 * @example
 * np.rint([0.5, 1.5]) // → [0. 2.]
 */
export const rint = unaryUfunc(ops.rint, { types: loops.inexact, loops: loops.complexRint });
/**
 * The complex conjugate of each element. Source: numpy.conjugate.
 * @example
 * np.conjugate(new np.Complex(1, 2)) // → (1-2j)
 */
export const conjugate = unaryUfunc(ops.conjugate, { name: 'conjugate', loops: loops.conjugateLoops });
/**
 * Another name of conjugate. Source: numpy.conj.
 * @example
 * np.conj([1, 2]) // → [1 2]
 */
export const conj = conjugate;
/**
 * 1/x of each element; of integers the whole part. Source: numpy.reciprocal.
 * @example
 * np.reciprocal(4.5) // → 0.2222222222222222
 */
export const reciprocal = unaryUfunc(ops.reciprocal, { loops: loops.reciprocalLoops });
/**
 * The square of each element. Source: numpy.square.
 * @example
 * np.square([2, 3]) // → [4 9]
 */
export const square = unaryUfunc(ops.square);
/**
 * The square root of each element; NaN below 0. Source: numpy.sqrt.
 * @example
 * np.sqrt([4, 9]) // → [2. 3.]
 */
export const sqrt = unaryUfunc(ops.sqrt);
/**
 * The cube root of each element, of negative ones too. Source: numpy.cbrt.
 * @example
 * np.cbrt(27) // → 3.0
 */
export const cbrt = unaryUfunc(ops.cbrt);

/**
 * e to the power of each element. Source: numpy.exp.
 * @example
 * np.exp(0) // → 1.0
 */
export const exp = unaryUfunc(ops.exp);
/**
 * 2 to the power of each element. Source: numpy.exp2.
 * @example
 * np.exp2([1, 3]) // → [2. 8.]
 */
export const exp2 = unaryUfunc(ops.exp2);
/**
 * exp(x) − 1, exact near 0. Source: numpy.expm1.
 * @example
 * np.expm1(1e-10) // → 1.00000000005e-10
 */
export const expm1 = unaryUfunc(ops.expm1);
/**
 * The natural logarithm of each element: −infinity at 0, NaN below. Source: numpy.log.
 * @example
 * np.log(1) // → 0.0
 */
export const log = unaryUfunc(ops.log);
/**
 * The logarithm to base 2 of each element: −infinity at 0, NaN below. Source: numpy.log2.
 * @example
 * np.log2(8) // → 3.0
 */
export const log2 = unaryUfunc(ops.log2);
/**
 * The logarithm to base 10 of each element: −infinity at 0, NaN below. Source: numpy.log10.
 * @example
 * np.log10(1000) // → 3.0
 */
export const log10 = unaryUfunc(ops.log10);
/**
 * log(1 + x), exact near 0. Source: numpy.log1p.
 * @example
 * np.log1p(0) // → 0.0
 */
export const log1p = unaryUfunc(ops.log1p);
/**
 * log(exp(x1) + exp(x2)), without overflow. Source: numpy.logaddexp.
 * @example
 * np.logaddexp(0, 0) // → 0.6931471805599453
 */
export const logaddexp = binaryUfunc(ops.logaddexp);

/**
 * The sine of angles in radians. Source: numpy.sin.
 * @example
 * np.sin(0) // → 0.0
 */
export const sin = unaryUfunc(ops.sin);
/**
 * The cosine of angles in radians. Source: numpy.cos.
 * @example
 * np.cos(0) // → 1.0
 */
export const cos = unaryUfunc(ops.cos);
/**
 * The tangent of angles in radians. Source: numpy.tan.
 * @example
 * np.tan(0) // → 0.0
 */
export const tan = unaryUfunc(ops.tan);
/**
 * The angle in radians whose sine each element is; NaN beyond ±1. Source: numpy.arcsin.
 * @example
 * np.arcsin(1) // → 1.5707963267948966
 */
export const arcsin = unaryUfunc(ops.asin, { name: 'arcsin' });
/**
 * Another name of arcsin. Source: numpy.asin.
 * @example
 * np.asin(0) // → 0.0
 */
export const asin = arcsin;
/**
 * The angle in radians whose cosine each element is; NaN beyond ±1. Source: numpy.arccos.
 * @example
 * np.arccos(1) // → 0.0
 */
export const arccos = unaryUfunc(ops.acos, { name: 'arccos' });
/**
 * Another name of arccos. Source: numpy.acos.
 * @example
 * np.acos(1) // → 0.0
 */
export const acos = arccos;
/**
 * The angle in radians whose tangent each element is. Source: numpy.arctan.
 * @example
 * np.arctan(1) // → 0.7853981633974483
 */
export const arctan = unaryUfunc(ops.atan, { name: 'arctan' });
/**
 * Another name of arctan. Source: numpy.atan.
 * @example
 * np.atan(0) // → 0.0
 */
export const atan = arctan;
/**
 * The angle of the point (x2, x1) in radians. Source: numpy.arctan2.
 * @example
 * np.arctan2(1, 1) // → 0.7853981633974483
 */
export const arctan2 = binaryUfunc(ops.atan2, { name: 'arctan2' });
/**
 * Another name of arctan2. Source: numpy.atan2.
 * @example
 * np.atan2(0, 1) // → 0.0
 */
export const atan2 = arctan2;
/**
 * √(x1² + x2²) without overflow. Source: numpy.hypot.
 * @example
 * np.hypot(3, 4) // → 5.0
 */
export const hypot = binaryUfunc(ops.hypot);
/**
 * Degrees to radians. Source: numpy.deg2rad.
 * @example
 * np.deg2rad(180) // → 3.141592653589793
 */
export const deg2rad = composedUnary('deg2rad', loops.scaledBy(Math.PI / 180));
/**
 * Degrees to radians. Source: numpy.radians.
 * @example
 * np.radians(0) // → 0.0
 */
export const radians = deg2rad;
/**
 * Radians to degrees. Source: numpy.rad2deg.
 * @example
 * np.rad2deg(np.pi) // → 180.0
 */
export const rad2deg = composedUnary('rad2deg', loops.scaledBy(180 / Math.PI));
/**
 * Radians to degrees. Source: numpy.degrees.
 * @example
 * np.degrees(0) // → 0.0
 */
export const degrees = rad2deg;
/**
 * The hyperbolic sine of each element. Source: numpy.sinh.
 * @example
 * np.sinh(0) // → 0.0
 */
export const sinh = unaryUfunc(ops.sinh);
/**
 * The hyperbolic cosine of each element. Source: numpy.cosh.
 * @example
 * np.cosh(0) // → 1.0
 */
export const cosh = unaryUfunc(ops.cosh);
/**
 * The hyperbolic tangent of each element. Source: numpy.tanh.
 * @example
 * np.tanh(0) // → 0.0
 */
export const tanh = unaryUfunc(ops.tanh);
/**
 * The number whose hyperbolic sine each element is. Source: numpy.arcsinh.
 * @example
 * np.arcsinh(0) // → 0.0
 */
export const arcsinh = unaryUfunc(ops.asinh, { name: 'arcsinh' });
/**
 * Another name of arcsinh. Source: numpy.asinh.
 * @example
 * np.asinh(0) // → 0.0
 */
export const asinh = arcsinh;
/**
 * The number whose hyperbolic cosine each element is; NaN below 1. Source: numpy.arccosh.
 * @example
 * np.arccosh(1) // → 0.0
 */
export const arccosh = unaryUfunc(ops.acosh, { name: 'arccosh' });
/**
 * Another name of arccosh. Source: numpy.acosh.
 * @example
 * np.acosh(1) // → 0.0
 */
export const acosh = arccosh;
/**
 * The number whose hyperbolic tangent each element is; NaN beyond ±1. Source: numpy.arctanh.
 * @example
 * np.arctanh(0) // → 0.0
 */
export const arctanh = unaryUfunc(ops.atanh, { name: 'arctanh' });
/**
 * Another name of arctanh. Source: numpy.atanh.
 * @example
 * np.atanh(0) // → 0.0
 */
export const atanh = arctanh;

/**
 * The bits that both have; on booleans the logical and. Source: numpy.bitwise_and.
 * @example
 * np.bitwise_and(12, 10) // → 8
 */
export const bitwise_and = binaryUfunc(ops.bitwiseAnd, { name: 'bitwise_and' });
/**
 * The bits that x1 or x2 has. Source: numpy.bitwise_or.
 * @example
 * np.bitwise_or(12, 10) // → 14
 */
export const bitwise_or = binaryUfunc(ops.bitwiseOr, { name: 'bitwise_or' });
/**
 * The bits that only one of x1 and x2 has. Source: numpy.bitwise_xor.
 * @example
 * np.bitwise_xor(12, 10) // → 6
 */
export const bitwise_xor = binaryUfunc(ops.bitwiseXor, { name: 'bitwise_xor' });
/**
 * Every bit inverted; on booleans the logical not. Source: numpy.invert.
 * @example
 * np.invert([0, 5]) // → [-1 -6]
 */
export const invert = unaryUfunc(ops.bitwiseNot, { name: 'invert' });
/**
 * Another name of invert. Source: numpy.bitwise_not.
 * @example
 * np.bitwise_not(true) // → False
 */
export const bitwise_not = invert;
/**
 * Another name of invert. Source: numpy.bitwise_invert.
 * @example
 * np.bitwise_invert(0) // → -1
 */
export const bitwise_invert = invert;
/**
 * Bits moved up by x2: x1 · 2^x2 of integers. Source: numpy.left_shift.
 * @example
 * np.left_shift(1, [1, 2]) // → [2 4]
 */
export const left_shift = binaryUfunc(ops.leftShift, { name: 'left_shift' });
/**
 * Another name of left_shift. Source: numpy.bitwise_left_shift.
 * @example
 * np.bitwise_left_shift(1, 3) // → 8
 */
export const bitwise_left_shift = left_shift;
/**
 * x1 / 2^x2 of integers, rounded down. Source: numpy.right_shift.
 * @example
 * np.right_shift(20, 2) // → 5
 */
export const right_shift = binaryUfunc(ops.rightShift, { name: 'right_shift' });
/**
 * Another name of right_shift. Source: numpy.bitwise_right_shift.
 * @example
 * np.bitwise_right_shift(8, 3) // → 1
 */
export const bitwise_right_shift = right_shift;

/**
 * Whether x1 == x2, element by element; NaN equals nothing. Source: numpy.equal.
 * @example
 * np.equal([1, 2], [1, 3]) // → [ True False]
 */
export const equal = binaryUfunc(ops.eq, { name: 'equal', special: loops.exactComparison(ops.eq) });
/**
 * Whether x1 != x2, element by element; NaN differs from all. Source: numpy.not_equal.
 * @example
 * np.not_equal([1, 2], [1, 3]) // → [False  True]
 */
export const not_equal = binaryUfunc(ops.ne, { name: 'not_equal', special: loops.exactComparison(ops.ne) });
/**
 * Whether x1 < x2, element by element. Source: numpy.less.
 * @example
 * np.less([1, 2], 2) // → [ True False]
 */
export const less = binaryUfunc(ops.lt, { name: 'less', special: loops.exactComparison(ops.lt) });
/**
 * Whether x1 <= x2, element by element. Source: numpy.less_equal.
 * @example
 * np.less_equal([1, 3], 2) // → [ True False]
 */
export const less_equal = binaryUfunc(ops.le, { name: 'less_equal', special: loops.exactComparison(ops.le) });
/**
 * Whether x1 > x2, element by element. Source: numpy.greater.
 * @example
 * np.greater([1, 3], 2) // → [False  True]
 */
export const greater = binaryUfunc(ops.gt, { name: 'greater', special: loops.exactComparison(ops.gt) });
/**
 * Whether x1 >= x2, element by element. Source: numpy.greater_equal.
 * @example
 * np.greater_equal([1, 2], 2) // → [False  True]
 */
export const greater_equal = binaryUfunc(ops.ge, { name: 'greater_equal', special: loops.exactComparison(ops.ge) });

/**
 * Whether both elements are true, that is not 0. Source: numpy.logical_and.
 * @example
 * np.logical_and([true, false], true) // → [ True False]
 */
export const logical_and = binaryUfunc(ops.logicalAnd, { name: 'logical_and', truths: true });
/**
 * Whether one of two elements at least is true, that is not 0. Source: numpy.logical_or.
 * @example
 * np.logical_or([0, 1], 0) // → [False  True]
 */
export const logical_or = binaryUfunc(ops.logicalOr, { name: 'logical_or', truths: true });
/**
 * Whether exactly one of two elements is true, that is not 0. Source: numpy.logical_xor.
 * @example
 * np.logical_xor(true, [true, false]) // → [False  True]
 */
export const logical_xor = binaryUfunc(ops.logicalXor, { name: 'logical_xor', truths: true });
/**
 * Whether an element is zero or false. Source: numpy.logical_not.
 * @example
 * np.logical_not([0, 3]) // → [ True False]
 */
export const logical_not = unaryUfunc(ops.logicalNot, { name: 'logical_not' });

/**
 * The larger of x1 and x2, element by element; NaN wins. Source: numpy.maximum.
 * @example
 * np.maximum([1, 5], 3) // → [3 5]
 */
export const maximum = binaryUfunc(ops.maximum, { loops: loops.complexMaximum });
/**
 * The smaller of x1 and x2, element by element; NaN wins. Source: numpy.minimum.
 * @example
 * np.minimum([1, 5], 3) // → [1 3]
 */
export const minimum = binaryUfunc(ops.minimum, { loops: loops.complexMinimum });
/**
 * The larger of two; numbers win over NaN. Source: numpy.fmax.
 * @example
 * np.fmax([NaN, 1], 0) // → [0. 1.]
 */
export const fmax = binaryUfunc(ops.fmax, { loops: loops.fmaxLoops });
/**
 * The smaller of two; numbers win over NaN. Source: numpy.fmin.
 * @example
 * np.fmin([NaN, 1], 0) // → [0. 0.]
 */
export const fmin = binaryUfunc(ops.fmin, { loops: loops.fminLoops });

/**
 * Whether a number is neither infinite nor NaN. Source: numpy.isfinite.
 * @example
 * np.isfinite([1, Infinity]) // → [ True False]
 */
export const isfinite = unaryUfunc(ops.isfinite, { loops: loops.alwaysTrue });
/**
 * Whether each element is infinite. Source: numpy.isinf.
 * @example
 * np.isinf([1, -Infinity]) // → [False  True]
 */
export const isinf = unaryUfunc(ops.isinf, { loops: loops.neverTrue });
/**
 * Whether each element is NaN. Source: numpy.isnan.
 * @example
 * np.isnan([1, NaN]) // → [False  True]
 */
export const isnan = unaryUfunc(ops.isnan, { loops: loops.neverTrue });
/**
 * Whether the sign is minus, also of −0. Source: numpy.signbit.
 * @example
 * np.signbit([-0, 1]) // → [ True False]
 */
export const signbit = unaryUfunc(ops.signbit);
/**
 * The size of x1 with the sign of x2. Source: numpy.copysign.
 * @example
 * np.copysign(1.5, -2) // → -1.5
 */
export const copysign = binaryUfunc(ops.copysign);
/**
 * The next number after x1 towards x2. Source: numpy.nextafter.
 * @example
 * np.nextafter(1, 2) // → 1.0000000000000002
 */
export const nextafter = binaryUfunc(ops.nextafter, { loops: loops.halfNextafter });
/**
 * The largest whole number that is not above each element, in its dtype. Source: numpy.floor.
 * @example
 * np.floor([-1.5, 1.5]) // → [-2.  1.]
 */
export const floor = unaryUfunc(ops.floor, { loops: loops.boolCopies });
/**
 * The smallest whole number that is not below each element, in its dtype. Source: numpy.ceil.
 * @example
 * np.ceil([-1.5, 1.5]) // → [-1.  2.]
 */
export const ceil = unaryUfunc(ops.ceil, { loops: loops.boolCopies });
/**
 * Each element without its fraction, in its dtype. Source: numpy.trunc.
 * @example
 * np.trunc([-1.5, 1.5]) // → [-1.  1.]
 */
export const trunc = unaryUfunc(ops.truncate, { loops: loops.boolCopies });
/**
 * 0 where x1 < 0, x2 where it is 0, 1 where it is above, NaN where it is NaN. Source: numpy.heaviside.
 * @example
 * np.heaviside([-1.5, 0, 2], 0.5) // → [0.  0.5 1. ]
 */
export const heaviside = composedBinary('heaviside', loops.heavisideLoops);
