import { einsum as contract } from '../../ops/einsum.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { coreOf } from '../dtypes/dtype.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { asArray } from '../ndarray/conversion.ts';
import { promoteAll } from '../arguments/operands.ts';
import { checkOptions, isOptions } from '../arguments/options.ts';
import { deliver } from '../ufunc/ufunc.ts';

export interface EinsumOptions {
  readonly out?: ndarray | null;
  readonly dtype?: DTypeLike | null;
}

/**
 * The sum of products over axes that a text names, as `ij,jk->ik`. Without `->` the result has the labels that occur once, in
 * alphabetical order. Source: numpy.einsum.
 * @example
 * np.einsum('ij,j->i', [[1, 2], [3, 4]], [1, 1]) // → [3 7]
 * np.einsum('ii', [[1, 2], [3, 4]]) // → 5
 */
export function einsum(subscripts: string, ...operands: readonly (ArrayLike | EinsumOptions)[]): ndarray {
  const last = operands.at(-1);
  const options = (isOptions(last) ? last : {}) as EinsumOptions;
  checkOptions('einsum', options, ['out', 'dtype']);
  if (typeof subscripts !== 'string') throw new TypeError('einsum() takes the subscripts as a string before its operands');
  const given = (isOptions(last) ? operands.slice(0, -1) : operands) as readonly ArrayLike[];
  const promoted = promoteAll(given);
  const typed = options.dtype ? promoted.map((operand) => asArray(operand, coreOf(options.dtype!))) : promoted;
  const result = contract(subscripts, typed, 'numpy');
  return deliver('einsum', result, options.out ?? undefined, undefined);
}
