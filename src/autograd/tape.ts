import { scalarTypeName } from '../core/dtype.ts';
import type { Layout } from '../core/layout.ts';
import { isDense } from '../core/layout.ts';
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
  /** Whether nobody beside the engine has seen that gradient, so that its memory can go back as soon as it is forgotten. */
  privateGrad: boolean;
  retainsGrad: boolean;
  hooks: Hook[] | null;
  /** A recorded view of another array. */
  isView: boolean;
  /** The array that it is a view of, itself not a view; null where the two differ in dtype. */
  base: StridedArray | null;
  /** The base's op when this view's history was written: another one means that the base has been overwritten since. */
  baseNode: Node | null;
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
  /** Whether its rules are a user's, who may keep what they are given. */
  exposesGradient = false;
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
      + `[torch.${scalarTypeName(array.dtypeCore)}Tensor [${array.geometry.shape.join(', ')}]]${origin} is at version `
      + `${array.storage.version}; expected version ${expected} instead. `
      + 'Hint: clone it before the in-place operation, or use the operation that returns a new tensor.');
  }

  /** Drops what was saved. An op that saved no array can be passed again, as in PyTorch. */
  release(): void {
    if (this.versions.size > 0 || this.keepsNumber()) this.saved = null;
  }
}

export function stateOf(array: StridedArray): AutogradState | null {
  const state = array.state as AutogradState | null;
  if (state !== null && state.base !== null && nodeOf(state.base) !== state.baseNode) followBase(array, state);
  return state;
}

const nodeOf = (array: StridedArray): Node | null => (array.state as AutogradState | null)?.node ?? null;

/** How gradients move between a base and its view; the ops layer supplies it. */
export interface ViewAlgebra {
  take(array: StridedArray, base: Layout, view: Layout): StridedArray;
  put(part: StridedArray, base: Layout, view: Layout): StridedArray;
  replace(array: StridedArray, part: StridedArray | null, base: Layout, view: Layout): StridedArray;
}

let viewAlgebra: ViewAlgebra;

export function setViewAlgebra(algebra: ViewAlgebra): void {
  viewAlgebra = algebra;
}

/** Whether each element of the view is another element of a base without gaps. */
function isPlainPart(base: Layout, view: Layout): boolean {
  return isDense(base) && base.strides.every((stride) => stride >= 0) && !overlapsItself(view);
}

function overlapsItself({ shape, strides }: Layout): boolean {
  const axes = shape.map((_, axis) => axis).filter((axis) => shape[axis] > 1).sort((a, b) => Math.abs(strides[a]) - Math.abs(strides[b]));
  let reach = 0;
  for (const axis of axes) {
    if (Math.abs(strides[axis]) <= reach) return true;
    reach += Math.abs(strides[axis]) * (shape[axis] - 1);
  }
  return false;
}

/** Gives a view the history that its base has by now. */
function followBase(array: StridedArray, state: AutogradState): void {
  const base = state.base!;
  const [whole, part] = [base.geometry, array.geometry];
  const rule: Rule = (g) => {
    if (!isPlainPart(whole, part)) {
      throw new RuntimeError(
        'a view with repeated elements was made before its base was overwritten by an inplace operation: make the view again');
    }
    return viewAlgebra.put(g, whole, part);
  };
  state.baseNode = nodeOf(base);
  state.node = new Node('AsStridedBackward0', [edgeOf(base)], [rule], {}, state);
}

/** Writes an in-place op on a view into the history of its base, where the op's gradients concern the view's part alone. */
function rewriteBase(out: StridedArray, state: AutogradState, operands: readonly unknown[], node: Node): void {
  const base = state.base!;
  const baseState = base.state as AutogradState;
  const [whole, part] = [base.geometry, out.geometry];
  const { rules } = node;
  const own = rules.filter((_, i) => operands[i] === out);
  const others = operands.map((_, i) => i).filter((i) => operands[i] !== out);
  const ofBase: Rule = (g, saved) => {
    const inside = viewAlgebra.take(g, whole, part);
    const [first = null, ...rest] = own.map((rule) => rule?.(inside, saved) ?? null);
    if (rest.some((each) => each !== null)) {
      throw new RuntimeError('an inplace operation of a view with itself has no gradient: clone the view first');
    }
    return viewAlgebra.replace(g, first, whole, part);
  };
  baseState.node = new Node('CopySlices', [edgeOf(base), ...others.map((i) => node.edges[i])], [
    ofBase, ...others.map((i): Rule | null => {
      const rule = rules[i];
      return rule === null ? null : (g, saved) => rule(viewAlgebra.take(g, whole, part), saved);
    }),
  ], node.keeps, baseState);
  followBase(out, state);
}

export function newState(requiresGrad: boolean): AutogradState {
  return {
    requiresGrad, node: null, grad: null, privateGrad: false, retainsGrad: false, hooks: null, isView: false, base: null, baseNode: null,
  };
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
  const node = new Node(name, edges, rules as readonly (Rule | null)[], saved, state);
  if (state.base !== null && operands.includes(out)) rewriteBase(out, state, operands, node);
  else state.node = node;
  return out;
}

/** As `record`, for results that share their operand's memory. */
export function recordView<A extends StridedArray>(
  out: A, name: string, operand: StridedArray, rule: Rule<never>, saved: Saved = {},
): A {
  record(out, name, [operand], [rule], saved);
  const state = out.state as AutogradState | null;
  if (state !== null) {
    const from = operand.state as AutogradState;
    const base = from.isView ? from.base : operand;
    state.isView = true;
    if (base !== null && base.dtypeCore === out.dtypeCore) {
      state.base = base;
      state.baseNode = nodeOf(base);
    }
  }
  return out;
}

/**
 * Throws where an in-place write would break recorded history, as PyTorch does. `operands` are what is written: history that
 * enters a part of an array without any is lost for the rest of it, since views are linked to their base only where recorded.
 */
export function checkInPlace(target: StridedArray, operands: readonly unknown[] = []): void {
  if (!gradMode.enabled) return;
  const state = stateOf(target);
  if (state === null || !state.requiresGrad) {
    if (target.geometry.size * target.dtypeCore.itemsize < target.storage.byteLength && isRecorded(operands)) {
      throw new RuntimeError(
        'writing a tensor that requires grad into a view of one that does not is not supported: '
        + 'write through the base with x.set([...], value).');
    }
    return;
  }
  if (state.node === null) {
    throw new RuntimeError('a leaf Variable that requires grad is being used in an in-place operation.');
  }
  if (state.isView) {
    if (state.base !== null ? nodeOf(state.base) === null : state.node.viewsLeaf) {
      throw new RuntimeError('a view of a leaf Variable that requires grad is being used in an in-place operation.');
    }
    if (state.base !== null && isPlainPart(state.base.geometry, target.geometry)) return;
    throw new RuntimeError(
      'in-place operations on this view of a tensor that requires grad are not supported: '
      + 'write through the base with x.set([...], value), or clone the view first.');
  }
}
