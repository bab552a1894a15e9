import { isScalar } from './complex.ts';
import { pythonTypeName } from './errors.ts';
import { isPlain } from './realms.ts';
import { StridedArray } from './strided.ts';

/** Keyword arguments: one plain object at the end of a call. */

/** Whether a value is an object of keyword arguments; instances of classes are arguments of their own. */
export function isOptions(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isScalar(value)
    && !(value instanceof StridedArray) && !ArrayBuffer.isView(value)
    && isPlain(value);
}

/** An object of names and values; what is none cannot be asked for one. */
export function dictOf<T>(value: T): T {
  if (isOptions(value)) return value;
  throw new TypeError(`'${pythonTypeName(value)}' object is not subscriptable`);
}

/** Throws Python's error for what comes after the last argument that a function has. */
export function refuseSurplus(caller: string, most: number, surplus: readonly unknown[]): void {
  if (surplus.length === 0) return;
  const given = most + surplus.length;
  throw new TypeError(
    `${caller}() takes ${most} positional argument${most === 1 ? '' : 's'} but ${given} ${given === 1 ? 'was' : 'were'} given`);
}

/** Throws Python's error for a name that a function does not know, and for a value that stands where the names should. */
export function checkOptions(caller: string, options: object, known: readonly string[]): void {
  if (!isOptions(options)) {
    throw new TypeError(
      `${caller}() takes its last arguments by name, in an object, not ${options === null ? 'null' : typeof options}`);
  }
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) throw new TypeError(`${caller}() got an unexpected keyword argument '${key}'`);
  }
}
