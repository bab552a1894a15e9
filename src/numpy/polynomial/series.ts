import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import { bool, componentType, float64, isInexact } from '../../core/dtype.ts';
import { IndexError, ValueError } from '../../core/errors.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { empty, full, vectorOf } from '../../ops/creation.ts';
import { elementAt } from '../../ops/host.ts';
import { reshapeTo, sliceAxis } from '../../ops/movement.ts';
import { selectAxis } from '../../ops/views.ts';
import { promoteTypes } from '../dtypes/promotion.ts';
import { asArray, fromNumbers } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { flatnonzero } from '../routines/sorting.ts';
import * as ufuncs from '../ufuncs.ts';

/** Vectors of coefficients, lowest first: how they are read, cut and put together. */

/** What along the first axis begins at a place; all of the rest where no count is given. */
export const part = (c: ndarray, start: number, count = c.shape[0] - start): ndarray => sliceAxis<ndarray>(c, 0, start, count);

/** One entry of the first axis, counted from the end where negative. */
export function at(c: ndarray, place: number): ndarray {
  const extent = c.shape[0];
  if (place < -extent || place >= extent) throw new IndexError(`index ${place} is out of bounds for axis 0 with size ${extent}`);
  return selectAxis<ndarray>(c, 0, place < 0 ? place + extent : place);
}

export const isZero = (c: ndarray, place: number): boolean => ufuncs.equal(at(c, place), 0).item() as unknown === true;

export const emptyOf = (shape: readonly number[], dtype: DType): ndarray => empty(ndarray, shape, dtype, cpu);
export const zerosOf = (shape: readonly number[], dtype: DType): ndarray => full(ndarray, shape, 0, dtype, cpu);

/** The series of one polynomial of a degree. */
export function unitSeries(degree: number): ndarray {
  const c = zerosOf([degree + 1], float64);
  c.set([degree], 1);
  return c;
}

/** An array of one axis at least. */
export function atLeastVector(value: ArrayLike): ndarray {
  const x = asArray(value);
  return x.ndim === 0 ? reshapeTo(x, [1]) : x;
}

/** Whole numbers and booleans as float64, everything else as it is. */
export const inexact = (x: ndarray): ndarray => (isInexact(x.dtypeCore) ? x : cast(x, float64));

/** The coefficients without the zeros at their end, of which the last is left where there is nothing else; a view. */
export function trimmed(c: ndarray): ndarray {
  const { offset, strides: [stride], size } = c.geometry;
  let count = size;
  while (count > 1 && isNothing(c, offset + (count - 1) * stride)) count--;
  return count === size ? c : part(c, 0, count);
}

export function isNothing(c: ndarray, position: number): boolean {
  const value = elementAt(c, position);
  return typeof value === 'object' ? value.re === 0 && value.im === 0 : Number(value) === 0;
}

/** Copies of coefficients as vectors of the one inexact dtype that they have together, without zeros at the end unless told otherwise. */
export function asSeries<const L extends readonly ArrayLike[]>(list: L, trim = true): { -readonly [K in keyof L]: ndarray } {
  if (list.length === 0) return [] as never;
  const arrays = list.map(atLeastVector);
  for (const { size, ndim } of arrays) {
    if (size === 0) throw new ValueError('Coefficient array is empty');
    if (ndim !== 1) throw new ValueError('Coefficient array is not 1-d');
  }
  const cut = trim ? arrays.map(trimmed) : arrays;
  if (cut.some((each) => each.dtypeCore === bool)) throw new ValueError('Coefficient arrays have no common type');
  const dtype = promoteTypes(cut.map((each) => (isInexact(each.dtypeCore) ? each.dtypeCore : float64)));
  return cut.map((each) => castCopy(each, dtype)) as { -readonly [K in keyof L]: ndarray };
}

/** Numbers in the dtype of an array's components, so that they leave its dtype as it is; as a column beside further axes. */
export function numbersLike(c: ndarray, values: readonly number[]): ndarray {
  const vector = fromNumbers(values, componentType(c.dtypeCore));
  return reshapeTo(vector, [values.length, ...c.shape.slice(1).map(() => 1)]);
}

/** Numbers that follow from their places along the first axis; one number where all are the same. */
function along(c: ndarray, valueAt: (place: number) => number): ndarray | number {
  const n = c.shape[0];
  const last = valueAt(n - 1);
  // They rise evenly, or not at all, from the second place on.
  if (n < 2 || (valueAt(0) === last && valueAt(1) === last)) return last;
  const vector = vectorOf(ndarray, n, valueAt, componentType(c.dtypeCore), cpu);
  return reshapeTo(vector, [n, ...c.shape.slice(1).map(() => 1)]);
}

/** A number by the place of an entry. */
export type Factor = (place: number) => number;

/** What writes as many entries as `like` has, or some from `start` on, times the factors of their places, over those of the others. */
export function scaling(like: ndarray, times: Factor, over: Factor): (x: ndarray, target: ndarray, start?: number) => void {
  const [factor, divisor] = [along(like, times), along(like, over)];
  const of = (each: ndarray | number, start: number, count: number): ndarray | number =>
    (typeof each === 'number' ? each : part(each, start, count));
  return (x, target, start = 0) => {
    const [count] = x.shape;
    if (factor !== 1) ufuncs.multiply(x, of(factor, start, count), target);
    if (divisor !== 1) ufuncs.divide(factor === 1 ? x : target, of(divisor, start, count), target);
    else if (factor === 1) ufuncs.positive(x, target);
  };
}

/** Entry by entry times one number and over another, in this order, where they are not 1. */
export function scaled(c: ndarray, times: Factor, over: Factor): ndarray {
  const product = emptyOf(c.shape, c.dtypeCore);
  scaling(c, times, over)(c, product);
  return product;
}

/** Entries into a part of an array, as `target[start:start + n] = values`. */
export function put(target: ndarray, start: number, values: ndarray): void {
  ufuncs.positive(values, part(target, start, values.shape[0]));
}

export const addInto = (target: ndarray, values: ArrayLike): void => void ufuncs.add(target, values, target);
export const subtractInto = (target: ndarray, values: ArrayLike): void => void ufuncs.subtract(target, values, target);

/** The sum of two series. */
export function add(a: ArrayLike, b: ArrayLike): ndarray {
  const [c1, c2] = asSeries([a, b]);
  const [long, short] = c1.size > c2.size ? [c1, c2] : [c2, c1];
  addInto(part(long, 0, short.size), short);
  return trimmed(long);
}

/** The difference of two series. */
export function subtract(a: ArrayLike, b: ArrayLike): ndarray {
  const [c1, c2] = asSeries([a, b]);
  if (c1.size > c2.size) {
    subtractInto(part(c1, 0, c2.size), c2);
    return trimmed(c1);
  }
  const negated = ufuncs.negative(c2);
  addInto(part(negated, 0, c1.size), c1);
  return trimmed(negated);
}

/** The coefficients without those at the end that are no larger than a tolerance, of which the first stays as 0. */
export function trimmedBy(c: ArrayLike, tol: ArrayLike): ndarray {
  if (ufuncs.less(tol, 0).toBoolean()) throw new ValueError('tol must be non-negative');
  const [series] = asSeries([c]);
  const places = flatnonzero(ufuncs.greater(ufuncs.absolute(series), tol));
  return places.size === 0 ? ufuncs.multiply(part(series, 0, 1), 0) : part(series, 0, at(places, -1).item() + 1).copy();
}
