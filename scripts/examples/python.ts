import { parseSync } from 'oxc-parser';

/**
 * An example as the Python program that it stands for: what a person who ports it back would write. Statement by statement, since what is
 * JavaScript's own has no Python, and what comes after it may depend on it.
 */

/** A node of the syntax tree, of which each kind has some of these fields. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly name?: string;
  readonly value?: unknown;
  readonly raw?: string;
  readonly bigint?: string;
  readonly operator?: string;
  readonly computed?: boolean;
  readonly shorthand?: boolean;
  readonly expression?: Node | boolean;
  readonly declarations?: readonly Node[];
  readonly id?: Node;
  readonly init?: Node | null;
  readonly left?: Node;
  readonly right?: Node;
  readonly argument?: Node;
  readonly callee?: Node;
  readonly object?: Node;
  readonly property?: Node;
  readonly key?: Node;
  readonly arguments?: readonly Node[];
  readonly elements?: readonly (Node | null)[];
  readonly properties?: readonly Node[];
  readonly params?: readonly Node[];
  readonly body?: Node;
}

/** JavaScript that has no Python. */
class Untranslatable extends Error {}

function fail(node: Node): never {
  throw new Untranslatable(node.type);
}

/** Names of JavaScript's, and those of them that have no Python. */
const globals: Readonly<Record<string, string>> = {
  NaN: 'math.nan', Infinity: 'math.inf', undefined: 'None', String: 'str', Number: 'float',
};
const own: ReadonlySet<string> = new Set([
  'flambeau', 'console', 'Object', 'Symbol', 'Date', 'Promise', 'performance', 'setTimeout', 'Blob',
]);
const typedArrays = new Map([
  ['Uint8Array', 'uint8'], ['Int32Array', 'int32'], ['Float32Array', 'float32'], ['Float64Array', 'float64'], ['BigInt64Array', 'int64'],
]);
/** Python's iterators are lists here. */
const listed: ReadonlySet<string> = new Set([
  'parameters', 'named_parameters', 'buffers', 'named_buffers', 'modules', 'named_modules', 'children', 'named_children', 'keys', 'values',
  'items',
]);
/** Functions that call what they are given, which Python's `with` does. */
const blocks: ReadonlySet<string> = new Set([
  'no_grad', 'enable_grad', 'inference_mode', 'printoptions', 'profile', 'record_function', 'cached',
]);
/** Methods that only JavaScript needs. */
const needless: ReadonlySet<string> = new Set(['toBigInt', 'toTypedArray', 'equals']);
const operators: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or' };
/** What stands before a name in a namespace; anything else is an object. */
const namespace = /^(np|torch|nn|optim|safetensors)(\.\w+)*$/;

const quote = (text: string): string => JSON.stringify(text);

function literal(node: Node): string {
  const { value, bigint } = node;
  if (bigint !== undefined) return bigint;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 1e16 ? String(value) : node.raw!;
  return fail(node);
}

/** One part of an index: a slice's text stands for itself. */
function index(node: Node): string {
  const isSlice = node.type === 'Literal' && typeof node.value === 'string' && /[:.]/.test(node.value);
  return isSlice ? (node.value as string).replaceAll('null', 'None') : expression(node);
}

function entry(node: Node): string {
  const { key, value } = node;
  if (key === undefined) return fail(node);
  return `${key.name ?? String(key.value)}=${expression(value as Node)}`;
}

function dictionary(node: Node): string {
  const entries = node.properties!.map(({ key, value }) => `${quote(key!.name ?? String(key!.value))}: ${expression(value as Node)}`);
  return `{${entries.join(', ')}}`;
}

/** Functions that take a dictionary as it is. */
const takesDictionary = /\b(ModuleDict|update|add_param_group|save|save_file)$/;

/** The arguments of a call, of which an object at the end is what is named. */
function callArguments(callee: string, given: readonly Node[]): string {
  return given.map((each, i) => {
    const isNamed = each.type === 'ObjectExpression' && i === given.length - 1 && !takesDictionary.test(callee);
    return isNamed ? each.properties!.map(entry).join(', ') : expression(each);
  }).filter((each) => each !== '').join(', ');
}

function call(node: Node): string {
  const callee = node.callee!;
  const given = node.arguments!;
  const typed = typedArrays.get(callee.name ?? '');
  if (typed !== undefined) {
    const values = callArguments('', given);
    return typed === 'uint8' ? `bytes(${values})` : `np.array(${values}, dtype='${typed}')`;
  }
  if (callee.type === 'MemberExpression' && callee.computed !== true) {
    const { name } = callee.property!;
    if (blocks.has(name!) || needless.has(name!)) return fail(node);
    const owner = expression(callee.object!);
    if (name === 'Complex') return `complex(${callArguments('', given)})`;
    if (name === 'slice' && /^(np|torch)$/.test(owner)) return `slice(${callArguments('', given)})`;
    if (name === 'at' && !namespace.test(owner)) return `${owner}[${given.map(index).join(', ')}]`;
    if (name === 'toBoolean') return `bool(${owner})`;
    if (name === 'toComplex') return `complex(${owner})`;
    if (name === 'has') return `(${expression(given[0])} in ${owner})`;
    if (name === 'map') return comprehension(owner, given[0]);
    if (listed.has(name!)) return `list(${owner}.${name}(${callArguments('', given)}))`;
    const values = callArguments(name!, given);
    // Arrays have NumPy's functions as methods here, which the other side has to look up.
    return namespace.test(owner) ? `${owner}.${name}(${values})` : `method(${owner}, ${quote(name!)})(${values})`;
  }
  const text = expression(callee);
  return `${text}(${callArguments(text, given)})`;
}

function pattern(node: Node): string {
  if (node.type === 'ArrayPattern') return `[${node.elements!.map((each) => (each === null ? '_' : pattern(each))).join(', ')}, *_]`;
  return node.type === 'Identifier' ? node.name! : fail(node);
}

function comprehension(owner: string, f: Node): string {
  if (f.type === 'Identifier') return `[${globals[f.name!] ?? fail(f)}(_) for _ in ${owner}]`;
  if (f.type !== 'ArrowFunctionExpression' || f.expression !== true || f.params!.length !== 1) return fail(f);
  return `[${expression(f.body!)} for ${pattern(f.params![0])} in ${owner}]`;
}

function member(node: Node): string {
  const { object, property, computed } = node;
  if (object!.name === 'Math') return `math.${property!.name!.toLowerCase()}`;
  const owner = expression(object!);
  if (computed === true) return `${owner}[${expression(property!)}]`;
  const { name } = property!;
  if (name === 'length') return `len(${owner})`;
  if (/^torch$/.test(owner) && (name === 'webgpu' || name === 'cuda')) return fail(node);
  if (namespace.test(owner)) return `${owner}.${name!}`;
  return `field(${owner}, ${quote(({ re: 'real', im: 'imag' } as Readonly<Record<string, string>>)[name!] ?? name!)})`;
}

function binary(node: Node): string {
  const [left, right] = [expression(node.left!), expression(node.right!)];
  if (node.operator === 'instanceof') return `isinstance(${left}, ${right})`;
  if (node.operator === '===') return `same(${left}, ${right})`;
  return `(${left} ${operators[node.operator!] ?? node.operator!} ${right})`;
}

function lambda(node: Node): string {
  if (node.expression !== true || node.params!.some(({ type }) => type !== 'Identifier')) return fail(node);
  return `(lambda ${node.params!.map(({ name }) => name!).join(', ')}: ${expression(node.body!)})`;
}

function unary(operator: string, argument: Node): string {
  if (operator === '!') return `(not ${expression(argument)})`;
  return operator === '-' && argument.value === 0 ? '-0.0' : `${operator}${expression(argument)}`;
}

function expression(node: Node): string {
  switch (node.type) {
    case 'Identifier': return own.has(node.name!) || typedArrays.has(node.name!) ? fail(node) : globals[node.name!] ?? node.name!;
    case 'Literal': return literal(node);
    case 'ArrayExpression': return `[${node.elements!.map((each) => expression(each!)).join(', ')}]`;
    case 'SpreadElement': return `*${expression(node.argument!)}`;
    case 'ObjectExpression': return dictionary(node);
    case 'MemberExpression': return member(node);
    case 'CallExpression': return call(node);
    case 'NewExpression': return call(node);
    case 'UnaryExpression': return unary(node.operator!, node.argument!);
    case 'BinaryExpression': case 'LogicalExpression': return binary(node);
    case 'ParenthesizedExpression': return `(${expression(node.expression as Node)})`;
    case 'TSNonNullExpression': case 'TSAsExpression': return expression(node.expression as Node);
    case 'ArrowFunctionExpression': return lambda(node);
    default: return fail(node);
  }
}

function declaration({ id, init }: Node): string {
  const value = expression(init!);
  if (id!.type === 'Identifier') return `${id!.name} = ${value}`;
  if (id!.type === 'ArrayPattern') return `${pattern(id!).replace(', *_]', ', *_]')} = ${value}`;
  if (id!.type !== 'ObjectPattern') return fail(id!);
  return id!.properties!.map(({ key }) => `${key!.name} = field(${value}, ${quote(key!.name!)})`).join('\n');
}

/** What is assigned to. */
function target(node: Node): string {
  if (node.type !== 'MemberExpression' || node.computed === true) return expression(node);
  return `${expression(node.object!)}.${node.property!.name!}`;
}

function statement(node: Node): string {
  if (node.type === 'VariableDeclaration') return node.declarations!.map(declaration).join('\n');
  if (node.type !== 'ExpressionStatement') return fail(node);
  const inner = node.expression as Node;
  if (inner.type === 'AssignmentExpression' && inner.operator === '=') return `${target(inner.left!)} = ${expression(inner.right!)}`;
  const { callee, arguments: given } = inner;
  if (inner.type === 'CallExpression' && callee!.type === 'MemberExpression' && callee!.property!.name === 'set') {
    const [places, value] = given!;
    const isList = places.type === 'ArrayExpression' && callee!.object!.property?.name !== 'flat';
    const items = isList ? places.elements as readonly Node[] : [places];
    return `${expression(callee!.object!)}[${items.map(index).join(', ')}] = ${expression(value)}`;
  }
  return expression(inner);
}

/** A statement in Python, null where it has none, and whether an arrow shows what it gives. */
export interface Step {
  readonly python: string | null;
  /** The name whose value is shown, of a declaration. */
  readonly name: string | null;
  readonly shown: boolean;
}

/** The steps of an example's code. */
export function stepsOf(code: string): Step[] {
  const { program, comments } = parseSync('example.ts', code);
  const statements = (program.body as unknown as readonly Node[]).filter(({ type }) => type !== 'ImportDeclaration');
  const arrows = comments.filter(({ type, value }) => type === 'Line' && value.startsWith(' →'));
  return statements.map((node, i) => {
    const next = statements.at(i + 1)?.start ?? Infinity;
    const shown = arrows.some(({ start }) => start >= node.end && start < next);
    const name = node.type === 'VariableDeclaration' ? node.declarations!.at(-1)!.id!.name ?? null : null;
    try {
      return { python: statement(node), name, shown };
    } catch (error) {
      if (error instanceof Untranslatable) return { python: null, name, shown };
      throw error;
    }
  });
}
