import type { Backend } from '../backend.ts';
import { cpuDevice } from '../cpu/device.ts';
import { gather, nonzero, scatter } from './gather.ts';
import { matmul } from './matmul.ts';
import { cast, fill, read, toHost, upload } from './move.ts';
import { pointwise } from './pointwise.ts';
import { argReduce, reduce } from './reduce.ts';
import { scan } from './scan.ts';
import { sort } from './sort.ts';

/** The CPU's kernels: WebAssembly with SIMD. */
export const wasmBackend: Backend = {
  ...cpuDevice,
  name: 'wasm', fill, cast, pointwise, reduce, argReduce, scan, matmul, sort, gather, scatter, nonzero, read, toHost, upload,
  download: async (array) => toHost(array),
};
