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
import { integersLike } from '../integers.ts';
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

/** The numbers of rows that an index array names along an axis of `extent`, in the array's shape, on `device`. */
export function axisRows(
  index: StridedArray, extent: number, refuse: (index: number | bigint) => Error, wrap: boolean, device: Device,
): StridedArray {
  const deferred = deferredOf(index);
  if (deferred !== null) return deferredRows(deferred, index, extent, wrap, device);
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
 * value on that one. For an index that stays on its device.
 */
export function deferredPositions(
  x: StridedArray, axis: number, index: StridedArray, start: number, wrap: boolean,
): StridedArray {
  const { shape, strides } = x.geometry;
  const { device } = x.storage;
  return withGradMode(false, () => {
    const rows = deferredRows(deferredOf(index)!, index, shape[axis] ?? 1, wrap, device);
    const step = strides[axis] ?? 0;
    let positions = step === 1 ? rows : mul(rows, step);
    const extents = index.geometry.shape;
    let constant = start;
    extents.forEach((extent, i) => {
      if (i === axis || extent === 1 || strides[i] === 0) return;
      const steps = Float64Array.from({ length: extent }, (_, k) => constant + k * strides[i]);
      constant = 0;
      positions = add(positions, integersLike(rows, steps, extents.map((_, k) => (k === i ? extent : 1))));
    });
    return constant === 0 ? positions : add(positions, constant);
  });
}
