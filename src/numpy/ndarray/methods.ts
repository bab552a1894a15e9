import { announceKind } from '../../core/arrayKinds.ts';
import { provideArrays } from '../../core/arrays.ts';
import { isScalar } from '../../core/complex.ts';
import { NotImplementedError, ValueError, lengthOf, shown, refuseWrites } from '../../core/errors.ts';
import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import { bytesOf, int64, isComplex } from '../../core/dtype.ts';
import { broadcastShapes, sameShape, stridedLayout } from '../../core/layout.ts';
import { viewOf } from '../../core/strided.ts';
import { isOptions } from '../../core/options.ts';
import { fromTyped } from '../../ops/creation.ts';
import { noticeFraction } from '../../ops/guessed.ts';
import { broadcastTo, fillWith, normalizeAxis, reshapeTo } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import type { ArrayLike } from './ndarray.ts';
import { ndarray } from './ndarray.ts';
import type { Attributes } from './attributes.ts';
import { defineAttributes } from './attributes.ts';
import { asArray, checkWritable, checkedElement, writeInto } from './conversion.ts';
import * as composites from '../routines/math.ts';
import * as creation from '../routines/creation.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { cName, coreOf } from '../dtypes/dtype.ts';
import { tofile } from '../io/binary.ts';
import { dump, dumps, getfield, setfield } from './fields.ts';
import type { Index } from './indexing.ts';
import { readIndex, writeIndex } from './indexing.ts';
import * as joining from '../routines/joining.ts';
import * as manipulation from '../routines/manipulation.ts';
import type { ReshapeOrder } from '../routines/manipulation.ts';
import { promoteAll } from '../arguments/operands.ts';
import type { Method } from '../arguments/routine.ts';
import { compiledSignature, method, pythonSignature, routine } from '../arguments/routine.ts';
import { reshaped } from '../arguments/shapes.ts';
import { arranged } from '../arguments/orders.ts';
import * as indexing from '../routines/indexing.ts';
import * as ordering from '../routines/sorting.ts';
import type { IndexMode } from '../routines/sorting.ts';
import * as products from '../routines/products.ts';
import type { Casting } from '../dtypes/promotion.ts';
import { checkCast, checkCasting } from '../dtypes/promotion.ts';
import * as reductions from '../routines/reductions.ts';
import { watcher } from '../ufunc/errorState.ts';
import type { BinaryUfunc, UnaryUfunc } from '../ufunc/methods.ts';
import type { InPlaceArguments, UfuncArguments } from '../ufunc/ufunc.ts';
import { deliver } from '../ufunc/ufunc.ts';
import * as ufuncs from '../ufuncs.ts';

/**
 * The methods of arrays that are functions elsewhere: every ufunc as `x.exp()` and, in place, `x.exp_()`, and the functions
 * that take an array first. In place means NumPy's `out=x`, with its casting rule 'same_kind'.
 */

type Ufuncs = typeof ufuncs;
type UnaryName = { [K in keyof Ufuncs]: Ufuncs[K] extends UnaryUfunc ? K : never }[keyof Ufuncs];
type BinaryName = { [K in keyof Ufuncs]: Ufuncs[K] extends BinaryUfunc ? K : never }[keyof Ufuncs];

const shortNames = {
  sub: 'subtract', mul: 'multiply', div: 'divide', eq: 'equal', ne: 'not_equal', lt: 'less', le: 'less_equal', gt: 'greater',
  ge: 'greater_equal',
} as const satisfies Record<string, BinaryName>;
type ShortName = keyof typeof shortNames;

type UnaryMethods =
  & { [K in UnaryName | 'neg']: (...rest: UfuncArguments) => ndarray }
  & { [K in UnaryName | 'neg' as `${K}_`]: (...rest: InPlaceArguments) => ndarray };
type BinaryMethods =
  & { [K in BinaryName | ShortName]: (other: ArrayLike, ...rest: UfuncArguments) => ndarray }
  & { [K in BinaryName | ShortName as `${K}_`]: (other: ArrayLike, ...rest: InPlaceArguments) => ndarray };

interface ReshapeOptions {
  readonly order?: ReshapeOrder;
  readonly copy?: boolean | null;
}
/** A shape as one list or as several numbers, and what is named after it. */
type ShapeArguments =
  | [shape: number | readonly number[], options?: ReshapeOptions]
  | [...extents: number[]]
  | [...extents: number[], options: ReshapeOptions];

interface OwnMethods {
  /**
   * The elements that an index names, Python's `x[...]`: a view for numbers, slices, `'...'` and null (a new axis), a copy
   * for masks and integer arrays.
   * @example
   * np.arange(6).reshape(2, 3).at(':', 1) // → [1 4]
   */
  at(...index: readonly Index[]): ndarray;
  /**
   * Writes a value, broadcast and cast to the array's dtype, where an index says: Python's `x[...] = value`.
   * @example
   * const x = np.zeros(3);
   * x.set(['1:'], 7);
   * x // → [0. 7. 7.]
   */
  set(index: readonly Index[] | Index, value: ArrayLike): void;
  /**
   * The elements in another dtype. Throws a TypeError where `casting` forbids it. Source: numpy.ndarray.astype.
   * @example
   * np.array([1.7, -1.7]).astype('int32') // → [ 1 -1]
   */
  astype: typeof astype;
  /**
   * Writes the elements in row-major order to a path: their bytes, or with `sep` a text of them, each as `format` says, which goes to what
   * has a method `write` as well. Source: numpy.ndarray.tofile.
   * @example
   * const lines: string[] = [];
   * np.array([1, 2.5]).tofile({ write: (text: string) => lines.push(text) }, ', ', '%.2f');
   * lines // → ['1.00, 2.50']
   */
  tofile: typeof tofile;
  /**
   * A part of the bytes of each element as another dtype, a view: `offset` bytes from its start. Source: numpy.ndarray.getfield.
   * @example
   * np.array([new np.Complex(1, 2), 3]).getfield('float64', 8) // → [2. 0.]
   */
  getfield: typeof getfield;
  /**
   * Writes values into such a part. Source: numpy.ndarray.setfield.
   * @example
   * const x = np.zeros(2, { dtype: 'complex128' });
   * x.setfield([5, 6], 'float64', 8);
   * x // → [0.+5.j 0.+6.j]
   */
  setfield: typeof setfield;
  /**
   * Not here: files of Python's objects; `np.save` writes arrays. Source: numpy.ndarray.dump.
   * @example
   * np.arange(3).dump('x.pkl')
   * // → NotImplementedError: Python's pickles are neither written nor read: np.save(file, x) writes an array, x.tobytes() gives its bytes
   */
  dump(file: unknown): never;
  /**
   * Not here, as dump. Source: numpy.ndarray.dumps.
   * @example
   * np.arange(3).dumps()
   * // → NotImplementedError: Python's pickles are neither written nor read: np.save(file, x) writes an array, x.tobytes() gives its bytes
   */
  dumps(): never;
  /**
   * The bytes of each number in the opposite order, in a copy or in place. Source: numpy.ndarray.byteswap.
   * @example
   * np.array([1, 256], { dtype: 'int16' }).byteswap() // → [256   1]
   */
  byteswap: typeof byteswap;
  /**
   * For each element k what stands at its place in the k-th of some arrays. Source: numpy.ndarray.choose.
   * @example
   * np.array([1, 0]).choose([[10, 20], [30, 40]]) // → [30 20]
   */
  choose(...choices: readonly ArrayLike[]): ndarray;
  choose(...args: readonly [...choices: readonly ArrayLike[], options: ChooseOptions]): ndarray;
  /** Limited to [min, max]; either may be null. Source: numpy.ndarray.clip. */
  clip: typeof clip;
  /** The slices along an axis for which a vector of conditions holds. Source: numpy.ndarray.compress. */
  compress: typeof compress;
  /** A copy in fresh memory. Source: numpy.ndarray.copy. */
  copy: typeof copy;
  /**
   * Writes one value everywhere. Throws a ValueError where the array is read-only. Source: numpy.ndarray.fill.
   * @example
   * const x = np.zeros(3);
   * x.fill(7);
   * x // → [7. 7. 7.]
   */
  fill: typeof fill;
  /**
   * The elements in one axis, always a copy. Source: numpy.ndarray.flatten.
   * @example
   * np.array([[1, 2], [3, 4]]).flatten({ order: 'F' }) // → [1 3 2 4]
   */
  flatten: typeof flatten;
  /**
   * Sorts in place so far that the k-th smallest stands at k, all smaller ones before it. Source:
   * numpy.ndarray.partition.
   * @example
   * const x = np.array([3, 1, 2]);
   * x.partition(1);
   * x.at(1) // → 2
   */
  partition: typeof partition;
  /**
   * Positions that would put the k-th smallest at k, all smaller ones before it. Source: numpy.ndarray.argpartition.
   * @example
   * np.array([3, 1, 2]).argpartition(1).at(1) // → 2
   */
  argpartition: typeof argpartition;
  /**
   * The same elements under another shape, of which one extent may be -1; a view where memory allows. Source: numpy.ndarray.reshape.
   * @example
   * np.arange(6).reshape(2, -1).shape // → [2, 3]
   */
  reshape(...args: ShapeArguments): ndarray;
  /** The axes in another order, reversed if none is given; a view. Source: numpy.ndarray.transpose. */
  transpose(...axes: readonly number[] | readonly [axes?: readonly number[] | null]): ndarray;
  /** Sorts in place along an axis, the last if none is named. Source: numpy.ndarray.sort. */
  sort: Method<typeof ordering.sortInPlace>;
  /** Overwrites elements by their row-major positions. Source: numpy.ndarray.put. */
  put: typeof put;
  /**
   * The same memory as another dtype. Where its size differs, the last axis must be contiguous and takes the change.
   * @example
   * np.array([1], { dtype: 'float32' }).view('int32').item() // → 1065353216
   */
  view: typeof view;
  /**
   * The elements' bytes in row-major order, or another. Source: numpy.ndarray.tobytes.
   * @example
   * np.array([1, 2], { dtype: 'int16' }).tobytes() // → 1,0,2,0
   */
  tobytes: typeof tobytes;
  /**
   * The array itself: there is no other device for it. Throws a ValueError for one that is not 'cpu'. Source:
   * numpy.ndarray.to_device.
   * @example
   * np.arange(3).to_device('cpu') // → [0 1 2]
   */
  to_device: typeof toDevice;
  /**
   * Makes an array read-only or writeable, as `x.flags.writeable = write` does. Source: numpy.ndarray.setflags.
   * @example
   * const x = np.zeros(2);
   * x.setflags({ write: false });
   * x.fill(1) // → ValueError: assignment destination is read-only
   */
  setflags: typeof setflags;
  /** Always throws: memory is shared by views, so an array cannot change its size in place. */
  resize(...shape: number[]): never;
}

/** Functions whose first argument is the array. */
const functions = {
  all: reductions.all, any: reductions.any, argmax: reductions.argmax, argmin: reductions.argmin, argsort: ordering.argsort,
  cumprod: reductions.cumprod, cumsum: reductions.cumsum, diagonal: manipulation.diagonal,
  dot: products.dot, matmul: products.matmul, max: reductions.max, mean: reductions.mean, min: reductions.min,
  nonzero: ordering.nonzero, prod: reductions.prod, ptp: reductions.ptp, ravel: manipulation.ravel, repeat: joining.repeat,
  round: composites.round, searchsorted: ordering.searchsorted, squeeze: manipulation.squeeze,
  std: reductions.std, sum: reductions.sum, swapaxes: manipulation.swapaxes, take: ordering.take, trace: manipulation.trace,
  var: reductions.var_,
} as const;
type Functions = typeof functions;
type FunctionMethods = { [K in keyof Functions]: Method<Functions[K]> };

type Methods = UnaryMethods & BinaryMethods & FunctionMethods & OwnMethods & Attributes;

declare module './ndarray.ts' {
  interface ndarray extends Methods {}
}

const { prototype } = ndarray;

function define(name: string, value: (this: ndarray, ...args: never) => unknown): void {
  if (Object.hasOwn(prototype, name)) throw new Error(`ndarray.${name} is defined twice`);
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
}

function defineUnary(name: string, ufunc: UnaryUfunc): void {
  define(name, function (this: ndarray, ...rest: UfuncArguments): ndarray {
    // What has no imaginary part is its own conjugate, and not a copy as the function gives.
    if (rest.length === 0 && ufunc === ufuncs.conjugate && this.dtypeCore.kind !== 'complex') return this;
    return ufunc(this, ...rest);
  });
  define(`${name}_`, function (this: ndarray, ...rest: InPlaceArguments): ndarray {
    return ufunc(this, this, ...rest);
  });
}

function defineBinary(name: string, ufunc: (x1: ArrayLike, x2: ArrayLike, ...rest: UfuncArguments) => ndarray): void {
  define(name, function (this: ndarray, other: ArrayLike, ...rest: UfuncArguments): ndarray {
    return ufunc(this, other, ...rest);
  });
  define(`${name}_`, function (this: ndarray, other: ArrayLike, ...rest: InPlaceArguments): ndarray {
    return ufunc(this, other, this, ...rest);
  });
}

/** Python's `x ** y` takes the short way for the powers that have one. */
function powerOf(x: ArrayLike, y: ArrayLike, ...rest: UfuncArguments): ndarray {
  // For booleans too: their square is int8, while their power is taken in int64.
  if (x instanceof ndarray && y === 2 && x.dtypeCore.kind === 'bool') return ufuncs.square(x, ...rest);
  if (x instanceof ndarray && typeof y === 'number' && (x.dtypeCore.kind === 'float' || x.dtypeCore.kind === 'complex')) {
    switch (y) {
      case 1: return ufuncs.positive(x, ...rest);
      case 2: return ufuncs.square(x, ...rest);
      case 0.5: return ufuncs.sqrt(x, ...rest);
      case -1: return ufuncs.reciprocal(x, ...rest);
    }
  }
  return ufuncs.power(x, y, ...rest);
}

const all: Readonly<Record<string, UnaryUfunc | BinaryUfunc>> = { ...ufuncs };
for (const [name, ufunc] of Object.entries(all)) {
  if (name === 'pow') continue;
  if (ufunc.nin === 1) defineUnary(name, ufunc);
  else defineBinary(name, ufunc);
}
for (const [name, long] of Object.entries(shortNames)) defineBinary(name, all[long] as BinaryUfunc);
defineUnary('neg', ufuncs.negative);
defineBinary('pow', powerOf);

const reshape = routine('ndarray.reshape', "self, /, *shape: int, order='C', copy: bool = None", (
  x: ndarray, shape: readonly number[], order?: ReshapeOrder, copy?: boolean | null,
): ndarray => manipulation.reshape(x, shape, order, { copy }));
const transpose = routine('ndarray.transpose', 'self, /, *axes: int | None', (x: ndarray, axes: readonly number[] | null): ndarray =>
  manipulation.transpose(x, axes));

type Memory = ReshapeOrder | 'K';

/** Refuses a cast that changes a value; what is not 0 is true. */
function checkValues(x: ndarray, to: DType): void {
  const from = x.dtypeCore;
  if (from === to || to.kind === 'bool') return;
  const names = `could not cast 'same_value' ${cName(from)} to ${cName(to)}`;
  if (isComplex(from) && !isComplex(to)) {
    if (reductions.any(x.imag).item()) throw new ValueError(`${names}: imag is not 0`);
    checkValues(x.real, to);
    return;
  }
  const back = asArray(asArray(x, to), from);
  const same = ufuncs.logical_or(ufuncs.equal(x, back), ufuncs.logical_and(ufuncs.isnan(x), ufuncs.isnan(back)));
  if (!reductions.all(same).item()) throw new ValueError(names);
}

const astype = method('astype', "dtype, order: order | None='K', casting='unsafe', subok=True, copy=True", (
  x: ndarray, dtype: DTypeLike | null, order?: Memory | null, casting: Casting | 'same_value' = 'unsafe', _subok?: boolean,
  copy: boolean = true,
): ndarray => {
  const to = coreOf(dtype) ?? coreOf('float64')!;
  if (casting === 'same_value') {
    checkValues(x, to);
  } else {
    checkCasting(casting, ['same_value']);
    checkCast(x.dtypeCore, to, casting);
  }
  const result = arranged(x, asArray(x, to), order ?? 'K', copy ? true : null);
  if (watcher !== null) watcher.converted(x, result);
  return result;
});
const byteswap = method('byteswap', 'inplace=False', (x: ndarray, inplace: boolean = false): ndarray => {
  if (inplace) checkWritable(x, 'Cannot byte-swap in-place on a read-only array: array');
  const target = inplace ? x : creation.copy(x, 'K');
  const { itemsize, components } = x.dtypeCore;
  const bytes = target.toTypedArray();
  const view = bytesOf(bytes);
  const width = itemsize / components;
  for (let start = 0; start < view.length; start += width) view.subarray(start, start + width).reverse();
  writeInto(target, fromTyped(ndarray, bytes, x.shape, x.dtypeCore, cpu));
  return target;
});
const clip = method('clip', ['min=None, max=None, out: outs = None, *', "where: array_like=True, casting='same_kind', dtype=None"], (
  x: ndarray, min: ArrayLike | null = null, max: ArrayLike | null = null, out?: ndarray | null, where?: ArrayLike,
  casting?: Casting, dtype?: DTypeLike | null,
): ndarray => composites.clip(x, min, max, out, { where, casting, dtype }));
const compress = method('compress', 'condition, axis: int=None, out=None', (
  x: ndarray, condition: ArrayLike, axis?: number | null, out?: ndarray | null,
): ndarray => indexing.compress(condition, x, axis, out));
const copy = method('copy', "order: order | None='C'", (x: ndarray, order: Memory | null = 'C'): ndarray => creation.copy(x, order ?? 'C'));
const fill = method('fill', 'value, /', (x: ndarray, value: ArrayLike): void => {
  checkWritable(x);
  noticeFraction(x, value);
  if (isScalar(value)) {
    fillWith(x, checkedElement(value, x.dtypeCore));
    return;
  }
  const array = asArray(value);
  if (array.ndim > 0) throw new ValueError('setting an array element with a sequence.');
  writeInto(x, array);
});
const flatten = method('flatten', "order: order | None='C'", (x: ndarray, order: Memory | null = 'C'): ndarray =>
  creation.copy(manipulation.ravel(x, order ?? 'C'), 'C'));
const setflags = method('setflags', 'write: Any=None, align: Any=None, uic: Any=None', (
  x: ndarray, write?: boolean | null, align?: boolean | null, uic?: boolean | null,
): void => {
  if (align !== undefined || uic !== undefined) throw new NotImplementedError('arrays are always aligned, and none is to be written back');
  if (write !== undefined) x.flags.writeable = Boolean(write);
});
const put = method('put', "indices, values, mode: clipmode='raise'", (
  x: ndarray, indices: ArrayLike, values: ArrayLike, mode?: IndexMode,
): void => ordering.put(x, indices, values, mode));
const tobytes = method('tobytes', "order: order | None='C'", (x: ndarray, order: Memory | null = 'C'): Uint8Array => {
  return bytesOf(manipulation.ravel(x, order ?? 'C').toTypedArray());
});
const toDevice = method('to_device', 'device: Any, *, stream=None', (x: ndarray, device: 'cpu', stream?: null): ndarray => {
  if (stream !== undefined) throw new ValueError('The stream argument in to_device() is not supported');
  if (device !== 'cpu') throw new ValueError(`Unsupported device: ${shown(device)}. Only 'cpu' is accepted.`);
  return x;
});

const view = method('view', 'dtype=None, type: Any=None', (
  x: ndarray, dtype?: DTypeLike | typeof ndarray | null, type?: typeof ndarray | null,
): ndarray => {
  if (type !== undefined && type !== ndarray) throw new ValueError('Type must be a sub-type of ndarray type');
  if (dtype === ndarray) return viewOf<ndarray>(x, x.geometry);
  const to = coreOf(dtype as DTypeLike | undefined) ?? x.dtypeCore;
  const from = x.dtypeCore;
  const { shape, strides, offset } = x.geometry;
  if (to.itemsize === from.itemsize) return viewOf<ndarray>(x, x.geometry, to);
  const last = shape.length - 1;
  if (last < 0) {
    throw new ValueError(
      'Changing the dtype of a 0d array is only supported if the itemsize is unchanged');
  }
  if (strides[last] !== 1 && shape[last] !== 1) {
    throw new ValueError('To change to a dtype of a different size, the last axis must be contiguous');
  }
  const scale = (count: number): number => count * from.itemsize / to.itemsize;
  if (!Number.isInteger(scale(shape[last]))) {
    throw new ValueError(
      'When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array.');
  }
  const newStrides = strides.map((stride, axis) => (axis === last ? 1 : scale(stride)));
  const newShape = shape.map((extent, axis) => (axis === last ? scale(extent) : extent));
  if (![scale(offset), ...newStrides].every(Number.isInteger)) {
    throw new ValueError(`the view's elements do not lie at multiples of ${to.itemsize} bytes: copy it first`);
  }
  return viewOf<ndarray>(x, stridedLayout(newShape, newStrides, scale(offset)), to);
});

/** Sorting puts every k-th smallest at its place. */
function checkPlaces(x: ndarray, kth: number | readonly number[], axis: number, kind: string): void {
  if (kind !== 'introselect') throw new ValueError(`select kind must be 'introselect' (got '${kind}')`);
  const extent = x.shape[normalizeAxis(axis, x.ndim)];
  for (const each of Array.isArray(kth) ? kth as readonly number[] : [kth as number]) {
    if (each < -extent || each >= extent) throw new ValueError(`kth(=${each < 0 ? each + extent : each}) out of bounds (${extent})`);
  }
}
const partitionText = "kth: ints, axis: int=-1, kind='introselect', order: fields=None";
const partition = method('partition', partitionText, (
  x: ndarray, kth: number | readonly number[], axis: number = -1, kind: 'introselect' = 'introselect', _order?: null,
): void => {
  checkPlaces(x, kth, axis, kind);
  ordering.sortInPlace(x, axis);
});
const argpartition = method('argpartition', "kth: ints, axis: int | None=-1, kind='introselect', order: fields=None", (
  x: ndarray, kth: number | readonly number[], axis: number | null = -1, kind: 'introselect' = 'introselect', _order?: null,
): ndarray => {
  const along = axis ?? -1;
  const all = axis === null ? reshapeTo<ndarray>(x, [x.size]) : x;
  checkPlaces(all, kth, along, kind);
  return ordering.argsort(all, along);
});

interface ChooseOptions {
  out?: ndarray | null;
  mode?: IndexMode;
}
/** Several arrays one after another are choices as well, so that the rest comes by name. */
const chooseSignature = compiledSignature('ndarray.choose', "choices, *, out=None, mode: clipmode='raise'");

function choose(x: ndarray, args: readonly unknown[]): ndarray {
  const last = args.at(-1);
  const listed = isOptions(last) ? args.slice(0, -1) : args;
  const separate = listed.length > 1;
  const [choices, out, mode = 'raise'] = chooseSignature.list(separate ? [listed, ...args.slice(listed.length)] : args) as [
    ArrayLike, ndarray?, IndexMode?,
  ];
  const given = Array.isArray(choices) ? choices : asArray(choices);
  // What has no length is told in the words of what was given.
  const count = lengthOf(given instanceof ndarray && given.ndim === 0 ? choices : given);
  const list = [...given] as readonly ArrayLike[];
  checkCast(x.dtypeCore, int64, 'safe');
  if (count === 0) throw new ValueError('0-length sequence.');
  const parts = promoteAll(list);
  const shape = broadcastShapes([x.shape, ...parts.map((part) => part.shape)]);
  if (out instanceof ndarray && !sameShape(out.shape, shape)) throw new TypeError('choose: invalid shape for output array.');
  const extreme = mode === 'raise' && x.size > 0 && (Number(reductions.max(x)) >= count || Number(reductions.min(x)) < 0);
  if (extreme) throw new ValueError('invalid entry in choice array');
  const places = mode === 'clip' ? composites.clip(x, 0, count - 1) : mode === 'wrap' ? ufuncs.remainder(x, count) : x;
  const result = parts.reduceRight((rest, part, k) => (
    k === count - 1 ? broadcastTo<ndarray>(part, shape) : ops.where(ufuncs.equal(places, k), part, rest) as ndarray));
  return deliver('choose', count === 1 ? creation.copy(broadcastTo<ndarray>(result, shape)) : result, out, undefined, 'unsafe');
}

const setSignature = pythonSignature('ndarray.set', 'index: object, value: object');

const own: { [K in keyof OwnMethods]: unknown } = {
  at(this: ndarray, ...index: readonly Index[]): ndarray {
    return readIndex(this, index);
  },
  set(this: ndarray, ...args: readonly unknown[]): void {
    const [index, value] = args.length === 2 ? args : setSignature.list(args);
    writeIndex(this, index as Index, value as ArrayLike);
  },
  tofile, getfield, setfield, dump, dumps,
  astype, byteswap, clip, compress, copy, fill, flatten, partition, argpartition, put, setflags, view, tobytes, to_device: toDevice,
  choose(this: ndarray, ...args: readonly unknown[]): ndarray {
    return choose(this, args);
  },
  reshape(this: ndarray, ...args: readonly unknown[]): ndarray {
    // What is wrong with the options is said before.
    if (isOptions(args[0])) reshape(this, [this.size], args[0] as never);
    if (args.length === 0 || isOptions(args[0])) throw new TypeError('reshape() takes exactly 1 argument (0 given)');
    const extents = (args.length === 1 && Array.isArray(args[0]) ? args[0] : args) as readonly number[];
    return extents.every(Number.isSafeInteger) ? reshaped(this, extents) : reshape(this, ...args as never);
  },
  transpose(this: ndarray, ...args: readonly unknown[]): ndarray {
    return args.length === 0 ? this.T : transpose(this, ...args as never);
  },
  sort(this: ndarray, ...args: readonly unknown[]): void {
    ordering.sortInPlace(this, ...args as []);
  },
  resize() {
    throw new NotImplementedError(
      'cannot resize an array in place: other views may share its memory; use np.resize(x, shape) instead');
  },
};
for (const [name, method] of Object.entries(functions)) {
  define(name, function (this: ndarray, ...args: never[]): unknown {
    return (method as (a: ndarray, ...rest: never[]) => unknown)(this, ...args);
  });
}
for (const [name, method] of Object.entries(own)) define(name, method as never);

defineAttributes(ndarray);
refuseWrites(ndarray, 'numpy.ndarray');
provideArrays(ndarray);
announceKind('ndarray', {
  module: 'flambeau/numpy',
  is: (array) => array instanceof ndarray,
  make: ({ storage, dtypeCore, geometry }) => new ndarray(storage, dtypeCore, geometry),
  flags: () => ({ requiresGrad: false, persistent: false }),
});
