import type { DType } from '../../core/dtype.ts';
import { contiguousLayout } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import type { CpuStorage } from '../cpu/storage.ts';
import { allocate } from '../cpu/storage.ts';
import { cast } from './move.ts';

/** Arrays that live during one call, for dtypes that are kept in memory but not computed in. */
export class Temporaries {
  private readonly storages: CpuStorage[] = [];

  /** Uninitialised and contiguous. */
  make(shape: readonly number[], dtype: DType): StridedArray {
    const layout = contiguousLayout(shape);
    const storage = allocate(layout.size * dtype.itemsize);
    this.storages.push(storage);
    return new StridedArray(storage, dtype, layout);
  }

  /** The same elements in another dtype. */
  converted(array: StridedArray, dtype: DType): StridedArray {
    const result = this.make(array.geometry.shape, dtype);
    cast(array, result);
    return result;
  }

  /** Lets `compute` write in `dtype` and converts what it wrote to the dtype of `out`. */
  writing(out: StridedArray, dtype: DType, compute: (result: StridedArray) => void): void {
    if (out.dtypeCore === dtype) {
      compute(out);
      return;
    }
    const result = this.make(out.geometry.shape, dtype);
    compute(result);
    cast(result, out);
  }

  free(): void {
    for (const storage of this.storages) storage.free();
  }
}

export function withTemporaries(body: (temporaries: Temporaries) => void): void {
  const temporaries = new Temporaries();
  try {
    body(temporaries);
  } finally {
    temporaries.free();
  }
}
