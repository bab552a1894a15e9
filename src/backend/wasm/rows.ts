import type { DType } from '../../core/dtype.ts';
import { int32 } from '../../core/dtype.ts';
import type { Layout } from '../../core/layout.ts';
import { broadcastLayout } from '../../core/layout.ts';
import { mergeAxes } from '../axes.ts';
import { heapView } from '../cpu/heap.ts';
import type { RowKernel } from './module.ts';
import { plainExports, scratch, tableIndex } from './module.ts';

/** One operand of a row kernel: where its first element lies and how it steps through the result's shape, in bytes. */
export interface Lane {
  readonly address: number;
  /** Null for a value that repeats everywhere. */
  readonly layout: Layout | null;
  readonly itemsize: number;
}

export function lane(address: number, layout: Layout | null, dtype: DType): Lane {
  return { address, layout, itemsize: dtype.itemsize };
}

/** Byte strides of a lane along the axes of `shape`: 0 where it is broadcast. */
function stridesOver({ layout, itemsize }: Lane, shape: readonly number[]): number[] {
  return layout === null ? shape.map(() => 0) : broadcastLayout(layout, shape).strides.map((stride) => stride * itemsize);
}

/** Calls a kernel over one row of `operands` operands: address and byte stride of each and of the result, then the number of elements. */
export function callRow(kernel: RowKernel, operands: number, row: readonly number[]): void {
  switch (operands) {
    case 1: return kernel(row[0], row[1], row[2], row[3], row[4]);
    case 2: return kernel(row[0], row[1], row[2], row[3], row[4], row[5], row[6]);
    case 3: return kernel(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8]);
    default: return kernel(...row.slice(0, 2 * operands + 3));
  }
}

/** Hands the first `count` axes and every operand's byte strides along them to the loops of scripts/emit/iterate.ts. */
export function writeDescriptor(extents: readonly number[], strides: readonly (readonly number[])[], count: number): void {
  const words = heapView(int32) as Int32Array;
  let word = scratch.descriptor / 4;
  words[word++] = count;
  for (let axis = 0; axis < count; axis++) {
    words[word++] = extents[axis];
    for (let k = 0; k < strides.length; k++) words[word++] = strides[k][axis];
  }
}

const walks = ['iterate2', 'iterate3', 'iterate4', 'iterate5', 'iterate6'] as const;

const oneRow: number[] = [];

/** The row where there is only one: of lanes that lie without gaps, or of a single axis. It lasts until the next call. */
function singleRow(shape: readonly number[], lanes: readonly Lane[]): readonly number[] | null {
  let size = 1;
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis];
  for (let i = 0; i < lanes.length; i++) {
    const { address, layout, itemsize } = lanes[i];
    let step = 0;
    if (layout !== null && layout.size > 1) {
      const without = layout.contiguous && layout.size === size;
      if (!without && (shape.length !== 1 || layout.shape.length !== 1)) return null;
      step = without ? itemsize : layout.strides[0] * itemsize;
    } else if (size > 1 && i === lanes.length - 1) {
      return null;
    }
    oneRow[2 * i] = address;
    oneRow[2 * i + 1] = step;
  }
  oneRow[2 * lanes.length] = size;
  return oneRow;
}

/**
 * Runs a row kernel over `shape`, the lanes being its operands with the result last. Axes of extent 1 are dropped, the rest
 * ordered by the result's strides and merged where every lane steps through two of them as through one.
 */
export function runRows(kernel: RowKernel, shape: readonly number[], lanes: readonly Lane[]): void {
  const count = lanes.length;
  const single = singleRow(shape, lanes);
  if (single !== null) {
    if (single[2 * count] > 0) callRow(kernel, count - 1, single);
    return;
  }
  const strides = lanes.map((each) => stridesOver(each, shape));
  const main = strides[count - 1];
  const axes: number[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    if (shape[axis] === 0) return;
    if (shape[axis] !== 1) axes.push(axis);
  }
  // A reduction's result has stride 0 along the axes that it sums: those stay outside, in their order.
  axes.sort((a, b) => (main[a] === 0 || main[b] === 0
    ? Number(main[a] !== 0) - Number(main[b] !== 0) || a - b
    : Math.abs(main[b]) - Math.abs(main[a]) || a - b));
  const pick = (values: readonly number[]): number[] => axes.map((axis) => values[axis]);
  const { shape: extents, strides: steps } = mergeAxes({ shape: pick(shape), strides: strides.map(pick) });
  const inner = extents.length - 1;
  const row = lanes.flatMap(({ address }, k) => [address, steps[k][inner] ?? 0]);
  row.push(extents[inner] ?? 1);
  if (inner <= 0) {
    callRow(kernel, count - 1, row);
    return;
  }
  writeDescriptor(extents, steps, inner);
  plainExports()[walks[count - 2]](tableIndex(kernel), ...row, scratch.descriptor);
}
