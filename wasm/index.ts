/** The hand-written exports of the plain module; the generated op × dtype rows join them at build time. */
export { setScratch } from './map';
export { setCounters, iterate2, iterate3, iterate4, iterate5 } from './iterate';
export function heapBase(): usize {
  return __heap_base;
}
export { copy_1, copy_2, copy_4, copy_8, copy_16 } from './cast';
