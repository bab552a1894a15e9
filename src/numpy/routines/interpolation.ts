import { Complex } from '../../core/complex.ts';
import * as core from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { complex } from '../../ops/complex.ts';
import { imagView, realView } from '../../ops/components.ts';
import { fullLike } from '../../ops/creation.ts';
import { elementAt } from '../../ops/host.ts';
import * as indexing from '../../ops/indexing.ts';
import { sliceAxis } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { allAxes, any } from '../../ops/reduce.ts';
import { quietly } from '../../ops/registry/quietly.ts';
import { searchSorted } from '../../ops/search.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import { routine } from '../arguments/routine.ts';
import { checkVector } from '../arguments/shapes.ts';
import { checkCast } from '../dtypes/promotion.ts';
import { concatenate } from './joining.ts';
import { argsort } from './sorting.ts';
import * as ufuncs from '../ufuncs.ts';

/** Values between points. */

/** What is beyond an end. */
type End = number | bigint | Complex | ndarray | null | undefined;

/** Real numbers; others are refused. */
function realNumbers(given: ArrayLike): ndarray {
  if (given instanceof ndarray) checkCast(given.dtypeCore, core.float64, 'safe');
  return asArray(given, core.float64);
}

const elementOf = (x: ndarray, place: number): ndarray => sliceAxis<ndarray>(x, 0, place, 1);
const numberAt = (x: ndarray, place: number): number => Number(x.item(place));

/** Points on a circle, in order, with one more at each end that closes it. */
function closed(at: ndarray, places: ndarray, values: ndarray, period: number): [ndarray, ndarray, ndarray] {
  const [round, within] = [at, places].map((each) => ufuncs.remainder(each, period));
  const order = argsort(within);
  const [xs, ys] = [within, values].map((each) => indexing.take<ndarray>(each, order, 0, 'numpy'));
  const last = xs.size - 1;
  return [
    round, concatenate([ops.sub<ndarray>(elementOf(xs, last), period), xs, ops.add<ndarray>(elementOf(xs, 0), period)]),
    concatenate([elementOf(ys, last), ys, elementOf(ys, 0)]),
  ];
}

const choose = (mask: ndarray, one: ndarray | number, other: ndarray): ndarray => ops.where(mask, one, other) as ndarray;

/**
 * One real part, between points in order; `missing` is what is at NaN. In complex slopes a product with the inverse of a distance stands
 * for the quotient.
 */
function between(
  at: ndarray, places: ndarray, values: ndarray, ends: readonly [number, number], missing: ndarray | number, inverse: boolean,
): ndarray {
  const last = places.size - 1;
  const limited = (x: ndarray): ndarray =>
    choose(ops.lt<ndarray>(at, numberAt(places, 0)), ends[0], choose(ops.gt<ndarray>(at, numberAt(places, last)), ends[1], x));
  if (last === 0) return limited(fullLike<ndarray>(at, numberAt(values, 0)));
  const steps = (x: ndarray): ndarray => ops.sub<ndarray>(sliceAxis<ndarray>(x, 0, 1, last), sliceAxis<ndarray>(x, 0, 0, last));
  const slopes = inverse ? ops.mul<ndarray>(steps(values), ops.div.reversed<ndarray>(1, steps(places)))
    : ops.div<ndarray>(steps(values), steps(places));
  const below = ops.clamp<ndarray>(ops.sub<ndarray>(searchSorted<ndarray>(places, at, true), 1), 0, last - 1);
  const find = (x: ndarray, numbers: ndarray): ndarray => indexing.take<ndarray>(x, numbers, 0, 'numpy');
  const [slope, start, low] = [slopes, places, values].map((each) => find(each, below));
  let result = ops.add<ndarray>(ops.mul<ndarray>(slope, ops.sub<ndarray>(at, start)), low);
  const lost = ops.isnan<ndarray>(result);
  if (elementAt(any<ndarray>(lost, allAxes(lost)), 0) === true) {
    // Where an infinite end gives NaN, the other end may not.
    const above = ops.add<ndarray>(below, 1);
    const high = find(values, above);
    const back = ops.add<ndarray>(ops.mul<ndarray>(slope, ops.sub<ndarray>(at, find(places, above))), high);
    const level = ops.logicalAnd<ndarray>(ops.isnan<ndarray>(back), ops.eq<ndarray>(low, high));
    result = choose(lost, choose(level, low, back), result);
  }
  result = choose(ops.eq<ndarray>(at, start), low, result);
  result = choose(ops.eq<ndarray>(at, numberAt(places, last)), numberAt(values, last), result);
  return choose(ops.isnan<ndarray>(at), missing, limited(result));
}

/**
 * Values between points, along straight lines; beyond the ends the end values, or those given. With a `period` the points lie on a circle.
 * Source: numpy.interp.
 * @example
 * np.interp(1.5, [1, 2], [10, 20]) // → 15.0
 */
export const interp = routine('interp', 'x, xp, fp, left: array_like = None, right: array_like = None, period: float = None', (
  x: ArrayLike, xp: ArrayLike, fp: ArrayLike, left?: End, right?: End, period?: number | null,
): ndarray => {
  const given = asArray(fp);
  const isComplex = core.isComplex(given.dtypeCore);
  const values = cast(given, isComplex ? core.complex128 : core.float64);
  const points = [realNumbers(x), realNumbers(xp), values] as const;
  const circular = period !== undefined && period !== null;
  if (period === 0) throw new ValueError('period must be a non-zero value');
  if (circular && (points[1].ndim !== 1 || values.ndim !== 1)) throw new ValueError('Data points must be 1-D sequences');
  [xp, fp].forEach((each, i) => checkVector(points[i + 1], Array.isArray(each)));
  if (points[1].size !== values.size) throw new ValueError(`fp and xp are not of the same length${circular ? '' : '.'}`);
  if (values.size === 0) throw new ValueError('array of sample points is empty');
  const [at, places, heights] = circular ? closed(...points, Math.abs(period)) : points;
  const ends = circular ? [null, null] : [left ?? null, right ?? null];
  const partOf = (part: ndarray, name: 're' | 'im'): ndarray => {
    const [before, beyond] = ends.map((given, i) => {
      const end = given instanceof ndarray ? given.item() : given;
      if (end === null) return numberAt(part, i * (part.size - 1));
      if (!(end instanceof Complex)) return name === 're' ? Number(end) : 0;
      if (isComplex) return end[name];
      throw new TypeError('must be real number, not complex');
    });
    const [result] = quietly(() => [between(at, places, part, [before, beyond], name === 'im' ? 0 : at, isComplex)]);
    return result;
  };
  if (!isComplex) return partOf(heights, 're');
  return complex(partOf(realView<ndarray>(heights), 're'), partOf(imagView<ndarray>(heights), 'im'));
});
