import { backendOf } from '../../backend/select.ts';
import type { Device } from '../../core/device.ts';
import { int64 } from '../../core/dtype.ts';
import type { Dialect, HostItem, IndexItem, IndexPlan, Positions } from '../../core/indexing/index.ts';
import { numbersOf, parseIndex, resolveIndex, rowPositions } from '../../core/indexing/index.ts';
import { contiguousLayout, sizeOf } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import { findNonzero } from './kernels.ts';
import { deferredOf, directRows, hostIndices, planRows, uploadPositions } from './rows.ts';

const everything: HostItem = { kind: 'slice', start: null, stop: null, step: null };

/** The plan of rows of one axis whose numbers are known already; an index without axes counts as a vector of one. */
export function axisPlan(shape: readonly number[], axis: number, indexShape: readonly number[]): IndexPlan {
  const items: HostItem[] = new Array<HostItem>(axis).fill(everything);
  items.push({ kind: 'integers', shape: indexShape.length === 0 ? [1] : indexShape, values: [] });
  return resolveIndex(items, shape, 'numpy');
}

function readArray(array: StridedArray, mask: boolean): HostItem {
  const { shape, offset } = array.geometry;
  const backend = backendOf(array.storage.device);
  // One without axes says which view is meant, so it has to be read.
  if (!mask && shape.length > 0 && deferredOf(array) !== null) return { kind: 'integers', shape, values: [], unread: array };
  if (!mask) return { kind: 'integers', shape, get values() { return hostIndices(array); } };
  if (shape.length === 0) return { kind: 'truth', value: Boolean(backend.read(array, offset)) };
  const { storage, count } = findNonzero(array);
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

/** The rows that one array of integers alone names, where its device checks them at once. */
function loneRows(items: readonly IndexItem[], { columns, shape }: IndexPlan, device: Device): StridedArray | null {
  if (columns.length > 1 || !columns[0].checked || sizeOf(shape) === 0) return null;
  const item = items.find((each) => each.kind === 'array' && !each.mask && each.array.geometry.shape.length > 0);
  return item?.kind === 'array' ? directRows(item.array, columns[0].extents[0], true, device) : null;
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
      if (plan.columns.some(({ unread }) => unread !== null)) return planRows(plan, device);
      // One mask alone: its positions are the rows' numbers, and never leave the device.
      if (plan.columns.length === 1 && masks.length === 1 && masks[0].storage.device === device) return masks[0];
      const rows = loneRows(items, plan, device) ?? uploadPositions(rowPositions(plan), plan.indexShape, device);
      for (const mask of masks) mask.storage.free();
      return rows;
    },
  };
}
