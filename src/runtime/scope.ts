import type { AutogradState, Node } from '../autograd/node.ts';
import { isMap, isPromise, isSet } from '../core/realms.ts';
import type { Storage } from '../core/storage.ts';
import { trackAllocations, trackHolders } from '../core/storage.ts';
import { StridedArray } from '../core/strided.ts';
import { RuntimeError, checkCallable } from '../core/errors.ts';
import { refuseSurplus } from '../core/options.ts';

/** Storages that a value keeps in use: of arrays in lists and plain objects, and of the graphs that those hang on. */
function reachableStorages(value: unknown): Set<Storage> {
  const found = new Set<Storage>();
  const seen = new Set<unknown>();
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next !== 'object' && typeof next !== 'function' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (next instanceof StridedArray) {
      found.add(next.storage);
      const state = next.state as AutogradState | null;
      if (state !== null) pending.push(state.node, state.grad);
    } else if (isNode(next)) {
      pending.push(...Object.values(next.keeps), ...next.edges.map((edge) => edge?.node ?? edge?.array));
    } else if (isMap(next) || isSet(next) || Array.isArray(next)) {
      for (const each of next as Iterable<unknown>) pending.push(each);
    } else if (!ArrayBuffer.isView(next)) {
      pending.push(...Object.values(next));
    }
  }
  return found;
}

function isNode(value: object): value is Node {
  return 'edges' in value && 'keeps' in value;
}

/**
 * Runs `body` and gives back at once the memory of all arrays that it made, except what it returns (arrays, also inside lists
 * and objects), what the graph of a returned tensor needs, gradients of leaves, the state of optimisers, and tensors in the fields of
 * modules that were called, such as buffers. Arrays that were kept elsewhere, in variables of outside for instance, throw when they
 * are used: return them. Nobody has to use it: memory is collected without it, only later.
 * @example
 * const total = flambeau.scope(() => np.arange(1e6).add(1).sum());
 * String(total); // → 500000500000
 */
export function scope<T>(body: () => T, ...surplus: readonly never[]): T {
  refuseSurplus('scope', 1, surplus);
  checkCallable(body);
  const made = new Set<Storage>();
  const holders = new Set<object>();
  const result = trackAllocations((storage) => made.add(storage), () => trackHolders(holders, body));
  if (isPromise(result)) {
    throw new RuntimeError('scope takes a synchronous function: other code would allocate in it while it waits');
  }
  const fields = Array.from(holders, (holder) => Object.values(holder).filter((value) => value instanceof StridedArray));
  const keep = reachableStorages([result, fields]);
  for (const storage of made) {
    if (!keep.has(storage) && !storage.pinned) storage.free();
  }
  return result;
}
