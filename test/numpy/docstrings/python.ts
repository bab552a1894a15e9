import { Complex } from '../../../src/core/complex.ts';
import { StridedArray } from '../../../src/core/strided.ts';
import * as np from '../../../src/numpy/index.ts';
import { show, text } from './show.ts';

/** What translated Python calls in place of its operators and built-in functions: each decides by its operands, as Python does. */

/** A whole float, which as an operand makes an array of integers one of floats. */
class WholeFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

type Operands = readonly [left: unknown, right: unknown];
type Scalar = number | Complex;

const isArray = (value: unknown): value is np.ndarray => value instanceof StridedArray;
const isScalar = (value: unknown): value is Scalar => typeof value === 'number' || value instanceof Complex;

/** As an array takes it: whole floats by their value beside floats. */
function operand(value: unknown, beside: unknown): unknown {
  if (!(value instanceof WholeFloat)) return value;
  const isInteger = isArray(beside) && ['i', 'u', 'b'].includes(beside.dtype.kind);
  return isInteger ? np.array(value.value, { dtype: 'float64' }) : value.value;
}

const plain = (value: unknown): unknown =>
  (value instanceof WholeFloat ? value.value : typeof value === 'boolean' ? Number(value) : value);

type Binary = (left: np.ArrayLike, right: np.ArrayLike) => unknown;

/** What objects that are no arrays call the same. */
const methods: Readonly<Record<string, string>> = { subtract: 'sub', multiply: 'mul', divide: 'div', remainder: 'mod', power: 'pow' };

/** An operator: on numbers, on what is no array, and on arrays by the ufunc. */
function binary(ufunc: Binary, numbers: ((x: number, y: number) => unknown) | null, others?: (x: unknown, y: unknown) => unknown) {
  return (...[left, right]: Operands): unknown => {
    const [x, y] = [plain(left), plain(right)];
    const own = (left as Readonly<Record<string, unknown>> | null)?.[methods[ufunc.name] ?? ufunc.name];
    if (!isArray(left) && !isArray(right)) {
      if (typeof x === 'number' && typeof y === 'number' && numbers !== null) return numbers(x, y);
      if (!(isScalar(x) && isScalar(y))) {
        const found = others?.(left, right);
        if (found !== undefined) return found;
      }
    }
    if (!isArray(left) && typeof own === 'function') return (own as (value: unknown) => unknown).call(left, right);
    const found = ufunc(operand(left, right) as np.ArrayLike, operand(right, left) as np.ArrayLike);
    return isArray(found) && found.ndim === 0 && !isArray(left) && !isArray(right) && isScalar(x) && isScalar(y) ? found.item() : found;
  };
}

const floorMod = (x: number, y: number): number => {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
};

const repeat = (list: unknown, count: unknown): unknown =>
  (Array.isArray(list) && typeof count === 'number' ? Array.from({ length: Math.max(count, 0) }, () => list as unknown[]).flat()
    : typeof list === 'string' && typeof count === 'number' ? list.repeat(count) : undefined);

const operators = {
  add: binary(np.add, (x, y) => x + y, (x, y) =>
    (Array.isArray(x) && Array.isArray(y) ? [...x as unknown[], ...y as unknown[]]
      : typeof x === 'string' && typeof y === 'string' ? x + y : undefined)),
  sub: binary(np.subtract, (x, y) => x - y),
  mul: binary(np.multiply, (x, y) => x * y, (x, y) => repeat(x, y) ?? repeat(y, x)),
  div: binary(np.divide, (x, y) => x / y),
  floordiv: binary(np.floor_divide, (x, y) => Math.floor(x / y)),
  mod: binary(np.remainder, floorMod),
  pow: binary(np.power, (x, y) => x ** y),
  matmul: binary(np.matmul, null),
  and: binary(np.bitwise_and, (x, y) => Number(BigInt(x) & BigInt(y))),
  or: binary(np.bitwise_or, (x, y) => Number(BigInt(x) | BigInt(y))),
  xor: binary(np.bitwise_xor, (x, y) => Number(BigInt(x) ^ BigInt(y))),
  lshift: binary(np.left_shift, (x, y) => x * 2 ** y),
  rshift: binary(np.right_shift, (x, y) => Math.floor(x / 2 ** y)),
  lt: binary(np.less, (x, y) => x < y),
  le: binary(np.less_equal, (x, y) => x <= y),
  gt: binary(np.greater, (x, y) => x > y),
  ge: binary(np.greater_equal, (x, y) => x >= y),
  eq: binary(np.equal, (x, y) => x === y, (x, y) => show(x) === show(y)),
  ne: binary(np.not_equal, (x, y) => x !== y, (x, y) => show(x) !== show(y)),
};

type Iterated = Iterable<unknown> | { readonly length: number };

function iter(value: unknown): Iterable<unknown> {
  if (value instanceof Map) return value.keys();
  if (typeof value === 'object' && value !== null && !(Symbol.iterator in value) && 'next' in value) {
    const source = value as Iterator<unknown>;
    return { [Symbol.iterator]: () => source };
  }
  return value as Iterable<unknown>;
}

const list = (value: unknown = []): unknown[] => [...iter(value)];

const bool = (value: unknown): boolean => {
  if (isArray(value)) return Boolean(value.item());
  if (Array.isArray(value) || typeof value === 'string') return value.length > 0;
  return Boolean(plain(value));
};

/** A slice of a list as Python cuts it. */
function cut(values: readonly unknown[] | string, slice: string): unknown {
  const [start, stop, step] = slice.split(':').map((each) => (each === '' ? null : Number(each)));
  const positions = py.range(values.length);
  const by = step ?? 1;
  const from = start ?? (by < 0 ? values.length - 1 : 0);
  const bounded = (at: number): number => (at < 0 ? at + values.length : at);
  const to = stop === null || stop === undefined ? (by < 0 ? -1 : values.length) : bounded(stop);
  const taken = positions.filter((at) => (by < 0 ? at <= bounded(from) && at > to && (bounded(from) - at) % -by === 0
    : at >= bounded(from) && at < to && (at - bounded(from)) % by === 0));
  if (by < 0) taken.reverse();
  return typeof values === 'string' ? taken.map((at) => values[at]).join('') : taken.map((at) => values[at]);
}

function at(owner: unknown, index: readonly unknown[]): unknown {
  if (owner instanceof Map) return owner.get(index[0]);
  if (typeof owner === 'string' || Array.isArray(owner)) {
    const [first] = index;
    if (typeof first === 'string') return cut(owner as string | unknown[], first);
    const place = plain(first) as number;
    return (owner as readonly unknown[])[place < 0 ? place + owner.length : place];
  }
  const reader = owner as { at?(...each: readonly unknown[]): unknown };
  if (typeof reader.at === 'function') return reader.at(...index);
  return at(list(owner), index);
}

function set(owner: unknown, index: readonly unknown[], value: unknown): void {
  if (owner instanceof Map) owner.set(index[0], value);
  else if (Array.isArray(owner)) owner[index[0] as number < 0 ? owner.length + (index[0] as number) : index[0] as number] = value;
  else (owner as { set(at: readonly unknown[], to: unknown): void }).set(index, operand(value, owner));
}

const inPlace: Readonly<Record<string, string>> = {
  add: 'add_', sub: 'subtract_', mul: 'multiply_', div: 'divide_', floordiv: 'floor_divide_', mod: 'remainder_', pow: 'power_',
  and: 'bitwise_and_', or: 'bitwise_or_', xor: 'bitwise_xor_', lshift: 'left_shift_', rshift: 'right_shift_',
};

/** `x += y`, which changes an array where it is. */
function inplace(operator: keyof typeof operators, target: unknown, value: unknown): unknown {
  if (!isArray(target)) return operators[operator](target, value);
  const method = (target as unknown as Readonly<Record<string, (other: unknown) => unknown>>)[inPlace[operator]];
  method.call(target, operand(value, target));
  return target;
}

function compare(x: unknown, y: unknown): number {
  if (Array.isArray(x) && Array.isArray(y)) {
    for (let i = 0; i < Math.min(x.length, y.length); i++) {
      const order = compare(x[i], y[i]);
      if (order !== 0) return order;
    }
    return x.length - y.length;
  }
  const [left, right] = [isArray(x) ? x.item() : x, isArray(y) ? y.item() : y] as [number, number];
  return left < right ? -1 : Number(left > right);
}

interface KeyOptions {
  readonly key?: (value: unknown) => unknown;
  readonly reverse?: boolean;
}

const isOptions = (value: unknown): value is KeyOptions & { readonly sep?: string; readonly end?: string } =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const numberOf = (value: unknown): number => Number(isArray(value) ? value.item() : plain(value));

/** Text that was printed since it was last taken. */
let printed = '';

export function takePrinted(): string {
  const taken = printed;
  printed = '';
  return taken;
}

function extreme(sign: number, values: readonly unknown[]): unknown {
  const from = values.length === 1 ? list(values[0]) : values;
  return from.reduce((best, each) => (sign * compare(each, best) > 0 ? each : best));
}

const lists = new WeakSet<object>();

export const py = {
  ...operators,
  value: undefined as unknown,
  parts: [] as unknown[],
  float: (value: unknown): unknown => (typeof value === 'number' && Number.isInteger(value) ? new WholeFloat(value) : numberOf(value)),
  /** A literal list of numbers with whole floats among them. */
  floats: (values: np.ArrayLike): np.ndarray => np.array(values, { dtype: 'float64' }),
  complex: (re: number, im = 0): Complex => new Complex(re, im),
  int: (value: unknown): unknown => (typeof value === 'bigint' ? value : Math.trunc(numberOf(value))),
  neg: (value: unknown): unknown => (value instanceof WholeFloat ? new WholeFloat(-value.value)
    : typeof value === 'number' || typeof value === 'boolean' ? -value
      : isArray(value) || value instanceof Complex ? np.negative(value) : (value as { neg(): unknown }).neg()),
  pos: (value: unknown): unknown => (isArray(value) ? np.positive(value) : value),
  invert: (value: unknown): unknown => (typeof value === 'number' ? ~value : np.invert(value as np.ndarray)),
  is: (x: unknown, y: unknown): boolean => x === y || (x ?? null) === (y ?? null),
  in: (value: unknown, from: unknown): boolean => {
    if (from instanceof Map) return from.has(value);
    return typeof from === 'string' ? from.includes(value as string) : list(from).some((each) => show(each) === show(value));
  },
  and_: (...terms: readonly (() => unknown)[]): unknown => {
    let value: unknown;
    for (const term of terms) if (!bool(value = term())) break;
    return value;
  },
  or_: (...terms: readonly (() => unknown)[]): unknown => {
    let value: unknown;
    for (const term of terms) if (bool(value = term())) break;
    return value;
  },
  at, set, inplace, iter, list, bool,
  tuple: list,
  append: (values: unknown[], value: unknown): void => {
    values.push(value);
  },
  /** A list that is one index where it stands alone in brackets. */
  asList: (values: unknown): unknown => {
    if (Array.isArray(values)) lists.add(values);
    return values;
  },
  /** The indices that a value is: as many as a tuple has items. */
  index: (value: unknown): readonly unknown[] => {
    const isTuple = typeof value === 'object' && value !== null && !isArray(value) && Symbol.iterator in value && !lists.has(value);
    return isTuple ? [...value as Iterable<unknown>] : [value];
  },
  str: text,
  repr: show,
  dict: (pairs: readonly (readonly [unknown, unknown])[]) => new Map(pairs),
  function: <F extends object>(name: string, body: F): F => Object.defineProperty(body, 'name', { value: name }),
  abs: (value: unknown): unknown => (typeof value === 'number' ? Math.abs(value) : np.abs(value as np.ndarray)),
  all: (values: Iterated): boolean => list(values).every(bool),
  any: (values: Iterated): boolean => list(values).some(bool),
  divmod: (x: np.ArrayLike, y: np.ArrayLike): unknown[] => (typeof x === 'number' && typeof y === 'number'
    ? [Math.floor(x / y), floorMod(x, y)] : [...np.divmod(x, y)]),
  enumerate: (values: unknown, start = 0): unknown[] => list(values).map((each, i) => [i + start, each]),
  isinstance: (value: unknown, type: unknown): boolean => (typeof type === 'function' ? value instanceof type : false),
  len: (value: { readonly length?: number; readonly size?: number }): number => value.length ?? value.size ?? list(value).length,
  map: (body: (...values: readonly unknown[]) => unknown, ...values: readonly unknown[]): unknown[] =>
    py.zip(...values).map((each) => body(...each)),
  max: (...values: readonly unknown[]): unknown => extreme(1, values.filter((value) => !isOptions(value))),
  min: (...values: readonly unknown[]): unknown => extreme(-1, values.filter((value) => !isOptions(value))),
  next: (source: Iterator<unknown>): unknown => {
    const { done, value } = source.next();
    if (done) throw Object.assign(new Error(''), { name: 'StopIteration' });
    return value;
  },
  print: (...values: readonly unknown[]): void => {
    const last = values.at(-1);
    const { sep = ' ', end = '\n' } = isOptions(last) ? last : {};
    printed += (isOptions(last) ? values.slice(0, -1) : values).map(text).join(sep) + end;
  },
  range: (first: number, second?: number, step = 1): number[] => {
    const [start, stop] = second === undefined ? [0, first] : [first, second];
    return Array.from({ length: Math.max(Math.ceil((stop - start) / step), 0) }, (_, i) => start + i * step);
  },
  reversed: (values: unknown): unknown[] => list(values).reverse(),
  round: (value: number, digits = 0): number => Number(np.round(value, digits)),
  sorted: (values: unknown, { key = (value) => value, reverse = false }: KeyOptions = {}): unknown[] => {
    const sorted = list(values).sort((x, y) => compare(key(x), key(y)));
    return reverse ? sorted.reverse() : sorted;
  },
  sum: (values: unknown, start: unknown = 0): unknown => {
    const terms: unknown[] = isArray(values) && values.ndim === 1 ? values.tolist<Scalar[]>() : list(values);
    return terms.reduce((sum, each) => operators.add(sum, each), start);
  },
  type: (value: unknown): unknown => (isArray(value) ? value.dtype : (value as object).constructor),
  zip: (...lists: readonly unknown[]): unknown[][] => {
    const all = lists.map(list);
    return py.range(Math.min(...all.map(({ length }) => length))).map((i) => all.map((each) => each[i]));
  },
};

/** Python's module, of which JavaScript has the same functions. */
export const math = {
  ...Object.fromEntries(Object.getOwnPropertyNames(Math).map((name) => [name, Math[name as 'sin']])),
  pi: Math.PI, e: Math.E, inf: Infinity, nan: NaN,
};
