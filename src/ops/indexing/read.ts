import { isRecorded, record, recordView } from '../../autograd/tape.ts';
import { backendOf } from '../../backend/select.ts';
import type { Dialect, IndexPlan } from '../../core/indexing/index.ts';
import { viewLayout } from '../../core/indexing/index.ts';
import type { StridedArray } from '../../core/strided.ts';
import { viewOf } from '../../core/strided.ts';
import { clone, embed } from '../movement.ts';
import { register } from '../registry/op.ts';
import { emptyRowsFirst, gatherRows, scatterRows } from './access.ts';
import type { Prepared } from './prepare.ts';
import { prepareIndex } from './prepare.ts';

interface SavedRows {
  readonly rows: StridedArray;
}

register({ name: 'index', differentiable: 1 });

/** The basic part of an index: a view. */
export function basicView<A extends StridedArray>(x: A, plan: IndexPlan): A {
  const { shape } = x.geometry;
  return recordView(viewOf(x, viewLayout(x.geometry, plan.view)), plan.viewName, x,
    (g) => embed(g, shape, (zeros) => basicView(zeros, plan)));
}

/** The advanced part: the rows of a view that `rows` numbers. Where a row is taken twice, its gradients add up. */
export function takeRows<A extends StridedArray>(
  view: A, plan: IndexPlan, rows: StridedArray, name = 'IndexBackward0',
): A {
  const { shape } = view.geometry;
  return record(gatherRows(view, plan, rows), name, [view],
    [(g: StridedArray, saved: SavedRows) => addRows(g, shape, plan, saved.rows)], { rows });
}

/** Zeros of `shape` with `g` added to the elements that the index names. */
function addRows<A extends StridedArray>(g: A, shape: readonly number[], plan: IndexPlan, rows: StridedArray): A {
  const out = emptyRowsFirst(g, shape, plan);
  backendOf(g.storage.device).fill(out, 0);
  scatterRows(out, plan, rows, g, true);
  return record(out, 'IndexPutBackward0', [g],
    [(gg: StridedArray, saved: SavedRows) => takeRows(gg, plan, saved.rows)], { rows });
}

/** Reads through a prepared index; `name` is that of the advanced part on the tape. */
export function readPrepared<A extends StridedArray>(x: A, prepared: Prepared, name?: string): A {
  const { plan } = prepared;
  const rows = prepared.rows();
  if (rows === null) {
    const view = basicView(x, plan);
    return plan.copies ? clone(view) : view;
  }
  const out = takeRows(plan.view.identity ? x : basicView(x, plan), plan, rows, name);
  if (!isRecorded([x])) rows.storage.free();
  return out;
}

/**
 * `x[...]` for reading: integers, slices, new axes and the ellipsis give a view, index arrays and masks a copy. `items`
 * are the index's parts as the façades take them.
 */
export function index<A extends StridedArray>(x: A, items: readonly unknown[], dialect: Dialect): A {
  return readPrepared(x, prepareIndex(x, items, dialect));
}
