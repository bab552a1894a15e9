import { withGradMode } from '../../autograd/mode.ts';
import type { Storage } from '../../core/storage.ts';
import { trackAllocations } from '../../core/storage.ts';
import type { StridedArray } from '../../core/strided.ts';

function isKept(storage: Storage, results: readonly StridedArray[]): boolean {
  for (let i = 0; i < results.length; i++) if (results[i].storage === storage) return true;
  return false;
}

/** Runs `body` without recording and gives back all memory that it took but its results'. */
export function quietly<A extends StridedArray>(body: () => readonly A[]): readonly A[] {
  const made: Storage[] = [];
  const results = withGradMode(false, () => trackAllocations((storage) => made.push(storage), body));
  for (const storage of made) if (!isKept(storage, results)) storage.free();
  return results;
}
