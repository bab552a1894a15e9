import type { DType } from '../../core/dtype.ts';
import { bool, int64 } from '../../core/dtype.ts';
import { contiguousLayout } from '../../core/layout.ts';
import type { Storage } from '../../core/storage.ts';
import { StridedArray } from '../../core/strided.ts';
import type { CpuStorage } from '../cpu/storage.ts';
import { allocate } from '../cpu/storage.ts';
import type { Axes } from './axes.ts';
import { mergeAxes, visitAxes } from './axes.ts';
import { plainExports, rowKernel } from './module.ts';
import { cast } from './move.ts';
import type { Stage } from './staging.ts';
import { staged } from './staging.ts';

/** Temporaries of one call, freed whatever happens. */
function withTemporaries(body: (keep: (array: StridedArray) => StridedArray) => void): void {
  const temporaries: StridedArray[] = [];
  try {
    body((array) => {
      temporaries.push(array);
      return array;
    });
  } finally {
    for (const { storage } of temporaries) (storage as CpuStorage).free();
  }
}

function emptyContiguous(shape: readonly number[], dtype: DType): StridedArray {
  const layout = contiguousLayout(shape);
  return new StridedArray(allocate(layout.size * dtype.itemsize), dtype, layout);
}

function contiguousCopy(array: StridedArray, dtype: DType = array.dtypeCore): StridedArray {
  const copy = emptyContiguous(array.layout.shape, dtype);
  cast(array, copy);
  return copy;
}

/** The byte stride of the first `ndim` axes seen as one, or null where they do not lie evenly. */
function rowStride({ layout, dtypeCore }: StridedArray, ndim: number): number | null {
  const { shape, strides } = mergeAxes({ shape: layout.shape.slice(0, ndim), strides: [layout.strides.slice(0, ndim)] });
  if (shape.length > 1) return null;
  return shape.length === 0 ? 0 : strides[0][0] * dtypeCore.itemsize;
}

/** Axes of the rows of two arrays: `leadA` and `leadB` axes of each come before. */
function rowAxes(a: StridedArray, leadA: number, b: StridedArray, leadB: number): Axes {
  const { itemsize } = a.dtypeCore;
  const inBytes = (stride: number): number => stride * itemsize;
  return mergeAxes({
    shape: b.layout.shape.slice(leadB),
    strides: [a.layout.strides.slice(leadA).map(inBytes), b.layout.strides.slice(leadB).map(inBytes)],
  });
}

/**
 * Runs a kernel of wasm/gather.ts over all planes of positions × innermost row axis. `table` is (n, ...row), `rows` has one row
 * per position, `rowStep` apart; `rows` is written where `intoRows` says so, else `table`.
 */
function runPlanes(
  stage: Stage, kernel: string, table: StridedArray, positions: StridedArray, rows: StridedArray, rowStep: number, intoRows: boolean,
): void {
  const { itemsize } = table.dtypeCore;
  const count = positions.layout.size;
  const { shape, strides: [tableSteps, rowSteps] } = rowAxes(table, 1, rows, positions.layout.shape.length);
  const tableStep = table.layout.strides[0] * itemsize;
  const addresses = [stage.address(table, !intoRows), stage.address(rows, intoRows)];
  const at = stage.address(positions);
  const packed = shape.length === 0 || (shape.length === 1 && tableSteps[0] === itemsize && rowSteps[0] === itemsize);
  const inner = shape.at(-1) ?? 1;
  if (kernel !== 'accumulate' && packed && inner > 1) {
    plainExports()[`${kernel}Packed`](addresses[0], tableStep, at, addresses[1], rowStep, count, inner * itemsize);
    return;
  }
  const run = rowKernel(kernel === 'accumulate' ? accumulateKernel(table.dtypeCore) : `${kernel}_${itemsize}`);
  const tableElement = tableSteps.at(-1) ?? itemsize;
  const rowElement = rowSteps.at(-1) ?? itemsize;
  const outer = { shape: shape.slice(0, -1), strides: [tableSteps.slice(0, -1), rowSteps.slice(0, -1)] };
  visitAxes(outer, addresses, ([tableAt, rowsAt]) => {
    run(tableAt, tableStep, tableElement, at, rowsAt, rowStep, rowElement, count, inner);
  });
}

/** Sums wrap, so signed and unsigned integers share a kernel. */
function accumulateKernel(dtype: DType): string {
  return `accumulate_${dtype.kind === 'uint' ? dtype.name.slice(1) : dtype.name}`;
}

/** out[i..., :] = input[positions[i...], :] */
export function gather(input: StridedArray, positions: StridedArray, out: StridedArray): void {
  if (out.layout.size === 0) return;
  withTemporaries((keep) => {
    const at = positions.layout.contiguous ? positions : keep(contiguousCopy(positions));
    const step = rowStride(out, at.layout.shape.length);
    const target = step === null ? keep(emptyContiguous(out.layout.shape, out.dtypeCore)) : out;
    staged((stage) => runPlanes(stage, 'gather', input, at, target, step ?? rowStride(target, at.layout.shape.length)!, true));
    if (target !== out) cast(target, out);
  });
}

/** target[positions[i...], :] = values[i..., :], or += where `accumulate`; later positions win. */
export function scatter(target: StridedArray, positions: StridedArray, values: StridedArray, accumulate: boolean): void {
  if (values.layout.size === 0) return;
  withTemporaries((keep) => {
    // What lies in the target's own storage is read before it changes.
    const shared = (array: StridedArray): boolean => array.storage === target.storage;
    const at = positions.layout.contiguous && !shared(positions) ? positions : keep(contiguousCopy(positions));
    const ndim = at.layout.shape.length;
    const rows = shared(values) || rowStride(values, ndim) === null ? keep(contiguousCopy(values)) : values;
    staged((stage) => runPlanes(stage, accumulate ? 'accumulate' : 'scatter', target, at, rows, rowStride(rows, ndim)!, false));
  });
}

/** Row-major flat positions of the elements that are not zero, as a fresh int64 storage, and their number. */
export function nonzero(input: StridedArray): { storage: Storage; count: number } {
  const { size } = input.layout;
  if (size === 0) return { storage: allocate(0), count: 0 };
  const direct = input.dtypeCore === bool && input.layout.contiguous;
  const truth = direct ? input : contiguousCopy(input, bool);
  try {
    return staged((stage) => {
      const bytes = stage.address(truth);
      const { countNonzero, writeNonzero } = plainExports();
      const count = countNonzero(bytes, size) >>> 0;
      const found = new StridedArray(allocate(count * int64.itemsize), int64, contiguousLayout([count]));
      writeNonzero(bytes, size, stage.address(found, true));
      return { storage: found.storage, count };
    });
  } finally {
    if (!direct) (truth.storage as CpuStorage).free();
  }
}
