import { Complex } from '../../core/complex.ts';
import type { dtype } from './dtype.ts';
import * as by from './dtype.ts';

/** Which types values of no dimensions are of. */

/** What makes a scalar: a dtype, or a class of the language. */
export type ScalarMaker = dtype | typeof Complex | NumberConstructor | BigIntConstructor | BooleanConstructor | StringConstructor;

/**
 * All types of scalars: the language's own and NumPy's, as far as they are here. Source: numpy.ScalarType.
 * @example
 * np.ScalarType.includes(np.float32) // → true
 * np.ScalarType.includes(Boolean) // → true
 */
export const ScalarType: readonly ScalarMaker[] = /* @__PURE__ */ Object.freeze([
  Number, BigInt, Complex, Boolean, String, by.bool_, by.complex64_, by.complex128_, by.float16_, by.float32_, by.float64_, by.int8_,
  by.int16_, by.int32_, by.int64_, by.uint8_, by.uint16_, by.uint32_, by.uint64_,
]);
