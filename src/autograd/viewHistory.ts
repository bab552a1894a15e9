import { RuntimeError } from '../core/errors.ts';
import type { Layout } from '../core/layout.ts';
import { isDense } from '../core/layout.ts';
import { StridedArray } from '../core/strided.ts';
import { algebra } from './algebra.ts';
import type { AutogradState, Edge, JointRule, Rule } from './node.ts';
import { Node } from './node.ts';

/** The histories of a base and its views, which in-place writes through either change for both. */

const nodeOf = (array: StridedArray): Node | null => (array.state as AutogradState | null)?.node ?? null;

export function stateOf(array: StridedArray): AutogradState | null {
  const state = array.state as AutogradState | null;
  if (state !== null && state.base !== null && nodeOf(state.base) !== state.baseNode) followBase(array, state);
  return state;
}

export function requiresGrad(value: unknown): boolean {
  return value instanceof StridedArray && value.state !== null && value.state.requiresGrad;
}

export function edgeOf(operand: unknown): Edge | null {
  if (!requiresGrad(operand)) return null;
  const { node, index } = stateOf(operand as StridedArray)!;
  return { node, index, array: operand as StridedArray };
}

/** Whether each element of the view is another element of a base without gaps. */
export function isPlainPart(base: Layout, view: Layout): boolean {
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

/** Ties a fresh view's history to the array that it is a view of. */
export function linkView(out: StridedArray, operand: StridedArray): void {
  const state = out.state as AutogradState;
  const from = operand.state as AutogradState;
  const base = from.isView ? from.base : operand;
  state.isView = true;
  if (base !== null && base.dtypeCore === out.dtypeCore) {
    state.base = base;
    state.baseNode = nodeOf(base);
  }
}

/** Whether the base of a view is a leaf, or the view's own history says so where it has no base. */
export function viewsLeaf(state: AutogradState): boolean {
  return state.base !== null ? nodeOf(state.base) === null : state.node!.viewsLeaf;
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
    return algebra.put(g, whole, part);
  };
  state.baseNode = nodeOf(base);
  state.node = new Node('AsStridedBackward0', [edgeOf(base)], [rule], {}, [state]);
  state.index = 0;
}

/**
 * Writes an in-place op on a view into the history of its base, where the op's gradients concern the view's part alone. `node` is
 * the op as it would be recorded on an array of its own.
 */
export function rewriteBase(out: StridedArray, state: AutogradState, operands: readonly unknown[], node: Node): void {
  const base = state.base!;
  const baseState = base.state as AutogradState;
  const [whole, part] = [base.geometry, out.geometry];
  const own = operands.map((operand) => operand === out);
  const rule: JointRule = ([g], saved, _, backward) => {
    const inside = node.backward([algebra.take(g!, whole, part)], backward, saved);
    const [first = null, ...rest] = inside.filter((_, i) => own[i]);
    if (rest.some((each) => each !== null)) {
      throw new RuntimeError('an inplace operation of a view with itself has no gradient: clone the view first');
    }
    return [algebra.replace(g!, first, whole, part), ...inside.filter((_, i) => !own[i])];
  };
  const edges = [edgeOf(base), ...node.edges.filter((_, i) => !own[i])];
  baseState.node = new Node('CopySlices', edges, rule, node.keeps, [baseState]);
  baseState.index = 0;
  followBase(out, state);
}
