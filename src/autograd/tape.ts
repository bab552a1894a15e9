import { scalarTypeName } from '../core/dtype.ts';
import { RuntimeError } from '../core/errors.ts';
import { StridedArray } from '../core/strided.ts';
import type { DifferentiationState } from '../core/strided.ts';
import { gradMode } from './mode.ts';

/** Named values that an op keeps for its rules: arrays (checked for later in-place writes) or anything else. */
export type Saved = Readonly<Record<string, unknown>>;

/** Turns the gradient of the result into the gradient of one operand. It is written in ops, so it can be differentiated again. */
// A rule names what it saved by type, so its second parameter is as loose as the record of an op's own names.
export type Rule<S = never> = (gradient: StridedArray, saved: S) => StridedArray | null;

export type Hook = (gradient: StridedArray) => StridedArray | null | undefined | void;

export interface AutogradState extends DifferentiationState {
  requiresGrad: boolean;
  /** The op that made this array; null for leaves. */
  node: Node | null;
  /** Accumulated gradient of a leaf, or of an array whose gradient is retained. */
  grad: StridedArray | null;
  retainsGrad: boolean;
  hooks: Hook[] | null;
  /** A recorded view of another array: writing into it would have to rewrite the other's history. */
  isView: boolean;
}

/** Where a gradient goes: the array's own node, or the array itself where it is a leaf. */
export interface Edge {
  readonly node: Node | null;
  readonly array: StridedArray;
}

let sequence = 0;

/** One recorded op: where its gradients flow and what its rules need. */
export class Node {
  readonly name: string;
  /** Descending order of this number is an order in which gradients are complete. */
  readonly order = sequence++;
  readonly edges: readonly (Edge | null)[];
  readonly rules: readonly (Rule | null)[];
  private saved: Saved | null;
  private readonly versions: ReadonlyMap<string, number>;
  /** The result's state, not the result: the tape must not keep arrays alive that no rule needs. */
  readonly result: AutogradState;

  constructor(
    name: string, edges: readonly (Edge | null)[], rules: readonly (Rule | null)[], saved: Saved,
    result: AutogradState,
  ) {
    this.name = name;
    this.edges = edges;
    this.rules = rules;
    this.saved = saved;
    this.result = result;
    const versions = new Map<string, number>();
    for (const key in saved) {
      const value = saved[key];
      if (value instanceof StridedArray) versions.set(key, value.storage.version);
    }
    this.versions = versions;
  }

  /** What the rules still need; empty once it was released. */
  get keeps(): Saved {
    return this.saved ?? {};
  }

  /** Whether the only operand is a leaf, or a view of one. */
  get viewsLeaf(): boolean {
    const [edge] = this.edges;
    return edge?.node ? edge.node.result.isView && edge.node.viewsLeaf : edge !== null;
  }

  get released(): boolean {
    return this.saved === null;
  }

  /** What the op kept, after a check that no array in it has been overwritten since. */
  unpack(): Saved {
    if (this.saved === null) {
      throw new RuntimeError(
        'Trying to backward through the graph a second time (or directly access saved tensors after they have already '
        + 'been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). '
        + 'Specify retain_graph=True if you need to backward through the graph a second time or if you need to access '
        + 'saved tensors after calling backward.');
    }
    for (const [key, version] of this.versions) {
      const array = this.saved[key] as StridedArray;
      if (array.storage.version !== version) throw this.stale(array, version);
    }
    return this.saved;
  }

  /** A product with a number keeps the number as PyTorch keeps it, as a tensor. */
  private keepsNumber(): boolean {
    for (const key in this.saved) if (typeof this.saved[key] === 'number') return true;
    return false;
  }

  private stale(array: StridedArray, expected: number): RuntimeError {
    const maker = array.state === this.result ? this.name : stateOf(array)?.node?.name;
    const origin = maker === undefined ? '' : `, which is output 0 of ${maker.replace(/Backward\d*$/, '')},`;
    return new RuntimeError(
      'one of the variables needed for gradient computation has been modified by an inplace operation: '
      + `[torch.${scalarTypeName(array.dtypeCore)}Tensor [${array.layout.shape.join(', ')}]]${origin} is at version `
      + `${array.storage.version}; expected version ${expected} instead. `
      + 'Hint: clone it before the in-place operation, or use the operation that returns a new tensor.');
  }

  /** Drops what was saved. An op that saved no array can be passed again, as in PyTorch. */
  release(): void {
    if (this.versions.size > 0 || this.keepsNumber()) this.saved = null;
  }
}

export function stateOf(array: StridedArray): AutogradState | null {
  return array.state as AutogradState | null;
}

export function newState(requiresGrad: boolean): AutogradState {
  return { requiresGrad, node: null, grad: null, retainsGrad: false, hooks: null, isView: false };
}

export function ensureState(array: StridedArray): AutogradState {
  return (array.state ??= newState(false)) as AutogradState;
}

export function requiresGrad(value: unknown): boolean {
  return value instanceof StridedArray && value.state !== null && value.state.requiresGrad;
}

/** Whether an op on these operands has to be recorded. */
export function isRecorded(operands: readonly unknown[]): boolean {
  if (!gradMode.enabled) return false;
  for (const operand of operands) if (requiresGrad(operand)) return true;
  return false;
}

function edgeOf(operand: unknown): Edge | null {
  return requiresGrad(operand)
    ? { node: stateOf(operand as StridedArray)!.node, array: operand as StridedArray }
    : null;
}

/**
 * Records that `out` came from `operands`, where any of them wants a gradient. `rules` run parallel to `operands`.
 * For an in-place op `out` is also an operand: its old history becomes an edge before the new node replaces it.
 */
export function record<A extends StridedArray>(
  out: A, name: string, operands: readonly unknown[], rules: readonly (Rule<never> | null)[], saved: Saved = {},
): A {
  if (!isRecorded(operands)) return out;
  const edges = operands.map((operand, i) => (rules[i] === null ? null : edgeOf(operand)));
  if (edges.every((edge) => edge === null)) return out;
  const state = ensureState(out);
  state.requiresGrad = true;
  state.node = new Node(name, edges, rules as readonly (Rule | null)[], saved, state);
  return out;
}

/** As `record`, for results that share their operand's memory. */
export function recordView<A extends StridedArray>(
  out: A, name: string, operand: StridedArray, rule: Rule<never>, saved: Saved = {},
): A {
  record(out, name, [operand], [rule], saved);
  if (out.state !== null) (out.state as AutogradState).isView = true;
  return out;
}

/** Throws where an in-place write would break recorded history, as PyTorch does. */
export function checkInPlace(target: StridedArray): void {
  const state = stateOf(target);
  if (!gradMode.enabled || state === null || !state.requiresGrad) return;
  if (state.node === null) {
    throw new RuntimeError('a leaf Variable that requires grad is being used in an in-place operation.');
  }
  if (state.isView) {
    if (state.node.viewsLeaf) {
      throw new RuntimeError('a view of a leaf Variable that requires grad is being used in an in-place operation.');
    }
    throw new RuntimeError(
      'in-place operations on a view of a tensor that requires grad are not supported: '
      + 'write through the base with x.set([...], value), or clone the view first.');
  }
}
