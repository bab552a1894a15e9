import type { DType, DTypeName } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { NotImplementedError, ValueError, shown } from '../../core/errors.ts';
import { isOptions } from '../../core/options.ts';
import { Signature, python } from '../../core/signature.ts';
import type { StridedArray } from '../../core/strided.ts';

/** NumPy's dtype objects: one for each element type that NumPy has. */

/**
 * What a dtype says of itself. `np.float32(0.5)` makes an array of one element. Source: numpy.dtype.
 * @example
 * const type = np.dtype('float32');
 * type.name; // → float32
 * [type.kind, type.char, type.num]; // → ['f', 'f', 11]
 * [type.itemsize, type.alignment]; // → [4, 4]
 * [type.str, type.byteorder]; // → ['<f4', '=']
 */
export interface dtype {
  /** 'float32', 'int64', 'bool', ... */
  readonly name: DTypeName;
  /** 'b', 'i', 'u', 'f' or 'c'. */
  readonly kind: 'b' | 'i' | 'u' | 'f' | 'c';
  /** NumPy's one-letter code: 'f' for float32, 'l' for int64. */
  readonly char: string;
  /** Bytes of one element. */
  readonly itemsize: number;
  /** Bytes at whose multiples an element lies. */
  readonly alignment: number;
  /** The array-protocol string, as in .npy headers: '<f4', '|b1'. */
  readonly str: string;
  /** NumPy's type number. */
  readonly num: number;
  /** '=' for native order, '|' where order means nothing. */
  readonly byteorder: '=' | '|';
  /**
   * What makes scalars of it, which is the dtype itself. Source: numpy.dtype.type.
   * @example
   * np.dtype('float32').type === np.float32 // → true
   */
  readonly type: dtype;
  /**
   * Whether its bytes are in the machine's order, as they always are. Source: numpy.dtype.isnative.
   * @example
   * np.dtype('int64').isnative // → true
   */
  readonly isnative: true;
  /** The element type itself. @internal */
  readonly core: DType;
  toString(): string;
}

/** How a dtype may be named. */
export type DTypeLike = dtype | string;

/** Name, kind, char and type number, in NumPy's own order, which is the order in which loops are searched. */
const rows: readonly [DTypeName, dtype['kind'], string, number][] = [
  ['bool', 'b', '?', 0],
  ['int8', 'i', 'b', 1], ['uint8', 'u', 'B', 2],
  ['int16', 'i', 'h', 3], ['uint16', 'u', 'H', 4],
  ['int32', 'i', 'i', 5], ['uint32', 'u', 'I', 6],
  ['int64', 'i', 'l', 7], ['uint64', 'u', 'L', 8],
  ['float16', 'f', 'e', 23], ['float32', 'f', 'f', 11], ['float64', 'f', 'd', 12],
  ['complex64', 'c', 'F', 14], ['complex128', 'c', 'D', 15],
];

/** `np.float32(0.5)` makes an array of one element; src/numpy/creation.ts says how, once it is loaded. */
let construct: ((value: unknown, dtype: dtype) => StridedArray) | undefined;

export function constructWith(maker: (value: unknown, dtype: dtype) => StridedArray): void {
  construct = maker;
}

const prototype = Object.create(Function.prototype, {
  toString: { value(this: dtype): string { return this.name; } },
  toJSON: { value(this: dtype): string { return this.name; } },
  [Symbol.for('nodejs.util.inspect.custom')]: { value(this: dtype): string { return this.name; } },
}) as object;

function make(name: DTypeName, kind: dtype['kind'], char: string, num: number): dtype {
  const element = core.dtypeNamed(name)!;
  const { itemsize } = element;
  const single = itemsize === 1;
  const object = ((...args: readonly unknown[]): StridedArray => {
    if (args.length > 1) throw new TypeError(`function takes at most 1 argument (${args.length} given)`);
    const [value = 0] = args;
    const [name] = isOptions(value) ? Object.keys(value) : [];
    if (name !== undefined) throw new TypeError(`'${name}' is an invalid keyword argument for this function`);
    return construct!(value, object);
  }) as unknown as dtype;
  Object.setPrototypeOf(object, prototype);
  const fields: Omit<dtype, 'toString'> = {
    name, kind, char, itemsize, num, core: element, type: object, isnative: true,
    alignment: itemsize / element.components,
    str: `${single ? '|' : '<'}${kind}${itemsize}`,
    byteorder: single ? '|' : '=',
  };
  for (const [key, value] of Object.entries(fields)) Object.defineProperty(object, key, { value, enumerable: true });
  return Object.freeze(object);
}

/** In the order of NumPy's loops. */
export const allDTypes: readonly dtype[] = rows.map((row) => make(...row));
export const loopOrder: readonly DType[] = allDTypes.map((each) => each.core);
const byCode: (dtype | undefined)[] = [];
for (const each of allDTypes) byCode[each.core.code] = each;

/** The NumPy object of a core dtype. */
export function dtypeOf(element: DType): dtype {
  const found = byCode[element.code];
  if (found === undefined) {
    throw new TypeError(
      `data type '${element.name}' not understood: NumPy does not have it; cast to float32 first`);
  }
  return found;
}

export const [
  bool_, int8_, uint8_, int16_, uint16_, int32_, uint32_, int64_, uint64_, float16_, float32_, float64_, complex64_, complex128_,
] = allDTypes;

const bySpelling = new Map<string, dtype>();
for (const each of allDTypes) {
  const code = `${each.kind}${each.itemsize}`;
  for (const spelling of [each.name, each.char, code, `<${code}`, `=${code}`, `|${code}`]) bySpelling.set(spelling, each);
  if (each.itemsize === 1) bySpelling.set(`>${code}`, each);
}
export const otherSpellings: Readonly<Record<string, dtype>> = {
  bool_, int: int64_, int_: int64_, uint: uint64_, float: float64_, complex: complex128_,
  byte: int8_, ubyte: uint8_, short: int16_, ushort: uint16_, intc: int32_, uintc: uint32_, intp: int64_, uintp: uint64_,
  long: int64_, ulong: uint64_, longlong: int64_, ulonglong: uint64_, half: float16_, single: float32_, double: float64_,
  csingle: complex64_, cdouble: complex128_, q: int64_, Q: uint64_, p: int64_, P: uint64_, n: int64_, N: uint64_,
};
for (const [spelling, each] of Object.entries(otherSpellings)) bySpelling.set(spelling, each);

/** What C calls a type, as some of NumPy's messages do. */
export const cName = ({ name }: DType): string => ({
  bool: 'bool', int8: 'byte', uint8: 'ubyte', int16: 'short', uint16: 'ushort', int32: 'int', uint32: 'uint', int64: 'long',
  uint64: 'ulong', float16: 'half', float32: 'float', float64: 'double', complex64: 'cfloat', complex128: 'cdouble',
} as Readonly<Record<string, string>>)[name];

function isDType(value: unknown): value is dtype {
  return typeof value === 'function' && Object.getPrototypeOf(value) === prototype;
}

/** A name that is only there to say why nothing is there. */
export type Refused = (...args: readonly unknown[]) => never;

const refusal = Symbol('refusal');

/** A function that throws when it is called, and when a dtype is asked for by it. */
export function refused(message: string): Refused {
  const refuse = (..._args: readonly unknown[]): never => {
    throw new NotImplementedError(message);
  };
  return Object.defineProperty(refuse, refusal, { value: true });
}

const isRefused = (value: unknown): value is Refused => typeof value === 'function' && refusal in value;

function parse(value: unknown): dtype {
  if (isDType(value)) return value;
  if (isRefused(value)) return value();
  if (typeof value === 'string') {
    const found = bySpelling.get(value);
    if (found !== undefined) return found;
    if (/^>[iufc]\d+$/.test(value)) {
      throw new ValueError(
        `data type '${value}' has bytes in big-endian order, which arrays here do not; use '<${value.slice(1)}'`);
    }
    throw new TypeError(`data type '${value}' not understood`);
  }
  if (value === null || value === undefined) return float64_;
  throw new TypeError(`Cannot interpret '${shown(value)}' as a data type`);
}

interface DTypeOptions {
  /** Whether fields are aligned, of which there are none. */
  align?: boolean;
  /** There is one object for each dtype, so that it makes no difference. */
  copy?: boolean;
}

interface DTypeFunction {
  (dtype: DTypeLike | null, align?: boolean, copy?: boolean): dtype;
  (dtype: DTypeLike | null, options: DTypeOptions): dtype;
  (dtype: DTypeLike | null, align: boolean, options: Pick<DTypeOptions, 'copy'>): dtype;
  (options: DTypeOptions & { dtype: DTypeLike | null }): dtype;
  [Symbol.hasInstance](value: unknown): value is dtype;
}

const declared = new Signature('numpy.dtype', 'dtype: Any, align=False, copy=False, metadata=None', {
  ...python, words: { missing: (name, place) => `missing required argument '${name}' (pos ${place + 1})` },
});

/**
 * The dtype that a name, an array-protocol string or another dtype stands for; float64 for null, as in NumPy.
 * Throws a TypeError for anything else. Source: numpy.dtype.
 * @example
 * np.dtype('<f4') === np.float32 // → true
 */
export const dtype: DTypeFunction = Object.defineProperty((...args: readonly unknown[]): dtype => {
  const [value, , , metadata] = declared.list(args);
  if (metadata !== undefined) throw new NotImplementedError('dtypes are shared by all arrays, so that they hold no metadata');
  return parse(value);
}, Symbol.hasInstance, { value: isDType }) as never;

/** The core element type of a `dtype=` argument; undefined where nothing is asked for. */
export function coreOf(value: DTypeLike | null | undefined): DType | undefined {
  return value === undefined || value === null ? undefined : parse(value).core;
}

/** `dtype('float64')`, as NumPy's errors write it. */
export function dtypeRepr(element: DType): string {
  return `dtype('${element.name}')`;
}

/** What each dtype is called by its class in NumPy's errors: `numpy.dtypes.Int64DType`. */
export function dtypeClass(element: DType): string {
  const named = element.name.replace(/^uint/, 'UInt').replace(/^[a-z]/, (letter) => letter.toUpperCase());
  return `<class 'numpy.dtypes.${named}DType'>`;
}
