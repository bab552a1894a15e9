import { OverflowError, ValueError, pythonTypeName, shown } from '../../core/errors.ts';
import { index } from '../arguments/routine.ts';
import { ndarray } from '../ndarray/ndarray.ts';

/** A whole number that an argument is, or an error that says which argument it was. */
export function asInteger(value: unknown, what: string): number {
  try {
    return index(value);
  } catch {
    const text = value === null ? 'None' : value instanceof ndarray ? String(value) : shown(value);
    throw new TypeError(`${what} must be an integer, received ${text}`);
  }
}

/** What Python's `int` makes of a value. */
export function toInt(value: unknown): number {
  switch (typeof value) {
    case 'number':
      if (Number.isFinite(value)) return Math.trunc(value);
      throw Number.isNaN(value) ? new ValueError('cannot convert float NaN to integer')
        : new OverflowError('cannot convert float infinity to integer');
    case 'bigint':
    case 'boolean': return Number(value);
    case 'string':
      if (/^\s*[+-]?\d+\s*$/.test(value)) return Number(value);
      throw new ValueError(`invalid literal for int() with base 10: '${value}'`);
    default:
      if (value instanceof ndarray) return Math.trunc(Number(value.item()));
      throw new TypeError(`int() argument must be a string, a bytes-like object or a real number, not '${pythonTypeName(value)}'`);
  }
}

/** A whole number that is not negative, by Python's `int`; `refuse` words the error for what is another number. */
export function wholeNumber(value: unknown, refuse: () => Error): number {
  const number = toInt(value);
  const isSame = typeof value === 'string' ? false : value instanceof ndarray ? Number(value.item()) === number : Number(value) === number;
  if (!isSame || number < 0) throw refuse();
  return number;
}
