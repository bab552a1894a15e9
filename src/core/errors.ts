/**
 * Errors with Python's names, so that ported `except` clauses translate one to one.
 * Python's `TypeError` is JavaScript's own `TypeError`.
 */
class PythonError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

export class ValueError extends PythonError {}
export class IndexError extends PythonError {}
export class KeyError extends PythonError {}
export class AttributeError extends PythonError {}
export class RuntimeError extends PythonError {}
export class NotImplementedError extends RuntimeError {}
export class ZeroDivisionError extends PythonError {}
export class OverflowError extends PythonError {}
export class MemoryError extends PythonError {}
export class EOFError extends PythonError {}
export class AssertionError extends PythonError {}

/** NumPy raises it where no loop of a ufunc fits; it is a `TypeError` there too. */
export class UFuncTypeError extends TypeError {
  constructor(message: string) {
    super(message);
    this.name = 'UFuncTypeError';
  }
}

/** NumPy's axis error; in Python it is both a ValueError and an IndexError, here a ValueError. */
export class AxisError extends ValueError {}

/** `np.exceptions.TooHardError`. */
export class TooHardError extends RuntimeError {}

/** `np.linalg.LinAlgError`, a ValueError as in NumPy. */
export class LinAlgError extends ValueError {}

function isPlain(value: unknown): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** What Python calls the class of a value, for messages about one that is of the wrong kind. */
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
      return isPlain(value) ? 'dict' : (value as object).constructor.name;
  }
}

/** Python's spelling of a shape or any tuple of numbers: `()`, `(3,)`, `(2, 3)`. */
export function tupleText(values: readonly (number | bigint)[]): string {
  return values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`;
}

/** A shape as NumPy's errors write it, without spaces: `(2,3)`, `(3,)`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(',')})`;
}
