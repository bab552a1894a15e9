import { RuntimeError } from '../core/errors.ts';

/** The namespaces of GPUs. WebGPU serves both names; no backend for it is there yet. */

export interface GpuNamespace {
  /** Whether there is a GPU to compute on. */
  is_available(): boolean;
  /** The number of GPUs. */
  device_count(): number;
  /** Waits until all that was asked of the GPU is done: without one there is nothing to wait for. */
  synchronize(): void;
  /** The index of the GPU that is used where none is named. */
  current_device(): number;
  /** Seeds the GPU's random numbers, where there is one; the seed is kept by the CPU's stream alone. */
  manual_seed(seed: number | bigint): void;
  empty_cache(): void;
}

const none: GpuNamespace = {
  is_available: () => false,
  device_count: () => 0,
  synchronize: () => {},
  current_device: () => {
    throw new RuntimeError('no GPU is available: torch.cuda.is_available() is false');
  },
  manual_seed: () => {},
  empty_cache: () => {},
};

/** GPUs under PyTorch's name for them. Source: torch.cuda. */
export const cuda: GpuNamespace = none;
/** GPUs under the name of the interface that reaches them. */
export const webgpu: GpuNamespace = none;
