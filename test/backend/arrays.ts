/** Strided arrays of every layout on the CPU, from seeded numbers, for the tests of backends. */
import type { DType } from '../../src/core/dtype.ts';
import { dtypeNamed } from '../../src/core/dtype.ts';
import { contiguousLayout, sizeOf, stridedLayout } from '../../src/core/layout.ts';
import { StridedArray } from '../../src/core/strided.ts';
import { allocate, storageBytes, storageOf } from '../../src/backend/cpu/storage.ts';
import { cast } from '../../src/backend/wasm/move.ts';

export function dtypeOf(name: string): DType {
  const dtype = dtypeNamed(name);
  if (!dtype) throw new Error(`no dtype is called ${name}`);
  return dtype;
}

export function empty(shape: readonly number[], dtype: DType): StridedArray {
  const layout = contiguousLayout(shape);
  return new StridedArray(allocate(layout.size * dtype.itemsize), dtype, layout);
}

/** A contiguous array with these bytes, in the dtype's own representation. */
export function fromBytes(bytes: Uint8Array, shape: readonly number[], dtype: DType): StridedArray {
  const array = empty(shape, dtype);
  storageBytes(storageOf(array)).set(bytes);
  return array;
}

export function fromValues(values: ArrayLike<number | bigint>, shape: readonly number[], dtype: DType): StridedArray {
  const data = new dtype.array(sizeOf(shape) * dtype.components);
  for (let i = 0; i < data.length; i++) data[i] = values[i] as never;
  return fromBytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), shape, dtype);
}

/** The elements in row-major order, whatever the layout, as a copy in the dtype's typed array. */
export function valuesOf(array: StridedArray): ArrayLike<number> | ArrayLike<bigint> {
  const { dtypeCore: dtype, geometry: layout } = array;
  const bytes = storageBytes(storageOf(array)).slice();
  const width = dtype.itemsize / dtype.components;
  const all = new dtype.array(bytes.buffer, 0, Math.floor(bytes.length / width));
  const out = new dtype.array(layout.size * dtype.components);
  let at = 0;
  const walk = (axis: number, position: number): void => {
    if (axis === layout.shape.length) {
      for (let part = 0; part < dtype.components; part++) out[at++] = all[position * dtype.components + part] as never;
      return;
    }
    for (let i = 0; i < layout.shape[axis]; i++) walk(axis + 1, position + i * layout.strides[axis]);
  };
  walk(0, layout.offset);
  return out as ArrayLike<number>;
}

/** Integers in 0..below-1 and fractions, from one seed (a 32-bit mixing generator). */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let word = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  }

  below(bound: number): number {
    return Math.floor(this.fraction() * bound);
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }

  word(): bigint {
    return (BigInt(this.below(2 ** 32)) << 32n) | BigInt(this.below(2 ** 32));
  }
}

export const layoutKinds = ['contiguous', 'offset', 'transposed', 'reversed', 'stepped', 'broadcast'] as const;
export type LayoutKind = (typeof layoutKinds)[number];

/** An uninitialised array that lies in its storage as named. Broadcast arrays repeat along their first axis. */
export function laidOut(shape: readonly number[], dtype: DType, kind: LayoutKind): StridedArray {
  const dense = contiguousLayout(shape);
  const ndim = shape.length;
  const of = (elements: number, strides: readonly number[], offset: number): StridedArray =>
    new StridedArray(allocate(elements * dtype.itemsize), dtype, stridedLayout(shape, strides, offset));
  switch (kind) {
    case 'contiguous': return empty(shape, dtype);
    case 'offset': return of(dense.size + 3, dense.strides, 3);
    case 'transposed': {
      const strides = [...contiguousLayout([...shape].reverse()).strides].reverse();
      return of(dense.size, strides, 0);
    }
    case 'reversed': {
      const offset = shape.reduce((sum, extent, axis) => sum + Math.max(extent - 1, 0) * dense.strides[axis], 0);
      return of(dense.size, dense.strides.map((stride) => -stride), offset);
    }
    case 'stepped': return of(dense.size * 2 + 1, dense.strides.map((stride) => stride * 2), 1);
    case 'broadcast': {
      if (ndim === 0) return empty(shape, dtype);
      return of(Math.max(dense.size, 1), dense.strides.map((stride, axis) => (axis === 0 ? 0 : stride)), 0);
    }
  }
}

/** The same elements in another layout; broadcast layouts repeat the first of the given rows. */
export function relaid(array: StridedArray, kind: LayoutKind): StridedArray {
  const out = laidOut(array.geometry.shape, array.dtypeCore, kind);
  // Bytes between the elements hold something that no kernel should take for data.
  storageBytes(storageOf(out)).fill(0x5a);
  if (kind === 'broadcast' && array.geometry.shape.length > 0 && array.geometry.size > 0) {
    const row = stridedLayout(array.geometry.shape.slice(1), array.geometry.strides.slice(1), array.geometry.offset);
    const target = stridedLayout(out.geometry.shape.slice(1), out.geometry.strides.slice(1), 0);
    cast(new StridedArray(array.storage, array.dtypeCore, row), new StridedArray(out.storage, out.dtypeCore, target));
  } else {
    cast(array, out);
  }
  return out;
}
