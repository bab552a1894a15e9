import { int64 } from '../../core/dtype.ts';
import { sizeOf } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { vectorOf, zerosLike } from '../creation.ts';
import { gatherAlong, scatterAlong } from '../indexing.ts';
import { broadcastTo, concatenate, detach, reshapeTo, unsqueeze } from '../movement.ts';
import { hardtanh } from '../pointwise/activation.ts';
import { add, fmod, mul, neg, remainder, sub } from '../pointwise/arithmetic.ts';
import { eq, ge, isfinite, logicalAnd, lt, where } from '../pointwise/comparison.ts';
import { floor, rint } from '../pointwise/elementary.ts';
import { floats } from '../pointwise/row.ts';
import { structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import { selectAxis } from '../views.ts';

/**
 * Arrays read at coordinates: (N, C, ...size) at a grid (N, ...places, axes), whose last axis counts the array's axes from the last one
 * and goes from −1 to 1.
 */

export interface SamplingParams {
  readonly mode: 'bilinear' | 'nearest' | 'bicubic';
  readonly padding: 'zeros' | 'border' | 'reflection';
  /** Whether −1 and 1 are the middles of the outermost elements rather than their outer edges. */
  readonly alignCorners: boolean;
}

type Pair = readonly [StridedArray, StridedArray];

/** Coordinates from −1 to 1 as places on an axis. */
function placesOf(grid: StridedArray, extent: number, { alignCorners }: SamplingParams): StridedArray {
  const moved = add(grid, 1);
  return alignCorners ? mul(mul(moved, 0.5), extent - 1) : mul(sub(mul(moved, extent), 1), 0.5);
}

/** Places reflected at `low` / 2 and `high` / 2 until they are between. */
function reflected(places: StridedArray, low: number, high: number): StridedArray {
  if (low === high) return mul(places, 0);
  const [start, span] = [low / 2, (high - low) / 2];
  const moved = sub(places, start);
  const distance = where(lt(moved, 0), neg(moved), moved);
  const rest = fmod(distance, span);
  const flips = rint(mul(sub(detach(distance), detach(rest)), 1 / span));
  const isEven = eq(remainder(flips, 2), 0);
  return where(isEven, add(rest, start), add(neg(rest), span + start)) as StridedArray;
}

/** Places brought into an axis, as the padding says. */
function within(places: StridedArray, extent: number, { padding, alignCorners }: SamplingParams): StridedArray {
  if (padding === 'zeros') return places;
  const inside = padding === 'border' ? places
    : alignCorners ? reflected(places, 0, 2 * (extent - 1)) : reflected(places, -1, 2 * extent - 1);
  return hardtanh(inside, 0, extent - 1) as StridedArray;
}

/** What whole places along one axis read: their numbers, with 0 for those beyond it, and which ones are not. */
interface Reading {
  readonly numbers: StridedArray;
  readonly inside: StridedArray;
}

function readingOf(whole: StridedArray, extent: number): Reading {
  const inside = logicalAnd(logicalAnd(isfinite(whole), ge(whole, 0)), lt(whole, extent));
  return { inside, numbers: cast(where(inside, whole, 0) as StridedArray, int64) };
}

/** Where in a row of all its elements an array is read, from the places along its axes, and which of these are in it. */
function joined(readings: readonly Reading[], size: readonly number[]): Reading {
  return readings.slice(1).reduce((all, { numbers, inside }, i) =>
    ({ numbers: add(mul(all.numbers, size[i + 1]), numbers), inside: logicalAnd(all.inside, inside) }), readings[0]);
}

const besideChannels = (x: StridedArray, channels: number): StridedArray => {
  const { shape: [batch, count] } = x.geometry;
  return broadcastTo(unsqueeze(x, 1), [batch, channels, count]);
};

/** The places on each of the array's axes, (N, all) each. */
function coordinates([x, grid]: Pair, params: SamplingParams): StridedArray[] {
  const size = x.geometry.shape.slice(2);
  const { shape } = grid.geometry;
  const flat = reshapeTo(grid, [shape[0], sizeOf(shape.slice(1, -1)), size.length]);
  return size.map((extent, axis) => placesOf(selectAxis(flat, 2, size.length - 1 - axis), extent, params));
}

const sampledShape = ([x, grid]: Pair): number[] => [...x.geometry.shape.slice(0, 2), ...grid.geometry.shape.slice(1, -1)];

const flatElements = (x: StridedArray): StridedArray => {
  const { shape } = x.geometry;
  return reshapeTo(x, [shape[0], shape[1], sizeOf(shape.slice(2))]);
};

/** What one axis of a place is read at: the whole places, and their weights. */
interface Neighbour {
  readonly whole: StridedArray;
  readonly weight: StridedArray;
}

/** The two whole places around. */
function linearNeighbours(places: StridedArray): Neighbour[] {
  const lower = floor(detach(places));
  const upper = add(lower, 1);
  return [{ whole: lower, weight: sub(upper, places) }, { whole: upper, weight: sub(places, lower) }];
}

/** The convolution of Keys: weights of the four whole places around, by the distance from the second. */
const sharpness = -0.75;
const near = (t: StridedArray): StridedArray =>
  add(mul(mul(sub(mul(t, sharpness + 2), sharpness + 3), t), t), 1);
const far = (t: StridedArray): StridedArray =>
  sub(mul(add(mul(sub(mul(t, sharpness), 5 * sharpness), t), 8 * sharpness), t), 4 * sharpness);

function cubicNeighbours(places: StridedArray, extent: number, params: SamplingParams): Neighbour[] {
  const lower = floor(detach(places));
  const t = sub(places, lower);
  const back = add(neg(t), 1);
  return [far(add(t, 1)), near(t), near(back), far(add(back, 1))]
    .map((weight, i) => ({ whole: rint(within(add(lower, i - 1), extent, params)), weight }));
}

/** One neighbour on each axis, in all combinations. */
function* combinations(axes: readonly (readonly Neighbour[])[]): Generator<Neighbour[]> {
  if (axes.length === 0) {
    yield [];
    return;
  }
  for (const first of axes[0]) for (const rest of combinations(axes.slice(1))) yield [first, ...rest];
}

const sampleOp = structural({
  name: 'gridSample', args: ['x', 'grid'], dtypes: floats,
  results: (operands: Pair, _: SamplingParams) => [{ shape: sampledShape(operands), dtype: operands[0].dtypeCore }],
  composite: (operands, params) => {
    const [x] = operands;
    const size = x.geometry.shape.slice(2);
    const flat = flatElements(x);
    const neighbours = coordinates(operands, params).map((places, axis) => (params.mode === 'bicubic'
      ? cubicNeighbours(places, size[axis], params) : linearNeighbours(within(places, size[axis], params))));
    let total: StridedArray | null = null;
    for (const chosen of combinations(neighbours)) {
      const { numbers, inside } = joined(chosen.map(({ whole }, axis) => readingOf(whole, size[axis])), size);
      const weight = chosen.slice(1).reduce((all, each) => mul(all, each.weight), chosen[0].weight);
      const read = gatherAlong(flat, 2, besideChannels(numbers, x.geometry.shape[1]), 'torch');
      const part = mul(read, unsqueeze(where(inside, weight, 0) as StridedArray, 1));
      total = total === null ? part : add(total, part);
    }
    return [reshapeTo(total!, sampledShape(operands))];
  },
  vjp: 'composite', gradName: 'GridSampler2DBackward0',
});

/** The element nearest to each place. */
function nearestReading(operands: Pair, params: SamplingParams): Reading {
  const [{ geometry: { shape } }] = operands;
  const size = shape.slice(2);
  const readings = coordinates(operands, params).map((places, axis) => readingOf(rint(within(places, size[axis], params)), size[axis]));
  const { numbers, inside } = joined(readings, size);
  return { numbers: besideChannels(numbers, shape[1]), inside: unsqueeze(inside, 1) };
}

const nearestOp = structural({
  name: 'gridSampleNearest', args: ['x', 'grid'], dtypes: floats,
  results: (operands: Pair, _: SamplingParams) => [{ shape: sampledShape(operands), dtype: operands[0].dtypeCore }],
  composite: (operands, params) => {
    const { numbers, inside } = nearestReading(operands, params);
    const read = gatherAlong(flatElements(operands[0]), 2, numbers, 'torch');
    return [reshapeTo(where(inside, read, 0) as StridedArray, sampledShape(operands))];
  },
  saves: ['x', 'grid'],
  vjp: ([g], { x, grid }, params, [wantsInput, wantsGrid]) => {
    const [at, constant] = [detach(x), detach(grid)];
    const { numbers, inside } = nearestReading([at, constant], params);
    const spread = (): StridedArray => {
      const kept = where(inside, reshapeTo(g!, numbers.geometry.shape), 0) as StridedArray;
      return reshapeTo(scatterAlong(flatElements(zerosLike(at)), 2, numbers, kept, 'torch', { accumulate: true }), x.geometry.shape);
    };
    return [wantsInput ? spread() : null, wantsGrid ? zerosLike(constant) : null];
  },
  gradName: 'GridSampler2DBackward0',
});

/** The array at the grid's places. The bicubic mode is for two axes. */
export function gridSample<A extends StridedArray>(x: A, grid: A, params: SamplingParams): A {
  const axes = x.geometry.shape.length - 2;
  return run(params.mode === 'nearest' ? nearestOp : sampleOp, [x, grid], params, `GridSampler${axes}DBackward0`)[0];
}

interface AffineParams {
  readonly size: readonly number[];
  readonly alignCorners: boolean;
}

/** From −1 to 1: the middles of elements, the outermost of which are there or begin there. */
function middles(like: StridedArray, extent: number, alignCorners: boolean, shape: readonly number[]): StridedArray {
  const step = extent > 1 ? 2 / (extent - 1) : 0;
  const scale = alignCorners ? 1 : (extent - 1) / extent;
  const at = (place: number): number => (2 * place < extent ? -1 + place * step : 1 - (extent - 1 - place) * step) * scale;
  return reshapeTo(vectorOf(StridedArray, extent, extent > 1 ? at : () => 0, like.dtypeCore, like.storage.device), shape);
}

const affineOp = structural({
  name: 'affineGrid', args: ['theta'], dtypes: floats,
  results: ([theta]: readonly [StridedArray], { size }: AffineParams) =>
    [{ shape: [theta.geometry.shape[0], ...size, size.length], dtype: theta.dtypeCore }],
  composite: ([theta], { size, alignCorners }) => {
    const { shape: [batch] } = theta.geometry;
    const ones = size.map(() => 1);
    const lines = size.map((extent, axis) => middles(theta, extent, alignCorners, [1, ...size.map((_, i) => (i === axis ? extent : 1))]));
    const parts = size.map((_, row) => {
      const factor = (column: number): StridedArray => reshapeTo(selectAxis(selectAxis(theta, 1, row), 1, column), [batch, ...ones]);
      // The last axis is the first coordinate.
      const sum = [...lines].reverse().reduce(
        (total: StridedArray | null, line, column) => {
          const part = mul(factor(column), line);
          return total === null ? part : add(total, part);
        }, null)!;
      return unsqueeze(broadcastTo(add(sum, factor(size.length)), [batch, ...size]), size.length + 1);
    });
    return [concatenate(parts, size.length + 1)];
  },
  vjp: 'composite', gradName: 'AffineGridGeneratorBackward0',
});

/** The grid at which matrices (N, axes, axes + 1) read arrays of `size`, without batch and channels. */
export function affineGrid<A extends StridedArray>(theta: A, size: readonly number[], alignCorners: boolean): A {
  return run(affineOp, [theta], { size, alignCorners })[0];
}
