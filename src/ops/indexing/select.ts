import { withGradMode } from '../../autograd/mode.ts';
import { checkInPlace, isRecorded, record } from '../../autograd/tape.ts';
import { backendOf } from '../../backend/select.ts';
import type { Operand } from '../../backend/backend.ts';
import type { Device } from '../../core/device.ts';
import { bool, cTypeName, int32, int64, isInteger, scalarTypeName } from '../../core/dtype.ts';
import { IndexError, RuntimeError, ValueError, shown } from '../../core/errors.ts';
import type { Dialect, IndexItem, Positions } from '../../core/indexing/index.ts';
import { indexMessages, numbersOf, torchShape } from '../../core/indexing/index.ts';
import { broadcastPair, contiguousLayout, sameShape } from '../../core/layout.ts';
import { StridedArray, viewOf, writesOf } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { emptyLike } from '../dispatch.ts';
import { elementAt } from '../host.ts';
import { findNonzero } from './kernels.ts';
import { broadcastTo, clone, embed, reshapeTo, sliceAxis } from '../movement.ts';
import { register } from '../registry/op.ts';
import { where } from '../pointwise/comparison.ts';
import { allAxes, sum, sumTo } from '../reduce.ts';
import { assign } from './assign.ts';
import { axisPlan, prepareItems } from './prepare.ts';
import { readPrepared, takeRows } from './read.ts';
import { axisRows, hostIndices, uploadPositions } from './rows.ts';

for (const name of ['take', 'indexSelect', 'maskedSelect', 'maskedFill', 'maskedScatter']) register({ name, differentiable: 1 });

/** What np.take does with an index that is out of bounds. */
export type TakeMode = 'raise' | 'wrap' | 'clip';

/** Rows of one axis by numbers that have been checked; an index without axes drops the axis. */
function takeAxis<A extends StridedArray>(
  x: A, axis: number, numbers: StridedArray, indexShape: readonly number[], name: string,
): A {
  const { shape } = x.geometry;
  const plan = axisPlan(shape, axis, indexShape);
  const rows = viewOf(numbers, contiguousLayout(plan.indexShape));
  const out = takeRows(x, plan, rows, name);
  if (!isRecorded([x])) rows.storage.free();
  return reshapeTo(out, [...shape.slice(0, axis), ...indexShape, ...shape.slice(axis + 1)], name);
}

function takeNumbers(indices: StridedArray, extent: number, axis: number, mode: TakeMode, device: Device): StridedArray {
  const { shape } = indices.geometry;
  if (mode === 'raise') {
    return axisRows(indices, extent, (value) => indexMessages.numpy.outOfBounds(value, axis, extent), true, device);
  }
  return uploadPositions(numbersOf(hostIndices(indices)).map((value) => (mode === 'clip'
    ? Math.min(Math.max(value, 0), extent - 1)
    : ((value % extent) + extent) % extent)), shape, device);
}

/** np.take, and torch.take where the axis is null: the array is then read as if it had one axis. */
export function take<A extends StridedArray>(
  x: A, indices: StridedArray, axis: number | null, dialect: Dialect, mode: TakeMode = 'raise',
): A {
  if (dialect === 'torch') return torchTake(x, indices, axis, mode);
  if (mode !== 'raise' && mode !== 'wrap' && mode !== 'clip') {
    throw new ValueError(`clipmode must be one of 'clip', 'raise', or 'wrap' (got '${shown(mode)}')`);
  }
  if (!isInteger(indices.dtypeCore)) throw indexMessages.numpy.arrayDType();
  const source = axis === null ? reshapeTo(x, [x.geometry.size]) : x;
  const { shape } = source.geometry;
  const along = axis ?? 0;
  // Where there is nothing before the axis, no index is looked at; where there is nothing behind it, they count all the same.
  if (shape.slice(0, along).includes(0) || (mode !== 'raise' && shape.slice(along + 1).includes(0))) {
    return emptyLike(x, contiguousLayout([...shape.slice(0, along), ...indices.geometry.shape, ...shape.slice(along + 1)]));
  }
  if (shape[along] === 0 && indices.geometry.size > 0 && !shape.slice(along + 1).includes(0)) {
    throw new IndexError('cannot do a non-empty take from an empty axes.');
  }
  const numbers = takeNumbers(indices, shape[along], along, mode, x.storage.device);
  return takeAxis(source, along, numbers, indices.geometry.shape, 'TakeBackward0');
}

function torchTake<A extends StridedArray>(x: A, indices: StridedArray, axis: number | null, mode: TakeMode): A {
  if (axis !== null || mode !== 'raise') throw new TypeError('take(): PyTorch takes neither an axis nor a mode');
  if (indices.dtypeCore !== int64) {
    throw new RuntimeError(`take(): Expected a long tensor for index, but got ${scalarTypeName(indices.dtypeCore)}`);
  }
  const { size } = x.geometry;
  if (size === 0 && indices.geometry.size > 0) throw new IndexError('take(): tried to take from an empty tensor');
  const numbers = axisRows(indices, size, (value) =>
    new IndexError(`out of range: tried to access index ${value} on a tensor of ${size} elements.`), true, x.storage.device);
  return takeAxis(reshapeTo(x, [size]), 0, numbers, indices.geometry.shape, 'TakeBackward0');
}

/** torch.index_select along an axis that has been normalised: negative numbers are refused. */
export function indexSelect<A extends StridedArray>(x: A, axis: number, indices: StridedArray): A {
  const { shape } = x.geometry;
  if (indices.geometry.shape.length > 1) throw new IndexError('index_select(): Index is supposed to be a vector');
  if (indices.dtypeCore !== int64 && indices.dtypeCore !== int32) {
    throw new RuntimeError('index_select(): Expected dtype int32 or int64 for index');
  }
  const lone = shape.length === 0;
  if (lone && indices.geometry.size !== 1) {
    throw new RuntimeError('index_select(): Index to scalar can have only 1 value, got '
      + `${indices.geometry.size} value(s)`);
  }
  const extent = lone ? 1 : shape[axis];
  if (extent === 0 && indices.geometry.size > 0) {
    throw new RuntimeError('index_select(): self indexing axis dim should be positive');
  }
  const numbers = axisRows(indices, extent, () => new IndexError('index out of range in self'), false, x.storage.device);
  const name = 'IndexSelectBackward0';
  const out = takeAxis(lone ? reshapeTo(x, [1]) : x, lone ? 0 : axis, numbers, [numbers.geometry.size], name);
  return lone ? reshapeTo(out, [], name) : out;
}

/** PyTorch's refusal of shapes that do not broadcast, its first tensor called a. */
function torchBroadcast(a: readonly number[], b: readonly number[]): readonly number[] {
  const common = broadcastPair(a, b);
  if (common !== null) return common;
  const ndim = Math.max(a.length, b.length);
  const extent = (shape: readonly number[], axis: number): number => shape[axis - ndim + shape.length] ?? 1;
  let axis = ndim - 1;
  while (extent(a, axis) === extent(b, axis) || extent(a, axis) === 1 || extent(b, axis) === 1) axis--;
  throw new RuntimeError(
    `The size of tensor a (${extent(a, axis)}) must match the size of tensor b (${extent(b, axis)}) `
    + `at non-singleton dimension ${axis}`);
}

/** The elements of x, broadcast with the mask, where it is true, along one axis. */
export function maskedSelect<A extends StridedArray>(x: A, mask: StridedArray): A {
  if (mask.dtypeCore !== bool) throw new RuntimeError('masked_select: expected BoolTensor for mask');
  const shape = torchBroadcast(mask.geometry.shape, x.geometry.shape);
  // Without axes, x gets one so that the result has one.
  const wide = shape.length === 0 ? [1] : shape;
  const source = broadcastTo(x, wide);
  const item: IndexItem = { kind: 'array', array: broadcastTo(mask, wide), mask: true };
  return readPrepared(source, prepareItems(source, [item], 'torch'), 'MaskedSelectBackward0');
}

/** x with `value` where the mask is true: a fresh array of their broadcast shape, or x itself. */
export function maskedFill<A extends StridedArray>(x: A, mask: StridedArray, value: Operand, inPlace = false): A {
  if (mask.dtypeCore !== bool) {
    throw new RuntimeError(
      `masked_fill_ only supports boolean masks, but got mask with dtype ${cTypeName(mask.dtypeCore)}`);
  }
  if (value instanceof StridedArray && value.geometry.shape.length > 0) {
    throw new RuntimeError(
      'masked_fill_ only supports a 0-dimensional value tensor, '
      + `but got tensor with ${value.geometry.shape.length} dimension(s).`);
  }
  const { shape } = x.geometry;
  const common = inPlace ? torchBroadcast(shape, mask.geometry.shape) : torchBroadcast(mask.geometry.shape, shape);
  if (inPlace && !sameShape(common, shape)) {
    throw new RuntimeError(
      `output with shape ${torchShape(shape)} doesn't match the broadcast shape ${torchShape(common)}`);
  }
  if (inPlace) checkInPlace(x);
  const out = inPlace ? x : emptyLike(x, contiguousLayout(common));
  const backend = backendOf(x.storage.device);
  const separate = (array: StridedArray): StridedArray => {
    if (array.storage !== out.storage) return array;
    const copy = emptyLike(array, contiguousLayout(array.geometry.shape));
    backend.cast(array, copy);
    return copy;
  };
  const condition = separate(mask);
  const filler = value instanceof StridedArray ? separate(value) : value;
  backend.pointwise(where.op, [condition, filler, x], x.dtypeCore, out);
  if (inPlace) writesOf(out).version++;
  return record(out, value instanceof StridedArray ? 'MaskedFillBackward1' : 'MaskedFillBackward0', [x, value], [
    (g: StridedArray, saved: { condition: StridedArray }) => where(saved.condition, 0, g) as StridedArray,
    (g: StridedArray, saved: { condition: StridedArray }) => sumTo(where(saved.condition, g, 0) as StridedArray, []),
  ], { condition });
}

/** x with a source's first elements, in order, where the mask, broadcast to it, is true: a fresh array, or x itself. */
export function maskedScatter<A extends StridedArray>(x: A, mask: A, source: A, inPlace = false): A {
  const { shape, size } = source.geometry;
  const condition = broadcastTo(mask, x.geometry.shape);
  const count = elementAt(sum(cast(condition, int64), allAxes(condition)), 0) as number;
  if (count > size) throw new RuntimeError('Number of elements of source < number of ones in mask');
  const first = (values: StridedArray): StridedArray => sliceAxis(values, 0, 0, count);
  if (inPlace) checkInPlace(x);
  const out = withGradMode(false, () => {
    const target = inPlace ? x : clone(x);
    assign(target, [condition], first(reshapeTo(source, [size])), 'torch');
    return target;
  });
  return record(out, 'MaskedScatterBackward0', [x, source], [
    (g, saved: { condition: StridedArray }) => maskedFill(g, saved.condition, 0),
    (g, saved: { condition: StridedArray }) => reshapeTo(embed(maskedSelect(g, saved.condition), [size], first), shape),
  ], { condition });
}

/** Where x is not zero: one row of indices per element, in row-major order, int64. */
export function nonzero<A extends StridedArray>(x: A): A {
  const backend = backendOf(x.storage.device);
  const { shape } = x.geometry;
  const { storage, count } = findNonzero(x);
  const out = emptyLike(x, contiguousLayout([count, shape.length]), int64);
  const found = new StridedArray(storage, int64, contiguousLayout([count]));
  if (shape.length === 1) {
    backend.cast(found, new StridedArray(out.storage, int64, contiguousLayout([count])));
  } else if (out.geometry.size > 0) {
    backend.upload(out, coordinateBytes(numbersOf(backend.toHost(found) as BigInt64Array), shape));
  }
  storage.free();
  return out;
}

/** Row-major coordinates of positions, as the bytes of 64-bit integers; every one of them fits 32 bits. */
function coordinateBytes(positions: Positions, shape: readonly number[]): Uint8Array {
  const ndim = shape.length;
  const words = new Int32Array(positions.length * ndim * 2);
  for (let i = 0; i < positions.length; i++) {
    let rest = positions[i];
    for (let axis = ndim - 1; axis >= 0; axis--) {
      const quotient = Math.floor(rest / shape[axis]);
      words[2 * (i * ndim + axis)] = rest - quotient * shape[axis];
      rest = quotient;
    }
  }
  return new Uint8Array(words.buffer);
}
