import type { DType } from '../core/dtype.ts';
import { RuntimeError } from '../core/errors.ts';
import type { Storage } from '../core/storage.ts';
import type { StridedArray } from '../core/strided.ts';
import { gradMode } from './mode.ts';
import type { Edge, Hook, Node } from './tape.ts';
import { ensureState, stateOf } from './tape.ts';

/** The few things that the engine does with gradients itself; the ops layer supplies them. */
export interface GradientAlgebra {
  add(a: StridedArray, b: StridedArray): StridedArray;
  addInto(target: StridedArray, b: StridedArray): void;
  /** Sums over broadcast axes so that the gradient has its operand's shape. */
  sumTo(gradient: StridedArray, shape: readonly number[]): StridedArray;
  cast(gradient: StridedArray, dtype: DType): StridedArray;
  clone(array: StridedArray): StridedArray;
  /** Runs `body` and returns the storages that were made meanwhile. */
  track<T>(body: () => T): { result: T; allocated: Set<Storage> };
}

export interface BackwardOptions {
  readonly retainGraph: boolean;
  readonly createGraph: boolean;
  /** Collect the gradients of these instead of accumulating into leaves. */
  readonly inputs?: readonly StridedArray[];
}

function reachable(roots: readonly Node[]): Node[] {
  const seen = new Set<Node>(roots);
  const pending = [...roots];
  for (let node = pending.pop(); node; node = pending.pop()) {
    for (const edge of node.edges) {
      if (edge?.node && !seen.has(edge.node)) {
        seen.add(edge.node);
        pending.push(edge.node);
      }
    }
  }
  return [...seen].sort((a, b) => b.order - a.order);
}

/**
 * Storages that this run made and that nobody outside has seen. Each is counted by the pending gradients that lie in it and
 * is given back as soon as the last of them has been consumed, so a long chain of ops needs the memory of a few gradients.
 */
class OwnedGradients {
  private readonly counts = new Map<Storage, number>();
  enabled: boolean;

  constructor(enabled: boolean) {
    this.enabled = enabled;
  }

  adopt(storages: Iterable<Storage>): void {
    for (const storage of storages) this.counts.set(storage, 0);
  }

  hold(array: StridedArray): void {
    const count = this.counts.get(array.storage);
    if (count !== undefined) this.counts.set(array.storage, count + 1);
  }

  drop(array: StridedArray): void {
    const count = this.counts.get(array.storage);
    if (count !== undefined) this.counts.set(array.storage, count - 1);
    this.sweep(array.storage);
  }

  sweep(storage: Storage): void {
    if (this.enabled && this.counts.get(storage) === 0) {
      this.counts.delete(storage);
      storage.free();
    }
  }

  /**
   * Whether the last holder may keep the storage as its own; from then on it is the user's. `arrived` is what the rule at work was
   * given, which still counts although nobody reads it again: the gradient may be a view of it.
   */
  give(array: StridedArray, arrived: StridedArray | null): boolean {
    if (this.counts.get(array.storage) !== (array.storage === arrived?.storage ? 2 : 1)) return false;
    this.counts.delete(array.storage);
    return true;
  }

  escape(array: StridedArray): void {
    this.counts.delete(array.storage);
  }
}

/**
 * Carries gradients from `roots` back through the tape. Returns the gradients of `options.inputs` (null where there is none),
 * or accumulates into the leaves where no inputs are named.
 */
export function runBackward(
  roots: readonly StridedArray[], seeds: readonly StridedArray[], options: BackwardOptions, algebra: GradientAlgebra,
): (StridedArray | null)[] {
  const { createGraph, inputs } = options;
  const owned = new OwnedGradients(!createGraph);
  const pending = new Map<Node, StridedArray>();
  const captured = new Map<StridedArray | Node, StridedArray>();
  const wanted = new Set<StridedArray | Node>(inputs?.map((input) => stateOf(input)?.node ?? input));

  // Here and in `deliver` the caller's hold on the gradient passes to whoever takes it.
  const accumulate = <K>(target: Map<K, StridedArray>, key: K, gradient: StridedArray): void => {
    const previous = target.get(key);
    if (previous === undefined) {
      target.set(key, gradient);
      return;
    }
    const { result, allocated } = algebra.track(() => algebra.add(previous, gradient));
    owned.adopt(allocated);
    owned.hold(result);
    target.set(key, result);
    owned.drop(previous);
    owned.drop(gradient);
  };

  const applyHooks = (hooks: readonly Hook[] | null, gradient: StridedArray): StridedArray => {
    if (hooks === null) return gradient;
    let current = gradient;
    for (const hook of hooks) {
      owned.escape(current);
      current = hook(current) ?? current;
    }
    return current;
  };

  const deliver = (edge: Edge, gradient: StridedArray, arrived: StridedArray | null): void => {
    if (edge.node !== null) {
      accumulate(pending, edge.node, gradient);
      return;
    }
    const leaf = edge.array;
    if (wanted.has(leaf)) {
      accumulate(captured, leaf, applyHooks(stateOf(leaf)!.hooks, gradient));
    } else if (inputs === undefined) {
      const state = ensureState(leaf);
      const final = applyHooks(state.hooks, gradient);
      if (state.grad === null) {
        state.grad = createGraph || (owned.give(final, arrived) && final.geometry.contiguous) ? final : algebra.clone(final);
        state.privateGrad = !createGraph;
      } else if (createGraph) {
        state.grad = algebra.add(state.grad, final);
        state.privateGrad = false;
      } else {
        algebra.addInto(state.grad, final);
      }
      state.grad.storage.pinned = true;
      owned.drop(final);
    } else {
      owned.drop(gradient);
    }
  };

  const previousMode = gradMode.set(createGraph);
  try {
    const rootNodes: Node[] = [];
    roots.forEach((root, i) => {
      const node = stateOf(root)?.node ?? null;
      if (node !== null) rootNodes.push(node);
      deliver({ node, array: root }, seeds[i], null);
    });
    for (const node of reachable(rootNodes)) {
      const arrived = pending.get(node);
      if (arrived === undefined) continue;
      pending.delete(node);
      // An in-place op has since given the same array a newer node: hooks and retained gradients are the newest one's.
      const state = node.result;
      const current = state.node === node;
      const gradient = applyHooks(current ? state.hooks : null, arrived);
      if (current && state.retainsGrad && inputs === undefined) {
        state.grad = state.grad === null ? algebra.clone(gradient) : algebra.add(state.grad, gradient);
      }
      if (wanted.has(node)) {
        owned.escape(gradient);
        captured.set(node, gradient);
      }
      // A user's own backward sees the gradient and may keep it, or anything that it makes.
      if (node.exposesGradient) owned.escape(gradient);
      const saved = node.unpack();
      // All rules run before anything is given back: one may hand out what another has computed for it.
      const { result: gradients, allocated } = algebra.track(() => node.edges.map((edge, i) => {
        const raw = edge === null ? null : node.rules[i]!(gradient, saved as never);
        return raw === null ? null : algebra.cast(algebra.sumTo(raw, edge!.array.geometry.shape), edge!.array.dtypeCore);
      }));
      if (!node.exposesGradient) owned.adopt(allocated);
      for (const each of gradients) if (each !== null) owned.hold(each);
      gradients.forEach((each, i) => {
        if (each !== null) deliver(node.edges[i]!, each, arrived);
      });
      for (const storage of allocated) owned.sweep(storage);
      if (!options.retainGraph) node.release();
      owned.drop(arrived);
    }
  } finally {
    gradMode.set(previousMode);
  }
  if (inputs === undefined) return [];
  return inputs.map((input) => captured.get(stateOf(input)?.node ?? input) ?? null);
}

/** PyTorch's refusals before anything runs. */
export function checkRoots(roots: readonly StridedArray[]): void {
  roots.forEach((root, i) => {
    if (!stateOf(root)?.requiresGrad) {
      throw new RuntimeError(`element ${i} of tensors does not require grad and does not have a grad_fn`);
    }
  });
}
