import type { Scalar } from '../../core/complex.ts';
import { Complex } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import {
  bool, complex128, complex64, componentType, dtypes, float16, float64, int64, integerRange, isComplex, isInexact, isInteger,
} from '../../core/dtype.ts';
import { OverflowError, ValueError, shown } from '../../core/errors.ts';
import { halfBitsToNumber, numberToHalfBits } from '../../core/scalar.ts';
import { dtypeRepr, loopOrder } from './dtype.ts';

/** NumPy 2's type promotion (NEP 50): a table over dtypes, and Python's own numbers, which are weak. */

export type Casting = 'no' | 'equiv' | 'safe' | 'same_kind' | 'unsafe';

/** Bits of a type that integers fit into exactly enough for NumPy: floats hold half as many as they have, 64-bit ones all. */
function canCastSafely(from: DType, to: DType): boolean {
  if (from === to || from.kind === 'bool') return true;
  if (to.kind === 'bool') return false;
  const width = componentType(to).itemsize;
  if (isInteger(from)) {
    if (isInteger(to)) {
      if (from.kind === to.kind) return from.itemsize <= to.itemsize;
      return from.kind === 'uint' && from.itemsize < to.itemsize;
    }
    return width === 8 || width > from.itemsize;
  }
  if (isInteger(to)) return false;
  return (isComplex(to) || !isComplex(from)) && componentType(from).itemsize <= width;
}

const kindRank = { bool: 0, uint: 1, int: 2, float: 3, complex: 4 } as const;

const safe: boolean[] = dtypes.flatMap((from) => dtypes.map((to) => canCastSafely(from, to)));

export function safelyCasts(from: DType, to: DType): boolean {
  return safe[from.code * dtypes.length + to.code];
}

const castings: readonly string[] = ['no', 'equiv', 'safe', 'same_kind', 'unsafe'];

/** Refuses what is no rule of casting; `others` are those that the caller knows beside the usual ones. */
export function checkCasting(casting: unknown, others: readonly string[] = []): asserts casting is Casting {
  if (castings.includes(casting as string)) return;
  const known = [...castings, ...others].map((each) => `'${each}'`).join(', ');
  throw new ValueError(`casting must be one of ${known} (got '${shown(casting)}')`);
}

export function castAllowed(from: DType, to: DType, casting: Casting): boolean {
  switch (casting) {
    case 'no':
    case 'equiv': return from === to;
    case 'safe': return safelyCasts(from, to);
    case 'same_kind': return safelyCasts(from, to) || kindRank[from.kind] <= kindRank[to.kind];
    case 'unsafe': return true;
  }
}

/** Refuses what a rule does not allow, in the words for arrays, or for `what` else it is. */
export function checkCast(from: DType, to: DType, casting: Casting, what = 'array data'): void {
  if (castAllowed(from, to, casting)) return;
  throw new TypeError(`Cannot cast ${what} from ${dtypeRepr(from)} to ${dtypeRepr(to)} according to the rule '${casting}'`);
}

/** The first type in NumPy's order that both cast to safely. */
export function firstSafe(candidates: readonly DType[], types: readonly DType[]): DType | null {
  for (const candidate of candidates) {
    if (types.every((type) => safelyCasts(type, candidate))) return candidate;
  }
  return null;
}

const table: DType[] = [];

/** The smallest type that both cast to safely. */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  return (table[a.code * dtypes.length + b.code] ??= firstSafe(loopOrder, [a, b])!);
}

/** Whole numbers of either sign are of one kind here. */
const kindOrder = (dtype: DType): number => (dtype.kind === 'bool' ? 0 : Math.max(kindRank[dtype.kind], 2));

/** The smallest type that several cast to safely, as NumPy finds it: from those of the highest kind on. */
export function promoteTypes(types: readonly DType[]): DType {
  const [first] = types;
  let i = 1;
  while (i < types.length && types[i] === first) i++;
  if (i === types.length) return first;
  return [...types].sort((a, b) => kindOrder(b) - kindOrder(a)).reduce(promote);
}

/** The type that a Python number would have on its own. */
export function defaultDType(value: Scalar): DType {
  if (typeof value === 'boolean') return bool;
  if (typeof value === 'bigint') return int64;
  if (typeof value === 'number') return isIntegerLiteral(value) ? int64 : float64;
  return complex128;
}

/** Whether a number reads as a Python int: whole, exact, and not written -0. */
export function isIntegerLiteral(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

/** The type of a weak scalar beside a type: the type itself, unless the scalar is of a higher kind. */
export function weakDType(value: Scalar, beside: DType): DType {
  if (typeof value === 'boolean') return beside;
  if (typeof value === 'bigint' || (typeof value === 'number' && isIntegerLiteral(value))) {
    return beside.kind === 'bool' ? int64 : beside;
  }
  if (typeof value === 'number') return beside.kind === 'float' || beside.kind === 'complex' ? beside : float64;
  if (beside.kind === 'complex') return beside;
  return beside.kind === 'float' && beside.itemsize < 8 ? complex64 : complex128;
}

/** The common type of arrays' types and scalars. */
export function commonDType(types: readonly DType[], scalars: readonly Scalar[] = []): DType {
  if (types.length === 0) return promoteTypes(scalars.map(defaultDType));
  let common = promoteTypes(types);
  for (const scalar of scalars) common = weakDType(scalar, common);
  return common;
}

/** Whether an integer lies outside of an integer type. */
export function outOfBounds(value: number | bigint, dtype: DType): -1 | 0 | 1 {
  const [low, high] = integerRange(dtype);
  return value < low ? -1 : value > high ? 1 : 0;
}

/** A weak scalar as an element of `dtype`; NumPy's error where an integer does not fit. */
export function convertScalar(value: Scalar, dtype: DType): Scalar {
  if (isInteger(dtype) && (typeof value === 'number' || typeof value === 'bigint') && outOfBounds(value, dtype) !== 0) {
    throw new OverflowError(outOfBounds(value, int64) !== 0
      ? 'Python int too large to convert to C long' : `Python integer ${value} out of bounds for ${dtype.name}`);
  }
  // Kernels take scalars as doubles and compute half floats in float32.
  if (dtype === float16 && typeof value === 'number') return halfBitsToNumber(numberToHalfBits(value));
  if (value instanceof Complex || typeof value === 'bigint') return value;
  return typeof value === 'boolean' && dtype.kind !== 'bool' ? Number(value) : value;
}

/** The dtype that float-valued ufuncs compute a dtype in: the smallest float that it casts to safely. */
export function floatTypeOf(dtype: DType): DType {
  return firstSafe(loopOrder.filter(isInexact), [dtype])!;
}
