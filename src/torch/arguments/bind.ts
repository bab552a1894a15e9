import { isOptions } from './options.ts';

/** How calls with many parameters are read: the first ones by position, all of them by name in a last options object. */

export type Positional<O> = readonly (O[keyof O] | Partial<O>)[];

/** The parameters of a call in the order of `defaults`, which names them all. */
export function bindArguments<O extends object>(name: string, args: readonly unknown[], defaults: O): O {
  const names = Object.keys(defaults);
  const bound = { ...defaults } as Record<string, unknown>;
  const last = args.at(-1);
  const keywords = isOptions(last) ? last : {};
  const positional = isOptions(last) ? args.slice(0, -1) : args;
  if (positional.length > names.length) {
    throw new TypeError(`${name}() takes ${names.length} arguments but ${positional.length} were given`);
  }
  positional.forEach((value, i) => {
    if (value !== undefined) bound[names[i]] = value;
  });
  for (const [key, value] of Object.entries(keywords)) {
    const place = names.indexOf(key);
    if (place < 0) throw new TypeError(`${name}() got an unexpected keyword argument '${key}'`);
    if (place < positional.length) throw new TypeError(`${name}() got multiple values for argument '${key}'`);
    if (value !== undefined) bound[key] = value;
  }
  return bound as O;
}
