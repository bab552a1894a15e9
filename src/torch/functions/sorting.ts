import { withGradMode } from '../../autograd/mode.ts';
import { float32, float64, int64, isComplex, isInteger } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { full } from '../../ops/creation.ts';
import { elements } from '../../ops/host.ts';
import * as indexing from '../../ops/indexing.ts';
import { integersLike } from '../../ops/integers.ts';
import * as move from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { sortWithIndices } from '../../ops/sort.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { keyed } from '../arguments/keyed.ts';
import { checkTensor } from '../arguments/operands.ts';
import { checkOptions } from '../arguments/options.ts';
import { picked, pickedAlone } from './valuesAtIndices.ts';
import { ValuesIndices } from '../tensor/returnTypes.ts';
import { Tensor, wrapDimension } from '../tensor/tensor.ts';

/** Order, repetition and places of elements. Each function is also a method. */

export interface NonzeroFunction {
  (input: Tensor, options?: { readonly as_tuple?: false }): Tensor;
  (input: Tensor, options: { readonly as_tuple: true }): Tensor[];
}

/**
 * Where elements are not 0: one row of places each, or with `as_tuple` one tensor for each dimension. Source: torch.nonzero.
 * @example
 * torch.nonzero(torch.tensor([5, 0, 7])); // → tensor([[0],
 *                                         //           [2]])
 */
export const nonzero: NonzeroFunction = ((input: Tensor, options: { readonly as_tuple?: boolean } = {}): Tensor | Tensor[] => {
  checkTensor('nonzero', 'input', input);
  checkOptions('nonzero', options, ['as_tuple']);
  const x = move.detach(input);
  if (!options.as_tuple) return indexing.nonzero(x);
  return indexing.nonzero(x.geometry.shape.length === 0 ? move.reshapeTo(x, [1]) : x).unbind(1);
}) as NonzeroFunction;

/** As nonzero: one row of places for each element that is not 0. Source: torch.argwhere. */
export function argwhere(input: Tensor): Tensor {
  checkTensor('argwhere', 'input', input);
  return indexing.nonzero(move.detach(input));
}

function refuseComplex(input: Tensor): void {
  if (isComplex(input.dtypeCore)) throw new TypeError(' Sort does not support complex dtypes on CPU');
}

/** The values in order and where each was, along an axis; a 0-d tensor is its own. */
function ordered(input: Tensor, dim: number, descending: boolean): { axis: number; values: Tensor; indices: Tensor } {
  refuseComplex(input);
  const axis = wrapDimension(dim, input.geometry.shape.length);
  if (input.geometry.shape.length === 0) {
    const { values, places } = pickedAlone(input, 'SortBackward0');
    return { axis, values, indices: places };
  }
  return { axis, ...sortWithIndices(input, axis, descending) };
}

/**
 * The elements in order along a dimension, and where each was; equal ones keep their order. Source: torch.sort.
 * @example
 * torch.sort(torch.tensor([3, 1, 2])).indices; // → tensor([1, 2, 0])
 */
export const sort = keyed('sort', ['dim', 'descending', 'stable'],
  (input: Tensor, dim: number = -1, descending: boolean = false, _stable: boolean = true): ValuesIndices => {
    checkTensor('sort', 'input', input);
    const { values, indices } = ordered(input, dim, descending);
    return new ValuesIndices('sort', values, indices);
  });

/** The elements in order along the first dimension. Source: torch.msort. */
export function msort(input: Tensor): Tensor {
  return ordered(input, 0, false).values;
}

/**
 * Where the elements in order are found along a dimension. Source: torch.argsort.
 * @example
 * torch.argsort(torch.tensor([3, 1, 2])); // → tensor([1, 2, 0])
 */
export const argsort = keyed('argsort', ['dim', 'descending', 'stable'],
  (input: Tensor, dim: number = -1, descending: boolean = false, _stable: boolean = true): Tensor => {
    checkTensor('argsort', 'input', input);
    return ordered(move.detach(input), dim, descending).indices;
  });

/**
 * The `k` largest (or smallest) elements along a dimension, and where they are. Source: torch.topk.
 * @example
 * torch.topk(torch.tensor([3, 1, 2]), 2).values; // → tensor([3, 2])
 */
export const topk = keyed('topk', ['k', 'dim', 'largest', 'sorted'],
  (input: Tensor, k: number, dim: number = -1, largest: boolean = true, _sorted: boolean = true): ValuesIndices => {
    checkTensor('topk', 'input', input);
    const ndim = input.geometry.shape.length;
    const axis = wrapDimension(dim, ndim);
    if (k < 0 || k > (ndim === 0 ? 1 : input.geometry.shape[axis])) throw new RuntimeError('selected index k out of range');
    if (ndim === 0) {
      const { values, places } = pickedAlone(input, 'TopkBackward0');
      return new ValuesIndices('topk', values, places);
    }
    const { indices } = ordered(move.detach(input), dim, largest);
    const first = move.contiguous(move.sliceAxis(indices, axis, 0, k));
    return new ValuesIndices('topk', picked(input, axis, first, true, 'TopkBackward0').values, first);
  });

/** The `k`-th smallest element along a dimension, and where it is. Source: torch.kthvalue. */
export const kthvalue = keyed('kthvalue', ['k', 'dim', 'keepdim'],
  (input: Tensor, k: number, dim: number = -1, keepdim: boolean = false): ValuesIndices => {
    checkTensor('kthvalue', 'input', input);
    const ndim = input.geometry.shape.length;
    const axis = wrapDimension(dim, ndim);
    if (k < 1 || k > (ndim === 0 ? 1 : input.geometry.shape[axis])) {
      throw new RuntimeError(`kthvalue(): selected number k out of range for dimension ${axis}`);
    }
    const { indices } = ordered(move.detach(input), dim, false);
    const { values, places } = ndim === 0 ? pickedAlone(input, 'KthvalueBackward0')
      : picked(input, axis, move.sliceAxis(indices, axis, k - 1, 1), keepdim, 'KthvalueBackward0');
    return new ValuesIndices('kthvalue', values, places);
  });

// --- distinct elements ---

export interface UniqueOptions {
  /** The result is in order in any case. */
  readonly sorted?: boolean;
  readonly return_inverse?: boolean;
  readonly return_counts?: boolean;
  readonly dim?: number | null;
}

interface Groups {
  readonly values: Tensor;
  /** Where each group begins in the order that they were found in. */
  readonly starts: readonly number[];
  /** The group of each element. */
  readonly inverse: Tensor;
}

/** Groups of equal neighbours among the slices of an axis. */
function neighbours(input: Tensor, axis: number): Groups {
  const { shape } = input.geometry;
  const extent = shape[axis];
  if (extent === 0) return { values: input, starts: [], inverse: integersLike(input, []) };
  const differs = withGradMode(false, () => {
    const unequal = ops.ne(move.sliceAxis(input, axis, 1, extent - 1), move.sliceAxis(input, axis, 0, extent - 1));
    const others = [...shape.keys()].filter((each) => each !== axis);
    return others.length === 0 ? unequal : unequal.any(others);
  });
  const flags = elements(differs) as boolean[];
  const starts = [0];
  const group = new Float64Array(extent);
  for (let i = 1; i < extent; i++) {
    if (flags[i - 1]) starts.push(i);
    group[i] = starts.length - 1;
  }
  return {
    values: indexing.indexSelect(input, axis, integersLike(input, starts)), starts, inverse: integersLike(input, group),
  };
}

function countsOf(starts: readonly number[], extent: number, like: Tensor): Tensor {
  return integersLike(like, starts.map((start, i) => (starts[i + 1] ?? extent) - start));
}

function results(values: Tensor, inverse: Tensor, counts: Tensor, options: UniqueOptions): Tensor | Tensor[] {
  const { return_inverse = false, return_counts = false } = options;
  if (!return_inverse && !return_counts) return values;
  return [values, ...(return_inverse ? [inverse] : []), ...(return_counts ? [counts] : [])];
}

/** Slices of an axis in lexicographic order, as their numbers. */
function sliceOrder(input: Tensor, axis: number): number[] {
  const rows = move.contiguous(move.permute(input, [axis, ...[...input.geometry.shape.keys()].filter((each) => each !== axis)]));
  const values = elements(rows) as number[];
  const extent = input.geometry.shape[axis];
  const width = extent === 0 ? 0 : values.length / extent;
  return Array.from({ length: extent }, (_, i) => i).sort((a, b) => {
    for (let i = 0; i < width; i++) {
      const [x, y] = [values[a * width + i], values[b * width + i]];
      if (x !== y) return x < y ? -1 : 1;
    }
    return a - b;
  });
}

export interface UniqueFunction {
  (input: Tensor, options?: UniqueOptions & { readonly return_inverse?: false; readonly return_counts?: false }): Tensor;
  (input: Tensor, options: UniqueOptions): Tensor[];
}

function uniqueOf(input: Tensor, options: UniqueOptions = {}): Tensor | Tensor[] {
  checkTensor('unique', 'input', input);
  checkOptions('unique', options, ['sorted', 'return_inverse', 'return_counts', 'dim']);
  const x = move.detach(input);
  const whole = options.dim === undefined || options.dim === null;
  const axis = whole ? 0 : wrapDimension(options.dim!, x.geometry.shape.length);
  const source = whole ? move.reshapeTo(x, [x.geometry.size]) : x;
  refuseComplex(source);
  const extent = source.geometry.shape[axis];
  const { sortedSlices, order } = whole
    ? (({ values, indices }) => ({ sortedSlices: values, order: indices }))(sortWithIndices(source, 0))
    : (() => {
      const order = integersLike(source, sliceOrder(source, axis));
      return { sortedSlices: indexing.indexSelect(source, axis, order), order };
    })();
  const { values, starts, inverse } = neighbours(sortedSlices, axis);
  const back = full(Tensor, [extent], 0, int64, x.storage.device);
  const scattered = indexing.scatterAlong(back, 0, order, inverse, 'torch', { inPlace: true });
  const shaped = whole ? move.reshapeTo(scattered, x.geometry.shape) : scattered;
  return results(values, shaped, countsOf(starts, extent, x), options);
}

/**
 * The distinct elements in order, or slices of a dimension; on demand the place of every element among them and how often
 * each occurs. Source: torch.unique.
 * @example
 * torch.unique(torch.tensor([3, 1, 3])); // → tensor([1, 3])
 */
export const unique = uniqueOf as UniqueFunction;

function uniqueRuns(input: Tensor, options: UniqueOptions = {}): Tensor | Tensor[] {
  checkTensor('unique_consecutive', 'input', input);
  checkOptions('unique_consecutive', options, ['return_inverse', 'return_counts', 'dim']);
  const x = move.detach(input);
  const whole = options.dim === undefined || options.dim === null;
  const axis = whole ? 0 : wrapDimension(options.dim!, x.geometry.shape.length);
  const source = whole ? move.reshapeTo(x, [x.geometry.size]) : x;
  const { values, starts, inverse } = neighbours(source, axis);
  const shaped = whole ? move.reshapeTo(inverse, x.geometry.shape) : inverse;
  return results(values, shaped, countsOf(starts, source.geometry.shape[axis], x), options);
}

/** As unique, of runs of equal neighbours. Source: torch.unique_consecutive. */
export const unique_consecutive = uniqueRuns as UniqueFunction;

/**
 * How often each of 0, 1, ... occurs, or the sum of the weights where it does. Source: torch.bincount.
 * @example
 * torch.bincount(torch.tensor([1, 1, 3])); // → tensor([0, 2, 0, 1])
 */
export const bincount = keyed('bincount', ['weights', 'minlength'],
  (input: Tensor, weights: Tensor | null = null, minlength: number = 0): Tensor => {
    checkTensor('bincount', 'input', input);
    if (!isInteger(input.dtypeCore)) {
      throw new NotImplementedError(`"bincount_cpu" not implemented for '${scalarTypeName(input.dtypeCore)}'`);
    }
    if (minlength < 0) throw new RuntimeError('minlength should be >= 0');
    const { shape, size } = input.geometry;
    const places = cast(input, int64);
    const largest = size === 0 ? -1 : Number(places.max().item());
    if (shape.length !== 1 || (size > 0 && Number(places.min().item()) < 0)) {
      throw new RuntimeError('bincount only supports 1-d non-negative integral inputs.');
    }
    if (weights !== null && !sameShape(weights.geometry.shape, shape)) {
      throw new RuntimeError('weights should be 1-d and have the same length as input');
    }
    const type = weights === null ? int64 : weights.dtypeCore === float32 ? float32 : float64;
    const out = full(Tensor, [Math.max(largest + 1, minlength)], 0, type, input.storage.device);
    const counts = weights === null ? 1 : cast(move.detach(weights), type);
    return indexing.scatterAlong(out, 0, places, counts, 'torch', { accumulate: true, inPlace: true });
  });
