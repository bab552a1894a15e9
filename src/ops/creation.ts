import type { Scalar } from '../core/complex.ts';
import type { Device } from '../core/device.ts';
import type { DType, TypedArray } from '../core/dtype.ts';
import type { Layout } from '../core/layout.ts';
import { checkShape, contiguousLayout } from '../core/layout.ts';
import type { Species, StridedArray } from '../core/strided.ts';
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
  backendOf(device).upload(out, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return out;
}

export function fullLike<A extends StridedArray>(like: A, value: Scalar, dtype: DType = like.dtypeCore): A {
  return full(like.species, like.geometry.shape, value, dtype, like.storage.device) as A;
}

export function zerosLike<A extends StridedArray>(like: A): A {
  return fullLike(like, 0);
}
