import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as flambeau from 'flambeau';
import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';
import { instances, ownFunction } from './instances.ts';

/** Everything that can be called: every export of the façades, and the members of what they make. */

export interface Target {
  readonly name: string;
  readonly facade: 'numpy' | 'torch';
  /** What it is a member of; made anew for each call. Without it `call` is a function. */
  readonly receiver?: 'ndarray' | 'Tensor' | (() => object);
  readonly call: (receiver: unknown, args: readonly unknown[]) => unknown;
  /** How many leading arguments, the receiver being one, it leaves as they are. */
  readonly keeps: number;
  /** Only where they are all that is given. */
  readonly alone?: boolean;
  /** How many arguments there may be; any number if left out. */
  readonly most?: number;
}

type Callable = (...args: readonly unknown[]) => unknown;
type Facade = Target['facade'];

/** Classes, also those that are called without `new` and so stand behind a proxy. */
export function isClass(value: object): boolean {
  const written = Function.prototype.toString.call(value);
  return /^class\b/.test(written) || (/\[native code\]/.test(written) && typeof (value as { prototype?: unknown }).prototype === 'object');
}

/** What writes into its first argument. */
const writers = new RegExp('_$|^(set|fill|sort|put|copyto|fill_diagonal|put_along_axis|shuffle|at|resize|backward|load_state_dict|step'
  + '|set_state|partition|place|putmask|inPlace|byteswap)$');

/** Members that TypeScript keeps private, as the package's declarations say, what is internal, and what only subclasses call. */
function hiddenMembers(): Set<string> {
  const types = join(dirname(fileURLToPath(import.meta.resolve('flambeau/package.json'))), 'dist/types');
  const files = readdirSync(types, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'));
  const text = files.map((file) => readFileSync(join(types, file), 'utf8')).join('\n');
  const declared = text.matchAll(/^\s*(?:private|protected)\s+(?:abstract\s+|readonly\s+|get\s+|set\s+)?(\w+)/gm);
  const internal = text.matchAll(/@internal \*\/\s+static (\w+)/g);
  return new Set(['constructor', ...[...declared, ...internal].map(([, name]) => name)]);
}
const hidden = hiddenMembers();

/** What waits for a GPU rather than computing, and classes whose instances only the library itself makes. */
const skipped = new Set(['flambeau.init', 'np.ndarray', 'torch.profiler.EventList', 'torch.profiler.FunctionEventAvg']);

const isIndex = (name: string | symbol): boolean => typeof name === 'string' && /^-?\d+$/.test(name);

/** The members that an object has from its classes up to one, each with what it is. */
function membersOf(prototype: object, end: object): [name: string | symbol, descriptor: PropertyDescriptor][] {
  const found = new Map<string | symbol, PropertyDescriptor>();
  const ends = [end, Object.prototype, Function.prototype];
  for (let each = prototype; !ends.includes(each); each = Object.getPrototypeOf(each) as object) {
    for (const name of Reflect.ownKeys(each)) {
      const isHidden = typeof name === 'string' && (hidden.has(name) || isIndex(name));
      if (!isHidden && !found.has(name)) found.set(name, Object.getOwnPropertyDescriptor(each, name)!);
    }
  }
  return [...found];
}

const construct = (value: unknown): Target['call'] => (_, args) => Reflect.construct(value as new () => object, args);
const apply = (value: unknown): Target['call'] => (_, args) => (value as Callable)(...args);
type Members = Record<string | symbol, unknown>;
const method = (name: string | symbol): Target['call'] => (receiver, args) =>
  (receiver as Record<string | symbol, Callable>)[name](...args);
const get = (name: string | symbol): Target['call'] => (receiver) => (receiver as Members)[name];
const set = (name: string | symbol): Target['call'] => (receiver, [value]) => {
  (receiver as Members)[name] = value;
};

/** How many leading arguments a function leaves alone; a ufunc's next one is `out`. */
function kept(name: string, value: unknown): number {
  if (writers.test(name)) return 0;
  const { nin } = value as { nin?: number };
  return nin ?? 1;
}

/** What is done with the elements of what may have no end. */
const mostElements = 50;

function iterate(receiver: unknown): unknown {
  const elements: unknown[] = [];
  for (const element of receiver as Iterable<unknown>) if (elements.push(element) === mostElements) break;
  return elements;
}

async function iterateAsync(receiver: unknown): Promise<unknown> {
  const elements: unknown[] = [];
  for await (const element of receiver as AsyncIterable<unknown>) if (elements.push(element) === mostElements) break;
  return elements;
}

const isNative = (value: unknown): boolean => /\[native code\]/.test(Function.prototype.toString.call(value));

/** An object's members as targets: methods, what is read and written like a field, elements, texts; and a call where it is a function. */
function membersAsTargets(
  name: string, facade: Facade, receiver: NonNullable<Target['receiver']>, example: object, end: object = Object.prototype,
): Target[] {
  const targets: Target[] = [];
  const add = (text: string, call: Target['call'], keeps: number, most?: number): void =>
    void targets.push({ name: `${name}${text}`, facade, receiver, call, keeps, most });
  const ofArrays = typeof receiver === 'string' ? 1 : 0;
  for (const [member, descriptor] of membersOf(Object.getPrototypeOf(example) as object, end)) {
    const text = typeof member === 'symbol' ? `[${String(member)}]` : `.${member}`;
    if (descriptor.get !== undefined || descriptor.set !== undefined) {
      add(text, get(member), ofArrays, 0);
      // Of what is only shown by objects that none but the library makes, JavaScript itself says so.
      const settable = descriptor.set !== undefined || ofArrays === 1 || /flags|flat$/.test(name);
      if (typeof member === 'string' && settable) add(`${text}=`, set(member), 0, 1);
    } else if (typeof descriptor.value === 'function' && !isClass(descriptor.value as object) && !isNative(descriptor.value)) {
      const writes = typeof member === 'string' && writers.test(member);
      add(text, method(member), writes || member === Symbol.dispose ? 0 : ofArrays);
    }
  }
  if (Symbol.iterator in example) add('[...]', iterate, ofArrays, 0);
  if (Symbol.asyncIterator in example) add(' for await', iterateAsync, ofArrays, 0);
  if (ofArrays === 0) {
    // Fields of what is no array, which programs set: `module.weight`, `optimizer.param_groups`.
    for (const own of Object.keys(example)) {
      const fixed = hidden.has(own) || isIndex(own) || !Object.getOwnPropertyDescriptor(example, own)!.writable;
      if (!fixed) add(`.${own}=`, set(own), 0, 1);
    }
    if (typeof example === 'function') add('()', apply1, 0);
  }
  add(' as text', (each) => String(each), ofArrays, 0);
  if (ofArrays === 1) add(' as JSON', (each) => JSON.stringify(each), ofArrays, 0);
  return targets;
}

const apply1: Target['call'] = (receiver, args) => (receiver as Callable)(...args);

function exportOf(full: string, name: string, facade: Facade, value: object): Target[] {
  const own = Object.getOwnPropertyNames(value).flatMap((each): Target[] => {
    const { value: member } = Object.getOwnPropertyDescriptor(value, each)!;
    if (hidden.has(each) || typeof member !== 'function' || isClass(member as object) || isNative(member)) return [];
    return [{ name: `${full}.${each}`, facade, call: (_, args) => method(each)(value, args), keeps: kept(each, value) && 1 }];
  });
  if (skipped.has(full)) return own;
  if (isClass(value)) return [{ name: `new ${full}`, facade, call: construct(value), keeps: 1 }, ...own];
  // A second argument may ask for the work to be done in place.
  const alone = full.startsWith('torch.nn.functional');
  // The older names of torch.nn.init write as well.
  const keeps = full.startsWith('torch.nn.init.') ? 0 : kept(name, value);
  return [{ name: full, facade, call: apply(value), keeps, alone }, ...own];
}

const isNamespace = (value: unknown): value is object => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};

/** Everything that a module exports, and the modules in it. */
function exportsOf(prefix: string, facade: Facade, module: object, seen: Set<object>): Target[] {
  if (seen.has(module)) return [];
  seen.add(module);
  return Object.entries(module).flatMap(([name, value]) => {
    const full = `${prefix}.${name}`;
    if (isNamespace(value)) return exportsOf(full, facade, value, seen);
    return typeof value === 'function' ? exportOf(full, name, facade, value as object) : [];
  });
}

export function allTargets(): Target[] {
  const seen = new Set<object>();
  const modules = ([['np', 'numpy', np], ['torch', 'torch', torch], ['flambeau', 'numpy', flambeau]] as const)
    .flatMap(([prefix, facade, module]) => exportsOf(prefix, facade, module, seen));
  const targets = [
    ...modules, ...exportOf('Doubled', 'Doubled', 'torch', ownFunction).filter(({ name }) => name.endsWith('.apply')),
    ...membersAsTargets('np.ndarray', 'numpy', 'ndarray', np.zeros([2])),
    ...membersAsTargets('torch.Tensor', 'torch', 'Tensor', torch.zeros(2)),
    ...instances().flatMap(({ name, facade, make, known }) => membersAsTargets(name, facade, make, flambeau.scope(make), known)),
  ];
  const unique = new Map(targets.map((target) => [target.name, target]));
  return [...unique.values()];
}
