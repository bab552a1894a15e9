/**
 * What a pointwise op computes for one element, as data. Three interpreters read it: the AssemblyScript emitter at build
 * time, the WGSL emitter at run time, and the JavaScript reference. Each is a total map over `Intrinsic`, so an intrinsic
 * that one of them lacks does not compile.
 */
const valueIntrinsics = {
  add: 2, sub: 2, mul: 2, div: 2, neg: 1, abs: 1, sign: 1,
  /** NaN wins, as in np.minimum. */
  minimum: 2, maximum: 2,
  /** Numbers win over NaN, as in np.fmin. */
  fmin: 2, fmax: 2,
  floor: 1, ceil: 1, trunc: 1, rint: 1,
  /** Quotient rounded down and its remainder, Python's // and %; 0 where an integer divisor is 0. */
  floorDivide: 2, floorMod: 2,
  /** C's remainder, with the sign of the dividend. */
  fmod: 2,
  pow: 2, sqrt: 1, cbrt: 1, exp: 1, exp2: 1, expm1: 1, log: 1, log2: 1, log10: 1, log1p: 1,
  sin: 1, cos: 1, tan: 1, asin: 1, acos: 1, atan: 1, atan2: 2, hypot: 2,
  sinh: 1, cosh: 1, tanh: 1, asinh: 1, acosh: 1, atanh: 1, sigmoid: 1, erf: 1, erfc: 1,
  logaddexp: 2, copysign: 2, nextafter: 2,
  bitwiseAnd: 2, bitwiseOr: 2, bitwiseXor: 2, bitwiseNot: 1, shiftLeft: 2, shiftRight: 2,
  /** condition, then, otherwise */
  select: 3,
} as const;

const booleanIntrinsics = {
  eq: 2, ne: 2, lt: 2, le: 2, gt: 2, ge: 2, isnan: 1, isinf: 1, isfinite: 1, signbit: 1,
  /** On booleans. */
  both: 2, either: 2, differ: 2, not: 1,
  /** Whether a value is not zero (NaN is true, as in Python). */
  truthy: 1,
} as const;

const intrinsics = { ...valueIntrinsics, ...booleanIntrinsics };
export type Intrinsic = keyof typeof intrinsics;
export const intrinsicNames = Object.keys(intrinsics) as Intrinsic[];

export type Expression =
  | { readonly kind: 'argument'; readonly name: string; readonly boolean: boolean }
  | { readonly kind: 'constant'; readonly value: number; readonly boolean: false }
  | { readonly kind: 'call'; readonly intrinsic: Intrinsic; readonly args: readonly Expression[]; readonly boolean: boolean };

/** A complex element: expressions of its two parts. */
export interface ComplexExpression {
  readonly re: Expression;
  readonly im: Expression;
}

type Term = Expression | number;
type Terms<N> = N extends 1 ? [Term] : N extends 2 ? [Term, Term] : [Term, Term, Term];
type Builder = { readonly [K in Intrinsic]: (...args: Terms<(typeof intrinsics)[K]>) => Expression };

const lift = (term: Term): Expression =>
  typeof term === 'number' ? { kind: 'constant', value: term, boolean: false } : term;

/** `e.add(x, 1)` and so on: one function per intrinsic. */
export const e = Object.fromEntries(intrinsicNames.map((intrinsic) => [
  intrinsic,
  (...args: Term[]): Expression =>
    ({ kind: 'call', intrinsic, args: args.map(lift), boolean: intrinsic in booleanIntrinsics }),
])) as unknown as Builder;

export function argument(name: string, boolean = false): Expression {
  return { kind: 'argument', name, boolean };
}

export function complexArgument(name: string): ComplexExpression {
  return { re: argument(`${name}Re`), im: argument(`${name}Im`) };
}

/**
 * g · slope. Where the slope is chosen, so is the product; one of 0 or 1 takes no multiplication, and 0 none of an infinite g. NaN is
 * NaN whatever g is: as a product it would reach the gradients of elements that do not choose it.
 */
export function gradientBy(g: Expression, slope: Expression): Expression {
  if (slope.kind === 'constant' && (slope.value === 0 || Number.isNaN(slope.value))) return slope;
  if (slope.kind === 'constant' && slope.value === 1) return g;
  if (slope.kind !== 'call' || slope.intrinsic !== 'select') return e.mul(g, slope);
  const [condition, then, otherwise] = slope.args;
  return e.select(condition, gradientBy(g, then), gradientBy(g, otherwise));
}

/** The names of the operands that an expression is of. */
export function operandsOf(expression: Expression): ReadonlySet<string> {
  switch (expression.kind) {
    case 'argument': return new Set([expression.name]);
    case 'constant': return new Set();
    case 'call': return new Set(expression.args.flatMap((arg) => [...operandsOf(arg)]));
  }
}

/** Arithmetic on complex expressions, for the complex forms of ops. */
export const c = {
  mul: (x: ComplexExpression, y: ComplexExpression): ComplexExpression => ({
    re: e.sub(e.mul(x.re, y.re), e.mul(x.im, y.im)),
    im: e.add(e.mul(x.re, y.im), e.mul(x.im, y.re)),
  }),
  /** Smith's division: scaled by the larger part of the divisor, so that it neither overflows nor loses small parts. */
  div: (x: ComplexExpression, y: ComplexExpression): ComplexExpression => {
    const wide = e.ge(e.abs(y.re), e.abs(y.im));
    const bothZero = e.both(e.eq(y.re, 0), e.eq(y.im, 0));
    const ratio = e.select(wide, e.div(y.im, y.re), e.div(y.re, y.im));
    const denominator = e.select(wide, e.add(y.re, e.mul(y.im, ratio)), e.add(y.im, e.mul(y.re, ratio)));
    const re = e.select(wide, e.add(x.re, e.mul(x.im, ratio)), e.add(e.mul(x.re, ratio), x.im));
    const im = e.select(wide, e.sub(x.im, e.mul(x.re, ratio)), e.sub(e.mul(x.im, ratio), x.re));
    return {
      re: e.select(bothZero, e.div(x.re, e.abs(y.re)), e.div(re, denominator)),
      im: e.select(bothZero, e.div(x.im, e.abs(y.re)), e.div(im, denominator)),
    };
  },
} as const;
