import { wasmKernels } from '../../generated/wasmKernels.ts';
import type { Backend } from '../backend.ts';
import { cpuDevice } from '../cpu/device.ts';
import { direct } from './direct.ts';
import { cast, fill, read, toHost, upload } from './move.ts';
import { pointwise } from './pointwise.ts';

/** The CPU's kernels: WebAssembly with SIMD. */
export const wasmBackend: Backend = {
  ...cpuDevice,
  name: 'wasm', kernels: wasmKernels, computesHalves: false, fill, cast, pointwise, read, toHost, upload, direct,
  download: async (array) => toHost(array),
};
