import { checkCallable, listOf, pythonTypeName } from './errors.ts';
import { isOptions } from './options.ts';
import { isTrue } from './scalar.ts';

/**
 * The parameters of a callable, in the notation in which Python shows them: `in_features: int, p=0.5, bias=True, *, dtype=None`. From it
 * come calls by position, by name in a last object, or mixed, with Python's errors for what is missing, unknown, doubled or too much.
 * What follows a colon is checked where it is one of the kinds below, or one of several with bars between them; without a colon the
 * default tells the kind. `*size: int` takes all that is left by position, one by one or in a list. What stands before `/` has no name for
 * those who call. Tuples are written without blanks.
 */

type NameOf<Piece extends string> =
  Piece extends `*${infer Rest}` ? NameOf<Rest>
    : Piece extends `${infer Name}: ${string}` ? Name : Piece extends `${infer Name}=${string}` ? Name : Piece;

type PiecesOfLine<Line extends string> =
  Line extends '' ? [] : Line extends `${infer Piece}, ${infer Rest}` ? [Piece, ...PiecesOfLine<Rest>] : [Line];

/** A signature's text, in one line or several. */
export type Text = string | readonly string[];

/** The parameters in a signature's text, each with all that is said of it, and star and slash. */
export type PiecesOf<T extends Text> =
  T extends string ? PiecesOfLine<T>
    : T extends readonly [infer Line extends string, ...infer Lines extends readonly string[]]
      ? [...PiecesOfLine<Line>, ...PiecesOf<Lines>] : [];

/** The names of parameters. */
export type NamesIn<Pieces extends readonly string[]> =
  Pieces extends readonly [infer Piece extends string, ...infer Rest extends readonly string[]]
    ? [...(Piece extends '*' | '/' ? [] : [NameOf<Piece>]), ...NamesIn<Rest>] : [];

/** The names in a signature's text, star and slash left out. */
export type NamesOf<T extends Text> = NamesIn<PiecesOf<T>>;

/** A parameter of several names has them with bars between. */
type Alternatives<Name extends string> = Name extends `${infer First}|${infer Rest}` ? First | Alternatives<Rest> : Name;

type UnderOneOf<Name extends string, Value> = Name extends string ? { readonly [K in Name]: Value } : never;

/** An object of the parameters P under the names N: those without a default must be there. */
export type Named<N extends readonly string[], P extends readonly unknown[]> =
  N extends readonly [infer Name extends string, ...infer Names extends readonly string[]]
    ? P extends readonly [] ? unknown
      : P extends readonly [infer First, ...infer Rest] ? UnderOneOf<Alternatives<Name>, First> & Named<Names, Rest>
        : P extends readonly [(infer First)?, ...infer Rest]
          ? { readonly [K in Alternatives<Name>]?: First | undefined } & Named<Names, Rest> : unknown
    : unknown;

/** Calls whose last argument is an object of all that was not given by position. */
export type Mixed<N extends readonly string[], P extends readonly unknown[], K> =
  P extends readonly [] ? (unknown extends K ? never : [options: K])
    : [options: Named<N, P> & K]
    | (N extends readonly [string, ...infer Names extends readonly string[]]
      ? P extends readonly [(infer First)?, ...infer Rest]
        ? [P extends readonly [unknown, ...unknown[]] ? First : First | undefined, ...Mixed<Names, Rest, K>] : never : never);

/** What a callable with a signature takes: parameters P by position or by name, and K by name alone. */
export type Call<N extends readonly string[], P extends readonly unknown[], K = unknown> = P | Mixed<N, P, K>;

/** What stands before a star, with as many of P; what stands behind it can only be named. */
type SplitCall<
  Pieces extends readonly string[], P extends readonly unknown[], K, N extends readonly string[], Q extends readonly unknown[],
> =
  Pieces extends readonly [infer Piece extends string, ...infer Rest extends readonly string[]]
    ? Piece extends '/' ? SplitCall<Rest, P, K, N, Q>
      : Piece extends '*' ? P extends readonly [] ? Call<N, Q, K> : Call<N, Q, Named<NamesIn<Rest>, P> & K>
      : P extends readonly [] ? Call<N, Q, K>
        : P extends readonly [infer First, ...infer Others] ? SplitCall<Rest, Others, K, [...N, NameOf<Piece>], [...Q, First]>
          : P extends readonly [(infer First)?, ...infer Others] ? SplitCall<Rest, Others, K, [...N, NameOf<Piece>], [...Q, First?]> : never
    : Call<N, Q, K>;

/** What a callable with so many parameters in its signature takes: as `Call`, those behind the star by name alone. */
export type CallOf<Pieces extends readonly string[], P extends readonly unknown[], K = unknown> =
  '*' extends Pieces[number] ? SplitCall<Pieces, P, K, [], []> : Call<NamesIn<Pieces>, P, K>;

/** The values of a call under their names, defaults filled in. */
export type Values<N extends readonly string[], P extends readonly unknown[], K> =
  & { readonly [Name in keyof K]-?: Exclude<K[Name], undefined> }
  & (N extends readonly [infer Name extends string, ...infer Names extends readonly string[]]
    ? P extends readonly [] ? unknown : P extends readonly [(infer First)?, ...infer Rest]
      ? { readonly [Own in Name]: Exclude<First, undefined> } & Values<Names, Rest, unknown> : unknown
    : unknown);

/** Values of a kind, undefined for others; some are others by position than by name. */
export type Reader = (value: unknown, byPosition?: unknown) => unknown;

export interface Parameter {
  readonly name: string;
  readonly kind: string;
  /** Null where anything goes. */
  readonly reader: Reader | null;
  readonly orNone: boolean;
  /** None but this may be missing: undefined where a call must give one. */
  readonly byDefault: unknown;
  readonly keywordOnly: boolean;
  positionalOnly: boolean;
  /** Whether it takes all that is left by position. */
  readonly variadic: boolean;
}

/** How a family of callables reads and refuses. */
export interface Dialect {
  /** Whether errors are worded as for a function that is not written in Python. */
  readonly builtin: boolean;
  readonly kinds: Readonly<Record<string, Reader>>;
  /** Kinds of parameters whose signatures name none. */
  readonly implied: Readonly<Record<string, string>>;
  /** Other names under which parameters may be given. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
  readonly words?: Words;
  /** What PyTorch has before the names of a module's functions in errors, where that is not the module's name and a dot. */
  readonly prefix?: string;
}

/** What errors say where it is not what Python itself says; the first two go on after the caller's name. */
export interface Words {
  readonly surplus?: (least: number, most: number, given: number) => string;
  readonly missing?: (name: string, place: number, given: number, least: number, most: number) => string;
  readonly doubled?: (caller: string, name: string, place: number) => string;
  readonly wrong?: (name: string, kind: string, type: string) => string;
}

/** The value of a Python literal. */
function literal(text: string): unknown {
  if (text === 'None') return null;
  if (text === 'True' || text === 'False') return text === 'True';
  if (text.startsWith("'")) return text.slice(1, -1);
  if (text.startsWith('(') || text.startsWith('[')) return text.slice(1, -1).split(',').filter((part) => part !== '').map(literal);
  const number = Number(text);
  if (Number.isNaN(number)) throw new Error(`a signature has the default ${text}, which is no literal`);
  return number;
}

/** The kind of a default; none of None and of a tuple. */
function kindOf(value: string): string {
  if (value === 'True' || value === 'False') return 'bool';
  if (value.startsWith("'")) return 'str';
  return /^-?\d+$/.test(value) ? 'int' : /^-?[\d.]+(e-?\d+)?$/.test(value) ? 'float' : '';
}

/** The reader of a kind, or of several with bars between them. */
function readerOf(kind: string, known: Readonly<Record<string, Reader>>): Reader | null {
  if (!kind.includes(' | ')) return known[kind] ?? null;
  const readers = kind.split(' | ').map((each) => readerOf(each, known));
  return readers.includes(null) ? null : (value) => {
    let found: unknown;
    for (const reader of readers) {
      const result = reader!(value);
      // What one of them takes as it is needs no other to make something of it.
      if (result === value) return value;
      found ??= result;
    }
    return found;
  };
}

function parse(text: string, { builtin, kinds, implied }: Dialect): Parameter[] {
  const parameters: Parameter[] = [];
  let keywordOnly = false;
  for (const piece of text === '' ? [] : text.split(', ')) {
    if (piece === '*') {
      keywordOnly = true;
      continue;
    }
    if (piece === '/') {
      for (const each of parameters) each.positionalOnly = true;
      continue;
    }
    const [declared, value] = piece.split(/ ?= ?/);
    const variadic = declared.startsWith('*');
    const [name, said] = (variadic ? declared.slice(1) : declared).split(': ');
    const whole = said ?? (implied[name] || kindOf(value ?? ''));
    const kind = whole.replace(' | None', '');
    parameters.push({
      name, kind, reader: readerOf(kind, kinds), orNone: kind !== whole || value === 'None',
      byDefault: value !== undefined ? literal(value) : variadic && !builtin ? [] : undefined, keywordOnly,
      positionalOnly: false, variadic,
    });
    keywordOnly ||= variadic;
  }
  return parameters;
}

/** A whole number that is exact, as Python's int. */
export const toInteger: Reader = (value) => {
  if (Number.isSafeInteger(value)) return value;
  const number = typeof value === 'bigint' || typeof value === 'boolean' ? Number(value) : undefined;
  return Number.isSafeInteger(number) ? number : undefined;
};

/** Kinds that all know. */
export const kinds: Readonly<Record<string, Reader>> = {
  int: toInteger,
  float: (value) => (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? Number(value) : undefined),
  bool: (value) => (typeof value === 'boolean' || typeof value === 'number' || value === null ? isTrue(value ?? false) : undefined),
  str: (value) => (typeof value === 'string' ? value : undefined),
  list: (value) => (Array.isArray(value) ? value : undefined),
  callable: (value) => {
    checkCallable(value);
    return value;
  },
  iterable: (value) => listOf(value as Iterable<unknown>),
};

/** Callables that are written in Python. */
export const python: Dialect = { builtin: false, kinds, implied: {} };

/** Errors speak of the first of several kinds, and not of what is in brackets behind it. */
const first = (kind: string): string => kind.split(' | ')[0].replace(/ \(.*/, '');

const quoted = (names: readonly string[]): string => {
  const texts = names.map((name) => `'${name}'`);
  return texts.length < 3 ? texts.join(' and ') : `${texts.slice(0, -1).join(', ')}, and ${texts.at(-1)!}`;
};

type AnySignature = Signature<readonly string[], readonly unknown[], unknown>;

/** Every signature that a module has declared, by name. */
export const signatures = new Map<string, AnySignature>();

export class Signature<N extends readonly string[], P extends readonly unknown[], K> {
  readonly name: string;
  readonly text: string;
  /** Parameters of its own that Python counts: `self` of a class's method. */
  private readonly self: number;
  private readonly dialect: Dialect;
  private known: readonly Parameter[] | null = null;
  /** How many of them may be given by position, and how many must be given. */
  private positional = 0;
  private required = 0;
  /** The place of the one that takes all that is left, or -1. */
  private rest = -1;
  private readonly places = new Map<string, number>();
  /** The type of calls, which has no value. */
  declare readonly call: Call<N, P, K>;

  /** Functions of a module have its name before theirs, and overloads a number behind it, which errors leave out. */
  constructor(name: string, text: Text, dialect = python, ofClass = /^_?[A-Z]\w*\./.test(name) && !dialect.builtin) {
    this.name = ofClass ? name : (dialect.prefix ?? '') + name.slice(name.lastIndexOf('.') + 1).replace(/#.*/, '');
    this.text = typeof text === 'string' ? text : text.join(', ');
    this.self = ofClass ? 1 : 0;
    this.dialect = dialect;
    signatures.set(name, this as unknown as AnySignature);
  }

  get parameters(): readonly Parameter[] {
    if (this.known === null) {
      this.known = parse(this.text, this.dialect);
      this.positional = this.known.filter(({ keywordOnly }) => !keywordOnly).length;
      this.required = this.known.filter(isRequired).length;
      this.rest = this.known.findIndex(({ variadic }) => variadic);
      const { aliases } = this.dialect;
      this.known.forEach(({ name }, place) => aliases?.[name]?.forEach((alias) => this.places.set(alias, place)));
      this.known.forEach(({ name }, place) => this.places.set(name, place));
    }
    return this.known;
  }

  /** The values of a call by name, checked, with the defaults of what it leaves out. */
  read(args: ArrayLike<unknown>): Values<N, P, K> {
    const { parameters } = this;
    const bound = this.bind(args);
    const values: Record<string, unknown> = {};
    for (let i = 0; i < parameters.length; i++) {
      const { name, byDefault } = parameters[i];
      values[name] = bound[i] === undefined ? byDefault : bound[i];
    }
    return values as Values<N, P, K>;
  }

  /**
   * The values in order, for a function with defaults of its own: undefined for what is left out, and for a None that is the default.
   * `self` is 1 for a method, whose first argument has no place in errors.
   */
  list(args: ArrayLike<unknown>, self = 0): unknown[] {
    const { parameters } = this;
    const bound = this.bind(args, self);
    for (let i = 0; i < bound.length; i++) if (bound[i] === null && parameters[i].byDefault === null) bound[i] = undefined;
    return bound;
  }

  /** The values in order, or null where the arguments are not what it takes. */
  attempt(args: ArrayLike<unknown>): unknown[] | null {
    try {
      return this.list(args);
    } catch (error) {
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  /** Whether the arguments, all by position, are the values as they are: nearly every call. */
  fits(args: ArrayLike<unknown>): boolean {
    const { parameters } = this;
    const last = args.length - 1;
    if (last + 1 < this.required || last >= this.positional || this.rest >= 0) return false;
    if (isOptions(args[last])) return false;
    for (let i = 0; i <= last; i++) {
      const value = args[i];
      if (value === null || value === undefined) return false;
      const { reader } = parameters[i];
      if (reader !== null && reader(value, true) !== value) return false;
    }
    return true;
  }

  /** The values in order, checked; undefined for what is left out. */
  private bind(args: ArrayLike<unknown>, self = 0): unknown[] {
    const { parameters, rest } = this;
    const last = args[args.length - 1];
    const options = isOptions(last) && !this.takesObject(args.length - 1, last) ? last : null;
    const count = options === null ? args.length : args.length - 1;
    if (count > this.positional && rest < 0) throw this.surplus(count);
    const named = options === null ? null : this.byName(options, count);
    const values: unknown[] = [];
    for (let i = 0; i < parameters.length; i++) {
      const parameter = parameters[i];
      const place = i < count && (rest < 0 || i <= rest) ? i : -1;
      let given = place < 0 ? named?.[i] : i === rest ? leftOver(args, i, count, parameter) : args[i];
      if (given === undefined && i === rest && !isRequired(parameter)) given = [];
      if (given === undefined && isRequired(parameter)) throw this.missing(args, count, options);
      values.push(given === undefined || parameter.reader === null ? given
        : i === rest && given !== null ? this.checkedList(parameter, given, place - self, !Array.isArray(args[i]))
          : this.checked(parameter, given, place - self));
    }
    return values;
  }

  /** Whether a plain object is what the parameter at its place is for, and not the parameters by name. */
  private takesObject(place: number, value: object): boolean {
    const parameter = this.parameters[place] as Parameter | undefined;
    return parameter?.kind === 'object' && !(parameter.name in value);
  }

  private surplus(count: number): TypeError {
    const [least, most, given] = [this.required, this.positional, count].map((each) => each + this.self);
    const range = least === most ? `${most}` : `from ${least} to ${most}`;
    return new TypeError(`${this.name}() ${this.dialect.words?.surplus?.(least, most, given)
      ?? `takes ${range} positional argument${most === 1 ? '' : 's'} but ${given} ${given === 1 ? 'was' : 'were'} given`}`);
  }

  /** What is given by name, at the places of its parameters. */
  private byName(options: Readonly<Record<string, unknown>>, count: number): unknown[] {
    const values: unknown[] = [];
    for (const name of Object.keys(options)) {
      const place = this.places.get(name);
      // What Python itself gathers has no name.
      if (place === undefined || this.parameters[place].positionalOnly || (place === this.rest && !this.dialect.builtin)
        || values[place] !== undefined) {
        throw new TypeError(`${this.name}() got an unexpected keyword argument '${name}'`);
      }
      if (place < count && !this.parameters[place].keywordOnly && options[name] !== undefined) {
        throw new TypeError(
          this.dialect.words?.doubled?.(this.name, name, place) ?? `${this.name}() got multiple values for argument '${name}'`);
      }
      values[place] = options[name];
    }
    return values;
  }

  private checked({ name, kind, reader, orNone }: Parameter, value: unknown, place: number): unknown {
    if (value === null && orNone) return null;
    const { builtin, words } = this.dialect;
    const result = reader!(value, place >= 0);
    if (result === undefined) {
      const where = builtin && place >= 0 ? ` (position ${place + 1})` : '';
      const [wanted, type] = [first(kind), pythonTypeName(value)];
      throw new TypeError(
        words?.wrong?.(name, wanted, type) ?? `${this.name}(): argument '${name}'${where} must be ${wanted}, not ${type}`);
    }
    return result;
  }

  /** What is left by position, one by one or in a list, or a list by name: each element of the kind. */
  private checkedList({ name, kind, reader }: Parameter, given: unknown, place: number, oneByOne: boolean): unknown {
    const list = Array.isArray(given) ? given as unknown[] : [];
    const read: unknown[] = [];
    let wrong = -1;
    for (let i = 0; i < list.length && wrong < 0; i++) {
      read.push(reader!(list[i]));
      if (read[i] === undefined) wrong = i;
    }
    if (list === given && wrong < 0) return read;
    const type = pythonTypeName(list === given ? list[wrong] : given);
    const start = `${this.name}(): argument '${name}'`;
    if (place >= 0 && oneByOne && list.length > 1) {
      throw new TypeError(
        `${start} failed to unpack the object at pos ${place + wrong + 1} with error "type must be tuple of ${kind}s,but got ${type}"`);
    }
    const found = list !== given || (place >= 0 && oneByOne) ? `not ${type}` : `but found element of type ${type} at pos ${wrong}`;
    throw new TypeError(`${start}${place >= 0 ? ` (position ${place + 1})` : ''} must be tuple of ${kind}s, ${found}`);
  }

  private missing(args: ArrayLike<unknown>, count: number, options: Readonly<Record<string, unknown>> | null): TypeError {
    const lacking = this.parameters.filter((parameter, i) =>
      isRequired(parameter) && (i < count ? args[i] : options?.[parameter.name]) === undefined);
    if (this.dialect.builtin) {
      const names = lacking.map(({ name }) => `"${name}"`).join(', ');
      // PyTorch has the plural of one.
      const word = lacking.length === 1 ? 'arguments' : 'argument';
      return new TypeError(`${this.name}() missing ${lacking.length} required positional ${word}: ${names}`);
    }
    const { words } = this.dialect;
    if (words?.missing !== undefined) {
      const place = this.parameters.indexOf(lacking[0]);
      return new TypeError(`${this.name}() ${words.missing(lacking[0].name, place, count, this.required, this.positional)}`);
    }
    const positional = lacking.filter(({ keywordOnly }) => !keywordOnly);
    const [group, word] = positional.length > 0 ? [positional, 'positional'] : [lacking, 'keyword-only'];
    const several = group.length === 1 ? '' : 's';
    return new TypeError(
      `${this.name}() missing ${group.length} required ${word} argument${several}: ${quoted(group.map(({ name }) => name))}`);
  }
}

/**
 * All that is left by position: one by one, or, where its kind says that it is no element itself, in one list; or None where that may
 * be.
 */
function leftOver(args: ArrayLike<unknown>, from: number, to: number, { reader, orNone }: Parameter): unknown {
  const first = args[from];
  return to === from + 1 && ((reader !== null && Array.isArray(first)) || (orNone && first === null)) ? first
    : Array.prototype.slice.call(args, from, to);
}

function isRequired({ byDefault, variadic, reader }: Parameter): boolean {
  return byDefault === undefined && !(variadic && reader === null);
}

/** A signature whose types are P, by position or by name, and K, by name alone: `signature<[dim: number]>()('name', 'dim: int')`. */
export const signature = <P extends readonly unknown[], K = unknown>() =>
  <const T extends Text>(name: string, text: T): Signature<NamesOf<T>, P, K> => new Signature(name, text);

/** A function that is called as its signature says, and computes from the values by name. */
export const declare = <P extends readonly unknown[], K = unknown>() =>
  <const T extends Text, R>(name: string, text: T, compute: (values: Values<NamesOf<T>, P, K>) => R) => {
    const declared = new Signature<NamesOf<T>, P, K>(name, text);
    const callable = (...given: Call<NamesOf<T>, P, K>): R => compute(declared.read(given));
    return Object.defineProperty(callable, 'name', { value: declared.name });
  };

/**
 * Methods of a class that are called as their signatures say; their bodies take the values in order. Classes that override one of them
 * are handed what its own signature has read.
 */
export function declareMethods<T extends { readonly prototype: object }>(
  type: T, name: string, texts: Readonly<Record<string, string>>, dialect = python,
): T {
  for (const [method, text] of Object.entries(texts)) {
    const declared = new Signature(`${name}.${method}`, text, dialect);
    const body = (type.prototype as Readonly<Record<string, (...values: unknown[]) => unknown>>)[method];
    Object.defineProperty(type.prototype, method, {
      value(this: unknown, ...given: unknown[]): unknown {
        return body.apply(this, declared.fits(given) ? given : declared.list(given));
      },
      writable: true, configurable: true,
    });
  }
  return type;
}
