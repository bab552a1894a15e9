import { asking, keyed } from '../arguments/keyed.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';

/** How many threads compute. */

/**
 * The number of threads that compute: 1. Source: torch.get_num_threads.
 * @example
 * torch.get_num_threads(); // → 1
 */
export const get_num_threads = asking('get_num_threads', (): number => 1);
/**
 * Sets the number of threads that compute; there is one so far. Source: torch.set_num_threads.
 * @example
 * torch.set_num_threads(1);
 * torch.get_num_threads(); // → 1
 */
export const set_num_threads = keyed('set_num_threads', 'num: int', (num: number): void => {
  if (num < 1) throw new RuntimeError('set_num_threads expects a positive integer');
  if (num > 1) throw new NotImplementedError(`set_num_threads(${num}): one thread computes so far`);
});
