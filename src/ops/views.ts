import { componentType, complexTypeOf, int64 } from '../core/dtype.ts';
import { checkInteger, stridedLayout } from '../core/layout.ts';
import { StridedArray } from '../core/strided.ts';
import { full, rampOf } from './creation.ts';
import { scatterAlong } from './indexing/along.ts';
import { contiguous, embed, reshapeTo, reverse, sliceAxis, swapAxes } from './movement.ts';
import { add } from './pointwise/arithmetic.ts';
import type { AxisParams } from './registry/op.ts';
import type { View } from './registry/view.ts';
import { view } from './registry/view.ts';

/** Views that leave elements out or show them more than once. Axes are normalised and indices checked by the caller. */

const without = <T>(values: readonly T[], axes: readonly number[]): T[] => values.filter((_, axis) => !axes.includes(axis));

const selectView: View<AxisParams & { readonly place: number }> = view({
  name: 'selectAxis',
  layout: ({ shape, strides, offset }, { axis, place }) =>
    stridedLayout(without(shape, [axis]), without(strides, [axis]), offset + place * strides[axis]),
  vjp: (g, { shape }, params) => embed(g, shape, (zeros) => selectView(zeros, params)),
  gradName: 'SelectBackward0',
});

/** The elements at one place of an axis, which is dropped. */
export function selectAxis<A extends StridedArray>(x: A, axis: number, place: number, name?: string): A {
  return selectView(x, { axis, place }, name);
}

/** Turned by 90° `k` times in the plane of two axes, from the first towards the second. */
export function turnedView<A extends StridedArray>(x: A, k: number, a: number, b: number): A {
  switch (((k % 4) + 4) % 4) {
    case 0: return x;
    case 1: return swapAxes(reverse(x, [b]), a, b);
    case 2: return reverse(x, [a, b]);
    default: return reverse(swapAxes(x, a, b), [b]);
  }
}

interface DiagonalParams {
  readonly offset: number;
  readonly axis1: number;
  readonly axis2: number;
}

const diagonal: View<DiagonalParams> = view({
  name: 'diagonalView',
  layout: ({ shape, strides, offset: start }, { offset, axis1, axis2 }) => {
    const extent = Math.max(0, offset >= 0
      ? Math.min(shape[axis1], shape[axis2] - offset) : Math.min(shape[axis1] + offset, shape[axis2]));
    const skipped = extent === 0 ? 0 : offset >= 0 ? offset * strides[axis2] : -offset * strides[axis1];
    return stridedLayout(
      [...without(shape, [axis1, axis2]), extent],
      [...without(strides, [axis1, axis2]), strides[axis1] + strides[axis2]], start + skipped);
  },
  vjp: (g, { shape }, params) => embed(g, shape, (zeros) => diagonal(zeros, params)),
  gradName: 'DiagonalBackward0',
});

/** The diagonal of two axes, `offset` places above the main one, as a new last axis. */
export function diagonalView<A extends StridedArray>(x: A, offset: number, axis1: number, axis2: number, name?: string): A {
  checkInteger(offset);
  return diagonal(x, { offset, axis1, axis2 }, name);
}

interface WindowParams extends AxisParams {
  readonly size: number;
  readonly step: number;
}

const windows = view<WindowParams>({
  name: 'slidingWindows',
  layout: ({ shape, strides, offset }, { axis, size, step }) => {
    const count = Math.floor((shape[axis] - size) / step) + 1;
    const replaced = (values: readonly number[], value: number): number[] => values.map((each, i) => (i === axis ? value : each));
    return stridedLayout([...replaced(shape, count), size], [...replaced(strides, strides[axis] * step), strides[axis]], offset);
  },
  // Windows overlap: what each place of the window got is added up.
  vjp: (g, { shape }, { axis, size, step }) => {
    const last = g.geometry.shape.length - 1;
    const count = g.geometry.shape[axis];
    let total: StridedArray | null = null;
    for (let place = 0; place < size; place++) {
      const part: StridedArray = embed(
        selectAxis(g, last, place), shape, (zeros) => sliceAxis(zeros, axis, place, count, step));
      total = total === null ? part : add(total, part);
    }
    return total ?? embed(sliceAxis(g, axis, 0, 0), shape, (zeros) => sliceAxis(zeros, axis, 0, 0));
  },
  gradName: 'UnfoldBackward0',
});

/** Windows of `size` elements, `step` apart, along an axis, the place in the window being a new last axis. */
export function slidingWindows<A extends StridedArray>(x: A, axis: number, size: number, step: number): A {
  return windows(x, { axis, size, step });
}

const parts = view<null>({
  name: 'partsView', dtype: componentType,
  layout: ({ shape, strides, offset }) => stridedLayout([...shape, 2], [...strides.map((stride) => 2 * stride), 1], 2 * offset),
  vjp: (g) => complexView(contiguous(g)),
  gradName: 'ViewAsRealBackward0',
});

/** A complex array as a real one with a last axis of the two parts. */
export function partsView<A extends StridedArray>(x: A): A {
  return parts(x, null);
}

const complexFromParts = view<null>({
  name: 'complexView', dtype: complexTypeOf,
  layout: ({ shape, strides, offset }) => {
    const last = shape.length - 1;
    return stridedLayout(shape.slice(0, last), strides.slice(0, last).map((stride) => stride / 2), offset / 2);
  },
  vjp: (g) => partsView(g),
  gradName: 'ViewAsComplexBackward0',
});

/** The other way round: a real array whose last axis holds two parts, next to each other. */
export function complexView<A extends StridedArray>(x: A): A {
  return complexFromParts(x, null);
}

interface StridedParams {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/** Where in memory each element lies, from the first place on that any takes. */
function placesOf(like: StridedArray, { shape, strides, offset }: StridedParams): StridedArray {
  let places = full(StridedArray, shape.map(() => 1), offset, int64, like.storage.device);
  shape.forEach((extent, axis) => {
    const line = rampOf(StridedArray, extent, 0, strides[axis], int64, like.storage.device);
    places = add(places, reshapeTo(line, shape.map((_, each) => (each === axis ? extent : 1))));
  });
  return places;
}

const strided: View<StridedParams> = view({
  name: 'stridedView',
  layout: (_, { shape, strides, offset }) => stridedLayout(shape, strides, offset),
  // What lies beside the array's own elements has no gradient.
  vjp: (g, from, params) => {
    const ends = [from, params].map(({ shape, strides, offset }) =>
      shape.reduce((end, extent, axis) => end + Math.max(extent - 1, 0) * strides[axis], offset) + 1);
    const memory = full(g.species, [Math.max(...ends)], 0, g.dtypeCore, g.storage.device);
    const places = placesOf(g, params);
    const sums = scatterAlong(memory, 0, reshapeTo(places, [places.geometry.size]), reshapeTo(g, [g.geometry.size]), 'torch',
      { accumulate: true });
    return strided(sums, from);
  },
});

/** Any sizes and strides over the same memory, which are checked by the caller. */
export function stridedView<A extends StridedArray>(x: A, shape: readonly number[], strides: readonly number[], offset: number): A {
  return strided(x, { shape, strides, offset }, 'AsStridedBackward0');
}
