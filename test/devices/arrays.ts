import type { DType, TypedArray } from '../../src/core/dtype.ts';
import { bool, int64, isInexact } from '../../src/core/dtype.ts';
import { StridedArray } from '../../src/core/strided.ts';
import { fromTyped } from '../../src/ops/creation.ts';
import type { Placement } from '../ops/placement.ts';
import { lay } from '../ops/placement.ts';
import type { Refusal } from '../ops/structuralRuns.ts';
import { backend, place } from './place.ts';

/** Strided arrays of every layout on the GPU, and the way back. */

/** Dtypes that no GPU holds. */
export const notHeld: ReadonlySet<string> = new Set(['float64', 'uint64', 'complex128']);
export const held = (dtype: DType): boolean => !notHeld.has(dtype.name);

export function typedOf(bytes: Uint8Array, dtype: DType): TypedArray {
  return new dtype.array(bytes.slice().buffer);
}

/** A contiguous array with these bytes, in the dtype's own representation on the CPU. */
export function onDevice(bytes: Uint8Array, shape: readonly number[], dtype: DType): StridedArray {
  return fromTyped(StridedArray, typedOf(bytes, dtype), shape, dtype, place);
}

/** Elements that no kernel should take for data, or write over. */
function filler(elements: number, dtype: DType): Uint8Array {
  const data = new dtype.array(elements * dtype.components);
  data.fill((dtype === bool ? 1 : dtype === int64 ? 90n : isInexact(dtype) ? 0.33 : 90) as never);
  return new Uint8Array(data.buffer);
}

/** The bytes of a storage that shows `bytes` under the placement, with filler between. */
export function storageBytes(bytes: Uint8Array, dtype: DType, placement: Placement): Uint8Array {
  const { storage } = lay(bytes, dtype, placement);
  const { storage: used } = lay(new Uint8Array(bytes.length).fill(1), dtype, placement);
  const out = filler(storage.length / dtype.itemsize, dtype);
  used.forEach((one, i) => {
    if (one === 1) out[i] = storage[i];
  });
  return out;
}

export interface Placed {
  readonly array: StridedArray;
  /** All of its storage. */
  readonly base: StridedArray;
}

/** An array that shows `bytes` (row-major elements) under the placement. */
export function placed(bytes: Uint8Array, dtype: DType, placement: Placement): Placed {
  const { layout } = lay(bytes, dtype, placement);
  const storage = storageBytes(bytes, dtype, placement);
  const base = onDevice(storage, [storage.length / dtype.itemsize], dtype);
  return { array: new StridedArray(base.storage, dtype, layout), base };
}

export const download = (array: StridedArray): Promise<TypedArray> => backend().download(array);

/** Fails with all texts that say what is wrong. */
export function expectNone(failures: readonly (string | null)[]): void {
  const texts = failures.filter((text) => text !== null);
  if (texts.length > 0) throw new Error(texts.join('\n'));
}

/** A GPU's words for what it refuses. */
export const refusals = {
  dtype: /Cannot make a WebGPU tensor of dtype (complex128|float64)/,
  order: /complex numbers cannot be sorted on the GPU.*CPU/,
  read: /cannot be read at once.*await x\.cpu\(\)/,
} as const satisfies Readonly<Record<Refusal, RegExp>>;
