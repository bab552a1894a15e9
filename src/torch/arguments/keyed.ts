import type { Call, NamesOf, Text } from '../../core/signature.ts';
import { Signature } from '../../core/signature.ts';
import { intoOut } from './operands.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * Functions of a tensor by their signatures, which are also methods of it: `x.flatten(1)`, `x.flatten({ start_dim: 1 })`,
 * `x.topk(3, { dim: 0 })`. What a call leaves out, and None where it is the default, comes as undefined.
 */

type Rest<N extends readonly string[]> = N extends readonly [string, ...infer Names extends readonly string[]] ? Names : [];

/** A function of a tensor and of parameters P, whose names follow the tensor's in T. */
export type Keyed<T extends Text, P extends readonly unknown[], R, K = unknown> =
  (input: Tensor, ...rest: Call<Rest<NamesOf<T>>, P, K>) => R;

interface Out {
  readonly out?: Tensor | null;
}

/** The same, with a tensor that the result is written into. */
export type KeyedOut<T extends Text, P extends readonly unknown[]> = Keyed<T, P, Tensor, Out>;

type AnySignature = Signature<readonly string[], readonly unknown[], unknown>;

export function keyed<const T extends Text, P extends unknown[], R>(
  name: string, text: T, f: (input: Tensor, ...rest: P) => R,
): Keyed<T, P, R> {
  const declared: AnySignature = new Signature(name, text, true);
  return (...given) => f(...(declared.fits(given) ? given : declared.list(given)) as [Tensor, ...P]);
}

/** The signature's last parameter is `out`, which the function does not see. */
export function keyedOut<const T extends Text, P extends unknown[]>(
  name: string, text: T, f: (input: Tensor, ...rest: P) => Tensor,
): KeyedOut<T, P> {
  const declared: AnySignature = new Signature(name, text, true);
  return (...given) => {
    if (declared.fits(given)) return f(...given as [Tensor, ...P]);
    const values = declared.list(given) as [Tensor, ...P];
    const out = values.pop() as Tensor | undefined;
    const result = f(...values);
    return out === undefined ? result : intoOut(name, result, out, values);
  };
}
