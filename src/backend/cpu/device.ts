import type { DType } from '../../core/dtype.ts';
import type { Backend } from '../backend.ts';
import { makeRoom } from './leases.ts';
import { pool } from './pool.ts';
import type { CpuStorage } from './storage.ts';
import { allocate } from './storage.ts';

/** What every backend on the CPU has in common: its memory, and that nothing is ever under way. */

/** Room for elements in the middle of a kernel. */
export const allocateElements = (size: number, dtype: DType): CpuStorage => allocate(size * dtype.itemsize);

export const cpuDevice: Pick<
  Backend, 'allocate' | 'synchronize' | 'mark' | 'memory' | 'setBudget' | 'releaseMemory' | 'available' | 'deferred'
> = {
  allocate(size, dtype) {
    makeRoom(size * dtype.itemsize);
    return allocateElements(size, dtype);
  },
  synchronize: async () => {},
  mark: async () => performance.now(),
  memory: () => ({ inUse: pool.bytesInUse, peak: pool.peakBytes, free: pool.bytesFree, budget: pool.budget }),
  setBudget: (bytes) => void (pool.budget = bytes),
  // The heap of WebAssembly cannot shrink.
  releaseMemory: () => {},
  available: true,
  deferred: null,
};
