import { broadcastLayout, stridedLayout } from '../../core/layout.ts';
import { partLimits } from '../../core/parts.ts';
import { StridedArray } from '../../core/strided.ts';
import { isResident } from './staging.ts';

/** Loops over arrays beyond the heap, which are taken into it piece by piece. */

/** Bytes from the first to the last element of an array that lies beyond the heap; 0 of one within it. */
export function stagedBytes(array: StridedArray): number {
  if (array.geometry.size === 0 || isResident(array)) return 0;
  const [low, high] = array.geometry.range;
  return (high + 1 - low) * array.dtypeCore.itemsize;
}

/** A half of an array along an axis, seen over a common shape. */
function halfOf(
  { storage, dtypeCore, geometry }: StridedArray, shape: readonly number[], axis: number, from: number, count: number,
): StridedArray {
  const { strides, offset } = broadcastLayout(geometry, shape);
  const part = stridedLayout(shape.map((extent, i) => (i === axis ? count : extent)), strides, offset + from * strides[axis]);
  return new StridedArray(storage, dtypeCore, part);
}

/**
 * Where arrays that are walked over one shape, which all can be broadcast to, would take too much of the heap, runs `body` with
 * their halves along the axis that shortens the longest most; false, and nothing was done, where they fit. `wider` counts the bytes
 * of temporaries for each element.
 */
export function inPieces<O>(
  shape: readonly number[], operands: readonly O[], wider: number, body: (pieces: readonly O[]) => void,
): boolean {
  let total = shape.reduce((size, extent) => size * extent, wider);
  let longest: StridedArray | null = null;
  let most = -1;
  for (const operand of operands) {
    if (!(operand instanceof StridedArray)) continue;
    const bytes = stagedBytes(operand);
    total += bytes;
    if (bytes > most) {
      most = bytes;
      longest = operand;
    }
  }
  if (total <= partLimits.staged || longest === null) return false;
  const { strides } = broadcastLayout(longest.geometry, shape);
  const reach = (axis: number): number => (shape[axis] < 2 ? -1 : Math.abs(strides[axis]) * shape[axis]);
  const axis = shape.reduce((best, _, each) => (reach(each) > reach(best) ? each : best), 0);
  if (shape.length === 0 || reach(axis) < 0) return false;
  const half = Math.ceil(shape[axis] / 2);
  for (const [from, count] of [[0, half], [half, shape[axis] - half]] as const) {
    body(operands.map((operand) => (operand instanceof StridedArray ? halfOf(operand, shape, axis, from, count) as O : operand)));
  }
  return true;
}
