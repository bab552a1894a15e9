import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as flambeau from 'flambeau';
import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';

/** Everything that can be called: every export of the façades, the methods of what they make, and layers that were made. */

export interface Target {
  readonly name: string;
  readonly facade: 'numpy' | 'torch';
  /** What it is a method of; made anew for each call. Without it `call` is a function. */
  readonly receiver?: 'ndarray' | 'Tensor' | (() => object);
  readonly call: (receiver: unknown, args: readonly unknown[]) => unknown;
  /** How many leading arguments, the receiver being one, it leaves as they are. */
  readonly keeps: number;
  /** Only where they are all that is given. */
  readonly alone?: boolean;
}

type Callable = (...args: readonly unknown[]) => unknown;

/** Classes, also those that are called without `new` and so stand behind a proxy. */
function isClass(value: object): boolean {
  const written = Function.prototype.toString.call(value);
  return /^class\b/.test(written) || (/\[native code\]/.test(written) && typeof (value as { prototype?: unknown }).prototype === 'object');
}

/** What writes into its first argument. */
const writers = /_$|^(set|fill|sort|put|copyto|fill_diagonal|put_along_axis|shuffle|at|resize|backward|load_state_dict|step)$/;

/** Members that TypeScript keeps private, as the package's declarations say, and what only subclasses call. */
function hiddenMembers(): Set<string> {
  const types = join(dirname(fileURLToPath(import.meta.resolve('flambeau/package.json'))), 'dist/types');
  const files = readdirSync(types, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'));
  const text = files.map((file) => readFileSync(join(types, file), 'utf8')).join('\n');
  const declared = text.matchAll(/^\s*(?:private|protected)\s+(?:abstract\s+|readonly\s+)?(\w+)/gm);
  return new Set(['constructor', ...[...declared].map(([, name]) => name)]);
}
const hidden = hiddenMembers();

/** What waits for a GPU rather than computing, and classes whose instances only the library itself makes. */
const skipped = new Set(['flambeau.init', 'np.ndarray', 'torch.autograd.FunctionContext']);

function methodNames(prototype: object): string[] {
  const found = new Set<string>();
  for (let each = prototype; each !== Object.prototype; each = Object.getPrototypeOf(each) as object) {
    for (const name of Object.getOwnPropertyNames(each)) {
      const { value } = Object.getOwnPropertyDescriptor(each, name)!;
      if (typeof value === 'function' && !hidden.has(name)) found.add(name);
    }
  }
  return [...found];
}

const construct = (value: unknown): Target['call'] => (_, args) => Reflect.construct(value as new () => object, args);
const apply = (value: unknown): Target['call'] => (_, args) => (value as Callable)(...args);
const method = (name: string): Target['call'] => (receiver, args) => (receiver as Record<string, Callable>)[name](...args);

/** How many leading arguments a function leaves alone; a ufunc's next one is `out`. */
function kept(name: string, value: unknown): number {
  if (writers.test(name)) return 0;
  const { nin } = value as { nin?: number };
  return nin ?? 1;
}

/** An object's methods as targets. */
function methodsOf(name: string, facade: Target['facade'], receiver: () => object): Target[] {
  return methodNames(Object.getPrototypeOf(receiver()) as object).map((each) =>
    ({ name: `${name}.${each}`, facade, receiver, call: method(each), keeps: 0 }));
}

function exportsOf(prefix: string, facade: Target['facade'], module: object): Target[] {
  return Object.entries(module).flatMap(([name, value]) => {
    const full = `${prefix}.${name}`;
    if (typeof value !== 'function' || skipped.has(full)) return [];
    if (isClass(value as object)) return [{ name: `new ${full}`, facade, call: construct(value), keeps: 1 }];
    const own = ['reduce', 'accumulate', 'outer', 'at'].filter((each) => each in value).map((each): Target =>
      ({ name: `${full}.${each}`, facade, call: (_, args) => method(each)(value, args), keeps: kept(each, value) && 1 }));
    // A second argument may ask for the work to be done in place.
    const alone = prefix === 'torch.nn.functional';
    return [{ name: full, facade, call: apply(value), keeps: kept(name, value), alone }, ...own];
  });
}

/** The first arguments that make a layer or an optimiser. */
const candidates: readonly (() => readonly unknown[])[] = [
  () => [], () => [3], () => [2, 3], () => [[3]], () => [0.5], () => [1, 2], () => [1, [3, 1]], () => [[new torch.nn.Linear(2, 2)]],
];

function recipe(make: (args: readonly unknown[]) => object): (() => object) | null {
  for (const args of candidates) {
    try {
      make(args());
      return () => make(args());
    } catch {
      // The next arguments may do.
    }
  }
  return null;
}

const classesOf = (module: object): [string, new (...args: readonly unknown[]) => object][] =>
  Object.entries(module).filter(([, value]) => typeof value === 'function' && isClass(value as object)) as never;

function layers(): Target[] {
  return classesOf(torch.nn).flatMap(([name, Layer]) => {
    const make = recipe((args) => new Layer(...args));
    if (make === null || typeof make() !== 'function') return [];
    const call: Target['call'] = (layer, args) => (layer as Callable)(...args);
    return [{ name: `torch.nn.${name}()()`, facade: 'torch', receiver: make, call, keeps: 1 } as const];
  });
}

const parameter = (): torch.Tensor => new torch.nn.Parameter(torch.ones(3)) as torch.Tensor;

function optimizers(): Target[] {
  const made = classesOf(torch.optim).flatMap(([name, Class]) => {
    const make = (): object => new Class([parameter()], { lr: 0.1 });
    try {
      return methodsOf(`torch.optim.${name}()`, 'torch', (make(), make));
    } catch {
      return [];
    }
  });
  const schedules = classesOf(torch.optim.lr_scheduler).flatMap(([name, Class]) => {
    const make = recipe((args) => new Class(new torch.optim.SGD([parameter()], { lr: 0.1 }), ...args));
    return make === null ? [] : methodsOf(`torch.optim.lr_scheduler.${name}()`, 'torch', make);
  });
  return [...made, ...schedules];
}

export function allTargets(): Target[] {
  const arrays = ([['np', 'ndarray', 'numpy', np.ndarray], ['torch', 'Tensor', 'torch', torch.Tensor]] as const).flatMap(
    ([prefix, receiver, facade, { prototype }]) => methodNames(prototype).map((name): Target =>
      ({ name: `${prefix}.${receiver}.${name}`, facade, receiver, call: method(name), keeps: writers.test(name) ? 0 : 1 })));
  const { nn, optim, autograd, utils } = torch;
  const generators: readonly (readonly [string, Target['facade'], () => object])[] = [
    ['np.random.default_rng()', 'numpy', () => np.random.default_rng(0)],
    ['np.random.RandomState()', 'numpy', () => new np.random.RandomState(0)],
    ['torch.Generator()', 'torch', () => torch.Generator()],
    ['torch.nn.Linear()', 'torch', () => new nn.Linear(2, 3)],
    ['torch.nn.Sequential()', 'torch', () => new nn.Sequential(new nn.Linear(2, 3))],
    ['torch.nn.ModuleList()', 'torch', () => new nn.ModuleList([new nn.Linear(2, 3)])],
    ['torch.nn.ModuleDict()', 'torch', () => new nn.ModuleDict({ a: new nn.Linear(2, 3) })],
  ];
  return [
    ...exportsOf('np', 'numpy', np), ...exportsOf('np.random', 'numpy', np.random), ...exportsOf('torch', 'torch', torch),
    ...exportsOf('torch.nn', 'torch', nn), ...exportsOf('torch.nn.functional', 'torch', nn.functional),
    ...exportsOf('torch.nn.init', 'torch', nn.init), ...exportsOf('torch.nn.utils', 'torch', nn.utils),
    ...exportsOf('torch.optim', 'torch', optim), ...exportsOf('torch.optim.lr_scheduler', 'torch', optim.lr_scheduler),
    ...exportsOf('torch.autograd', 'torch', autograd), ...exportsOf('torch.autograd.functional', 'torch', autograd.functional),
    ...exportsOf('torch.utils.data', 'torch', utils.data), ...exportsOf('torch.cuda', 'torch', torch.cuda),
    ...exportsOf('torch.profiler', 'torch', torch.profiler), ...exportsOf('flambeau', 'numpy', flambeau),
    ...arrays, ...generators.flatMap(([name, facade, make]) => methodsOf(name, facade, make)), ...layers(), ...optimizers(),
  ];
}
