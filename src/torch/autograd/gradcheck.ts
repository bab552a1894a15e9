import { withGradMode } from '../../autograd/mode.ts';
import { Complex } from '../../core/complex.ts';
import { float64 } from '../../core/dtype.ts';
import { RuntimeError, ValueError, pythonTypeName } from '../../core/errors.ts';
import { sizeOf } from '../../core/layout.ts';
import { stack } from '../../ops/copies.ts';
import { elements } from '../../ops/host.ts';
import { clone, detach } from '../../ops/movement.ts';
import { checkInputs, tensorsOf } from './engine.ts';
import { grad } from './gradients.ts';
import { tensor, zeros } from '../functions/creation.ts';
import { dtypeOf } from '../dtypes/dtypes.ts';
import { Signature, declare } from '../../core/signature.ts';
import { randn } from '../functions/random/random.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Gradients compared with differences, and matrices of derivatives. */

/**
 * What gradcheck throws for a gradient that differs from what small steps show. Source: torch.autograd.gradcheck.GradcheckError.
 * @example
 * class Wrong extends torch.autograd.Function {
 *   static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor) { return x.mul(2); }
 *   static backward(ctx: torch.autograd.FunctionContext, g: torch.Tensor) { return g.mul(3); }
 * }
 * const x = torch.tensor([0.5], { dtype: torch.double, requires_grad: true });
 * try {
 *   torch.autograd.gradcheck((x) => Wrong.apply(x), [x]);
 * } catch (error) {
 *   console.log(error instanceof torch.autograd.GradcheckError);
 * } // → true
 */
export class GradcheckError extends RuntimeError {}

/** What gradcheck and gradgradcheck take by name. */
export interface GradcheckOptions {
  /** The length of the steps, 1e-6 unless said. */
  readonly eps?: number;
  /** How far a derivative may be off, 1e-5 unless said. */
  readonly atol?: number;
  /** How far besides, as a part of its size: 1e-3 unless said. */
  readonly rtol?: number;
  /** Whether to throw where a gradient is wrong, or to give false. */
  readonly raise_exception?: boolean;
}

type Many = Tensor | readonly Tensor[];
type DifferentiableFunction = (...inputs: Tensor[]) => Many;

/** The tensors that a caller gave, or that a caller's function computed. */
function list(value: Many): readonly Tensor[] {
  const found = tensorsOf(value);
  checkInputs(found);
  return found;
}
const isComplexTensor = (x: Tensor): boolean => x.dtypeCore.kind === 'complex';

/** All elements as numbers: real parts, then imaginary parts beside them. */
function parts(x: Tensor): [number, number][] {
  return elements(x).map((value) => (value instanceof Complex ? [value.re, value.im] : [Number(value), 0]));
}

/** The tensor with one element moved by a step. */
function moved(x: Tensor, index: number, step: number | Complex): Tensor {
  const copy = clone(detach(x));
  const flat = copy.view(-1);
  flat.set([index], flat.at(index).add(step));
  return copy;
}

/** Derivatives of every output's parts by every input's parts: [output part][input element] → (by real part, by imaginary part). */
function numerical(f: DifferentiableFunction, inputs: readonly Tensor[], place: number, eps: number): [number, number][][][] {
  const input = inputs[place];
  const evaluate = (step: number | Complex, index: number): [number, number][][] =>
    list(f(...inputs.map((each, i) => (i === place ? moved(each, index, step) : detach(each))))).map(parts);
  const slope = (step: (length: number) => number | Complex, index: number): [number, number][][] => {
    const [high, low] = [evaluate(step(eps), index), evaluate(step(-eps), index)];
    return high.map((output, o) => output.map(([re, im], k) =>
      [(re - low[o][k][0]) / (2 * eps), (im - low[o][k][1]) / (2 * eps)] as [number, number]));
  };
  const byReal: [number, number][][][] = [];
  const byImaginary: [number, number][][][] = [];
  for (let index = 0; index < input.geometry.size; index++) {
    byReal.push(slope((length) => length, index));
    if (isComplexTensor(input)) byImaginary.push(slope((length) => new Complex(0, length), index));
  }
  const outputs = list(f(...inputs.map((each) => detach(each))));
  // Rows: every element of every output, its real part and, where it is complex, its imaginary part.
  return outputs.map((output, o) => {
    const rows: [number, number][][] = [];
    for (let k = 0; k < output.geometry.size; k++) {
      for (const part of isComplexTensor(output) ? [0, 1] as const : [0] as const) {
        rows.push(byReal.map((each, index) => [each[o][k][part], byImaginary[index]?.[o][k][part] ?? 0]));
      }
    }
    return rows;
  });
}

/** The same derivatives from the tape. */
function analytical(outputs: readonly Tensor[], input: Tensor): [number, number][][][] {
  return outputs.map((output) => {
    const rows: [number, number][][] = [];
    for (let k = 0; k < output.geometry.size; k++) {
      for (const seed of isComplexTensor(output) ? [1, new Complex(0, 1)] : [1]) {
        const one = zeros([output.geometry.size], { dtype: dtypeOf(output.dtypeCore) });
        one.set([k], seed);
        const [gradient] = output.requires_grad
          ? grad([output], [input], { grad_outputs: [one.view(output.geometry.shape)], retain_graph: true, allow_unused: true })
          : [null];
        rows.push(gradient === null ? parts(zeros(input.geometry.shape)) : parts(gradient));
      }
    }
    return rows;
  });
}

function closeEnough(a: number, n: number, atol: number, rtol: number): boolean {
  return a === n || (Number.isNaN(a) && Number.isNaN(n)) || Math.abs(a - n) <= atol + rtol * Math.abs(n);
}

function matrixText(rows: readonly (readonly [number, number])[][]): string {
  // As PyTorch shows it: inputs down, outputs across.
  const columns = rows.length > 0 ? rows[0].map((_, i) => rows.map((row) => row[i])) : [];
  const complex = rows.some((row) => row.some(([, im]) => im !== 0));
  const values = columns.map((row) => row.map(([re, im]) => (complex ? new Complex(re, im) : re)));
  return String(tensor(values as never, { dtype: dtypeOf(float64) }));
}

/**
 * Whether the gradients of a function agree with small differences, in float64 tensors. Throws a GradcheckError where not,
 * unless `raise_exception` is false. Source: torch.autograd.gradcheck.
 * @example
 * const x = torch.tensor([0.5, 2], { dtype: torch.double, requires_grad: true });
 * torch.autograd.gradcheck((x) => x.mul(x).sum(), [x]); // → true
 */
export const gradcheck = declare<[func: DifferentiableFunction, inputs: Many], GradcheckOptions>()(
  'autograd.gradcheck', 'func: callable, inputs, *, eps=1e-06, atol=1e-05, rtol=0.001, raise_exception=True', ({
    func, inputs, eps, atol, rtol, raise_exception,
  }): boolean => compared(func, inputs, eps, atol, rtol, raise_exception));

function compared(
  func: DifferentiableFunction, inputs: Many, eps: number, atol: number, rtol: number, raise_exception: boolean,
): boolean {
  const all = list(inputs);
  if (!all.some((input) => input.requires_grad)) {
    throw new ValueError(
      'gradcheck expects at least one input tensor to require gradient, but none of them have requires_grad=True.');
  }
  const outputs = list(func(...all));
  for (const [i, input] of all.entries()) {
    if (!input.requires_grad) continue;
    const found = analytical(outputs, input);
    const wanted = withGradMode(false, () => numerical(func, all, i, eps));
    for (const [o, rows] of found.entries()) {
      const wrong = rows.some((row, k) => row.some(([re, im], j) =>
        !closeEnough(re, wanted[o][k][j][0], atol, rtol) || !closeEnough(im, wanted[o][k][j][1], atol, rtol)));
      if (!wrong) continue;
      if (!raise_exception) return false;
      throw new GradcheckError(
        `Jacobian mismatch for output ${o} with respect to input `
        + `${i},\nnumerical:${matrixText(wanted[o])}\nanalytical:${matrixText(rows)}\n`);
    }
  }
  return true;
}

/**
 * Whether the gradients of a function's gradients agree with small differences, in float64 tensors.
 * Source: torch.autograd.gradgradcheck.
 * @example
 * const x = torch.tensor([0.5, 2], { dtype: torch.double, requires_grad: true });
 * torch.autograd.gradgradcheck((x) => x.pow(3), [x]); // → true
 */
export const gradgradcheck = declare<[func: DifferentiableFunction, inputs: Many, grad_outputs?: Many | null], GradcheckOptions>()(
  'autograd.gradgradcheck', 'func: callable, inputs, grad_outputs=None, *, eps=1e-06, atol=1e-05, rtol=0.001, raise_exception=True', ({
    func, inputs, grad_outputs, eps, atol, rtol, raise_exception,
  }): boolean => {
    const [gradients, operands] = gradientsOf(func, inputs, grad_outputs);
    return compared(gradients, operands, eps, atol, rtol, raise_exception);
  });

/** The gradients of a function as a function of its inputs and of the gradients of its outputs, and those to begin with. */
function gradientsOf(func: DifferentiableFunction, inputs: Many, grad_outputs: Many | null): [DifferentiableFunction, readonly Tensor[]] {
  const all = list(inputs);
  const outputs = list(func(...all)).filter((output) => output.requires_grad);
  const seeds = grad_outputs === null
    ? outputs.map((output) => randn(output.geometry.shape, { dtype: dtypeOf(output.dtypeCore) }).requires_grad_()) : list(grad_outputs);
  const wanted = all.flatMap((input, i) => (input.requires_grad ? [i] : []));
  const gradients = (...args: Tensor[]): Tensor[] => {
    const [values, along] = [args.slice(0, all.length), args.slice(all.length)];
    // Inside numerical differences the inputs come without gradients of their own.
    const leaves = values.map((value, i) => (wanted.includes(i) && !value.requires_grad ? value.requires_grad_() : value));
    return withGradMode(true, () => {
      const results = list(func(...leaves)).filter((output) => output.requires_grad);
      return grad(results, wanted.map((i) => leaves[i]), {
        grad_outputs: along, create_graph: true, allow_unused: true, materialize_grads: true,
      }) as Tensor[];
    });
  };
  return [gradients, [...all, ...seeds]];
}

/** What jacobian and hessian take by name. */
export interface JacobianOptions {
  /** Whether the result can be differentiated again. */
  readonly create_graph?: boolean;
}

/** The inputs that a function is derived by. */
function inputsOf(name: string, given: unknown): readonly Tensor[] {
  const inputs: readonly unknown[] = Array.isArray(given) ? given : [given];
  const place = inputs.findIndex((input) => !(input instanceof Tensor));
  if (place >= 0) {
    const what = Array.isArray(given) ? `value at index ${place}` : 'given inputs';
    throw new TypeError(`The inputs given to ${name} must be either a Tensor or a tuple of Tensors but the ${what} has type `
      + `<class '${pythonTypeName(inputs[place])}'>.`);
  }
  return inputs as readonly Tensor[];
}

const derivativeCall = (name: string): Signature<readonly string[], readonly unknown[], unknown> =>
  new Signature(`autograd.functional.${name}`, 'func: callable, inputs, create_graph=False');
const jacobianCall = derivativeCall('jacobian');
const hessianCall = derivativeCall('hessian');

function derivatives(outputs: Tensor, inputs: readonly Tensor[], create_graph: boolean): Tensor[] {
  const { shape, size } = outputs.geometry;
  const rows = Array.from({ length: size }, (_, k) => {
    const seed = zeros([size], { dtype: dtypeOf(outputs.dtypeCore) });
    seed.set([k], 1);
    return grad([outputs], inputs, {
      grad_outputs: [seed.view(shape)], retain_graph: true, create_graph, allow_unused: true, materialize_grads: true,
    }) as Tensor[];
  });
  return inputs.map((input, i) => {
    const stacked = rows.length === 0 ? zeros([0, sizeOf(input.geometry.shape)]) : stack(rows.map((row) => row[i]), 0);
    const whole = stacked.reshape([...shape, ...input.geometry.shape]);
    return create_graph ? whole : whole.detach();
  });
}

/**
 * Every derivative of a function's result by its inputs: the result's shape followed by the input's.
 * Source: torch.autograd.functional.jacobian.
 * @example
 * torch.autograd.functional.jacobian((x) => x.pow(2), torch.tensor([1.5, 2])); // → tensor([[3., 0.],
 *                                                                              //           [0., 4.]])
 */
export function jacobian(func: (...inputs: Tensor[]) => Tensor, inputs: Tensor, create_graph?: boolean | JacobianOptions): Tensor;
export function jacobian(
  func: (...inputs: Tensor[]) => Tensor, inputs: readonly Tensor[], create_graph?: boolean | JacobianOptions,
): Tensor[];
export function jacobian(...given: readonly unknown[]): Many {
  const [func, inputs, create_graph = false] = jacobianCall.list(given) as [(...inputs: Tensor[]) => Tensor, Many, boolean?];
  const leaves = inputsOf('jacobian', inputs)
    .map((input) => (create_graph && input.requires_grad ? input.view_as(input) : detach(input).requires_grad_()));
  const found = withGradMode(true, () => derivatives(list(func(...leaves))[0], leaves, create_graph));
  return inputs instanceof Tensor ? found[0] : found;
}

/**
 * Every second derivative of a function with one value, by one input: the input's shape twice.
 * Source: torch.autograd.functional.hessian.
 * @example
 * torch.autograd.functional.hessian((x) => x.pow(3).sum(), torch.tensor([0.5, 2])); // → tensor([[ 3.,  0.],
 *                                                                                   //           [ 0., 12.]])
 */
export function hessian(func: (input: Tensor) => Tensor, inputs: Tensor, create_graph?: boolean | JacobianOptions): Tensor;
export function hessian(...given: readonly unknown[]): Tensor {
  const [func, inputs, create_graph = false] = hessianCall.list(given) as [(input: Tensor) => Tensor, Tensor, boolean?];
  inputsOf('hessian', inputs);
  return jacobian((x) => {
    const [value] = list(func(x));
    if (value.geometry.size !== 1) {
      throw new RuntimeError('The Tensor returned by the function given to hessian should contain a single element');
    }
    return grad([value.reshape([])], [x], { create_graph: true, allow_unused: true, materialize_grads: true })[0]!;
  }, inputs, { create_graph });
}
