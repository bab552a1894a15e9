import type { DType } from '../core/dtype.ts';
import { bool, int64, isComplex, isFloating, isInexact } from '../core/dtype.ts';
import type { Operand } from '../backend/backend.ts';
import { NotImplementedError } from '../core/errors.ts';
import { cast } from '../ops/cast.ts';
import { fullLike } from '../ops/creation.ts';
import type { StridedArray } from '../core/strided.ts';
import { clone } from '../ops/movement.ts';
import * as ops from '../ops/pointwise/index.ts';
import type { Binary, Ternary } from '../ops/pointwise/row.ts';
import { scalarTypeName } from './dtypes.ts';
import { renamed } from './operands.ts';
import type { TensorLike } from './operands.ts';
import type { OutOptions, TernaryFunction } from './pointwiseFactories.ts';
import { binary, dividing, namedForTensors, narrowed, pureBinary, pureUnary, ternary, unary, unaryExcept } from './pointwiseFactories.ts';
import { Tensor } from './tensor.ts';

/** Element-by-element functions. Each is also a method, and has an in-place form with a trailing underscore. */

const isReal = (type: DType): boolean => !isComplex(type);

/** Ops that compare: complex numbers have no order. */
function ordered(op: Binary, name: string): Binary {
  return narrowed(op, (type) => {
    if (isComplex(type)) throw new TypeError(`${name} not implemented for complex tensors.`);
    return true;
  });
}

/** For booleans, which are never NaN, the op of the same meaning that knows them. */
function orLogical(op: Binary, other: Binary): Binary {
  const chosen = (x: StridedArray): Binary => (x.dtypeCore === bool ? other : op);
  return Object.assign(<A extends StridedArray>(x: A, y: A | Operand, out?: A): A => chosen(x)(x, y, out), {
    op: { ...op.op, supports: (type: DType): boolean => type === bool || op.op.supports(type) },
    reversed: <A extends StridedArray>(x: Operand, y: A): A => chosen(y).reversed(x, y),
  });
}

const itself = (input: Tensor): Tensor => input;

const everywhere = (value: boolean) => (input: Tensor): Tensor => fullLike(input, value, bool);

/** Negative of each element. Source: torch.neg. */
export const neg = unaryExcept(ops.neg, {
  bool: 'Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or '
    + '`logical_not()` operator instead.',
});
export const negative = neg;
/** Absolute value; of complex elements the modulus. Source: torch.abs. */
export const abs = unary(ops.abs);
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
export const conj_physical = unaryExcept(ops.conjugate, { integer: itself, float: itself });
export const exp = unary(ops.exp);
export const exp2 = unary(ops.exp2);
export const expm1 = unary(ops.expm1);
export const log = unary(ops.log);
export const log2 = unary(ops.log2);
export const log10 = unary(ops.log10);
export const log1p = unary(ops.log1p);
export const sqrt = unary(ops.sqrt);
export const square = unaryExcept(ops.square, { bool: (input) => cast(input, int64) });
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
export const sigmoid = unaryExcept(ops.sigmoid, {
  complex: (input) => ops.reciprocal(ops.add(ops.exp(ops.neg(input)), 1)),
});
export const relu = unaryExcept(ops.relu, {
  bool: 'Boolean inputs not supported for relu', complex: 'clamp is not supported for complex types',
});
export const erf = unary(ops.erf);
export const erfc = unary(ops.erfc);
export const floor = unaryExcept(ops.floor, { complex: 'floor is not supported for complex inputs' });
export const ceil = unaryExcept(ops.ceil, { complex: 'ceil is not supported for complex inputs' });
export const trunc = unaryExcept(ops.truncate, { complex: 'trunc is not supported for complex inputs' }, 'trunc');
export const fix = trunc;
export const isnan = pureUnary(unaryExcept(ops.isnan, { integer: everywhere(false) }));
export const isinf = pureUnary(unaryExcept(ops.isinf, { integer: everywhere(false) }));
export const isfinite = pureUnary(unaryExcept(ops.isfinite, { integer: everywhere(true) }));
export const signbit = pureUnary(unaryExcept(ops.signbit, {
  bool: everywhere(false), integer: (input) => ops.lt(input, 0), complex: 'signbit is not implemented for complex tensors.',
}));
export const logical_not = unary(ops.logicalNot, 'logical_not');
export const bitwise_not = unary(ops.bitwiseNot, 'bitwise_not');

export const mul = binary(ops.mul);
export const multiply = mul;
export const remainder = dividing(namedForTensors(binary(ops.remainder), 'RemainderBackward1'));
export const fmod = dividing(namedForTensors(binary(ops.fmod), 'FmodBackward1'));
export const floor_divide = dividing(binary(ops.floorDivide, 'floor_divide'));
export const true_divide = binary(ops.div, 'true_divide');
export const maximum = pureBinary(binary(ordered(ops.maximum, 'maximum')));
export const minimum = pureBinary(binary(ordered(ops.minimum, 'minimum')));
export const fmax = pureBinary(binary(ordered(orLogical(ops.fmax, ops.maximum), 'fmax')));
export const fmin = pureBinary(binary(ordered(orLogical(ops.fmin, ops.minimum), 'fmin')));
export const atan2 = binary(ops.atan2);
export const arctan2 = atan2;
export const hypot = binary(narrowed(ops.hypot, isFloating));
export const logaddexp = pureBinary(binary(narrowed(ops.logaddexp, isInexact)));
export const copysign = binary(ops.copysign);
export const nextafter = binary(narrowed(ops.nextafter, isFloating));
export const eq = binary(ops.eq);
export const ne = binary(ops.ne);
export const lt = binary(narrowed(ops.lt, isReal));
export const le = binary(narrowed(ops.le, isReal));
export const gt = binary(narrowed(ops.gt, isReal));
export const ge = binary(narrowed(ops.ge, isReal));
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

const floatLerp: Ternary = Object.assign(
  <A extends StridedArray>(...[x, y, z, out]: Parameters<typeof ops.lerp<A>>): A => ops.lerp<A>(x, y, z, out),
  { op: { ...ops.lerp.op, floatResult: false } });
const lerpTernary = ternary(floatLerp);

/** start + weight · (end − start). Source: torch.lerp. */
export const lerp: TernaryFunction = Object.assign(
  (input: TensorLike, end: TensorLike, weight: TensorLike, options?: OutOptions): Tensor => {
    if (input instanceof Tensor && !isInexact(input.dtypeCore)) {
      throw new NotImplementedError(`"lerp_kernel_scalar" not implemented for '${scalarTypeName(input.dtypeCore)}'`);
    }
    const out = lerpTernary(input, end, weight, options);
    return weight instanceof Tensor ? renamed(out, 'LerpBackward1') : out;
  },
  { op: floatLerp.op, inPlace: lerpTernary.inPlace });
