import { backendOf } from '../backend/select.ts';
import { int64 } from '../core/dtype.ts';
import { contiguousLayout } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { emptyLike } from './dispatch.ts';

/** Host integers as an int64 array of the class and on the device of `like`. */
export function integersLike<A extends StridedArray>(
  like: A, values: ArrayLike<number>, shape: readonly number[] = [values.length],
): A {
  const data = new BigInt64Array(values.length);
  for (let i = 0; i < values.length; i++) data[i] = BigInt(values[i]);
  const out = emptyLike(like, contiguousLayout(shape), int64);
  backendOf(like.storage.device).upload(out, new Uint8Array(data.buffer));
  return out;
}
