import { conj } from '../../ops/pointwise/arithmetic.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { routine } from '../arguments/routine.ts';
import { conjugate } from '../ufuncs.ts';
import type { Norm } from './transform.ts';
import { lengthOf, otherNorm, realLengthOf, transform } from './transform.ts';

/** Transforms of what mirrors itself, whose spectrum is real: those of real numbers the other way round. */

const one = 'a, n: int = None, axis: int = -1, norm=None, out: outs = None';

/**
 * The real spectrum of `n` numbers that are given as far as half of them, the others being their conjugates. As in NumPy nothing is
 * written to `out`. Source: numpy.fft.hfft.
 * @example
 * np.fft.hfft([1, 2, 3]) // → [ 8. -2.  0. -2.]
 */
export const hfft = routine('fft.hfft', one, (
  a: ArrayLike, n?: number | null, axis: number = -1, norm?: Norm | null, _out?: ndarray | null,
): ndarray => {
  const x = asArray(a);
  const length = realLengthOf(x, n ?? undefined, axis);
  const other = otherNorm(norm ?? undefined);
  return transform(conj(x), length, axis, 'irfft', other, undefined);
});

/**
 * The inverse of hfft: what has a real spectrum, as far as half of it. Source: numpy.fft.ihfft.
 * @example
 * np.fft.ihfft([8, -2, 0, -2]) // → [1.-0.j 2.-0.j 3.-0.j]
 */
export const ihfft = routine('fft.ihfft', one, (
  a: ArrayLike, n?: number | null, axis: number = -1, norm?: Norm | null, out?: ndarray | null,
): ndarray => {
  const x = asArray(a);
  const length = lengthOf(x, n ?? undefined, axis);
  const result = transform(x, length, axis, 'rfft', otherNorm(norm ?? undefined), out ?? undefined);
  return conjugate(result, { out: result });
});
