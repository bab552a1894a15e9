import { Complex } from '../../core/complex.ts';
import type { Scalar } from '../../core/complex.ts';
import { c, e } from '../../core/expression.ts';
import { StridedArray } from '../../core/strided.ts';
import { fullLike, zerosLike } from '../creation.ts';
import type { PointwiseRow } from './row.ts';
import { all, floats, inexact, numeric, numericAndComplex, usual, binary, quaternary, ternary, unary } from './row.ts';

/** The conjugate; real arrays are their own, without a copy. */
export const conjugate = unary({
  name: 'conj', args: ['x'], dtypes: inexact,
  eval: ({ x }) => x,
  evalComplex: ({ x }) => ({ re: x.re, im: e.neg(x.im) }),
  vjp: { x: (g) => conj(g) },
});

/** The conjugate of complex arrays, real ones themselves. */
export function conj<A extends StridedArray>(x: A): A {
  return x.dtypeCore.kind === 'complex' ? conjugate(x) : x;
}

/** As conj, also of a number. */
export function conjOperand<T>(x: T): T {
  if (x instanceof Complex) return new Complex(x.re, -x.im) as T;
  return x instanceof StridedArray ? conj(x) : x;
}

export const neg = unary({
  name: 'neg', args: ['x'], dtypes: numericAndComplex,
  eval: ({ x }) => e.neg(x),
  evalComplex: ({ x }) => ({ re: e.neg(x.re), im: e.neg(x.im) }),
  vjp: { x: (g) => neg(g) },
});

/** Sum; on bool the logical or, as in NumPy. */
export const add = binary({
  name: 'add', args: ['x', 'y'], dtypes: all,
  eval: ({ x, y }) => e.add(x, y),
  evalBool: ({ x, y }) => e.either(x, y),
  evalComplex: ({ x, y }) => ({ re: e.add(x.re, y.re), im: e.add(x.im, y.im) }),
  vjp: { x: (g) => g, y: (g) => g },
});

export const sub = binary({
  name: 'sub', args: ['x', 'y'], dtypes: numericAndComplex,
  eval: ({ x, y }) => e.sub(x, y),
  evalComplex: ({ x, y }) => ({ re: e.sub(x.re, y.re), im: e.sub(x.im, y.im) }),
  vjp: { x: (g) => g, y: (g) => neg(g) },
});

/** Product; on bool the logical and. */
export const mul = binary({
  name: 'mul', args: ['x', 'y'], dtypes: all,
  eval: ({ x, y }) => e.mul(x, y),
  evalBool: ({ x, y }) => e.both(x, y),
  evalComplex: ({ x, y }) => c.mul(x, y),
  saves: { x: ['y'], y: ['x'] },
  vjp: { x: (g, { y }) => mul(g, conjOperand(y)), y: (g, { x }) => mul(g, conjOperand(x)) },
});

/** True division. */
export const div = binary({
  name: 'div', args: ['x', 'y'], dtypes: inexact, floatResult: true,
  eval: ({ x, y }) => e.div(x, y),
  evalComplex: ({ x, y }) => c.div(x, y),
  // Not the result, which may be written over afterwards, as in PyTorch.
  saves: { x: ['y'], y: ['x', 'y'] },
  vjp: {
    x: (g, { y }) => div(g, conjOperand(y)),
    y: (g, { x, y }) => neg(mul(g, conj(div(x instanceof StridedArray ? div(x, y) : div.reversed(x, y as typeof g), y)))),
  },
});

/** x + scale · y, rounded after each of the two operations. */
export const addScaled = ternary({
  name: 'addScaled', gradName: 'AddBackward0', args: ['x', 'y', 'scale'], dtypes: numericAndComplex, compiled: usual,
  eval: ({ x, y, scale }) => e.add(x, e.mul(scale, y)),
  evalComplex: ({ x, y, scale }) => {
    const scaled = c.mul(scale, y);
    return { re: e.add(x.re, scaled.re), im: e.add(x.im, scaled.im) };
  },
  saves: { y: ['scale'], scale: ['y'] },
  vjp: { x: (g) => g, y: (g, { scale }) => mul(g, conjOperand(scale)), scale: (g, { y }) => mul(g, conjOperand(y)) },
});

/** x + value · a · b */
export const addcmul = quaternary({
  name: 'addcmul', args: ['x', 'a', 'b', 'value'], dtypes: numericAndComplex, compiled: usual,
  eval: ({ x, a, b, value }) => e.add(x, e.mul(e.mul(value, a), b)),
  evalComplex: ({ x, a, b, value }) => {
    const product = c.mul(c.mul(value, a), b);
    return { re: e.add(x.re, product.re), im: e.add(x.im, product.im) };
  },
  saves: { a: ['b', 'value'], b: ['a', 'value'] },
  vjp: {
    x: (g) => g,
    a: (g, { b, value }) => mul(g, conjOperand(mul(b as typeof g, value))),
    b: (g, { a, value }) => mul(g, conjOperand(mul(a as typeof g, value))),
    value: null,
  },
});

/** x + value · a / b */
export const addcdiv = quaternary({
  name: 'addcdiv', args: ['x', 'a', 'b', 'value'], dtypes: inexact,
  eval: ({ x, a, b, value }) => e.add(x, e.div(e.mul(value, a), b)),
  evalComplex: ({ x, a, b, value }) => {
    const quotient = c.div(c.mul(value, a), b);
    return { re: e.add(x.re, quotient.re), im: e.add(x.im, quotient.im) };
  },
  saves: { a: ['b', 'value'], b: ['a', 'b', 'value'] },
  vjp: {
    x: (g) => g,
    a: (g, { b, value }) => mul(g, conj(div.reversed(value, b as typeof g))),
    b: (g, { a, b, value }) => neg(mul(g, conj(div(div(mul(a as typeof g, value), b), b)))),
    value: null,
  },
});

/** start + weight · (end − start), from the nearer end, as PyTorch computes it. */
export const lerp = ternary({
  name: 'lerp', args: ['start', 'end', 'weight'], dtypes: floats,
  eval: ({ start, end, weight }) => {
    const span = e.sub(end, start);
    return e.select(e.lt(e.abs(weight), 0.5),
      e.add(start, e.mul(weight, span)), e.sub(end, e.mul(span, e.sub(1, weight))));
  },
  saves: { start: ['weight'], end: ['weight'], weight: ['start', 'end'] },
  vjp: {
    start: (g, { weight }) => mul(g, sub.reversed(1, asArray(g, weight))),
    end: (g, { weight }) => mul(g, weight),
    weight: (g, { start, end }) => mul(g, sub.reversed(end, asArray(g, start))),
  },
});

/** A saved operand that may be a scalar, as an array like `g`. */
function asArray<A extends StridedArray>(g: A, operand: unknown): A {
  return operand instanceof StridedArray ? operand as A : fullLike(g, operand as Scalar);
}

export const reciprocal = unary({
  name: 'reciprocal', args: ['x'], dtypes: inexact, floatResult: true,
  eval: ({ x }) => e.div(1, x),
  evalComplex: ({ x }) => c.div({ re: e.add(1, 0), im: e.mul(0, 1) }, x),
  saves: { x: ['out'] },
  vjp: { x: (g, { out }) => neg(mul(g, conj(mul(out, out)))) },
});

export const square = unary({
  name: 'square', gradName: 'PowBackward0', args: ['x'], dtypes: numericAndComplex,
  eval: ({ x }) => e.mul(x, x),
  evalComplex: ({ x }) => c.mul(x, x),
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => mul(g, conj(mul(x as typeof g, 2))) },
});

/** Quotient rounded down, Python's //. An integer divisor of 0 gives 0. */
export const floorDivide = binary({
  name: 'floorDivide', args: ['x', 'y'], dtypes: numeric,
  eval: ({ x, y }) => e.floorDivide(x, y),
  vjp: null,
});

/** Python's %: the sign of the divisor. */
const pythonRemainder = {
  name: 'remainder', args: ['x', 'y'], dtypes: numeric,
  eval: ({ x, y }) => e.floorMod(x, y),
  saves: { y: ['x', 'y'] },
  vjp: { x: (g) => g, y: (g, { x, y }) => neg(mul(g, floorDivide(asArray(g, x), y))) },
} satisfies PointwiseRow<'x' | 'y'>;
export const remainder = binary(pythonRemainder);

/** The same, but that a remainder of 0 has the sign of the dividend, as PyTorch has it. */
export const signedRemainder = binary({
  ...pythonRemainder, name: 'signedRemainder', gradName: 'RemainderBackward0', dtypes: floats, compiled: [],
  eval: ({ x, y }) => {
    const left = e.fmod(x, y);
    const beyond = e.both(e.ne(left, 0), e.differ(e.lt(left, 0), e.lt(y, 0)));
    return e.select(beyond, e.add(left, y), left);
  },
});

/** C's remainder: the sign of the dividend. */
export const fmod = binary({
  name: 'fmod', args: ['x', 'y'], dtypes: numeric,
  eval: ({ x, y }) => e.fmod(x, y),
  saves: { y: ['x', 'y'] },
  vjp: { x: (g) => g, y: (g, { x, y }) => neg(mul(g, truncate(div(asArray(g, x), y)))) },
});

/** Towards zero. */
export const truncate = unary({
  name: 'trunc', args: ['x'], dtypes: numeric,
  eval: ({ x }, dtype) => (dtype.kind === 'float' ? e.trunc(x) : x),
  vjp: { x: (g) => zerosLike(g) },
});
