import { MemoryError } from '../../core/errors.ts';
import type { StridedArray } from '../../core/strided.ts';
import { heapBytes } from '../cpu/heap.ts';
import type { Block } from '../cpu/pool.ts';
import { returnBlock, takeBlock } from '../cpu/pool.ts';
import type { CpuStorage } from '../cpu/storage.ts';
import { storageOf } from '../cpu/storage.ts';

/** Kernels count with signed integers. */
const largestCount = 2 ** 31 - 1;

/** Whether the array's bytes lie in the heap, where kernels can reach them. */
export function isResident(array: StridedArray): boolean {
  return storageOf(array).lease !== null;
}

/** Heap address of a resident array's element at layout offset. */
export function residentAddress(array: StridedArray): number {
  return (array.storage as CpuStorage).address + array.geometry.offset * array.dtypeCore.itemsize;
}

/** What a kernel does with an array: reads it, writes all of it, or changes what is there. */
export type Use = 'read' | 'write' | 'update';

interface Staged {
  readonly array: StridedArray;
  readonly block: Block;
  readonly start: number;
  readonly bytes: number;
  readonly use: Use;
}

/** Temporary heap copies of arrays that overflowed into ordinary buffers, and other temporary blocks, for one kernel call. */
export class Stage {
  private readonly staged: Staged[] = [];
  private readonly blocks: Block[] = [];

  /** Address of the array's first element, as a kernel sees it. What is written is copied back at the end. */
  address(array: StridedArray, use: Use = 'read'): number {
    if (array.geometry.size > largestCount) {
      throw new MemoryError(`an array of ${array.geometry.size} elements is more than this takes at once: compute with parts of it`);
    }
    if (isResident(array)) return residentAddress(array);
    const { itemsize } = array.dtypeCore;
    if (array.geometry.size === 0) return this.workspace(itemsize);
    const [low, high] = array.geometry.range;
    const start = low * itemsize;
    const bytes = (high + 1 - low) * itemsize;
    const block = this.take(bytes);
    // A strided result keeps the bytes between its elements.
    if (use !== 'write' || array.geometry.size < high + 1 - low) {
      heapBytes().set(new Uint8Array((array.storage as CpuStorage).overflow, start, bytes), block.address);
    }
    this.staged.push({ array, block, start, bytes, use });
    return block.address + (array.geometry.offset - low) * itemsize;
  }

  /** Uninitialised heap bytes until `finish`. */
  workspace(bytes: number): number {
    return this.take(bytes).address;
  }

  private take(bytes: number): Block {
    const block = takeBlock(bytes, true);
    if (block === null) {
      this.finish(false);
      throw new MemoryError(`Unable to allocate ${bytes} bytes of WebAssembly memory`);
    }
    this.blocks.push(block);
    return block;
  }

  finish(write = true): void {
    if (this.blocks.length === 0) return;
    if (write) {
      for (const { array, block, start, bytes, use } of this.staged) {
        if (use === 'read') continue;
        (array.storage as CpuStorage).write(start, heapBytes().subarray(block.address, block.address + bytes));
      }
    }
    for (const block of this.blocks) returnBlock(block);
    this.blocks.length = 0;
    this.staged.length = 0;
  }
}

/** Runs `body` with a stage that is cleared whatever happens. */
export function staged<T>(body: (stage: Stage) => T): T {
  const stage = new Stage();
  let done = false;
  try {
    const result = body(stage);
    done = true;
    return result;
  } finally {
    stage.finish(done);
  }
}
