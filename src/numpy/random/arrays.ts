import { cpu } from '../../core/device.ts';
import { float16, float32, float64, int64 } from '../../core/dtype.ts';
import { AxisError, IndexError, MemoryError, NotImplementedError, ValueError, lengthOf, pythonTypeName } from '../../core/errors.ts';
import { sizeOf } from '../../core/layout.ts';
import type { Scalar } from '../../core/complex.ts';
import { castCopy } from '../../ops/cast.ts';
import { empty } from '../../ops/creation.ts';
import { elementAt } from '../../ops/host.ts';
import { take } from '../../ops/indexing.ts';
import { normalizeAxis } from '../../ops/movement.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, checkWritable, writeInto } from '../ndarray/conversion.ts';
import type { Size } from './draw.ts';
import { indexArray, shapeFrom } from './draw.ts';

/** What both kinds of generators do with arrays: shuffle, permutation and choice. */

/** A sequence that can be shuffled in place. */
export type Shufflable = ndarray | unknown[] | { [index: number]: unknown; readonly length: number };

export interface Shuffler {
  permutation(n: number): Int32Array;
  shuffle(items: { [index: number]: unknown; readonly length: number }): void;
}

/** Positions are drawn as 32-bit integers. */
const largestPopulation = 2 ** 31 - 1;

/** Changes the order of what lies along an axis. */
export function shuffleInPlace(stream: Shuffler, items: Shufflable, axis: number): void {
  if (items instanceof ndarray) {
    if (items.ndim === 0) throw new TypeError('len() of unsized object');
    const along = normalizeAxis(axis, items.ndim);
    checkWritable(items, 'array');
    if (items.size === 0) return;
    const order = stream.permutation(items.shape[along]);
    writeInto(items, take<ndarray>(items, indexArray(order), along, 'numpy'));
    return;
  }
  lengthOf(items);
  if (Object.isFrozen(items) || !(Array.isArray(items) || ArrayBuffer.isView(items))) {
    throw unassignable(items);
  }
  if (axis !== 0) throw new NotImplementedError('Axis argument is only supported on ndarray objects');
  try {
    stream.shuffle(items as { [index: number]: unknown; readonly length: number });
  } catch (error) {
    // An accessor without a setter, or what a proxy refuses.
    throw error instanceof TypeError ? unassignable(items) : error;
  }
}

const unassignable = (items: unknown): TypeError => new TypeError(`'${pythonTypeName(items)}' object does not support item assignment`);

/** The numbers below n in a random order, or an array with what lies along an axis in a random order. */
export function permuted(stream: Shuffler, x: ArrayLike, axis: number, refuse: () => Error): ndarray {
  if ((typeof x === 'number' && Number.isInteger(x)) || typeof x === 'bigint') {
    const count = Math.max(Number(x), 0);
    // Refused here where it is too large, before anything is drawn.
    empty(ndarray, [count], int64, cpu)[Symbol.dispose]();
    if (count > largestPopulation) throw new MemoryError(`Unable to allocate an order of ${count} elements`);
    return castCopy(indexArray(stream.permutation(count)), int64);
  }
  const array = asArray(x);
  if (array.ndim === 0) throw refuse();
  const along = normalizeAxis(axis, array.ndim);
  return take<ndarray>(array, indexArray(stream.permutation(array.shape[along])), along, 'numpy');
}

/** Random bytes; even none of them take a word from the stream, as in NumPy. */
export function drawBytes(stream: { bytes(length: number): Uint8Array }, length: number): Uint8Array {
  if (!(Number.isInteger(length) && length >= 0)) throw new ValueError(`length must be a non-negative integer, not ${length}`);
  if (length > largestPopulation) throw new MemoryError(`Unable to allocate ${length} bytes`);
  return stream.bytes(Math.max(length, 1)).slice(0, length);
}

export const permutationIndexError = (): IndexError => new IndexError('x must be an integer or at least 1-dimensional');
export const permutationAxisError = (axis: number) => (): AxisError =>
  new AxisError(`axis ${axis} is out of bounds for array of dimension 0`);

/** What the two functions called `choice` word or do differently. */
export interface ChoiceStyle {
  readonly anyDimension: boolean;
  readonly notInteger: (type: string) => string;
  readonly empty: string;
  readonly probabilities: string;
  readonly pick: (
    population: number, count: number, replace: boolean, p: Float64Array | undefined, tolerance: number | undefined) => Int32Array;
}

/** Python's name of a number's or boolean's type. */
function typeName(value: unknown): string {
  return typeof value === 'number' ? 'float' : typeof value === 'boolean' ? 'bool' : 'complex';
}

/** sqrt(eps) of the probabilities' dtype, where they come as an array of one that is less exact than float64. */
function toleranceOf(p: ArrayLike): number | undefined {
  if (!(p instanceof ndarray)) return undefined;
  return p.dtypeCore === float32 ? Math.sqrt(2 ** -23) : p.dtypeCore === float16 ? Math.sqrt(2 ** -10) : undefined;
}

/** Elements of an array, or numbers below an integer, picked at random. */
export function chosen(
  style: ChoiceStyle, a: ArrayLike, size: Size | undefined, replace = true, p?: ArrayLike, axis = 0,
): Scalar | ndarray {
  const whole = typeof a === 'bigint' || (typeof a === 'number' && Number.isInteger(a));
  let source = whole ? null : asArray(a);
  let population = whole ? Number(a) : 0;
  if (source !== null && source.ndim === 0) {
    const value = elementAt(source, source.geometry.offset);
    if (source.dtypeCore.kind !== 'int' && source.dtypeCore.kind !== 'uint') throw new ValueError(style.notInteger(typeName(value)));
    population = Number(value);
    source = null;
  }
  const shape = size === undefined ? null : shapeFrom(size);
  const count = shape === null ? 1 : sizeOf(shape);
  if (source !== null) {
    if (!style.anyDimension && source.ndim !== 1) throw new ValueError('a must be 1-dimensional');
    if (axis < -source.ndim || axis >= source.ndim) throw new IndexError('tuple index out of range');
    population = source.shape[normalizeAxis(axis, source.ndim)];
    if (population === 0 && count !== 0) throw new ValueError(style.empty);
  }
  if (population > largestPopulation) throw new ValueError(`a must not be greater than ${largestPopulation}`);
  let weights: Float64Array | undefined;
  if (p !== undefined) {
    const array = asArray(p, float64);
    if (array.ndim !== 1) throw new ValueError(style.probabilities);
    weights = array.toTypedArray() as Float64Array;
  }
  if (replace && shape !== null) empty(ndarray, shape, int64, cpu)[Symbol.dispose]();
  const picks = style.pick(population, count, replace, weights, p === undefined ? undefined : toleranceOf(p));
  if (source === null) return shape === null ? picks[0] : castCopy(indexArray(picks, shape), int64);
  const along = normalizeAxis(axis, source.ndim);
  const out = take<ndarray>(source, indexArray(picks, shape ?? []), along, 'numpy');
  return shape === null && out.ndim === 0 ? elementAt(out, out.geometry.offset) : out;
}
