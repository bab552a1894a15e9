import { record, setViewAlgebra } from '../autograd/tape.ts';
import { backendOf } from '../backend/select.ts';
import type { Layout } from '../core/layout.ts';
import { stridedLayout } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { viewOf } from '../core/strided.ts';
import { copyInto, emptyLike } from './dispatch.ts';

/** How gradients move between an array and a view of it, for in-place writes through either. Both rules can be differentiated. */

/** A copy of `array`, which has the base's shape, that lies in memory as the base does. */
function laidOut(array: StridedArray, base: Layout): StridedArray {
  const out = emptyLike(array, { ...base, offset: 0 });
  copyInto(array, out);
  return out;
}

/** The view's place in such a copy. */
function placed(copy: StridedArray, base: Layout, view: Layout): StridedArray {
  return viewOf(copy, stridedLayout(view.shape, view.strides, view.offset - base.offset));
}

/** What `array` has where the view is. */
export function take(array: StridedArray, base: Layout, view: Layout): StridedArray {
  return record(placed(laidOut(array, base), base, view), 'AsStridedBackward0', [array], [(g) => put(g, base, view)]);
}

/** `part` where the view is, 0 elsewhere. */
export function put(part: StridedArray, base: Layout, view: Layout): StridedArray {
  const out = emptyLike(part, { ...base, offset: 0 });
  backendOf(out.storage.device).fill(out, 0);
  copyInto(part, placed(out, base, view));
  return record(out, 'AsStridedScatterBackward0', [part], [(g) => take(g, base, view)]);
}

/** `array` with `part`, or zeros, where the view is. */
export function replace(array: StridedArray, part: StridedArray | null, base: Layout, view: Layout): StridedArray {
  const out = laidOut(array, base);
  if (part === null) backendOf(out.storage.device).fill(placed(out, base, view), 0);
  else copyInto(part, placed(out, base, view));
  return record(out, 'CopySlices', [array, part], [(g) => replace(g, null, base, view), (g) => take(g, base, view)]);
}

setViewAlgebra({ take, put, replace });
