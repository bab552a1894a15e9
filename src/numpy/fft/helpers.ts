import { Complex } from '../../core/complex.ts';
import { cpu } from '../../core/device.ts';
import { float64, int64, isInteger } from '../../core/dtype.ts';
import { ValueError, ZeroDivisionError, pythonTypeName } from '../../core/errors.ts';
import { vectorOf } from '../../ops/creation.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { index, routine } from '../arguments/routine.ts';
import { axisWithin } from '../arguments/shapes.ts';
import { roll } from '../routines/manipulation.ts';
import { divide, multiply } from '../ufuncs.ts';

/** The frequencies of a spectrum, and the order in which they stand. */

/** The number of elements, which a boolean is in one function and not in the other. */
function countOf(n: unknown): number {
  const isWhole = typeof n === 'bigint' || typeof n === 'boolean' || Number.isInteger(n)
    || (n instanceof ndarray && n.ndim === 0 && isInteger(n.dtypeCore));
  if (!isWhole) throw new ValueError('n should be an integer');
  return index(n);
}

/** 1 / (n · d), by Python's arithmetic where d is a number. */
function stepOf(n: number, d: unknown): number | ndarray {
  if (d === null) throw new TypeError("unsupported operand type(s) for *: 'int' and 'NoneType'");
  if (d instanceof ndarray || d instanceof Complex) return divide(1, multiply(n, d));
  if (typeof d !== 'number' && typeof d !== 'bigint' && typeof d !== 'boolean') {
    throw new TypeError(`unsupported operand type(s) for /: 'float' and '${pythonTypeName(d)}'`);
  }
  const product = n * Number(d);
  if (product === 0) throw new ZeroDivisionError('float division by zero');
  return 1 / product;
}

/** The places of a vector times a step, which is a number or an array. */
const spaced = (count: number, placeAt: (i: number) => number, step: number | ndarray): ndarray =>
  multiply(vectorOf(ndarray, count, placeAt, typeof step === 'number' ? float64 : int64, cpu), step);

/**
 * The frequencies of a transform of n elements that are d apart: from 0 up, and then the negative ones. Throws a ValueError where n is no
 * integer. Source: numpy.fft.fftfreq.
 * @example
 * np.fft.fftfreq(8, 0.1) // → [ 0.    1.25  2.5   3.75 -5.   -3.75 -2.5  -1.25]
 */
export const fftfreq = routine('fft.fftfreq', 'n: Any, d: Any = 1.0, device=None', (
  n: number | bigint | ndarray, d: number | bigint | Complex | ndarray = 1, _device?: 'cpu' | null,
): ndarray => {
  const count = countOf(n);
  const step = stepOf(count, d);
  if (typeof n === 'boolean') throw new TypeError("expected a sequence of integers or a single integer, got 'True'");
  const positive = Math.floor((count - 1) / 2) + 1;
  return spaced(count, (i) => (i < positive ? i : i - count), step);
});

/**
 * The frequencies of rfft for n elements that are d apart, from 0 up. Throws a ValueError where n is no integer. Source:
 * numpy.fft.rfftfreq.
 * @example
 * np.fft.rfftfreq(8, 0.1) // → [0.   1.25 2.5  3.75 5.  ]
 */
export const rfftfreq = routine('fft.rfftfreq', 'n: Any, d: Any = 1.0, device=None', (
  n: number | bigint | ndarray, d: number | bigint | Complex | ndarray = 1, _device?: 'cpu' | null,
): ndarray => {
  const count = countOf(n);
  const step = stepOf(count, d);
  return spaced(Math.max(Math.floor(count / 2) + 1, 0), (i) => i, step);
});

/** Axes moved round by half their extent, up or down. */
const shifted = (sign: 1 | -1) => (x: ArrayLike, axes?: number | bigint | boolean | readonly number[] | ndarray | null): ndarray => {
  const given = asArray(x);
  if (axes === undefined || axes === null) {
    if (given.ndim === 0) throw new ValueError('not enough values to unpack (expected 2, got 0)');
    return roll(given, given.shape.map((extent) => sign * Math.floor(extent / 2)), given.shape.map((_, axis) => axis));
  }
  if (typeof axes === 'number' && !Number.isInteger(axes)) throw new TypeError("'float' object is not iterable");
  const list = (Array.isArray(axes) || (axes instanceof ndarray && axes.ndim > 0) ? [...axes] : [axes]).map(index);
  const shifts = list.map((axis) => sign * Math.floor(given.shape[axisWithin(axis, given.ndim)] / 2));
  return roll(given, shifts, list);
};

/**
 * A spectrum with its frequencies in order, 0 in the middle: axes (all) moved round by half their extent. Source: numpy.fft.fftshift.
 * @example
 * np.fft.fftshift(np.fft.fftfreq(5)) // → [-0.4 -0.2  0.   0.2  0.4]
 */
export const fftshift = routine('fft.fftshift', 'x, axes: Any = None', shifted(1));

/**
 * The inverse of fftshift. Source: numpy.fft.ifftshift.
 * @example
 * np.fft.ifftshift([-2, -1, 0, 1, 2]) // → [ 0  1  2 -2 -1]
 */
export const ifftshift = routine('fft.ifftshift', 'x, axes: Any = None', shifted(-1));
