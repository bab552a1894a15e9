import { shown } from '../../core/errors.ts';
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
