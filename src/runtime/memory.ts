import { collector } from '../backend/garbage.ts';
import { backendOf } from '../backend/select.ts';
import { parseDevice } from '../core/device.ts';
import { ValueError, shown } from '../core/errors.ts';
import { refuseSurplus } from '../core/options.ts';

/**
 * Bytes that arrays on a device may take: on the CPU those in the kernels' memory, above which new arrays overflow
 * into ordinary ArrayBuffers; on the GPU all of them.
 * @example
 * flambeau.getMemoryBudget('cpu') / 2 ** 20; // → 512
 */
export function getMemoryBudget(device = 'cpu', ...surplus: readonly never[]): number {
  refuseSurplus('getMemoryBudget', 1, surplus);
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
export function setMemoryBudget(bytes: number, device = 'cpu', ...surplus: readonly never[]): void {
  refuseSurplus('setMemoryBudget', 2, surplus);
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw new ValueError(`the memory budget must be a number of bytes, not ${shown(bytes)}`);
  backendOf(parseDevice(device)).setBudget(bytes);
}

/**
 * Collects what was dropped, at once, and gives the memory of arrays among it back. Nobody has to: it happens by itself when enough was
 * allocated. False where the engine cannot be asked, as in browsers.
 * @example
 * flambeau.collect(); // → true
 */
export function collect(...surplus: readonly never[]): boolean {
  refuseSurplus('collect', 0, surplus);
  return collector?.collect() ?? false;
}

/**
 * Whether garbage is looked for within a job, so that a loop that never awaits reuses what it drops. It is where the engine can be asked
 * (Node from 20.16 on, Deno, Bun, each by the package's entries for Node), until it is turned off here. Elsewhere, and then, memory comes
 * back between jobs.
 * @example
 * flambeau.getCollection(); // → true
 */
export function getCollection(...surplus: readonly never[]): boolean {
  refuseSurplus('getCollection', 0, surplus);
  return collector?.enabled ?? false;
}

/**
 * Turns the collection of garbage within jobs off or on again.
 * @example
 * flambeau.setCollection(false);
 * flambeau.getCollection(); // → false
 * flambeau.setCollection(true);
 */
export function setCollection(enabled: boolean, ...surplus: readonly never[]): void {
  refuseSurplus('setCollection', 1, surplus);
  if (typeof enabled !== 'boolean') throw new TypeError(`setCollection takes true or false, not ${shown(enabled)}`);
  collector?.enable(enabled);
}
