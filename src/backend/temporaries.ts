import type { DType } from '../core/dtype.ts';
import { contiguousLayout } from '../core/layout.ts';
import { StridedArray } from '../core/strided.ts';
import type { Backend } from './backend.ts';

/** Arrays that live during one call of a kernel: for dtypes that are kept in memory but not computed in, and for results apart. */
export class Temporaries {
  private readonly arrays: StridedArray[] = [];
  private readonly device: Pick<Backend, 'allocate' | 'cast'>;

  constructor(device: Pick<Backend, 'allocate' | 'cast'>) {
    this.device = device;
  }

  /** Uninitialised and contiguous. */
  make(shape: readonly number[], dtype: DType): StridedArray {
    const layout = contiguousLayout(shape);
    const array = new StridedArray(this.device.allocate(layout.size, dtype), dtype, layout);
    this.arrays.push(array);
    return array;
  }

  /** A contiguous copy in another dtype, or the same. */
  converted(array: StridedArray, dtype: DType): StridedArray {
    const result = this.make(array.geometry.shape, dtype);
    this.device.cast(array, result);
    return result;
  }

  /** Lets `compute` write into memory of its own, in `dtype`, and converts what it wrote to `out`. */
  apart(out: StridedArray, dtype: DType, compute: (result: StridedArray) => void): void {
    const result = this.make(out.geometry.shape, dtype);
    compute(result);
    this.device.cast(result, out);
  }

  /** The same where `out` has another dtype; else `compute` writes into it. */
  writing(out: StridedArray, dtype: DType, compute: (result: StridedArray) => void): void {
    if (out.dtypeCore === dtype) compute(out);
    else this.apart(out, dtype, compute);
  }

  free(): void {
    for (const { storage } of this.arrays) storage.free();
  }
}

/** Runs `body` with temporaries on a device and gives them back. */
export function withTemporariesOn<T>(device: Pick<Backend, 'allocate' | 'cast'>, body: (temporaries: Temporaries) => T): T {
  const temporaries = new Temporaries(device);
  try {
    return body(temporaries);
  } finally {
    temporaries.free();
  }
}
