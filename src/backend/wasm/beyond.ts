import { uint16, uint32, uint8 } from '../../core/dtype.ts';
import { elementOffsets, numbersOf } from '../../core/indexing/index.ts';
import { partLimits } from '../../core/parts.ts';
import type { StridedArray } from '../../core/strided.ts';
import { hostAccess, storageOf } from '../cpu/storage.ts';
import { toHost } from './move.ts';
import { stagedBytes } from './pieces.ts';

/** Whether a table lies beyond the heap and is too large to be taken into it for the sake of some of its rows. */
export const isBeyond = (table: StridedArray): boolean => stagedBytes(table) > partLimits.staged;

/** Copies rows[i..., :] from table[positions[i...], :], or the other way round, where they lie. */
export function moveRows(table: StridedArray, positions: StridedArray, rows: StridedArray, intoRows: boolean): void {
  const { itemsize } = table.dtypeCore;
  const word = itemsize === 1 ? uint8 : itemsize === 2 ? uint16 : uint32;
  const words = itemsize / word.itemsize;
  const ndim = positions.geometry.shape.length;
  const { shape, strides } = rows.geometry;
  const at = numbersOf(toHost(positions) as BigInt64Array);
  const starts = elementOffsets(positions.geometry.shape, strides.slice(0, ndim));
  const [tableRow, row] = [table.geometry.strides.slice(1), strides.slice(ndim)].map((each) => elementOffsets(shape.slice(ndim), each));
  const [first, second] = [table, rows].map((array) => hostAccess(storageOf(array), word));
  const [from, to] = intoRows ? [first.data, second.data] : [second.data, first.data];
  for (let i = 0; i < at.length; i++) {
    const tableStart = table.geometry.offset + at[i] * table.geometry.strides[0];
    const rowStart = rows.geometry.offset + starts[i];
    for (let j = 0; j < row.length; j++) {
      const a = first.base + (tableStart + tableRow[j]) * words;
      const b = second.base + (rowStart + row[j]) * words;
      for (let k = 0; k < words; k++) to[(intoRows ? b : a) + k] = from[(intoRows ? a : b) + k];
    }
  }
}
