import { gradMode, withGradMode } from '../../autograd/mode.ts';
import { RuntimeError } from '../../core/errors.ts';
import { zerosLike } from '../../ops/creation.ts';
import { checkOptions } from '../arguments/options.ts';
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
export function is_grad_enabled(): boolean {
  return gradMode.enabled;
}

/** Sets the mode at once; dispose of the result to go back. Source: torch.set_grad_enabled. */
export function set_grad_enabled(enabled: boolean): Disposable {
  const previous = gradMode.set(enabled);
  return { [Symbol.dispose]: () => void gradMode.set(previous) };
}

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value as readonly T[] : [value as T]);

export interface GradOptions {
  readonly grad_outputs?: Tensor | null | readonly (Tensor | null)[];
  readonly retain_graph?: boolean;
  readonly create_graph?: boolean;
  readonly allow_unused?: boolean;
  readonly materialize_grads?: boolean;
}

/**
 * The gradients of `outputs` with respect to `inputs`, one for each input, without touching any `grad`.
 * Source: torch.autograd.grad.
 * @example
 * const x = torch.tensor(3, { requires_grad: true });
 * torch.autograd.grad(x.mul(x), x)[0]; // → tensor(6.)
 */
export function grad(
  outputs: Tensor | readonly Tensor[], inputs: Tensor | readonly Tensor[], options?: GradOptions & { readonly allow_unused?: false },
): Tensor[];
export function grad(outputs: Tensor | readonly Tensor[], inputs: Tensor | readonly Tensor[], options: GradOptions): (Tensor | null)[];
export function grad(
  outputs: Tensor | readonly Tensor[], inputs: Tensor | readonly Tensor[], options: GradOptions = {},
): (Tensor | null)[] {
  checkOptions('grad', options, ['grad_outputs', 'retain_graph', 'create_graph', 'allow_unused', 'materialize_grads']);
  const { create_graph = false, retain_graph = create_graph, materialize_grads = false, allow_unused = materialize_grads } = options;
  const roots = list(outputs);
  const wanted = list(inputs);
  for (const input of wanted) {
    if (!input.requires_grad) throw new RuntimeError('One of the differentiated Tensors does not require grad');
  }
  const seeds = options.grad_outputs === undefined || options.grad_outputs === null
    ? roots.map(() => null) : list(options.grad_outputs);
  const gradients = backwardFrom<Tensor>(roots, seeds, { retainGraph: retain_graph, createGraph: create_graph, inputs: wanted });
  const unused = gradients.indexOf(null);
  if (!allow_unused && unused >= 0) {
    throw new RuntimeError(
      `The differentiated Tensor at index ${unused} appears to not have been used in the graph. `
      + 'Set allow_unused=True if this is the desired behavior.');
  }
  return materialize_grads ? gradients.map((gradient, i) => gradient ?? zerosLike(wanted[i])) : gradients;
}

export interface BackwardOptions {
  readonly grad_tensors?: Tensor | null | readonly (Tensor | null)[];
  readonly retain_graph?: boolean;
  readonly create_graph?: boolean;
  readonly inputs?: readonly Tensor[];
}

/** Adds the gradients of `tensors` to the `grad` of the leaves. Source: torch.autograd.backward. */
export function backward(tensors: Tensor | readonly Tensor[], options: BackwardOptions = {}): void {
  checkOptions('backward', options, ['grad_tensors', 'retain_graph', 'create_graph', 'inputs']);
  const { create_graph = false, retain_graph = create_graph, inputs } = options;
  const roots = list(tensors);
  const seeds = options.grad_tensors === undefined || options.grad_tensors === null ? roots.map(() => null) : list(options.grad_tensors);
  accumulateFrom<Tensor>(roots, seeds, { retainGraph: retain_graph, createGraph: create_graph, inputs });
}
