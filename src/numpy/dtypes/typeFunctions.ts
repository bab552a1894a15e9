import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { Complex, isScalar } from '../../core/complex.ts';
import type { Scalar } from '../../core/complex.ts';
import { KeyError, ValueError, noAttribute, pythonTypeName } from '../../core/errors.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { DTypeLike } from './dtype.ts';
import { allDTypes, dtype, dtypeOf, otherSpellings } from './dtype.ts';
import { compiled, routine } from '../arguments/routine.ts';
import type { Casting } from './promotion.ts';
import { castAllowed, checkCasting, commonDType, promote } from './promotion.ts';

/** Questions about dtypes. */

/**
 * Whether one dtype may be cast to another. Source: numpy.can_cast.
 * @example
 * np.can_cast('int32', 'float32') // → false
 */
export const can_cast = routine('can_cast', "from_, to, casting='safe'", (
  from_: DTypeLike | ndarray, to: DTypeLike, casting: Casting = 'safe',
): boolean => {
  checkCasting(casting);
  if (isScalar(from_)) {
    throw new TypeError('can_cast() does not support Python ints, floats, and complex because the result used to depend on the value.\n'
      + 'This change was part of adopting NEP 50, we may explicitly allow them again in the future.');
  }
  return castAllowed(from_ instanceof ndarray ? from_.dtypeCore : dtype(from_).core, dtype(to).core, casting);
});

/**
 * The smallest dtype that both cast to safely. Source: numpy.promote_types.
 * @example
 * np.promote_types('int8', 'uint8') // → int16
 */
export const promote_types = routine('promote_types', 'type1, type2, /', (type1: DTypeLike, type2: DTypeLike): dtype =>
  dtypeOf(promote(dtype(type1).core, dtype(type2).core)), compiled);

/**
 * The dtype that arrays, dtypes and Python's numbers have together. Source: numpy.result_type.
 * @example
 * np.result_type('float32', 3) // → float32
 */
export const result_type: (...arrays_and_dtypes: readonly (ArrayLike | DTypeLike | null)[]) => dtype = routine('result_type', [
  '*arrays_and_dtypes',
], (arrays_and_dtypes: readonly (ArrayLike | DTypeLike | null)[]): dtype => {
  if (arrays_and_dtypes.length === 0) throw new ValueError('at least one array or dtype is required');
  const types: DType[] = [];
  const scalars: Scalar[] = [];
  for (const each of arrays_and_dtypes) {
    if (each === null || each instanceof dtype || typeof each === 'string') types.push(dtype(each).core);
    else if (isScalar(each)) scalars.push(each);
    else types.push(asArray(each as ArrayLike).dtypeCore);
  }
  return dtypeOf(commonDType(types, scalars));
}) as never;

/** NumPy's abstract kinds of dtypes, for `issubdtype`. */
class AbstractType {
  readonly name: string;
  readonly kinds: string;

  constructor(name: string, kinds: string) {
    this.name = name;
    this.kinds = kinds;
  }

  toString(): string {
    return this.name;
  }
}
export type { AbstractType };

/**
 * Any dtype, for `issubdtype`, as all kinds below. Source: numpy.generic.
 * @example
 * np.issubdtype(np.bool, np.generic) // → true
 */
export const generic: AbstractType = new AbstractType('generic', 'biufc');
/**
 * Numbers, without bool. Source: numpy.number.
 * @example
 * np.issubdtype(np.bool, np.number) // → false
 */
export const number: AbstractType = new AbstractType('number', 'iufc');
/**
 * Signed and unsigned integers. Source: numpy.integer.
 * @example
 * np.issubdtype(np.uint8, np.integer) // → true
 */
export const integer: AbstractType = new AbstractType('integer', 'iu');
/**
 * Integers that may be below 0. Source: numpy.signedinteger.
 * @example
 * np.issubdtype(np.uint8, np.signedinteger) // → false
 */
export const signedinteger: AbstractType = new AbstractType('signedinteger', 'i');
/**
 * Integers that are not below 0. Source: numpy.unsignedinteger.
 * @example
 * np.issubdtype(np.uint8, np.unsignedinteger) // → true
 */
export const unsignedinteger: AbstractType = new AbstractType('unsignedinteger', 'u');
/**
 * Floating and complex numbers. Source: numpy.inexact.
 * @example
 * np.issubdtype(np.complex64, np.inexact) // → true
 */
export const inexact: AbstractType = new AbstractType('inexact', 'fc');
/**
 * Floating numbers. Source: numpy.floating.
 * @example
 * np.issubdtype(np.complex64, np.floating) // → false
 */
export const floating: AbstractType = new AbstractType('floating', 'f');
/**
 * Complex numbers. Source: numpy.complexfloating.
 * @example
 * np.issubdtype(np.complex64, np.complexfloating) // → true
 */
export const complexfloating: AbstractType = new AbstractType('complexfloating', 'c');

/**
 * Whether a dtype is, or is of the kind of, another. Source: numpy.issubdtype.
 * @example
 * np.issubdtype('int8', np.integer) // → true
 */
export const issubdtype = routine('issubdtype', 'arg1, arg2', (
  arg1: DTypeLike | AbstractType, arg2: DTypeLike | AbstractType,
): boolean => {
  const kinds = arg1 instanceof AbstractType ? arg1.kinds : dtype(arg1).kind;
  if (arg2 instanceof AbstractType) return [...kinds].every((kind) => arg2.kinds.includes(kind));
  return !(arg1 instanceof AbstractType) && dtype(arg1) === dtype(arg2);
});

const kindNames: Readonly<Record<string, string>> = {
  bool: 'b', 'signed integer': 'i', 'unsigned integer': 'u', integral: 'iu', 'real floating': 'f', 'complex floating': 'c',
  numeric: 'iufc',
};

/**
 * Whether a dtype is of a kind, or one of several. Source: numpy.isdtype.
 * @example
 * np.isdtype(np.float32, 'real floating') // → true
 */
export const isdtype = routine('isdtype', 'dtype, kind', (
  type: dtype, kind: string | dtype | readonly (string | dtype)[],
): boolean => {
  if (!(type instanceof dtype)) {
    throw new TypeError(`dtype argument must be a NumPy dtype, but it is a <class '${pythonTypeName(type)}'>.`);
  }
  const kinds = Array.isArray(kind) ? kind as readonly (string | dtype)[] : [kind as string | dtype];
  return kinds.some((each) => {
    if (typeof each !== 'string') {
      if (each instanceof dtype) return each === type;
      throw new TypeError(`kind argument must be comprised of NumPy dtypes or strings only, but is a <class '${pythonTypeName(each)}'>.`);
    }
    if (!Object.hasOwn(kindNames, each)) {
      throw new ValueError(`kind argument is a string, but '${each}' is not a known kind name.`);
    }
    return kindNames[each].includes(type.kind);
  });
});

/**
 * Whether a value is a number, boolean, bigint or Complex. Source: numpy.isscalar.
 * @example
 * np.isscalar(3) // → true
 */
export const isscalar = routine('isscalar', 'element: object', (element: unknown): boolean =>
  isScalar(element) || typeof element === 'string');

/** The precision of float dtypes that arrays have together; integers count as float64. */
const precisions: readonly string[] = ['float16', 'float32', 'float64'];

/**
 * The floating dtype that arrays have together, complex where one of them is; integers count as float64. Source: numpy.common_type.
 * @example
 * np.common_type(np.arange(2), np.ones(2, 'complex64')) // → complex128
 */
export const common_type = routine('common_type', '*arrays', (arrays: readonly ndarray[]): dtype => {
  let precision = 0;
  let complex = false;
  for (const each of arrays) {
    if (!(each instanceof ndarray)) throw noAttribute(each, 'dtype');
    const type = each.dtypeCore;
    if (type === core.bool) throw new TypeError("can't get common type for non-numeric array");
    complex ||= core.isComplex(type);
    precision = Math.max(precision, core.isInteger(type) ? 2 : precisions.indexOf(core.componentType(type).name));
  }
  return complex ? dtypeOf(precision === 2 ? core.complex128 : core.complex64) : dtype(precisions[precision]);
}) as unknown as (...arrays: readonly ndarray[]) => dtype;

/** The first dtype of a kind whose range a number is in. */
const smallest = (value: number | bigint, kinds: readonly string[]): dtype =>
  dtype(kinds.find((name) => {
    const [low, high] = core.integerRange(core.dtypeNamed(name)!);
    return value >= low && value <= high;
  })!);

/** The first float dtype that holds the sizes of numbers, as NumPy bounds them; infinities and NaN are in the first. */
function smallestFloat(values: readonly number[]): number {
  const size = Math.max(...values.map((each) => (Number.isFinite(each) ? Math.abs(each) : 0)));
  return size < 65000 ? 0 : size < 3.4e38 ? 1 : 2;
}

/**
 * The smallest dtype that holds a number; of an array with axes its own. Source: numpy.min_scalar_type.
 * @example
 * [np.min_scalar_type(10), np.min_scalar_type(-260), np.min_scalar_type(1e50)] // → [uint8, int16, float64]
 */
export const min_scalar_type = routine('min_scalar_type', 'a, /', (a: ArrayLike): dtype => {
  const x = asArray(a);
  if (x.ndim > 0 || x.dtypeCore === core.bool) return dtypeOf(x.dtypeCore);
  if (core.isInteger(x.dtypeCore)) {
    const value = x.toBigInt();
    return value < 0n ? smallest(value, ['int8', 'int16', 'int32', 'int64']) : smallest(value, ['uint8', 'uint16', 'uint32', 'uint64']);
  }
  const value: unknown = x.item();
  if (value instanceof Complex) return dtypeOf(smallestFloat([value.re, value.im]) < 2 ? core.complex64 : x.dtypeCore);
  const found = dtypeOf([core.float16, core.float32, core.float64][smallestFloat([Number(value)])]);
  return found.itemsize < x.itemsize ? found : dtypeOf(x.dtypeCore);
});

/** Letters of dtypes by the sizes of their elements. */
const lettersBySize = 'GDFgdfQqPpLlNnIiHhBb?';

/**
 * The letter of the smallest dtype that those of several letters or arrays cast to safely, among `typeset`. Source: numpy.mintypecode.
 * @example
 * [np.mintypecode(['d', 'f']), np.mintypecode('abceh', { default: 'G' })] // → ['d', 'G']
 */
export const mintypecode = routine('mintypecode', "typechars: iterable, typeset='GDFgdf', default='d'", (
  typechars: Iterable<string | ArrayLike>, typeset: string = 'GDFgdf', otherwise: string = 'd',
): string => {
  const letters = [...typechars].map((each) => (typeof each === 'string' ? each : asArray(each).dtype.char));
  const found = letters.filter((letter) => typeset.includes(letter));
  if (found.length === 0) return otherwise;
  if (found.includes('F') && found.includes('d')) return 'D';
  const places = found.map((letter) => lettersBySize.indexOf(letter));
  if (places.includes(-1)) throw new ValueError('substring not found');
  return lettersBySize[Math.min(...places)];
});

const descriptions: Readonly<Record<string, string>> = {
  'S1': 'character', '?': 'bool', 'b': 'signed char', 'B': 'unsigned char', 'h': 'short', 'H': 'unsigned short', 'i': 'integer',
  'I': 'unsigned integer', 'l': 'long integer', 'L': 'unsigned long integer', 'q': 'long long integer', 'Q': 'unsigned long long integer',
  'f': 'single precision', 'd': 'double precision', 'g': 'long precision', 'F': 'complex single precision',
  'D': 'complex double precision', 'G': 'complex long double precision', 'S': 'string', 'U': 'unicode', 'V': 'void', 'O': 'object',
};

/**
 * What the letter of a dtype stands for, in words. Source: numpy.typename.
 * @example
 * np.typename('d') // → double precision
 */
export const typename = routine('typename', 'char: str', (char: string): string => {
  if (!Object.hasOwn(descriptions, char)) throw new KeyError(`'${char}'`);
  return descriptions[char];
});

/**
 * The letters of the dtypes of each kind. Source: numpy.typecodes.
 * @example
 * np.typecodes['UnsignedInteger'] // → BHILQNP
 */
export const typecodes: Readonly<Record<
  'Integer' | 'UnsignedInteger' | 'Float' | 'Complex' | 'AllInteger' | 'AllFloat' | 'All', string>> = Object.freeze({
  Integer: 'bhilqnp', UnsignedInteger: 'BHILQNP', Float: 'efd', Complex: 'FD', AllInteger: 'bBhHiIlLqQnNpP', AllFloat: 'efdFD',
  All: '?bhilqnpBHILQNPefdFD',
});

/**
 * The dtypes by their names. Source: numpy.sctypeDict.
 * @example
 * np.sctypeDict['half'] === np.float16 // → true
 */
export const sctypeDict: Readonly<Record<string, dtype>> = Object.freeze(Object.fromEntries([
  ...allDTypes.map((each) => [each.name, each] as const),
  ...Object.entries(otherSpellings).filter(([name]) => name.length > 1),
]));

/**
 * Whether bytes of numbers begin with the lowest, as everywhere here. Source: numpy.little_endian.
 * @example
 * np.little_endian // → true
 */
export const little_endian: boolean = true;
