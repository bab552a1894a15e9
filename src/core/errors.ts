import { refuseAnotherCopy } from './copies.ts';
import { isPlain } from './realms.ts';

/** A message is text, whatever a caller gives. */
const messageOf = (message: unknown): string => (message === undefined ? '' : shown(message));

/**
 * Errors with Python's names, so that ported `except` clauses translate one to one.
 * Python's `TypeError` is JavaScript's own `TypeError`.
 */
export class PythonError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(messageOf(message), options);
    this.name = new.target.name;
  }
}

/**
 * A value of the right type that will not do: shapes that do not fit, a name that is not known. Source: ValueError.
 * @example
 * np.reshape([1, 2, 3], 2) // → ValueError: cannot reshape array of size 3 into shape (2,)
 */
export class ValueError extends PythonError {}
/**
 * An index that is out of bounds, or of a kind that is none. Source: IndexError.
 * @example
 * np.arange(3).at(5) // → IndexError: index 5 is out of bounds for axis 0 with size 3
 */
export class IndexError extends PythonError {}
/**
 * A name that is not there. Source: KeyError.
 * @example
 * np.load<np.NpzFile>(np.savez({ x: [1] })).get('y') // → KeyError: y is not a file in the archive
 */
export class KeyError extends PythonError {}
/**
 * A field that is not there, or may not be written. Source: AttributeError.
 * @example
 * torch.nn.Linear(2, 1).get_parameter('slope') // → AttributeError: Linear has no attribute `slope`
 */
export class AttributeError extends PythonError {}
/**
 * What PyTorch says is wrong with a call; of NumPy's functions hardly one throws it. Source: RuntimeError.
 * @example
 * torch.ones(2).view(3) // → RuntimeError: shape '[3]' is invalid for input of size 2
 */
export class RuntimeError extends PythonError {}
/**
 * What is not there; the message says what to do instead. Source: NotImplementedError.
 * @example
 * np.zeros(3).resize(4)
 * // → NotImplementedError: cannot resize an array in place: other views may share its memory; use np.resize(x, shape) instead
 */
export class NotImplementedError extends RuntimeError {}
/**
 * A whole number divided by 0 where that has no value. Source: ZeroDivisionError.
 * @example
 * np.arange(0, 3, 0) // → ZeroDivisionError: division by zero
 */
export class ZeroDivisionError extends PythonError {}
/**
 * A division by zero, an overflow or a result that has no value, where `np.seterr` asks for an error. Source: FloatingPointError.
 * @example
 * np.errstate({ over: 'raise' }, () => np.exp(1000)) // → FloatingPointError: overflow encountered in exp
 */
export class FloatingPointError extends PythonError {}
/**
 * Something that was to be there under a name. Source: NameError.
 * @example
 * np.errstate({ over: 'call' }, () => np.exp(1000))
 * // → NameError: python callback specified for overflow (in  exp) but no function found.
 */
export class NameError extends PythonError {}
/**
 * A number that its dtype cannot hold. Source: OverflowError.
 * @example
 * np.array([300], { dtype: 'uint8' }) // → OverflowError: Python integer 300 out of bounds for uint8
 */
export class OverflowError extends PythonError {}
/**
 * More memory than there is. Source: MemoryError.
 * @example
 * np.zeros([1e9, 1e9]) // → MemoryError: Unable to allocate 6.94 EiB for an array with shape (1000000000, 1000000000) and data type float64
 */
export class MemoryError extends PythonError {}
/**
 * A file that ends too early. Source: EOFError.
 * @example
 * np.load(new Uint8Array(0)) // → EOFError: No data left in file
 */
export class EOFError extends PythonError {}
/**
 * Something that was taken for granted, and is not so. Source: AssertionError.
 * @example
 * torch.nn.Embedding(3, 2, { _weight: torch.ones(2, 2) })
 * // → AssertionError: Shape of weight does not match num_embeddings and embedding_dim
 */
export class AssertionError extends PythonError {}

/**
 * No loop of a ufunc fits the dtypes; a TypeError, as in NumPy.
 * @example
 * np.add(1, 0.5, { out: np.array([0]) })
 * // → UFuncTypeError: Cannot cast ufunc 'add' output from dtype('float64') to dtype('int64') with casting rule 'same_kind'
 */
export class UFuncTypeError extends TypeError {
  constructor(message: string) {
    super(messageOf(message));
    this.name = 'UFuncTypeError';
  }
}

/**
 * An axis that the array has not; in Python it is both a ValueError and an IndexError, here a ValueError. Source:
 * numpy.exceptions.AxisError.
 * @example
 * np.sum([1, 2], { axis: 1 }) // → AxisError: axis 1 is out of bounds for array of dimension 1
 */
export class AxisError extends ValueError {}

/**
 * A question whose answer would take longer than was allowed: `shares_memory` with `max_work`. Source:
 * numpy.exceptions.TooHardError.
 * @example
 * const x = np.zeros([13, 17], 'uint8');
 * np.shares_memory(x.at('::2, ::3'), x.at('1::3, 1::5'), { max_work: 1 }) // → TooHardError: Exceeded max_work
 */
export class TooHardError extends RuntimeError {}

/**
 * A matrix that will not do; a ValueError, as in NumPy. Source: numpy.linalg.LinAlgError.
 * @example
 * np.linalg.inv([[1, 2], [2, 4]]) // → LinAlgError: Singular matrix
 */
export class LinAlgError extends ValueError {}

/**
 * What Python calls the class of a value, for messages about one that is of the wrong kind. Where it is an array of another copy of the
 * package, that is what is wrong with it, and what this throws.
 */
export function pythonTypeName(value: unknown): string {
  switch (typeof value) {
    case 'number': return Number.isInteger(value) ? 'int' : 'float';
    case 'bigint': return 'int';
    case 'boolean': return 'bool';
    case 'string': return 'str';
    case 'undefined': return 'NoneType';
    case 'function': return 'function';
    case 'symbol': return 'symbol';
    default:
      if (value === null) return 'NoneType';
      if (Array.isArray(value)) return 'list';
      refuseAnotherCopy(value);
      // What has no class is a namespace.
      return isPlain(value as object) ? 'dict' : (value as Partial<object>).constructor?.name ?? 'module';
  }
}

/** A value as messages name it: objects by the name of their class. */
export function shown(value: unknown): string {
  return typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol' ? pythonTypeName(value)
    : value === undefined ? 'None' : String(value);
}

/** Throws Python's error for what cannot be called. */
export function checkCallable(value: unknown): asserts value is (...args: never) => unknown {
  // What `new` alone may call has a prototype that is fixed.
  const isClass = typeof value === 'function' && Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
  if (typeof value !== 'function' || isClass) throw new TypeError(`'${isClass ? 'type' : pythonTypeName(value)}' object is not callable`);
}

/** What only inherits from a typed array: it has no elements, and asking for their number throws. */
const isHollow = (value: unknown): boolean => value instanceof Object.getPrototypeOf(Int8Array) && !ArrayBuffer.isView(value);

/** The same of what cannot be gone through. */
export function iterable<T>(value: Iterable<T>): Iterable<T> {
  if (!isHollow(value) && typeof (value as Partial<Iterable<T>> | null | undefined)?.[Symbol.iterator] === 'function') return value;
  throw new TypeError(`'${pythonTypeName(value)}' object is not iterable`);
}

/** What can be gone through as a list, in which holes are elements. */
export const listOf = <T>(value: Iterable<T>): T[] => [...iterable(value)];

/** How many elements something says that it has. */
export function lengthOf(value: unknown): number {
  const length = isHollow(value) ? undefined : (value as { readonly length?: unknown } | null | undefined)?.length;
  if (typeof value !== 'function' && typeof length === 'number') return length;
  throw new TypeError(`object of type '${pythonTypeName(value)}' has no len()`);
}

/** The class, where writes to what it only shows throw Python's error; `name` is what Python calls the class. */
export function refuseWrites<C extends { readonly prototype: object }>(original: C, name: string): C {
  const { prototype } = original;
  for (const [key, { get, set }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (get === undefined || set !== undefined) continue;
    Object.defineProperty(prototype, key, {
      get, configurable: true,
      set(): never {
        throw new AttributeError(`attribute '${key}' of '${name}' objects is not writable`);
      },
    });
  }
  return original;
}

/** Python's spelling of a shape or any tuple of numbers: `()`, `(3,)`, `(2, 3)`. */
export function tupleText(values: readonly (number | bigint)[]): string {
  return values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`;
}

/** A shape as NumPy's errors write it, without spaces: `(2,3)`, `(3,)`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(',')})`;
}

/** Shapes of operands that do not come together; what they are. */
export const remappedError = (shapes: string): ValueError =>
  new ValueError(`operands could not be broadcast together with remapped shapes [original->remapped]: ${shapes}`);

/** Shapes of two arguments of several that do not come together. */
export const mismatchError = (i: number, one: readonly number[], k: number, other: readonly number[]): ValueError =>
  new ValueError('shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between '
    + `arg ${i} with shape ${tupleText(one)} and arg ${k} with shape ${tupleText(other)}.`);

export const notAnInteger = (value: unknown): TypeError =>
  new TypeError(`'${pythonTypeName(value)}' object cannot be interpreted as an integer`);

/** Python's int of a float. */
export function wholePart(value: number): number {
  if (Number.isNaN(value)) throw new ValueError('cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw new OverflowError('cannot convert float infinity to integer');
  return Math.trunc(value);
}

/** What Python's int takes nothing of. */
export const notReal = (type: string): TypeError =>
  new TypeError(`int() argument must be a string, a bytes-like object or a real number, not '${type}'`);

/** The reduction of nothing by a ufunc that has no value for it. */
export const noIdentity = (ufunc: string): ValueError =>
  new ValueError(`zero-size array to reduction operation ${ufunc} which has no identity`);

/** A value of one shape that was to be written into another. */
export const inputError = (from: readonly number[], into: readonly number[]): ValueError =>
  new ValueError(`could not broadcast input array from shape ${shapeText(from)} into shape ${shapeText(into)}`);

export const noAttribute = (value: unknown, attribute: string): AttributeError =>
  new AttributeError(`'${pythonTypeName(value)}' object has no attribute '${attribute}'`);
