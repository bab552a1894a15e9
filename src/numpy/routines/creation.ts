import type { Scalar } from '../../core/complex.ts';
import { isScalar } from '../../core/complex.ts';
import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { ValueError, pythonTypeName, shapeText } from '../../core/errors.ts';
import { checkInteger, contiguousLayout, layoutAt, stridedLayout } from '../../core/layout.ts';
import { deepest } from '../../core/literal.ts';
import { viewOf } from '../../core/strided.ts';
import { castCopy } from '../../ops/cast.ts';
import * as make from '../../ops/creation.ts';
import { eye as eyeOf } from '../../ops/matrices.ts';
import { clone, contiguous, permute, reshapeTo } from '../../ops/movement.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, writeInto } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { constructWith, coreOf } from '../dtypes/dtype.ts';
import { bind, checkOptions, shapeOf } from '../arguments/options.ts';
import { convertScalar, defaultDType } from '../dtypes/promotion.ts';
import { indices } from './indexing.ts';

/** Arrays from a shape or value, and from existing data. */

export type Shape = number | readonly number[];
export type Order = 'C' | 'F';

export interface CreateOptions {
  dtype?: DTypeLike | null;
  /** 'C' for row-major memory (the default), 'F' for column-major. */
  order?: Order;
}
type CreateArguments = [options?: CreateOptions] | [dtype?: DTypeLike | null, options?: CreateOptions];

constructWith((value, type) => asArray(value as ArrayLike, type.core));

declare module '../dtypes/dtype.ts' {
  interface dtype {
    /** An array of this dtype, of no dimensions where the value is a number: NumPy's `np.float32(0.5)`. */
    (value?: ArrayLike): ndarray;
  }
}

function checkOrder(order: Order | undefined): void {
  if (order !== undefined && order !== 'C' && order !== 'F') {
    throw new ValueError(
      `order must be one of 'C' or 'F' (got '${String(order)}')`);
  }
}

/** An uninitialised array whose memory runs in the asked-for order. */
function blank(shape: readonly number[], dtype: DType, order?: Order): ndarray {
  checkOrder(order);
  if (order !== 'F' || shape.length < 2) return make.empty(ndarray, shape, dtype, cpu);
  const reversed = make.empty(ndarray, [...shape].reverse(), dtype, cpu);
  return permute<ndarray>(reversed, shape.map((_, axis) => shape.length - 1 - axis));
}

export interface ArrayOptions extends CreateOptions {
  /** False to share memory where nothing has to change; a ValueError where something would. */
  copy?: boolean | null;
  /** At least this many axes. */
  ndmin?: number;
}

/**
 * An array of the given data: numbers, nested lists, typed arrays (which keep their type), other arrays (copied).
 * Whole numbers give int64, others float64, booleans bool; throws a ValueError where lists have unequal lengths.
 * Source: numpy.array.
 * @example
 * np.array([[1, 2], [3, 4.5]]) // → [[1.  2. ]
 * //    [3.  4.5]]
 */
export function array(
  data: ArrayLike, ...args: [options?: ArrayOptions] | [dtype?: DTypeLike | null, options?: ArrayOptions]
): ndarray {
  const { dtype, copy: copying = true, ndmin = 0, order } = bind<ArrayOptions>('array', ['dtype', 'copy', 'ndmin', 'order'], args);
  const fresh = asArray(data, coreOf(dtype));
  const shared = data instanceof ndarray && fresh.storage === data.storage;
  if (copying === false && !shared) {
    throw new ValueError('Unable to avoid copy while creating an array as requested.\nIf using `np.array(obj, copy=False)` replace it '
      + 'with `np.asarray(obj)` to allow a copy when needed (no behavior change in NumPy 1.x).\n'
      + 'For more details, see https://numpy.org/devdocs/numpy_2_0_migration_guide.html'
      + '#adapting-to-changes-in-the-copy-keyword.');
  }
  let result = shared && copying === true ? castCopy(fresh, fresh.dtypeCore) : fresh;
  if (order === 'F' && result.ndim > 0) result = asfortranarray(result);
  else if (order === 'C') result = contiguous<ndarray>(result);
  checkInteger(ndmin);
  if (ndmin > deepest.numpy) throw new ValueError(`ndmin must be <= ndmax (${deepest.numpy})`);
  const missing = ndmin - result.ndim;
  if (missing <= 0) return result;
  const { strides, offset } = result.geometry;
  const shape = [...new Array<number>(missing).fill(1), ...result.shape];
  return viewOf(result, stridedLayout(shape, [...new Array<number>(missing).fill(strides[0] ?? 1), ...strides], offset));
}

/**
 * The data as an array, without a copy where it is one of that dtype already. Source: numpy.asarray.
 * @example
 * np.asarray([1, 2]).dtype // → int64
 */
export function asarray(data: ArrayLike, ...args: CreateArguments): ndarray {
  const { dtype, order } = bind<CreateOptions>('asarray', ['dtype', 'order'], args);
  checkOrder(order);
  const result = asArray(data, coreOf(dtype));
  return order === 'F' && result.ndim > 0 ? asfortranarray(result) : order === 'C' ? contiguous<ndarray>(result) : result;
}

/**
 * Another name of asarray. Source: numpy.asanyarray.
 * @example
 * np.asanyarray(3).ndim // → 0
 */
export const asanyarray = asarray;

/**
 * The data as a row-major array of at least one axis. Source: numpy.ascontiguousarray.
 * @example
 * np.ascontiguousarray(np.ones([2, 3]).T).flags.c_contiguous // → true
 */
export function ascontiguousarray(data: ArrayLike, options: { dtype?: DTypeLike | null } = {}): ndarray {
  checkOptions('ascontiguousarray', options, ['dtype']);
  const result = contiguous<ndarray>(asArray(data, coreOf(options.dtype)));
  if (result.ndim > 0) return result;
  return viewOf(result, layoutAt(contiguousLayout([1]), result.geometry.offset));
}

/** A copy in column-major memory. */
function columnMajor(x: ndarray): ndarray {
  const result = blank(x.shape, x.dtypeCore, 'F');
  writeInto(result, x);
  return result;
}

/**
 * The data in column-major memory. Source: numpy.asfortranarray.
 * @example
 * np.asfortranarray(np.ones([2, 3])).strides // → [8, 16]
 */
export function asfortranarray(data: ArrayLike, options: { dtype?: DTypeLike | null } = {}): ndarray {
  checkOptions('asfortranarray', options, ['dtype']);
  const given = asArray(data, coreOf(options.dtype));
  if (given.ndim === 0) return reshapeTo(given, [1]);
  return given.flags.f_contiguous ? given : columnMajor(given);
}

/**
 * A copy of an array in fresh memory. Source: numpy.copy.
 * @example
 * np.copy([1, 2]) // → [1 2]
 */
export function copy(a: ArrayLike, options: { order?: 'C' | 'F' | 'K' } = {}): ndarray {
  checkOptions('copy', options, ['order']);
  const given = asArray(a);
  if (options.order === 'F') return columnMajor(given);
  return options.order === 'C' ? clone<ndarray>(given) : castCopy(given, given.dtypeCore);
}

/**
 * An uninitialised array: its elements are whatever the memory held. Source: numpy.empty.
 * @example
 * np.empty([2, 3]).shape // → [2, 3]
 */
export function empty(shape: Shape, ...args: CreateArguments): ndarray {
  const { dtype, order } = bind<CreateOptions>('empty', ['dtype', 'order'], args);
  return blank(shapeOf(shape), coreOf(dtype) ?? core.float64, order);
}

function filled(shape: Shape, value: Scalar, dtype: DType, order: Order | undefined): ndarray {
  checkOrder(order);
  if (order !== 'F') return make.full(ndarray, shapeOf(shape), value, dtype, cpu);
  const result = blank(shapeOf(shape), dtype, order);
  writeScalar(result, value);
  return result;
}

function writeScalar(target: ndarray, value: Scalar): void {
  writeInto(target, make.full(ndarray, [], value, target.dtypeCore, cpu));
}

/**
 * Zeros. Source: numpy.zeros.
 * @example
 * np.zeros([2, 2], { dtype: 'int32' }) // → [[0 0]
 * //    [0 0]]
 */
export function zeros(shape: Shape, ...args: CreateArguments): ndarray {
  const { dtype, order } = bind<CreateOptions>('zeros', ['dtype', 'order'], args);
  return filled(shape, 0, coreOf(dtype) ?? core.float64, order);
}

/**
 * Ones. Source: numpy.ones.
 * @example
 * np.ones(3) // → [1. 1. 1.]
 */
export function ones(shape: Shape, ...args: CreateArguments): ndarray {
  const { dtype, order } = bind<CreateOptions>('ones', ['dtype', 'order'], args);
  return filled(shape, 1, coreOf(dtype) ?? core.float64, order);
}

/**
 * An array of one value, or of one that broadcasts to the shape, in the value's dtype. Source: numpy.full.
 * @example
 * np.full(2, 7) // → [7 7]
 */
export function full(shape: Shape, fill_value: ArrayLike, ...args: CreateArguments): ndarray {
  const { dtype, order } = bind<CreateOptions>('full', ['dtype', 'order'], args);
  if (isScalar(fill_value)) {
    const type = coreOf(dtype) ?? defaultDType(fill_value);
    return filled(shape, convertScalar(fill_value, type), type, order);
  }
  const value = asArray(fill_value);
  const result = blank(shapeOf(shape), coreOf(dtype) ?? value.dtypeCore, order);
  writeInto(result, broadcastInto(value, result.shape));
  return result;
}

function broadcastInto(value: ndarray, shape: readonly number[]): ndarray {
  const lead = shape.length - value.ndim;
  if (lead < 0 || value.shape.some((extent, axis) => extent !== 1 && extent !== shape[lead + axis])) {
    throw new ValueError(
      `could not broadcast input array from shape ${shapeText(value.shape)} into shape ${shapeText(shape)}`);
  }
  return value;
}

export interface LikeOptions extends CreateOptions {
  /** Another shape than the given array's. */
  shape?: Shape | null;
}
type LikeArguments = [options?: LikeOptions] | [dtype?: DTypeLike | null, options?: LikeOptions];

function like(
  caller: string, a: ArrayLike, args: readonly unknown[],
): { shape: readonly number[]; dtype: DType; order: Order | undefined } {
  const { dtype, order, shape } = bind<LikeOptions>(caller, ['dtype', 'order', 'shape'], args);
  const given = asArray(a);
  return {
    shape: shape === undefined || shape === null ? given.shape : shapeOf(shape), dtype: coreOf(dtype) ?? given.dtypeCore, order,
  };
}

/**
 * An uninitialised array of another's shape and dtype. Source: numpy.empty_like.
 * @example
 * np.empty_like([1, 2]).dtype // → int64
 */
export function empty_like(a: ArrayLike, ...args: LikeArguments): ndarray {
  const { shape, dtype, order } = like('empty_like', a, args);
  return blank(shape, dtype, order);
}

/**
 * Zeros of another array's shape and dtype. Source: numpy.zeros_like.
 * @example
 * np.zeros_like([1.5, 2]) // → [0. 0.]
 */
export function zeros_like(a: ArrayLike, ...args: LikeArguments): ndarray {
  const { shape, dtype, order } = like('zeros_like', a, args);
  return filled(shape, 0, dtype, order);
}

/**
 * Ones of another array's shape and dtype. Source: numpy.ones_like.
 * @example
 * np.ones_like([5, 6]) // → [1 1]
 */
export function ones_like(a: ArrayLike, ...args: LikeArguments): ndarray {
  const { shape, dtype, order } = like('ones_like', a, args);
  return filled(shape, 1, dtype, order);
}

/**
 * One value in another array's shape and dtype. Source: numpy.full_like.
 * @example
 * np.full_like([1, 2], 9) // → [9 9]
 */
export function full_like(a: ArrayLike, fill_value: ArrayLike, ...args: LikeArguments): ndarray {
  const { shape, dtype, order } = like('full_like', a, args);
  const result = blank(shape, dtype, order);
  if (isScalar(fill_value)) writeScalar(result, convertScalar(fill_value, dtype));
  else writeInto(result, broadcastInto(asArray(fill_value), shape));
  return result;
}

export interface EyeOptions {
  /** The number of columns; as many as rows if left out. */
  M?: number | null;
  /** The diagonal: above the main one where positive. */
  k?: number;
  dtype?: DTypeLike | null;
}

export type EyeArguments =
  | [options?: EyeOptions]
  | [M?: number | null, options?: EyeOptions]
  | [M: number | null | undefined, k: number, options?: EyeOptions];

/**
 * Ones on a diagonal, zeros elsewhere. Source: numpy.eye.
 * @example
 * np.eye(2) // → [[1. 0.]
 * //    [0. 1.]]
 */
export function eye(N: number, ...args: EyeArguments): ndarray {
  const { M, k = 0, dtype } = bind<EyeOptions>('eye', ['M', 'k', 'dtype'], args);
  return eyeOf(ndarray, N, M ?? N, k, coreOf(dtype) ?? core.float64, cpu);
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

/**
 * An array over bytes: of an ArrayBuffer, a DataView or a typed array, copied. Source: numpy.frombuffer.
 * @example
 * np.frombuffer(new Uint8Array([1, 0, 2, 0]), { dtype: 'int16' }) // → [1 2]
 */
export function frombuffer(
  buffer: ArrayBufferLike | ArrayBufferView, options: { dtype?: DTypeLike | null; count?: number; offset?: number } = {},
): ndarray {
  checkOptions('frombuffer', options, ['dtype', 'count', 'offset']);
  const { count = -1, offset = 0 } = options;
  const dtype = coreOf(options.dtype) ?? core.float64;
  if (typeof buffer !== 'object') throw new TypeError(`a bytes-like object is required, not '${pythonTypeName(buffer)}'`);
  [count, offset].forEach(checkInteger);
  const bytes = ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength) : new Uint8Array(buffer);
  if (offset < 0 || offset > bytes.length) {
    throw new ValueError(
      `offset must be non-negative and no greater than buffer length (${bytes.length})`);
  }
  const available = bytes.length - offset;
  if (count < 0 && available % dtype.itemsize !== 0) {
    throw new ValueError(
      'buffer size must be a multiple of element size');
  }
  const length = count < 0 ? available / dtype.itemsize : count;
  if (length * dtype.itemsize > available) throw new ValueError('buffer is smaller than requested size');
  const part = bytes.slice(offset, offset + length * dtype.itemsize);
  const data = new dtype.array(part.buffer, 0, length * dtype.components);
  return make.fromTyped(ndarray, data, [length], dtype, cpu);
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
