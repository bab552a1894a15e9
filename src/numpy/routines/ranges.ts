import { isScalar } from '../../core/complex.ts';
import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { checkShape } from '../../core/layout.ts';
import { diagonalMatrix, triangle, triangleMask } from '../../ops/copies.ts';
import { full } from '../../ops/creation.ts';
import { broadcastTo, normalizeAxis, permute, reshapeTo } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { diagonalView } from '../../ops/views.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, fromNumbers } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { bind, checkOptions, isOptions } from '../arguments/options.ts';
import { commonType } from '../arguments/operands.ts';
import { promote } from '../dtypes/promotion.ts';
import * as ufuncs from '../ufuncs.ts';

/** Evenly spaced numbers, and matrices with a pattern. */

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
  const values = new Float64Array(num);
  for (let i = 0; i < num; i++) values[i] = (parts > 0 ? (step === 0 ? (i / parts) * delta : i * step) : i * delta) + start;
  if (endpoint && num > 1) values[num - 1] = stop;
  return { values: fromNumbers(values, core.float64), step: fromNumbers([step], core.float64, []) };
}

function spacedArrays(start: ArrayLike, stop: ArrayLike, num: number, endpoint: boolean): Spaced {
  const dtype = promote(commonType([start, stop]), core.float64);
  const [from, to] = [asArray(start, dtype), asArray(stop, dtype)];
  const parts = endpoint ? num - 1 : num;
  const delta = ufuncs.subtract(to, from);
  const numbers = fromNumbers(Float64Array.from({ length: num }, (_, i) => i), core.float64);
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

export interface EyeOptions {
  /** The number of columns; as many as rows if left out. */
  M?: number | null;
  /** The diagonal: above the main one where positive. */
  k?: number;
  dtype?: DTypeLike | null;
}

/**
 * Ones on a diagonal, zeros elsewhere. Source: numpy.eye.
 * @example
 * np.eye(2) // → [[1. 0.]
 * //    [0. 1.]]
 */
export function eye(
  N: number,
  ...args:
    | [options?: EyeOptions]
    | [M?: number | null, options?: EyeOptions]
    | [M: number | null | undefined, k: number, options?: EyeOptions]
): ndarray {
  const { M, k = 0, dtype } = bind<EyeOptions>('eye', ['M', 'k', 'dtype'], args);
  const out = full(ndarray, [N, M ?? N], 0, coreOf(dtype) ?? core.float64, cpu);
  const line = diagonalView<ndarray>(out, k, 0, 1);
  if (line.size > 0) line.fill(1);
  return out;
}

/**
 * The identity matrix. Source: numpy.identity.
 * @example
 * np.identity(2, { dtype: 'int64' }) // → [[1 0]
 * //    [0 1]]
 */
export function identity(n: number, options: { dtype?: DTypeLike | null } = {}): ndarray {
  checkOptions('identity', options, ['dtype']);
  return eye(n, options);
}

export interface DiagOptions {
  /** The diagonal: above the main one where positive. */
  k?: number;
}
type DiagonalArguments = [k?: number] | [options: DiagOptions];

/**
 * A diagonal of a matrix (a view), or the matrix with a vector on its diagonal. Source: numpy.diag.
 * @example
 * np.diag([1, 2]) // → [[1 0]
 * //    [0 2]]
 */
export function diag(v: ArrayLike, ...args: DiagonalArguments): ndarray {
  const { k = 0 } = bind<DiagOptions>('diag', ['k'], args);
  const x = asArray(v);
  if (x.ndim === 1) return diagonalMatrix<ndarray>(x, k, 0, 1);
  if (x.ndim === 2) return diagonalView<ndarray>(x, k, 0, 1);
  throw new ValueError('Input must be 1- or 2-d.');
}

/**
 * The matrix with the flattened elements on its diagonal. Source: numpy.diagflat.
 * @example
 * np.diagflat([[1], [2]]) // → [[1 0]
 * //    [0 2]]
 */
export function diagflat(v: ArrayLike, ...args: DiagonalArguments): ndarray {
  const { k = 0 } = bind<DiagOptions>('diagflat', ['k'], args);
  const x = asArray(v);
  return diagonalMatrix<ndarray>(reshapeTo(x, [x.size]), k, 0, 1);
}

/**
 * Ones on and below a diagonal. Source: numpy.tri.
 * @example
 * np.tri(2, { dtype: 'int64' }) // → [[1 0]
 * //    [1 1]]
 */
export function tri(
  N: number,
  ...args:
    | [options?: EyeOptions]
    | [M?: number | null, options?: EyeOptions]
    | [M: number | null | undefined, k: number, options?: EyeOptions]
): ndarray {
  const { M, k = 0, dtype } = bind<EyeOptions>('tri', ['M', 'k', 'dtype'], args);
  const like = full(ndarray, [], 0, core.bool, cpu);
  const mask = triangleMask(like, N, M ?? N, 'lower', k);
  return castCopy(new ndarray(mask.storage, mask.dtypeCore, mask.geometry), coreOf(dtype) ?? core.float64);
}

function triangular(caller: string, m: ArrayLike, part: 'lower' | 'upper', args: DiagonalArguments): ndarray {
  const { k = 0 } = bind<DiagOptions>(caller, ['k'], args);
  const x = asArray(m);
  // NumPy broadcasts the mask, so a vector becomes a matrix of its own length.
  const square = x.ndim === 1 ? broadcastTo<ndarray>(x, [x.size, x.size]) : x;
  if (square.ndim < 2) throw new ValueError('tril and triu take arrays of at least one axis');
  return triangle<ndarray>(square, part, k);
}

/**
 * Zeros above a diagonal. Source: numpy.tril.
 * @example
 * np.tril([[1, 2], [3, 4]]) // → [[1 0]
 * //    [3 4]]
 */
export function tril(m: ArrayLike, ...args: DiagonalArguments): ndarray {
  return triangular('tril', m, 'lower', args);
}

/**
 * Zeros below a diagonal. Source: numpy.triu.
 * @example
 * np.triu([[1, 2], [3, 4]]) // → [[1 2]
 * //    [0 4]]
 */
export function triu(m: ArrayLike, ...args: DiagonalArguments): ndarray {
  return triangular('triu', m, 'upper', args);
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

/**
 * The index along each axis at every place of a grid: shape [n, ...dimensions]. Source: numpy.indices.
 * @example
 * np.indices([2, 2])[Symbol.iterator]().next().value // → [[0 0]
 * //    [1 1]]
 */
export function indices(dimensions: readonly number[], options: { dtype?: DTypeLike | null } = {}): ndarray {
  checkOptions('indices', options, ['dtype']);
  const dtype = coreOf(options.dtype) ?? core.int64;
  const out = full(ndarray, [dimensions.length, ...dimensions], 0, dtype, cpu);
  dimensions.forEach((extent, axis) => {
    const line = fromNumbers(Float64Array.from({ length: extent }, (_, i) => i), dtype);
    out.set([axis], reshapeTo(line, dimensions.map((_, i) => (i === axis ? extent : 1))));
  });
  return out;
}

/**
 * A function of the grid's coordinate arrays. Source: numpy.fromfunction.
 * @example
 * np.fromfunction((i, j) => i.add(j), [2, 2]) // → [[0. 1.]
 * //    [1. 2.]]
 */
export function fromfunction(
  callback: (...coordinates: ndarray[]) => ArrayLike, shape: readonly number[], options: { dtype?: DTypeLike | null } = {},
): ndarray {
  checkOptions('fromfunction', options, ['dtype']);
  const grid = indices(shape, { dtype: options.dtype ?? 'float64' });
  return asArray(callback(...shape.map((_, axis) => grid.at(axis))));
}

/**
 * Powers of a vector's elements as columns, falling unless `increasing`. Source: numpy.vander.
 * @example
 * np.vander([2, 3], 3) // → [[4 2 1]
 * //    [9 3 1]]
 */
export function vander(
  x: ArrayLike,
  ...args:
    | [options?: { N?: number | null; increasing?: boolean }]
    | [N?: number | null, options?: { increasing?: boolean }]
): ndarray {
  const { N, increasing = false } = bind<{ N?: number | null; increasing?: boolean }>('vander', ['N', 'increasing'], args);
  const vector = asArray(x);
  if (vector.ndim !== 1) throw new ValueError('x must be a one-dimensional array or sequence.');
  const count = N ?? vector.size;
  const powers = Array.from({ length: count }, (_, i) => (increasing ? i : count - 1 - i));
  const dtype = promote(vector.dtypeCore, core.int64);
  const out = full(ndarray, [vector.size, count], 1, dtype, cpu);
  powers.forEach((power, column) => {
    let value: ndarray = full(ndarray, [vector.size], 1, dtype, cpu);
    for (let i = 0; i < power; i++) value = ufuncs.multiply(value, vector);
    out.set([':', column], value);
  });
  return out;
}
