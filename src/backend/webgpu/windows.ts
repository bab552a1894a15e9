import { MemoryError } from '../../core/errors.ts';
import { bytesText, elementRange } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import { blockOf } from './buffers.ts';
import { bytesOf } from './elements.ts';
import type { Binding, Gpu } from './gpu.ts';
import { stridesOver } from './places.ts';

/** Arrays beyond what one binding spans are bound in part, and computed with part by part. */

/** The part of a buffer that a kernel binds, and the element of the storage that lies at its start. */
export interface Window {
  readonly binding: Binding;
  readonly start: number;
}

const alignment = 256;

/** The bytes of a storage from the first to the last element of the arrays on it, from a multiple of 256 on. */
function spanOf(...arrays: readonly StridedArray[]): readonly [number, number] {
  const spans = arrays.map(({ geometry, dtypeCore }) => {
    const [low, high] = elementRange(geometry);
    const bytes = bytesOf(dtypeCore);
    return [Math.floor(low * bytes / alignment) * alignment, Math.ceil((high + 1) * bytes / 4) * 4];
  });
  return [Math.min(...spans.map(([start]) => start)), Math.max(...spans.map(([, end]) => end))];
}

/** The part of its buffer that holds an array, and others on the same storage. */
export function windowOf(gpu: Gpu, array: StridedArray, ...others: readonly StridedArray[]): Window {
  const block = blockOf(array, gpu.pool);
  if (block.size <= gpu.bindingLimit) return { binding: { block, offset: 0, size: block.size }, start: 0 };
  const [start, end] = spanOf(array, ...others);
  if (end - start > gpu.bindingLimit) {
    throw new MemoryError(
      `this operation would bind ${bytesText(end - start)} of one tensor, more than the ${bytesText(gpu.bindingLimit)} of this GPU; `
      + 'compute with parts of it');
  }
  return { binding: { block, offset: start, size: end - start }, start: start / bytesOf(array.dtypeCore) };
}

/** Whether a kernel can bind all that an array touches. */
export function fits(gpu: Gpu, array: StridedArray): boolean {
  if (blockOf(array, gpu.pool).size <= gpu.bindingLimit) return true;
  const [start, end] = spanOf(array);
  return end - start <= gpu.bindingLimit;
}

/** Part of an axis of an array that is broadcast to `shape`. */
export function partOf(array: StridedArray, shape: readonly number[], axis: number, start: number, extent: number): StridedArray {
  const strides = stridesOver(array.geometry, shape);
  const part = shape.map((each, i) => (i === axis ? extent : each));
  const size = part.reduce((product, each) => product * each, 1);
  return new StridedArray(array.storage, array.dtypeCore, {
    shape: part, strides, offset: array.geometry.offset + start * strides[axis], size, contiguous: false,
  });
}

/**
 * Where arrays that are walked together over `shape` are too large to bind, halves the axis that shortens them most and runs
 * `body` with either half; false where all of them fit and nothing was done.
 */
export function fitBindings(
  gpu: Gpu, arrays: readonly StridedArray[], shape: readonly number[], body: (parts: readonly StridedArray[]) => void,
): boolean {
  const large = arrays.find((array) => !fits(gpu, array));
  if (large === undefined) return false;
  const strides = stridesOver(large.geometry, shape);
  let axis = -1;
  for (let i = 0; i < shape.length; i++) {
    if (shape[i] > 1 && (axis < 0 || Math.abs(strides[i]) * shape[i] > Math.abs(strides[axis]) * shape[axis])) axis = i;
  }
  const half = Math.ceil(shape[axis] / 2);
  body(arrays.map((array) => partOf(array, shape, axis, 0, half)));
  body(arrays.map((array) => partOf(array, shape, axis, half, shape[axis] - half)));
  return true;
}
