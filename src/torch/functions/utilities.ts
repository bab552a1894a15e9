import { withGradMode } from '../../autograd/mode.ts';
import { record } from '../../autograd/tape.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import type { DType } from '../../core/dtype.ts';
import { bool, int32, uint8 } from '../../core/dtype.ts';
import { cast } from '../../ops/cast.ts';
import { stack } from '../../ops/copies.ts';
import { full } from '../../ops/creation.ts';
import { take } from '../../ops/indexing.ts';
import * as move from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { searchSorted, sort } from '../../ops/sort.ts';
import { sub } from './arithmetic.ts';
import * as dtypes from '../dtypes/dtypes.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import type { TensorLike } from '../arguments/operands.ts';
import { broadcastShape, checkOperand, checkTensor, commonType } from '../arguments/operands.ts';
import { checkOptions } from '../arguments/options.ts';
import { nonzero } from './sorting.ts';
import { listText } from '../arguments/sizes.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Functions of the namespace alone: questions about tensors and dtypes, and settings. */

/** Whether a value is a tensor. Source: torch.is_tensor. */
export function is_tensor(value: unknown): value is Tensor {
  return value instanceof Tensor;
}
/** The number of elements. Source: torch.numel. */
export function numel(input: Tensor): number {
  checkTensor('numel', 'input', input);
  return input.numel();
}
/** Whether the dtype is a floating one. Source: torch.is_floating_point. */
export function is_floating_point(input: Tensor): boolean {
  checkTensor('is_floating_point', 'input', input);
  return input.is_floating_point();
}
/** Whether the dtype is a complex one. Source: torch.is_complex. */
export function is_complex(input: Tensor): boolean {
  checkTensor('is_complex', 'input', input);
  return input.is_complex();
}
/** The same values outside of the graph, sharing memory. Source: torch.detach. */
export function detach(input: Tensor): Tensor {
  checkTensor('detach', 'input', input);
  return input.detach();
}
/** other − alpha · input: subtraction the other way round. Source: torch.rsub. */
export function rsub(input: Tensor, other: TensorLike, options: { readonly alpha?: number } = {}): Tensor {
  checkOptions('rsub', options, ['alpha']);
  const { alpha = 1 } = options;
  const out = withGradMode(false, () => sub(other, input, { alpha }));
  return record(out, other instanceof Tensor ? 'RsubBackward0' : 'RsubBackward1', [input, other], [(g) => ops.mul(g, -alpha), (g) => g]);
}

/** A number as a tensor without dimensions. */
function lifted(value: TensorLike, type: DType, like: Tensor): Tensor {
  return value instanceof Tensor ? cast(value, type) : full(Tensor, [], value, type, like.storage.device);
}

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
      `where expected condition to be a boolean tensor, but got a tensor with dtype ${dtypes.scalarTypeName(condition.dtypeCore)}`);
  }
  broadcastShape([condition, input, other].filter((each) => each instanceof Tensor).map((each) => each.geometry.shape));
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
  const [hay, needles] = [cast(sorted.detach(), type), lifted(values instanceof Tensor ? values.detach() : values, type, sorted)];
  const after = right || side === 'right';
  const rows = hay.geometry.shape.length;
  let places: Tensor;
  if (rows <= 1) {
    places = searchSorted(hay, needles, after);
  } else {
    const [extent, width] = [hay.geometry.shape[rows - 1], needles.geometry.shape[rows - 1]];
    const lines = (x: Tensor, columns: number): Tensor => move.reshapeTo(x, [x.geometry.size / Math.max(columns, 1), columns]);
    const [flat, wanted] = [lines(hay, extent), lines(needles, width)];
    places = move.reshapeTo(
      stack(Array.from({ length: wanted.geometry.shape[0] }, (_, row) => searchSorted(flat.at(row), wanted.at(row), after)), 0),
      needles.geometry.shape);
  }
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
  const wanted = lifted(input, type, like).detach();
  const count = test_elements instanceof Tensor ? test_elements.geometry.size : 1;
  const tests = move.reshapeTo(lifted(test_elements, type, like).detach(), [count]);
  const extent = tests.geometry.size;
  if (extent === 0) return full(Tensor, wanted.geometry.shape, options.invert ?? false, bool, wanted.storage.device);
  const sorted = sort(tests, 0);
  const places = ops.minimum(searchSorted(sorted, wanted, false), extent - 1);
  const found = ops.eq(take(sorted, places, null, 'torch'), wanted);
  return options.invert ? ops.logicalNot(found) : found;
}

/**
 * The dtype that arithmetic on two tensors or numbers gives. Source: torch.result_type.
 * @example
 * torch.result_type(torch.tensor([1, 2]), 1.5); // → torch.float32
 */
export function result_type(a: TensorLike, b: TensorLike): dtype {
  return dtypes.dtypeOf(commonType([a, b]));
}
/** The dtype that both dtypes convert to without losing their kind. Source: torch.promote_types. */
export function promote_types(a: dtype, b: dtype): dtype {
  return dtypes.dtypeOf(dtypes.promoteTypes(a.core, b.core));
}
/** Whether results of one dtype may be written into tensors of another. Source: torch.can_cast. */
export function can_cast(from: dtype, to: dtype): boolean {
  return dtypes.canCast(from.core, to.core);
}

/** The number of threads that compute: 1. Source: torch.get_num_threads. */
export function get_num_threads(): number {
  return 1;
}
/** Sets the number of threads that compute; there is one so far. Source: torch.set_num_threads. */
export function set_num_threads(count: number): void {
  if (!Number.isInteger(count) || count < 1) throw new RuntimeError('set_num_threads expects a positive integer');
  if (count > 1) throw new NotImplementedError(`set_num_threads(${count}): one thread computes so far`);
}
