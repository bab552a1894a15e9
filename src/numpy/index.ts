/** NumPy: arrays, universal functions and the functions around them. */
export { Complex } from '../core/complex.ts';
import './methods.ts';
export { ndarray } from './array.ts';
export type { ArrayLike, Item } from './array.ts';
export {
  angle, around, clip, deg2rad, degrees, divmod, fix, heaviside, imag, iscomplex, isreal, modf, positive, rad2deg, radians, real, round,
} from './composites.ts';
export * from './creation.ts';
export * from './dtypes.ts';
export * from './limits.ts';
export * from './printing.ts';
export * from './ufuncs.ts';
export type { Index } from './indexing.ts';
export * from './constants.ts';
export * as exceptions from './exceptions.ts';
export * from './typeFunctions.ts';
