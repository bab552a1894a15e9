import { backendOf } from '../backend/select.ts';
import { RuntimeError } from '../core/errors.ts';
import type { StridedArray } from '../core/strided.ts';
import { elementAt } from './host.ts';

/**
 * Throws a RuntimeError where the one element of `wrong` (bool) is true: at once, or at the next read of a device that computes on its
 * own time.
 */
export function refuseIf(wrong: StridedArray, message: string): void {
  const { deferred } = backendOf(wrong.storage.device);
  if (deferred !== null) deferred.refuse(wrong, message);
  else if (elementAt(wrong, wrong.geometry.offset)) throw new RuntimeError(message);
}
