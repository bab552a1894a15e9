import { float64 } from '../../core/dtype.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { asArray, fromNumbers, numbersOf } from '../ndarray/conversion.ts';
import { routine } from '../arguments/routine.ts';
import * as ufuncs from '../ufuncs.ts';
import { where } from './sorting.ts';
import { arange } from './ranges.ts';
import { i0 } from './special.ts';

/** Windows: weights that fade a series of M points out towards its ends. */

/** A window by its formula, of the distances from the middle, which run from -last to last in steps of 2. */
const windowOf = (name: string, formula: (places: ndarray, last: number) => ndarray) => routine(name, 'M: array_like', (
  M: ArrayLike,
): ndarray => {
  const [, count] = numbersOf(asArray([0, M], float64));
  if (count < 1) return fromNumbers([], float64);
  return count === 1 ? fromNumbers([1], float64) : formula(arange(1 - count, count, 2, float64.name), count - 1);
});

/** weight · cos(π · factor · n / last). */
const wave = (weight: number, places: ndarray, last: number, factor = 1): ndarray =>
  ufuncs.multiply(weight, ufuncs.cos(ufuncs.divide(ufuncs.multiply(factor * Math.PI, places), last)));

/**
 * The Bartlett window, a triangle that ends in zeros: shape [M], float64. Source: numpy.bartlett.
 * @example
 * np.bartlett(5) // → [0.  0.5 1.  0.5 0. ]
 */
export const bartlett = windowOf('bartlett', (places, last) => {
  const share = ufuncs.divide(places, last);
  return where(ufuncs.less_equal(places, 0), ufuncs.add(1, share), ufuncs.subtract(1, share));
});

/**
 * The Blackman window, of three cosines, for as little leakage as may be: shape [M], float64. Source: numpy.blackman.
 * @example
 * np.blackman(5).round(2) // → [-0.    0.34  1.    0.34 -0.  ]
 */
export const blackman = windowOf('blackman', (places, last) =>
  ufuncs.add(ufuncs.add(0.42, wave(0.5, places, last)), wave(0.08, places, last, 2)));

/**
 * The Hamming window, a raised cosine that does not end in zeros: shape [M], float64. Source: numpy.hamming.
 * @example
 * np.hamming(3) // → [0.08 1.   0.08]
 */
export const hamming = windowOf('hamming', (places, last) => ufuncs.add(0.54, wave(0.46, places, last)));

/**
 * The Hann window, a raised cosine that ends in zeros: shape [M], float64. Source: numpy.hanning.
 * @example
 * np.hanning(3) // → [0. 1. 0.]
 */
export const hanning = windowOf('hanning', (places, last) => ufuncs.add(0.5, wave(0.5, places, last)));

/**
 * The Kaiser window, whose shape `beta` says: shape [M], float64. Source: numpy.kaiser.
 * @example
 * np.kaiser(3, 0) // → [1. 1. 1.]
 */
export const kaiser = routine('kaiser', 'M: array_like, beta: array_like', (M: ArrayLike, beta: ArrayLike): ndarray => {
  const [, count, shape] = numbersOf(asArray([0, M, beta], float64));
  if (count === 1) return fromNumbers([1], float64);
  const middle = (count - 1) / 2;
  const distances = ufuncs.divide(ufuncs.subtract(arange(0, count, { dtype: float64.name }), middle), middle);
  const heights = ufuncs.sqrt(ufuncs.subtract(1, ufuncs.square(distances)));
  return ufuncs.divide(i0(ufuncs.multiply(shape, heights)), i0(shape));
});
