import { withGradMode } from '../../autograd/mode.ts';
import { stateOf } from '../../autograd/viewHistory.ts';
import { callable } from '../../core/callable.ts';
import { isComplex } from '../../core/dtype.ts';
import { RuntimeError, ValueError } from '../../core/errors.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import { declareMethods, signature } from '../../core/signature.ts';
import { zerosLike } from '../../ops/creation.ts';
import { elementAt } from '../../ops/host.ts';
import { clone, concatenate, contiguous, copyFrom, detach, reshapeTo, sliceAxis } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { extreme, sum } from '../../ops/reduce.ts';
import { innerProduct } from '../../ops/vectors.ts';
import { partsView } from '../../ops/views.ts';
import { enable_grad } from '../autograd/gradients.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Evaluated } from './lineSearch.ts';
import { strongWolfe } from './lineSearch.ts';
import type { Parameters, SavedState, StateValue } from './optimizer.ts';
import { Optimizer } from './optimizer.ts';

interface Options {
  lr: number;
  max_iter: number;
  max_eval: number;
  tolerance_grad: number;
  tolerance_change: number;
  history_size: number;
  line_search_fn: 'strong_wolfe' | null;
  maximize: boolean;
}

const parameters = signature<[
  params: Parameters<Options>, lr?: number, max_iter?: number, max_eval?: number | null, tolerance_grad?: number, tolerance_change?: number,
  history_size?: number, line_search_fn?: 'strong_wolfe' | null, maximize?: boolean,
]>()('LBFGS.__init__', [
  'params, lr: float = 1, max_iter=20, max_eval: int = None, tolerance_grad=1e-07, tolerance_change=1e-09, history_size=100',
  'line_search_fn=None, *, maximize=False',
]);

const number = (value: StateValue): number => (value instanceof Tensor ? elementAt(value, 0) as number : value as number);
const largest = (x: Tensor): number => elementAt(extreme('max', ops.abs(x), [0]), 0) as number;
const dot = (a: Tensor, b: Tensor): number => elementAt(innerProduct(a, b), 0) as number;
const real = (x: Tensor): Tensor => (isComplex(x.dtypeCore) ? partsView(x) : x);
const sizeOf = (x: Tensor): number => x.geometry.shape.reduce((product, extent) => product * extent, 1);
const flat = (x: Tensor): Tensor => reshapeTo(contiguous(real(x)), [sizeOf(real(x))]);
const listIn = (state: SavedState, key: string): StateValue[] => [...(state[key] as readonly StateValue[] | undefined ?? [])];

/** What a run of iterations goes by: past steps s and the changes y of the gradient along them, newest last. */
interface Memory {
  d: Tensor;
  t: number;
  readonly old_dirs: Tensor[];
  readonly old_stps: Tensor[];
  readonly ro: number[];
  al: (number | null)[] | undefined;
  H_diag: number;
  prev_flat_grad: Tensor;
  prev_loss: number;
}

function memoryIn(state: SavedState, gradient: Tensor): Memory {
  return {
    d: state.d as Tensor | undefined ?? ops.neg(gradient),
    t: number(state.t ?? 1),
    old_dirs: listIn(state, 'old_dirs') as Tensor[],
    old_stps: listIn(state, 'old_stps') as Tensor[],
    ro: listIn(state, 'ro').map(number),
    al: state.al === undefined ? undefined : listIn(state, 'al').map((each) => (each === null ? null : number(each))),
    H_diag: number(state.H_diag ?? 1),
    prev_flat_grad: state.prev_flat_grad as Tensor | undefined ?? gradient,
    prev_loss: number(state.prev_loss ?? 0),
  };
}

/** The next direction: the gradient times the inverse of the Hessian matrix, as far as past steps show it. */
function directionOf(memory: Memory, gradient: Tensor, history: number): void {
  const { old_dirs, old_stps, ro } = memory;
  const change = ops.sub(gradient, memory.prev_flat_grad);
  const step = ops.mul(memory.d, memory.t);
  const along = dot(change, step);
  if (along > 1e-10) {
    if (old_dirs.length === history) for (const list of [old_dirs, old_stps, ro]) list.shift();
    old_dirs.push(change);
    old_stps.push(step);
    ro.push(1 / along);
    memory.H_diag = along / dot(change, change);
  }
  const al = memory.al ??= new Array<number | null>(history).fill(null);
  const q = ops.neg(gradient);
  for (let i = old_dirs.length - 1; i >= 0; i--) {
    const share = dot(old_stps[i], q) * ro[i];
    al[i] = share;
    ops.addScaled(q, old_dirs[i], -share, q);
  }
  const direction = ops.mul(q, memory.H_diag);
  for (let i = 0; i < old_dirs.length; i++) {
    ops.addScaled(direction, old_stps[i], al[i]! - dot(old_dirs[i], direction) * ro[i], direction);
  }
  memory.d = direction;
}

class LBFGSOptimizer extends Optimizer<Options> {
  constructor(...given: typeof parameters.call) {
    const { params, max_eval, tolerance_grad, tolerance_change, history_size, line_search_fn, ...rest } = parameters.read(given);
    if (!(rest.lr >= 0)) throw new ValueError(`Invalid learning rate: ${pythonRepr(rest.lr, { float: true })}`);
    super(params, {
      lr: rest.lr, max_iter: rest.max_iter, max_eval: max_eval ?? Math.floor((rest.max_iter * 5) / 4), tolerance_grad, tolerance_change,
      history_size, line_search_fn, maximize: rest.maximize,
    });
    if (this.param_groups.length !== 1) throw new ValueError("LBFGS doesn't support per-parameter options (parameter groups)");
  }

  private get parameters(): readonly Tensor[] {
    return this.param_groups[0].params;
  }

  private gradient(): Tensor {
    const views = this.parameters.map((parameter) => {
      const gradient = stateOf(parameter)?.grad as Tensor | null | undefined;
      return flat(gradient ? detach(gradient) : zerosLike(detach(parameter)));
    });
    const whole = concatenate(views, 0);
    return this.param_groups[0].maximize ? ops.neg(whole) : whole;
  }

  /** Moves all parameters along a direction, in place. */
  private move(size: number, direction: Tensor): void {
    let start = 0;
    for (const each of this.parameters) {
      const parameter = real(detach(each));
      const { shape } = parameter.geometry;
      const count = sizeOf(parameter);
      ops.addScaled(parameter, reshapeTo(sliceAxis(direction, 0, start, count), shape), size, parameter);
      start += count;
    }
  }

  /**
   * Several iterations, each of which calls the closure at least once: it computes the loss again, with its gradients. Returns the first
   * loss.
   * @example
   * const w = torch.tensor([3], { dtype: torch.float64, requires_grad: true });
   * const optimizer = optim.LBFGS([w], { line_search_fn: 'strong_wolfe' });
   * optimizer.step(() => {
   *   optimizer.zero_grad();
   *   const loss = w.sub(1).pow(2).sum();
   *   loss.backward();
   *   return loss.item();
   * }); // → 4
   * w.item().toFixed(6); // → 1.000000
   */
  override step(): null;
  override step<L>(options: { readonly closure: () => L }): L;
  override step<L>(closure: () => L): L;
  override step<L>(closure?: unknown): L | null {
    return super.step(closure as () => L);
  }

  protected override advance<L>(closure: (() => L) | undefined): L | null {
    if (closure === undefined) return null;
    return withGradMode(false, () => this.iterate(() => enable_grad(closure)));
  }

  private iterate<L>(closure: () => L): L {
    const { lr, max_iter, max_eval, tolerance_grad, tolerance_change, line_search_fn, history_size, maximize } = this.param_groups[0];
    if (this.parameters.length === 0) return closure();
    const lossOf = (value: unknown): number => (maximize ? -1 : 1) * Number(value instanceof Tensor ? value.item() : value);
    const state: SavedState = { func_evals: 0, n_iter: 0, ...this.state.get(this.parameters[0]) };
    const evaluate = (): Evaluated => {
      const value = lossOf(closure());
      return { loss: value, gradient: this.gradient() };
    };
    const first = closure();
    let current: Evaluated = { loss: lossOf(first), gradient: this.gradient() };
    let evaluations = 1;
    let [total, iterations] = [number(state.func_evals) + 1, number(state.n_iter)];
    this.keep({ ...state, func_evals: total, n_iter: iterations });
    if (largest(current.gradient) <= tolerance_grad) return first;
    const memory = memoryIn(state, current.gradient);
    for (let round = 1; round <= max_iter; round++) {
      iterations++;
      if (iterations > 1) directionOf(memory, current.gradient, history_size);
      memory.prev_flat_grad = clone(current.gradient);
      memory.prev_loss = current.loss;
      const { gradient } = current;
      memory.t = iterations === 1 ? Math.min(1, 1 / (elementAt(sum(ops.abs(gradient), [0]), 0) as number)) * lr : lr;
      const slope = dot(gradient, memory.d);
      if (slope > -tolerance_change) break;
      let spent = 0;
      if (line_search_fn !== null) {
        if (line_search_fn !== 'strong_wolfe') throw new RuntimeError("only 'strong_wolfe' is supported");
        const before = this.parameters.map((parameter) => clone(detach(parameter)));
        const at = (t: number): Evaluated => {
          this.move(t, memory.d);
          const found = evaluate();
          this.parameters.forEach((parameter, i) => copyFrom(detach(parameter), before[i]));
          return found;
        };
        const found = strongWolfe(at, memory.t, memory.d, current, slope, max_eval - evaluations);
        ({ t: memory.t, evaluations: spent } = found);
        current = found;
        this.move(memory.t, memory.d);
      } else {
        this.move(memory.t, memory.d);
        // The last iteration needs no loss: the next step begins with it.
        if (round !== max_iter) {
          current = evaluate();
          spent = 1;
        }
      }
      evaluations += spent;
      total += spent;
      const done = (line_search_fn !== null || round !== max_iter) && largest(current.gradient) <= tolerance_grad;
      if (round === max_iter || evaluations >= max_eval || done || largest(ops.mul(memory.d, memory.t)) <= tolerance_change
        || Math.abs(current.loss - memory.prev_loss) < tolerance_change) break;
    }
    const { al, ...kept } = memory;
    this.keep({ ...kept, func_evals: total, n_iter: iterations, ...(al === undefined ? {} : { al }) });
    return first;
  }

  /** The state outlives a scope around the step. */
  private keep(state: SavedState): void {
    for (const value of Object.values(state).flat()) if (value instanceof Tensor) value.storage.pinned = true;
    this.state.set(this.parameters[0], state);
  }
}

/**
 * The method of Broyden, Fletcher, Goldfarb and Shanno with limited memory: few steps of many evaluations, for all data at once; `step`
 * needs a closure. Losses and lengths are asked for in between, so parameters are on the CPU. Source: torch.optim.LBFGS.
 * @example
 * const [x, y] = [torch.tensor([[1], [2], [3]]), torch.tensor([[3], [5], [7]])].map((each) => each.to(torch.float64));
 * const model = nn.Linear(1, 1, { dtype: torch.float64 });
 * const optimizer = new optim.LBFGS(model.parameters(), { line_search_fn: 'strong_wolfe' });
 * optimizer.step(() => {
 *   optimizer.zero_grad();
 *   const loss = nn.functional.mse_loss(model(x), y);
 *   loss.backward();
 *   return loss;
 * });
 * [model.weight.item().toFixed(3), model.bias.item().toFixed(3)]; // → ['2.000', '1.000']
 */
export const LBFGS = callable('LBFGS', declareMethods(LBFGSOptimizer, 'LBFGS', { step: 'closure' }));
export type LBFGS = LBFGSOptimizer;
/** What LBFGS takes beside the parameters. */
export interface LBFGSOptions extends Options {}
