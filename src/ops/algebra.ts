import { provideAlgebra } from '../autograd/algebra.ts';
import { withGradMode } from '../autograd/mode.ts';
import { record } from '../autograd/tape.ts';
import { backendOf } from '../backend/select.ts';
import type { Layout } from '../core/layout.ts';
import { layoutAt, stridedLayout } from '../core/layout.ts';
import type { Storage } from '../core/storage.ts';
import { trackAllocations } from '../core/storage.ts';
import type { StridedArray } from '../core/strided.ts';
import { viewOf } from '../core/strided.ts';
import { castGradient } from './cast.ts';
import { copyInto, emptyLike } from './dispatch.ts';
import { clone } from './movement.ts';
import { add } from './pointwise/arithmetic.ts';
import { sumTo } from './reduce.ts';

/** What the tape asks of the ops: the arithmetic on gradients that is its own. All of it can be differentiated. */

/** A copy of `array`, which has the base's shape, that lies in memory as the base does. */
function laidOut(array: StridedArray, base: Layout): StridedArray {
  const out = emptyLike(array, layoutAt(base, 0));
  copyInto(array, out);
  return out;
}

/** The view's place in such a copy. */
function placed(copy: StridedArray, base: Layout, view: Layout): StridedArray {
  return viewOf(copy, stridedLayout(view.shape, view.strides, view.offset - base.offset));
}

function take(array: StridedArray, base: Layout, view: Layout): StridedArray {
  return record(placed(laidOut(array, base), base, view), 'AsStridedBackward0', [array], [(g) => put(g, base, view)]);
}

function put(part: StridedArray, base: Layout, view: Layout): StridedArray {
  const out = emptyLike(part, layoutAt(base, 0));
  backendOf(out.storage.device).fill(out, 0);
  copyInto(part, placed(out, base, view));
  return record(out, 'AsStridedScatterBackward0', [part], [(g) => take(g, base, view)]);
}

function replace(array: StridedArray, part: StridedArray | null, base: Layout, view: Layout): StridedArray {
  const out = laidOut(array, base);
  if (part === null) backendOf(out.storage.device).fill(placed(out, base, view), 0);
  else copyInto(part, placed(out, base, view));
  return record(out, 'CopySlices', [array, part], [(g) => replace(g, null, base, view), (g) => take(g, base, view)]);
}

provideAlgebra({
  add: (a, b) => add(a, b),
  addInto: (target, b) => void withGradMode(false, () => add(target, b, target)),
  sumTo,
  cast: castGradient,
  clone: (array) => withGradMode(false, () => clone(array)),
  track: (body) => {
    const allocated = new Set<Storage>();
    const result = trackAllocations((storage) => allocated.add(storage), body);
    return { result, allocated };
  },
  take, put, replace,
});
