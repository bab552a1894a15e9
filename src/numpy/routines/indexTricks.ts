import { cpu } from '../../core/device.ts';
import { float64, int64 } from '../../core/dtype.ts';
import type { DType } from '../../core/dtype.ts';
import { Complex, isScalar } from '../../core/complex.ts';
import type { Scalar } from '../../core/complex.ts';
import { AttributeError, NotImplementedError, ValueError, ZeroDivisionError, noAttribute } from '../../core/errors.ts';
import { Slice, parseIndex } from '../../core/indexing/index.ts';
import { rampOf } from '../../ops/creation.ts';
import { broadcastTo, concatenate, permute, reshapeTo, swapAxes } from '../../ops/movement.ts';
import type { GridSlice, NumberSlice, SliceBound } from '../arguments/slices.ts';
import { numberSlice, parseNumberSlices } from '../arguments/slices.ts';
import { commonDType } from '../dtypes/promotion.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { Index } from '../ndarray/indexing.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import * as ufuncs from '../ufuncs.ts';
import { concatenate as joined } from './joining.ts';
import { arange, linspace } from './ranges.ts';

/** What stands in brackets in Python: arrays, grids and indices from slices, which are texts here. */

const zero: SliceBound = { value: 0, isFloat: false };
const one: SliceBound = { value: 1, isFloat: false };

const typeOf = (bounds: readonly (SliceBound | null)[]): DType => (bounds.some((bound) => bound?.isFloat) ? float64 : int64);

/** The numbers of a slice: an arange of them, and where the step is a count a linspace. */
function numbersIn({ start, stop, step, counts }: NumberSlice): ndarray {
  const from = start ?? zero;
  if (counts) return linspace(Number(from.value), Number(stop?.value ?? 0), { num: Math.trunc(Number(step?.value)) });
  const by = step ?? one;
  const dtype = typeOf([from, stop, by]) === float64 ? 'float64' : undefined;
  // As in Python, where one bound alone is the end.
  return stop === null ? arange(from.value, null, by.value, { dtype }) : arange(from.value, stop.value, by.value, { dtype });
}

interface Joining {
  readonly axis: number;
  readonly ndmin: number;
  /** Where the axes of what has fewer come to lie, or -1 for the end. */
  readonly place: number;
}

const isWhole = (text: string): boolean => /^\s*[+-]?\d+\s*$/.test(text);

/** What a text in front says: the axis, the least number of axes, and where those of what has fewer go. */
function directive(text: string, settings: Joining): Joining {
  if (/^[rc]$/.test(text)) {
    throw new NotImplementedError("there are no matrices here: leave 'r' and 'c' out, and reshape the result to one row or one column");
  }
  const parts = text.split(',');
  if (!parts.slice(0, 3).every(isWhole)) {
    throw new ValueError(parts.length > 1 ? `unknown special directive '${text}'` : 'unknown special directive');
  }
  const [axis, ndmin = settings.ndmin, place = settings.place] = parts.map(Number);
  return { axis, ndmin, place: parts.length === 3 ? place : settings.place };
}

function withAxes(x: ndarray, ndmin: number): ndarray {
  const missing = ndmin - x.ndim;
  return missing > 0 ? reshapeTo(x, [...new Array<number>(missing).fill(1), ...x.shape]) : x;
}

function placed(x: ndarray, { ndmin, place }: Joining): ndarray {
  const result = withAxes(x, ndmin);
  if (place === -1 || x.ndim >= ndmin) return result;
  const added = ndmin - x.ndim;
  const from = place < 0 ? place + added + 1 : place;
  const axes = [...result.shape.keys()];
  return permute<ndarray>(result, [...axes.slice(0, from), ...axes.slice(added), ...axes.slice(from, added)]);
}

function join(name: string, args: readonly unknown[], settings: Joining): ndarray {
  let joining = settings;
  const parts: (ndarray | Scalar)[] = [];
  const add = (slice: NumberSlice): void => {
    const made = numbersIn(slice);
    const { ndmin, place } = joining;
    parts.push(ndmin > 1 && place !== -1 ? swapAxes(withAxes(made, ndmin), -1 + ndmin, place < 0 ? place + ndmin : place)
      : withAxes(made, ndmin));
  };
  args.forEach((item, k) => {
    const slice = numberSlice(item);
    if (slice !== undefined) {
      add(slice);
    } else if (typeof item === 'string') {
      if (!item.includes(':')) {
        if (k !== 0) throw new ValueError('special directives must be the first entry.');
        joining = directive(item, settings);
        return;
      }
      for (const part of parseNumberSlices(item).parts) {
        if (part.kind === 'slice') add(part);
        else if (isWhole(part.text)) parts.push(Number(part.text));
        else throw new ValueError(`'${part.text}' is neither a slice nor a whole number: give arrays to np.${name} as they are`);
      }
    } else if (isScalar(item)) {
      parts.push(item);
    } else {
      parts.push(placed(asArray(item as ArrayLike), joining));
    }
  });
  const arrays = parts.filter((part) => part instanceof ndarray);
  const dtype = parts.length === 0 ? int64 : commonDType(arrays.map((each) => each.dtypeCore), parts.filter(isScalar));
  const all = parts.map((part) => withAxes(asArray(part, dtype), joining.ndmin));
  return joined(all, { axis: joining.axis });
}

/** Slices, numbers and arrays to put together; a text of whole numbers in front says how. */
export type Joinable = GridSlice | ArrayLike;

/**
 * Slices, numbers and arrays one after the other: Python's `np.r_[0:5, 1, 2]` is `np.r_('0:5', 1, 2)`. A step such as `5j` is a number
 * of points, stop included. A text without a colon in front, `'-1'` or `'0,2'`, names the axis, and how many axes there are at least.
 * Source: numpy.r_.
 * @example
 * np.r_('0:3', [7, 8], 9) // → [0 1 2 7 8 9]
 * np.r_('0:1:3j') // → [0.  0.5 1. ]
 */
export const r_ = (...parts: readonly Joinable[]): ndarray => join('r_', parts, { axis: 0, ndmin: 1, place: -1 });

/**
 * Vectors as the columns of a matrix, and anything else along its last axis: Python's `np.c_[x, y]`. Source: numpy.c_.
 * @example
 * np.c_([1, 2], [3, 4]) // → [[1 3]
 *                       //    [2 4]]
 */
export const c_ = (...parts: readonly Joinable[]): ndarray => join('c_', parts, { axis: -1, ndmin: 2, place: 0 });

/** The slices of a call, and whether Python would have a tuple in its brackets. */
function gridSlices(args: readonly unknown[]): { readonly slices: readonly NumberSlice[]; readonly tuple: boolean } {
  let tuple = args.length !== 1;
  const slices = args.flatMap((item): readonly NumberSlice[] => {
    const slice = numberSlice(item);
    if (slice !== undefined) return [slice];
    if (typeof item !== 'string') throw noAttribute(item, 'step');
    const found = parseNumberSlices(item);
    tuple ||= found.tuple;
    return found.parts.map((part) => {
      if (part.kind === 'slice') return part;
      throw noAttribute(isWhole(part.text) ? Number(part.text) : part.text, 'step');
    });
  });
  return { slices, tuple };
}

/** One axis of a grid by itself, which has its own dtype. */
function line({ start, stop, step, counts }: NumberSlice): ndarray {
  const from = start ?? zero;
  if (!counts) return numbersIn({ kind: 'slice', start, stop, step, counts });
  const count = Math.trunc(Number(step?.value));
  const by = count === 1 ? 1 : (Number(stop?.value) - Number(from.value)) / (count - 1);
  return ufuncs.add(ufuncs.multiply(arange(0, count, 1, { dtype: 'float64' }), by), Number(from.value));
}

/** The coordinates along each axis, of one dtype for all of them. */
function lines(slices: readonly NumberSlice[], sparse: boolean): ndarray[] {
  const dtype = typeOf(slices.flatMap(({ start, stop, step }) => [start, stop, step]));
  return slices.map(({ start, stop, step, counts }) => {
    const [from, by] = [start ?? zero, step ?? one].map(({ value }) => Number(value));
    if (stop === null) throw new AttributeError("'tuple' object has no attribute 'step'");
    if (!counts && by === 0) throw new ZeroDivisionError('division by zero');
    const count = counts ? Math.trunc(by) : Math.ceil((Number(stop.value) - from) / by);
    if (count < 0 && !sparse) throw new ValueError('negative dimensions are not allowed');
    const distance = !counts ? by : count === 1 ? 1 : (Number(stop.value) - from) / (count - 1);
    return rampOf<ndarray>(ndarray, Math.max(count, 0), from, distance, dtype, cpu);
  });
}

const alongAxis = (x: ndarray, axis: number, ndim: number): ndarray =>
  reshapeTo(x, Array.from({ length: ndim }, (_, i) => (i === axis ? x.size : 1)));

/**
 * The coordinates of a grid at all of its places: Python's `np.mgrid[0:5, 0:3:4j]` is `np.mgrid('0:5', '0:3:4j')`, or
 * `np.mgrid('0:5, 0:3:4j')`, of shape [2, 5, 4]; of one slice the numbers alone. A step such as `4j` is a number of points, stop included.
 * Source: numpy.mgrid.
 * @example
 * np.mgrid('0:2', '0:3') // → [[[0 0 0]
 *                        //     [1 1 1]]
 *                        //
 *                        //    [[0 1 2]
 *                        //     [0 1 2]]]
 */
export const mgrid = (...slices: readonly GridSlice[]): ndarray => {
  const { slices: axes, tuple } = gridSlices(slices);
  if (!tuple) return line(axes[0]);
  const along = lines(axes, false);
  const shape = along.map(({ size }) => size);
  if (along.length === 0) return asArray([], int64);
  return concatenate(along.map((each, axis) => broadcastTo<ndarray>(alongAxis(each, axis + 1, shape.length + 1), [1, ...shape])), 0);
};

/**
 * As mgrid, an array for each axis that has extent 1 along the others: Python's `np.ogrid[0:5, 0:3]`; of one slice the numbers alone.
 * Source: numpy.ogrid.
 * @example
 * const [i, j] = np.ogrid('0:2', '0:3');
 * i.mul(10).add(j) // → [[ 0  1  2]
 *                  //    [10 11 12]]
 */
export const ogrid = ((...slices: readonly GridSlice[]): ndarray | ndarray[] => {
  const { slices: axes, tuple } = gridSlices(slices);
  return tuple ? lines(axes, true).map((each, axis) => alongAxis(each, axis, axes.length)) : line(axes[0]);
}) as {
  (slices: `${string},${string}`): ndarray[];
  (slice: GridSlice): ndarray;
  (...slices: readonly GridSlice[]): ndarray[];
};

/** What an index is made of: texts are what they are between Python's brackets. */
function indexOf(args: readonly Index[]): Index[] {
  return args.flatMap((item): readonly Index[] => {
    if (typeof item !== 'string') return [item];
    return parseNumberSlices(item).parts.map((part): Index => {
      if (part.kind === 'other') {
        const [{ kind, value }] = parseIndex([part.text], 'numpy') as readonly { readonly kind: string; readonly value?: Index }[];
        return kind === 'newaxis' ? null : kind === 'ellipsis' ? '...' : value ?? null;
      }
      const [start, stop, step] = [part.start, part.stop, part.step].map((bound) => bound?.value ?? null);
      return new Slice(start, stop, part.counts ? new Complex(0, Number(step)) : step);
    });
  });
}

/**
 * An index to use again, Python's `np.s_[1:, 0]`: of one part that part, `x.at(np.s_('1:'))`; of several a list, `x.at(...np.s_('1:', 0))`.
 * Source: numpy.s_.
 * @example
 * String(np.s_('2::2')) // → slice(2, None, 2)
 * np.arange(10).at(np.s_('2::2')) // → [2 4 6 8]
 */
export const s_ = ((...index: readonly Index[]): Index | Index[] => {
  const parts = indexOf(index);
  const [first] = index;
  const tuple = index.length !== 1 || parts.length !== 1 || (typeof first === 'string' && first.trimEnd().endsWith(','));
  return tuple ? parts : parts[0];
}) as {
  (index: `${string},${string}`): Index[];
  (index: Index): Index;
  (...index: readonly Index[]): Index[];
};

/**
 * The parts of an index in a list, be it one alone: Python's `np.index_exp[1:, 0]` is `np.index_exp('1:', 0)`, for
 * `x.at(...parts)` and `x.set(parts, value)`. Source: numpy.index_exp.
 * @example
 * const corner = np.index_exp(':2, :2');
 * np.arange(9).reshape(3, 3).at(...corner) // → [[0 1]
 *                                          //    [3 4]]
 */
export const index_exp = (...index: readonly Index[]): Index[] => indexOf(index);
