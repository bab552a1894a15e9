import { MemoryError } from '../../core/errors.ts';
import { bytesText, stridedLayout } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import { blockOf } from './buffers.ts';
import { bytesOf } from './elements.ts';
import type { Binding, Gpu } from './gpu.ts';

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
    const [low, high] = geometry.range;
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

/** An array that a kernel walks over common axes; `axes` says which of its own each of them is, -1 for none. */
export interface Walked {
  readonly array: StridedArray;
  readonly axes: readonly number[];
}

function partOf({ array, axes }: Walked, axis: number, start: number, extent: number): StridedArray {
  const own = axes[axis];
  if (own < 0) return array;
  const { shape, strides, offset } = array.geometry;
  const part = stridedLayout(shape.map((each, i) => (i === own ? extent : each)), strides, offset + start * strides[own]);
  return new StridedArray(array.storage, array.dtypeCore, part);
}

/** Whether a kernel can bind all that an array touches. */
export function fits(gpu: Gpu, array: StridedArray): boolean {
  if (array.geometry.size === 0 || blockOf(array, gpu.pool).size <= gpu.bindingLimit) return true;
  const [start, end] = spanOf(array);
  return end - start <= gpu.bindingLimit;
}

/** Whether lines along an axis reach too far to be bound where they lie, but not if their elements followed one another. */
export function isSpread(gpu: Gpu, array: StridedArray, axis: number): boolean {
  const { shape, strides } = array.geometry;
  const bytes = (shape[axis] ?? 1) * bytesOf(array.dtypeCore);
  return !fits(gpu, array) && bytes * Math.abs(strides[axis] ?? 0) + alignment > gpu.bindingLimit && bytes + alignment <= gpu.bindingLimit;
}

/**
 * Where an array is too large to bind, halves the one of `among` (common axes) that shortens it most and runs `body` with
 * the parts of all arrays, in order; false where all of them fit, or where nothing can be halved.
 */
export function splitLarge(
  gpu: Gpu, walked: readonly Walked[], among: readonly number[], body: (parts: readonly StridedArray[]) => void,
): boolean {
  const large = walked.find(({ array }) => !fits(gpu, array));
  return large !== undefined && splitAlong(walked, large, among, body);
}

/** The same for one array that has to be shorter for another reason. */
export function splitAlong(
  walked: readonly Walked[], { array, axes }: Walked, among: readonly number[], body: (parts: readonly StridedArray[]) => void,
): boolean {
  const { shape, strides } = array.geometry;
  const reach = (axis: number): number => {
    const own = axes[axis];
    return own < 0 || shape[own] < 2 ? -1 : Math.abs(strides[own]) * shape[own];
  };
  const axis = among.reduce((best, each) => (reach(each) > reach(best) ? each : best), among[0] ?? -1);
  if (axis < 0 || reach(axis) < 0) return false;
  const extent = shape[axes[axis]];
  // Halves of long axes end on whole tiles of the kernels, and keep four elements together.
  const half = extent > 128 ? Math.ceil(extent / 128) * 64 : Math.ceil(extent / 2);
  body(walked.map((each) => partOf(each, axis, 0, half)));
  body(walked.map((each) => partOf(each, axis, half, extent - half)));
  return true;
}

/** Arrays that are broadcast to one shape, as they are walked over it. */
export function broadcastWalk(arrays: readonly StridedArray[], shape: readonly number[]): Walked[] {
  return arrays.map((array) => {
    const own = array.geometry.shape;
    const lead = shape.length - own.length;
    return { array, axes: shape.map((extent, axis) => (axis < lead || (own[axis - lead] === 1 && extent !== 1) ? -1 : axis - lead)) };
  });
}
