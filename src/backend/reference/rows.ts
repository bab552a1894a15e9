import { int64 } from '../../core/dtype.ts';
import { contiguousLayout, stridedLayout } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import type { CpuStorage } from '../cpu/storage.ts';
import { allocate } from '../cpu/storage.ts';
import { isTrue, linesOf, positionsOf, readValue, rounding, valuesOf, writeValue } from './elements.ts';
import { compareValues } from './order.ts';
import { folds } from './reduce.ts';

/** Rows in order, and rows found by their numbers. */

export function sort(input: StridedArray, out: StridedArray | null, indices: StridedArray | null, descending: boolean): void {
  const last = Math.max(input.geometry.shape.length - 1, 0);
  const outLines = out === null ? [] : linesOf(out.geometry, last);
  const indexLines = indices === null ? [] : linesOf(indices.geometry, last);
  const rows = linesOf(input.geometry, last).map((line) => line.map((position) => readValue(input, position)));
  rows.forEach((row, i) => {
    const order = row.map((_, k) => k)
      .sort((a, b) => (descending ? compareValues(row[b], row[a]) : compareValues(row[a], row[b])));
    order.forEach((index, k) => {
      if (out !== null) writeValue(out, outLines[i][k], row[index]);
      if (indices !== null) writeValue(indices, indexLines[i][k], BigInt(index));
    });
  });
}

/** Offsets of a row's elements, the axes before `lead` being left out. */
function rowOffsets({ geometry: layout }: StridedArray, lead: number): number[] {
  return positionsOf(stridedLayout(layout.shape.slice(lead), layout.strides.slice(lead), 0));
}

function rowStarts({ geometry: layout }: StridedArray, lead: number): number[] {
  return positionsOf(stridedLayout(layout.shape.slice(0, lead), layout.strides.slice(0, lead), layout.offset));
}

export function gather(input: StridedArray, positions: StridedArray, out: StridedArray): void {
  const lead = positions.geometry.shape.length;
  const [from, to] = [rowOffsets(input, 1), rowOffsets(out, lead)];
  const [tableStarts, outStarts] = [rowStarts(input, 1), rowStarts(out, lead)];
  valuesOf(positions).forEach((row, i) => {
    const start = tableStarts[Number(row)];
    from.forEach((offset, k) => writeValue(out, outStarts[i] + to[k], readValue(input, start + offset)));
  });
}

export function scatter(target: StridedArray, positions: StridedArray, values: StridedArray, accumulate: boolean): void {
  const lead = positions.geometry.shape.length;
  const round = rounding(target.dtypeCore);
  const [to, from] = [rowOffsets(target, 1), rowOffsets(values, lead)];
  const rows = valuesOf(positions);
  const sources = rowStarts(values, lead).map((start) => from.map((offset) => readValue(values, start + offset)));
  const tableStarts = rowStarts(target, 1);
  rows.forEach((row, i) => {
    to.forEach((offset, k) => {
      const position = tableStarts[Number(row)] + offset;
      const sum = accumulate ? folds.sum(readValue(target, position), sources[i][k]) : sources[i][k];
      writeValue(target, position, typeof sum === 'number' ? round(sum) : sum);
    });
  });
}

export function nonzero(input: StridedArray): { storage: CpuStorage; count: number } {
  const found = valuesOf(input).flatMap((value, i) => (isTrue(value) ? [BigInt(i)] : []));
  const storage = allocate(found.length * int64.itemsize);
  const result = new StridedArray(storage, int64, contiguousLayout([found.length]));
  found.forEach((position, i) => writeValue(result, i, position));
  return { storage, count: found.length };
}
