import { float64 } from '../../core/dtype.ts';
import { IndexError } from '../../core/errors.ts';
import { contiguousLayout } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import { vectorOf } from '../creation.ts';
import { emptyLike, fillInto } from '../dispatch.ts';
import { indexAdd, indexSelect } from '../indexing.ts';
import { integersLike } from '../integers.ts';
import { reshapeTo } from '../movement.ts';
import { add, mul } from '../pointwise/arithmetic.ts';
import { structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';

/** Arrays whose axes are made anew, each place from some places of the axis by weights: images in other sizes, and edges repeated. */

/** What one axis becomes. */
export interface Taps {
  readonly axis: number;
  /** Per tap the place that each new place reads. All taps are as long as the new axis. */
  readonly places: readonly (readonly number[])[];
  /** Per tap the weight that it has there; null where there is one tap that is taken as it is. */
  readonly weights: readonly (readonly number[])[] | null;
}

interface ResamplingParams {
  readonly taps: readonly Taps[];
}

interface AdjointParams extends ResamplingParams {
  /** The shape before. */
  readonly shape: readonly number[];
}

type One = readonly [StridedArray];

function resampledShape(shape: readonly number[], taps: readonly Taps[]): number[] {
  const result = [...shape];
  for (const { axis, places } of taps) result[axis] = places[0].length;
  return result;
}

/** A tap's weights beside the axis. */
function weightsBeside(x: StridedArray, { axis, weights }: Taps, tap: number): StridedArray | null {
  if (weights === null) return null;
  const values = weights[tap];
  const vector = vectorOf(StridedArray, values.length, (place) => values[place], x.dtypeCore, x.storage.device);
  return reshapeTo(vector, x.geometry.shape.map((_, i) => (i === axis ? values.length : 1)));
}

const weighted = (x: StridedArray, weights: StridedArray | null): StridedArray => (weights === null ? x : mul(x, weights));

function resampleAxis(x: StridedArray, taps: Taps): StridedArray {
  let total: StridedArray | null = null;
  taps.places.forEach((places, tap) => {
    const part = weighted(indexSelect(x, taps.axis, integersLike(x, places)), weightsBeside(x, taps, tap));
    total = total === null ? part : add(total, part, total);
  });
  return total!;
}

const refuse = (): Error => new IndexError('a tap lies beyond its axis');

/** What each place of the axis gave, back at its place. */
function gatherAxis(g: StridedArray, taps: Taps, extent: number): StridedArray {
  const total = emptyLike(g, contiguousLayout(g.geometry.shape.map((each, axis) => (axis === taps.axis ? extent : each))));
  fillInto(total, 0);
  taps.places.forEach((places, tap) => {
    indexAdd(total, taps.axis, integersLike(g, places), weighted(g, weightsBeside(g, taps, tap)), refuse, true);
  });
  return total;
}

const resampleOp = structural({
  name: 'resample', args: ['x'],
  results: ([x]: One, { taps }: ResamplingParams) => [{ shape: resampledShape(x.geometry.shape, taps), dtype: x.dtypeCore }],
  composite: ([x], { taps }) => [taps.reduce(resampleAxis, x)],
  vjp: { x: (g, { shapes: [shape] }, { taps }) => run(adjointOp, [g], { taps, shape })[0] },
});

const adjointOp = structural({
  name: 'resampleAdjoint', args: ['g'],
  results: ([g]: One, { shape }: AdjointParams) => [{ shape, dtype: g.dtypeCore }],
  composite: ([g], { taps, shape }) => [taps.reduceRight((each, axis) => gatherAxis(each, axis, shape[axis.axis]), g)],
  vjp: { g: (gg, _, { taps }) => resample(gg, taps) },
});

/** The array with some axes made anew, in their order. */
export function resample<A extends StridedArray>(x: A, taps: readonly Taps[], name?: string): A {
  return run(resampleOp, [x], { taps }, name)[0];
}

/** In how many bits places are found: PyTorch's are those of the elements, at least float32. */
export const roundingFor = ({ dtypeCore }: StridedArray): ((value: number) => number) =>
  (dtypeCore === float64 ? (value) => value : Math.fround);
