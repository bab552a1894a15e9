import { Printed } from '../../core/printed.ts';
import { isInexact } from '../../core/dtype.ts';
import { AttributeError, KeyError, NotImplementedError, RuntimeError, ValueError, iterable, pythonTypeName } from '../../core/errors.ts';
import { isSet } from '../../core/realms.ts';
import { declareMethods, kinds } from '../../core/signature.ts';
import { announceHolder } from '../../core/storage.ts';
import { cast } from '../../ops/cast.ts';
import { to as moveTo } from '../tensor/conversions.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import * as dtypes from '../dtypes/dtypes.ts';
import { dictOf } from '../arguments/options.ts';
import type { DeviceLike } from '../device.ts';
import type { HookHandle } from '../autograd/hooks.ts';
import { hooked } from '../autograd/hooks.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { ModuleTarget } from './conversion.ts';
import { convert, convertFloats, fetchAll, moduleTarget } from './conversion.ts';
import type { Members } from './members.ts';
import { addMember, addModule, checkName, indent, join, membersOf, namesOf, notAssignable, splitPath } from './members.ts';
import { Parameter } from './parameter.ts';
import type { IncompatibleKeys, StateDict } from './state.ts';
import { assign, loadState, saveState, zeroGradients } from './state.ts';

/** What a hook before forward may return: other inputs, or nothing. */
export type ForwardPreHook = (module: Module, inputs: readonly unknown[]) => unknown;
/** What a hook after forward may return: another output, or nothing. */
export type ForwardHook = (module: Module, inputs: readonly unknown[], output: unknown) => unknown;

/** What is called around a module's forward. */
interface Hooks {
  readonly before: Map<object, ForwardPreHook>;
  readonly after: Map<object, ForwardHook>;
}

const hooksOf = new WeakMap<Module, Hooks>();

/** The inputs of a class's own forward; anything where only a module is known. */
type Inputs<F> = F extends (...inputs: infer I) => unknown ? (I extends never[] ? (number extends I['length'] ? unknown[] : I) : I) : never;
/** The output of a class's own forward; a tensor where only a module is known. */
type Output<F> = F extends (...inputs: never) => infer O ? (unknown extends O ? Tensor : O) : never;

/** Nothing has this type: a call with it as `this` cannot be written. */
declare class Unwritten {
  private readonly unwritten: never;
}

export interface Module {
  // The type of a call is that of the class's own forward.
  (...inputs: Inputs<this['forward']>): Output<this['forward']>;
  // Every class has this one, so that any can stand where a `Module` is taken, which is called with anything and gives a tensor.
  (this: Unwritten, ...inputs: unknown[]): Tensor;
}

/**
 * The base of all layers and models. Subclass it, assign layers and parameters to fields, and write `forward`; call the
 * instance as a function. Source: torch.nn.Module.
 * @example
 * class Net extends nn.Module {
 *   fc = new nn.Linear(4, 2);
 *   forward(x: torch.Tensor) { return this.fc(x).relu(); }
 * }
 * new Net(); // → Net(
 *            //     (fc): Linear(in_features=4, out_features=2, bias=True)
 *            //   )
 */
export class Module extends Printed {
  /** Whether the module is being trained, which Dropout and BatchNorm ask for; `train()` and `eval()` set it. */
  declare training: boolean;

  constructor() {
    super();
    // A function whose prototype is the class's: the fields of subclasses land on it, and it can be called.
    const self = ((...inputs: unknown[]) => callModule(self, inputs)) as unknown as this;
    Object.setPrototypeOf(self, new.target.prototype as object);
    Reflect.deleteProperty(self, 'name');
    Reflect.deleteProperty(self, 'length');
    addModule(self);
    hooksOf.set(self, { before: new Map(), after: new Map() });
    self.training = true;
    return self;
  }

  /**
   * Computes the output; every subclass writes its own. Call the module rather than this, so that its hooks run.
   * @example
   * class Twice extends nn.Module {
   *   override forward(x: torch.Tensor) { return x.mul(2); }
   * }
   * new Twice()(torch.ones(2)); // → tensor([2., 2.])
   */
  forward(..._inputs: never[]): unknown {
    throw new NotImplementedError(`Module [${this._get_name()}] is missing the required "forward" function`);
  }

  // --- members ---

  /**
   * The parameters, the module's own first, then its children's. An array, where Python has an iterator.
   * @example
   * nn.Linear(2, 3).parameters().map((p) => p.numel()); // → [6, 3]
   */
  parameters(options: { readonly recurse?: boolean }): Parameter[];
  parameters(recurse?: boolean): Parameter[];
  parameters(recurse: unknown = true): Parameter[] {
    return this.named_parameters('', recurse as boolean).map(([, parameter]) => parameter);
  }

  /**
   * The parameters with their paths, `prefix` before each; those of this module alone unless `recurse`.
   * @example
   * nn.Sequential(nn.Linear(2, 3)).named_parameters().map(([name]) => name); // → ['0.weight', '0.bias']
   */
  named_parameters(options: NamingOptions): [string, Parameter][];
  named_parameters(prefix?: string, recurse?: boolean, remove_duplicate?: boolean): [string, Parameter][];
  named_parameters(prefix: unknown = '', recurse: boolean = true, remove_duplicate: boolean = true): [string, Parameter][] {
    return named(this, prefix as string, recurse, remove_duplicate, (members) => members.parameters);
  }

  /**
   * Tensors that are part of the state but not trained, such as running means, in order.
   * @example
   * nn.BatchNorm1d(2).buffers().map((b) => String(b)); // → ['tensor([0., 0.])', 'tensor([1., 1.])', 'tensor(0)']
   */
  buffers(options: { readonly recurse?: boolean }): Tensor[];
  buffers(recurse?: boolean): Tensor[];
  buffers(recurse: unknown = true): Tensor[] {
    return this.named_buffers('', recurse as boolean).map(([, buffer]) => buffer);
  }

  /**
   * The buffers with their paths.
   * @example
   * nn.BatchNorm1d(2).named_buffers().map(([name]) => name); // → ['running_mean', 'running_var', 'num_batches_tracked']
   */
  named_buffers(options: NamingOptions): [string, Tensor][];
  named_buffers(prefix?: string, recurse?: boolean, remove_duplicate?: boolean): [string, Tensor][];
  named_buffers(prefix: unknown = '', recurse: boolean = true, remove_duplicate: boolean = true): [string, Tensor][] {
    return named(this, prefix as string, recurse, remove_duplicate, (members) => members.buffers);
  }

  /**
   * The modules in this module's own fields, each once.
   * @example
   * nn.Sequential(nn.ReLU(), nn.Tanh()).children(); // → [ReLU(), Tanh()]
   */
  children(): Module[] {
    return this.named_children().map(([, child]) => child);
  }

  /**
   * The modules in this module's own fields, with the fields' names.
   * @example
   * nn.Sequential(nn.ReLU(), nn.Tanh()).named_children(); // → [['0', ReLU()], ['1', Tanh()]]
   */
  named_children(): [string, Module][] {
    const seen = new Set<Module>();
    return membersOf(this).modules.filter(([, child]) => !seen.has(child) && seen.add(child));
  }

  /**
   * This module and all modules below it, each once.
   * @example
   * nn.Sequential(nn.Sequential(nn.ReLU())).modules().length; // → 3
   */
  modules(options: { readonly remove_duplicate?: boolean }): Module[];
  modules(remove_duplicate?: boolean): Module[];
  modules(remove_duplicate: unknown = true): Module[] {
    return this.named_modules(null, '', remove_duplicate as boolean).map(([, module]) => module);
  }

  /**
   * This module, whose path is empty, and all modules below it with their paths.
   * @example
   * nn.Sequential(nn.Sequential(nn.ReLU())).named_modules().map(([path]) => path); // → ['', '0', '0.0']
   */
  named_modules(options: { readonly memo?: Set<Module> | null; readonly prefix?: string; readonly remove_duplicate?: boolean }):
  [string, Module][];
  named_modules(memo?: Set<Module> | null, prefix?: string, remove_duplicate?: boolean): [string, Module][];
  named_modules(memo?: unknown, prefix: string = '', remove_duplicate: boolean = true): [string, Module][] {
    const found: [string, Module][] = [];
    const seen = isSet(memo) ? memo : new Set(iterable((memo ?? []) as Iterable<Module>));
    const visit = (module: Module, path: string): void => {
      if (seen.has(module)) return;
      if (remove_duplicate) seen.add(module);
      found.push([path, module]);
      for (const [name, child] of membersOf(module).modules) visit(child, join(path, name));
    };
    visit(this, prefix);
    return found;
  }

  /**
   * Makes a field part of the state: it moves with the module and, where `persistent`, is saved with it.
   * @example
   * const layer = nn.ReLU();
   * layer.register_buffer('scale', torch.ones(2));
   * layer.state_dict(); // → { scale: tensor([1., 1.]) }
   */
  register_buffer(name: string, tensor: Tensor | null, options: { readonly persistent?: boolean }): void;
  register_buffer(name: string, tensor: Tensor | null, persistent?: boolean): void;
  register_buffer(name: string, tensor: Tensor | null, persistent: unknown = true): void {
    checkName('buffer', name);
    const { buffers } = namesOf(this);
    if (name in this && !buffers.has(name)) throw new KeyError(`attribute '${name}' already exists`);
    if (tensor !== null && !(tensor instanceof Tensor)) throw notAssignable(tensor, `buffer '${name}' (torch Tensor`);
    buffers.set(name, persistent as boolean);
    assign(this, name, tensor);
  }

  /**
   * Makes a field of this name a parameter, as assigning a Parameter to the field does.
   * @example
   * const layer = nn.ReLU();
   * layer.register_parameter('slope', new nn.Parameter(torch.zeros(2)));
   * layer.parameters().length; // → 1
   */
  register_parameter(name: string, parameter: Parameter | null): void {
    checkName('parameter', name);
    const isOne = (this as unknown as Record<string, unknown>)[name] instanceof Parameter || namesOf(this).parameterNames.has(name);
    if (name in this && !isOne) throw new KeyError(`attribute '${name}' already exists`);
    if (parameter !== null && !(parameter instanceof Parameter)) {
      throw notAssignable(parameter, `parameter '${name}' (torch.nn.Parameter`);
    }
    if (parameter !== null && !parameter.is_leaf) {
      throw new RuntimeError(
        `Cannot assign non-leaf Tensor to parameter '${name}'. Model parameters must be created explicitly. To express '${name}' as a `
        + 'function of another Tensor, compute the value in the forward() method.');
    }
    namesOf(this).parameterNames.add(name);
    assign(this, name, parameter);
  }

  /**
   * Makes a field of this name a child, as assigning a module to the field does.
   * @example
   * const model = nn.Sequential(nn.ReLU());
   * model.add_module('last', nn.Tanh());
   * model; // → Sequential(
   *        //     (0): ReLU()
   *        //     (last): Tanh()
   *        //   )
   */
  add_module(name: string, module: Module | null): void {
    if (module !== null && !(module instanceof Module)) throw new TypeError(`${pythonTypeName(module)} is not a Module subclass`);
    checkName('module', name);
    const present = (this as unknown as Record<string, unknown>)[name];
    const isFree = present === null && !namesOf(this).parameterNames.has(name);
    if (name in this && !(present instanceof Module) && !isFree) throw new KeyError(`attribute '${name}' already exists`);
    addMember(this, name, module);
  }

  /**
   * Another name of add_module.
   * @example
   * const model = nn.Sequential();
   * model.register_module('act', nn.Tanh());
   * model.get_submodule('act'); // → Tanh()
   */
  register_module(name: string, module: Module | null): void {
    this.add_module(name, module);
  }

  /**
   * The module at a path such as `'encoder.0'`; an AttributeError where there is none.
   * @example
   * nn.Sequential(nn.Sequential(nn.ReLU(), nn.Tanh())).get_submodule('0.1'); // → Tanh()
   */
  get_submodule(target: string): Module {
    let module: Module = this;
    if (target === '') return module;
    for (const name of target.split('.')) {
      const next = (module as unknown as Record<string, unknown>)[name];
      if (next === undefined) throw new AttributeError(`${module._get_name()} has no attribute \`${name}\``);
      if (!(next instanceof Module)) throw new AttributeError(`\`${name}\` is not an nn.Module`);
      module = next;
    }
    return module;
  }

  /**
   * The parameter at a path such as `'encoder.0.weight'`; an AttributeError where there is none.
   * @example
   * nn.Sequential(nn.Linear(2, 3)).get_parameter('0.weight').shape; // → torch.Size([3, 2])
   */
  get_parameter(target: string): Parameter {
    const value = this.memberAt(target);
    if (!(value instanceof Parameter)) throw new AttributeError(`\`${target.split('.').at(-1)}\` is not an nn.Parameter`);
    return value;
  }

  /**
   * The buffer at a path; an AttributeError where there is none.
   * @example
   * nn.Sequential(nn.BatchNorm1d(2)).get_buffer('0.running_var'); // → tensor([1., 1.])
   */
  get_buffer(target: string): Tensor {
    const value = this.memberAt(target);
    const [path, name] = splitPath(target);
    if (!(value instanceof Tensor) || !membersOf(this.get_submodule(path)).buffers.some(([each]) => each === name)) {
      throw new AttributeError(`\`${name}\` is not a buffer`);
    }
    return value;
  }

  private memberAt(target: string): unknown {
    const [path, name] = splitPath(target);
    const module = this.get_submodule(path);
    if (!(name in module)) throw new AttributeError(`${module._get_name()} has no attribute \`${name}\``);
    return (module as unknown as Record<string, unknown>)[name];
  }

  // --- state ---

  /**
   * Parameters and persistent buffers by path. They share the module's memory: clone them to keep them as they are.
   * @example
   * Object.keys(nn.Sequential(nn.Linear(2, 3), nn.PReLU()).state_dict()); // → ['0.weight', '0.bias', '1.weight']
   */
  state_dict(options?: { readonly destination?: StateDict | null; readonly prefix?: string; readonly keep_vars?: boolean }): StateDict;
  state_dict(destination?: unknown, prefix: string = '', keep_vars: boolean = false): StateDict {
    return saveState(this, dictOf((destination ?? {}) as StateDict), prefix, keep_vars);
  }

  /**
   * Copies a state_dict into this module and says which names were on one side only: with `strict`, as it is unless said, a
   * RuntimeError. With `assign` the given tensors themselves become the module's.
   * @example
   * const [a, b] = [nn.Linear(2, 3), nn.Linear(2, 3)];
   * b.load_state_dict(a.state_dict());
   * torch.equal(a.weight, b.weight); // → true
   */
  load_state_dict(
    state_dict: Readonly<Record<string, Tensor>>, options: { readonly strict?: boolean; readonly assign?: boolean },
  ): IncompatibleKeys;
  load_state_dict(state_dict: Readonly<Record<string, Tensor>>, strict?: boolean, assign?: boolean): IncompatibleKeys;
  load_state_dict(state_dict: Readonly<Record<string, Tensor>>, strict: unknown = true, assigns: boolean = false): IncompatibleKeys {
    return loadState(this, this._get_name(), state_dict, strict as boolean, assigns);
  }

  /**
   * Sets training mode, which Dropout and BatchNorm ask for, here and below; returns the module.
   * @example
   * const model = nn.Sequential(nn.Dropout(0.5)).eval();
   * model.train()[0].training; // → true
   */
  train(options: { readonly mode?: boolean }): this;
  train(mode?: boolean): this;
  train(mode: unknown = true): this {
    if (typeof mode !== 'boolean') throw new ValueError('training mode is expected to be boolean');
    for (const module of this.modules()) module.training = mode;
    return this;
  }

  /**
   * Leaves training mode, here and below: `train(false)`.
   * @example
   * nn.Sequential(nn.Dropout(0.5)).eval()(torch.ones(3)); // → tensor([1., 1., 1.])
   */
  eval(): this {
    return this.train(false);
  }

  /**
   * Turns the recording of all parameters on or off, as to freeze a part of a model.
   * @example
   * nn.Linear(2, 3).requires_grad_(false).weight.requires_grad; // → false
   */
  requires_grad_(options: { readonly requires_grad?: boolean }): this;
  requires_grad_(requires_grad?: boolean): this;
  requires_grad_(requires_grad: unknown = true): this {
    for (const parameter of this.parameters()) parameter.requires_grad_(requires_grad as boolean);
    return this;
  }

  /**
   * Forgets the gradients of all parameters or, where `set_to_none` is false, sets them to zero.
   * @example
   * const layer = nn.Linear(2, 1);
   * layer(torch.ones(1, 2)).sum().backward();
   * layer.zero_grad();
   * layer.weight.grad; // → null
   */
  zero_grad(options: { readonly set_to_none?: boolean }): void;
  zero_grad(set_to_none?: boolean): void;
  zero_grad(set_to_none: unknown = true): void {
    zeroGradients(this.parameters(), set_to_none as boolean);
  }

  /**
   * Calls `fn` with every module below and then with this one, as to set first values.
   * @example
   * const model = nn.Sequential(nn.Linear(2, 1));
   * model.apply((module) => { if (module instanceof nn.Linear) nn.init.ones_(module.weight); });
   * model[0].weight; // → Parameter containing:
   *                  //   tensor([[1., 1.]], requires_grad=True)
   */
  apply(fn: (module: Module) => void): this {
    for (const child of this.children()) child.apply(fn);
    fn(this);
    return this;
  }

  // --- conversion ---

  /**
   * Converts floating parameters and buffers to a dtype, and moves all of them to a device. In place; returns the module.
   * @example
   * nn.Linear(2, 3).to(torch.float64).weight.dtype; // → torch.float64
   */
  to(...target: ModuleTarget): this {
    const { type, place } = moduleTarget(...target);
    if (type && !isInexact(type.core)) {
      throw new TypeError(`nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=${type}`);
    }
    return convert(this, (tensor) => {
      const typed = type && isInexact(tensor.dtypeCore) ? cast(tensor, type.core) : tensor;
      return place ? moveTo(typed, { device: place }) : typed;
    });
  }

  /**
   * Floating parameters and buffers in float32, in place.
   * @example
   * nn.Linear(2, 3).double().float().bias.dtype; // → torch.float32
   */
  float(): this {
    return convertFloats(this, dtypes.float32);
  }

  /**
   * Floating parameters and buffers in float64, in place.
   * @example
   * nn.Linear(2, 3).double().bias.dtype; // → torch.float64
   */
  double(): this {
    return convertFloats(this, dtypes.float64);
  }

  /**
   * Floating parameters and buffers in float16, in place.
   * @example
   * nn.Linear(2, 3).half().bias.dtype; // → torch.float16
   */
  half(): this {
    return convertFloats(this, dtypes.float16);
  }

  /**
   * Floating parameters and buffers in bfloat16, in place.
   * @example
   * nn.Linear(2, 3).bfloat16().bias.dtype; // → torch.bfloat16
   */
  bfloat16(): this {
    return convertFloats(this, dtypes.bfloat16);
  }

  /**
   * All parameters and buffers in a dtype, in place.
   * @example
   * nn.BatchNorm1d(2).type(torch.float64).num_batches_tracked.dtype; // → torch.float64
   */
  type(dst_type: dtype): this {
    return convert(this, (tensor) => cast(tensor, dst_type.core));
  }

  /**
   * Moves all parameters and buffers to the CPU, in place, and waits until their values are known.
   * @example
   * const layer = await nn.Linear(2, 3).cpu();
   * layer.weight.device; // → cpu
   */
  async cpu(): Promise<this> {
    await fetchAll(this);
    return this;
  }

  /**
   * Moves all parameters and buffers to the GPU, in place; a RuntimeError where there is none.
   * @example
   * const model = nn.Linear(2, 3);
   * if (torch.cuda.is_available()) model.cuda();
   * model.weight.device; // → cpu
   */
  cuda(device?: number | DeviceLike): this {
    return this.to(device === undefined ? 'cuda' : typeof device === 'number' ? `cuda:${device}` : device);
  }

  // --- hooks ---

  /**
   * Calls `hook(module, inputs, output)` after every forward; what it returns replaces the output.
   * @example
   * const layer = nn.ReLU();
   * const handle = layer.register_forward_hook((module, inputs, output) => (output as torch.Tensor).add(1));
   * layer(torch.tensor([-1.5, 2])); // → tensor([1., 3.])
   * handle.remove();
   */
  register_forward_hook(hook: ForwardHook): HookHandle {
    return hooked(hooksOf.get(this)!.after, hook);
  }

  /**
   * Calls `hook(module, inputs)` before every forward; what it returns replaces the inputs.
   * @example
   * const layer = nn.Tanh();
   * layer.register_forward_pre_hook((module, [input]) => (input as torch.Tensor).mul(0));
   * layer(torch.ones(2)); // → tensor([0., 0.])
   */
  register_forward_pre_hook(hook: ForwardPreHook): HookHandle {
    return hooked(hooksOf.get(this)!.before, hook);
  }

  // --- printing ---

  /**
   * What stands between the brackets when the module is printed; a subclass may write its own.
   * @example
   * nn.Linear(2, 3).extra_repr(); // → in_features=2, out_features=3, bias=True
   */
  extra_repr(): string {
    return '';
  }

  /** The name of the class, as it is printed. */
  _get_name(): string {
    return this.constructor.name;
  }

  /**
   * The module and those below it, line by line, as Python's `repr`.
   * @example
   * String(nn.Sequential(nn.Tanh())); // → Sequential(
   *                                   //     (0): Tanh()
   *                                   //   )
   */
  override toString(): string {
    const extra = this.extra_repr();
    const extraLines = extra === '' ? [] : extra.split('\n');
    const childLines = this.childLines();
    if (extraLines.length === 1 && childLines.length === 0) return `${this._get_name()}(${extra})`;
    const lines = [...extraLines, ...childLines];
    return lines.length === 0 ? `${this._get_name()}()` : `${this._get_name()}(\n  ${lines.join('\n  ')}\n)`;
  }

  /** The lines of the children, which containers may group. */
  protected childLines(): string[] {
    return membersOf(this).modules.map(([name, child]) => `(${name}): ${indent(String(child))}`);
  }
}

function callModule(module: Module, given: readonly unknown[]): unknown {
  const { before, after } = hooksOf.get(module)!;
  let inputs = given;
  for (const hook of before.values()) {
    const replaced = hook(module, inputs);
    if (replaced !== undefined && replaced !== null) inputs = Array.isArray(replaced) ? replaced as unknown[] : [replaced];
  }
  let output = module.forward(...inputs as never[]);
  for (const hook of after.values()) output = hook(module, inputs, output) ?? output;
  announceHolder(module);
  return output;
}

/** What named_parameters and named_buffers take by name. */
export interface NamingOptions {
  readonly prefix?: string;
  readonly recurse?: boolean;
  /** Whether a tensor that several fields hold comes once. */
  readonly remove_duplicate?: boolean;
}

function named<T extends Tensor>(
  root: Module, prefix: string, recurse: boolean, remove_duplicate: boolean,
  pick: (members: Members<Module>) => readonly (readonly [string, T, ...unknown[]])[],
): [string, T][] {
  const seen = new Set<T>();
  const found: [string, T][] = [];
  for (const [path, module] of recurse ? root.named_modules(null, prefix, remove_duplicate) : [[prefix, root] as const]) {
    for (const [name, tensor] of pick(membersOf(module))) {
      if (seen.has(tensor)) continue;
      if (remove_duplicate) seen.add(tensor);
      found.push([join(path, name), tensor]);
    }
  }
  return found;
}

Object.assign(kinds, { Module: (value: unknown) => (value instanceof Module ? value : undefined) });

declareMethods(Module, 'Module', {
  parameters: 'recurse=True', named_parameters: "prefix='', recurse=True, remove_duplicate=True",
  buffers: 'recurse=True', named_buffers: "prefix='', recurse=True, remove_duplicate=True",
  modules: 'remove_duplicate=True', named_modules: "memo=None, prefix='', remove_duplicate=True", children: '', named_children: '',
  register_buffer: 'name, tensor, persistent=True', register_parameter: 'name, param', register_module: 'name, module',
  add_module: 'name, module', get_submodule: 'target: str', get_parameter: 'target: str', get_buffer: 'target: str',
  load_state_dict: 'state_dict: object, strict=True, assign=False', train: 'mode: Any = True', eval: '',
  requires_grad_: 'requires_grad=True', zero_grad: 'set_to_none=True', apply: 'fn: callable', float: '', double: '', half: '', bfloat16: '',
  type: 'dst_type: torch.dtype', cpu: '', cuda: 'device=None',
  register_forward_hook: 'hook', register_forward_pre_hook: 'hook', state_dict: "*, destination=None, prefix='', keep_vars=False",
});
