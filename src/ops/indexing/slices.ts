import { withGradMode } from '../../autograd/mode.ts';
import { checkInPlace, isRecorded, record } from '../../autograd/tape.ts';
import type { Scalar } from '../../core/complex.ts';
import type { IndexPlan } from '../../core/indexing/index.ts';
import { broadcastLayout, contiguousLayout, sizeOf } from '../../core/layout.ts';
import { StridedArray, viewOf, writesOf } from '../../core/strided.ts';
import { zerosLike } from '../creation.ts';
import { clone, reshapeTo } from '../movement.ts';
import { mul } from '../pointwise/arithmetic.ts';
import { allAxes, sum } from '../reduce.ts';
import { register } from '../registry/op.ts';
import { independent, write, zeroed } from './assign.ts';
import { axisPlan } from './prepare.ts';
import { takeRows } from './read.ts';
import { axisRows } from './rows.ts';

/** Slices of one axis, which an index numbers, overwritten, added to or filled: torch.index_copy, index_add and index_fill. */

for (const name of ['indexCopy', 'indexAdd', 'indexFill']) register({ name, differentiable: 1 });

type Refuse = (index: number | bigint, extent: number) => Error;

/** Where slices lie: an array without axes counts as a vector of one element, whose shape is then `whole`. */
interface Place {
  readonly whole: readonly number[];
  readonly plan: IndexPlan;
}

interface SavedRows {
  readonly rows: StridedArray;
}

function slicesOf(x: StridedArray, axis: number, index: StridedArray, refuse: Refuse, wrap: boolean): Place & SavedRows {
  const whole = x.geometry.shape.length === 0 ? [1] : x.geometry.shape;
  const numbers = axisRows(index, whole[axis], (value) => refuse(value, whole[axis]), wrap, x.storage.device);
  const plan = axisPlan(whole, axis, index.geometry.shape);
  return { whole, plan, rows: viewOf(numbers, contiguousLayout(plan.indexShape)) };
}

/** The array itself, or a copy, with the source in the slices. */
function written<A extends StridedArray>(
  x: A, { whole, plan, rows }: Place & SavedRows, source: StridedArray | Scalar, accumulate: boolean, inPlace: boolean,
): A {
  if (inPlace) checkInPlace(x);
  const out = inPlace ? x : withGradMode(false, () => clone(x));
  const value = source instanceof StridedArray
    ? independent(viewOf(source, broadcastLayout(source.geometry, plan.shape)), out) : source;
  const target = withGradMode(false, () => reshapeTo(out, whole));
  if (sizeOf(plan.shape) > 0) write(target, plan, rows, value, accumulate);
  writesOf(out).version++;
  if (!isRecorded([x, source])) rows.storage.free();
  return out;
}

/** The gradient of what the slices held before: 0 there. */
const kept = (g: StridedArray, { whole, plan }: Place, { rows }: SavedRows): StridedArray =>
  reshapeTo(zeroed(reshapeTo(g, whole), plan, rows), g.geometry.shape);

/** The gradient of what was written. */
const taken = (g: StridedArray, { whole, plan }: Place, { rows }: SavedRows, shape: readonly number[]): StridedArray =>
  reshapeTo(takeRows(reshapeTo(g, whole), plan, rows, 'IndexSelectBackward0'), shape);

/** x with slices of a source in place of those that the index numbers. */
export function indexCopy<A extends StridedArray>(
  x: A, axis: number, index: StridedArray, source: A, refuse: Refuse, inPlace = false,
): A {
  const { rows, ...place } = slicesOf(x, axis, index, refuse, false);
  const { shape } = source.geometry;
  const out = written(x, { rows, ...place }, source, false, inPlace);
  return record(out, 'IndexCopyBackward0', [x, source], [
    (g: StridedArray, saved: SavedRows) => kept(g, place, saved),
    (g: StridedArray, saved: SavedRows) => taken(g, place, saved, shape),
  ], { rows });
}

/** x with slices of a source added to those that the index numbers, as often as it does. */
export function indexAdd<A extends StridedArray>(
  x: A, axis: number, index: StridedArray, source: A, refuse: Refuse, inPlace = false,
): A {
  const { rows, ...place } = slicesOf(x, axis, index, refuse, false);
  const { shape } = source.geometry;
  const out = written(x, { rows, ...place }, source, true, inPlace);
  return record(out, 'IndexAddBackward0', [x, source], [
    (g) => g,
    (g: StridedArray, saved: SavedRows) => taken(g, place, saved, shape),
  ], { rows });
}

/** x with one value, a number or an array without axes, in the slices that the index numbers, negative ones from the end. */
export function indexFill<A extends StridedArray>(
  x: A, axis: number, index: StridedArray, value: A | Scalar, refuse: Refuse, inPlace = false,
): A {
  const { rows, ...place } = slicesOf(x, axis, index, refuse, true);
  const out = written(x, { rows, ...place }, value, false, inPlace);
  return record(out, value instanceof StridedArray ? 'IndexFillBackward1' : 'IndexFillBackward0', [x, value], [
    (g: StridedArray, saved: SavedRows) => kept(g, place, saved),
    (g: StridedArray, saved: SavedRows) => {
      // A place that the index names twice still counts once.
      const hits = zerosLike(reshapeTo(g, place.whole));
      write(hits, place.plan, saved.rows, 1, false);
      return sum(mul(g, reshapeTo(hits, g.geometry.shape)), allAxes(g));
    },
  ], { rows });
}
