import { isRecorded } from '../autograd/tape.ts';
import type { DType } from '../core/dtype.ts';
import { isLarge } from '../core/parts.ts';
import type { StridedArray } from '../core/strided.ts';
import { concatenate, sliceAxis } from './movement.ts';
import { quietly } from './registry/quietly.ts';

/** Reductions of large arrays part after part, so that what is kept meanwhile does not grow with them. */

type Results<A> = readonly A[];

/** The slowest axis in memory that can be halved, the longest of several; -1 where there is none. */
function slowestAxis({ geometry: { shape, strides } }: StridedArray): number {
  let best = -1;
  let reach: readonly number[] = [-1, 1];
  shape.forEach((extent, axis) => {
    const own = [Math.abs(strides[axis]) * extent, extent];
    if (extent > 1 && (own[0] > reach[0] || (own[0] === reach[0] && own[1] > reach[1]))) {
      best = axis;
      reach = own;
    }
  });
  return best;
}

/**
 * Halves the operands, which have the axes of the first, until a part of it fits in memory as `dtype`, and then computes; `compute` keeps
 * the reduced axes. What two halves of one of them give is joined, the second of which begins at `half`. Halves end where NumPy's pairwise
 * sums do. With a gradient to record nothing is halved.
 */
export function inParts<A extends StridedArray>(
  operands: readonly A[], axes: readonly number[], dtype: DType,
  compute: (parts: readonly A[]) => Results<A>, join: (first: Results<A>, second: Results<A>, half: number) => Results<A>,
): Results<A> {
  const [x] = operands;
  const axis = isLarge(x, dtype) && !isRecorded(operands) ? slowestAxis(x) : -1;
  if (axis < 0) return compute(operands);
  const extent = x.geometry.shape[axis];
  const middle = Math.floor(extent / 2);
  const half = middle > 8 ? middle - middle % 8 : middle;
  return quietly(() => {
    const [first, second] = ([[0, half], [half, extent - half]] as const).map(([start, count]) => inParts(
      operands.map((each) => (each.geometry.shape[axis] === 1 ? each : sliceAxis(each, axis, start, count))), axes, dtype, compute, join));
    return axes.includes(axis) ? join(first, second, half) : first.map((each, i) => concatenate([each, second[i]], axis));
  });
}
