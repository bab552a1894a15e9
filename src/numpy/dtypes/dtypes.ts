import * as by from './dtype.ts';
import type { dtype } from './dtype.ts';

/** NumPy's names of its dtypes. */

export { dtype } from './dtype.ts';
export type { DTypeLike } from './dtype.ts';

/** Boolean, one byte. */
export const bool: dtype = by.bool_;
export const bool_: dtype = bool;
export const int8: dtype = by.int8_;
export const int16: dtype = by.int16_;
export const int32: dtype = by.int32_;
export const int64: dtype = by.int64_;
export const uint8: dtype = by.uint8_;
export const uint16: dtype = by.uint16_;
export const uint32: dtype = by.uint32_;
export const uint64: dtype = by.uint64_;
export const float16: dtype = by.float16_;
export const float32: dtype = by.float32_;
export const float64: dtype = by.float64_;
export const complex64: dtype = by.complex64_;
export const complex128: dtype = by.complex128_;
export const byte: dtype = by.int8_;
export const ubyte: dtype = by.uint8_;
export const short: dtype = by.int16_;
export const ushort: dtype = by.uint16_;
export const intc: dtype = by.int32_;
export const uintc: dtype = by.uint32_;
export const int_: dtype = by.int64_;
export const uint: dtype = by.uint64_;
export const intp: dtype = by.int64_;
export const uintp: dtype = by.uint64_;
export const long: dtype = by.int64_;
export const ulong: dtype = by.uint64_;
export const longlong: dtype = by.int64_;
export const ulonglong: dtype = by.uint64_;
export const half: dtype = by.float16_;
export const single: dtype = by.float32_;
export const double: dtype = by.float64_;
export const csingle: dtype = by.complex64_;
export const cdouble: dtype = by.complex128_;
