import type { DType } from '../../core/dtype.ts';
import { bfloat16, isComplex } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { plainExports, rowKernel } from './module.ts';
import { mergeAxes, visitAxes } from '../axes.ts';
import { staged } from './staging.ts';

/** How wasm/sort.ts reads the bits of an element. */
function kindCode(dtype: DType): number {
  if (dtype === bfloat16) return 3;
  return dtype.kind === 'float' ? 2 : dtype.kind === 'int' ? 1 : 0;
}

/** Byte stride along the last axis; arrays without axes are rows of one element. */
function lastStride(array: StridedArray): number {
  const { strides } = array.geometry;
  return strides.length === 0 ? 0 : strides[strides.length - 1] * array.dtypeCore.itemsize;
}

/** Byte strides along the other axes; of a result that is not wanted, none. */
function outerStrides(array: StridedArray | null, ndim: number): number[] {
  if (array === null) return new Array<number>(Math.max(ndim - 1, 0)).fill(0);
  return array.geometry.strides.slice(0, -1).map((stride) => stride * array.dtypeCore.itemsize);
}

/** Sorts along the last axis, stably, NaN last, or first where descending. `out` may be the input itself. */
export function sort(
  input: StridedArray, out: StridedArray | null, indices: StridedArray | null, descending: boolean,
): void {
  const { geometry: layout, dtypeCore: dtype } = input;
  if (layout.size === 0) return;
  const n = layout.shape.at(-1) ?? 1;
  const complex = isComplex(dtype);
  const kernel = rowKernel(complex ? `sortComplex_${dtype.itemsize}` : `sort_${dtype.itemsize}`);
  staged((stage) => {
    const x = stage.address(input);
    const values = out === null ? 0 : stage.address(out, 'write');
    const order = indices === null ? 0 : stage.address(indices, 'write');
    const work = stage.workspace(plainExports().sortWork(n, dtype.itemsize / dtype.components) >>> 0);
    // Complex rows are copied, since their order is that of a permutation.
    const extra = complex ? stage.workspace(n * dtype.itemsize) : kindCode(dtype);
    const sx = lastStride(input);
    const so = out === null ? 0 : lastStride(out);
    const si = indices === null ? 0 : lastStride(indices);
    const axes = mergeAxes({
      shape: layout.shape.slice(0, -1),
      strides: [input, out, indices].map((array) => outerStrides(array, layout.shape.length)),
    });
    visitAxes(axes, [x, values, order], (at) => {
      kernel(at[0], sx, at[1], so, at[2], si, n, work, extra, descending ? 1 : 0);
    });
  });
}
