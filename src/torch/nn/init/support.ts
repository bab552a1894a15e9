import { withGradMode } from '../../../autograd/mode.ts';
import type { Generator, FillOptions } from '../../functions/random/random.ts';

/** What first values have in common. */

export const unrecorded = <T>(body: () => T): T => withGradMode(false, body);

/** A stream of its own, or null for the default one. */
export type Stream = Generator | null;

export const from = (generator: Stream): FillOptions => (generator === null ? {} : { generator });
