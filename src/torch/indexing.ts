import { isScalar } from '../core/complex.ts';
import type { Scalar } from '../core/complex.ts';
import * as indexing from '../ops/indexing.ts';
import type { IndexArgument } from '../ops/indexing.ts';
import { cast } from '../ops/cast.ts';
import { describe } from './operands.ts';
import { Tensor } from './tensor.ts';

/** Reading and writing through an index. */

/**
 * `x[...]` for reading: `x.at(0, '1:')`, `x.at(mask)`, `x.at([0, 2], ':')`. Integers, slices, null and '...' give views.
 * Source: torch.Tensor.__getitem__.
 * @example
 * torch.tensor([[1, 2], [3, 4]]).at(':', 1); // → tensor([2, 4])
 */
export function at(input: Tensor, ...index: IndexArgument[]): Tensor {
  return indexing.index(input, index, 'torch');
}

/**
 * `x[...] = value` for writing: `x.set([mask], 0)`, `x.set(['1:3'], y)`. The value is converted to the tensor's dtype.
 * Source: torch.Tensor.__setitem__.
 * @example
 * const x = torch.zeros(3);
 * x.set([1], 5); // → tensor([0., 5., 0.])
 */
export function set(input: Tensor, index: readonly IndexArgument[], value: Tensor | Scalar): Tensor {
  if (!Array.isArray(index)) throw new TypeError('set() takes the index as a list: x.set([0], value)');
  if (value instanceof Tensor) {
    indexing.assign(input, index, cast(value, input.dtypeCore), 'torch');
  } else if (isScalar(value)) {
    indexing.assign(input, index, value, 'torch');
  } else {
    throw new TypeError(`can't assign a ${describe(value)} to a torch.${input.dtype.name} tensor`);
  }
  return input;
}
