import { Printed } from '../../core/printed.ts';
import { withGradMode } from '../../autograd/mode.ts';
import { stateOf } from '../../autograd/viewHistory.ts';
import type { PythonValue } from '../../core/printing/index.ts';
import { PythonTuple, pythonRepr } from '../../core/printing/index.ts';
import {
  KeyError, NotImplementedError, RuntimeError, ValueError, checkCallable, lengthOf, listOf, pythonTypeName,
} from '../../core/errors.ts';
import { declareMethods } from '../../core/signature.ts';
import type { Storage } from '../../core/storage.ts';
import { trackAllocations } from '../../core/storage.ts';
import { isComplex } from '../../core/dtype.ts';
import { castCopy } from '../../ops/cast.ts';
import { transfer } from '../../ops/transfer.ts';
import { clone, detach } from '../../ops/movement.ts';
import { enable_grad } from '../autograd/gradients.ts';
import type { HookHandle } from '../autograd/hooks.ts';
import { hooked } from '../autograd/hooks.ts';
import { asTensor } from '../arguments/operands.ts';
import { checkOptions, dictOf, isOptions } from '../arguments/options.ts';
import { Tensor } from '../tensor/tensor.ts';
import { warn } from '../arguments/warnings.ts';
import { zeroGradients } from '../nn/state.ts';

/** Parameters that share options. */
export type ParamGroup<O extends object> = O & { params: Tensor[]; param_names?: string[]; initial_lr?: number };

/** What an optimiser is made of: tensors, named tensors, or groups of them with options of their own. */
export type Parameters<O extends object> =
  | Iterable<Tensor>
  | Iterable<readonly [string, Tensor]>
  | Iterable<Partial<O> & { readonly params: Tensor | Iterable<Tensor> | Iterable<readonly [string, Tensor]> }>;

/** What an optimiser keeps for one parameter, by PyTorch's names: `exp_avg`, `momentum_buffer`, `step`, ... */
export type ParameterState = Record<string, Tensor | null>;

/** What states hold: tensors, and in LBFGS numbers and lists too. */
export type StateValue = Tensor | number | null | readonly StateValue[];

/** The state of one parameter of any optimiser. */
export type SavedState = Record<string, StateValue>;

/** A state_dict of an optimiser: the parameters are numbers in it. */
export interface OptimizerStateDict {
  readonly state: Readonly<Record<number, SavedState>>;
  readonly param_groups: readonly (Readonly<Record<string, unknown>> & { readonly params: readonly number[] })[];
}

/** What `step` was called with: by position, and by name. */
export type StepArguments = readonly [args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>];

type StepHook<T, R> = (optimizer: T, args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>) => R;

/** A function of the optimiser and a state, which may return another state. */
type StateHook<T> = (optimizer: T, state_dict: OptimizerStateDict) => OptimizerStateDict | null | undefined | void;

type PrependOption = boolean | { readonly prepend?: boolean };

/** Adds a hook behind those that are there, or before them. */
function hookedAt<H>(hooks: Map<object, H>, hook: H, prepend: PrependOption): HookHandle {
  const others = prepend ? [...hooks] : [];
  const handle = hooked(hooks, hook);
  for (const [key, other] of others) {
    hooks.delete(key);
    hooks.set(key, other);
  }
  return handle;
}

/** Options that Python has as floats: whole ones print with their point. */
const floatOptions = ['lr', 'initial_lr', 'eps'];

/** What schedules put into groups. */
const ofSchedules = ['initial_lr', 'max_lr', 'min_lr', 'swa_lr', 'base_momentum', 'max_momentum'];

/** Foreach and fused choose among kernels of PyTorch's that compute the same; these two would do something else. */
const executionHints = ['capturable', 'differentiable'] as const;

/** It outlives a scope. */
function pinned(tensor: Tensor): Tensor {
  tensor.storage.pinned = true;
  return tensor;
}

const isList = (value: StateValue): value is readonly StateValue[] => Array.isArray(value);

/** A copy of what was saved, for the parameter that it is to belong to. */
function loadedFor(parameter: Tensor, key: string, value: StateValue): StateValue {
  if (value === null || typeof value === 'number') return value;
  if (isList(value)) return value.map((each) => loadedFor(parameter, '', each));
  // The step count keeps its own dtype, and numbers are where they can be read; all else takes the parameter's dtype and place.
  const values = detach(asTensor(value, 'to'));
  const copy = key === 'step' || isComplex(parameter.dtypeCore) ? clone(values) : castCopy(values, parameter.dtypeCore);
  if (key !== 'step' && values.geometry.shape.length > 0) return pinned(transfer(copy, parameter.storage.device));
  return pinned(copy);
}

/**
 * The base of all optimisers. A subclass writes `update`, one step of one parameter in place, which runs outside of every graph.
 * Source: torch.optim.Optimizer.
 * @example
 * class Plain extends optim.Optimizer<{ lr: number }> {
 *   protected update(parameter: torch.Tensor, gradient: torch.Tensor, { lr }: { lr: number }) {
 *     parameter.sub_(gradient.mul(lr));
 *   }
 * }
 * const w = torch.tensor([1.5], { requires_grad: true });
 * const optimizer = new Plain([w], { lr: 0.1 });
 * w.pow(2).sum().backward();
 * optimizer.step();
 * w; // → tensor([1.2000], requires_grad=True)
 */
export abstract class Optimizer<O extends object = object> extends Printed {
  /** The options of groups that say nothing else. */
  readonly defaults: O;
  /** The groups of parameters with their options, which may be changed between steps: `optimizer.param_groups[0].lr = 0.01`. */
  param_groups: ParamGroup<O>[] = [];
  /** What is kept for each parameter, once it has been stepped. */
  readonly state = new Map<Tensor, SavedState>();
  /** How often `step` was called: schedules warn where it never was. PyTorch has no such name. */
  stepCount = 0;
  private readonly preHooks = new Map<object, StepHook<this, StepArguments | null | undefined | void>>();
  private readonly postHooks = new Map<object, StepHook<this, void>>();
  private readonly stateHooks = new Map<object, (optimizer: this) => void>();
  private readonly statePostHooks = new Map<object, StateHook<this>>();
  private readonly loadHooks = new Map<object, StateHook<this>>();
  private readonly loadPostHooks = new Map<object, (optimizer: this) => void>();

  constructor(params: Parameters<O>, defaults: O) {
    super();
    this.defaults = dictOf(defaults);
    if (params instanceof Tensor) {
      throw new TypeError('params argument given to the optimizer should be an iterable of Tensors or dicts, but got torch.FloatTensor');
    }
    const given = listOf<unknown>(params);
    if (given.length === 0) throw new ValueError('optimizer got an empty parameter list');
    const groups = isOptions(given[0]) ? given : [{ params: given }];
    for (const group of groups) this.add_param_group(group as Partial<O> & { params: Iterable<Tensor> });
  }

  private get name(): string {
    return this.constructor.name;
  }

  /**
   * Adds a group of parameters, with options of its own where it names any, as to train what was frozen. A ValueError for
   * parameters that are in another group already.
   * @example
   * const [a, b] = [torch.zeros(1, { requires_grad: true }), torch.zeros(1, { requires_grad: true })];
   * const optimizer = new optim.SGD([a], { lr: 0.1 });
   * optimizer.add_param_group({ params: [b], lr: 0.01 });
   * optimizer.param_groups.map(({ lr }) => lr); // → [0.1, 0.01]
   */
  add_param_group(param_group: Partial<O> & { readonly params: Tensor | Iterable<Tensor> | Iterable<readonly [string, Tensor]> }): void {
    if (!isOptions(param_group)) throw new TypeError(`param_group must be a dict, but got ${pythonTypeName(param_group)}`);
    const { params, ...options } = param_group as unknown as { params: Tensor | Iterable<Tensor | readonly [string, Tensor]> };
    checkOptions(this.name, options, [...Object.keys(this.defaults), 'param_names', ...ofSchedules]);
    if (params === undefined) throw new KeyError("'params'");
    const members = params instanceof Tensor ? [params] : listOf(params);
    const isNamed = (member: Tensor | readonly [string, Tensor]): member is readonly [string, Tensor] => Array.isArray(member);
    const names = members.filter(isNamed).map(([name]) => name);
    const tensors = members.map((member) => (isNamed(member) ? member[1] : member));
    if (names.length > 0 && names.length !== tensors.length) {
      throw new ValueError('all optimizer params should be with/without names. Some param names are missing');
    }
    for (const tensor of tensors) {
      if (!(tensor instanceof Tensor)) {
        throw new TypeError(`optimizer can only optimize Tensors, but one of the params is ${pythonTypeName(tensor)}`);
      }
      if (!tensor.is_leaf && !tensor.retains_grad) throw new ValueError("can't optimize a non-leaf Tensor");
    }
    const named = names.length > 0 ? { param_names: names } : {};
    const group = { params: tensors, ...named, ...this.defaults, ...options } as unknown as ParamGroup<O>;
    this.checkGroup(group);
    if (new Set(tensors).size !== tensors.length) {
      warn('optimizer contains a parameter group with duplicate parameters; in future, this will cause an error; '
        + 'see github.com/pytorch/pytorch/issues/40967 for more information');
    }
    const isNamedGroup = names.length > 0;
    if (this.param_groups.some((other) => ('param_names' in other) !== isNamedGroup)) {
      throw new ValueError('all optimizer param groups should be with/without names. cannot add param group '
        + `${isNamedGroup ? 'with' : 'without'} names to the optimizer`);
    }
    const present = new Set(this.param_groups.flatMap((each) => each.params));
    if (tensors.some((tensor) => present.has(tensor))) throw new ValueError('some parameters appear in more than one parameter group');
    this.param_groups.push(group);
  }

  /** Refuses options that PyTorch has for its own execution and that mean nothing here. */
  private checkGroup(group: ParamGroup<O>): void {
    const { fused, foreach } = group as { readonly fused?: unknown; readonly foreach?: unknown };
    if (fused === true && foreach === true) throw new RuntimeError('`fused` and `foreach` cannot be `True` together.');
    for (const hint of executionHints) {
      if ((group as Record<string, unknown>)[hint]) {
        throw new NotImplementedError(`${this.name}: ${hint}=true is not supported: steps run one tensor at a time, leave it out`);
      }
    }
  }

  /**
   * Forgets the gradients of all parameters or, where `set_to_none` is false, sets them to zero.
   * Source: torch.optim.Optimizer.zero_grad.
   * @example
   * const w = torch.tensor([1.5], { requires_grad: true });
   * w.pow(2).sum().backward();
   * optim.SGD([w]).zero_grad();
   * w.grad; // → null
   */
  zero_grad(options: { readonly set_to_none?: boolean }): void;
  zero_grad(set_to_none?: boolean): void;
  zero_grad(set_to_none: unknown = true): void {
    for (const group of this.param_groups) zeroGradients(group.params, set_to_none as boolean);
  }

  /**
   * Moves the parameters along their gradients. A `closure` computes the loss again, with its gradients; it is called first, and
   * its value returned.
   * @example
   * const w = torch.tensor([1.5], { requires_grad: true });
   * const optimizer = optim.SGD([w], { lr: 0.1 });
   * optimizer.step(() => {
   *   const loss = w.pow(2).sum();
   *   loss.backward();
   *   return loss.item();
   * }); // → 2.25
   * w; // → tensor([1.2000], requires_grad=True)
   */
  step(): null;
  step<L>(options: { readonly closure: () => L }): L;
  step<L>(closure: () => L): L;
  step<L>(closure?: unknown): L | null {
    let given = closure;
    for (const hook of this.preHooks.values()) {
      const changed = hook(this, given === undefined ? [] : [given], {});
      if (changed === undefined || changed === null) continue;
      if (!Array.isArray(changed) || changed.length !== 2) {
        throw new RuntimeError(
          `${this.name}.step must return None or a tuple of (new_args, new_kwargs), but got ${pythonTypeName(changed)}.`);
      }
      const [args, kwargs] = changed as unknown as StepArguments;
      given = args[0] ?? kwargs.closure;
    }
    if (given !== undefined && given !== null) checkCallable(given);
    const loss = this.advance(given as (() => L) | undefined);
    this.stepCount++;
    for (const hook of this.postHooks.values()) hook(this, given === undefined ? [] : [given], {});
    return loss;
  }

  /** What a step does between its hooks: one update of each parameter that has a gradient. */
  protected advance<L>(closure: (() => L) | undefined): L | null {
    const loss = closure === undefined ? null : enable_grad(closure);
    withGradMode(false, () => {
      for (const group of this.param_groups) {
        for (const parameter of group.params) {
          const gradient = stateOf(parameter)?.grad as Tensor | null | undefined;
          if (gradient) this.updateAndTidy(parameter, gradient, group);
        }
      }
    });
    return loss;
  }

  /** One update, after which all memory that it took goes back but that of the state. */
  private updateAndTidy(parameter: Tensor, gradient: Tensor, group: ParamGroup<O>): void {
    // What `update` has put there itself.
    const state = (this.state.get(parameter) ?? {}) as ParameterState;
    const made: Storage[] = [];
    trackAllocations((storage) => made.push(storage), () => this.update(detach(parameter), detach(gradient), group, state));
    if (Object.keys(state).length > 0) this.state.set(parameter, state);
    const kept = new Set(Object.values(state).map((tensor) => tensor?.storage));
    if (kept.has(gradient.storage)) stateOf(parameter)!.privateGrad = false;
    for (const storage of made) {
      // It outlives a scope around the step.
      if (kept.has(storage)) storage.pinned = true;
      else storage.free();
    }
  }

  /** One step of one parameter, in place and outside of every graph. */
  protected update(_parameter: Tensor, _gradient: Tensor, _group: ParamGroup<O>, _state: ParameterState): void {
    throw new NotImplementedError('');
  }

  /**
   * Calls `hook(optimizer, args, kwargs)` before every step, with what `step` was called with; a pair of new ones takes their place.
   * @example
   * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })]);
   * let count = 0;
   * const handle = optimizer.register_step_pre_hook(() => void count++);
   * optimizer.step();
   * handle.remove();
   * optimizer.step();
   * count; // → 1
   */
  register_step_pre_hook(hook: StepHook<this, StepArguments | null | undefined | void>): HookHandle {
    return hooked(this.preHooks, hook);
  }

  /**
   * Calls `hook(optimizer, args, kwargs)` after every step, as to keep weights within bounds.
   * @example
   * const w = torch.tensor([0.5], { requires_grad: true });
   * const optimizer = optim.SGD([w], { lr: 1 });
   * optimizer.register_step_post_hook(() => void torch.no_grad(() => w.clamp_(0, 1)));
   * w.sum().backward();
   * optimizer.step();
   * w; // → tensor([0.], requires_grad=True)
   */
  register_step_post_hook(hook: StepHook<this, void>): HookHandle {
    return hooked(this.postHooks, hook);
  }

  /**
   * Calls `hook(optimizer)` before a state is made; with `prepend` before the hooks that are there.
   * @example
   * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.1 });
   * optimizer.register_state_dict_pre_hook(({ param_groups: [group] }) => { group.lr = 0.5; });
   * optimizer.state_dict().param_groups[0].lr; // → 0.5
   */
  register_state_dict_pre_hook(hook: (optimizer: this) => void, prepend: PrependOption = false): HookHandle {
    return hookedAt(this.stateHooks, hook, prepend);
  }

  /**
   * Calls `hook(optimizer, state_dict)` with each state that is made; what it returns takes its place.
   * @example
   * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.1 });
   * optimizer.register_state_dict_post_hook((_optimizer, { param_groups }) => ({ state: {}, param_groups }));
   * Object.keys(optimizer.state_dict().state).length; // → 0
   */
  register_state_dict_post_hook(hook: StateHook<this>, prepend: PrependOption = false): HookHandle {
    return hookedAt(this.statePostHooks, hook, prepend);
  }

  /**
   * Calls `hook(optimizer, state_dict)` with each state before it is loaded; what it returns takes its place.
   * @example
   * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.1 });
   * const saved = optimizer.state_dict();
   * optimizer.register_load_state_dict_pre_hook((_optimizer, { state, param_groups }) =>
   *   ({ state, param_groups: param_groups.map((group) => ({ ...group, lr: 0.5 })) }));
   * optimizer.load_state_dict(saved);
   * optimizer.param_groups[0].lr; // → 0.5
   */
  register_load_state_dict_pre_hook(hook: StateHook<this>, prepend: PrependOption = false): HookHandle {
    return hookedAt(this.loadHooks, hook, prepend);
  }

  /**
   * Calls `hook(optimizer)` when a state was loaded.
   * @example
   * const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.1 });
   * let count = 0;
   * optimizer.register_load_state_dict_post_hook(() => void count++);
   * optimizer.load_state_dict(optimizer.state_dict());
   * count; // → 1
   */
  register_load_state_dict_post_hook(hook: (optimizer: this) => void, prepend: PrependOption = false): HookHandle {
    return hookedAt(this.loadPostHooks, hook, prepend);
  }

  /**
   * The state and the options, with numbers for the parameters: what is saved to go on with training later.
   * @example
   * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 });
   * optimizer.state_dict().param_groups[0].params; // → [0, 1]
   */
  state_dict(): OptimizerStateDict {
    for (const hook of this.stateHooks.values()) hook(this);
    const numbers = new Map<Tensor, number>();
    const param_groups = this.param_groups.map(({ params, ...options }) => {
      for (const parameter of params) if (!numbers.has(parameter)) numbers.set(parameter, numbers.size);
      return { ...options, params: params.map((parameter) => numbers.get(parameter)!) };
    });
    const state: Record<number, SavedState> = {};
    for (const [parameter, kept] of this.state) state[numbers.get(parameter)!] = { ...kept };
    let made: OptimizerStateDict = { state, param_groups };
    for (const hook of this.statePostHooks.values()) made = hook(this, made) ?? made;
    return made;
  }

  /**
   * Takes over the options and a copy of the state of an optimiser of as many groups and parameters; a ValueError where they
   * differ, a KeyError for another kind of optimiser.
   * @example
   * const saved = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 0.1 }).state_dict();
   * const optimizer = optim.SGD(nn.Linear(2, 3).parameters(), { lr: 1 });
   * optimizer.load_state_dict(saved);
   * optimizer.param_groups[0].lr; // → 0.1
   */
  load_state_dict(state_dict: OptimizerStateDict): void {
    let given = { ...dictOf(state_dict) };
    for (const hook of this.loadHooks.values()) given = hook(this, given) ?? given;
    const { state, param_groups: saved } = given;
    if (!Array.isArray(saved) || !isOptions(state)) throw new KeyError("'param_groups'");
    if (saved.length !== this.param_groups.length) throw new ValueError('loaded state dict has a different number of parameter groups');
    this.param_groups.forEach((group, i) => {
      if (group.params.length !== lengthOf(dictOf<OptimizerStateDict['param_groups'][number]>(saved[i]).params)) {
        throw new ValueError("loaded state dict contains a parameter group that doesn't match the size of optimizer's group");
      }
      // Switches have come with PyTorch's versions, and have defaults; without the numbers it is another optimiser's state, with
      // which PyTorch's own fails by this error when it steps.
      for (const [key, value] of Object.entries(this.defaults)) {
        if (typeof value !== 'boolean' && value !== null && !(key in saved[i])) {
          throw new KeyError(`'${key}'`);
        }
      }
    });
    const loaded = this.param_groups.map(({ params }, i) => ({ ...this.defaults, ...saved[i], params }) as unknown as ParamGroup<O>);
    const byNumber = new Map(this.param_groups.flatMap((group, i) =>
      group.params.map((parameter, k) => [saved[i].params[k], parameter] as const)));
    const states: [Tensor, SavedState][] = [];
    for (const [number, kept] of Object.entries(state)) {
      const parameter = byNumber.get(Number(number));
      if (parameter === undefined) continue;
      states.push([parameter, Object.fromEntries(Object.entries(dictOf(kept))
        .map(([key, value]) => [key, loadedFor(parameter, key, value)]))]);
    }
    this.state.clear();
    for (const [parameter, kept] of states) this.state.set(parameter, kept);
    this.param_groups = loaded;
    for (const hook of this.loadPostHooks.values()) hook(this);
  }

  /** The groups with their options, as Python's `repr`. */
  override toString(): string {
    const text = (key: string, value: unknown): string => {
      if (typeof value === 'string') return value;
      const shown = Array.isArray(value) ? new PythonTuple(value as PythonValue[]) : value as PythonValue;
      return pythonRepr(shown, { float: floatOptions.includes(key) });
    };
    const groups = this.param_groups.map((group, i) => {
      const { params: _params, ...options } = group as Record<string, unknown>;
      const lines = Object.keys(options).sort().map((key) => `    ${key}: ${text(key, options[key])}\n`);
      return `\nParameter Group ${i}\n${lines.join('')}`;
    });
    return `${this.name} (${groups.join('')})`;
  }
}

const hookParameters = 'hook, prepend=False';

declareMethods(Optimizer, 'Optimizer', {
  zero_grad: 'set_to_none=True', step: 'closure=None', register_step_pre_hook: 'hook', register_step_post_hook: 'hook',
  register_state_dict_pre_hook: hookParameters, register_state_dict_post_hook: hookParameters,
  register_load_state_dict_pre_hook: hookParameters, register_load_state_dict_post_hook: hookParameters,
});
