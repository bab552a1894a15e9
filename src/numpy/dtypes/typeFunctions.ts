import type { DType } from '../../core/dtype.ts';
import { isScalar } from '../../core/complex.ts';
import type { Scalar } from '../../core/complex.ts';
import { ValueError, pythonTypeName } from '../../core/errors.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { DTypeLike } from './dtype.ts';
import { dtype, dtypeOf } from './dtype.ts';
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
