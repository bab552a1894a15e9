import { ValueError } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { normalizeAxis } from '../../ops/movement.ts';
import { copyto } from '../routines/joining.ts';
import { asArray, checkWritable } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { take_along_axis } from '../routines/sorting.ts';
import { cpu } from '../../core/device.ts';
import { int64 } from '../../core/dtype.ts';
import { empty } from '../../ops/creation.ts';
import { moveaxis } from '../routines/manipulation.ts';
import type { Shuffler } from './arrays.ts';
import { wordsOf } from './distribution.ts';

/** Arrays whose lines along an axis are put in random orders, each by itself. */
export function permutedLines(stream: Shuffler, x: ArrayLike, axis: number | undefined, out: unknown): ndarray {
  const array = asArray(x);
  if (out !== undefined) {
    if (!(out instanceof ndarray)) throw new TypeError('out must be a numpy array');
    checkWritable(out, 'out');
    if (!sameShape(out.shape, array.shape)) throw new ValueError('out must have the same shape as x');
  }
  const source = out === undefined ? array : array.astype(out.dtype, { casting: 'safe' });
  const shuffled = axis === undefined ? shuffledWhole(stream, source, out) : shuffledAlong(stream, source, normalizeAxis(axis, array.ndim));
  if (out === undefined) return shuffled;
  copyto(out, shuffled);
  return out;
}

/** All elements in one order, taken as they lie in the memory of what is returned. */
function shuffledWhole(stream: Shuffler, source: ndarray, out: ndarray | undefined): ndarray {
  if (source.ndim === 0) throw new TypeError('len() of unsized object');
  const { flags } = out ?? source;
  const order = flags.f_contiguous && !flags.c_contiguous ? 'F' : 'C';
  const flat = source.ravel({ order });
  return flat.take(positions(stream, [flat.size], 1)).reshape(source.shape, { order });
}

function shuffledAlong(stream: Shuffler, source: ndarray, axis: number): ndarray {
  const length = source.shape[axis];
  const others = source.shape.filter((_, i) => i !== axis);
  const lines = others.reduce((product, extent) => product * extent, 1);
  const orders = positions(stream, [...others, length], lines);
  return take_along_axis(source, moveaxis(orders, -1, axis), axis);
}

/** Orders of so many lines, one behind another. */
function positions(stream: Shuffler, shape: readonly number[], lines: number): ndarray {
  const length = shape[shape.length - 1];
  const out = empty(ndarray, shape, int64, cpu);
  const words = wordsOf(out).fill(0);
  for (let line = 0; line < lines; line++) {
    const order = stream.permutation(length);
    for (let i = 0; i < length; i++) words[2 * (line * length + i)] = order[i];
  }
  return out;
}
