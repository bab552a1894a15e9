import type { DType } from '../../core/dtype.ts';
import { float64, int64, uint64 } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import type { Declined } from '../kernels.ts';
import { declined } from '../kernels.ts';
import { plainExports } from './module.ts';
import { fill } from './move.ts';
import { staged } from './staging.ts';
import { withTemporaries } from './temporaries.ts';

/** The dtypes that searching compares in: all numbers of a kind are exact in the widest. */
const widest = { bool: int64, int: int64, uint: uint64, float: float64 } as const;
const elements = { int64: 'i64', uint64: 'u64', float64: 'f64' } as const;

const asItLies = (array: StridedArray, dtype: DType): boolean => array.dtypeCore === dtype && array.geometry.contiguous;

/** Where values go in sorted lines; of complex numbers the composite knows. */
export function searchSorted(sorted: StridedArray, values: StridedArray, right: boolean, out: StridedArray): void | Declined {
  const { kind } = sorted.dtypeCore;
  if (kind === 'complex') return declined;
  const { shape, size } = values.geometry;
  if (size === 0) return undefined;
  const dtype = widest[kind];
  const lines = sorted.geometry.shape;
  const count = lines[lines.length - 1];
  const [width, step] = lines.length > 1 ? [shape[shape.length - 1], count * dtype.itemsize] : [size, 0];
  return withTemporaries((temporaries) => {
    const [from, given] = [sorted, values].map((array) => (asItLies(array, dtype) ? array : temporaries.converted(array, dtype)));
    staged((stage) => {
      plainExports()[`searchSorted_${elements[dtype.name as keyof typeof elements]}`](
        stage.address(from), count, step, stage.address(given), width, size / width, right ? 1 : 0, stage.address(out, 'write'));
    });
  });
}

/** How often each integer occurs, or the sums of weights of 64 bits. */
export function bincount(x: StridedArray, weights: StridedArray | null, out: StridedArray): void | Declined {
  const isFloat = out.dtypeCore === float64;
  if (!isFloat && out.dtypeCore !== int64) return declined;
  fill(out, 0);
  if (x.geometry.size === 0) return undefined;
  return withTemporaries((temporaries) => {
    const [places, given] = [x, weights].map((array) =>
      (array === null || array.geometry.contiguous ? array : temporaries.converted(array, array.dtypeCore)));
    staged((stage) => {
      plainExports()[isFloat ? 'bincount_f64' : 'bincount_i64'](
        stage.address(places!), x.geometry.size, given === null ? 0 : stage.address(given), stage.address(out, 'update'));
    });
  });
}
