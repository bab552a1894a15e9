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
  return storageOf(array).block !== null;
}

/** Heap address of a resident array's element at layout offset. */
export function residentAddress(array: StridedArray): number {
  return (array.storage as CpuStorage).block!.address + array.geometry.offset * array.dtypeCore.itemsize;
}

interface Staged {
  readonly array: StridedArray;
  readonly block: Block;
  readonly start: number;
  readonly bytes: number;
  readonly write: boolean;
}

/** Temporary heap copies of arrays that overflowed into ordinary buffers, and other temporary blocks, for one kernel call. */
export class Stage {
  private readonly staged: Staged[] = [];
  private readonly blocks: Block[] = [];

  /** Address of the array's first element, as a kernel sees it. `write` copies the bytes back at the end. */
  address(array: StridedArray, write = false): number {
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
    const { buffer } = array.storage as CpuStorage;
    // A strided result keeps the bytes between its elements.
    heapBytes().set(new Uint8Array(buffer!, start, bytes), block.address);
    this.staged.push({ array, block, start, bytes, write });
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
    if (write) {
      for (const { array, block, start, bytes, write: back } of this.staged) {
        if (!back) continue;
        const { buffer } = array.storage as CpuStorage;
        new Uint8Array(buffer!, start, bytes).set(heapBytes().subarray(block.address, block.address + bytes));
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
