import type { StridedArray } from '../core/strided.ts';
import type { JointRule, Node, Saved } from './node.ts';
import { recordAll } from './tape.ts';

/**
 * Records an op whose gradient the program gives by itself. It sees the gradients and may keep them, or anything that it makes of them,
 * so their memory is no longer the engine's. Null where nothing is recorded.
 */
export function recordCustom(
  results: readonly StridedArray[], name: string, operands: readonly unknown[], rule: JointRule<Saved>, saved: Saved,
): Node | null {
  const node = recordAll(results, name, operands, rule, saved);
  if (node !== null) node.exposesGradient = true;
  return node;
}
