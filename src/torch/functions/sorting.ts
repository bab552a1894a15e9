import { float32, float64, int64, isComplex, isInteger } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import * as indexing from '../../ops/indexing.ts';
import * as move from '../../ops/movement.ts';
import type { ValuesAtIndices } from '../../ops/orderStatistics.ts';
import { kthValue, topK } from '../../ops/orderStatistics.ts';
import type { Groups } from '../../ops/sets.ts';
import { bincount as countEach } from '../../ops/search.ts';
import { bounds, unique as distinct, uniqueConsecutive } from '../../ops/sets.ts';
import { sortWithIndices } from '../../ops/sort.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { inPython, keyed, keyedOut } from '../arguments/keyed.ts';
import { intoOut } from '../arguments/operands.ts';
import { paired, places } from '../arguments/pairs.ts';
import { ValuesIndices } from '../tensor/returnTypes.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { wrapDimension } from '../tensor/tensor.ts';

/** Order, repetition and places of elements. Each function is also a method. */

export interface NonzeroFunction {
  (input: Tensor, options?: { readonly out?: Tensor | null; readonly as_tuple?: false }): Tensor;
  (input: Tensor, options: { readonly as_tuple: true }): Tensor[];
}

/**
 * Where elements are not 0: one row of places each, or with `as_tuple` one tensor for each dimension. Source: torch.nonzero.
 * @example
 * torch.nonzero(torch.tensor([5, 0, 7])); // → tensor([[0],
 *                                         //           [2]])
 */
export const nonzero = keyed('nonzero', 'input, *, out=None, as_tuple=False', (
  input: Tensor, out?: Tensor | null, as_tuple: boolean = false,
): Tensor | Tensor[] => {
  const x = move.detach(input);
  if (as_tuple) return indexing.nonzero(x.geometry.shape.length === 0 ? move.reshapeTo(x, [1]) : x).unbind(1);
  const places = indexing.nonzero(x);
  return out ? intoOut('nonzero', places, out, []) : places;
}) as NonzeroFunction;

/**
 * As nonzero: one row of places for each element that is not 0. Source: torch.argwhere.
 * @example
 * torch.argwhere(torch.tensor([[0, 1], [2, 0]])); // → tensor([[0, 1],
 *                                                 //           [1, 0]])
 */
export const argwhere = keyed('argwhere', 'input', (input: Tensor): Tensor => indexing.nonzero(move.detach(input)));

function refuseComplex(input: Tensor): void {
  if (isComplex(input.dtypeCore)) throw new TypeError(' Sort does not support complex dtypes on CPU');
}

/** The values in order and where each was, along an axis; a 0-d tensor is its own. */
function ordered(input: Tensor, dim: number, descending: boolean): ValuesAtIndices<Tensor> {
  refuseComplex(input);
  const axis = wrapDimension(dim, input.geometry.shape.length);
  return input.geometry.shape.length === 0 ? topK(input, 1, axis, descending, 'SortBackward0') : sortWithIndices(input, axis, descending);
}

/**
 * The elements in order along a dimension, and where each was; equal ones keep their order. Source: torch.sort.
 * @example
 * torch.sort(torch.tensor([3, 1, 2])).indices; // → tensor([1, 2, 0])
 */
export const sort = paired('sort', 'input, dim=-1, descending=False, *, stable: bool | None = None', places('sort'),
  (input: Tensor, dim: number = -1, descending: boolean = false, _stable: boolean = true): ValuesIndices => {
    const { values, indices } = ordered(input, dim, descending);
    return new ValuesIndices('sort', values, indices);
  });

/**
 * The elements in order along the first dimension. Source: torch.msort.
 * @example
 * torch.msort(torch.tensor([[3, 1], [2, 4]])); // → tensor([[2, 1],
 *                                              //           [3, 4]])
 */
export const msort = keyedOut('msort', 'input, *, out=None', (input: Tensor): Tensor => ordered(input, 0, false).values);

/**
 * Where the elements in order are found along a dimension. Source: torch.argsort.
 * @example
 * torch.argsort(torch.tensor([3, 1, 2])); // → tensor([1, 2, 0])
 */
export const argsort = keyedOut('argsort', 'input, dim=-1, descending=False, *, stable=False, out=None',
  (input: Tensor, dim: number = -1, descending: boolean = false, _stable: boolean = true): Tensor => {
    return ordered(move.detach(input), dim, descending).indices;
  });

/**
 * The `k` largest (or smallest) elements along a dimension, and where they are. Source: torch.topk.
 * @example
 * torch.topk(torch.tensor([3, 1, 2]), 2).values; // → tensor([3, 2])
 */
export const topk = paired('topk', 'input, k: int, dim=-1, largest=True, sorted=True', places('topk'),
  (input: Tensor, k: number, dim: number = -1, largest: boolean = true, _sorted: boolean = true): ValuesIndices => {
    const axis = wrapDimension(dim, input.geometry.shape.length);
    if (k < 0 || k > (input.geometry.shape[axis] ?? 1)) throw new RuntimeError('selected index k out of range');
    refuseComplex(input);
    const { values, indices } = topK(input, k, axis, largest);
    return new ValuesIndices('topk', values, indices);
  });

/**
 * The `k`-th smallest element along a dimension, counted from 1, and where it is. Source: torch.kthvalue.
 * @example
 * torch.kthvalue(torch.tensor([3, 1, 2]), 2); // → torch.return_types.kthvalue(
 *                                             //   values=tensor(2),
 *                                             //   indices=tensor(2))
 */
export const kthvalue = paired('kthvalue', 'input, k: int, dim=-1, keepdim=False', places('kthvalue', (_, __, ___, part) =>
    `output ${part} must be of ${part === 'values' ? 'same type as input' : 'scalar type Long'}`),
  (input: Tensor, k: number, dim: number = -1, keepdim: boolean = false): ValuesIndices => {
    const axis = wrapDimension(dim, input.geometry.shape.length);
    if (k < 1 || k > (input.geometry.shape[axis] ?? 1)) {
      throw new RuntimeError(`kthvalue(): selected number k out of range for dimension ${axis}`);
    }
    refuseComplex(input);
    const { values, indices } = kthValue(input, k, axis, keepdim);
    return new ValuesIndices('kthvalue', values, indices);
  });

// --- distinct elements ---

export interface UniqueOptions {
  /** The result is in order in any case. */
  readonly sorted?: boolean;
  readonly return_inverse?: boolean;
  readonly return_counts?: boolean;
  readonly dim?: number | null;
}

function results(
  { values, inverse, counts }: Groups<Tensor>, shape: readonly number[], return_inverse = false, return_counts = false,
): Tensor | Tensor[] {
  if (!return_inverse && !return_counts) return values;
  return [values, ...(return_inverse ? [move.reshapeTo(inverse(), shape)] : []), ...(return_counts ? [counts()] : [])];
}

/** The tensor as `dim` asks for it: flat, or by its slices. */
function slicesOf(input: Tensor, dim: number | null | undefined): { source: Tensor; axis: number; shape: readonly number[] } {
  const x = move.detach(input);
  const { shape, size } = x.geometry;
  if (dim === undefined || dim === null) return { source: move.reshapeTo(x, [size]), axis: 0, shape };
  const axis = wrapDimension(dim, shape.length);
  return { source: x, axis, shape: [shape[axis]] };
}

type Alone = { readonly return_inverse?: false; readonly return_counts?: false };
type RunOptions = Omit<UniqueOptions, 'sorted'>;

export interface UniqueFunction {
  (input: Tensor, options?: UniqueOptions & Alone): Tensor;
  (input: Tensor, sorted: boolean, options?: RunOptions & Alone): Tensor;
  (input: Tensor, options: UniqueOptions): Tensor[];
  (input: Tensor, sorted: boolean, return_inverse: true, return_counts?: boolean, dim?: number | null): Tensor[];
  (input: Tensor, sorted: boolean, return_inverse: boolean, return_counts: true, dim?: number | null): Tensor[];
}

export interface ConsecutiveFunction {
  (input: Tensor, options?: RunOptions & Alone): Tensor;
  (input: Tensor, options: RunOptions): Tensor[];
  (input: Tensor, return_inverse: true, return_counts?: boolean, dim?: number | null): Tensor[];
  (input: Tensor, return_inverse: boolean, return_counts: true, dim?: number | null): Tensor[];
}

/**
 * The distinct elements in order, or slices of a dimension; on demand the place of every element among them and how often
 * each occurs. Source: torch.unique.
 * @example
 * torch.unique(torch.tensor([3, 1, 3])); // → tensor([1, 3])
 */
export const unique = keyed('unique', 'input, sorted=True, return_inverse=False, return_counts=False, dim: int = None', (
  input: Tensor, _sorted?: boolean, return_inverse?: boolean, return_counts?: boolean, dim?: number | null,
): Tensor | Tensor[] => {
  const { source, axis, shape } = slicesOf(input, dim);
  refuseComplex(source);
  return results(distinct(source, axis, false), shape, return_inverse, return_counts);
}, inPython) as UniqueFunction;

/**
 * As unique, of runs of equal neighbours. Source: torch.unique_consecutive.
 * @example
 * torch.unique_consecutive(torch.tensor([1, 1, 2, 1])); // → tensor([1, 2, 1])
 */
export const unique_consecutive = keyed('unique_consecutive', 'input, return_inverse=False, return_counts=False, dim: int = None', (
  input: Tensor, return_inverse?: boolean, return_counts?: boolean, dim?: number | null,
): Tensor | Tensor[] => {
  const { source, axis, shape } = slicesOf(input, dim);
  return results(uniqueConsecutive(source, axis), shape, return_inverse, return_counts);
}, inPython) as ConsecutiveFunction;

/**
 * How often each of 0, 1, ... occurs, or the sum of the weights where it does. Source: torch.bincount.
 * @example
 * torch.bincount(torch.tensor([1, 1, 3])); // → tensor([0, 2, 0, 1])
 */
export const bincount = keyed('bincount', 'input, weights: Tensor = None, minlength=0',
  (input: Tensor, weights: Tensor | null = null, minlength: number = 0): Tensor => {
    if (!isInteger(input.dtypeCore)) {
      throw new NotImplementedError(`"bincount_cpu" not implemented for '${scalarTypeName(input.dtypeCore)}'`);
    }
    if (minlength < 0) throw new RuntimeError('minlength should be >= 0');
    const { shape } = input.geometry;
    const places = cast(input, int64);
    const [smallest, largest] = bounds(places) ?? [0, -1];
    if (shape.length !== 1 || smallest < 0) throw new RuntimeError('bincount only supports 1-d non-negative integral inputs.');
    if (weights !== null && !sameShape(weights.geometry.shape, shape)) {
      throw new RuntimeError('weights should be 1-d and have the same length as input');
    }
    const sums = weights && cast(move.detach(weights), weights.dtypeCore === float32 ? float32 : float64);
    return countEach(places, sums, Math.max(largest + 1, minlength));
  });
