/** NumPy: arrays, universal functions and the functions around them. */
import './methods.ts';

export { Complex } from '../core/complex.ts';
export { slice } from '../core/indexing/index.ts';
export { ndarray } from './array.ts';
export type { ArrayLike, Flags, FlatIterable, Item } from './array.ts';
export {
  allclose, array_equal, array_equiv, diff, interp, isclose, may_share_memory, shares_memory,
} from './comparing.ts';
export type { CloseOptions, DiffOptions } from './comparing.ts';
export {
  angle, around, clip, divmod, fix, imag, iscomplex, isreal, modf, real, round,
} from './composites.ts';
export type { ClipOptions, RoundOptions } from './composites.ts';
export * from './constants.ts';
export * from './creation.ts';
export * from './dtypes.ts';
export * as exceptions from './exceptions.ts';
export * from './grids.ts';
export type { Index } from './indexing.ts';
export {
  append, array_split, column_stack, concat, concatenate, copyto, delete_ as delete, dsplit, dstack, hsplit, hstack, insert, pad,
  repeat, resize, split, stack, tile, vsplit, vstack,
} from './joining.ts';
export type { JoinOptions, PadMode, PadOptions, PadWidth } from './joining.ts';
export * from './limits.ts';
export * from './manipulation.ts';
export type { AstypeOptions } from './methods.ts';
export {
  argsort, argwhere, bincount, digitize, flatnonzero, histogram, histogram_bin_edges, lexsort, nonzero, put, put_along_axis,
  searchsorted, sort, take, take_along_axis, unique, where,
} from './ordering.ts';
export type { HistogramOptions, SearchOptions, SortOptions, TakeOptions, UniqueOptions } from './ordering.ts';
export * from './places.ts';
export * from './printing.ts';
export { einsum } from './einsum.ts';
export type { EinsumOptions } from './einsum.ts';
export * from './products.ts';
export type { Casting } from './promotion.ts';
export {
  all, amax, amin, any, argmax, argmin, count_nonzero, cumprod, cumsum, max, mean, min, prod, ptp, std, sum, var_ as var,
} from './reductions.ts';
export type {
  ArgOptions, Axis, ExtremeOptions, LogicalOptions, MeanOptions, ReduceArguments, ReduceOptions, ScanOptions, VarianceOptions,
} from './reductions.ts';
export * from './sets.ts';
export * from './signal.ts';
export * from './statistics.ts';
export * from './typeFunctions.ts';
export type { BinaryUfunc, UfuncOptions, UnaryUfunc } from './ufunc.ts';
export * from './ufuncs.ts';
export * as random from './random/index.ts';
export * from './io/index.ts';
