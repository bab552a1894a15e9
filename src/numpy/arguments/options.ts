import { pythonTypeName } from '../../core/errors.ts';
import { checkOptions, isOptions } from '../../core/options.ts';

/** Arguments as Python takes them: the first by position, the rest by name in one object, and none unknown. */

export { checkOptions, isOptions };

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
