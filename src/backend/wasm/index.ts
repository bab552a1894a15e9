import type { Backend } from '../backend.ts';
import { allocate } from '../cpu/storage.ts';
import { matmul } from './matmul.ts';
import { cast, fill, read, upload } from './move.ts';
import { pointwise } from './pointwise.ts';

/** The CPU's kernels: WebAssembly with SIMD. */
export const wasmBackend: Omit<Backend, 'reduce' | 'argReduce' | 'scan' | 'sort' | 'gather' | 'scatter' | 'nonzero' | 'toHost'> = {
  name: 'wasm', allocate, fill, cast, pointwise, matmul, read, upload,
};
