import { RuntimeError } from '../core/errors.ts';
import type { Storage } from '../core/storage.ts';
import type { StridedArray } from '../core/strided.ts';
import { algebra } from './algebra.ts';
import { gradMode } from './mode.ts';
import type { AutogradState, BackwardOptions, Edge, Hook, Node } from './node.ts';
import { ensureState } from './tape.ts';
import { stateOf } from './viewHistory.ts';

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

/** Whether a wanted array lies at the end of an edge or beyond it. `nodes` come before those that their edges lead to. */
function leadsTo(nodes: readonly Node[], wanted: ReadonlySet<AutogradState | null>): (edge: Edge) => boolean {
  const found = new Set<Node>();
  const leads = ({ node, index, array }: Edge): boolean => {
    if (node === null) return wanted.has(stateOf(array));
    const state = node.results[index];
    return found.has(node) || (wanted.has(state) && state.node === node && state.index === index);
  };
  for (let i = nodes.length - 1; i >= 0; i--) if (nodes[i].edges.some((edge) => edge !== null && leads(edge))) found.add(nodes[i]);
  return leads;
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
  give(array: StridedArray, arrived: Gradients): boolean {
    const spent = arrived.filter((each) => each?.storage === array.storage).length;
    if (this.counts.get(array.storage) !== spent + 1) return false;
    this.counts.delete(array.storage);
    return true;
  }

  escape(array: StridedArray): void {
    this.counts.delete(array.storage);
  }
}

/** One for each result of an op, null where none has arrived. */
type Gradients = readonly (StridedArray | null)[];

/**
 * Carries gradients from `roots` back through the tape. Returns the gradients of `options.inputs` (null where there is none),
 * or accumulates into the leaves where no inputs are named.
 */
export function runBackward(
  roots: readonly StridedArray[], seeds: readonly StridedArray[], options: BackwardOptions,
): (StridedArray | null)[] {
  const { createGraph, inputs } = options;
  const owned = new OwnedGradients(!createGraph);
  const pending = new Map<Node, (StridedArray | null)[]>();
  const captured = new Map<AutogradState, StridedArray>();
  const wanted = new Set<AutogradState | null>(inputs?.map(stateOf));

  // Here and in `deliver` the caller's hold on the gradients passes to whoever takes the sum.
  const sumOf = (previous: StridedArray | null | undefined, gradient: StridedArray): StridedArray => {
    if (!previous) return gradient;
    const { result, allocated } = algebra.track(() => algebra.add(previous, gradient));
    owned.adopt(allocated);
    owned.hold(result);
    owned.drop(previous);
    owned.drop(gradient);
    return result;
  };

  const applyHooks = (hooks: ReadonlyMap<object, Hook> | null, gradient: StridedArray): StridedArray => {
    if (hooks === null) return gradient;
    let current = gradient;
    for (const hook of hooks.values()) {
      owned.escape(current);
      current = hook(current) ?? current;
    }
    return current;
  };

  const deliver = ({ node, index, array: leaf }: Edge, gradient: StridedArray, arrived: Gradients): void => {
    if (node !== null) {
      let gradients = pending.get(node);
      if (gradients === undefined) pending.set(node, gradients = new Array<null>(node.results.length).fill(null));
      gradients[index] = sumOf(gradients[index], gradient);
      return;
    }
    const state = ensureState(leaf);
    if (wanted.has(state)) {
      captured.set(state, sumOf(captured.get(state), applyHooks(state.hooks, gradient)));
    } else if (inputs === undefined) {
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

  /** What a result's gradient is once its hooks have seen it. */
  const settle = (node: Node, state: AutogradState, index: number, arrived: StridedArray): StridedArray => {
    // An in-place op has since given the same array a newer node: hooks and retained gradients are the newest one's.
    const current = state.node === node && state.index === index;
    const gradient = applyHooks(current ? state.hooks : null, arrived);
    if (current && state.retainsGrad && inputs === undefined) {
      state.grad = state.grad === null ? algebra.clone(gradient) : algebra.add(state.grad, gradient);
    }
    if (current && wanted.has(state)) {
      owned.escape(gradient);
      captured.set(state, gradient);
    }
    // A user's own backward sees the gradient and may keep it, or anything that it makes.
    if (node.exposesGradient) owned.escape(gradient);
    return gradient;
  };

  const previousMode = gradMode.set(createGraph);
  try {
    const rootNodes: Node[] = [];
    roots.forEach((root, i) => {
      const { node, index } = stateOf(root)!;
      if (node !== null) rootNodes.push(node);
      deliver({ node, index, array: root }, seeds[i], []);
    });
    const nodes = reachable(rootNodes);
    const leads = inputs === undefined ? null : leadsTo(nodes, wanted);
    for (const node of nodes) {
      const arrived = pending.get(node);
      if (arrived === undefined) continue;
      pending.delete(node);
      const gradients = arrived.map((each, i) => (each === null ? null : settle(node, node.results[i], i, each)));
      // Where nothing wanted lies beyond, nothing is computed, nor freed.
      if (leads !== null && !node.edges.some((edge) => edge !== null && leads(edge))) {
        for (const each of arrived) if (each !== null) owned.drop(each);
        continue;
      }
      // All rules run before anything is given back: one may hand out what another has computed for it.
      const { result: found, allocated } = algebra.track(() => node.backward(
        gradients, runBackward, node.unpack(), leads ?? undefined,
      ).map((raw, i) => {
        if (raw === null) return null;
        const { array } = node.edges[i]!;
        return algebra.cast(algebra.sumTo(raw, array.geometry.shape), array.dtypeCore);
      }));
      if (!node.exposesGradient) owned.adopt(allocated);
      for (const each of found) if (each !== null) owned.hold(each);
      found.forEach((each, i) => {
        if (each !== null) deliver(node.edges[i]!, each, arrived);
      });
      for (const storage of allocated) owned.sweep(storage);
      if (!options.retainGraph) node.release();
      for (const each of arrived) if (each !== null) owned.drop(each);
    }
  } finally {
    gradMode.set(previousMode);
  }
  return inputs === undefined ? [] : inputs.map((input) => {
    const state = stateOf(input);
    return state === null ? null : captured.get(state) ?? null;
  });
}

/** PyTorch's refusals before anything runs. */
export function checkRoots(roots: readonly StridedArray[]): void {
  roots.forEach((root, i) => {
    if (!stateOf(root)?.requiresGrad) {
      throw new RuntimeError(`element ${i} of tensors does not require grad and does not have a grad_fn`);
    }
  });
}
