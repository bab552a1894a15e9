import { withGradMode } from '../../autograd/mode.ts';
import { stateOf } from '../../autograd/viewHistory.ts';
import { sameShape } from '../../core/layout.ts';
import { copyFrom, detach, fillWith, reshapeTo } from '../../ops/movement.ts';
import { Tensor } from '../tensor/tensor.ts';
import { Parameter } from './parameter.ts';

/** The tensors that modules hold: saved, loaded, and their gradients forgotten. */

/** Names and tensors, in the module's order. */
export type StateDict = Record<string, Tensor>;

/** What load_state_dict found on one side only. */
export interface IncompatibleKeys {
  readonly missing_keys: string[];
  readonly unexpected_keys: string[];
}

export function assign(module: object, name: string, value: unknown): void {
  (module as Record<string, unknown>)[name] = value;
}

/** Copies a saved tensor into a module's, or puts it in its place; tells `problems` where it does not fit. */
export function loadTensor(
  module: object, name: string, key: string, tensor: Tensor, saved: unknown, assigns: boolean, problems: string[],
): void {
  if (!(saved instanceof Tensor)) {
    problems.push(`While copying the parameter named "${key}", expected torch.Tensor or Tensor-like object from checkpoint but `
      + `received ${typeof saved}`);
    return;
  }
  const single = tensor.geometry.shape.length === 0 && sameShape(saved.geometry.shape, [1]);
  const source = single ? reshapeTo(detach(saved), []) : saved;
  if (!sameShape(source.geometry.shape, tensor.geometry.shape)) {
    problems.push(`size mismatch for ${key}: copying a param with shape ${source.shape} from checkpoint, `
      + `the shape in current model is ${tensor.shape}.`);
  } else if (!assigns) {
    withGradMode(false, () => copyFrom(tensor, source));
  } else {
    assign(module, name, tensor instanceof Parameter ? new Parameter(source, tensor.requires_grad) : source);
  }
}

/** Forgets gradients, or sets them to zero where they are to stay. */
export function zeroGradients(tensors: readonly Tensor[], toNone: boolean): void {
  for (const tensor of tensors) {
    const state = stateOf(tensor);
    if (!state?.grad) continue;
    const gradient = state.grad as Tensor;
    if (toNone) {
      if (state.privateGrad) gradient.storage.free();
      tensor.grad = null;
    } else {
      const plain = detach(gradient);
      withGradMode(false, () => fillWith(plain, 0));
      if (stateOf(gradient)?.requiresGrad) tensor.grad = plain;
    }
  }
}
