import { IndexError } from '../errors.ts';
import { sizeOf } from '../layout.ts';
import { indexMessages } from './messages.ts';
import type { IndexColumn, IndexPlan } from './resolve.ts';

/** Rows' numbers, or storage positions: integers that doubles hold exactly. */
export type Positions = Float64Array<ArrayBuffer>;

/** Integers as doubles: exact up to 2^53, and beyond that still far out of bounds. */
export function numbersOf(values: ArrayLike<number | bigint>): Positions {
  if (values instanceof Int32Array) return new Float64Array(values);
  if (!(values instanceof BigInt64Array)) return Float64Array.from(values, Number);
  // Word by word: reading 64-bit integers one at a time would make a bigint of each.
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = words[2 * i + 1] * 2 ** 32 + (words[2 * i] >>> 0);
  return numbers;
}

/** Values of an index array as numbers counted from the start; anything outside the extent is refused. */
export function checkedIndices(
  values: ArrayLike<number | bigint>, extent: number, refuse: (index: number | bigint) => Error, negative = true,
): Positions {
  const low = negative ? -extent : 0;
  const indices = numbersOf(values);
  for (let i = 0; i < values.length; i++) {
    const index = indices[i];
    if (index < low || index >= extent) throw refuse(values[i]);
    if (index < 0) indices[i] = index + extent;
  }
  return indices;
}

/** Adds a column's contributions, broadcast over `shape`, to every position. */
function addBroadcast(
  positions: Positions, shape: readonly number[], values: Positions, valuesShape: readonly number[],
): void {
  if (values.length === positions.length) {
    for (let i = 0; i < positions.length; i++) positions[i] += values[i];
    return;
  }
  const ndim = shape.length;
  const lead = ndim - valuesShape.length;
  const strides = new Array<number>(ndim).fill(0);
  let step = 1;
  for (let axis = valuesShape.length - 1; axis >= 0; axis--) {
    if (valuesShape[axis] !== 1) strides[lead + axis] = step;
    step *= valuesShape[axis];
  }
  const counter = new Array<number>(ndim).fill(0);
  let place = 0;
  for (let i = 0; i < positions.length; i++) {
    positions[i] += values[place];
    for (let axis = ndim - 1; axis >= 0; axis--) {
      place += strides[axis];
      if (++counter[axis] < shape[axis]) break;
      place -= strides[axis] * shape[axis];
      counter[axis] = 0;
    }
  }
}

function columnIndices(plan: IndexPlan, column: IndexColumn): Positions {
  const values = column.values();
  if (!column.checked) return numbersOf(values);
  const [extent] = column.extents;
  const { outOfBounds } = indexMessages[plan.dialect];
  return checkedIndices(values, extent, (index) => outOfBounds(index, column.reportedAxis, extent));
}

/** Refuses values that are out of bounds. What selects nothing is not looked at, as upstream does not either. */
function checkedColumns(plan: IndexPlan): Positions[] | null {
  if (sizeOf(plan.indexShape) === 0) return null;
  if (plan.dialect === 'torch') {
    if (plan.columns.some(({ extents }) => extents.includes(0))) {
      throw new IndexError('index is out of bounds for dimension with size 0');
    }
    if (sizeOf(plan.shape) === 0) return null;
  }
  return plan.columns.map((column) => columnIndices(plan, column));
}

/** Per place of the index shape the row that is meant, the indexed axes being counted as one, row-major. */
export function rowPositions(plan: IndexPlan): Positions {
  const columns = checkedColumns(plan);
  const size = sizeOf(plan.indexShape);
  if (columns === null) return new Float64Array(size);
  const last = columns.length - 1;
  // The last column counts single rows: where it is not broadcast, the others are added to it.
  let positions = columns[last];
  if (positions.length !== size) {
    positions = new Float64Array(size);
    addBroadcast(positions, plan.indexShape, columns[last], plan.columns[last].shape);
  }
  let weight = sizeOf(plan.columns[last].extents);
  for (let i = last - 1; i >= 0; i--) {
    const values = columns[i];
    for (let k = 0; k < values.length; k++) values[k] *= weight;
    addBroadcast(positions, plan.indexShape, values, plan.columns[i].shape);
    weight *= sizeOf(plan.columns[i].extents);
  }
  return positions;
}

/** Distance in elements of each row-major element of a shape from the first. */
export function elementOffsets(shape: readonly number[], strides: readonly number[]): Positions {
  const offsets = new Float64Array(sizeOf(shape));
  const counter = new Array<number>(shape.length).fill(0);
  let offset = 0;
  for (let i = 0; i < offsets.length; i++) {
    offsets[i] = offset;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      offset += strides[axis];
      if (++counter[axis] < shape[axis]) break;
      offset -= strides[axis] * shape[axis];
      counter[axis] = 0;
    }
  }
  return offsets;
}

/**
 * For rows whose numbers are known, where each of their elements lies: `start` plus steps along the indexed axes plus
 * steps within the row. The result runs over (...indices, ...row).
 */
export function spreadPositions(
  rows: ArrayLike<number>, start: number, extents: readonly number[], strides: readonly number[], row: Positions,
): Positions {
  const result = new Float64Array(rows.length * row.length);
  const last = extents.length - 1;
  let next = 0;
  for (let i = 0; i < rows.length; i++) {
    let rest = rows[i];
    let base = start;
    for (let axis = last; axis > 0; axis--) {
      const extent = extents[axis];
      const quotient = Math.floor(rest / extent);
      base += (rest - quotient * extent) * strides[axis];
      rest = quotient;
    }
    if (last >= 0) base += rest * strides[0];
    for (let k = 0; k < row.length; k++) result[next++] = base + row[k];
  }
  return result;
}

/** As the bytes of little-endian 64-bit integers. No array has so many elements that one needs the upper word. */
export function int64Bytes(positions: Positions): Uint8Array {
  const words = new Int32Array(positions.length * 2);
  for (let i = 0; i < positions.length; i++) words[2 * i] = positions[i];
  return new Uint8Array(words.buffer);
}
