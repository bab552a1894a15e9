import type { Device } from '../../core/device.ts';
import type { Backend } from '../backend.ts';
import { openDevice } from './adapter.ts';
import { bytesOf, checkHeld } from './elements.ts';
import { Gpu } from './gpu.ts';
import { cast, download, fill, refuseRead, upload } from './move.ts';
import { pointwise } from './pointwise.ts';

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
    allocate: (size, dtype) => {
      checkHeld(dtype);
      gpu.check();
      return gpu.pool.allocate(size * bytesOf(dtype));
    },
    fill: (out, value) => fill(gpu, out, value),
    cast: (input, out) => cast(gpu, input, out),
    pointwise: (op, operands, dtype, out) => pointwise(gpu, op, operands, dtype, out),
    reduce: () => { throw new Error('later'); },
    argReduce: () => { throw new Error('later'); },
    scan: () => { throw new Error('later'); },
    matmul: () => { throw new Error('later'); },
    sort: () => { throw new Error('later'); },
    gather: () => { throw new Error('later'); },
    scatter: () => { throw new Error('later'); },
    nonzero: refuseRead,
    read: refuseRead,
    toHost: refuseRead,
    download: (array) => download(gpu, array),
    upload: (out, bytes) => upload(gpu, out, bytes),
    synchronize: () => gpu.synchronize(),
    memory: () => gpu.pool.memory,
    deferred: { rows: () => { throw new Error('later'); } },
  };
}
