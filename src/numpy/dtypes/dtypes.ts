import * as by from './dtype.ts';
import type { dtype } from './dtype.ts';

/** NumPy's names of its dtypes. */

export { dtype } from './dtype.ts';
export type { DTypeLike } from './dtype.ts';

/**
 * Boolean, one byte. Source: numpy.bool.
 * @example
 * np.bool(2) // → True
 */
export const bool: dtype = by.bool_;
/** Another name of bool. Source: numpy.bool_. */
export const bool_: dtype = bool;
/**
 * Whole numbers of one byte, from −128 to 127. Source: numpy.int8.
 * @example
 * np.int8(100).add(np.int8(50)) // → -106
 */
export const int8: dtype = by.int8_;
/**
 * Whole numbers of two bytes, from −32768 to 32767. Source: numpy.int16.
 * @example
 * np.array([1.7, -1.7]).astype(np.int16) // → [ 1 -1]
 */
export const int16: dtype = by.int16_;
/**
 * Whole numbers of four bytes. Source: numpy.int32.
 * @example
 * np.zeros(2, np.int32).dtype // → int32
 */
export const int32: dtype = by.int32_;
/**
 * Whole numbers of eight bytes: the dtype of lists of whole numbers. Source: numpy.int64.
 * @example
 * np.array([1, 2]).dtype === np.int64 // → true
 */
export const int64: dtype = by.int64_;
/**
 * Whole numbers of one byte, from 0 to 255. Source: numpy.uint8.
 * @example
 * np.array([255], np.uint8).add(1) // → [0]
 */
export const uint8: dtype = by.uint8_;
/**
 * Whole numbers of two bytes, from 0 to 65535. Source: numpy.uint16.
 * @example
 * np.array([-1]).astype(np.uint16) // → [65535]
 */
export const uint16: dtype = by.uint16_;
/**
 * Whole numbers of four bytes, none below 0. Source: numpy.uint32.
 * @example
 * np.iinfo(np.uint32).max // → 4294967295
 */
export const uint32: dtype = by.uint32_;
/**
 * Whole numbers of eight bytes, none below 0. Source: numpy.uint64.
 * @example
 * np.uint64(2n ** 63n) // → 9223372036854775808
 */
export const uint64: dtype = by.uint64_;
/**
 * Numbers of two bytes with some three digits. Source: numpy.float16.
 * @example
 * np.float16(0.1) // → 0.1
 */
export const float16: dtype = by.float16_;
/**
 * Numbers of four bytes with some seven digits. Source: numpy.float32.
 * @example
 * np.array([1, 2.5], np.float32).dtype // → float32
 */
export const float32: dtype = by.float32_;
/**
 * Numbers of eight bytes, as JavaScript has them: the dtype of lists with fractions. Source: numpy.float64.
 * @example
 * np.float64(3) // → 3.0
 */
export const float64: dtype = by.float64_;
/**
 * Complex numbers of two float32. Source: numpy.complex64.
 * @example
 * np.array([1, 2], np.complex64) // → [1.+0.j 2.+0.j]
 */
export const complex64: dtype = by.complex64_;
/**
 * Complex numbers of two float64. Source: numpy.complex128.
 * @example
 * np.array([new np.Complex(0, 1)]).dtype // → complex128
 */
export const complex128: dtype = by.complex128_;
/** Another name of int8, as C has it. Source: numpy.byte. */
export const byte: dtype = by.int8_;
/** Another name of uint8. Source: numpy.ubyte. */
export const ubyte: dtype = by.uint8_;
/** Another name of int16. Source: numpy.short. */
export const short: dtype = by.int16_;
/** Another name of uint16. Source: numpy.ushort. */
export const ushort: dtype = by.uint16_;
/** Another name of int32, as C has it. Source: numpy.intc. */
export const intc: dtype = by.int32_;
/** Another name of uint32, as C has it. Source: numpy.uintc. */
export const uintc: dtype = by.uint32_;
/** Another name of int64, the default integer. Source: numpy.int_. */
export const int_: dtype = by.int64_;
/** Another name of uint64. Source: numpy.uint. */
export const uint: dtype = by.uint64_;
/** Another name of int64, as wide as an address. Source: numpy.intp. */
export const intp: dtype = by.int64_;
/** Another name of uint64. Source: numpy.uintp. */
export const uintp: dtype = by.uint64_;
/** Another name of int64. Source: numpy.long. */
export const long: dtype = by.int64_;
/** Another name of uint64. Source: numpy.ulong. */
export const ulong: dtype = by.uint64_;
/** Another name of int64. Source: numpy.longlong. */
export const longlong: dtype = by.int64_;
/** Another name of uint64. Source: numpy.ulonglong. */
export const ulonglong: dtype = by.uint64_;
/** Another name of float16. Source: numpy.half. */
export const half: dtype = by.float16_;
/** Another name of float32. Source: numpy.single. */
export const single: dtype = by.float32_;
/** Another name of float64. Source: numpy.double. */
export const double: dtype = by.float64_;
/** Another name of complex64. Source: numpy.csingle. */
export const csingle: dtype = by.complex64_;
/** Another name of complex128. Source: numpy.cdouble. */
export const cdouble: dtype = by.complex128_;
