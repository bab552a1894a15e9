import { scalarTypeName } from '../core/dtype.ts';
import { RuntimeError } from '../core/errors.ts';
import { StridedArray, writesOf } from '../core/strided.ts';
import type { DifferentiationState } from '../core/strided.ts';

/** Named values that an op keeps for its rules: arrays (checked for later in-place writes) or anything else. */
export type Saved = Readonly<Record<string, unknown>>;

/** Turns the gradient of the result into the gradient of one operand. It is written in ops, so it can be differentiated again. */
// A rule names what it saved by type, so its second parameter is as loose as the record of an op's own names.
export type Rule<S = never> = (gradient: StridedArray, saved: S) => StridedArray | null;

export interface BackwardOptions {
  readonly retainGraph: boolean;
  readonly createGraph: boolean;
  /** Collect the gradients of these instead of accumulating into leaves. */
  readonly inputs?: readonly StridedArray[];
}

/** Carries gradients from roots back through the tape. */
export type Backward =
  (roots: readonly StridedArray[], seeds: readonly StridedArray[], options: BackwardOptions) => (StridedArray | null)[];

/**
 * Turns the gradients of all results (null where none has arrived) into those of all operands at once; only those that are `wanted`
 * are used. `backward` is the pass at work, for rules that need one of their own: a program that asks for no gradients has none.
 */
export type JointRule<S = never> = (
  gradients: readonly (StridedArray | null)[], saved: S, wanted: readonly boolean[], backward: Backward,
) => readonly (StridedArray | null)[];

/** One rule for each operand, null where it has no gradient, for an op with one result; or a joint one. */
export type Rules<S = never> = readonly (Rule<S> | null)[] | JointRule<S>;

export type Hook = (gradient: StridedArray) => StridedArray | null | undefined | void;

export interface AutogradState extends DifferentiationState {
  requiresGrad: boolean;
  /** The op that made this array; null for leaves. */
  node: Node | null;
  /** Which of that op's results this array is. */
  index: number;
  /** Accumulated gradient of a leaf, or of an array whose gradient is retained. */
  grad: StridedArray | null;
  /** Whether nobody beside the engine has seen that gradient, so that its memory can go back as soon as it is forgotten. */
  privateGrad: boolean;
  retainsGrad: boolean;
  /** What is called with its gradient, each under a key of its own. */
  hooks: Map<object, Hook> | null;
  /** A recorded view of another array. */
  isView: boolean;
  /** The array that it is a view of, itself not a view; null where the two differ in dtype. */
  base: StridedArray | null;
  /** The base's op when this view's history was written: another one means that the base has been overwritten since. */
  baseNode: Node | null;
}

export function newState(requiresGrad: boolean): AutogradState {
  return {
    requiresGrad, node: null, index: 0, grad: null, privateGrad: false, retainsGrad: false, hooks: null, isView: false, base: null,
    baseNode: null,
  };
}

/** Where a gradient goes: to a result of the node that made the array, or to the array itself where it is a leaf. */
export interface Edge {
  readonly node: Node | null;
  readonly index: number;
  readonly array: StridedArray;
}

let sequence = 0;

/** What ops keep that keep no arrays. */
const unsaved: ReadonlyMap<string, number> = new Map();

/** One recorded op: where its gradients flow and what its rules need. */
export class Node {
  readonly name: string;
  /** Descending order of this number is an order in which gradients are complete. */
  readonly order = sequence++;
  readonly edges: readonly (Edge | null)[];
  /** Whether its rules are a user's, who may keep what they are given. */
  exposesGradient = false;
  private readonly rules: Rules;
  private saved: Saved | null;
  private readonly versions: ReadonlyMap<string, number>;
  /** The results' states, not the results: the tape must not keep arrays alive that no rule needs. */
  readonly results: readonly AutogradState[];

  constructor(name: string, edges: readonly (Edge | null)[], rules: Rules, saved: Saved, results: readonly AutogradState[]) {
    this.name = name;
    this.edges = edges;
    this.rules = rules;
    this.saved = saved;
    this.results = results;
    let versions: Map<string, number> | null = null;
    for (const key in saved) {
      const value = saved[key];
      if (value instanceof StridedArray) (versions ??= new Map<string, number>()).set(key, writesOf(value).version);
    }
    this.versions = versions ?? unsaved;
  }

  /** What the rules still need; empty once it was released. */
  get keeps(): Saved {
    return this.saved ?? {};
  }

  /** Whether the only operand is a leaf, or a view of one. */
  get viewsLeaf(): boolean {
    const [edge] = this.edges;
    return edge?.node ? edge.node.results[edge.index].isView && edge.node.viewsLeaf : edge !== null;
  }

  get released(): boolean {
    return this.saved === null;
  }

  /** The gradients of the operands, null where there is none or where it is not wanted. */
  backward(
    gradients: readonly (StridedArray | null)[], pass: Backward, saved = this.unpack(), wants: (edge: Edge) => boolean = () => true,
  ): readonly (StridedArray | null)[] {
    const { rules } = this;
    const wanted = this.edges.map((edge) => edge !== null && wants(edge));
    if (typeof rules === 'function') {
      const found = rules(gradients, saved as never, wanted, pass);
      return wanted.map((each, i) => (each ? found[i] ?? null : null));
    }
    const [gradient] = gradients;
    return wanted.map((each, i) => (each && gradient !== null ? rules[i]!(gradient, saved as never) : null));
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
      if (writesOf(array).version !== version) throw this.stale(array, version);
    }
    return this.saved;
  }

  /** A product with a number keeps the number as PyTorch keeps it, as a tensor. */
  private keepsNumber(): boolean {
    for (const key in this.saved) if (typeof this.saved[key] === 'number') return true;
    return false;
  }

  private stale(array: StridedArray, expected: number): RuntimeError {
    const state = array.state as AutogradState | null;
    const own = state !== null && this.results.includes(state);
    const maker = own ? this.name : state?.node?.name;
    const origin = maker === undefined ? '' : `, which is output ${state!.index} of ${maker.replace(/Backward\d*$/, '')},`;
    return new RuntimeError(
      'one of the variables needed for gradient computation has been modified by an inplace operation: '
      + `[torch.${scalarTypeName(array.dtypeCore)}Tensor [${array.geometry.shape.join(', ')}]]${origin} is at version `
      + `${writesOf(array).version}; expected version ${expected} instead. `
      + 'Hint: clone it before the in-place operation, or use the operation that returns a new tensor.');
  }

  /** Drops what was saved. An op that saved no array can be passed again, as in PyTorch. */
  release(): void {
    if (this.versions.size > 0 || this.keepsNumber()) this.saved = null;
  }
}
