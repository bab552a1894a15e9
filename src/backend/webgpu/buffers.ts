import type { Device } from '../../core/device.ts';
import { differentDevices } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import { MemoryError, RuntimeError } from '../../core/errors.ts';
import { bytesText } from '../../core/layout.ts';
import { Storage, announceAllocation, assertLive } from '../../core/storage.ts';
import type { StridedArray } from '../../core/strided.ts';
import type { MemoryUse } from '../backend.ts';
import { Garbage } from '../garbage.ts';
import { bytesOf } from './elements.ts';
import { bufferUsage } from './flags.ts';

/** A buffer that arrays take turns in. */
export interface Block {
  readonly id: number;
  readonly buffer: GPUBuffer;
  readonly size: number;
  /** The batch of commands that last used it. */
  batch: number;
}

/** One array's turn with a block. */
interface Lease {
  readonly block: Block;
  /** False once the block was returned: the storage's finalizer may still come. */
  live: boolean;
}

const smallest = 256;
const largestBallast = 2 ** 22;
/** Milliseconds that a byte of a new buffer takes. */
const creationOfByte = 1e-7;

/** Four sizes per power of two, so at most a quarter of a buffer is slack. */
export function sizeClass(bytes: number): number {
  if (bytes <= smallest) return smallest;
  const step = Math.max(2 ** (Math.floor(Math.log2(bytes - 1)) - 2), 16);
  return Math.ceil(bytes / step) * step;
}

/** Keeps the oldest last, where it is taken first: a step that repeats meets the same buffers again, and their groups of bindings. */
function insertByAge(blocks: Block[], block: Block): void {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (blocks[middle].id > block.id) low = middle + 1;
    else high = middle;
  }
  blocks.splice(low, 0, block);
}

/** Bytes of one GPU. It is gone when its device was lost; what lay on it then throws. */
export class GpuStorage extends Storage {
  lease: Lease | null;
  readonly owner: BufferPool;
  /** Memory that the engine sees hanging on this object, where it should collect soon. */
  readonly ballast: ArrayBuffer | null;

  constructor(device: Device, byteLength: number, lease: Lease, owner: BufferPool, ballast: ArrayBuffer | null) {
    super(device, byteLength);
    this.lease = lease;
    this.owner = owner;
    this.ballast = ballast;
  }

  override roomFor(dtype: DType): number {
    return this.byteLength / bytesOf(dtype);
  }

  override get freed(): boolean {
    return this.lease === null;
  }

  override free(): void {
    if (this.lease !== null) this.owner.give(this.lease);
    this.lease = null;
  }
}

/** The buffers of one device: reused by size, returned by finalizers, `free` and the tape. */
export class BufferPool {
  /** Bytes of living and free buffers above which free ones are given back to the driver, and then allocations refused. */
  budget: number;
  private readonly gpuDevice: GPUDevice;
  readonly device: Device;
  private readonly free = new Map<number, Block[]>();
  private readonly garbage: Garbage<Lease>;
  /** The most bytes that one buffer may have. */
  private readonly largest: number;
  private readonly onDestroy: (block: Block) => void;
  private nextId = 1;
  private inUse = 0;
  private peak = 0;
  private kept = 0;
  private living = 0;

  constructor(
    gpuDevice: GPUDevice, device: Device, budget: number, largest: number, onDestroy: (block: Block) => void,
  ) {
    this.gpuDevice = gpuDevice;
    this.device = device;
    this.budget = budget;
    this.largest = largest;
    this.onDestroy = onDestroy;
    const inUse = (): number => this.inUse;
    const budgetNow = (): number => this.budget;
    this.garbage = new Garbage<Lease>({
      get bytesInUse() { return inUse(); },
      get budget() { return budgetNow(); },
      isCached: false,
      give: (lease) => this.give(lease),
      costOfDoingWithout: (bytes) => (this.inUse + bytes > this.budget ? Infinity : bytes * creationOfByte),
    });
  }

  get memory(): MemoryUse {
    return { inUse: this.inUse, peak: this.peak, free: this.kept, budget: this.budget };
  }

  /** Buffers that living arrays hold. */
  get blocksInUse(): number {
    return this.living;
  }

  /** Collects garbage where it pays to have so many bytes. Not in the middle of a kernel, which holds buffers by themselves. */
  makeRoom(byteLength: number): void {
    this.garbage.makeRoom(byteLength);
  }

  /** An uninitialised storage of so many bytes; one that the device keeps for itself no scope and no tape gives back. */
  allocate(byteLength: number, kept = false): GpuStorage {
    const lease = { block: this.take(byteLength), live: true };
    const storage = new GpuStorage(this.device, byteLength, lease, this, this.ballastFor(byteLength));
    this.garbage.add(storage, lease);
    if (!kept) announceAllocation(storage);
    return storage;
  }

  /**
   * The engine does not know how much memory hangs on a storage, and may let many gigabytes of dropped ones lie. Above a quarter
   * of the budget new ones carry ordinary memory along, which makes it collect; that takes time, so only then.
   */
  private ballastFor(byteLength: number): ArrayBuffer | null {
    return !this.garbage.isSeenInJobs && this.inUse > this.budget / 4 ? new ArrayBuffer(Math.min(byteLength, largestBallast)) : null;
  }

  private take(byteLength: number): Block {
    const size = sizeClass(byteLength);
    if (size > this.largest) {
      throw new MemoryError(
        `Unable to allocate ${bytesText(byteLength)} on the GPU: its buffers hold ${bytesText(this.largest)} at most`);
    }
    let block = this.free.get(size)?.pop();
    if (block) {
      this.kept -= size;
    } else {
      if (this.inUse + this.kept + size > this.budget) this.trim(size);
      block = { id: this.nextId++, size, batch: -1, buffer: this.gpuDevice.createBuffer({
        size, usage: bufferUsage.storage | bufferUsage.copySource | bufferUsage.copyTarget,
      }) };
    }
    this.inUse += size;
    this.living++;
    if (this.inUse > this.peak) this.peak = this.inUse;
    return block;
  }

  /** Gives free buffers back to the driver until there is room. */
  private trim(size: number): void {
    for (const blocks of this.free.values()) {
      while (blocks.length > 0 && this.inUse + this.kept + size > this.budget) this.destroy(blocks.pop()!);
    }
    if (this.inUse + size > this.budget) {
      throw new MemoryError(
        `Unable to allocate ${bytesText(size)} on the GPU: ${bytesText(this.inUse)} are in use `
        + `and the budget is ${bytesText(this.budget)}. `
        + (this.garbage.isSeenInJobs ? '' : 'Dropped tensors are collected only while JavaScript waits: await something in the loop '
          + '(a value, or torch.webgpu.synchronize()), or free what a step makes with flambeau.scope(() => ...). ')
        + 'Where the GPU has more memory, '
        + "flambeau.setMemoryBudget(bytes, 'webgpu') raises the budget");
    }
  }

  private destroy(block: Block): void {
    this.kept -= block.size;
    this.onDestroy(block);
    block.buffer.destroy();
  }

  /** Takes a buffer back; a second time changes nothing. */
  give(lease: Lease): void {
    if (!lease.live) return;
    lease.live = false;
    const { block } = lease;
    this.inUse -= block.size;
    this.living--;
    this.kept += block.size;
    const blocks = this.free.get(block.size);
    if (blocks) insertByAge(blocks, block);
    else this.free.set(block.size, [block]);
  }

  /** Gives every free buffer back to the driver. */
  empty(): void {
    for (const blocks of this.free.values()) for (const block of blocks.splice(0)) this.destroy(block);
  }
}

/** The buffer that an array lies in. */
export function blockOf(array: StridedArray, pool: BufferPool): Block {
  const storage = array.storage as GpuStorage;
  if (storage.device !== pool.device) throw differentDevices(pool.device, storage.device);
  if (storage.owner !== pool) {
    throw new RuntimeError('this tensor lay on a GPU device that was lost and is gone with it; make it anew from the CPU\'s data');
  }
  if (storage.lease === null) assertLive(storage);
  return storage.lease!.block;
}
