import { backendOf } from '../../backend/select.ts';
import type { IndexPlan } from '../../core/indexing/index.ts';
import { elementOffsets, numbersOf, spreadPositions } from '../../core/indexing/index.ts';
import type { Layout } from '../../core/layout.ts';
import {
  broadcastLayout, contiguousLayout, contiguousStrides, reshapedStrides, sizeOf, stridedLayout,
} from '../../core/layout.ts';
import { StridedArray, viewOf } from '../../core/strided.ts';
import { emptyLike } from '../dispatch.ts';
import { gatherInto, scatterInto } from './kernels.ts';
import { deferredOf, hostIndices, uploadPositions } from './rows.ts';

/**
 * How the advanced part of an index reaches its elements. The indexed axes of a view count as one axis of rows, and
 * row numbers say which rows are meant; where strides do not allow that, every element is found by its place in the
 * storage.
 */

function pick<T>(values: readonly T[], axes: readonly number[]): T[] {
  return axes.map((axis) => values[axis]);
}

export function indexedAxes(plan: IndexPlan): number[] {
  return plan.columns.flatMap(({ axis, extents }) => extents.map((_, i) => axis + i));
}

/** A layout of the result's shape with the columns' axes moved to the front. */
export function columnsFirst(layout: Layout, plan: IndexPlan): Layout {
  const { position } = plan;
  if (position === 0) return layout;
  const end = position + plan.indexShape.length;
  const axes = layout.shape.map((_, axis) => axis);
  const order = [...axes.slice(position, end), ...axes.slice(0, position), ...axes.slice(end)];
  return stridedLayout(pick(layout.shape, order), pick(layout.strides, order), layout.offset);
}

/** A layout as (rows, ...row), or null where the indexed axes do not merge into one. */
function rowsLayout(layout: Layout, plan: IndexPlan): Layout | null {
  const axes = indexedAxes(plan);
  const extents = pick(layout.shape, axes);
  const n = sizeOf(extents);
  const strides = axes.length === 1
    ? [layout.strides[axes[0]]]
    : reshapedStrides(stridedLayout(extents, pick(layout.strides, axes), 0), [n]);
  if (strides === null) return null;
  const { rowAxes } = plan;
  return stridedLayout(
    [n, ...pick(layout.shape, rowAxes)], [strides[0], ...pick(layout.strides, rowAxes)], layout.offset);
}

/** The storage as one axis, and the place of the layout's first element on it. */
export function flatView(array: StridedArray): { readonly flat: StridedArray; readonly start: number } {
  const [low, high] = array.geometry.range;
  return {
    flat: new StridedArray(array.storage, array.dtypeCore, stridedLayout([high - low + 1], [1], low)),
    start: array.geometry.offset - low,
  };
}

/** Positions in the flat view of every element that the rows hold, over (...indexShape, ...row). */
function uploadElements(view: StridedArray, plan: IndexPlan, rows: StridedArray, start: number): StridedArray {
  const { shape, strides } = view.geometry;
  const axes = indexedAxes(plan);
  const row = pick(shape, plan.rowAxes);
  const positions = spreadPositions(
    numbersOf(hostIndices(rows)), start, pick(shape, axes), pick(strides, axes),
    elementOffsets(row, pick(strides, plan.rowAxes)));
  return uploadPositions(positions, [...plan.indexShape, ...row], view.storage.device);
}

/** Calls `run` with a target of (n, ...row) and the positions along its first axis. */
function reach(
  view: StridedArray, plan: IndexPlan, rows: StridedArray, run: (target: StridedArray, positions: StridedArray) => void,
): void {
  const layout = rowsLayout(view.geometry, plan);
  if (layout !== null) {
    run(new StridedArray(view.storage, view.dtypeCore, layout), rows);
    return;
  }
  const { flat, start } = flatView(view);
  const elements = uploadElements(view, plan, rows, start);
  try {
    run(flat, elements);
  } finally {
    elements.storage.free();
  }
}

/** A contiguous copy with the indexed axes first, shown in the view's own order of axes. */
function copyRowsFirst(view: StridedArray, plan: IndexPlan): StridedArray {
  const copy = emptyRowsFirst(view, view.geometry.shape, plan);
  backendOf(view.storage.device).cast(view, copy);
  return copy;
}

/** An uninitialised array of `shape` whose indexed axes lie outermost in memory, so that they merge into rows. */
export function emptyRowsFirst<A extends StridedArray>(like: A, shape: readonly number[], plan: IndexPlan): A {
  const order = [...indexedAxes(plan), ...plan.rowAxes];
  const dense = contiguousStrides(pick(shape, order));
  const strides = new Array<number>(order.length);
  order.forEach((axis, i) => {
    strides[axis] = dense[i];
  });
  return emptyLike(like, stridedLayout(shape, strides, 0));
}

/** The elements that the plan's columns name, in a fresh contiguous array. */
export function gatherRows<A extends StridedArray>(view: A, plan: IndexPlan, rows: StridedArray): A {
  const out = emptyLike(view, contiguousLayout(plan.shape));
  if (out.geometry.size === 0) return out;
  const target = new StridedArray(out.storage, out.dtypeCore, columnsFirst(out.geometry, plan));
  // A copy of the whole costs no more than finding so many elements one by one, for which the rows would have to be read.
  const copied = rowsLayout(view.geometry, plan) === null
    && (view.geometry.size <= out.geometry.size || deferredOf(rows) !== null);
  const source = copied ? copyRowsFirst(view, plan) : view;
  reach(source, plan, rows, (input, positions) => gatherInto(input, positions, target));
  if (copied) source.storage.free();
  return out;
}

/** Writes values of the result's shape to the elements that the columns name; with `accumulate` adds them. */
export function scatterRows(
  view: StridedArray, plan: IndexPlan, rows: StridedArray, values: StridedArray, accumulate: boolean,
): void {
  if (sizeOf(plan.shape) === 0) return;
  const backend = backendOf(view.storage.device);
  const layout = columnsFirst(broadcastLayout(values.geometry, plan.shape), plan);
  const source = viewOf(values, layout);
  if (deferredOf(rows) !== null && rowsLayout(view.geometry, plan) === null) {
    const copy = copyRowsFirst(view, plan);
    reach(copy, plan, rows, (target, positions) => scatterInto(target, positions, source, accumulate));
    backend.cast(copy, view);
    copy.storage.free();
    return;
  }
  reach(view, plan, rows, (target, positions) => scatterInto(target, positions, source, accumulate));
}
