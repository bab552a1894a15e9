import type { Callable } from '../../../core/callable.ts';
import { callable } from '../../../core/callable.ts';
import { declareMethods } from '../../../core/signature.ts';
import type { Module } from '../module.ts';

/**
 * A layer: called with or without `new`, and its instances as their `forward` declares, by position or by name. `inputs` are its
 * parameters where those are not an input or an input and a target.
 */
export function layer<C extends abstract new (...args: never) => Module>(
  name: string, original: C, inputs = (original.prototype as Module).forward.length === 2 ? 'input: Any, target: Any' : 'input: Any',
): Callable<C> {
  declareMethods(original as unknown as { readonly prototype: object }, name, { forward: inputs });
  return callable(name, original);
}
