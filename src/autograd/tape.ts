import { RuntimeError } from '../core/errors.ts';
import type { StridedArray } from '../core/strided.ts';
import { gradMode } from './mode.ts';
import type { AutogradState, Edge, Rule, Rules, Saved } from './node.ts';
import { Node, newState } from './node.ts';
import { edgeOf, isPlainPart, linkView, requiresGrad, rewriteBase, stateOf, viewsLeaf } from './viewHistory.ts';

/** Recording what arrays came from. */

export function ensureState(array: StridedArray): AutogradState {
  return (array.state ??= newState(false)) as AutogradState;
}

/** Whether an op on these operands has to be recorded. */
export function isRecorded(operands: readonly unknown[]): boolean {
  if (!gradMode.enabled) return false;
  for (const operand of operands) if (requiresGrad(operand)) return true;
  return false;
}

/**
 * Records that the results came from `operands`, where any of them wants a gradient, and gives the node back. The rules of a list
 * run parallel to `operands`. For an in-place op a result is also an operand: its old history becomes an edge before the new node
 * replaces it.
 */
export function recordAll(
  results: readonly StridedArray[], name: string, operands: readonly unknown[], rules: Rules<never>, saved: Saved = {},
): Node | null {
  if (!gradMode.enabled) return null;
  const joint = typeof rules === 'function';
  const edges: (Edge | null)[] = [];
  let wanted = false;
  for (let i = 0; i < operands.length; i++) {
    const edge = joint || rules[i] !== null ? edgeOf(operands[i]) : null;
    edges.push(edge);
    wanted ||= edge !== null;
  }
  if (!wanted) return null;
  const states = results.map(ensureState);
  const node = new Node(name, edges, rules as Rules, saved, states);
  for (let index = 0; index < states.length; index++) {
    const state = states[index];
    state.requiresGrad = true;
    if (state.base !== null && operands.includes(results[index])) {
      rewriteBase(results[index], state, operands, node);
    } else {
      state.node = node;
      state.index = index;
    }
  }
  return node;
}

/** As `recordAll`, for the one result of an op, which it gives back. */
export function record<A extends StridedArray>(
  out: A, name: string, operands: readonly unknown[], rules: Rules<never>, saved: Saved = {},
): A {
  recordAll([out], name, operands, rules, saved);
  return out;
}

/** As `record`, for results that share their operand's memory. */
export function recordView<A extends StridedArray>(
  out: A, name: string, operand: StridedArray, rule: Rule<never>, saved: Saved = {},
): A {
  if (recordAll([out], name, [operand], [rule], saved) !== null) linkView(out, operand);
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
    if (viewsLeaf(state)) {
      throw new RuntimeError('a view of a leaf Variable that requires grad is being used in an in-place operation.');
    }
    if (state.base !== null && isPlainPart(state.base.geometry, target.geometry)) return;
    throw new RuntimeError(
      'in-place operations on this view of a tensor that requires grad are not supported: '
      + 'write through the base with x.set([...], value), or clone the view first.');
  }
}
