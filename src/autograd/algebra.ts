import type { DType } from '../core/dtype.ts';
import type { Layout } from '../core/layout.ts';
import type { Storage } from '../core/storage.ts';
import type { StridedArray } from '../core/strided.ts';

/** The few things that the tape does with gradients itself. The ops layer, which it must not import, supplies them. */
export interface GradientAlgebra {
  add(a: StridedArray, b: StridedArray): StridedArray;
  addInto(target: StridedArray, b: StridedArray): void;
  /** Sums over broadcast axes so that the gradient has its operand's shape. */
  sumTo(gradient: StridedArray, shape: readonly number[]): StridedArray;
  cast(gradient: StridedArray, dtype: DType): StridedArray;
  clone(array: StridedArray): StridedArray;
  /** Runs `body` and returns the storages that were made meanwhile. */
  track<T>(body: () => T): { result: T; allocated: Set<Storage> };
  /** What an array of the base's shape has where a view of the base lies. */
  take(array: StridedArray, base: Layout, view: Layout): StridedArray;
  /** `part` where the view lies, 0 elsewhere. */
  put(part: StridedArray, base: Layout, view: Layout): StridedArray;
  /** `array` with `part`, or zeros, where the view lies. */
  replace(array: StridedArray, part: StridedArray | null, base: Layout, view: Layout): StridedArray;
}

export let algebra: GradientAlgebra;

export function provideAlgebra(given: GradientAlgebra): void {
  algebra = given;
}
