import { int64 } from '../../core/dtype.ts';
import { AxisError, ValueError, mismatchError, remappedError, shapeText } from '../../core/errors.ts';
import { axesByStride, broadcastPair, sameShape, sizeOf } from '../../core/layout.ts';
import { viewOf } from '../../core/strided.ts';
import { castCopy } from '../../ops/cast.ts';
import * as move from '../../ops/movement.ts';
import * as copies from '../../ops/copies.ts';
import { trace as diagonalSum } from '../../ops/matrices.ts';
import { allAxes, otherAxes } from '../../ops/reduce.ts';
import { diagonalView, selectAxis, turnedView } from '../../ops/views.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { asArray, checkedElement, numbersOf } from '../ndarray/conversion.ts';
import { frozen } from '../ndarray/flags.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { axesOf } from '../arguments/options.ts';
import { routine, shape as shapeOf } from '../arguments/routine.ts';
import type { ReshapeOrder } from '../arguments/shapes.ts';
import { namedAxis, reshaped } from '../arguments/shapes.ts';
import { finish, reductionType } from '../ufunc/reduce.ts';

/** Shapes and the order of elements. Results are views wherever NumPy's are. */

type AxesLike = number | readonly number[] | null;
export type { ReshapeOrder };

/**
 * The same elements under another shape, of which one extent may be -1; a view where memory allows. Source: numpy.reshape.
 * @example
 * np.reshape(np.arange(6), [2, -1]).shape // → [2, 3]
 */
export const reshape = routine('reshape', "a, /, shape, order='C', *, copy: bool = None", (
  a: ArrayLike, shape: number | readonly number[], order?: ReshapeOrder, copy?: boolean | null,
): ndarray => {
  const x = asArray(a);
  const result = reshaped(x, shape as readonly number[], order);
  const shared = result.storage === x.storage;
  if (copy === false && !shared) throw new ValueError('Unable to avoid creating a copy while reshaping.');
  return copy === true && shared ? castCopy(result, result.dtypeCore) : result;
});

/**
 * The elements in one axis; a view where memory allows. Source: numpy.ravel.
 * @example
 * np.ravel([[1, 2], [3, 4]]) // → [1 2 3 4]
 */
export const ravel = routine('ravel', "a, order='C'", (a: ArrayLike, order?: ReshapeOrder | 'K'): ndarray => {
  const x = asArray(a);
  if (order !== 'K') return reshaped(x, [x.size], order);
  // As the elements lie in memory; reversed axes stay as they are.
  return reshaped(move.permute<ndarray>(x, axesByStride(x.geometry)), [x.size], 'C');
});

/**
 * The axes in another order, reversed if none is given; a view. Source: numpy.transpose.
 * @example
 * np.transpose([[1, 2], [3, 4]]) // → [[1 3]
 *                                //    [2 4]]
 */
export const transpose = routine('transpose', 'a, axes=None', (a: ArrayLike, axes?: readonly number[] | null): ndarray => {
  const x = asArray(a);
  if (axes === null || axes === undefined) return x.T;
  if (axes.length !== x.ndim) throw new ValueError("axes don't match array");
  const order = axes.map((axis) => move.normalizeAxis(axis, x.ndim));
  if (new Set(order).size !== order.length) throw new ValueError('repeated axis in transpose');
  return move.permute<ndarray>(x, order);
});

/**
 * Another name of transpose. Source: numpy.permute_dims.
 * @example
 * np.permute_dims(np.zeros([2, 3]), [1, 0]).shape // → [3, 2]
 */
export const permute_dims = transpose;

/**
 * The array with its last two axes swapped, as a view. Source: numpy.matrix_transpose.
 * @example
 * np.matrix_transpose(np.zeros([4, 2, 3])).shape // → [4, 3, 2]
 */
export const matrix_transpose = routine('matrix_transpose', 'x, /', (x: ArrayLike): ndarray => {
  const array = asArray(x);
  if (array.ndim < 2) throw new ValueError(`Input array must be at least 2-dimensional, but it is ${array.ndim}`);
  return array.mT;
});

/**
 * The array with two axes swapped, as a view. Source: numpy.swapaxes.
 * @example
 * np.swapaxes(np.zeros([2, 3, 4]), 0, 2).shape // → [4, 3, 2]
 */
export const swapaxes = routine('swapaxes', 'a, axis1: int, axis2: int', (a: ArrayLike, axis1: number, axis2: number): ndarray => {
  const x = asArray(a);
  return move.swapAxes<ndarray>(x, namedAxis('axis1', axis1, x.ndim), namedAxis('axis2', axis2, x.ndim));
});

/** Axes that an argument names, each once. */
export function normalizeTuple(name: string, axis: number | readonly number[], ndim: number): number[] {
  const axes = (axesOf(axis) ?? []).map((each) => {
    if (name === '') return move.normalizeAxis(each, ndim);
    return namedAxis(name, each, ndim);
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
export const moveaxis = routine('moveaxis', 'a, source: ints, destination: ints', (
  a: ArrayLike, source: number | readonly number[], destination: number | readonly number[],
): ndarray => {
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
});

/**
 * The parts of an array along an axis (0), without that axis; views. Source: numpy.unstack.
 * @example
 * np.unstack(np.array([[1, 2], [3, 4]])).map(String) // → ['[1 2]', '[3 4]']
 */
export const unstack = routine('unstack', 'x, /, *, axis: ints = 0', (x: ArrayLike, axis: number | readonly number[] = 0): ndarray[] => {
  const given = asArray(x);
  if (given.ndim === 0) throw new ValueError('Input array must be at least 1-d.');
  const list = moveaxis(given, axis, 0);
  return Array.from({ length: list.shape[0] }, (_, i) => selectAxis(list, 0, i));
});

/**
 * One axis moved before another; a view. Source: numpy.rollaxis.
 * @example
 * np.rollaxis(np.zeros([2, 3, 4]), 2).shape // → [4, 2, 3]
 */
export const rollaxis = routine('rollaxis', 'a, axis: int, start=0', (a: ArrayLike, axis: number, start: number = 0): ndarray => {
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
});

/**
 * New axes of extent 1 at the given places of the result; a view. Source: numpy.expand_dims.
 * @example
 * np.expand_dims([1, 2], 1).shape // → [2, 1]
 */
export const expand_dims = routine('expand_dims', 'a, axis', (a: ArrayLike, axis: number | readonly number[]): ndarray => {
  const x = asArray(a);
  const count = axesOf(axis)?.length ?? 0;
  const places = normalizeTuple('', axis, x.ndim + count).sort((p, q) => p - q);
  return places.reduce<ndarray>((result, place) => move.unsqueeze(result, place), x);
});

/**
 * Axes of extent 1 dropped, all of them if none are named; a view. Source: numpy.squeeze.
 * @example
 * np.squeeze([[[1], [2]]]) // → [1 2]
 */
export const squeeze = routine('squeeze', 'a, axis=None', (a: ArrayLike, axis?: AxesLike): ndarray => {
  const x = asArray(a);
  if (x.ndim === 0 && (axis === 0 || axis === -1)) return move.squeeze<ndarray>(x, []);
  const axes = axesOf(axis) === undefined
    ? allAxes(x).filter((each) => x.shape[each] === 1) : normalizeTuple('', axis as number, x.ndim);
  return move.squeeze<ndarray>(x, axes);
});

/**
 * The array seen under a larger shape, elements repeating without a copy. Source: numpy.broadcast_to.
 * @example
 * np.broadcast_to([1, 2], [2, 2]) // → [[1 2]
 *                                 //    [1 2]]
 */
export const broadcast_to = routine('broadcast_to', 'array, shape, subok=False', (
  array: ArrayLike, shape: number | readonly number[], _subok?: boolean,
): ndarray => {
  const x = asArray(array);
  const target = shape as readonly number[];
  if (target.some((extent) => extent < 0)) throw new ValueError('all elements of broadcast shape must be non-negative');
  if (x.ndim > target.length) {
    throw new ValueError(
      target.length === 0 ? 'cannot broadcast a non-scalar to a scalar array'
        : 'input operand has more dimensions than allowed by the axis remapping');
  }
  const common = broadcastPair(x.shape, target);
  if (common === null || !sameShape(common, target)) {
    throw remappedError(`${shapeText(x.shape)}  and requested shape ${shapeText(target)}`);
  }
  return frozen(sameShape(x.shape, target) ? viewOf<ndarray>(x, x.geometry) : move.broadcastTo<ndarray>(x, target));
});

/**
 * The shape that shapes broadcast to. Throws a ValueError where they do not. Source: numpy.broadcast_shapes.
 * @example
 * np.broadcast_shapes([2, 1], [3]) // → [2, 3]
 */
export const broadcast_shapes = routine('broadcast_shapes', '*args', (args: readonly unknown[]): readonly number[] => {
  const shapes = args.map(shapeOf);
  return shapes.reduce((common, shape, i) => {
    const next = broadcastPair(common, shape);
    if (next !== null) return next;
    const other = clash(shapes, i);
    throw mismatchError(other, shapes[other], i, shape);
  }, []);
}) as unknown as (...shapes: readonly (number | readonly number[])[]) => readonly number[];

/** The first argument that the i-th does not fit. */
function clash(shapes: readonly (readonly number[])[], i: number): number {
  return shapes.findIndex((shape) => broadcastPair(shape, shapes[i]) === null);
}

/**
 * All arrays seen under their common shape. Source: numpy.broadcast_arrays.
 * @example
 * np.broadcast_arrays([1, 2], [[3]])[1] // → [[3 3]]
 */
export const broadcast_arrays = routine('broadcast_arrays', '*args, subok=False', (args: readonly ArrayLike[]): ndarray[] => {
  const list = args.map((each) => asArray(each));
  const shape = broadcast_shapes(...list.map((each) => each.shape));
  return list.map((each) => move.broadcastTo<ndarray>(each, shape));
}) as unknown as (...arrays: readonly (ArrayLike | { readonly subok?: boolean })[]) => ndarray[];

/** A function of one array that is one of each of several, too. */
const each = (name: string, compute: (x: ndarray) => ndarray) => routine(name, '*arys', (
  arys: readonly ArrayLike[],
): ndarray | ndarray[] => {
  const results = arys.map((a) => compute(asArray(a)));
  return results.length === 1 ? results[0] : results;
}) as unknown as {
  (a: ArrayLike): ndarray;
  (...arys: readonly ArrayLike[]): ndarray[];
};

/** With axes of extent 1 in front until there are as many as asked for. */
const atLeast = (x: ndarray, ndim: number): ndarray => (x.ndim < ndim ? atLeast(move.unsqueeze(x, 0), ndim) : x);

/**
 * At least one axis; of several arrays a list. Source: numpy.atleast_1d.
 * @example
 * np.atleast_1d(3) // → [3]
 */
export const atleast_1d = each('atleast_1d', (x) => atLeast(x, 1));

/**
 * At least two axes, new ones in front; of several arrays a list. Source: numpy.atleast_2d.
 * @example
 * np.atleast_2d([1, 2]).shape // → [1, 2]
 */
export const atleast_2d = each('atleast_2d', (x) => atLeast(x, 2));

/**
 * At least three axes; of several arrays a list. Source: numpy.atleast_3d.
 * @example
 * np.atleast_3d([1, 2]).shape // → [1, 2, 1]
 */
export const atleast_3d = each('atleast_3d', (x) => {
  const wide = atLeast(x, 2);
  return wide.ndim > 2 ? wide : move.unsqueeze(wide, 2);
});

/**
 * The elements in reverse order along all axes, or some; a view. Source: numpy.flip.
 * @example
 * np.flip([1, 2, 3]) // → [3 2 1]
 */
export const flip = routine('flip', 'm, axis=None', (m: ArrayLike, axis?: AxesLike): ndarray => {
  const x = asArray(m);
  const axes = axesOf(axis) === undefined ? allAxes(x) : normalizeTuple('', axis as number, x.ndim);
  // NumPy gives a scalar where there are no axes.
  return x.ndim === 0 ? castCopy(x, x.dtypeCore) : move.reverse(x, axes);
});

/**
 * The second axis reversed; a view. Source: numpy.fliplr.
 * @example
 * np.fliplr([[1, 2]]) // → [[2 1]]
 */
export const fliplr = routine('fliplr', 'm', (m: ArrayLike): ndarray => {
  const x = asArray(m);
  if (x.ndim < 2) throw new ValueError('Input must be >= 2-d.');
  return move.reverse(x, [1]);
});

/**
 * The first axis reversed; a view. Source: numpy.flipud.
 * @example
 * np.flipud([1, 2]) // → [2 1]
 */
export const flipud = routine('flipud', 'm', (m: ArrayLike): ndarray => {
  const x = asArray(m);
  if (x.ndim < 1) throw new ValueError('Input must be >= 1-d.');
  return move.reverse(x, [0]);
});

/** Fractions are dropped, as in NumPy. */
function shiftsOf(shift: ArrayLike): number[] {
  const x = asArray(shift);
  if (x.ndim > 1) throw new ValueError("'shift' and 'axis' should be scalars or 1D sequences");
  return Array.from(numbersOf(x), (each) => Number(checkedElement(each, int64)));
}

/**
 * Elements moved round along axes, or in row-major order. Source: numpy.roll.
 * @example
 * np.roll([1, 2, 3, 4], 1) // → [4 1 2 3]
 */
export const roll = routine('roll', 'a, shift, axis=None', (a: ArrayLike, shift: ArrayLike, axis?: AxesLike): ndarray => {
  const x = asArray(a);
  const shifts = shiftsOf(shift);
  const axes = axesOf(axis);
  if (axes === undefined) return copies.roll<ndarray>(x, [shifts.reduce((sum, each) => sum + each, 0)], []);
  if (shifts.length !== axes.length && shifts.length !== 1 && axes.length !== 1) {
    throw mismatchError(0, [shifts.length], 1, [axes.length]);
  }
  const pairs = shifts.length === 1 ? axes.map((each) => [each, shifts[0]] as const)
    : axes.length === 1 ? shifts.map((each) => [axes[0], each] as const) : axes.map((each, i) => [each, shifts[i]] as const);
  // Along no axis nothing moves.
  if (pairs.length === 0) return x.copy();
  return copies.roll<ndarray>(x, pairs.map(([, by]) => by), pairs.map(([each]) => move.normalizeAxis(each, x.ndim)));
});

/**
 * Turned by 90° k times in the plane of two axes, from the first towards the second. Source: numpy.rot90.
 * @example
 * np.rot90([[1, 2], [3, 4]]) // → [[2 4]
 *                            //    [1 3]]
 */
export const rot90 = routine('rot90', 'm, k: float=1, axes: iterable=(0,1)', (
  m: ArrayLike, k: number = 1, axes: readonly number[] = [0, 1],
): ndarray => {
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
  // What is neither of these is the last quarter, fractions and NaN among them.
  const turned = turnedView(x, [0, 1, 2].find((quarter) => ((k % 4) + 4) % 4 === quarter) ?? 3, a, b);
  return turned === x ? viewOf<ndarray>(x, x.geometry) : turned;
});

/** The array and where a diagonal lies in it. */
function placeOf(
  a: ArrayLike, offset = 0, axis1 = 0, axis2 = 1,
): [x: ndarray, offset: number, axis1: number, axis2: number] {
  const x = asArray(a);
  if (x.ndim < 2) throw new ValueError('diag requires an array of at least two dimensions');
  const [p, q] = [namedAxis('axis1', axis1, x.ndim), namedAxis('axis2', axis2, x.ndim)];
  if (p === q) throw new ValueError('axis1 and axis2 cannot be the same');
  return [x, offset, p, q];
}

/**
 * The elements on a diagonal of two axes, as a last axis; a view. Source: numpy.diagonal.
 * @example
 * np.diagonal([[1, 2], [3, 4]]) // → [1 4]
 */
export const diagonal = routine('diagonal', 'a, offset=0, axis1=0, axis2=1', (
  a: ArrayLike, offset?: number, axis1?: number, axis2?: number,
): ndarray => frozen(diagonalView(...placeOf(a, offset, axis1, axis2))));

/**
 * The sum of the diagonal of two axes. Source: numpy.trace.
 * @example
 * np.trace([[1, 2], [3, 4]]) // → 5
 */
export const trace = routine('trace', 'a, offset=0, axis1=0, axis2=1, dtype=None, out=None', (
  a: ArrayLike, offset?: number, axis1?: number, axis2?: number, dtype?: DTypeLike | null, out?: ndarray | null,
): ndarray => {
  const [x, ...where] = placeOf(a, offset, axis1, axis2);
  const { shape } = diagonalView(x, ...where);
  const result = diagonalSum(x, ...where, coreOf(dtype) ?? reductionType(x.dtypeCore, out, true));
  return finish('add', result, out, { shape, axes: [shape.length - 1] });
});

/**
 * The number of axes; 0 for a number. Source: numpy.ndim.
 * @example
 * np.ndim([[1, 2]]) // → 2
 */
export const ndim = routine('ndim', 'a', (a: ArrayLike): number => asArray(a).ndim);

/**
 * The extent of each axis. Source: numpy.shape.
 * @example
 * np.shape([[1, 2]]) // → [1, 2]
 */
export const shape = routine('shape', 'a', (a: ArrayLike): readonly number[] => asArray(a).shape);

/**
 * The number of elements, or the extent of one axis. Source: numpy.size.
 * @example
 * np.size([[1, 2]]) // → 2
 */
export const size = routine('size', 'a, axis=None', (a: ArrayLike, axis?: AxesLike): number => {
  const x = asArray(a);
  return sizeOf((axesOf(axis) ?? allAxes(x)).map((each) => x.shape[move.normalizeAxis(each, x.ndim)]));
});
