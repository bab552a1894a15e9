import { bool, isComplex, isInexact } from '../../core/dtype.ts';
import { IndexError, NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { full } from '../../ops/creation.ts';
import * as order from '../../ops/orderStatistics.ts';
import * as reduce from '../../ops/reduce.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { keyed, keyedOut, overloaded } from '../arguments/keyed.ts';
import type { NamedOf } from '../arguments/keyed.ts';
import type { OutWords } from '../arguments/operands.ts';
import { intoOut } from '../arguments/operands.ts';
import type { PairOut } from '../arguments/pairs.ts';
import { intoPair, paired, places } from '../arguments/pairs.ts';
import * as pointwise from '../pointwise.ts';
import type { OutOptions } from './pointwiseFactories.ts';
import { dimensions } from '../arguments/reductions.ts';
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

type Kept = NamedOf<'keepdim', [keepdim?: boolean]> & PairOut;
type Along = NamedOf<'dim', [dim: number]> & Kept;

export interface ExtremeFunction {
  (input: Tensor, options?: OutOptions): Tensor;
  (input: Tensor, other: Tensor, options?: OutOptions): Tensor;
  (input: Tensor, options: OutOptions & NamedOf<'other', [other: Tensor]>): Tensor;
  (input: Tensor, dim: number, keepdim?: boolean | Kept, options?: PairOut): ValuesIndices;
  (input: Tensor, options: Along): ValuesIndices;
}

const alongText = 'input, dim: int, keepdim=False, *, out: tuple of Tensors (2) = None';

function extremeFunction(kind: 'min' | 'max'): ExtremeFunction {
  const whole = (input: Tensor, out?: Tensor): Tensor => {
    checkNotEmpty(kind, input);
    refuseComplex(`${kind}_all`, input);
    const result = reduce.extreme(kind, input, reduce.allAxes(input), false, kind === 'max' ? 'MaxBackward1' : 'MinBackward1');
    return out === undefined ? result : intoOut(kind, result, out, [input]);
  };
  const pair = (input: Tensor, other: Tensor, out?: Tensor): Tensor => {
    const f = kind === 'max' ? pointwise.maximum : pointwise.minimum;
    return out === undefined ? f(input, other) : f(input, other, { out });
  };
  const along = (input: Tensor, dim: number, keepdim: boolean = false, out?: readonly Tensor[]): ValuesIndices =>
    intoPair(kind, extremeAlong(kind, input, dim, keepdim), out, input, places(kind));
  return overloaded<ExtremeFunction>(kind, ['input, *, out=None', whole], ['input, other, *, out=None', pair], [alongText, along]);
}

/**
 * The largest element; with `dim` the largest along it and their indices; with a tensor the larger of each pair.
 * Source: torch.max.
 * @example
 * torch.max(torch.tensor([[1, 9], [7, 3]]), 1).values; // → tensor([9, 7])
 */
export const max: ExtremeFunction = extremeFunction('max');
/**
 * The smallest element; with `dim` the smallest along it and their indices; with a tensor the smaller of each pair.
 * Source: torch.min.
 * @example
 * torch.tensor([[5, 2], [1, 4]]).min(1); // → torch.return_types.min(
 *                                        //   values=tensor([2, 1]),
 *                                        //   indices=tensor([1, 0]))
 */
export const min: ExtremeFunction = extremeFunction('min');

function overAxes(kind: 'min' | 'max') {
  const name = `a${kind}`;
  return keyedOut(name, 'input, dim: tuple of ints | int = (), keepdim=False, *, out=None', (
    input: Tensor, dim: number | readonly number[] = [], keepdim: boolean = false,
  ): Tensor => {
    refuseComplex(`${kind}_values_cpu`, input);
    const axes = dimensions(dim, input.geometry.shape.length);
    if (Array.isArray(dim) && dim.length === 0) checkNotEmpty(name, input);
    else checkExtent(name, input, axes);
    return reduce.extreme(kind, input, axes, keepdim);
  });
}

/**
 * The largest over dimensions; equal ones share the gradient. Source: torch.amax.
 * @example
 * torch.amax(torch.tensor([[1, 5], [4, 2]]), { dim: 1 }); // → tensor([5, 4])
 */
export const amax = overAxes('max');
/**
 * The smallest over dimensions; equal ones share the gradient. Source: torch.amin.
 * @example
 * torch.amin(torch.tensor([[1, 5], [4, 2]]), { dim: [0, 1] }); // → tensor(1)
 */
export const amin = overAxes('min');

/**
 * The smallest and the largest, of all elements or along a dimension, as `min` and `max`. Source: torch.aminmax.
 * @example
 * torch.aminmax(torch.tensor([3, 1, 2])); // → torch.return_types.aminmax(
 *                                         //   min=tensor(1),
 *                                         //   max=tensor(3))
 */
export const aminmax = keyed('aminmax', 'input, *, dim: int = None, keepdim=False, out: tuple of Tensors (2) = None', (
  input: Tensor, dim?: number | null, keepdim: boolean = false, out?: readonly [Tensor, Tensor] | null,
): MinMax => {
  const axes = dimensions(dim, input.geometry.shape.length);
  if (reduce.countOf(input.geometry.shape, axes) === 0) {
    throw new RuntimeError('aminmax(): cannot compute aminmax over an empty dimension as the operation has no identity.');
  }
  refuseComplex('aminmax_cpu', input);
  const [least, most] = reduce.minMax(input, axes, keepdim);
  return out ? new MinMax(intoOut('aminmax', least, out[0], [input]), intoOut('aminmax', most, out[1], [input])) : new MinMax(least, most);
});

function argument(kind: 'argmax' | 'argmin') {
  return keyedOut(kind, 'input, dim: int = None, keepdim=False, *, out=None', (
    input: Tensor, dim?: number | null, keepdim: boolean = false,
  ): Tensor => {
    if (isComplex(input.dtypeCore)) throw new TypeError(`${kind}(): does not support complex input`);
    if (input.dtypeCore === bool) throw new NotImplementedError(`${kind}(): does not support bool input`);
    const [axis] = dimensions(dim, input.geometry.shape.length);
    if (dim !== undefined && dim !== null) checkExtent(kind, input, input.geometry.shape.length === 0 ? [] : [axis]);
    else if (input.geometry.size === 0) {
      throw new IndexError(`${kind}(): Expected reduction dim to be specified for input.numel() == 0.`);
    }
    return reduce.argExtreme(kind, input, dim === undefined || dim === null ? null : axis, keepdim);
  });
}

/**
 * The index of the largest element, of all or along one dimension. Source: torch.argmax.
 * @example
 * torch.argmax(torch.tensor([[1, 9], [7, 3]]), 1); // → tensor([1, 0])
 */
export const argmax = argument('argmax');
/**
 * The index of the smallest element, of all or along one dimension. Source: torch.argmin.
 * @example
 * torch.argmin(torch.tensor([3, 1, 2])); // → tensor(1)
 */
export const argmin = argument('argmin');

const ofRunning: OutWords = (_, from, to) => `expected scalar_type ${scalarTypeName(from)} but found ${scalarTypeName(to)}`;

function running(kind: 'cummax' | 'cummin', input: Tensor, dim: number): ValuesIndices {
  const axis = wrapDimension(dim, input.geometry.shape.length);
  refuseComplex(`${kind}_cpu`, input);
  return named(kind, order.cumulativeExtremeWithIndices(kind, input, axis));
}

/**
 * The largest so far along a dimension, and where it was. Source: torch.cummax.
 * @example
 * torch.cummax(torch.tensor([1, 3, 2]), 0); // → torch.return_types.cummax(
 *                                           //   values=tensor([1, 3, 3]),
 *                                           //   indices=tensor([0, 1, 1]))
 */
export const cummax = paired('cummax', 'input, dim: int', places('cummax', ofRunning),
  (input: Tensor, dim: number): ValuesIndices => running('cummax', input, dim));
/**
 * The smallest so far along a dimension, and where it was. Source: torch.cummin.
 * @example
 * torch.cummin(torch.tensor([3, 1, 2]), 0).values; // → tensor([3, 1, 1])
 */
export const cummin = paired('cummin', 'input, dim: int', places('cummin', ofRunning),
  (input: Tensor, dim: number): ValuesIndices => running('cummin', input, dim));

// --- the middle ---

const ofMiddle: OutWords = (name, from, to, part) => {
  const given = `torch.${scalarTypeName(to)}Tensor`;
  const said = part === 'indices' ? `tensor for argument #1 'indices' to have scalar type Long; but got ${given} instead`
    : `tensor for 'values' to have the same type as tensor for argument #2 'self'; but type ${given} does not equal `
      + `torch.${scalarTypeName(from)}Tensor`;
  return `Expected ${said} (while checking arguments for ${name})`;
};

function middle(name: 'median' | 'nanmedian', input: Tensor, dim: number | undefined, keepdim: boolean): Tensor | ValuesIndices {
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
  (input: Tensor, dim: number, keepdim?: boolean | Kept, options?: PairOut): ValuesIndices;
  (input: Tensor, options: Along): ValuesIndices;
}

const middleFunction = (name: 'median' | 'nanmedian'): MiddleFunction => overloaded<MiddleFunction>(name,
  ['input', (input: Tensor) => middle(name, input, undefined, false)],
  [alongText, (input: Tensor, dim: number, keepdim: boolean = false, out?: readonly Tensor[]) =>
    intoPair(name, middle(name, input, dim, keepdim) as ValuesIndices, out, input, places(name, ofMiddle))]);

/**
 * The middle element in order, the lower of two; with `dim` along it, and where they are. Source: torch.median.
 * @example
 * torch.median(torch.tensor([4, 1, 3, 2])); // → tensor(2)
 */
export const median: MiddleFunction = middleFunction('median');
/**
 * As median, of the elements that are not NaN. Source: torch.nanmedian.
 * @example
 * torch.nanmedian(torch.tensor([4.5, NaN, 1])); // → tensor(1.)
 */
export const nanmedian: MiddleFunction = middleFunction('nanmedian');

const ofMode: OutWords = (_, from, to, part) =>
  `expected scalar type '${scalarTypeName(from)}' but got '${scalarTypeName(to)}' for ${part} output`;

/**
 * The most frequent element along a dimension, the smallest of several, and its last place. Source: torch.mode.
 * @example
 * torch.mode(torch.tensor([1, 2, 2, 1, 3])); // → torch.return_types.mode(
 *                                            //   values=tensor(1),
 *                                            //   indices=tensor(3))
 */
export const mode = paired('mode', 'input, dim=-1, keepdim=False', places('mode', ofMode), (
  input: Tensor, dim: number = -1, keepdim: boolean = false,
): ValuesIndices => {
  refuseComplex('mode_cpu', input);
  const axis = wrapDimension(dim, input.geometry.shape.length);
  checkExtent('mode', input, [axis]);
  return named('mode', order.modeWithIndices(input, axis, keepdim));
});
