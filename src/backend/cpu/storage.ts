import { bytesText } from '../../core/layout.ts';
import { cpu, differentDevices } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import { MemoryError } from '../../core/errors.ts';
import { Storage, announceAllocation, assertLive } from '../../core/storage.ts';
import type { HostAccess } from '../../core/storage.ts';
import type { StridedArray } from '../../core/strided.ts';
import { getHeap, heapBytes, heapView } from './heap.ts';
import type { Block } from './pool.ts';
import { returnBlock, takeBlock } from './pool.ts';

/**
 * Bytes on the CPU: a block of the WebAssembly heap, or, once the heap's budget is spent, an ordinary ArrayBuffer.
 * JavaScript cannot see garbage inside one synchronous job except through buffers that the engine itself collects, so the
 * overflow keeps a loop that drops its results alive, at the price of staging those operands through the heap.
 */
export class CpuStorage extends Storage {
  block: Block | null;
  buffer: ArrayBuffer | null;

  constructor(byteLength: number, block: Block | null, buffer: ArrayBuffer | null) {
    super(cpu, byteLength);
    this.block = block;
    this.buffer = buffer;
  }

  override get freed(): boolean {
    return this.block === null && this.buffer === null;
  }

  override free(): void {
    // Not unregistered: a token would make every registration several times dearer, and a block is returned only once.
    if (this.block !== null) returnBlock(this.block);
    this.block = null;
    this.buffer = null;
  }

  override hostView(dtype: DType): HostAccess {
    return hostAccess(this, dtype);
  }
}

/**
 * Some edge runtimes have no finalizers, so a block of the heap would never come back from an array that is dropped:
 * there every storage is a buffer, which the engine collects.
 */
const collected = typeof FinalizationRegistry === 'undefined' ? null : new FinalizationRegistry<Block>(returnBlock);

/** Uninitialised bytes. */
export function allocate(byteLength: number): CpuStorage {
  const block = collected === null ? null : takeBlock(byteLength);
  let storage: CpuStorage;
  if (block !== null) {
    storage = new CpuStorage(byteLength, block, null);
    collected!.register(storage, block);
  } else {
    storage = new CpuStorage(byteLength, null, allocateBuffer(byteLength));
  }
  announceAllocation(storage);
  return storage;
}

function allocateBuffer(byteLength: number): ArrayBuffer {
  // Kernels could never reach more than the heap can hold, though the engine might promise it.
  if (byteLength > getHeap().maximumBytes) throw new MemoryError(`Unable to allocate ${bytesText(byteLength)} for an array`);
  try {
    return new ArrayBuffer(byteLength);
  } catch {
    throw new MemoryError(`Unable to allocate ${bytesText(byteLength)} for an array`);
  }
}

export function storageOf(array: StridedArray): CpuStorage {
  const storage = array.storage as CpuStorage;
  if (storage.device !== cpu) throw differentDevices(cpu, storage.device);
  if (storage.freed) assertLive(storage);
  return storage;
}

/** Elements of the array at layout position p are `data[base + p·components]` and, for complex types, the one after it. */
export function hostAccess(storage: CpuStorage, dtype: DType): HostAccess {
  assertLive(storage);
  if (storage.block !== null) {
    return { data: heapView(dtype), base: storage.block.address / (dtype.itemsize / dtype.components) };
  }
  const width = dtype.itemsize / dtype.components;
  return { data: new dtype.array(storage.buffer!, 0, Math.floor(storage.byteLength / width)), base: 0 };
}

/** The storage's bytes themselves (shared memory where the heap is shared). */
export function storageBytes(storage: CpuStorage): Uint8Array {
  assertLive(storage);
  return storage.block !== null
    ? heapBytes().subarray(storage.block.address, storage.block.address + storage.byteLength)
    : new Uint8Array(storage.buffer!);
}
