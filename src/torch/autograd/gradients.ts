import { gradMode, withGradMode } from '../../autograd/mode.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { declare } from '../../core/signature.ts';
import { zerosLike } from '../../ops/creation.ts';
import { asking, inPython, keyed } from '../arguments/keyed.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { accumulateFrom, backwardFrom } from './engine.ts';

/** Switching recording on and off, and gradients as values. */

/**
 * A mode for the rest of a block: `using _ = torch.no_grad()`. As in Python it begins where the block is entered, not where it is made:
 * `using` asks for the method that ends it, and only then does it begin, so that `torch.no_grad()` as a statement changes nothing.
 */
class ModeGuard implements Disposable {
  private readonly enabled: boolean;

  constructor(enabled: boolean) {
    this.enabled = enabled;
  }

  get [Symbol.dispose](): () => void {
    const previous = gradMode.set(this.enabled);
    return () => void gradMode.set(previous);
  }
}

interface ModeFunction {
  <T>(body: () => T): T;
  (): Disposable;
}

function mode(enabled: boolean): ModeFunction {
  return (<T>(body?: () => T): T | Disposable => (body ? withGradMode(enabled, body) : new ModeGuard(enabled))) as ModeFunction;
}

/**
 * Nothing is recorded inside: `no_grad(() => ...)`, or `using _ = no_grad()` until the end of the block. Source: torch.no_grad.
 * @example
 * const w = torch.ones(2, { requires_grad: true });
 * torch.no_grad(() => w.mul(2)).requires_grad; // → false
 */
export const no_grad: ModeFunction = mode(false);
/** Recording is on inside, also within no_grad. Source: torch.enable_grad. */
export const enable_grad: ModeFunction = mode(true);
/** As no_grad: nothing is recorded inside. Source: torch.inference_mode. */
export const inference_mode: ModeFunction = mode(false);

/** Source: torch.is_grad_enabled. */
export const is_grad_enabled = asking('is_grad_enabled', (): boolean => gradMode.enabled);

/** Sets the mode at once; dispose of the result to go back. Source: torch.set_grad_enabled. */
export const set_grad_enabled = keyed('set_grad_enabled', 'mode: bool', (enabled: boolean): Disposable => {
  const previous = gradMode.set(enabled);
  return { [Symbol.dispose]: () => void gradMode.set(previous) };
}, inPython);

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value as readonly T[] : [value as T]);

type Given = Tensor | readonly Tensor[];
type Seeds = Tensor | null | readonly (Tensor | null)[];

export interface GradOptions {
  readonly grad_outputs?: Seeds;
  readonly retain_graph?: boolean | null;
  readonly create_graph?: boolean;
  readonly only_inputs?: boolean;
  readonly allow_unused?: boolean | null;
  readonly is_grads_batched?: boolean;
  readonly materialize_grads?: boolean;
}

/** Every input has a gradient, unless those that are not used are allowed. */
export interface GradFunction {
  (outputs: Given, inputs: Given, options?: GradOptions & { readonly allow_unused?: false | null }): Tensor[];
  (outputs: Given, inputs: Given, options: GradOptions): (Tensor | null)[];
  (outputs: Given, inputs: Given, grad_outputs: Seeds, retain_graph?: boolean | null, create_graph?: boolean, only_inputs?: boolean,
    allow_unused?: false | null, is_grads_batched?: boolean, materialize_grads?: boolean): Tensor[];
  (outputs: Given, inputs: Given, grad_outputs: Seeds, options: GradOptions): (Tensor | null)[];
  (options: GradOptions & { readonly outputs: Given; readonly inputs: Given }): (Tensor | null)[];
}

/**
 * The gradients of `outputs` with respect to `inputs`, one for each input, without touching any `grad`.
 * Source: torch.autograd.grad.
 * @example
 * const x = torch.tensor(3, { requires_grad: true });
 * torch.autograd.grad(x.mul(x), x)[0]; // → tensor(6.)
 */
export const grad: GradFunction = declare<[
  outputs: Given, inputs: Given, grad_outputs?: Seeds, retain_graph?: boolean | null, create_graph?: boolean, only_inputs?: boolean,
  allow_unused?: boolean | null, is_grads_batched?: boolean, materialize_grads?: boolean,
]>()('autograd.grad', [
  'outputs, inputs, grad_outputs=None, retain_graph: bool = None, create_graph=False, only_inputs=True, allow_unused: bool = None',
  'is_grads_batched=False, materialize_grads=False',
], ({ outputs, inputs, grad_outputs, retain_graph, create_graph, only_inputs, allow_unused, is_grads_batched, materialize_grads }):
(Tensor | null)[] => {
  if (!only_inputs) throw new NotImplementedError('grad() with only_inputs=false is not supported: call backward() for all leaves');
  if (is_grads_batched) throw new NotImplementedError('grad() with is_grads_batched=true is not supported: call grad() for each');
  const roots = list(outputs);
  const wanted = list(inputs);
  for (const input of wanted) {
    if (!input.requires_grad) throw new RuntimeError('One of the differentiated Tensors does not require grad');
  }
  const seeds = grad_outputs === null ? roots.map(() => null) : list(grad_outputs);
  const gradients = backwardFrom<Tensor>(
    roots, seeds, { retainGraph: retain_graph ?? create_graph, createGraph: create_graph, inputs: wanted });
  const unused = gradients.indexOf(null);
  if (!(allow_unused ?? materialize_grads) && unused >= 0) {
    throw new RuntimeError(
      `The differentiated Tensor at index ${unused} appears to not have been used in the graph. `
      + 'Set allow_unused=True if this is the desired behavior.');
  }
  return materialize_grads ? gradients.map((gradient, i) => gradient ?? zerosLike(wanted[i])) : gradients;
}) as GradFunction;

/** Adds the gradients of `tensors` to the `grad` of the leaves. Source: torch.autograd.backward. */
export const backward = declare<[
  tensors: Given, grad_tensors?: Seeds, retain_graph?: boolean | null, create_graph?: boolean, grad_variables?: Seeds,
  inputs?: Given | null,
]>()('autograd.backward', 'tensors, grad_tensors=None, retain_graph: bool = None, create_graph=False, grad_variables=None, inputs=None', ({
  tensors, grad_tensors, retain_graph, create_graph, grad_variables, inputs,
}): void => {
  if (grad_tensors !== null && grad_variables !== null) {
    throw new RuntimeError(
      '`grad_tensors` and `grad_variables` (deprecated) arguments both passed to `backward()`. Please only use `grad_tensors`.');
  }
  const roots = list(tensors);
  const given = grad_tensors ?? grad_variables;
  const seeds = given === null ? roots.map(() => null) : list(given);
  accumulateFrom<Tensor>(roots, seeds, {
    retainGraph: retain_graph ?? create_graph, createGraph: create_graph, inputs: inputs === null ? undefined : list(inputs),
  });
});
