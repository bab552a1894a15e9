import { isScalar } from '../../core/complex.ts';
import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { ValueError, ZeroDivisionError, pythonTypeName } from '../../core/errors.ts';
import { broadcastShapes, checkShape } from '../../core/layout.ts';
import { halfBitsToNumber, numberToHalfBits } from '../../core/scalar.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { fromTyped, rampOf, vectorOf } from '../../ops/creation.ts';
import { fillInto } from '../../ops/dispatch.ts';
import { elementAt } from '../../ops/host.ts';
import { broadcastTo, reshapeTo, sliceAxis } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { allAxes, any } from '../../ops/reduce.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, fromNumbers } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { isOptions } from '../arguments/options.ts';
import type { Asking } from '../arguments/routine.ts';
import { compiled, routine } from '../arguments/routine.ts';
import { commonType } from '../arguments/operands.ts';
import { convertScalar, defaultDType, promote } from '../dtypes/promotion.ts';
import * as ufuncs from '../ufuncs.ts';
import { expand_dims, moveaxis } from './manipulation.ts';

/** Numerical ranges. */

type Axis = number | readonly [number];
type Bound = number | bigint | ndarray;
type Elsewhere = [device?: 'cpu' | null, like?: ndarray | null];

const ranged = routine('arange', 'start=None, stop=None, step=None, dtype=None, *, device=None, like=None', (
  first?: Bound | null, end?: Bound | null, stride?: Bound | null, type?: DTypeLike | null, ..._rest: Elsewhere
): ndarray => {
  // One bound alone is the end.
  const bounds = (end === undefined || end === null ? [0, first, stride ?? 1] : [first ?? 0, end, stride ?? 1]) as readonly Bound[];
  const [start, stop, step] = bounds.map(arangeBound);
  const dtype = coreOf(type) ?? bounds.map(arangeType).reduce(promote);
  if (Number(step) === 0) throw new ZeroDivisionError('division by zero');
  const length = arangeLength(start, stop, step);
  if (dtype === core.bool && length > 2) {
    throw new TypeError(`arange() is only supported for booleans when the result has at most length 2.`);
  }
  checkShape([length], dtype);
  if (core.isInteger(dtype) && [start, stop, step].every((each) => typeof each === 'bigint' || Number.isInteger(each))) {
    return integerRange(BigInt(start), BigInt(step), length, dtype);
  }
  return floatRange(Number(start), Number(step), length, dtype);
}, compiled);

/**
 * Numbers from start (0) up to but without stop, a step (1) apart: int64 where all are whole, else float64.
 * Source: numpy.arange.
 * @example
 * np.arange(2, 10, 3) // → [2 5 8]
 */
export const arange = ((...args: Parameters<typeof ranged>): ndarray => {
  const [first] = args;
  const stopless = args.length === 0 || (isOptions(first) && (first as { stop?: unknown }).stop === undefined);
  if (stopless) throw new TypeError('arange() requires stop to be specified.');
  return ranged(...args);
}) as typeof ranged;

/** A bound as a number: booleans count as 0 and 1, arrays of one element as that. */
function arangeBound(value: unknown): number | bigint {
  const plain: unknown = value instanceof ndarray && value.ndim === 0 ? elementAt(value, value.geometry.offset) : value;
  if (typeof plain === 'boolean') return Number(plain);
  if (typeof plain !== 'number' && typeof plain !== 'bigint') throw new TypeError(`arange() takes numbers, not ${pythonTypeName(plain)}`);
  return plain;
}

/** What a bound adds to the result's dtype: an array its own, a boolean counts as an int. */
function arangeType(value: unknown): DType {
  if (value instanceof ndarray) return value.dtypeCore;
  return typeof value === 'boolean' ? core.int64 : defaultDType(value as number | bigint);
}

function arangeLength(start: number | bigint, stop: number | bigint, step: number | bigint): number {
  const distance = typeof start === 'bigint' && typeof stop === 'bigint' ? stop - start : Number(stop) - Number(start);
  const length = Math.ceil(Number(distance) / Number(step));
  if (Number.isNaN(length)) throw new ValueError('arange: cannot compute length');
  if (length >= 2 ** 63) throw new ValueError('Maximum allowed size exceeded');
  return Math.max(length, 0);
}

function integerRange(start: bigint, step: bigint, length: number, dtype: DType): ndarray {
  const [first, stride] = [Number(start), Number(step)];
  const [low, high] = core.integerRange(dtype);
  const last = start + step * BigInt(Math.max(length - 1, 0));
  const fits = [start, last].every((bound) => bound >= low && bound <= high && Number.isSafeInteger(Number(bound)));
  if (fits) return rampOf(ndarray, length, first, stride, dtype, cpu);
  const values = new dtype.array(length);
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    let value = start;
    for (let i = 0; i < length; i++) {
      values[i] = value;
      value += step;
    }
  } else {
    if (length > 0) convertScalar(first, dtype);
    for (let i = 0; i < length; i++) values[i] = first + i * stride;
  }
  return fromTyped(ndarray, values, [length], dtype, cpu);
}

/** As NumPy fills: the first two elements are rounded to the dtype, and their difference is the step. */
function floatRange(start: number, step: number, length: number, dtype: DType): ndarray {
  const round = dtype === core.float32 || dtype === core.complex64 ? Math.fround : (value: number): number => value;
  const whole = core.isInteger(dtype) ? Math.trunc : dtype === core.float16 ? toHalf : round;
  const first = whole(start);
  const delta = whole(start + step) - first;
  if (dtype === core.float64 || dtype === core.complex128) {
    const line = rampOf<ndarray>(ndarray, length, first, delta, dtype, cpu);
    // The difference need not lead from the first to the second.
    if (length > 1 && first + delta !== start + step) fillInto(sliceAxis<ndarray>(line, 0, 1, 1), start + step);
    return line;
  }
  return vectorOf(ndarray, length, (i) => (i === 1 ? whole(start + step) : round(first + round(i * round(delta)))), dtype, cpu);
}

function toHalf(value: number): number {
  return halfBitsToNumber(numberToHalfBits(value));
}

function checkCount(num: number): void {
  if (num < 0) throw new ValueError(`Number of samples, ${num}, must be non-negative.`);
  checkShape([num], core.float64);
}

interface Spaced {
  readonly values: ndarray;
  readonly step: ndarray;
}

/** Between numbers, which is nearly always, without an array for every step of the arithmetic. */
function spacedNumbers(start: number, stop: number, num: number, endpoint: boolean): Spaced {
  const parts = endpoint ? num - 1 : num;
  const delta = stop - start;
  const step = parts > 0 ? delta / parts : NaN;
  // Where a step is too small for any number, the places are divided first.
  const values = step === 0 ? vectorOf(ndarray, num, (i) => (i / parts) * delta + start, core.float64, cpu)
    : rampOf(ndarray, num, start, parts > 0 ? step : delta, core.float64, cpu);
  if (endpoint && num > 1) fillInto(sliceAxis<ndarray>(values, 0, num - 1, 1), stop);
  return { values, step: fromNumbers([step], core.float64, []) };
}

function spacedArrays(start: ArrayLike, stop: ArrayLike, num: number, endpoint: boolean): Spaced {
  const common = commonType([start, stop]);
  const dtype = core.isInexact(common) ? common : core.float64;
  const [from, to] = [asArray(start, dtype), asArray(stop, dtype)];
  const parts = endpoint ? num - 1 : num;
  const delta = ufuncs.subtract(to, from);
  const numbers = rampOf(ndarray, num, 0, 1, core.float64, cpu);
  const count = reshapeTo(cast(numbers, dtype), [num, ...delta.shape.map(() => 1)]);
  const step = parts > 0 ? ufuncs.divide(delta, parts) : ufuncs.multiply(delta, NaN);
  const raw = parts > 0 ? ufuncs.multiply(count, step) : ufuncs.multiply(count, delta);
  const values = ufuncs.add(raw, from);
  if (endpoint && num > 1) values.set([-1], broadcastTo(to, delta.shape));
  return { values, step };
}

function spaced(start: ArrayLike, stop: ArrayLike, num: number, endpoint: boolean): Spaced {
  checkCount(num);
  return typeof start === 'number' && typeof stop === 'number'
    ? spacedNumbers(start, stop, num, endpoint) : spacedArrays(start, stop, num, endpoint);
}

/** Into the dtype that was asked for, and the new axis to its place. */
function placed(values: ndarray, dtype: DType | undefined, axis: Axis): ndarray {
  const result = dtype === undefined ? values : cast(values, dtype);
  return axis === 0 ? result : moveaxis(result, 0, axis);
}

const spread = routine('linspace', ['start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *', 'device=None'], (
  start: ArrayLike, stop: ArrayLike, num: number = 50, endpoint: boolean = true, retstep: boolean = false, dtype?: DTypeLike | null,
  axis: Axis = 0, _device?: 'cpu' | null,
): ndarray | [ndarray, ndarray] => {
  const { values, step } = spaced(start, stop, num, endpoint);
  const type = coreOf(dtype);
  const whole = type !== undefined && core.isInteger(type) ? ops.floor<ndarray>(values) : values;
  const result = placed(whole, type, axis);
  return retstep ? [result, step] : result;
});

/**
 * `num` (50) numbers from start to stop, both included unless `endpoint: false`; with `retstep: true` a pair with the step.
 * Source: numpy.linspace.
 * @example
 * np.linspace(0, 1, 5) // → [0.   0.25 0.5  0.75 1.  ]
 */
export const linspace = spread as {
  (...args: Asking<Parameters<typeof spread>, 'retstep'>): [ndarray, ndarray];
  (start: ArrayLike, stop: ArrayLike, num: number | bigint, endpoint: boolean, retstep: true): [ndarray, ndarray];
  (...args: Parameters<typeof spread>): ndarray;
};

/**
 * Powers of a base (10) with evenly spaced exponents. Source: numpy.logspace.
 * @example
 * np.logspace(0, 2, 3) // → [  1.  10. 100.]
 */
export const logspace = routine('logspace', 'start, stop, num=50, endpoint=True, base: array_like = 10.0, dtype=None, axis=0', (
  start: ArrayLike, stop: ArrayLike, num: number = 50, endpoint: boolean = true, base: ArrayLike = 10, dtype?: DTypeLike | null,
  axis: Axis = 0,
): ndarray => {
  const power = isScalar(base) ? asArray(base, core.float64) : asArray(base);
  // A base of several has the axes of the ends, between which the new one comes.
  const ends = [start, stop, power].map((each) => asArray(each));
  const ndim = broadcastShapes(ends.map((each) => each.shape)).length;
  const [from, to, bases] = power.ndim === 0 ? [start, stop, base]
    : ends.map((each) => reshapeTo(each, [...new Array<number>(ndim - each.ndim).fill(1), ...each.shape]));
  const exponents = placed(spaced(from, to, num, endpoint).values, undefined, axis);
  const result = ufuncs.power(power.ndim === 0 ? base : expand_dims(bases, axis), exponents);
  return placed(result, coreOf(dtype), 0);
});

/**
 * Numbers from start to stop, each the same factor from the one before. Source: numpy.geomspace.
 * @example
 * np.geomspace(1, 8, 4) // → [1. 2. 4. 8.]
 */
export const geomspace = routine('geomspace', 'start, stop, num=50, endpoint=True, dtype=None, axis=0', (
  start: ArrayLike, stop: ArrayLike, num: number = 50, endpoint: boolean = true, dtype?: DTypeLike | null, axis: Axis = 0,
): ndarray => {
  checkCount(num);
  const type = promote(commonType([start, stop]), core.float64);
  const ends = [asArray(start, type), asArray(stop, type)];
  for (const zero of ends.map((each) => ops.eq<ndarray>(each, 0))) {
    if (elementAt(any<ndarray>(zero, allAxes(zero)), 0) === true) throw new ValueError('Geometric sequence cannot include zero');
  }
  // Along the direction of the start, so that negative numbers stay real and complex ones on one line.
  const sign = ufuncs.sign(ends[0]);
  const [from, to] = ends.map((each) => ufuncs.divide(each, sign));
  const { values } = spaced(ufuncs.log10(from), ufuncs.log10(to), num, endpoint);
  const result = ufuncs.power(asArray(10, core.float64), values);
  if (num > 0) result.set([0], broadcastTo(from, result.shape.slice(1)));
  if (num > 1 && endpoint) result.set([-1], broadcastTo(to, result.shape.slice(1)));
  return placed(ufuncs.multiply(result, sign), coreOf(dtype), axis);
});

/**
 * Coordinates of a grid from vectors: one array for each, of the grid's shape. Source: numpy.meshgrid.
 * @example
 * np.meshgrid([1, 2], [3, 4])[0] // → [[1 2]
 *                                //    [1 2]]
 */
export const meshgrid = routine('meshgrid', "*xi, copy=True, sparse=False, indexing='xy'", (
  xi: readonly ArrayLike[], copy: boolean = true, sparse: boolean = false, indexing: string = 'xy',
): ndarray[] => {
  if (indexing !== 'xy' && indexing !== 'ij') throw new ValueError("Valid values for `indexing` are 'xy' and 'ij'.");
  const vectors = xi.map((each) => asArray(each));
  const ndim = vectors.length;
  const place = (i: number): number => (indexing === 'xy' && ndim > 1 && i < 2 ? 1 - i : i);
  const shape = new Array<number>(ndim);
  vectors.forEach((each, i) => {
    shape[place(i)] = each.size;
  });
  return vectors.map((each, i) => {
    const thin = reshapeTo(each, shape.map((_, axis) => (axis === place(i) ? each.size : 1)));
    const grid = sparse ? thin : broadcastTo(thin, shape);
    return copy ? castCopy(grid, grid.dtypeCore) : grid;
  });
}) as unknown as (...args: readonly (ArrayLike | {
  /** False for views. */
  readonly copy?: boolean;
  /** Whether each result keeps extent 1 along the others' axes. */
  readonly sparse?: boolean;
  /** 'xy' swaps the first two axes, 'ij' does not. */
  readonly indexing?: 'xy' | 'ij';
})[]) => ndarray[];
