import type { Device } from '../../core/device.ts';
import { webgpuKernels } from '../../generated/webgpuKernels.ts';
import type { Backend } from '../backend.ts';
import { openDevice } from './adapter.ts';
import { bytesOf, checkHeld } from './elements.ts';
import { refuse, rows } from './deferred.ts';
import { Gpu } from './gpu.ts';
import { cast, fill } from './move.ts';
import { pointwise } from './pointwise.ts';
import { download, refuseRead, upload } from './transfer.ts';

/** The GPU's kernels: WGSL. */

/** Bytes of one GPU's buffers beyond which free ones go back to the driver and then allocations fail, unless said. */
const defaultBudget = 2 ** 32;

export interface OpenedBackend {
  readonly backend: Backend;
  readonly gpu: Gpu;
}

/** Opens the GPU as a device of the library. */
export async function openBackend(place: Device): Promise<OpenedBackend> {
  const { device, name } = await openDevice();
  const gpu = new Gpu(device, name, place, defaultBudget);
  return { backend: backendOn(gpu), gpu };
}

function backendOn(gpu: Gpu): Backend {
  return {
    name: 'webgpu',
    kernels: webgpuKernels,
    computesHalves: true,
    allocate: (size, dtype) => {
      checkHeld(dtype);
      gpu.check();
      const bytes = size * bytesOf(dtype);
      gpu.pool.makeRoom(bytes);
      return gpu.pool.allocate(bytes);
    },
    fill: (out, value) => fill(gpu, out, value),
    cast: (input, out) => cast(gpu, input, out),
    pointwise: (op, operands, dtype, out) => pointwise(gpu, op, operands, dtype, out),
    read: refuseRead,
    toHost: refuseRead,
    download: (array) => download(gpu, array),
    upload: (out, bytes) => upload(gpu, out, bytes),
    synchronize: () => gpu.synchronize(),
    mark: () => gpu.mark(),
    memory: () => gpu.pool.memory,
    setBudget: (bytes) => void (gpu.pool.budget = bytes),
    releaseMemory: () => gpu.pool.empty(),
    get available() { return gpu.available; },
    deferred: {
      rows: (indices, extent, wrap, out) => rows(gpu, indices, extent, wrap, out),
      refuse: (wrong, message) => refuse(gpu, wrong, message),
    },
    direct: null,
  };
}
