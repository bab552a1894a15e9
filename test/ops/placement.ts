import type { DType } from '../../src/core/dtype.ts';
import type { Layout } from '../../src/core/layout.ts';
import { sizeOf, stridedLayout } from '../../src/core/layout.ts';
import { StridedArray } from '../../src/core/strided.ts';
import { fromBytes } from '../backend/arrays.ts';

/** How elements can lie in memory: storage order of the axes of `shape`, with padding and direction. */
export interface Placement {
  readonly name: string;
  readonly shape: readonly number[];
  /** Axes from slowest to fastest in storage. */
  readonly order: readonly number[];
  readonly step: number;
  readonly offset: number;
  readonly reversed: readonly number[];
}

/** Bytes of a storage, and the layout under which it shows the row-major elements `bytes`. */
export function lay(
  bytes: Uint8Array, dtype: DType, { shape, order, step, offset, reversed }: Placement,
): { readonly storage: Uint8Array; readonly layout: Layout } {
  const strides = new Array<number>(shape.length).fill(0);
  let stride = step;
  for (const axis of [...order].reverse()) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  let start = offset;
  for (const axis of reversed) {
    start += strides[axis] * (shape[axis] - 1);
    strides[axis] *= -1;
  }
  const storage = new Uint8Array((stride + offset) * dtype.itemsize);
  const counter = shape.map(() => 0);
  for (let i = 0; i < sizeOf(shape); i++) {
    const position = start + counter.reduce((sum, c, axis) => sum + c * strides[axis], 0);
    storage.set(bytes.subarray(i * dtype.itemsize, (i + 1) * dtype.itemsize), position * dtype.itemsize);
    for (let axis = shape.length - 1; axis >= 0 && ++counter[axis] === shape[axis]; axis--) counter[axis] = 0;
  }
  return { storage, layout: stridedLayout(shape, strides, start) };
}

/** An array that shows `bytes` (row-major elements) under the placement. */
export function place(bytes: Uint8Array, dtype: DType, placement: Placement): StridedArray {
  const { storage, layout } = lay(bytes, dtype, placement);
  const base = fromBytes(storage, [storage.length / dtype.itemsize], dtype);
  return new StridedArray(base.storage, dtype, layout);
}
