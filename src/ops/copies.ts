import { bool, int32 } from '../core/dtype.ts';
import { checkShape, contiguousLayout } from '../core/layout.ts';
import { StridedArray } from '../core/strided.ts';
import { rampOf } from './creation.ts';
import { copyInto, emptyLike, fillInto } from './dispatch.ts';
import { indexSelect } from './indexing.ts';
import { repeatedLike } from './integers.ts';
import { broadcastTo, clone, concatenate, reshapeTo, reverse, sliceAxis, unsqueeze } from './movement.ts';
import { ge, le, where } from './pointwise/comparison.ts';
import { sum } from './reduce.ts';
import type { AxisParams } from './registry/op.ts';
import { likeFirst, structural } from './registry/op.ts';
import { run } from './registry/run.ts';
import { diagonalView, selectAxis, turnedView } from './views.ts';

/** Copies of the same elements in other places. Axes are normalised by the caller. */

type One = readonly [StridedArray];

interface FlipParams {
  readonly axes: readonly number[];
}

const flipOp = structural({
  name: 'flip', args: ['x'], moves: true, results: (operands: One, _: FlipParams) => likeFirst(operands),
  composite: ([x], { axes }) => [clone(reverse(x, axes))],
  vjp: { x: (g, _, { axes }) => flip(g, axes) },
});

/** Elements in reverse order along `axes`. */
export function flip<A extends StridedArray>(x: A, axes: readonly number[]): A {
  return run(flipOp, [x], { axes })[0];
}

interface RollParams {
  readonly shifts: readonly number[];
  readonly axes: readonly number[];
}

const rollOp = structural({
  name: 'roll', args: ['x'], moves: true, results: (operands: One, _: RollParams) => likeFirst(operands),
  composite: ([x], { shifts, axes }) => {
    if (axes.length === 0) return [reshapeTo(roll(reshapeTo(x, [x.geometry.size]), shifts, [0]), x.geometry.shape)];
    let current = x;
    axes.forEach((axis, i) => {
      const extent = current.geometry.shape[axis];
      if (extent === 0) return;
      const split = (((-shifts[i]) % extent) + extent) % extent;
      if (split === 0) return;
      current = concatenate([sliceAxis(current, axis, split, extent - split), sliceAxis(current, axis, 0, split)], axis);
    });
    return [current];
  },
  vjp: { x: (g, _, { shifts, axes }) => roll(g, shifts.map((shift) => -shift), axes) },
});

/**
 * Elements moved on by `shifts[i]` places along `axes[i]`, those that leave coming back at the other end; by the one shift through all
 * elements in order where there are no axes.
 */
export function roll<A extends StridedArray>(x: A, shifts: readonly number[], axes: readonly number[]): A {
  return run(rollOp, [x], { shifts, axes })[0];
}

interface TurnParams {
  readonly k: number;
  readonly axes: readonly [number, number];
}

const rot90Op = structural({
  name: 'rot90', args: ['x'], moves: true,
  results: ([x]: One, { k, axes: [a, b] }: TurnParams) => {
    const shape = [...x.geometry.shape];
    if (k % 2 !== 0) [shape[a], shape[b]] = [shape[b], shape[a]];
    return [{ shape, dtype: x.dtypeCore }];
  },
  composite: ([x], { k, axes: [a, b] }) => [clone(turnedView(x, k, a, b))],
  vjp: { x: (g, _, { k, axes: [a, b] }) => rot90(g, -k, a, b) },
});

/** As `turnedView`, as a copy. */
export function rot90<A extends StridedArray>(x: A, k: number, a: number, b: number): A {
  return run(rot90Op, [x], { k, axes: [a, b] })[0];
}

/** True on and below (lower) or above (upper) the diagonal that lies `offset` places above the main one. */
export function triangleMask(like: StridedArray, rows: number, columns: number, part: 'lower' | 'upper', offset: number): StridedArray {
  checkShape([rows, columns], bool);
  // Beyond the matrix every offset is the same.
  const reach = Math.max(-rows, Math.min(offset, columns));
  const number = (extent: number, start: number): StridedArray =>
    rampOf(StridedArray, extent, start, 1, int32, like.storage.device);
  const compare = part === 'lower' ? ge : le;
  return compare(unsqueeze(number(rows, reach), 1), number(columns, 0));
}

interface TriangleParams {
  readonly part: 'lower' | 'upper';
  readonly offset: number;
}

const triangleOp = structural({
  name: 'triangle', args: ['x'], moves: true, results: (operands: One, _: TriangleParams) => likeFirst(operands),
  composite: ([x], { part, offset }) => {
    const [rows, columns] = x.geometry.shape.slice(-2);
    // NumPy's vector is a view that repeats its row: the result may be far larger, and the mask with it.
    checkShape(x.geometry.shape, x.dtypeCore);
    return [where(triangleMask(x, rows, columns, part, offset), x, 0)];
  },
  vjp: { x: (g, _, { part, offset }) => triangle(g, part, offset) },
});

/** The last two axes with zeros above (lower) or below (upper) the diagonal that lies `offset` places above the main one. */
export function triangle<A extends StridedArray>(x: A, part: 'lower' | 'upper', offset: number): A {
  return run(triangleOp, [x], { part, offset }, part === 'lower' ? 'TrilBackward0' : 'TriuBackward0')[0];
}

interface TileParams {
  readonly counts: readonly number[];
}

/** The extents of an array with as many leading axes as there are counts. */
const extended = (shape: readonly number[], { counts }: TileParams): number[] =>
  [...new Array<number>(counts.length - shape.length).fill(1), ...shape];

const tileOp = structural({
  name: 'tile', args: ['x'], moves: true,
  results: ([x]: One, params: TileParams) =>
    [{ shape: extended(x.geometry.shape, params).map((extent, axis) => params.counts[axis] * extent), dtype: x.dtypeCore }],
  composite: ([x], params) => {
    const { counts } = params;
    const shape = extended(x.geometry.shape, params);
    const apart = reshapeTo(x, shape.flatMap((extent) => [1, extent]));
    const repeated = broadcastTo(apart, shape.flatMap((extent, axis) => [counts[axis], extent]));
    return [reshapeTo(clone(repeated), shape.map((extent, axis) => counts[axis] * extent))];
  },
  // The tape sums new axes away.
  vjp: {
    x: (g, { shapes: [own] }, params) => {
      const shape = extended(own, params);
      return sum(reshapeTo(g, shape.flatMap((extent, axis) => [params.counts[axis], extent])), shape.map((_, axis) => 2 * axis));
    },
  },
  gradName: 'RepeatBackward0',
});

/** The array repeated `counts[axis]` times along each axis; counts beyond its own axes are of new leading ones. */
export function tile<A extends StridedArray>(x: A, counts: readonly number[]): A {
  return run(tileOp, [x], { counts })[0];
}

/** Each element of an axis several times in a row: as often each, or each its own number of times. */
export function repeatEach<A extends StridedArray>(x: A, counts: number | readonly number[], axis: number): A {
  const { shape } = x.geometry;
  if (typeof counts !== 'number') {
    return indexSelect(x, axis, repeatedLike(x, counts));
  }
  const repeated = shape.map((extent, i) => (i === axis ? extent * counts : extent));
  checkShape(repeated, x.dtypeCore);
  return reshapeTo(clone(broadcastTo(unsqueeze(x, axis + 1), [...shape.slice(0, axis + 1), counts, ...shape.slice(axis + 1)])), repeated);
}

interface DiagonalParams {
  readonly offset: number;
  readonly axis1: number;
  readonly axis2: number;
}

function diagonalShape({ geometry: { shape } }: StridedArray, { offset, axis1, axis2 }: DiagonalParams): number[] {
  const extent = shape[shape.length - 1] + Math.abs(offset);
  const full = shape.slice(0, -1);
  for (const axis of [axis1, axis2].sort((a, b) => a - b)) full.splice(axis, 0, extent);
  return full;
}

const diagonalMatrixOp = structural({
  name: 'diagonalMatrix', args: ['x'], moves: true,
  results: ([x]: One, params: DiagonalParams) => [{ shape: diagonalShape(x, params), dtype: x.dtypeCore }],
  composite: ([x], params) => {
    const out = emptyLike(x, contiguousLayout(diagonalShape(x, params)));
    fillInto(out, 0);
    copyInto(x, diagonalView(out, params.offset, params.axis1, params.axis2));
    return [out];
  },
  vjp: { x: (g, _, { offset, axis1, axis2 }) => diagonalView(g, offset, axis1, axis2) },
  gradName: 'DiagEmbedBackward0',
});

/** The last axis on the diagonal of two new axes at `axis1` and `axis2`, zeros elsewhere. */
export function diagonalMatrix<A extends StridedArray>(x: A, offset: number, axis1: number, axis2: number): A {
  return run(diagonalMatrixOp, [x], { offset, axis1, axis2 })[0];
}

const stackOp = structural({
  name: 'stack', args: ['arrays'], moves: true,
  results: (arrays: readonly StridedArray[], { axis }: AxisParams) => {
    const { geometry: { shape }, dtypeCore } = arrays[0];
    return [{ shape: [...shape.slice(0, axis), arrays.length, ...shape.slice(axis)], dtype: dtypeCore }];
  },
  composite: (arrays, { axis }) => [concatenate(arrays.map((array) => unsqueeze(array, axis)), axis)],
  vjp: ([g], _, { axis }, wanted) => wanted.map((each, place) => (each ? selectAxis(g!, axis, place) : null)),
});

/** Arrays of one shape and dtype along a new axis. */
export function stack<A extends StridedArray>(arrays: readonly A[], axis: number): A {
  return run(stackOp, arrays, { axis })[0];
}
