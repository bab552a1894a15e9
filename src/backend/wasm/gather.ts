import type { DType } from '../../core/dtype.ts';
import { bool, int64 } from '../../core/dtype.ts';
import { contiguousLayout, stridedLayout } from '../../core/layout.ts';
import { partLimits } from '../../core/parts.ts';
import type { Storage } from '../../core/storage.ts';
import { StridedArray, viewOf } from '../../core/strided.ts';
import type { PlainExport } from '../../generated/wasmExports.ts';
import { allocate } from '../cpu/storage.ts';
import type { Axes } from '../axes.ts';
import { mergeAxes, visitAxes } from '../axes.ts';
import type { Declined } from '../kernels.ts';
import { declined } from '../kernels.ts';
import { isBeyond, moveRows } from './beyond.ts';
import { plainExports, rowKernel } from './module.ts';
import { cast, fill } from './move.ts';
import { bits } from './names.ts';
import type { Stage } from './staging.ts';
import { staged } from './staging.ts';
import { withTemporaries } from './temporaries.ts';

/** The byte stride of the first `ndim` axes seen as one, or null where they do not lie evenly. */
function rowStride({ geometry: layout, dtypeCore }: StridedArray, ndim: number): number | null {
  const lead = { shape: layout.shape.slice(0, ndim), strides: [layout.strides.slice(0, ndim)] };
  const { shape, strides } = mergeAxes(lead);
  if (shape.length > 1) return null;
  return shape.length === 0 ? 0 : strides[0][0] * dtypeCore.itemsize;
}

/** Axes of the rows of two arrays: `leadA` and `leadB` axes of each come before. */
function rowAxes(a: StridedArray, leadA: number, b: StridedArray, leadB: number): Axes {
  const { itemsize } = a.dtypeCore;
  const inBytes = (stride: number): number => stride * itemsize;
  return mergeAxes({
    shape: b.geometry.shape.slice(leadB),
    strides: [a.geometry.strides.slice(leadA).map(inBytes), b.geometry.strides.slice(leadB).map(inBytes)],
  });
}

type Movement = 'gather' | 'scatter' | 'accumulate';

/**
 * Runs a kernel of wasm/gather.ts over all planes of positions × innermost row axis. `table` is (n, ...row); `rows` has
 * one row per position, which lie evenly; gathering writes to `rows`, the others to `table`.
 */
function runPlanes(
  stage: Stage, movement: Movement, table: StridedArray, positions: StridedArray, rows: StridedArray,
): void {
  const { itemsize } = table.dtypeCore;
  const ndim = positions.geometry.shape.length;
  const count = positions.geometry.size;
  const { shape, strides: [tableSteps, rowSteps] } = rowAxes(table, 1, rows, ndim);
  const tableStep = table.geometry.strides[0] * itemsize;
  const rowStep = rowStride(rows, ndim)!;
  const intoRows = movement === 'gather';
  const addresses = [stage.address(table, intoRows ? 'read' : 'update'), stage.address(rows, intoRows ? 'write' : 'read')];
  const at = stage.address(positions);
  const packed = shape.length === 1 && tableSteps[0] === itemsize && rowSteps[0] === itemsize;
  const inner = shape.at(-1) ?? 1;
  if (movement !== 'accumulate' && packed) {
    const kernel = rowKernel(`${movement}Packed`);
    kernel(addresses[0], tableStep, at, addresses[1], rowStep, count, inner * itemsize);
    return;
  }
  const kernel = rowKernel(movement === 'accumulate' ? accumulateName(table.dtypeCore) : `${movement}_${itemsize}`);
  const tableElement = tableSteps.at(-1) ?? itemsize;
  const rowElement = rowSteps.at(-1) ?? itemsize;
  const outer = { shape: shape.slice(0, -1), strides: [tableSteps.slice(0, -1), rowSteps.slice(0, -1)] };
  visitAxes(outer, addresses, ([tableAt, rowsAt]) => {
    kernel(tableAt, tableStep, tableElement, at, rowsAt, rowStep, rowElement, count, inner);
  });
}

/** Sums wrap, so signed and unsigned integers share a kernel. */
function accumulateName(dtype: DType): PlainExport {
  return dtype.kind === 'uint' ? `accumulate_int${bits[dtype.itemsize]}` : `accumulate_${dtype.name}`;
}

/** out[i..., :] = input[positions[i...], :] */
export function gather(input: StridedArray, positions: StridedArray, out: StridedArray): void {
  if (out.geometry.size === 0) return;
  if (isBeyond(input)) {
    moveRows(input, positions, out, true);
    return;
  }
  withTemporaries((temporaries) => {
    const at = positions.geometry.contiguous ? positions : temporaries.converted(positions, int64);
    const even = rowStride(out, at.geometry.shape.length) !== null;
    const rows = even ? out : temporaries.make(out.geometry.shape, out.dtypeCore);
    staged((stage) => runPlanes(stage, 'gather', input, at, rows));
    if (!even) cast(rows, out);
  });
}

/** target[positions[i...], :] = values[i..., :], or += where `accumulate`; later positions win. */
export function scatter(
  target: StridedArray, positions: StridedArray, values: StridedArray, accumulate: boolean,
): void {
  if (values.geometry.size === 0) return;
  withTemporaries((temporaries) => {
    // What lies in the target's own storage is read before it changes.
    const shared = (array: StridedArray): boolean => array.storage === target.storage;
    const inPlace = positions.geometry.contiguous && !shared(positions);
    const at = inPlace ? positions : temporaries.converted(positions, int64);
    const even = !shared(values) && rowStride(values, at.geometry.shape.length) !== null;
    const rows = even ? values : temporaries.converted(values, values.dtypeCore);
    if (!accumulate && isBeyond(target)) moveRows(target, at, rows, false);
    else staged((stage) => runPlanes(stage, accumulate ? 'accumulate' : 'scatter', target, at, rows));
  });
}

/** A part of an array's truths, as many as are looked at at once: where it begins, and how many of them hold. */
interface Counted {
  readonly piece: StridedArray;
  readonly start: number;
  readonly count: number;
}

/** Calls `use` with the parts of an array's truths, and with how many of all of them hold. */
function withTruths<T>(input: StridedArray, use: (pieces: readonly Counted[], total: number) => T): T {
  const { size } = input.geometry;
  return withTemporaries((temporaries) => {
    const direct = input.dtypeCore === bool && input.geometry.contiguous;
    const truth = direct ? input : temporaries.converted(input, bool);
    const pieces: Counted[] = [];
    let total = 0;
    for (let start = 0; start < size; start += partLimits.staged) {
      const extent = Math.min(partLimits.staged, size - start);
      const piece = viewOf(truth, stridedLayout([extent], [1], truth.geometry.offset + start));
      const count = staged((stage) => plainExports().countNonzero(stage.address(piece), extent)) >>> 0;
      pieces.push({ piece, start, count });
      total += count;
    }
    return use(pieces, total);
  });
}

/** Row-major flat positions of the elements that are not zero, as a fresh int64 storage, and their number. */
export function nonzero(input: StridedArray): { storage: Storage; count: number } {
  return withTruths(input, (pieces, total) => {
    const found = new StridedArray(allocate(total * int64.itemsize), int64, contiguousLayout([total]));
    let next = 0;
    for (const { piece, start, count } of pieces) {
      const part = viewOf(found, stridedLayout([count], [1], next));
      next += count;
      staged((stage) => {
        plainExports().writeNonzero(stage.address(piece), piece.geometry.size, start, stage.address(part, 'write'), count);
      });
    }
    return { storage: found.storage, count: total };
  });
}

/** How many of all truths hold; along some axes sums say it. */
export function countNonzero(input: StridedArray, axes: readonly number[], out: StridedArray): void | Declined {
  if (input.dtypeCore !== bool || axes.length < input.geometry.shape.length) return declined;
  return withTruths(input, (_, total) => fill(out, total));
}
