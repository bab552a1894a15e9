import { bool, isComplex, isInexact } from '../../core/dtype.ts';
import { IndexError, NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { full } from '../../ops/creation.ts';
import * as order from '../../ops/orderStatistics.ts';
import * as reduce from '../../ops/reduce.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { keyed } from '../arguments/keyed.ts';
import { checkTensor } from '../arguments/operands.ts';
import { checkOptions, isOptions } from '../arguments/options.ts';
import * as pointwise from '../pointwise.ts';
import type { Dim, ReductionOptions } from '../arguments/reductions.ts';
import { deliver, dimensions, plain, request } from '../arguments/reductions.ts';
import { MinMax, ValuesIndices } from '../tensor/returnTypes.ts';
import { Tensor, wrapDimension } from '../tensor/tensor.ts';

/** The largest, smallest, middle and most frequent elements, and their places. */

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

const named = (name: string, { values, indices }: order.ValuesAtIndices<Tensor>): ValuesIndices => new ValuesIndices(name, values, indices);

function extremeAlong(kind: 'min' | 'max', input: Tensor, dim: number, keepdim: boolean): ValuesIndices {
  const axis = wrapDimension(dim, input.geometry.shape.length);
  refuseComplex(`${kind}_values_cpu`, input);
  checkExtent(kind, input, [axis]);
  return named(kind, order.extremeWithIndices(kind, input, axis, keepdim));
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
    return reduce.extreme(kind, input, reduce.allAxes(input), false, kind === 'max' ? 'MaxBackward1' : 'MinBackward1');
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
  return new MinMax(...reduce.minMax(input, axes, options.keepdim ?? false));
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

function running(kind: 'cummax' | 'cummin', input: Tensor, dim: number): ValuesIndices {
  checkTensor(kind, 'input', input);
  const axis = wrapDimension(dim, input.geometry.shape.length);
  refuseComplex(`${kind}_cpu`, input);
  return named(kind, order.cumulativeExtremeWithIndices(kind, input, axis));
}

/** The largest so far along a dimension, and where it was. Source: torch.cummax. */
export const cummax = keyed('cummax', 'input, dim: int', (input: Tensor, dim: number): ValuesIndices => running('cummax', input, dim));
/** The smallest so far along a dimension, and where it was. Source: torch.cummin. */
export const cummin = keyed('cummin', 'input, dim: int', (input: Tensor, dim: number): ValuesIndices => running('cummin', input, dim));

// --- the middle ---

function middle(name: 'median' | 'nanmedian', input: Tensor, dim: number | undefined, keepdim: boolean): Tensor | ValuesIndices {
  checkTensor(name, 'input', input);
  if (input.dtypeCore === bool || isComplex(input.dtypeCore)) {
    throw new NotImplementedError(`"median_cpu" not implemented for '${scalarTypeName(input.dtypeCore)}'`);
  }
  const kind = name === 'median' ? 'median' : 'nanMedian';
  const { shape, size } = input.geometry;
  if (dim !== undefined) {
    const axis = wrapDimension(dim, shape.length);
    checkExtent(name, input, [axis]);
    return named(name, order.medianWithIndices(kind, input, axis, keepdim));
  }
  if (size === 0) return full(Tensor, [], isInexact(input.dtypeCore) ? NaN : -(2n ** 63n), input.dtypeCore, input.storage.device);
  return order.median(kind, input);
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
export const mode = keyed('mode', 'input, dim=-1, keepdim=False', (
  input: Tensor, dim: number = -1, keepdim: boolean = false,
): ValuesIndices => {
  checkTensor('mode', 'input', input);
  refuseComplex('mode_cpu', input);
  const axis = wrapDimension(dim, input.geometry.shape.length);
  checkExtent('mode', input, [axis]);
  return named('mode', order.modeWithIndices(input, axis, keepdim));
});
