import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { root } from '../build/stamp.ts';
import type { Docstring } from '../examples/extract.ts';
import { docstringsOf } from '../examples/extract.ts';

/** Where the names that a module exports are declared, and what their docstrings say. */

/** A node of the syntax tree, of which each kind has some of these fields. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly name?: string;
  readonly value?: Node | string | number | boolean | null;
  readonly id?: Node | null;
  readonly key?: Node;
  readonly body?: Node | readonly Node[] | null;
  readonly init?: Node | null;
  readonly left?: Node;
  readonly right?: Node;
  readonly argument?: Node;
  readonly callee?: Node;
  readonly arguments?: readonly Node[];
  readonly params?: readonly Node[];
  readonly properties?: readonly Node[];
  readonly declaration?: Node | null;
  readonly declarations?: readonly Node[];
  readonly superClass?: Node | null;
  readonly source?: Node | null;
  readonly specifiers?: readonly Node[];
  readonly local?: Node;
  readonly exported?: Node | null;
  readonly imported?: Node;
  readonly accessibility?: string | null;
  readonly optional?: boolean;
  readonly static?: boolean;
  readonly expression?: Node;
  /** A type behind a name: the node of the colon holds that of the type. */
  readonly typeAnnotation?: Node;
  readonly typeName?: Node;
  readonly members?: readonly Node[];
  readonly types?: readonly Node[];
}

/** What is declared under a name, at the top of a module or in a class. */
export interface Declared {
  readonly file: string;
  readonly name: string;
  readonly node: Node;
  readonly docstring: Docstring | null;
}

/** A name of another module, or all of them where it is '*'. */
interface Elsewhere {
  readonly file: string;
  readonly name: string;
}

interface Module {
  readonly source: Text;
  /** Docstrings of no declaration, but of what comes after them. */
  readonly loose: readonly Docstring[];
  readonly declared: ReadonlyMap<string, Declared>;
  /** Interfaces, which may have the name of a value. */
  readonly interfaces: ReadonlyMap<string, Declared>;
  readonly imported: ReadonlyMap<string, Elsewhere>;
  readonly exported: ReadonlyMap<string, Elsewhere>;
  /** Modules all of whose names are exported. */
  readonly passedOn: readonly string[];
}

const modules = new Map<string, Module>();
const textOf = (node: Node): string => node.name ?? String(node.value as string);

function declarationsIn(statement: Node): readonly (readonly [string, Node])[] {
  if (statement.type === 'VariableDeclaration') {
    return statement.declarations!.flatMap((each) => (each.id!.properties === undefined ? [[textOf(each.id!), each] as const]
      : each.id!.properties.filter(({ key }) => key !== undefined).map((property) => [textOf(property.value as Node), property] as const)));
  }
  return statement.id?.name === undefined || /^TS(TypeAlias|Module)/.test(statement.type) ? [] : [[statement.id.name, statement]];
}

class Text {
  readonly file: string;
  readonly text: string;
  private readonly docstrings: readonly Docstring[];
  private readonly attached = new Set<Docstring>();

  constructor(file: string) {
    this.file = file;
    this.text = readFileSync(join(root, file), 'utf8');
    this.docstrings = docstringsOf(file, this.text);
  }

  statements(): readonly Node[] {
    return parseSync(this.file, this.text).program.body as unknown as readonly Node[];
  }

  /** The docstring right before a node. */
  before(node: Node): Docstring | null {
    const found = this.docstrings.findLast(({ end }) => end <= node.start) ?? null;
    if (found === null || !/^[^\S\n]*\n?[^\S\n]*$/.test(this.text.slice(found.end, node.start))) return null;
    this.attached.add(found);
    return found;
  }

  /** Docstrings that stand between statements, and before none that was asked for. */
  loose(statements: readonly Node[]): Docstring[] {
    return this.docstrings.filter((each) => !this.attached.has(each)
      && !statements.some(({ start, end }) => start < each.start && each.end <= end));
  }

  /** The path of a module that this one names. */
  other(source: Node): string {
    return join(dirname(this.file), String(source.value as string));
  }
}

/** The parts of a module, read once. */
export function moduleOf(file: string): Module {
  const known = modules.get(file);
  if (known !== undefined) return known;
  const source = new Text(file);
  const declared = new Map<string, Declared>();
  const interfaces = new Map<string, Declared>();
  const imported = new Map<string, Elsewhere>();
  const exported = new Map<string, Elsewhere>();
  const passedOn: string[] = [];
  const statements = source.statements();
  for (const statement of statements) {
    const { source: from, specifiers } = statement;
    if (statement.type === 'ImportDeclaration') {
      for (const each of specifiers!) {
        const whole = each.type === 'ImportNamespaceSpecifier';
        const name = whole ? '*' : each.imported === undefined ? 'default' : textOf(each.imported);
        imported.set(textOf(each.local!), { file: source.other(from!), name });
      }
    } else if (statement.type === 'ExportAllDeclaration') {
      if (statement.exported) exported.set(textOf(statement.exported), { file: source.other(from!), name: '*' });
      else passedOn.push(source.other(from!));
    } else if (specifiers !== undefined && specifiers.length > 0) {
      for (const each of specifiers) {
        exported.set(textOf(each.exported!), { file: from ? source.other(from) : file, name: textOf(each.local!) });
      }
    } else {
      const inner = statement.declaration ?? statement;
      for (const [name, node] of declarationsIn(inner)) {
        const docstring = source.before(node) ?? source.before(statement);
        if (node.type === 'TSInterfaceDeclaration') {
          interfaces.set(name, { file, name, node, docstring });
        } else if (!declared.has(name) || declared.get(name)!.docstring === null) {
          // Of overloads the first says what it is.
          declared.set(name, { file, name, node, docstring });
        }
        if (statement.declaration) exported.set(name, { file, name });
      }
    }
  }
  const made: Module = { source, loose: source.loose(statements), declared, interfaces, imported, exported, passedOn };
  modules.set(file, made);
  return made;
}

/** Where a name that a module knows is declared; null of a module as a whole. */
export function declarationOf(file: string, name: string): Declared | null {
  const { declared, imported } = moduleOf(file);
  const own = declared.get(name);
  if (own !== undefined) return own;
  const from = imported.get(name);
  return from === undefined || from.name === '*' ? null : exportOf(from.file, from.name);
}

/** Where a name that a module exports is declared; null where it exports none of that name, or a whole module. */
export function exportOf(file: string, name: string): Declared | null {
  const { exported, passedOn } = moduleOf(file);
  const target = exported.get(name);
  if (target !== undefined) {
    if (target.name === '*') return null;
    return target.file === file ? declarationOf(file, target.name) : exportOf(target.file, target.name);
  }
  for (const each of passedOn) {
    const found = exportOf(each, name);
    if (found !== null) return found;
  }
  return null;
}

/** The module that a module exports whole under a name. */
export function namespaceOf(file: string, name: string): string | null {
  const target = moduleOf(file).exported.get(name);
  return target?.name === '*' ? target.file : null;
}

/** An expression without what it is said to be. */
function bare(node: Node | null | undefined): Node | null | undefined {
  return node?.type === 'TSAsExpression' ? bare(node.expression) : node;
}

/** The class behind an exported name: itself, or what a function that makes it callable was given. */
export function classOf(declared: Declared): Declared | null {
  const { file, node } = declared;
  if (node.type === 'ClassDeclaration') return declared;
  return classIn(file, bare(node.init));
}

/** The class among the arguments of a call, or of one that is an argument. */
function classIn(file: string, call: Node | null | undefined): Declared | null {
  if (call?.type !== 'CallExpression') return null;
  for (const each of call.arguments!.map(bare)) {
    const found = each?.type === 'Identifier' ? declarationOf(file, each.name!) : null;
    const own = found?.node.type === 'ClassDeclaration' ? found : classIn(file, each);
    if (own !== null) return own;
  }
  return null;
}

/** The class that a class extends. */
export function baseOf({ file, node }: Declared): Declared | null {
  const base = node.superClass;
  const found = base?.type === 'Identifier' ? declarationOf(file, base.name!) : null;
  return found === null ? null : classOf(found);
}

function membersIn(file: string, nodes: readonly Node[]): Declared[] {
  const { source } = moduleOf(file);
  return nodes.filter(({ key }) => key?.type === 'Identifier' || key?.type === 'Literal')
    .map((node) => ({ file, name: textOf(node.key!), node, docstring: source.before(node) }));
}

let classes: ReadonlyMap<string, Declared> | null = null;

/** The class that is declared under a name anywhere in the sources. */
export function classNamed(name: string): Declared | null {
  classes ??= new Map(readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('generated'))
    .flatMap((path) => [...moduleOf(join('src', path)).declared.values()])
    .filter(({ node }) => node.type === 'ClassDeclaration').map((each) => [each.name, each]));
  return classes.get(name) ?? null;
}

const membersOf = new Map<Node, readonly Declared[]>();

/** The members of a class, an interface or an object, as written there. */
export function membersDeclared({ file, node }: Declared): readonly Declared[] {
  let found = membersOf.get(node);
  if (found === undefined) {
    const body = node.type === 'VariableDeclarator' ? node.init!.properties : (node.body as Node | null)?.body;
    found = membersIn(file, (body ?? []) as readonly Node[]);
    membersOf.set(node, found);
  }
  return found;
}

/** The interface that a type names in a module, which may have it from another. */
function interfaceNamed(file: string, name: string): Declared | null {
  const own = moduleOf(file).interfaces.get(name);
  const from = moduleOf(file).imported.get(name);
  return own ?? (from === undefined || from.name === '*' ? null : interfaceNamed(from.file, from.name));
}

/** What an object of options holds: nothing of types that are not ours. */
function optionsIn(file: string, type: Node | undefined): string[] {
  if (type?.type === 'TSUnionType') return type.types!.flatMap((each) => optionsIn(file, each));
  const members = type?.type === 'TSTypeLiteral' ? type.members! : type?.typeName?.name === undefined ? []
    : interfaceNamed(file, type.typeName.name)?.node.body as Node | undefined;
  const listed = (Array.isArray(members) ? members : (members as Node | undefined)?.body ?? []) as readonly Node[];
  return listed.filter(({ key }) => key !== undefined).map(({ key, optional }) => `${textOf(key!)}${optional ? '=None' : ''}`);
}

/** One parameter in Python's notation, or all that comes by name in an object at the end. */
function parameterTexts(node: Node, file: string): readonly string[] {
  const nameOf = (each: Node): string => (each.name ?? 'options').replace(/^_/, '');
  // What is only there to be refused is no parameter.
  if (node.type === 'RestElement') return nameOf(node.argument!) === 'surplus' ? [] : [`*${nameOf(node.argument!)}`];
  const target = node.type === 'AssignmentPattern' ? node.left! : node;
  if (/^(options|changes)$/.test(nameOf(target))) {
    const options = optionsIn(file, target.typeAnnotation?.typeAnnotation);
    return options.length === 0 ? [] : ['*', ...options];
  }
  if (node.type !== 'AssignmentPattern') return [node.optional ? `${nameOf(node)}=None` : nameOf(node)];
  const value = bare(node.right)!;
  const written = moduleOf(file).source.text.slice(value.start, value.end);
  const literals: Readonly<Record<string, string>> = { 'true': 'True', 'false': 'False', 'null': 'None' };
  return [`${nameOf(target)}=${literals[written] ?? written}`];
}

/** The parameters of a function or method as they are written there, in Python's notation; null of what is no function. */
export function parametersOf({ file, node }: Declared): string | null {
  const inner = node.type === 'VariableDeclarator' ? node.init : node.type === 'MethodDefinition' ? node.value as Node : node;
  const functions = /^(Function|ArrowFunction|TSDeclareFunction|TSEmptyBodyFunction|TSMethodSignature)/;
  if (inner?.params === undefined || !functions.test(inner.type)) return null;
  return inner.params.filter(({ name }) => name !== 'this').flatMap((each) => parameterTexts(each, file)).join(', ');
}

/** The interface of a name. */
export function interfaceOf(file: string, name: string): Declared {
  const found = moduleOf(file).interfaces.get(name);
  if (found === undefined) throw new Error(`${file} declares no interface ${name}`);
  return found;
}

/** The interface that a constant is said to have. */
export function typeOf({ file, node }: Declared): Declared | null {
  const name = node.id?.typeAnnotation?.typeAnnotation?.typeName?.name;
  return name === undefined ? null : moduleOf(file).interfaces.get(name) ?? null;
}
