import { ValueError } from '../errors.ts';
import type { Layout } from '../layout.ts';
import { stridedLayout } from '../layout.ts';
import type { Dialect, SliceItem } from './items.ts';

/** The basic part of an index: which elements of each axis stay, in terms that fit any layout of the indexed shape. */
export interface BasicView {
  readonly shape: readonly number[];
  /** Per axis of the result the axis that it comes from, -1 for a new one. */
  readonly sources: readonly number[];
  /** Per axis of the result how many elements of its source one step is. */
  readonly steps: readonly number[];
  /** Per axis of the indexed array its first element that stays. */
  readonly starts: readonly number[];
  /** Whether every element stays where it was. */
  readonly identity: boolean;
}

export function viewLayout(layout: Layout, view: BasicView): Layout {
  if (view.identity) return layout;
  let { offset } = layout;
  for (let axis = 0; axis < view.starts.length; axis++) offset += view.starts[axis] * layout.strides[axis];
  const strides = view.sources.map((source, axis) => (source < 0 ? 0 : layout.strides[source] * view.steps[axis]));
  return stridedLayout(view.shape, strides, offset);
}

export interface Range {
  readonly start: number;
  readonly count: number;
  readonly step: number;
}

/** Which elements a slice takes of an axis, as Python counts them. */
export function sliceRange(item: SliceItem, extent: number, dialect: Dialect): Range {
  const step = item.step ?? 1;
  if (step === 0) throw new ValueError('slice step cannot be zero');
  if (step < 0 && dialect === 'torch') throw new ValueError('step must be greater than zero');
  const [low, high] = step > 0 ? [0, extent] : [-1, extent - 1];
  const place = (bound: number): number => Math.min(Math.max(bound < 0 ? bound + extent : bound, low), high);
  const start = item.start === null ? (step > 0 ? 0 : extent - 1) : place(item.start);
  const stop = item.stop === null ? (step > 0 ? extent : -1) : place(item.stop);
  const count = Math.max(Math.ceil((stop - start) / step), 0);
  // An empty range must not move the offset out of the storage, nor a lone element leave a huge stride.
  return { start: count === 0 ? 0 : start, count, step: count > 1 ? step : 1 };
}
