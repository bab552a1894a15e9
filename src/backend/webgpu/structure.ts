import type { DType } from '../../core/dtype.ts';
import { float32, int32, uint16, uint32, uint8 } from '../../core/dtype.ts';
import { StridedArray } from '../../core/strided.ts';
import { bytesOf, perWord } from './elements.ts';
import type { Gpu } from './gpu.ts';
import { cast } from './move.ts';
import { temporary } from './pointwise.ts';

/** What the kernels share that move, order and run along whole rows. */

/** The dtype of 32-bit words that stands in for one that shares words. */
export function wordDtype(dtype: DType): DType {
  if (perWord(dtype) === 1) return dtype;
  return dtype.kind === 'float' ? float32 : dtype.kind === 'int' ? int32 : uint32;
}

/** The same elements as bits, for kernels that only move them. */
export function bitsOf({ storage, dtypeCore, geometry }: StridedArray): StridedArray {
  const bytes = bytesOf(dtypeCore);
  return new StridedArray(storage, bytes === 4 ? uint32 : bytes === 2 ? uint16 : uint8, geometry);
}

/** Runs `body` with a list of arrays that are given back when it has queued what uses them. */
export function withTemporaries<T>(body: (temporaries: StridedArray[]) => T): T {
  const temporaries: StridedArray[] = [];
  try {
    return body(temporaries);
  } finally {
    for (const { storage } of temporaries) storage.free();
  }
}

/** A contiguous copy in a dtype, which joins the temporaries. */
export function copyOf(gpu: Gpu, array: StridedArray, dtype: DType, temporaries: StridedArray[]): StridedArray {
  const copy = temporary(gpu, array.geometry.shape, dtype);
  temporaries.push(copy);
  cast(gpu, array, copy);
  return copy;
}

/** Runs `body` with a contiguous array in place of `out`, which then receives it. */
export function writingApart(gpu: Gpu, out: StridedArray, dtype: DType, body: (apart: StridedArray) => void): void {
  const apart = temporary(gpu, out.geometry.shape, dtype);
  try {
    body(apart);
    cast(gpu, apart, out);
  } finally {
    apart.storage.free();
  }
}
