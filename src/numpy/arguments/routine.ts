import { refuseAnotherCopy } from '../../core/copies.ts';
import { NotImplementedError, ValueError, notAnInteger, pythonTypeName, shown } from '../../core/errors.ts';
import type { Call, Dialect, Named, NamesOf, Reader, Text, Words } from '../../core/signature.ts';
import { Signature, kinds } from '../../core/signature.ts';
import { checkCasting } from '../dtypes/promotion.ts';
import { ndarray } from '../ndarray/ndarray.ts';

/**
 * Functions by their signatures, in the notation in which Python shows them: `np.roll(x, 1)`, `np.roll(x, { shift: 1 })`,
 * `np.roll(x, 1, { axis: 0 })`. What a call leaves out, and None where it is the default, comes as undefined. Numbers, dtypes and lists
 * are NumPy's "array-likes" nearly everywhere, so that only the kinds below are checked here, and the rest where it is used.
 */

/** A whole number, be it too large to be exact; an array of one is that. */
export function index(value: unknown): number {
  if (Number.isInteger(value)) return value as number;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  if (value instanceof ndarray && value.ndim === 0 && value.dtypeCore.kind !== 'float') return index(value.item());
  throw notAnInteger(value);
}

/** One whole number, or a list of them. */
const indices: Reader = (value) => {
  const list: unknown = value instanceof ndarray && value.ndim === 1 ? [...value.flat] : value;
  if (!Array.isArray(list)) return index(value);
  // A copy, which keeps to its length.
  const items = [...list] as unknown[];
  return items.every(Number.isInteger) ? items : items.map(index);
};

/** The extents of a new array. */
export function shape(value: unknown): readonly number[] {
  if (value === null) throw new TypeError('Use () not None as shape arguments');
  if (typeof value === 'number' && !Number.isInteger(value)) {
    throw new TypeError(`expected a sequence of integers or a single integer, got '${value}'`);
  }
  const extents = indices(value) as number | number[];
  return typeof extents === 'number' ? [extents] : extents;
}

/** One of several words. */
const word = (what: string, pattern: RegExp, known: string): Reader => (value) => {
  if (typeof value !== 'string') throw new TypeError(`${what} must be str, not ${pythonTypeName(value)}`);
  if (!pattern.test(value)) throw new ValueError(`${what} must be ${known} (got '${value}')`);
  return value;
};
const anyOrder = word('order', /^[cfak]$/i, "one of 'C', 'F', 'A', or 'K'");
const order: Reader = (value) => (anyOrder(value) as string).toUpperCase();
const clipmode = word('clipmode', /^(clip|raise|wrap)$/, "one of 'clip', 'raise', or 'wrap'");

/** What a parameter must be, since anything else has no meaning here. */
const refusal = (fits: (value: unknown) => boolean, error: (value: unknown) => Error): Reader => (value) => {
  if (fits(value)) return value;
  refuseAnotherCopy(value);
  throw error(value);
};

export const outCount = (): ValueError => new ValueError("The 'out' tuple must have exactly one entry per ufunc output");

/** The array to write into, alone or, by name, in a list, as ufuncs take it. */
const tuple: Reader = (value, byPosition) => {
  const given: readonly unknown[] = Array.isArray(value) && byPosition !== true ? value : [value];
  if (given.every((each) => each === null || each instanceof ndarray)) {
    if (given.length === 1) return given[0];
    throw outCount();
  }
  given.forEach(refuseAnotherCopy);
  throw new TypeError('return arrays must be of ArrayType');
};

/** A flag as C reads it. */
const flag: Reader = (value) => {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' && !Number.isInteger(value)) throw new TypeError('integer argument expected, got float');
  return index(value) !== 0;
};

const wrong: Words['wrong'] = (name, kind, type) => (kind === 'count' ? 'an integer is required'
  : kind === 'boolean' ? `'${name}' must be a boolean` : `${name} must be ${kind}, not ${type}`);

const dialect: Dialect = {
  builtin: false,
  kinds: {
    int: index, ints: indices, shape, float: kinds.float, bool: kinds.bool, str: kinds.str,
    callable: kinds.callable, iterable: kinds.iterable, flag, tuple,
    // Functions that hand it on to a ufunc by name.
    outs: (value) => tuple(value),
    // Whole numbers, among which there are no booleans.
    count: (value) => (typeof value === 'boolean' ? undefined : index(value)),
    boolean: (value) => (typeof value === 'boolean' ? value : undefined),
    ndarray: refusal((value) => value instanceof ndarray, () => new TypeError('output must be an array')),
    order,
    clipmode,
    clipmodes: (value) => (Array.isArray(value) ? value.map(clipmode) : clipmode(value)),
    sortkind: word('sort kind', /^[qhms]/i, "one of 'quick', 'heap', or 'stable'"),
    side: word('search side', /^(left|right)$/, "'left' or 'right'"),
    fields: refusal(() => false, () => new ValueError('Cannot specify order when the array has no fields.')),
    device: refusal((value) => value === 'cpu',
      (value) => new ValueError(`Device not understood. Only "cpu" is allowed, but received: ${shown(value)}`)),
    none: refusal(() => false, () => new NotImplementedError('loops are chosen by dtype= alone: signature= is not known')),
    like: refusal((value) => value instanceof ndarray,
      () => new TypeError('The `like` argument must be an array-like that implements the `__array_function__` protocol.')),
  },
  implied: {
    axis: 'ints', axes: 'ints', shape: 'shape', size: 'shape', out: 'ndarray', keepdims: 'flag', order: 'order', dtype: 'Any',
    device: 'device', like: 'like',
  },
  words: { wrong },
};

/** The words of functions that are written in C. */
export const compiled: Dialect = {
  ...dialect,
  words: {
    wrong,
    missing: (name, place) => `missing required argument '${name}' (pos ${place})`,
    doubled: (caller, name, place) => `argument for ${caller}() given by name ('${name}') and position (position ${place})`,
  },
};

/** Those of C functions whose arguments Python's own parser reads. */
export const parsed: Dialect = {
  ...compiled,
  words: {
    ...compiled.words,
    missing: (name, place) => `missing required argument '${name}' (pos ${place + 1})`,
    doubled: (caller, name, place) => `argument for ${caller}() given by name ('${name}') and position (${place + 1})`,
  },
};

const exactly = (least: number, most: number, word: string, count: number, given: number): string =>
  `takes ${least === most ? 'exactly' : word} ${count} positional argument${count === 1 ? '' : 's'} (${given} given)`;

/** Those of Cython, in which the random functions are written. */
const cython: Dialect = {
  ...dialect,
  words: {
    wrong,
    surplus: (least, most, given) => exactly(least, most, 'at most', most, given),
    missing: (_name, _place, given, least, most) => exactly(least, most, 'at least', least, given),
    doubled: (caller, name) => `${caller}() got multiple values for keyword argument '${name}'`,
  },
};

/** Ufuncs have a way of their own: they look at what says how to compute once they know the dtypes. */
export const ufunc: Dialect = {
  ...dialect,
  implied: { ...dialect.implied, order: 'Any' },
  words: {
    wrong,
    missing: (_name, _place, given, least, most) =>
      `takes from ${least} to ${most} positional arguments but ${given} ${given === 1 ? 'was' : 'were'} given`,
    doubled: (_caller, name) => `cannot specify '${name}' as both a positional and keyword argument`,
  },
};

/** How a ufunc is to compute, checked in NumPy's order; the order in memory in one way of writing it. */
export function checkRest(casting: unknown = 'same_kind', memory: unknown = null, subok: unknown = true): string | undefined {
  checkCasting(casting);
  const found = memory === null ? undefined : order(memory) as string;
  if (typeof subok !== 'boolean') throw new TypeError("'subok' must be a boolean");
  return found;
}

export type AnySignature = Signature<readonly string[], readonly unknown[], unknown>;

/** Signatures of callables that read their arguments themselves: their result types depend on them, or they are methods. */
export const pythonSignature = (name: string, text: Text): AnySignature => new Signature(`numpy.${name}`, text, dialect);
export const ufuncSignature = (name: string, nin: 1 | 2): AnySignature => new Signature(`numpy.${name}`, [
  nin === 1 ? 'x' : 'x1, x2', '/, out: tuple=None', '*, where: array_like=True', "casting='same_kind', order='K'",
  'dtype=None, subok: Any=True, signature=None',
], ufunc);
export const compiledSignature = (name: string, text: Text): AnySignature => new Signature(`numpy.${name}`, text, compiled);
export const cythonSignature = (name: string, text: Text): AnySignature => new Signature(`numpy.${name}`, text, cython);

/** A signature in one line. */
type Line<T extends Text> =
  T extends string ? T : T extends readonly [infer First extends string, ...infer Rest extends readonly string[]]
    ? Rest extends readonly [] ? First : `${First}, ${Line<Rest>}` : '';
/** What stands before the star, and after it; and the names before it, those before a slash spoilt. */
type Before<L extends string> = L extends `${infer Front}, *, ${string}` ? Front : L extends `*, ${string}` ? '' : L;
type After<L extends string> = L extends `${string}, *, ${infer Back}` ? Back : L extends `*, ${infer Back}` ? Back : '';
type FrontNames<L extends string> =
  L extends `${infer Hidden}, /, ${infer Named}` ? [...Spoilt<NamesOf<Hidden>>, ...NamesOf<Named>]
    : L extends `${infer Hidden}, /` ? Spoilt<NamesOf<Hidden>> : NamesOf<L>;
type Spoilt<N extends readonly string[]> = { [I in keyof N]: `/${N[I]}` };

/** As many off the front as there are names, and what is before the rest: under their labels. */
type Off<N extends readonly unknown[], P extends readonly unknown[]> =
  N extends readonly [unknown, ...infer Names] ? P extends readonly [unknown?, ...infer Rest] ? Off<Names, Rest> : [] : P;
type Until<P extends readonly unknown[], Rest extends readonly unknown[]> = P extends readonly [...infer Front, ...Rest] ? Front : never;

/** What is read as numbers may be bigints, and arrays of them. No type of an array is taken apart, since its methods come from here. */
type Given<V> = [Extract<V, number>] extends [never] ? V : [Extract<V, bigint>] extends [never] ? Wider<V> : V;
type Wider<V> = V | bigint | ndarray | ([Extract<V, readonly number[]>] extends [never] ? never : readonly (number | bigint)[]);
type AllGiven<P extends readonly unknown[]> = { [I in keyof P]: Given<P[I]> };

/** A function of parameters P, by position, by their names N, or mixed, and of K by name alone. */
export interface Routine<N extends readonly string[], P extends readonly unknown[], R, K = unknown> {
  (...args: Call<N, P, K>): R;
}

/** The routine of a signature and of what computes it, from the values in order. */
export type RoutineOf<T extends Text, P extends readonly unknown[], R> = Routined<Line<T>, AllGiven<P>, R>;
type Routined<L extends string, P extends readonly unknown[], R> = Cut<L, P, Off<FrontNames<Before<L>>, P>, R>;
type Cut<L extends string, P extends readonly unknown[], Back extends readonly unknown[], R> =
  Routine<FrontNames<Before<L>>, Back extends readonly [] ? P : Until<P, Back>, R, Named<NamesOf<After<L>>, Back>>;

type Rest<P extends readonly unknown[]> = P extends readonly [unknown?, ...infer Others] ? Others : [];
type RestOfNames<N> = N extends readonly [string, ...infer Names extends readonly string[]] ? Names : [];

/** The method that a function is of its first argument. */
export type Method<F> =
  F extends Routine<infer N, infer P, infer R, infer K> ? (...args: Call<RestOfNames<N>, Rest<P>, K>) => R
    : F extends (a: never, ...rest: infer A) => infer R ? (...rest: A) => R : never;

/** A method that is no function, which knows its array without a parameter for it. */
export function method<const T extends Text, P extends unknown[], R, Self>(
  name: string, text: T, compute: (self: Self, ...values: P) => R, words = compiled,
): RoutineOf<T, P, R> {
  const declared = new Signature(`numpy.ndarray.${name}`, text, words);
  return function (this: Self, ...given: unknown[]): R {
    return compute(this, ...(declared.fits(given) ? given : declared.list(given)) as P);
  } as unknown as RoutineOf<T, P, R>;
}

/** Those of a function's calls that set a flag by name, for results that depend on it. */
export type Asking<A extends readonly unknown[], Flag extends string> =
  A extends readonly [...infer Front, infer Options]
    ? Flag extends keyof Options ? [...Front, options: Options & { readonly [F in Flag]: true }] : never : never;

/** A function that is called as its signature says, and computes from the values in their order. */
export function routine<const T extends Text, P extends unknown[], R>(
  name: string, text: T, compute: (...values: P) => R, words = dialect,
): RoutineOf<T, P, R> {
  const declared = new Signature(`numpy.${name}`, text, words);
  const callable = (...given: unknown[]): R => compute(...(declared.fits(given) ? given : declared.list(given)) as P);
  return Object.defineProperty(callable, 'name', { value: declared.name }) as RoutineOf<T, P, R>;
}
