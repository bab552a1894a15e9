import type { Scalar } from '../../core/complex.ts';
import { isScalar } from '../../core/complex.ts';
import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { KeyError, ValueError, listOf, noAttribute, pythonTypeName } from '../../core/errors.ts';
import { axesByStride, contiguousLayout, layoutAt, stridedLayout } from '../../core/layout.ts';
import { deepest } from '../../core/literal.ts';
import { viewOf } from '../../core/strided.ts';
import * as make from '../../ops/creation.ts';
import { eye as eyeOf } from '../../ops/matrices.ts';
import { elementAt } from '../../ops/host.ts';
import { contiguous, permute, reshapeTo } from '../../ops/movement.ts';
import { isfinite } from '../../ops/pointwise/comparison.ts';
import { all, allAxes } from '../../ops/reduce.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, writeInto } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { constructWith, coreOf } from '../dtypes/dtype.ts';
import type { MemoryOrder, Order } from '../arguments/orders.ts';
import { arranged, arrangedAs, blank } from '../arguments/orders.ts';
import { compiled, routine } from '../arguments/routine.ts';
import { convertScalar } from '../dtypes/promotion.ts';
import { indices } from './indexing.ts';
import { copyto } from './joining.ts';

/** Arrays from a shape or value, and from existing data. */

export type Shape = number | readonly number[];
export type { MemoryOrder, Order };

type Type = DTypeLike | null;
/** What a call may say of arrays of other libraries and on other devices, which there are none of. */
type Elsewhere = [device?: 'cpu' | null, like?: ndarray | null];
const elsewhere = '*, device=None, like=None';

constructWith((value, type) => asArray(value as ArrayLike, type.core));

declare module '../dtypes/dtype.ts' {
  interface dtype {
    /** An array of this dtype, of no dimensions where the value is a number: NumPy's `np.float32(0.5)`. */
    (value?: ArrayLike): ndarray;
  }
}

/**
 * An array of the given data: numbers, nested lists, typed arrays (which keep their type), other arrays (copied).
 * Whole numbers give int64, others float64, booleans bool; throws a ValueError where lists have unequal lengths.
 * Source: numpy.array.
 * @example
 * np.array([[1, 2], [3, 4.5]]) // → [[1.  2. ]
 *                              //    [3.  4.5]]
 */
export const array = routine('array', [
  'object: array_like, dtype=None, *', "copy: bool | None = True, order='K', subok=False, ndmin=0, ndmax=0, like=None",
], (
  object: ArrayLike, dtype?: Type, copying: boolean | null = true, order: MemoryOrder = 'K', _subok?: boolean, ndmin: number = 0,
  ndmax: number = Infinity, _like?: ndarray | null,
): ndarray => {
  const given = asArray(object, coreOf(dtype));
  if (given.ndim > ndmax) {
    throw new ValueError(
      `setting an array element with a sequence. The requested array would exceed the maximum number of dimension of ${ndmax}.`);
  }
  if (ndmin > deepest.numpy) throw new ValueError(`ndmin must be <= ndmax (${deepest.numpy})`);
  const result = arranged(object, given, order, copying);
  const missing = ndmin - result.ndim;
  if (missing <= 0) return result;
  const { strides, offset } = result.geometry;
  const shape = [...new Array<number>(missing).fill(1), ...result.shape];
  return viewOf(result, stridedLayout(shape, [...new Array<number>(missing).fill(strides[0] ?? 1), ...strides], offset));
}, compiled);

/**
 * The data as an array, without a copy where it is one of that dtype already. Source: numpy.asarray.
 * @example
 * np.asarray([1, 2]).dtype // → int64
 */
const converting = (name: string) => routine(name, ['a, dtype=None, order: order = None, *', 'device=None, copy: bool = None, like=None'], (
  a: ArrayLike, dtype?: Type, order?: MemoryOrder | null, _device?: 'cpu' | null, copying: boolean | null = null, _like?: ndarray | null,
): ndarray => arranged(a, asArray(a, coreOf(dtype)), order, copying), compiled);
/**
 * As array, but what is an array of the dtype already is not copied. Source: numpy.asarray.
 * @example
 * const x = np.arange(3);
 * np.asarray(x) === x // → true
 */
export const asarray = converting('asarray');

/**
 * Another name of asarray. Source: numpy.asanyarray.
 * @example
 * np.asanyarray(3).ndim // → 0
 */
export const asanyarray = converting('asanyarray');

/**
 * As asarray, but a ValueError where there is an infinity or NaN. Source: numpy.asarray_chkfinite.
 * @example
 * np.asarray_chkfinite([1, Infinity]) // → ValueError: array must not contain infs or NaNs
 */
export const asarray_chkfinite = routine('asarray_chkfinite', 'a, dtype=None, order: order = None', (
  a: ArrayLike, dtype?: Type, order?: MemoryOrder | null,
): ndarray => {
  const x = asarray(a, dtype, order);
  if (core.isInexact(x.dtypeCore) && elementAt(all<ndarray>(isfinite<ndarray>(x), allAxes(x)), 0) === false) {
    throw new ValueError('array must not contain infs or NaNs');
  }
  return x;
});

/** What arrays may be required to be, by all the names of it. */
const requirementNames: Readonly<Record<string, string>> = {
  C: 'C', C_CONTIGUOUS: 'C', CONTIGUOUS: 'C', F: 'F', F_CONTIGUOUS: 'F', FORTRAN: 'F', A: 'aligned', ALIGNED: 'aligned',
  W: 'writeable', WRITEABLE: 'writeable', O: 'owndata', OWNDATA: 'owndata', E: 'E', ENSUREARRAY: 'E',
};

/**
 * The data as an array of a dtype that is as required, copied where it is not: 'C' or 'F' (in that order of memory), 'W' (writeable),
 * 'O' (with memory of its own), 'A' (aligned). Source: numpy.require.
 * @example
 * np.require(np.ones([2, 3]), 'float32', ['F']).flags.f_contiguous // → true
 */
export const require = routine('require', 'a, dtype=None, requirements=None, *, like=None', (
  a: ArrayLike, dtype?: Type, requirements?: string | readonly string[] | null, _like?: ndarray | null,
): ndarray => {
  const wanted = new Set(listOf(requirements ?? []).map((each) => {
    if (typeof each !== 'string') throw noAttribute(each, 'upper');
    const name = each.toUpperCase();
    if (!Object.hasOwn(requirementNames, name)) throw new KeyError(`'${name}'`);
    return requirementNames[name];
  }));
  if (wanted.has('C') && wanted.has('F')) throw new ValueError('Cannot specify both "C" and "F" order');
  const order = wanted.has('F') ? 'F' : wanted.has('C') ? 'C' : null;
  const x = asarray(a, dtype, order);
  const { flags } = x;
  const fits = (['aligned', 'writeable', 'owndata'] as const).every((name) => !wanted.has(name) || flags[name]);
  return fits ? x : x.copy(order ?? 'A');
});

/**
 * An array, or a copy of it, in another dtype. Source: numpy.astype.
 * @example
 * np.astype(np.array([1.7, -1.7]), 'int8') // → [ 1 -1]
 */
export const astype = routine('astype', 'x, dtype, /, *, copy=True, device=None', (
  x: ndarray, dtype: Type, copying: boolean = true, _device?: 'cpu' | null,
): ndarray => {
  if (isScalar(x)) throw noAttribute(x, 'astype');
  if (!(x instanceof ndarray)) {
    throw new TypeError(`Input should be a NumPy array or scalar. It is a <class '${pythonTypeName(x)}'> instead.`);
  }
  return x.astype(dtype as DTypeLike, { copy: copying });
});

/**
 * The data as a row-major array of at least one axis. Source: numpy.ascontiguousarray.
 * @example
 * np.ascontiguousarray(np.ones([2, 3]).T).flags.c_contiguous // → true
 */
export const ascontiguousarray = routine('ascontiguousarray', 'a, dtype=None, *, like=None', (
  a: ArrayLike, dtype?: Type, _like?: ndarray | null,
): ndarray => {
  const result = contiguous<ndarray>(asArray(a, coreOf(dtype)));
  if (result.ndim > 0) return result;
  return viewOf(result, layoutAt(contiguousLayout([1]), result.geometry.offset));
}, compiled);

/**
 * The array with its elements column by column in memory, copied where they are not. Source: numpy.asfortranarray.
 * @example
 * np.asfortranarray(np.ones([2, 3])).strides // → [8, 16]
 */
export const asfortranarray = routine('asfortranarray', 'a, dtype=None, *, like=None', (
  a: ArrayLike, dtype?: Type, _like?: ndarray | null,
): ndarray => {
  const given = asArray(a, coreOf(dtype));
  if (given.ndim === 0) return reshapeTo(given, [1]);
  return given.flags.f_contiguous ? given : arrangedAs(given, 'F');
}, compiled);

/**
 * A copy of an array in fresh memory. Source: numpy.copy.
 * @example
 * np.copy([1, 2]) // → [1 2]
 */
export const copy = routine('copy', "a, order='K', subok=False", (a: ArrayLike, order: MemoryOrder = 'K', _subok?: boolean): ndarray => {
  const given = asArray(a);
  return arranged(given, given, order, true);
});

/**
 * An uninitialised array: its elements are whatever the memory held. Source: numpy.empty.
 * @example
 * np.empty([2, 3]).shape // → [2, 3]
 */
export const empty = routine('empty', ["shape, dtype=None, order='C'", elsewhere], (
  shape: Shape, dtype?: Type, order?: Order, ..._rest: Elsewhere
): ndarray => blank(shape as readonly number[], coreOf(dtype) ?? core.float64, order), compiled);

function filled(shape: Shape, value: Scalar, dtype: DType, order: Order = 'C'): ndarray {
  const extents = shape as readonly number[];
  if (order === 'C') return make.full(ndarray, extents, value, dtype, cpu);
  const result = blank(extents, dtype, order);
  writeScalar(result, value);
  return result;
}

function writeScalar(target: ndarray, value: Scalar): void {
  writeInto(target, make.full(ndarray, [], value, target.dtypeCore, cpu));
}

/**
 * An array of a shape, filled with 0; float64 unless said. Source: numpy.zeros.
 * @example
 * np.zeros([2, 2], { dtype: 'int32' }) // → [[0 0]
 *                                      //    [0 0]]
 */
export const zeros = routine('zeros', ["shape, dtype=None, order='C'", elsewhere], (
  shape: Shape, dtype?: Type, order?: Order, ..._rest: Elsewhere
): ndarray => filled(shape, 0, coreOf(dtype) ?? core.float64, order), compiled);

/**
 * An array of a shape, filled with 1; float64 unless said. Source: numpy.ones.
 * @example
 * np.ones(3) // → [1. 1. 1.]
 */
export const ones = routine('ones', ["shape, dtype=None, order='C'", elsewhere], (
  shape: Shape, dtype?: Type, order?: Order, ..._rest: Elsewhere
): ndarray => filled(shape, 1, coreOf(dtype) ?? core.float64, order));

/**
 * An array of one value, or of one that broadcasts to the shape, in the value's dtype. Source: numpy.full.
 * @example
 * np.full(2, 7) // → [7 7]
 */
export const full = routine('full', ["shape, fill_value, dtype=None, order='C'", elsewhere], (
  shape: Shape, fill_value: ArrayLike, dtype?: Type, order?: Order, ..._rest: Elsewhere
): ndarray => {
  if (isScalar(fill_value)) {
    const type = coreOf(dtype) ?? asArray(fill_value).dtypeCore;
    return filled(shape, convertScalar(fill_value, type), type, order);
  }
  const value = asArray(fill_value);
  const result = blank(shape as readonly number[], coreOf(dtype) ?? value.dtypeCore, order);
  copyto(result, value, 'unsafe');
  return result;
});

/** An uninitialised array like another, whose axes lie in memory as those of the other do where the order says so. */
function blankLike(x: ndarray, dtype: Type | undefined, order: MemoryOrder | null, shape: Shape | null | undefined): ndarray {
  const extents = (shape ?? x.shape) as readonly number[];
  const type = coreOf(dtype) ?? x.dtypeCore;
  if (order === 'F' || (order === 'A' && x.flags.fnc)) return blank(extents, type, 'F');
  if ((order ?? 'K') !== 'K' || extents.length !== x.ndim) return blank(extents, type);
  const axes = axesByStride(x.geometry);
  const places = extents.map((_, axis) => axes.indexOf(axis));
  return permute<ndarray>(make.empty(ndarray, axes.map((axis) => extents[axis]), type, cpu), places);
}

const likeText = ["dtype=None, order: order | None='K', subok=True, shape=None, *", 'device=None'] as const;
type LikeArguments = [dtype?: Type, order?: MemoryOrder | null, subok?: boolean, shape?: Shape | null, device?: 'cpu' | null];

/**
 * An uninitialised array of another's shape and dtype. Source: numpy.empty_like.
 * @example
 * np.empty_like([1, 2]).dtype // → int64
 */
export const empty_like = routine('empty_like', ['prototype, /', ...likeText], (
  prototype: ArrayLike, ...[dtype, order = 'K', , shape]: LikeArguments
): ndarray => blankLike(asArray(prototype), dtype, order, shape));

const likeOf = (name: string, value: number) => routine(name, ['a', ...likeText], (
  a: ArrayLike, ...[dtype, order = 'K', , shape]: LikeArguments
): ndarray => {
  const result = blankLike(asArray(a), dtype, order, shape);
  writeScalar(result, value);
  return result;
});

/**
 * Zeros of another array's shape and dtype. Source: numpy.zeros_like.
 * @example
 * np.zeros_like([1.5, 2]) // → [0. 0.]
 */
export const zeros_like = likeOf('zeros_like', 0);

/**
 * Ones of another array's shape and dtype. Source: numpy.ones_like.
 * @example
 * np.ones_like([5, 6]) // → [1 1]
 */
export const ones_like = likeOf('ones_like', 1);

/**
 * One value in another array's shape and dtype. Source: numpy.full_like.
 * @example
 * np.full_like([1, 2], 9) // → [9 9]
 */
export const full_like = routine('full_like', ['a, fill_value', ...likeText], (
  a: ArrayLike, fill_value: ArrayLike, ...[dtype, order = 'K', , shape]: LikeArguments
): ndarray => {
  const result = blankLike(asArray(a), dtype, order, shape);
  if (isScalar(fill_value)) writeScalar(result, convertScalar(fill_value, result.dtypeCore));
  else copyto(result, fill_value, 'unsafe');
  return result;
});

/**
 * Ones on a diagonal, zeros elsewhere. Source: numpy.eye.
 * @example
 * np.eye(2) // → [[1. 0.]
 *           //    [0. 1.]]
 */
export const eye = routine('eye', ["N: count, M: count | None = None, k=0, dtype='float', order='C'", elsewhere], (
  N: number, M?: number | null, k: number = 0, dtype?: Type, order?: Order, ..._rest: Elsewhere
): ndarray => {
  const result = eyeOf(ndarray, N, M ?? N, k, coreOf(dtype) ?? core.float64, cpu);
  return order === undefined || order === 'C' ? result : arrangedAs(result, order);
});

/**
 * The identity matrix of n rows: 1 on its diagonal, else 0. Source: numpy.identity.
 * @example
 * np.identity(2, { dtype: 'int64' }) // → [[1 0]
 *                                    //    [0 1]]
 */
export const identity = routine('identity', 'n: count, dtype=None, *, like=None', (
  n: number, dtype?: Type, _like?: ndarray | null,
): ndarray => eye(n, { dtype }));

/**
 * An array over bytes: of an ArrayBuffer, a DataView or a typed array, copied. Source: numpy.frombuffer.
 * @example
 * np.frombuffer(new Uint8Array([1, 0, 2, 0]), { dtype: 'int16' }) // → [1 2]
 */
export const frombuffer = routine('frombuffer', 'buffer, dtype=None, count=-1, offset=0, *, like=None', (
  buffer: ArrayBufferLike | ArrayBufferView, type?: Type, count: number = -1, offset: number = 0, _like?: ndarray | null,
): ndarray => {
  const dtype = coreOf(type) ?? core.float64;
  const isView = ArrayBuffer.isView(buffer);
  if (!isView && !Object.prototype.toString.call(buffer).endsWith('Buffer]')) {
    throw new TypeError(`a bytes-like object is required, not '${pythonTypeName(buffer)}'`);
  }
  const bytes = isView ? core.bytesOf(buffer) : new Uint8Array(buffer);
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
}, compiled);

/**
 * A function of the grid's coordinate arrays. Source: numpy.fromfunction.
 * @example
 * np.fromfunction((i, j) => i.add(j), [2, 2]) // → [[0. 1.]
 *                                             //    [1. 2.]]
 */
export const fromfunction = routine('fromfunction', "function: callable, shape, *, dtype='float', like=None", (
  callback: (...coordinates: ndarray[]) => ArrayLike, shape: Shape, dtype: Type = 'float64', _like?: ndarray | null,
): ndarray => {
  const extents = shape as readonly number[];
  const grid = indices(extents, { dtype });
  return asArray(callback(...extents.map((_, axis) => grid.at(axis))));
});
