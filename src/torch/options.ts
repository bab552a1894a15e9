import { isScalar } from '../core/complex.ts';
import { StridedArray } from '../core/strided.ts';

/** How façade functions read their arguments. */

/** A plain options object, as the last argument of a call stands for Python's keyword arguments. */
export function isOptions(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isScalar(value)
    && !(value instanceof StridedArray) && !ArrayBuffer.isView(value)
    && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);
}

/** Refuses options that the function does not know, in Python's words. */
export function checkOptions(name: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) throw new TypeError(`${name}() got an unexpected keyword argument '${key}'`);
  }
}

/** `zeros(2, 3, { ... })` and `zeros([2, 3], { ... })`: the shape and the options. */
export function splitShape<O>(name: string, args: readonly unknown[]): { shape: number[]; options: O } {
  const last = args.at(-1);
  const options = isOptions(last) ? last : {};
  const rest = isOptions(last) ? args.slice(0, -1) : args;
  const shape = rest.length === 1 && Array.isArray(rest[0]) ? [...rest[0] as number[]] : [...rest as number[]];
  for (const extent of shape) {
    if (typeof extent !== 'number' || !Number.isInteger(extent)) {
      throw new TypeError(
        `${name}(): argument 'size' must be a tuple of ints, but found `
        + `${typeof extent === 'number' ? 'float' : typeof extent} (${String(extent)})`);
    }
  }
  return { shape, options: options as O };
}
