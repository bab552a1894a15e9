import { AxisError, IndexError, ValueError } from '../../core/errors.ts';
import { viewOf } from '../../core/strided.ts';
import * as move from '../../ops/movement.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { remappedText } from '../ufunc/reduce.ts';

/** Shapes and axes that arguments name. */

export type ReshapeOrder = 'C' | 'F' | 'A';

function reversedAxes(x: ndarray): ndarray {
  return move.permute<ndarray>(x, x.shape.map((_, axis) => x.ndim - 1 - axis));
}

/** A shape for as many elements as an array has, of which any negative extent is the one to find out. */
export function inferredShape(x: ndarray, shape: readonly number[]): readonly number[] {
  const refuse = (wrong: readonly number[]): ValueError =>
    new ValueError(`cannot reshape array of size ${x.size} into shape ${remappedText(wrong)}`);
  return move.inferShape(shape.map((extent) => Math.max(extent, -1)), x.size, refuse);
}

/** What NumPy's `x.reshape(shape)` is. */
export function reshaped(x: ndarray, shape: readonly number[], order?: ReshapeOrder | 'K'): ndarray {
  const full = inferredShape(x, shape);
  if (order === 'K') throw new ValueError("order 'K' is not permitted for reshaping");
  if (order === 'F' || (order === 'A' && x.flags.fnc)) {
    return reversedAxes(move.reshapeTo(reversedAxes(x), [...full].reverse()));
  }
  const result = move.reshapeTo(x, full);
  return result === x ? viewOf<ndarray>(x, x.geometry) : result;
}

/** An axis that Python finds in a tuple of extents, or does not. */
export function axisWithin(axis: number, ndim: number, what = 'tuple index'): number {
  if (axis < -ndim || axis >= ndim) throw new IndexError(`${what} out of range`);
  return axis < 0 ? axis + ndim : axis;
}

/** Refuses what is not of one axis; a list is read as an array of one. */
export function checkVector({ ndim }: ndarray, isList = false): void {
  if (ndim > 1 && isList) {
    throw new ValueError(
      'setting an array element with a sequence. The requested array would exceed the maximum number of dimension of 1.');
  }
  if (ndim !== 1) throw new ValueError(`object ${ndim === 0 ? 'of too small depth' : 'too deep'} for desired array`);
}

/** What reads an axis; its error says which argument was wrong. */
export function naming<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof AxisError ? new AxisError(`${name}: ${error.message}`) : error;
  }
}

/** An axis counted from the front. */
export const namedAxis = (name: string, axis: number, ndim: number): number => naming(name, () => move.normalizeAxis(axis, ndim));
