import type { Scalar } from '../../core/complex.ts';
import { Complex, isScalar } from '../../core/complex.ts';
import { bool, int32, int64, isComplex } from '../../core/dtype.ts';
import { IndexError, NotImplementedError, RuntimeError, pythonTypeName } from '../../core/errors.ts';
import { StridedArray } from '../../core/strided.ts';
import { cast } from '../../ops/cast.ts';
import { noticeFraction } from '../../ops/guessed.ts';
import * as indexing from '../../ops/indexing.ts';
import type { IndexArgument } from '../../ops/indexing.ts';
import * as move from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { cTypeName, scalarTypeName } from '../dtypes/dtypes.ts';
import type { Text } from '../../core/signature.ts';
import type { BothForms, Overload } from '../arguments/keyed.ts';
import { bothForms, keyed, keyedOut, overloaded } from '../arguments/keyed.ts';
import { broadcastShape, intoOut } from '../arguments/operands.ts';
import { sameShape } from '../../core/layout.ts';
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
  noticeFraction(input, value);
  if (value instanceof Tensor) {
    checkPut(input, index, value);
    indexing.assign(input, index, cast(value, input.dtypeCore), 'torch');
  } else if (isScalar(value)) {
    indexing.assign(input, index, checkScalar(input, value), 'torch');
  } else {
    throw new TypeError(`can't assign a ${pythonTypeName(value)} to a ${input.type()}`);
  }
  return input;
}

/**
 * Rows (or slices of another dimension) by their numbers, as a copy. Source: torch.index_select.
 * @example
 * torch.arange(6).reshape(3, 2).index_select(0, torch.tensor([2, 0])); // → tensor([[4, 5],
 *                                                                      //           [0, 1]])
 */
export const index_select = keyedOut('index_select', 'input, dim: int, index, *, out=None', (
  input: Tensor, dim: number, index: Tensor,
): Tensor => {
  return indexing.indexSelect(input, wrapDimension(dim, input.geometry.shape.length), index);
});

/**
 * The elements where a mask is true, in one dimension. Source: torch.masked_select.
 * @example
 * const x = torch.tensor([1, -2, 3]);
 * x.masked_select(x.gt(0)); // → tensor([1, 3])
 */
export const masked_select = keyedOut('masked_select', 'input, mask: Tensor, *, out=None', (input: Tensor, mask: Tensor): Tensor => {
  return indexing.maskedSelect(input, mask);
});

type Form<P extends unknown[]> = (inPlace: boolean, input: Tensor, ...rest: P) => Tensor;

/** A function with its in-place form, which differ in nothing but where they write. */
function inBothForms<const T extends Text, P extends unknown[]>(name: string, text: T, f: Form<P>): BothForms<T, P> {
  return bothForms<T, P>(name, text, (input: Tensor, ...rest: P) => f(false, input, ...rest), (input, ...rest) => f(true, input, ...rest));
}

/** The same, where PyTorch's function has no `out`. */
function inFormsWithoutOut<const T extends Text, P extends unknown[]>(name: string, text: T, f: Form<P>) {
  return Object.assign(keyed<T, P, Tensor>(name, text, (input: Tensor, ...rest: P) => f(false, input, ...rest)), {
    inPlace: keyed<T, P, Tensor>(`${name}_`, text, (input: Tensor, ...rest: P) => f(true, input, ...rest)),
  });
}

function filled(inPlace: boolean, input: Tensor, mask: Tensor, value: Scalar | Tensor): Tensor {
  const filler = value instanceof Tensor ? cast(value, input.dtypeCore) : checkScalar(input, value);
  return indexing.maskedFill(input, mask, filler, inPlace);
}

/**
 * The tensor with one value where a mask is true. Source: torch.masked_fill.
 * @example
 * const x = torch.tensor([1, -2]);
 * x.masked_fill(x.lt(0), 0); // → tensor([1, 0])
 */
export const masked_fill = inFormsWithoutOut('masked_fill', 'input, mask: Tensor, value: Tensor | Number', filled);

function scattered(inPlace: boolean, input: Tensor, mask: Tensor, source: Tensor): Tensor {
  if (mask.dtypeCore !== bool) {
    throw new RuntimeError(
      `masked_scatter_ only supports boolean masks, but got mask with dtype ${scalarTypeName(mask.dtypeCore)}`);
  }
  if (source.dtypeCore !== input.dtypeCore) {
    throw new RuntimeError(
      `masked_scatter: expected self and source to have same dtypes but got${scalarTypeName(input.dtypeCore)} `
      + `and ${scalarTypeName(source.dtypeCore)}`);
  }
  const { shape } = input.geometry;
  if (inPlace) return indexing.maskedScatter(input, mask.expand(shape), source, true);
  const full = broadcastShape([mask.geometry.shape, shape]);
  return indexing.maskedScatter(sameShape(full, shape) ? input : move.broadcastTo(input, full), mask, source);
}

/**
 * The tensor with a source's first elements, in order, where a mask is true. Source: torch.masked_scatter.
 * @example
 * torch.masked_scatter(torch.zeros(3), torch.tensor([true, false, true]), torch.tensor([1.5, 2.5])); // → tensor([1.5000, 0.0000, 2.5000])
 */
export const masked_scatter = inFormsWithoutOut('masked_scatter', 'input, mask: Tensor, source: Tensor', scattered);

/**
 * out[i][j] = input[i][index[i][j]], along any dimension. Source: torch.gather.
 * @example
 * torch.tensor([[1, 2], [3, 4]]).gather(1, torch.tensor([[1], [0]])); // → tensor([[2],
 *                                                                     //           [3]])
 */
export const gather = keyedOut('gather', 'input, dim: int, index, *, sparse_grad=False, out=None', (
  input: Tensor, dim: number, index: Tensor, sparse_grad: boolean = false,
): Tensor => {
  if (sparse_grad) throw new NotImplementedError('gather() with sparse_grad=true is not supported: there are no sparse tensors');
  return indexing.gatherAlong(input, wrapDimension(dim, input.geometry.shape.length), index, 'torch');
});

function scatterInto(
  inPlace: boolean, input: Tensor, dim: number, index: Tensor, src: Tensor | Scalar, mode?: string | null,
): Tensor {
  if (mode !== undefined && mode !== null && mode !== 'add' && mode !== 'multiply') {
    throw new RuntimeError('reduce argument must be either add or multiply.');
  }
  const axis = wrapDimension(dim, input.geometry.shape.length);
  const source = src instanceof Tensor ? src : checkScalar(input, src);
  if (mode === 'multiply') return indexing.scatterMultiplied(input, axis, index, source, inPlace);
  return indexing.scatterAlong(input, axis, index, source, 'torch', { accumulate: mode === 'add', inPlace });
}

interface ScatterOptions {
  readonly reduce?: 'add' | 'multiply' | null;
  readonly out?: Tensor | null;
}
interface ScatterNames extends ScatterOptions {
  readonly dim: number;
  readonly index: Tensor;
}
type Scattered = { readonly src: Tensor } | { readonly value: Scalar };

export type ScatterFunction = (input: Tensor, ...rest: [dim: number, index: Tensor, src: Tensor | Scalar, options?: ScatterOptions]
  | [dim: number, index: Tensor, options: ScatterOptions & Scattered] | [dim: number, options: Omit<ScatterNames, 'dim'> & Scattered]
  | [options: ScatterNames & Scattered]) => Tensor;

function scatterOverloads(inPlace: boolean): Overload[] {
  const compute = (input: Tensor, dim: number, index: Tensor, src: Tensor | Scalar, reduce?: string, out?: Tensor): Tensor => {
    const result = scatterInto(inPlace, input, dim, index, src, reduce);
    return out === undefined ? result : intoOut('scatter', result, out, [input, src]);
  };
  return ['src: Tensor', 'value: Number'].map((what) =>
    [`input, dim: int, index, ${what}, *, reduce: str = None${inPlace ? '' : ', out=None'}`, compute]);
}

/**
 * The tensor with a source's elements (or one number) where `index` says along a dimension. Source: torch.scatter.
 * @example
 * torch.zeros(2, 2).scatter(1, torch.tensor([[1], [0]]), 5); // → tensor([[0., 5.],
 *                                                            //           [5., 0.]])
 */
export const scatter = Object.assign(
  overloaded<ScatterFunction>('scatter', ...scatterOverloads(false)),
  { inPlace: overloaded<ScatterFunction>('scatter_', ...scatterOverloads(true)) });

/**
 * The tensor with a source's elements added where `index` says along a dimension. Source: torch.scatter_add.
 * @example
 * torch.scatter_add(torch.zeros(3), 0, torch.tensor([0, 0, 2]), torch.tensor([1.5, 2, 3])); // → tensor([3.5000, 0.0000, 3.0000])
 */
export const scatter_add = inBothForms('scatter_add', 'input, dim: int, index, src: Tensor',
  (inPlace, input, dim: number, index: Tensor, src: Tensor): Tensor => scatterInto(inPlace, input, dim, index, src, 'add'));

// --- whole slices of one dimension ---

function indexAdded(
  inPlace: boolean, input: Tensor, dim: number, index: Tensor, source: Tensor, alpha: Scalar = 1,
): Tensor {
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
  return indexing.indexAdd(input, axis, index, alpha === 1 ? source : ops.mul(source, alpha), (value, size) =>
    new RuntimeError(`index ${value} is out of bounds for dimension 0 with size ${size}`), inPlace);
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

/**
 * The tensor with slices of a source added at places of a dimension. Source: torch.index_add.
 * @example
 * torch.index_add(torch.zeros(3), 0, torch.tensor([0, 0, 2]), torch.tensor([1.5, 2, 3]), { alpha: 2 }); // → tensor([7., 0., 6.])
 */
export const index_add = inBothForms('index_add', 'input, dim: int, index, source: Tensor, *, alpha: Number = 1', indexAdded);

function indexCopied(inPlace: boolean, input: Tensor, dim: number, index: Tensor, source: Tensor): Tensor {
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
  return indexing.indexCopy(input, axis, index, source, (value, size) =>
    new IndexError(`index_copy_(): index ${value} is out of bounds for dimension 0 with size ${size}`), inPlace);
}

/**
 * The tensor with slices of a source at places of a dimension. Source: torch.index_copy.
 * @example
 * torch.index_copy(torch.zeros(3), 0, torch.tensor([2, 0]), torch.tensor([1.5, 2.5])); // → tensor([2.5000, 0.0000, 1.5000])
 */
export const index_copy = inBothForms('index_copy', 'input, dim: int, index, source: Tensor', indexCopied);

function indexFilled(inPlace: boolean, input: Tensor, dim: number, index: Tensor, value: Scalar | Tensor): Tensor {
  const axis = wrapDimension(dim, input.geometry.shape.length);
  if (index.dtypeCore !== int64) throw new IndexError('index_fill_(): Expected dtype int64 for index.');
  if (value instanceof Tensor && value.geometry.shape.length > 0) {
    throw new RuntimeError(
      `index_fill_ only supports a 0-dimensional value tensor, but got tensor with ${value.geometry.shape.length} dimension(s).`);
  }
  const filler = value instanceof Tensor ? cast(value, input.dtypeCore) : checkScalar(input, value);
  return indexing.indexFill(input, axis, index, filler, (place, size) =>
    new IndexError(`index ${place} is out of bounds for dimension ${axis} with size ${size}`), inPlace);
}

/**
 * The tensor with one value at places of a dimension. Source: torch.index_fill.
 * @example
 * torch.index_fill(torch.zeros(3), 0, torch.tensor([0, 2]), 7); // → tensor([7., 0., 7.])
 */
export const index_fill = inFormsWithoutOut('index_fill', 'input, dim: int, index, value: Tensor | Number', indexFilled);

/**
 * The tensor with values at the places that index tensors name; with `accumulate` added there. Source:
 * torch.index_put.
 * @example
 * torch.index_put(torch.zeros(3), [torch.tensor([0, 0])], torch.tensor([1.5, 2]), { accumulate: true });
 * // → tensor([3.5000, 0.0000, 0.0000])
 */
export const index_put = inFormsWithoutOut('index_put', 'input, indices: tuple of Tensors, values: Tensor, accumulate=False', (
  inPlace, input, indices: readonly IndexArgument[], values: Tensor, accumulate: boolean = false,
): Tensor => {
  if (values.dtypeCore !== input.dtypeCore) checkPut(input, [[0]], values);
  const target = inPlace ? input : move.clone(input);
  indexing.assign(target, indices, values, 'torch', { accumulate });
  return target;
});

/**
 * Elements by their place among all, in the index's shape. Source: torch.take.
 * @example
 * torch.take(torch.tensor([[1, 2], [3, 4]]), torch.tensor([0, 3])); // → tensor([1, 4])
 */
export const take = keyedOut('take', 'input, index, *, out=None', (input: Tensor, index: Tensor): Tensor => {
  return indexing.take(input, index, null, 'torch');
});

/**
 * As gather, with the other dimensions broadcast; without `dim` among all elements. Source: torch.take_along_dim.
 * @example
 * const x = torch.tensor([[3, 1, 2]]);
 * torch.take_along_dim(x, x.argsort(1), 1); // → tensor([[1, 2, 3]])
 */
export const take_along_dim = keyedOut('take_along_dim', 'input, indices: Tensor, dim: int | None = None, *, out=None', (
  input: Tensor, indices: Tensor, dim: number | null = null,
): Tensor => {
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
