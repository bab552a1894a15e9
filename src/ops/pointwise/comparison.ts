import type { Operand } from '../../backend/backend.ts';
import { dtypes } from '../../core/dtype.ts';
import type { Expression } from '../../core/expression.ts';
import { e } from '../../core/expression.ts';
import { StridedArray } from '../../core/strided.ts';
import type { Ternary } from './row.ts';
import { all, floats, inexact, numeric, binary, ternary, unary } from './row.ts';
import { mul } from './arithmetic.ts';

type Compare = (x: Expression, y: Expression) => Expression;
const noGradient = { dtypes: all, result: 'bool', vjp: null } as const;

const lexicographic = (strict: Compare, compare: Compare) =>
  ({ x, y }: Record<'x' | 'y', { re: Expression; im: Expression }>): Expression =>
    // As in NumPy, where a NaN in either imaginary part leaves nothing larger.
    e.either(e.both(strict(x.re, y.re), e.either(e.lt(x.im, y.im), e.ge(x.im, y.im))), e.both(e.eq(x.re, y.re), compare(x.im, y.im)));

export const eq = binary({
  ...noGradient, name: 'eq', args: ['x', 'y'],
  eval: ({ x, y }) => e.eq(x, y),
  evalBool: ({ x, y }) => e.not(e.differ(x, y)),
  evalComplex: ({ x, y }) => e.both(e.eq(x.re, y.re), e.eq(x.im, y.im)),
});
export const ne = binary({
  ...noGradient, name: 'ne', args: ['x', 'y'],
  eval: ({ x, y }) => e.ne(x, y),
  evalBool: ({ x, y }) => e.differ(x, y),
  evalComplex: ({ x, y }) => e.either(e.ne(x.re, y.re), e.ne(x.im, y.im)),
});
export const lt = binary({
  ...noGradient, name: 'lt', args: ['x', 'y'],
  eval: ({ x, y }) => e.lt(x, y),
  evalBool: ({ x, y }) => e.both(e.not(x), y),
  evalComplex: lexicographic(e.lt, e.lt),
});
export const le = binary({
  ...noGradient, name: 'le', args: ['x', 'y'],
  eval: ({ x, y }) => e.le(x, y),
  evalBool: ({ x, y }) => e.either(e.not(x), y),
  evalComplex: lexicographic(e.lt, e.le),
});
export const gt = binary({
  ...noGradient, name: 'gt', args: ['x', 'y'],
  eval: ({ x, y }) => e.gt(x, y),
  evalBool: ({ x, y }) => e.both(x, e.not(y)),
  evalComplex: lexicographic(e.gt, e.gt),
});
export const ge = binary({
  ...noGradient, name: 'ge', args: ['x', 'y'],
  eval: ({ x, y }) => e.ge(x, y),
  evalBool: ({ x, y }) => e.either(x, e.not(y)),
  evalComplex: lexicographic(e.gt, e.ge),
});

export const logicalAnd = binary({
  ...noGradient, name: 'logicalAnd', args: ['x', 'y'],
  eval: ({ x, y }) => e.both(e.truthy(x), e.truthy(y)),
  evalBool: ({ x, y }) => e.both(x, y),
  evalComplex: ({ x, y }) => e.both(truthyComplex(x), truthyComplex(y)),
});
export const logicalOr = binary({
  ...noGradient, name: 'logicalOr', args: ['x', 'y'],
  eval: ({ x, y }) => e.either(e.truthy(x), e.truthy(y)),
  evalBool: ({ x, y }) => e.either(x, y),
  evalComplex: ({ x, y }) => e.either(truthyComplex(x), truthyComplex(y)),
});
export const logicalXor = binary({
  ...noGradient, name: 'logicalXor', args: ['x', 'y'], compiled: dtypes.filter(({ kind }) => kind === 'bool' || kind === 'complex'),
  eval: ({ x, y }) => e.differ(e.truthy(x), e.truthy(y)),
  evalBool: ({ x, y }) => e.differ(x, y),
  evalComplex: ({ x, y }) => e.differ(truthyComplex(x), truthyComplex(y)),
});
export const logicalNot = unary({
  ...noGradient, name: 'logicalNot', args: ['x'],
  eval: ({ x }) => e.not(e.truthy(x)),
  evalBool: ({ x }) => e.not(x),
  evalComplex: ({ x }) => e.not(truthyComplex(x)),
});

function truthyComplex(x: { re: Expression; im: Expression }): Expression {
  return e.either(e.truthy(x.re), e.truthy(x.im));
}

export const isnan = unary({
  name: 'isnan', args: ['x'], dtypes: inexact, result: 'bool', vjp: null,
  eval: ({ x }) => e.isnan(x),
  evalComplex: ({ x }) => e.either(e.isnan(x.re), e.isnan(x.im)),
});
export const isinf = unary({
  name: 'isinf', args: ['x'], dtypes: inexact, result: 'bool', vjp: null,
  eval: ({ x }) => e.isinf(x),
  evalComplex: ({ x }) => e.either(e.isinf(x.re), e.isinf(x.im)),
});
export const isfinite = unary({
  name: 'isfinite', args: ['x'], dtypes: inexact, result: 'bool', vjp: null,
  eval: ({ x }) => e.isfinite(x),
  evalComplex: ({ x }) => e.both(e.isfinite(x.re), e.isfinite(x.im)),
});
export const signbit = unary({
  name: 'signbit', args: ['x'], dtypes: floats, result: 'bool', vjp: null,
  eval: ({ x }) => e.signbit(x),
});

/** x where the condition holds, else y. */
export const where: Ternary = ternary({
  name: 'where', args: ['condition', 'x', 'y'], conditions: ['condition'], dtypes: all,
  eval: ({ condition, x, y }) => e.select(condition, x, y),
  evalBool: ({ condition, x, y }) => e.either(e.both(condition, x), e.both(e.not(condition), y)),
  evalComplex: ({ condition, x, y }) =>
    ({ re: e.select(condition.re, x.re, y.re), im: e.select(condition.re, x.im, y.im) }),
  saves: { x: ['condition'], y: ['condition'] },
  vjp: {
    condition: null,
    x: (g, { condition }) => where(condition, g, 0) as typeof g,
    y: (g, { condition }) => where(condition, 0, g) as typeof g,
  },
});

/** The larger; NaN wins. Equal operands share the gradient. */
export const maximum = binary({
  name: 'maximum', args: ['x', 'y'], dtypes: [...numeric, ...all.filter((dtype) => dtype.kind === 'bool')],
  eval: ({ x, y }) => e.maximum(x, y),
  evalBool: ({ x, y }) => e.either(x, y),
  saves: { x: ['x', 'y'], y: ['x', 'y'] },
  vjp: {
    x: (g, { x, y }) => shareExtreme(g, x, y, lt),
    y: (g, { x, y }) => shareExtreme(g, y, x, lt),
  },
});

/** The smaller; NaN wins. Equal operands share the gradient. */
export const minimum = binary({
  name: 'minimum', args: ['x', 'y'], dtypes: [...numeric, ...all.filter((dtype) => dtype.kind === 'bool')],
  eval: ({ x, y }) => e.minimum(x, y),
  evalBool: ({ x, y }) => e.both(x, y),
  saves: { x: ['x', 'y'], y: ['x', 'y'] },
  vjp: {
    x: (g, { x, y }) => shareExtreme(g, x, y, gt),
    y: (g, { x, y }) => shareExtreme(g, y, x, gt),
  },
});

/** As maximum, but a number wins over NaN. */
export const fmax = binary({
  name: 'fmax', args: ['x', 'y'], dtypes: numeric,
  eval: ({ x, y }, dtype) => (dtype.kind === 'float' ? e.fmax(x, y) : e.maximum(x, y)),
  saves: { x: ['x', 'y'], y: ['x', 'y'] },
  vjp: {
    x: (g, { x, y }) => oneSided(g, x, y, 'x', ge),
    y: (g, { x, y }) => oneSided(g, x, y, 'y', ge),
  },
});

/** As minimum, but a number wins over NaN. */
export const fmin = binary({
  name: 'fmin', args: ['x', 'y'], dtypes: numeric,
  eval: ({ x, y }, dtype) => (dtype.kind === 'float' ? e.fmin(x, y) : e.minimum(x, y)),
  saves: { x: ['x', 'y'], y: ['x', 'y'] },
  vjp: {
    x: (g, { x, y }) => oneSided(g, x, y, 'x', le),
    y: (g, { x, y }) => oneSided(g, x, y, 'y', le),
  },
});

/** `compare` as an op of two operands of which either may be a scalar. */
function compareOperands(compare: typeof ge, x: unknown, y: unknown): StridedArray {
  return x instanceof StridedArray ? compare(x, y as Operand) : compare.reversed(x as Operand, y as StridedArray);
}

/** A pair that is equal shares the gradient, and beside NaN each has all of it. A number takes none, and leaves none where it is met. */
function shareExtreme(g: StridedArray, mine: unknown, other: unknown, loses: typeof ge): StridedArray {
  if (!(other instanceof StridedArray)) return where(compareOperands(loses === lt ? gt : lt, mine, other), g, 0) as StridedArray;
  const half = where(compareOperands(eq, mine, other), mul(g, 0.5), g) as StridedArray;
  return where(compareOperands(loses, mine, other), 0, half) as StridedArray;
}

/** An equal pair shares the gradient; beside NaN the number has it, and the first of two NaN. */
function oneSided(g: StridedArray, x: unknown, y: unknown, side: 'x' | 'y', compare: typeof ge): StridedArray {
  const wins = compareOperands(compare, x, y);
  const xWins = logicalOr(wins, isNanOperand(y));
  const whole = where(side === 'x' ? xWins : logicalNot(xWins), g, 0) as StridedArray;
  return where(compareOperands(eq, x, y), mul(g, 0.5), whole) as StridedArray;
}

function isNanOperand(value: unknown): StridedArray | boolean {
  return value instanceof StridedArray ? isnan(value) : Number.isNaN(value);
}

type Bounds = Readonly<Record<'x' | 'low' | 'high', unknown>>;

/** Half of the gradient where a value meets a bound, which lies below another one. */
const halved = (g: StridedArray, x: unknown, bound: unknown, { low, high }: Bounds): StridedArray =>
  where(logicalAnd(compareOperands(eq, x, bound), compareOperands(lt, low, high)), mul(g, 0.5), g) as StridedArray;

/** What a bound has of the gradient: of the values beyond it, and half of those that meet it. */
function ofBound(g: StridedArray, bound: unknown, beyond: typeof ge, bounds: Bounds): StridedArray {
  const { x, low, high } = bounds;
  const meets = logicalOr(compareOperands(beyond, x, bound),
    logicalAnd(compareOperands(eq, x, bound), compareOperands(lt, low, high)));
  return where(logicalAnd(meets, compareOperands(le, low, high)), halved(g, x, bound, bounds), 0) as StridedArray;
}

/** Between two bounds; NaN stays. A value shares its gradient with an array's bound that it meets; numbers leave none at bounds. */
export const clamp = ternary({
  name: 'clamp', gradName: 'ClampBackward1', args: ['x', 'low', 'high'], dtypes: numeric,
  eval: ({ x, low, high }) => e.minimum(e.maximum(x, low), high),
  saves: { x: ['x', 'low', 'high'], low: ['x', 'low', 'high'], high: ['x', 'low', 'high'] },
  vjp: {
    x: (g, bounds) => {
      const { x, low, high } = bounds;
      if (!(low instanceof StridedArray) && !(high instanceof StridedArray)) {
        return where(logicalAnd(compareOperands(gt, x, low), compareOperands(lt, x, high)), g, 0) as StridedArray;
      }
      const beyond = logicalOr(compareOperands(lt, x, low), compareOperands(gt, x, high));
      return where(beyond, 0, halved(halved(g, x, low, bounds), x, high, bounds)) as StridedArray;
    },
    low: (g, bounds) => ofBound(g, bounds.low, lt, bounds),
    // Bounds the wrong way round leave the upper one.
    high: (g, bounds) => where(compareOperands(lt, bounds.high, bounds.low), g, ofBound(g, bounds.high, gt, bounds)) as StridedArray,
  },
});
