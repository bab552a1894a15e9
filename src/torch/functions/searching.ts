import { bool, int32, uint8 } from '../../core/dtype.ts';
import { RuntimeError } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import * as move from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { isin as elementsAmong } from '../../ops/sets.ts';
import { searchSorted } from '../../ops/sort.ts';
import type { TensorLike } from '../arguments/operands.ts';
import { checkBroadcast, checkOperand, checkTensor, commonType, lifted } from '../arguments/operands.ts';
import { checkOptions } from '../arguments/options.ts';
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
export function where(condition: Tensor): Tensor[];
export function where(condition: Tensor, input: TensorLike, other: TensorLike): Tensor;
export function where(condition: Tensor, input?: TensorLike, other?: TensorLike): Tensor | Tensor[] {
  checkTensor('where', 'condition', condition);
  if (input === undefined && other === undefined) return nonzero(condition, { as_tuple: true });
  checkOperand('where', 'input', input);
  checkOperand('where', 'other', other);
  if (condition.dtypeCore !== bool && condition.dtypeCore !== uint8) {
    throw new RuntimeError(
      `where expected condition to be a boolean tensor, but got a tensor with dtype ${scalarTypeName(condition.dtypeCore)}`);
  }
  checkBroadcast([condition, input, other]);
  const type = commonType([input, other]);
  return ops.where(cast(condition, bool), lifted(input, type, condition), lifted(other, type, condition)) as Tensor;
}

export interface SearchOptions {
  readonly out_int32?: boolean;
  readonly right?: boolean;
  readonly side?: 'left' | 'right' | null;
}

function search(name: string, sorted: Tensor, values: TensorLike, options: SearchOptions): Tensor {
  checkOptions(name, options, ['out_int32', 'right', 'side']);
  const { side, right = false, out_int32 = false } = options;
  if (side !== undefined && side !== null && side !== 'left' && side !== 'right') {
    throw new RuntimeError(`torch.${name}(): side can only be 'left' or 'right' but got ${String(side)}`);
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
export function searchsorted(sorted_sequence: Tensor, values: TensorLike, options: SearchOptions = {}): Tensor {
  checkTensor('searchsorted', 'sorted_sequence', sorted_sequence);
  checkOperand('searchsorted', 'values', values);
  const shape = sorted_sequence.geometry.shape;
  const own = values instanceof Tensor ? values.geometry.shape : [];
  if (shape.length !== 1 && !(shape.length === own.length && sameShape(shape.slice(0, -1), own.slice(0, -1)))) {
    throw new RuntimeError(
      'torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and input value '
      + `tensor must match, but we got boundaries tensor ${listText(shape)} and input value tensor ${listText(own)}`);
  }
  return search('searchsorted', sorted_sequence, values, options);
}

/** The bucket of each value between sorted boundaries. Source: torch.bucketize. */
export function bucketize(input: TensorLike, boundaries: Tensor, options: Pick<SearchOptions, 'out_int32' | 'right'> = {}): Tensor {
  checkOperand('bucketize', 'input', input);
  checkTensor('bucketize', 'boundaries', boundaries);
  const ndim = boundaries.geometry.shape.length;
  if (ndim !== 1) throw new RuntimeError(`boundaries tensor must be 1 dimension, but got dim(${ndim})`);
  checkOptions('bucketize', options, ['out_int32', 'right']);
  return search('bucketize', boundaries, input, options);
}

export interface IsinOptions {
  readonly assume_unique?: boolean;
  readonly invert?: boolean;
}

/**
 * Whether each element is among the test elements. Source: torch.isin.
 * @example
 * torch.isin(torch.tensor([1, 2, 3]), torch.tensor([2])); // → tensor([False,  True, False])
 */
export function isin(input: TensorLike, test_elements: TensorLike, options: IsinOptions = {}): Tensor {
  checkOperand('isin', 'elements', input);
  checkOperand('isin', 'test_elements', test_elements);
  // What assume_unique promises is not needed: the elements are searched in any case.
  checkOptions('isin', options, ['assume_unique', 'invert']);
  const like = [input, test_elements].find((each) => each instanceof Tensor);
  if (like === undefined) throw new TypeError('isin(): at least one argument must be a Tensor');
  const type = commonType([input, test_elements]);
  const [wanted, tests] = [input, test_elements].map((each) => move.detach(lifted(each, type, like)));
  const found = elementsAmong(wanted, move.reshapeTo(tests, [tests.geometry.size]));
  return options.invert ? ops.logicalNot(found) : found;
}
