import { withGradMode } from '../../autograd/mode.ts';
import type { Deferred } from '../../backend/backend.ts';
import { backendOf } from '../../backend/select.ts';
import type { Device } from '../../core/device.ts';
import { deviceText } from '../../core/device.ts';
import { int64 } from '../../core/dtype.ts';
import { IndexError } from '../../core/errors.ts';
import type { IndexPlan, Positions } from '../../core/indexing/index.ts';
import { checkedIndices, indexMessages, int64Bytes, numbersOf } from '../../core/indexing/index.ts';
import { broadcastLayout, contiguousLayout, sameShape, sizeOf } from '../../core/layout.ts';
import { StridedArray, viewOf } from '../../core/strided.ts';
import { rampOf } from '../creation.ts';
import { reshapeTo } from '../movement.ts';
import { add, mul } from '../pointwise/arithmetic.ts';

/**
 * Numbers of rows out of index arrays. Where those can be read at once, the host checks them; on a device that computes on its own
 * time they stay there, and one out of bounds is reported when something is next read from it.
 */

/** The elements of an index array as the host reads them, row-major; unsigned 64-bit ones wrap, as NumPy's do. */
export function hostIndices(array: StridedArray): ArrayLike<number | bigint> {
  const values = backendOf(array.storage.device).toHost(array);
  return values instanceof BigUint64Array
    ? new BigInt64Array(values.buffer, values.byteOffset, values.length) : values;
}

/** How the device of an index array checks it, or null where the host can. */
export function deferredOf(index: StridedArray): Deferred | null {
  return backendOf(index.storage.device).deferred;
}

export function uploadBytes(bytes: Uint8Array, shape: readonly number[], device: Device): StridedArray {
  const backend = backendOf(device);
  const layout = contiguousLayout(shape);
  const out = new StridedArray(backend.allocate(layout.size, int64), int64, layout);
  backend.upload(out, bytes);
  return out;
}

/** Index numbers on a device, as its kernels read them. */
export function uploadPositions(positions: Positions, shape: readonly number[], device: Device): StridedArray {
  return uploadBytes(int64Bytes(positions), shape, device);
}

/** PyTorch takes indices on the CPU for arrays anywhere, others only for arrays beside them. */
function checkBeside(index: StridedArray, device: Device): void {
  if (index.storage.device === device) return;
  throw new IndexError(
    `indices should be either on cpu or on the same device as the indexed tensor (${deviceText(device)})`);
}

/** Rows along one axis as its device checks them, contiguous. */
function deferredRows(deferred: Deferred, index: StridedArray, extent: number, wrap: boolean, device: Device): StridedArray {
  checkBeside(index, device);
  const layout = contiguousLayout(index.geometry.shape);
  const out = new StridedArray(backendOf(device).allocate(layout.size, int64), int64, layout);
  deferred.rows(index, extent, wrap, out);
  return out;
}

/** Rows along one axis as their device checks them at once; null where it cannot, or where one is out of bounds, which the host reports. */
export function directRows(index: StridedArray, extent: number, wrap: boolean, device: Device): StridedArray | null {
  const { direct } = backendOf(device);
  if (direct === null || index.storage.device !== device) return null;
  const layout = contiguousLayout(index.geometry.shape);
  const out = new StridedArray(backendOf(device).allocate(layout.size, int64), int64, layout);
  if (direct.rows(index, extent, wrap, out)) return out;
  out.storage.free();
  return null;
}

/** The numbers of rows that an index array names along an axis of `extent`, in the array's shape, on `device`. */
export function axisRows(
  index: StridedArray, extent: number, refuse: (index: number | bigint) => Error, wrap: boolean, device: Device,
): StridedArray {
  const deferred = deferredOf(index);
  if (deferred !== null) return deferredRows(deferred, index, extent, wrap, device);
  const numbers = directRows(index, extent, wrap, device);
  if (numbers !== null) return numbers;
  return uploadPositions(checkedIndices(hostIndices(index), extent, refuse, wrap), index.geometry.shape, device);
}

/** Per place of the index shape the row that a plan means, where at least one of its columns stays on its device. */
export function planRows(plan: IndexPlan, device: Device): StridedArray {
  return withGradMode(false, () => {
    let rows: StridedArray | null = null;
    for (const { extents, shape, values, unread, checked, reportedAxis } of plan.columns) {
      const count = sizeOf(extents);
      const { outOfBounds } = indexMessages[plan.dialect];
      const numbers = unread !== null
        ? deferredRows(deferredOf(unread)!, unread, count, true, device)
        : uploadPositions(checked ? checkedIndices(values(), count, (index) => outOfBounds(index, reportedAxis, count))
          : numbersOf(values()), shape, device);
      rows = rows === null ? numbers : add(mul(rows, count), numbers);
    }
    const { geometry } = rows!;
    if (sameShape(geometry.shape, plan.indexShape)) return rows!;
    return viewOf(rows!, broadcastLayout(geometry, plan.indexShape));
  });
}

/**
 * Storage positions, from `start` on, of the elements that an index along `axis` names: the index's place on all other axes, its
 * value, which is a row's number, on that one.
 */
export function elementPositions(x: StridedArray, axis: number, rows: StridedArray, start: number): StridedArray {
  const { strides } = x.geometry;
  return withGradMode(false, () => {
    let positions = rows;
    const proceed = (next: StridedArray): void => {
      positions.storage.free();
      positions = next;
    };
    const step = strides[axis] ?? 0;
    if (step !== 1) proceed(mul(positions, step));
    const extents = rows.geometry.shape;
    let constant = start;
    extents.forEach((extent, i) => {
      if (i === axis || extent === 1 || strides[i] === 0) return;
      const line = rampOf(StridedArray, extent, constant, strides[i], int64, rows.storage.device);
      constant = 0;
      proceed(add(positions, reshapeTo(line, extents.map((_, k) => (k === i ? extent : 1)))));
      line.storage.free();
    });
    if (constant !== 0) proceed(add(positions, constant));
    return positions;
  });
}
