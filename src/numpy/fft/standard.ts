import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { routine } from '../arguments/routine.ts';
import type { Extents, Kind, Norm } from './transform.ts';
import { lengthOf, transform, transformAll, transformsOf } from './transform.ts';

/** Complex transforms. */

type Axes = number | readonly number[] | null;

const alongOne = (kind: Kind) => (
  a: ArrayLike, n?: number | null, axis: number = -1, norm?: Norm | null, out?: ndarray | null,
): ndarray => {
  const x = asArray(a);
  return transform(x, lengthOf(x, n ?? undefined, axis), axis, kind, norm ?? undefined, out ?? undefined);
};

const alongSeveral = (kind: 'fft' | 'ifft', most?: readonly number[], writes = true) => (
  a: ArrayLike, s?: Extents | null, axes: Axes | undefined = most, norm?: Norm | null, out?: ndarray | null,
): ndarray => {
  const x = asArray(a);
  const found = transformsOf(x, s ?? undefined, axes ?? undefined);
  const backwards = { axes: [...found.axes].reverse(), lengths: [...found.lengths].reverse() };
  return transformAll(x, backwards, kind, norm ?? undefined, writes ? out ?? undefined : undefined);
};

const one = 'a, n: int = None, axis: int = -1, norm=None, out: outs = None';
const several = 'a, s: iterable = None, axes=None, norm=None, out: outs = None';
const two = 'a, s: iterable = None, axes: ints | None = (-2,-1), norm=None, out: outs = None';
const lastTwo = [-2, -1];

/**
 * The discrete Fourier transform along an axis (the last) of its first `n` elements, or with zeros after them. `norm`: 'backward' (None),
 * 'ortho' or 'forward', which divides by n. Of half and single precision it is complex64, else complex128. Throws a ValueError for less
 * than one element. Source: numpy.fft.fft.
 * @example
 * np.fft.fft([1, 2, 3, 4]) // → [10.+0.j -2.+2.j -2.+0.j -2.-2.j]
 */
export const fft = routine('fft.fft', one, alongOne('fft'));

/**
 * What has the given discrete Fourier transform: the inverse of fft, which divides by n unless `norm` says otherwise. Source:
 * numpy.fft.ifft.
 * @example
 * np.fft.ifft([10, -2, -2, -2]) // → [1.+0.j 3.+0.j 3.+0.j 3.+0.j]
 */
export const ifft = routine('fft.ifft', one, alongOne('ifft'));

/**
 * The transform along two axes (the last two), trimmed or padded with zeros to the extents `s`. Source: numpy.fft.fft2.
 * @example
 * np.fft.fft2([[1, 2], [3, 4]]) // → [[10.+0.j -2.+0.j]
 *                               //    [-4.+0.j  0.+0.j]]
 */
export const fft2 = routine('fft.fft2', two, alongSeveral('fft', lastTwo));

/**
 * The inverse of fft2. As in NumPy nothing is written to `out`. Source: numpy.fft.ifft2.
 * @example
 * np.fft.ifft2([[10, -2], [-4, 0]]) // → [[1.+0.j 2.+0.j]
 *                                   //    [3.+0.j 4.+0.j]]
 */
export const ifft2 = routine('fft.ifft2', two, alongSeveral('ifft', lastTwo, false));

/**
 * The transform along axes (all, or as many of the last as `s` has extents), trimmed or padded with zeros to the extents `s`; an axis
 * that is named twice is transformed twice. Source: numpy.fft.fftn.
 * @example
 * np.fft.fftn(np.ones([2, 2, 2])).at(0) // → [[8.+0.j 0.+0.j]
 *                                       //    [0.+0.j 0.+0.j]]
 */
export const fftn = routine('fft.fftn', several, alongSeveral('fft'));

/**
 * The inverse of fftn. Source: numpy.fft.ifftn.
 * @example
 * np.fft.ifftn([[4, 0], [0, 0]]) // → [[1.+0.j 1.+0.j]
 *                                //    [1.+0.j 1.+0.j]]
 */
export const ifftn = routine('fft.ifftn', several, alongSeveral('ifft'));
