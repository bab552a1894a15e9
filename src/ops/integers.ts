import { backendOf } from '../backend/select.ts';
import { int64 } from '../core/dtype.ts';
import { checkShape, contiguousLayout } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { rampOf, vectorOf } from './creation.ts';
import { emptyLike } from './dispatch.ts';

/** Host integers as an int64 array of the class and on the device of `like`. */
export function integersLike<A extends StridedArray>(
  like: A, values: ArrayLike<number>, shape: readonly number[] = [values.length],
): A {
  const words = new Int32Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    words[2 * i] = values[i];
    words[2 * i + 1] = Math.floor(values[i] / 2 ** 32);
  }
  const out = emptyLike(like, contiguousLayout(shape), int64);
  backendOf(like.storage.device).upload(out, new Uint8Array(words.buffer));
  return out;
}

/** 0, 1, ... below `count` in the same way, or what follows from them. */
export function countingLike<A extends StridedArray>(like: A, count: number, valueAt?: (place: number) => number): A {
  const { species, storage: { device } } = like;
  return (valueAt === undefined ? rampOf(species, count, 0, 1, int64, device) : vectorOf(species, count, valueAt, int64, device)) as A;
}

/** The number of each count in a list, as often as it says. */
export function repeatedLike<A extends StridedArray>(like: A, counts: ArrayLike<number>): A {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i];
  checkShape([total], int64);
  let number = -1;
  let end = 0;
  return countingLike(like, total, (place) => {
    while (place >= end) end += counts[++number];
    return number;
  });
}
