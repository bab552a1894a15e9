/** The hand-written exports of the plain module; the generated op × dtype rows join them at build time. */
export { setScratch } from './map';
export { setCounters, iterate2, iterate3, iterate4, iterate5 } from './iterate';
export function heapBase(): usize {
  return __heap_base;
}
export { copy_1, copy_2, copy_4, copy_8, copy_16 } from './cast';
export { reduceOver } from './reduce';
export { scanOver } from './scan';
export { sort_1, sort_2, sort_4, sort_8, sortComplex_8, sortComplex_16, sortWork } from './sort';
export {
  gather_1, gather_2, gather_4, gather_8, gather_16, gatherPacked,
  scatter_1, scatter_2, scatter_4, scatter_8, scatter_16, scatterPacked,
  accumulate_bool, accumulate_int8, accumulate_int16, accumulate_int32, accumulate_int64, accumulate_float16, accumulate_bfloat16,
  accumulate_float32, accumulate_float64, accumulate_complex64, accumulate_complex128, countNonzero, writeNonzero,
} from './gather';
export { transpose_1, transpose_2, transpose_4, transpose_8 } from './transpose';
