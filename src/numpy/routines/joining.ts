import { Complex, isScalar } from '../../core/complex.ts';
import * as core from '../../core/dtype.ts';
import { IndexError, ValueError, inputError, iterable, pythonTypeName, wholePart } from '../../core/errors.ts';
import { Slice, indexMessages, sliceBound, sliceRange } from '../../core/indexing/index.ts';
import { broadcastPair, checkArrays, checkShape, sameShape, sizeOf } from '../../core/layout.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import { warn } from '../../core/warnings.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { empty, full } from '../../ops/creation.ts';
import { coincides, copyInto } from '../../ops/dispatch.ts';
import { countingLike, integersLike } from '../../ops/integers.ts';
import { broadcastTo, concatenate as concatenated, normalizeAxis, reshapeTo, sliceAxis, unsqueeze } from '../../ops/movement.ts';
import * as copies from '../../ops/copies.ts';
import { allAxes } from '../../ops/reduce.ts';
import { bounds } from '../../ops/sets.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, checkWritable, checkedElement, numbersOf } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { atleast_1d, atleast_2d, atleast_3d, moveaxis, normalizeTuple } from './manipulation.ts';
import { commonType } from '../arguments/operands.ts';
import { index, routine } from '../arguments/routine.ts';
import { axisWithin, checkVector } from '../arguments/shapes.ts';
import type { Casting } from '../dtypes/promotion.ts';
import { checkCast, checkCasting, promoteTypes, weakDType } from '../dtypes/promotion.ts';
import { deliver } from '../ufunc/ufunc.ts';
import { argwhere } from './sorting.ts';

/** Putting arrays together, taking them apart, repeating and padding them. */

interface JoinOptions {
  axis?: number | null;
  out?: ndarray | null;
  dtype?: DTypeLike | null;
  casting?: Casting;
}

type Arrays = readonly ArrayLike[] | ndarray;
type Sections = number | bigint | readonly (number | bigint | null)[] | ndarray;

/** How many parts, or the places between them. */
function sectionsOf(given: Sections): number | readonly (number | null)[] {
  if (typeof given === 'number' || typeof given === 'bigint') return Number(given);
  const places = given instanceof ndarray ? numbersOf(given) : iterable(given);
  return Array.from(places as Iterable<unknown>, (each) => ((each ?? null) === null ? null : index(each)));
}

function listOf(arrays: Arrays): ndarray[] {
  if (arrays instanceof ndarray) checkArrays(arrays.length);
  if (arrays instanceof ndarray) return Array.from({ length: arrays.length }, (_, i) => arrays.at(i));
  if (!Array.isArray(arrays)) throw new TypeError('The first input argument needs to be a sequence');
  const list: ndarray[] = [];
  for (let i = 0; i < arrays.length; i++) list.push(asArray(arrays[i] as ArrayLike));
  return list;
}

function joined(name: string, list: readonly ndarray[], axis: number, options: JoinOptions): ndarray {
  const { casting = 'same_kind', out } = options;
  checkCasting(casting);
  const dtype = coreOf(options.dtype) ?? promoteTypes(list.map((each) => each.dtypeCore));
  if (out !== undefined && out !== null && options.dtype !== undefined && options.dtype !== null) {
    throw new TypeError(`${name}() only takes \`out\` or \`dtype\` as an argument, but both were provided.`);
  }
  for (const each of list) checkCast(each.dtypeCore, dtype, casting);
  const result = concatenated(list.map((each) => cast(each, dtype)), axis);
  if (out === undefined || out === null) return result;
  if (!sameShape(out.shape, result.shape)) throw new ValueError('Output array is the wrong shape');
  checkCast(dtype, out.dtypeCore, casting);
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
export const concatenate = routine('concatenate', ['arrays, /, axis: int | None = 0, out=None, *', "dtype=None, casting='same_kind'"], (
  arrays: Arrays, axis: number | null = 0, out?: ndarray | null, dtype?: DTypeLike | null, casting?: Casting,
): ndarray => {
  const list = listOf(arrays);
  // Numbers, which can be joined flattened alone, take the dtype of the arrays beside them.
  if (axis !== null || arrays instanceof ndarray || list.length === 0) return checkedJoin(list, { axis, out, dtype, casting });
  const common = commonType(arrays as readonly ArrayLike[]);
  return checkedJoin(list.map((each) => cast(each, common)), { axis, out, dtype, casting });
});

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
 *                               //    [2 4]]
 */
export const stack = routine('stack', ['arrays, axis: int = 0, out=None, *', "dtype=None, casting='same_kind'"], (
  arrays: Arrays, axis: number = 0, out?: ndarray | null, dtype?: DTypeLike | null, casting?: Casting,
): ndarray => {
  const list = listOf(arrays);
  if (list.length === 0) throw new ValueError('need at least one array to stack');
  if (list.some((each) => String(each.shape) !== String(list[0].shape))) {
    throw new ValueError(
      'all input arrays must have the same shape');
  }
  const along = normalizeAxis(axis, list[0].ndim + 1);
  return joined('stack', list.map((each) => unsqueeze(each, along)), along, { out, dtype, casting });
});

const tupText = "tup, *, dtype=None, casting='same_kind'";

/**
 * Arrays below one another: along the first axis, vectors as rows. Source: numpy.vstack.
 * @example
 * np.vstack([[1, 2], [3, 4]]) // → [[1 2]
 *                             //    [3 4]]
 */
export const vstack = routine('vstack', tupText, (tup: Arrays, dtype?: DTypeLike | null, casting?: Casting): ndarray =>
  checkedJoin(listOf(tup).map((each) => atleast_2d(each)), { dtype, casting, axis: 0 }));

/**
 * The old name of vstack. Source: numpy.row_stack.
 * @example
 * np.row_stack([[1, 2], [3, 4]]) // → [[1 2]
 *                                //    [3 4]]
 */
export const row_stack = routine('row_stack', tupText, (tup: Arrays, dtype?: DTypeLike | null, casting?: Casting): ndarray => {
  warn('DeprecationWarning: `row_stack` alias is deprecated. Use `np.vstack` directly.');
  return vstack(tup, { dtype, casting });
});

/** Nested lists of blocks. */
export type Blocks = ArrayLike | readonly Blocks[];

const shownPath = (path: readonly (number | null)[]): string => `arrays${path.map((i) => (i === null ? '' : `[${i}]`)).join('')}`;

/** How deep lists of blocks are, and the most axes of a block; a number for each list says where the first is. */
function checkBlocks(blocks: Blocks, path: readonly (number | null)[] = []): { path: readonly (number | null)[]; ndim: number } {
  if (!Array.isArray(blocks)) return { path, ndim: asArray(blocks as ArrayLike).ndim };
  if (blocks.length === 0) return { path: [...path, null], ndim: 0 };
  const found = (blocks as readonly Blocks[]).map((each, i) => checkBlocks(each, [...path, i]));
  let first = found[0].path;
  for (const { path: other } of found) {
    if (other.length !== first.length) {
      throw new ValueError(`List depths are mismatched. First element was at depth ${first.length}, but there is an element at depth `
        + `${other.length} (${shownPath(other)})`);
    }
    if (other.at(-1) === null) first = other;
  }
  return { path: first, ndim: Math.max(...found.map(({ ndim }) => ndim)) };
}

/**
 * An array put together from nested lists of blocks: the innermost are joined along the last axis, those around them along the one before,
 * and so on. Source: numpy.block.
 * @example
 * np.block([[np.eye(2), np.zeros([2, 1])]]) // → [[1. 0. 0.]
 *                                           //    [0. 1. 0.]]
 */
export const block = routine('block', 'arrays', (arrays: Blocks): ndarray => {
  const { path, ndim } = checkBlocks(arrays);
  if (path.at(-1) === null) throw new ValueError(`List at ${shownPath(path)} cannot be empty`);
  const depth = path.length;
  const most = Math.max(ndim, depth);
  const build = (blocks: Blocks, level: number): ndarray => {
    if (level < depth) return checkedJoin((blocks as readonly Blocks[]).map((each) => build(each, level + 1)), { axis: level - depth });
    const x = asArray(blocks as ArrayLike);
    return reshapeTo(x, [...new Array<number>(most - x.ndim).fill(1), ...x.shape]);
  };
  const result = build(arrays, 0);
  return depth === 0 ? castCopy(result, result.dtypeCore) : result;
});

/**
 * Arrays side by side: along the second axis, vectors along their only one. Source: numpy.hstack.
 * @example
 * np.hstack([[1, 2], [3]]) // → [1 2 3]
 */
export const hstack = routine('hstack', tupText, (tup: Arrays, dtype?: DTypeLike | null, casting?: Casting): ndarray => {
  const list = listOf(tup).map((each) => atleast_1d(each));
  return checkedJoin(list, { dtype, casting, axis: list.length > 0 && list[0].ndim === 1 ? 0 : 1 });
});

/**
 * Arrays one behind the other along a third axis. Source: numpy.dstack.
 * @example
 * np.dstack([[1, 2], [3, 4]]).shape // → [1, 2, 2]
 */
export const dstack = routine('dstack', 'tup', (tup: Arrays): ndarray =>
  checkedJoin(listOf(tup).map((each) => atleast_3d(each)), { axis: 2 }));

/**
 * Vectors as the columns of a matrix. Source: numpy.column_stack.
 * @example
 * np.column_stack([[1, 2], [3, 4]]) // → [[1 3]
 *                                   //    [2 4]]
 */
export const column_stack = routine('column_stack', 'tup', (tup: Arrays): ndarray =>
  checkedJoin(listOf(tup).map((each) => (each.ndim < 2 ? reshapeTo(each, [each.size, 1]) : each)), { axis: 1 }));

/**
 * Nearly equal parts along an axis, or those between the given places; views. Source: numpy.array_split.
 * @example
 * np.array_split(np.arange(5), 2).map(String) // → ['[0 1 2]', '[3 4]']
 */
export const array_split = routine('array_split', 'ary, indices_or_sections, axis: int = 0', (
  ary: ArrayLike, indices_or_sections: Sections, axis: number = 0,
): ndarray[] => {
  const x = asArray(ary);
  const along = axisWithin(axis, x.ndim);
  const extent = x.shape[along];
  const given = sectionsOf(indices_or_sections);
  let places: (number | null)[];
  if (typeof given === 'number') {
    const sections = wholePart(given);
    if (sections <= 0) throw new ValueError('number sections must be larger than 0.');
    checkArrays(sections);
    const [each, extra] = [Math.floor(extent / sections), extent % sections];
    places = Array.from({ length: sections + 1 }, (_, i) => i * each + Math.min(i, extra));
  } else {
    checkArrays(given.length + 1);
    places = [0, ...given, extent];
  }
  return places.slice(1).map((end, i) => {
    // The bounds of slices, where None is either end.
    const [from, stop] = [places[i], end].map(sliceBound);
    const { start, count } = sliceRange({ kind: 'slice', start: from, stop, step: null }, extent, 'numpy');
    return sliceAxis<ndarray>(x, along, start, count);
  });
});

/**
 * Equal parts along an axis; throws a ValueError where they cannot be equal. Source: numpy.split.
 * @example
 * np.split(np.array([1, 2, 3, 4]), 2).map(String) // → ['[1 2]', '[3 4]']
 */
export const split = routine('split', 'ary, indices_or_sections, axis: int = 0', (
  ary: ArrayLike, indices_or_sections: Sections, axis: number = 0,
): ndarray[] => {
  const x = asArray(ary);
  const given = sectionsOf(indices_or_sections);
  if (typeof given === 'number' && x.shape[axisWithin(axis, x.ndim)] % given !== 0) {
    throw new ValueError('array split does not result in an equal division');
  }
  return array_split(x, indices_or_sections, axis);
});

/**
 * Split along the second axis, or the only one. Source: numpy.hsplit.
 * @example
 * np.hsplit(np.array([[1, 2]]), 2).map(String) // → ['[[1]]', '[[2]]']
 */
export const hsplit = routine('hsplit', 'ary, indices_or_sections', (ary: ArrayLike, indices_or_sections: Sections): ndarray[] => {
  const x = asArray(ary);
  if (x.ndim === 0) throw new ValueError('hsplit only works on arrays of 1 or more dimensions');
  return split(x, indices_or_sections, x.ndim > 1 ? 1 : 0);
});

/**
 * Parts along the first axis: so many equal ones, or up to the given places. Source: numpy.vsplit.
 * @example
 * np.vsplit(np.array([[1], [2]]), 2).map(String) // → ['[[1]]', '[[2]]']
 */
export const vsplit = routine('vsplit', 'ary, indices_or_sections', (ary: ArrayLike, indices_or_sections: Sections): ndarray[] => {
  const x = asArray(ary);
  if (x.ndim < 2) throw new ValueError('vsplit only works on arrays of 2 or more dimensions');
  return split(x, indices_or_sections, 0);
});

/**
 * Parts along the third axis: so many equal ones, or up to the given places. Source: numpy.dsplit.
 * @example
 * np.dsplit(np.zeros([1, 1, 2]), 2).length // → 2
 */
export const dsplit = routine('dsplit', 'ary, indices_or_sections', (ary: ArrayLike, indices_or_sections: Sections): ndarray[] => {
  const x = asArray(ary);
  if (x.ndim < 3) throw new ValueError('dsplit only works on arrays of 3 or more dimensions');
  return split(x, indices_or_sections, 2);
});

/**
 * The array repeated as a block along each axis. Source: numpy.tile.
 * @example
 * np.tile([1, 2], 2) // → [1 2 1 2]
 */
export const tile = routine('tile', 'A, reps: ints', (A: ArrayLike, reps: number | readonly number[]): ndarray => {
  const x = asArray(A);
  const counts = [reps].flat() as number[];
  checkShape(counts, x.dtypeCore);
  while (counts.length < x.ndim) counts.unshift(1);
  return counts.length === 0 ? castCopy(x, x.dtypeCore) : copies.tile<ndarray>(x, counts);
});

/**
 * Each element several times in a row, along an axis or of the flattened array; one count, or one for each place.
 * Source: numpy.repeat.
 * @example
 * np.repeat([1, 2], [2, 3]) // → [1 1 2 2 2]
 */
export const repeat = routine('repeat', 'a, repeats, axis: int | None = None', (
  a: ArrayLike, repeats: ArrayLike, axis?: number | null,
): ndarray => {
  const given = asArray(a);
  const x = axis === undefined || axis === null || given.ndim === 0 ? reshapeTo(given, [given.size]) : given;
  const along = normalizeAxis(axis ?? 0, x.ndim);
  const wanted = asArray(repeats);
  if (wanted.ndim > 1) checkVector(wanted);
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
});

/**
 * The flattened elements over and over until they fill a shape. Source: numpy.resize.
 * @example
 * np.resize([1, 2, 3], [2, 2]) // → [[1 2]
 *                              //    [3 1]]
 */
export const resize = routine('resize', 'a, new_shape: shape', (a: ArrayLike, new_shape: number | readonly number[]): ndarray => {
  const x = asArray(a);
  const shape = new_shape as readonly number[];
  if (shape.some((extent) => extent < 0)) throw new ValueError('all elements of `new_shape` must be non-negative');
  checkShape(shape, x.dtypeCore);
  const size = sizeOf(shape);
  const flat = reshapeTo(x, [x.size]);
  if (x.size === 0) {
    const zeros = empty(ndarray, shape, x.dtypeCore, x.storage.device);
    zeros.fill(0);
    return zeros;
  }
  const out = empty(ndarray, [size], x.dtypeCore, x.storage.device);
  const times = Math.floor(size / x.size);
  const part = (start: number, count: number): ndarray => sliceAxis<ndarray>(out, 0, start, count);
  copyInto(broadcastTo(flat, [times, x.size]), reshapeTo(part(0, times * x.size), [times, x.size]));
  copyInto(sliceAxis<ndarray>(flat, 0, 0, size % x.size), part(times * x.size, size % x.size));
  return reshapeTo(out, shape);
});

/**
 * Values put after an array: flattened, or along an axis. Source: numpy.append.
 * @example
 * np.append([1, 2], [[3, 4]]) // → [1 2 3 4]
 */
export const append = routine('append', 'arr, values, axis: int | None = None', (
  arr: ArrayLike, values: ArrayLike, axis?: number | null,
): ndarray => {
  const list = [asArray(arr), asArray(values)];
  return axis === undefined || axis === null
    ? checkedJoin(list.map((each) => reshapeTo(each, [each.size])), { axis: 0 }) : checkedJoin(list, { axis });
});

/** Places named by a number, a list or slice text, along an extent. */
function placesOf(places: ArrayLike | Slice | string, extent: number): number[] {
  if (typeof places === 'string' || places instanceof Slice) {
    return [...countingLike(asArray(0), extent).at(places).flat] as number[];
  }
  const list = asArray(places);
  if (list.dtypeCore === core.bool) return [...list.flat].flatMap((hit, i) => (hit ? [i] : []));
  if (!core.isInteger(list.dtypeCore) && list.size > 0) {
    throw indexMessages.numpy.arrayDType();
  }
  return [...list.flat] as number[];
}

/**
 * An array without the named elements, flattened or along an axis. Source: numpy.delete.
 * @example
 * np.delete([1, 2, 3], 1) // → [1 3]
 */
export const delete_ = routine('delete', 'arr, obj, axis: int | None = None', (
  arr: ArrayLike, obj: ArrayLike | Slice | string, axis?: number | null,
): ndarray => {
  const given = asArray(arr);
  const x = axis === undefined || axis === null ? reshapeTo(given, [given.size]) : given;
  const along = normalizeAxis(axis ?? 0, x.ndim);
  const extent = x.shape[along];
  const mask = typeof obj === 'string' || obj instanceof Slice ? null : asArray(obj);
  if (mask?.dtypeCore === core.bool && (mask.ndim !== 1 || mask.size !== extent)) {
    throw new ValueError(
      `boolean array argument obj to delete must be one dimensional and match the axis length of ${extent}`);
  }
  if (mask?.size === 1 && mask.dtypeCore !== core.bool) {
    const place = checkPlace(placesOf(mask, extent)[0], extent, along);
    return joined('delete', around(x, along, place, place + 1), along, {});
  }
  const kept = full(ndarray, [extent], true, core.bool, x.storage.device);
  if (mask === null || mask.size > 0) kept.set([mask ?? obj as Slice | string], false);
  return x.at(...alongAxis(along, kept));
});

/** The items of an index that an array is along an axis. */
const alongAxis = (axis: number, index: ndarray): (ndarray | string)[] => [...new Array<string>(axis).fill(':'), index];

/** What comes before and after some places along an axis. */
const around = (x: ndarray, axis: number, start: number, end: number): [ndarray, ndarray] =>
  [sliceAxis(x, axis, 0, start), sliceAxis(x, axis, end, x.shape[axis] - end)];

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
export const insert = routine('insert', 'arr, obj, values, axis: int | None = None', (
  arr: ArrayLike, obj: ArrayLike | Slice | string, values: ArrayLike, axis?: number | null,
): ndarray => {
  const given = asArray(arr);
  const x = axis === undefined || axis === null ? reshapeTo(given, [given.size]) : given;
  const along = normalizeAxis(axis ?? 0, x.ndim);
  const extent = x.shape[along];
  if (typeof obj !== 'string' && !(obj instanceof Slice) && asArray(obj).ndim > 1) {
    throw new ValueError('index array argument obj to insert must be one dimensional or scalar');
  }
  let places = placesOf(obj, extent).map((place) => {
    if (place < -extent || place > extent) {
      throw new IndexError(`index ${place} is out of bounds for axis ${along} with size ${extent}`);
    }
    return place < 0 ? place + extent : place;
  });
  let added = asArray(values, x.dtypeCore);
  // One place takes everything that is given there, along the first axis if it is no list.
  const lone = places.length === 1 ? places[0] : null;
  if (lone !== null) {
    added = reshapeTo(added, [...x.shape.slice(added.ndim).fill(1), ...added.shape]);
    if (typeof obj !== 'string' && !(obj instanceof Slice) && asArray(obj).ndim === 0) added = moveaxis(added, 0, along);
    places = new Array<number>(added.shape[along]).fill(lone);
  }
  const shape = x.shape.map((each, i) => (i === along ? places.length : each));
  const block = empty(ndarray, shape, x.dtypeCore, x.storage.device);
  block.set(['...'], added);
  if (lone !== null) {
    const [before, after] = around(x, along, lone, lone);
    return joined('insert', [before, block, after], along, {});
  }
  const order = places.map((place, i) => [place, i] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const targets = new Array<number>(places.length);
  order.forEach(([place, i], rank) => {
    targets[i] = place + rank;
  });
  const numbers = integersLike(x, targets);
  const total = extent + places.length;
  const old = full(ndarray, [total], true, core.bool, x.storage.device);
  old.set([numbers], false);
  const result = empty(ndarray, x.shape.map((each, i) => (i === along ? total : each)), x.dtypeCore, x.storage.device);
  result.set(alongAxis(along, numbers), block);
  result.set(alongAxis(along, old), x);
  return result;
});

/**
 * An array without the zeros at its ends, along all axes or some; a view. `trim`: 'f' for the front, 'b' for the back.
 * Source: numpy.trim_zeros.
 * @example
 * np.trim_zeros(np.array([0, 0, 1, 0, 2, 0])) // → [1 0 2]
 */
export const trim_zeros = routine('trim_zeros', "filt, trim='fb', axis=None", (
  filt: ArrayLike, trim: string = 'fb', axis?: number | readonly number[] | null,
): ndarray => {
  const x = asArray(filt);
  const ends = trim.toLowerCase();
  if (!/^(fb?|bf?)$/.test(ends)) throw new ValueError(`unexpected character(s) in \`trim\`: ${pythonRepr(ends)}`);
  const axes = axis === undefined || axis === null ? allAxes(x) : normalizeTuple('axis', axis, x.ndim);
  const places = argwhere(x);
  return axes.reduce((part, each) => {
    const [low, high] = bounds(sliceAxis(places, 1, each, 1)) ?? [0, -1];
    const start = high < 0 || ends.includes('f') ? low : 0;
    const end = high < 0 || ends.includes('b') ? high + 1 : x.shape[each];
    return sliceAxis<ndarray>(part, each, start, end - start);
  }, x);
});

/**
 * Overwrites an array with values, broadcast and cast, where a mask holds. Source: numpy.copyto.
 * @example
 * const x = np.zeros(2);
 * np.copyto(x, [1, 2]);
 * x // → [1. 2.]
 */
export const copyto = routine('copyto', "dst, src, casting='same_kind', where: array_like = True", (
  dst: ndarray, src: ArrayLike, casting: Casting = 'same_kind', where?: ArrayLike,
): void => {
  if (!(dst instanceof ndarray)) throw new TypeError(`copyto() argument 1 must be numpy.ndarray, not ${pythonTypeName(dst)}`);
  // As `x[1:] += y` copies what it has computed where it lies.
  if (src instanceof ndarray && coincides(src, dst)) return;
  checkWritable(dst);
  if (isScalar(src)) checkCast(weakDType(src, dst.dtypeCore), dst.dtypeCore, casting, 'scalar');
  const whole = isScalar(src) && !(src instanceof Complex) && (typeof src !== 'number' || Number.isInteger(src));
  const source = whole ? asArray(checkedElement(src, dst.dtypeCore), dst.dtypeCore) : asArray(src);
  checkCast(source.dtypeCore, dst.dtypeCore, casting);
  // Leading axes of extent 1 beyond the target's do not count.
  const lead = Math.max(source.ndim - dst.ndim, 0);
  const shape = source.shape.slice(0, lead).every((extent) => extent === 1) ? source.shape.slice(lead) : source.shape;
  const common = broadcastPair(shape, dst.shape);
  if (common === null || !sameShape(common, dst.shape)) {
    throw inputError(source.shape, dst.shape);
  }
  deliver('copyto', broadcastTo(reshapeTo(cast(source, dst.dtypeCore), shape), dst.shape), dst, where, casting);
});
