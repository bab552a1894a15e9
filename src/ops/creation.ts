import type { Scalar } from '../core/complex.ts';
import type { Device } from '../core/device.ts';
import { cpu } from '../core/device.ts';
import type { DType, TypedArray } from '../core/dtype.ts';
import { bytesOf, float64 } from '../core/dtype.ts';
import type { Layout } from '../core/layout.ts';
import { checkShape, contiguousLayout, stridedLayout } from '../core/layout.ts';
import type { Species } from '../core/strided.ts';
import { StridedArray, viewOf } from '../core/strided.ts';
import { backendOf } from '../backend/select.ts';

/** New arrays of a façade's class. Shapes come from users: they are checked before anything is allocated. */

export function empty<A extends StridedArray>(species: Species<A>, shape: readonly number[], dtype: DType, device: Device): A {
  checkShape(shape, dtype);
  return withLayout(species, contiguousLayout(shape), dtype, device);
}

function withLayout<A extends StridedArray>(species: Species<A>, layout: Layout, dtype: DType, device: Device): A {
  return new species(backendOf(device).allocate(layout.size, dtype), dtype, layout);
}

export function full<A extends StridedArray>(
  species: Species<A>, shape: readonly number[], value: Scalar, dtype: DType, device: Device,
): A {
  const out = empty(species, shape, dtype, device);
  backendOf(device).fill(out, value);
  return out;
}

/** Takes over values that JavaScript holds, in the dtype's own components (half floats as bits, complex interleaved). */
export function fromTyped<A extends StridedArray>(
  species: Species<A>, data: TypedArray, shape: readonly number[], dtype: DType, device: Device,
): A {
  const out = empty(species, shape, dtype, device);
  backendOf(device).upload(out, bytesOf(data));
  return out;
}

/** What is computed on the CPU, where it is wanted. */
function brought<A extends StridedArray>(out: A, make: (species: typeof StridedArray) => StridedArray): A {
  backendOf(out.storage.device).upload(out, bytesOf(backendOf(cpu).toHost(make(StridedArray))));
  return out;
}

/** The vector of start + i·step: computed in doubles and rounded to the dtype, or exactly where that is int64. */
export function rampOf<A extends StridedArray>(
  species: Species<A>, length: number, start: number, step: number, dtype: DType, device: Device,
): A {
  const { direct } = backendOf(cpu);
  if (direct === null) return vectorOf(species, length, (i) => start + i * step, dtype, device);
  const out = empty(species, [length], dtype, device);
  if (device !== cpu) return brought(out, (plain) => rampOf(plain, length, start, step, dtype, cpu));
  direct.ramp(out, start, step);
  return out;
}

/** How many numbers are worked out at a time. */
const portion = 2 ** 16;

/** A vector of numbers that follow from their places, each rounded to the dtype, without a list of them all. */
export function vectorOf<A extends StridedArray>(
  species: Species<A>, length: number, valueAt: (place: number) => number, dtype: DType, device: Device,
): A {
  const out = empty(species, [length], dtype, device);
  const backend = backendOf(cpu);
  if (device !== cpu) return brought(out, (plain) => vectorOf(plain, length, valueAt, dtype, cpu));
  const values = new Float64Array(Math.min(length, portion));
  const numbers = empty(StridedArray, [values.length], float64, cpu);
  for (let start = 0; start < length; start += portion) {
    const count = Math.min(portion, length - start);
    for (let i = 0; i < count; i++) values[i] = valueAt(start + i);
    backend.upload(numbers, bytesOf(values));
    backend.cast(viewOf(numbers, stridedLayout([count], [1], 0)), viewOf<StridedArray>(out, stridedLayout([count], [1], start)));
  }
  numbers.storage.free();
  return out;
}

export function fullLike<A extends StridedArray>(like: A, value: Scalar, dtype: DType = like.dtypeCore): A {
  return full(like.species, like.geometry.shape, value, dtype, like.storage.device) as A;
}

export function zerosLike<A extends StridedArray>(like: A): A {
  return fullLike(like, 0);
}

/** Overwrites a whole contiguous array, which may be a part of another one, by the bytes of its elements. */
export function overwrite(out: StridedArray, bytes: Uint8Array): void {
  backendOf(out.storage.device).upload(out, bytes);
}
