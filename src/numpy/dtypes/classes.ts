import * as by from './dtype.ts';
import type { Refused, dtype } from './dtype.ts';
import { refused } from './dtype.ts';

/**
 * The classes of NumPy's dtypes, of which each has one object here. Source: numpy.dtypes.
 * @example
 * const classes = [
 *   np.dtypes.BoolDType, np.dtypes.Int8DType, np.dtypes.Int16DType, np.dtypes.Int32DType, np.dtypes.Int64DType,
 *   np.dtypes.UInt8DType, np.dtypes.UInt16DType, np.dtypes.UInt32DType, np.dtypes.UInt64DType,
 *   np.dtypes.Float16DType, np.dtypes.Float32DType, np.dtypes.Float64DType, np.dtypes.Complex64DType,
 *   np.dtypes.Complex128DType
 * ];
 * classes[4]() // → int64
 * const namedByC = [
 *   np.dtypes.ByteDType, np.dtypes.UByteDType, np.dtypes.ShortDType, np.dtypes.UShortDType, np.dtypes.IntDType,
 *   np.dtypes.UIntDType, np.dtypes.LongDType, np.dtypes.ULongDType, np.dtypes.LongLongDType,
 *   np.dtypes.ULongLongDType
 * ];
 * namedByC[4]() // → int32
 * const absent = [
 *   np.dtypes.BytesDType, np.dtypes.StrDType, np.dtypes.StringDType, np.dtypes.ObjectDType, np.dtypes.VoidDType,
 *   np.dtypes.DateTime64DType, np.dtypes.TimeDelta64DType, np.dtypes.LongDoubleDType, np.dtypes.CLongDoubleDType
 * ];
 * absent.length // → 9
 */

/** A class of one dtype: called, it gives that, and the dtype is an instance of it. */
export interface DTypeClass {
  (): dtype;
  [Symbol.hasInstance](value: unknown): boolean;
}

function classOf(of: dtype): DTypeClass {
  const call = (...args: readonly unknown[]): dtype => {
    if (args.length > 0) throw new TypeError(`takes 0 positional arguments but ${args.length} were given`);
    return of;
  };
  return Object.defineProperty(call, Symbol.hasInstance, { value: (value: unknown) => value === of }) as unknown as DTypeClass;
}

/**
 * The class of np.bool.
 * @example
 * np.zeros(2, 'bool').dtype instanceof np.dtypes.BoolDType // → true
 */
export const BoolDType: DTypeClass = classOf(by.bool_);
/** The class of np.int8. */
export const Int8DType: DTypeClass = classOf(by.int8_);
/** The class of np.int16. */
export const Int16DType: DTypeClass = classOf(by.int16_);
/** The class of np.int32. */
export const Int32DType: DTypeClass = classOf(by.int32_);
/** The class of np.int64. */
export const Int64DType: DTypeClass = classOf(by.int64_);
/** The class of np.uint8. */
export const UInt8DType: DTypeClass = classOf(by.uint8_);
/** The class of np.uint16. */
export const UInt16DType: DTypeClass = classOf(by.uint16_);
/** The class of np.uint32. */
export const UInt32DType: DTypeClass = classOf(by.uint32_);
/** The class of np.uint64. */
export const UInt64DType: DTypeClass = classOf(by.uint64_);
/** The class of np.float16. */
export const Float16DType: DTypeClass = classOf(by.float16_);
/** The class of np.float32. */
export const Float32DType: DTypeClass = classOf(by.float32_);
/** The class of np.float64. */
export const Float64DType: DTypeClass = classOf(by.float64_);
/** The class of np.complex64. */
export const Complex64DType: DTypeClass = classOf(by.complex64_);
/** The class of np.complex128. */
export const Complex128DType: DTypeClass = classOf(by.complex128_);
/** C's names of the same classes. */
export {
  Int8DType as ByteDType, UInt8DType as UByteDType, Int16DType as ShortDType, UInt16DType as UShortDType, Int32DType as IntDType,
  UInt32DType as UIntDType, Int64DType as LongDType, UInt64DType as ULongDType, Int64DType as LongLongDType, UInt64DType as ULongLongDType,
};

const none = (name: string): Refused => refused(`np.dtypes.${name}: arrays here hold booleans and numbers of at most 64 bits alone`);
/** Not here: arrays of texts of bytes. */
export const BytesDType = none('BytesDType');
/** Not here: arrays of texts. */
export const StrDType = none('StrDType');
/** Not here: arrays of texts. */
export const StringDType = none('StringDType');
/** Not here: arrays of objects. */
export const ObjectDType = none('ObjectDType');
/** Not here: arrays with named fields. */
export const VoidDType = none('VoidDType');
/** Not here: arrays of dates. */
export const DateTime64DType = none('DateTime64DType');
/** Not here: arrays of lengths of time. */
export const TimeDelta64DType = none('TimeDelta64DType');
/** Not here: floats of more than 64 bits. */
export const LongDoubleDType = none('LongDoubleDType');
/** Not here: pairs of floats of more than 64 bits. */
export const CLongDoubleDType = none('CLongDoubleDType');
