import { int32, int64, isComplex } from '../../core/dtype.ts';
import { IndexError, NotImplementedError, RuntimeError, shown } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { scatterReduced } from '../../ops/scatterReduce.ts';
import type { Reduction } from '../../ops/scatterReduce.ts';
import { indexAdd, indexCopy } from '../../ops/indexing.ts';
import { broadcastTo, clone, contiguous, reshapeTo } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { vectorNorm } from '../../ops/norms.ts';
import { sum } from '../../ops/reduce.ts';
import { bothForms, keyed, keyedOut, overloaded } from '../arguments/keyed.ts';
import { inPlaceSource, writeInPlace } from '../arguments/operands.ts';
import { listText } from '../arguments/sizes.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { addmm } from './blas.ts';
import { cat } from './joining.ts';
import { full } from './creation.ts';
import { nonzero } from './sorting.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { wrapDimension } from '../tensor/tensor.ts';
import { dtypeOf } from '../dtypes/dtypes.ts';

/** Reductions of the elements that an index sends to one place, and sums and norms of parts. Each function is also a method. */

const reductions: Readonly<Record<string, Reduction>> = { sum: 'sum', prod: 'prod', mean: 'mean', amax: 'amax', amin: 'amin' };

function reduced(name: string, input: Tensor, axis: number, index: Tensor, src: Tensor, how: Reduction, include_self: boolean): Tensor {
  if (isComplex(input.dtypeCore) && (how === 'amax' || how === 'amin')) {
    throw new NotImplementedError(`"${name}" not implemented for '${scalarTypeName(input.dtypeCore)}'`);
  }
  return scatterReduced(input, src, index, axis, how, include_self);
}

function scatterWith(
  input: Tensor, dim: number, index: Tensor, src: Tensor, reduce: string, include_self: boolean = true,
): Tensor {
  const how = reductions[reduce];
  if (how === undefined) {
    throw new RuntimeError(`reduce argument must be either sum, prod, mean, amax or amin, got ${shown(reduce)}`);
  }
  return reduced('scatter_reduce', input, wrapDimension(dim, input.ndim), index, src, how, include_self);
}
/**
 * The tensor with a source's elements gathered where `index` says along a dimension: their 'sum', 'prod', 'mean', 'amax' or 'amin', with
 * what is there already unless `include_self` is false. Source: torch.scatter_reduce.
 * @example
 * torch.scatter_reduce(torch.zeros(2), 0, torch.tensor([0, 0, 1]), torch.tensor([1.5, 2.5, 3]), 'amax'); // → tensor([2.5000, 3.0000])
 */
export const scatter_reduce = bothForms('scatter_reduce', 'input, dim: int, index, src: Tensor, reduce: str, *, include_self=True',
  scatterWith, (input: Tensor, dim: number, index: Tensor, src: Tensor, reduce: string, include_self?: boolean): Tensor =>
    writeInPlace(input, scatterWith(inPlaceSource(input), dim, index, src, reduce, include_self)));

function slicesWith(
  input: Tensor, dim: number, index: Tensor, source: Tensor, reduce: string, include_self: boolean = true,
): Tensor {
  const axis = wrapDimension(dim, input.ndim);
  if (!['prod', 'mean', 'amax', 'amin'].includes(reduce)) {
    throw new RuntimeError(`index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got ${reduce}.`);
  }
  if (index.ndim > 1) throw new IndexError('index_reduce_(): Index is supposed to be a vector');
  if (index.dtypeCore !== int64 && index.dtypeCore !== int32) {
    throw new RuntimeError('index_reduce(): Expected dtype int32/int64 for index');
  }
  if (source.dtypeCore !== input.dtypeCore) {
    throw new RuntimeError('index_reduce(): Expected self and source to have the same scalar type');
  }
  if (index.numel() !== (source.geometry.shape[axis] ?? 1)) {
    throw new RuntimeError('index_reduce_(): Number of indices should be equal to source.size(dim)');
  }
  const { shape } = source.geometry;
  const line = reshapeTo(index, shape.map((_, i) => (i === axis ? index.numel() : 1)));
  return reduced('index_reduce', input, axis, contiguous(broadcastTo(line, shape)), source, reductions[reduce], include_self);
}
/**
 * The tensor with slices of a source gathered at places of a dimension: their 'prod', 'mean', 'amax' or 'amin'. Source: torch.index_reduce.
 * @example
 * torch.index_reduce(torch.ones(2), 0, torch.tensor([0, 0, 1]), torch.tensor([2, 3, 4]).float(), 'prod'); // → tensor([6., 4.])
 */
export const index_reduce = bothForms('index_reduce', 'input, dim: int, index, source: Tensor, reduce: str, *, include_self=True',
  slicesWith, (input: Tensor, dim: number, index: Tensor, source: Tensor, reduce: string, include_self?: boolean): Tensor =>
    writeInPlace(input, slicesWith(inPlaceSource(input), dim, index, source, reduce, include_self)));

function limited(input: Tensor, p: number, dim: number, maxnorm: number): Tensor {
  if (p <= 0) throw new RuntimeError('renorm: non-positive-norm not supported');
  if (maxnorm < 0) throw new RuntimeError(`renorm: expected maxnorm to be >= 0 but got ${maxnorm}`);
  if (input.ndim < 2) throw new RuntimeError(`renorm: input needs at least 2 dimensions, got ${input.ndim} dimensions`);
  const axis = wrapDimension(dim, input.ndim);
  const others = input.geometry.shape.map((_, i) => i).filter((i) => i !== axis);
  const norms = vectorNorm(input, p, others, true);
  const factors = ops.where(ops.gt(norms, maxnorm), ops.div.reversed<Tensor>(maxnorm, ops.add(norms, 1e-7)), 1) as Tensor;
  return ops.mul(input, factors);
}
/**
 * The slices of a dimension with norms of at most `maxnorm`: those beyond are scaled down. Source: torch.renorm.
 * @example
 * torch.renorm(torch.tensor([[3, 4], [0.5, 0]]), 2, 0, 1); // → tensor([[0.6000, 0.8000],
 *                                                          //           [0.5000, 0.0000]])
 */
export const renorm = bothForms('renorm', 'input, p: Number, dim: int, maxnorm: Number', limited,
  (input: Tensor, p: number, dim: number, maxnorm: number): Tensor => writeInPlace(input, limited(inPlaceSource(input), p, dim, maxnorm)));

interface Factors {
  readonly beta?: number;
  readonly alpha?: number;
}

function batchSum(input: Tensor, batch1: Tensor, batch2: Tensor, beta: number = 1, alpha: number = 1): Tensor {
  if (batch1.ndim !== 3) throw new RuntimeError('batch1 must be a 3D tensor');
  if (batch2.ndim !== 3) throw new RuntimeError('batch2 must be a 3D tensor');
  const [[count, rows, inner], [other, own, columns]] = [batch1, batch2].map(({ geometry }) => geometry.shape);
  if (count !== other) throw new RuntimeError(`batch1 and batch2 must have same number of batches, got ${count} and ${other}`);
  if (inner !== own) throw new RuntimeError(`Incompatible matrix sizes for bmm (${rows}x${inner} and ${own}x${columns})`);
  // One product over all matrices, whose inner extent is that of all.
  const [left, right] = [batch1.permute(1, 0, 2).reshape(rows, count * inner), batch2.reshape(count * inner, columns)];
  const factors: Factors = { beta, alpha };
  return addmm(input, left, right, factors);
}
/**
 * beta · input + alpha · the sum of the products of the matrices of two batches. Source: torch.addbmm.
 * @example
 * torch.addbmm(torch.zeros(1, 1), torch.ones(3, 1, 2), torch.ones(3, 2, 1)); // → tensor([[6.]])
 */
export const addbmm = bothForms('addbmm', 'input, batch1: Tensor, batch2: Tensor, *, beta: Number = 1, alpha: Number = 1', batchSum,
  (input: Tensor, batch1: Tensor, batch2: Tensor, beta?: number, alpha?: number): Tensor =>
    writeInPlace(input, batchSum(inPlaceSource(input), batch1, batch2, beta, alpha)));

function putInto(input: Tensor, index: Tensor, source: Tensor, accumulate: boolean = false): Tensor {
  if (index.dtypeCore !== int64) {
    throw new RuntimeError(`put_(): Expected a long tensor for index, but got ${scalarTypeName(index.dtypeCore)}`);
  }
  if (source.dtypeCore !== input.dtypeCore) {
    throw new RuntimeError('put_(): self and source expected to have the same dtype, but got self.dtype = '
      + `${scalarTypeName(input.dtypeCore)} and source.dtype = ${scalarTypeName(source.dtypeCore)}`);
  }
  if (index.numel() !== source.numel()) {
    throw new IndexError('put_(): Expected source and index to have the same number of elements, but got '
      + `source.numel() = ${source.numel()}, index.numel() = ${index.numel()}`);
  }
  const size = input.numel();
  const places = ops.where(ops.lt(index, 0), ops.add(index, size), index) as Tensor;
  const write = accumulate ? indexAdd<Tensor> : indexCopy<Tensor>;
  const flat = write(input.reshape(-1), 0, places.reshape(-1), source.reshape(-1), (value) =>
    new IndexError(`out of range: tried to access index ${value} on a tensor of ${size} elements.`));
  return reshapeTo(flat, input.geometry.shape);
}
/**
 * The tensor with a source's elements at places that are counted through all of it; with `accumulate` added there. Source:
 * torch.Tensor.put.
 * @example
 * torch.zeros(2, 2).put(torch.tensor([3]), torch.tensor([5.5])); // → tensor([[0.0000, 0.0000],
 *                                                                //           [0.0000, 5.5000]])
 */
export const put = Object.assign(keyed('put', 'input, index, source: Tensor, accumulate=False', putInto), {
  inPlace: keyed('put_', 'input, index, source: Tensor, accumulate=False',
    (input: Tensor, index: Tensor, source: Tensor, accumulate?: boolean): Tensor =>
      writeInPlace(input, putInto(inPlaceSource(input), index, source, accumulate))),
});

/**
 * Where elements are not 0, in `size` rows: what is missing is `fill_value`, and what is too much left out. Source: torch.nonzero_static.
 * @example
 * torch.nonzero_static(torch.tensor([0, 1, 2]), { size: 3 }); // → tensor([[ 1],
 *                                                             //           [ 2],
 *                                                             //           [-1]])
 */
export const nonzero_static = keyedOut('nonzero_static', 'input, *, size: int, fill_value=-1, out=None', (
  input: Tensor, size: number, fill_value: number = -1,
): Tensor => {
  if (size < 0) throw new RuntimeError(`nonzero_static: 'size' must be an non-negative integer`);
  const found = nonzero(input);
  const [count, ndim] = found.geometry.shape;
  if (count >= size) return clone(found.narrow(0, 0, size));
  return cat([found, full([size - count, ndim], fill_value, { dtype: dtypeOf(int64), device: found.device })], 0);
});

function summedTo(input: Tensor, size: readonly number[]): Tensor {
  const { shape } = input.geometry;
  const lead = shape.length - size.length;
  if (lead < 0 || size.some((extent, i) => extent !== shape[lead + i] && extent !== 1)) {
    throw new RuntimeError(`size {${listText(size)}} is not expandable to size {${listText(shape)}}.`);
  }
  const axes = shape.map((_, i) => i).filter((i) => i < lead || (size[i - lead] === 1 && shape[i] !== 1));
  return axes.length === 0 ? input : reshapeTo(cast(sum(input, axes, true), input.dtypeCore), size);
}
/**
 * Summed to a shape that broadcasts to the tensor's. Source: torch.Tensor.sum_to_size.
 * @example
 * torch.ones(2, 3).sum_to_size(1, 3); // → tensor([[2., 2., 2.]])
 */
export const sum_to_size = overloaded<(input: Tensor, ...size: number[] | [readonly number[]]) => Tensor>('sum_to_size',
  ['input, *size: int', summedTo]);
