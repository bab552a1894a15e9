import { checkInPlace, record, recordView } from '../../autograd/tape.ts';
import { backendOf } from '../../backend/select.ts';
import type { Scalar } from '../../core/complex.ts';
import { int32, int64, isInteger } from '../../core/dtype.ts';
import { IndexError, RuntimeError, ValueError } from '../../core/errors.ts';
import type { Dialect } from '../../core/indexing/index.ts';
import { indexMessages, numpyShape, torchShape } from '../../core/indexing/index.ts';
import { broadcastLayout, broadcastPair, contiguousLayout, sameShape, stridedLayout } from '../../core/layout.ts';
import { StridedArray, viewOf, writesOf } from '../../core/strided.ts';
import { emptyLike } from '../dispatch.ts';
import { broadcastTo, clone, embed, sliceAxis, unsqueeze } from '../movement.ts';
import { mul } from '../pointwise/arithmetic.ts';
import { register } from '../registry/op.ts';
import { flatView } from './access.ts';
import { repeatsElements, scalarArray, sharedMemoryError } from './assign.ts';
import { gatherInto, scatterInto } from './kernels.ts';
import { axisRows, elementPositions, hostIndices } from './rows.ts';

/** One element per index along one axis: torch.gather and scatter, np.take_along_axis and put_along_axis. */

register({ name: 'gatherAlong', differentiable: 1 });
register({ name: 'scatterAlong', differentiable: 1 });

interface SavedIndex {
  readonly index: StridedArray;
}

function checkTorch(
  x: StridedArray, axis: number, index: StridedArray, name: 'gather' | 'scatter', src?: StridedArray,
): void {
  // Places that nothing names are not looked at.
  if (index.geometry.size === 0) return;
  if (index.dtypeCore !== int64 && index.dtypeCore !== int32) {
    throw new RuntimeError(`${name}(): Expected dtype int32/int64 for index`);
  }
  const [shape, self, source] = [index.geometry.shape, x.geometry.shape, src?.geometry.shape];
  // An array without axes counts as one of one element.
  const ndim = (other: readonly number[]): number => Math.max(other.length, 1);
  if (ndim(shape) !== ndim(self)) {
    throw new RuntimeError(
      `Index tensor must have the same number of dimensions as ${name === 'gather' ? 'input' : 'self'} tensor`);
  }
  if (source && ndim(shape) !== ndim(source)) {
    throw new RuntimeError('Index tensor must have the same number of dimensions as src tensor');
  }
  const wrong = shape.findIndex((extent, i) => i !== axis && extent > self[i]);
  if (name === 'gather') {
    if (wrong >= 0) {
      throw new RuntimeError(
        `Size does not match at dimension ${wrong} expected index ${torchShape(shape)} to be no larger than self `
        + `${torchShape(self)} apart from dimension ${axis}`);
    }
  } else if (wrong >= 0 || source?.some((extent, i) => (shape[i] ?? 1) > extent)) {
    throw new RuntimeError(
      `Expected index ${torchShape(shape)} to be no larger than self ${torchShape(self)} apart from dimension ${axis}`
      + (source ? ` and to be no larger size than src ${torchShape(source)}` : ''));
  }
}

/** NumPy broadcasts the other axes of both; the common shape, the indexed axis being the index's own. */
function numpyShapes(x: StridedArray, axis: number, index: StridedArray): readonly number[] {
  const [shape, self] = [index.geometry.shape, x.geometry.shape];
  if (!isInteger(index.dtypeCore)) throw new IndexError('`indices` must be an integer array');
  if (shape.length !== self.length) throw new ValueError('`indices` and `arr` must have the same number of dimensions');
  const common = broadcastPair(shape, self.map((extent, i) => (i === axis ? 1 : extent)));
  if (common === null) {
    throw indexMessages.numpy.noBroadcast(self.map((extent, i) =>
      (i === axis ? shape : self.map((_, k) => (k === i ? extent : 1)))));
  }
  return common;
}

/** Storage positions, from the start of the flat view, of the elements that the index names. */
function uploadAlong(
  x: StridedArray, axis: number, index: StridedArray, start: number, dialect: Dialect,
): StridedArray {
  const extent = x.geometry.shape[axis] ?? 1;
  const rows = axisRows(index, extent, (value) => (dialect === 'numpy'
    ? indexMessages.numpy.outOfBounds(value, axis, extent)
    : new RuntimeError(indexMessages.torch.outOfBounds(value, axis, extent).message)), dialect === 'numpy', x.storage.device);
  return elementPositions(x, axis, rows, start);
}

/** As torch.gather, for arguments that have been checked but for the index's values. */
function gather<A extends StridedArray>(x: A, axis: number, index: StridedArray, dialect: Dialect): A {
  const { shape } = x.geometry;
  const out = emptyLike(x, contiguousLayout(index.geometry.shape));
  if (out.geometry.size > 0) {
    if (x.geometry.size === 0) throw indexMessages[dialect].outOfBounds(Number(hostIndices(index)[0]), axis, shape[axis]);
    const { flat, start } = flatView(x);
    const positions = uploadAlong(x, axis, index, start, dialect);
    gatherInto(flat, positions, out);
    positions.storage.free();
  }
  return record(out, 'GatherBackward0', [x],
    [(g: StridedArray, saved: SavedIndex) => addAlong(g, shape, axis, saved.index, dialect)], { index });
}

/** Zeros of `shape` with `g` added where the index says: the gradient of `gather`. */
function addAlong<A extends StridedArray>(
  g: A, shape: readonly number[], axis: number, index: StridedArray, dialect: Dialect,
): A {
  const out = emptyLike(g, contiguousLayout(shape));
  backendOf(g.storage.device).fill(out, 0);
  write(out, axis, index, g, true, dialect);
  return record(out, 'ScatterAddBackward0', [g],
    [(gg: StridedArray, saved: SavedIndex) => gather(gg, axis, saved.index, dialect)], { index });
}

/** Writes values of the index's shape into `target`. */
function write(
  target: StridedArray, axis: number, index: StridedArray, values: StridedArray, accumulate: boolean, dialect: Dialect,
): void {
  if (index.geometry.size === 0) return;
  if (target.geometry.size === 0) {
    throw indexMessages[dialect].outOfBounds(Number(hostIndices(index)[0]), axis, target.geometry.shape[axis]);
  }
  const { flat, start } = flatView(target);
  const positions = uploadAlong(target, axis, index, start, dialect);
  scatterInto(flat, positions, values, accumulate);
  positions.storage.free();
}

/** An index under the shape that its values have been broadcast to; recorded nowhere, as indices have no gradient. */
function broadcastIndex(index: StridedArray, shape: readonly number[]): StridedArray {
  return sameShape(index.geometry.shape, shape) ? index : viewOf(index, broadcastLayout(index.geometry, shape));
}

/** out[..., i, ...] = x[..., index[..., i, ...], ...] along an axis that has been normalised. */
export function gatherAlong<A extends StridedArray>(x: A, axis: number, index: StridedArray, dialect: Dialect): A {
  if (dialect === 'torch') {
    checkTorch(x, axis, index, 'gather');
    return gather(x, axis, index, dialect);
  }
  const shape = numpyShapes(x, axis, index);
  const source = broadcastTo(x, shape.map((extent, i) => (i === axis ? x.geometry.shape[i] : extent)));
  return gather(source, axis, broadcastIndex(index, shape), dialect);
}

export interface ScatterOptions {
  /** Add instead of replacing. */
  readonly accumulate?: boolean;
  /** Write into `x` itself and return it. */
  readonly inPlace?: boolean;
}

/** The first elements of each axis: the part of a larger source that an index of `shape` reads. */
function corner<A extends StridedArray>(x: A, shape: readonly number[]): A {
  const { shape: whole, strides, offset } = x.geometry;
  const layout = stridedLayout(shape, shape.map((_, axis) => strides[axis] ?? 0), offset);
  return recordView(viewOf(x, layout), 'SliceBackward0', x, (g) => embed(g, whole, (zeros) => corner(zeros, shape)));
}

/** x with `source` written (or added) where the index says along an axis that has been normalised. */
export function scatterAlong<A extends StridedArray>(
  x: A, axis: number, index: StridedArray, source: StridedArray | Scalar, dialect: Dialect,
  options: ScatterOptions = {},
): A {
  const { accumulate = false, inPlace = false } = options;
  const array = source instanceof StridedArray ? source : null;
  if (array !== null && array.dtypeCore !== x.dtypeCore) {
    throw new RuntimeError('scatter(): Expected self.dtype to be equal to src.dtype');
  }
  if (inPlace && repeatsElements(x.geometry)) {
    throw dialect === 'numpy' ? new ValueError('assignment destination is read-only') : sharedMemoryError();
  }
  let places = index;
  let values: StridedArray | null = array;
  if (dialect === 'torch') {
    checkTorch(x, axis, index, 'scatter', array ?? undefined);
    if (array !== null && index.geometry.size > 0) values = corner(array, index.geometry.shape);
  } else {
    const shape = numpyShapes(x, axis, index);
    if (!sameShape(shape.map((extent, i) => (i === axis ? x.geometry.shape[i] : extent)), x.geometry.shape)) {
      throw indexMessages.numpy.noBroadcast([x.geometry.shape, index.geometry.shape]);
    }
    places = broadcastIndex(index, shape);
    if (array !== null) {
      const common = broadcastPair(array.geometry.shape, shape);
      if (common === null || !sameShape(common, shape)) {
        throw new ValueError(
          `shape mismatch: value array of shape ${numpyShape(array.geometry.shape)} could not be broadcast to indexing `
          + `result of shape ${numpyShape(shape)}`);
      }
      values = viewOf(array, broadcastLayout(array.geometry, shape));
    }
  }
  if (inPlace) checkInPlace(x);
  const one = values ?? scalarArray(x, source as Scalar);
  const spread = one.geometry.shape.length === places.geometry.shape.length
    ? one : viewOf(one, broadcastLayout(one.geometry, places.geometry.shape));
  let out = x;
  if (!inPlace) {
    out = emptyLike(x, contiguousLayout(x.geometry.shape));
    backendOf(x.storage.device).cast(x, out);
  }
  write(out, axis, places, spread, accumulate, dialect);
  if (values === null) one.storage.free();
  if (inPlace) writesOf(out).version++;
  const name = accumulate ? 'ScatterAddBackward0' : array === null ? 'ScatterBackward1' : 'ScatterBackward0';
  return record(out, name, [x, source], [
    accumulate ? (g: StridedArray) => g
      : (g: StridedArray, saved: SavedIndex) => scatterAlong(g, axis, saved.index, 0, dialect),
    (g: StridedArray, saved: SavedIndex) => {
      const read = gather(g, axis, saved.index, dialect);
      const { shape } = array!.geometry;
      // A larger source has no gradient beyond the index; a broadcast one is summed by the tape.
      const whole = dialect === 'numpy' || sameShape(read.geometry.shape, shape);
      return whole ? read : embed(read, shape, (zeros) => corner(zeros, read.geometry.shape));
    },
  ], { index: places });
}

/** x times a source's elements, or a number, where `index` says along an axis; what is named several times is multiplied as often. */
export function scatterMultiplied<A extends StridedArray>(
  x: A, axis: number, index: StridedArray, source: StridedArray | Scalar, inPlace: boolean,
): A {
  const array = source instanceof StridedArray ? source : null;
  if (array !== null && array.dtypeCore !== x.dtypeCore) throw new RuntimeError('scatter(): Expected self.dtype to be equal to src.dtype');
  checkTorch(x, axis, index, 'scatter', array ?? undefined);
  const out = inPlace ? x : clone(x);
  if (index.geometry.size === 0) return out;
  // Looks at every place before the first is written.
  gatherAlong(x, axis, index, 'torch');
  const factors = array === null ? null : corner(array, index.geometry.shape);
  const [flat, places] = [out, index].map(each => (each.geometry.shape.length === 0 ? unsqueeze(each, 0) : each)) as [A, StridedArray];
  // In one slice no place comes twice.
  for (let k = 0; k < places.geometry.shape[axis]; k++) {
    const here = sliceAxis(places, axis, k, 1);
    const factor = factors === null ? source as Scalar : sliceAxis(factors as A, axis, k, 1);
    scatterAlong(flat, axis, here, mul(gatherAlong(flat, axis, here, 'torch'), factor), 'torch', { inPlace: true });
  }
  return out;
}
