import type { DType } from './dtype.ts';
import type { StridedArray } from './strided.ts';

/** Which arrays are too large to be converted, or taken into the heap of the kernels, as a whole. */

export const partLimits = {
  /** Bytes of a temporary copy in another dtype. */
  converted: 2 ** 28,
  /** Bytes of an array as it is; kernels count with signed integers of 32 bits. */
  whole: 2 ** 31 - 1,
  /** Bytes of arrays beyond the heap that one loop takes into it. */
  staged: 2 ** 26,
};

export function isLarge({ geometry: { size }, dtypeCore }: StridedArray, dtype: DType = dtypeCore): boolean {
  return size * dtype.itemsize > (dtype === dtypeCore ? partLimits.whole : partLimits.converted);
}
