import type { Collector } from './collector.ts';
import type { PartName } from './parts.ts';

/** What differs between the places where the package runs. The build puts the place's own module where `current.ts` stands. */

/** A module's bytes, or the compiled module where compiling at run time is forbidden. */
export type Binary = Uint8Array<ArrayBuffer> | WebAssembly.Module;

/** Where the kernels come from; asked once, when the first kernel runs. */
export interface Binaries {
  kernels(): Binary;
  /** The matrix products; `relaxedSimd` tells whether the engine takes the build with fused multiply-add. */
  fma(relaxedSimd: boolean): Binary;
  /** Null where a part has only what its ops bring along. */
  part(name: PartName): Binary | null;
}

export interface Platform {
  /** Null where the program says itself where they come from. */
  readonly binaries: Binaries | null;
  /** Bytes of arrays that the heap is to hold at first. */
  readonly budget: number;
  /** Null where the engine cannot be asked to collect: then finalizers tell of dropped objects, between jobs. */
  readonly collector: Collector | null;
}

export const usualBudget = 512 * 2 ** 20;
/** An isolate of an edge runtime has 128 MB for everything. */
export const isolateBudget = 48 * 2 ** 20;
