import * as core from '../../core/dtype.ts';
import type { DType, DTypeName } from '../../core/dtype.ts';
import { cTypeName, isComplex, isFloating, isInexact, scalarTypeName } from '../../core/dtype.ts';
import { RuntimeError } from '../../core/errors.ts';
import type { Scalar } from '../../core/complex.ts';
import { Complex } from '../../core/complex.ts';

/** A torch.dtype: one object per element type, printed as PyTorch prints it. */
export class dtype {
  readonly core: DType;
  readonly name: DTypeName;
  readonly is_floating_point: boolean;
  readonly is_complex: boolean;
  readonly is_signed: boolean;
  /** Bytes per element. */
  readonly itemsize: number;

  constructor(type: DType) {
    this.core = type;
    this.name = type.name;
    this.is_floating_point = isFloating(type);
    this.is_complex = isComplex(type);
    this.is_signed = type.kind !== 'uint' && type.kind !== 'bool';
    this.itemsize = type.itemsize;
    Object.freeze(this);
  }

  toString(): string {
    return `torch.${this.name}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

const all = core.dtypes.map((type) => new dtype(type));
const byName = Object.fromEntries(all.map((type) => [type.name, type])) as Record<DTypeName, dtype>;

/** The dtypes under their full names. Source: torch.dtype. */
export const {
  bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64,
  float16, bfloat16, float32, float64, complex64, complex128,
} = byName;
/** float16. Source: torch.half. */
export const half = float16;
/** float32. Source: torch.float. */
export const float = float32;
/** float64. Source: torch.double. */
export const double = float64;
/** int16. Source: torch.short. */
export const short = int16;
/** int32. Source: torch.int. */
export const int = int32;
/** int64. Source: torch.long. */
export const long = int64;
/** complex64. Source: torch.cfloat. */
export const cfloat = complex64;
/** complex128. Source: torch.cdouble. */
export const cdouble = complex128;

export function dtypeOf(type: DType): dtype {
  return all[type.code];
}

let defaultType: DType = core.float32;

export function defaultDType(): DType {
  return defaultType;
}

/** The dtype of tensors made from fractions. Source: torch.get_default_dtype. */
export function get_default_dtype(): dtype {
  return dtypeOf(defaultType);
}

/** Sets the dtype of tensors made from fractions; floating types only. Source: torch.set_default_dtype. */
export function set_default_dtype(type: dtype): void {
  if (!type.is_floating_point) throw new TypeError(`only floating-point types are supported as the default type`);
  defaultType = type.core;
}

export { cTypeName, scalarTypeName };

/** The name of the class that tensors of a dtype once had: FloatTensor, ... */
export function legacyNameOf(type: DType): string {
  return `${scalarTypeName(type)}Tensor`;
}

export function typeOfLegacyName(name: string): DType | undefined {
  return core.dtypes.find((type) => name === `torch.${legacyNameOf(type)}` || name === `torch.${type.name}`);
}

const categories = { bool: 0, uint: 1, int: 1, float: 2, complex: 3 } as const;
const category = (type: DType): number => categories[type.kind];

/** PyTorch's promotion of two tensors' dtypes. */
export function promoteTypes(a: DType, b: DType): DType {
  if (a === b) return a;
  const wide = (type: DType): boolean => type.kind === 'uint' && type !== core.uint8;
  if ((wide(a) || wide(b)) && !isFloating(a) && !isFloating(b)) {
    throw new RuntimeError(
      `Promotion for uint16, uint32, uint64 types is not supported, attempted to promote ${scalarTypeName(a)} and ${scalarTypeName(b)}`);
  }
  const [low, high] = category(a) <= category(b) ? [a, b] : [b, a];
  if (category(low) < category(high)) {
    // A complex type with float64 is complex128; ints and bools take the other's type as it is.
    return isComplex(high) && low === core.float64 ? core.complex128 : high;
  }
  if (isInexact(a)) {
    if (a.itemsize === b.itemsize) return core.float32;
    return a.itemsize > b.itemsize ? a : b;
  }
  if (a.kind === b.kind) return a.itemsize > b.itemsize ? a : b;
  const signed = a.kind === 'int' ? a : b;
  return signed === core.int8 ? core.int16 : signed;
}

/** The dtype that a number stands for where no tensor says more. */
export function scalarType(value: Scalar): DType {
  if (value instanceof Complex) return core.complexTypeOf(defaultType);
  if (typeof value === 'boolean') return core.bool;
  if (typeof value === 'bigint') return core.int64;
  return Number.isInteger(value) && !Object.is(value, -0) ? core.int64 : defaultType;
}

/** An operand's part in promotion: tensors with axes outrank 0-d tensors, and those outrank numbers. */
interface Participant {
  readonly type: DType;
  readonly rank: 0 | 1 | 2;
}

/** PyTorch's result type: a lower rank counts only where its category (bool, integer, float, complex) is higher. */
export function resultType(participants: readonly Participant[]): DType {
  const best: (DType | null)[] = [null, null, null];
  for (const { type, rank } of participants) {
    const previous = best[rank];
    best[rank] = previous === null ? type : promoteTypes(previous, type);
  }
  const [number, zeroDim, dimensioned] = best;
  return higherCategory(dimensioned, higherCategory(zeroDim, number))!;
}

function higherCategory(high: DType | null, low: DType | null): DType | null {
  if (high === null) return low;
  if (low === null || isComplex(high)) return high;
  // A number only lifts the category: an int tensor plus 1.5 is the default float, a float64 tensor plus 1j complex128.
  if (isFloating(high)) return isComplex(low) ? core.complexTypeOf(high) : high;
  if (isInexact(low)) return low;
  return high === core.bool ? promoteTypes(high, low) : high;
}

export function canCast(from: DType, to: DType): boolean {
  return category(from) <= category(to);
}
