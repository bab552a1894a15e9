import { int64 } from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { full } from './creation.ts';
import { fillInto } from './dispatch.ts';
import { elementAt, isDeferred } from './host.ts';
import { indexSelect, scatterAlong } from './indexing.ts';
import { scatterInto } from './indexing/kernels.ts';
import { reshapeTo, sliceAxis, unsqueeze } from './movement.ts';
import { mul } from './pointwise/arithmetic.ts';
import { allAxes, extreme } from './reduce.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Integers as rows of a table, and as vectors with a single 1. */

interface TableParams {
  /** The row that has no gradient, or null. */
  readonly padding: number | null;
}

type Pair = readonly [StridedArray, StridedArray];

const embeddingOp = structural({
  name: 'embedding', args: ['weight', 'indices'], apart: ['indices'], moves: true,
  results: ([weight, indices]: Pair, _: TableParams) =>
    [{ shape: [...indices.geometry.shape, ...weight.geometry.shape.slice(1)], dtype: weight.dtypeCore }],
  composite: ([weight, indices]) => {
    const rows = indexSelect(weight, 0, reshapeTo(indices, [indices.geometry.size]));
    return [reshapeTo(rows, [...indices.geometry.shape, ...weight.geometry.shape.slice(1)])];
  },
  saves: ['indices'],
  vjp: {
    weight: (g, { indices, shapes: [shape] }, { padding }) => run(gradientOp, [g, indices], { shape, padding })[0],
    indices: null,
  },
});

/** One row of the table for each index. */
export function embedding<A extends StridedArray>(weight: A, indices: StridedArray, padding: number | null): A {
  return run(embeddingOp, [weight, indices] as A[], { padding })[0];
}

interface GradientParams extends TableParams {
  readonly shape: readonly number[];
}

/** Rows of a table, that of padding replaced by zeros. */
function withoutPadding(rows: StridedArray, { shape, padding }: GradientParams): StridedArray {
  if (padding === null) return rows;
  const mask = full(rows.species, [shape[0], ...shape.slice(1).map(() => 1)], 1, rows.dtypeCore, rows.storage.device);
  fillInto(sliceAxis(mask, 0, padding, 1), 0);
  return mul(rows, mask);
}

const gradientOp = structural({
  name: 'embeddingGradient', args: ['g', 'indices'], apart: ['indices'], moves: true,
  results: ([g]: Pair, { shape }: GradientParams) => [{ shape, dtype: g.dtypeCore }],
  // Rows added up where they came from.
  composite: ([g, indices], { shape, padding }) => {
    const out = full(g.species, shape, 0, g.dtypeCore, g.storage.device);
    scatterInto(out, cast(indices, int64), g, true);
    if (padding !== null) fillInto(sliceAxis(out, 0, padding, 1), 0);
    return [out];
  },
  saves: ['indices'],
  vjp: { g: (gg, { indices }, params) => embedding(withoutPadding(gg, params), indices, null), indices: null },
  gradName: 'EmbeddingDenseBackward0',
});

/**
 * 1 at each index and 0 elsewhere, along a new last axis of `count` classes, or as many as the largest index asks for. Where the count is
 * given, a device that cannot be read at once checks the indices as it scatters.
 */
export function oneHot<A extends StridedArray>(
  indices: A, count: number | null, refuse: (what: 'negative' | 'large' | 'empty') => Error,
): A {
  const { shape, size } = indices.geometry;
  const bound = (kind: 'min' | 'max'): number => {
    const found = extreme(kind, indices, allAxes(indices));
    return elementAt(found, found.geometry.offset) as number;
  };
  if (size === 0) {
    if (!count) throw refuse('empty');
  } else if (count === null || !isDeferred(indices)) {
    if (bound('min') < 0) throw refuse('negative');
    if (count !== null && bound('max') >= count) throw refuse('large');
  }
  const zeros = full(indices.species, [...shape, count ?? bound('max') + 1], 0, indices.dtypeCore, indices.storage.device) as A;
  return size === 0 ? zeros : scatterAlong(zeros, shape.length, unsqueeze(indices, shape.length), 1, 'torch', { inPlace: true });
}

