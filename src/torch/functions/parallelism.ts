import { NotImplementedError, RuntimeError } from '../../core/errors.ts';

/** How many threads compute. */

/** The number of threads that compute: 1. Source: torch.get_num_threads. */
export function get_num_threads(): number {
  return 1;
}
/** Sets the number of threads that compute; there is one so far. Source: torch.set_num_threads. */
export function set_num_threads(count: number): void {
  if (!Number.isInteger(count) || count < 1) throw new RuntimeError('set_num_threads expects a positive integer');
  if (count > 1) throw new NotImplementedError(`set_num_threads(${count}): one thread computes so far`);
}
