import { withGradMode } from '../autograd/mode.ts';
import { isRecorded, record } from '../autograd/tape.ts';
import { int64 } from '../core/dtype.ts';
import { IndexError, RuntimeError } from '../core/errors.ts';
import { cast } from '../ops/cast.ts';
import { full, zerosLike } from '../ops/creation.ts';
import { gatherAlong, scatterAlong } from '../ops/indexing.ts';
import { reshapeTo } from '../ops/movement.ts';
import * as reduce from '../ops/reduce.ts';
import { checkTensor } from './operands.ts';
import { checkOptions, isOptions } from './options.ts';
import * as pointwise from './pointwise.ts';
import type { Dim, ReductionOptions } from './reduceArguments.ts';
import { deliver, dimensions, plain, request } from './reduceArguments.ts';
import { ValuesIndices } from './returnTypes.ts';
import { Tensor, wrapDimension } from './tensor.ts';

/** The largest and smallest elements and their places. */

function checkNotEmpty(name: string, input: Tensor): void {
  if (input.layout.size === 0) {
    throw new RuntimeError(`${name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`);
  }
}

/** The selected elements of one dimension; their gradient goes back to where they were. */
function pick(input: Tensor, axis: number, indices: Tensor, name: string): Tensor {
  const values = withGradMode(false, () => gatherAlong(input, axis, indices, 'torch'));
  if (!isRecorded([input])) return values;
  const { shape } = input.layout;
  return record(values, name, [input], [
    (g, saved: { indices: Tensor }) => scatterAlong(
      full(Tensor, shape, 0, g.dtypeCore, g.storage.device), axis, saved.indices, g, 'torch', { accumulate: true }),
  ], { indices });
}

function extremeAlong(kind: 'min' | 'max', input: Tensor, dim: number, keepdim: boolean): ValuesIndices {
  const ndim = input.layout.shape.length;
  const axis = wrapDimension(dim, ndim);
  if (ndim === 0) return new ValuesIndices(kind, input.clone(), cast(zerosLike(input).detach(), int64));
  if (input.layout.shape[axis] === 0) {
    throw new IndexError(`${kind}(): Expected reduction dim ${axis} to have non-zero size.`);
  }
  const kept = reduce.argExtreme(kind === 'max' ? 'argmax' : 'argmin', input.detach(), axis, true);
  const values = pick(input, axis, kept, kind === 'max' ? 'MaxBackward0' : 'MinBackward0');
  if (keepdim) return new ValuesIndices(kind, values, kept);
  const shape = input.layout.shape.filter((_, each) => each !== axis);
  return new ValuesIndices(kind, reshapeTo(values, shape, 'SqueezeBackward1'), reshapeTo(kept, shape));
}

export interface ExtremeFunction {
  (input: Tensor): Tensor;
  (input: Tensor, other: Tensor): Tensor;
  (input: Tensor, dim: number, keepdim?: boolean): ValuesIndices;
  (input: Tensor, options: { readonly dim: number; readonly keepdim?: boolean }): ValuesIndices;
}

function extremeFunction(kind: 'min' | 'max'): ExtremeFunction {
  return ((input: Tensor, dim?: number | Tensor | { readonly dim?: number; readonly keepdim?: boolean }, keepdim: boolean = false): Tensor | ValuesIndices => {
    checkTensor(kind, 'input', input);
    if (dim instanceof Tensor) return kind === 'max' ? pointwise.maximum(input, dim) : pointwise.minimum(input, dim);
    if (isOptions(dim)) {
      checkOptions(kind, dim, ['dim', 'keepdim']);
      if (dim.dim !== undefined) return extremeAlong(kind, input, dim.dim as number, (dim.keepdim as boolean | undefined) ?? false);
    } else if (dim !== undefined) return extremeAlong(kind, input, dim as number, keepdim);
    checkNotEmpty(kind, input);
    return reduce.extreme(kind, input, dimensions(undefined, input.layout.shape.length), false, kind === 'max' ? 'MaxBackward1' : 'MinBackward1');
  }) as ExtremeFunction;
}

/** The largest element; with `dim` the largest along it and their indices; with a tensor the larger of each pair. Source: torch.max. */
export const max: ExtremeFunction = extremeFunction('max');
/** The smallest element; with `dim` the smallest along it and their indices; with a tensor the smaller of each pair. Source: torch.min. */
export const min: ExtremeFunction = extremeFunction('min');

/** The largest over dimensions; equal ones share the gradient. Source: torch.amax. */
export function amax(input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions): Tensor {
  const asked = request('amax', input, dim, keepdim, options, plain);
  return deliver('amax', reduce.extreme('max', input, asked.axes, asked.keepdim), asked, input);
}
/** The smallest over dimensions; equal ones share the gradient. Source: torch.amin. */
export function amin(input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions): Tensor {
  const asked = request('amin', input, dim, keepdim, options, plain);
  return deliver('amin', reduce.extreme('min', input, asked.axes, asked.keepdim), asked, input);
}

function argument(kind: 'argmax' | 'argmin', input: Tensor, dim: number | null | ReductionOptions | undefined, keepdim: boolean | ReductionOptions | undefined): Tensor {
  const asked = request(kind, input, dim, keepdim, undefined, ['dim', 'keepdim']);
  const flat = input.detach();
  if (asked.whole || input.layout.shape.length === 0) {
    if (input.layout.size === 0) throw new IndexError(`${kind}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`);
    const place = reduce.argExtreme(kind, reshapeTo(flat, [input.layout.size]), 0);
    return asked.keepdim ? reshapeTo(place, input.layout.shape.map(() => 1)) : place;
  }
  if (input.layout.shape[asked.axes[0]] === 0) throw new IndexError(`${kind}(): Expected reduction dim ${asked.axes[0]} to have non-zero size.`);
  return reduce.argExtreme(kind, flat, asked.axes[0], asked.keepdim);
}

/** The index of the largest element, of all or along one dimension. Source: torch.argmax. */
export function argmax(input: Tensor, dim?: number | null | ReductionOptions, keepdim?: boolean | ReductionOptions): Tensor {
  return argument('argmax', input, dim, keepdim);
}
/** The index of the smallest element, of all or along one dimension. Source: torch.argmin. */
export function argmin(input: Tensor, dim?: number | null | ReductionOptions, keepdim?: boolean | ReductionOptions): Tensor {
  return argument('argmin', input, dim, keepdim);
}
