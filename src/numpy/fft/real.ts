import { IndexError } from '../../core/errors.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { routine } from '../arguments/routine.ts';
import type { Extents, Norm, Transforms } from './transform.ts';
import { lengthOf, realLengthOf, transform, transformAll, transformsOf } from './transform.ts';

/** Transforms from real numbers and to them: the half of a spectrum whose other half mirrors it. */

type Axes = number | readonly number[] | null;

const one = 'a, n: int = None, axis: int = -1, norm=None, out: outs = None';
const several = 'a, s: iterable = None, axes=None, norm=None, out: outs = None';
const two = 'a, s: iterable = None, axes: ints | None = (-2,-1), norm=None, out: outs = None';
const lastTwo = [-2, -1];

/** All axes but the last of a list, and that. */
function parted({ axes, lengths }: Transforms): readonly [others: Transforms, axis: number, n: number | undefined] {
  const last = axes.length - 1;
  if (last < 0) throw new IndexError('list index out of range');
  return [{ axes: axes.slice(0, last), lengths: lengths.slice(0, last) }, axes[last], lengths[last]];
}

const backwards = ({ axes, lengths }: Transforms): Transforms => ({ axes: [...axes].reverse(), lengths: [...lengths].reverse() });

const spectrumOf = (most?: readonly number[]) => (
  a: ArrayLike, s?: Extents | null, axes: Axes | undefined = most, norm?: Norm | null, out?: ndarray | null,
): ndarray => {
  const x = asArray(a);
  const [others, axis, n] = parted(transformsOf(x, s ?? undefined, axes ?? undefined));
  const target = out ?? undefined;
  const half = transform(x, lengthOf(x, n, axis), axis, 'rfft', norm ?? undefined, target);
  const all = transformAll(half, backwards(others), 'fft', norm ?? undefined, target);
  if (all.storage !== half.storage && half.storage !== x.storage) half.storage.free();
  return all;
};

const realOf = (most?: readonly number[], writes = true) => (
  a: ArrayLike, s?: Extents | null, axes: Axes | undefined = most, norm?: Norm | null, out?: ndarray | null,
): ndarray => {
  const x = asArray(a);
  const [others, axis, n] = parted(transformsOf(x, s ?? undefined, axes ?? undefined, true));
  const half = transformAll(x, others, 'ifft', norm ?? undefined, undefined);
  const all = transform(half, realLengthOf(half, n, axis), axis, 'irfft', norm ?? undefined, writes ? out ?? undefined : undefined);
  if (half.storage !== x.storage) half.storage.free();
  return all;
};

/**
 * The transform of real numbers along an axis (the last) of `n` elements, as far as number n / 2: the others are conjugates of these.
 * Throws a TypeError for complex numbers. Source: numpy.fft.rfft.
 * @example
 * np.fft.rfft([1, 2, 3, 4]) // → [10.+0.j -2.+2.j -2.+0.j]
 */
export const rfft = routine('fft.rfft', one, (
  a: ArrayLike, n?: number | null, axis: number = -1, norm?: Norm | null, out?: ndarray | null,
): ndarray => {
  const x = asArray(a);
  return transform(x, lengthOf(x, n ?? undefined, axis), axis, 'rfft', norm ?? undefined, out ?? undefined);
});

/**
 * The inverse of rfft: `n` real numbers, twice as many as there are beside the first and the last if left out. Source: numpy.fft.irfft.
 * @example
 * np.fft.irfft([10, -2, -2]) // → [1. 3. 3. 3.]
 */
export const irfft = routine('fft.irfft', one, (
  a: ArrayLike, n?: number | null, axis: number = -1, norm?: Norm | null, out?: ndarray | null,
): ndarray => {
  const x = asArray(a);
  return transform(x, realLengthOf(x, n ?? undefined, axis), axis, 'irfft', norm ?? undefined, out ?? undefined);
});

/**
 * rfft along the last of two axes (the last two), and fft along the other. Source: numpy.fft.rfft2.
 * @example
 * np.fft.rfft2([[1, 2], [3, 4]]) // → [[10.+0.j -2.+0.j]
 *                                //    [-4.+0.j  0.+0.j]]
 */
export const rfft2 = routine('fft.rfft2', two, spectrumOf(lastTwo));

/**
 * The inverse of rfft2. As in NumPy nothing is written to `out`. Source: numpy.fft.irfft2.
 * @example
 * np.fft.irfft2([[10, -2], [-4, 0]]) // → [[1. 2.]
 *                                    //    [3. 4.]]
 */
export const irfft2 = routine('fft.irfft2', two, realOf(lastTwo, false));

/**
 * rfft along the last of the axes (all, or as many of the last as `s` has extents), and fft along the others. Source: numpy.fft.rfftn.
 * @example
 * np.fft.rfftn(np.ones([2, 2, 2])).at(0) // → [[8.+0.j 0.+0.j]
 *                                        //    [0.+0.j 0.+0.j]]
 */
export const rfftn = routine('fft.rfftn', several, spectrumOf());

/**
 * The inverse of rfftn. Source: numpy.fft.irfftn.
 * @example
 * np.fft.irfftn([[4, 0], [0, 0]]) // → [[1. 1.]
 *                                 //    [1. 1.]]
 */
export const irfftn = routine('fft.irfftn', several, realOf());
