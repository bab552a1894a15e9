import { checkInteger } from '../../../core/layout.ts';
import { IndexError, KeyError, listOf, pythonTypeName, refuseWrites, shown } from '../../../core/errors.ts';
import { parseText } from '../../../core/indexing/text.ts';
import { sliceRange } from '../../../core/indexing/view.ts';
import { isOptions } from '../../arguments/options.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { callable } from '../../../core/callable.ts';
import { addMember, membersOf } from '../members.ts';
import { Module } from '../module.ts';
import { Parameter } from '../parameter.ts';
import { layer } from './layer.ts';

/** Modules that hold others. Their members are fields named 0, 1, ... or by key. */

type Fields = Record<string, unknown>;

const fieldsOf = (module: Module): Fields => module as unknown as Fields;

function notIterable(called: string, wanted: string, given: unknown): TypeError {
  return new TypeError(`${called} should be called with an ${wanted}, but got ${pythonTypeName(given)}`);
}

/** Members in order, of type T; members of type A may be put in. */
abstract class Positions<T extends A, A> extends Module {
  /** The members with the names of their fields: modules, unless a class says otherwise. */
  protected entries(): readonly (readonly [string, T])[] {
    return membersOf<Module>(this).modules as unknown as [string, T][];
  }

  /** A member as it is kept. */
  protected member(given: A): T {
    if (!(given instanceof Module)) throw new TypeError(`${pythonTypeName(given)} is not a Module subclass`);
    return given as unknown as T;
  }

  protected members(): T[] {
    return this.entries().map(([, member]) => member);
  }

  /**
   * How many members there are: Python's `len(model)`.
   * @example
   * nn.Sequential(nn.Tanh(), nn.ReLU()).length; // → 2
   */
  override get length(): number {
    return this.members().length;
  }

  /**
   * The member at a position, negative ones counted from the end; or a container of the members of a slice such as `'1:'`.
   * Python's `model[index]`.
   * @example
   * nn.Sequential(nn.Tanh(), nn.ReLU()).at(-1); // → ReLU()
   */
  at(index: number): T;
  at(slice: string): this;
  at(index: number | string): T | this {
    if (typeof index !== 'string') return this.members()[this.place(index)];
    const [item, ...more] = parseText(index);
    if (item?.kind !== 'slice' || more.length > 0) throw new TypeError(`'${index}' is not a slice`);
    const { start, step, count } = sliceRange(item, this.length, 'numpy');
    const all = this.entries();
    const container = new (this.constructor as new () => this)();
    for (let i = 0; i < count; i++) {
      const [name, member] = all[start + i * step];
      addMember(container, this instanceof SequentialModule ? name : String(i), member);
    }
    return container;
  }

  /**
   * Replaces the member at a position. Python's `model[index] = member`.
   * @example
   * const model = nn.Sequential(nn.Tanh());
   * model.set(0, nn.ReLU());
   * model[0]; // → ReLU()
   */
  set(index: number, member: A): void {
    const [name] = this.entries()[this.place(index)];
    fieldsOf(this)[name] = this.member(member);
  }

  protected place(index: number): number {
    const { length } = this;
    checkInteger(index);
    if (index < -length || index >= length) throw new IndexError(`index ${index} is out of range`);
    return index < 0 ? index + length : index;
  }

  /**
   * Adds a member at the end; returns the container.
   * @example
   * nn.Sequential(nn.Tanh()).append(nn.ReLU()).at(1); // → ReLU()
   */
  append(member: A): this {
    addMember(this, String(this.length), this.member(member));
    return this;
  }

  /**
   * Adds members at the end; returns the container.
   * @example
   * nn.ModuleList([nn.Tanh()]).extend([nn.ReLU(), nn.ReLU()]).length; // → 3
   */
  extend(members: Iterable<A>): this {
    if (typeof members?.[Symbol.iterator] !== 'function') {
      throw notIterable(`${this._get_name()}.extend`, 'iterable', members);
    }
    for (const member of members) this.append(member);
    return this;
  }

  /**
   * Puts a member before the one at a position; returns the container.
   * @example
   * nn.Sequential(nn.Tanh(), nn.ReLU()).insert(1, nn.SiLU()).at(1); // → SiLU()
   */
  insert(index: number, member: A): this {
    const { length } = this;
    checkInteger(index);
    if (index < -length || index > length) throw new IndexError(`Index out of range: ${index}`);
    const all: A[] = this.members();
    all.splice(index, 0, this.member(member));
    this.renumber(all);
    return this;
  }

  /**
   * Takes out the member at a position, the last one unless said, and returns it.
   * @example
   * const model = nn.Sequential(nn.Tanh(), nn.ReLU());
   * model.pop(-1); // → ReLU()
   * model.length; // → 1
   */
  pop(index = -1): T {
    const all = this.members();
    const [taken] = all.splice(this.place(index), 1);
    this.renumber(all);
    return taken;
  }

  private renumber(all: readonly A[]): void {
    for (const [name] of this.entries()) Reflect.deleteProperty(this, name);
    all.forEach((member, i) => addMember(this, String(i), member));
  }

  * [Symbol.iterator](): IterableIterator<T> {
    yield* this.members();
  }
}

refuseWrites(Positions, 'ModuleList');

type Indexed<T extends readonly Module[]> = { readonly [K in keyof T & `${number}`]: T[K] } & { readonly [index: number]: T[number] };

class SequentialModule<T extends readonly Module[] = readonly Module[]> extends Positions<T[number], Module> {
  constructor(...modules: T | [Readonly<Record<string, Module>>]) {
    super();
    const [first] = modules as readonly unknown[];
    const named = modules.length === 1 && isOptions(first) ? first as Record<string, Module> : null;
    for (const [name, module] of Object.entries(named ?? modules)) this.add_module(name, module as Module);
  }

  override forward(input: Tensor): Tensor {
    let output: unknown = input;
    for (const module of this.members()) output = (module as unknown as (input: unknown) => unknown)(output);
    return output as Tensor;
  }
}

interface SequentialClass {
  new <T extends readonly Module[] = readonly Module[]>(...modules: T): SequentialModule<T> & Indexed<T>;
  new <T extends Readonly<Record<string, Module>>>(modules: T): SequentialModule & T;
  <T extends readonly Module[]>(...modules: T): SequentialModule<T> & Indexed<T>;
  <T extends Readonly<Record<string, Module>>>(modules: T): SequentialModule & T;
  readonly prototype: SequentialModule;
}

/**
 * Modules one after the other, each given the output of the one before: `Sequential(a, b)` or, named, `Sequential({ a, b })`.
 * `model[0]` is the first. Source: torch.nn.Sequential.
 * @example
 * nn.Sequential(nn.Linear(2, 3), nn.ReLU()); // → Sequential(
 *                                            //     (0): Linear(in_features=2, out_features=3, bias=True)
 *                                            //     (1): ReLU()
 *                                            //   )
 */
export const Sequential = layer('Sequential', SequentialModule as new () => SequentialModule) as unknown as SequentialClass;
export type Sequential<T extends readonly Module[] = readonly Module[]> = SequentialModule<T>;

class ModuleListModule<M extends Module = Module> extends Positions<M, M> {
  constructor(modules: Iterable<M> = []) {
    super();
    this.extend(modules);
  }

  /** Equal neighbours share a line: `(0-2): 3 x Linear(...)`. */
  protected override childLines(): string[] {
    const texts = this.members().map(String);
    const lines: string[] = [];
    for (let start = 0; start < texts.length;) {
      let end = start;
      while (end + 1 < texts.length && texts[end + 1] === texts[start]) end++;
      const label = end === start ? `(${start}): ` : `(${start}-${end}): ${end - start + 1} x `;
      lines.push((label + texts[start]).replaceAll('\n', '\n  '));
      start = end + 1;
    }
    return lines;
  }
}

interface ModuleListClass {
  new <M extends Module = Module>(modules?: Iterable<M>): ModuleListModule<M> & { readonly [index: number]: M };
  <M extends Module = Module>(modules?: Iterable<M>): ModuleListModule<M> & { readonly [index: number]: M };
  readonly prototype: ModuleListModule;
}

/**
 * A list of modules, all of them registered, for a `forward` to call as it likes. Source: torch.nn.ModuleList.
 * @example
 * nn.ModuleList([nn.Tanh(), nn.Tanh()]); // → ModuleList(
 *                                        //     (0-1): 2 x Tanh()
 *                                        //   )
 */
export const ModuleList = callable('ModuleList', ModuleListModule) as unknown as ModuleListClass;
export type ModuleList<M extends Module = Module> = ModuleListModule<M> & { readonly [index: number]: M };

/** Modules by key. */
type Members = Readonly<Record<string, Module>>;
type Entries<M extends Members> = M | Iterable<readonly [string, M[string]]>;
type Alike<M extends Module> = Readonly<Record<string, M>>;

class ModuleDictModule<M extends Members = Members> extends Module {
  constructor(modules: Entries<M> = {} as M) {
    super();
    this.update(modules);
  }

  /**
   * Adds the modules of an object, a ModuleDict or a list of entries, or puts them in place of those with the same keys.
   * @example
   * const dict = nn.ModuleDict({ act: nn.Tanh() });
   * dict.update({ act: nn.ReLU(), last: nn.Sigmoid() });
   * dict.keys(); // → ['act', 'last']
   */
  update(modules: Entries<Members> | (Module & { items(): [string, Module][] })): void {
    const given = modules instanceof ModuleDictModule ? modules.items() : modules;
    if (given === null || typeof given !== 'object') throw notIterable('ModuleDict.update', 'iterable of key/value pairs', modules);
    const entries = Symbol.iterator in given ? listOf(given as Iterable<readonly [string, Module]>) : Object.entries(given);
    for (const entry of entries) {
      const [key, module] = listOf(entry as Iterable<unknown>);
      this.add_module(key as string, module as Module);
    }
  }

  /**
   * The module of a key; a KeyError where there is none. Python's `dict[key]`.
   * @example
   * nn.ModuleDict({ act: nn.Tanh() }).at('act'); // → Tanh()
   */
  at<K extends keyof M>(key: K): M[K];
  at(key: string): M[keyof M];
  at(key: string): Module {
    const module = typeof key === 'string' ? fieldsOf(this)[key] : undefined;
    if (!(module instanceof Module) || !Object.hasOwn(this, key)) throw new KeyError(`'${shown(key)}'`);
    return module;
  }

  /**
   * Puts a module at a key. Python's `dict[key] = module`.
   * @example
   * const dict = nn.ModuleDict<nn.Module>({});
   * dict.set('act', nn.Tanh());
   * dict.length; // → 1
   */
  set(key: string, module: Module): void {
    this.add_module(key, module);
  }

  /**
   * Whether there is a module of this key. Python's `key in dict`.
   * @example
   * nn.ModuleDict({ act: nn.Tanh() }).has('act'); // → true
   */
  has(key: string): boolean {
    return typeof key === 'string' && Object.hasOwn(this, key) && fieldsOf(this)[key] instanceof Module;
  }

  /**
   * Takes out the module of a key and returns it; a KeyError where there is none.
   * @example
   * nn.ModuleDict({ act: nn.Tanh() }).pop('act'); // → Tanh()
   */
  pop<K extends keyof M & string>(key: K): M[K];
  pop(key: string): M[keyof M];
  pop(key: string): Module {
    const module: Module = this.at(key);
    Reflect.deleteProperty(this, key);
    return module;
  }

  /**
   * Takes out all modules.
   * @example
   * const dict = nn.ModuleDict({ act: nn.Tanh() });
   * dict.clear();
   * dict; // → ModuleDict()
   */
  clear(): void {
    for (const key of this.keys()) Reflect.deleteProperty(this, key);
  }

  /**
   * The keys, in order.
   * @example
   * nn.ModuleDict({ act: nn.Tanh(), last: nn.Sigmoid() }).keys(); // → ['act', 'last']
   */
  keys(): string[] {
    return this.items().map(([key]) => key);
  }

  /**
   * The modules, in the keys' order.
   * @example
   * nn.ModuleDict({ act: nn.Tanh(), last: nn.Sigmoid() }).values(); // → [Tanh(), Sigmoid()]
   */
  values(): M[keyof M][] {
    return this.items().map(([, module]) => module);
  }

  /**
   * Keys with their modules.
   * @example
   * nn.ModuleDict({ act: nn.Tanh() }).items(); // → [['act', Tanh()]]
   */
  items(): [string, M[keyof M]][] {
    return membersOf<Module>(this).modules as [string, M[keyof M]][];
  }

  /**
   * How many modules there are: Python's `len(dict)`.
   * @example
   * nn.ModuleDict({ act: nn.Tanh() }).length; // → 1
   */
  override get length(): number {
    return this.items().length;
  }

  * [Symbol.iterator](): IterableIterator<string> {
    yield* this.keys();
  }
}

interface ModuleDictClass {
  new <M extends Members = Members>(modules?: M): ModuleDictModule<M> & M;
  new <M extends Module>(modules: Entries<Alike<M>>): ModuleDictModule<Alike<M>>;
  <M extends Members = Members>(modules?: M): ModuleDictModule<M> & M;
  <M extends Module>(modules: Entries<Alike<M>>): ModuleDictModule<Alike<M>>;
  readonly prototype: ModuleDictModule;
}

/**
 * Modules by key, all of them registered; each is a field as well: `dict.act`. Source: torch.nn.ModuleDict.
 * @example
 * nn.ModuleDict({ act: nn.Tanh() }).at('act'); // → Tanh()
 */
export const ModuleDict = callable('ModuleDict', ModuleDictModule as new () => ModuleDictModule) as unknown as ModuleDictClass;
export type ModuleDict<M extends Members = Members> = ModuleDictModule<M>;

class ParameterListModule extends Positions<Parameter, Tensor> {
  constructor(values: Iterable<Tensor> = []) {
    super();
    this.extend(values);
  }

  protected override entries(): [string, Parameter][] {
    return membersOf<Module>(this).parameters;
  }

  /** Plain tensors become parameters. */
  protected override member(given: Tensor): Parameter {
    return given instanceof Parameter ? given : new Parameter(given);
  }

  override extra_repr(): string {
    return this.members().map((member, i) => `  (${i}): Parameter containing: [${member.dtype} of size ${member.shape.join('x')}]`)
      .join('\n');
  }
}

/**
 * A list of parameters, all of them registered; plain tensors become parameters. Source: torch.nn.ParameterList.
 * @example
 * nn.ParameterList([torch.zeros(2, 3), torch.zeros(3)]); // → ParameterList(
 *                                                        //       (0): Parameter containing: [torch.float32 of size 2x3]
 *                                                        //       (1): Parameter containing: [torch.float32 of size 3]
 *                                                        //   )
 */
export const ParameterList = callable('ParameterList', ParameterListModule);
export type ParameterList = ParameterListModule;
