import { isScalar } from '../../core/complex.ts';
import type { Call, Dialect, NamesOf, Reader, Text } from '../../core/signature.ts';
import { Signature, kinds, toInteger } from '../../core/signature.ts';
import { dtype } from '../dtypes/dtypes.ts';
import { intoOut } from './operands.ts';
import { Tensor } from '../tensor/tensor.ts';

/**
 * Functions by their signatures, which are also methods of their first tensor: `x.flatten(1)`, `x.flatten({ start_dim: 1 })`,
 * `x.topk(3, { dim: 0 })`. What a call leaves out, and None where it is the default, comes as undefined.
 */

const instanceOf = (type: abstract new (...args: never) => unknown): Reader => (value) => (value instanceof type ? value : undefined);

/** One whole number, or a list of them. */
const integers: Reader = (value) => {
  if (!Array.isArray(value)) return typeof value === 'boolean' ? undefined : toInteger(value);
  const list = value.map((each) => (typeof each === 'boolean' ? undefined : toInteger(each)));
  return list.includes(undefined) ? undefined : list.every((each, i) => each === value[i]) ? value : list;
};

/** What functions that are not written in Python know; modules with classes of their own add theirs. */
export const builtinKinds: Record<string, Reader> = {
  ...kinds,
  'Tensor': instanceOf(Tensor), 'Number': (value) => (isScalar(value) ? value : undefined), 'torch.dtype': instanceOf(dtype),
  'tuple of ints': integers, 'tuple of Tensors': (value) => (Array.isArray(value) ? value : undefined),
};

const builtin: Dialect = {
  builtin: true, kinds: builtinKinds,
  implied: {
    input: 'Tensor', self: 'Tensor', other: 'Tensor', index: 'Tensor', out: 'Tensor', dtype: 'torch.dtype', generator: 'Generator',
  },
};

type Rest<N extends readonly string[]> = N extends readonly [string, ...infer Names extends readonly string[]] ? Names : [];

/** The names by which all of a call can be given, the first among them. */
type ByName<N extends readonly string[], First, P extends readonly unknown[], K> =
  Extract<Call<N, [First, ...P], K>, readonly [unknown]>[0];

/** A function of a tensor (or what else comes first) and of parameters P, whose names follow the first's in T. */
export interface Keyed<T extends Text, P extends readonly unknown[], R, K = unknown, First = Tensor> {
  (options: ByName<NamesOf<T>, First, P, K>): R;
  (input: First, ...rest: Call<Rest<NamesOf<T>>, P, K>): R;
}

interface Out {
  readonly out?: Tensor | null;
}

/** The same, with a tensor that the result is written into. */
export type KeyedOut<T extends Text, P extends readonly unknown[], First = Tensor> = Keyed<T, P, Tensor, Out, First>;

/** A signature of a function that is not written in Python. */
export const builtinSignature = (name: string, text: Text): Signature<readonly string[], readonly unknown[], unknown> =>
  new Signature(name, text, builtin);

export function keyed<const T extends Text, P extends unknown[], R, First = Tensor>(
  name: string, text: T, f: (input: First, ...rest: P) => R,
): Keyed<T, P, R, unknown, First> {
  const declared = builtinSignature(name, text);
  return (...given: unknown[]) => f(...(declared.fits(given) ? given : declared.list(given)) as [First, ...P]);
}

/** The signature's last parameter is `out`, which the function does not see. */
export function keyedOut<const T extends Text, P extends unknown[], First = Tensor>(
  name: string, text: T, f: (input: First, ...rest: P) => Tensor,
): KeyedOut<T, P, First> {
  const declared = builtinSignature(name, text);
  return (...given: unknown[]) => {
    if (declared.fits(given)) return f(...given as [First, ...P]);
    const values = declared.list(given) as [First, ...P];
    const out = values.pop() as Tensor | undefined;
    const result = f(...values);
    return out === undefined ? result : intoOut(name, result, out, values);
  };
}
