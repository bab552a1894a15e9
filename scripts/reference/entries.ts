import * as flambeau from '../../src/index.ts';
import * as np from '../../src/numpy/index.ts';
import { Flags } from '../../src/numpy/ndarray/flags.ts';
import { GradFn } from '../../src/torch/autograd/gradFn.ts';
import * as torch from '../../src/torch/index.ts';
import * as safetensors from '../../src/torch/safetensors/index.ts';
import type { Docstring, Example } from '../examples/extract.ts';
import { declaredAs, isDeclared, undeclared } from './signatures.ts';
import type { Declared } from './sources.ts';
import {
  baseOf, classNamed, classOf, declarationOf, exportOf, interfaceOf, membersDeclared, moduleOf, namespaceOf, parametersOf, typeOf,
} from './sources.ts';

/** Every export of both façades and every member of their classes, each with what the reference says of it. */

/** One name of the reference. */
export interface Entry {
  readonly name: string;
  /** As programs write it: `torch.sum`, `x.sum` for a method. */
  readonly written: string;
  /** The parameters of each overload; none of what is not called. */
  readonly signatures: readonly string[];
  /** How the instances of a layer are called. */
  readonly forward?: readonly string[];
  readonly summary: string;
  readonly examples: readonly Example[];
  /** Where the example is that shows it, if it has none of its own: a page and an entry of it, or the group that it is in. */
  readonly shownBy: string | null;
  /** What it is but for its name, or a method but for its object: a page and an entry of it. */
  readonly sameAs: string | null;
  readonly isClass: boolean;
  /** The file that declares it, null of a method. */
  readonly file: string | null;
  readonly members: readonly Entry[];
}

/** A page of the reference: a namespace or a class. */
export interface Page {
  readonly name: string;
  /** What it says of itself. */
  readonly intro: Docstring | null;
  /** Other names of the namespace. */
  readonly aliases: string[];
  readonly entries: readonly Entry[];
}

type Names = Readonly<Record<string, unknown>>;
type Class = abstract new (...args: never) => object;

/** Methods that JavaScript itself calls. */
const protocol: ReadonlySet<string> = new Set(['constructor', 'toString', 'toJSON']);

/** Classes with pages of their own: where members are declared besides the class, and functions that are methods. */
interface OwnPage {
  readonly type: Class;
  readonly file: string;
  readonly declared: string;
  readonly interfaces: readonly (readonly [file: string, name: string])[];
  /** The module that collects functions which are methods, or none. */
  readonly methods: string | null;
  readonly namespace: string;
  /** Methods by names that the functions have not. */
  readonly renamed: Names;
}

const ownPages: Readonly<Record<string, OwnPage>> = {
  'numpy.ndarray': {
    type: np.ndarray, file: 'src/numpy/ndarray/ndarray.ts', declared: 'ndarray', namespace: 'numpy', methods: null,
    interfaces: [['src/numpy/ndarray/methods.ts', 'OwnMethods'], ['src/numpy/ndarray/attributes.ts', 'Attributes']],
    renamed: {
      sub: 'subtract', mul: 'multiply', div: 'divide', neg: 'negative', eq: 'equal', ne: 'not_equal', lt: 'less', le: 'less_equal',
      gt: 'greater', ge: 'greater_equal',
    },
  },
  'torch.Tensor': {
    type: torch.Tensor as unknown as Class, file: 'src/torch/tensor/tensor.ts', declared: 'Tensor', namespace: 'torch',
    interfaces: [['src/torch/tensor/methodTypes.ts', 'OverloadedMethods']], methods: 'src/torch/tensor/methodModules.ts', renamed: {},
  },
};

const namespaces: Readonly<Record<string, Names>> = { numpy: np as unknown as Names, torch: torch as unknown as Names };

/** Signatures that classes of another name declare. */
const sharedBy: Readonly<Record<string, string>> = Object.fromEntries(
  ['Dropout', 'Dropout1d', 'Dropout2d', 'Dropout3d', 'AlphaDropout', 'FeatureAlphaDropout'].map((name) => [name, '_DropoutNd']));

/** What a docstring says, without where it comes from. */
export const textOf = (docstring: Docstring | null): string => (docstring?.summary ?? '').replace(/\s*Source: [\w., ]+?\.(?=\s|$)/, '');

/** Examples that show what they give. */
const shownIn = (docstring: Docstring | null): readonly Example[] =>
  (docstring?.examples ?? []).filter(({ code }) => code.includes('// →'));

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

const mentions = (examples: readonly Example[], pattern: RegExp): boolean => examples.some(({ code }) => pattern.test(code));

/** The names under which PyTorch's functions declare their signatures. */
const declaredName = new Map<unknown, string>();
for (const [name, value] of Object.entries(torch)) if (isDeclared(name)) declaredName.set(value, name);

/** Keys under which a function's signature may have been declared. */
function signatureKeys(page: string, name: string, value: unknown): readonly string[] {
  const own = (value as { readonly name?: string } | null)?.name ?? name;
  if (page === 'numpy') return [`numpy.${name}`, `numpy.${own}`];
  if (page === 'numpy.random') return [`numpy.random.${name}`, `numpy.random.RandomState.${name}`];
  if (page.startsWith('numpy.')) return [`${page}.${name}`];
  if (page === 'safetensors') return [`safetensors.${name}`];
  if (page === 'torch') return [declaredName.get(value) ?? name];
  const inner = page.slice('torch.'.length);
  // PyTorch's messages know functions of the core by longer names.
  const elsewhere = declaredName.get(value);
  return [`${inner}.${name}`, `${inner}.${inner}_${name}`, `${inner}_${name}`, ...elsewhere === undefined ? [] : [elsewhere]];
}

function signaturesOf(page: string, name: string, value: unknown, declared: Declared): readonly string[] {
  const key = signatureKeys(page, name, value).find(isDeclared);
  if (key !== undefined) return declaredAs(key);
  const written = undeclared[`${page}.${name}`];
  if (written !== undefined) return written;
  const parameters = parametersOf(declared);
  return parameters === null ? [] : [parameters];
}

/** The names by which NumPy's messages know the classes of polynomials, under which their methods declare signatures. */
function sharedNames(owner: string): readonly string[] {
  const name = owner.slice(owner.lastIndexOf('.') + 1);
  if (owner === 'numpy.poly1d') return [name];
  return owner.startsWith('numpy.polynomial.') && /^[A-Z]/.test(name) ? [name, 'ABCPolyBase'] : [];
}

/** The declaration of a class, or of the first above it that one can find. */
function declaredClass(value: unknown, declared: Declared): Declared | null {
  const own = classOf(declared);
  if (own !== null) return own;
  let at: object | null = (value as Class).prototype;
  for (; at !== null; at = parentOf(at)) {
    const found = classNamed((at.constructor as { readonly name: string }).name);
    if (found !== null) return found;
  }
  return null;
}

/** Of names of one thing, the one that the others are other names of. */
function mainName(names: readonly string[], value: unknown, file: string): string {
  const { name } = (value ?? {}) as { readonly name?: string };
  const plain = names.find((each) => exportOf(file, each)?.node.init?.type !== 'Identifier');
  return name !== undefined && names.includes(name) ? name : plain ?? names[0];
}

function constructorOf(page: string, name: string, type: Declared | null): readonly string[] {
  const keys = page === 'numpy.random' ? [`numpy.random.__init__#${name}`]
    : sharedNames(`${page}.${name}`).length > 0 ? sharedNames(`${page}.${name}`).map((each) => `${each}.__init__`)
    : [`numpy.${name}`, `${sharedBy[name] ?? name}.__init__`, ...(page === 'torch' ? [name] : [])]
      .filter((each) => each.startsWith('numpy') === page.startsWith('numpy'));
  const key = keys.find(isDeclared);
  if (key !== undefined) return declaredAs(key);
  if (undeclared[`${page}.${name}`] !== undefined) return undeclared[`${page}.${name}`];
  for (let at = type; at !== null; at = baseOf(at)) {
    const made = membersDeclared(at).filter((each) => each.name === 'constructor');
    if (made.length > 0) return made.slice(0, Math.max(1, made.length - 1)).map((each) => parametersOf(each) ?? '');
  }
  return [''];
}

const parentOf = (value: object): object | null => Object.getPrototypeOf(value) as object | null;

const isPlain = (value: unknown): value is Names =>
  typeof value === 'object' && value !== null && [null, Object.prototype].includes(parentOf(value));

const isPrivate = ({ node, name, docstring }: Declared): boolean =>
  name.startsWith('_') || node.accessibility === 'private' || node.accessibility === 'protected' || docstring?.internal === true;

/** Members that are declared in a class, above it up to one with an entry of its own, and besides it. */
function declaredMembers(type: Declared | null, stop: ReadonlySet<string>): Map<string, Declared[]> {
  const found = new Map<string, Declared[]>();
  for (let at = type; at !== null && (at === type || !stop.has(`${at.file} ${at.name}`)); at = baseOf(at)) {
    const here = new Set(found.keys());
    for (const each of membersDeclared(at)) {
      const below = found.get(each.name) ?? [];
      // What overrides it may leave unsaid what is the same.
      found.set(each.name, here.has(each.name)
        ? below.map((one) => ({ ...one, docstring: one.docstring ?? each.docstring })) : [...below, each]);
    }
  }
  return found;
}

/** The names that instances of a class have by their prototypes, up to a class that has an entry of its own. */
function runtimeMembers(type: Class, documented: ReadonlySet<object>): Map<string, PropertyDescriptor> {
  const found = new Map<string, PropertyDescriptor>();
  const above = new Set<string>();
  let at = parentOf(type.prototype);
  while (at !== null && !documented.has(at)) at = parentOf(at);
  for (; at !== null; at = parentOf(at)) for (const name of Object.getOwnPropertyNames(at)) above.add(name);
  for (let at: object | null = type.prototype; at !== null && at !== Object.prototype; at = parentOf(at)) {
    if (at !== type.prototype && documented.has(at)) break;
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (!protocol.has(name) && !/^(_|-?\d)/.test(name) && !above.has(name) && !found.has(name)) found.set(name, descriptor);
    }
  }
  return found;
}

/** Builds the pages of the façades, a page for each namespace. */
class Walk {
  readonly pages: Page[] = [];
  /** The prototypes of classes that have entries. */
  private readonly documented: ReadonlySet<object>;
  /** The declarations of those classes. */
  private readonly classes: ReadonlySet<string>;
  /** The name under which something is described. */
  private readonly described = new Map<unknown, string>();

  constructor(roots: readonly (readonly [name: string, names: Names, file: string])[]) {
    const prototypes = new Set<object>([Array.prototype, Error.prototype, Function.prototype]);
    const classes = new Set(Object.values(ownPages).map(({ file, declared }) => `${file} ${declared}`));
    const collect = (names: Names, file: string): void => {
      for (const [name, value] of Object.entries(names)) {
        const inner = namespaceOf(file, name);
        if (inner !== null) {
          collect(value as Names, inner);
          continue;
        }
        const declared = exportOf(file, name);
        const type = declared && classOf(declared);
        if (type) classes.add(`${type.file} ${type.name}`);
        if (typeof value === 'function' && (type || /^[A-Z]/.test(name))) prototypes.add((value as Class).prototype);
      }
    };
    for (const [, names, file] of roots) collect(names, file);
    this.documented = prototypes;
    this.classes = classes;
    for (const [name, names, file] of roots) this.namespace(name, names, file);
  }

  private namespace(page: string, names: Names, file: string): void {
    const own = Object.entries(names).filter(([name]) => namespaceOf(file, name) === null).map(([name, value]) => {
      const declared = exportOf(file, name);
      if (declared === null) throw new Error(`${page}.${name} is exported by ${file}, but not found there`);
      return [name, value, declared] as const;
    }).toSorted(([name, , a], [other, , b]) => (a.file !== b.file ? (a.file < b.file ? -1 : 1)
      // Those of one statement come in an order that does not depend on who loads the module.
      : a.node.start - b.node.start || (name < other ? -1 : 1)));
    const namesOf = new Map<unknown, string[]>();
    for (const [name, value] of own) {
      if (typeof value === 'function' || (typeof value === 'object' && value !== null)) {
        namesOf.set(value, [...namesOf.get(value) ?? [], name]);
      }
    }
    const entries: Entry[] = [];
    for (const [name, value, declared] of own) {
      // A dict of values, which no interface describes, is a value itself.
      if (isPlain(value) && typeOf(declared) !== null) {
        this.object(page, name, value, declared);
        continue;
      }
      const main = mainName(namesOf.get(value) ?? [name], value, file);
      const written = this.described.get(value) ?? `${page}.${main}`;
      entries.push(this.exported(page, name, value, declared, written === `${page}.${name}` ? null : written));
    }
    for (const [value, all] of namesOf) {
      if (!this.described.has(value)) this.described.set(value, `${page}.${mainName(all, value, file)}`);
    }
    if (entries.length > 0) this.pages.push({ name: page, intro: moduleOf(file).loose[0] ?? null, aliases: [], entries });
    for (const [name, value] of Object.entries(names).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const inner = namespaceOf(file, name);
      if (inner !== null) this.namespace(`${page}.${name}`, value as Names, inner);
    }
  }

  /** A namespace that is one object, its functions described by its type. */
  private object(page: string, name: string, value: Names, declared: Declared): void {
    const type = typeOf(declared);
    const written = `${page}.${name}`;
    const before = this.described.get(value);
    if (before !== undefined) {
      this.pages.find((each) => each.name === before)!.aliases.push(written);
      return;
    }
    if (type === null) throw new Error(`${written} is an object whose type has no name`);
    this.described.set(value, written);
    this.interfacePage(written, value, type);
  }

  /** The page of an object that an interface describes. */
  private interfacePage(page: string, value: Names, type: Declared): void {
    const members = declaredMembers(type, new Set());
    const said = Object.entries(value).filter(([name]) => members.has(name) && !members.get(name)!.some(isPrivate));
    const entries = said.map(([name, member]): Entry => {
      const [found] = members.get(name)!;
      const named = declarationOf(type.file, name);
      const own = named === null ? null : classOf(named);
      const docstring = own === null ? found.docstring : named!.docstring;
      const examples = shownIn(docstring);
      const written = `${page}.${name}`;
      // PyTorch's names are declared without their root.
      const key = written.replace(/^torch\./, '');
      const parameters = parametersOf(found);
      return {
        name, written, examples, summary: textOf(docstring), sameAs: null, isClass: own !== null, file: type.file,
        signatures: own !== null ? constructorOf(page, name, own) : isDeclared(key) ? declaredAs(key)
          : parameters === null ? [] : [parameters],
        shownBy: examples.length === 0 && mentions(shownIn(type.docstring), new RegExp(`\\.${name}\\b`)) ? '' : null,
        members: own === null ? [] : this.members(written, member as Class, own, docstring),
      };
    });
    this.pages.push({ name: page, intro: type.docstring, aliases: [], entries });
  }

  /** The page of a class that programs meet, though it is exported by no name of its own. */
  private hiddenClass(page: string, type: unknown, declared: Declared): void {
    const entries = this.members(page, type as Class, declared, declared.docstring)
      .map((entry) => ({ ...entry, file: declared.file, shownBy: entry.shownBy === page ? '' : entry.shownBy }));
    this.pages.push({ name: page, intro: declared.docstring, aliases: [], entries });
  }

  /** What has no name of its own: the methods of ufuncs, what dtypes and flags say, and the ops that made tensors. */
  ofNoName(): void {
    this.hiddenClass('numpy.ndarray.flags', Flags, declarationOf('src/numpy/ndarray/flags.ts', 'FlagsOfArray')!);
    this.hiddenClass('torch.autograd.graph.Node', GradFn, declarationOf('src/torch/autograd/gradFn.ts', 'GradFn')!);
    this.interfacePage('numpy.ufunc', np.add as unknown as Names, interfaceOf('src/numpy/ufunc/methods.ts', 'BinaryUfunc'));
    this.interfacePage('numpy.dtype', np.float64 as unknown as Names, interfaceOf('src/numpy/dtypes/dtype.ts', 'dtype'));
  }

  private exported(page: string, name: string, value: unknown, declared: Declared, twin: string | null): Entry {
    const isConstant = typeof value !== 'function' || value instanceof np.dtype;
    const isClass = !isConstant && (classOf(declared) !== null || (/^[A-Z]/.test(name) && 'prototype' in value));
    const type = isClass ? declaredClass(value, declared) : null;
    const written = `${page}.${name}`;
    // What makes a class callable may leave the rest to the class.
    const own = shownIn(declared.docstring).length > 0 || shownIn(type?.docstring ?? null).length === 0;
    const docstring = own ? declared.docstring : type!.docstring;
    const examples = shownIn(docstring);
    const group = moduleOf(declared.file).loose.some((each) => mentions(shownIn(each), new RegExp(`\\b${name}\\b`)));
    const base = type?.docstring === undefined ? declared : classOf(declared) ?? declared;
    return {
      name, written, examples, summary: textOf(docstring), file: base.file, isClass, sameAs: twin,
      signatures: isConstant ? [] : isClass ? constructorOf(page, name, type) : signaturesOf(page, name, value, declared),
      forward: isClass && page === 'torch.nn' ? declaredAs(`${name}.forward`) : [],
      shownBy: examples.length > 0 ? null : twin ?? (group ? '' : null),
      members: isClass && ownPages[written] === undefined && twin === null
        ? this.members(written, value as unknown as Class, type, docstring) : [],
    };
  }

  /** What the instances of a class have, and the class itself. */
  private members(
    owner: string, value: Class, type: Declared | null, docstring: Docstring | null = type?.docstring ?? null,
  ): Entry[] {
    const declared = declaredMembers(type, this.classes);
    const described = shownIn(docstring);
    const entries: Entry[] = [];
    // What a field holds is shown where its object is.
    const add = (each: string, isCalled: boolean, found: readonly Declared[], isField = false): void => {
      const said = found.find((one) => one.docstring !== null)?.docstring ?? null;
      const examples = shownIn(said);
      // The stream that the functions of np.random share is one.
      const same = owner === 'numpy.random.RandomState' && examples.length === 0 && each in np.random ? `numpy.random.${each}` : null;
      const keys = [owner, owner.replace(/^torch\./, ''), owner.replace(/^torch.*\.(?=\w+$)/, ''), ...sharedNames(owner)]
        .map((one) => `${one}.${each}`);
      const key = keys.find(isDeclared);
      const written = unique(found.map(parametersOf).filter((one) => one !== null));
      entries.push({
        name: each, written: `${owner}.${each}`, examples, summary: textOf(said), file: null, members: [], isClass: false, sameAs: same,
        signatures: !isCalled ? [] : key !== undefined ? declaredAs(key) : written.length > 1 ? written.slice(0, -1) : written,
        shownBy: examples.length > 0 ? null : isField || mentions(described, new RegExp(`\\.${each}\\b`)) ? owner : same,
      });
    };
    const runtime = runtimeMembers(value, this.documented);
    if (Object.values(ownPages).some((each) => each.type.prototype === value.prototype)) return [];
    for (const [each, descriptor] of runtime) {
      const found = declared.get(each) ?? [];
      if (found.some(isPrivate)) continue;
      add(each, typeof descriptor.value === 'function', found);
    }
    for (const [each, found] of declared) {
      const [one] = found;
      if (runtime.has(each) || isPrivate(one) || each === 'constructor' || protocol.has(each)) continue;
      // What overrides has an entry only where it is called otherwise, and says so.
      const overrides = isDeclared(`${owner.replace(/^.*\./, '')}.${each}`) && found.some((form) => shownIn(form.docstring).length > 0);
      const isMethod = overrides || (one.node.type === 'MethodDefinition' && one.node.static === true);
      if (isMethod || (one.docstring !== null && one.node.type === 'PropertyDefinition')) {
        const isCalled = isMethod || isDeclared(`${owner}.${each}`);
        add(each, isCalled, found, !isCalled);
      }
    }
    return entries;
  }

  /** The page of a class whose methods are largely functions of its namespace. */
  ownPage(page: string): void {
    const { type, file, declared, interfaces, methods, namespace, renamed } = ownPages[page];
    const members = declaredMembers(exportOf(file, declared), new Set());
    for (const [where, name] of interfaces) {
      for (const each of membersDeclared(interfaceOf(where, name))) members.set(each.name, [...members.get(each.name) ?? [], each]);
    }
    const functions = new Map(this.pages.find(({ name }) => name === namespace)!.entries.map((each) => [each.name, each]));
    const entries: Entry[] = [];
    const byName = [...runtimeMembers(type, new Set())].toSorted(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    for (const [name, descriptor] of byName) {
      const own = members.get(name) ?? (methods === null ? [] : methodIn(methods, name));
      if (own.some(isPrivate)) continue;
      const said = own.find((each) => each.docstring !== null)?.docstring ?? null;
      const plain = name.replace(/(?<=.)_$/, '');
      const target = String(renamed[plain] ?? plain);
      const like = functions.get(target);
      const key = (namespace === 'numpy' ? [`numpy.ndarray.${name}`] : [`Tensor.${name}`, name]).find(isDeclared);
      const isCalled = typeof descriptor.value === 'function';
      const isSame = own.length === 0 || own[0] === exportOf(`src/${namespace}/index.ts`, target)
        || (said?.examples.length === 0 && plain === name);
      // In-place forms of what is a method alone are described where that is.
      const [form] = own.length === 0 && like === undefined && plain !== name && methods !== null ? methodIn(methods, plain) : [];
      const sameAs = isCalled && isSame && like !== undefined && like.signatures.length > 0 ? like.written
        : form === undefined ? null : `${page}.${plain}`;
      const written = unique(own.map(parametersOf).filter((each) => each !== null));
      entries.push({
        name, written: `${page}.${name}`, examples: sameAs === null ? shownIn(said) : [], file: null, members: [], isClass: false, sameAs,
        summary: textOf(said) || (sameAs === null ? '' : like?.summary ?? textOf(form.docstring)), shownBy: sameAs,
        signatures: !isCalled ? [] : key !== undefined ? declaredAs(key, true) : written.length > 0 ? written
          : like === undefined ? ['*args'] : methodSignatures(namespace, target, like),
      });
    }
    this.pages.push({ name: page, intro: exportOf(file, declared)!.docstring, aliases: [], entries });
  }
}

/** The signatures of a function without its first parameter. */
function methodSignatures(namespace: string, name: string, { signatures }: Entry): readonly string[] {
  const [key] = signatureKeys(namespace, name, namespaces[namespace][name]).filter(isDeclared);
  if (key !== undefined) return declaredAs(key, true);
  return signatures.map((each) => each.split(', ').slice(1).join(', ').replace(/^\/, /, ''));
}

/** A method among the modules that a module collects. */
function methodIn(file: string, name: string): Declared[] {
  const { imported } = moduleOf(file);
  for (const [local, from] of imported) {
    const found = from.name === '*' ? exportOf(from.file, name) : local === name ? exportOf(from.file, from.name) : null;
    if (found !== null) return [found];
  }
  return [];
}

/** All pages, those of classes behind that of their namespace. */
export function referencePages(): readonly Page[] {
  const walk = new Walk([
    ['numpy', namespaces.numpy, 'src/numpy/index.ts'], ['torch', namespaces.torch, 'src/torch/index.ts'],
    ['flambeau', flambeau as unknown as Names, 'src/index.ts'], ['safetensors', safetensors, 'src/torch/safetensors/index.ts'],
  ]);
  for (const page of Object.keys(ownPages)) walk.ownPage(page);
  walk.ofNoName();
  return walk.pages.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** What is missing for every entry to have a line and an example. */
export function lacking(pages: readonly Page[]): readonly string[] {
  const entries = pages.flatMap((page) => page.entries.flatMap((entry) => [entry, ...entry.members]));
  const byName = new Map(entries.map((entry) => [entry.written, entry]));
  const isShown = ({ examples, shownBy }: Entry): boolean =>
    examples.length > 0 || shownBy === '' || (shownBy !== null && byName.has(shownBy) && isShown(byName.get(shownBy)!));
  return entries.flatMap((entry) => [
    ...entry.summary === '' && entry.sameAs === null ? [`${entry.written} has no line that says what it is`] : [],
    ...isShown(entry) ? [] : [`${entry.written} has no example`],
  ]);
}
