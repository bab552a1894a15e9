import type { Intrinsic } from '../../core/expression.ts';
import {
  copysign, erf, erfc, floorDivide, floorDivideInteger, floorMod, floorModInteger, hypot, isNegative, logaddexp,
  nextafter, pow, powInteger, rint, sigmoid,
} from './functions.ts';

/** A part of an element: what expressions compute with. */
export type Term = number | bigint | boolean;

/** The dtype of the computation. */
export interface Arithmetic {
  readonly round: (value: number) => number;
  readonly wrap: (value: bigint) => bigint;
  readonly bits: number;
  /** float32, not float64. */
  readonly single: boolean;
}

type Evaluate = (args: readonly Term[], arithmetic: Arithmetic) => Term;
type OnNumbers = (x: number, y: number, arithmetic: Arithmetic) => number;
type OnIntegers = (x: bigint, y: bigint, arithmetic: Arithmetic) => bigint;

/** Results are rounded, or wrapped, after each step, as a machine's are. */
function numeric(onNumbers: OnNumbers | null, onIntegers: OnIntegers | null = null): Evaluate {
  return ([x, y], arithmetic) => {
    if (typeof x === 'number' && onNumbers) return arithmetic.round(onNumbers(x, y as number, arithmetic));
    if (typeof x === 'bigint' && onIntegers) return arithmetic.wrap(onIntegers(x, y as bigint, arithmetic));
    throw new TypeError(`no such operation on a ${typeof x}`);
  };
}

const floats = (onNumbers: OnNumbers): Evaluate => numeric(onNumbers);
const integers = (onIntegers: OnIntegers): Evaluate => numeric(null, onIntegers);
const compare = (holds: (x: Term, y: Term) => boolean): Evaluate => ([x, y]) => holds(x, y);
const test = (holds: (x: number) => boolean): Evaluate => ([x]) => holds(x as number);
const logical = (holds: (x: boolean, y: boolean) => boolean): Evaluate => ([x, y]) => {
  if (typeof x !== 'boolean') throw new TypeError(`a logical operation on a ${typeof x}`);
  return holds(x, y as boolean);
};

export const intrinsics: { readonly [K in Intrinsic]: Evaluate } = {
  add: numeric((x, y) => x + y, (x, y) => x + y),
  sub: numeric((x, y) => x - y, (x, y) => x - y),
  mul: numeric((x, y) => x * y, (x, y) => x * y),
  div: floats((x, y) => x / y),
  neg: numeric((x) => -x, (x) => -x),
  abs: numeric(Math.abs, (x) => (x < 0n ? -x : x)),
  sign: numeric((x) => (x === 0 ? 0 : Math.sign(x)), (x) => (x > 0n ? 1n : x < 0n ? -1n : 0n)),
  minimum: numeric((x, y) => Math.min(x, y), (x, y) => (y < x ? y : x)),
  maximum: numeric((x, y) => Math.max(x, y), (x, y) => (y > x ? y : x)),
  fmin: floats((x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.min(x, y))),
  fmax: floats((x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.max(x, y))),
  floor: floats((x) => Math.floor(x)),
  ceil: floats((x) => Math.ceil(x)),
  trunc: floats((x) => Math.trunc(x)),
  rint: floats((x) => rint(x)),
  floorDivide: numeric((x, y, { round }) => floorDivide(x, y, round), floorDivideInteger),
  floorMod: numeric(floorMod, floorModInteger),
  fmod: numeric((x, y) => x % y, (x, y) => (y === 0n ? 0n : x % y)),
  pow: numeric((x, y) => pow(x, y), (x, y, { bits }) => powInteger(x, y, bits)),
  sqrt: floats((x) => Math.sqrt(x)),
  cbrt: floats((x) => Math.cbrt(x)),
  exp: floats((x) => Math.exp(x)),
  exp2: floats((x) => pow(2, x)),
  expm1: floats((x) => Math.expm1(x)),
  log: floats((x) => Math.log(x)),
  log2: floats((x) => Math.log2(x)),
  log10: floats((x) => Math.log10(x)),
  log1p: floats((x) => Math.log1p(x)),
  sin: floats((x) => Math.sin(x)),
  cos: floats((x) => Math.cos(x)),
  tan: floats((x) => Math.tan(x)),
  asin: floats((x) => Math.asin(x)),
  acos: floats((x) => Math.acos(x)),
  atan: floats((x) => Math.atan(x)),
  atan2: floats((x, y) => Math.atan2(x, y)),
  hypot: floats((x, y) => hypot(x, y)),
  sinh: floats((x) => Math.sinh(x)),
  cosh: floats((x) => Math.cosh(x)),
  tanh: floats((x) => Math.tanh(x)),
  asinh: floats((x) => Math.asinh(x)),
  acosh: floats((x) => Math.acosh(x)),
  atanh: floats((x) => Math.atanh(x)),
  sigmoid: floats((x) => sigmoid(x)),
  erf: floats((x) => erf(x)),
  erfc: floats((x) => erfc(x)),
  logaddexp: floats((x, y) => logaddexp(x, y)),
  copysign: floats((x, y) => copysign(x, y)),
  nextafter: floats((x, y, { single }) => nextafter(x, y, single)),
  bitwiseAnd: integers((x, y) => x & y),
  bitwiseOr: integers((x, y) => x | y),
  bitwiseXor: integers((x, y) => x ^ y),
  bitwiseNot: integers((x) => ~x),
  shiftLeft: integers((x, y, { bits }) => (y < 0n || y >= bits ? 0n : x << y)),
  shiftRight: integers((x, y, { bits }) => (y < 0n || y >= bits ? (x < 0n ? -1n : 0n) : x >> y)),
  select: ([condition, x, y]) => (condition === true ? x : y),
  eq: compare((x, y) => x === y),
  ne: compare((x, y) => x !== y),
  lt: compare((x, y) => x < y),
  le: compare((x, y) => x <= y),
  gt: compare((x, y) => x > y),
  ge: compare((x, y) => x >= y),
  isnan: test((x) => Number.isNaN(x)),
  isinf: test((x) => Math.abs(x) === Infinity),
  isfinite: test((x) => Number.isFinite(x)),
  signbit: test(isNegative),
  both: logical((x, y) => x && y),
  either: logical((x, y) => x || y),
  differ: logical((x, y) => x !== y),
  not: logical((x) => !x),
  truthy: ([x]) => (typeof x === 'number' ? x !== 0 : Boolean(x)),
};
