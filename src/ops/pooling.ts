import { isRecorded } from '../autograd/tape.ts';
import type { Kernel } from '../backend/kernels.ts';
import { convolutions as part } from '../backend/parts.ts';
import { bfloat16, bool, float16, float32, float64, int16, int32, int64, int8, isInexact, uint8 } from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { roundedQuotient } from './arithmetic.ts';
import { cast } from './cast.ts';
import { full } from './creation.ts';
import { gatherAlong, indexSelect, scatterAlong } from './indexing.ts';
import { integersLike } from './integers.ts';
import { broadcastTo, concatenate, contiguous, permute, reshapeTo, reverse, sliceAxis } from './movement.ts';
import { add, div, mul, sub } from './pointwise/arithmetic.ts';
import { isnan, where } from './pointwise/comparison.ts';
import type { ValuesAtIndices } from './orderStatistics.ts';
import { any, argExtreme, sum } from './reduce.ts';
import type { ResultSpec } from './registry/op.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/**
 * What windows of images hold, at most or on average. The last dimensions of an image are those that windows move along; what stands
 * before them counts images. Poolings with strides and adaptive ones differ in where windows begin and end, and in nothing else.
 */

/** Windows along one dimension: from their start on every `step`-th place before their end, all of them within the image. */
export interface Windows {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly step: number;
}

export interface PoolingParams {
  /** For each dimension that windows move along. */
  readonly windows: readonly Windows[];
}

export interface AveragingParams extends PoolingParams {
  /** By how much the sum over a window is divided: the product of what its places along all dimensions say. */
  readonly divisors: readonly (readonly number[])[];
}

export interface UnpoolingParams {
  /** Extents of the image that is made. */
  readonly size: readonly number[];
  /** Whether what has one place is added up; else the last of it stays. */
  readonly adds: boolean;
}

declare module '../backend/kernels.ts' {
  interface Kernels {
    /** The largest of each window, the first among equal ones but the last NaN, and as int64 its place in the image. */
    maxPool: Kernel<PoolingParams>;
    maxPoolValues: Kernel<PoolingParams>;
    maxUnpool: Kernel<UnpoolingParams, Placed>;
    averagePool: Kernel<AveragingParams>;
    /** Sums over windows of what has been divided, each element by what stands for its own place. */
    averagePoolTurned: Kernel<AveragingParams>;
  }
}

type One = readonly [StridedArray];
type Placed = readonly [x: StridedArray, indices: StridedArray];

const ordered = [float32, float64, float16, bfloat16, int8, int16, int32, int64, uint8];
const averaged = [float32, float64, float16, bfloat16, int64];
const count = (extents: readonly number[]): number => extents.reduce((product, extent) => product * extent, 1);

/** The shape with other extents at its end. */
const withExtents = ({ geometry: { shape } }: StridedArray, extents: readonly number[]): number[] =>
  [...shape.slice(0, shape.length - extents.length), ...extents];

const places = (windows: readonly Windows[]): number[] => windows.map(({ starts }) => starts.length);

const heldAt = ({ starts, ends, step }: Windows, i: number): number => Math.max(0, Math.ceil((ends[i] - starts[i]) / step));

/** What each window along a dimension holds: as many places for each, the last one again where it holds fewer. */
function slotsOf(along: Windows, extent: number): { readonly slots: readonly number[]; readonly most: number; readonly even: boolean } {
  const counts = along.starts.map((_, i) => heldAt(along, i));
  const most = Math.max(1, ...counts);
  const slots = along.starts.flatMap((start, i) => Array.from({ length: most }, (_, k) =>
    Math.min(start + Math.max(0, Math.min(k, counts[i] - 1)) * along.step, extent - 1)));
  return { slots, most, even: counts.every((each) => each === most) };
}

/** One axis after the places of all dimensions: what their windows hold, in the order of the image. */
function slotsLast(x: StridedArray, windows: readonly Windows[]): StridedArray {
  const { shape } = x.geometry;
  const lead = shape.length - windows.length;
  const most = windows.map((each, i) => slotsOf(each, shape[lead + i]).most);
  const split = reshapeTo(windows.reduce((held, each, i) =>
    indexSelect(held, lead + i, integersLike(x, slotsOf(each, shape[lead + i]).slots)), x),
  [...shape.slice(0, lead), ...windows.flatMap(({ starts }, i) => [starts.length, most[i]])]);
  const order = [...shape.slice(0, lead).keys(), ...windows.map((_, i) => lead + 2 * i), ...windows.map((_, i) => lead + 2 * i + 1)];
  return reshapeTo(permute(split, order), [...shape.slice(0, lead), ...places(windows), count(most)]);
}

/** Where each slot of each window is in an image that is read in rows. */
function placesOfSlots(x: StridedArray, windows: readonly Windows[]): StridedArray {
  const extents = x.geometry.shape.slice(-windows.length);
  const dimensions = windows.length;
  let found: StridedArray | null = null;
  let step = 1;
  const most = windows.map((each, i) => slotsOf(each, extents[i]).most);
  for (let i = dimensions - 1; i >= 0; i--) {
    const { slots } = slotsOf(windows[i], extents[i]);
    const shape: number[] = new Array<number>(2 * dimensions).fill(1);
    [shape[i], shape[dimensions + i]] = [windows[i].starts.length, most[i]];
    const along = mul(integersLike(x, slots, shape), step);
    found = found === null ? along : add(along, found);
    step *= extents[i];
  }
  return reshapeTo(found!, [...places(windows), count(most)]);
}

/** The first largest along the last axis, but the last NaN; the axis stays. */
function placesOfLargest(x: StridedArray): StridedArray {
  const axis = x.geometry.shape.length - 1;
  const largest = argExtreme('argmax', x, axis, true);
  if (!isInexact(x.dtypeCore)) return largest;
  const last = add(mul(argExtreme('argmax', reverse(x, [axis]), axis, true), -1), x.geometry.shape[axis] - 1);
  return where(any(isnan(x), [axis], true), last, largest) as StridedArray;
}

/** −∞ where a window along a dimension holds nothing, which long steps beside edges can do. */
function withoutEmpty(values: StridedArray, windows: readonly Windows[]): StridedArray {
  return windows.reduce((found, each, i) => {
    const holds = each.starts.map((_, place) => Number(heldAt(each, place) > 0));
    if (!holds.includes(0) || !isInexact(values.dtypeCore)) return found;
    const shape = windows.map((_, k) => (k === i ? holds.length : 1));
    return where(cast(integersLike(values, holds, shape), bool), found, -Infinity) as StridedArray;
  }, values);
}

function largest([x]: One, { windows }: PoolingParams): readonly StridedArray[] {
  const shape = withExtents(x, places(windows));
  const slots = slotsLast(x, windows);
  const chosen = contiguous(placesOfLargest(slots));
  const axis = shape.length;
  const table = broadcastTo(placesOfSlots(x, windows), slots.geometry.shape);
  const [values, indices] = [slots, table].map((each) => reshapeTo(gatherAlong(each, axis, chosen, 'torch'), shape));
  return [withoutEmpty(values, windows), indices];
}

const maxOp = structural({
  name: 'maxPool', args: ['x'], names: ['values', 'indices'], dtypes: ordered, part,
  gradName: 'MaxPool2DWithIndicesBackward0',
  results: ([x]: One, { windows }: PoolingParams): readonly ResultSpec[] => {
    const shape = withExtents(x, places(windows));
    return [{ shape, dtype: x.dtypeCore }, { shape, dtype: int64 }];
  },
  composite: largest,
  differentiable: 1, saves: ['indices'],
  vjp: {
    x: (g, { indices, shapes: [shape] }, { windows }) =>
      maxUnpool(g, indices, { size: shape.slice(shape.length - windows.length), adds: true }, 'MaxPool2DWithIndicesBackwardBackward0'),
  },
});

const maxValuesOp = structural({
  name: 'maxPoolValues', args: ['x'], dtypes: ordered, part,
  results: ([x]: One, { windows }: PoolingParams): readonly ResultSpec[] =>
    [{ shape: withExtents(x, places(windows)), dtype: x.dtypeCore }],
  composite: (operands, params) => largest(operands, params).slice(0, 1),
  vjp: null,
});

/** The axis that images lie along, read in rows, and their shape with it. */
function inRows(x: StridedArray, extents: number): { readonly axis: number; readonly shape: readonly number[] } {
  const { shape } = x.geometry;
  const axis = shape.length - extents;
  return { axis, shape: [...shape.slice(0, axis), count(shape.slice(axis))] };
}

/** The elements of images at places. */
function elementsAt(x: StridedArray, indices: StridedArray, dimensions: number): StridedArray {
  const [from, to] = [x, indices].map((each) => inRows(each, dimensions));
  return reshapeTo(
    gatherAlong(reshapeTo(x, from.shape), from.axis, reshapeTo(indices, to.shape), 'torch'), indices.geometry.shape);
}

const unpoolOp = structural({
  name: 'maxUnpool', args: ['x', 'indices'], apart: ['indices'], dtypes: averaged, part,
  results: ([x]: Placed, { size }: UnpoolingParams): readonly ResultSpec[] => [{ shape: withExtents(x, size), dtype: x.dtypeCore }],
  composite: ([x, indices], { size, adds }) => {
    const { axis, shape } = inRows(x, size.length);
    const image = full(x.species, [...shape.slice(0, axis), count(size)], 0, x.dtypeCore, x.storage.device);
    const out = scatterAlong(image, axis, reshapeTo(indices, shape), reshapeTo(x, shape), 'torch', { accumulate: adds });
    return [reshapeTo(out, withExtents(x, size))];
  },
  saves: ['indices'],
  vjp: { x: (g, { indices }, { size }) => elementsAt(g, indices, size.length), indices: null },
});

export interface FractionalParams {
  /** Extents of the windows. */
  readonly kernel: readonly number[];
  /** How many windows there are along each dimension. */
  readonly size: readonly number[];
}

type Sampled = readonly [x: StridedArray, samples: StridedArray];

/** Where windows begin along a dimension, for each image (n, channels) its own: apart by a fraction of which `sample` is the phase. */
function fractionalStarts(sample: StridedArray, extent: number, kernel: number, count: number): StridedArray {
  const { species, dtypeCore: dtype, storage: { device }, geometry: { shape } } = sample;
  const last = full(species, [...shape, Math.min(count, 1)], extent - kernel, int64, device);
  if (count <= 1) return last;
  // In the dtype of the samples, as are the roundings.
  const number = (value: number): StridedArray => full(species, [], value, dtype, device);
  const alpha = div(number(extent - kernel), number(count - 1));
  const whole = (x: StridedArray): StridedArray => cast(mul(x, alpha), int64);
  const phase = reshapeTo(sample, [...shape, 1]);
  const steps = cast(integersLike(sample, Array.from({ length: count - 1 }, (_, i) => i)), dtype);
  return concatenate([sub(whole(add(steps, phase)), whole(phase)), last], shape.length);
}

const fractionalOp = structural({
  name: 'fractionalMaxPool', args: ['x', 'samples'], names: ['values', 'indices'], apart: ['samples'],
  dtypes: [float32, float64, float16, bfloat16],
  results: ([x]: Sampled, { size }: FractionalParams): readonly ResultSpec[] => {
    const shape = withExtents(x, size);
    return [{ shape, dtype: x.dtypeCore }, { shape, dtype: int64 }];
  },
  composite: ([x, samples], { kernel, size }) => {
    const { shape } = x.geometry;
    const dimensions = size.length;
    const lead = shape.slice(0, shape.length - dimensions);
    const extents = shape.slice(lead.length);
    let found: StridedArray | null = null;
    let step = 1;
    for (let i = dimensions - 1; i >= 0; i--) {
      const sample = reshapeTo(sliceAxis(samples, lead.length, i, 1), lead);
      const starts = reshapeTo(fractionalStarts(sample, extents[i], kernel[i], size[i]),
        [...lead, ...size.map((each, k) => (k === i ? each : 1)), ...size.map(() => 1)]);
      const within = integersLike(x, Array.from({ length: kernel[i] }, (_, k) => k), size.map((_, k) => (k === i ? kernel[i] : 1)));
      const along = mul(add(starts, within), step);
      found = found === null ? along : add(along, found);
      step *= extents[i];
    }
    const axis = lead.length;
    const flat = reshapeTo(x, [...lead, count(extents)]);
    const table = reshapeTo(contiguous(found!), [...lead, count(size) * count(kernel)]);
    const slots = [...lead, count(size), count(kernel)];
    const held = reshapeTo(gatherAlong(flat, axis, table, 'torch'), slots);
    const chosen = contiguous(placesOfLargest(held));
    return [held, reshapeTo(table, slots)].map((each) => reshapeTo(gatherAlong(each, axis + 1, chosen, 'torch'), [...lead, ...size]));
  },
  differentiable: 1, saves: { x: ['indices'] }, gradName: 'FractionalMaxPool2DBackward0',
  vjp: {
    x: (g, { indices, shapes: [shape] }, { size }) =>
      maxUnpool(g, indices, { size: shape.slice(shape.length - size.length), adds: true }, 'FractionalMaxPool2DBackwardBackward0'),
    samples: null,
  },
});

/**
 * The largest of windows that are a fraction of a place further apart than whole steps, and its place in the image. For each image
 * `samples` (..., dimensions) has the phase along each dimension, between 0 and 1.
 */
export function fractionalMaxPool<A extends StridedArray>(
  x: A, samples: StridedArray, params: FractionalParams, gradName?: string,
): ValuesAtIndices<A> {
  const [values, indices] = run(fractionalOp, [x, samples] as A[], params, gradName);
  return { values, indices };
}

/** The products of one number for each place along each dimension: one of them where they are all equal. */
function products(x: StridedArray, factors: readonly (readonly number[])[]): StridedArray | number {
  if (factors.every((each) => each.every((factor) => factor === each[0]))) {
    return factors.reduce((product, each) => product * (each[0] ?? 1), 1);
  }
  return factors.map((each, i) => cast(integersLike(x, each, factors.map((_, k) => (k === i ? each.length : 1))), x.dtypeCore))
    .reduce((product, each) => mul(product, each));
}

function divided(x: StridedArray, divisors: readonly (readonly number[])[]): StridedArray {
  const by = products(x, divisors);
  return isInexact(x.dtypeCore) ? div(x, by) : roundedQuotient(x, by, 'trunc');
}

function sums(x: StridedArray, windows: readonly Windows[]): StridedArray {
  const { shape } = x.geometry;
  const lead = shape.length - windows.length;
  return windows.reduce((found, along, i) => {
    const axis = lead + i;
    const { slots, most, even } = slotsOf(along, shape[axis]);
    const own = found.geometry.shape;
    const held = reshapeTo(
      indexSelect(found, axis, integersLike(x, slots)), [...own.slice(0, axis), along.starts.length, most, ...own.slice(axis + 1)]);
    if (even) return sum(held, [axis + 1]);
    const isHeld = along.starts.flatMap((_, place) => Array.from({ length: most }, (__, k) => Number(k < heldAt(along, place))));
    const mask = cast(integersLike(x, isHeld, [along.starts.length, most, ...own.slice(axis + 1).map(() => 1)]), bool);
    return sum(where(mask, held, 0) as StridedArray, [axis + 1]);
  }, x);
}

/** The windows that hold each place of an image of that extent. Starts and ends are in order; turned twice they are what they were. */
function turned({ starts, ends }: Windows, extent: number): Windows {
  const turnedStarts: number[] = [];
  const turnedEnds: number[] = [];
  let [first, end] = [0, 0];
  for (let place = 0; place < extent; place++) {
    while (first < ends.length && ends[first] <= place) first++;
    while (end < starts.length && starts[end] <= place) end++;
    turnedStarts.push(first);
    turnedEnds.push(Math.max(first, end));
  }
  return { starts: turnedStarts, ends: turnedEnds, step: 1 };
}

const averages = ([x]: One, { windows }: AveragingParams): readonly ResultSpec[] =>
  [{ shape: withExtents(x, places(windows)), dtype: x.dtypeCore }];

const averageOp = structural({
  name: 'averagePool', args: ['x'], dtypes: averaged, part, gradName: 'AvgPool2DBackward0', results: averages,
  composite: ([x], { windows, divisors }) => [divided(sums(x, windows), divisors)],
  vjp: {
    x: (g, { shapes: [shape] }, { windows, divisors }) => {
      const lead = shape.length - windows.length;
      return run(turnedOp, [g], { windows: windows.map((each, i) => turned(each, shape[lead + i])), divisors })[0];
    },
  },
});

const turnedOp = structural({
  name: 'averagePoolTurned', args: ['g'], dtypes: averaged, part, gradName: 'AvgPool2DBackwardBackward0', results: averages,
  composite: ([g], { windows, divisors }) => [sums(divided(g, divisors), windows)],
  vjp: {
    g: (g, _, { windows, divisors }) =>
      averagePool(g, { windows: windows.map((each, i) => turned(each, divisors[i].length)), divisors }),
  },
});

/** The largest of each window and its place in the image, read in rows. */
export function maxPool<A extends StridedArray>(x: A, windows: readonly Windows[], gradName?: string): ValuesAtIndices<A> {
  const [values, indices] = run(maxOp, [x], { windows }, gradName);
  return { values, indices };
}

/** The largest of each window. Where they are is found only if a gradient will need it. */
export function maxPoolValues<A extends StridedArray>(x: A, windows: readonly Windows[], gradName?: string): A {
  return isRecorded([x]) ? run(maxOp, [x], { windows }, gradName)[0] : run(maxValuesOp, [x], { windows })[0];
}

/** Images of zeros with elements at places, which the caller has checked. */
export function maxUnpool<A extends StridedArray>(x: A, indices: StridedArray, params: UnpoolingParams, gradName?: string): A {
  return run(unpoolOp, [x, indices] as A[], params, gradName)[0];
}

/** What each window holds on average. */
export function averagePool<A extends StridedArray>(x: A, params: AveragingParams, gradName?: string): A {
  return run(averageOp, [x], params, gradName)[0];
}
