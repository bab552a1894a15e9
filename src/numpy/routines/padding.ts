import * as core from '../../core/dtype.ts';
import { IndexError, ValueError, pythonTypeName, remappedError, shapeText, shown } from '../../core/errors.ts';
import { checkShape } from '../../core/layout.ts';
import { isOptions } from '../../core/options.ts';
import { cast } from '../../ops/cast.ts';
import { empty } from '../../ops/creation.ts';
import { copyInto } from '../../ops/dispatch.ts';
import { indexSelect } from '../../ops/indexing.ts';
import { countingLike } from '../../ops/integers.ts';
import { broadcastTo, clone, permute, reverse, sliceAxis } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { otherAxes } from '../../ops/reduce.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import { routine } from '../arguments/routine.ts';
import * as ufuncs from '../ufuncs.ts';
import { checkedJoin } from './joining.ts';
import { linspace } from './ranges.ts';
import { max, mean, min } from './reductions.ts';
import { median } from './statistics.ts';

/** Elements added around arrays. */

/** Writes the first and the last elements of a vector, of which there are as many as `widths` says. */
type PadFunction = (vector: ndarray, widths: readonly [number, number], axis: number) => void;
export type PadMode =
  | 'constant' | 'edge' | 'linear_ramp' | 'maximum' | 'mean' | 'median' | 'minimum' | 'reflect' | 'symmetric' | 'wrap' | 'empty'
  | PadFunction;
export type PadWidth = number | readonly number[] | readonly (readonly number[])[];
/** Widths of some axes, by the axis. */
type WidthsByAxis = ReadonlyMap<number, PadWidth> | Readonly<Record<number, PadWidth>>;
type StatLength = PadWidth | null;

type Statistic = 'maximum' | 'mean' | 'median' | 'minimum';
type Reduce = (x: ndarray, options: { readonly axis: number; readonly keepdims: boolean }) => ndarray;
const statistics: Readonly<Record<Statistic, Reduce>> = { maximum: max, mean, median, minimum: min };
const isStatistic = (mode: string): mode is Statistic => Object.hasOwn(statistics, mode);

/** What each mode takes by name. */
const named: Readonly<Record<string, string>> = {
  constant: 'constant_values', edge: '', linear_ramp: 'end_values', maximum: 'stat_length', mean: 'stat_length', median: 'stat_length',
  minimum: 'stat_length', reflect: 'reflect_type', symmetric: 'reflect_type', wrap: '', empty: '',
};

type Pair = readonly [number, number];

/** Before and after, for each axis; with an error of what must be whole numbers. */
function sides(width: PadWidth, ndim: number, notWhole?: string): Pair[] {
  const given = asArray(width);
  const { shape } = given;
  const [count, wide] = [1, 1, ...shape].slice(-2);
  if (shape.length > 2 || wide < 1 || wide > 2 || (count !== 1 && count !== ndim)) {
    throw remappedError(`${shapeText(shape)}  and requested shape (${ndim},2)`);
  }
  const rows = given.reshape(count, wide).tolist<number[][]>();
  if (notWhole !== undefined && rows.flat().some((each) => !Number.isInteger(each))) throw new TypeError(notWhole);
  if (notWhole !== undefined && rows.flat().some((each) => each < 0)) throw new ValueError("index can't contain negative values");
  return Array.from({ length: ndim }, (_, axis) => {
    const row = rows[rows.length === 1 ? 0 : axis];
    return [row[0], row[row.length - 1]];
  });
}

/** Widths of all axes, where those of some are given by the axis, in a map or by name. */
function listedWidths(widths: PadWidth | WidthsByAxis, ndim: number): PadWidth {
  const isMap = widths instanceof Map;
  if (!isMap && !isOptions(widths)) return widths as PadWidth;
  const entries: Iterable<readonly [unknown, PadWidth]> = isMap ? widths as ReadonlyMap<number, PadWidth>
    : Object.entries(widths as Readonly<Record<string, PadWidth>>).map(([axis, width]) => [Number(axis), width]);
  const listed = Array.from({ length: ndim }, (): readonly number[] => [0, 0]);
  for (const [key, width] of entries) {
    if (!Number.isInteger(key)) throw new TypeError(`list indices must be integers or slices, not ${pythonTypeName(key)}`);
    const axis = key as number;
    if (axis < -ndim || axis >= ndim) throw new IndexError('list assignment index out of range');
    [listed[axis < 0 ? axis + ndim : axis]] = sides(width, 1, '`pad_width` must be of integral type.');
  }
  return listed;
}

/** Where the element at a place of a padded axis comes from. */
function padSource(mode: string, extent: number): (place: number) => number {
  return (place) => {
    if (mode === 'edge') return Math.min(Math.max(place, 0), extent - 1);
    if (mode === 'wrap') return ((place % extent) + extent) % extent;
    const period = mode === 'reflect' ? Math.max(2 * (extent - 1), 1) : 2 * extent;
    const within = ((place % period) + period) % period;
    return within < extent ? within : mode === 'reflect' ? period - within : period - 1 - within;
  };
}

/** One step of a mirrored axis whose differences from the edge change their sign: as much of each side as the array itself holds. */
function mirrored(x: ndarray, axis: number, [before, after]: Pair, period: number, withEdge: boolean): ndarray {
  const extent = x.shape[axis];
  if (before + after === 0) return x;
  const reach = withEdge ? Math.floor(extent / period) * period : Math.floor((extent - 1) / (period - 1)) * (period - 1);
  const skipped = withEdge ? 0 : 1;
  const part = (count: number, atEnd: boolean): ndarray => {
    const edge = sliceAxis<ndarray>(x, axis, atEnd ? extent - 1 : 0, 1);
    const source = sliceAxis<ndarray>(x, axis, atEnd ? extent - skipped - count : skipped, count);
    return cast(ufuncs.subtract(ufuncs.multiply(edge, 2), reverse<ndarray>(source, [axis])), x.dtypeCore);
  };
  const [left, right] = [Math.min(before, reach), Math.min(after, reach)];
  const longer = checkedJoin([part(left, false), x, part(right, true)], { axis });
  return mirrored(longer, axis, [before - left, after - right], period, withEdge);
}

/** The statistic of an end of an axis, as often as it is wide. */
function statisticOf(mode: Statistic, x: ndarray, axis: number, width: number, length: number | null, atEnd: boolean): ndarray {
  const extent = x.shape[axis];
  const count = Math.min(length ?? extent, extent);
  if (count === 0 && (mode === 'maximum' || mode === 'minimum')) throw new ValueError('stat_length of 0 yields no value for padding');
  const value = statistics[mode](sliceAxis<ndarray>(x, axis, atEnd ? extent - count : 0, count), { axis, keepdims: true });
  const rounded = core.isInteger(x.dtypeCore) && core.isFloating(value.dtypeCore) ? ops.rint<ndarray>(value) : value;
  return broadcastTo(cast(rounded, x.dtypeCore), x.shape.map((each, i) => (i === axis ? width : each)));
}

/** From a value to the edge of an axis. */
function ramp(x: ndarray, axis: number, width: number, end: number, atEnd: boolean): ndarray {
  const edge = sliceAxis<ndarray>(x, axis, atEnd ? x.shape[axis] - 1 : 0, 1);
  const line = linspace(end, edge.squeeze(axis), width, { endpoint: false, dtype: x.dtype, axis });
  return atEnd ? reverse<ndarray>(line, [axis]) : line;
}

type Repeated = 'edge' | 'reflect' | 'symmetric' | 'wrap';
const isRepeated = (mode: string): mode is Repeated => ['edge', 'reflect', 'symmetric', 'wrap'].includes(mode);

/** An array with elements of its own around it, of which each side of an axis is one slice. */
function repeated(x: ndarray, widths: readonly Pair[], mode: Repeated): ndarray {
  const out = surrounded(x, widths, false);
  widths.forEach(([before, after], axis) => {
    // Around the axes before there is something already, around those behind there is nothing yet.
    const part = widths.reduce((view, [start], i) => (i > axis ? sliceAxis<ndarray>(view, i, start, x.shape[i]) : view), out);
    const extent = x.shape[axis];
    const own = sliceAxis<ndarray>(part, axis, before, extent);
    const source = padSource(mode, extent);
    const step = source(extent + 1) - source(extent);
    const copy = (start: number, place: number, count: number): void =>
      copyInto(sliceAxis<ndarray>(own, axis, source(start), count, step), sliceAxis<ndarray>(part, axis, place, count));
    copy(-before, 0, before);
    copy(extent, before + extent, after);
  });
  return out;
}

/** The array in the middle of a larger one, of zeros, or of anything where all of it is to be written. */
function surrounded(x: ndarray, widths: readonly Pair[], cleared: boolean): ndarray {
  const out = empty(ndarray, x.shape.map((extent, axis) => extent + widths[axis][0] + widths[axis][1]), x.dtypeCore, x.storage.device);
  if (cleared) out.fill(0);
  copyInto(x, x.shape.reduce<ndarray>((view, extent, axis) => sliceAxis(view, axis, widths[axis][0], extent), out));
  return out;
}

/**
 * An array with elements added around it: a constant (0), the edge, the array mirrored or repeated, a ramp, a statistic, or what a
 * function writes. Source: numpy.pad.
 * @example
 * np.pad([1, 2], [1, 2]) // → [0 1 2 0 0]
 */
export const pad = routine('pad', [
  "array, pad_width, mode: array_like = 'constant', *", 'constant_values=None, end_values=None, stat_length=None, reflect_type=None',
], (
  array: ArrayLike, pad_width: PadWidth | WidthsByAxis, mode: PadMode = 'constant', constant_values?: PadWidth, end_values?: PadWidth,
  stat_length?: StatLength, reflect_type?: 'even' | 'odd',
): ndarray => {
  const x = asArray(array);
  const widths = sides(listedWidths(pad_width, x.ndim), x.ndim, '`pad_width` must be of integral type.');
  const given = Object.entries({ constant_values, end_values, stat_length, reflect_type }).filter(([, value]) => value !== undefined);
  checkShape(x.shape.map((extent, axis) => extent + widths[axis][0] + widths[axis][1]), x.dtypeCore);
  if (typeof mode === 'function') return padWith(mode, surrounded(x, widths, true), widths);
  if (typeof mode !== 'string' || !Object.hasOwn(named, mode)) throw new ValueError(`mode '${shown(mode)}' is not supported`);
  const unknown = given.map(([name]) => name).filter((name) => named[mode] !== name);
  if (unknown.length > 0) {
    throw new ValueError(`unsupported keyword arguments for mode '${mode}': {${unknown.map((name) => `'${name}'`).join(', ')}}`);
  }
  if (mode === 'constant' || mode === 'empty') return framed(x, widths, mode === 'empty' ? undefined : constant_values ?? 0);
  if (isRepeated(mode) && reflect_type !== 'odd' && widths.every(([before, after], axis) =>
    x.shape[axis] > 0 && (mode === 'edge' || Math.max(before, after) < x.shape[axis]))) return repeated(x, widths, mode);
  const ends = sides(end_values ?? 0, x.ndim);
  const lengths = stat_length === undefined || stat_length === null
    ? null : sides(stat_length, x.ndim, '`stat_length` must be of integral type.');
  const padded = widths.reduce<ndarray>((result, width, axis) => {
    if (width[0] + width[1] === 0) return result;
    const extent = x.shape[axis];
    if (extent === 0) throw new ValueError(`can't extend empty axis ${axis} using modes other than 'constant' or 'empty'`);
    const around = (part: (side: 0 | 1) => ndarray): ndarray => checkedJoin([part(0), result, part(1)], { axis });
    if (mode === 'linear_ramp') return around((side) => ramp(result, axis, width[side], ends[axis][side], side === 1));
    if (isStatistic(mode)) {
      return around((side) => statisticOf(mode, result, axis, width[side], lengths?.[axis][side] ?? null, side === 1));
    }
    if (reflect_type === 'odd' && extent > 1) return mirrored(result, axis, width, extent, mode === 'symmetric');
    const source = padSource(mode, extent);
    return indexSelect(result, axis, countingLike(x, width[0] + extent + width[1], (i) => source(i - width[0])));
  }, x);
  return padded === x ? clone(x) : padded;
});

/** Constants around an array, or nothing in particular. */
function framed(x: ndarray, widths: readonly Pair[], constants: PadWidth | undefined): ndarray {
  const values = constants === undefined ? null : sides(constants, x.ndim);
  const out = surrounded(x, widths, values === null);
  widths.forEach(([before, after], axis) => {
    if (values === null) return;
    sliceAxis<ndarray>(out, axis, 0, before).fill(values[axis][0]);
    sliceAxis<ndarray>(out, axis, out.shape[axis] - after, after).fill(values[axis][1]);
  });
  return out;
}

/** Lets a function write into every vector along every axis. */
function padWith(write: PadFunction, out: ndarray, widths: readonly Pair[]): ndarray {
  widths.forEach((width, axis) => {
    const visit = (view: ndarray): void => {
      if (view.ndim === 1) write(view, width, axis);
      else for (let i = 0; i < view.shape[0]; i++) visit(view.at(i));
    };
    visit(permute<ndarray>(out, [...otherAxes(out, [axis]), axis]));
  });
  return out;
}
