/** What the driver and the kernels agree on about memory. */
export { setScratch } from '../map';
export { setCounters } from '../iterate';
export { sortWork } from '../sort';

/** Where the module's static data ends. */
export function heapBase(): usize {
  return __heap_base;
}
