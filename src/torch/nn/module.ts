import { isInexact } from '../../core/dtype.ts';
import { KeyError, NotImplementedError, RuntimeError, AttributeError } from '../../core/errors.ts';
import { declareMethods } from '../../core/signature.ts';
import { announceHolder } from '../../core/storage.ts';
import { cast } from '../../ops/cast.ts';
import { detach } from '../../ops/movement.ts';
import { cpu as toCpu, to as moveTo } from '../tensor/conversions.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import * as dtypes from '../dtypes/dtypes.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { ModuleTarget } from './conversion.ts';
import { convert, convertFloats, moduleTarget } from './conversion.ts';
import { Buffer, Parameter } from './parameter.ts';
import type { IncompatibleKeys, StateDict } from './state.ts';
import { assign, loadTensor, zeroGradients } from './state.ts';

/** What a hook before forward may return: other inputs, or nothing. */
export type ForwardPreHook = (module: Module, inputs: readonly unknown[]) => unknown;
/** What a hook after forward may return: another output, or nothing. */
export type ForwardHook = (module: Module, inputs: readonly unknown[], output: unknown) => unknown;

/** Takes a hook off again. */
export interface HookHandle {
  remove(): void;
}

/** What a module keeps beside its fields. */
interface Internals {
  /** Fields that are part of the state without being parameters, and whether they are saved. */
  readonly buffers: Map<string, boolean>;
  /** Fields that were seen to hold a parameter: a plain tensor put there is a mistake. */
  readonly parameterNames: Set<string>;
  readonly preHooks: Set<ForwardPreHook>;
  readonly hooks: Set<ForwardHook>;
}

const internals = new WeakMap<Module, Internals>();

interface Members {
  readonly parameters: [string, Parameter][];
  readonly buffers: [string, Tensor, boolean][];
  readonly modules: [string, Module][];
}

/** Sorts a module's fields by what they hold. Fields keep the order in which they were first assigned. */
function membersOf(module: Module): Members {
  const { buffers, parameterNames } = internals.get(module)!;
  const members: Members = { parameters: [], buffers: [], modules: [] };
  for (const name of Object.keys(module)) {
    const value = (module as unknown as Record<string, unknown>)[name];
    if (value instanceof Module) {
      members.modules.push([name, value]);
    } else if (value instanceof Parameter) {
      parameterNames.add(name);
      members.parameters.push([name, value]);
    } else if (value instanceof Tensor) {
      if (buffers.has(name)) members.buffers.push([name, value, buffers.get(name)!]);
      else if (value instanceof Buffer) members.buffers.push([name, value, value.persistent]);
      else if (parameterNames.has(name)) {
        throw new TypeError(`cannot assign a tensor as parameter '${name}' (torch.nn.Parameter or None expected)`);
      }
    }
  }
  return members;
}

const join = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}.${name}`);

function checkName(kind: string, name: unknown): asserts name is string {
  if (typeof name !== 'string') throw new TypeError(`${kind} name should be a string. Got ${typeof name}`);
  if (name.includes('.')) throw new KeyError(`${kind} name can't contain "."`);
  if (name === '') throw new KeyError(`${kind} name can't be empty string ""`);
}

function indent(text: string): string {
  return text.replaceAll(/\n(?=[^\n]*\S)/g, '\n  ');
}

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
export class Module {
  declare training: boolean;

  constructor() {
    // A function whose prototype is the class's: the fields of subclasses land on it, and it can be called.
    const self = ((...inputs: unknown[]) => callModule(self, inputs)) as unknown as this;
    Object.setPrototypeOf(self, new.target.prototype as object);
    Reflect.deleteProperty(self, 'name');
    Reflect.deleteProperty(self, 'length');
    internals.set(self, { buffers: new Map(), parameterNames: new Set(), preHooks: new Set(), hooks: new Set() });
    self.training = true;
    return self;
  }

  /** Computes the output. Every subclass writes its own. */
  forward(..._inputs: never[]): unknown {
    throw new NotImplementedError(`Module [${this._get_name()}] is missing the required "forward" function`);
  }

  // --- members ---

  /** The parameters, the module's own first, then its children's. An array, where Python has an iterator. */
  parameters(options: { readonly recurse?: boolean }): Parameter[];
  parameters(recurse?: boolean): Parameter[];
  parameters(recurse: unknown = true): Parameter[] {
    return this.named_parameters('', recurse as boolean).map(([, parameter]) => parameter);
  }

  named_parameters(options: NamingOptions): [string, Parameter][];
  named_parameters(prefix?: string, recurse?: boolean, remove_duplicate?: boolean): [string, Parameter][];
  named_parameters(prefix: unknown = '', recurse: boolean = true, remove_duplicate: boolean = true): [string, Parameter][] {
    return named(this, prefix as string, recurse, remove_duplicate, (members) => members.parameters);
  }

  buffers(options: { readonly recurse?: boolean }): Tensor[];
  buffers(recurse?: boolean): Tensor[];
  buffers(recurse: unknown = true): Tensor[] {
    return this.named_buffers('', recurse as boolean).map(([, buffer]) => buffer);
  }

  named_buffers(options: NamingOptions): [string, Tensor][];
  named_buffers(prefix?: string, recurse?: boolean, remove_duplicate?: boolean): [string, Tensor][];
  named_buffers(prefix: unknown = '', recurse: boolean = true, remove_duplicate: boolean = true): [string, Tensor][] {
    return named(this, prefix as string, recurse, remove_duplicate, (members) => members.buffers);
  }

  /** The modules in this module's own fields. */
  children(): Module[] {
    return this.named_children().map(([, child]) => child);
  }

  named_children(): [string, Module][] {
    const seen = new Set<Module>();
    return membersOf(this).modules.filter(([, child]) => !seen.has(child) && seen.add(child));
  }

  /** This module and all modules below it, each once. */
  modules(options: { readonly remove_duplicate?: boolean }): Module[];
  modules(remove_duplicate?: boolean): Module[];
  modules(remove_duplicate: unknown = true): Module[] {
    return this.named_modules(null, '', remove_duplicate as boolean).map(([, module]) => module);
  }

  named_modules(options: { readonly memo?: Set<Module> | null; readonly prefix?: string; readonly remove_duplicate?: boolean }):
  [string, Module][];
  named_modules(memo?: Set<Module> | null, prefix?: string, remove_duplicate?: boolean): [string, Module][];
  named_modules(memo?: unknown, prefix: string = '', remove_duplicate: boolean = true): [string, Module][] {
    const found: [string, Module][] = [];
    const seen = (memo ?? new Set<Module>()) as Set<Module>;
    const visit = (module: Module, path: string): void => {
      if (seen.has(module)) return;
      if (remove_duplicate) seen.add(module);
      found.push([path, module]);
      for (const [name, child] of membersOf(module).modules) visit(child, join(path, name));
    };
    visit(this, prefix);
    return found;
  }

  /** Makes a field part of the state: it moves with the module and, where `persistent`, is saved with it. */
  register_buffer(name: string, tensor: Tensor | null, options: { readonly persistent?: boolean }): void;
  register_buffer(name: string, tensor: Tensor | null, persistent?: boolean): void;
  register_buffer(name: string, tensor: Tensor | null, persistent: unknown = true): void {
    checkName('buffer', name);
    const { buffers } = internals.get(this)!;
    if (name in this && !buffers.has(name)) throw new KeyError(`attribute '${name}' already exists`);
    if (tensor !== null && !(tensor instanceof Tensor)) {
      throw new TypeError(`cannot assign '${typeof tensor}' object to buffer '${name}' (torch Tensor or None required)`);
    }
    buffers.set(name, persistent as boolean);
    assign(this, name, tensor);
  }

  register_parameter(name: string, parameter: Parameter | null): void {
    checkName('parameter', name);
    if (name in this && !internals.get(this)!.parameterNames.has(name)) throw new KeyError(`attribute '${name}' already exists`);
    if (parameter !== null && !(parameter instanceof Parameter)) {
      throw new TypeError(`cannot assign '${typeof parameter}' object to parameter '${name}' (torch.nn.Parameter or None required)`);
    }
    if (parameter !== null && !parameter.is_leaf) {
      throw new RuntimeError(
        `Cannot assign non-leaf Tensor to parameter '${name}'. Model parameters must be created explicitly. To express '${name}' as a `
        + 'function of another Tensor, compute the value in the forward() method.');
    }
    internals.get(this)!.parameterNames.add(name);
    assign(this, name, parameter);
  }

  add_module(name: string, module: Module | null): void {
    if (module !== null && !(module instanceof Module)) throw new TypeError(`${typeof module} is not a Module subclass`);
    checkName('module', name);
    const present = (this as unknown as Record<string, unknown>)[name];
    if (name in this && !(present instanceof Module) && present !== null) throw new KeyError(`attribute '${name}' already exists`);
    assign(this, name, module);
  }

  register_module(name: string, module: Module | null): void {
    this.add_module(name, module);
  }

  /** The module at a path such as `'encoder.0'`. */
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

  get_parameter(target: string): Parameter {
    const value = this.memberAt(target);
    if (!(value instanceof Parameter)) throw new AttributeError(`\`${target.split('.').at(-1)}\` is not an nn.Parameter`);
    return value;
  }

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

  /** Parameters and persistent buffers by name. They share the module's memory. */
  state_dict(options?: { readonly destination?: StateDict | null; readonly prefix?: string; readonly keep_vars?: boolean }): StateDict;
  state_dict(destination?: unknown, prefix: string = '', keep_vars: boolean = false): StateDict {
    const state = (destination ?? {}) as StateDict;
    const collect = (module: Module, prefix: string): void => {
      const { parameters, buffers, modules } = membersOf(module);
      const keep = (tensor: Tensor): Tensor => (keep_vars ? tensor : detach(tensor));
      for (const [name, parameter] of parameters) state[prefix + name] = keep(parameter);
      for (const [name, buffer, persistent] of buffers) if (persistent) state[prefix + name] = keep(buffer);
      for (const [name, child] of modules) collect(child, `${prefix}${name}.`);
    };
    collect(this, prefix);
    return state;
  }

  /** Copies a state_dict into this module. With `strict` the names must be exactly the module's. */
  load_state_dict(
    state_dict: Readonly<Record<string, Tensor>>, options: { readonly strict?: boolean; readonly assign?: boolean },
  ): IncompatibleKeys;
  load_state_dict(state_dict: Readonly<Record<string, Tensor>>, strict?: boolean, assign?: boolean): IncompatibleKeys;
  load_state_dict(state_dict: Readonly<Record<string, Tensor>>, strict: unknown = true, assigns: boolean = false): IncompatibleKeys {
    if (typeof state_dict !== 'object' || state_dict === null || state_dict instanceof Tensor) {
      throw new TypeError(`Expected state_dict to be dict-like, got ${typeof state_dict}.`);
    }
    const problems: string[] = [];
    const missing: string[] = [];
    const expected = new Set<string>();
    const load = (module: Module, prefix: string): void => {
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
    load(this, '');
    const unexpected = Object.keys(state_dict).filter((key) => !expected.has(key));
    const list = (keys: readonly string[]): string => keys.map((key) => `"${key}"`).join(', ');
    if (strict && unexpected.length > 0) problems.unshift(`Unexpected key(s) in state_dict: ${list(unexpected)}. `);
    if (strict && missing.length > 0) problems.unshift(`Missing key(s) in state_dict: ${list(missing)}. `);
    if (problems.length > 0) {
      throw new RuntimeError(`Error(s) in loading state_dict for ${this._get_name()}:\n\t${problems.join('\n\t')}`);
    }
    return { missing_keys: missing, unexpected_keys: unexpected };
  }

  /** Sets training mode, which Dropout and BatchNorm ask for, here and below. */
  train(options: { readonly mode?: boolean }): this;
  train(mode?: boolean): this;
  train(mode: unknown = true): this {
    if (typeof mode !== 'boolean') throw new TypeError('training mode is expected to be boolean');
    for (const module of this.modules()) module.training = mode;
    return this;
  }

  eval(): this {
    return this.train(false);
  }

  requires_grad_(options: { readonly requires_grad?: boolean }): this;
  requires_grad_(requires_grad?: boolean): this;
  requires_grad_(requires_grad: unknown = true): this {
    for (const parameter of this.parameters()) parameter.requires_grad_(requires_grad as boolean);
    return this;
  }

  /** Forgets the gradients, or sets them to zero. */
  zero_grad(options: { readonly set_to_none?: boolean }): void;
  zero_grad(set_to_none?: boolean): void;
  zero_grad(set_to_none: unknown = true): void {
    zeroGradients(this.parameters(), set_to_none as boolean);
  }

  /** Calls `fn` with every module below and then with this one. */
  apply(fn: (module: Module) => void): this {
    for (const child of this.children()) child.apply(fn);
    fn(this);
    return this;
  }

  // --- conversion ---

  /** Converts floating parameters and buffers to a dtype, and moves all of them to a device. In place. */
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

  float(): this {
    return convertFloats(this, dtypes.float32);
  }

  double(): this {
    return convertFloats(this, dtypes.float64);
  }

  half(): this {
    return convertFloats(this, dtypes.float16);
  }

  bfloat16(): this {
    return convertFloats(this, dtypes.bfloat16);
  }

  type(dst_type: dtype): this {
    return convert(this, (tensor) => cast(tensor, dst_type.core));
  }

  /** Moves all parameters and buffers to the CPU, once their values are known. In place. */
  async cpu(): Promise<this> {
    const tensors = [...this.parameters(), ...this.buffers()];
    const gradients = tensors.flatMap(({ grad }) => grad ?? []);
    const all = [...tensors, ...gradients];
    const fetched = await Promise.all(all.map((tensor) => toCpu(tensor.detach())));
    all.forEach((tensor, i) => {
      tensor.data = fetched[i];
    });
    return this;
  }

  cuda(index?: number): this {
    return this.to(index === undefined ? 'cuda' : `cuda:${index}`);
  }

  // --- hooks ---

  /** Calls `hook(module, inputs, output)` after every forward; what it returns replaces the output. */
  register_forward_hook(hook: ForwardHook): HookHandle {
    return hooked(internals.get(this)!.hooks, hook);
  }

  /** Calls `hook(module, inputs)` before every forward; what it returns replaces the inputs. */
  register_forward_pre_hook(hook: ForwardPreHook): HookHandle {
    return hooked(internals.get(this)!.preHooks, hook);
  }

  // --- printing ---

  /** What stands between the brackets when the module is printed. */
  extra_repr(): string {
    return '';
  }

  _get_name(): string {
    return this.constructor.name;
  }

  toString(): string {
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

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

function callModule(module: Module, given: readonly unknown[]): unknown {
  const { preHooks, hooks } = internals.get(module)!;
  let inputs = given;
  for (const hook of preHooks) {
    const replaced = hook(module, inputs);
    if (replaced !== undefined && replaced !== null) inputs = Array.isArray(replaced) ? replaced as unknown[] : [replaced];
  }
  let output = module.forward(...inputs as never[]);
  for (const hook of hooks) output = hook(module, inputs, output) ?? output;
  announceHolder(module);
  return output;
}

export interface NamingOptions {
  readonly prefix?: string;
  readonly recurse?: boolean;
  /** Whether a tensor that several fields hold comes once. */
  readonly remove_duplicate?: boolean;
}

function named<T extends Tensor>(
  root: Module, prefix: string, recurse: boolean, remove_duplicate: boolean,
  pick: (members: Members) => readonly (readonly [string, T, ...unknown[]])[],
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

declareMethods(Module, 'Module', {
  parameters: 'recurse=True', named_parameters: "prefix='', recurse=True, remove_duplicate=True",
  buffers: 'recurse=True', named_buffers: "prefix='', recurse=True, remove_duplicate=True",
  modules: 'remove_duplicate=True', named_modules: "memo=None, prefix='', remove_duplicate=True", children: '', named_children: '',
  register_buffer: 'name, tensor, persistent=True', register_parameter: 'name, param', register_module: 'name, module',
  add_module: 'name, module', get_submodule: 'target: str', get_parameter: 'target: str', get_buffer: 'target: str',
  load_state_dict: 'state_dict: object, strict=True, assign=False', train: 'mode: Any = True', eval: '',
  requires_grad_: 'requires_grad=True', zero_grad: 'set_to_none=True', apply: 'fn', float: '', double: '', half: '', bfloat16: '',
  type: 'dst_type', cpu: '', cuda: 'device=None',
  register_forward_hook: 'hook', register_forward_pre_hook: 'hook', state_dict: "*, destination=None, prefix='', keep_vars=False",
});

function splitPath(target: string): [path: string, name: string] {
  const dot = target.lastIndexOf('.');
  return [dot < 0 ? '' : target.slice(0, dot), target.slice(dot + 1)];
}

function hooked<H>(hooks: Set<H>, hook: H): HookHandle {
  hooks.add(hook);
  return { remove: () => void hooks.delete(hook) };
}
