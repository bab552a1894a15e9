import { bytesText } from '../../core/layout.ts';
import { cpu, differentDevices } from '../../core/device.ts';
import type { DType, TypedArray } from '../../core/dtype.ts';
import { MemoryError } from '../../core/errors.ts';
import { partLimits } from '../../core/parts.ts';
import { Storage, announceAllocation, assertLive } from '../../core/storage.ts';
import type { StridedArray } from '../../core/strided.ts';
import { getHeap, heapBytes, heapView } from './heap.ts';
import type { Lease } from './leases.ts';
import { giveBack, takeLease } from './leases.ts';

const viewed = new WeakMap<TypedArray, Lease>();

/**
 * Bytes on the CPU: in a block of the WebAssembly heap, or, once the heap's budget is spent, an ordinary ArrayBuffer. The overflow keeps
 * a loop that drops its results alive where garbage cannot be seen within a job, or where it is dear to look for, at the price of
 * staging those operands through the heap.
 */
export class CpuStorage extends Storage {
  readonly lease: Lease | null;
  /** Where the bytes begin in the heap. */
  readonly address: number;
  private buffer: ArrayBuffer | null;
  private gone = false;

  constructor(byteLength: number, lease: Lease | null, address: number, buffer: ArrayBuffer | null) {
    super(cpu, byteLength);
    this.lease = lease;
    this.address = address;
    this.buffer = buffer;
  }

  override get freed(): boolean {
    return this.gone;
  }

  override free(): void {
    if (this.gone) return;
    this.gone = true;
    if (this.lease !== null) giveBack(this.lease, this.address);
    this.buffer = null;
  }

  /** The ordinary buffer, which is made when it is first needed: what a kernel computes for a new array becomes it by one copy. */
  get overflow(): ArrayBuffer {
    return (this.buffer ??= allocateBuffer(this.byteLength));
  }

  /** Overwrites bytes from `start` on, which lie in the ordinary buffer, with some of the heap's. */
  write(start: number, bytes: Uint8Array): void {
    if (this.buffer === null && bytes.length === this.byteLength) this.buffer = copyOf(bytes);
    else new Uint8Array(this.overflow, start, bytes.length).set(bytes);
  }

  override hostView(dtype: DType, start: number, length: number): TypedArray {
    const { data, base } = hostAccess(this, dtype);
    const view = data.subarray(base + start, base + start + length);
    // What looks at the memory keeps it.
    if (this.lease !== null) viewed.set(view, this.lease);
    return view;
  }
}

const cannotAllocate = (bytes: number): MemoryError => new MemoryError(`Unable to allocate ${bytesText(bytes)} for an array`);

/** Uninitialised bytes. Nothing is collected for them: kernels work with addresses, which do not keep arrays alive. */
export function allocate(byteLength: number): CpuStorage {
  const lease = takeLease(byteLength);
  let storage: CpuStorage;
  if (lease === null) {
    // Kernels could never reach more than the heap can hold, though the engine might promise it.
    if (byteLength > getHeap().maximumBytes) throw cannotAllocate(byteLength);
    // Large ones are written in parts.
    storage = new CpuStorage(byteLength, null, 0, byteLength > partLimits.staged ? allocateBuffer(byteLength) : null);
  } else {
    storage = new CpuStorage(byteLength, lease, lease.taken, null);
  }
  announceAllocation(storage);
  return storage;
}

function allocateBuffer(byteLength: number): ArrayBuffer {
  try {
    return new ArrayBuffer(byteLength);
  } catch {
    throw cannotAllocate(byteLength);
  }
}

/** Engines clear new buffers, but for those that they copy into. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  try {
    return bytes.slice().buffer as ArrayBuffer;
  } catch {
    throw cannotAllocate(bytes.length);
  }
}

export function storageOf(array: StridedArray): CpuStorage {
  const storage = array.storage as CpuStorage;
  if (storage.device !== cpu) throw differentDevices(cpu, storage.device);
  if (storage.freed) assertLive(storage);
  return storage;
}

/** A JavaScript view over a storage, and where its element 0 lies in it, both counted in components. */
interface HostAccess {
  readonly data: TypedArray;
  readonly base: number;
}

/** Elements of the array at layout position p are `data[base + p·components]` and, for complex types, the one after it. */
export function hostAccess(storage: CpuStorage, dtype: DType): HostAccess {
  assertLive(storage);
  if (storage.lease !== null) {
    return { data: heapView(dtype), base: storage.address / (dtype.itemsize / dtype.components) };
  }
  const width = dtype.itemsize / dtype.components;
  return { data: new dtype.array(storage.overflow, 0, Math.floor(storage.byteLength / width)), base: 0 };
}

/** The storage's bytes themselves (shared memory where the heap is shared). */
export function storageBytes(storage: CpuStorage): Uint8Array {
  assertLive(storage);
  return storage.lease !== null
    ? heapBytes().subarray(storage.address, storage.address + storage.byteLength)
    : new Uint8Array(storage.overflow);
}
