import { allocateElements } from '../cpu/device.ts';
import type { Temporaries } from '../temporaries.ts';
import { withTemporariesOn } from '../temporaries.ts';
import { cast } from './move.ts';

const device = { allocate: allocateElements, cast };

/** Runs `body` with temporaries on the CPU and gives them back. */
export const withTemporaries = <T>(body: (temporaries: Temporaries) => T): T => withTemporariesOn(device, body);
