import { Printed } from '../../core/printed.ts';
import * as core from '../../core/dtype.ts';
import type { DType, DTypeName } from '../../core/dtype.ts';
import { cTypeName, isComplex, isFloating, isInexact, scalarTypeName } from '../../core/dtype.ts';
import { RuntimeError } from '../../core/errors.ts';
import type { Scalar } from '../../core/complex.ts';
import { Complex } from '../../core/complex.ts';

/**
 * The type of a tensor's elements, one object for each, which prints as in PyTorch. Source: torch.dtype.
 * @example
 * torch.float32; // → torch.float32
 * torch.float32.itemsize; // → 4
 * torch.float32.is_floating_point; // → true
 */
export class dtype extends Printed {
  /** The element type itself. @internal */
  readonly core: DType;
  /** 'float32', 'int64', 'bool', ... */
  readonly name: DTypeName;
  /** Whether its numbers have fractions. */
  readonly is_floating_point: boolean;
  /** Whether its numbers are complex. */
  readonly is_complex: boolean;
  /** Whether its numbers may be below 0. */
  readonly is_signed: boolean;
  /** Bytes per element. */
  readonly itemsize: number;

  constructor(type: DType) {
    super();
    if (!core.dtypes.includes(type)) throw new TypeError("cannot create 'torch.dtype' instances");
    this.core = type;
    this.name = type.name;
    this.is_floating_point = isFloating(type);
    this.is_complex = isComplex(type);
    this.is_signed = type.kind !== 'uint' && type.kind !== 'bool';
    this.itemsize = type.itemsize;
    Object.freeze(this);
  }

  override toString(): string {
    return `torch.${this.name}`;
  }
}

const all = core.dtypes.map((type) => new dtype(type));
const byName = Object.fromEntries(all.map((type) => [type.name, type])) as Record<DTypeName, dtype>;

// Under their full names.
export const {
  /**
   * True and false, one byte each. Source: torch.bool.
   * @example
   * torch.tensor([true, false]).dtype; // → torch.bool
   */
  bool,
  /**
   * Whole numbers of one byte, from −128 to 127. Source: torch.int8.
   * @example
   * torch.tensor([127], { dtype: torch.int8 }).add(1); // → tensor([-128], dtype=torch.int8)
   */
  int8,
  /**
   * Whole numbers of two bytes. Source: torch.int16.
   * @example
   * torch.iinfo(torch.int16).max; // → 32767
   */
  int16,
  /**
   * Whole numbers of four bytes. Source: torch.int32.
   * @example
   * torch.tensor([1.7, -1.7]).to(torch.int32); // → tensor([ 1, -1], dtype=torch.int32)
   */
  int32,
  /**
   * Whole numbers of eight bytes: the dtype of lists of whole numbers. Source: torch.int64.
   * @example
   * torch.tensor([1, 2]).dtype; // → torch.int64
   */
  int64,
  /**
   * Whole numbers of one byte, from 0 to 255. Source: torch.uint8.
   * @example
   * torch.tensor([255], { dtype: torch.uint8 }).add(1); // → tensor([0], dtype=torch.uint8)
   */
  uint8,
  /**
   * Whole numbers of two bytes, none below 0. Source: torch.uint16.
   * @example
   * torch.iinfo(torch.uint16).max; // → 65535
   */
  uint16,
  /**
   * Whole numbers of four bytes, none below 0. Source: torch.uint32.
   * @example
   * torch.iinfo(torch.uint32).max; // → 4294967295
   */
  uint32,
  /**
   * Whole numbers of eight bytes, none below 0. Source: torch.uint64.
   * @example
   * torch.iinfo(torch.uint64).max; // → 18446744073709551615
   */
  uint64,
  /**
   * Numbers of two bytes with some three digits, up to 65504. Source: torch.float16.
   * @example
   * torch.tensor([0.1], { dtype: torch.float16 }).item(); // → 0.0999755859375
   */
  float16,
  /**
   * Numbers of two bytes with some two digits, and the range of float32. Source: torch.bfloat16.
   * @example
   * torch.tensor([0.1], { dtype: torch.bfloat16 }).item(); // → 0.10009765625
   */
  bfloat16,
  /**
   * Numbers of four bytes with some seven digits: the dtype of lists with fractions. Source: torch.float32.
   * @example
   * torch.tensor([0.1]).item(); // → 0.10000000149011612
   */
  float32,
  /**
   * Numbers of eight bytes, as JavaScript has them. Source: torch.float64.
   * @example
   * torch.tensor([0.1], { dtype: torch.float64 }).item(); // → 0.1
   */
  float64,
  /**
   * Complex numbers of two float32. Source: torch.complex64.
   * @example
   * torch.tensor([new torch.Complex(1, 2)]).dtype; // → torch.complex64
   */
  complex64,
  /**
   * Complex numbers of two float64. Source: torch.complex128.
   * @example
   * torch.zeros(1, { dtype: torch.complex128 }); // → tensor([0.+0.j], dtype=torch.complex128)
   */
  complex128,
} = byName;
/** Another name of float16. Source: torch.half. */
export const half = float16;
/** Another name of float32. Source: torch.float. */
export const float = float32;
/** Another name of float64. Source: torch.double. */
export const double = float64;
/** Another name of int16. Source: torch.short. */
export const short = int16;
/** Another name of int32. Source: torch.int. */
export const int = int32;
/** Another name of int64. Source: torch.long. */
export const long = int64;
/** Another name of complex64. Source: torch.cfloat. */
export const cfloat = complex64;
/** Another name of complex128. Source: torch.cdouble. */
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
