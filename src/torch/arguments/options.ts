import { checkOptions, isOptions } from '../../core/options.ts';

/** How façade functions read their arguments. */

export { checkOptions, isOptions };

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
