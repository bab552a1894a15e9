import { gradMode, withGradMode } from '../../autograd/mode.ts';
import { NotImplementedError, RuntimeError, checkCallable } from '../../core/errors.ts';
import { declare } from '../../core/signature.ts';
import { zerosLike } from '../../ops/creation.ts';
import { asking, inPython, keyed } from '../arguments/keyed.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { accumulateFrom, backwardFrom, checkInputs, tensorsOf as list } from './engine.ts';

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
  return (<T>(body?: () => T): T | Disposable => {
    if (body === undefined) return new ModeGuard(enabled);
    checkCallable(body);
    return withGradMode(enabled, body);
  }) as ModeFunction;
}

/**
 * Nothing is recorded inside: `no_grad(() => ...)`, or `using _ = no_grad()` until the end of the block. Source: torch.no_grad.
 * @example
 * const w = torch.ones(2, { requires_grad: true });
 * torch.no_grad(() => w.mul(2)).requires_grad; // → false
 */
export const no_grad: ModeFunction = mode(false);
/**
 * Recording is on inside, also within no_grad: `enable_grad(() => ...)`, or `using _ = enable_grad()` until the end of the block.
 * Source: torch.enable_grad.
 * @example
 * const w = torch.ones(2, { requires_grad: true });
 * torch.no_grad(() => torch.enable_grad(() => w.mul(2))).requires_grad; // → true
 */
export const enable_grad: ModeFunction = mode(true);
/**
 * As no_grad: nothing is recorded inside. Source: torch.inference_mode.
 * @example
 * const w = torch.ones(2, { requires_grad: true });
 * torch.inference_mode(() => w.mul(2)); // → tensor([2., 2.])
 */
export const inference_mode: ModeFunction = mode(false);

/**
 * Whether operations are recorded at the moment. Source: torch.is_grad_enabled.
 * @example
 * torch.is_grad_enabled(); // → true
 * torch.no_grad(() => torch.is_grad_enabled()); // → false
 */
export const is_grad_enabled = asking('is_grad_enabled', (): boolean => gradMode.enabled);

/**
 * Turns recording on or off, at once and until further notice; disposing of the result (`using`) goes back.
 * Source: torch.set_grad_enabled.
 * @example
 * torch.set_grad_enabled(false);
 * torch.ones(2, { requires_grad: true }).mul(2).requires_grad; // → false
 * torch.set_grad_enabled(true);
 */
export const set_grad_enabled = keyed('set_grad_enabled', 'mode: bool', (enabled: boolean): Disposable => {
  const previous = gradMode.set(enabled);
  return { [Symbol.dispose]: () => void gradMode.set(previous) };
}, inPython);


type Given = Tensor | readonly Tensor[];
type Seeds = Tensor | null | readonly (Tensor | null)[];

/** What `grad` takes by name. */
export interface GradOptions {
  /** The gradients of the outputs to begin with: 1 for single elements unless said. */
  readonly grad_outputs?: Seeds;
  /** Whether the graph is kept for another pass: as `create_graph` unless said. */
  readonly retain_graph?: boolean | null;
  /** Whether the gradients can be differentiated again. */
  readonly create_graph?: boolean;
  /** True only: other leaves are not touched. */
  readonly only_inputs?: boolean;
  /** Whether the gradient of an input that is not used is null; else it is an error. */
  readonly allow_unused?: boolean | null;
  /** False only. */
  readonly is_grads_batched?: boolean;
  /** Whether the gradient of an input that is not used is zeros. */
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
 * The gradients of `outputs` with respect to `inputs`, one for each input, without touching any `grad`; with `create_graph` they
 * can be differentiated again. A RuntimeError for an input that is not used, unless `allow_unused`. Source: torch.autograd.grad.
 * @example
 * const x = torch.tensor([1.5, 2], { requires_grad: true });
 * torch.autograd.grad(x.pow(2).sum(), x); // → [tensor([3., 4.])]
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
  checkInputs(wanted);
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

/**
 * Adds the gradients of `tensors` to the `grad` of the leaves that they were computed from, or of `inputs` alone. `grad_tensors`
 * are the gradients to begin with; for single elements 1 unless said. Source: torch.autograd.backward.
 * @example
 * const x = torch.tensor([1.5, 2], { requires_grad: true });
 * torch.autograd.backward(x.mul(3), torch.tensor([1, 10]).float());
 * x.grad; // → tensor([ 3., 30.])
 */
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
