import { recordView } from '../autograd/tape.ts';
import { componentType, complexTypeOf } from '../core/dtype.ts';
import { stridedLayout } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { viewOf } from '../core/strided.ts';
import { contiguous, embed, sliceAxis } from './movement.ts';
import { add } from './pointwise/arithmetic.ts';

/** Views that leave elements out or show them more than once. Axes are normalised and indices checked by the caller. */

const without = <T>(values: readonly T[], axes: readonly number[]): T[] => values.filter((_, axis) => !axes.includes(axis));

/** The elements at one place of an axis, which is dropped. */
export function selectAxis<A extends StridedArray>(x: A, axis: number, place: number, name = 'SelectBackward0'): A {
  const { shape, strides, offset } = x.geometry;
  const layout = stridedLayout(without(shape, [axis]), without(strides, [axis]), offset + place * strides[axis]);
  return recordView(viewOf(x, layout), name, x, (g) => embed(g, shape, (zeros) => selectAxis(zeros, axis, place)));
}

/** The diagonal of two axes, `offset` places above the main one, as a new last axis. */
export function diagonalView<A extends StridedArray>(
  x: A, offset: number, axis1: number, axis2: number, name = 'DiagonalBackward0',
): A {
  const { shape, strides } = x.geometry;
  const extent = Math.max(0, offset >= 0
    ? Math.min(shape[axis1], shape[axis2] - offset) : Math.min(shape[axis1] + offset, shape[axis2]));
  const skipped = extent === 0 ? 0 : offset >= 0 ? offset * strides[axis2] : -offset * strides[axis1];
  const layout = stridedLayout(
    [...without(shape, [axis1, axis2]), extent],
    [...without(strides, [axis1, axis2]), strides[axis1] + strides[axis2]], x.geometry.offset + skipped);
  return recordView(viewOf(x, layout), name, x,
    (g) => embed(g, shape, (zeros) => diagonalView(zeros, offset, axis1, axis2)));
}

/** Windows of `size` elements, `step` apart, along an axis, the place in the window being a new last axis. */
export function slidingWindows<A extends StridedArray>(x: A, axis: number, size: number, step: number): A {
  const { shape, strides, offset } = x.geometry;
  const count = Math.floor((shape[axis] - size) / step) + 1;
  const replaced = (values: readonly number[], value: number): number[] => values.map((each, i) => (i === axis ? value : each));
  const layout = stridedLayout([...replaced(shape, count), size], [...replaced(strides, strides[axis] * step), strides[axis]], offset);
  return recordView(viewOf(x, layout), 'UnfoldBackward0', x, (g) => {
    // Windows overlap: what each place of the window got is added up.
    const last = g.geometry.shape.length - 1;
    let total: StridedArray | null = null;
    for (let place = 0; place < size; place++) {
      const part: StridedArray = embed(
        selectAxis(g, last, place), shape, (zeros) => sliceAxis(zeros, axis, place, count, step));
      total = total === null ? part : add(total, part);
    }
    return total ?? embed(sliceAxis(g, axis, 0, 0), shape, (zeros) => sliceAxis(zeros, axis, 0, 0));
  });
}

/** A complex array as a real one with a last axis of the two parts. */
export function partsView<A extends StridedArray>(x: A): A {
  const { shape, strides, offset } = x.geometry;
  const layout = stridedLayout([...shape, 2], [...strides.map((stride) => 2 * stride), 1], 2 * offset);
  return recordView(new x.species(x.storage, componentType(x.dtypeCore), layout), 'ViewAsRealBackward0', x,
    (g) => complexView(contiguous(g)));
}

/** The other way round: a real array whose last axis holds two parts, next to each other. */
export function complexView<A extends StridedArray>(x: A): A {
  const { shape, strides, offset } = x.geometry;
  const last = shape.length - 1;
  const layout = stridedLayout(shape.slice(0, last), strides.slice(0, last).map((stride) => stride / 2), offset / 2);
  return recordView(new x.species(x.storage, complexTypeOf(x.dtypeCore), layout), 'ViewAsComplexBackward0', x, (g) => partsView(g));
}
