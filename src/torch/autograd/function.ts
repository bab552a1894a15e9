import { withGradMode } from '../../autograd/mode.ts';
import type { Node } from '../../autograd/node.ts';
import { recordCustom } from '../../autograd/custom.ts';
import { checkInPlace } from '../../autograd/tape.ts';
import { isInexact } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError, pythonTypeName } from '../../core/errors.ts';
import { broadcastPair, sameShape } from '../../core/layout.ts';
import { full } from '../../ops/creation.ts';
import { detach } from '../../ops/movement.ts';
import { listText } from '../arguments/sizes.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Custom ops with their own gradients. */

/**
 * What a Function's forward and backward share. Other fields may be set on it at will: `ctx.scale = 2`.
 * Source: torch.autograd.function.FunctionCtx.
 * @example
 * class Scaled extends torch.autograd.Function {
 *   static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor, scale: number) {
 *     ctx.scale = scale;
 *     return x.mul(scale);
 *   }
 *   static backward(ctx: torch.autograd.FunctionContext, g: torch.Tensor) { return [g.mul(ctx.scale as number), null]; }
 * }
 * const x = torch.tensor([1.5], { requires_grad: true });
 * Scaled.apply(x, 4).backward();
 * x.grad; // → tensor([4.])
 */
export class FunctionContext {
  [field: string]: unknown;
  /** Which inputs of forward are tensors that want a gradient. */
  needs_input_grad: readonly boolean[] = [];

  constructor() {
    contents.set(this, { saved: [], dirty: [], constant: [], materialize: true, node: null });
  }

  /**
   * Keeps tensors for backward, which finds them in `saved_tensors`; a later in-place write into one of them is noticed.
   * @example
   * class Square extends torch.autograd.Function {
   *   static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor) {
   *     ctx.save_for_backward(x);
   *     return x.mul(x);
   *   }
   *   static backward(ctx: torch.autograd.FunctionContext, g: torch.Tensor) { return ctx.saved_tensors[0].mul(2).mul(g); }
   * }
   * const x = torch.tensor([1.5], { requires_grad: true });
   * Square.apply(x).backward();
   * x.grad; // → tensor([3.])
   */
  save_for_backward(...tensors: readonly (Tensor | null)[]): void {
    for (const tensor of tensors) {
      if (tensor !== null && !(tensor instanceof Tensor)) {
        throw new TypeError(
          `save_for_backward can only save variables, but argument ${tensors.indexOf(tensor)} is of type `
          + `${pythonTypeName(tensor)}`);
      }
    }
    contents.get(this)!.saved = tensors;
  }

  /**
   * What forward saved, null where it saved null; throws when backward has freed it.
   * @example
   * class Exp extends torch.autograd.Function {
   *   static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor) {
   *     const y = x.exp();
   *     ctx.save_for_backward(y);
   *     return y;
   *   }
   *   static backward(ctx: torch.autograd.FunctionContext, g: torch.Tensor) {
   *     const [y] = ctx.saved_tensors;
   *     return g.mul(y);
   *   }
   * }
   * const x = torch.zeros(1, { requires_grad: true });
   * Exp.apply(x).backward();
   * x.grad; // → tensor([1.])
   */
  get saved_tensors(): readonly Tensor[] {
    const { saved, node } = contents.get(this)!;
    node?.unpack();
    return saved as readonly Tensor[];
  }

  /**
   * Says that forward wrote into these inputs, which it gives back.
   * @example
   * class Doubled extends torch.autograd.Function {
   *   static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor) {
   *     ctx.mark_dirty(x);
   *     return x.mul_(2);
   *   }
   *   static backward(ctx: torch.autograd.FunctionContext, g: torch.Tensor) { return g.mul(2); }
   * }
   * const w = torch.ones(2, { requires_grad: true });
   * const x = w.add(0);
   * Doubled.apply(x);
   * x; // → tensor([2., 2.], grad_fn=<DoubledBackward>)
   */
  mark_dirty(...tensors: readonly Tensor[]): void {
    contents.get(this)!.dirty = tensors;
  }

  /**
   * Says that no gradient flows through these outputs.
   * @example
   * class Positive extends torch.autograd.Function {
   *   static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor) {
   *     const found = x.gt(0).float();
   *     ctx.mark_non_differentiable(found);
   *     return found;
   *   }
   *   static backward() { return null; }
   * }
   * Positive.apply(torch.tensor([-1.5, 2], { requires_grad: true })); // → tensor([0., 1.])
   */
  mark_non_differentiable(...tensors: readonly Tensor[]): void {
    contents.get(this)!.constant = tensors;
  }

  /**
   * Whether backward gets zeros where an output has no gradient, as it does unless told otherwise, or null.
   * @example
   * class Both extends torch.autograd.Function {
   *   static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor) {
   *     ctx.set_materialize_grads(false);
   *     return [x.mul(2), x.mul(3)];
   *   }
   *   static backward(ctx: torch.autograd.FunctionContext, a: torch.Tensor | null, b: torch.Tensor | null) {
   *     console.log(b);
   *     return a!.mul(2);
   *   }
   * }
   * const [first] = Both.apply(torch.ones(1, { requires_grad: true }));
   * first.backward(); // → null
   */
  set_materialize_grads(value: boolean): void {
    contents.get(this)!.materialize = value;
  }
}

interface Contents {
  saved: readonly (Tensor | null)[];
  dirty: readonly Tensor[];
  constant: readonly Tensor[];
  materialize: boolean;
  /** The recorded op, whose freeing frees what was saved. */
  node: Node | null;
}

// Kept outside of the context, whose fields are the user's.
const contents = new WeakMap<FunctionContext, Contents>();

/** Throws where a class has not written what is asked of it. */
function checkWritten(type: object, name: 'forward' | 'backward'): void {
  if (!(name in type)) throw new NotImplementedError(`You must implement the ${name} function for custom autograd.Function.`);
}

type Output = Tensor | readonly Tensor[];
type Gradients = Tensor | null | readonly (Tensor | null)[];

/** The static side of a custom op whose forward takes the context. */
export interface FunctionClass<Inputs extends readonly unknown[], Result extends Output> {
  /** The class's own name, which `grad_fn` shows. */
  readonly name: string;
  /** Computes the outputs, unrecorded. */
  forward(context: FunctionContext, ...inputs: Inputs): Result;
  /** The gradients of the inputs, one or null for each, from those of the outputs. */
  backward(context: FunctionContext, ...gradients: Tensor[]): Gradients;
}

/** The same with forward and the context apart: `setup_context` sees the inputs and what forward gave. */
export interface SetupFunctionClass<Inputs extends readonly unknown[], Result extends Output> {
  /** The class's own name, which `grad_fn` shows. */
  readonly name: string;
  /** Computes the outputs, unrecorded. */
  forward(...inputs: Inputs): Result;
  /** Keeps what backward needs. */
  setup_context(context: FunctionContext, inputs: Inputs, output: Result): void;
  /** The gradients of the inputs, one or null for each, from those of the outputs. */
  backward(context: FunctionContext, ...gradients: Tensor[]): Gradients;
}

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value as readonly T[] : [value as T]);

function checkGradients(name: string, gradients: readonly (Tensor | null)[], inputs: readonly unknown[]): void {
  const extra = gradients.slice(inputs.length).some((gradient) => gradient !== null && gradient !== undefined);
  if (gradients.length < inputs.length || extra) {
    throw new RuntimeError(
      `function ${name} returned an incorrect number of gradients (expected ${inputs.length}, got `
      + `${gradients.length})`);
  }
  inputs.forEach((input, i) => {
    const gradient = gradients[i] ?? null;
    if (gradient === null) return;
    if (!(gradient instanceof Tensor)) throw new TypeError(`expected Variable or None (got ${pythonTypeName(gradient)})`);
    if (!(input instanceof Tensor)) {
      throw new RuntimeError(
        `function ${name} returned a gradient different from None at position ${i + 1}, but the corresponding `
        + `forward input was not a Variable`);
    }
    const [shape, wanted] = [gradient.geometry.shape, input.geometry.shape];
    const common = broadcastPair(shape, wanted);
    if (common === null || !sameShape(common, shape)) {
      throw new RuntimeError(
        `Function ${name} returned an invalid gradient at index ${i} - got ${listText(shape)} but expected `
        + `shape compatible with ${listText(wanted)}`);
    }
  });
}

/**
 * A custom op with its own gradient: subclass with static `forward(ctx, ...inputs)` and `backward(ctx, ...gradients)`, the
 * latter giving one gradient (or null) for each input. Source: torch.autograd.Function.
 * @example
 * class Double extends torch.autograd.Function {
 *   static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor) { return x.mul(2); }
 *   static backward(ctx: torch.autograd.FunctionContext, g: torch.Tensor) { return g.mul(2); }
 * }
 * const x = torch.tensor([1.5], { requires_grad: true });
 * Double.apply(x).backward();
 * x.grad; // → tensor([2.])
 */
export class Function {
  /**
   * Computes with `forward`, recording that `backward` has the gradients. Call this, never `forward` itself.
   * @example
   * class Double extends torch.autograd.Function {
   *   static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor) { return x.mul(2); }
   *   static backward(ctx: torch.autograd.FunctionContext, g: torch.Tensor) { return g.mul(2); }
   * }
   * Double.apply(torch.tensor([1.5], { requires_grad: true })); // → tensor([3.], grad_fn=<DoubleBackward>)
   */
  static apply<Inputs extends readonly unknown[], Result extends Output>(
    this: FunctionClass<Inputs, Result> | SetupFunctionClass<Inputs, Result>, ...inputs: Inputs
  ): Result {
    checkWritten(this, 'forward');
    const context = new FunctionContext();
    const kept = contents.get(context)!;
    context.needs_input_grad = inputs.map((input) => input instanceof Tensor && input.requires_grad);
    const result = withGradMode(false, () => {
      if (!('setup_context' in this)) return this.forward(context, ...inputs);
      const output = this.forward(...inputs);
      this.setup_context(context, inputs, output);
      return output;
    });
    const computed = list<Tensor>(result);
    const name = `${this.name}Backward`;
    const outputs = computed.map((output) => {
      if (!(output instanceof Tensor)) {
        throw new TypeError(`${this.name}.forward must give a Tensor or a list of them, not ${pythonTypeName(output)}`);
      }
      // A forward that gives back its input must not change the input's own history.
      return inputs.includes(output) && !kept.dirty.includes(output) ? detach(output) : output;
    });
    const recorded = outputs.filter((output, i) => !kept.constant.includes(computed[i]) && isInexact(output.dtypeCore));
    for (const output of recorded) if (kept.dirty.includes(output)) checkInPlace(output);
    // Only what the backward pass needs of the outputs: they themselves must not be kept alive.
    const slots = outputs.map((output) => {
      const { species, dtypeCore, geometry: { shape }, storage: { device } } = output;
      return { place: recorded.indexOf(output), zeros: () => full(species, shape, 0, dtypeCore, device) };
    });
    kept.node = recordCustom(recorded, name, inputs, (arrived) => {
      const gradients = slots.map(({ place, zeros }) => arrived[place] ?? (kept.materialize ? zeros() : null));
      checkWritten(this, 'backward');
      const found = list(this.backward(context, ...gradients as Tensor[]));
      checkGradients(name, found, inputs);
      return found;
    }, Object.fromEntries(kept.saved.map((tensor, i) => [`saved${i}`, tensor])));
    return (Array.isArray(result) ? outputs : outputs[0]) as unknown as Result;
  }
}
