import { bool, int32, uint8 } from '../../core/dtype.ts';
import { RuntimeError, shown } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { gatherAlong } from '../../ops/indexing.ts';
import * as move from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { isin as elementsAmong } from '../../ops/sets.ts';
import { searchSorted } from '../../ops/search.ts';
import type { TensorLike } from '../arguments/operands.ts';
import { keyedOut, overloaded } from '../arguments/keyed.ts';
import { checkBroadcast, commonType, intoOut, lifted } from '../arguments/operands.ts';
import type { OutOptions } from './pointwiseFactories.ts';
import { listText } from '../arguments/sizes.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { Tensor } from '../tensor/tensor.ts';
import { nonzero } from './sorting.ts';

/** Choosing and finding elements: functions of the namespace alone. */

/**
 * Elements of `input` where a condition holds, of `other` elsewhere, broadcast; of the condition alone the places where it
 * holds. Source: torch.where.
 * @example
 * torch.where(torch.tensor([true, false]), 1, 0); // → tensor([1, 0])
 */
export const where = overloaded<{
  (condition: Tensor): Tensor[];
  (condition: Tensor, input: TensorLike, other: TensorLike, options?: OutOptions): Tensor;
  (condition: Tensor, input: TensorLike, options: OutOptions & { readonly other: TensorLike }): Tensor;
  (condition: Tensor, options: OutOptions & { readonly input: TensorLike; readonly other: TensorLike }): Tensor;
  (options: OutOptions & { readonly condition: Tensor; readonly input: TensorLike; readonly other: TensorLike }): Tensor;
}>('where', ['condition: Tensor', (condition: Tensor): Tensor[] => nonzero(condition, { as_tuple: true })],
  ['condition: Tensor, input: Tensor | Number, other: Tensor | Number, *, out=None', (
    condition: Tensor, input: TensorLike, other: TensorLike, out?: Tensor,
  ): Tensor => {
    if (condition.dtypeCore !== bool && condition.dtypeCore !== uint8) {
      throw new RuntimeError(
        `where expected condition to be a boolean tensor, but got a tensor with dtype ${scalarTypeName(condition.dtypeCore)}`);
    }
    checkBroadcast([condition, input, other]);
    const type = commonType([input, other]);
    const result = ops.where(cast(condition, bool), lifted(input, type, condition), lifted(other, type, condition)) as Tensor;
    return out === undefined ? result : intoOut('where', result, out, [input, other]);
  }]);

type Side = 'left' | 'right' | null;

function search(name: string, sorted: Tensor, values: TensorLike, out_int32: boolean, right: boolean, side?: Side): Tensor {
  if (side !== undefined && side !== null && side !== 'left' && side !== 'right') {
    throw new RuntimeError(`torch.${name}(): side can only be 'left' or 'right' but got ${shown(side)}`);
  }
  if (side === 'left' && right) {
    throw new RuntimeError(`torch.${name}(): side and right can't be set to opposites, got side of left while right was True`);
  }
  const type = commonType([sorted, values]);
  const [hay, needles] = [cast(sorted, type), lifted(values, type, sorted)].map(move.detach);
  const places = searchSorted(hay, needles, right || side === 'right');
  return out_int32 ? cast(places, int32) : places;
}

/**
 * Where values would go in sorted rows: before equal elements, or after them with `right`. Source: torch.searchsorted.
 * @example
 * torch.searchsorted(torch.tensor([1, 3, 5]), torch.tensor([3, 6])); // → tensor([1, 3])
 */
export const searchsorted = keyedOut('searchsorted', [
  'sorted_sequence: Tensor, input: Tensor | Number, *', 'out_int32=False, right=False, side: str = None, sorter: Tensor = None, out=None',
], (
  sorted_sequence: Tensor, values: TensorLike, out_int32: boolean = false, right: boolean = false, side?: Side, sorter?: Tensor | null,
): Tensor => {
  const shape = sorted_sequence.geometry.shape;
  const own = values instanceof Tensor ? values.geometry.shape : [];
  if (shape.length !== 1 && !(shape.length === own.length && sameShape(shape.slice(0, -1), own.slice(0, -1)))) {
    throw new RuntimeError(
      'torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and input value '
      + `tensor must match, but we got boundaries tensor ${listText(shape)} and input value tensor ${listText(own)}`);
  }
  const sorted = sorter ? gatherAlong(sorted_sequence, shape.length - 1, sorter, 'torch') : sorted_sequence;
  return search('searchsorted', sorted, values, out_int32, right, side);
});

/**
 * The bucket of each value between sorted boundaries: how many of them lie below it, or with `right` not above it.
 * Source: torch.bucketize.
 * @example
 * torch.bucketize(torch.tensor([1, 3, 9]), torch.tensor([3, 6])); // → tensor([0, 0, 2])
 */
export const bucketize = keyedOut('bucketize', 'input: Tensor | Number, boundaries: Tensor, *, out_int32=False, right=False, out=None', (
  input: TensorLike, boundaries: Tensor, out_int32: boolean = false, right: boolean = false,
): Tensor => {
  const ndim = boundaries.geometry.shape.length;
  if (ndim !== 1) throw new RuntimeError(`boundaries tensor must be 1 dimension, but got dim(${ndim})`);
  return search('bucketize', boundaries, input, out_int32, right);
});

/**
 * Whether each element is among the test elements. Source: torch.isin.
 * @example
 * torch.isin(torch.tensor([1, 2, 3]), torch.tensor([2])); // → tensor([False,  True, False])
 */
export const isin = keyedOut('isin', [
  'elements: Tensor | Number, test_elements: Tensor | Number, *', 'assume_unique=False, invert=False, out=None',
], (
  input: TensorLike, test_elements: TensorLike, _assume_unique: boolean = false, invert: boolean = false,
): Tensor => {
  // What assume_unique promises is not needed: the elements are searched in any case.
  const like = [input, test_elements].find((each) => each instanceof Tensor);
  if (like === undefined) throw new TypeError('isin(): at least one argument must be a Tensor');
  const type = commonType([input, test_elements]);
  const [wanted, tests] = [input, test_elements].map((each) => move.detach(lifted(each, type, like)));
  const found = elementsAmong(wanted, move.reshapeTo(tests, [tests.geometry.size]));
  return invert ? ops.logicalNot(found) : found;
});
