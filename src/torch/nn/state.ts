import { withGradMode } from '../../autograd/mode.ts';
import { stateOf } from '../../autograd/viewHistory.ts';
import { RuntimeError, pythonTypeName } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { copyFrom, detach, fillWith, reshapeTo } from '../../ops/movement.ts';
import { Tensor } from '../tensor/tensor.ts';
import { membersOf } from './members.ts';
import { Parameter } from './parameter.ts';

/** The tensors that modules hold: saved, loaded, and their gradients forgotten. */

/** Names and tensors, in the module's order: what state_dict gives. */
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
function loadTensor(
  module: object, name: string, key: string, tensor: Tensor, saved: unknown, assigns: boolean, problems: string[],
): void {
  if (!(saved instanceof Tensor)) {
    problems.push(`While copying the parameter named "${key}", expected torch.Tensor or Tensor-like object from checkpoint but `
      + `received <class '${pythonTypeName(saved)}'>`);
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

/** Puts parameters and persistent buffers into `state`, the tensors themselves where they are to stay in the graph. */
export function saveState(root: object, state: StateDict, start: string, keeps: boolean): StateDict {
  const collect = (module: object, prefix: string): void => {
    const { parameters, buffers, modules } = membersOf(module);
    const keep = (tensor: Tensor): Tensor => (keeps ? tensor : detach(tensor));
    for (const [name, parameter] of parameters) state[prefix + name] = keep(parameter);
    for (const [name, buffer, persistent] of buffers) if (persistent) state[prefix + name] = keep(buffer);
    for (const [name, child] of modules) collect(child, `${prefix}${name}.`);
  };
  collect(root, start);
  return state;
}

/** Loads what `saveState` gave. */
export function loadState(
  root: object, rootName: string, state_dict: Readonly<Record<string, Tensor>>, strict: boolean, assigns: boolean,
): IncompatibleKeys {
  if (typeof state_dict !== 'object' || state_dict === null || state_dict instanceof Tensor) {
    const type = state_dict instanceof Tensor ? 'torch.Tensor' : pythonTypeName(state_dict);
    throw new TypeError(`Expected state_dict to be dict-like, got <class '${type}'>.`);
  }
  const problems: string[] = [];
  const missing: string[] = [];
  const expected = new Set<string>();
  const load = (module: object, prefix: string): void => {
    const { parameters, buffers, modules } = membersOf(module);
    const saved = buffers.filter(([, , persistent]) => persistent);
    for (const [name, tensor] of [...parameters, ...saved] as [string, Tensor][]) {
      const key = prefix + name;
      expected.add(key);
      if (!Object.hasOwn(state_dict, key)) missing.push(key);
      else loadTensor(module, name, key, tensor, state_dict[key], assigns, problems);
    }
    for (const [name, child] of modules) load(child, `${prefix}${name}.`);
  };
  load(root, '');
  const unexpected = Object.keys(state_dict).filter((key) => !expected.has(key));
  const list = (keys: readonly string[]): string => keys.map((key) => `"${key}"`).join(', ');
  if (strict && unexpected.length > 0) problems.unshift(`Unexpected key(s) in state_dict: ${list(unexpected)}. `);
  if (strict && missing.length > 0) problems.unshift(`Missing key(s) in state_dict: ${list(missing)}. `);
  if (problems.length > 0) {
    throw new RuntimeError(`Error(s) in loading state_dict for ${rootName}:\n\t${problems.join('\n\t')}`);
  }
  return { missing_keys: missing, unexpected_keys: unexpected };
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
