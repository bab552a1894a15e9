/** NumPy: arrays, universal functions and the functions around them. */
import './ndarray/methods.ts';

export { Complex } from '../core/complex.ts';
export { slice } from '../core/indexing/index.ts';
export { ndarray } from './ndarray/ndarray.ts';
export type { ArrayLike, Item } from './ndarray/ndarray.ts';
export type { Flags } from './ndarray/flags.ts';
export { flatiter } from './ndarray/flat.ts';
export {
  allclose, array_equal, array_equiv, diff, iscomplexobj, isclose, isfortran, isneginf, isposinf, isrealobj, iterable,
  may_share_memory, shares_memory,
} from './routines/logic.ts';
export {
  angle, around, clip, divmod, fix, frexp, imag, iscomplex, isreal, modf, real, real_if_close,
  round,
} from './routines/math.ts';
export * from './constants.ts';
export * from './routines/creation.ts';
export * from './dtypes/dtypes.ts';
export { ScalarType } from './dtypes/scalarTypes.ts';
export type { ScalarMaker } from './dtypes/scalarTypes.ts';
export * as exceptions from './exceptions.ts';
export * as emath from './emath.ts';
export * as lib from './lib/index.ts';
export * from './routines/ranges.ts';
export * from './routines/matrices.ts';
export { apply_over_axes, fromiter, piecewise, vectorize } from './routines/functional.ts';
export type { Vectorized, VectorizeOptions } from './routines/functional.ts';
export { ufunc } from './ufunc/class.ts';
export { frompyfunc } from './ufunc/frompyfunc.ts';
export type { PyfuncOptions, PyfuncUfunc } from './ufunc/frompyfunc.ts';
export type { Index } from './ndarray/indexing.ts';
export {
  append, array_split, block, column_stack, concat, concatenate, copyto, delete_ as delete, dsplit, dstack, hsplit, hstack, insert,
  repeat, resize, row_stack, split, stack, tile, trim_zeros, vsplit, vstack,
} from './routines/joining.ts';
export { errstate, getbufsize, geterr, geterrcall, setbufsize, seterr, seterrcall } from './routines/errorHandling.ts';
export type {
  ErrorCall, ErrorChanges, ErrorKind, ErrorLog, ErrorMode, ErrorModes, ErrorStateChanges,
} from './routines/errorHandling.ts';
export { pad } from './routines/padding.ts';
export type { PadMode, PadWidth } from './routines/padding.ts';
export * from './dtypes/limits.ts';
export {
  atleast_1d, atleast_2d, atleast_3d, broadcast_arrays, broadcast_shapes, broadcast_to, diagonal, expand_dims, flip, fliplr, flipud,
  matrix_transpose, moveaxis, ndim, permute_dims, ravel, reshape, roll, rollaxis, rot90, shape, size, squeeze, swapaxes, trace, transpose,
  unstack,
} from './routines/manipulation.ts';
export type { ReshapeOrder } from './routines/manipulation.ts';
export {
  argpartition, argsort, argwhere, bincount, digitize, flatnonzero, lexsort, nonzero, partition, put, put_along_axis, searchsorted, sort,
  sort_complex, take, take_along_axis, unique, where,
} from './routines/sorting.ts';
export type { Blocks } from './routines/joining.ts';
export type { IndexMode, SortKind } from './routines/sorting.ts';
export * from './routines/broadcasting.ts';
export * from './routines/packing.ts';
export * from './routines/histograms.ts';
export * from './routines/indexing.ts';
export { c_, index_exp, mgrid, ogrid, r_, s_ } from './routines/indexTricks.ts';
export type { Joinable } from './routines/indexTricks.ts';
export type { GridSlice } from './arguments/slices.ts';
export { ndenumerate, ndindex } from './routines/iteration.ts';
export { nditer, nested_iters } from './routines/nditer.ts';
export type { IterFlag, NdIter, OperandFlag } from './routines/nditer.ts';
export * from './io/printing.ts';
export { einsum, einsum_path } from './routines/einsum.ts';
export type { EinsumPath, Optimize } from './routines/einsumSteps.ts';
export type { EinsumOptions, Sublist } from './routines/einsum.ts';
export * from './routines/products.ts';
export type { Casting } from './dtypes/promotion.ts';
export {
  all, amax, amin, any, argmax, argmin, count_nonzero, cumprod, cumsum, cumulative_prod, cumulative_sum, max, mean, min, prod, ptp, std,
  sum, var_ as var,
} from './routines/reductions.ts';
export type { Axis, ReduceOptions, ScanOptions } from './routines/reductions.ts';
export * from './routines/sets.ts';
export * from './routines/differences.ts';
export * from './routines/interpolation.ts';
export * from './routines/special.ts';
export * from './routines/windows.ts';
export * from './routines/statistics.ts';
export * from './dtypes/typeFunctions.ts';
export type { BinaryUfunc, UnaryUfunc } from './ufunc/methods.ts';
export type { UfuncOptions } from './ufunc/ufunc.ts';
export * from './ufuncs.ts';
export * as fft from './fft/index.ts';
export * as linalg from './linalg/index.ts';
export * from './polynomial/poly1d/functions.ts';
export { poly1d } from './polynomial/poly1d/poly1d.ts';
export * as polynomial from './polynomial/index.ts';
export * from './ufunc/composed.ts';
export * as random from './random/index.ts';
export * as testing from './testing/index.ts';
export * from './io/index.ts';
export { fromfile, fromregex, fromstring } from './io/binary.ts';
export { genfromtxt } from './io/text/genfromtxt.ts';
export { loadtxt } from './io/text/loadtxt.ts';
export type { TextConverters } from './io/text/loadtxt.ts';
export { savetxt } from './io/text/savetxt.ts';
export type { SaveTextOptions, TextSink } from './io/text/savetxt.ts';
export type { TextSource } from './io/text/source.ts';
export { base_repr, binary_repr, format_float_positional, format_float_scientific } from './io/numberTexts.ts';
export { __array_namespace_info__, from_dlpack } from './arrayApi.ts';
export type { ArrayNamespaceInfo, DTypeKind } from './arrayApi.ts';
export { show_config, show_runtime } from './routines/runtime.ts';
export * as dtypes from './dtypes/classes.ts';
export {
  asmatrix, bmat, busday_count, busday_offset, busdaycalendar, bytes_, char, character, clongdouble, complex256, ctypeslib, datetime64,
  datetime_as_string, datetime_data, f2py, flexible, float128, get_include, info, is_busday, isnat, longdouble, ma, matrix, memmap, object_,
  rec, recarray, record, str_, strings, timedelta64, void_ as void,
} from './outOfScope.ts';
