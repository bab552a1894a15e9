import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { MemoryError, ValueError, notAnInteger, pythonTypeName, wholePart } from '../../core/errors.ts';
import type { FloatFormat, TrimMode } from '../../core/printing/index.ts';
import { formatFloatPositional, formatFloatScientific } from '../../core/printing/index.ts';
import { formatTraits } from '../../core/printing/digits.ts';
import { elementAt } from '../../ops/host.ts';
import { routine } from '../arguments/routine.ts';
import { ndarray } from '../ndarray/ndarray.ts';

/** Single numbers as texts. */

type Whole = number | bigint | boolean | ndarray;

/** Python's int of a number that is whole already. */
function wholeOf(value: unknown): bigint {
  if (value instanceof ndarray && value.size === 1) return wholeOf(elementAt(value, value.geometry.offset));
  if (typeof value === 'bigint' || typeof value === 'boolean' || Number.isInteger(value)) return BigInt(value as number);
  throw notAnInteger(value);
}

const digitsOf = (value: bigint, base: number): string => (value < 0n ? -value : value).toString(base).toUpperCase();

/**
 * A whole number in another base, with so many zeros in front. Source: numpy.base_repr.
 * @example
 * np.base_repr(255, 16) // → FF
 */
export const base_repr = routine('base_repr', 'number, base: int=2, padding: int=0', (
  number: Whole, base: number = 2, padding: number = 0,
): string => {
  if (base > 36) throw new ValueError('Bases greater than 36 not handled in base_repr.');
  if (base < 2) throw new ValueError('Bases less than 2 not handled in base_repr.');
  const value = typeof number === 'number' ? BigInt(wholePart(number)) : wholeOf(number);
  const zeros = '0'.repeat(Math.max(padding, 0));
  if (value === 0n) return zeros === '' ? '0' : zeros;
  return `${value < 0n ? '-' : ''}${zeros}${digitsOf(value, base)}`;
});

/** What engines hold in one text at the most. */
const longestText = 2 ** 29 - 25;

/**
 * A whole number in bits; with a width, negative ones as their complement to two. Throws a ValueError where the width does not do.
 * Source: numpy.binary_repr.
 * @example
 * np.binary_repr(-3, { width: 5 }) // → 11101
 */
export const binary_repr = routine('binary_repr', 'num, width: int=None', (num: Whole, width?: number | null): string => {
  const value = wholeOf(num);
  if (width !== undefined && width !== null && width > longestText) throw new MemoryError('');
  const check = (needed: number): void => {
    if (width !== undefined && width !== null && width < needed) {
      throw new ValueError(`Insufficient bit width=${width} provided for binwidth=${needed}`);
    }
  };
  const bits = digitsOf(value, 2);
  if (value >= 0n) {
    if (value > 0n) check(bits.length);
    return value === 0n ? '0'.repeat(Math.max(width ?? 1, 1)) : bits.padStart(width ?? 0, '0');
  }
  if (width === undefined || width === null) return `-${bits}`;
  // One bit less where the number is the lowest of so many.
  const needed = (1n << BigInt(bits.length - 1)) === -value ? bits.length : bits.length + 1;
  check(needed);
  return BigInt.asUintN(width, value).toString(2).padStart(width, '1');
});

/** A number, and the format whose neighbours tell how many digits it needs. */
function floatOf(x: unknown): { readonly value: number; readonly format: FloatFormat } {
  if (x instanceof ndarray) {
    if (x.ndim > 0) throw new TypeError('only 0-dimensional arrays can be converted to Python scalars');
    const dtype: DType = x.dtypeCore;
    if (core.isComplex(dtype)) throw new TypeError('must be real number, not complex');
    return { value: Number(elementAt(x, x.geometry.offset)), format: dtype.name in formatTraits ? dtype.name as FloatFormat : 'float64' };
  }
  if (typeof x === 'number' || typeof x === 'bigint' || typeof x === 'boolean') return { value: Number(x), format: 'float64' };
  throw new TypeError(`must be real number, not ${pythonTypeName(x).toLowerCase()}`);
}

type Count = number | null;
const trimText = "trim: Any='k', sign=False, pad_left: int=None";

/**
 * A number without an exponent, in the fewest digits that tell it from its neighbours, or with `unique: false` its exact value rounded.
 * Source: numpy.format_float_positional.
 * @example
 * np.format_float_positional(np.float32(0.1)) // → 0.1
 * np.format_float_positional(Math.PI, { precision: 3, unique: false }) // → 3.142
 */
export const format_float_positional = routine('format_float_positional', [
  `x, precision: int=None, unique=True, fractional=True, ${trimText}`, 'pad_right: int=None, min_digits: int=None',
], (
  x: number | bigint | boolean | ndarray, precision?: Count, unique: boolean = true, fractional: boolean = true, trim: TrimMode = 'k',
  sign: boolean = false, pad_left?: Count, pad_right?: Count, min_digits?: Count,
): string => {
  const { value, format } = floatOf(x);
  return formatFloatPositional(value, { format, precision, unique, fractional, trim, sign, pad_left, pad_right, min_digits });
});

/**
 * A number as one digit, a point, others, and a power of ten. Source: numpy.format_float_scientific.
 * @example
 * np.format_float_scientific(123456, { precision: 2, exp_digits: 3 }) // → 1.23e+005
 */
export const format_float_scientific = routine('format_float_scientific', [
  `x, precision: int=None, unique=True, ${trimText}`, 'exp_digits: int=None, min_digits: int=None',
], (
  x: number | bigint | boolean | ndarray, precision?: Count, unique: boolean = true, trim: TrimMode = 'k', sign: boolean = false,
  pad_left?: Count, exp_digits?: Count, min_digits?: Count,
): string => {
  const { value, format } = floatOf(x);
  return formatFloatScientific(value, { format, precision, unique, trim, sign, pad_left, exp_digits, min_digits });
});
