import type { DType } from '../../core/dtype.ts';
import { float32, int32, uint16, uint32, uint8 } from '../../core/dtype.ts';
import { elementRange, stridedLayout } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import { blockOf } from './buffers.ts';
import { bytesOf, perWord } from './elements.ts';
import type { Gpu } from './gpu.ts';
import { cast } from './move.ts';
import type { Steps } from './places.ts';
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

/** Whether an array's elements follow one another in the order of the steps. */
export function consecutive({ extents, strides }: Steps, k: number): boolean {
  let step = 1;
  for (let axis = extents.length - 1; axis >= 0; axis--) {
    if (strides[k][axis] !== step) return false;
    step *= extents[axis];
  }
  return true;
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

function fits(gpu: Gpu, array: StridedArray): boolean {
  if (array.geometry.size === 0 || blockOf(array, gpu.pool).size <= gpu.bindingLimit) return true;
  const [low, high] = elementRange(array.geometry);
  // A binding starts at a multiple of 256 bytes.
  return (high - low + 1) * bytesOf(array.dtypeCore) + 256 <= gpu.bindingLimit;
}

/** Whether lines along an axis reach too far to be bound where they lie, but not if their elements followed one another. */
export function isSpread(gpu: Gpu, array: StridedArray, axis: number): boolean {
  const { shape, strides } = array.geometry;
  const bytes = (shape[axis] ?? 1) * bytesOf(array.dtypeCore);
  return !fits(gpu, array) && bytes * Math.abs(strides[axis] ?? 0) + 256 > gpu.bindingLimit && bytes + 256 <= gpu.bindingLimit;
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
  const half = Math.ceil(extent / 2);
  body(walked.map((each) => partOf(each, axis, 0, half)));
  body(walked.map((each) => partOf(each, axis, half, extent - half)));
  return true;
}
