import { componentType, isHalf } from '../../core/dtype.ts';
import type { Scalar } from '../../core/complex.ts';
import { Complex, isScalar } from '../../core/complex.ts';
import { complex } from '../../core/complexExpression.ts';
import { c, e } from '../../core/expression.ts';
import type { Operand } from '../../backend/backend.ts';
import { StridedArray } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { zerosLike } from '../creation.ts';
import { add, conjugate, div, mul, neg, square, sub } from './arithmetic.ts';
import { eq, ge, logicalAnd, where } from './comparison.ts';
import { floats, inexact, numeric, numericAndComplex, binary, unary } from './row.ts';

const conj = <A extends StridedArray>(x: A): A => (x.dtypeCore.kind === 'complex' ? conjugate(x) : x);
const { modulus } = complex;
const half = { dtypes: floats, floatResult: true } as const;
const full = { dtypes: inexact, floatResult: true } as const;
/** Of complex numbers those that are used seldom are put together from functions of their parts. */
const seldomComplex = { ...full, compiled: floats } as const;

/** Absolute value; the modulus, a real number, of a complex one. */
export const abs = unary({
  name: 'abs', args: ['x'], dtypes: numericAndComplex, result: 'component',
  eval: ({ x }, dtype) => (dtype.kind === 'uint' ? x : e.abs(x)),
  evalComplex: ({ x }) => modulus(x),
  saves: { x: ['x'] },
  vjp: {
    x: (g, { x }) => {
      const value = x as StridedArray;
      return mul(cast(g, value.dtypeCore), directionOf(value));
    },
  },
});

/** The sign as gradients take it: of a real NaN it is 0, as everywhere in PyTorch. */
export function directionOf(x: StridedArray): StridedArray {
  return x.dtypeCore.kind === 'complex' ? sign(x) : where(eq(x, x), sign(x), 0) as StridedArray;
}

/** −1, 0 or 1; x/|x| of a complex number. NaN stays. */
export const sign = unary({
  name: 'sign', args: ['x'], dtypes: numericAndComplex,
  eval: ({ x }) => e.sign(x),
  evalComplex: ({ x }) => {
    const size = modulus(x);
    const zero = e.eq(size, 0);
    return { re: e.select(zero, 0, e.div(x.re, size)), im: e.select(zero, 0, e.div(x.im, size)) };
  },
  saves: { x: ['x'] },
  vjp: {
    // On the unit circle only the part of the gradient across the radius counts, divided by the modulus.
    x: (g, { x }) => {
      if (g.dtypeCore.kind !== 'complex') return zerosLike(g);
      const type = g.dtypeCore;
      const out = sign(x as StridedArray);
      const along = mul(cast(cast(mul(g, conjugate(out)), componentType(type)), type), out);
      const size = cast(abs(x as StridedArray), type);
      return where(eq(size, 0), 0, div(sub(g, along), size)) as StridedArray;
    },
  },
});

export const sqrt = unary({
  name: 'sqrt', args: ['x'], ...full,
  eval: ({ x }) => e.sqrt(x),
  evalComplex: ({ x }) => complex.sqrt(x),
  saves: { x: ['out'] },
  vjp: { x: (g, { out }) => div(g, conj(mul(out, 2))) },
});

/** 1 / √x */
export const rsqrt = unary({
  name: 'rsqrt', args: ['x'], ...full, compiled: [],
  eval: ({ x }) => e.div(1, e.sqrt(x)),
  evalComplex: ({ x }) => c.div({ re: e.add(1, 0), im: e.mul(0, 1) }, complex.sqrt(x)),
  saves: { x: ['out'] },
  vjp: { x: (g, { out }) => mul(mul(g, -0.5), conj(mul(mul(out, out), out))) },
});

export const exp = unary({
  name: 'exp', args: ['x'], ...full,
  eval: ({ x }) => e.exp(x),
  evalComplex: ({ x }) => complex.exp(x),
  saves: { x: ['out'] },
  vjp: { x: (g, { out }) => mul(g, conj(out)) },
});

export const exp2 = unary({
  name: 'exp2', args: ['x'], ...seldomComplex,
  eval: ({ x }) => e.exp2(x),
  evalComplex: ({ x }) => complex.exp2(x),
  saves: { x: ['out'] },
  vjp: { x: (g, { out }) => mul(mul(g, conj(out)), Math.LN2) },
});

export const expm1 = unary({
  name: 'expm1', args: ['x'], ...seldomComplex,
  eval: ({ x }) => e.expm1(x),
  evalComplex: ({ x }) => complex.expm1(x),
  saves: { x: ['out'] },
  vjp: { x: (g, { out }) => mul(g, conj(add(out, 1))) },
});

export const log = unary({
  name: 'log', args: ['x'], ...full,
  eval: ({ x }) => e.log(x),
  evalComplex: ({ x }) => complex.log(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => div(g, conj(x as StridedArray)) },
});

export const log2 = unary({
  name: 'log2', args: ['x'], ...seldomComplex,
  eval: ({ x }) => e.log2(x),
  evalComplex: ({ x }) => complex.log2(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => div(g, conj(mul(x as StridedArray, Math.LN2))) },
});

export const log10 = unary({
  name: 'log10', args: ['x'], ...seldomComplex,
  eval: ({ x }) => e.log10(x),
  evalComplex: ({ x }) => complex.log10(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => div(g, conj(mul(x as StridedArray, Math.LN10))) },
});

export const log1p = unary({
  name: 'log1p', args: ['x'], ...seldomComplex,
  eval: ({ x }) => e.log1p(x),
  evalComplex: ({ x }) => complex.log1p(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => div(g, conj(add(x as StridedArray, 1))) },
});

export const cbrt = unary({
  name: 'cbrt', args: ['x'], ...half,
  eval: ({ x }) => e.cbrt(x),
  saves: { x: ['out'] },
  vjp: { x: (g, { out }) => div(g, mul(square(out), 3)) },
});

export const sin = unary({
  name: 'sin', args: ['x'], ...full,
  eval: ({ x }) => e.sin(x),
  evalComplex: ({ x }) => complex.sin(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => mul(g, conj(cos(x as StridedArray))) },
});

export const cos = unary({
  name: 'cos', args: ['x'], ...full,
  eval: ({ x }) => e.cos(x),
  evalComplex: ({ x }) => complex.cos(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => neg(mul(g, conj(sin(x as StridedArray)))) },
});

export const tan = unary({
  name: 'tan', args: ['x'], ...seldomComplex,
  eval: ({ x }) => e.tan(x),
  evalComplex: ({ x }) => complex.tan(x),
  saves: { x: ['out'] },
  vjp: { x: (g, { out }) => mul(g, conj(add(square(out), 1))) },
});

export const asin = unary({
  name: 'asin', args: ['x'], ...seldomComplex,
  eval: ({ x }) => e.asin(x),
  evalComplex: ({ x }) => complex.asin(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => div(g, conj(sqrt(oneMinusSquare(x as StridedArray)))) },
});

export const acos = unary({
  name: 'acos', args: ['x'], ...seldomComplex,
  eval: ({ x }) => e.acos(x),
  evalComplex: ({ x }) => complex.acos(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => neg(div(g, conj(sqrt(oneMinusSquare(x as StridedArray))))) },
});

export const atan = unary({
  name: 'atan', args: ['x'], ...seldomComplex,
  eval: ({ x }) => e.atan(x),
  evalComplex: ({ x }) => complex.atan(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => div(g, conj(add(square(x as StridedArray), 1))) },
});

export const sinh = unary({
  name: 'sinh', args: ['x'], ...full,
  eval: ({ x }) => e.sinh(x),
  evalComplex: ({ x }) => complex.sinh(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => mul(g, conj(cosh(x as StridedArray))) },
});

export const cosh = unary({
  name: 'cosh', args: ['x'], ...full,
  eval: ({ x }) => e.cosh(x),
  evalComplex: ({ x }) => complex.cosh(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => mul(g, conj(sinh(x as StridedArray))) },
});

export const tanh = unary({
  name: 'tanh', args: ['x'], ...seldomComplex,
  eval: ({ x }) => e.tanh(x),
  evalComplex: ({ x }) => complex.tanh(x),
  saves: { x: ['out'] },
  vjp: { x: (g, { out }) => mul(g, conj(oneMinusSquare(out))) },
});

export const asinh = unary({
  name: 'asinh', args: ['x'], ...seldomComplex,
  eval: ({ x }) => e.asinh(x),
  evalComplex: ({ x }) => complex.asinh(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => div(g, conj(sqrt(add(square(x as StridedArray), 1)))) },
});

export const acosh = unary({
  name: 'acosh', args: ['x'], ...seldomComplex,
  eval: ({ x }) => e.acosh(x),
  evalComplex: ({ x }) => complex.acosh(x),
  saves: { x: ['x'] },
  vjp: {
    x: (g, { x }) => {
      const value = x as StridedArray;
      if (value.dtypeCore.kind !== 'complex') return div(g, sqrt(sub(square(value), 1)));
      // Two roots: the root of the product lies on the wrong branch in the left half plane.
      return div(g, conj(mul(sqrt(sub(value, 1)), sqrt(add(value, 1)))));
    },
  },
});

export const atanh = unary({
  name: 'atanh', args: ['x'], ...seldomComplex,
  eval: ({ x }) => e.atanh(x),
  evalComplex: ({ x }) => complex.atanh(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => div(g, conj(oneMinusSquare(x as StridedArray))) },
});

/** 1 / (1 + exp(−x)) */
export const sigmoid = unary({
  name: 'sigmoid', args: ['x'], ...half,
  eval: ({ x }) => e.sigmoid(x),
  saves: { x: ['out'] },
  vjp: { x: (g, { out }) => mul(g, mul(out, sub.reversed(1, out))) },
});

export const erf = unary({
  name: 'erf', args: ['x'], ...half,
  eval: ({ x }) => e.erf(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => mul(mul(g, exp(neg(square(x as StridedArray)))), 2 / Math.sqrt(Math.PI)) },
});

export const erfc = unary({
  name: 'erfc', args: ['x'], ...half,
  eval: ({ x }) => e.erfc(x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => mul(mul(g, exp(neg(square(x as StridedArray)))), -2 / Math.sqrt(Math.PI)) },
});

const step = { dtypes: numeric, vjp: { x: (g: StridedArray) => zerosLike(g) } } as const;
export const floor = unary({ ...step, name: 'floor', args: ['x'], eval: ({ x }, { kind }) => (kind === 'float' ? e.floor(x) : x) });
export const ceil = unary({ ...step, name: 'ceil', args: ['x'], eval: ({ x }, { kind }) => (kind === 'float' ? e.ceil(x) : x) });
/** To the nearest integer, halves to the even one. */
export const rint = unary({
  ...step, name: 'rint', gradName: 'RoundBackward0', args: ['x'], eval: ({ x }, { kind }) => (kind === 'float' ? e.rint(x) : x),
});

/** x to the power y. Integer bases take integer powers, which must not be negative. */
export const pow = binary({
  name: 'pow', args: ['x', 'y'], dtypes: numericAndComplex,
  eval: ({ x, y }) => e.pow(x, y),
  evalComplex: ({ x, y }) => complex.power(x, y),
  saves: { x: ['x', 'y'], y: ['x', 'y', 'out'] },
  vjp: {
    x: (g, { x, y }) => {
      // y · x^(y−1), and 0 rather than 0 · inf where y is 0.
      if (isScalar(y)) {
        const { re, im } = complexOf(y);
        if (re === 0 && im === 0) return zerosLike(g);
        // The root, as in PyTorch, which minus infinity has not.
        const power = re === 1.5 && im === 0 ? sqrt(x as StridedArray)
          : pow(x as StridedArray, im === 0 ? re - 1 : new Complex(re - 1, im));
        return mul(g, conj(mul(power, y)));
      }
      const exponent = y as StridedArray;
      const slope = mul(exponent, powOperands(x, sub(exponent, 1)));
      return mul(g, conj(where(eq(exponent, 0), 0, slope) as StridedArray));
    },
    // out · log(x), and 0 at a base of 0 rather than 0 · −inf where the exponent is not negative.
    y: (g, { x, y, out }) => {
      const base = isScalar(x) ? complexOf(x) : null;
      if (base !== null && (base.re !== 0 || base.im !== 0)) {
        const { re, im } = base;
        const logarithm = g.dtypeCore.kind === 'complex' ? new Complex(Math.log(Math.hypot(re, im)), Math.atan2(im, re)) : Math.log(re);
        return mul(g, conj(mul(out as StridedArray, logarithm)));
      }
      const slope = mul(out, base === null ? log(x as StridedArray) : -Infinity);
      const isPositive = ge(y as StridedArray, 0);
      const isFlat = base === null ? logicalAnd(eq(x as StridedArray, 0), isPositive) : isPositive;
      return mul(g, conj(where(isFlat, 0, slope) as StridedArray));
    },
  },
});

const complexOf = (x: Scalar): Complex => (x instanceof Complex ? x : new Complex(Number(x)));

function powOperands(x: unknown, y: StridedArray): StridedArray {
  return typeof x === 'number' ? pow.reversed(x, y) : pow(x as StridedArray, y);
}

export const atan2 = binary({
  name: 'atan2', args: ['x', 'y'], dtypes: floats, floatResult: true,
  eval: ({ x, y }) => e.atan2(x, y),
  saves: { x: ['x', 'y'], y: ['x', 'y'] },
  vjp: {
    x: (g, { x, y }) => mul(g, overSumOfSquares(y, x, y)),
    y: (g, { x, y }) => neg(mul(g, overSumOfSquares(x, x, y))),
  },
});

export const hypot = binary({
  name: 'hypot', args: ['x', 'y'], dtypes: floats, floatResult: true,
  eval: ({ x, y }) => e.hypot(x, y),
  saves: { x: ['x', 'out'], y: ['y', 'out'] },
  vjp: {
    x: (g, { x, out }) => mul(g, div.reversed(x, out)),
    y: (g, { y, out }) => mul(g, div.reversed(y, out)),
  },
});

export const logaddexp = binary({
  name: 'logaddexp', args: ['x', 'y'], dtypes: floats, floatResult: true,
  eval: ({ x, y }) => e.logaddexp(x, y),
  saves: { x: ['x', 'y'], y: ['x', 'y'] },
  vjp: {
    x: (g, { x, y }) => mul(g, sigmoid(x instanceof StridedArray ? sub(x, y) : sub.reversed(x, y as StridedArray))),
    y: (g, { x, y }) => mul(g, sigmoid(y instanceof StridedArray ? sub(y, x) : sub.reversed(y, x as StridedArray))),
  },
});

export const copysign = binary({
  name: 'copysign', args: ['x', 'y'], dtypes: floats, floatResult: true,
  eval: ({ x, y }) => e.copysign(x, y),
  saves: { x: ['x', 'out'] },
  vjp: {
    x: (g, { x, out }) => mul(g, where(eq(x as StridedArray, 0), 0, div(out, x)) as StridedArray),
    y: (g) => zerosLike(g),
  },
});

export const nextafter = binary({
  // The neighbour depends on the width: a half float's is not its float32's.
  name: 'nextafter', args: ['x', 'y'], dtypes: floats.filter((dtype) => !isHalf(dtype)),
  eval: ({ x, y }) => e.nextafter(x, y),
  saves: { x: ['x', 'y'] },
  vjp: {
    x: (g, { x, y }) => where(eq(x as StridedArray, y), 0, g) as StridedArray,
    y: (g) => zerosLike(g),
  },
});

function oneMinusSquare(x: StridedArray): StridedArray {
  return sub.reversed(1, square(x));
}

/** value / (x² + y²), and 0 where that is 0. */
function overSumOfSquares(value: Operand, x: Operand, y: Operand): StridedArray {
  const total = typeof x === 'number' ? add(square(y as StridedArray), x * x)
    : typeof y === 'number' ? add(square(x as StridedArray), y * y)
      : add(square(x as StridedArray), square(y as StridedArray));
  const quotient = value instanceof StridedArray ? div(value, total) : div.reversed(value, total);
  return where(eq(total, 0), 0, quotient) as StridedArray;
}
