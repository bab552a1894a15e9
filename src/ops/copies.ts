import { withGradMode } from '../autograd/mode.ts';
import { record } from '../autograd/tape.ts';
import { backendOf } from '../backend/select.ts';
import { int32 } from '../core/dtype.ts';
import { contiguousLayout } from '../core/layout.ts';
import { StridedArray } from '../core/strided.ts';
import { emptyLike } from './dispatch.ts';
import { broadcastTo, clone, concatenate, detach, reshapeTo, sliceAxis, unsqueeze } from './movement.ts';
import { ge, le, where } from './pointwise/comparison.ts';
import { sum } from './reduce.ts';
import { diagonalView, selectAxis } from './views.ts';

/** Copies of the same elements in other places. Axes are normalised by the caller. */

/** Elements in reverse order along `axes`. */
export function flip<A extends StridedArray>(x: A, axes: readonly number[]): A {
  const out = withGradMode(false, () => {
    let view = detach(x);
    for (const axis of axes) {
      const extent = view.geometry.shape[axis];
      view = sliceAxis(view, axis, extent - 1, extent, -1);
    }
    return clone(view);
  });
  return record(out, 'FlipBackward0', [x], [(g) => flip(g, axes)]);
}

/** Elements moved on by `shifts[i]` places along `axes[i]`, those that leave coming back at the other end. */
export function roll<A extends StridedArray>(x: A, shifts: readonly number[], axes: readonly number[]): A {
  const out = withGradMode(false, () => {
    let current = detach(x);
    axes.forEach((axis, i) => {
      const extent = current.geometry.shape[axis];
      if (extent === 0) return;
      const split = (((-shifts[i]) % extent) + extent) % extent;
      if (split === 0) return;
      current = concatenate([sliceAxis(current, axis, split, extent - split), sliceAxis(current, axis, 0, split)], axis);
    });
    return current.storage === x.storage ? clone(current) : current;
  });
  return record(out, 'RollBackward0', [x], [(g) => roll(g, shifts.map((shift) => -shift), axes)]);
}

/** Numbers from `start` on as a row or a column of a matrix. */
function counter(like: StridedArray, start: number, extent: number, column: boolean): StridedArray {
  const values = Int32Array.from({ length: extent }, (_, i) => start + i);
  const backend = backendOf(like.storage.device);
  const out = new StridedArray(backend.allocate(extent, int32), int32, contiguousLayout(column ? [extent, 1] : [1, extent]));
  backend.upload(out, new Uint8Array(values.buffer));
  return out;
}

/** True on and below (lower) or above (upper) the diagonal that lies `offset` places above the main one. */
export function triangleMask(like: StridedArray, rows: number, columns: number, part: 'lower' | 'upper', offset: number): StridedArray {
  // Beyond the matrix every offset is the same.
  const reach = Math.max(-rows, Math.min(offset, columns));
  const compare = part === 'lower' ? ge : le;
  return compare(counter(like, reach, rows, true), counter(like, 0, columns, false));
}

/** The last two axes with zeros above (lower) or below (upper) the diagonal that lies `offset` places above the main one. */
export function triangle<A extends StridedArray>(x: A, part: 'lower' | 'upper', offset: number): A {
  const [rows, columns] = x.geometry.shape.slice(-2);
  const out = withGradMode(false, () => {
    const mask = triangleMask(x, rows, columns, part, offset);
    const kept = emptyLike(x, contiguousLayout(x.geometry.shape));
    backendOf(x.storage.device).pointwise(where.op, [mask, x, 0], x.dtypeCore, kept);
    mask.storage.free();
    return kept;
  });
  return record(out, part === 'lower' ? 'TrilBackward0' : 'TriuBackward0', [x], [(g) => triangle(g, part, offset)]);
}

/** The array repeated `counts[axis]` times along each axis; counts beyond its own axes are of new leading ones. */
export function tile<A extends StridedArray>(x: A, counts: readonly number[]): A {
  const lead = counts.length - x.geometry.shape.length;
  const shape = [...new Array<number>(lead).fill(1), ...x.geometry.shape];
  const out = withGradMode(false, () => {
    const apart = reshapeTo(x, shape.flatMap((extent) => [1, extent]));
    const repeated = broadcastTo(apart, shape.flatMap((extent, axis) => [counts[axis], extent]));
    return reshapeTo(clone(repeated), shape.map((extent, axis) => counts[axis] * extent));
  });
  // The tape sums new axes away.
  return record(out, 'RepeatBackward0', [x], [(g) =>
    sum(reshapeTo(g, shape.flatMap((extent, axis) => [counts[axis], extent])), shape.map((_, axis) => 2 * axis))]);
}

/** The last axis on the diagonal of two new axes at `axis1` and `axis2`, zeros elsewhere. */
export function diagonalMatrix<A extends StridedArray>(x: A, offset: number, axis1: number, axis2: number): A {
  const { shape } = x.geometry;
  const extent = shape[shape.length - 1] + Math.abs(offset);
  const full = shape.slice(0, -1);
  for (const axis of [axis1, axis2].sort((a, b) => a - b)) full.splice(axis, 0, extent);
  const backend = backendOf(x.storage.device);
  const out = emptyLike(x, contiguousLayout(full));
  backend.fill(out, 0);
  backend.cast(x, withGradMode(false, () => diagonalView(out, offset, axis1, axis2)));
  return record(out, 'DiagEmbedBackward0', [x], [(g) => diagonalView(g, offset, axis1, axis2)]);
}

/** Arrays of one shape and dtype along a new axis. */
export function stack<A extends StridedArray>(arrays: readonly A[], axis: number): A {
  const out = withGradMode(false, () => concatenate(arrays.map((array) => unsqueeze(array, axis)), axis));
  return record(out, 'StackBackward0', arrays, arrays.map((_, place) => (g: StridedArray) => selectAxis(g, axis, place)));
}
