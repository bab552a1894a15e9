import { backendOf } from '../backend/select.ts';
import { parseDevice } from '../core/device.ts';
import { ValueError, shown } from '../core/errors.ts';

/**
 * Bytes that arrays on a device may take: on the CPU those in the kernels' memory, above which new arrays overflow
 * into ordinary ArrayBuffers; on the GPU all of them.
 * @example
 * flambeau.getMemoryBudget('cpu') / 2 ** 20; // → 512
 */
export function getMemoryBudget(device = 'cpu'): number {
  return backendOf(parseDevice(device)).memory().budget;
}

/**
 * Sets the budget of a device's memory in bytes: of the CPU (512 MiB unless said) or the GPU (4 GiB). Arrays beyond the CPU's live in
 * ordinary ArrayBuffers, which the engine collects also within one synchronous job; computing with them takes a copy through the
 * kernels' memory. Beyond the GPU's, allocating throws a MemoryError.
 * @example
 * flambeau.setMemoryBudget(2 ** 30);
 * flambeau.getMemoryBudget(); // → 1073741824
 */
export function setMemoryBudget(bytes: number, device = 'cpu'): void {
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw new ValueError(`the memory budget must be a number of bytes, not ${shown(bytes)}`);
  backendOf(parseDevice(device)).setBudget(bytes);
}
