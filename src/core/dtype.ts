import { typedArrayName } from './realms.ts';

/** The element types, one object each. Façades show them under their own spelling. */

export type Kind = 'bool' | 'uint' | 'int' | 'float' | 'complex';

export type TypedArray =
  | Int8Array | Int16Array | Int32Array | BigInt64Array
  | Uint8Array | Uint16Array | Uint32Array | BigUint64Array
  | Float32Array | Float64Array;

export interface TypedArrayConstructor {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): TypedArray;
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): TypedArray;
}

const rows = [
  ['bool', 'bool', 1, Uint8Array],
  ['int8', 'int', 1, Int8Array],
  ['int16', 'int', 2, Int16Array],
  ['int32', 'int', 4, Int32Array],
  ['int64', 'int', 8, BigInt64Array],
  ['uint8', 'uint', 1, Uint8Array],
  ['uint16', 'uint', 2, Uint16Array],
  ['uint32', 'uint', 4, Uint32Array],
  ['uint64', 'uint', 8, BigUint64Array],
  ['float16', 'float', 2, Uint16Array],
  ['bfloat16', 'float', 2, Uint16Array],
  ['float32', 'float', 4, Float32Array],
  ['float64', 'float', 8, Float64Array],
  ['complex64', 'complex', 8, Float32Array],
  ['complex128', 'complex', 16, Float64Array],
] as const satisfies readonly (readonly [string, Kind, number, TypedArrayConstructor])[];

type Row = (typeof rows)[number];
export type DTypeName = Row[0];

interface DTypeOf<Name, Kind, ItemSize> {
  readonly name: Name;
  readonly kind: Kind;
  /** Bytes of one element. */
  readonly itemsize: ItemSize;
  /** Position in `dtypes`; kernel tables are indexed by it. */
  readonly code: number;
  /** How JavaScript sees one component: half floats appear as their uint16 bit patterns. */
  readonly array: TypedArrayConstructor;
  /** 2 for complex types, else 1. */
  readonly components: 1 | 2;
}

/** One of the rows, each with its own name, kind and size: what a check of one tells, the compiler knows of the others. */
export type DType = { [R in Row as R[0]]: DTypeOf<R[0], R[1], R[2]> }[DTypeName];
type Named<Name extends DTypeName> = Extract<DType, { readonly name: Name }>;
export type HalfDType = Named<'float16' | 'bfloat16'>;
export type ComplexDType = Extract<DType, { readonly kind: 'complex' }>;

/**
 * The first thing that `structuredClone` and `postMessage` find in an array. They refuse functions, and engines built on V8 quote the
 * function that they refuse: this is the only way to say anything there. No minifier changes or breaks a pattern, as it would a string.
 */
const clone = (): RegExp => /arrays of Flambeau are sent as flambeau.pack(array) and received by flambeau.unpack(message)/;

export const dtypes: readonly DType[] = rows.map(([name, kind, itemsize, array], code) =>
  Object.freeze({ clone, name, kind, itemsize, code, array, components: kind === 'complex' ? 2 : 1 } as DType));

const byName = Object.fromEntries(dtypes.map((dtype) => [dtype.name, dtype])) as { readonly [Name in DTypeName]: Named<Name> };

export const {
  bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64,
  float16, bfloat16, float32, float64, complex64, complex128,
} = byName;

export function dtypeNamed(name: string): DType | undefined {
  return Object.hasOwn(byName, name) ? byName[name as DTypeName] : undefined;
}

export const isInteger = (dtype: DType): boolean => dtype.kind === 'int' || dtype.kind === 'uint';
export const isFloating = (dtype: DType): boolean => dtype.kind === 'float';
export const isComplex = (dtype: DType): dtype is ComplexDType => dtype.kind === 'complex';
/** Floating or complex: the dtypes that can carry a gradient. */
export const isInexact = (dtype: DType): boolean => dtype.kind === 'float' || dtype.kind === 'complex';
/** float16 and bfloat16 are kept in memory and computed in float32. */
export const isHalf = (dtype: DType): dtype is HalfDType => dtype === float16 || dtype === bfloat16;

/** The real type of a complex type's components; other types are their own. */
export function componentType<D extends DType>(dtype: D): D | typeof float32 | typeof float64 {
  return dtype === complex64 ? float32 : dtype === complex128 ? float64 : dtype;
}

export function complexTypeOf(dtype: DType): DType {
  return dtype === float64 || dtype === complex128 ? complex128 : complex64;
}

/** PyTorch's names in error messages: Float, Long, ... */
const scalarTypeNames: Readonly<Record<DTypeName, string>> = {
  bool: 'Bool', int8: 'Char', int16: 'Short', int32: 'Int', int64: 'Long',
  uint8: 'Byte', uint16: 'UInt16', uint32: 'UInt32', uint64: 'UInt64',
  float16: 'Half', bfloat16: 'BFloat16', float32: 'Float', float64: 'Double', complex64: 'ComplexFloat', complex128: 'ComplexDouble',
};

export function scalarTypeName(dtype: DType): string {
  return scalarTypeNames[dtype.name];
}

/** Smallest and largest value of an integer type, as bigints. */
export function integerRange(dtype: DType): readonly [bigint, bigint] {
  const bits = BigInt(dtype.itemsize * 8);
  return dtype.kind === 'uint' ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
}

const cTypeNames: Readonly<Record<DTypeName, string>> = {
  bool: 'bool', int8: 'signed char', int16: 'short int', int32: 'int', int64: 'long int',
  uint8: 'unsigned char', uint16: 'short unsigned int', uint32: 'unsigned int', uint64: 'long unsigned int',
  float16: 'c10::Half', bfloat16: 'c10::BFloat16', float32: 'float', float64: 'double',
  complex64: 'c10::complex<float>', complex128: 'c10::complex<double>',
};

/** The C++ name of PyTorch's type, which some of its messages use. */
export const cTypeName = (dtype: DType): string => cTypeNames[dtype.name];

/** The dtypes of typed arrays by the names of their classes. */
const ofTypedArrays: ReadonlyMap<unknown, DType> = new Map<unknown, DType>([
  ['Int8Array', int8], ['Int16Array', int16], ['Int32Array', int32], ['BigInt64Array', int64], ['Uint8Array', uint8],
  ['Uint8ClampedArray', uint8], ['Uint16Array', uint16], ['Uint32Array', uint32], ['BigUint64Array', uint64],
  ['Float16Array', float16], ['Float32Array', float32], ['Float64Array', float64],
]);

/** The dtype of a typed array, undefined of what is none. */
export const typedArrayDType = (value: unknown): DType | undefined => ofTypedArrays.get(typedArrayName(value));

export function isTypedArray(value: unknown): value is TypedArray {
  return typedArrayName(value) !== undefined;
}

/** The bytes that a view shows, as they lie in memory. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);
