import { pool } from '../backend/cpu/pool.ts';
import { ValueError } from '../core/errors.ts';

/** Bytes of arrays in the kernels' memory above which new arrays overflow into ordinary ArrayBuffers. */
export function getMemoryBudget(): number {
  return pool.budget;
}

/**
 * Sets the budget of the kernels' memory in bytes (512 MiB unless said). Arrays beyond it live in ordinary ArrayBuffers, which
 * the engine collects also within one synchronous job; computing with them takes a copy through the kernels' memory.
 * @example
 * flambeau.setMemoryBudget(2 ** 30);
 * flambeau.getMemoryBudget(); // → 1073741824
 */
export function setMemoryBudget(bytes: number): void {
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw new ValueError(`the memory budget must be a number of bytes, not ${String(bytes)}`);
  pool.budget = bytes;
}
