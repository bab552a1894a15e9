import { isScalar } from '../../core/complex.ts';
import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { ValueError, ZeroDivisionError, pythonTypeName } from '../../core/errors.ts';
import { checkShape } from '../../core/layout.ts';
import { halfBitsToNumber, numberToHalfBits } from '../../core/scalar.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { fromTyped, vectorOf } from '../../ops/creation.ts';
import { elementAt } from '../../ops/host.ts';
import { broadcastTo, normalizeAxis, permute, reshapeTo } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, fromNumbers } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { bind, checkOptions, isOptions } from '../arguments/options.ts';
import { commonType } from '../arguments/operands.ts';
import { convertScalar, defaultDType, promote } from '../dtypes/promotion.ts';
import * as ufuncs from '../ufuncs.ts';

/** Numerical ranges. */

export interface ArangeOptions {
  start?: number | bigint;
  stop?: number | bigint;
  step?: number | bigint;
  dtype?: DTypeLike | null;
}

/**
 * Numbers from start (0) up to but without stop, a step (1) apart: int64 where all are whole, else float64.
 * Source: numpy.arange.
 * @example
 * np.arange(2, 10, 3) // → [2 5 8]
 */
export function arange(...args: readonly (number | bigint | DTypeLike | ArangeOptions | null | undefined)[]): ndarray {
  const positional = args.filter((each) => !isOptions(each)).length;
  const names = positional === 1 ? ['stop'] as const : ['start', 'stop', 'step', 'dtype'] as const;
  const last = args.at(-1);
  if (isOptions(last)) checkOptions('arange', last, ['start', 'stop', 'step', 'dtype']);
  const options: ArangeOptions = { ...(isOptions(last) ? last : {}) };
  args.slice(0, positional).forEach((value, i) => {
    if (i >= names.length) throw new TypeError('arange() takes at most 4 positional arguments');
    (options as Record<string, unknown>)[names[i]] = value;
  });
  // `arange(start=3)` alone has no end; `arange(3, { stop: 5 })` begins at 3.
  if (positional === 1 && isOptions(last) && 'stop' in last) {
    options.start = args[0] as number;
    options.stop = (last as ArangeOptions).stop;
  }
  if (options.stop === undefined || options.stop === null) throw new TypeError('arange() requires stop to be specified.');
  const [start, stop, step] = [options.start ?? 0, options.stop, options.step ?? 1].map(arangeBound);
  const dtype = coreOf(options.dtype) ?? [options.start ?? 0, options.stop, options.step ?? 1].map(arangeType).reduce(promote);
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
}

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
  if (fits) return vectorOf(ndarray, length, (i) => first + i * stride, dtype, cpu);
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
  return vectorOf(ndarray, length, (i) => (i === 1 ? whole(start + step) : round(first + round(i * round(delta)))), dtype, cpu);
}

function toHalf(value: number): number {
  return halfBitsToNumber(numberToHalfBits(value));
}

export interface LinspaceOptions {
  num?: number;
  /** Whether stop is the last number. */
  endpoint?: boolean;
  /** Also return the step. */
  retstep?: boolean;
  dtype?: DTypeLike | null;
  axis?: number;
}
type LinspaceArguments<O> = [options?: O] | [num?: number, options?: O];
const linspaceNames = ['num', 'endpoint', 'retstep', 'dtype', 'axis'] as const;

function checkCount(num: number): void {
  if (!Number.isInteger(num)) throw new TypeError(`'float' object cannot be interpreted as an integer`);
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
  const values = vectorOf(ndarray, num, (i) => (endpoint && num > 1 && i === num - 1 ? stop
    : (parts > 0 ? (step === 0 ? (i / parts) * delta : i * step) : i * delta) + start), core.float64, cpu);
  return { values, step: fromNumbers([step], core.float64, []) };
}

function spacedArrays(start: ArrayLike, stop: ArrayLike, num: number, endpoint: boolean): Spaced {
  const dtype = promote(commonType([start, stop]), core.float64);
  const [from, to] = [asArray(start, dtype), asArray(stop, dtype)];
  const parts = endpoint ? num - 1 : num;
  const delta = ufuncs.subtract(to, from);
  const numbers = vectorOf(ndarray, num, (i) => i, core.float64, cpu);
  const count = reshapeTo(numbers, [num, ...delta.shape.map(() => 1)]);
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

/** Into the dtype that was asked for, integers rounded down, and the new axis to its place. */
function placed(values: ndarray, dtype: DType | undefined, axis: number): ndarray {
  const whole = dtype !== undefined && core.isInteger(dtype) ? ops.floor<ndarray>(values) : values;
  const result = dtype === undefined ? whole : cast(whole, dtype);
  const to = normalizeAxis(axis, result.ndim);
  if (to === 0) return result;
  const order = result.shape.map((_, i) => i).slice(1);
  order.splice(to, 0, 0);
  return permute<ndarray>(result, order);
}

/**
 * `num` (50) numbers from start to stop, both included unless `endpoint: false`; with `retstep: true` a pair with the step.
 * Source: numpy.linspace.
 * @example
 * np.linspace(0, 1, 5) // → [0.   0.25 0.5  0.75 1.  ]
 */
export function linspace(
  start: ArrayLike, stop: ArrayLike, num: number, options: LinspaceOptions & { retstep: true },
): [ndarray, ndarray];
export function linspace(
  start: ArrayLike, stop: ArrayLike, options: LinspaceOptions & { retstep: true },
): [ndarray, ndarray];
export function linspace(
  start: ArrayLike, stop: ArrayLike, ...args: LinspaceArguments<LinspaceOptions & { retstep?: false }>
): ndarray;
export function linspace(start: ArrayLike, stop: ArrayLike, ...args: readonly unknown[]): ndarray | [ndarray, ndarray] {
  const { num = 50, endpoint = true, retstep = false, dtype, axis = 0 } = bind<LinspaceOptions>('linspace', linspaceNames, args);
  const { values, step } = spaced(start, stop, num, endpoint);
  const result = placed(values, coreOf(dtype), axis);
  return retstep ? [result, step] : result;
}

export interface LogspaceOptions extends Omit<LinspaceOptions, 'retstep'> {
  base?: ArrayLike;
}

/**
 * Powers of a base (10) with evenly spaced exponents. Source: numpy.logspace.
 * @example
 * np.logspace(0, 2, 3) // → [  1.  10. 100.]
 */
export function logspace(start: ArrayLike, stop: ArrayLike, ...args: LinspaceArguments<LogspaceOptions>): ndarray {
  const { num = 50, endpoint = true, base = 10, dtype, axis = 0 } = bind<LogspaceOptions>(
    'logspace', ['num', 'endpoint', 'base', 'dtype', 'axis'], args);
  const { values } = spaced(start, stop, num, endpoint);
  const result = ufuncs.power(isScalar(base) ? asArray(base, core.float64) : base, values);
  return placed(result, coreOf(dtype), axis);
}

/**
 * Numbers a constant factor apart. Source: numpy.geomspace.
 * @example
 * np.geomspace(1, 8, 4) // → [1. 2. 4. 8.]
 */
export function geomspace(
  start: number, stop: number, ...args: LinspaceArguments<Omit<LinspaceOptions, 'retstep'>>
): ndarray {
  const { num = 50, endpoint = true, dtype, axis = 0 } = bind<LinspaceOptions>(
    'geomspace', ['num', 'endpoint', 'dtype', 'axis'], args);
  if (typeof start !== 'number' || typeof stop !== 'number') throw new TypeError('geomspace() takes two numbers');
  if (start === 0 || stop === 0) throw new ValueError('Geometric sequence cannot include zero');
  if (start < 0 !== stop < 0) throw new ValueError('geomspace() of numbers of different signs would be complex');
  const sign = start < 0 ? -1 : 1;
  const exponents = spaced(0, 1, num, endpoint).values;
  const [low, high] = [Math.abs(start), Math.abs(stop)].map((each) => ufuncs.log10(each));
  const lines = ufuncs.add(ufuncs.multiply(exponents, ufuncs.subtract(high, low)), low);
  const result = ufuncs.power(asArray(10, core.float64), lines);
  if (num > 0) result.set([0], Math.abs(start));
  if (num > 1 && endpoint) result.set([-1], Math.abs(stop));
  const signed = sign < 0 ? ufuncs.negative(result) : result;
  const wanted = coreOf(dtype);
  return placed(signed, wanted, axis);
}

export interface MeshgridOptions {
  /** 'xy' swaps the first two axes, 'ij' does not. */
  indexing?: 'xy' | 'ij';
  /** Whether each result keeps extent 1 along the others' axes. */
  sparse?: boolean;
  /** False for views. */
  copy?: boolean;
}

/**
 * Coordinates of a grid from vectors: one array for each, of the grid's shape. Source: numpy.meshgrid.
 * @example
 * np.meshgrid([1, 2], [3, 4])[0] // → [[1 2]
 * //    [1 2]]
 */
export function meshgrid(...args: readonly (ArrayLike | MeshgridOptions)[]): ndarray[] {
  const last = args.at(-1);
  const named = isOptions(last);
  const options = (named ? last : {}) as MeshgridOptions;
  checkOptions('meshgrid', options, ['indexing', 'sparse', 'copy']);
  const { indexing = 'xy', sparse = false, copy = true } = options;
  if (indexing !== 'xy' && indexing !== 'ij') throw new ValueError("Valid values for `indexing` are 'xy' and 'ij'.");
  const vectors = (named ? args.slice(0, -1) : args).map((each) => asArray(each as ArrayLike));
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
}
