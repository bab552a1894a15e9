import type { Tensor } from '../tensor/tensor.ts';
import { ValuesIndices } from '../tensor/returnTypes.ts';
import type { Keyed } from './keyed.ts';
import { builtinSignature, selfOf } from './keyed.ts';
import type { OutWords } from './operands.ts';
import { inC, intoOuts } from './operands.ts';

/** Functions with two results, which `out` has tensors for. */

export interface PairOut {
  /** Where the two results go. */
  readonly out?: readonly [Tensor, Tensor] | null;
}

interface Two {
  readonly 0: Tensor;
  readonly 1: Tensor;
}

interface Kind<R> {
  readonly make: (first: Tensor, second: Tensor) => R;
  /** The names of the results. */
  readonly parts: readonly [string, string];
  /** What is said of tensors of other dtypes than theirs. */
  readonly words: OutWords;
}

export const places = (name: string, words = inC): Kind<ValuesIndices> =>
  ({ make: (values, indices) => new ValuesIndices(name, values, indices), parts: ['values', 'indices'], words });

/** Two results, left in two tensors where they are given. */
export function intoPair<R extends Two>(
  name: string, found: R, out: readonly Tensor[] | null | undefined, input: Tensor, kind: Kind<R>,
): R {
  if (!out) return found;
  const [first, second] = intoOuts(name, [found[0], found[1]], out, [input], kind);
  return kind.make(first, second);
}

/** A function whose text is without `out`. */
export function paired<const T extends string, P extends unknown[], R extends Two>(
  name: string, text: T, kind: Kind<R>, f: (input: Tensor, ...rest: P) => R,
): Keyed<T, P, R, PairOut> {
  const declared = builtinSignature(name, `${text}${text.includes('*, ') ? '' : ', *'}, out: tuple of Tensors (2) = None`);
  const call = function (this: unknown, ...given: unknown[]): R {
    if (declared.fits(given)) return f(...given as [Tensor, ...P]);
    const values = declared.list(given, selfOf(this));
    const out = values.pop() as readonly Tensor[] | undefined;
    const [input, ...rest] = values as [Tensor, ...P];
    return intoPair(name, f(input, ...rest), out, input, kind);
  };
  return call as unknown as Keyed<T, P, R, PairOut>;
}
