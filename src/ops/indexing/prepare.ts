import { backendOf } from '../../backend/select.ts';
import type { Device } from '../../core/device.ts';
import { int64 } from '../../core/dtype.ts';
import type { Dialect, HostItem, IndexItem, IndexPlan, Positions } from '../../core/indexing/index.ts';
import { int64Bytes, numbersOf, parseIndex, resolveIndex, rowBytes } from '../../core/indexing/index.ts';
import { contiguousLayout } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';

/** The elements of an index array as the host reads them, row-major; unsigned 64-bit ones wrap, as NumPy's do. */
export function hostIndices(array: StridedArray): ArrayLike<number | bigint> {
  const values = backendOf(array.storage.device).toHost(array);
  return values instanceof BigUint64Array
    ? new BigInt64Array(values.buffer, values.byteOffset, values.length) : values;
}

/** Index numbers on a device, as its kernels read them. */
export function uploadPositions(positions: Positions, shape: readonly number[], device: Device): StridedArray {
  return uploadBytes(int64Bytes(positions), shape, device);
}

export function uploadBytes(bytes: Uint8Array, shape: readonly number[], device: Device): StridedArray {
  const backend = backendOf(device);
  const layout = contiguousLayout(shape);
  const out = new StridedArray(backend.allocate(layout.size, int64), int64, layout);
  backend.upload(out, bytes);
  return out;
}

function readArray(array: StridedArray, mask: boolean): HostItem {
  const { shape, offset } = array.geometry;
  const backend = backendOf(array.storage.device);
  if (!mask) return { kind: 'integers', shape, values: hostIndices(array), disposable: true };
  if (shape.length === 0) return { kind: 'truth', value: Boolean(backend.read(array, offset)) };
  const { storage, count } = backend.nonzero(array);
  const device = new StridedArray(storage, int64, contiguousLayout([count]));
  let host: Positions | undefined;
  return {
    kind: 'mask', shape,
    positions: { count, device, values: () => (host ??= numbersOf(backend.toHost(device) as BigInt64Array)) },
  };
}

/** Reads what index arrays hold, so that shapes and bounds can be settled before anything is computed. */
function readItems(items: readonly IndexItem[]): HostItem[] {
  return items.map((item) => (item.kind === 'array' ? readArray(item.array, item.mask) : item));
}

export interface Prepared {
  readonly plan: IndexPlan;
  /** The numbers of the rows that the columns name, within bounds; null where there are no columns. */
  rows(): StridedArray | null;
}

/** Parses an index, reads its arrays and applies it to the array's shape. */
export function prepareIndex(array: StridedArray, index: readonly unknown[], dialect: Dialect): Prepared {
  return prepareItems(array, parseIndex(index, dialect), dialect);
}

export function prepareItems(array: StridedArray, items: readonly IndexItem[], dialect: Dialect): Prepared {
  const host = readItems(items);
  const plan = resolveIndex(host, array.geometry.shape, dialect);
  return {
    plan,
    rows: () => {
      if (plan.columns.length === 0) return null;
      const masks = host.map((item) => (item.kind === 'mask' ? item.positions.device : null))
        .filter((mask) => mask !== null);
      const { device } = array.storage;
      // One mask alone: its positions are the rows' numbers, and never leave the device.
      if (plan.columns.length === 1 && masks.length === 1 && masks[0].storage.device === device) return masks[0];
      const rows = uploadBytes(rowBytes(plan), plan.indexShape, device);
      for (const mask of masks) mask.storage.free();
      return rows;
    },
  };
}
