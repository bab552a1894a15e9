import type { Temporaries } from '../temporaries.ts';
import { withTemporariesOn } from '../temporaries.ts';
import { bytesOf } from './elements.ts';
import type { Gpu } from './gpu.ts';
import { cast } from './move.ts';

/** Runs `body` with temporaries on a GPU. They go back when what uses them has been queued, which the order of commands allows. */
export function withTemporaries<T>(gpu: Gpu, body: (temporaries: Temporaries) => T): T {
  return withTemporariesOn({
    allocate: (size, dtype) => gpu.pool.allocate(size * bytesOf(dtype)),
    cast: (input, out) => cast(gpu, input, out),
  }, body);
}
