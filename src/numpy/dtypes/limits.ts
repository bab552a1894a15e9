import { componentType, integerRange } from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { halfBitsToNumber, numberToHalfBits } from '../../core/scalar.ts';
import type { DTypeLike } from './dtype.ts';
import { dtype, dtypeOf } from './dtype.ts';

/** Limits of the number types. */

export interface FloatInfo {
  readonly bits: number;
  readonly dtype: dtype;
  readonly eps: number;
  readonly epsneg: number;
  readonly max: number;
  readonly min: number;
  readonly tiny: number;
  readonly smallest_normal: number;
  readonly smallest_subnormal: number;
  readonly resolution: number;
  readonly precision: number;
  readonly nmant: number;
  readonly nexp: number;
  readonly minexp: number;
  readonly maxexp: number;
  readonly machep: number;
  readonly negep: number;
}

/** Bits of the fraction and largest exponent. */
const formats: Readonly<Record<number, readonly [number, number]>> = { 2: [10, 15], 4: [23, 127], 8: [52, 1023] };

/**
 * The limits of a floating type: eps, max, min, tiny and so on; of a complex type, those of its parts.
 * Throws a ValueError for other types. Source: numpy.finfo.
 * @example
 * np.finfo(np.float32).eps // → 1.1920928955078125e-7
 */
export function finfo(type: DTypeLike): FloatInfo {
  const given = dtype(type);
  if (given.kind !== 'f' && given.kind !== 'c') {
    throw new ValueError(
      `data type <class 'numpy.${given.name}'> not inexact`);
  }
  const real = dtypeOf(componentType(given.core));
  const [fraction, exponent] = formats[real.itemsize];
  const max = (2 - 2 ** -fraction) * 2 ** exponent;
  const tiny = 2 ** (1 - exponent);
  const precision = Math.floor(fraction * Math.log10(2));
  return Object.freeze({
    bits: real.itemsize * 8, dtype: real, eps: 2 ** -fraction, epsneg: 2 ** (-fraction - 1), max, min: -max, tiny,
    smallest_normal: tiny, smallest_subnormal: 2 ** (1 - exponent - fraction),
    resolution: roundTo(real.itemsize, Number(`1e-${precision}`)), precision,
    nmant: fraction, nexp: real.itemsize * 8 - fraction - 1, minexp: 1 - exponent, maxexp: exponent + 1, machep: -fraction,
    negep: -fraction - 1,
  });
}

function roundTo(itemsize: number, value: number): number {
  return itemsize === 2 ? halfBitsToNumber(numberToHalfBits(value)) : itemsize === 4 ? Math.fround(value) : value;
}

export interface IntegerInfo {
  readonly bits: number;
  readonly dtype: dtype;
  /** A bigint where a number would not be exact. */
  readonly min: number | bigint;
  readonly max: number | bigint;
}

/**
 * The smallest and the largest value of an integer type; bigints for the 64-bit types' bounds.
 * Throws a ValueError for other types. Source: numpy.iinfo.
 * @example
 * np.iinfo('int8').max // → 127
 */
export function iinfo(type: DTypeLike): IntegerInfo {
  const given = dtype(type);
  if (given.kind !== 'i' && given.kind !== 'u') throw new ValueError(`Invalid integer data type '${given.kind}'.`);
  const [min, max] = integerRange(given.core).map((bound) => {
    const number = Number(bound);
    return Number.isSafeInteger(number) ? number : bound;
  });
  return Object.freeze({ bits: given.itemsize * 8, dtype: given, min, max });
}
