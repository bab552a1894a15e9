import { withGradMode } from '../../autograd/mode.ts';
import { record } from '../../autograd/tape.ts';
import { bool, int64, isComplex, isInexact } from '../../core/dtype.ts';
import { IndexError, NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { full } from '../../ops/creation.ts';
import { elements } from '../../ops/host.ts';
import { gatherAlong } from '../../ops/indexing.ts';
import { integersLike } from '../../ops/integers.ts';
import * as move from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import * as reduce from '../../ops/reduce.ts';
import { sortWithIndices } from '../../ops/sort.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { keyed } from '../arguments/keyed.ts';
import { checkTensor } from '../arguments/operands.ts';
import { checkOptions, isOptions } from '../arguments/options.ts';
import { picked, pickedAlone } from './valuesAtIndices.ts';
import * as pointwise from '../pointwise.ts';
import type { Dim, ReductionOptions } from '../arguments/reductions.ts';
import { deliver, dimensions, plain, request } from '../arguments/reductions.ts';
import { MinMax, ValuesIndices } from '../tensor/returnTypes.ts';
import { Tensor, wrapDimension } from '../tensor/tensor.ts';

/** The largest, smallest, middle and most frequent elements, and their places. */

const everyAxis = (input: Tensor): number[] => [...input.geometry.shape.keys()];

function checkNotEmpty(name: string, input: Tensor): void {
  if (input.geometry.size === 0) {
    throw new RuntimeError(
      `${name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with `
      + `the 'dim' argument.`);
  }
}

function checkExtent(name: string, input: Tensor, axes: readonly number[]): void {
  const empty = axes.find((axis) => input.geometry.shape[axis] === 0);
  if (empty !== undefined) throw new IndexError(`${name}(): Expected reduction dim ${empty} to have non-zero size.`);
}

function refuseComplex(kernel: string, input: Tensor): void {
  if (isComplex(input.dtypeCore)) throw new NotImplementedError(`"${kernel}" not implemented for '${scalarTypeName(input.dtypeCore)}'`);
}

function alone(name: string, input: Tensor, gradName: string): ValuesIndices {
  const { values, places } = pickedAlone(input, gradName);
  return new ValuesIndices(name, values, places);
}

function extremeAlong(kind: 'min' | 'max', input: Tensor, dim: number, keepdim: boolean): ValuesIndices {
  const ndim = input.geometry.shape.length;
  const axis = wrapDimension(dim, ndim);
  refuseComplex(`${kind}_values_cpu`, input);
  if (ndim === 0) return alone(kind, input, kind === 'max' ? 'MaxBackward0' : 'MinBackward0');
  checkExtent(kind, input, [axis]);
  const kept = reduce.argExtreme(kind === 'max' ? 'argmax' : 'argmin', move.detach(input), axis, true);
  const { values, places } = picked(input, axis, kept, keepdim, kind === 'max' ? 'MaxBackward0' : 'MinBackward0');
  return new ValuesIndices(kind, values, places);
}

export interface ExtremeFunction {
  (input: Tensor): Tensor;
  (input: Tensor, other: Tensor): Tensor;
  (input: Tensor, dim: number, keepdim?: boolean): ValuesIndices;
  (input: Tensor, options: { readonly dim: number; readonly keepdim?: boolean }): ValuesIndices;
}

type ExtremeArgument = number | Tensor | { readonly dim?: number; readonly keepdim?: boolean };

function extremeFunction(kind: 'min' | 'max'): ExtremeFunction {
  return ((input: Tensor, dim?: ExtremeArgument, keepdim: boolean = false): Tensor | ValuesIndices => {
    checkTensor(kind, 'input', input);
    if (dim instanceof Tensor) return kind === 'max' ? pointwise.maximum(input, dim) : pointwise.minimum(input, dim);
    if (isOptions(dim)) {
      checkOptions(kind, dim, ['dim', 'keepdim']);
      const asked = dim as { readonly dim?: number; readonly keepdim?: boolean };
      if (asked.dim !== undefined) return extremeAlong(kind, input, asked.dim, asked.keepdim ?? false);
    } else if (dim !== undefined) {
      return extremeAlong(kind, input, dim as number, keepdim);
    }
    checkNotEmpty(kind, input);
    refuseComplex(`${kind}_all`, input);
    return reduce.extreme(kind, input, everyAxis(input), false, kind === 'max' ? 'MaxBackward1' : 'MinBackward1');
  }) as ExtremeFunction;
}

/**
 * The largest element; with `dim` the largest along it and their indices; with a tensor the larger of each pair.
 * Source: torch.max.
 * @example
 * torch.max(torch.tensor([[1, 9], [7, 3]]), 1).values; // → tensor([9, 7])
 */
export const max: ExtremeFunction = extremeFunction('max');
/** The smallest element; with `dim` the smallest along it and their indices; with a tensor the smaller of each pair. Source: torch.min. */
export const min: ExtremeFunction = extremeFunction('min');

function overAxes(
  kind: 'min' | 'max', input: Tensor, dim: Dim | ReductionOptions | undefined, keepdim: boolean | ReductionOptions | undefined,
  options: ReductionOptions | undefined,
): Tensor {
  const name = `a${kind}`;
  const asked = request(name, input, dim, keepdim, options, plain);
  refuseComplex(`${kind}_values_cpu`, input);
  if (asked.whole) checkNotEmpty(name, input);
  else checkExtent(name, input, asked.axes);
  return deliver(name, reduce.extreme(kind, input, asked.axes, asked.keepdim), asked, input);
}

/** The largest over dimensions; equal ones share the gradient. Source: torch.amax. */
export function amax(
  input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions,
): Tensor {
  return overAxes('max', input, dim, keepdim, options);
}
/** The smallest over dimensions; equal ones share the gradient. Source: torch.amin. */
export function amin(
  input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions,
): Tensor {
  return overAxes('min', input, dim, keepdim, options);
}

/** The smallest and the largest, of all elements or along a dimension. Source: torch.aminmax. */
export function aminmax(input: Tensor, options: { readonly dim?: number | null; readonly keepdim?: boolean } = {}): MinMax {
  checkTensor('aminmax', 'input', input);
  checkOptions('aminmax', options, ['dim', 'keepdim']);
  const axes = dimensions(options.dim, input.geometry.shape.length);
  if (reduce.countOf(input.geometry.shape, axes) === 0) {
    throw new RuntimeError('aminmax(): cannot compute aminmax over an empty dimension as the operation has no identity.');
  }
  refuseComplex('aminmax_cpu', input);
  const extreme = (kind: 'min' | 'max'): Tensor => reduce.extreme(kind, input, axes, options.keepdim ?? false, 'AminmaxBackward0');
  return new MinMax(extreme('min'), extreme('max'));
}

function argument(
  kind: 'argmax' | 'argmin', input: Tensor, dim: number | null | ReductionOptions | undefined,
  keepdim: boolean | ReductionOptions | undefined,
): Tensor {
  const asked = request(kind, input, dim, keepdim, undefined, ['dim', 'keepdim']);
  if (isComplex(input.dtypeCore)) throw new TypeError(`${kind}(): does not support complex input`);
  if (input.dtypeCore === bool) throw new NotImplementedError(`${kind}(): does not support bool input`);
  if (!asked.whole) checkExtent(kind, input, asked.axes);
  else if (input.geometry.size === 0) {
    throw new IndexError(`${kind}(): Expected reduction dim to be specified for input.numel() == 0.`);
  }
  return reduce.argExtreme(kind, input, asked.whole ? null : asked.axes[0], asked.keepdim);
}

/**
 * The index of the largest element, of all or along one dimension. Source: torch.argmax.
 * @example
 * torch.argmax(torch.tensor([[1, 9], [7, 3]]), 1); // → tensor([1, 0])
 */
export function argmax(input: Tensor, dim?: number | null | ReductionOptions, keepdim?: boolean | ReductionOptions): Tensor {
  return argument('argmax', input, dim, keepdim);
}
/** The index of the smallest element, of all or along one dimension. Source: torch.argmin. */
export function argmin(input: Tensor, dim?: number | null | ReductionOptions, keepdim?: boolean | ReductionOptions): Tensor {
  return argument('argmin', input, dim, keepdim);
}

/** The running extreme and where it was found: the last place among equal ones. */
function running(kind: 'cummax' | 'cummin', input: Tensor, dim: number): ValuesIndices {
  checkTensor(kind, 'input', input);
  const { shape } = input.geometry;
  const axis = wrapDimension(dim, shape.length);
  refuseComplex(`${kind}_cpu`, input);
  const gradName = kind === 'cummax' ? 'CummaxBackward0' : 'CumminBackward0';
  if (shape.length === 0) return alone(kind, input, gradName);
  const places = withGradMode(false, () => {
    const extremes = reduce.cumulativeExtreme(kind, move.detach(input), axis);
    const equal = ops.eq(input, extremes);
    const hits = isInexact(input.dtypeCore) ? ops.logicalOr(equal, ops.isnan(input)) : equal;
    const numbers = move.reshapeTo(
      integersLike(input, Array.from({ length: shape[axis] }, (_, i) => i)), shape.map((extent, i) => (i === axis ? extent : 1)));
    const found = ops.where(hits, numbers, 0) as Tensor;
    return reduce.cumulativeExtreme('cummax', move.contiguous(found), axis);
  });
  return new ValuesIndices(kind, picked(input, axis, places, true, gradName).values, places);
}

/** The largest so far along a dimension, and where it was. Source: torch.cummax. */
export const cummax = keyed('cummax', ['dim'], (input: Tensor, dim: number): ValuesIndices => running('cummax', input, dim));
/** The smallest so far along a dimension, and where it was. Source: torch.cummin. */
export const cummin = keyed('cummin', ['dim'], (input: Tensor, dim: number): ValuesIndices => running('cummin', input, dim));

// --- the middle ---

/** Where the middle element along an axis is, the axis kept: of NaN the first, unless they are left out. */
function middlePlaces(input: Tensor, axis: number, skipNaN: boolean): Tensor {
  return withGradMode(false, () => {
    const x = move.detach(input);
    const extent = x.geometry.shape[axis];
    const { indices } = sortWithIndices(x, axis);
    const middle = move.sliceAxis(indices, axis, (extent - 1) >> 1, 1);
    if (!isInexact(x.dtypeCore)) return move.contiguous(middle);
    const missing = ops.isnan(x);
    if (skipNaN) {
      // NaN are last in order: the middle is that of the others.
      const count = reduce.sum(cast(ops.logicalNot(missing), int64), [axis], true);
      const place = ops.maximum(ops.floorDivide(ops.sub(count, 1), 2), 0);
      return gatherAlong(indices, axis, place, 'torch');
    }
    const first = reduce.argExtreme('argmax', x, axis, true);
    return ops.where(reduce.any(missing, [axis], true), first, middle) as Tensor;
  });
}

function middle(name: 'median' | 'nanmedian', input: Tensor, dim: number | undefined, keepdim: boolean): Tensor | ValuesIndices {
  checkTensor(name, 'input', input);
  if (input.dtypeCore === bool || isComplex(input.dtypeCore)) {
    throw new NotImplementedError(`"median_cpu" not implemented for '${scalarTypeName(input.dtypeCore)}'`);
  }
  const skipNaN = name === 'nanmedian';
  const gradName = skipNaN ? 'NanmedianBackward' : 'MedianBackward';
  const { shape, size } = input.geometry;
  if (dim !== undefined) {
    const axis = wrapDimension(dim, shape.length);
    if (shape.length === 0) return alone(name, input, `${gradName}1`);
    checkExtent(name, input, [axis]);
    const { values, places } = picked(input, axis, middlePlaces(input, axis, skipNaN), keepdim, `${gradName}1`);
    return new ValuesIndices(name, values, places);
  }
  if (size === 0) return full(Tensor, [], isInexact(input.dtypeCore) ? NaN : -(2n ** 63n), input.dtypeCore, input.storage.device);
  const value = withGradMode(false, () => {
    const flat = move.reshapeTo(input, [size]);
    return move.reshapeTo(gatherAlong(flat, 0, middlePlaces(flat, 0, skipNaN), 'torch'), []);
  });
  return record(value, `${gradName}0`, [input], [(g, saved: { input: Tensor; value: Tensor }) => {
    // All elements that equal the middle share the gradient.
    const equal = ops.eq(saved.input, saved.value);
    const both = ops.logicalAnd(ops.isnan(saved.input), ops.isnan(saved.value));
    const hits = cast(ops.logicalOr(equal, both), saved.input.dtypeCore);
    return ops.mul(ops.div(hits, reduce.sum(hits, everyAxis(hits))), g as Tensor);
  }], { input, value });
}

export interface MiddleFunction {
  (input: Tensor): Tensor;
  (input: Tensor, dim: number, keepdim?: boolean): ValuesIndices;
  (input: Tensor, options: { readonly dim: number; readonly keepdim?: boolean }): ValuesIndices;
}

function middleFunction(name: 'median' | 'nanmedian'): MiddleFunction {
  return ((input: Tensor, dim?: number | { readonly dim?: number; readonly keepdim?: boolean }, keepdim: boolean = false) => {
    if (!isOptions(dim)) return middle(name, input, dim as number | undefined, keepdim);
    checkOptions(name, dim, ['dim', 'keepdim']);
    const asked = dim as { readonly dim?: number; readonly keepdim?: boolean };
    return middle(name, input, asked.dim, asked.keepdim ?? false);
  }) as MiddleFunction;
}

/** The middle element in order, the lower of two; with `dim` along it, and where they are. Source: torch.median. */
export const median: MiddleFunction = middleFunction('median');
/** As median, NaN left out. Source: torch.nanmedian. */
export const nanmedian: MiddleFunction = middleFunction('nanmedian');

/** The most frequent element along a dimension, the smallest of several, and its last place. Source: torch.mode. */
export const mode = keyed('mode', ['dim', 'keepdim'], (input: Tensor, dim: number = -1, keepdim: boolean = false): ValuesIndices => {
  checkTensor('mode', 'input', input);
  refuseComplex('mode_cpu', input);
  const { shape } = input.geometry;
  const axis = wrapDimension(dim, shape.length);
  if (shape.length === 0) return alone('mode', input, 'ModeBackward0');
  checkExtent('mode', input, [axis]);
  const { values, indices } = sortWithIndices(move.detach(input), axis);
  const last = (x: Tensor): unknown[] => elements(move.swapAxes(x, axis, shape.length - 1));
  const [sorted, places] = [last(values) as number[], last(indices) as number[]];
  const extent = shape[axis];
  const rows = sorted.length / extent;
  const found = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let [best, run] = [0, 0];
    for (let i = 0; i < extent; i++) {
      const at = row * extent + i;
      run = i > 0 && sorted[at] === sorted[at - 1] ? run + 1 : 1;
      // The order is stable: the end of a run is the last of its elements in the tensor.
      if (run > best) {
        best = run;
        found[row] = places[at];
      }
    }
  }
  const end = shape.length - 1;
  const swapped = shape.map((each, i) => (i === end ? 1 : i === axis ? shape[end] : each));
  const kept = move.contiguous(move.swapAxes(integersLike(input, found, swapped), axis, end));
  const result = picked(input, axis, kept, keepdim, 'ModeBackward0');
  return new ValuesIndices('mode', result.values, result.places);
});
