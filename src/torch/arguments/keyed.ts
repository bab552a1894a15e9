import { intoOut } from './operands.ts';
import { isOptions } from './options.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * Functions whose parameters after the tensor can be given by position, by name in a last options object, or both:
 * `x.flatten(1)`, `x.flatten({ start_dim: 1 })`, `x.topk(3, { dim: 0 })`.
 */

/** The options that a function's parameters make, by their names. */
type Named<N extends readonly string[], P extends readonly unknown[]> = {
  readonly [K in keyof N & `${number}` as N[K] & string]?: (K extends keyof P ? P[K] : never) | undefined
};

/** The first parameters of a function: none of them, one, ... */
type Prefix<P extends readonly unknown[]> =
  number extends P['length'] ? P : P extends readonly [] ? []
    : P extends readonly [(infer First)?, ...infer Rest] ? [] | [First, ...Prefix<Rest>] : [];

type Call<P extends readonly unknown[], O> = P | [...leading: Prefix<P>, options: O];

/** A function of a tensor and parameters that have names. */
export type Keyed<N extends readonly string[], P extends unknown[], R> = (input: Tensor, ...rest: Call<P, Named<N, P>>) => R;

/** The same, with a tensor that the result is written into. */
export type KeyedOut<N extends readonly string[], P extends unknown[]> =
  (input: Tensor, ...rest: Call<P, Named<N, P> & { readonly out?: Tensor | undefined }>) => Tensor;

/** Parameters in order. Names that the function does not know, and names of parameters that were given already, are refused. */
function positional(
  name: string, names: readonly string[], rest: readonly unknown[], allowed: readonly string[],
): { args: unknown[]; out: Tensor | undefined } {
  const last = rest[rest.length - 1];
  if (!isOptions(last)) {
    if (rest.length > names.length) {
      throw new TypeError(
        `${name}() takes ${names.length + 1} positional arguments but ${rest.length + 1} were given`);
    }
    return { args: rest as unknown[], out: undefined };
  }
  const args = rest.slice(0, -1);
  for (const key of Object.keys(last)) {
    const place = names.indexOf(key);
    if (place >= 0) {
      if (place < rest.length - 1) throw new TypeError(`${name}() got multiple values for argument '${key}'`);
      args[place] = last[key];
    } else if (!allowed.includes(key)) {
      throw new TypeError(`${name}() got an unexpected keyword argument '${key}'`);
    }
  }
  return { args, out: last['out'] as Tensor | undefined };
}

/** Gives a function of positional parameters its options object. */
export function keyed<const N extends readonly string[], P extends unknown[], R>(
  name: string, names: N, f: (input: Tensor, ...rest: P) => R,
): Keyed<N, P, R> {
  return (input, ...rest) => f(input, ...positional(name, names, rest, []).args as P);
}

/** As `keyed`, with the option `out`. */
export function keyedOut<const N extends readonly string[], P extends unknown[]>(
  name: string, names: N, f: (input: Tensor, ...rest: P) => Tensor,
): KeyedOut<N, P> {
  return (input, ...rest) => {
    const { args, out } = positional(name, names, rest, ['out']);
    const result = f(input, ...args as P);
    return out === undefined ? result : intoOut(name, result, out, [input, ...args]);
  };
}
