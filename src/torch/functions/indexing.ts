import { withGradMode } from '../../autograd/mode.ts';
import { checkInPlace, record } from '../../autograd/tape.ts';
import { backendOf } from '../../backend/select.ts';
import type { Scalar } from '../../core/complex.ts';
import { Complex, isScalar } from '../../core/complex.ts';
import { bool, int32, int64, isComplex } from '../../core/dtype.ts';
import { IndexError, NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { contiguousLayout } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import { cast } from '../../ops/cast.ts';
import { zerosLike } from '../../ops/creation.ts';
import { emptyLike } from '../../ops/dispatch.ts';
import * as indexing from '../../ops/indexing.ts';
import type { IndexArgument } from '../../ops/indexing.ts';
import * as move from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import * as reduce from '../../ops/reduce.ts';
import { cTypeName, scalarTypeName } from '../dtypes/dtypes.ts';
import { keyedOut } from '../arguments/keyed.ts';
import { checkTensor, describe } from '../arguments/operands.ts';
import { checkOptions } from '../arguments/options.ts';
import { listText } from '../arguments/sizes.ts';
import { Tensor, wrapDimension } from '../tensor/tensor.ts';

/** Reading and writing through indices and masks. Each function is also a method. */

/**
 * `x[...]` for reading: `x.at(0, '1:')`, `x.at(mask)`, `x.at([0, 2], ':')`. Integers, slices, null and '...' give views,
 * lists, masks and index tensors copies. Source: torch.Tensor.__getitem__.
 * @example
 * torch.tensor([[1, 2], [3, 4]]).at(':', 1); // → tensor([2, 4])
 */
export function at(input: Tensor, ...index: IndexArgument[]): Tensor {
  return indexing.index(input, index, 'torch');
}

/** PyTorch converts the value of a plain slice or mask, but not one that goes through lists or index tensors. */
function checkPut(input: Tensor, index: readonly IndexArgument[], value: Tensor): void {
  if (value.dtypeCore === input.dtypeCore) return;
  const listed = (item: IndexArgument): boolean =>
    Array.isArray(item) || ArrayBuffer.isView(item) || (item instanceof StridedArray && item.geometry.shape.length > 0);
  const mask = index.length === 1 && index[0] instanceof StridedArray && index[0].dtypeCore === bool && value.geometry.shape.length === 0;
  if (index.some(listed) && !mask) {
    throw new RuntimeError(
      `Index put requires the source and destination dtypes match, got ${scalarTypeName(input.dtypeCore)} for the destination and `
      + `${scalarTypeName(value.dtypeCore)} for the source.`);
  }
}

/** A number that goes into a tensor of this dtype. */
function checkScalar(input: Tensor, value: Scalar): Scalar {
  if (value instanceof Complex && !isComplex(input.dtypeCore) && value.im !== 0) {
    const names: Readonly<Record<string, string>> = { int64: 'int64_t', int16: 'int16_t', int8: 'int8_t', uint8: 'uint8_t' };
    throw new RuntimeError(
      `value cannot be converted to type ${names[input.dtypeCore.name] ?? cTypeName(input.dtypeCore)} without overflow`);
  }
  return value;
}

/**
 * `x[...] = value` for writing: `x.set([mask], 0)`, `x.set(['1:3'], y)`. A number or a tensor, which slices convert to the
 * tensor's dtype. Source: torch.Tensor.__setitem__.
 * @example
 * torch.zeros(3).set([1], 5); // → tensor([0., 5., 0.])
 */
export function set(input: Tensor, index: readonly IndexArgument[], value: Tensor | Scalar): Tensor {
  if (!Array.isArray(index)) throw new TypeError('set() takes the index as a list: x.set([0], value)');
  if (value instanceof Tensor) {
    checkPut(input, index, value);
    indexing.assign(input, index, cast(value, input.dtypeCore), 'torch');
  } else if (isScalar(value)) {
    indexing.assign(input, index, checkScalar(input, value), 'torch');
  } else {
    throw new TypeError(`can't assign a ${describe(value)} to a ${input.type()}`);
  }
  return input;
}

/**
 * Rows (or slices of another dimension) by their numbers, as a copy. Source: torch.index_select.
 * @example
 * torch.arange(6).reshape(3, 2).index_select(0, torch.tensor([2, 0])); // → tensor([[4, 5],
 *                                                                    //           [0, 1]])
 */
export const index_select = keyedOut('index_select', ['dim', 'index'], (input: Tensor, dim: number, index: Tensor): Tensor => {
  checkTensor('index_select', 'input', input);
  checkTensor('index_select', 'index', index);
  return indexing.indexSelect(input, wrapDimension(dim, input.geometry.shape.length), index);
});

/**
 * The elements where a mask is true, in one dimension. Source: torch.masked_select.
 * @example
 * const x = torch.tensor([1, -2, 3]);
 * x.masked_select(x.gt(0)); // → tensor([1, 3])
 */
export const masked_select = keyedOut('masked_select', ['mask'], (input: Tensor, mask: Tensor): Tensor => {
  checkTensor('masked_select', 'input', input);
  checkTensor('masked_select', 'mask', mask);
  return indexing.maskedSelect(input, mask);
});

function filled(input: Tensor, mask: Tensor, value: Scalar | Tensor, inPlace: boolean): Tensor {
  checkTensor('masked_fill', 'input', input);
  checkTensor('masked_fill', 'mask', mask);
  if (!(value instanceof Tensor) && !isScalar(value)) {
    throw new TypeError(`masked_fill(): argument 'value' must be Tensor or Number, not ${describe(value)}`);
  }
  const filler = value instanceof Tensor ? cast(value, input.dtypeCore) : checkScalar(input, value);
  return indexing.maskedFill(input, mask, filler, inPlace);
}

/**
 * The tensor with one value where a mask is true. Source: torch.masked_fill.
 * @example
 * const x = torch.tensor([1, -2]);
 * x.masked_fill(x.lt(0), 0); // → tensor([1, 0])
 */
export const masked_fill = Object.assign(
  (input: Tensor, mask: Tensor, value: Scalar | Tensor): Tensor => filled(input, mask, value, false),
  { inPlace: (input: Tensor, mask: Tensor, value: Scalar | Tensor): Tensor => filled(input, mask, value, true) });

function scattered(input: Tensor, mask: Tensor, source: Tensor, inPlace: boolean): Tensor {
  checkTensor('masked_scatter', 'mask', mask);
  checkTensor('masked_scatter', 'source', source);
  if (mask.dtypeCore !== bool) {
    throw new RuntimeError(
      `masked_scatter_ only supports boolean masks, but got mask with dtype ${scalarTypeName(mask.dtypeCore)}`);
  }
  if (source.dtypeCore !== input.dtypeCore) {
    throw new RuntimeError(
      `masked_scatter: expected self and source to have same dtypes but got ${scalarTypeName(input.dtypeCore)} `
      + `and ${scalarTypeName(source.dtypeCore)}`);
  }
  const whole = move.broadcastTo(mask, input.geometry.shape);
  const count = Number(reduce.sum(cast(whole, int64), [...input.geometry.shape.keys()]).item());
  if (count > source.geometry.size) throw new RuntimeError('Number of elements of source < number of ones in mask');
  const { shape, size } = source.geometry;
  const first = (x: Tensor): Tensor => move.sliceAxis(x, 0, 0, count);
  if (inPlace) checkInPlace(input);
  const out = inPlace ? input : withGradMode(false, () => move.clone(input));
  withGradMode(false, () => indexing.assign(out, [whole], first(move.reshapeTo(source, [size])), 'torch'));
  return record(out, 'MaskedScatterBackward0', [input, source], [
    (g, saved: { whole: Tensor }) => indexing.maskedFill(g as Tensor, saved.whole, 0),
    (g, saved: { whole: Tensor }) =>
      move.reshapeTo(move.embed(indexing.maskedSelect(g as Tensor, saved.whole), [size], first), shape),
  ], { whole });
}

/** The tensor with a source's first elements, in order, where a mask is true. Source: torch.masked_scatter. */
export const masked_scatter = Object.assign(
  (input: Tensor, mask: Tensor, source: Tensor): Tensor => scattered(input, mask, source, false),
  { inPlace: (input: Tensor, mask: Tensor, source: Tensor): Tensor => scattered(input, mask, source, true) });

/**
 * out[i][j] = input[i][index[i][j]], along any dimension. Source: torch.gather.
 * @example
 * torch.tensor([[1, 2], [3, 4]]).gather(1, torch.tensor([[1], [0]])); // → tensor([[2],
 *                                                                    //           [3]])
 */
export const gather = keyedOut('gather', ['dim', 'index'], (input: Tensor, dim: number, index: Tensor): Tensor => {
  checkTensor('gather', 'input', input);
  checkTensor('gather', 'index', index);
  return indexing.gatherAlong(input, wrapDimension(dim, input.geometry.shape.length), index, 'torch');
});

export interface ScatterOptions {
  readonly reduce?: 'add' | 'multiply';
}

function scatterInto(input: Tensor, dim: number, index: Tensor, src: Tensor | Scalar, options: ScatterOptions, inPlace: boolean): Tensor {
  checkTensor('scatter', 'input', input);
  checkTensor('scatter', 'index', index);
  checkOptions('scatter', options, ['reduce']);
  if (!(src instanceof Tensor) && !isScalar(src)) {
    throw new TypeError(`scatter(): argument 'src' must be Tensor or Number, not ${describe(src)}`);
  }
  const mode = options.reduce;
  if (mode !== undefined && mode !== 'add' && mode !== 'multiply') {
    throw new RuntimeError('reduce argument must be either add or multiply.');
  }
  if (mode === 'multiply') {
    throw new NotImplementedError(
      "scatter() with reduce 'multiply' is not supported: gather, multiply and scatter instead");
  }
  const axis = wrapDimension(dim, input.geometry.shape.length);
  const source = src instanceof Tensor ? src : checkScalar(input, src);
  return indexing.scatterAlong(input, axis, index, source, 'torch', { accumulate: mode === 'add', inPlace });
}

/**
 * The tensor with a source's elements (or one number) where `index` says along a dimension. Source: torch.scatter.
 * @example
 * torch.zeros(2, 2).scatter(1, torch.tensor([[1], [0]]), 5); // → tensor([[0., 5.],
 *                                                           //           [5., 0.]])
 */
export const scatter = Object.assign(
  (input: Tensor, dim: number, index: Tensor, src: Tensor | Scalar, options: ScatterOptions = {}): Tensor =>
    scatterInto(input, dim, index, src, options, false),
  {
    inPlace: (input: Tensor, dim: number, index: Tensor, src: Tensor | Scalar, options: ScatterOptions = {}): Tensor =>
      scatterInto(input, dim, index, src, options, true),
  });

function scatterAdded(input: Tensor, dim: number, index: Tensor, src: Tensor, inPlace: boolean): Tensor {
  checkTensor('scatter_add', 'src', src);
  return scatterInto(input, dim, index, src, { reduce: 'add' }, inPlace);
}

/** The tensor with a source's elements added where `index` says along a dimension. Source: torch.scatter_add. */
export const scatter_add = Object.assign(
  (input: Tensor, dim: number, index: Tensor, src: Tensor): Tensor => scatterAdded(input, dim, index, src, false),
  { inPlace: (input: Tensor, dim: number, index: Tensor, src: Tensor): Tensor => scatterAdded(input, dim, index, src, true) });

// --- whole slices of one dimension ---

const everything = ':';

/** The index of slices of one axis, as `at` and `set` take it. */
function slicesOf(axis: number, index: Tensor): IndexArgument[] {
  return [...new Array<string>(axis).fill(everything), index];
}

/** A vector of index numbers; a 0-d one counts as a vector of one. */
function indexVector(index: Tensor): Tensor {
  return index.geometry.shape.length === 0 ? move.reshapeTo(index, [1]) : index;
}

function checkIndexed(name: string, input: Tensor, axis: number, index: Tensor): void {
  checkTensor(name, 'index', index);
  // What cannot be read at once is checked where it is used.
  if (backendOf(index.storage.device).deferred !== null) return;
  const extent = input.geometry.shape[axis] ?? 1;
  for (const value of index.geometry.size > 0 ? move.contiguous(index).tolist() as number[] : []) {
    if (value < -extent || value >= extent) {
      throw new IndexError(`index ${value} is out of bounds for dimension ${axis} with size ${extent}`);
    }
  }
}

/** Slices of `source` written (or added) into a tensor at places of an axis, as one recorded op. */
function intoSlices(
  name: string, input: Tensor, axis: number, index: Tensor, source: Tensor, accumulate: boolean, inPlace: boolean,
): Tensor {
  if (inPlace) checkInPlace(input);
  const target = inPlace ? input : withGradMode(false, () => move.clone(input));
  const where = indexVector(index);
  const lone = input.geometry.shape.length === 0;
  withGradMode(false, () =>
    indexing.assign(lone ? move.unsqueeze(target, 0) : target, slicesOf(axis, where), source, 'torch', { accumulate }));
  return record(target, name, [input, source], [
    accumulate ? (g) => g : (g, saved: { where: Tensor }) => index_fill(g as Tensor, axis, saved.where, 0),
    (g, saved: { where: Tensor }) => indexing.indexSelect(g as Tensor, axis, saved.where),
  ], { where });
}

export interface IndexAddOptions {
  readonly alpha?: number;
}

function indexAdded(input: Tensor, dim: number, index: Tensor, source: Tensor, options: IndexAddOptions, inPlace: boolean): Tensor {
  checkTensor('index_add', 'input', input);
  checkTensor('index_add', 'index', index);
  checkTensor('index_add', 'source', source);
  checkOptions('index_add', options, ['alpha']);
  const axis = wrapDimension(dim, input.geometry.shape.length);
  const numbers = index.geometry.shape;
  if (numbers.length > 1) {
    throw new IndexError(
      `index_add_(): Index is supposed to be a vector, but got dim: ${numbers.length} with type: ${scalarTypeName(index.dtypeCore)} `
      + `and size: ${listText(numbers)}`);
  }
  if (index.dtypeCore !== int64 && index.dtypeCore !== int32) {
    throw new RuntimeError(`index_add_(): Expected dtype int32/int64 for index but got: ${scalarTypeName(index.dtypeCore)}`);
  }
  if (source.dtypeCore !== input.dtypeCore) {
    throw new RuntimeError(
      `index_add_(): self (${scalarTypeName(input.dtypeCore)}) and source (${scalarTypeName(source.dtypeCore)}) `
      + `must have the same scalar type`);
  }
  const extent = source.geometry.shape[axis] ?? 1;
  if (index.geometry.size !== extent) {
    throw new RuntimeError(
      `index_add_(): Number of indices (${index.geometry.size}) should be equal to source.size(dim): (${extent}), `
      + `for dim: ${axis}`);
  }
  checkSlices('index_add_', input, source, axis);
  const where = checkBounds(input, axis, index, (value, size) =>
    new RuntimeError(`index ${value} is out of bounds for dimension 0 with size ${size}`));
  const { alpha = 1 } = options;
  return intoSlices('IndexAddBackward0', input, axis, where, alpha === 1 ? source : ops.mul(source, alpha), true, inPlace);
}

/**
 * The index, once none of its numbers is beyond the axis; negative ones are refused. One that cannot be read at once is checked where
 * it lies, and reported when something is next read there.
 */
function checkBounds(input: Tensor, axis: number, index: Tensor, refuse: (value: number, extent: number) => Error): Tensor {
  const extent = input.geometry.shape[axis] ?? 1;
  const { deferred } = backendOf(index.storage.device);
  if (deferred !== null) {
    const rows = emptyLike(index, contiguousLayout(index.geometry.shape), int64);
    deferred.rows(index, extent, false, rows);
    return rows;
  }
  const values = [index.tolist()].flat() as number[];
  const wrong = values.find((value) => value < 0 || value >= extent);
  if (wrong !== undefined) throw refuse(wrong, extent);
  return index;
}

function checkSlices(name: string, input: Tensor, source: Tensor, axis: number): void {
  const rest = (x: Tensor): number[] => x.geometry.shape.filter((_, i) => i !== axis);
  const [a, b] = [rest(input), rest(source)];
  if (a.length !== b.length || a.some((extent, i) => extent !== b[i])) {
    throw new RuntimeError(
      `${name}: Source/destination tensor must have same slice shapes. Destination slice shape: ${a.join(' ')} at dimension ${axis} and `
      + `source slice shape: ${b.join(' ')} at dimension 0.`);
  }
}

/** The tensor with slices of a source added at places of a dimension. Source: torch.index_add. */
export const index_add = Object.assign(
  (input: Tensor, dim: number, index: Tensor, source: Tensor, options: IndexAddOptions = {}): Tensor =>
    indexAdded(input, dim, index, source, options, false),
  {
    inPlace: (input: Tensor, dim: number, index: Tensor, source: Tensor, options: IndexAddOptions = {}): Tensor =>
      indexAdded(input, dim, index, source, options, true),
  });

function indexCopied(input: Tensor, dim: number, index: Tensor, source: Tensor, inPlace: boolean): Tensor {
  checkTensor('index_copy', 'input', input);
  checkTensor('index_copy', 'index', index);
  checkTensor('index_copy', 'source', source);
  const axis = wrapDimension(dim, input.geometry.shape.length);
  if (index.geometry.shape.length > 1) {
    throw new IndexError(`index_copy_(): Index should have dimension 1 or 0 (got ${index.geometry.shape.length})`);
  }
  if (index.dtypeCore !== int64) {
    throw new RuntimeError(
      `index_copy_(): Expected a long tensor for index, but got ${scalarTypeName(index.dtypeCore)}`);
  }
  if (source.dtypeCore !== input.dtypeCore) {
    throw new RuntimeError(
      `index_copy_(): self and source expected to have the same dtype, but got (self) ${scalarTypeName(input.dtypeCore)} and (source) `
      + scalarTypeName(source.dtypeCore));
  }
  checkSlices('index_copy_()', input, source, axis);
  const extent = source.geometry.shape[axis] ?? 1;
  if (index.geometry.size !== extent) {
    throw new IndexError(`index_copy_(): Number of indices (${index.geometry.size}) should be equal to source.size(dim) (${extent})`);
  }
  const where = checkBounds(input, axis, index, (value, size) =>
    new IndexError(`index_copy_(): index ${value} is out of bounds for dimension 0 with size ${size}`));
  return intoSlices('IndexCopyBackward0', input, axis, where, source, false, inPlace);
}

/** The tensor with slices of a source at places of a dimension. Source: torch.index_copy. */
export const index_copy = Object.assign(
  (input: Tensor, dim: number, index: Tensor, source: Tensor): Tensor => indexCopied(input, dim, index, source, false),
  { inPlace: (input: Tensor, dim: number, index: Tensor, source: Tensor): Tensor => indexCopied(input, dim, index, source, true) });

function indexFilled(input: Tensor, dim: number, index: Tensor, value: Scalar | Tensor, inPlace: boolean): Tensor {
  checkTensor('index_fill', 'input', input);
  checkTensor('index_fill', 'index', index);
  const axis = wrapDimension(dim, input.geometry.shape.length);
  if (index.dtypeCore !== int64) throw new IndexError('index_fill_(): Expected dtype int64 for index.');
  if (value instanceof Tensor && value.geometry.shape.length > 0) {
    throw new RuntimeError(
      `index_fill_ only supports a 0-dimensional value tensor, but got tensor with ${value.geometry.shape.length} dimension(s).`);
  }
  checkIndexed('index_fill', input, axis, index);
  if (inPlace) checkInPlace(input);
  const target = inPlace ? input : withGradMode(false, () => move.clone(input));
  const where = indexVector(index);
  const filler = value instanceof Tensor ? cast(value, input.dtypeCore) : checkScalar(input, value);
  withGradMode(false, () => indexing.assign(
    input.geometry.shape.length === 0 ? move.unsqueeze(target, 0) : target, slicesOf(axis, where), filler, 'torch'));
  return record(target, value instanceof Tensor ? 'IndexFillBackward1' : 'IndexFillBackward0', [input, filler], [
    (g, saved: { where: Tensor }) => indexFilled(g as Tensor, axis, saved.where, 0, false),
    (g, saved: { where: Tensor }) => {
      // A place that the index names twice still counts once.
      const filled = withGradMode(false, () => indexFilled(zerosLike(g as Tensor), axis, saved.where, 1, true));
      return reduce.sum(ops.mul(g as Tensor, filled), [...filled.geometry.shape.keys()]);
    },
  ], { where });
}

/** The tensor with one value at places of a dimension. Source: torch.index_fill. */
export const index_fill = Object.assign(
  (input: Tensor, dim: number, index: Tensor, value: Scalar | Tensor): Tensor => indexFilled(input, dim, index, value, false),
  { inPlace: (input: Tensor, dim: number, index: Tensor, value: Scalar | Tensor): Tensor => indexFilled(input, dim, index, value, true) });

function put(input: Tensor, indices: readonly IndexArgument[], values: Tensor, accumulate: boolean): Tensor {
  checkTensor('index_put', 'values', values);
  if (values.dtypeCore !== input.dtypeCore) checkPut(input, [[0]], values);
  indexing.assign(input, indices, values, 'torch', { accumulate });
  return input;
}

/** The tensor with values at the places that index tensors name; with `accumulate` added there. Source: torch.index_put. */
export const index_put = Object.assign(
  (input: Tensor, indices: readonly IndexArgument[], values: Tensor, accumulate = false): Tensor =>
    put(move.clone(input), indices, values, accumulate),
  {
    inPlace: (input: Tensor, indices: readonly IndexArgument[], values: Tensor, accumulate = false): Tensor =>
      put(input, indices, values, accumulate),
  });

/** Elements by their place among all, in the index's shape. Source: torch.take. */
export const take = keyedOut('take', ['index'], (input: Tensor, index: Tensor): Tensor => {
  checkTensor('take', 'input', input);
  checkTensor('take', 'index', index);
  return indexing.take(input, index, null, 'torch');
});

/** As gather, with the other dimensions broadcast; without `dim` among all elements. Source: torch.take_along_dim. */
export const take_along_dim = keyedOut('take_along_dim', ['indices', 'dim'], (
  input: Tensor, indices: Tensor, dim: number | null = null,
): Tensor => {
  checkTensor('take_along_dim', 'input', input);
  checkTensor('take_along_dim', 'indices', indices);
  if (dim === null) {
    return indexing.gatherAlong(
      move.reshapeTo(input, [input.geometry.size]), 0, move.reshapeTo(indices, [indices.geometry.size]), 'torch');
  }
  const [ndim, own] = [input.geometry.shape.length, indices.geometry.shape.length];
  if (ndim !== own) {
    throw new RuntimeError(
      `torch.take_along_dim(): input and indices should have the same number of dimensions, but got ${ndim} dimensions for input, and `
      + `${own} dimensions for indices`);
  }
  if (indices.dtypeCore !== int64) {
    throw new RuntimeError('torch.take_along_dim(): dtype of indices should be Long but got ' + scalarTypeName(indices.dtypeCore));
  }
  return indexing.gatherAlong(input, wrapDimension(dim, ndim), indices, 'numpy');
});
