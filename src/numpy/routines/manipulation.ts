import { AxisError, ValueError, pythonTypeName, shapeText, tupleText } from '../../core/errors.ts';
import { axesByStride, broadcastPair, sameShape } from '../../core/layout.ts';
import { viewOf } from '../../core/strided.ts';
import * as move from '../../ops/movement.ts';
import * as copies from '../../ops/copies.ts';
import { trace as diagonalSum } from '../../ops/matrices.ts';
import { allAxes, otherAxes } from '../../ops/reduce.ts';
import { diagonalView, turnedView } from '../../ops/views.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { axesOf, bind, checkOptions, isOptions, shapeOf } from '../arguments/options.ts';
import { accumulatorDType, finish, remappedText } from '../ufunc/reduce.ts';

/** Shapes and the order of elements. Results are views wherever NumPy's are. */

type AxesLike = number | readonly number[] | null;
/** Axes alone or by name. */
type AxesArguments = [axis?: AxesLike] | [options: { axis?: AxesLike }];

export interface ReshapeOptions {
  /** 'F' reads and writes the elements with the first axis changing fastest. */
  order?: 'C' | 'F' | 'A';
}

type RavelOrder = ReshapeOptions['order'] | 'K';

function reversedAxes(x: ndarray): ndarray {
  return move.permute<ndarray>(x, x.shape.map((_, axis) => x.ndim - 1 - axis));
}

function reshaped(x: ndarray, shape: readonly number[], order: ReshapeOptions['order']): ndarray {
  for (const extent of shape) {
    if (!Number.isInteger(extent)) {
      throw new TypeError(
        `'${pythonTypeName(extent)}' object cannot be interpreted as an integer`);
    }
  }
  const refuse = (wrong: readonly number[]): ValueError =>
    new ValueError(`cannot reshape array of size ${x.size} into shape ${remappedText(wrong)}`);
  // Any negative extent is the one to find out.
  const full = move.inferShape(shape.map((extent) => Math.max(extent, -1)), x.size, refuse);
  if (order !== undefined && order !== 'C' && order !== 'F' && order !== 'A') {
    throw new ValueError(`order must be one of 'C', 'F', 'A', or 'K' (got '${String(order)}')`);
  }
  if (order === 'F' || (order === 'A' && x.flags.fnc)) {
    return reversedAxes(move.reshapeTo(reversedAxes(x), [...full].reverse()));
  }
  const result = move.reshapeTo(x, full);
  return result === x ? viewOf<ndarray>(x, x.geometry) : result;
}

/** The shape of `x.reshape(2, 3)` and `np.reshape(x, [2, 3])`, and the options after it. */
export type ShapeArguments<O> =
  | [shape: number | readonly number[], options?: O]
  | [...extents: number[]]
  | [...extents: number[], options: O];

function readShape<O extends object>(
  caller: string, known: readonly string[], args: readonly unknown[],
): { shape: readonly number[]; options: O } {
  const last = args.at(-1);
  const options = (isOptions(last) ? last : {}) as O;
  checkOptions(caller, options, known);
  const extents = isOptions(last) ? args.slice(0, -1) : args;
  return { shape: extents.length === 1 ? shapeOf(extents[0] as number | readonly number[]) : extents as number[], options };
}

/**
 * The same elements under another shape, of which one extent may be -1; a view where memory allows. Source: numpy.reshape.
 * @example
 * np.reshape(np.arange(6), [2, -1]).shape // → [2, 3]
 */
export function reshape(a: ArrayLike, ...args: ShapeArguments<ReshapeOptions>): ndarray {
  const { shape, options } = readShape<ReshapeOptions>('reshape', ['order'], args);
  if (args.length === 0) throw new TypeError('reshape() takes exactly 1 argument (0 given)');
  return reshaped(asArray(a), shape, options.order);
}

/**
 * The elements in one axis; a view where memory allows. Source: numpy.ravel.
 * @example
 * np.ravel([[1, 2], [3, 4]]) // → [1 2 3 4]
 */
export function ravel(a: ArrayLike, ...args: [order?: RavelOrder] | [options: { order?: RavelOrder }]): ndarray {
  const { order } = bind<{ order?: RavelOrder }>('ravel', ['order'], args);
  const x = asArray(a);
  if (order !== 'K') return reshaped(x, [x.size], order);
  // As the elements lie in memory; reversed axes stay as they are.
  return reshaped(move.permute<ndarray>(x, axesByStride(x.geometry)), [x.size], 'C');
}

/**
 * The axes in another order, reversed if none is given; a view. Source: numpy.transpose.
 * @example
 * np.transpose([[1, 2], [3, 4]]) // → [[1 3]
 * //    [2 4]]
 */
export function transpose(a: ArrayLike, ...args: [axes?: readonly number[] | null] | number[]): ndarray {
  const x = asArray(a);
  const [first] = args;
  if (first === null || first === undefined) return x.T;
  const axes = typeof first === 'number' ? args as number[] : first;
  if (axes.length !== x.ndim) throw new ValueError("axes don't match array");
  const order = axes.map((axis) => move.normalizeAxis(axis, x.ndim));
  if (new Set(order).size !== order.length) throw new ValueError('repeated axis in transpose');
  return move.permute<ndarray>(x, order);
}

/**
 * Another name of transpose. Source: numpy.permute_dims.
 * @example
 * np.permute_dims(np.zeros([2, 3]), [1, 0]).shape // → [3, 2]
 */
export const permute_dims = transpose;

/**
 * The last two axes swapped. Source: numpy.matrix_transpose.
 * @example
 * np.matrix_transpose(np.zeros([4, 2, 3])).shape // → [4, 3, 2]
 */
export function matrix_transpose(x: ArrayLike): ndarray {
  return asArray(x).mT;
}

/**
 * Two axes swapped; a view. Source: numpy.swapaxes.
 * @example
 * np.swapaxes(np.zeros([2, 3, 4]), 0, 2).shape // → [4, 3, 2]
 */
export function swapaxes(a: ArrayLike, axis1: number, axis2: number): ndarray {
  const x = asArray(a);
  return move.swapAxes<ndarray>(x, named('axis1', axis1, x.ndim), named('axis2', axis2, x.ndim));
}

function named(name: string, axis: number, ndim: number): number {
  try {
    return move.normalizeAxis(axis, ndim);
  } catch (error) {
    throw error instanceof AxisError ? new AxisError(`${name}: ${error.message}`) : error;
  }
}

function normalizeTuple(name: string, axis: number | readonly number[], ndim: number): number[] {
  const axes = (axesOf(axis) ?? []).map((each) => {
    if (name === '') return move.normalizeAxis(each, ndim);
    return named(name, each, ndim);
  });
  if (new Set(axes).size !== axes.length) {
    throw new ValueError(
      name === '' ? 'repeated axis' : `repeated axis in \`${name}\` argument`);
  }
  return axes;
}

/**
 * Axes moved to other places, the rest keeping their order; a view. Source: numpy.moveaxis.
 * @example
 * np.moveaxis(np.zeros([2, 3, 4]), 0, -1).shape // → [3, 4, 2]
 */
export function moveaxis(
  a: ArrayLike, source: number | readonly number[], destination: number | readonly number[],
): ndarray {
  const x = asArray(a);
  const from = normalizeTuple('source', source, x.ndim);
  const to = normalizeTuple('destination', destination, x.ndim);
  if (from.length !== to.length) {
    throw new ValueError('`source` and `destination` arguments must have the same number of elements');
  }
  const order = otherAxes(x, from);
  const places = to.map((place, i) => [place, from[i]] as const).sort((p, q) => p[0] - q[0]);
  for (const [place, axis] of places) order.splice(place, 0, axis);
  return move.permute<ndarray>(x, order);
}

/**
 * One axis moved before another; a view. Source: numpy.rollaxis.
 * @example
 * np.rollaxis(np.zeros([2, 3, 4]), 2).shape // → [4, 2, 3]
 */
export function rollaxis(a: ArrayLike, axis: number, start = 0): ndarray {
  const x = asArray(a);
  const from = move.normalizeAxis(axis, x.ndim);
  const begin = start < 0 ? start + x.ndim : start;
  if (begin < 0 || begin > x.ndim) {
    throw new AxisError(`'start' arg requires ${-x.ndim} <= start < ${x.ndim + 1}, but ${start} was passed in`);
  }
  const to = from < begin ? begin - 1 : begin;
  const order = otherAxes(x, [from]);
  order.splice(to, 0, from);
  return move.permute<ndarray>(x, order);
}

/**
 * New axes of extent 1 at the given places of the result; a view. Source: numpy.expand_dims.
 * @example
 * np.expand_dims([1, 2], 1).shape // → [2, 1]
 */
export function expand_dims(
  a: ArrayLike, ...args: [axis: number | readonly number[]] | [options: { axis: number | readonly number[] }]
): ndarray {
  const { axis } = bind<{ axis: number | readonly number[] }>('expand_dims', ['axis'], args);
  const x = asArray(a);
  const count = axesOf(axis)?.length ?? 0;
  const places = normalizeTuple('', axis, x.ndim + count).sort((p, q) => p - q);
  return places.reduce<ndarray>((result, place) => move.unsqueeze(result, place), x);
}

/**
 * Axes of extent 1 dropped, all of them if none are named; a view. Source: numpy.squeeze.
 * @example
 * np.squeeze([[[1], [2]]]) // → [1 2]
 */
export function squeeze(a: ArrayLike, ...args: AxesArguments): ndarray {
  const x = asArray(a);
  const { axis } = bind<{ axis?: AxesLike }>('squeeze', ['axis'], args);
  if (x.ndim === 0 && (axis === 0 || axis === -1)) return move.squeeze<ndarray>(x, []);
  const axes = axesOf(axis) === undefined
    ? allAxes(x).filter((each) => x.shape[each] === 1) : normalizeTuple('', axis as number, x.ndim);
  if (axes.some((each) => x.shape[each] !== 1)) {
    throw new ValueError('cannot select an axis to squeeze out which has size not equal to one');
  }
  return move.squeeze<ndarray>(x, axes);
}

/**
 * The array seen under a larger shape, elements repeating without a copy. Source: numpy.broadcast_to.
 * @example
 * np.broadcast_to([1, 2], [2, 2]) // → [[1 2]
 * //    [1 2]]
 */
export function broadcast_to(a: ArrayLike, shape: number | readonly number[]): ndarray {
  const x = asArray(a);
  const target = shapeOf(shape);
  if (target.some((extent) => extent < 0)) throw new ValueError('all elements of broadcast shape must be non-negative');
  if (x.ndim > target.length) {
    throw new ValueError(
      target.length === 0 ? 'cannot broadcast a non-scalar to a scalar array'
        : 'input operand has more dimensions than allowed by the axis remapping');
  }
  const common = broadcastPair(x.shape, target);
  if (common === null || !sameShape(common, target)) {
    throw new ValueError(
      'operands could not be broadcast together with remapped shapes [original->remapped]: '
      + `${shapeText(x.shape)}  and requested shape ${shapeText(target)}`);
  }
  return sameShape(x.shape, target) ? viewOf<ndarray>(x, x.geometry) : move.broadcastTo<ndarray>(x, target);
}

/**
 * The common shape of several. Source: numpy.broadcast_shapes.
 * @example
 * np.broadcast_shapes([2, 1], [3]) // → [2, 3]
 */
export function broadcast_shapes(...shapes: readonly (number | readonly number[])[]): readonly number[] {
  let common: readonly number[] = [];
  shapes.map(shapeOf).forEach((shape, i) => {
    const next = broadcastPair(common, shape);
    if (next === null) {
      const other = clash(shapes.map(shapeOf), i);
      throw new ValueError(
        `shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg ${other} with shape `
        + `${tupleText(shapeOf(shapes[other]))} and arg ${i} with shape ${tupleText(shape)}.`);
    }
    common = next;
  });
  return common;
}

/** The first argument that the i-th does not fit. */
function clash(shapes: readonly (readonly number[])[], i: number): number {
  return shapes.findIndex((shape) => broadcastPair(shape, shapes[i]) === null);
}

/**
 * All arrays seen under their common shape. Source: numpy.broadcast_arrays.
 * @example
 * np.broadcast_arrays([1, 2], [[3]])[1] // → [[3 3]]
 */
export function broadcast_arrays(...arrays: readonly ArrayLike[]): ndarray[] {
  const list = arrays.map((each) => asArray(each));
  const shape = broadcast_shapes(...list.map((each) => each.shape));
  return list.map((each) => move.broadcastTo<ndarray>(each, shape));
}

/** A function of one array, or of several, whose results come in a list then. */
export interface OfEach {
  (a: ArrayLike): ndarray;
  (...arrays: readonly ArrayLike[]): ndarray[];
}

const ofEach = (compute: (x: ndarray) => ndarray): OfEach => ((...arrays: readonly ArrayLike[]) => {
  const results = arrays.map((each) => compute(asArray(each)));
  return results.length === 1 ? results[0] : results;
}) as OfEach;

/**
 * At least one axis; of several arrays a list. Source: numpy.atleast_1d.
 * @example
 * np.atleast_1d(3) // → [3]
 */
export const atleast_1d = ofEach((x) => (x.ndim > 0 ? x : move.reshapeTo(x, [1])));

/**
 * At least two axes, new ones in front; of several arrays a list. Source: numpy.atleast_2d.
 * @example
 * np.atleast_2d([1, 2]).shape // → [1, 2]
 */
export const atleast_2d = ofEach((x) => (x.ndim > 1 ? x : move.unsqueeze(atleast_1d(x), 0)));

/**
 * At least three axes; of several arrays a list. Source: numpy.atleast_3d.
 * @example
 * np.atleast_3d([1, 2]).shape // → [1, 2, 1]
 */
export const atleast_3d = ofEach((x) => (x.ndim > 2 ? x : move.unsqueeze(atleast_2d(x), 2)));

/**
 * The elements in reverse order along all axes, or some; a view. Source: numpy.flip.
 * @example
 * np.flip([1, 2, 3]) // → [3 2 1]
 */
export function flip(m: ArrayLike, ...args: AxesArguments): ndarray {
  const { axis } = bind<{ axis?: AxesLike }>('flip', ['axis'], args);
  const x = asArray(m);
  return move.reverse(x, axesOf(axis) === undefined ? allAxes(x) : normalizeTuple('', axis as number, x.ndim));
}

/**
 * The second axis reversed; a view. Source: numpy.fliplr.
 * @example
 * np.fliplr([[1, 2]]) // → [[2 1]]
 */
export function fliplr(m: ArrayLike): ndarray {
  const x = asArray(m);
  if (x.ndim < 2) throw new ValueError('Input must be >= 2-d.');
  return move.reverse(x, [1]);
}

/**
 * The first axis reversed; a view. Source: numpy.flipud.
 * @example
 * np.flipud([1, 2]) // → [2 1]
 */
export function flipud(m: ArrayLike): ndarray {
  const x = asArray(m);
  if (x.ndim < 1) throw new ValueError('Input must be >= 1-d.');
  return move.reverse(x, [0]);
}

function shiftsOf(shift: number | readonly number[]): readonly number[] {
  const shifts = typeof shift === 'number' ? [shift] : shift;
  if (!Array.isArray(shifts) || !shifts.every((each) => Number.isFinite(each))) {
    throw new TypeError("'shift' should be a whole number or a list of them");
  }
  return shifts;
}

/**
 * Elements moved round along axes, or in row-major order. Source: numpy.roll.
 * @example
 * np.roll([1, 2, 3, 4], 1) // → [4 1 2 3]
 */
export function roll(a: ArrayLike, shift: number | readonly number[], ...args: AxesArguments): ndarray {
  const { axis } = bind<{ axis?: AxesLike }>('roll', ['axis'], args);
  const x = asArray(a);
  // Fractions are dropped, as in NumPy.
  const shifts = shiftsOf(shift).map(Math.trunc);
  const axes = axesOf(axis);
  if (axes === undefined) return copies.roll<ndarray>(x, [shifts.reduce((sum, each) => sum + each, 0)], []);
  if (shifts.length !== axes.length && shifts.length !== 1 && axes.length !== 1) {
    throw new ValueError(
      'shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 with shape '
      + `${tupleText([shifts.length])} and arg 1 with shape ${tupleText([axes.length])}.`);
  }
  const pairs = shifts.length === 1 ? axes.map((each) => [each, shifts[0]] as const)
    : axes.length === 1 ? shifts.map((each) => [axes[0], each] as const) : axes.map((each, i) => [each, shifts[i]] as const);
  // Along no axis nothing moves.
  if (pairs.length === 0) return x.copy();
  return copies.roll<ndarray>(x, pairs.map(([, by]) => by), pairs.map(([each]) => move.normalizeAxis(each, x.ndim)));
}

export interface Rot90Options {
  k?: number;
  axes?: readonly [number, number];
}

/**
 * Turned by 90° k times in the plane of two axes, from the first towards the second. Source: numpy.rot90.
 * @example
 * np.rot90([[1, 2], [3, 4]]) // → [[2 4]
 * //    [1 3]]
 */
export function rot90(
  m: ArrayLike, ...args: [options?: Rot90Options] | [k?: number, options?: Rot90Options] | [k: number, axes: readonly [number, number]]
): ndarray {
  const { k = 1, axes = [0, 1] } = bind<Rot90Options>('rot90', ['k', 'axes'], args);
  const x = asArray(m);
  if (axes.length !== 2) throw new ValueError('len(axes) must be 2.');
  if (axes[0] === axes[1] || Math.abs(axes[0] - axes[1]) === x.ndim) throw new ValueError('Axes must be different.');
  const [a, b] = axes.map((axis) => {
    if (axis < -x.ndim || axis >= x.ndim) {
      throw new ValueError(
        `Axes=(${axes.join(', ')}) out of range for array of ndim=${x.ndim}.`);
    }
    return move.normalizeAxis(axis, x.ndim);
  });
  const turned = turnedView(x, k, a, b);
  return turned === x ? viewOf<ndarray>(x, x.geometry) : turned;
}

export interface DiagonalOptions {
  /** Above the main diagonal where positive. */
  offset?: number;
  axis1?: number;
  axis2?: number;
}

/** The array and where a diagonal lies in it. */
function placeOf(
  a: ArrayLike, { offset = 0, axis1 = 0, axis2 = 1 }: DiagonalOptions,
): [x: ndarray, offset: number, axis1: number, axis2: number] {
  const x = asArray(a);
  if (x.ndim < 2) throw new ValueError('diag requires an array of at least two dimensions');
  const [p, q] = [named('axis1', axis1, x.ndim), named('axis2', axis2, x.ndim)];
  if (p === q) throw new ValueError('axis1 and axis2 cannot be the same');
  return [x, offset, p, q];
}

/**
 * The elements on a diagonal of two axes, as a last axis; a view. Source: numpy.diagonal.
 * @example
 * np.diagonal([[1, 2], [3, 4]]) // → [1 4]
 */
export function diagonal(
  a: ArrayLike, options: DiagonalOptions | number = {},
): ndarray {
  if (typeof options !== 'number') checkOptions('diagonal', options, ['offset', 'axis1', 'axis2']);
  const view = diagonalView(...placeOf(a, typeof options === 'number' ? { offset: options } : options));
  view.flags.writeable = false;
  return view;
}

/**
 * The sum along a diagonal. Source: numpy.trace.
 * @example
 * np.trace([[1, 2], [3, 4]]) // → 5
 */
export function trace(
  a: ArrayLike, options: DiagonalOptions & { dtype?: DTypeLike | null; out?: ndarray | null } | number = {},
): ndarray {
  const { dtype, out, ...place } = typeof options === 'number' ? { offset: options, dtype: undefined, out: undefined } : options;
  checkOptions('trace', place, ['offset', 'axis1', 'axis2']);
  const [x, ...where] = placeOf(a, place);
  const { shape } = diagonalView(x, ...where);
  const result = diagonalSum(x, ...where, coreOf(dtype) ?? accumulatorDType(x.dtypeCore));
  return finish('add', result, out, { shape, axes: [shape.length - 1] });
}

/**
 * The number of axes. Source: numpy.ndim.
 * @example
 * np.ndim([[1, 2]]) // → 2
 */
export function ndim(a: ArrayLike): number {
  return asArray(a).ndim;
}

/**
 * The shape. Source: numpy.shape.
 * @example
 * np.shape([[1, 2]]) // → [1, 2]
 */
export function shape(a: ArrayLike): readonly number[] {
  return asArray(a).shape;
}

/**
 * The number of elements, or the extent of one axis. Source: numpy.size.
 * @example
 * np.size([[1, 2]]) // → 2
 */
export function size(a: ArrayLike, axis?: number | null): number {
  const x = asArray(a);
  return axis === undefined || axis === null ? x.size : x.shape[move.normalizeAxis(axis, x.ndim)];
}
