import type { Backend } from '../backend.ts';
import { pool } from '../cpu/pool.ts';
import { allocate } from '../cpu/storage.ts';
import { gather, nonzero, scatter } from './gather.ts';
import { matmul } from './matmul.ts';
import { cast, fill, read, toHost, upload } from './move.ts';
import { pointwise } from './pointwise.ts';
import { argReduce, reduce } from './reduce.ts';
import { scan } from './scan.ts';
import { sort } from './sort.ts';

/** The CPU's kernels: WebAssembly with SIMD. */
export const wasmBackend: Backend = {
  name: 'wasm', fill, cast, pointwise, reduce, argReduce, scan, matmul, sort, gather, scatter, nonzero, read, toHost, upload,
  allocate: (size, dtype) => allocate(size * dtype.itemsize),
  download: async (array) => toHost(array),
  synchronize: async () => {},
  mark: async () => performance.now(),
  memory: () => ({ inUse: pool.bytesInUse, peak: pool.peakBytes, free: pool.bytesFree, budget: pool.budget }),
  setBudget: (bytes) => void (pool.budget = bytes),
  // The heap of WebAssembly cannot shrink.
  releaseMemory: () => {},
  available: true,
  deferred: null,
};
