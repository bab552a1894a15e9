import { Complex } from '../core/complex.ts';
import { pythonTypeName } from '../core/errors.ts';
import { StridedArray } from '../core/strided.ts';

/** Arguments as Python takes them: the first by position, the rest by name in one object, and none unknown. */

/** Whether a value is an object of keyword arguments. */
export function isOptions(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
    && !(value instanceof StridedArray) && !(value instanceof Complex) && !(value instanceof ArrayBuffer);
}

/** Throws Python's error for a name that a function does not know. */
export function checkOptions(caller: string, options: object, known: readonly string[]): void {
  if (!isOptions(options)) {
    throw new TypeError(`${caller}() takes its last arguments by name, in an object, not ${options === null ? 'null' : typeof options}`);
  }
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) throw new TypeError(`${caller}() got an unexpected keyword argument '${key}'`);
  }
}

/** Positional arguments and a last object of keyword arguments, as one object. */
export function bind<T extends object>(
  caller: string, names: readonly (keyof T & string)[], args: readonly unknown[],
): T {
  const bound: Record<string, unknown> = {};
  let count = args.length;
  const last = args[count - 1];
  if (isOptions(last)) {
    checkOptions(caller, last, names);
    Object.assign(bound, last);
    count--;
  }
  if (count > names.length) {
    throw new TypeError(
      `${caller}() takes at most ${names.length} arguments but ${count} were given`);
  }
  for (let i = 0; i < count; i++) {
    if (args[i] === undefined) continue;
    if (bound[names[i]] !== undefined) {
      throw new TypeError(
        `${caller}() got multiple values for argument '${names[i]}'`);
    }
    bound[names[i]] = args[i];
  }
  return bound as T;
}

/** A shape given as one number, a list, or numbers one after another. */
export function shapeOf(shape: number | readonly number[]): readonly number[] {
  if (typeof shape === 'number') return [shape];
  if (!Array.isArray(shape)) {
    throw new TypeError(shape === null ? 'Use () not None as shape arguments'
      : `'${pythonTypeName(shape)}' object cannot be interpreted as an integer`);
  }
  return shape as readonly number[];
}

/** An axis argument: undefined where all axes are meant. */
export function axesOf(axis: number | readonly number[] | null | undefined): readonly number[] | undefined {
  if (axis === null || axis === undefined) return undefined;
  if (typeof axis === 'number') return [axis];
  if (!Array.isArray(axis)) throw new TypeError(`'${pythonTypeName(axis)}' object cannot be interpreted as an integer`);
  return axis as readonly number[];
}
