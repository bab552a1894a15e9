import * as ops from '../ops/pointwise/index.ts';
import { binary, ternary, unary } from './pointwiseFactories.ts';

/** Element-by-element functions. Each is also a method, and has an in-place form with a trailing underscore. */

/** Negative of each element. Source: torch.neg. */
export const neg = unary(ops.neg);
export const negative = neg;
/** Absolute value; of complex elements the modulus. Source: torch.abs. */
export const abs = unary(ops.abs);
export const absolute = abs;
/** −1, 0 or 1. Source: torch.sign. */
export const sign = unary(ops.sign);
/** Complex conjugate. Source: torch.conj. */
export const conj_physical = unary(ops.conjugate);
export const exp = unary(ops.exp);
export const exp2 = unary(ops.exp2);
export const expm1 = unary(ops.expm1);
export const log = unary(ops.log);
export const log2 = unary(ops.log2);
export const log10 = unary(ops.log10);
export const log1p = unary(ops.log1p);
export const sqrt = unary(ops.sqrt);
export const square = unary(ops.square);
export const reciprocal = unary(ops.reciprocal);
export const sin = unary(ops.sin);
export const cos = unary(ops.cos);
export const tan = unary(ops.tan);
export const asin = unary(ops.asin);
export const acos = unary(ops.acos);
export const atan = unary(ops.atan);
export const arcsin = asin;
export const arccos = acos;
export const arctan = atan;
export const sinh = unary(ops.sinh);
export const cosh = unary(ops.cosh);
export const tanh = unary(ops.tanh);
export const asinh = unary(ops.asinh);
export const acosh = unary(ops.acosh);
export const atanh = unary(ops.atanh);
export const sigmoid = unary(ops.sigmoid);
export const relu = unary(ops.relu);
export const erf = unary(ops.erf);
export const erfc = unary(ops.erfc);
export const floor = unary(ops.floor);
export const ceil = unary(ops.ceil);
export const trunc = unary(ops.truncate);
export const fix = trunc;
export const isnan = unary(ops.isnan);
export const isinf = unary(ops.isinf);
export const isfinite = unary(ops.isfinite);
export const signbit = unary(ops.signbit);
export const logical_not = unary(ops.logicalNot, 'logical_not');
export const bitwise_not = unary(ops.bitwiseNot, 'bitwise_not');

export const mul = binary(ops.mul);
export const multiply = mul;
export const pow = binary(ops.pow);
export const remainder = binary(ops.remainder);
export const fmod = binary(ops.fmod);
export const floor_divide = binary(ops.floorDivide, 'floor_divide');
export const true_divide = binary(ops.div, 'true_divide');
export const maximum = binary(ops.maximum);
export const minimum = binary(ops.minimum);
export const fmax = binary(ops.fmax);
export const fmin = binary(ops.fmin);
export const atan2 = binary(ops.atan2);
export const arctan2 = atan2;
export const hypot = binary(ops.hypot);
export const logaddexp = binary(ops.logaddexp);
export const copysign = binary(ops.copysign);
export const nextafter = binary(ops.nextafter);
export const eq = binary(ops.eq);
export const ne = binary(ops.ne);
export const lt = binary(ops.lt);
export const le = binary(ops.le);
export const gt = binary(ops.gt);
export const ge = binary(ops.ge);
export const not_equal = ne;
export const less = lt;
export const less_equal = le;
export const greater = gt;
export const greater_equal = ge;
export const logical_and = binary(ops.logicalAnd, 'logical_and');
export const logical_or = binary(ops.logicalOr, 'logical_or');
export const logical_xor = binary(ops.logicalXor, 'logical_xor');
export const bitwise_and = binary(ops.bitwiseAnd, 'bitwise_and');
export const bitwise_or = binary(ops.bitwiseOr, 'bitwise_or');
export const bitwise_xor = binary(ops.bitwiseXor, 'bitwise_xor');
export const bitwise_left_shift = binary(ops.leftShift, 'bitwise_left_shift');
export const bitwise_right_shift = binary(ops.rightShift, 'bitwise_right_shift');

/** start + weight · (end − start). Source: torch.lerp. */
export const lerp = ternary(ops.lerp);

