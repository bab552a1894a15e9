import { isScalar } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import { isInteger } from '../../core/dtype.ts';
import { pythonTypeName } from '../../core/errors.ts';
import { isOptions } from '../../core/options.ts';
import type { CallOf, Dialect, Named, NamesIn, PiecesOf, Reader, Text } from '../../core/signature.ts';
import { Signature, kinds, python, toInteger } from '../../core/signature.ts';
import { MemoryFormat, strided } from '../constants.ts';
import { device } from '../device.ts';
import { dtype } from '../dtypes/dtypes.ts';
import { intoOut } from './operands.ts';
import { Tensor } from '../tensor/tensor.ts';

/**
 * Functions by their signatures, which are also methods of their first tensor: `x.flatten(1)`, `x.flatten({ start_dim: 1 })`,
 * `x.topk(3, { dim: 0 })`. What a call leaves out, and None where it is the default, comes as undefined.
 */

const instanceOf = (type: abstract new (...args: never) => unknown): Reader => (value) => (value instanceof type ? value : undefined);

/** A tensor without axes counts as its element. */
const ofElement = (reader: Reader, suits: (type: DType) => boolean = () => true): Reader => (value) => {
  if (!(value instanceof Tensor)) return reader(value);
  return value.ndim === 0 && !value.requires_grad && suits(value.dtypeCore) ? reader(value.item()) : undefined;
};
/** Where Python itself takes a bool for a number, these functions do not. */
const number = (reader: Reader, suits?: (type: DType) => boolean): Reader =>
  ofElement((value) => (typeof value === 'boolean' ? undefined : reader(value)), suits);
const integer = number(toInteger, isInteger);
const anyScalar: Reader = (value) => (isScalar(value) ? value : undefined);
const scalar = ofElement(anyScalar);

const integers: Reader = (value) => {
  if (!Array.isArray(value)) return undefined;
  const list = value.map(integer);
  return list.includes(undefined) ? undefined : list.every((each, i) => each === value[i]) ? value : list;
};

const floats: Reader = (value) => {
  if (!Array.isArray(value)) return undefined;
  const list = value.map(kinds.float);
  return list.includes(undefined) ? undefined : list;
};

/** Where several results go. */
const tensors = (count: number): Reader => (value) => {
  if (!Array.isArray(value)) return undefined;
  if (value.length !== count) throw new TypeError(`expected tuple of ${count} elements but got ${value.length}`);
  const wrong = value.findIndex((each) => !(each instanceof Tensor));
  if (wrong >= 0) throw new TypeError(`expected Tensor as element ${wrong} in argument 'out', but got ${pythonTypeName(value[wrong])}`);
  return value;
};

/** What all functions of torch know, in whatever they are written. */
Object.assign(kinds, {
  'Tensor': instanceOf(Tensor), 'torch.dtype': instanceOf(dtype), 'int': ofElement(kinds.int, isInteger), 'float': ofElement(kinds.float),
});
Object.assign(python.implied, {
  input: 'Tensor', target: 'Tensor', weight: 'Tensor', pos_weight: 'Tensor', _weight: 'Tensor', running_mean: 'Tensor | None',
  running_var: 'Tensor | None', x1: 'Tensor', x2: 'Tensor',
});

/** What functions that are not written in Python know; modules with classes of their own add theirs. */
export const builtinKinds: Record<string, Reader> = {
  'str': kinds.str, 'int': integer, 'float': number(kinds.float), 'bool': (value) => (typeof value === 'boolean' ? value : undefined),
  'Tensor': kinds.Tensor, 'Number': scalar, 'torch.dtype': kinds['torch.dtype'],
  'torch.device': (value) => (typeof value === 'string' || value instanceof device ? value : undefined),
  'torch.layout': (value) => (value === strided ? value : undefined), 'torch.memory_format': instanceOf(MemoryFormat),
  'tuple of Tensors (2)': tensors(2), 'tuple of Tensors (3)': tensors(3), 'tuple of Tensors (4)': tensors(4),
  'tuple of ints': integers, 'tuple of floats': floats,
  'tuple of Tensors': (value) => (Array.isArray(value) ? value : undefined),
};

/** Functions that are not written in Python. */
export const builtin: Dialect = {
  builtin: true, kinds: builtinKinds,
  implied: {
    input: 'Tensor', self: 'Tensor', other: 'Tensor', index: 'Tensor', out: 'Tensor', generator: 'Generator',
    dtype: 'torch.dtype', device: 'torch.device', layout: 'torch.layout', memory_format: 'torch.memory_format',
  },
  // NumPy's names.
  aliases: { input: ['x', 'a', 'x1'], other: ['x2'], dim: ['axis'], keepdim: ['keepdims'] },
};

/** The same without NumPy's names: torch.nn has none of NumPy's functions. */
export const native = { ...builtin, aliases: {} } as const satisfies Dialect;

/** What PyTorch's functions that are written in Python know. */
export const inPython = { ...builtin, builtin: false, aliases: {} } as const satisfies Dialect;

type Renamed<Piece extends string, Name extends string, Names extends string> =
  Piece extends `${Name}${infer Rest}` ? (Rest extends '' | `: ${string}` | `=${string}` ? `${Names}${Rest}` : Piece) : Piece;

type AlsoNumPy<Piece extends string> = Renamed<Renamed<Renamed<Renamed<Piece,
'dim', 'dim|axis'>, 'keepdim', 'keepdim|keepdims'>, 'other', 'other|x2'>, 'input', 'input|x|a|x1'>;

type AlsoNumPyIn<Pieces extends readonly string[]> =
  Pieces extends readonly [infer Piece extends string, ...infer Rest extends readonly string[]]
    ? [AlsoNumPy<Piece>, ...AlsoNumPyIn<Rest>] : [];

/** The parameters in a text, with NumPy's names as well where the dialect knows them. */
type ParametersOf<T extends Text, D extends Dialect> = D extends { readonly builtin: false } ? PiecesOf<T> : AlsoNumPyIn<PiecesOf<T>>;

/** Parameters of a text by name, NumPy's names among them. */
export type NamedOf<T extends Text, P extends readonly unknown[]> = Named<NamesIn<AlsoNumPyIn<PiecesOf<T>>>, P>;

type Behind<Pieces extends readonly string[]> =
  Pieces extends readonly [string, ...infer Rest extends readonly string[]] ? Rest : [];

/** The names by which all of a call can be given, the first among them. */
type ByName<Pieces extends readonly string[], First, P extends readonly unknown[], K> =
  Extract<CallOf<Pieces, [First, ...P], K>, readonly [unknown]>[0];

/** A function of a tensor (or what else comes first) and of parameters P, whose names follow the first's in T. */
export interface Keyed<T extends Text, P extends readonly unknown[], R, K = unknown, First = Tensor, D extends Dialect = Dialect> {
  (options: ByName<ParametersOf<T, D>, First, P, K>): R;
  (input: First, ...rest: CallOf<Behind<ParametersOf<T, D>>, P, K>): R;
}

export interface Out {
  readonly out?: Tensor | null;
}

/** The same, with a tensor that the result is written into. */
export type KeyedOut<T extends Text, P extends readonly unknown[], First = Tensor, D extends Dialect = Dialect> =
  Keyed<T, P, Tensor, Out, First, D>;

type AnySignature = Signature<readonly string[], readonly unknown[], unknown>;

/** What methods call their functions on, so that errors count arguments without the tensor. */
export const asMethod = {};

export const selfOf = (on: unknown): number => (on === asMethod ? 1 : 0);

/** A signature of a function, which is not written in Python unless the dialect says so. */
export const builtinSignature = (name: string, text: Text, dialect = builtin): AnySignature => new Signature(name, text, dialect);

export function keyed<const T extends Text, P extends unknown[], R, First = Tensor, D extends Dialect = Dialect>(
  name: string, text: T, f: (input: First, ...rest: P) => R, dialect: D | Dialect = builtin,
): Keyed<T, P, R, unknown, First, D> {
  const declared = builtinSignature(name, text, dialect);
  return function (this: unknown, ...given: unknown[]) {
    return f(...(declared.fits(given) ? given : declared.list(given, selfOf(this))) as [First, ...P]);
  };
}

/** A function that only answers. */
export function asking<R>(name: string, f: () => R, dialect = builtin): () => R {
  const declared = builtinSignature(name, '', dialect);
  return (...given: unknown[]) => {
    if (given.length > 0) declared.list(given);
    return f();
  };
}

/** The signature's last parameter is `out`, which the function does not see. */
export function keyedOut<const T extends Text, P extends unknown[], First = Tensor, D extends Dialect = Dialect>(
  name: string, text: T, f: (input: First, ...rest: P) => Tensor, dialect: D | Dialect = builtin,
): KeyedOut<T, P, First, D> {
  const declared = builtinSignature(name, text, dialect);
  return function (this: unknown, ...given: unknown[]) {
    return declared.fits(given) ? f(...given as [First, ...P]) : delivered(declared.name, declared.list(given, selfOf(this)), f);
  };
}

/** What a function makes of values, the last of which says where it goes. */
export function delivered<P extends readonly unknown[]>(name: string, values: unknown[], f: (...operands: P) => Tensor): Tensor {
  const out = values.pop() as Tensor | undefined;
  const result = f(...values as unknown as P);
  return out === undefined ? result : intoOut(name, result, out, values);
}

/** A function with its in-place form, which PyTorch names with an underscore; P are the parameters behind the first. */
export interface BothForms<T extends Text, P extends readonly unknown[], First = Tensor> extends KeyedOut<T, P, First> {
  readonly inPlace: Keyed<T, P, Tensor>;
}

/** A signature's text with `out` behind it. */
export function withOut(text: Text): string {
  const line = typeof text === 'string' ? text : text.join(', ');
  return `${line}${line.includes('*, ') ? '' : ', *'}, out=None`;
}

/** A function and its in-place form by one signature, which the first has `out` besides. */
export function bothForms<const T extends Text, P extends unknown[], First = Tensor>(
  name: string, text: T, f: (input: First, ...rest: P) => Tensor, inPlace: (input: Tensor, ...rest: P) => Tensor,
): BothForms<T, P, First> {
  return Object.assign(keyedOut<string, P, First>(name, withOut(text), f), { inPlace: keyed(`${name}_`, text, inPlace) }) as
    unknown as BothForms<T, P, First>;
}

/** One of several signatures of a function, and what it computes from the values in order. */
export type Overload = readonly [text: string, compute: (...values: never[]) => unknown];

/** A function of several signatures, tried in order, as PyTorch does. */
export function overloaded<F extends (...args: never) => unknown>(name: string, ...overloads: readonly Overload[]): F {
  const declared = overloads.map(([text], i) => builtinSignature(i === 0 ? name : `${name}#${i + 1}`, text));
  const call = function (this: unknown, ...given: unknown[]): unknown {
    const quick = declared.findIndex((each) => each.fits(given));
    if (quick >= 0) return overloads[quick][1](...given as never[]);
    for (let i = 0; i < declared.length; i++) {
      const values = declared[i].attempt(given);
      if (values !== null) return overloads[i][1](...values as never[]);
    }
    throw refusal(name, declared, given, selfOf(this));
  };
  return call as unknown as F;
}

/** The error of the only signature that takes so many arguments, or one that names them all. */
function refusal(name: string, declared: readonly AnySignature[], given: readonly unknown[], self: number): TypeError {
  const last = given.at(-1);
  const options = isOptions(last) ? last : {};
  const positional = isOptions(last) ? given.slice(0, -1) : given;
  const count = positional.length + Object.keys(options).length;
  const plausible = declared.filter(({ parameters }) => count >= parameters.filter(({ byDefault }) => byDefault === undefined).length
    && (count <= parameters.length || (positional === given && parameters.some(({ variadic }) => variadic))));
  if (declared.length === 1 || plausible.length === 1) (plausible.at(0) ?? declared[0]).list(given, self);
  const named = Object.entries(options).map(([key, value]) => `${key}=${pythonTypeName(value)}`);
  const types = [...positional.slice(self).map(pythonTypeName), ...named];
  const expected = declared.map(({ text }) => ` * (${text})`).join('\n');
  return new TypeError(
    `${name}() received an invalid combination of arguments - got (${types.join(', ')}), but expected one of:\n${expected}\n`);
}
