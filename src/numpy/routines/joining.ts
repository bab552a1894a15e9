import { isScalar } from '../../core/complex.ts';
import * as core from '../../core/dtype.ts';
import { IndexError, ValueError, pythonTypeName, shapeText } from '../../core/errors.ts';
import { Slice, sliceRange } from '../../core/indexing/index.ts';
import { broadcastPair, checkArrays, checkShape, sameShape, sizeOf } from '../../core/layout.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { empty } from '../../ops/creation.ts';
import { copyInto } from '../../ops/dispatch.ts';
import { indexSelect } from '../../ops/indexing.ts';
import { countingLike, integersLike } from '../../ops/integers.ts';
import { broadcastTo, concatenate as concatenated, normalizeAxis, reshapeTo, sliceAxis, unsqueeze } from '../../ops/movement.ts';
import * as copies from '../../ops/copies.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, checkWritable, checkedElement } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf, dtypeRepr } from '../dtypes/dtype.ts';
import { atleast_1d, atleast_2d, atleast_3d } from './manipulation.ts';
import { bind, checkOptions, shapeOf } from '../arguments/options.ts';
import type { Casting } from '../dtypes/promotion.ts';
import { castAllowed, checkCasting, promote, weakDType } from '../dtypes/promotion.ts';
import { deliver } from '../ufunc/ufunc.ts';

/** Putting arrays together, taking them apart, repeating and padding them. */

/** An axis alone or by name. */
type OneAxis<A> = [axis?: A] | [options: { axis?: A }];

export interface JoinOptions {
  axis?: number | null;
  out?: ndarray | null;
  dtype?: DTypeLike | null;
  casting?: Casting;
}
type JoinArguments = [options?: JoinOptions] | [axis?: number | null, options?: JoinOptions];

function listOf(arrays: ArrayLike | readonly ArrayLike[]): ndarray[] {
  if (arrays instanceof ndarray) checkArrays(arrays.length);
  if (arrays instanceof ndarray) return Array.from({ length: arrays.length }, (_, i) => arrays.at(i));
  if (!Array.isArray(arrays)) throw new TypeError('The first input argument needs to be a sequence');
  return arrays.map((each) => asArray(each as ArrayLike));
}

function joined(name: string, list: readonly ndarray[], axis: number, options: JoinOptions): ndarray {
  const { casting = 'same_kind', out } = options;
  checkCasting(casting);
  const dtype = coreOf(options.dtype) ?? list.map((each) => each.dtypeCore).reduce(promote);
  if (out !== undefined && out !== null && options.dtype !== undefined && options.dtype !== null) {
    throw new TypeError(`${name}() only takes \`out\` or \`dtype\` as an argument, but both were provided.`);
  }
  for (const each of list) {
    if (!castAllowed(each.dtypeCore, dtype, casting)) {
      throw new TypeError(
        `Cannot cast array data from ${dtypeRepr(each.dtypeCore)} to ${dtypeRepr(dtype)} according to the rule '${casting}'`);
    }
  }
  const result = concatenated(list.map((each) => cast(each, dtype)), axis);
  if (out === undefined || out === null) return result;
  if (!sameShape(out.shape, result.shape)) throw new ValueError('Output array is the wrong shape');
  if (!castAllowed(dtype, out.dtypeCore, casting)) {
    throw new TypeError(
      `Cannot cast array data from ${dtypeRepr(dtype)} to ${dtypeRepr(out.dtypeCore)} according to the rule '${casting}'`);
  }
  return deliver(name, result, out, undefined, 'unsafe');
}

/** Arrays joined along an axis after all of concatenate's checks. */
export function checkedJoin(list: readonly ndarray[], options: JoinOptions): ndarray {
  if (list.length === 0) throw new ValueError('need at least one array to concatenate');
  if (options.axis === null) return joined('concatenate', list.map((each) => reshapeTo(each, [each.size])), 0, options);
  const [first] = list;
  if (list.some((each) => each.ndim === 0)) throw new ValueError('zero-dimensional arrays cannot be concatenated');
  const axis = normalizeAxis(options.axis ?? 0, first.ndim);
  list.forEach((each, i) => {
    if (each.ndim !== first.ndim) {
      throw new ValueError(
        `all the input arrays must have same number of dimensions, but the array at index 0 has ${first.ndim} dimension(s) `
        + `and the array at index ${i} has ${each.ndim} dimension(s)`);
    }
    each.shape.forEach((extent, k) => {
      if (k !== axis && extent !== first.shape[k]) {
        throw new ValueError(
          'all the input array dimensions except for the concatenation axis must match exactly, but along dimension '
          + `${k}, the array at index 0 has size ${first.shape[k]} and the array at index ${i} has size ${extent}`);
      }
    });
  });
  return joined('concatenate', list, axis, options);
}

/**
 * Arrays one after another along an axis (0), or flattened where it is null, in their common dtype. Source: numpy.concatenate.
 * @example
 * np.concatenate([[1, 2], [3]]) // → [1 2 3]
 */
export function concatenate(arrays: readonly ArrayLike[] | ndarray, ...args: JoinArguments): ndarray {
  return checkedJoin(listOf(arrays), bind<JoinOptions>('concatenate', ['axis', 'out', 'dtype', 'casting'], args));
}

/**
 * Another name of concatenate. Source: numpy.concat.
 * @example
 * np.concat([[1], [2]]) // → [1 2]
 */
export const concat = concatenate;

/**
 * Arrays of one shape along a new axis. Source: numpy.stack.
 * @example
 * np.stack([[1, 2], [3, 4]], 1) // → [[1 3]
 * //    [2 4]]
 */
export function stack(arrays: readonly ArrayLike[] | ndarray, ...args: JoinArguments): ndarray {
  const options = bind<JoinOptions>('stack', ['axis', 'out', 'dtype', 'casting'], args);
  const list = listOf(arrays);
  if (list.length === 0) throw new ValueError('need at least one array to stack');
  if (list.some((each) => String(each.shape) !== String(list[0].shape))) {
    throw new ValueError(
      'all input arrays must have the same shape');
  }
  const axis = normalizeAxis(options.axis ?? 0, list[0].ndim + 1);
  return joined('stack', list.map((each) => unsqueeze(each, axis)), axis, options);
}

type StackOptions = Pick<JoinOptions, 'dtype' | 'casting'>;

/**
 * Arrays below one another: along the first axis, vectors as rows. Source: numpy.vstack.
 * @example
 * np.vstack([[1, 2], [3, 4]]) // → [[1 2]
 * //    [3 4]]
 */
export function vstack(arrays: readonly ArrayLike[] | ndarray, options: StackOptions = {}): ndarray {
  checkOptions('vstack', options, ['dtype', 'casting']);
  return checkedJoin(listOf(arrays).map((each) => atleast_2d(each)), { ...options, axis: 0 });
}

/**
 * Arrays side by side: along the second axis, vectors along their only one. Source: numpy.hstack.
 * @example
 * np.hstack([[1, 2], [3]]) // → [1 2 3]
 */
export function hstack(arrays: readonly ArrayLike[] | ndarray, options: StackOptions = {}): ndarray {
  checkOptions('hstack', options, ['dtype', 'casting']);
  const list = listOf(arrays).map((each) => atleast_1d(each));
  return checkedJoin(list, { ...options, axis: list.length > 0 && list[0].ndim === 1 ? 0 : 1 });
}

/**
 * Arrays along the third axis. Source: numpy.dstack.
 * @example
 * np.dstack([[1, 2], [3, 4]]).shape // → [1, 2, 2]
 */
export function dstack(arrays: readonly ArrayLike[] | ndarray): ndarray {
  return checkedJoin(listOf(arrays).map((each) => atleast_3d(each)), { axis: 2 });
}

/**
 * Vectors as the columns of a matrix. Source: numpy.column_stack.
 * @example
 * np.column_stack([[1, 2], [3, 4]]) // → [[1 3]
 * //    [2 4]]
 */
export function column_stack(arrays: readonly ArrayLike[] | ndarray): ndarray {
  return checkedJoin(listOf(arrays).map((each) => (each.ndim < 2 ? reshapeTo(each, [each.size, 1]) : each)), { axis: 1 });
}

/**
 * Nearly equal parts along an axis, or those between the given places; views. Source: numpy.array_split.
 * @example
 * np.array_split(np.arange(5), 2).map(String) // → ['[0 1 2]', '[3 4]']
 */
export function array_split(
  a: ArrayLike, indices_or_sections: number | readonly number[], ...args: OneAxis<number>
): ndarray[] {
  const { axis = 0 } = bind<{ axis?: number }>('array_split', ['axis'], args);
  const x = asArray(a);
  const along = normalizeAxis(axis, x.ndim);
  const extent = x.shape[along];
  let places: number[];
  if (typeof indices_or_sections === 'number') {
    const sections = Math.trunc(indices_or_sections);
    if (Number.isNaN(sections)) throw new ValueError('cannot convert float NaN to integer');
    if (sections <= 0) throw new ValueError('number sections must be larger than 0.');
    checkArrays(sections);
    const [each, extra] = [Math.floor(extent / sections), extent % sections];
    places = [0];
    for (let i = 0; i < sections; i++) places.push(places[i] + each + (i < extra ? 1 : 0));
  } else {
    places = [0, ...indices_or_sections, extent];
  }
  return places.slice(1).map((end, i) => {
    // The bounds of slices, where None is either end.
    const [from, stop] = [places[i], end].map(sliceBound);
    const { start, count } = sliceRange({ kind: 'slice', start: from, stop, step: null }, extent, 'numpy');
    return sliceAxis<ndarray>(x, along, start, count);
  });
}

function sliceBound(place: number | null | undefined): number | null {
  if (place === null || place === undefined) return null;
  if (Number.isInteger(place)) return place;
  throw new TypeError('slice indices must be integers or None or have an __index__ method');
}

/**
 * Equal parts along an axis; throws a ValueError where they cannot be equal. Source: numpy.split.
 * @example
 * np.split([1, 2, 3, 4], 2).map(String) // → ['[1 2]', '[3 4]']
 */
export function split(
  a: ArrayLike, indices_or_sections: number | readonly number[], ...args: OneAxis<number>
): ndarray[] {
  const { axis = 0 } = bind<{ axis?: number }>('split', ['axis'], args);
  const x = asArray(a);
  if (typeof indices_or_sections === 'number' && x.shape[normalizeAxis(axis, x.ndim)] % indices_or_sections !== 0) {
    throw new ValueError('array split does not result in an equal division');
  }
  return array_split(x, indices_or_sections, axis);
}

/**
 * Split along the second axis, or the only one. Source: numpy.hsplit.
 * @example
 * np.hsplit([[1, 2]], 2).map(String) // → ['[[1]]', '[[2]]']
 */
export function hsplit(a: ArrayLike, indices_or_sections: number | readonly number[]): ndarray[] {
  const x = asArray(a);
  if (x.ndim === 0) throw new ValueError('hsplit only works on arrays of 1 or more dimensions');
  return split(x, indices_or_sections, x.ndim > 1 ? 1 : 0);
}

/**
 * Split along the first axis. Source: numpy.vsplit.
 * @example
 * np.vsplit([[1], [2]], 2).map(String) // → ['[[1]]', '[[2]]']
 */
export function vsplit(a: ArrayLike, indices_or_sections: number | readonly number[]): ndarray[] {
  const x = asArray(a);
  if (x.ndim < 2) throw new ValueError('vsplit only works on arrays of 2 or more dimensions');
  return split(x, indices_or_sections, 0);
}

/**
 * Split along the third axis. Source: numpy.dsplit.
 * @example
 * np.dsplit(np.zeros([1, 1, 2]), 2).length // → 2
 */
export function dsplit(a: ArrayLike, indices_or_sections: number | readonly number[]): ndarray[] {
  const x = asArray(a);
  if (x.ndim < 3) throw new ValueError('dsplit only works on arrays of 3 or more dimensions');
  return split(x, indices_or_sections, 2);
}

/**
 * The array repeated as a block along each axis. Source: numpy.tile.
 * @example
 * np.tile([1, 2], 2) // → [1 2 1 2]
 */
export function tile(a: ArrayLike, reps: number | readonly number[]): ndarray {
  const x = asArray(a);
  const counts = [...shapeOf(reps)];
  checkShape(counts, x.dtypeCore);
  while (counts.length < x.ndim) counts.unshift(1);
  return counts.length === 0 ? castCopy(x, x.dtypeCore) : copies.tile<ndarray>(x, counts);
}

/**
 * Each element several times in a row, along an axis or of the flattened array; one count, or one for each place.
 * Source: numpy.repeat.
 * @example
 * np.repeat([1, 2], [2, 3]) // → [1 1 2 2 2]
 */
export function repeat(a: ArrayLike, repeats: ArrayLike, ...args: OneAxis<number | null>): ndarray {
  const { axis } = bind<{ axis?: number | null }>('repeat', ['axis'], args);
  const given = asArray(a);
  const x = axis === undefined || axis === null || given.ndim === 0 ? reshapeTo(given, [given.size]) : given;
  const along = normalizeAxis(axis ?? 0, x.ndim);
  const wanted = asArray(repeats);
  if (wanted.ndim > 1) throw new ValueError('object too deep for desired array');
  // Fractions are dropped, as in NumPy.
  const counts = ([...wanted.flat] as number[]).map(Math.trunc);
  const extent = x.shape[along];
  if (counts.some((count) => count < 0)) {
    throw new ValueError(
      counts.length === 1 ? 'negative dimensions are not allowed' : 'repeats may not contain negative values.');
  }
  if (counts.length === 1) return copies.repeatEach(x, counts[0], along);
  if (counts.length !== extent) {
    throw new ValueError(
      `operands could not be broadcast together with shape (${extent},) (${counts.length},)`);
  }
  return copies.repeatEach(x, counts, along);
}

/**
 * The flattened elements over and over until they fill a shape. Source: numpy.resize.
 * @example
 * np.resize([1, 2, 3], [2, 2]) // → [[1 2]
 * //    [3 1]]
 */
export function resize(a: ArrayLike, new_shape: number | readonly number[]): ndarray {
  const x = asArray(a);
  const shape = shapeOf(new_shape);
  if (shape.some((extent) => extent < 0)) throw new ValueError('all elements of `new_shape` must be non-negative');
  checkShape(shape, x.dtypeCore);
  const size = sizeOf(shape);
  const flat = reshapeTo(x, [x.size]);
  if (x.size === 0) {
    const zeros = empty(ndarray, shape, x.dtypeCore, x.storage.device);
    zeros.fill(0);
    return zeros;
  }
  return reshapeTo(indexSelect<ndarray>(flat, 0, countingLike(x, size, (i) => i % x.size)), shape);
}

/**
 * Values put after an array: flattened, or along an axis. Source: numpy.append.
 * @example
 * np.append([1, 2], [[3, 4]]) // → [1 2 3 4]
 */
export function append(arr: ArrayLike, values: ArrayLike, ...args: OneAxis<number | null>): ndarray {
  const { axis } = bind<{ axis?: number | null }>('append', ['axis'], args);
  const list = [asArray(arr), asArray(values)];
  return axis === undefined || axis === null
    ? checkedJoin(list.map((each) => reshapeTo(each, [each.size])), { axis: 0 }) : checkedJoin(list, { axis });
}

/** Places named by a number, a list or slice text, along an extent. */
function placesOf(places: ArrayLike | Slice | string, extent: number): number[] {
  if (typeof places === 'string' || places instanceof Slice) {
    return [...countingLike(asArray(0), extent).at(places).flat] as number[];
  }
  const list = asArray(places);
  if (list.dtypeCore === core.bool) return ([...list.flat] as boolean[]).flatMap((hit, i) => (hit ? [i] : []));
  if (!core.isInteger(list.dtypeCore) && list.size > 0) {
    throw new IndexError('arrays used as indices must be of integer (or boolean) type');
  }
  return [...list.flat] as number[];
}

/**
 * An array without the named elements, flattened or along an axis. Source: numpy.delete.
 * @example
 * np.delete([1, 2, 3], 1) // → [1 3]
 */
export function delete_(arr: ArrayLike, obj: ArrayLike | Slice | string, ...args: OneAxis<number | null>): ndarray {
  const { axis } = bind<{ axis?: number | null }>('delete', ['axis'], args);
  const given = asArray(arr);
  const x = axis === undefined || axis === null ? reshapeTo(given, [given.size]) : given;
  const along = normalizeAxis(axis ?? 0, x.ndim);
  const extent = x.shape[along];
  const mask = typeof obj === 'string' || obj instanceof Slice ? null : asArray(obj);
  if (mask?.dtypeCore === core.bool && (mask.ndim !== 1 || mask.size !== extent)) {
    throw new ValueError(
      `boolean array argument obj to delete must be one dimensional and match the axis length of ${extent}`);
  }
  const gone = new Uint8Array(extent);
  for (const place of placesOf(obj, extent)) gone[checkPlace(place, extent, along)] = 1;
  const kept = new Float64Array(extent - gone.reduce((count, each) => count + each, 0));
  let next = 0;
  for (let i = 0; i < extent; i++) if (gone[i] === 0) kept[next++] = i;
  return indexSelect<ndarray>(x, along, integersLike(x, kept));
}

function checkPlace(place: number, extent: number, axis: number): number {
  if (place < -extent || place >= extent) {
    throw new IndexError(
      `index ${place} is out of bounds for axis ${axis} with size ${extent}`);
  }
  return place < 0 ? place + extent : place;
}

/**
 * Values put before the named places, flattened or along an axis. Source: numpy.insert.
 * @example
 * np.insert([1, 2, 3], 1, 9) // → [1 9 2 3]
 */
export function insert(
  arr: ArrayLike, obj: ArrayLike | Slice | string, values: ArrayLike, ...args: OneAxis<number | null>
): ndarray {
  const { axis } = bind<{ axis?: number | null }>('insert', ['axis'], args);
  const given = asArray(arr);
  const x = axis === undefined || axis === null ? reshapeTo(given, [given.size]) : given;
  const along = normalizeAxis(axis ?? 0, x.ndim);
  const extent = x.shape[along];
  const single = typeof obj === 'number';
  const places = placesOf(obj, extent).map((place) => {
    if (place < -extent || place > extent) {
      throw new IndexError(`index ${place} is out of bounds for axis ${along} with size ${extent}`);
    }
    return place < 0 ? place + extent : place;
  });
  let added = asArray(values, x.dtypeCore);
  // One place takes everything that is given there.
  if (single && added.ndim > 0 && along < added.ndim && added.ndim === x.ndim) {
    if (added.shape[along] === 0) return castCopy(x, x.dtypeCore);
    places.push(...new Array<number>(added.shape[along] - 1).fill(places[0]));
  } else if (single && x.ndim === 1 && added.ndim === 1) {
    places.push(...new Array<number>(added.size - 1).fill(places[0]));
  } else if (single && added.ndim > 0) {
    added = unsqueeze(added, along > added.ndim ? added.ndim : along);
  }
  const order = places.map((place, i) => [place, i] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const shape = x.shape.map((each, i) => (i === along ? places.length : each));
  const block = broadcastTo(added, shape);
  const sources: number[] = [];
  let next = 0;
  for (let i = 0; i <= extent; i++) {
    while (next < order.length && order[next][0] === i) sources.push(extent + order[next++][1]);
    if (i < extent) sources.push(i);
  }
  const all = joined('insert', [x, block], along, {});
  return indexSelect<ndarray>(all, along, integersLike(x, sources));
}

export interface PadOptions {
  mode?: PadMode;
  /** For 'constant': one value, or one for each side of each axis. */
  constant_values?: PadWidth;
}
export type PadMode = 'constant' | 'edge' | 'reflect' | 'symmetric' | 'wrap' | 'empty';
export type PadWidth = number | readonly number[] | readonly (readonly number[])[];

/** Before and after, for each axis. */
function sides(width: PadWidth, ndim: number, integers: boolean): [number, number][] {
  const list = (typeof width === 'number' ? [width] : width) as readonly (number | readonly number[])[];
  const single = list.every((each) => typeof each === 'number');
  const rows = single ? [list as readonly number[]] : list as readonly (readonly number[])[];
  const wide = rows.find((row) => row.length !== 1 && row.length !== 2);
  if (wide !== undefined) {
    const shape = single ? `(${wide.length},)` : `(${rows.length},${wide.length})`;
    throw new ValueError(
      `operands could not be broadcast together with remapped shapes [original->remapped]: ${shape}  and requested shape (${ndim},2)`);
  }
  if (rows.length !== 1 && rows.length !== ndim) {
    throw new ValueError(
      'operands could not be broadcast together with remapped shapes [original->remapped]: '
      + `(${rows.length},${rows[0].length})  and requested shape (${ndim},2)`);
  }
  if (integers && rows.flat().some((each) => !Number.isInteger(each))) {
    throw new TypeError(
      '`pad_width` must be of integral type.');
  }
  if (integers && rows.flat().some((each) => each < 0)) throw new ValueError("index can't contain negative values");
  return Array.from({ length: ndim }, (_, axis) => {
    const row = rows[rows.length === 1 ? 0 : axis];
    return [row[0], row[row.length - 1]];
  });
}

/** Where the element at a place of a padded axis comes from. */
function padSource(mode: PadMode, extent: number): (place: number) => number {
  return (place) => {
    if (mode === 'edge') return Math.min(Math.max(place, 0), extent - 1);
    if (mode === 'wrap') return ((place % extent) + extent) % extent;
    const period = mode === 'reflect' ? Math.max(2 * (extent - 1), 1) : 2 * extent;
    const within = ((place % period) + period) % period;
    return within < extent ? within : mode === 'reflect' ? period - within : period - 1 - within;
  };
}

/**
 * An array with elements added around it: a constant (0), the edge, or the array mirrored or repeated. Source: numpy.pad.
 * @example
 * np.pad([1, 2], [1, 2]) // → [0 1 2 0 0]
 */
export function pad(
  a: ArrayLike, pad_width: PadWidth, ...args: [mode?: PadMode, options?: PadOptions] | [options?: PadOptions]
): ndarray {
  const { mode = 'constant', constant_values = 0 } = bind<PadOptions>('pad', ['mode', 'constant_values'], args);
  const x = asArray(a);
  const widths = sides(pad_width, x.ndim, true);
  if (!['constant', 'edge', 'reflect', 'symmetric', 'wrap', 'empty'].includes(mode)) {
    throw new ValueError(
      `mode '${mode}' is not supported`);
  }
  if (mode !== 'constant' && mode !== 'empty') {
    return widths.reduce<ndarray>((result, [before, after], axis) => {
      if (before + after > 0 && x.shape[axis] === 0) {
        throw new ValueError(`can't extend empty axis ${axis} using modes other than 'constant' or 'empty'`);
      }
      const extent = x.shape[axis];
      const source = padSource(mode, extent);
      return indexSelect(result, axis, countingLike(x, before + extent + after, (i) => source(i - before)));
    }, x);
  }
  const values = sides(constant_values, x.ndim, false);
  const shape = x.shape.map((extent, axis) => extent + widths[axis][0] + widths[axis][1]);
  const out = empty(ndarray, shape, x.dtypeCore, x.storage.device);
  out.fill(0);
  widths.forEach(([before, after], axis) => {
    if (mode === 'empty') return;
    const extent = out.shape[axis];
    sliceAxis<ndarray>(out, axis, 0, before).fill(values[axis][0]);
    sliceAxis<ndarray>(out, axis, extent - after, after).fill(values[axis][1]);
  });
  copyInto(x, x.shape.reduce<ndarray>((view, extent, axis) => sliceAxis(view, axis, widths[axis][0], extent), out));
  return out;
}

/**
 * Overwrites an array with values, broadcast and cast, where a mask holds. Source: numpy.copyto.
 * @example
 * const x = np.zeros(2);
 * np.copyto(x, [1, 2]);
 * x // → [1. 2.]
 */
export function copyto(dst: ndarray, src: ArrayLike, options: { casting?: Casting; where?: ArrayLike } = {}): void {
  checkOptions('copyto', options, ['casting', 'where']);
  const { casting = 'same_kind', where } = options;
  if (!(dst instanceof ndarray)) throw new TypeError(`copyto() argument 1 must be numpy.ndarray, not ${pythonTypeName(dst)}`);
  if (isScalar(src)) {
    const type = weakDType(src, dst.dtypeCore);
    if (!castAllowed(type, dst.dtypeCore, casting)) {
      throw new TypeError(`Cannot cast scalar from ${dtypeRepr(type)} to ${dtypeRepr(dst.dtypeCore)} according to the rule '${casting}'`);
    }
  }
  checkWritable(dst);
  const source = isScalar(src) ? asArray(checkedElement(src, dst.dtypeCore), dst.dtypeCore) : asArray(src);
  if (!castAllowed(source.dtypeCore, dst.dtypeCore, casting)) {
    throw new TypeError(
      `Cannot cast array data from ${dtypeRepr(source.dtypeCore)} to ${dtypeRepr(dst.dtypeCore)} according to the rule '${casting}'`);
  }
  const common = broadcastPair(source.shape, dst.shape);
  if (common === null || !sameShape(common, dst.shape)) {
    throw new ValueError(
      `could not broadcast input array from shape ${shapeText(source.shape)} into shape ${shapeText(dst.shape)}`);
  }
  deliver('copyto', broadcastTo(cast(source, dst.dtypeCore), dst.shape), dst, where, casting);
}
