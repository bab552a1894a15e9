import type { DType, TypedArray } from '../core/dtype.ts';
import type { Storage } from '../core/storage.ts';
import type { StridedArray } from '../core/strided.ts';
import type { Declined, KernelTable } from './kernels.ts';
import type { PointwiseKernel } from '../core/pointwise.ts';
import type { Scalar } from '../core/complex.ts';

/** What a kernel reads: an array, or a scalar that is read in the dtype of the computation. */
export type Operand = StridedArray | Scalar;

/** Bytes of a device's memory. */
export interface MemoryUse {
  /** Of living arrays. */
  readonly inUse: number;
  /** The most that were in use at one time since the start. */
  readonly peak: number;
  /** Kept for reuse. */
  readonly free: number;
  /** What `setBudget` set, or the device's own choice. */
  readonly budget: number;
}

/** What stands in for reading, on a device that computes on its own time. */
export interface Deferred {
  /**
   * out[i] = the row that indices[i] names along an axis of `extent`, negative ones counted from its end where `wrap`. One out
   * of bounds is reported when something is next read from the device.
   */
  rows(indices: StridedArray, extent: number, wrap: boolean, out: StridedArray): void;
  /** Reports a RuntimeError with this message in the same way where any element of `wrong` (bool) is true. */
  refuse(wrong: StridedArray, message: string): void;
}

/** What a device whose numbers can be read at once does by itself, so that the host need not. */
export interface Direct {
  /** Writes start, start + step, ... into a contiguous vector: start + i·step in doubles, or exactly where the dtype is int64. */
  ramp(out: StridedArray, start: number, step: number): void;
  /** As `Deferred.rows`; false, with nothing of use in `out`, where an index is out of bounds. */
  rows(indices: StridedArray, extent: number, wrap: boolean, out: StridedArray): boolean;
}

/**
 * What a device must be able to do. Every method writes into `out`, whose shape and dtype the ops layer has settled;
 * operands have been promoted and broadcast shapes checked. Layouts may be any.
 */
export interface Backend {
  readonly name: string;
  /** Every other op's kernel, or what stands for it. */
  readonly kernels: KernelTable;
  /** Whether those kernels compute half floats in float32 by themselves; else they are given float32. */
  readonly computesHalves: boolean;
  /** Room for so many elements, uninitialised. Throws for a dtype that the device cannot hold, and says what to use instead. */
  allocate(size: number, dtype: DType): Storage;
  /** Writes one value everywhere. */
  fill(out: StridedArray, value: Scalar): void;
  /** Converts dtype by NumPy's rules; equal dtypes copy. Shapes are equal or broadcast to `out`. */
  cast(input: StridedArray, out: StridedArray): void;
  /** Declines where a device has no kernel for the op in this dtype, and the op has to be put together from others. */
  pointwise(op: PointwiseKernel, operands: readonly Operand[], dtype: DType, out: StridedArray): void | Declined;
  /** One element at a storage position, as JavaScript sees it. Throws on devices that cannot be read synchronously. */
  read(array: StridedArray, position: number): Scalar;
  /** A copy of the elements in row-major order, in the dtype's own components. Throws where `read` does. */
  toHost(array: StridedArray): TypedArray;
  /** As `toHost`, once everything that was asked of the device before is done. Throws what went wrong there meanwhile. */
  download(array: StridedArray): Promise<TypedArray>;
  /** Overwrites a whole contiguous array from host memory, in the dtype's own bytes. */
  upload(out: StridedArray, bytes: Uint8Array): void;
  /** Waits until everything that was asked of the device before is done. */
  synchronize(): Promise<void>;
  /** The time in milliseconds, on the device's own clock, when everything that was asked before was done. */
  mark(): Promise<number>;
  memory(): MemoryUse;
  /** How many bytes arrays may take before the device changes its ways or refuses more. */
  setBudget(bytes: number): void;
  /** Gives memory that is kept for reuse back to the system, where that is possible. */
  releaseMemory(): void;
  /** False once the device was lost: then every call throws. */
  readonly available: boolean;
  /** Null where `read`, `toHost` and kernels that find out a shape answer at once. */
  readonly deferred: Deferred | null;
  /** Null where the host does this for the device. */
  readonly direct: Direct | null;
}
